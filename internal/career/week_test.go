package career

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"waymark/internal/civil"
)

// day of a test's own, in the form 2026-11-23.
func onDay(t *testing.T, s string) civil.Date {
	t.Helper()
	v, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return civil.Of(v)
}

func TestStepsFallOnDaysThatSuit(t *testing.T) {
	own := []time.Weekday{time.Tuesday, time.Thursday, time.Saturday}
	for _, tc := range []struct {
		rule      string
		week      Week
		day, want string
	}{
		{"a working day stays", Week{}, "2026-11-24", "2026-11-24"},
		{"a Saturday becomes the Monday after", Week{}, "2026-12-26", "2026-12-28"},
		{"own days come first", Week{Days: own}, "2026-11-30", "2026-12-01"},
		{"an own Saturday is one", Week{Days: own}, "2026-11-28", "2026-11-28"},
		{"a part without a day leaves the working days", Week{Days: own, AnyDay: true}, "2026-11-30", "2026-11-30"},
	} {
		if got := tc.week.from(onDay(t, tc.day)); got != onDay(t, tc.want) {
			t.Errorf("%s: from(%s)\n got %s\nwant %s", tc.rule, tc.day, got, tc.want)
		}
	}
}

func TestFirstStepsComeOneAfterTheOther(t *testing.T) {
	f := Facts{Slots: map[string]Fact{
		"goal_pick": {Choices: []string{"own:a", "own:b", "own:c"}, Labels: []string{"ask a", "ask b", "ask c"}, Own: []bool{true, true, true}},
	}, Week: Week{Days: []time.Weekday{time.Tuesday, time.Thursday, time.Saturday}}}
	today := onDay(t, "2026-11-23")
	var got []string
	for _, g := range Goals(f, nil, today) {
		for _, m := range g.Milestones {
			if m.Kind == FirstStep {
				got = append(got, m.Due.String())
			}
		}
	}
	want := []string{"2026-12-01", "2026-12-05", "2026-12-08"}
	if !slices.Equal(got, want) {
		t.Errorf("first steps of three goals\n got %v\nwant %v", got, want)
	}
}

func TestANamedStepBecomesTheNextMilestone(t *testing.T) {
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	day := func(s string) civil.Date { return onDay(t, s) }
	plan := func(ms ...Milestone) Plan {
		return Plan{Confirmed: now, Goals: []Goal{{ID: "g1", Title: "ask two companies", Status: Active, Due: day("2026-12-31"), Milestones: ms}}}
	}
	first := Milestone{ID: "g1.1", Kind: FirstStep, Due: day("2026-11-23")}
	end := Milestone{ID: "g1.2", Kind: Finish, Due: day("2026-12-31")}
	done := first
	done.Done = day("2026-11-24")
	for _, tc := range []struct {
		rule string
		plan Plan
		due  string
		want string
	}{
		{"a first step without words takes them, and a date to come", plan(first, end), "", "g1.1 2026-11-30"},
		{"the day that was named stands", plan(first, end), "2026-11-28", "g1.1 2026-11-28"},
		{"after the first step it is one of its own", plan(done, end), "2026-11-28", "g1.3 2026-11-28"},
	} {
		var due civil.Date
		if tc.due != "" {
			due = day(tc.due)
		}
		p := tc.plan
		_, m, err := p.NextStep("g1", "write one mail", due, now)
		if got := m.ID + " " + m.Due.String(); err != nil || got != tc.want || m.Title != "write one mail" {
			t.Errorf("%s: NextStep\n got %s %q %v\nwant %s", tc.rule, got, m.Title, err, tc.want)
		}
		if _, next, ok := NextMilestone(p, civil.Of(now)); !ok || next.ID != m.ID {
			t.Errorf("%s: what comes next is %s, not the step", tc.rule, next.ID)
		}
	}
	p := plan(end)
	if _, _, err := p.NextStep("g1", "  ", civil.Date{}, now); err == nil {
		t.Error("a step without words was taken")
	}
}

func TestARiskIsLookedAtOnTheDayThatWasSaid(t *testing.T) {
	today := onDay(t, "2026-11-23")
	f := Facts{Slots: map[string]Fact{"risks": {Choices: []string{"life", "layoff"}, Labels: []string{"", ""}, Own: []bool{false, false}}},
		Week: Week{From: onDay(t, "2027-05-01")}}
	got := backup(f, civil.Date{}, today).Risks
	if r := got[0]; !r.Said || r.By != onDay(t, "2027-05-01") {
		t.Errorf("the risk of family, with a baby in May: look on %s, said %t", r.By, r.Said)
	}
	if r := got[1]; r.Said || r.By != onDay(t, "2027-02-23") {
		t.Errorf("a risk without a date: look on %s, said %t", r.By, r.Said)
	}
}

func TestWhatNobodyKnowsGoesOnTheList(t *testing.T) {
	said := func(choice string) Fact { return Fact{Choices: []string{choice}} }
	f := Facts{Slots: map[string]Fact{"move_up": said(unsure), "how_often": said(unsure), "education": said("have")}}
	list := todos(f, nil, nil)
	if len(list) != 0 { // it has no words without a title
		t.Errorf("without a title: %v", list)
	}
	name := func(a Action) string { return a.Template }
	if list = todos(f, name, nil); len(list) != 1 || list[0].Text != "openings_page" {
		t.Errorf("openings not known twice: list %v", list)
	}
	f.Slots["tight"] = said("no")
	if list = todos(f, name, nil); len(list) != 0 {
		t.Errorf("asked on, nothing is put on the list by itself: %v", list)
	}
}

func TestOpeningsThatAreRareAreNotUnknownToo(t *testing.T) {
	said := func(choice string) Fact { return Fact{Choices: []string{choice}} }
	f := Facts{Slots: map[string]Fact{"move_up": said(unsure), "how_often": said("rarely")}}
	var got []string
	for _, g := range Gaps(f) {
		got = append(got, g.TextKey())
	}
	if slices.Contains(got, "information_openings") || !slices.Contains(got, "openings_rare") {
		t.Errorf("openings: rarely, and whether one can move up is not known: %v", got)
	}
}

func TestAGoalIsNotOnTheListUnderItsOldName(t *testing.T) {
	f := Facts{Slots: map[string]Fact{
		"skills":    {List: []string{"English"}},
		"gap_pick":  {Choices: []string{"skill:1"}},
		"goal_pick": {Choices: []string{"skill:1/own:1"}, Labels: []string{"learn english"}, Own: []bool{false}},
	}, Items: map[string]map[string]Fact{
		"act":     {"skill:1": {Choices: []string{"own:learn english"}, Labels: []string{"learn english"}, Own: []bool{true}}},
		"outcome": {"skill:1/own:1": {Text: "finish one English course"}},
	}}
	p := Derive(f, nil, onDay(t, "2026-11-23"))
	if len(p.Goals) != 1 || p.Goals[0].Title != "finish one English course" || len(p.List) != 0 {
		t.Errorf("goals %v, list %v", p.Goals, p.List)
	}
}

func TestWeekdaysNamed(t *testing.T) {
	for words, want := range map[string]string{
		"If it is tusday evening, then I open the book":  "[Tuesday]",
		"every second Friday":                            "[Friday]",
		"on Sundays and wensday":                         "[Sunday Wednesday]",
		"saterday morning, I write one mail":             "[Saturday]",
		"wensday or thirsday, my wedding day apart":      "[Wednesday Thursday]",
		"someday, maybe today, on a weekday or a payday": "[]",
		"If I sit in the bus, then I learn five words":   "[]",
		"when the sun is up I sat down today, a holiday": "[]",
		"at the weekend":                                 "[Sunday Saturday]",
	} {
		if got := fmt.Sprint(weekdaysNamed(words)); got != want {
			t.Errorf("weekdaysNamed(%q)\n got %s\nwant %s", words, got, want)
		}
	}
}

func TestMilestonesFallOnTheDaysOfTheIfThenPlan(t *testing.T) {
	f := Facts{Slots: map[string]Fact{
		"goal_pick": {Choices: []string{"own:a", "own:b"}, Labels: []string{"ask a", "ask b"}, Own: []bool{true, true}},
	}, Items: map[string]map[string]Fact{
		"if_then": {"own:a": {Text: "every second Friday I ask"}, "own:b": {Text: "if it is tusday, then I ask"}},
	}, Week: Week{Days: []time.Weekday{time.Thursday}}}
	for i, g := range Goals(f, nil, onDay(t, "2026-11-23")) {
		want := []time.Weekday{time.Friday, time.Tuesday}[i]
		for _, m := range g.Milestones {
			if m.Due.Weekday() != want {
				t.Errorf("%s: %s on a %s, want a %s", g.Title, m.Kind, m.Due.Weekday(), want)
			}
		}
	}
}
