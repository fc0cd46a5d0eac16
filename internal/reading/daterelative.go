package reading

import (
	"time"
)

// pointers say how far a period lies from the one today is in.
var pointers = map[string]int{
	"this": 0, "current": 0, "next": 1, "coming": 1, "upcoming": 1, "following": 1, "last": -1, "previous": -1, "past": -1,
}

// pointed reads "this week", "next month", "last year", "next Friday", "next
// spring", "the coming Monday", "this time next year", "the week after next".
func (r *dateReader) pointed(i, depth int) (m moment, n int) {
	if u, k := unitAt(r.tokens, i, false); k > 0 && r.is(i+k, "after") && r.is(i+k+1, "next") {
		return r.period(u, 2), k + 2
	}
	if r.is(i, "later") && r.is(i+1, "this", "next") {
		m, n = r.pointed(i+1, depth)
		if n == 0 {
			return m, 0
		}
		return m.adjust(m.prec, func(e, l Date) (Date, Date) { return minDate(maxDate(e, r.today), l), l }), n + 1
	}
	shift, ok := pointers[r.at(i).s]
	if !ok {
		return m, 0
	}
	k := i + 1
	if r.is(i, "this") && r.is(k, "coming", "next", "upcoming", "past", "last") {
		k++
	}
	if r.is(i, "this") && r.is(i+1, "time") {
		return r.thisTime(i)
	}
	if m, n = r.stretchAhead(i); n > 0 {
		return m, n
	}
	if r.is(k, "weekend") {
		return r.weekend(shift, k == i+2), k + 1 - i
	}
	if u, size := unitAt(r.tokens, k, false); size > 0 && u >= days && len(r.at(k).s) > 1 {
		return r.pointedUnit(i, k, u, size, shift)
	}
	if r.is(k, "half") && r.is(k+1, "year") || r.is(k, "half-year") {
		return r.nextHalf(shift), k + 2 - i
	}
	if r.is(k, "fiscal", "financial", "tax", "fy") {
		return r.fiscalPeriod(shift), k + 1 + b2i(r.is(k+1, "year")) - i
	}
	return r.pointedName(i, k, shift)
}

func (r *dateReader) pointedUnit(i, k int, u unit, size, shift int) (m moment, n int) {
	switch {
	case r.is(i, "this", "current") && k == i+2: // this coming week
		shift = 1
	case r.is(i, "past") || u == days && !r.is(i, "next"):
		return m, 0
	}
	if r.is(k, "days", "weeks", "months", "years", "quarters", "decades") {
		return m, 0
	}
	n = k + size - i
	m = r.period(u, shift)
	if follows(r.tokens, i+n, []string{"or", "the", r.at(k).s, "after"}) && !r.is(i+n+4, "next", "that") {
		_, l, ok := r.period(u, shift+1).at(0)
		if e, _, _ := m.at(0); ok {
			return fixedSpan(e, l, m.prec), n + 4
		}
	}
	if u == weeks { // next week on Friday
		j := i + n
		if r.is(j, ",") {
			j++
		}
		if r.is(j, "on") {
			j++
		}
		if w, ok := r.weekdayAt(j); ok && r.likelyWeekday(j) {
			d := mondayOf(r.today).AddDays(7*shift + (int(w)+6)%7)
			return fixedDay(d), j + 1 - i
		}
	}
	if r.is(i, "this", "current") && r.o.Toward == Future {
		m = keepParts(m, m.adjust(m.prec, func(e, l Date) (Date, Date) { return maxDate(e, r.today), l }))
	}
	return m, n
}

// keepParts gives adjusted the parts that m was typed with.
func keepParts(m, adjusted moment) moment {
	adjusted.y, adjusted.m, adjusted.d = m.y, m.m, m.d
	return adjusted
}

// pointedName reads next, this or last before a month, weekday, season, feast
// or quarter.
func (r *dateReader) pointedName(i, k, shift int) (m moment, n int) {
	if w, ok := r.weekdayAt(k); ok && r.likelyWeekday(k) {
		return r.pointedWeekday(r.at(i).s, w, k > i+1), k + 1 - i
	}
	m, n = r.monthFirst(k)
	if n == 0 {
		m, n = r.feastDay(k)
	}
	if n == 0 {
		m, n = r.quarterOrHalf(k)
	}
	if n == 0 {
		m, n = r.season(k)
	}
	if n == 0 || m.problem != NoProblem || m.fixed {
		return moment{}, 0
	}
	n += k - i
	if y, size := r.yearAfter(i + n); size > 0 {
		return m.inYear(y), n + size
	}
	first := r.firstYear(m, shift < 0)
	switch {
	case shift == -1:
		return m.inYear(first), n
	case r.is(i, "this", "coming", "upcoming", "current"), m.d != 0:
		return m, n
	}
	// "next": the one that comes next, or the one of next year.
	e, _, _ := m.at(first)
	if e.Year > r.today.Year && !m.ask {
		return m.inYear(first), n
	}
	if !m.ask || !e.After(r.today) && e.Year == r.today.Year {
		if m.ask {
			return m.inYear(first + 1), n
		}
		return either(m.inYear(first), m.inYear(first+1)), n
	}
	a, b := m.inYear(first), m.inYear(first+1)
	a.ask, b.ask = false, false
	return either(a, b), n
}

// firstYear is the year in which m comes round next, or came round last.
func (r *dateReader) firstYear(m moment, back bool) int {
	for i := range 12 {
		y := r.today.Year - 1 + i
		if back {
			y = r.today.Year + 1 - i
		}
		_, l, ok := m.at(y)
		if ok && l.Before(r.today) == back {
			return y
		}
	}
	return r.today.Year
}

// thisTime reads "this time next year" and "this time last month".
func (r *dateReader) thisTime(i int) (m moment, n int) {
	shift, ok := pointers[r.at(i+2).s]
	u, size := unitAt(r.tokens, i+3, false)
	if !ok || size == 0 || u < days {
		return m, 0
	}
	l := stretch(float64(shift), u)
	return fixedDay(moveDate(r.today, l, 1, false)), 3 + size
}

// nextHalf is the half year that lies shift after the present one.
func (r *dateReader) nextHalf(shift int) moment {
	first := time.Month((int(r.today.Month)-1)/6*6 + 1)
	e := monthStart(r.today.Year, first).AddMonths(6 * shift)
	return fixedSpan(e, e.AddMonths(6).AddDays(-1), Half)
}

// dayOfPeriod reads "the 15th" and "the 15th of next month".
func (r *dateReader) dayOfPeriod(i, depth int) (m moment, n int) {
	d, size := r.dayNumber(i)
	if size == 0 || d > 31 || r.at(i).kind == number && size == 1 && !r.is(i+1, "of") {
		return m, 0
	}
	k := i + size
	if j := k + b2i(r.is(k, "of")); j > k || r.is(j, "next", "this") {
		j += b2i(r.is(j, "the"))
		in, m2 := r.pointed(j, depth+1)
		if m2 == 0 && r.is(j, "month") {
			in, m2 = r.current(months), 1
		}
		if m2 > 0 && in.prec == Month && in.m != 0 && depth <= maxDepth {
			return typed(in.y, in.m, d), j + m2 - i
		}
	}
	prev, next := r.at(i-1), r.at(k)
	if r.at(i).kind != number || next.kind == word && !afterMonth[next.s] || next.s == "-" || next.s == "/" ||
		!(prev.s == "the" || prev.s == "on" || datePreps[prev.s] || r.wordCount() <= 2) {
		return m, 0
	}
	if next.s == "to" || next.s == "when" {
		return m, 0
	}
	return r.nextDayOfMonth(d), size
}

func (r *dateReader) nextDayOfMonth(d int) moment {
	e := monthStart(r.today.Year, r.today.Month)
	for i := range 12 {
		step := i
		if r.o.Toward == Past {
			step = -i
		}
		first := e.AddMonths(step)
		day, ok := newDate(first.Year, first.Month, d)
		if ok && (r.o.Toward == Future && !day.Before(r.today) || r.o.Toward == Past && !day.After(r.today)) {
			m := fixedDay(day)
			m.y, m.m, m.d, m.dayOnly = day.Year, int(day.Month), day.Day, true
			return m
		}
	}
	return moment{problem: NoSuchDay}
}

// feastDay reads Christmas, Easter and their like.
func (r *dateReader) feastDay(i int) (m moment, n int) {
	if r.at(i).kind != word {
		return m, 0
	}
	if r.is(i, "new") && r.is(i+1, "year") {
		switch {
		case r.is(i-1, "the") || r.is(i-1, "in"): // in the new year: its first weeks
			return month(1), 2
		case r.is(i-1, "a"):
			return m, 0
		}
	}
	if r.is(i, "turn") && follows(r.tokens, i+1, []string{"of", "the", "year"}) {
		return dayMonth(31, 12), 4
	}
	for _, f := range feasts {
		if follows(r.tokens, i, f.words) {
			return f.moment, len(f.words)
		}
	}
	return m, 0
}
