package career

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func shiftStrings(list []Shift) []string {
	var out []string
	for _, s := range list {
		out = append(out, fmt.Sprint(s.Milestone, " ", s.From, ">", s.To))
	}
	return out
}

// stairs is a plan of a course, a talk before it, a first role and the years
// that count from it.
func stairs() Plan {
	f := newTalk().text("target", "HR assistant").list("certificates", "HR certificate").
		pick("same_field", "no").pick("qualify", "no").list("step_lower", "clerk").
		pick("experience", "missing").months("years_need", 12, "a year").
		pick("gap_pick", "certificate:1", "entry", "experience").
		act("certificate:1", "certificate:1/ask_refund", course).act("entry", "entry/apply_lower").act("experience", "experience/wait_years").
		pick("goal_pick", course, "certificate:1/ask_refund", "entry/apply_lower", "experience/wait_years").
		course(course, "2027-01-31", 4, "unsure").due("certificate:1/ask_refund", "2026-12-31").due("entry/apply_lower", "2027-03-31")
	return planOf(f)
}

func TestReflow(t *testing.T) {
	p := stairs()
	want(t, "the course", milestoneStrings(p.Goals[0]), []string{"funding 2026-12-07", "start 2027-01-31", "unit 1/4 2027-02-28", "unit 2/4 2027-03-31",
		"booking 2027-03-31", "halfway 2027-04-01", "unit 3/4 2027-04-30", "unit 4/4 2027-05-31", "finish 2027-06-18"})
	want(t, "the role", milestoneStrings(p.Goals[2]), []string{"first 2026-11-30", "apply 2027-02-01", "finish 2027-03-31"})
	want(t, "the years", milestoneStrings(p.Goals[3]), []string{"first 2026-12-09", "halfway 2027-08-11", "eligible 2028-03-31", "finish 2028-04-30"})
	for _, tc := range []struct {
		rule, milestone, to string
		want                []string
	}{
		{"not later, nothing", "g1.3", "2027-02-28", nil},
		{"earlier, nothing", "g1.3", "2027-02-01", nil},
		{"no such milestone", "g9.1", "2027-09-01", nil},
		{"a unit: later units on its day, what stands between by as many days", "g1.3", "2027-03-15", []string{
			"g1.3 2027-02-28>2027-03-15", "g1.4 2027-03-31>2027-04-15", "g1.5 2027-03-31>2027-04-15", "g1.6 2027-04-01>2027-04-16",
			"g1.7 2027-04-30>2027-05-15", "g1.8 2027-05-31>2027-06-15", "g1.9 2027-06-18>2027-07-03"}},
		{"month ends are clamped again", "g1.2", "2027-03-31", []string{
			"g1.2 2027-01-31>2027-03-31", "g1.3 2027-02-28>2027-04-30", "g1.4 2027-03-31>2027-05-31", "g1.5 2027-03-31>2027-05-31",
			"g1.6 2027-04-01>2027-05-31", "g1.7 2027-04-30>2027-06-30", "g1.8 2027-05-31>2027-07-31", "g1.9 2027-06-18>2027-08-16"}},
		{"nothing gets earlier by a short month", "g1.2", "2027-02-01", []string{
			"g1.2 2027-01-31>2027-02-01", "g1.3 2027-02-28>2027-03-01", "g1.4 2027-03-31>2027-04-01", "g1.5 2027-03-31>2027-04-01",
			"g1.6 2027-04-01>2027-04-02", "g1.7 2027-04-30>2027-05-01", "g1.8 2027-05-31>2027-06-01", "g1.9 2027-06-18>2027-06-19"}},
		{"who pays can be asked later", "g1.1", "2026-12-20", []string{"g1.1 2026-12-07>2026-12-20"}},
		{"but before the course begins", "g1.1", "2027-02-06", []string{
			"g1.1 2026-12-07>2027-02-06", "g1.2 2027-01-31>2027-04-02", "g1.3 2027-02-28>2027-05-02", "g1.4 2027-03-31>2027-06-02",
			"g1.5 2027-03-31>2027-06-02", "g1.6 2027-04-01>2027-06-02", "g1.7 2027-04-30>2027-07-02", "g1.8 2027-05-31>2027-08-02", "g1.9 2027-06-18>2027-08-18"}},
		{"the exam booked later delays nothing", "g1.5", "2027-05-05", []string{"g1.5 2027-03-31>2027-05-05"}},
		{"but the end when it comes after that", "g1.5", "2027-06-30", []string{"g1.5 2027-03-31>2027-06-30", "g1.9 2027-06-18>2027-06-30"}},
		{"a talk that the course waits for, in time", "g2.1", "2026-12-10", []string{"g2.1 2026-12-04>2026-12-10", "g2.2 2026-12-31>2027-01-06"}},
		{"and too late", "g2.2", "2027-02-02", []string{"g2.2 2026-12-31>2027-02-02", "g1.1 2026-12-07>2027-02-02", "g1.2 2027-01-31>2027-03-05",
			"g1.3 2027-02-28>2027-04-05", "g1.4 2027-03-31>2027-05-05", "g1.5 2027-03-31>2027-05-05", "g1.6 2027-04-01>2027-05-05",
			"g1.7 2027-04-30>2027-06-05", "g1.8 2027-05-31>2027-07-05", "g1.9 2027-06-18>2027-07-21"}},
		{"the years count from the role", "g3.3", "2027-05-10", []string{"g3.3 2027-03-31>2027-05-10", "g4.2 2027-08-11>2027-09-20",
			"g4.3 2028-03-31>2028-05-10", " 2028-03-31>2028-05-10", "g4.4 2028-04-30>2028-06-09"}},
		{"a first step does not delay the years", "g4.1", "2026-12-24", []string{"g4.1 2026-12-09>2026-12-24"}},
		{"who applies later starts later", "g3.2", "2027-02-07", []string{"g3.2 2027-02-01>2027-02-07", "g3.3 2027-03-31>2027-04-06",
			"g4.2 2027-08-11>2027-08-17", "g4.3 2028-03-31>2028-04-06", " 2028-03-31>2028-04-06", "g4.4 2028-04-30>2028-05-06"}},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			p := stairs()
			before := fmt.Sprint(p)
			got := Reflow(p, tc.milestone, on("2027-01-01"))
			if tc.to != "" {
				got = Reflow(p, tc.milestone, on(tc.to))
			}
			want(t, "Reflow", shiftStrings(got), tc.want)
			want(t, "a preview moves nothing", fmt.Sprint(p), before)
			if err := p.ApplyShifts(got, noon("2026-11-25")); err != nil {
				t.Fatal(err)
			}
			checkPlan(t, p)
			for _, s := range got {
				if s.Goal == "" {
					want(t, "Eligible", p.Eligible, s.To)
					continue
				}
				_, m, _ := p.Milestone(s.Milestone)
				want(t, "moved", fmt.Sprint(m.Due, len(m.History), m.History[0].Due), fmt.Sprint(s.To, 1, s.From))
			}
		})
	}

	t.Run("what is done stays", func(t *testing.T) {
		p := stairs()
		for _, id := range []string{"g1.1", "g1.2", "g1.3", "g1.4"} {
			if _, err := p.MilestoneDone(id, on("2027-03-01"), noon("2027-03-01")); err != nil {
				t.Fatal(err)
			}
		}
		want(t, "Reflow of what is done", len(Reflow(p, "g1.4", on("2027-09-01"))), 0)
		want(t, "Reflow", shiftStrings(Reflow(p, "g1.7", on("2027-05-07"))), []string{"g1.7 2027-04-30>2027-05-07", "g1.8 2027-05-31>2027-06-07", "g1.9 2027-06-18>2027-06-25"})
		want(t, "a running course waits for nothing", len(Reflow(p, "g2.2", on("2027-05-01"))), 1)
	})
	t.Run("goals that wait for each other move once", func(t *testing.T) {
		p := stairs()
		p.Goals[2].After = []string{"g4"}
		want(t, "Reflow", len(Reflow(p, "g3.3", on("2027-05-10"))), 5)
	})
	t.Run("the years wait for the later of two roles", func(t *testing.T) {
		p := stairs()
		p.Goals[1].Action, p.Goals[1].Due, p.Goals[1].Kind = "entry/apply_lower:2", on("2026-12-31"), Apply
		p.Goals[0].After, p.Goals[3].After = nil, []string{"g2", "g3"}
		want(t, "Reflow", len(Reflow(p, "g2.2", on("2027-03-01"))), 1)
	})
}

func TestApplyShifts(t *testing.T) {
	p := stairs()
	preview := Reflow(p, "g1.2", on("2027-03-01"))
	if err := p.ApplyShifts(preview, noon("2026-12-01")); err != nil {
		t.Fatal(err)
	}
	g := p.Goals[0]
	want(t, "start and due date move along", fmt.Sprint(g.Start, " ", g.Due), "2027-03-01 2027-07-17")
	want(t, "with their history", fmt.Sprint(g.History[len(g.History)-1].From, g.History[len(g.History)-1].What), "2027-06-18due")
	var steps []string
	for _, m := range g.Milestones {
		steps = append(steps, string(m.Kind))
	}
	want(t, "in the old order", steps, []string{"funding", "start", "unit", "unit", "booking", "halfway", "unit", "unit", "finish"})

	before := fmt.Sprint(p)
	for _, tc := range []struct {
		rule   string
		shifts []Shift
		at     string
		err    error
	}{
		{"moved since the preview", preview, "2026-12-01", ErrBadTransition},
		{"one of several cannot move", append(Reflow(p, "g1.2", on("2027-03-09")), Shift{Goal: "g1", Milestone: "g9.9"}), "2026-12-01", ErrNotFound},
		{"a date that has passed", Reflow(p, "g1.2", on("2027-03-09")), "2027-03-10", ErrPast},
		{"another goal's milestone", []Shift{{Goal: "g2", Milestone: "g1.2", From: on("2027-03-01"), To: on("2027-03-09")}}, "2026-12-01", ErrNotFound},
		{"years that were reckoned anew", []Shift{{From: on("2027-03-01"), To: on("2027-03-09")}}, "2026-12-01", ErrBadTransition},
	} {
		if err := p.ApplyShifts(tc.shifts, noon(tc.at)); !errors.Is(err, tc.err) {
			t.Errorf("ApplyShifts(%s) = %v, want %v", tc.rule, err, tc.err)
		}
	}
	want(t, "all or nothing", fmt.Sprint(p), before)
	want(t, "no shifts, no change", p.ApplyShifts(nil, noon(today)) == nil && fmt.Sprint(p) == before, true)
}

// checkReflow: whatever slips, only open milestones move, all of them later, and
// the plan stays whole.
func checkReflow(t *testing.T, r *rand.Rand, p *Plan, id string, day int) {
	t.Helper()
	_, m, _ := p.Milestone(id)
	shifts := Reflow(*p, id, m.Due.AddDays(r.IntN(400)-50))
	now := noon(on(today).AddDays(day).String())
	seen := map[string]bool{}
	order := map[string][]string{}
	for _, g := range p.Goals {
		for _, m := range g.Milestones {
			if m.Open() && m.Kind != FirstStep { // see SetFirstStep
				order[g.ID] = append(order[g.ID], m.ID)
			}
		}
	}
	for i, s := range shifts {
		_, m, ok := p.Milestone(s.Milestone)
		if seen[s.Milestone] || s.Goal != "" && (!ok || !m.Open() || m.Due != s.From) || !s.To.After(s.From) || i == 0 && s.Milestone != id {
			t.Errorf("shift %d of %v", i, shiftStrings(shifts))
		}
		seen[s.Milestone] = true
	}
	if err := p.ApplyShifts(shifts, now); err != nil {
		if !errors.Is(err, ErrPast) {
			t.Errorf("ApplyShifts: %v", err)
		}
		return
	}
	for _, g := range p.Goals {
		var now []string
		for _, m := range g.Milestones {
			if m.Open() && m.Kind != FirstStep { // see SetFirstStep
				now = append(now, m.ID)
			}
		}
		if g.Months == 0 && g.Kind != Wait && !slices.Equal(now, order[g.ID]) {
			t.Errorf("the order of %s was %v and is %v", g.ID, order[g.ID], now)
		}
	}
}
