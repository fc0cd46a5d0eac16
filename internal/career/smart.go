package career

import (
	"slices"

	"waymark/internal/civil"
)

// Letter is one letter of SMART, in lower case.
type Letter string

// The letters, and what a goal that fails one is asked.
const (
	LetterSpecific   Letter = "s" // what will exist or be done?
	LetterMeasurable Letter = "m" // how would somebody else see it?
	LetterAchievable Letter = "a" // longer, smaller, or more time?
	LetterRelevant   Letter = "r" // which gap does it close?
	LetterTimed      Letter = "t" // by when?
)

// Smart names the letters that g fails as a goal of p, in their order; weekly
// are the hours a week as from WeeklyHours. Letters that cannot be judged are
// not named.
func Smart(g Goal, p Plan, weekly float64, today civil.Date) []Letter {
	var out []Letter
	fail := func(l Letter, bad bool) {
		if bad {
			out = append(out, l)
		}
	}
	fail(LetterSpecific, !Specific(g.Title))
	fail(LetterMeasurable, !g.measured())
	_, blocked := Blocker(g, p)
	fail(LetterAchievable, blocked || !Fits(g, weekly, today, p.beside(g)))
	fail(LetterRelevant, !Relevant(g) && p.openGaps())
	by := p.aim(g)
	if g.afterYears() {
		by = civil.Date{} // years cannot be hurried; Conflicts says so where they do not fit
	}
	fail(LetterTimed, g.Due.Before(today) || !InTime(g.Due, by))
	return out
}

// measured reports whether one can tell when g is done, by its measure, by its
// title, or because it ends by itself as a course and years do.
func (g Goal) measured() bool {
	return g.Months > 0 || g.afterYears() || Measurable(g.Measure) || evident(g.Title)
}

// Relevant reports whether g is linked to a gap or to another goal. A goal for
// the job may stand alone: nobody is made to have a career reason for it.
func Relevant(g Goal) bool {
	return len(g.Closes) > 0 || g.Serves != "" || g.Scope == JobGoal
}

// InTime reports whether a due date is one, and not after the date to be there,
// if that is known.
func InTime(due, by civil.Date) bool {
	return !due.IsZero() && (by.IsZero() || !due.After(by))
}

// Blocker is a goal that g waits for and that is due only after g begins, or is
// due.
func Blocker(g Goal, p Plan) (Goal, bool) {
	at := g.Due
	if g.Kind == Course && !g.Start.IsZero() {
		at = g.Start
	}
	for _, o := range p.Goals {
		if slices.Contains(g.After, o.ID) && left(o) > 0 && o.Due.After(at) {
			return o, true
		}
	}
	return Goal{}, false
}

// beside are the goals that are worked on at the same time as g.
func (p Plan) beside(g Goal) []Goal {
	var out []Goal
	for _, o := range p.Goals {
		if o.ID != g.ID && p.worked(o) {
			out = append(out, o)
		}
	}
	return out
}

func (p Plan) openGaps() bool {
	return slices.ContainsFunc(p.Gaps, func(g Gap) bool { return g.Closed.IsZero() })
}

// aim is the date to be there: that of the goal's track, or of the plan.
func (p Plan) aim(g Goal) civil.Date {
	i := slices.IndexFunc(p.Tracks, func(t CareerTrack) bool { return t.Name == g.Track })
	if i < 0 || i == 0 && p.Tracks[i].By.IsZero() {
		return p.By
	}
	return p.Tracks[i].By
}
