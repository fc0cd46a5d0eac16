package coach

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/kv"
	"waymark/internal/store"
	"waymark/internal/transcript"
)

// TestHomeTalks plays conversations in which the coach's tab is looked at and
// tapped; the tab is drawn as text.
func TestHomeTalks(t *testing.T) {
	book := shipped(t)
	transcript.Run(t, "testdata/home/*.txt", func(t *testing.T) transcript.Driver { return &tabDesk{newDesk(t, book)} })
}

// tabDesk is a desk with a tab. What it can do besides is
//
//	! opens ana              she opens the tab
//	! opens the DM ana       she opens the DM
//	! opens twice ana        the platform delivers the same opening again
//	! presses ana: Done      the first button of the tab with that label
//	! presses ana: 2 Done    the second
//	! talked ana             she goes through the first talk, unseen
//	! deletes ana            she takes back what she said last
type tabDesk struct{ *desk }

func (d *tabDesk) Do(who, verb, arg string) ([]string, error) {
	if verb != "!" {
		return d.desk.Do(who, verb, arg)
	}
	d.out = nil
	word, rest, _ := strings.Cut(arg, " ")
	who, what, _ := strings.Cut(rest, ": ")
	switch word {
	case "opens":
		tab, twice := chat.TabHome, false
		if name, ok := strings.CutPrefix(who, "the DM "); ok {
			who, tab = name, chat.TabMessages
		}
		if name, ok := strings.CutPrefix(who, "twice "); ok {
			who, twice = name, true
		}
		outsider := chat.Member
		if name, ok := strings.CutPrefix(who, "from outside "); ok {
			who, outsider = name, chat.Stranger
		}
		e := d.event(who, chat.Opened)
		e.Action, e.Profile.Outsider = tab, outsider
		if twice {
			if _, err := d.handle(e, true); err != nil {
				return nil, err
			}
		}
		if _, err := d.handle(e, true); err != nil || tab == chat.TabMessages {
			return d.out, err
		}
		if outsider != chat.Member {
			return append(d.out, draw(d.coach.declinePage())...), nil
		}
		return append(d.out, d.tab(who)...), nil
	case "presses":
		d.now = d.now.Add(time.Minute)
		e := d.event(who, chat.Click)
		e.View = "V1"
		var ok bool
		if e.Action, e.Values, ok = press(d.page(who), what); !ok {
			return nil, fmt.Errorf("no button %q", what)
		}
		reply, err := d.coach.Handle(context.Background(), e)
		if err != nil {
			return nil, err
		}
		d.deliver(e.Person)
		if f := reply.Form; f != nil {
			d.out = append(d.out, "opens "+f.Title+" ["+f.Cancel+"]")
			var shown chat.Page
			for _, field := range f.Fields {
				shown.Blocks = append(shown.Blocks, field.Block)
			}
			return append(d.out, draw(shown)...), nil
		}
		return append(d.out, d.tab(who)...), nil
	case "talked":
		for _, e := range script(d.t) {
			e.Person, e.Channel, d.now = personOf(who), "D"+who, e.At
			if _, err := d.handle(e, true); err != nil {
				return nil, err
			}
		}
		d.now = d.now.Add(time.Minute)
		d.last[who] = "9999999999.000000"
		return nil, nil
	case "deletes":
		e := d.event(who, chat.Deleted)
		e.TS = d.last[who]
		return d.handle(e, true)
	}
	return d.desk.Do("", verb, arg)
}

// page is what somebody's tab shows; nothing for whoever has no mark to be
// published.
func (d *tabDesk) page(who string) chat.Page {
	p := d.person(d.t.(*testing.T), who)
	return d.coach.page(personOf(who), &p)
}

func (d *tabDesk) tab(who string) []string {
	return append([]string{"tab:"}, draw(d.page(who))...)
}

// press finds the button with that label, the nth if the label begins with n.
func press(p chat.Page, label string) (action string, values []string, ok bool) {
	n := 1
	if first, rest, found := strings.Cut(label, " "); found && len(first) == 1 && first[0] >= '1' && first[0] <= '9' {
		n, label = atoi(first), rest
	}
	for _, b := range p.Blocks {
		for _, c := range b.Choices {
			if c.Label == label {
				if n--; n == 0 {
					return b.ID, []string{c.Value}, true
				}
			}
		}
	}
	return "", nil, false
}

// draw is a page as text, a line each.
func draw(p chat.Page) []string {
	var out []string
	for _, b := range p.Blocks {
		text := chat.PlainSpans(b.Spans)
		switch b.Kind {
		case chat.Heading:
			out = append(out, "# "+text)
		case chat.Rule:
			out = append(out, "----")
		case chat.Meter:
			out = append(out, strings.Repeat("▰", b.Done)+strings.Repeat("▱", b.Total-b.Done)+" "+text)
		case chat.Buttons:
			var row []string
			for _, c := range b.Choices {
				row = append(row, "["+c.Label+"]")
			}
			out = append(out, strings.Join(row, " "))
		case chat.Bullets, chat.Numbers:
			for _, it := range b.Items {
				out = append(out, "• "+chat.PlainSpans(it))
			}
		default:
			out = append(out, strings.Split(text, "\n")...)
		}
	}
	return out
}

// pageOf is the tab for a record that a test makes up.
func pageOf(t testing.TB, now time.Time, p *Person) chat.Page {
	t.Helper()
	s := newStage(t, kv.NewMemory(), shipped(t))
	s.now = func() time.Time { return now }
	return s.coach.page(ana, p)
}

// bigPlan is a plan of n goals with m milestones each.
func bigPlan(n, m int, title string) career.Plan {
	p := career.Plan{Job: "clerk", Target: "lead", Confirmed: monday}
	day := civil.Of(monday)
	for i := range n {
		g := career.Goal{ID: fmt.Sprint("g", i), Title: fmt.Sprint(title, i), Status: career.Later, IfThen: strings.Repeat("then ", 200), Due: day.AddDays(400)}
		if i < career.MaxActive {
			g.Status = career.Active
		}
		for k := range m {
			g.Milestones = append(g.Milestones, career.Milestone{ID: fmt.Sprintf("g%d.%d", i, k), Kind: career.Unit, N: k + 1, Of: m, Due: day.AddDays(k + 1)})
		}
		p.Goals = append(p.Goals, g)
	}
	return p
}

// Whatever is in a record, the tab holds every heading once in a sensible order,
// buttons that can be told apart by part and value, and few enough blocks.
func TestPageShape(t *testing.T) {
	long := strings.Repeat("<!channel> *x* مرحبا 🎯 ", 150)
	wins := make([]career.Win, 300)
	for i := range wins {
		wins[i] = career.Win{ID: fmt.Sprint(i), On: civil.Of(monday), Text: long}
	}
	for _, c := range []struct {
		name string
		p    Person
	}{
		{"nobody", Person{}},
		{"a plan without goals", Person{Plan: career.Plan{Confirmed: monday, Job: "clerk", Target: "lead"}}},
		{"one goal", Person{Plan: bigPlan(1, 3, "goal")}},
		{"forty goals with a hundred milestones", Person{Plan: bigPlan(40, 101, "goal")}},
		{"the last page of them", Person{Plan: bigPlan(40, 101, "goal"), Home: Home{Page: 9}}},
		{"a page that is gone", Person{Plan: bigPlan(2, 1, "goal"), Home: Home{Page: 7}}},
		{"no such page", Person{Plan: bigPlan(2, 1, "goal"), Home: Home{Page: -3}}},
		{"long words", Person{Name: long, Plan: func() career.Plan { p := bigPlan(9, 3, long); p.Wins = wins; return p }(), Home: Home{Notice: dialogue.Words(long)}}},
		{"a crisis", Person{Crisis: true, Plan: bigPlan(3, 3, "goal")}},
		{"content", Person{Plan: career.Plan{Confirmed: monday, Content: true, Job: "clerk"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := pageOf(t, monday, &c.p)
			if n := len(page.Blocks); n == 0 || n > 70 {
				t.Errorf("%d blocks, want 1 to 70", n)
			}
			if n := len(strings.Join(draw(page), "\n")); n > maxMessage+1000 {
				t.Errorf("%d bytes of text", n)
			}
			ids, headings, names := map[string]bool{}, map[string]bool{}, map[string]string{}
			for i, b := range page.Blocks {
				if b.Kind == chat.Heading {
					if text := chat.PlainSpans(b.Spans); headings[text] {
						t.Errorf("two headings %q", text)
					} else {
						headings[text] = true
					}
				}
				if b.Kind != chat.Buttons {
					continue
				}
				if ids[b.ID] || !strings.HasPrefix(b.ID, "home.") || len(b.Choices) == 0 {
					t.Errorf("block %d: buttons %q, %d of them", i, b.ID, len(b.Choices))
				}
				ids[b.ID] = true
				for _, ch := range b.Choices {
					if strings.ContainsAny(ch.Alt, "\ue000\ue001") {
						t.Errorf("marks in what is said of a button: %q", ch.Alt)
					}
					name := ch.Label
					if ch.Alt != "" {
						name = ch.Alt
					}
					if other, taken := names[name]; taken && other != ch.Value && c.name != "long words" { // cut alike
						t.Errorf("two buttons are called %q", name)
					}
					names[name] = ch.Value
					if ch.Label == "" || ch.Value == "" || len(ch.Value) > 200 || ch.Own {
						t.Errorf("button %+v", ch)
					}
				}
			}
			if b := page.Blocks[0]; b.Kind != chat.Heading {
				t.Errorf("begins with %v, want a heading", b.Kind)
			}
			if text := strings.Join(draw(page), "\n"); !strings.Contains(text, "gives nobody a way to read") {
				t.Error("the promise is missing")
			}
		})
	}
}

// In a crisis and for somebody who is content nothing of a plan is pushed.
func TestQuietPages(t *testing.T) {
	p := bigPlan(3, 3, "SECRET GOAL")
	for name, person := range map[string]Person{
		"crisis":  {Crisis: true, Plan: p},
		"content": {Plan: career.Plan{Confirmed: monday, Content: true, Goals: p.Goals}},
	} {
		text := strings.Join(draw(pageOf(t, monday, &person)), "\n")
		for _, not := range []string{"SECRET GOAL", "[Done]", "next step", "[Add a goal]"} {
			if strings.Contains(text, not) {
				t.Errorf("%s: the tab shows %q:\n%s", name, not, text)
			}
		}
	}
}

// Looking at a page changes nothing of the record.
func TestPageIsPure(t *testing.T) {
	for _, step := range []string{"have.job", "want.target", ""} {
		c := onPath(t, shipped(t), step)
		p, _ := c.person()
		before := fmt.Sprintf("%+v", p)
		first := fmt.Sprint(draw(c.coach.page(ana, &p)))
		if after := fmt.Sprintf("%+v", p); after != before {
			t.Errorf("at %q the record changed", step)
		}
		if again := fmt.Sprint(draw(c.coach.page(ana, &p))); again != first {
			t.Errorf("at %q the second look differs", step)
		}
	}
}

// A welcome is all that is kept of somebody who has not said a word.
func TestWelcomeKeepsNoName(t *testing.T) {
	c := newChatter(t, shipped(t))
	e := c.event(chat.Opened)
	e.Action, e.TS = chat.TabHome, ""
	if _, said := c.handle(e); len(said) != 1 {
		t.Fatalf("she sees %q, want one welcome", said)
	}
	profile := c.event(chat.ProfileChanged)
	c.handle(profile)
	p, raw := c.person()
	if p.Name != "" || p.Locale != "" || p.Settings.Zone != "" || !p.Met.IsZero() || !p.Wake.IsZero() {
		t.Errorf("kept: %+v", p)
	}
	if len(raw) > 900 {
		t.Errorf("a welcome weighs %d bytes", len(raw))
	}
	c.clock = c.clock.AddDate(1, 0, 0)
	if _, ok, err := c.store.NextWake(context.Background()); ok || err != nil {
		t.Errorf("somebody who never spoke will be woken, %v", err)
	}
}

// BenchmarkPage is one rendering of the tab of somebody who went through the
// whole first talk.
func BenchmarkPage(b *testing.B) {
	raw := record(b, 0)
	s := newStage(b, kv.NewMemory(), shipped(b))
	s.now = func() time.Time { return monday.Add(48 * time.Hour) }
	if err := s.db.Update(context.Background(), func(tx kv.Tx) error { return tx.Put([]byte("p/"+ana), raw) }); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var p Person
		s.view(func(tx *store.Tx) error { _, err := tx.Person(ana, &p); return err })
		if page := s.coach.page(ana, &p); len(page.Blocks) < 20 {
			b.Fatal("too short a page")
		}
	}
}
