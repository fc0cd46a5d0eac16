package timeline

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"waymark/internal/civil"
)

// faults says what is wrong with a layout: words or shapes outside of the
// canvas, words on words, words on shapes they do not belong to, points on
// points.
func faults(s scene) []string {
	var bad []string
	canvas := box{0, 0, s.width, s.height}
	var words, shapes []thing
	for _, t := range s.things {
		if t.at.x0 < canvas.x0 || t.at.y0 < canvas.y0 || t.at.x1 > canvas.x1 || t.at.y1 > canvas.y1 {
			bad = append(bad, fmt.Sprintf("form %d %q at %v is outside of %v", t.form, t.text, t.at, canvas))
		}
		if t.at.x1 < t.at.x0 || t.at.y1 < t.at.y0 {
			bad = append(bad, fmt.Sprintf("form %d at %v is inside out", t.form, t.at))
		}
		switch t.form {
		case letters:
			words = append(words, t)
		case ring, disc, diamond, triangle, pennant, capsule, bar:
			if t.ink != ground {
				shapes = append(shapes, t)
			}
		}
	}
	for i, w := range words {
		for _, v := range words[i+1:] {
			if w.at.meets(v.at) {
				bad = append(bad, fmt.Sprintf("%q at %v covers %q at %v", w.text, w.at, v.text, v.at))
			}
		}
		for _, v := range shapes {
			inside := v.form == capsule && v.at.x0 <= w.at.x0 && w.at.x1 <= v.at.x1
			behind := !w.patch && (v.form == bar) // the number of a bunch lies on a ground of its own
			if !inside && !behind && w.at.meets(v.at) {
				bad = append(bad, fmt.Sprintf("%q at %v covers form %d at %v", w.text, w.at, v.form, v.at))
			}
		}
	}
	return bad
}

func TestNothingCoversAnything(t *testing.T) {
	for name, plan := range plans {
		for _, o := range []Options{{}, {Width: 320, Scale: 1}, {Width: 800, Scale: 4, Theme: Dark}} {
			for _, f := range faults(laid(t, plan(), o)) {
				t.Errorf("%s, width %d: %s", name, o.Width, f)
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 400 {
		p := anyPlan(r)
		if f := faults(laid(t, p, Options{})); len(f) > 0 {
			t.Fatalf("plan %d: %s\n%+v", i, strings.Join(f, "\n"), p)
		}
	}
}

func TestFaultsAreFound(t *testing.T) {
	word := thing{form: letters, at: box{0, 0, 20, 10}, text: "a", patch: true}
	for name, c := range map[string]struct {
		things []thing
		want   int
	}{
		"alone":            {[]thing{word}, 0},
		"word on word":     {[]thing{word, word}, 1},
		"outside":          {[]thing{{form: ring, at: box{95, 0, 105, 10}}}, 1},
		"word on a point":  {[]thing{word, {form: ring, at: box{10, 0, 30, 10}, ink: edge}}, 1},
		"word in its pill": {[]thing{word, {form: capsule, at: box{0, 0, 30, 10}, ink: now}}, 0},
		"inside out":       {[]thing{{form: rule, at: box{20, 0, 10, 10}}}, 1},
	} {
		if got := faults(scene{width: 100, height: 100, things: c.things}); len(got) != c.want {
			t.Errorf("%s: faults = %v, want %d", name, got, c.want)
		}
	}
}

// Who cannot tell the colours apart must be able to tell the states apart.
func TestStatesDifferInShapeAndWord(t *testing.T) {
	shapes := map[string]State{}
	for s := Done; s <= Late; s++ {
		c := &canvas{}
		c.shape(point{n: 1, state: s}, 0)
		forms := ""
		for _, th := range c.things {
			forms += fmt.Sprint(th.form, " ")
		}
		if other, taken := shapes[forms]; taken {
			t.Errorf("states %d and %d have the same shape", s, other)
		}
		shapes[forms] = s

		p := Plan{Today: today, Goals: []Goal{{Title: "G", Due: today.AddDays(60), Milestones: []Milestone{{"m", today.AddDays(30), s}}}}}
		l := English()
		word := []string{l.Done, l.Open, l.Next, l.Late}[s]
		if got := laid(t, p, Options{}).texts(); !slices.Contains(got, word) {
			t.Errorf("state %d: texts = %q, want one that says %q", s, got, word)
		}
	}
}

func TestWordsOnThePicture(t *testing.T) {
	goal := func(g Goal) Plan { return Plan{Today: today, Goals: []Goal{g}} }
	in := func(n int) civil.Date { return today.AddDays(n) }
	for name, c := range map[string]struct {
		plan Plan
		want []string
		not  []string
	}{
		"a plan": {typical(), []string{
			"Your plan", "22 Nov 2026", "Next: Talk with my manager, 20 Jan 2027", "Today", "2026", "2027", "Oct",
			"Earn the cloud architect certificate", "2 of 4 done", "Next 12 Feb", "Late 14 Nov", "Due 31 Mar", "Reviews", "11 Feb",
		}, []string{"Goal 1"}},
		"no goals are fine":            {content(), []string{"No goals for now.", "15 Jan", "Review"}, []string{"Done"}},
		"nothing at all":               {Plan{}, []string{"Your plan", "No goals for now."}, []string{"Today", "Reviews"}},
		"a goal without a date":        {goal(Goal{Title: "Some day"}), []string{"Some day", "No date yet"}, []string{"All done"}},
		"a goal that is reached":       {goal(Goal{Title: "G", Due: in(-5), Done: 3, Of: 3}), []string{"All done", "Due 17 Nov"}, nil},
		"more done than there is":      {goal(Goal{Title: "G", Done: 5, Of: 3}), []string{"All done"}, nil},
		"a title the font lacks":       {goal(Goal{Title: "日本語"}), []string{"Goal 1"}, []string{"日本語"}},
		"a title with an emoji":        {goal(Goal{Title: "Fly 🚀"}), []string{"Goal 1"}, []string{"Fly 🚀"}},
		"a title with combining marks": {goal(Goal{Title: "cafe\u0301"}), []string{"Goal 1"}, nil},
		"no title":                     {goal(Goal{Title: " \n"}), []string{"Goal 1"}, nil},
		"a title over lines":           {goal(Goal{Title: "a\n\tb\u202e"}), []string{"a b"}, nil},
		"a next step the font lacks": {
			goal(Goal{Title: "Learn", Due: in(60), Milestones: []Milestone{{"学ぶ", in(3), Next}}}),
			[]string{"Next: Learn, 25 Nov 2026", "Next 25 Nov"}, nil,
		},
		"a next step without a date": {
			goal(Goal{Title: "Learn", Milestones: []Milestone{{"Ask", civil.Date{}, Next}}}), []string{"Next: Ask"}, nil,
		},
		"a late step from before the axis": {
			goal(Goal{Title: "Learn", Due: in(60), Milestones: []Milestone{{"Ask", day("2020-03-01"), Late}}}),
			[]string{"Late 1 Mar 2020"}, nil,
		},
		"days become months on a long axis": {tenYears(), []string{"Next Jan 2027", "Due Jun 2036", "2036"}, nil},
		"one goal too many":                 {Plan{Goals: make([]Goal, MaxGoals+1)}, []string{"Goal 8", "and 1 more goal"}, []string{"Goal 9"}},
		"two goals too many":                {crowded(), []string{"and 2 more goals"}, []string{"Nine"}},
		"steps on one day": {
			goal(Goal{Title: "G", Due: in(90), Milestones: []Milestone{{"a", in(30), Open}, {"b", in(30), Late}, {"c", in(30), Done}}}),
			[]string{"+2", "Late 22 Dec"}, nil,
		},
	} {
		got := laid(t, c.plan, Options{}).texts()
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: texts = %q, want %q among them", name, got, w)
			}
		}
		for _, w := range c.not {
			if slices.Contains(got, w) {
				t.Errorf("%s: texts = %q, want no %q", name, got, w)
			}
		}
	}
}

func TestOwnLabels(t *testing.T) {
	l := Labels{
		Heading: "Dein Plan", Today: "Heute", Late: "Überfällig", LateSince: "überfällig seit {date}", Next: "次",
		Day: "{day}. {month}", Months: [12]string{"Jan", "Feb", "März", "Apr", "Mai", "Juni", "Juli", "Aug", "Sep", "Okt", "Nov", "Dez"},
	}
	got := laid(t, typical(), Options{Labels: l}).texts()
	for _, w := range []string{"Dein Plan", "Heute", "Überfällig", "überfällig seit 14. Nov", "Okt", "Next"} {
		if !slices.Contains(got, w) {
			t.Errorf("texts = %q, want %q among them", got, w)
		}
	}
	long := strings.Repeat("long words ", 40)
	l = Labels{Heading: long, Today: long, Reviews: long, Late: long, LateSince: long, Count: long, NextStep: long, Date: long, Day: long, NoGoals: long}
	for name, plan := range plans {
		for _, f := range faults(laid(t, plan(), Options{Labels: l})) {
			t.Errorf("%s with long labels: %s", name, f)
		}
	}
}

// A bar that goes on past the axis has a straight end, one that ends has a
// round one.
func TestBarsReachTheirDates(t *testing.T) {
	for name, c := range map[string]struct {
		goal        Goal
		left, right bool
	}{
		"within":             {Goal{Start: today, Due: today.AddDays(200)}, false, false},
		"begun long ago":     {Goal{Start: day("2001-01-01"), Due: today.AddDays(200)}, true, false},
		"ends after a life":  {Goal{Start: today, Due: day("2140-01-01")}, false, true},
		"no end":             {Goal{Start: today}, false, true},
		"ends before begins": {Goal{Start: today, Due: today.AddDays(-10)}, false, false},
	} {
		s := laid(t, Plan{Today: today, Goals: []Goal{c.goal}}, Options{})
		i := slices.IndexFunc(s.things, func(th thing) bool { return th.form == bar })
		if b := s.things[i]; b.cutLeft != c.left || b.cutRight != c.right {
			t.Errorf("%s: cut left, right = %v, %v, want %v, %v", name, b.cutLeft, b.cutRight, c.left, c.right)
		} else if b.at.x1-b.at.x0 < minBar {
			t.Errorf("%s: bar %v is narrower than %d", name, b.at, minBar)
		}
	}
}
