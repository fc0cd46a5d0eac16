package reminder

import (
	"math/bits"
	"slices"
	"time"

	"waymark/internal/civil"
)

// What holds for somebody who has chosen nothing.
const (
	DefaultFrom   = 9
	DefaultTo     = 17
	DefaultHour   = 10
	DefaultBudget = 3
	DefaultDays   = Days(1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday)
)

// OnlyAsked as a budget means: only what I ask for.
const OnlyAsked = -1

// Days are days of the week, one bit each: 1 << time.Monday.
type Days uint8

// Has reports whether wd is one of the days.
func (d Days) Has(wd time.Weekday) bool { return d&(1<<wd) != 0 }

// Settings are what a person chose about reminders; the zero value are the
// defaults.
type Settings struct {
	// Zone is an IANA name; empty or unknown means UTC.
	Zone string `cbor:"1,keyasint,omitempty"`
	// From and To are the hours between which the coach may speak, 0 to 24,
	// To exclusive. Unless From < To they are DefaultFrom and DefaultTo.
	From int `cbor:"2,keyasint,omitempty"`
	To   int `cbor:"3,keyasint,omitempty"`
	// Hour is the one the person likes best, 0 = DefaultHour; it is moved in
	// between From and To.
	Hour int `cbor:"4,keyasint,omitempty"`
	// Days are the days on which the coach may speak; 0 = DefaultDays. Where they
	// are a week's work they also count as working days, see hours.counts.
	Days Days `cbor:"5,keyasint,omitempty"`
	// Budget is the number of messages within seven days, 0 = DefaultBudget,
	// OnlyAsked = none but those asked for. Those never count.
	Budget int `cbor:"6,keyasint,omitempty"`
	// Cadence is that of check-ins.
	Cadence Cadence `cbor:"7,keyasint,omitzero"`
	// PausedUntil is the first day after a pause.
	PausedUntil civil.Date `cbor:"8,keyasint,omitzero"`
	// Paused says that nothing comes until the person speaks; whoever hears
	// them clears it.
	Paused bool `cbor:"9,keyasint,omitempty"`
	// Off are kinds the person turned off; see Rule.Fixed.
	Off []Kind `cbor:"10,keyasint,omitempty"`
	// Region is the code of the place whose public holidays are kept, "DE-BY";
	// empty = that of the person's group, if it has one, and "none" = none.
	Region string `cbor:"11,keyasint,omitempty"`
	// Quiet keeps the person's own words out of what a notification shows.
	Quiet bool `cbor:"12,keyasint,omitempty"`

	// What follows is not chosen by the person and is filled in for each look.

	// Holidays are further days on which the coach keeps quiet and that are no
	// working days, in order. They belong to a region or a group and are kept
	// there.
	Holidays []civil.Date `cbor:"-"`
	// Delay is by how much later than the hour the person's moments come, so that
	// not everybody's come at once; see Spread.
	Delay time.Duration `cbor:"-"`
	// Talking is until when a talk that is going on is not to be interrupted by
	// another (see Rule.Talks); zero for none.
	Talking time.Time `cbor:"-"`
	// Announced are the review cycles whose beginning somebody without a plan is
	// told of.
	Announced []Announced `cbor:"-"`
}

// Location is the person's zone, UTC when it is empty or unknown.
func (s Settings) Location() *time.Location { return zone(s.Zone) }

// off reports whether kind r must not come.
func (s Settings) off(r *Rule) bool {
	if r.Fixed {
		return false
	}
	return slices.Contains(s.Off, r.Kind) || s.Budget < 0 && !r.Asked
}

func (s Settings) budget() int {
	if s.Budget == 0 {
		return DefaultBudget
	}
	return max(s.Budget, 0)
}

// Hours are the hours between which the coach may speak, the one it prefers, and
// the days, with what holds for somebody who has chosen nothing.
func (s Settings) Hours() (from, to, hour int, days Days) {
	h := s.hours()
	return h.from, h.to, h.hour, h.days
}

// Speaks reports whether the coach may speak on a date.
func (s Settings) Speaks(on civil.Date) bool {
	h := s.hours()
	return h.works(day(on))
}

// WorkingDays is how many of the person's working days there are from one date
// on until before another, at most a year's.
func (s Settings) WorkingDays(from, to civil.Date) int {
	h := s.hours()
	n, few := 0, h.few()
	for d := day(from); d < min(day(to), day(from)+366); d++ {
		if h.counts(d, few) {
			n++
		}
	}
	return n
}

// hours are the settings about days and hours with the defaults filled in. Its
// days are numbers (see day): a plan names hundreds of them.
type hours struct {
	loc            *time.Location
	from, to, hour int
	days           Days
	holidays       []int
	delay          time.Duration
}

func (s Settings) hours() hours {
	h := hours{loc: zone(s.Zone), from: s.From, to: s.To, hour: s.Hour, days: s.Days & 0x7f, delay: s.Delay}
	if h.from < 0 || h.to > 24 || h.from >= h.to {
		h.from, h.to = DefaultFrom, DefaultTo
	}
	if h.hour == 0 {
		h.hour = DefaultHour
	}
	h.hour = h.within(h.hour)
	if h.days == 0 {
		h.days = DefaultDays
	}
	if len(s.Holidays) > 0 {
		h.holidays = make([]int, len(s.Holidays))
		for i, d := range s.Holidays {
			h.holidays[i] = day(d)
		}
		slices.Sort(h.holidays)
	}
	return h
}

// within moves an hour in between from and to.
func (h hours) within(hour int) int { return min(max(hour, h.from), h.to-1) }

// on is the day of t on the person's calendar.
func (h *hours) on(t time.Time) int { return day(civil.Of(t.In(h.loc))) }

// works reports whether the coach may speak on d.
func (h *hours) works(d int) bool {
	if !h.days.Has(weekday(d)) {
		return false
	}
	_, holiday := slices.BinarySearch(h.holidays, d)
	return !holiday
}

// open reports whether the coach may speak at t.
func (h *hours) open(t time.Time) bool {
	t = t.In(h.loc)
	return t.Hour() >= h.from && t.Hour() < h.to && h.works(day(civil.Of(t)))
}

// maxOff bounds the search for a working day, so that holidays without an end
// cannot hang it; past it every day will do.
const maxOff = 400

// seek is the first working day from d on, one step of days at a time.
func (h *hours) seek(d, step int) int {
	for i := 0; i < maxOff && !h.works(d); i++ {
		d += step
	}
	return d
}

// step is d moved by n working days.
func (h *hours) step(d, n int) int {
	dir := 1
	if n < 0 {
		dir, n = -1, -n
	}
	few := h.few()
	for range n {
		d += dir
		for i := 0; i < maxOff && !h.counts(d, few); i++ {
			d += dir
		}
	}
	return d
}

// fullWeek is how many days a week make a working week.
const fullWeek = 5

// few reports whether the person picked fewer days to hear from the coach than a
// week has working days: those say nothing about when they work.
func (h *hours) few() bool { return bits.OnesCount8(uint8(h.days)) < fullWeek }

// counts reports whether d is a working day: one of the person's days, or where
// these are few Monday to Friday. Holidays are none.
func (h *hours) counts(d int, few bool) bool {
	if !few {
		return h.works(d)
	}
	_, holiday := slices.BinarySearch(h.holidays, d)
	return DefaultDays.Has(weekday(d)) && !holiday
}

// place is the person's moment at hour on the first working day from d on: that
// hour and their delay, unless that would be after their hours.
func (h *hours) place(d, hour int) time.Time {
	d = h.seek(d, 1)
	t := wall(dateOf(d), hour, h.loc)
	if real := day(civil.Of(t)); real != d { // the zone dropped that day
		t = wall(dateOf(h.seek(real, 1)), hour, h.loc)
	}
	if late := t.Add(h.delay); h.delay > 0 && h.on(late) == h.on(t) && late.In(h.loc).Hour() < h.to {
		t = late
	}
	return t
}

// next is the first of the person's hours after t.
func (h *hours) next(t time.Time) time.Time {
	for d := h.on(t); ; d++ {
		if at := h.place(d, h.hour); at.After(t) {
			return at
		}
	}
}
