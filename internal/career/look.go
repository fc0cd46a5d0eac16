package career

import (
	"slices"

	"waymark/internal/civil"
)

// Progress counts a goal's milestones that are done, of those that were not
// dropped.
func Progress(g Goal) (done, of int) {
	for _, m := range g.Milestones {
		if m.Dropped {
			continue
		}
		of++
		if !m.Done.IsZero() {
			done++
		}
	}
	return done, of
}

// Goal is the goal with that id.
func (p Plan) Goal(id string) (Goal, bool) {
	if g := p.goal(id); g != nil {
		return *g, true
	}
	return Goal{}, false
}

// Milestone is the milestone with that id, and its goal.
func (p Plan) Milestone(id string) (Goal, Milestone, bool) {
	for _, g := range p.Goals {
		for _, m := range g.Milestones {
			if m.ID == id {
				return g, m, true
			}
		}
	}
	return Goal{}, Milestone{}, false
}

// Next is the goal's next open milestone, the earliest: a step that is overdue
// stays next until it is done, moved or dropped. A day on which years are complete
// is no step and does not stay once it has passed, unless nothing else is open. ok
// is false when nothing is open.
func (g Goal) Next(today civil.Date) (next Milestone, ok bool) {
	var passed *Milestone
	for i := range g.Milestones {
		switch m := &g.Milestones[i]; {
		case !m.Open():
		case m.Kind == Eligible && m.Due.Before(today):
			passed = m
		case !ok || m.Due.Before(next.Due):
			next, ok = *m, true
		}
	}
	if !ok && passed != nil {
		return *passed, true
	}
	return next, ok
}

// worked reports whether the goal is being worked on; the goals of a draft plan
// are looked at as if they were.
func (p Plan) worked(g Goal) bool {
	return g.Status == Active || g.Status == Draft && p.Confirmed.IsZero() && !p.waits(g)
}

// NextMilestone is the next open milestone of all goals that are worked on, the
// earliest, be it overdue or not.
func NextMilestone(p Plan, today civil.Date) (Goal, Milestone, bool) {
	var bestG Goal
	var best Milestone
	found := false
	for _, g := range p.Goals {
		if !p.worked(g) {
			continue
		}
		m, ok := g.Next(today)
		if ok && (!found || m.Due.Before(best.Due)) {
			bestG, best, found = g, m, true
		}
	}
	return bestG, best, found
}

// NextReview is the next review from today on that has not been held.
func NextReview(p Plan, today civil.Date) (Review, bool) {
	var best Review
	for _, r := range p.Reviews {
		if r.Held || r.Date.IsZero() || r.Date.Before(today) {
			continue
		}
		if best.ID == "" || r.Date.Before(best.Date) {
			best = r
		}
	}
	return best, best.ID != ""
}

// clone is a copy of p that shares no goal, gap, review or milestone with it.
func clone(p Plan) Plan {
	p.Gaps = slices.Clone(p.Gaps)
	p.Reviews = slices.Clone(p.Reviews)
	p.Wins = slices.Clone(p.Wins)
	p.List = slices.Clone(p.List)
	p.Tracks = slices.Clone(p.Tracks)
	p.Network = slices.Clone(p.Network)
	p.Backup.Risks = slices.Clone(p.Backup.Risks)
	p.Pay = p.Pay.clone()
	p.Closeness = slices.Clone(p.Closeness)
	p.Energy = slices.Clone(p.Energy)
	p.Goals = slices.Clone(p.Goals)
	for i := range p.Goals {
		p.Goals[i] = cloneGoal(p.Goals[i])
	}
	return p
}

func cloneGoal(g Goal) Goal {
	g.Closes = slices.Clone(g.Closes)
	g.After = slices.Clone(g.After)
	g.Scores = slices.Clone(g.Scores)
	g.Milestones = slices.Clone(g.Milestones)
	return g
}
