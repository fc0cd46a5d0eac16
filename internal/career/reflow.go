package career

import (
	"fmt"
	"slices"
	"time"

	"waymark/internal/civil"
)

// Shift is one date that moves when a milestone slips. The milestone of kind
// Finish takes its goal's due date along. A shift without a goal is that of
// Plan.Eligible, the day on which the years of experience are complete.
type Shift struct {
	Goal      string     `cbor:"1,keyasint,omitempty"` // id
	Milestone string     `cbor:"2,keyasint,omitempty"` // id
	From      civil.Date `cbor:"3,keyasint,omitzero"`
	To        civil.Date `cbor:"4,keyasint,omitzero"`
}

// Reflow is what moves when a milestone slips to a later date, that milestone
// first: a preview, to be shown before Plan.ApplyShifts. The milestones after it
// and the goals that wait for its goal follow by as many days; the units of a
// course stay on one day of the month, that of the unit that slipped, clamped to
// the month's end. Nothing that is done moves, nothing gets earlier, and the
// order stays. What does not depend on it stays too; see follows and dependents.
// There is nothing to reflow, nil, when the milestone is not open or the date is
// not later than its own.
func Reflow(p Plan, milestone string, to civil.Date) []Shift {
	g, m, ok := p.Milestone(milestone)
	if !ok || !m.Open() || !g.unfinished() || !to.After(m.Due) {
		return nil
	}
	r := &reflow{plan: p, seen: map[string]bool{}}
	r.slip(g, m, to)
	// A first step may stand after the goal it belongs to, see SetFirstStep.
	at := slices.IndexFunc(r.list, func(s Shift) bool { return s.Milestone == m.ID })
	return slices.Concat(r.list[at:at+1], r.list[:at], r.list[at+1:])
}

// reflow collects the shifts of one slip.
type reflow struct {
	plan Plan
	list []Shift
	seen map[string]bool // goals that have moved: what waits in a circle moves once
}

// slip moves one milestone of g, what comes after it, and the goals that wait
// for g.
func (r *reflow) slip(g Goal, m Milestone, to civil.Date) {
	days := m.Due.DaysUntil(to)
	moved := map[string]civil.Date{m.ID: to}
	at := slices.IndexFunc(g.Milestones, func(o Milestone) bool { return o.ID == m.ID })
	for _, o := range g.Milestones[at+1:] {
		switch {
		case !follows(g, m, o, to):
		case o.Kind == Unit && m.Kind == Unit:
			moved[o.ID] = to.AddMonths(o.N - m.N)
		case o.Kind == Unit:
			moved[o.ID] = g.Start.AddDays(days).AddMonths(o.N)
		default:
			moved[o.ID] = o.Due.AddDays(days)
		}
	}
	r.goal(g, moved, to)
}

// wait moves a goal that waits for another, which is late by some days and is
// now due at from.
func (r *reflow) wait(g Goal, days int, from civil.Date) {
	moved := map[string]civil.Date{}
	for _, m := range g.Milestones {
		switch {
		case g.Kind == Wait && m.Kind == FirstStep: // can be done all the same
		case m.Kind == Unit:
			moved[m.ID] = g.Start.AddDays(days).AddMonths(m.N)
		default:
			moved[m.ID] = m.Due.AddDays(days)
		}
	}
	r.goal(g, moved, from)
}

// goal notes the new dates of g's open milestones, none before first or earlier
// than it was, and in their order; the goal itself comes last. Then it moves the
// goals that wait for g.
func (r *reflow) goal(g Goal, moved map[string]civil.Date, first civil.Date) {
	r.seen[g.ID] = true
	last, finish := first, g.Due
	for _, m := range g.Milestones {
		on, ok := moved[m.ID]
		if m.Kind == Finish {
			on, ok = later(on, m.Due), true
		}
		if !m.Open() || !ok {
			continue
		}
		if last = later(on, last); last.After(m.Due) {
			r.list = append(r.list, Shift{Goal: g.ID, Milestone: m.ID, From: m.Due, To: last})
		}
		switch {
		case m.Kind == Finish:
			finish = last
		case m.Kind == Eligible && m.Due == r.plan.Eligible:
			r.eligible(last)
		}
	}
	if finish.After(g.Due) {
		r.dependents(g, finish)
	}
}

// eligible shifts the day on which the experience is complete.
func (r *reflow) eligible(to civil.Date) {
	had := slices.ContainsFunc(r.list, func(s Shift) bool { return s.Goal == "" })
	if from := r.plan.Eligible; !had && to.After(from) {
		r.list = append(r.list, Shift{From: from, To: to})
	}
}

// follows reports whether o, which comes after m, moves when m does. Everything
// does but what stands beside the stairs: in a course the steps are its first
// day and its units, and of years only their end counts. A first step, the
// question who pays, the exam to book and the look back do not delay those; only
// what should come before the first day of a course and would not any more does.
func follows(g Goal, m, o Milestone, to civil.Date) bool {
	if g.Months == 0 && g.Kind != Wait {
		return true
	}
	switch m.Kind {
	case FirstStep, Funds:
		return slices.ContainsFunc(g.Milestones, func(b Milestone) bool {
			return b.Kind == Begin && b.Open() && to.After(b.Due)
		})
	case Booking, Halfway:
		return false
	default:
		return o.Kind != FirstStep
	}
}

// dependents move the goals that wait for g, which is now due at to. Years count
// from the role they wait for, and applications follow them, so these move
// along; a course has a date of its own, and moves when that would come first.
// Who waits for several goals waits for the last of them.
func (r *reflow) dependents(g Goal, to civil.Date) {
	for _, o := range r.plan.Goals {
		if !slices.Contains(o.After, g.ID) || r.seen[o.ID] || !o.unfinished() {
			continue
		}
		since := r.plan.lastDue(func(x Goal) bool { return slices.Contains(o.After, x.ID) })
		if to.After(since) && (o.Months == 0 || o.Start.Before(to) && !o.running()) {
			r.wait(o, since.DaysUntil(to), to)
		}
	}
	since := r.plan.lastDue(Goal.stepping)
	if g.stepping() && to.After(since) && !r.plan.Eligible.IsZero() {
		r.eligible(r.plan.Eligible.AddDays(since.DaysUntil(to)))
	}
}

// lastDue is the latest due date of the goals that match and were not dropped.
func (p Plan) lastDue(match func(Goal) bool) civil.Date {
	var last civil.Date
	for _, g := range p.Goals {
		if g.Status != Dropped && match(g) {
			last = later(last, g.Due)
		}
	}
	return last
}

// running reports whether a course has begun: its first day is no longer open.
func (g Goal) running() bool {
	return g.Months > 0 && !slices.ContainsFunc(g.Milestones, func(m Milestone) bool { return m.Kind == Begin && m.Open() })
}

// ApplyShifts moves what a preview showed, and keeps the old dates as history;
// now is in the person's zone. All of it moves or nothing: ErrNotFound if one of
// the milestones has gone, ErrBadTransition if one was done or moved since the
// preview, ErrPast if a date has passed.
func (p *Plan) ApplyShifts(shifts []Shift, now time.Time) error {
	for _, s := range shifts {
		if err := p.canShift(s, civil.Of(now)); err != nil {
			return fmt.Errorf("shifting milestone %s: %w", s.Milestone, err)
		}
	}
	for _, s := range shifts {
		if s.Goal == "" {
			p.History = append(p.History, Change{At: now.UTC(), What: string(DiffEligible), From: s.From.String(), To: s.To.String(), Due: s.From})
			p.Eligible = s.To
			continue
		}
		g, m := p.find(s.Milestone)
		m.move(s.To, now)
		if m.Kind == Begin {
			g.Start = s.To
		}
	}
	for i := range p.Goals {
		g := &p.Goals[i]
		if !slices.ContainsFunc(shifts, func(s Shift) bool { return s.Goal == g.ID }) {
			continue
		}
		g.end(g.last(), now)
		slices.SortStableFunc(g.Milestones, byDate)
	}
	return nil
}

// last is the day of the last open milestone, at least the due date unless the
// finish itself was moved. A first step may stand after the goal, see
// SetFirstStep.
func (g Goal) last() civil.Date {
	var last civil.Date
	for _, m := range g.Milestones {
		if m.Open() && m.Kind != FirstStep {
			last = later(last, m.Due)
		}
	}
	if last.IsZero() {
		return g.Due
	}
	return last
}

func (p *Plan) canShift(s Shift, today civil.Date) error {
	was := p.Eligible
	if s.Goal != "" {
		g, m := p.find(s.Milestone)
		if m == nil || g.ID != s.Goal {
			return ErrNotFound
		}
		if !m.Open() || !g.unfinished() {
			return ErrBadTransition
		}
		was = m.Due
	}
	switch {
	case was != s.From:
		return ErrBadTransition
	case s.To.Before(today):
		return ErrPast
	}
	return nil
}

// find is the milestone with that id and its goal, nil if there is none.
func (p *Plan) find(id string) (*Goal, *Milestone) {
	for i := range p.Goals {
		for j := range p.Goals[i].Milestones {
			if m := &p.Goals[i].Milestones[j]; m.ID == id {
				return &p.Goals[i], m
			}
		}
	}
	return nil, nil
}
