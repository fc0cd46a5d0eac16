package career

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"waymark/internal/civil"
)

// Apply makes a difference the person accepted part of the plan. What is done
// stays; only open milestones move. now is in the person's zone. It returns
// ErrNotFound if what the difference is about has gone, ErrBadTransition if it
// was finished in the meantime or is there already, ErrPast if a date has
// passed.
func (p *Plan) Apply(d Difference, now time.Time) error {
	var err error
	switch d.Kind {
	case DiffContent, DiffJob, DiffTarget, DiffReason, DiffBy, DiffCriteria:
		err = p.applyLine(d, now)
	case DiffTracks:
		err = p.applyTracks(d, now)
	case DiffEligible:
		p.applyEligible(d, now)
	case DiffGapNew, DiffGapGone, DiffGapChanged:
		err = p.applyGap(d, now)
	case DiffGoalNew:
		err = p.applyNewGoal(d, now)
	case DiffGoalGone, DiffTitle, DiffMeasure, DiffIfThen, DiffServes, DiffObstacle, DiffDue, DiffCourse, DiffFunding:
		err = p.applyGoal(d, now)
	case DiffTodoNew, DiffTodoGone:
		err = p.applyTodo(d)
	case DiffReview:
		err = p.applyReview(d, now)
	case DiffBackup:
		if d.Backup == nil {
			err = ErrNotFound
			break
		}
		p.Backup = d.Backup.met(p.Backup)
	default:
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("applying %s: %w", d.Kind, err)
	}
	return nil
}

// applyLine replaces one of the plan's own lines.
func (p *Plan) applyLine(d Difference, now time.Time) error {
	c := Change{At: now.UTC(), What: string(d.Kind), From: d.From, To: d.To}
	switch d.Kind {
	case DiffContent:
		p.Content = d.To == "true"
	case DiffJob:
		p.Job = d.To
	case DiffTarget:
		p.Target = d.To
		if len(p.Tracks) > 0 {
			p.Tracks = slices.Clone(p.Tracks)
			p.Tracks[0].Target = d.To
		}
	case DiffReason:
		p.Reason = d.To
	case DiffCriteria:
		p.Criteria = d.To
	case DiffBy:
		if d.ToDate.Before(civil.Of(now)) {
			return ErrPast
		}
		c.From, c.To, c.Due = p.By.String(), d.ToDate.String(), p.By
		p.By = d.ToDate
	}
	p.History = append(p.History, c)
	return nil
}

// applyEligible moves the date at which the experience is complete, and the
// goals that wait for it.
func (p *Plan) applyEligible(d Difference, now time.Time) {
	p.History = append(p.History, Change{At: now.UTC(), What: string(d.Kind), From: p.Eligible.String(), To: d.ToDate.String(), Due: p.Eligible})
	p.Eligible, p.Missing = d.ToDate, d.Months
	for i := range p.Goals {
		g := &p.Goals[i]
		if !g.afterYears() || !g.unfinished() {
			continue
		}
		if due := g.afterYearsDue(d.ToDate); g.Said.IsZero() || g.Due.Before(d.ToDate) {
			g.end(due, now)
		}
		for j := range g.Milestones {
			if m := &g.Milestones[j]; m.Kind == Eligible && m.Open() {
				m.move(d.ToDate, now)
			}
		}
		slices.SortStableFunc(g.Milestones, byDate)
	}
}

// applyGap adds, changes or takes out a gap. A gap that is gone no longer counts
// for the goals that were to close it; they stay.
func (p *Plan) applyGap(d Difference, now time.Time) error {
	at := slices.IndexFunc(p.Gaps, func(g Gap) bool { return g.ID == d.Item })
	switch {
	case d.Kind == DiffGapNew && d.Gap == nil, d.Kind != DiffGapNew && at < 0:
		return ErrNotFound
	case d.Kind == DiffGapNew && at >= 0:
		return ErrBadTransition
	case d.Kind == DiffGapNew:
		p.Gaps = append(p.Gaps, *d.Gap)
	case d.Kind == DiffGapChanged:
		g := &p.Gaps[at]
		if !g.Closed.IsZero() {
			return ErrBadTransition
		}
		g.Words = d.To
		if d.Gap != nil {
			g.About, g.Severity, g.From = d.Gap.About, d.Gap.Severity, d.Gap.From
		}
	default:
		if !p.Gaps[at].Closed.IsZero() {
			return ErrBadTransition
		}
		p.Gaps = slices.Delete(slices.Clone(p.Gaps), at, at+1)
		for i := range p.Goals {
			if g := &p.Goals[i]; g.unfinished() {
				g.Closes = slices.DeleteFunc(slices.Clone(g.Closes), func(id string) bool { return id == d.Item })
			}
		}
	}
	p.History = append(p.History, Change{At: now.UTC(), What: string(d.Kind), From: d.From, To: d.To})
	return nil
}

// applyNewGoal adds a goal under an id of this plan.
func (p *Plan) applyNewGoal(d Difference, now time.Time) error {
	if d.Goal == nil {
		return ErrNotFound
	}
	if slices.ContainsFunc(p.Goals, func(g Goal) bool { return g.Action == d.Goal.Action }) {
		return ErrBadTransition
	}
	g := cloneGoal(*d.Goal)
	g.ID, g.Status = p.newID("g"), Draft
	for i := range g.Milestones {
		g.Milestones[i].ID = g.ID + "." + strconv.Itoa(i+1)
	}
	p.start(&g, now)
	p.Goals = append(p.Goals, g)
	order(p.Goals)
	p.offList(g)
	return nil
}

// applyGoal changes an unfinished goal.
func (p *Plan) applyGoal(d Difference, now time.Time) error {
	g := p.goal(d.Item)
	if g == nil {
		return ErrNotFound
	}
	if !g.unfinished() {
		return ErrBadTransition
	}
	c := Change{At: now.UTC(), What: string(d.Kind), From: d.From, To: d.To}
	switch d.Kind {
	case DiffGoalGone:
		err := g.Move(Dropped, now)
		order(p.Goals)
		return err
	case DiffDue, DiffCourse:
		return g.replan(d, now)
	case DiffTitle:
		g.Title = d.To
		if d.Goal != nil {
			g.Words = d.Goal.Words
		}
		p.offList(*g)
	case DiffMeasure:
		g.Measure = d.To
	case DiffIfThen:
		g.IfThen = d.To
	case DiffObstacle:
		g.Obstacle = d.To
	case DiffServes:
		if d.Goal == nil {
			return ErrNotFound
		}
		g.Scope, g.Serves = d.Goal.Scope, d.Goal.Serves
	case DiffFunding:
		g.Funding = d.To
		g.settleFunding(now)
	}
	g.History = append(g.History, c)
	return nil
}

// settleFunding drops the question who pays once it is answered.
func (g *Goal) settleFunding(now time.Time) {
	for i := range g.Milestones {
		if m := &g.Milestones[i]; m.Kind == Funds && m.Open() && g.Funding != unsure {
			m.drop(now)
		}
	}
}

// replan takes over the dates of the goal as proposed. Open milestones move,
// ones that are no longer needed are dropped, new ones get new ids; what is done
// stays. The first step stays where it is: it belongs to this week, not to the
// length of the goal.
func (g *Goal) replan(d Difference, now time.Time) error {
	if d.Goal == nil {
		return ErrNotFound
	}
	to := d.Goal
	if to.Due.Before(civil.Of(now)) {
		return ErrPast
	}
	g.Start, g.Months, g.Said, g.Kind = to.Start, to.Months, to.Said, to.Kind
	used := make([]bool, len(to.Milestones))
	for i := range g.Milestones {
		m := &g.Milestones[i]
		if m.Dropped {
			continue
		}
		at := slices.IndexFunc(to.Milestones, func(o Milestone) bool { return o.Kind == m.Kind && o.N == m.N })
		if at >= 0 && !used[at] {
			used[at] = true
			m.Of = to.Milestones[at].Of
			if m.Open() && m.Kind != FirstStep {
				m.move(to.Milestones[at].Due, now)
			}
		} else if m.Open() && m.Kind != FirstStep && m.Kind != OwnStep {
			m.drop(now)
		}
	}
	for i, m := range to.Milestones {
		if !used[i] && m.Kind != FirstStep {
			m.ID = g.nextID()
			g.Milestones = append(g.Milestones, m)
		}
	}
	g.end(to.Due, now)
	slices.SortStableFunc(g.Milestones, byDate)
	return nil
}

// applyReview moves the next review, or adds one.
func (p *Plan) applyReview(d Difference, now time.Time) error {
	if d.Review == nil {
		return ErrNotFound
	}
	r, err := p.SetReview(d.ToDate, d.Review.Formal, now)
	if err != nil {
		return err
	}
	for i := range p.Reviews {
		if p.Reviews[i].ID == r.ID {
			p.Reviews[i].Asked = d.Review.Asked
		}
	}
	return nil
}
