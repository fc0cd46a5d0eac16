package timeline

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"waymark/internal/civil"
)

func TestAlt(t *testing.T) {
	unnamed := Goal{Due: today.AddDays(9), Milestones: []Milestone{{"", today.AddDays(1), Next}}}
	for name, c := range map[string]struct {
		plan   Plan
		labels Labels
		want   string
	}{
		"a plan": {typical(), Labels{}, "Your plan. Today is 22 Nov 2026." +
			" Goal 1: Earn the cloud architect certificate, due 30 Jun 2027, 2 of 4 done, next is Book the exam, 12 Feb 2027." +
			" Goal 2: Lead the billing migration, due 15 Dec 2027, 1 of 4 done, 1 late." +
			" Goal 3: Become a staff engineer, due 31 Mar 2028, 0 of 4 done, next is Talk with my manager, 20 Jan 2027." +
			" Reviews: 11 Feb 2027, 12 Aug 2027."},
		"no goals":            {content(), Labels{}, "Your plan. Today is 22 Nov 2026. No goals for now. Reviews: 15 Jan 2027."},
		"nothing":             {Plan{}, Labels{}, "Your plan. No goals for now."},
		"no date":             {Plan{Goals: []Goal{{Title: "日本語 🚀"}}}, Labels{}, "Your plan. Goal 1: 日本語 🚀, no date yet."},
		"no words":            {Plan{Goals: []Goal{unnamed}}, Labels{}, "Your plan. Goal 1, due 1 Dec 2026, next is 23 Nov 2026."},
		"reviews that passed": {Plan{Today: today, Reviews: []civil.Date{day("2026-01-01")}}, Labels{}, "Your plan. Today is 22 Nov 2026. No goals for now."},
		"braces are not places": {
			Plan{Goals: []Goal{{Title: "{n} {date}"}}}, Labels{}, "Your plan. Goal 1: {n} {date}, no date yet.",
		},
		"own labels, in any script": {
			Plan{Goals: []Goal{{Title: "Go"}}}, Labels{Heading: "計画", AltGoal: "目標{n}「{title}」", AltNoDate: "日付なし"}, "計画. 目標1「Go」, 日付なし.",
		},
		"one too many": {Plan{Goals: make([]Goal, 9)}, Labels{}, "Your plan. Goal 1, no date yet. Goal 2, no date yet. Goal 3, no date yet." +
			" Goal 4, no date yet. Goal 5, no date yet. Goal 6, no date yet. Goal 7, no date yet. Goal 8, no date yet. And 1 more goal."},
	} {
		if got := Alt(c.plan, c.labels); got != c.want {
			t.Errorf("%s: Alt =\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestAltIsShortEnough(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		p := anyPlan(r)
		for i := range p.Goals {
			p.Goals[i].Title = strings.Repeat("👩‍👩‍👧 long ", r.IntN(40))
		}
		got := Alt(p, Labels{})
		if n := utf8.RuneCountInString(got); n > altLimit {
			t.Fatalf("Alt of %d goals has %d characters: %s", len(p.Goals), n, got)
		}
		if strings.HasSuffix(got, "…") {
			t.Fatalf("Alt breaks off: %s", got)
		}
	}
	long := Labels{Heading: strings.Repeat("é👩‍👩‍👧", 400)}
	if got := Alt(typical(), long); utf8.RuneCountInString(got) > altLimit || !strings.HasSuffix(got, "…") {
		t.Errorf("Alt with a long label has %d characters", utf8.RuneCountInString(got))
	}
}
