package career

import (
	"fmt"
	"slices"
	"time"

	"waymark/internal/civil"
)

// NextStep makes words the next step of a goal that is worked on, or where the
// goal with that id is none, of the one whose step comes next. due is the day
// that the person named, at least today; without one it is a day that suits
// within the week. A first step that has no words yet takes these; otherwise
// they stand as a step of their own. A day after the end of the goal takes the
// end along. ErrNotFound without words or a goal.
func (p *Plan) NextStep(goal, words string, due civil.Date, now time.Time) (Goal, Milestone, error) {
	today := civil.Of(now)
	words = cut(tidy(words), maxTitle)
	g := p.goal(goal)
	if g == nil || g.Status != Active {
		next, _, _ := WeekStep(*p)
		g = p.goal(next.ID)
	}
	if g == nil {
		if i := slices.IndexFunc(p.Goals, func(g Goal) bool { return g.Status == Active }); i >= 0 {
			g = &p.Goals[i]
		}
	}
	if words == "" || g == nil {
		return Goal{}, Milestone{}, fmt.Errorf("naming a next step: %w", ErrNotFound)
	}
	named := !due.IsZero() && !due.Before(today)
	if !named {
		due = p.Week.forGoal(*g).from(today.AddDays(stepDays))
		if !g.Due.Before(today) {
			due = earlier(due, g.Due)
		}
	}
	at := slices.IndexFunc(g.Milestones, func(m Milestone) bool { return m.Kind == FirstStep && m.Open() && m.Title == "" })
	if at >= 0 {
		m := &g.Milestones[at]
		m.History = append(m.History, Change{At: now.UTC(), What: string(DiffTitle), To: words, Due: m.Due})
		m.Title = words
		if named || m.Due.Before(today) {
			m.move(due, now)
		}
	} else {
		at = len(g.Milestones)
		g.Milestones = append(g.Milestones, Milestone{ID: g.nextID(), Kind: OwnStep, Title: words, Due: due,
			History: []Change{{At: now.UTC(), What: changedDue, To: due.String(), Due: due}}})
	}
	m := g.Milestones[at]
	if named && due.After(g.Due) && !g.Due.Before(today) {
		g.end(due, now)
	}
	slices.SortStableFunc(g.Milestones, byDate)
	return *g, m, nil
}

// stepDays is how far ahead a small step is put that was named without a day.
const stepDays = 4
