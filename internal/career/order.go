package career

import (
	"slices"
	"strings"
)

// before says which actions of the same gap come first: what a course costs and
// who pays is settled before anybody enrols.
var before = map[string][]string{
	"schooling":   {"ask_funding", "compare_programmes"},
	"certificate": {"ask_refund", "compare_providers"},
}

// order notes which goals wait for others: courses for the question who pays,
// years of experience, and the role they lead to, for the one in which they count.
func order(goals []Goal) {
	for i := range goals {
		g := &goals[i]
		g.After = nil
		for _, o := range goals {
			if o.Status == Dropped {
				continue
			}
			gap, key := o.made()
			mine, my := g.made()
			if gap == mine && slices.Contains(before[my], key) || g.afterYears() && o.stepping() {
				g.After = append(g.After, o.ID)
			}
		}
	}
}

// made is the gap and the template of the action a goal was made from, both ""
// where it was made from none.
func (g Goal) made() (gap, template string) {
	i := strings.LastIndex(g.Action, "/")
	if i < 0 || strings.HasPrefix(g.Action, ownPrefix) || strings.HasPrefix(g.Action, trackPrefix) {
		return "", ""
	}
	key, _, _ := strings.Cut(g.Action[i+1:], ":")
	if _, ok := templates[key]; !ok {
		return "", ""
	}
	return g.Action[:i], key
}

// Template names the text of the action that a goal was made from, "" for a goal
// in the person's own words.
func (g Goal) Template() string {
	_, key := g.made()
	return key
}
