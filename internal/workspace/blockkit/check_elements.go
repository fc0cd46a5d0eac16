package blockkit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Which elements may stand where.
var (
	accessories = []string{
		"button", "checkboxes", "datepicker", "image", "overflow", "radio_buttons", "timepicker", "workflow_button",
		"static_select", "external_select", "users_select", "conversations_select", "channels_select",
		"multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select",
	}
	actionElements = []string{
		"button", "checkboxes", "datepicker", "datetimepicker", "overflow", "radio_buttons", "timepicker",
		"rich_text_input", "workflow_button",
		"static_select", "external_select", "users_select", "conversations_select", "channels_select",
		"multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select",
	}
	inputElements = []string{
		"checkboxes", "datepicker", "datetimepicker", "email_text_input", "file_input", "number_input",
		"plain_text_input", "radio_buttons", "rich_text_input", "timepicker", "url_text_input",
		"static_select", "external_select", "users_select", "conversations_select", "channels_select",
		"multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select",
	}
)

// elementMembers are the keys of the element types besides type and action_id;
// Slack refuses others. Types that are not listed are not looked into.
var elementMembers = map[string][]string{
	"button":              {"text", "url", "value", "style", "confirm", "accessibility_label", "agent_prompt", "agent_prompt_display", "visible_to_user_ids"},
	"checkboxes":          {"options", "initial_options", "confirm", "focus_on_load", "visible_to_user_ids"},
	"radio_buttons":       {"options", "initial_option", "confirm", "focus_on_load"},
	"overflow":            {"options", "confirm"},
	"datepicker":          {"initial_date", "placeholder", "confirm", "focus_on_load"},
	"timepicker":          {"initial_time", "placeholder", "confirm", "focus_on_load", "timezone"},
	"datetimepicker":      {"initial_date_time", "confirm", "focus_on_load"},
	"static_select":       {"options", "option_groups", "initial_option", "placeholder", "confirm", "focus_on_load"},
	"multi_static_select": {"options", "option_groups", "initial_options", "placeholder", "confirm", "focus_on_load", "max_selected_items"},
	"plain_text_input":    {"initial_value", "multiline", "min_length", "max_length", "placeholder", "dispatch_action_config", "focus_on_load"},
	"number_input":        {"is_decimal_allowed", "initial_value", "min_value", "max_value", "placeholder", "dispatch_action_config", "focus_on_load"},
	"email_text_input":    {"initial_value", "placeholder", "dispatch_action_config", "focus_on_load"},
	"url_text_input":      {"initial_value", "placeholder", "dispatch_action_config", "focus_on_load"},
}

// element checks one interactive element.
func (c *checker) element(at string, v any, allowed []string) {
	e, ok := v.(Block)
	if !ok {
		c.add(at, "invalid_type", "must be an object")
		return
	}
	kind := Str(e, "type")
	if !slices.Contains(allowed, kind) {
		c.add(at+"/type", "unsupported_type", "unsupported type: "+kind)
		return
	}
	if kind == "image" {
		c.image(at, e)
		return
	}
	if keys, ok := elementMembers[kind]; ok {
		c.keys(at, e, append([]string{"type", "action_id"}, keys...))
	}
	c.str(at+"/action_id", e["action_id"], maxID)
	c.confirm(at+"/confirm", e["confirm"])
	c.text(at+"/placeholder", e["placeholder"], plainOnly, 1, maxPlaceholder, optional)
	if e["focus_on_load"] == true {
		c.focus++
	}
	switch kind {
	case "button", "workflow_button":
		c.button(at, e)
	case "checkboxes", "radio_buttons":
		c.options(at, e, maxGroup, anyText)
		c.initial(at, e)
	case "overflow":
		c.options(at, e, maxOverflow, plainOnly)
	case "static_select", "multi_static_select":
		c.selectMenu(at, e)
	case "datepicker":
		c.moment(at+"/initial_date", e["initial_date"], time.DateOnly, "YYYY-MM-DD")
	case "timepicker":
		c.moment(at+"/initial_time", e["initial_time"], "15:04", "HH:mm")
	case "datetimepicker":
		if n, ok := e["initial_date_time"].(float64); e["initial_date_time"] != nil && (!ok || n < 1e9 || n >= 1e10) {
			c.add(at+"/initial_date_time", "invalid_date", "must be a 10 digit UNIX timestamp in seconds")
		}
	case "plain_text_input":
		c.plainInput(at, e)
	case "number_input":
		c.numberInput(at, e)
	}
}

// numberInput checks that bounds and initial value are numbers, written as
// strings, and fit one another.
func (c *checker) numberInput(at string, e Block) {
	if _, ok := e["is_decimal_allowed"].(bool); !ok {
		c.add(at, "missing_field", "missing required field: is_decimal_allowed")
	}
	numbers := make(map[string]float64)
	for _, key := range []string{"min_value", "max_value", "initial_value"} {
		if e[key] == nil {
			continue
		}
		s, ok := e[key].(string)
		n, err := strconv.ParseFloat(s, 64)
		if !ok || err != nil {
			c.add(at+"/"+key, "invalid_type", "must be a number in a string")
			continue
		}
		numbers[key] = n
	}
	low, hasLow := numbers["min_value"]
	high, hasHigh := numbers["max_value"]
	start, hasStart := numbers["initial_value"]
	if hasLow && hasHigh && low > high {
		c.add(at+"/min_value", "out_of_range", "must be no more than max_value")
	}
	if hasStart && (hasLow && start < low || hasHigh && start > high) {
		c.add(at+"/initial_value", "out_of_range", "must be between min_value and max_value")
	}
}

func (c *checker) button(at string, e Block) {
	c.text(at+"/text", e["text"], plainOnly, 1, maxButtonText, required)
	c.str(at+"/value", e["value"], maxValue)
	c.str(at+"/accessibility_label", e["accessibility_label"], maxButtonText)
	c.style(at+"/style", e["style"])
	if e["url"] != nil {
		c.url(at+"/url", Str(e, "url"))
	}
}

func (c *checker) style(at string, v any) {
	if v != nil && v != "primary" && v != "danger" {
		c.add(at, "invalid_value", "must be one of: primary, danger")
	}
}

func (c *checker) confirm(at string, v any) {
	if v == nil {
		return
	}
	d, ok := v.(Block)
	if !ok {
		c.add(at, "invalid_type", "must be an object")
		return
	}
	c.keys(at, d, []string{"title", "text", "confirm", "deny", "style"})
	c.text(at+"/title", d["title"], plainOnly, 1, 100, optional)
	c.text(at+"/text", d["text"], anyText, 1, 300, required)
	c.text(at+"/confirm", d["confirm"], plainOnly, 1, 30, optional)
	c.text(at+"/deny", d["deny"], plainOnly, 1, 30, optional)
	c.style(at+"/style", d["style"])
}

// options checks the options member; labels of menus are plain text.
func (c *checker) options(at string, e Block, most int, plain bool) {
	list := c.list(at+"/options", e["options"], 1, most)
	for i, v := range list {
		c.option(fmt.Sprintf("%s/options/%d", at, i), v, plain)
	}
}

func (c *checker) option(at string, v any, plain bool) {
	o, ok := v.(Block)
	if !ok {
		c.add(at, "invalid_type", "must be an object")
		return
	}
	c.keys(at, o, []string{"text", "value", "description", "url"})
	c.text(at+"/text", o["text"], plain, 1, maxOptionText, required)
	c.text(at+"/description", o["description"], plain, 1, maxOptionText, optional)
	value, ok := o["value"].(string)
	if !ok {
		c.add(at, "missing_field", "missing required field: value")
		return
	}
	c.length(at+"/value", value, 1, maxOptionValue)
}

func (c *checker) selectMenu(at string, e Block) {
	hasOptions, hasGroups := e["options"] != nil, e["option_groups"] != nil
	switch {
	case hasOptions && hasGroups:
		c.add(at, "unexpected_field", "only one of `options` or `option_groups` may be given")
	case hasGroups:
		groups := c.list(at+"/option_groups", e["option_groups"], 1, maxOptions)
		for i, v := range groups {
			p := fmt.Sprintf("%s/option_groups/%d", at, i)
			g, _ := v.(Block)
			c.text(p+"/label", g["label"], plainOnly, 1, maxOptionText, required)
			c.options(p, g, maxOptions, plainOnly)
		}
	default:
		c.options(at, e, maxOptions, plainOnly)
	}
	if n, ok := e["max_selected_items"].(float64); ok && n < 1 {
		c.add(at+"/max_selected_items", "too_small", "must be greater than 0")
	}
	c.initial(at, e)
}

// initial checks that what is chosen at the start is one of the choices,
// exactly as it stands there.
func (c *checker) initial(at string, e Block) {
	var chosen []Block
	pointer := at + "/initial_options"
	switch {
	case e["initial_option"] != nil:
		chosen, pointer = []Block{Obj(e, "initial_option")}, at+"/initial_option"
	case e["initial_options"] != nil:
		chosen = Objects(e, "initial_options")
		if len(chosen) == 0 {
			c.add(pointer, "too_few", "must contain at least 1 item")
		}
	}
	all := Element{Body: e}.Options()
	for _, o := range chosen {
		if !slices.ContainsFunc(all, func(p Option) bool {
			return p.Value == Str(o, "value") && p.Label == Text(o, "text")
		}) {
			c.add(pointer, "invalid_value", "must match one of the options")
		}
	}
}

func (c *checker) moment(at string, v any, layout, form string) {
	if v == nil {
		return
	}
	s, _ := v.(string)
	if _, err := time.Parse(layout, s); err != nil {
		c.add(at, "invalid_date", "must be in the format "+form)
	}
}

func (c *checker) plainInput(at string, e Block) {
	low, high := e["min_length"], e["max_length"]
	if n, ok := low.(float64); low != nil && (!ok || n < 0 || n > 3000) {
		c.add(at+"/min_length", "out_of_range", "must be between 0 and 3000")
	}
	if n, ok := high.(float64); high != nil && (!ok || n < 1 || n > 3000) {
		c.add(at+"/max_length", "out_of_range", "must be between 1 and 3000")
	}
	if l, ok := low.(float64); ok {
		if h, ok := high.(float64); ok && l > h {
			c.add(at+"/min_length", "out_of_range", "must be no more than max_length")
		}
	}
	c.length(at+"/initial_value", Str(e, "initial_value"), 0, 3000)
}

// richText checks the outer shape of a rich text block.
func (c *checker) richText(at string, b Block) {
	for i, v := range c.list(at+"/elements", b["elements"], 1, 1000) {
		p := fmt.Sprintf("%s/elements/%d", at, i)
		e, _ := v.(Block)
		kind := Str(e, "type")
		switch kind {
		case "rich_text_section", "rich_text_preformatted", "rich_text_quote":
			c.richInline(p, e)
		case "rich_text_list":
			if s := Str(e, "style"); s != "bullet" && s != "ordered" {
				c.add(p+"/style", "invalid_value", "must be one of: bullet, ordered")
			}
			for j, item := range Objects(e, "elements") {
				c.richInline(fmt.Sprintf("%s/elements/%d", p, j), item)
			}
		default:
			c.add(p+"/type", "unsupported_type", "unsupported type: "+kind)
		}
	}
}

func (c *checker) richInline(at string, e Block) {
	for i, v := range c.list(at+"/elements", e["elements"], 0, 1000) {
		p := fmt.Sprintf("%s/elements/%d", at, i)
		in, _ := v.(Block)
		kind := Str(in, "type")
		needs := map[string]string{
			"text": "text", "link": "url", "user": "user_id", "emoji": "name", "channel": "channel_id",
			"usergroup": "usergroup_id", "broadcast": "range", "date": "format", "color": "value", "team": "team_id",
		}
		key, known := needs[kind]
		switch {
		case !known:
			c.add(p+"/type", "unsupported_type", "unsupported type: "+kind)
		case in[key] == nil || in[key] == "":
			c.add(p, "missing_field", "missing required field: "+key)
		case kind == "link" && strings.TrimSpace(Str(in, "url")) == "":
			c.add(p+"/url", "invalid_url", "must be a valid URL")
		}
	}
}
