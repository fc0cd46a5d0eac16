package blockkit

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"
)

// writer collects HTML.
type writer struct {
	strings.Builder
	look  Look
	state State
	n     int // ids given out
}

// HTML draws blocks with what is picked in them. Elements carry data-action,
// data-block and, where something is picked at once, data-pick; the page's
// script does the rest.
func (l Look) HTML(blocks []Block, state State, errors map[string]string) template.HTML {
	w := &writer{look: l, state: Merged(blocks, state)}
	for _, b := range blocks {
		w.block(b, errors)
	}
	return template.HTML(w.String())
}

func (w *writer) add(parts ...string) {
	for _, p := range parts {
		w.WriteString(p)
	}
}

func (w *writer) block(b Block, errors map[string]string) {
	switch Str(b, "type") {
	case "section":
		w.section(b)
	case "header":
		level := strconv.Itoa(cmp.Or(w.look.Heading, 3))
		w.add(`<h`, level, ` class="b-header">`, plain(Text(b, "text")), `</h`, level, `>`)
	case "divider":
		w.add(`<hr>`)
	case "context":
		w.add(`<div class="b-context">`)
		for _, e := range Objects(b, "elements") {
			if Str(e, "type") == "image" {
				w.image(e)
				continue
			}
			w.add(`<span>`, w.text(e), `</span>`)
		}
		w.add(`</div>`)
	case "actions":
		w.add(`<div class="b-actions">`)
		w.elements(b)
		w.add(`</div>`)
	case "input":
		w.inputBlock(b, errors)
	case "image":
		w.add(`<figure class="b-image">`)
		if t := Text(b, "title"); t != "" {
			w.add(`<figcaption>`, plain(t), `</figcaption>`)
		}
		w.image(b)
		w.add(`</figure>`)
	case "rich_text":
		w.richText(b)
	case "markdown":
		w.add(`<div class="b-markdown">`, html.EscapeString(Str(b, "text")), `</div>`)
	default:
		w.add(`<p class="b-unknown">(a `, html.EscapeString(Str(b, "type")), ` block, which this page does not draw)</p>`)
	}
}

// text draws a text object.
func (w *writer) text(t Block) string {
	if Str(t, "type") == "mrkdwn" {
		return string(w.look.Mrkdwn(Str(t, "text")))
	}
	return plain(Str(t, "text"))
}

func (w *writer) section(b Block) {
	w.add(`<div class="b-section"><div class="b-text">`)
	if t := Obj(b, "text"); t != nil {
		w.add(`<div>`, w.text(t), `</div>`)
	}
	if fields := Objects(b, "fields"); len(fields) > 0 {
		w.add(`<div class="b-fields">`)
		for _, f := range fields {
			w.add(`<div>`, w.text(f), `</div>`)
		}
		w.add(`</div>`)
	}
	w.add(`</div>`)
	if a := Obj(b, "accessory"); a != nil {
		w.add(`<div class="b-accessory">`)
		if Str(a, "type") == "image" {
			w.image(a)
		}
		w.elements(b)
		w.add(`</div>`)
	}
	w.add(`</div>`)
}

// image draws a picture that the page has; of others only the description
// shows: the page calls no outside address.
func (w *writer) image(e Block) {
	if w.look.Picture != nil {
		if src := w.look.Picture(e); src != "" {
			w.add(`<img class="b-img" src="`, html.EscapeString(src), `" alt="`, html.EscapeString(Str(e, "alt_text")), `">`)
			return
		}
	}
	w.add(`<span class="b-picture" role="img" aria-label="`, html.EscapeString(Str(e, "alt_text")), `">🖼 `, html.EscapeString(Str(e, "alt_text")), `</span>`)
}

func (w *writer) elements(b Block) {
	for _, e := range Elements([]Block{b}) {
		w.element(e)
	}
}

// tag are the attributes that name an element to the page's script.
func tag(e Element) string {
	s := ` data-action="` + html.EscapeString(e.ID) + `" data-block="` + html.EscapeString(e.BlockID) + `"`
	if c := Obj(e.Body, "confirm"); c != nil {
		ask, _ := json.Marshal([]string{Text(c, "title"), Text(c, "text"), Text(c, "confirm"), Text(c, "deny"), Str(c, "style")})
		s += ` data-confirm="` + html.EscapeString(string(ask)) + `"`
	}
	return s
}

// name is what assistive technology calls an element.
func name(e Element) string {
	label := Str(e.Body, "accessibility_label")
	if label == "" {
		label = e.Label()
	}
	if label == "" {
		label = strings.ReplaceAll(e.Type, "_", " ")
	}
	return html.EscapeString(label)
}

func (w *writer) element(e Element) {
	switch e.Type {
	case "button", "workflow_button", "icon_button":
		w.button(e)
	case "static_select":
		w.selectMenu(e)
	case "multi_static_select":
		w.several(e)
	case "checkboxes", "radio_buttons":
		w.group(e, e.BlockID+"/"+e.ID)
	case "overflow":
		w.overflow(e)
	case "datepicker":
		w.picker(e, "date", "selected_date")
	case "timepicker":
		w.picker(e, "time", "selected_time")
	default:
		w.add(`<span class="b-unknown">(a `, html.EscapeString(e.Type), `)</span>`)
	}
}

func (w *writer) button(e Element) {
	class := "btn"
	if s := Str(e.Body, "style"); s == "primary" || s == "danger" {
		class += " " + s
	}
	aria := ""
	if l := Str(e.Body, "accessibility_label"); l != "" {
		aria = ` aria-label="` + html.EscapeString(l) + `"`
	}
	attributes := ` class="` + class + `"` + tag(e) + aria + ` data-value="` + html.EscapeString(Str(e.Body, "value")) + `"`
	if u := Str(e.Body, "url"); strings.HasPrefix(u, "http") {
		w.add(`<a href="`, html.EscapeString(u), `" target="_blank" rel="noopener noreferrer"`, attributes, `>`, plain(Text(e.Body, "text")), `</a>`)
		return
	}
	w.add(`<button type="button"`, attributes, `>`, plain(Text(e.Body, "text")), `</button>`)
}

// picked are the values that an element holds now.
func (w *writer) picked(e Element) map[string]bool {
	value := w.state[e.BlockID][e.ID]
	set := make(map[string]bool)
	if o := Obj(value, "selected_option"); o != nil {
		set[Str(o, "value")] = true
	}
	for _, o := range Objects(value, "selected_options") {
		set[Str(o, "value")] = true
	}
	return set
}

func (w *writer) selectMenu(e Element) {
	set := w.picked(e)
	w.add(`<select`, tag(e), ` data-pick aria-label="`, name(e), `">`)
	placeholder := Text(e.Body, "placeholder")
	if placeholder == "" {
		placeholder = "Select an item"
	}
	w.add(`<option value="">`, html.EscapeString(placeholder), `</option>`)
	w.options(e.Body, set)
	for _, g := range Objects(e.Body, "option_groups") {
		w.add(`<optgroup label="`, html.EscapeString(Text(g, "label")), `">`)
		w.options(g, set)
		w.add(`</optgroup>`)
	}
	w.add(`</select>`)
}

func (w *writer) options(from Block, set map[string]bool) {
	for _, o := range Objects(from, "options") {
		selected := ""
		if set[Str(o, "value")] {
			selected = " selected"
		}
		w.add(`<option value="`, html.EscapeString(Str(o, "value")), `"`, selected, `>`, html.EscapeString(Text(o, "text")), `</option>`)
	}
}

// several is a select that takes several: it opens, boxes are ticked, one
// button sends what is picked.
func (w *writer) several(e Element) {
	set := w.picked(e)
	label := Text(e.Body, "placeholder")
	if label == "" {
		label = "Select options"
	}
	if len(set) > 0 {
		label = fmt.Sprintf("%d selected", len(set))
	}
	w.add(`<details class="several"`, tag(e), `><summary>`, html.EscapeString(label), `</summary>`)
	w.boxes(e, "checkbox", "", set)
	w.add(`<button type="button" class="btn" data-send>Done</button></details>`)
}

// boxKind is the type of the boxes of a group.
func boxKind(e Element) string {
	if e.Type == "radio_buttons" {
		return "radio"
	}
	return "checkbox"
}

// group is checkboxes or radio buttons; each change is sent.
func (w *writer) group(e Element, field string) {
	w.add(`<fieldset class="group"`, tag(e), ` data-pick><legend class="hidden">`, name(e), `</legend>`)
	w.boxes(e, boxKind(e), field, w.picked(e))
	w.add(`</fieldset>`)
}

func (w *writer) boxes(e Element, kind, field string, set map[string]bool) {
	for _, o := range e.Options() {
		checked := ""
		if set[o.Value] {
			checked = " checked"
		}
		w.add(`<label><input type="`, kind, `" name="`, html.EscapeString(w.look.Base+field), `" value="`, html.EscapeString(o.Value), `"`, checked, `> `,
			w.text(Obj(o.Body, "text")))
		if d := Obj(o.Body, "description"); d != nil {
			w.add(`<span class="hint">`, w.text(d), `</span>`)
		}
		w.add(`</label>`)
	}
}

func (w *writer) overflow(e Element) {
	w.add(`<details class="overflow"`, tag(e), `><summary aria-label="More actions">⋯</summary><div>`)
	for _, o := range e.Options() {
		w.add(`<button type="button" data-value="`, html.EscapeString(o.Value), `"`, tag(e), `>`, plain(o.Label), `</button>`)
	}
	w.add(`</div></details>`)
}

// picker is a date or a time: a field, and a button that sends it.
func (w *writer) picker(e Element, kind, key string) {
	value := Str(w.state[e.BlockID][e.ID], key)
	w.add(`<span class="picker"`, tag(e), `><input type="`, kind, `" value="`, html.EscapeString(value), `" aria-label="`, name(e), `"><button type="button" class="btn" data-send>Pick</button></span>`)
}
