package timeline

import (
	"slices"
	"testing"

	"waymark/internal/civil"
)

func TestAxisSuitsItsSpan(t *testing.T) {
	f, err := newFaces(2)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		days   int
		months int // of the unit; 0 is weeks
		label  string
	}{
		"two weeks":       {14, 0, "16 Nov"},
		"a month":         {31, 0, "16 Nov"},
		"four months":     {120, 1, "Nov"},
		"eighteen months": {550, 3, "Oct"},
		"three years":     {1100, 6, "Jul"},
		"six years":       {2200, 12, "2026"},
		"ten years":       {3650, 24, "2026"},
		"forty years":     {14600, 120, "2020"},
	} {
		p := Plan{Today: today, Goals: []Goal{{Start: today, Due: today.AddDays(c.days)}}}
		a := newAxis(p, 24, 336, English(), f)
		if a.unit.months != c.months || a.unit.label(English(), a.ticks[0]) != c.label {
			t.Errorf("%s: unit = %d months from %q, want %d from %q", name, a.unit.months, a.unit.label(English(), a.ticks[0]), c.months, c.label)
		}
		if !a.shows(today) || !a.shows(today.AddDays(c.days)) {
			t.Errorf("%s: axis is %v to %v", name, a.from, a.to)
		}
		if !slices.IsSortedFunc(a.ticks, civil.Date.Compare) || len(a.ticks) > 20 {
			t.Errorf("%s: ticks = %v", name, a.ticks)
		}
	}
}

func TestSpan(t *testing.T) {
	for name, c := range map[string]struct {
		plan   Plan
		lo, hi string
	}{
		"nothing is known":          {Plan{}, "2000-01-01", "2000-03-31"},
		"only today":                {Plan{Today: today}, "2026-11-22", "2027-02-20"},
		"at least two weeks":        {Plan{Today: today, Goals: []Goal{{Due: today.AddDays(3)}}}, "2026-11-22", "2026-12-06"},
		"a goal without a date":     {Plan{Today: today, Goals: []Goal{{}}}, "2026-11-22", "2027-02-20"},
		"dates beside one without":  {Plan{Today: today, Goals: []Goal{{}, {Due: today.AddDays(20)}}}, "2026-11-22", "2026-12-12"},
		"the past has a third":      {Plan{Today: today, Goals: []Goal{{Start: day("2000-01-01"), Due: today.AddDays(200)}}}, "2026-08-14", "2027-06-10"},
		"the past has a month":      {Plan{Today: today, Goals: []Goal{{Start: day("2000-01-01"), Due: day("2001-01-01")}}}, "2026-10-23", "2026-11-22"},
		"a life, not all centuries": {Plan{Today: today, Goals: []Goal{{Due: day("2190-01-01")}}}, "2026-11-22", "2066-12-22"},
		"milestones and reviews": {
			Plan{Today: today, Reviews: []civil.Date{day("2027-09-01")}, Goals: []Goal{{Due: today, Milestones: []Milestone{{Date: day("2026-11-01")}}}}},
			"2026-11-01", "2027-09-01",
		},
	} {
		if lo, hi := span(c.plan); lo.String() != c.lo || hi.String() != c.hi {
			t.Errorf("%s: span = %v to %v, want %s to %s", name, lo, hi, c.lo, c.hi)
		}
	}
}

func TestProperDates(t *testing.T) {
	for _, c := range []struct {
		in   civil.Date
		want string
	}{
		{civil.Date{}, ""},
		{day("2027-02-28"), "2027-02-28"},
		{civil.Date{Year: 2027, Month: 2, Day: 30}, "2027-03-02"},
		{civil.Date{Year: 2027}, "2026-11-30"},
		{day("1899-12-31"), ""},
		{day("2200-01-01"), ""},
		{civil.Date{Year: 2027, Month: 1 << 40, Day: 1}, ""},
		{civil.Date{Year: 2027, Month: 1, Day: -1 << 62}, ""},
	} {
		if got := proper(c.in); got.String() != c.want {
			t.Errorf("proper(%+v) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestWeeksBeginOnMonday(t *testing.T) {
	for d := day("2026-11-01"); d.Before(day("2026-12-01")); d = d.AddDays(1) {
		got := unit{}.floor(d)
		if n := got.DaysUntil(d); got.Weekday() != 1 || n < 0 || n > 6 {
			t.Errorf("week of %v begins on %v, a %v", d, got, got.Weekday())
		}
	}
}
