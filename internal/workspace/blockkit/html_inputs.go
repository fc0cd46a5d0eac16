package blockkit

import (
	"cmp"
	"fmt"
	"html"
	"strconv"
	"strings"
)

// inputBlock draws an input block as a labelled field with what is wrong with it.
// A choice is a group with a legend, everything else a control with a label.
func (w *writer) inputBlock(b Block, errors map[string]string) {
	found := Elements([]Block{b})
	if len(found) == 0 {
		return
	}
	e := found[0]
	w.n++
	f := field{Element: e, id: fmt.Sprintf("%sf%d", w.look.Base, w.n), optional: b["optional"] == true, problem: errors[e.BlockID], hint: Text(b, "hint")}
	data := ` data-field="` + html.EscapeString(e.BlockID+"/"+e.ID) + `" data-kind="` + html.EscapeString(e.Type) + `"`
	if b["dispatch_action"] == true {
		data += ` data-dispatch` + tag(e)
	}
	label := plain(Text(b, "label"))
	if f.optional {
		label += ` <span class="hint">(optional)</span>`
	}
	box := `div`
	if f.grouped() {
		box = `fieldset`
		w.add(`<fieldset class="b-input group"`, data, f.describes(), `><legend>`, label, `</legend>`)
		w.boxes(e, boxKind(e), f.id, w.picked(e))
	} else {
		w.add(`<div class="b-input"`, data, `><label for="`, html.EscapeString(f.id), `">`, label, `</label>`)
		w.control(f)
	}
	if f.hint != "" {
		w.add(`<span class="hint" id="`, html.EscapeString(f.id), `-hint">`, plain(f.hint), `</span>`)
	}
	if f.problem != "" {
		w.add(`<span class="problem" id="`, html.EscapeString(f.id), `-problem"><span aria-hidden="true">⚠ </span>`, html.EscapeString(f.problem), `</span>`)
	}
	w.add(`</`, box, `>`)
}

// field is the element of an input block on its way to the page.
type field struct {
	Element
	id, hint, problem string
	optional          bool
}

func (f field) grouped() bool {
	return f.Type == "checkboxes" || f.Type == "radio_buttons" || f.Type == "multi_static_select"
}

// describes ties a field to its hint and to what is wrong with it.
func (f field) describes() string {
	var by []string
	if f.problem != "" {
		by = append(by, f.id+"-problem")
	}
	if f.hint != "" {
		by = append(by, f.id+"-hint")
	}
	if len(by) == 0 {
		return ""
	}
	return ` aria-describedby="` + html.EscapeString(strings.Join(by, " ")) + `"`
}

// attributes are what every control of a form has.
func (f field) attributes() string {
	s := ` id="` + html.EscapeString(f.id) + `"` + f.describes()
	if p := Text(f.Body, "placeholder"); p != "" {
		s += ` placeholder="` + html.EscapeString(p) + `"`
	}
	if !f.optional {
		s += ` aria-required="true"`
	}
	if f.problem != "" {
		s += ` aria-invalid="true"`
	}
	if f.Body["focus_on_load"] == true {
		s += ` autofocus`
	}
	if n, ok := f.Body["max_length"].(float64); ok {
		s += ` data-max="` + strconv.Itoa(int(n)) + `"`
	}
	return s
}

// inputTypes are the elements that are one line of a certain kind, and where
// their value stands in the state.
var inputTypes = map[string]struct{ attributes, key string }{
	"plain_text_input": {`type="text"`, "value"},
	"number_input":     {`type="text" inputmode="decimal"`, "value"},
	"email_text_input": {`type="email"`, "value"},
	"url_text_input":   {`type="url"`, "value"},
	"datepicker":       {`type="date"`, "selected_date"},
	"timepicker":       {`type="time"`, "selected_time"},
}

// control draws the element of an input block.
func (w *writer) control(f field) {
	value := w.state[f.BlockID][f.ID]
	line, known := inputTypes[f.Type]
	switch {
	case f.Type == "static_select":
		w.add(`<select`, f.attributes(), `><option value="">`, html.EscapeString(cmp.Or(Text(f.Body, "placeholder"), "Select an item")), `</option>`)
		w.options(f.Body, w.picked(f.Element))
		for _, g := range Objects(f.Body, "option_groups") {
			w.add(`<optgroup label="`, html.EscapeString(Text(g, "label")), `">`)
			w.options(g, w.picked(f.Element))
			w.add(`</optgroup>`)
		}
		w.add(`</select>`)
	case f.Type == "rich_text_input" || f.Body["multiline"] == true:
		w.add(`<textarea rows="4"`, f.attributes(), `>`, "\n", html.EscapeString(Str(value, "value")), `</textarea>`)
	case known:
		w.add(`<input `, line.attributes, f.attributes(), ` value="`, html.EscapeString(Str(value, line.key)), `">`)
	default:
		w.element(f.Element)
	}
}

// richText draws a rich text block: sections, lists, quotes and code.
func (w *writer) richText(b Block) {
	for _, e := range Objects(b, "elements") {
		switch Str(e, "type") {
		case "rich_text_section":
			w.add(`<div>`)
			w.rich(e)
			w.add(`</div>`)
		case "rich_text_quote":
			w.add(`<blockquote>`)
			w.rich(e)
			w.add(`</blockquote>`)
		case "rich_text_preformatted":
			w.add(`<pre>`)
			w.rich(e)
			w.add(`</pre>`)
		case "rich_text_list":
			list := "ul"
			if Str(e, "style") == "ordered" {
				list = "ol"
			}
			w.add(`<`, list, `>`)
			for _, item := range Objects(e, "elements") {
				w.add(`<li>`)
				w.rich(item)
				w.add(`</li>`)
			}
			w.add(`</`, list, `>`)
		}
	}
}

// richMarks are the styles of rich text and the elements that show them.
var richMarks = []struct{ style, tag string }{{"bold", "strong"}, {"italic", "em"}, {"strike", "s"}, {"code", "code"}}

// rich draws the pieces of a section.
func (w *writer) rich(section Block) {
	for _, p := range Objects(section, "elements") {
		var after []string
		for _, m := range richMarks {
			if Obj(p, "style")[m.style] == true {
				w.add(`<`, m.tag, `>`)
				after = append([]string{`</` + m.tag + `>`}, after...)
			}
		}
		w.add(w.piece(p))
		w.add(after...)
	}
}

func (w *writer) piece(p Block) string {
	switch Str(p, "type") {
	case "text":
		return strings.ReplaceAll(html.EscapeString(Str(p, "text")), "\n", "<br>")
	case "emoji":
		return withEmoji(":" + Str(p, "name") + ":")
	case "link":
		label := Str(p, "text")
		if label == "" {
			label = Str(p, "url")
		}
		return w.look.angled(escapeAngled(Str(p, "url")) + "|" + escapeAngled(label))
	case "user":
		return w.look.angled("@" + Str(p, "user_id"))
	case "channel":
		return w.look.angled("#" + Str(p, "channel_id"))
	case "broadcast":
		return w.look.angled("!" + Str(p, "range"))
	default:
		return ""
	}
}

// escapeAngled keeps a link's own | and brackets from being read as marks.
var escapeAngled = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "%7C").Replace
