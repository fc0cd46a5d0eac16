package career

import (
	"slices"
	"strings"
)

// proposals is how many first steps are proposed at most.
const proposals = 5

// Proposed are the first things to do that the coach proposes to somebody who is
// short of time: the first action for each of the gaps most in the way, and for
// one gap alone all of its actions; without any gap what shows and asks for the
// next step.
func Proposed(f Facts) []Action {
	gaps := Gaps(f)
	b := &actionList{}
	if len(gaps) == 1 {
		b.list = Actions(gaps[0], f)
	}
	for _, g := range gaps {
		if len(gaps) > 1 && len(b.list) < proposals {
			b.list = append(b.list, Actions(g, f)[0])
			b.unique()
		}
	}
	if len(b.list) == 0 {
		return general()
	}
	return b.list
}

// proposedFor reports whether a goal was picked from what was proposed for a gap.
func proposedFor(f Facts, gap string) bool {
	return !f.Has("gap_pick") && f.Has("goal_pick") &&
		slices.ContainsFunc(f.Slots["goal_pick"].Choices, func(id string) bool { return strings.HasPrefix(id, gap+"/") })
}
