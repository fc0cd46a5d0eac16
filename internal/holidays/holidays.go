// Package holidays knows the days on which people of a place or a group do not
// work: public holidays by region, from a maintained library, and an operator's
// own days, from an iCalendar file.
//
// It names days and says where they come from. Who keeps which days, and what
// that means for a message, is not known here.
package holidays

import (
	"cmp"
	"slices"
	"sync"

	"waymark/internal/civil"
)

// Day is one holiday.
type Day struct {
	Date civil.Date
	Name string // in the language of its source
}

// Calendar is the holidays of one source. It may be used by many goroutines.
type Calendar struct {
	name  string
	days  func(year int) []Day // unsorted, of that year at least
	years sync.Map             // int → []Day, sorted, of that year alone
}

func newCalendar(name string, days func(year int) []Day) *Calendar {
	return &Calendar{name: name, days: days}
}

// Name says where the days come from: "Bavaria, Germany", or the name that the
// file was read under.
func (c *Calendar) Name() string { return c.name }

// In is the holidays of one year, in order, one a day. The caller must not
// change them.
func (c *Calendar) In(year int) []Day {
	if have, ok := c.years.Load(year); ok {
		return have.([]Day)
	}
	var out []Day
	for _, d := range c.days(year) {
		if d.Date.Year == year {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b Day) int { return a.Date.Compare(b.Date) })
	out = slices.Clip(slices.CompactFunc(out, func(a, b Day) bool { return a.Date == b.Date }))
	have, _ := c.years.LoadOrStore(year, out)
	return have.([]Day)
}

// Around is the dates of the year of d, of the one before and of the one after,
// in order.
func (c *Calendar) Around(d civil.Date) []civil.Date {
	var out []civil.Date
	for year := d.Year - 1; year <= d.Year+1; year++ {
		for _, day := range c.In(year) {
			out = append(out, day.Date)
		}
	}
	return out
}

// On is the holiday on d, if it is one.
func (c *Calendar) On(d civil.Date) (Day, bool) {
	days := c.In(d.Year)
	i, ok := slices.BinarySearchFunc(days, d, func(a Day, d civil.Date) int { return cmp.Compare(0, d.Compare(a.Date)) })
	if !ok {
		return Day{}, false
	}
	return days[i], true
}
