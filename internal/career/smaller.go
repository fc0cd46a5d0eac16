package career

import (
	"fmt"
	"slices"
	"time"

	"waymark/internal/civil"
)

// SmallerStep puts a smaller step, in the person's words, before a milestone of a
// goal they work on, or into the goal with that id, within the week and not
// after the milestone. A first step is put into these words instead: it is the
// smaller one. The error is ErrNotFound without words or such a milestone, and
// ErrBadTransition where it is no longer open.
func (p *Plan) SmallerStep(id, words string, today civil.Date, now time.Time) (Milestone, error) {
	words = cut(tidy(words), maxTitle)
	g, m := p.goal(id), (*Milestone)(nil)
	if g == nil {
		var err error
		if g, m, err = p.open(id); err != nil {
			return Milestone{}, fmt.Errorf("a smaller step for %s: %w", id, err)
		}
	}
	switch {
	case words == "":
		return Milestone{}, fmt.Errorf("a smaller step for %s: %w", id, ErrNotFound)
	case g.Status != Active:
		return Milestone{}, fmt.Errorf("a smaller step for %s: %w", id, ErrBadTransition)
	}
	due := today.AddDays(firstStepDays)
	if m != nil && m.Due.Before(due) && !m.Due.Before(today) {
		due = m.Due
	}
	if m != nil && m.Kind == FirstStep {
		m.History = append(m.History, Change{At: now.UTC(), What: "title", From: m.Title, To: words, Due: m.Due})
		m.Title = words
		if m.Due.Before(today) {
			m.move(due, now)
		}
		out := *m
		slices.SortStableFunc(g.Milestones, byDate)
		return out, nil
	}
	step := Milestone{ID: g.nextID(), Kind: FirstStep, Title: words, Due: due}
	at := 0 // before whatever else is on that day
	for at < len(g.Milestones) && g.Milestones[at].Due.Before(due) {
		at++
	}
	g.Milestones = slices.Insert(g.Milestones, at, step)
	return step, nil
}
