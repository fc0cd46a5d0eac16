package coach

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// formDesk is a desk at which Ana has the plan of plannedPerson, changed by
// change.
func formDesk(t testing.TB, book *dialogue.Book, change func(*Person)) *desk {
	t.Helper()
	d := newDesk(t, book)
	p := plannedPerson()
	if change != nil {
		change(p)
	}
	if err := d.coach.store.Update(context.Background(), func(tx *store.Tx) error { return tx.Save(personOf("ana"), p) }); err != nil {
		t.Fatal(err)
	}
	return d
}

// record is what is kept about Ana.
func (d *desk) record() Person {
	d.t.Helper()
	var p Person
	if err := d.coach.store.View(context.Background(), func(tx *store.Tx) error { _, err := tx.Person(personOf("ana"), &p); return err }); err != nil {
		d.t.Fatal(err)
	}
	return p
}

// opens opens a form as a tap on the coach's tab does.
func (d *desk) opens(name string) *chat.Form {
	d.t.Helper()
	if _, err := d.formSpecial("open-form", "ana: "+name); err != nil {
		d.t.Fatal(err)
	}
	if d.form["ana"] == nil {
		d.t.Fatalf("no form opens for %q", name)
	}
	return d.form["ana"]
}

// sends fills in the form that is open and sends it.
func (d *desk) sends(values map[string]string) chat.Reply {
	d.t.Helper()
	f := d.form["ana"]
	e := d.event("ana", chat.Submitted)
	e.Channel, e.Action, e.Meta, e.Form = "", f.Name, f.Meta, initials(f)
	for name, v := range values {
		e.Form[name] = []string{v}
	}
	reply, err := d.coach.Handle(context.Background(), e)
	if err != nil {
		d.t.Fatalf("Handle: %v", err)
	}
	d.deliver(e.Person)
	return reply
}

// What is wrong is said at its field, and nothing of the plan changes.
func TestFormErrors(t *testing.T) {
	book := shipped(t)
	long := strings.Repeat("é", 3000)
	for _, c := range []struct {
		name, form string
		values     map[string]string
		want       map[string]string // field to text
	}{
		{"a goal needs words", "goal", map[string]string{"title": " \u200b ", "due": "2027-01-01"}, map[string]string{"title": "empty"}},
		{"a goal needs a day", "goal", map[string]string{"title": "x"}, map[string]string{"due": "no_date"}},
		{"a goal is not in the past", "goal", map[string]string{"title": "x", "due": "2026-11-22"}, map[string]string{"due": "past"}},
		{"30 February is no day", "goal", map[string]string{"title": "x", "due": "2027-02-30"}, map[string]string{"due": "not_date"}},
		{"the year 9999 is a slip", "goal", map[string]string{"title": "x", "due": "9999-01-01"}, map[string]string{"due": "not_date"}},
		{"a title of 3,000 characters", "goal", map[string]string{"title": long, "due": "2027-01-01"}, map[string]string{"title": "long"}},
		{"a measure of 3,000 characters", "goal", map[string]string{"title": "x", "measure": long, "due": "2027-01-01"}, map[string]string{"measure": "long"}},
		{"a status that is not offered", "goal:g1", map[string]string{"status": "draft"}, map[string]string{"status": "choice"}},
		{"a milestone needs words and a day", "milestone:g1", map[string]string{"title": "", "due": ""}, map[string]string{"title": "empty", "due": "no_date"}},
		{"a milestone in the past", "milestone:g1.2", map[string]string{"due": "2026-11-01"}, map[string]string{"due": "past"}},
		{"the end of a goal cannot be taken away", "milestone:g1.3", map[string]string{"state": "remove"}, map[string]string{"state": "choice"}},
		{"a win needs words", "win", map[string]string{"words": ""}, map[string]string{"words": "empty"}},
		{"a win has happened", "win", map[string]string{"words": "x", "on": "2026-11-24"}, map[string]string{"on": "future"}},
		{"a win's kind is one of them", "win", map[string]string{"words": "x", "kind": "luck"}, map[string]string{"kind": "choice"}},
		{"a script is no link", "win", map[string]string{"words": "x", "link": "javascript:alert(1)"}, map[string]string{"link": "link"}},
		{"words are no link", "win", map[string]string{"words": "x", "link": "see the board"}, map[string]string{"link": "link"}},
		{"a file is no link", "win", map[string]string{"words": "x", "link": "file:///etc/passwd"}, map[string]string{"link": "link"}},
		{"a win of 3,001 characters", "win", map[string]string{"words": long + "x"}, map[string]string{"words": "long"}},
		{"a review that has passed", "review", map[string]string{"date": "2026-11-22"}, map[string]string{"date": "past"}},
		{"a review of no kind", "review", map[string]string{"kind": ""}, map[string]string{"kind": "choice"}},
		{"a line about pay without an end", "pay", map[string]string{"now.pay": long}, map[string]string{"now.pay": "long"}},
		{"25:00", "settings", map[string]string{"hour": "25:00"}, map[string]string{"hour": "hour"}},
		{"half past nine", "settings", map[string]string{"hour": "9:30"}, map[string]string{"hour": "full_hour"}},
		{"13 pm", "settings", map[string]string{"to": "13 pm"}, map[string]string{"to": "hour"}},
		{"an end before the beginning", "settings", map[string]string{"from": "17", "to": "9"}, map[string]string{"to": "order"}},
		{"an hour outside of the hours", "settings", map[string]string{"hour": "20:00"}, map[string]string{"hour": "between"}},
		{"midnight", "settings", map[string]string{"from": "0", "hour": "0:00"}, map[string]string{"hour": "midnight"}},
		{"no day of the week", "settings", map[string]string{"days": "someday"}, map[string]string{"days": "choice"}},
		{"a zone that is none", "settings", map[string]string{"zone": "Atlantis/Capital"}, map[string]string{"zone": "zone"}},
		{"a zone that is a path", "settings", map[string]string{"zone": "../../etc/passwd"}, map[string]string{"zone": "zone"}},
		{"the server's own zone", "settings", map[string]string{"zone": "Local"}, map[string]string{"zone": "zone"}},
		{"21 messages a week", "settings", map[string]string{"budget": "21"}, map[string]string{"budget": "number"}},
		{"fewer than none", "settings", map[string]string{"budget": "-1"}, map[string]string{"budget": "number"}},
		{"a cadence that is none", "settings", map[string]string{"cadence": "hourly"}, map[string]string{"cadence": "choice"}},
		{"a pause until today", "settings", map[string]string{"until": "2026-11-23"}, map[string]string{"until": "not_after"}},
		{"a kind that is fixed", "settings", map[string]string{"about": string(reminder.AskedDate)}, map[string]string{"about": "choice"}},
		{"a place without holidays", "settings", map[string]string{"region": "the moon"}, map[string]string{"region": "region"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := formDesk(t, book, nil)
			d.opens(c.form)
			before := d.record()
			reply := d.sends(c.values)
			if diff := cmp.Diff(slices.Sorted(maps.Keys(c.want)), slices.Sorted(maps.Keys(reply.FormErrors))); diff != "" {
				t.Fatalf("errors stand at (-want +got):\n%s", diff)
			}
			for field, key := range c.want {
				text := book.Text("form.error."+key, map[string]any{"n": "", "got": "", "date": "", "from": "", "to": ""})
				if begin, _, _ := strings.Cut(text, " "); !strings.HasPrefix(reply.FormErrors[field], begin) || strings.Contains(reply.FormErrors[field], "form.error") {
					t.Errorf("at %s: %q, want form.error.%s", field, reply.FormErrors[field], key)
				}
			}
			after := d.record()
			if diff := cmp.Diff(before.Plan, after.Plan); diff != "" {
				t.Errorf("the plan has changed (-before +after):\n%s", diff)
			}
			if diff := cmp.Diff(before.Settings, after.Settings); diff != "" {
				t.Errorf("the settings have changed (-before +after):\n%s", diff)
			}
		})
	}
}

// Titles that mean something to a platform, or are hard to show, are kept as
// they are and marked as the person's own wherever they are shown.
func TestFormTitles(t *testing.T) {
	book := shipped(t)
	for _, title := range []string{
		"<!channel> <@U123> &lt;b&gt;", "*bold* _it_ `code` {{.name}}", "👩‍👧‍👦🎉", "להוביל את המשמרת", "قيادة الفريق \u202e and back", strings.Repeat("ß", career.MaxTitle),
	} {
		d := formDesk(t, book, nil)
		d.opens("goal")
		if reply := d.sends(map[string]string{"title": title, "due": "2027-03-01"}); len(reply.FormErrors) > 0 {
			t.Errorf("%.20q is refused: %v", title, reply.FormErrors)
			continue
		}
		goals := d.record().Plan.Goals
		if got := goals[len(goals)-1].Title; got != title {
			t.Errorf("the title is %q, want %q", got, title)
		}
		if f := d.opens("goal:o3"); f.Fields[0].Value[0] != title {
			t.Errorf("the form holds %q, want %q", f.Fields[0].Value, title)
		}
		f := d.opens("milestones:o3")
		if sp := f.Fields[0].Block.Spans[0]; !sp.Own || !strings.HasPrefix(title, strings.TrimSuffix(sp.Text, "…")) {
			t.Errorf("the list shows %+v, want her own words", sp)
		}
	}
}

// A goal of 101 milestones is shown page by page: each once, the first page that
// of the next one.
func TestManyMilestones(t *testing.T) {
	d := formDesk(t, shipped(t), func(p *Person) {
		g := &p.Plan.Goals[0]
		g.Milestones = nil
		for i := range 101 {
			m := career.Milestone{ID: fmt.Sprintf("g1.%d", i+1), Kind: career.OwnStep, Title: fmt.Sprintf("step %03d", i+1), Due: civil.New(2026, 12, 1).AddDays(i)}
			if i < 42 {
				m.Done = civil.Of(monday)
			}
			g.Milestones = append(g.Milestones, m)
		}
	})
	text := func(f *chat.Form) string {
		var b strings.Builder
		for _, fd := range f.Fields {
			b.WriteString(blockText(fd.Block) + "\n")
		}
		return b.String()
	}
	f := d.opens("milestones:g1")
	if !strings.Contains(text(f), "step 043") || !strings.Contains(text(f), "Page 5 of 11") {
		t.Errorf("the first page is not that of the next milestone:\n%s", text(f))
	}
	seen := map[string]int{}
	for page := 1; page <= 11; page++ {
		f := d.opens(fmt.Sprintf("milestones:g1:%d:home", page))
		if n := len(f.Fields); n > 100 {
			t.Errorf("page %d has %d parts, a view holds 100", page, n)
		}
		for i := range 101 {
			seen[fmt.Sprintf("step %03d", i+1)] += strings.Count(text(f), fmt.Sprintf("step %03d", i+1))
		}
	}
	for name, n := range seen {
		if n != 1 {
			t.Errorf("%s is shown %d times", name, n)
		}
	}
	for _, page := range []string{"0", "12", "999999999", "-3", "x"} {
		if f := d.opens("milestones:g1:" + page + ":home"); !strings.Contains(text(f), "step") {
			t.Errorf("page %s shows nothing", page)
		}
	}
}

// Every form stays within what a platform takes, whatever is in the plan.
func TestFormsFit(t *testing.T) {
	book := shipped(t)
	long := strings.Repeat("long words ", 300)
	d := formDesk(t, book, func(p *Person) {
		for i := range p.Plan.Goals {
			p.Plan.Goals[i].Title, p.Plan.Goals[i].Measure = clip(long, career.MaxTitle), long
		}
		for i := range 150 {
			p.Plan.Gaps = append(p.Plan.Gaps, career.Gap{ID: fmt.Sprintf("skill:%d", i+2), Kind: career.Skill, Words: long})
		}
		p.Plan.Pay = career.Pay{Now: map[string]string{"pay": long}, Offer: map[string]string{}}
	})
	for _, name := range []string{"goal", "goal:g1", "goal:nowhere", "milestones:g1", "milestone:g1", "milestone:g1.1", "milestone:g9.9", "win", "review", "pay", "settings", "nothing", "reflow:g1.1", "tick:g1.1"} {
		f := d.opens(name)
		for what, text := range map[string]string{"title": f.Title, "send": f.Send, "cancel": f.Cancel} {
			if n := utf8.RuneCountInString(text); n > 24 || what != "send" && n == 0 {
				t.Errorf("%s: %s has %d characters: %q", name, what, n, text)
			}
		}
		if len(f.Meta) > 2000 || len(f.Fields) > 100 {
			t.Errorf("%s: %d bytes of meta, %d fields", name, len(f.Meta), len(f.Fields))
		}
		names := map[string]bool{}
		for _, fd := range f.Fields {
			if fd.Kind == chat.Shown {
				continue
			}
			if names[fd.Name] {
				t.Errorf("%s: two fields are called %s", name, fd.Name)
			}
			names[fd.Name] = true
			if n := utf8.RuneCountInString(fd.Label); n == 0 || n > 150 || strings.Contains(fd.Label, "form.") {
				t.Errorf("%s: the label of %s is %q", name, fd.Name, fd.Label)
			}
			if len(fd.Choices) > 100 || len(fd.Choices) == 0 && slices.Contains([]chat.FieldKind{chat.Pick, chat.Radio, chat.Picks}, fd.Kind) {
				t.Errorf("%s: %s has %d choices", name, fd.Name, len(fd.Choices))
			}
			for _, ch := range fd.Choices {
				if n := utf8.RuneCountInString(ch.Label); n == 0 || n > 75 || len(ch.Value) > 150 {
					t.Errorf("%s: a choice of %s has a label of %d characters and a value of %d", name, fd.Name, n, len(ch.Value))
				}
			}
		}
	}
}

// A fourth goal cannot be worked on; what is said about it stands at the field.
func TestFormOfAGoalTooMany(t *testing.T) {
	d := formDesk(t, shipped(t), nil)
	for _, title := range []string{"three", "four"} {
		d.opens("goal")
		d.sends(map[string]string{"title": title, "due": "2027-03-01"})
	}
	d.opens("goal:o4")
	reply := d.sends(map[string]string{"status": "active"})
	if reply.FormErrors["status"] == "" || d.record().Plan.Goals[3].Status != career.Later {
		t.Errorf("errors are %v, the goal is %s", reply.FormErrors, d.record().Plan.Goals[3].Status)
	}
}

// Somebody who has never written is known from the first form they send on.
func TestFormOfAStranger(t *testing.T) {
	book := shipped(t)
	for name, values := range map[string]map[string]string{
		"settings": {"budget": "0"}, "goal": {"title": "x", "due": "2027-03-01"}, "win": {"words": "x"}, "review": {"date": "2027-03-01"}, "pay": {"now.pay": "2,000"},
	} {
		d := newDesk(t, book)
		d.opens(name)
		if !d.record().Met.IsZero() {
			t.Errorf("%s: looking at a form is written down", name)
		}
		if reply := d.sends(values); len(reply.FormErrors) > 0 {
			t.Errorf("%s: %v", name, reply.FormErrors)
		}
		p := d.record()
		if p.Settings.Budget == 0 && len(p.Plan.Goals)+len(p.Plan.Wins)+len(p.Plan.Reviews)+len(p.Plan.Pay.Now) == 0 {
			t.Errorf("%s: nothing is kept", name)
		}
	}
}

// The milestones of a goal that is over stay as they are, also by way of a form
// that was opened before.
func TestMilestonesOfAGoalThatIsOver(t *testing.T) {
	book := shipped(t)
	for _, status := range []career.GoalStatus{career.Dropped, career.Achieved} {
		for _, item := range []string{"g1", "g1.2"} {
			d := formDesk(t, book, nil)
			d.opens("milestone:" + item)
			d.other["ana"] = d.form["ana"]
			d.opens("goal:g1")
			d.sends(map[string]string{"status": string(status)})
			d.form["ana"] = d.other["ana"]
			before := d.record().Plan
			reply := d.sends(map[string]string{"title": "something new", "due": "2027-01-01"})
			if reply.Form == nil || reply.Form.Send != "" {
				t.Errorf("%s, %s: answered with %+v, want a form that only says something", status, item, reply)
			}
			after := d.record()
			if diff := cmp.Diff(before, after.Plan); diff != "" {
				t.Errorf("%s, %s: the plan has changed (-before +after):\n%s", status, item, diff)
			}
			if n := len(after.Notes); n == 0 || after.Notes[n-1].Text != "something new" {
				t.Errorf("%s, %s: what she typed is not kept: %+v", status, item, after.Notes)
			}
		}
	}
}

// A goal that somebody adds while their first talk goes on is on the plan that
// the talk makes.
func TestGoalBesideTheFirstTalk(t *testing.T) {
	c := newChatter(t, shipped(t))
	events := script(t)
	for i, e := range events {
		c.clock = e.At
		c.handle(e)
		if i == 5 {
			open := c.event(chat.Command)
			open.Command, open.Text = "career", "goal add keep a diary"
			reply, err := c.coach.Handle(context.Background(), open)
			if err != nil || reply.Form == nil {
				t.Fatalf("Handle = %+v, %v, want a form", reply, err)
			}
			send := c.event(chat.Submitted)
			send.Action, send.Meta, send.Form = reply.Form.Name, reply.Form.Meta, map[string][]string{"title": {"keep a diary"}, "due": {"2027-03-01"}}
			c.handle(send)
		}
	}
	p, _ := c.person()
	i := slices.IndexFunc(p.Plan.Goals, func(g career.Goal) bool { return g.Title == "keep a diary" })
	if p.Plan.Confirmed.IsZero() || i < 0 || p.Plan.Goals[i].Status == career.Draft {
		t.Errorf("the confirmed plan has %d goals, hers at %d", len(p.Plan.Goals), i)
	}
	if len(p.Plan.Goals) < 2 {
		t.Errorf("the talk brought no goal of its own")
	}
}

// A goal that is only proposed yet cannot be changed by a form, and that is said.
func TestFormOfADraft(t *testing.T) {
	c := newChatter(t, shipped(t))
	for _, e := range script(t) {
		if c.asked() == "finish.confirm" {
			break
		}
		c.clock = e.At
		c.handle(e)
	}
	e := c.event(chat.Command)
	e.Command, e.Text = "career", "goal edit 1"
	reply, err := c.coach.Handle(context.Background(), e)
	if err != nil || reply.Form == nil || reply.Form.Send != "" {
		t.Fatalf("Handle = %+v, %v, want a form that only says something", reply, err)
	}
	if got := blockText(reply.Form.Fields[0].Block); !strings.HasPrefix(got, "This goal still comes from your answers") {
		t.Errorf("it says %q", got)
	}
}

// What is written into a form is looked at like what is said.
func TestDangerInAForm(t *testing.T) {
	d := formDesk(t, shipped(t), nil)
	d.opens("win")
	d.sends(map[string]string{"words": "I want to kill myself"})
	if p := d.record(); !p.Crisis || len(p.Plan.Wins) != 1 {
		t.Errorf("crisis is %v, with %d wins", p.Crisis, len(p.Plan.Wins))
	}
	if !slices.ContainsFunc(d.out, func(l string) bool { return strings.Contains(l, "112") }) {
		t.Errorf("she sees %q", d.out)
	}
}

func TestZoneNamed(t *testing.T) {
	for typed, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", "europe/berlin": "Europe/Berlin", " EUROPE/BERLIN ": "Europe/Berlin", "america/new york": "America/New_York",
		"America/Port_of_Spain": "America/Port_of_Spain", "america/port of spain": "America/Port_of_Spain", "utc": "UTC", "UTC": "UTC", "cet": "CET",
		"": "", "Local": "", "local": "", "Berlin": "", "../Europe/Berlin": "", "/etc/localtime": "", "Europe/": "", "🎉": "", "Europe/Berlin\x00": "", "a//b": "",
	} {
		if got, ok := zoneNamed(strings.TrimSpace(typed)); got != want || ok != (want != "") {
			t.Errorf("zoneNamed(%q) = %q, %v, want %q", typed, got, ok, want)
		}
	}
}

func TestClockOfAForm(t *testing.T) {
	book := shipped(t)
	for typed, want := range map[string]int{
		"9": 9, "09": 9, "9:00": 9, "09:00": 9, "9.00": 9, "9h": 9, "9 am": 9, "9 a.m.": 9, "9pm": 21, "12 am": 0, "12 pm": 12, "24": 24, "9 o'clock": 9, "17 Uhr": 17,
		"": -1, "25": -1, "25:00": -1, "9:30": -1, "nine": -1, "-1": -1, "13 pm": -1, "0 am": -1, "9:0": -1, "9:000": -1, "1 2": -1, "٩": -1,
	} {
		f := &form{h: &handling{c: &Coach{book: book}, p: &Person{}}, name: "settings", sent: map[string][]string{"to": {typed}}, errs: map[string]string{}}
		got := f.clock("to", 24)
		if bad := len(f.errs) > 0; bad != (want < 0) || !bad && got != want {
			t.Errorf("clock(%q) = %d, %v, want %d", typed, got, f.errs, want)
		}
	}
}

// Whatever comes back from a platform as a form, nothing breaks, nothing that
// was kept is lost, and no record is written that cannot be read again.
func FuzzSubmitted(f *testing.F) {
	book := shipped(f)
	for _, name := range []string{"goal", "milestone", "milestones", "reflow", "win", "review", "pay", "settings", "delete", "tick", "", "home"} {
		f.Add(name, "i=g1&v=x&t=1", "title", "x", "due", "2027-01-01")
		f.Add(name, "%zz", "how", "all", "status", "dropped")
	}
	f.Add("goal", "i=g1.1&p=-5&d=2027-13-01", "title", "\xff<!channel>", "closes", "skill:1")
	f.Add("milestone", "i=g1.", "title", strings.Repeat("🎉", 400), "state", "done")
	f.Add("reflow", "i=g1.1&d=2027-01-01", "how", "all", "", "")
	f.Fuzz(func(t *testing.T, name, meta, field1, value1, field2, value2 string) {
		if name == deleteName {
			return // takes everything away, as it says
		}
		d := formDesk(t, book, nil)
		before := d.record()
		for range 2 { // as it is, and with the version and the token of a form that is open
			e := d.event("ana", chat.Submitted)
			e.Channel, e.Action, e.Meta = "", name, meta
			e.Form = map[string][]string{field1: {value1}, field2: {value2, value1}}
			reply, err := d.coach.Handle(context.Background(), e)
			if err != nil {
				t.Fatalf("Handle: %v", err)
			}
			if reply.Form != nil {
				meta = reply.Form.Meta
			}
		}
		after := d.record()
		for _, g := range before.Plan.Goals {
			if got, ok := after.Plan.Goal(g.ID); !ok || len(got.Milestones) < len(g.Milestones) {
				t.Errorf("goal %s has lost something: %+v", g.ID, got)
			}
		}
		if len(after.Plan.Reviews) < len(before.Plan.Reviews) || len(after.Plan.Gaps) != len(before.Plan.Gaps) {
			t.Error("a review or a gap is gone")
		}
	})
}
