// Package blockkit knows Slack's Block Kit from the side that receives it:
// which blocks Slack accepts and which it refuses and why, what can be pressed
// or picked in them, and how they look as HTML.
//
// Blocks are plain JSON objects, as they came over the wire; the package shares
// no types with any Slack client. It knows nothing of messages, people or time.
package blockkit

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Block is one block, or any object inside one.
type Block = map[string]any

// Blocks takes the objects out of a decoded JSON list; others are left out.
func Blocks(list []any) []Block {
	blocks := make([]Block, 0, len(list))
	for _, v := range list {
		if b, ok := v.(Block); ok {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// Element is something in a block that a person can press, pick or fill in.
type Element struct {
	Block   Block  // the block it is in
	BlockID string //
	ID      string // its action_id
	Type    string // "button", "static_select", …
	Body    Block  // the element itself
}

// interactive are the element types that take an action_id.
var interactive = map[string]bool{
	"button": true, "checkboxes": true, "channels_select": true, "conversations_select": true,
	"datepicker": true, "datetimepicker": true, "email_text_input": true, "external_select": true,
	"feedback_buttons": true, "file_input": true, "icon_button": true,
	"multi_channels_select": true, "multi_conversations_select": true, "multi_external_select": true,
	"multi_static_select": true, "multi_users_select": true, "number_input": true, "overflow": true,
	"plain_text_input": true, "radio_buttons": true, "rich_text_input": true, "static_select": true,
	"timepicker": true, "url_text_input": true, "users_select": true, "workflow_button": true,
}

// Elements lists what is interactive in blocks, in the order of the page.
func Elements(blocks []Block) []Element {
	var list []Element
	for _, b := range blocks {
		for _, e := range inside(b) {
			kind := Str(e, "type")
			if interactive[kind] {
				list = append(list, Element{Block: b, BlockID: Str(b, "block_id"), ID: Str(e, "action_id"), Type: kind, Body: e})
			}
		}
	}
	return list
}

// inside lists the objects of a block that may be elements.
func inside(b Block) []Block {
	switch Str(b, "type") {
	case "actions", "context_actions":
		return Objects(b, "elements")
	case "section":
		if a, ok := b["accessory"].(Block); ok {
			return []Block{a}
		}
	case "input":
		if e, ok := b["element"].(Block); ok {
			return []Block{e}
		}
	}
	return nil
}

// Find looks for an element by its action_id. block narrows the search to one
// block, value to the button with that value; both may be empty.
func Find(blocks []Block, action, block, value string) (Element, bool) {
	var first *Element
	for _, e := range Elements(blocks) {
		if e.ID != action || block != "" && e.BlockID != block {
			continue
		}
		if first == nil {
			first = &e
		}
		if e.Type == "button" && value != "" && Str(e.Body, "value") == value {
			return e, true
		}
	}
	if first == nil {
		return Element{}, false
	}
	return *first, true
}

// Identify gives every block a block_id and every interactive element an
// action_id where they lack one, as Slack does. It changes blocks in place.
func Identify(blocks []Block, newID func() string) []Block {
	for _, b := range blocks {
		if Str(b, "block_id") == "" {
			b["block_id"] = newID()
		}
		for _, e := range inside(b) {
			if interactive[Str(e, "type")] && Str(e, "action_id") == "" {
				e["action_id"] = newID()
			}
		}
	}
	return blocks
}

// Characters counts the characters of all texts in blocks.
func Characters(blocks []Block) int {
	n := 0
	for _, b := range blocks {
		n += characters(b)
	}
	return n
}

func characters(v any) int {
	n := 0
	switch v := v.(type) {
	case Block:
		for key, inner := range v {
			if s, ok := inner.(string); ok {
				if key == "text" || key == "value" || key == "alt_text" {
					n += utf8.RuneCountInString(s)
				}
				continue
			}
			n += characters(inner)
		}
	case []any:
		for _, inner := range v {
			n += characters(inner)
		}
	}
	return n
}

// Str is a string member of an object, "" when it is missing or something else.
func Str(b Block, key string) string {
	s, _ := b[key].(string)
	return s
}

// Obj is an object member, nil when it is missing or something else.
func Obj(b Block, key string) Block {
	o, _ := b[key].(Block)
	return o
}

// Objects is a list member's objects.
func Objects(b Block, key string) []Block {
	list, _ := b[key].([]any)
	return Blocks(list)
}

// Text is the text of a text object member: its "text" key.
func Text(b Block, key string) string { return Str(Obj(b, key), "text") }

// Option is one choice of a select, a group of checkboxes or the like.
type Option struct {
	Label string `json:"label"`
	Value string `json:"value"`
	Body  Block  `json:"-"`
}

// Options lists an element's choices, those in groups included.
func (e Element) Options() []Option {
	var list []Option
	add := func(from Block) {
		for _, o := range Objects(from, "options") {
			list = append(list, Option{Label: Text(o, "text"), Value: Str(o, "value"), Body: o})
		}
	}
	add(e.Body)
	for _, g := range Objects(e.Body, "option_groups") {
		add(g)
	}
	return list
}

// Label is what a person reads on the element, or next to it.
func (e Element) Label() string {
	if l := Text(e.Body, "text"); l != "" {
		return l
	}
	if l := Text(e.Block, "label"); l != "" {
		return l
	}
	return Text(e.Body, "placeholder")
}

// option finds a choice by its value, else by its label.
func (e Element) option(picked string) (Option, error) {
	all := e.Options()
	for _, o := range all {
		if o.Value == picked {
			return o, nil
		}
	}
	for _, o := range all {
		if strings.EqualFold(o.Label, picked) {
			return o, nil
		}
	}
	labels := make([]string, 0, len(all))
	for _, o := range all {
		labels = append(labels, fmt.Sprintf("%q", o.Value))
	}
	return Option{}, fmt.Errorf("%s %s has no option %q; it has %s", e.Type, e.ID, picked, strings.Join(labels, ", "))
}
