package reading

import (
	"math"
	"time"
)

// counted reads dates that count from another: "in 9 months", "within two
// years", "two weeks from now", "a year ago", "3 weeks before Christmas".
func (r *dateReader) counted(i, depth int) (m moment, n int) {
	if r.is(i, "in", "within", "inside", "over", "during", "for", "after", "throughout") {
		return r.inQuantity(i)
	}
	a, n := quantity(r.tokens, i)
	if n == 0 || !a.hasDate() || r.glued(i, n) {
		return moment{}, 0
	}
	k := i + n
	switch {
	case r.is(k, "from") && r.is(k+1, "now", "today"), r.is(k, "after") && r.is(k+1, "today"):
		return r.ahead(a, a.lo), n + 2
	case r.is(k, "hence", "away"):
		return r.ahead(a, a.lo), n + 1
	case r.is(k, "time") && r.is(k-1, "weeks'", "years'", "months'"):
		return r.ahead(a, a.lo), n + 1
	case r.is(k, "ago", "back") && !r.is(k+1, "to"):
		return fixedSpan(r.move(a.hi, -1, a.work), r.move(a.lo, -1, a.work), grain(a.unit)), n + 1
	case r.is(k, "today"):
		return r.ahead(a, a.lo), n + 1
	case r.tomorrow(k) && a.unit >= weeks:
		return r.ahead(a, a.lo).adjust(Day, func(e, l Date) (Date, Date) { return e.AddDays(1), l.AddDays(1) }), n + 1
	case r.is(k, "on") && a.unit == weeks: // a week on Friday
		if w, ok := r.weekdayAt(k + 1); ok && a.lo == a.hi {
			return fixedDay(r.upcoming(w).AddDays(int(a.lo.days))), n + 2
		}
	}
	return r.fromAnchor(i, k, a, depth)
}

// fromAnchor reads what follows "3 weeks": "before Christmas", "after 1 March".
func (r *dateReader) fromAnchor(i, k int, a amount, depth int) (m moment, n int) {
	direction := 0
	switch {
	case r.is(k, "before"):
		direction = -1
	case r.is(k, "prior") && r.is(k+1, "to"):
		direction, k = -1, k+1
	case r.is(k, "after", "from"):
		direction = 1
	default:
		return m, 0
	}
	k++
	in, size := r.expr(k, depth+1)
	if size == 0 || in.problem != NoProblem {
		return in, 0
	}
	k += size
	if direction > 0 && r.o.Toward == Future && !in.fixed && in.choices == nil { // from the January to come
		in = in.inYear(r.firstYear(in, false))
	}
	return in.adjust(max(in.prec, grain(a.unit)), func(e, l Date) (Date, Date) {
		if direction < 0 {
			return moveDate(e, a.hi, -1, a.work), moveDate(e, a.lo, -1, a.work)
		}
		return moveDate(l, a.lo, 1, a.work), moveDate(l, a.hi, 1, a.work)
	}), k - i
}

var quantityHedges = set("about around approximately roughly maybe perhaps probably say like circa ca another just only at least most least exactly some")

// inQuantity reads "in 9 months", "within the next two years", "over the next
// year".
func (r *dateReader) inQuantity(i int) (m moment, n int) {
	k := i + 1
	upTo := r.is(i, "within", "inside", "over", "during", "throughout")
	needsNext := r.is(i, "over", "during", "for", "throughout")
	next := false
	for j := 0; j < 6; j++ {
		switch t := r.at(k); {
		case t.s == "the" || quantityHedges[t.s]:
			k++
			continue
		case t.s == "next" || t.s == "coming" || t.s == "following":
			k, upTo, next = k+1, true, true
			continue
		case t.s == "under" || t.s == "max" || t.s == "maximum":
			k, upTo = k+1, true
			continue
		case (t.s == "less" || t.s == "more") && r.is(k+1, "than"):
			k, upTo = k+2, upTo || t.s == "less"
			continue
		case t.s == "no" && r.is(k+1, "more") && r.is(k+2, "than"):
			k, upTo = k+3, true
			continue
		}
		break
	}
	if r.is(i, "after") || needsNext && !next {
		return m, 0
	}
	a, size := quantity(r.tokens, k)
	if negative(r.tokens, k) {
		return m, 0
	}
	if size == 0 && next {
		if u, s := unitAt(r.tokens, k, false); s > 0 && r.is(k, "year", "month", "week", "quarter", "decade") {
			if !needsNext && !r.is(i, "within") {
				return m, 0 // "in the next year" may mean next year's
			}
			a, size = amount{lo: stretch(1, u), hi: stretch(1, u), unit: u}, s
		}
	}
	if size == 0 || !a.hasDate() || r.glued(k, size) || rate(r.tokens, k, size) {
		return m, 0
	}
	end := k + size
	if r.is(end, "of", "job", "jobs", "old") {
		return m, 0
	}
	end += b2i(r.is(end, "'") && r.touch(end))
	end += b2i(r.is(end, "time", "max", "tops"))
	if r.is(end, "from") && r.is(end+1, "now", "today") {
		end += 2
	} else if r.is(end, "from", "after", "before") {
		if m, n = r.fromAnchor(k, end, a, 1); n > 0 {
			return m, k + n - i
		}
	}
	m = r.ahead(a, a.lo)
	if upTo {
		m = m.adjust(m.prec, func(_, l Date) (Date, Date) { return r.today, l })
	}
	return m, end - i
}

// stretchAhead reads "next 18 months", "coming two years", "last 3 years".
func (r *dateReader) stretchAhead(i int) (m moment, n int) {
	a, size := quantity(r.tokens, i+1)
	if size == 0 || !a.hasDate() || r.glued(i+1, size) || r.is(i+1, "a", "an", "one") {
		return m, 0
	}
	switch {
	case r.is(i, "next", "coming", "following"):
		m = r.ahead(a, a.lo)
		return m.adjust(m.prec, func(_, l Date) (Date, Date) { return r.today, l }), 1 + size
	case r.is(i, "last") && r.is(i-1, "not", "to", "will", "won't", "can", "can't", "cannot", "could", "might", "may", "should", "would", "don't", "doesn't"):
		return m, 0 // "I might not last 2 years"
	case r.is(i, "last", "past", "previous"):
		return fixedSpan(r.move(a.hi, -1, a.work), r.today, grain(a.unit)), 1 + size
	}
	return m, 0
}

// glued reports whether the quantity is an adjective: "a 9-month course".
func (r *dateReader) glued(i, n int) bool {
	last := i + n - 1
	return r.is(last-1, "-") && r.touch(last) && r.at(last).kind == word && r.at(last-2).kind != word || r.is(i+n, "-") && r.touch(i+n) && r.is(i+n+1, "long", "old") ||
		r.is(last-1, "-") && r.touch(last) && r.touch(last-1) && units[r.at(last).s] != noUnit
}

// ahead is the moment a after today; from is its earlier end.
func (r *dateReader) ahead(a amount, from length) moment {
	return fixedSpan(r.move(from, 1, a.work), r.move(a.hi, 1, a.work), grain(a.unit))
}

// grain is how exact a date is that counts units of u.
func grain(u unit) Precision {
	switch {
	case u <= workingDays:
		return Day
	case u == weeks:
		return Week
	}
	return Month
}

func (r *dateReader) move(l length, direction int, work bool) Date {
	return moveDate(r.today, l, direction, work)
}

// moveDate returns d moved by l, forward or back. A move out of every range
// ends at a date that is refused.
func moveDate(d Date, l length, direction int, work bool) Date {
	m, n := l.whole()
	if math.Abs(l.months) > 12*300 || math.Abs(l.days) > 366*300 || work && n > 2000 {
		return Date{Year: maxYear + 1, Month: time.January, Day: 1}
	}
	if work {
		return d.AddWorkingDays(direction * n)
	}
	return d.AddMonths(direction * m).AddDays(direction * n)
}
