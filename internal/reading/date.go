package reading

import (
	"time"

	"waymark/internal/civil"
)

// Years outside these bounds are refused: nobody plans a career there, and
// what reaches them is a slip of the keyboard.
const (
	minYear = 1900
	maxYear = 2200
)

// Date is the calendar date that plans are made of.
type Date = civil.Date

// newDate returns the date for y, m and d, and false if the calendar has no
// such day (30 February).
func newDate(y int, m time.Month, d int) (Date, bool) {
	if m < time.January || m > time.December || d < 1 || d > daysIn(y, m) {
		return Date{}, false
	}
	return Date{Year: y, Month: m, Day: d}, true
}

func inRange(d Date) bool { return d.Year >= minYear && d.Year <= maxYear }

// mondayOf returns the Monday of the week that d lies in.
func mondayOf(d Date) Date { return d.AddDays(-((int(d.Weekday()) + 6) % 7)) }

func monthStart(y int, m time.Month) Date { return Date{Year: y, Month: m, Day: 1} }

func monthEnd(y int, m time.Month) Date { return Date{Year: y, Month: m, Day: daysIn(y, m)} }

func daysIn(y int, m time.Month) int {
	return time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func minDate(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}

func maxDate(a, b Date) Date {
	if b.After(a) {
		return b
	}
	return a
}
