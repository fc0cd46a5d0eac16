package coach

import (
	"iter"
	"maps"
	"strings"
	"unicode/utf8"

	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// Building the fields of a form, and reading them when they come back. The texts
// of a field are "form.<form>.<field>", "…_hint" and "…_eg".

// maxLines is how many characters a field for several lines takes.
const maxLines = 3000

func mapKeys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// field adds a field that holds now, or what was typed into it already. The
// pointer is good until the next field.
func (f *form) field(name string, kind chat.FieldKind, now ...string) *chat.Field {
	fd := chat.Field{Name: name, Kind: kind, Label: f.text(name), Hint: f.optional(name + "_hint"), Placeholder: f.optional(name + "_eg")}
	if sent, ok := f.sent[name]; ok {
		now = sent
	}
	for _, v := range now {
		if v != "" {
			fd.Value = append(fd.Value, v)
		}
	}
	f.out.Fields = append(f.out.Fields, fd)
	return &f.out.Fields[len(f.out.Fields)-1]
}

func (f *form) text(name string) string { return f.h.plain("form."+f.name+"."+name, nil) }

// optional is a text that a field may have.
func (f *form) optional(name string) string {
	if key := "form." + f.name + "." + name; f.h.c.book.HasText(key) {
		return f.h.plain(key, nil)
	}
	return ""
}

// choice is one of the author's choices: "form.<form>.<value>".
func (f *form) choice(value string) chat.Choice {
	return chat.Choice{Value: value, Label: f.text(value)}
}

// shown adds what is no field.
func (f *form) shown(blocks ...chat.Block) {
	for _, b := range blocks {
		f.out.Fields = append(f.out.Fields, chat.Field{Kind: chat.Shown, Block: b})
	}
}

// says adds a text of the form.
func (f *form) says(key string, fields map[string]any) {
	f.shown(dialogue.Blocks(f.h.c.text(key, f.h.with(fields)))...)
}

// error says at a field what is wrong with it: "form.error.<key>". The first
// thing that is wrong stands.
func (f *form) error(field, key string, fields map[string]any) {
	if _, ok := f.errs[field]; !ok {
		f.errs[field] = f.h.plain("form.error."+key, fields)
	}
}

// line is a field for text as it came, without the spaces around it.
func (f *form) line(name string) string {
	return strings.TrimSpace(strings.ToValidUTF8(strings.Join(f.sent[name], "\n"), ""))
}

// words is a field for text of at most n characters.
func (f *form) words(name string, n int) string {
	s := f.line(name)
	if got := utf8.RuneCountInString(s); got > n {
		f.error(name, "long", map[string]any{"n": itoa(n), "got": itoa(got)})
	}
	return s
}

// needed is a field for text that must not be empty.
func (f *form) needed(name string, n int) string {
	s := f.words(name, n)
	if reading.Clean(s) == "" {
		f.error(name, "empty", nil)
	}
	return s
}

// picked is the one value picked in a menu, "" for none.
func (f *form) picked(name string) string {
	if v := f.sent[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// day is a date; ok is false when there is none, or something else, which is
// said at the field.
func (f *form) day(name string) (d civil.Date, ok bool) {
	s := f.line(name)
	if s == "" {
		return civil.Date{}, false
	}
	d, err := civil.Parse(s)
	if err != nil || d.Year > f.h.today().Year+100 {
		f.error(name, "not_date", nil)
		return civil.Date{}, false
	}
	return d, true
}

// coming is a date from today on. One that the plan has already may have passed.
func (f *form) coming(name string, has civil.Date) civil.Date {
	d, ok := f.day(name)
	switch {
	case !ok:
		f.error(name, "no_date", nil)
	case d.Before(f.h.today()) && d != has:
		f.error(name, "past", map[string]any{"date": f.h.today().Long()})
	}
	return d
}

// past is a date up to today.
func (f *form) past(name string) civil.Date {
	d, ok := f.day(name)
	switch {
	case !ok:
		f.error(name, "no_date", nil)
	case d.After(f.h.today()):
		f.error(name, "future", nil)
	}
	return d
}

// does says what became of a form: on the coach's tab if it was opened there, in
// the DM otherwise.
func (f *form) does(key string, fields map[string]any) error {
	f.inPlace()
	f.h.say(key, fields)
	return f.h.flush(nil)
}

// inPlace makes what is said next appear on the coach's tab, if the form was
// opened there.
func (f *form) inPlace() {
	if f.home && !f.h.inPlace {
		f.h.p.Home.Notice, f.h.inPlace = "", true
	}
}
