package career

import (
	"slices"
	"strconv"
	"strings"

	"waymark/internal/civil"
)

// Templates of the two roles on the way into another field: one to start in now,
// and the one wanted, for which the years count from there.
const (
	stepRole   = "apply_lower"
	wantedRole = "apply_target"
)

// applyAhead is how many months before a role begins the applications go out:
// ads, interviews and notice take about that long.
const applyAhead = 2

// stepping reports whether a goal is a first role on the way to the one wanted.
func (g Goal) stepping() bool {
	_, key := g.made()
	return key == stepRole
}

// isRole reports whether a goal of the person's own is to get into the role
// that they named.
func (g Goal) isRole(name string) bool {
	return name != "" && g.Kind == OwnWords && strings.Contains(strings.ToLower(g.Title), strings.ToLower(name))
}

// afterYears reports whether it is years of experience that date a goal.
func (g Goal) afterYears() bool {
	_, key := g.made()
	return g.Kind == Wait || key == wantedRole
}

// afterYearsDue is the due date of such a goal: a month to apply in, or to begin
// in the role.
func (g Goal) afterYearsDue(eligible civil.Date) civil.Date {
	if g.Kind == Wait {
		return eligible.AddMonths(1)
	}
	return eligible.AddMonths(applyAhead)
}

// wanted adds the role wanted as a goal at the day on which the experience is
// complete, where a first role on the way to it is a goal and nothing else waits
// for that day. It is not worked on before the first role is reached.
func (m *goalMaker) wanted(goals []Goal) []Goal {
	target := m.f.words("target")
	if m.eligible.IsZero() || target == "" || !slices.ContainsFunc(goals, Goal.stepping) ||
		slices.ContainsFunc(goals, Goal.afterYears) {
		return goals
	}
	a := Action{ID: string(Entry) + "/" + wantedRole, Gap: string(Entry), Kind: Apply, Template: wantedRole, Words: target}
	g := m.goal(a, []string{a.ID}, "g"+strconv.Itoa(len(goals)+1))
	if _, dated := m.f.itemOf("due", []string{a.ID}); !dated || g.Due.Before(m.eligible) {
		g.Due = g.afterYearsDue(m.eligible)
	}
	for _, gap := range Gaps(m.f) {
		if (gap.Kind == Entry || gap.Kind == Experience) && !slices.Contains(g.Closes, gap.ID) {
			g.Closes = append(g.Closes, gap.ID)
		}
	}
	for _, slot := range []string{"target", "years_need"} {
		if m.f.Answered(slot) {
			g.From = append(g.From, m.f.source(slot))
		}
	}
	return append(goals, g)
}

// Ready are the goals kept for later that nothing holds back any more: those of
// the active track that waited for others, which are all achieved. They are
// offered, as far as there is room, and never taken up by themselves.
func Ready(p Plan) []Goal {
	var out []Goal
	for _, g := range p.Goals {
		if g.Status != Later || len(g.After) == 0 || p.waits(g) || p.early(g) {
			continue
		}
		if len(out) < MaxActive-p.active() {
			out = append(out, g)
		}
	}
	return out
}

// early reports whether a goal waits for one that is not achieved.
func (p Plan) early(g Goal) bool {
	return slices.ContainsFunc(p.Goals, func(o Goal) bool { return slices.Contains(g.After, o.ID) && o.unfinished() })
}

// RoleStarted is what changes when a person has started in a first role on
// another day than planned: the years count from there. It is offered, to be
// applied by Plan.Apply; false if nothing changes or that is no such role.
func RoleStarted(p Plan, goal string, started civil.Date) (Difference, bool) {
	g, ok := p.Goal(goal)
	if !ok || !g.stepping() || p.Eligible.IsZero() {
		return Difference{}, false
	}
	to := started.AddMonths(p.Missing)
	d := Difference{ID: string(DiffEligible), Kind: DiffEligible, FromDate: p.Eligible, ToDate: to, Months: p.Missing}
	return d, to != p.Eligible
}
