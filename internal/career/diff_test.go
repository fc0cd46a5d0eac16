package career

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

const (
	course = "certificate:1/certificate"
	talkID = "track/ask_promoted"
)

// answers are those of a person with a confirmed plan: a course, a talk, years
// to wait and a review.
func answers() *talk {
	return newTalk().text("job", "clerk").text("target", "HR assistant").text("reason", "a say").date("by", "2028-12-31").
		pick("track", "no").list("skills", "SQL", "speaking").list("certificates", "HR certificate").
		pick("experience", "missing").months("years_need", 12, "a year").
		pick("gap_pick", "track", "certificate:1", "experience").
		act("track", talkID).act("certificate:1", course).act("experience", "experience/wait_years").
		pick("goal_pick", course, talkID, "experience/wait_years").
		course(course, "2027-01-11", 3, "unsure").due(talkID, "2027-02-01").
		pick("has_review", "yes").date("review_date", "2027-02-12").
		pick("risks", "layoff").item("risk_then", "layoff", Fact{Text: "write to Jo"}).text("head_start", "list five")
}

func planOf(f *talk) Plan {
	var p Plan
	p.Confirm(Derive(f.Facts, titled, on(today)), noon(today))
	return p
}

func diffStrings(list []Difference) []string {
	var out []string
	for _, d := range list {
		out = append(out, d.ID)
	}
	return out
}

func TestDiffNamesWhatAnAnswerChanges(t *testing.T) {
	for _, tc := range []struct {
		rule   string
		change func(*talk)
		want   []string
	}{
		{"the same answers, nothing", func(*talk) {}, nil},
		{"the target", func(f *talk) { f.text("target", "HR manager") }, []string{"target"}},
		{"a skipped answer takes nothing away", func(f *talk) { f.skip("target").skip("by").skip("review_date").skip("goal_pick") }, nil},
		{"the date to be there", func(f *talk) { f.date("by", "2029-06-30") }, []string{"by"}},
		{"the review", func(f *talk) { f.date("review_date", "2027-01-15") }, []string{"review/r1"}},
		{"a due date", func(f *talk) { f.due(talkID, "2027-03-01") }, []string{"due/g2"}},
		{"a longer course", func(f *talk) { f.item("course_months", course, Fact{Months: 6}) }, []string{"course/g1"}},
		{"a later start", func(f *talk) { f.item("course_start", course, Fact{Date: on("2027-03-01")}) }, []string{"course/g1"}},
		{"who pays", func(f *talk) { f.item("employer_pays", course, choice("yes")) }, []string{"funding/g1"}},
		{"a measure", func(f *talk) { f.item("measure", talkID, Fact{Text: "a list of roles"}) }, []string{"measure/g2"}},
		{"what a goal is for", func(f *talk) { f.item("scope", talkID, choice("job")).item("serves", talkID, choice(course)) }, []string{"serves/g2"}},
		{"what could stop them", func(f *talk) { f.item("obstacle", talkID, Fact{Text: "I go quiet"}) }, []string{"obstacle/g2"}},
		{"fewer years", func(f *talk) { f.months("years_need", 6, "half a year") }, []string{"eligible", "gap_changed/experience", "title/g3"}},
		{"a skill less is one gap gone, whatever the numbers", func(f *talk) { f.list("skills", "speaking") }, []string{"gap_gone/skill:1"}},
		{"a skill in its place: gone and new, under a free number", func(f *talk) { f.list("skills", "Excel", "speaking") }, []string{"gap_new/skill:3", "gap_gone/skill:1"}},
		{"a gap changes its words", func(f *talk) { f.text("track_change", "join the project team") }, []string{"gap_changed/track"}},
		{"another goal", func(f *talk) { f.pick("goal_pick", course, "own:write a guide", "experience/wait_years") }, []string{"goal_new/own:write a guide", "goal_gone/g2", "todo_new/" + talkID}},
		{"the backup", func(f *talk) { f.item("risk_then", "layoff", Fact{Text: "write to Jo and Kim"}) }, []string{"backup"}},
		{"the job is enough after all", func(f *talk) { f.pick("change", "no").text("target", "x") }, []string{"content"}},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			p := planOf(answers())
			f := answers()
			tc.change(f)
			later := "2026-12-10" // what depends on today alone is no difference
			got := Diff(p, Derive(f.Facts, titled, on(later)))
			want(t, "Diff", diffStrings(got), tc.want)

			for _, d := range got {
				if err := p.Apply(d, noon(later)); err != nil {
					t.Errorf("Apply(%s) = %v", d.ID, err)
				}
			}
			want(t, "Diff after Apply", diffStrings(Diff(p, Derive(f.Facts, titled, on(later)))), nil)
			checkPlan(t, p)
		})
	}
}

func TestDiffLeavesWhatThePersonDid(t *testing.T) {
	p := planOf(answers())
	steps := []error{
		p.MoveMilestone("g2.2", on("2027-05-01"), noon(today)),
		second(p.SetReview(on("2027-04-01"), true, noon(today))),
		second(p.MoveGoal("g3", Dropped, noon(today))),
	}
	if err := errors.Join(steps...); err != nil {
		t.Fatal(err)
	}
	want(t, "moved dates are not offered back", diffStrings(Diff(p, Derive(answers().Facts, titled, on("2027-01-02")))), nil)

	f := answers().due(talkID, "2027-06-01").months("years_need", 6, "half a year")
	got := Diff(p, Derive(f.Facts, titled, on("2027-01-02")))
	want(t, "a dropped goal stays dropped", diffStrings(got), []string{"eligible", "gap_changed/experience", "due/g2"})
	want(t, "from where it is now", fmt.Sprint(got[2].FromDate, " ", got[2].ToDate), "2027-05-01 2027-06-01")
	want(t, "a draft has no differences", len(Diff(Plan{}, p)), 0)
}

func second[T any](_ T, err error) error { return err }

func TestApplyMovesOnlyWhatIsOpen(t *testing.T) {
	p := planOf(answers())
	want(t, "before", milestoneStrings(p.Goals[0]), []string{"funding 2026-12-07", "start 2027-01-11", "unit 1/3 2027-02-11", "booking 2027-02-11", "unit 2/3 2027-03-11", "unit 3/3 2027-04-11", "finish 2027-04-25"})
	for _, id := range []string{"g1.1", "g1.2", "g1.3"} {
		if _, err := p.MilestoneDone(id, on("2027-02-11"), noon("2027-02-11")); err != nil {
			t.Fatal(err)
		}
	}
	apply := func(f *talk) {
		t.Helper()
		for _, d := range Diff(p, Derive(f.Facts, titled, on("2027-02-12"))) {
			if err := p.Apply(d, noon("2027-02-12")); err != nil {
				t.Fatal(err)
			}
		}
		checkPlan(t, p)
	}
	longer := answers().item("course_months", course, Fact{Months: 5})
	apply(longer)
	want(t, "longer", milestoneStrings(p.Goals[0]), []string{"funding 2026-12-07", "start 2027-01-11", "unit 1/5 2027-02-11", "unit 2/5 2027-03-11", "halfway 2027-03-29", "unit 3/5 2027-04-11", "booking 2027-04-11", "unit 4/5 2027-05-11", "unit 5/5 2027-06-11", "finish 2027-07-04"})
	done, of := Progress(p.Goals[0])
	want(t, "what is done stays done", fmt.Sprint(done, " of ", of), "3 of 10")

	apply(answers())
	done, of = Progress(p.Goals[0])
	want(t, "shorter again drops the rest", fmt.Sprint(done, " of ", of), "3 of 7")
	apply(longer)
	done, of = Progress(p.Goals[0])
	want(t, "and longer again brings new ones", fmt.Sprint(done, " of ", of), "3 of 10")
}

func TestApplySettlesFunding(t *testing.T) {
	p := planOf(answers())
	f := answers().item("employer_pays", course, choice("yes"))
	for _, d := range Diff(p, Derive(f.Facts, titled, on(today))) {
		if err := p.Apply(d, noon(today)); err != nil {
			t.Fatal(err)
		}
	}
	_, m, _ := p.Milestone("g1.1")
	want(t, "the question who pays is dropped", fmt.Sprint(m.Kind, " ", m.Dropped, " ", p.Goals[0].Funding), "funding true yes")
}

func TestApplyRefuses(t *testing.T) {
	p := planOf(answers())
	if _, err := p.MoveGoal("g2", Achieved, noon(today)); err != nil {
		t.Fatal(err)
	}
	p.Gaps[0].Closed = on(today)
	before := fmt.Sprint(p)
	for _, tc := range []struct {
		rule string
		d    Difference
		err  error
	}{
		{"an achieved goal", Difference{Kind: DiffDue, Item: "g2", Goal: &Goal{Due: on("2027-09-09")}}, ErrBadTransition},
		{"an unknown goal", Difference{Kind: DiffTitle, Item: "g9", To: "x"}, ErrNotFound},
		{"an unknown gap", Difference{Kind: DiffGapGone, Item: "luck"}, ErrNotFound},
		{"a gap that is there", Difference{Kind: DiffGapNew, Item: "experience", Gap: &Gap{ID: "experience"}}, ErrBadTransition},
		{"a gap that is closed", Difference{Kind: DiffGapGone, Item: "track"}, ErrBadTransition},
		{"a goal that is there", Difference{Kind: DiffGoalNew, Goal: &Goal{Action: course}}, ErrBadTransition},
		{"a goal without its dates", Difference{Kind: DiffDue, Item: "g1"}, ErrNotFound},
		{"a past due date", Difference{Kind: DiffDue, Item: "g1", Goal: &Goal{Due: on("2026-11-21")}}, ErrPast},
		{"a past date to be there", Difference{Kind: DiffBy, ToDate: on("2026-11-21")}, ErrPast},
		{"a past review", Difference{Kind: DiffReview, ToDate: on("2026-11-21"), Review: &Review{}}, ErrPast},
		{"a kind of a newer version", Difference{Kind: "luck"}, ErrNotFound},
	} {
		if err := p.Apply(tc.d, noon(today)); !errors.Is(err, tc.err) {
			t.Errorf("Apply(%s) = %v, want %v", tc.rule, err, tc.err)
		}
	}
	want(t, "nothing has changed", fmt.Sprint(p), before)
}

// TestConfirmAgain: who reads a changed plan back and confirms it has accepted
// what changed, and keeps what was done.
func TestConfirmAgain(t *testing.T) {
	p := planOf(answers())
	if _, err := p.MilestoneDone("g1.1", on(today), noon(today)); err != nil {
		t.Fatal(err)
	}
	f := answers().text("target", "HR manager").pick("goal_pick", course, talkID, "own:write a guide")
	p.Confirm(Derive(f.Facts, titled, on("2026-12-01")), noon("2026-12-01"))
	var got []string
	for _, g := range p.Goals {
		got = append(got, fmt.Sprint(g.ID, " ", g.Status))
	}
	want(t, "goals", got, []string{"g1 active", "g2 active", "g3 dropped", "g4 later"})
	want(t, "target", fmt.Sprint(p.Target, " was ", p.History[0].From), "HR manager was HR assistant")
	done, _ := Progress(p.Goals[0])
	want(t, "done", done, 1)
	want(t, "confirmed", p.Confirmed.Equal(noon("2026-12-01")) && p.Confirmed.Location() == time.UTC, true)

	content := Plan{Content: true, Confirmed: noon(today)}
	content.AddWin(Win{Text: "x"})
	content.Confirm(Derive(answers().Facts, titled, on(today)), noon(today))
	want(t, "a plan after a job that was enough", fmt.Sprint(content.Content, len(content.Goals), len(content.Wins)), "false 3 1")
}

// TestNewGoalsKeepTheirLinks: the goals of a proposal have numbers of their own.
func TestNewGoalsKeepTheirLinks(t *testing.T) {
	p := planOf(answers())
	f := answers().pick("goal_pick", "own:no errors in March", course, talkID, "certificate:1/ask_refund").
		act("certificate:1", course, "certificate:1/ask_refund").
		item("scope", "own:no errors in March", choice("job")).item("serves", "own:no errors in March", choice(talkID))
	for _, d := range Diff(p, Derive(f.Facts, titled, on(today))) {
		if err := p.Apply(d, noon(today)); err != nil {
			t.Error(err)
		}
	}
	var got []string
	for _, g := range p.Goals {
		got = append(got, fmt.Sprint(g.ID, " ", g.Action, " after ", g.After, " serves ", g.Serves))
	}
	want(t, "goals", got, []string{
		"g1 certificate:1/certificate after [g5] serves ", "g2 track/ask_promoted after [] serves ", "g3 experience/wait_years after [] serves ",
		"g4 own:no errors in March after [] serves g2", "g5 certificate:1/ask_refund after [] serves ",
	})
	checkPlan(t, p)
}
