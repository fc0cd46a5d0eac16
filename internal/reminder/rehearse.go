package reminder

import (
	"time"

	"waymark/internal/career"
)

// Rehearsed is what one look at a person would bring.
type Rehearsed struct {
	At   time.Time
	Say  []Occurrence // one message; empty if nothing is said
	Drop []Dropped
}

// Rehearse lives through the time from one moment to another (exclusive) as the
// coach would, and lists everything that is said and everything that is given
// up. plan is the plan as it is at a moment; answers says whether the person
// answers each message.
func Rehearse(plan func(now time.Time) career.Plan, s Settings, st State, from, to time.Time, answers bool) []Rehearsed {
	var out []Rehearsed
	for now := from; now.Before(to); {
		p := plan(now)
		say, drop := Due(p, s, st, now)
		st.Say(say, now)
		st.Drop(drop, now)
		if len(say)+len(drop) > 0 {
			out = append(out, Rehearsed{now, say, drop})
		}
		if answers && len(say) > 0 {
			st.Heard(now)
		}
		next, ok := Next(p, s, st, now)
		if day := now.Add(24 * time.Hour); !ok || next.After(day) {
			next = day // the plan may be another by then
		}
		now = next
	}
	return out
}
