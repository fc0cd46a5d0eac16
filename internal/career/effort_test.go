package career

import (
	"fmt"
	"testing"

	"waymark/internal/civil"
)

func TestEffort(t *testing.T) {
	for _, tc := range []struct {
		g    Goal
		want float64
	}{
		{Goal{Kind: Course, Months: 9}, 144}, {Goal{Kind: Course}, 24}, {Goal{Kind: Talk}, 2}, {Goal{Kind: Research}, 4},
		{Goal{Kind: Practice}, 8}, {Goal{Kind: Apply}, 10}, {Goal{Kind: Wait}, 0}, {Goal{Kind: OwnWords}, 6}, {Goal{Kind: "newer"}, 6},
	} {
		want(t, "Effort of "+string(tc.g.Kind), Effort(tc.g), tc.want)
	}

	g := Goal{Kind: Course, Months: 4, Milestones: []Milestone{{Kind: Begin, Done: on(today)}, {Kind: Unit, Done: on(today)}, {Kind: Unit}, {Kind: Unit}, {Kind: Unit}, {Kind: Finish}}}
	want(t, "of a course the units that are left", left(g), 48)
	g.Status = Achieved
	want(t, "nothing is left of what is achieved", left(g), 0)
}

func TestFits(t *testing.T) {
	talk := func(id, due string) Goal { return Goal{ID: id, Kind: Talk, Due: on(due), Status: Active} }
	class := Goal{ID: "c", Kind: Course, Months: 2, Start: on("2026-12-01"), Due: on("2027-02-15"), Status: Active}
	for _, tc := range []struct {
		rule   string
		g      Goal
		weekly float64
		others []Goal
		want   bool
		fit    string // FitDate
	}{
		{"a talk in a week of three hours", talk("g", "2026-11-29"), 3, nil, true, today},
		{"the hours of this week can be spent on any day", talk("g", "2026-11-24"), 3, nil, true, today},
		{"half an hour a week takes five weeks", talk("g", "2026-11-29"), 0.5, nil, false, "2026-12-25"},
		{"15 percent stay free", talk("g", "2026-11-29"), 2, nil, false, "2026-12-01"},
		{"what is due before takes its hours first", talk("g", "2026-11-29"), 3, []Goal{talk("o", "2026-11-28")}, false, "2026-12-03"},
		{"what is due later can wait", talk("g", "2026-11-29"), 3, []Goal{talk("o", "2026-11-30")}, true, "2026-12-03"},
		{"itself among the others counts once", talk("g", "2026-11-29"), 3, []Goal{talk("g", "2026-11-29")}, true, today},
		{"a course cannot wait", talk("g", "2026-12-13"), 4, []Goal{class}, true, today},
		{"and takes its share as it runs", talk("g", "2027-01-10"), 4.2, []Goal{class, talk("o", "2027-01-05")}, true, today},
		{"a course takes about four hours a week", class, 3, nil, false, "2027-02-27"},
		{"four and a half are enough", class, 4.5, nil, true, "2027-02-15"},
		{"and not beside another course", class, 4.5, []Goal{{ID: "o", Kind: Course, Months: 2, Start: on("2026-12-01"), Due: on("2027-02-15"), Status: Active}}, false, "2027-08-14"},
		{"no hours, no date", talk("g", "2026-11-29"), 0, nil, false, ""},
		{"years take no hours", Goal{ID: "g", Kind: Wait, Due: on("2027-11-22")}, 0, nil, true, today},
		{"hours not known", talk("g", "2026-11-29"), -1, nil, true, today},
		{"after what it waits for", Goal{ID: "g", Kind: Talk, Due: on("2027-01-31"), After: []string{"o"}}, 3, []Goal{talk("o", "2027-01-15")}, true, "2027-01-15"},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			want(t, "Fits", Fits(tc.g, tc.weekly, on(today), tc.others), tc.want)
			fit := FitDate(tc.g, tc.weekly, on(today), tc.others)
			want(t, "FitDate", fit.String(), tc.fit)
			if tc.g.Due = fit; !fit.IsZero() && !Fits(tc.g, tc.weekly, on(today), tc.others) {
				t.Error("it does not fit on its FitDate")
			}
		})
	}
	want(t, "about two hours a week", fmt.Sprintf("%.1f", PerWeek(Goal{Kind: Practice, Due: on("2026-12-20")}, on(today))), "2.0")
	want(t, "a course counts from its start", fmt.Sprintf("%.1f", PerWeek(class, on(today))), "2.9")
}

func TestWeeklyHours(t *testing.T) {
	want(t, "said", WeeklyHours(newTalk().hours(3).Facts), 3)
	want(t, "none", WeeklyHours(newTalk().hours(0).Facts), 0)
	want(t, "not asked", WeeklyHours(newTalk().Facts), -1)
	want(t, "not known", WeeklyHours(newTalk().unknown("hours").Facts), -1)
	want(t, "skipped", WeeklyHours(newTalk().skip("hours").Facts), -1)
}

func TestOrder(t *testing.T) {
	f := newTalk().list("certificates", "HR certificate", "Excel").pick("same_field", "no").pick("qualify", "no").list("step_lower", "clerk").
		pick("experience", "missing").months("years_need", 12, "a year").
		pick("gap_pick", "certificate:1", "experience", "entry").
		act("certificate:1", "certificate:1/ask_refund", "certificate:1/certificate").act("certificate:2", "certificate:2/ask_refund").
		act("experience", "experience/wait_years").act("entry", "entry/apply_lower").
		pick("goal_pick", "certificate:1/certificate", "certificate:2/ask_refund", "certificate:1/ask_refund", "experience/wait_years", "entry/apply_lower")
	var got []string
	p := Derive(f.Facts, titled, on(today))
	for _, g := range p.Goals {
		got = append(got, fmt.Sprint(g.ID, g.After))
	}
	want(t, "After", got, []string{"g1[g3]", "g2[]", "g3[]", "g4[g5]", "g5[]"})

	p.Goals[0].Start = on("2026-12-01")
	b, ok := Blocker(p.Goals[0], p)
	want(t, "asked too late", fmt.Sprint(b.ID, ok), "g3true")
	p.Goals[0].Start = civil.New(2027, 1, 11)
	_, ok = Blocker(p.Goals[0], p)
	want(t, "asked in time", ok, false)
}
