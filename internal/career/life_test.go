package career

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// confirmed is a plan with two goals that close one gap, a third for another
// and a fourth that waits.
func confirmed(t *testing.T) *Plan {
	t.Helper()
	f := newTalk().text("target", "team lead").pick("track", "no").pick("move_up", "no").list("skills", "SQL").
		pick("gap_pick", "track", "openings", "skill:1").
		act("track", "track/ask_promoted", "track/responsibility").act("openings", "openings/five_employers").act("skill:1", "skill:1/practise").
		pick("goal_pick", "track/ask_promoted", "track/responsibility", "openings/five_employers", "skill:1/practise").
		due("track/ask_promoted", "2027-02-22").due("track/responsibility", "2027-01-31").
		pick("has_review", "yes").date("review_date", "2027-02-12")
	p := &Plan{}
	p.AddWin(Win{Text: "trained two people", On: on(today)})
	p.Confirm(Derive(f.Facts, titled, on(today)), noon(today))
	return p
}

func TestConfirm(t *testing.T) {
	p := confirmed(t)
	var got []string
	for _, g := range p.Goals {
		got = append(got, fmt.Sprint(g.ID, " ", g.Status))
		want(t, "created", g.Created.Equal(noon(today)), true)
	}
	want(t, "three goals at a time", got, []string{"g1 active", "g2 active", "g3 active", "g4 later"})
	want(t, "wins from before are kept", len(p.Wins), 1)
	want(t, "stored in UTC", p.Confirmed.Location() == time.UTC && p.Confirmed.Equal(noon(today)), true)
	w := p.AddWin(Win{Text: "another", On: on(today)})
	want(t, "ids go on after the goals", w.ID, "w5")
}

func TestGoalMove(t *testing.T) {
	all := []GoalStatus{Draft, Active, Later, Achieved, Dropped}
	allowed := map[GoalStatus]string{
		Draft: "active later dropped", Active: "later achieved dropped", Later: "active achieved dropped",
		Achieved: "", Dropped: "active later",
	}
	for _, from := range all {
		var got []string
		for _, to := range all {
			g := Goal{ID: "g1", Status: from, Milestones: []Milestone{{ID: "g1.1"}}}
			err := g.Move(to, noon(today))
			switch {
			case err == nil:
				got = append(got, string(to))
				want(t, "history", fmt.Sprint(g.History[0].From, ">", g.History[0].To), fmt.Sprint(from, ">", to))
				want(t, "achieved leaves nothing open", g.Milestones[0].Open(), to != Achieved)
			case !errors.Is(err, ErrBadTransition):
				t.Errorf("Move(%s → %s) = %v, want ErrBadTransition", from, to, err)
			case g.Status != from || len(g.History) > 0:
				t.Errorf("Move(%s → %s) was refused and changed the goal", from, to)
			}
		}
		want(t, "from "+string(from), fmt.Sprint(got), "["+allowed[from]+"]")
	}
}

func TestMilestoneDoneAchievesGoalsAndClosesGaps(t *testing.T) {
	p := confirmed(t)
	done := func(id string) Reached {
		t.Helper()
		r, err := p.MilestoneDone(id, on("2026-12-01"), noon("2026-12-01"))
		if err != nil {
			t.Fatalf("MilestoneDone(%s): %v", id, err)
		}
		return r
	}
	want(t, "a step on the way", done("g1.1"), Reached{})
	d, of := Progress(p.Goals[0])
	want(t, "Progress", fmt.Sprint(d, " of ", of), "1 of 3")
	want(t, "the goal itself, before the look back", done("g1.3"), Reached{Goal: "g1"})
	want(t, "what was open is dropped", p.Goals[0].Milestones[1].Dropped, true)
	d, of = Progress(p.Goals[0])
	want(t, "Progress", fmt.Sprint(d, " of ", of), "2 of 2")
	want(t, "the gap waits for its other goal", p.Gaps[0].Closed.IsZero(), true)

	for _, m := range p.Goals[1].Milestones[:len(p.Goals[1].Milestones)-1] {
		done(m.ID)
	}
	want(t, "the last goal ticks off the gap", done(p.Goals[1].Milestones[len(p.Goals[1].Milestones)-1].ID), Reached{Goal: "g2", Gaps: []string{"track"}})
	want(t, "closed on that day", p.Gaps[0].Closed, on("2026-12-01"))

	for _, tc := range []struct {
		id  string
		err error
	}{{"g1.1", ErrBadTransition}, {"g1.2", ErrBadTransition}, {"g4.1", ErrBadTransition}, {"g9.1", ErrNotFound}, {"", ErrNotFound}} {
		if _, err := p.MilestoneDone(tc.id, on(today), noon(today)); !errors.Is(err, tc.err) {
			t.Errorf("MilestoneDone(%q) = %v, want %v", tc.id, err, tc.err)
		}
		if err := p.MilestoneNotYet(tc.id, noon(today)); !errors.Is(err, tc.err) {
			t.Errorf("MilestoneNotYet(%q) = %v, want %v", tc.id, err, tc.err)
		}
		if err := p.MoveMilestone(tc.id, on("2027-05-05"), noon(today)); !errors.Is(err, tc.err) {
			t.Errorf("MoveMilestone(%q) = %v, want %v", tc.id, err, tc.err)
		}
	}
}

func TestDroppedGoalsNeitherCloseNorHoldAGap(t *testing.T) {
	p := confirmed(t)
	r, err := p.MoveGoal("g1", Dropped, noon(today))
	want(t, "dropping one", fmt.Sprint(r, err), fmt.Sprint(Reached{}, nil))
	r, err = p.MoveGoal("g2", Achieved, noon("2027-01-05"))
	want(t, "achieving the other", fmt.Sprint(r, err), fmt.Sprint(Reached{Goal: "g2", Gaps: []string{"track"}}, nil))
	want(t, "closed", p.Gaps[0].Closed, on("2027-01-05"))

	p = confirmed(t)
	for _, id := range []string{"g1", "g2"} {
		if _, err := p.MoveGoal(id, Dropped, noon(today)); err != nil {
			t.Fatal(err)
		}
	}
	want(t, "dropping all closes nothing", p.Gaps[0].Closed.IsZero(), true)
}

func TestAtMostThreeActiveGoals(t *testing.T) {
	p := confirmed(t)
	if _, err := p.MoveGoal("g4", Active, noon(today)); !errors.Is(err, ErrTooMany) {
		t.Errorf("a fourth active goal: %v, want ErrTooMany", err)
	}
	if _, err := p.MoveGoal("g1", Later, noon(today)); err != nil {
		t.Fatal(err)
	}
	if _, err := p.MoveGoal("g4", Active, noon(today)); err != nil {
		t.Errorf("a third active goal: %v", err)
	}
	if _, err := p.MoveGoal("g7", Active, noon(today)); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown goal: %v, want ErrNotFound", err)
	}
}

func TestMoveMilestone(t *testing.T) {
	for _, tc := range []struct {
		rule, id, to string
		err          error
		due          string
		want         []string
	}{
		{"a step on the way leaves the goal", "g1.2", "2027-02-01", nil, "2027-02-22", []string{"first 2026-11-30", "halfway 2027-02-01", "finish 2027-02-22"}},
		{"the order follows the dates", "g1.1", "2027-01-10", nil, "2027-02-22", []string{"halfway 2027-01-07", "first 2027-01-10", "finish 2027-02-22"}},
		{"the finish takes the goal along", "g1.3", "2027-04-01", nil, "2027-04-01", []string{"first 2026-11-30", "halfway 2027-01-07", "finish 2027-04-01"}},
		{"beyond the finish takes that along", "g1.2", "2027-03-01", nil, "2027-03-01", []string{"first 2026-11-30", "halfway 2027-03-01", "finish 2027-03-01"}},
		{"a finish moved forward takes along what it passes", "g1.3", "2026-12-31", nil, "2026-12-31", []string{"first 2026-11-30", "halfway 2026-12-31", "finish 2026-12-31"}},
		{"today is allowed", "g1.1", today, nil, "2027-02-22", []string{"first 2026-11-22", "halfway 2027-01-07", "finish 2027-02-22"}},
		{"the past is refused", "g1.3", "2026-11-21", ErrPast, "2027-02-22", []string{"first 2026-11-30", "halfway 2027-01-07", "finish 2027-02-22"}},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			p := confirmed(t)
			err := p.MoveMilestone(tc.id, on(tc.to), noon(today))
			if !errors.Is(err, tc.err) {
				t.Errorf("MoveMilestone = %v, want %v", err, tc.err)
			}
			want(t, "milestones", milestoneStrings(p.Goals[0]), tc.want)
			want(t, "Due", p.Goals[0].Due, on(tc.due))
			_, m, _ := p.Milestone(tc.id)
			want(t, "history", len(m.History) > 0, tc.err == nil)
		})
	}
}

func TestNotYetKeepsTheDate(t *testing.T) {
	p := confirmed(t)
	if err := p.MilestoneNotYet("g1.1", noon(today)); err != nil {
		t.Fatal(err)
	}
	_, m, _ := p.Milestone("g1.1")
	want(t, "milestone", fmt.Sprint(m.Due, " ", m.Open(), " ", m.History[0].What), "2026-11-30 true not_yet")
}

func TestSetFirstStep(t *testing.T) {
	p := confirmed(t)
	if err := p.SetFirstStep("write down one question", on(today), noon(today)); err != nil {
		t.Fatal(err)
	}
	want(t, "the first step is renamed", p.Goals[0].Milestones[0].Title, "write down one question")

	if _, err := p.MilestoneDone("g1.1", on(today), noon(today)); err != nil {
		t.Fatal(err)
	}
	if err := p.SetFirstStep("call Ben", on(today), noon(today)); err != nil {
		t.Fatal(err)
	}
	g, m, ok := NextMilestone(*p, on(today))
	want(t, "the step that comes next is renamed, whichever goal it is of", fmt.Sprint(g.ID, " ", m.ID, " ", m.Title, " ", m.Due, " ", ok), "g2 g2.1 call Ben 2026-12-04 true")
	for _, id := range []string{"g2.1", "g3.1"} {
		if _, err := p.MilestoneDone(id, on(today), noon(today)); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.SetFirstStep("look for ten minutes", on(today), noon(today)); err != nil {
		t.Fatal(err)
	}
	g, m, ok = NextMilestone(*p, on(today))
	want(t, "or added, under a new id", fmt.Sprint(g.ID, " ", m.ID, " ", m.Title, " ", m.Due, " ", ok), "g3 g3.4 look for ten minutes 2026-11-29 true")
	if err := (&Plan{}).SetFirstStep("x", on(today), noon(today)); !errors.Is(err, ErrNotFound) {
		t.Errorf("without a goal: %v, want ErrNotFound", err)
	}
}

func TestReviews(t *testing.T) {
	p := confirmed(t)
	r, ok := NextReview(*p, on(today))
	want(t, "NextReview", fmt.Sprint(r.ID, " ", r.Date, ok), "r1 2027-02-12 true")
	r, err := p.SetReview(on("2027-01-15"), true, noon(today))
	want(t, "moved, not added", fmt.Sprint(r.ID, " ", r.Date, len(p.Reviews), len(p.Reviews[0].History), err), "r1 2027-01-15 1 1 <nil>")
	if _, err := p.SetReview(on("2026-11-21"), true, noon(today)); !errors.Is(err, ErrPast) {
		t.Errorf("a review in the past: %v, want ErrPast", err)
	}
	_, ok = NextReview(*p, on("2027-01-16"))
	want(t, "a review that was is not the next", ok, false)

	if err := errors.Join(p.ReviewHeld("r1", "good work", ""), p.ReviewHeld("r1", "", "a course")); err != nil {
		t.Fatal(err)
	}
	want(t, "answers come one by one", fmt.Sprint(p.Reviews[0].Said, "/", p.Reviews[0].Agreed), "good work/a course")
	r, err = p.SetReview(on("2027-07-15"), false, noon("2027-01-16"))
	want(t, "after one was held, the next is new", fmt.Sprint(r.ID, " ", r.Date, r.Formal, len(p.Reviews), err), "r5 2027-07-15 false 2 <nil>")
	if err := p.ReviewHeld("r9", "", ""); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown review: %v, want ErrNotFound", err)
	}
}

func TestNextMilestone(t *testing.T) {
	p := confirmed(t)
	next := func(day string) string {
		_, m, ok := NextMilestone(*p, on(day))
		return fmt.Sprint(m.ID, " ", ok)
	}
	want(t, "the earliest", next(today), "g1.1 true")
	want(t, "overdue, it stays the next until something is done about it", next("2026-12-25"), "g1.1 true")
	want(t, "all overdue: the longest", next("2030-01-01"), "g1.1 true")
	years := Goal{Milestones: []Milestone{{ID: "y", Kind: Eligible, Due: on(today)}, {ID: "f", Kind: Finish, Due: on("2026-12-25")}}}
	m, _ := years.Next(on("2026-11-30"))
	want(t, "a day on which years were complete is no step that is left open", m.ID, "f")
	if _, err := p.MoveGoal("g1", Later, noon(today)); err != nil {
		t.Fatal(err)
	}
	want(t, "goals for later do not count", next(today), "g2.1 true")
	_, _, ok := NextMilestone(Plan{}, on(today))
	want(t, "none", ok, false)
	draft := Plan{Goals: []Goal{{ID: "g1", Status: Draft, Milestones: []Milestone{{ID: "g1.1", Due: on(today)}}}}}
	_, m, _ = NextMilestone(draft, on(today))
	want(t, "of a draft plan too", m.ID, "g1.1")
}

func TestATalkClosesOnlyWhatOneDidNotKnow(t *testing.T) {
	for _, tc := range []struct {
		goal ActionKind
		gap  GapKind
		want bool
	}{
		{Talk, Information, true},
		{Research, Information, true},
		{Talk, Track, false},
		{Research, Education, false},
		{Course, Certificate, true},
		{Practice, Exposure, true},
		{Apply, Entry, true},
		{Practice, Experience, false},
		{Course, Experience, false},
		{Wait, Experience, true},
		{OwnWords, Experience, true},
	} {
		if got := canClose(tc.goal, tc.gap); got != tc.want {
			t.Errorf("canClose(%s, %s) = %v, want %v", tc.goal, tc.gap, got, tc.want)
		}
	}
}
