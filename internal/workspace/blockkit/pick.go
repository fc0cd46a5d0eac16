package blockkit

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// State is what a person has picked and filled in: block_id → action_id → value.
type State map[string]map[string]Block

// Set keeps a value.
func (s State) Set(e Element, value Block) {
	if s[e.BlockID] == nil {
		s[e.BlockID] = make(map[string]Block)
	}
	s[e.BlockID][e.ID] = value
}

// Initial is the state of blocks that nobody has touched yet: every element
// that holds a value is in it, as Slack sends it.
func Initial(blocks []Block) State {
	s := make(State)
	for _, e := range Elements(blocks) {
		if v := e.initial(); v != nil {
			s.Set(e, v)
		}
	}
	return s
}

// Merged is the initial state of blocks overlaid with what was picked since.
func Merged(blocks []Block, picked State) State {
	s := Initial(blocks)
	for block, actions := range picked {
		for action, value := range actions {
			if s[block][action] != nil { // else the element is gone
				s[block][action] = value
			}
		}
	}
	return s
}

// initialKeys say under which key an element's value stands in the state, and
// which of its members holds the initial one.
var initialKeys = map[string]struct{ state, initial string }{
	"static_select":              {"selected_option", "initial_option"},
	"external_select":            {"selected_option", "initial_option"},
	"radio_buttons":              {"selected_option", "initial_option"},
	"users_select":               {"selected_user", "initial_user"},
	"conversations_select":       {"selected_conversation", "initial_conversation"},
	"channels_select":            {"selected_channel", "initial_channel"},
	"multi_static_select":        {"selected_options", "initial_options"},
	"multi_external_select":      {"selected_options", "initial_options"},
	"checkboxes":                 {"selected_options", "initial_options"},
	"multi_users_select":         {"selected_users", "initial_users"},
	"multi_conversations_select": {"selected_conversations", "initial_conversations"},
	"multi_channels_select":      {"selected_channels", "initial_channels"},
	"datepicker":                 {"selected_date", "initial_date"},
	"timepicker":                 {"selected_time", "initial_time"},
	"datetimepicker":             {"selected_date_time", "initial_date_time"},
	"plain_text_input":           {"value", "initial_value"},
	"email_text_input":           {"value", "initial_value"},
	"url_text_input":             {"value", "initial_value"},
	"number_input":               {"value", "initial_value"},
	"rich_text_input":            {"rich_text_value", "initial_value"},
	"file_input":                 {"files", ""},
}

// initial is the value of an untouched element; nil for those without a value.
func (e Element) initial() Block {
	keys, ok := initialKeys[e.Type]
	if !ok {
		return nil
	}
	value := e.Body[keys.initial]
	if value == nil && keys.state[len(keys.state)-1] == 's' { // lists are empty, not null
		value = []any{}
	}
	return Block{"type": e.Type, keys.state: value}
}

// Pick is what becomes of an element when a person presses it or picks values:
// the members that Slack sends about it. It refuses what Slack's own client
// would not let a person pick.
func (e Element) Pick(values []string) (Block, error) {
	one := ""
	if len(values) > 0 {
		one = values[0]
	}
	keys, holds := initialKeys[e.Type]
	switch e.Type {
	case "button", "icon_button", "workflow_button":
		v := Block{"type": e.Type, "text": e.Body["text"]}
		if s := Str(e.Body, "value"); s != "" {
			v["value"] = s
		}
		if s := Str(e.Body, "style"); s != "" {
			v["style"] = s
		}
		return v, nil
	case "feedback_buttons":
		return Block{"type": e.Type, "value": one}, nil
	case "overflow":
		o, err := e.option(one)
		return Block{"type": e.Type, "selected_option": o.Body}, err
	}
	if !holds {
		return nil, fmt.Errorf("a %s cannot be picked", e.Type)
	}
	value, err := e.value(values, one)
	return Block{"type": e.Type, keys.state: value}, err
}

// value reads what was picked for an element that holds a value.
func (e Element) value(values []string, one string) (any, error) {
	switch e.Type {
	case "static_select", "radio_buttons":
		if one == "" {
			return nil, nil
		}
		o, err := e.option(one)
		return o.Body, err
	case "multi_static_select", "checkboxes":
		list := []any{}
		for _, v := range values {
			if v == "" {
				continue
			}
			o, err := e.option(v)
			if err != nil {
				return nil, err
			}
			list = append(list, o.Body)
		}
		if most, ok := e.Body["max_selected_items"].(float64); ok && len(list) > int(most) {
			return nil, fmt.Errorf("%s takes at most %d", e.ID, int(most))
		}
		return list, nil
	case "multi_users_select", "multi_conversations_select", "multi_channels_select":
		list := []any{}
		for _, v := range values {
			list = append(list, v)
		}
		return list, nil
	case "file_input":
		return []any{}, nil
	}
	if one == "" {
		return nil, nil
	}
	switch e.Type {
	case "datepicker":
		return one, checkTime(time.DateOnly, one, "a date such as 2027-03-01")
	case "timepicker":
		return one, checkTime("15:04", one, "a time such as 09:30")
	case "datetimepicker":
		n, err := strconv.ParseInt(one, 10, 64)
		return n, err
	case "rich_text_input":
		return Block{"type": "rich_text", "elements": []any{
			Block{"type": "rich_text_section", "elements": []any{Block{"type": "text", "text": one}}},
		}}, nil
	}
	return one, nil
}

func checkTime(layout, s, want string) error {
	if _, err := time.Parse(layout, s); err != nil {
		return fmt.Errorf("%q is not %s", s, want)
	}
	return nil
}

// Filled says whether a value of a state holds anything.
func Filled(v Block) bool {
	for key, inner := range v {
		if key == "type" || inner == nil || inner == "" {
			continue
		}
		if list, ok := inner.([]any); ok && len(list) == 0 {
			continue
		}
		return true
	}
	return false
}

// Copy is a deep copy by way of JSON; numbers become float64.
func Copy[T any](v T) T {
	var out T
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil { // v came from JSON
		panic(fmt.Sprintf("blockkit: copy: %v", err))
	}
	return out
}

// Holds says whether the element keeps a value, so that it is part of the state.
func (e Element) Holds() bool {
	_, ok := initialKeys[e.Type]
	return ok
}
