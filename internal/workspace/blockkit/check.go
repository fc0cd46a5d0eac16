package blockkit

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Slack's limits, in characters unless said otherwise.
const (
	MaxMessageBlocks = 50  // blocks
	MaxViewBlocks    = 100 // blocks
	MaxViewBytes     = 250_000

	maxText        = 3000
	maxFieldText   = 2000
	maxFields      = 10 // fields
	maxHeader      = 150
	maxButtonText  = 75
	maxValue       = 2000
	maxID          = 255
	maxActions     = 25 // elements
	maxContext     = 10 // elements
	maxOptionText  = 75
	maxOptionValue = 150
	maxOptions     = 100 // options or groups of a select
	maxGroup       = 10  // checkboxes and radio buttons
	maxOverflow    = 5   // options
	maxPlaceholder = 150
	maxLabel       = 2000
	maxTitle       = 24 // of a view, and its submit and close
	maxMetadata    = 3000
	maxURL         = 3000
	maxMarkdown    = 12_000 // all markdown blocks together
)

// Problem is one reason why Slack would refuse blocks or a view.
type Problem struct {
	Pointer string `json:"pointer"` // JSON pointer into what was sent
	Code    string `json:"code"`    // short name, such as "too_long"
	Message string `json:"message"` // in Slack's words
}

func (p Problem) String() string { return p.Message + " [json-pointer:" + p.Pointer + "]" }

// surface is where blocks are meant to show.
type surface string

const (
	onMessage surface = "message"
	onModal   surface = "modal"
	onHome    surface = "home"
)

// checker walks blocks and collects problems.
type checker struct {
	surface  surface
	problems []Problem
	blockIDs map[string]bool
	markdown int
	focus    int  // elements with focus_on_load
	inputs   bool // an input block was seen
}

// CheckMessage says why Slack would refuse these blocks in a message.
func CheckMessage(blocks []any) []Problem {
	c := &checker{surface: onMessage, blockIDs: make(map[string]bool)}
	c.blocks("/blocks", blocks, MaxMessageBlocks)
	return c.problems
}

// CheckView says why Slack would refuse this view: a modal or a Home tab.
func CheckView(view Block) []Problem {
	c := &checker{surface: surface(Str(view, "type")), blockIDs: make(map[string]bool)}
	if c.surface != onModal && c.surface != onHome {
		c.add("/view/type", "invalid_type", "must be one of: home, modal")
		return c.problems
	}
	list, ok := view["blocks"].([]any)
	if !ok {
		c.add("/view", "missing_field", "missing required field: blocks")
		return c.problems
	}
	c.blocks("/view/blocks", list, MaxViewBlocks)
	c.length("/view/private_metadata", Str(view, "private_metadata"), 0, maxMetadata)
	c.length("/view/callback_id", Str(view, "callback_id"), 0, maxID)
	c.length("/view/external_id", Str(view, "external_id"), 0, maxID)
	if c.surface == onHome {
		for _, key := range []string{"title", "submit", "close"} {
			if view[key] != nil {
				c.add("/view/"+key, "unexpected_field", "no more than 0 items allowed")
			}
		}
		return c.problems
	}
	c.text("/view/title", view["title"], plainOnly, 1, maxTitle, required)
	c.text("/view/submit", view["submit"], plainOnly, 1, maxTitle, optional)
	c.text("/view/close", view["close"], plainOnly, 1, maxTitle, optional)
	if c.inputs && view["submit"] == nil {
		c.add("/view/submit", "missing_field", "`submit` is required when an `input` block is in the `blocks` array")
	}
	return c.problems
}

func (c *checker) add(pointer, code, message string) {
	c.problems = append(c.problems, Problem{Pointer: pointer, Code: code, Message: message})
}

func (c *checker) blocks(pointer string, list []any, most int) {
	if len(list) > most {
		c.add(pointer, "too_many", fmt.Sprintf("no more than %d items allowed", most))
	}
	for i, v := range list {
		at := fmt.Sprintf("%s/%d", pointer, i)
		b, ok := v.(Block)
		if !ok {
			c.add(at, "invalid_type", "must be an object")
			continue
		}
		c.blockID(at, b)
		c.block(at, b)
	}
	if c.focus > 1 {
		c.add(pointer, "too_many", "only one element may have `focus_on_load` set to true")
	}
}

func (c *checker) blockID(at string, b Block) {
	c.str(at+"/block_id", b["block_id"], maxID)
	s := Str(b, "block_id")
	if s != "" && c.blockIDs[s] {
		c.add(at+"/block_id", "duplicate", fmt.Sprintf("`block_id` %s already exists", s))
	}
	c.blockIDs[s] = true
}

// surfaces say where each block type may stand. Types that the workspace does
// not look into are accepted as they are.
var surfaces = map[string][]surface{
	"actions": {onMessage, onModal, onHome}, "context": {onMessage, onModal, onHome},
	"divider": {onMessage, onModal, onHome}, "header": {onMessage, onModal, onHome},
	"image": {onMessage, onModal, onHome}, "input": {onMessage, onModal, onHome},
	"rich_text": {onMessage, onModal, onHome}, "section": {onMessage, onModal, onHome},
	"video": {onMessage, onModal, onHome}, "markdown": {onMessage},
	"context_actions": {onMessage}, "table": {onMessage}, "task_card": {onMessage}, "plan": {onMessage},
	"card": {onMessage}, "carousel": {onMessage}, "alert": {onMessage, onModal, onHome},
	"data_table": {onMessage}, "data_visualization": {onMessage},
}

// members are the keys that each block type has besides type and block_id;
// Slack refuses others.
var members = map[string][]string{
	"actions": {"elements"}, "context": {"elements"}, "divider": {}, "header": {"text", "level"},
	"image":     {"image_url", "slack_file", "alt_text", "title"},
	"input":     {"label", "element", "hint", "optional", "dispatch_action"},
	"rich_text": {"elements"}, "section": {"text", "fields", "accessory", "expand"}, "markdown": {"text"},
}

func (c *checker) block(at string, b Block) {
	kind := Str(b, "type")
	where, known := surfaces[kind]
	if !known || !slices.Contains(where, c.surface) {
		c.add(at+"/type", "unsupported_type", "unsupported type: "+kind)
		return
	}
	if keys, ok := members[kind]; ok {
		c.keys(at, b, append([]string{"type", "block_id"}, keys...))
	}
	switch kind {
	case "section":
		c.section(at, b)
	case "header":
		c.text(at+"/text", b["text"], plainOnly, 1, maxHeader, required)
	case "context":
		c.context(at, b)
	case "actions":
		c.actions(at, b)
	case "input":
		c.input(at, b)
	case "image":
		c.image(at, b)
		c.text(at+"/title", b["title"], plainOnly, 1, maxLabel, optional)
	case "markdown":
		c.markdownBlock(at, b)
	case "rich_text":
		c.richText(at, b)
	}
}

func (c *checker) keys(at string, b Block, known []string) {
	var extra []string
	for key := range b {
		if !slices.Contains(known, key) {
			extra = append(extra, key)
		}
	}
	slices.Sort(extra)
	for _, key := range extra {
		c.add(at, "unexpected_field", "invalid additional property: "+key)
	}
}

func (c *checker) section(at string, b Block) {
	fields, hasFields := b["fields"].([]any)
	if b["text"] == nil && (!hasFields || len(fields) == 0) {
		c.add(at, "missing_field", "missing required field: text or fields")
	}
	c.text(at+"/text", b["text"], anyText, 1, maxText, optional)
	if b["fields"] != nil && (!hasFields || len(fields) == 0) {
		c.add(at+"/fields", "too_few", "must contain at least 1 item")
	}
	if len(fields) > maxFields {
		c.add(at+"/fields", "too_many", fmt.Sprintf("no more than %d items allowed", maxFields))
	}
	for i, f := range fields {
		c.text(fmt.Sprintf("%s/fields/%d", at, i), f, anyText, 1, maxFieldText, required)
	}
	if b["accessory"] != nil {
		c.element(at+"/accessory", b["accessory"], accessories)
	}
}

func (c *checker) context(at string, b Block) {
	list := c.list(at+"/elements", b["elements"], 1, maxContext)
	for i, v := range list {
		p := fmt.Sprintf("%s/elements/%d", at, i)
		e, _ := v.(Block)
		if Str(e, "type") == "image" {
			c.image(p, e)
			continue
		}
		c.text(p, v, anyText, 1, maxText, required)
	}
}

func (c *checker) actions(at string, b Block) {
	list := c.list(at+"/elements", b["elements"], 1, maxActions)
	ids := make(map[string]bool)
	for i, v := range list {
		p := fmt.Sprintf("%s/elements/%d", at, i)
		c.element(p, v, actionElements)
		e, _ := v.(Block)
		if id := Str(e, "action_id"); id != "" {
			if ids[id] {
				c.add(p+"/action_id", "duplicate", fmt.Sprintf("`action_id` %s already exists", id))
			}
			ids[id] = true
		}
	}
}

func (c *checker) input(at string, b Block) {
	c.inputs = true
	c.text(at+"/label", b["label"], plainOnly, 1, maxLabel, required)
	c.text(at+"/hint", b["hint"], plainOnly, 1, maxLabel, optional)
	c.boolean(at+"/optional", b["optional"])
	c.boolean(at+"/dispatch_action", b["dispatch_action"])
	if b["element"] == nil {
		c.add(at, "missing_field", "missing required field: element")
		return
	}
	allowed := inputElements
	if c.surface != onModal {
		allowed = slices.DeleteFunc(slices.Clone(allowed), func(t string) bool { return t == "file_input" })
	}
	c.element(at+"/element", b["element"], allowed)
}

func (c *checker) image(at string, b Block) {
	if b["alt_text"] == nil {
		c.add(at, "missing_field", "missing required field: alt_text")
	}
	c.length(at+"/alt_text", Str(b, "alt_text"), 1, maxLabel)
	switch {
	case b["image_url"] != nil:
		c.url(at+"/image_url", Str(b, "image_url"))
	case b["slack_file"] == nil:
		c.add(at, "missing_field", "missing required field: image_url")
	}
}

func (c *checker) markdownBlock(at string, b Block) {
	s, ok := b["text"].(string)
	if !ok || s == "" {
		c.add(at, "missing_field", "missing required field: text")
		return
	}
	c.markdown += utf8.RuneCountInString(s)
	if c.markdown > maxMarkdown {
		c.add(at+"/text", "too_long", fmt.Sprintf("must be less than %d characters", maxMarkdown+1))
	}
}

// list checks a member that must be a list of a certain size.
func (c *checker) list(at string, v any, least, most int) []any {
	list, ok := v.([]any)
	switch {
	case v == nil:
		c.add(at[:strings.LastIndex(at, "/")], "missing_field", "missing required field: "+at[strings.LastIndex(at, "/")+1:])
	case !ok:
		c.add(at, "invalid_type", "must be an array")
	case len(list) < least:
		c.add(at, "too_few", fmt.Sprintf("must contain at least %d item", least))
	case len(list) > most:
		c.add(at, "too_many", fmt.Sprintf("no more than %d items allowed", most))
	}
	return list
}

func (c *checker) boolean(at string, v any) {
	if _, ok := v.(bool); v != nil && !ok {
		c.add(at, "invalid_type", "must be a boolean")
	}
}

// str checks an optional string member.
func (c *checker) str(at string, v any, most int) {
	s, ok := v.(string)
	if v != nil && !ok {
		c.add(at, "invalid_type", "must be a string")
	}
	c.length(at, s, 0, most)
}

// length checks a string, in characters.
func (c *checker) length(at, s string, least, most int) {
	n := utf8.RuneCountInString(s)
	if n < least {
		c.add(at, "too_short", fmt.Sprintf("must be more than %d characters", least-1))
	}
	if n > most {
		c.add(at, "too_long", fmt.Sprintf("must be less than %d characters", most+1))
	}
}

func (c *checker) url(at, s string) {
	c.length(at, s, 1, maxURL)
	if s != "" && !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "slack://") && !strings.HasPrefix(s, "mailto:") {
		c.add(at, "invalid_url", "must be a valid URL")
	}
}

// What a text object may be.
const (
	plainOnly = true
	anyText   = false
	required  = true
	optional  = false
)

// text checks a text object.
func (c *checker) text(at string, v any, plain bool, least, most int, must bool) {
	if v == nil {
		if must {
			i := strings.LastIndex(at, "/")
			c.add(at[:i], "missing_field", "missing required field: "+at[i+1:])
		}
		return
	}
	t, ok := v.(Block)
	if !ok {
		c.add(at, "invalid_type", "must be an object")
		return
	}
	kind := Str(t, "type")
	switch {
	case kind != "plain_text" && kind != "mrkdwn":
		c.add(at+"/type", "unsupported_type", "unsupported type: "+kind)
		return
	case plain && kind == "mrkdwn":
		c.add(at+"/type", "unsupported_type", "must be one of: plain_text")
	case kind == "mrkdwn" && t["emoji"] != nil:
		c.add(at, "unexpected_field", "invalid additional property: emoji")
	case kind == "plain_text" && t["verbatim"] == true:
		c.add(at, "unexpected_field", "invalid additional property: verbatim")
	}
	c.keys(at, t, []string{"type", "text", "emoji", "verbatim"})
	s, ok := t["text"].(string)
	if !ok {
		c.add(at, "missing_field", "missing required field: text")
		return
	}
	c.length(at+"/text", s, least, most)
}
