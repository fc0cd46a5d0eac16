package timeline

import (
	"strconv"
	"time"

	"waymark/internal/civil"
)

const (
	minSpan   = 14       // days an axis shows at least
	openSpan  = 90       // days ahead, where what is to come has no date
	maxAhead  = 40 * 366 // days; what lies beyond stands at the edge
	minBehind = 30       // days of the past there is always room for
	tickSpace = 9        // points between two labels
)

var epoch = civil.New(2000, time.January, 1)

// proper is d as a day that exists, or no date where it is out of all bounds.
func proper(d civil.Date) civil.Date {
	if d.IsZero() || d.Year < 1899 || d.Year > 2200 || d.Month < -12 || d.Month > 24 || d.Day < -366 || d.Day > 366 {
		return civil.Date{}
	}
	if d = civil.New(d.Year, d.Month, d.Day); d.Year < 1900 || d.Year > 2199 {
		return civil.Date{}
	}
	return d
}

// unit is the distance between two ticks: a week, or months.
type unit struct{ months int }

// units are tried from the finest on. Quarters are named by their first month:
// "Q1" is another one in companies whose year begins in April.
var units = []unit{{0}, {1}, {3}, {6}, {12}, {24}, {60}, {120}, {240}}

// floor is the tick on or before d.
func (u unit) floor(d civil.Date) civil.Date {
	if u.months == 0 {
		return d.AddDays(-(int(d.Weekday()) + 6) % 7)
	}
	m := d.Year*12 + int(d.Month) - 1
	m -= m % u.months
	return civil.New(m/12, time.Month(m%12+1), 1)
}

// next is the tick after the tick d.
func (u unit) next(d civil.Date) civil.Date {
	if u.months == 0 {
		return d.AddDays(7)
	}
	return d.AddMonths(u.months)
}

func (u unit) label(l Labels, d civil.Date) string {
	switch {
	case u.months == 0:
		return l.on(l.Day, d)
	case u.months < 12:
		return l.Months[d.Month-1]
	}
	return strconv.Itoa(d.Year)
}

// axis maps days to places.
type axis struct {
	from, to    civil.Date // both ticks
	left, right float64
	unit        unit
	ticks       []civil.Date // without to
}

// x is the place of d; days outside of the axis stand at its ends.
func (a axis) x(d civil.Date) float64 {
	part := float64(a.from.DaysUntil(d)) / float64(a.from.DaysUntil(a.to))
	return a.left + min(max(part, 0), 1)*(a.right-a.left)
}

// shows reports whether d lies on the axis.
func (a axis) shows(d civil.Date) bool { return !d.Before(a.from) && !d.After(a.to) }

// long reports whether the axis is too coarse for days to be told apart on it.
func (a axis) long() bool { return a.unit.months >= 12 }

// newAxis shows all days of p, in the finest unit whose labels have room.
func newAxis(p Plan, left, right float64, l Labels, f *faces) axis {
	lo, hi := span(p)
	a := axis{left: left, right: right}
	for _, u := range units {
		a.unit, a.from, a.ticks = u, u.floor(lo), nil
		fits := true
		for a.to = a.from; a.to.Before(hi) || len(a.ticks) == 0; a.to = u.next(a.to) {
			a.ticks = append(a.ticks, a.to)
		}
		for i, d := range a.ticks {
			end := a.right
			if i+1 < len(a.ticks) {
				end = a.x(a.ticks[i+1])
			}
			fits = fits && f.width(small, u.label(l, d))+tickSpace <= end-a.x(d)
		}
		if fits {
			break
		}
	}
	return a
}

// span is the first and the last day to show. The past gets a third of it at
// most: a plan is looked at for what comes.
func span(p Plan) (lo, hi civil.Date) {
	add := func(d civil.Date) {
		switch {
		case d.IsZero():
		case lo.IsZero():
			lo, hi = d, d
		case d.Before(lo):
			lo = d
		case d.After(hi):
			hi = d
		}
	}
	add(p.Today)
	undated := len(p.Goals) == 0
	for _, g := range p.Goals {
		add(g.Start)
		add(g.Due)
		undated = undated || g.Due.IsZero()
		for _, m := range g.Milestones {
			add(m.Date)
		}
	}
	for _, d := range p.Reviews {
		add(d)
	}
	if lo.IsZero() {
		lo, hi = epoch, epoch
	}
	today := p.Today
	if today.IsZero() {
		today = lo
	}
	if ahead := today.DaysUntil(hi); ahead < minSpan && undated {
		hi = today.AddDays(openSpan)
	} else if ahead > maxAhead {
		hi = today.AddDays(maxAhead)
	}
	if behind := max(minBehind, today.DaysUntil(hi)/2); lo.DaysUntil(today) > behind {
		lo = today.AddDays(-behind)
	}
	if lo.DaysUntil(hi) < minSpan {
		hi = lo.AddDays(minSpan)
	}
	return lo, hi
}
