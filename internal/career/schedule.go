package career

import (
	"cmp"
	"slices"
)

// schedule dates the goals for which the person named no day. What is fixed
// stands: dates that were said, courses, years of experience. Then a goal comes
// after those it waits for, and the rest follow one another as the hours a week
// allow, the most pressing gap first and of two alike the smaller goal.
func (m *goalMaker) schedule(goals []Goal) {
	var fixed []Goal
	var free []int
	for i, g := range goals {
		if g.Said.IsZero() && g.Kind != Wait && g.Kind != Course {
			free = append(free, i)
		} else {
			fixed = append(fixed, g)
		}
	}
	slices.SortStableFunc(free, func(x, y int) int {
		return cmp.Or(
			cmp.Compare(m.pressing(goals[y]), m.pressing(goals[x])),
			cmp.Compare(Effort(goals[x]), Effort(goals[y])),
		)
	})
	weekly := WeeklyHours(m.f)
	for _, i := range free {
		g := &goals[i]
		for _, o := range goals {
			if slices.Contains(g.After, o.ID) && !o.Due.Before(g.Due) {
				g.Due = o.Due.AddDays(daysPerWeek)
			}
		}
		if weekly > 0 && !Fits(*g, WeeklyUntil(m.f, m.today, g.Due), m.today, fixed) {
			if day := FitDateIn(m.f, *g, m.today, fixed); day.After(g.Due) {
				g.Due = m.weekFor(*g).from(day)
			}
		}
		fixed = append(fixed, *g)
	}
}

// pressing is the severity of the worst gap a goal closes, 0 where it closes
// none.
func (m *goalMaker) pressing(g Goal) Severity {
	var worst Severity
	for _, gap := range Gaps(m.f) {
		if slices.Contains(g.Closes, gap.ID) {
			worst = max(worst, gap.Severity)
		}
	}
	return worst
}
