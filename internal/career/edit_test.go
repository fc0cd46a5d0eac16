package career

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/civil"
)

var editDay = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// editPlan is a confirmed plan with one gap and one active goal, "g1".
func editPlan() Plan {
	p := Plan{Confirmed: editDay, NextID: 2, Gaps: []Gap{{ID: "skill:1", Kind: Skill, Words: "cannulation"}}}
	p.Goals = []Goal{{ID: "g1", Title: "Volunteer", Status: Active, Action: "exposure/volunteer", Due: civil.New(2027, 2, 1), Milestones: []Milestone{
		{ID: "g1.1", Kind: FirstStep, Due: civil.New(2026, 11, 30)},
		{ID: "g1.2", Kind: Finish, Due: civil.New(2027, 2, 1)},
	}}}
	return p
}

func TestAddGoal(t *testing.T) {
	march := civil.New(2027, 3, 1)
	for _, c := range []struct {
		name  string
		words GoalWords
		plan  func(*Plan)
		err   error
	}{
		{name: "a title and a date are enough", words: GoalWords{Title: "lead the morning shift", Due: march}},
		{name: "today is no past day", words: GoalWords{Title: "x", Due: civil.Of(editDay)}},
		{name: "a title without words is none", words: GoalWords{Title: " \n\t", Due: march}, err: ErrNoTitle},
		{name: "300 characters fit", words: GoalWords{Title: strings.Repeat("é", 300), Due: march}},
		{name: "301 do not, and nothing is cut", words: GoalWords{Title: strings.Repeat("é", 301), Due: march}, err: ErrTooLong},
		{name: "a measure has an end too", words: GoalWords{Title: "x", Measure: strings.Repeat("m", 1001), Due: march}, err: ErrTooLong},
		{name: "yesterday is too late", words: GoalWords{Title: "x", Due: civil.New(2026, 11, 22)}, err: ErrPast},
		{name: "no date is no date", words: GoalWords{Title: "x"}, err: ErrPast},
		{name: "sixty goals are enough", words: GoalWords{Title: "x", Due: march}, err: ErrFull, plan: func(p *Plan) {
			for range MaxGoals {
				p.Goals = append(p.Goals, Goal{Status: Later})
			}
		}},
		{name: "what was dropped takes no room", words: GoalWords{Title: "x", Due: march}, plan: func(p *Plan) {
			for range MaxGoals {
				p.Goals = append(p.Goals, Goal{Status: Dropped})
			}
		}},
	} {
		p := editPlan()
		if c.plan != nil {
			c.plan(&p)
		}
		n := len(p.Goals)
		g, err := p.AddGoal(c.words, editDay)
		if !errors.Is(err, c.err) {
			t.Errorf("%s: AddGoal = %v, want %v", c.name, err, c.err)
		}
		if c.err != nil {
			if len(p.Goals) != n {
				t.Errorf("%s: a goal was added all the same", c.name)
			}
			continue
		}
		if got, _ := p.Goal(g.ID); len(p.Goals) != n+1 || got.Title != c.words.Title || got.Due != c.words.Due {
			t.Errorf("%s: the plan has %+v", c.name, got)
		}
		if _, ok := g.Finish(); !ok {
			t.Errorf("%s: the goal has no end", c.name)
		}
	}
}

func TestAddGoalStands(t *testing.T) {
	march := civil.New(2027, 3, 1)
	p := editPlan()
	first, _ := p.AddGoal(GoalWords{Title: "one", Due: march, Closes: []string{"skill:1", "unknown"}}, editDay)
	if first.Status != Active || !cmp.Equal(first.Closes, []string{"skill:1"}) {
		t.Errorf("the second goal is %s and closes %q, want an active one that closes the gap the plan has", first.Status, first.Closes)
	}
	_, _ = p.AddGoal(GoalWords{Title: "two", Due: march}, editDay)
	fourth, _ := p.AddGoal(GoalWords{Title: "three", Due: march}, editDay)
	if fourth.Status != Later {
		t.Errorf("a fourth goal is %s, want %s: three at a time", fourth.Status, Later)
	}
	content := Plan{Content: true, Confirmed: editDay}
	if _, err := content.AddGoal(GoalWords{Title: "x", Due: march}, editDay); err != nil || content.Content {
		t.Errorf("AddGoal = %v, content %v: with a goal there is something to work on", err, content.Content)
	}
}

// A goal that somebody writes down before their first plan is there after it,
// once, and no later correction of an answer takes it away.
func TestOwnGoalsOutliveTheDraft(t *testing.T) {
	var p Plan
	own, err := p.AddGoal(GoalWords{Title: "keep a diary", Due: civil.New(2027, 3, 1)}, editDay)
	if err != nil || own.Status != Draft {
		t.Fatalf("AddGoal = %+v, %v, want a draft", own, err)
	}
	draft := editPlan()
	draft.Confirmed = time.Time{}
	draft.Goals[0].Status = Draft
	for range 2 { // confirmed, and confirmed again
		p.Confirm(draft, editDay)
		got, ok := p.Goal(own.ID)
		if !ok || got.Status != Active || len(p.Goals) != 2 {
			t.Fatalf("after the first plan the goal is %+v among %d", got, len(p.Goals))
		}
	}
	for _, d := range Diff(p, draft) {
		if d.Item == own.ID {
			t.Errorf("the answers are said to change a goal of the person's own: %+v", d)
		}
	}
}

// A plan that was written down by hand alone becomes whole by the first talk:
// with what only a first plan brings, and with the review that was dated.
func TestByHandThenConfirmed(t *testing.T) {
	p := Plan{Confirmed: editDay}
	own, err := p.AddGoal(GoalWords{Title: "keep a diary", Due: civil.New(2027, 3, 1)}, editDay)
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.SetReview(civil.New(2027, 2, 1), true, editDay)
	if err != nil {
		t.Fatal(err)
	}
	draft := editPlan()
	draft.Confirmed, draft.Goals[0].Status = time.Time{}, Draft
	draft.Job, draft.Closeness = "front desk", []Reading{{On: civil.Of(editDay), N: 4}}
	p.Confirm(draft, editDay)
	if got, ok := p.Goal(own.ID); !ok || got.Status != Active || len(p.Goals) != 2 {
		t.Errorf("the goal of their own is %+v among %d", got, len(p.Goals))
	}
	if len(p.Closeness) != 1 || p.Job != "front desk" || len(p.Gaps) != 1 {
		t.Errorf("the plan is %+v, want all that the talk brought", p)
	}
	if got, ok := NextReview(p, civil.Of(editDay)); !ok || got.Date != r.Date {
		t.Errorf("the review is %+v, want it on %s", got, r.Date)
	}
}

func TestRewordGoal(t *testing.T) {
	p := editPlan()
	p.Goals[0].Closes = []string{"gone"}
	if err := p.RewordGoal("g1", GoalWords{Title: " Volunteer\ntwice ", Measure: "20 hours", Closes: []string{"skill:1"}}, editDay); err != nil {
		t.Fatal(err)
	}
	g, _ := p.Goal("g1")
	if g.Title != "Volunteer twice" || g.Measure != "20 hours" || !cmp.Equal(g.Closes, []string{"gone", "skill:1"}) {
		t.Errorf("the goal is %+v", g)
	}
	if len(g.History) != 2 || g.History[0].From != "Volunteer" || g.History[0].To != g.Title {
		t.Errorf("its history is %+v", g.History)
	}
	for name, c := range map[string]struct {
		id    string
		title string
		err   error
	}{
		"a goal that is gone":     {"g9", "x", ErrNotFound},
		"a title without words":   {"g1", "", ErrNoTitle},
		"a title that is no line": {"g1", strings.Repeat("x", 3000), ErrTooLong},
	} {
		if err := p.RewordGoal(c.id, GoalWords{Title: c.title}, editDay); !errors.Is(err, c.err) {
			t.Errorf("%s: RewordGoal = %v, want %v", name, err, c.err)
		}
	}
	p.Goals[0].Status = Achieved
	if err := p.RewordGoal("g1", GoalWords{Title: "x"}, editDay); !errors.Is(err, ErrBadTransition) {
		t.Errorf("an achieved goal: RewordGoal = %v, want %v", err, ErrBadTransition)
	}
}

func TestSetDue(t *testing.T) {
	p := editPlan()
	if err := p.SetDue("g1", civil.New(2026, 11, 25), editDay); err != nil {
		t.Fatal(err)
	}
	for _, m := range p.Goals[0].Milestones {
		if m.Due.After(p.Goals[0].Due) {
			t.Errorf("milestone %s is on %s, after the end on %s", m.ID, m.Due, p.Goals[0].Due)
		}
	}
	if err := p.SetDue("g1", civil.New(2026, 11, 22), editDay); !errors.Is(err, ErrPast) {
		t.Errorf("a day that has passed: SetDue = %v, want %v", err, ErrPast)
	}
}

func TestOwnMilestones(t *testing.T) {
	p := editPlan()
	m, err := p.AddMilestone("g1", "ask at the clinic", civil.New(2027, 4, 1), editDay)
	if err != nil {
		t.Fatal(err)
	}
	g, _ := p.Goal("g1")
	if g.Due != m.Due || m.ID != "g1.3" {
		t.Errorf("milestone %s on %s, the goal ends on %s: one after the end takes the end along", m.ID, m.Due, g.Due)
	}
	if err := p.NameMilestone(m.ID, "ask twice", editDay); err != nil {
		t.Fatal(err)
	}
	if err := p.DateMilestone(m.ID, civil.New(2027, 1, 4), editDay); err != nil {
		t.Fatal(err)
	}
	if _, got, _ := p.Milestone(m.ID); got.Title != "ask twice" || got.Due != civil.New(2027, 1, 4) {
		t.Errorf("the milestone is %+v", got)
	}
	finish, _ := p.Goals[0].Finish()
	if err := p.DropMilestone(finish.ID, editDay); !errors.Is(err, ErrBadTransition) {
		t.Errorf("the end of a goal: DropMilestone = %v, want %v", err, ErrBadTransition)
	}
	if err := p.DropMilestone(m.ID, editDay); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"drop": p.DropMilestone(m.ID, editDay), "name": p.NameMilestone(m.ID, "x", editDay), "date": p.DateMilestone(m.ID, civil.New(2027, 5, 5), editDay),
	} {
		if !errors.Is(err, ErrBadTransition) {
			t.Errorf("%s a milestone that was dropped = %v, want %v", name, err, ErrBadTransition)
		}
	}
	if again, err := p.AddMilestone("g1", "x", civil.New(2027, 1, 5), editDay); err != nil || again.ID != "g1.4" {
		t.Errorf("AddMilestone = %s, %v, want g1.4: an id is never used again", again.ID, err)
	}
}

func TestAddMilestoneRefuses(t *testing.T) {
	day := civil.New(2027, 1, 5)
	full := editPlan()
	for range MaxMilestones {
		full.Goals[0].Milestones = append(full.Goals[0].Milestones, Milestone{ID: "g1.9", Kind: OwnStep, Title: "x", Due: day})
	}
	for name, c := range map[string]struct {
		plan        Plan
		goal, title string
		due         civil.Date
		err         error
	}{
		"a goal that is gone":   {editPlan(), "g7", "x", day, ErrNotFound},
		"no words":              {editPlan(), "g1", "", day, ErrNoTitle},
		"3,000 characters":      {editPlan(), "g1", strings.Repeat("x", 3000), day, ErrTooLong},
		"a day that has passed": {editPlan(), "g1", "x", civil.New(2026, 11, 22), ErrPast},
		"no day":                {editPlan(), "g1", "x", civil.Date{}, ErrPast},
		"200 milestones":        {full, "g1", "x", day, ErrFull},
	} {
		if _, err := c.plan.AddMilestone(c.goal, c.title, c.due, editDay); !errors.Is(err, c.err) {
			t.Errorf("%s: AddMilestone = %v, want %v", name, err, c.err)
		}
	}
}

// A course that moves keeps the steps that the person added to it.
func TestReplanKeepsOwnSteps(t *testing.T) {
	p := editPlan()
	m, err := p.AddMilestone("g1", "buy the books", civil.New(2027, 1, 5), editDay)
	if err != nil {
		t.Fatal(err)
	}
	to := p.Goals[0]
	to.Due, to.Said = civil.New(2027, 6, 1), civil.New(2027, 6, 1)
	to.Milestones = []Milestone{{ID: "x.1", Kind: Finish, Due: to.Due}}
	if err := p.Apply(Difference{Kind: DiffDue, Item: "g1", ToDate: to.Due, Goal: &to}, editDay); err != nil {
		t.Fatal(err)
	}
	if _, got, ok := p.Milestone(m.ID); !ok || !got.Open() {
		t.Errorf("the step of their own is %+v, want it open", got)
	}
}
