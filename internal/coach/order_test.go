package coach

import (
	"context"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"waymark/internal/career"
	"waymark/internal/chat"
)

// orderedBy runs a slash command of Ana's and returns the reply, and what came
// into her DM.
func (d *desk) orderedBy(command, text string) (reply chat.Reply, said []string) {
	d.t.Helper()
	e := d.event("ana", chat.Command)
	e.Command, e.Text = command, text
	before := len(d.shown["Dana"])
	reply, err := d.coach.Handle(context.Background(), e)
	if err != nil {
		d.t.Fatalf("/%s %s: %v", command, text, err)
	}
	d.deliver(e.Person)
	for _, p := range d.shown["Dana"][before:] {
		said = append(said, p.m.Plain())
	}
	return reply, said
}

// Whatever is asked for by a command is answered where it was asked, by somebody
// with a plan and by somebody who has never written; under every name.
func TestEveryOrderAnswers(t *testing.T) {
	book := shipped(t)
	for _, o := range orders() {
		for _, name := range o.words {
			for _, d := range []*desk{formDesk(t, book, nil), newDesk(t, book)} {
				reply, said := d.orderedBy("career", strings.ToUpper(name))
				if reply.Message == nil && reply.Form == nil {
					t.Errorf("/career %s: no answer; in the DM %q", name, said)
				}
				if reply.Message != nil {
					bounded(t, *reply.Message)
				}
			}
		}
	}
}

// What is only looked at writes nothing down about somebody who is not known.
func TestLookingIsNotWrittenDown(t *testing.T) {
	book := shipped(t)
	for _, o := range orders() {
		if !o.shows {
			continue
		}
		d := newDesk(t, book)
		d.orderedBy("career", o.words[0])
		if p := d.record(); !p.Met.IsZero() || p.Name != "" {
			t.Errorf("/career %s writes down %+v", o.words[0], p)
		}
	}
}

func TestFindOrder(t *testing.T) {
	for text, want := range map[string][2]string{
		"plan": {"plan", ""}, "PLAN": {"plan", ""}, "goal add  Lead a shift": {"goal add", "Lead a shift"}, "goals done 2": {"goals done", "2"},
		"goals 2": {"goals", "2"}, "goals all": {"goals all", ""}, "add a goal": {"goal add", ""}, "add a goal x": {"goal add", "x"},
		"pause until Monday": {"pause", "until Monday"}, "win a\nb": {"win", "a\nb"}, "goal edit #2": {"goal edit", "#2"}, "export md": {"export", "md"},
		"": {}, "dance": {}, "plant": {}, "🎉": {},
	} {
		o, arg, ok := findOrder(text)
		got := [2]string{}
		if ok {
			got = [2]string{o.words[0], arg}
		}
		if got != want {
			t.Errorf("findOrder(%q) = %q, want %q", text, got, want)
		}
	}
}

// No two orders have one name.
func TestOrdersAreApart(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range orders() {
		for _, w := range o.words {
			if seen[w] || w != strings.ToLower(w) {
				t.Errorf("the name %q stands for two orders, or is not in lower case", w)
			}
			seen[w] = true
		}
	}
}

// A message of the DM is an order only as a whole.
func TestSpokenOrder(t *testing.T) {
	for text, want := range map[string]string{
		"settings": "settings", "Settings!": "settings", "my wins": "wins", "goals all": "goals all", "goals 2": "goals", "goal edit 2": "goal edit",
		"add a goal": "goal add", "add shift lead as a goal": "goal add", "please put a forklift licence as my next goal": "goal add", "I see that as a goal": "", "goals done brochures": "goals done", "export json": "export", "timeline": "timeline", "/career settings": "settings",
		"/acme-goals done 2": "goals done", "review date": "review date",
		"done": "", "done with it": "", "settings of the machine": "", "wins over time": "", "goal edit the text": "", "plan": "", "pause until Monday": "",
		"goals": "", "export the report": "", "delete": "", "delete everything": "", "help": "", "privacy": "", "/win x": "", "/unknown": "", "/": "", "": "", "win x": "",
	} {
		o, _, ok := spokenOrder(text)
		got := ""
		if ok {
			got = o.words[0]
		}
		if got != want {
			t.Errorf("spokenOrder(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestGoalNumber(t *testing.T) {
	for text, want := range map[string]int{"2": 2, "#2": 2, "goal 2": 2, " Goal #12 ": 12, "0": 0, "-1": 0, "two": 0, "2nd": 0, "": 0, "99999999999999999999": 0} {
		if got := goalNumber(text); got != want {
			t.Errorf("goalNumber(%q) = %d, want %d", text, got, want)
		}
	}
}

// The same words twice in a moment are one order that was sent again: the next
// step is asked about, not ticked off.
func TestDoneOrderTwice(t *testing.T) {
	d := formDesk(t, shipped(t), nil)
	for range 3 {
		d.orderedBy("goals", "done 1")
	}
	if done, _ := career.Progress(d.record().Plan.Goals[0]); done != 1 {
		t.Errorf("%d steps are done, want one", done)
	}
	d.now = d.now.Add(repeatedTick)
	d.orderedBy("goals", "done 1")
	if done, _ := career.Progress(d.record().Plan.Goals[0]); done != 2 {
		t.Errorf("%d steps are done later, want two", done)
	}
}

// Whatever follows a command, it is answered, and an order that makes no sense
// changes nothing.
func FuzzOrders(f *testing.F) {
	book := shipped(f)
	for _, s := range []string{"", "done 1", "done", "done shift", "all", "7", "goal add x", "goal edit 99", "setings", "\xff", "🎉", "pause until", "export ics", "<!channel>", strings.Repeat("a ", 2000)} {
		f.Add("career", s)
		f.Add("goals", s)
		f.Add("win", s)
	}
	f.Add("nothing", "x")
	f.Fuzz(func(t *testing.T, command, text string) {
		d := formDesk(t, book, nil)
		reply, _ := d.orderedBy(command, text)
		if reply.Message == nil && reply.Form == nil {
			t.Error("no answer")
		}
		if reply.Message != nil {
			bounded(t, *reply.Message)
			if !utf8.ValidString(text) {
				return
			}
			for _, b := range reply.Message.Blocks {
				if slices.ContainsFunc(b.Spans, func(s chat.Span) bool { return !s.Own && strings.Contains(s.Text, "<!channel>") }) {
					t.Errorf("her words stand in a span of ours: %+v", b)
				}
			}
		}
		if n := len(d.record().Plan.Goals); n != 2 {
			t.Errorf("there are %d goals now", n)
		}
	})
}
