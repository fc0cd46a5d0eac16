package career

import (
	"fmt"
	"slices"
	"time"

	"waymark/internal/civil"
)

// reopened is what a Change says of a milestone, or a goal's end, that was ticked
// off by mistake.
const reopened = "reopened"

// Reopened is what was taken back along with a milestone.
type Reopened struct {
	Goal string   // id of the goal that is open again, "" if it had not ended
	Gaps []string // ids of the gaps that are open again
}

// LastDone is the milestone that was ticked off last, and when; ok is false where
// none is ticked off.
func LastDone(p Plan) (id string, at time.Time, ok bool) {
	for _, g := range p.Goals {
		for _, m := range g.Milestones {
			if t := m.doneAt(); !m.Done.IsZero() && t.After(at) {
				id, at, ok = m.ID, t, true
			}
		}
	}
	return id, at, ok
}

// doneAt is when a milestone was ticked off last.
func (m Milestone) doneAt() (at time.Time) {
	for _, c := range m.History {
		if c.What == changedDone {
			at = c.At
		}
	}
	return at
}

// Reopen takes back that a milestone is done. A goal that ended with it is what it
// was before, with the steps that had fallen away then; the gaps that closed with
// it are open again, and goals that began because of it wait once more. It returns
// ErrNotFound for an id that is not there, ErrBadTransition for a milestone that is
// not done.
func (p *Plan) Reopen(id string, now time.Time) (Reopened, error) {
	g, m := p.find(id)
	switch {
	case m == nil:
		return Reopened{}, fmt.Errorf("reopening milestone %s: %w", id, ErrNotFound)
	case m.Done.IsZero() || g.Status == Dropped:
		return Reopened{}, fmt.Errorf("reopening milestone %s: %w", id, ErrBadTransition)
	}
	at, on := m.doneAt(), m.Done
	m.Done = civil.Date{}
	m.History = append(m.History, Change{At: now.UTC(), What: reopened, Due: m.Due})
	if g.Status != Achieved {
		return Reopened{}, nil
	}
	r := Reopened{Goal: g.ID}
	was := Active
	for _, c := range g.History {
		if c.What == changedStatus && c.To == string(Achieved) {
			was = GoalStatus(c.From)
		}
	}
	g.History = append(g.History, Change{At: now.UTC(), What: reopened, From: string(g.Status), To: string(was)})
	g.Status = was
	for i := range g.Milestones {
		o := &g.Milestones[i]
		if n := len(o.History); o.Dropped && n > 0 && o.History[n-1].What == dropped && o.History[n-1].At.Equal(at) {
			o.Dropped = false
			o.History = append(o.History, Change{At: now.UTC(), What: reopened, Due: o.Due})
		}
	}
	for i := range p.Gaps {
		gap := &p.Gaps[i]
		if slices.Contains(g.Closes, gap.ID) && gap.Closed == on && !p.closed(*gap) {
			gap.Closed = civil.Date{}
			r.Gaps = append(r.Gaps, gap.ID)
		}
	}
	p.waitAgain(g.ID, at, now)
	return r, nil
}

// waitAgain sends goals back to waiting that began when another had ended.
func (p *Plan) waitAgain(ended string, at, now time.Time) {
	for i := range p.Goals {
		g := &p.Goals[i]
		n := len(g.History)
		if g.ID == ended || g.Status != Active || n == 0 {
			continue
		}
		if c := g.History[n-1]; c.What == changedStatus && c.From == string(Later) && c.At.Equal(at) {
			_ = g.Move(Later, now) // an active goal may wait
		}
	}
}
