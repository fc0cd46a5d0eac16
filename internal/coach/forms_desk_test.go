package coach

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// The desk's part of forms: a transcript shows a form with its fields, and sends
// it with what differs: "ana: {title: Lead a shift | due: 2027-03-01}". A "-"
// empties a field, "+" stands between several choices.

// forms shows what became of an event: a form that opens or takes the place of
// another, errors at its fields, or its end.
func (d *desk) forms(e chat.Event, reply chat.Reply) {
	who := strings.ToLower(string(e.Person[strings.LastIndexByte(string(e.Person), 'U')+1:]))
	if reply.Message != nil {
		d.whispered[who] = append(d.whispered[who], *reply.Message)
	}
	switch {
	case reply.Form != nil:
		f := *reply.Form
		d.form[who] = &f
		d.out = append(d.out, formLines(f)...)
	case len(reply.FormErrors) > 0:
		for _, name := range slices.Sorted(maps.Keys(reply.FormErrors)) {
			d.out = append(d.out, "at "+name+": "+reply.FormErrors[name])
		}
	case e.Kind == chat.Submitted && d.form[who] != nil:
		d.form[who] = nil
		d.out = append(d.out, "(the form closes)")
	}
}

// formLines is a form as a transcript shows it.
func formLines(f chat.Form) []string {
	out := []string{"form: " + f.Title}
	for _, fd := range f.Fields {
		if fd.Kind == chat.Shown {
			for l := range strings.SplitSeq(blockText(fd.Block), "\n") {
				out = append(out, "  "+l)
			}
			continue
		}
		value := strings.Join(fd.Value, " + ")
		if len(fd.Choices) > 0 {
			var all []string
			for _, c := range fd.Choices {
				mark := ""
				if slices.Contains(fd.Value, c.Value) {
					mark = "*"
				}
				all = append(all, mark+c.Label)
			}
			value = strings.Join(all, " | ")
		}
		out = append(out, strings.TrimRight(fmt.Sprintf("  %s (%s): %s", fd.Label, fd.Name, strings.ReplaceAll(value, "\n", " / ")), " "))
	}
	if f.Send != "" {
		return append(out, "  ["+f.Send+"] ["+f.Cancel+"]")
	}
	return append(out, "  ["+f.Cancel+"]")
}

func blockText(b chat.Block) string {
	if b.Kind != chat.Buttons {
		return chat.Message{Blocks: []chat.Block{b}}.Plain()
	}
	var labels []string
	for _, c := range b.Choices {
		labels = append(labels, "["+c.Label+"]")
	}
	return strings.Join(labels, " ")
}

// filled is the form that a person sees, sent with what differs.
func (d *desk) filled(who, arg string) (chat.Event, error) {
	f := d.form[who]
	if f == nil || f.Send == "" {
		return chat.Event{}, fmt.Errorf("%s sees no form that can be sent", who)
	}
	e := d.event(who, chat.Submitted)
	e.Channel, e.Action, e.Meta, e.Form = "", f.Name, f.Meta, initials(f)
	for part := range strings.SplitSeq(arg, " | ") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		name, value, ok := strings.Cut(part, ":")
		name = strings.TrimSpace(name)
		at := slices.IndexFunc(f.Fields, func(fd chat.Field) bool { return fd.Name == name && fd.Kind != chat.Shown })
		if !ok || at < 0 {
			return e, fmt.Errorf("the form has no field %q", name)
		}
		value = strings.TrimSpace(value)
		switch {
		case value == "-":
			e.Form[name] = nil
		case f.Fields[at].Kind == chat.Picks:
			e.Form[name] = strings.Split(value, "+")
		default:
			e.Form[name] = []string{value}
		}
		f.Fields[at].Value = e.Form[name] // what was typed stays there when there are errors
	}
	return e, nil
}

// initials are what the fields of a form hold.
func initials(f *chat.Form) map[string][]string {
	out := map[string][]string{}
	for _, fd := range f.Fields {
		if fd.Kind != chat.Shown {
			out[fd.Name] = slices.Clone(fd.Value)
		}
	}
	return out
}

// button finds a button that acts at once among blocks.
func button(blocks []chat.Block, label string) (id, value string, ok bool) {
	for _, b := range blocks {
		for _, c := range b.Choices {
			if b.Kind == chat.Buttons && c.Label == label {
				return b.ID, c.Value, true
			}
		}
	}
	return "", "", false
}

// tapForm presses a button of the form that a person sees, or of a reply that
// only they see. Cancel closes the form.
func (d *desk) tapForm(who, label string) (chat.Event, bool) {
	e := d.event(who, chat.Click)
	if f := d.form[who]; f != nil {
		var blocks []chat.Block
		for _, fd := range f.Fields {
			blocks = append(blocks, fd.Block)
		}
		if id, value, ok := button(blocks, label); ok {
			e.Action, e.Values, e.View, e.Form, e.Meta, e.Channel = id, []string{value}, "V"+f.Name, initials(f), f.Meta, ""
			return e, true
		}
	}
	all := d.whispered[who]
	for i := len(all) - 1; i >= 0; i-- {
		if id, value, ok := button(all[i].Blocks, label); ok {
			e.Action, e.Values, e.Channel = id, []string{value}, ""
			return e, true
		}
	}
	return e, false
}

// plannedPerson has a plan with two goals, of which the second waits for the
// first.
func plannedPerson() *Person {
	day := func(m time.Month, d int) civil.Date {
		if m > time.October {
			return civil.New(2026, m, d)
		}
		return civil.New(2027, m, d)
	}
	return &Person{
		Name: "Ana", Locale: "en-GB", Channel: "Dana", Met: monday, First: dialogue.Frame{Flow: firstFlow, Instance: "first-1"}, Flows: 1,
		Settings: reminder.Settings{Zone: "Europe/Berlin"},
		Plan: career.Plan{
			Job: "front desk", Target: "nurse", Confirmed: monday.Add(-time.Hour), NextID: 3,
			Gaps: []career.Gap{
				{ID: "education", Kind: career.Education, Severity: career.Blocking, Words: "a nursing diploma", Picked: true},
				{ID: "skill:1", Kind: career.Skill, Severity: career.Slows, Words: "taking blood", Picked: true},
			},
			Goals: []career.Goal{
				{ID: "g1", Title: "Compare three programmes", Measure: "a table with three programmes", Status: career.Active, Kind: career.Research,
					Action: "education/compare", Closes: []string{"education"}, Due: day(12, 14), Milestones: []career.Milestone{
						{ID: "g1.1", Kind: career.FirstStep, Due: day(11, 30)},
						{ID: "g1.2", Kind: career.OwnStep, Title: "Ask two nurses", Due: day(12, 7)},
						{ID: "g1.3", Kind: career.Finish, Due: day(12, 14)},
					}},
				{ID: "g2", Title: "Volunteer at a clinic", Status: career.Active, Kind: career.Practice, Action: "exposure/volunteer",
					After: []string{"g1"}, Due: day(3, 31), Milestones: []career.Milestone{
						{ID: "g2.1", Kind: career.FirstStep, Due: day(1, 11)},
						{ID: "g2.2", Kind: career.Halfway, Due: day(2, 15)},
						{ID: "g2.3", Kind: career.Finish, Due: day(3, 31)},
					}},
			},
			Reviews: []career.Review{{ID: "r1", Date: day(2, 19), Formal: true}},
		},
	}
}

// formSpecial are the things about forms that only tests can do:
//
//	! plan ana                she has the plan of plannedPerson
//	! tap-unsaved ana: FIELD: WORDS   types into a form and then taps Milestones
//	! sends-again             the same form once more, since its answer was lost
//	! shortcut ana: talk      the global shortcut
//	! shortcut ana: win LINK TEXT
//	! open-form ana: goal:g1  a tap on the coach's tab
//	! other-tab ana           go to the other tab, and leave this form open there
func (d *desk) formSpecial(word, rest string) ([]string, error) {
	who, arg, _ := strings.Cut(rest, ": ")
	switch word {
	case "plan":
		return d.out, d.coach.store.Update(context.Background(), func(tx *store.Tx) error {
			return tx.Save(personOf(rest), plannedPerson())
		})
	case "tap-unsaved":
		name, value, _ := strings.Cut(arg, ": ")
		e, ok := d.tapForm(who, "Milestones")
		if !ok {
			return nil, errors.New("no button for the milestones")
		}
		e.Form[name] = []string{value}
		return d.handle(e, true)
	case "sends-again":
		e := d.sent
		e.ID += "+"
		return d.handle(e, true)
	case "shortcut":
		e := d.event(who, chat.Shortcut)
		e.Channel = ""
		var more string
		if e.Action, more, _ = strings.Cut(arg, " "); e.Action == chat.ShortcutWin {
			e.Link, e.Text, _ = strings.Cut(more, " ")
		}
		return d.handle(e, true)
	case "open-form":
		e := d.event(who, chat.Click)
		e.View, e.Channel, e.Action, e.Values = "Vhome", "", "home.goals", []string{"form:" + arg}
		return d.handle(e, true)
	case "other-tab":
		d.form[who], d.other[who] = d.other[who], d.form[who]
	}
	return d.out, nil
}
