package reading

import (
	"time"
)

// nthOf reads "the first week of March", "the last day of the year", "the
// second Monday in June", "2nd Tuesday next month".
func (r *dateReader) nthOf(i, depth int) (m moment, n int) {
	nth, size := r.nth(i)
	if size == 0 {
		return m, 0
	}
	k := i + size
	w, isWeekday := r.weekdayAt(k)
	if !isWeekday && !r.is(k, "day", "week", "month", "weekend") {
		return m, 0
	}
	joint := b2i(r.is(k+1, "of", "in"))
	if joint == 0 && (!isWeekday || !r.is(k+1, "next", "this")) {
		return m, 0
	}
	in, s := r.inner(k+1+joint, depth)
	if s == 0 || in.problem != NoProblem || in.prec == Day || joint == 0 && in.prec != Month {
		return m, 0
	}
	what := r.at(k).s
	if nth < 0 && what != "day" && !isWeekday && what != "month" && what != "week" {
		return m, 0
	}
	p := map[string]Precision{"week": Week, "month": Month}[what]
	return in.adjust(p, func(e, l Date) (Date, Date) { return nthPart(nth, what, isWeekday, w, e, l) }), k + 1 + joint + s - i
}

// weekdayWithin reads what stands behind a month: "next month on the 2nd
// Tuesday", "March, the last Friday", "next month on the 2nd". n is how many tokens it took from token k.
func (r *dateReader) weekdayWithin(in moment, k int) (m moment, n int) {
	i := k
	for r.is(k, ",", "on", "the") {
		k++
	}
	nth, size := r.nth(k)
	if in.prec != Month || in.choices != nil || size == 0 {
		return m, 0
	}
	w, ok := r.weekdayAt(k + size)
	if !ok || r.is(k+size+1, "of", "in") {
		if d, size := r.dayNumber(k); size == 2 && in.fixed && in.m != 0 && k > i && r.at(k+size).kind != word {
			return typed(in.y, in.m, d), k + size - i
		}
		return m, 0
	}
	return in.adjust(Day, func(e, l Date) (Date, Date) { return nthPart(nth, "", true, w, e, l) }), k + size + 1 - i
}

// nthPart counts days, weeks, months or one weekday inside the period e to l,
// from its end when nth is -1.
func nthPart(nth int, what string, isWeekday bool, w time.Weekday, e, l Date) (Date, Date) {
	clampTo := func(a, b Date) (Date, Date) { return maxDate(e, minDate(a, l)), maxDate(e, minDate(b, l)) }
	switch {
	case isWeekday && nth > 0 && e.Year == l.Year && e.Month == l.Month:
		d := monthStart(e.Year, e.Month) // the first Monday of this month may be over
		d = d.AddDays((int(w)-int(d.Weekday())+7)%7 + 7*(nth-1))
		return minDate(d, l), minDate(d, l)
	case isWeekday && nth < 0:
		d := l.AddDays(-((int(l.Weekday()) - int(w) + 7) % 7))
		return clampTo(d, d)
	case isWeekday:
		d := e.AddDays((int(w)-int(e.Weekday())+7)%7 + 7*(nth-1))
		return clampTo(d, d)
	case what == "weekend":
		d := e.AddDays((6-int(e.Weekday())+7)%7 + 7*(nth-1))
		return clampTo(d, d.AddDays(1))
	case what == "day" && nth < 0:
		return l, l
	case what == "day":
		return clampTo(e.AddDays(nth-1), e.AddDays(nth-1))
	case what == "month" && nth < 0:
		return clampTo(monthStart(l.Year, l.Month), l)
	case what == "month":
		return clampTo(e.AddMonths(nth-1), e.AddMonths(nth).AddDays(-1))
	case nth < 0:
		return clampTo(l.AddDays(-6), l)
	}
	return clampTo(e.AddDays(7*(nth-1)), e.AddDays(7*nth-1))
}

// nth reads first to fifth, 1st to 5th, or last (-1).
func (r *dateReader) nth(i int) (v, n int) {
	t := r.at(i)
	if t.s == "last" || t.s == "final" {
		return -1, 1
	}
	if v = ordinals[t.s]; v >= 1 && v <= 12 {
		return v, 1
	}
	if t.kind == number && t.n >= 1 && t.n <= 12 && r.touch(i+1) && ordinalEnd[r.at(i+1).s] {
		return t.n, 2
	}
	return 0, 0
}

// ordinalPeriod reads "the third quarter", "the second half of 2027", "first
// half of March".
func (r *dateReader) ordinalPeriod(i, depth int) (m moment, n int) {
	v, size := r.nth(i)
	if r.is(i, "latter") {
		v, size = 2, 1
	}
	if size == 0 || depth >= maxDepth {
		return m, 0
	}
	k := i + size
	k += b2i(r.is(k, "calendar"))
	isHalf, isQuarter := r.is(k, "half"), r.is(k, "quarter", "qtr")
	if !isHalf && !isQuarter || isHalf && v > 2 || v > 4 {
		return m, 0
	}
	k++
	if r.is(k, "of", "in") {
		in, s := r.inner(k+1, depth)
		switch {
		case s == 0 && r.is(k, "of") || s > 0 && in.problem != NoProblem:
			return m, 0
		case s > 0:
			m, ok := partOf(in, v, isHalf)
			if !ok {
				return m, 0
			}
			return m, k + 1 + s - i
		}
	}
	switch {
	case v < 0: // last quarter, the one before this
		return m, 0
	case isHalf && r.at(k).kind == word && !afterMonth[r.at(k).s]:
		return m, 0
	case isHalf:
		return half(v), k - i
	}
	return r.fiscalQuarter(v), k - i
}

// partOf is the half or quarter v (-1 for the last) of a period.
func partOf(in moment, v int, isHalf bool) (moment, bool) {
	if !isHalf {
		if in.prec != Year {
			return in, false
		}
		if v < 0 {
			v = 4
		}
		return in.adjust(Quarter, func(e, _ Date) (Date, Date) {
			first := monthStart(e.Year, time.January).AddMonths(3 * (v - 1))
			return first, first.AddMonths(3).AddDays(-1)
		}), true
	}
	p, grain := firstHalf, in.prec
	if v != 1 {
		p = secondHalf
	}
	out := finer(grain)
	if grain == Year {
		out = Half
		return in.adjust(out, func(e, _ Date) (Date, Date) {
			return cut(p, grain, monthStart(e.Year, time.January), monthEnd(e.Year, time.December))
		}), true
	}
	return in.adjust(out, func(e, l Date) (Date, Date) { return cut(p, grain, e, l) }), true
}
