package reading

import (
	"time"
)

// maxDepth bounds how far date expressions nest: "the end of the first week of
// March" is three.
const maxDepth = 4

// expr reads the date expression that begins at token i and returns how many
// tokens it took, 0 when none begins there.
func (r *dateReader) expr(i, depth int) (m moment, n int) {
	if depth > maxDepth {
		return m, 0
	}
	m, n = r.base(i, depth)
	if n == 0 {
		return m, 0
	}
	if m.problem != NoProblem {
		_, k := r.yearAfter(i + n) // the year of a day that does not exist says nothing
		return m, n + k
	}
	if !m.fixed {
		if y, k := r.yearAfter(i + n); k > 0 {
			m, n = m.inYear(y), n+k
		}
		if d, k := r.weekdayWithin(m, i+n); k > 0 {
			return d, n + k
		}
		return m, n
	}
	if d, k := r.weekdayWithin(m, i+n); k > 0 {
		return d, n + k
	}
	if y, ok := m.wholeYear(); ok { // next year, in March
		k := i + n
		for range 3 {
			if r.is(k, ",", "in", "around", "the", "during") {
				k++
			}
		}
		if in, size := r.base(k, depth+1); size > 0 && !in.fixed && in.problem == NoProblem {
			return in.inYear(y), k + size - i
		}
	}
	return m, n
}

// base tries each kind of expression in turn.
func (r *dateReader) base(i, depth int) (m moment, n int) {
	t := r.at(i)
	if t.kind == line || t.kind == emoji {
		return m, 0
	}
	if t.s == "the" {
		if depth < maxDepth {
			if m, n = r.base(i+1, depth+1); n > 0 {
				return m, n + 1
			}
		}
		return moment{}, 0
	}
	if t.kind == number {
		for _, read := range [...]func(int) (moment, int){r.numericDate, r.dayAndMonth, r.quarterOrHalf} {
			if m, n = read(i); n > 0 {
				return m, n
			}
		}
		for _, read := range [...]func(int, int) (moment, int){r.nthOf, r.ordinalPeriod, r.dayOfPeriod, r.counted} {
			if m, n = read(i, depth); n > 0 {
				return m, n
			}
		}
		return r.bareYear(i)
	}
	if t.kind == punct {
		return r.shortYear(i)
	}
	for _, read := range [...]func(int, int) (moment, int){r.modified, r.ordinalPeriod, r.pointed, r.counted, r.weekdayFirst, r.dayOfPeriod} {
		if m, n = read(i, depth); n > 0 {
			return m, n
		}
	}
	for _, read := range [...]func(int) (moment, int){
		r.monthFirst, r.dayAndMonth, r.namedDay, r.quarterOrHalf, r.numberedWeek, r.fiscalYear, r.feastDay, r.season, r.age,
	} {
		if m, n = read(i); n > 0 {
			return m, n
		}
	}
	return m, 0
}

// namedDay reads today, tomorrow and the office's abbreviations.
func (r *dateReader) namedDay(i int) (m moment, n int) {
	t := r.at(i)
	switch t.s {
	case "today", "tonight", "eod", "cob":
		return fixedDay(r.today), 1
	case "yesterday":
		return fixedDay(r.today.AddDays(-1)), 1
	case "eow":
		return endOf(r.current(weeks), r.today), 1
	case "eom":
		return endOf(r.current(months), r.today), 1
	case "eoq":
		return endOf(r.current(quarters), r.today), 1
	case "eoy":
		return endOf(r.current(years), r.today), 1
	case "day":
		switch {
		case r.is(i+1, "after") && r.tomorrow(i+2):
			return fixedDay(r.today.AddDays(2)), 3
		case r.is(i+1, "before") && r.is(i+2, "yesterday"):
			return fixedDay(r.today.AddDays(-2)), 3
		}
		return m, 0
	case "year", "month":
		if k := i + 1 + b2i(r.is(i+1, "-")); r.is(k, "end") && !r.is(k+1, "of", "goals", "review", "bonus") {
			u := map[string]unit{"year": years, "month": months}[t.s]
			return endOf(r.current(u), r.today), k + 1 - i
		}
		return m, 0
	}
	if r.tomorrow(i) {
		if r.is(i+1, "week") {
			return fixedDay(r.today.AddDays(8)), 2
		}
		return fixedDay(r.today.AddDays(1)), 1
	}
	return m, 0
}

func (r *dateReader) tomorrow(i int) bool {
	s := r.at(i).s
	return s == "tmrw" || s == "tmr" || s == "tomorow" || s == "tommorow" || sameWord(s, "tomorrow") || sameWord(s, "tommorrow")
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// current is the period of u that today lies in.
func (r *dateReader) current(u unit) moment { return r.period(u, 0) }

// period is the period of u that lies n after the one today lies in.
func (r *dateReader) period(u unit, n int) moment {
	t := r.today
	switch u {
	case days:
		return fixedDay(t.AddDays(n))
	case weeks:
		e := mondayOf(t).AddDays(7 * n)
		return fixedSpan(e, e.AddDays(6), Week)
	case months:
		e := monthStart(t.Year, t.Month).AddMonths(n)
		m := fixedSpan(e, monthEnd(e.Year, e.Month), Month)
		m.y, m.m = e.Year, int(e.Month)
		return m
	case quarters:
		first := (int(t.Month)-1)/3*3 + 1
		if fs := int(r.o.FiscalStart); fs > 1 {
			first = int(t.Month) - (int(t.Month)-fs+12)%3
		}
		e := monthStart(t.Year, time.January).AddMonths(first - 1 + 3*n)
		return fixedSpan(e, e.AddMonths(3).AddDays(-1), Quarter)
	case years:
		return year(t.Year + n)
	case decades:
		e := monthStart(t.Year/10*10+10*n, time.January)
		return fixedSpan(e, e.AddMonths(120).AddDays(-1), Year)
	}
	return moment{problem: OutOfRange}
}
