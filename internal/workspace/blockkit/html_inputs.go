package blockkit

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// input draws an input block as a labelled field.
func (w *writer) input(b Block, errors map[string]string) {
	found := Elements([]Block{b})
	if len(found) == 0 {
		return
	}
	e := found[0]
	w.n++
	id := fmt.Sprintf("%sf%d", w.look.Base, w.n)
	w.add(`<div class="b-input" data-field="`, html.EscapeString(e.BlockID+"/"+e.ID), `" data-kind="`, html.EscapeString(e.Type), `">`)
	w.add(`<label for="`, html.EscapeString(id), `">`, plain(Text(b, "label")))
	if b["optional"] == true {
		w.add(` <span class="hint">(optional)</span>`)
	}
	w.add(`</label>`)
	w.field(e, id)
	if hint := Text(b, "hint"); hint != "" {
		w.add(`<span class="hint">`, plain(hint), `</span>`)
	}
	if problem := errors[e.BlockID]; problem != "" {
		w.add(`<span class="problem" role="alert">`, html.EscapeString(problem), `</span>`)
	}
	w.add(`</div>`)
}

// field draws the element of an input block.
func (w *writer) field(e Element, id string) {
	value := w.state[e.BlockID][e.ID]
	at := ` id="` + html.EscapeString(id) + `" placeholder="` + html.EscapeString(Text(e.Body, "placeholder")) + `"`
	simple := func(kind, v string) {
		w.add(`<input type="`, kind, `"`, at, ` value="`, html.EscapeString(v), `">`)
	}
	switch e.Type {
	case "plain_text_input", "rich_text_input":
		if e.Body["multiline"] == true || e.Type == "rich_text_input" {
			w.add(`<textarea rows="4"`, at, lengths(e), `>`, html.EscapeString(Str(value, "value")), `</textarea>`)
			return
		}
		w.add(`<input type="text"`, at, lengths(e), ` value="`, html.EscapeString(Str(value, "value")), `">`)
	case "number_input":
		w.add(`<input type="text" inputmode="decimal"`, at, ` value="`, html.EscapeString(Str(value, "value")), `">`)
	case "email_text_input":
		simple("email", Str(value, "value"))
	case "url_text_input":
		simple("url", Str(value, "value"))
	case "datepicker":
		simple("date", Str(value, "selected_date"))
	case "timepicker":
		simple("time", Str(value, "selected_time"))
	case "static_select":
		w.add(`<select id="`, html.EscapeString(id), `"><option value="">Select an item</option>`)
		w.options(e.Body, w.picked(e))
		for _, g := range Objects(e.Body, "option_groups") {
			w.options(g, w.picked(e))
		}
		w.add(`</select>`)
	case "checkboxes", "radio_buttons", "multi_static_select":
		w.group(e, id)
	default:
		w.element(e)
	}
}

func lengths(e Element) string {
	s := ""
	if n, ok := e.Body["max_length"].(float64); ok {
		s += ` maxlength="` + strconv.Itoa(int(n)) + `"`
	}
	return s
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
