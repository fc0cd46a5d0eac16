package career

import (
	"fmt"
	"testing"
)

// stairsWithoutWait is a person who wants into another field by a first role,
// and needs two years there.
func stairsWithoutWait() *talk {
	return newTalk().text("target", "drinks sales").pick("same_field", "no").pick("qualify", "no").list("step_lower", "wine shop assistant", "waiter in a wine bar").
		pick("experience", "missing").months("years_need", 24, "2 years").
		pick("gap_pick", "entry").act("entry", "entry/apply_lower", "entry/apply_lower:2").
		pick("goal_pick", "entry/apply_lower").due("entry/apply_lower", "2027-05-31")
}

func TestAFirstRoleLeadsToTheOneWanted(t *testing.T) {
	p := Derive(stairsWithoutWait().Facts, titled, on(today))
	want(t, "two goals", len(p.Goals), 2)
	first, wanted := p.Goals[0], p.Goals[1]
	want(t, "the first role, with a month to apply in", milestoneStrings(first), []string{"first 2026-11-30", "apply 2027-03-31", "finish 2027-05-31"})
	want(t, "the role wanted, when the years are complete", milestoneStrings(wanted), []string{"eligible 2029-05-31", "finish 2029-07-31"})
	want(t, "what it is called", wanted.Title, "apply_target: drinks sales")
	want(t, "after the first", wanted.After, []string{"g1"})
	want(t, "closes both gaps", wanted.Closes, []string{"entry", "experience"})
	want(t, "from the answers", wanted.From, []AnswerID{"goal_pick", "act@entry", "same_field", "qualify", "target", "years_need"})
	want(t, "fails no letter", letters(Smart(wanted, p, 3, on(today))), "")

	for _, tc := range []struct {
		rule string
		f    *talk
		want int
	}{
		{"years already had", stairsWithoutWait().months("years_have", 24, "2 years"), 1},
		{"years not known", stairsWithoutWait().unknown("years_need"), 1},
		{"no first role", stairsWithoutWait().pick("goal_pick", "own:read a book"), 1},
		{"a goal that waits for the years is there", stairsWithoutWait().pick("gap_pick", "entry", "experience").act("experience", "experience/wait_years").
			pick("goal_pick", "entry/apply_lower", "experience/wait_years"), 2},
		{"no target", stairsWithoutWait().skip("target"), 1},
	} {
		want(t, tc.rule, len(Derive(tc.f.Facts, titled, on(today)).Goals), tc.want)
	}
}

func TestMonthToApply(t *testing.T) {
	for _, tc := range []struct {
		rule, due string
		want      []string
	}{
		{"two months ahead", "2027-05-31", []string{"first 2026-11-30", "apply 2027-03-31", "finish 2027-05-31"}},
		{"halfway where that is later", "2027-01-31", []string{"first 2026-11-30", "apply 2026-12-28", "finish 2027-01-31"}},
		{"in two weeks it is all one", "2026-12-06", []string{"first 2026-11-30", "finish 2026-12-06"}},
	} {
		p := Derive(stairsWithoutWait().due("entry/apply_lower", tc.due).Facts, titled, on(today))
		want(t, tc.rule, milestoneStrings(p.Goals[0]), tc.want)
	}
}

func TestYearsCountFromTheFirstRole(t *testing.T) {
	for _, tc := range []struct {
		rule string
		f    *talk
		want string
	}{
		{"in another field", stairsWithoutWait(), "2029-05-31"},
		{"in a field that is partly the same", stairsWithoutWait().pick("same_field", "partly"), "2029-05-31"},
		{"of two, the later", stairsWithoutWait().pick("goal_pick", "entry/apply_lower", "entry/apply_lower:2").due("entry/apply_lower:2", "2027-08-31"), "2029-08-31"},
		{"without one, from today", stairsWithoutWait().pick("goal_pick", "own:read a book"), "2028-11-22"},
		{"what one has counts", stairsWithoutWait().months("years_have", 6, "half a year"), "2028-11-30"},
	} {
		want(t, tc.rule, Derive(tc.f.Facts, titled, on(today)).Eligible, on(tc.want))
	}
}

func TestTheFirstRoleBegins(t *testing.T) {
	p := planOf(stairsWithoutWait())
	want(t, "the role wanted waits", goalStrings(p), []string{"g1  active", "g2  later"})
	want(t, "and is not ready", len(Ready(p)), 0)

	d, ok := RoleStarted(p, "g1", on("2027-03-15"))
	want(t, "started early", fmt.Sprint(ok, d.FromDate, d.ToDate), "true 2029-05-31 2029-03-15")
	_, ok = RoleStarted(p, "g1", on("2027-05-31"))
	want(t, "started as planned", ok, false)
	_, ok = RoleStarted(p, "g2", on("2027-03-15"))
	want(t, "that is no first role", ok, false)

	if err := p.Apply(d, noon("2027-03-15")); err != nil {
		t.Fatal(err)
	}
	want(t, "the years move", fmt.Sprint(p.Eligible, " ", milestoneStrings(p.Goals[1])), "2029-03-15 [eligible 2029-03-15 finish 2029-05-15]")
	r, err := p.MilestoneDone("g1.3", on("2027-03-15"), noon("2027-03-15"))
	want(t, "reached", fmt.Sprint(r, err), "{g1 []} <nil>")
	var ready []string
	for _, g := range Ready(p) {
		ready = append(ready, g.ID)
	}
	want(t, "now the role wanted is ready", ready, []string{"g2"})
	if _, err := p.MoveGoal("g2", Active, noon("2027-03-15")); err != nil {
		t.Error(err)
	}
	want(t, "once", len(Ready(p)), 0)

	p = planOf(stairsWithoutWait())
	var moved []string
	for _, s := range Reflow(p, "g1.3", on("2027-06-30")) {
		moved = append(moved, s.Milestone)
	}
	want(t, "and moves with the first", moved, []string{"g1.3", "g2.1", "", "g2.2"})
	checkPlan(t, p)
}

func TestConflictsSayYearsOnce(t *testing.T) {
	p := Derive(stairsWithoutWait().date("by", "2028-12-31").Facts, titled, on(today))
	want(t, "Conflicts", Conflicts(p), []Conflict{{Kind: ExperienceAfterAim}})
}

func TestAnswersAboutTheFirstRoleMoveTheYears(t *testing.T) {
	p := planOf(stairsWithoutWait())
	diffs := Diff(p, Derive(stairsWithoutWait().due("entry/apply_lower", "2027-08-31").Facts, titled, on("2026-12-24")))
	want(t, "Diff", diffStrings(diffs), []string{"eligible", "due/g1"})
	for _, d := range diffs {
		if err := p.Apply(d, noon("2026-12-24")); err != nil {
			t.Error(err)
		}
	}
	want(t, "applied", fmt.Sprint(p.Eligible, " ", milestoneStrings(p.Goals[1])), "2029-08-31 [eligible 2029-08-31 finish 2029-10-31]")
	want(t, "and then nothing is left to say", diffStrings(Diff(p, Derive(stairsWithoutWait().due("entry/apply_lower", "2027-08-31").Facts, titled, on("2026-12-24")))), nil)
	checkPlan(t, p)
}
