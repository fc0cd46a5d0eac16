package career

import (
	"slices"
	"time"

	"waymark/internal/civil"
)

// Week is the time a week that a person has for their plan, and which days of it.
type Week struct {
	Hours float64 `cbor:"1,keyasint,omitempty"`
	// Times are the parts of the week as they were named, in plain words:
	// "Tuesday evening". Days are their days of the week; AnyDay says that a
	// part without a day was among them.
	Times  []string       `cbor:"2,keyasint,omitempty"`
	Days   []time.Weekday `cbor:"3,keyasint,omitempty"`
	AnyDay bool           `cbor:"4,keyasint,omitempty"`
	// Note is what the person said would change it, in their words, and From
	// the first day on which it might, if they named one.
	Note string     `cbor:"5,keyasint,omitempty"`
	From civil.Date `cbor:"6,keyasint,omitzero"`
	// Limits are the times for which there are other hours, the one said last last.
	Limits []HoursLimit `cbor:"7,keyasint,omitempty"`
}

// week is the time that the answers speak of.
func week(f Facts) Week {
	w := f.Week
	w.Hours = max(0, WeeklyHours(f))
	w.Note = tidy(w.Note)
	return w
}

// suits reports whether something may be planned for a day: the person's own
// days where they named some, and working days otherwise.
func (w Week) suits(d civil.Date) bool {
	if slices.Contains(w.Days, d.Weekday()) {
		return true
	}
	working := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	return working && (len(w.Days) == 0 || w.AnyDay)
}

// day is the first day from d on that suits; where that is after last, the last
// one before it, and d itself if there is none from first on.
func (w Week) day(d, first, last civil.Date) civil.Date {
	for on := d; !on.After(last) && on.Before(d.AddDays(daysPerWeek)); on = on.AddDays(1) {
		if w.suits(on) {
			return on
		}
	}
	for on := earlier(d, last); !on.Before(first) && on.After(d.AddDays(-daysPerWeek)); on = on.AddDays(-1) {
		if w.suits(on) {
			return on
		}
	}
	return d
}

// from is the first day from d on that suits.
func (w Week) from(d civil.Date) civil.Date { return w.day(d, d, d.AddDays(daysPerWeek)) }
