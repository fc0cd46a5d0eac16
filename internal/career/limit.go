package career

import "waymark/internal/civil"

// HoursLimit is how much time a week there is for a while, and not otherwise.
type HoursLimit struct {
	From  civil.Date `cbor:"1,keyasint,omitzero"`
	To    civil.Date `cbor:"2,keyasint,omitzero"` // none: from then on
	Hours float64    `cbor:"3,keyasint,omitempty"`
}

// holds reports whether a limit is in force on a day.
func (l HoursLimit) holds(on civil.Date) bool {
	return !on.Before(l.From) && (l.To.IsZero() || !on.After(l.To))
}

// Over reports whether a limit is over before a day.
func (l HoursLimit) Over(today civil.Date) bool { return !l.To.IsZero() && l.To.Before(today) }

// maxAveraged is for how many days hours are counted one by one; what is further
// ahead is like the last of them.
const maxAveraged = 5 * 366

// WeeklyUntil are the hours a week that somebody has on average from one day to
// another, with what holds for a while only; -1 while they are not known.
func WeeklyUntil(f Facts, from, to civil.Date) float64 {
	usual := WeeklyHours(f)
	if usual < 0 || len(f.Week.Limits) == 0 {
		return usual
	}
	sum, days := 0.0, 0
	for on := from; days == 0 || on.Before(to) && days < maxAveraged; on = on.AddDays(1) {
		hours := usual
		for _, l := range f.Week.Limits { // the one said last counts
			if l.holds(on) {
				hours = l.Hours
			}
		}
		sum, days = sum+hours, days+1
	}
	return sum / float64(days)
}

// FitDateIn is FitDate with hours a week that change: the earliest due date at
// which a goal fits into the hours there are until then.
func FitDateIn(f Facts, g Goal, today civil.Date, others []Goal) civil.Date {
	weekly := WeeklyUntil(f, today, g.Due)
	day := FitDate(g, weekly, today, others)
	for range 4 {
		if day.IsZero() {
			return day
		}
		next := WeeklyUntil(f, today, day)
		if next == weekly {
			return day
		}
		weekly = next
		day = FitDate(g, weekly, today, others)
	}
	return day
}
