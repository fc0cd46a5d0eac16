package reading

import (
	"time"
)

func (r *dateReader) weekend(shift int, coming bool) moment {
	sat := mondayOf(r.today).AddDays(5)
	at := func(d Date) moment { return fixedSpan(d, d.AddDays(1), Day) }
	if shift == 1 && !coming {
		return either(at(sat), at(sat.AddDays(7)))
	}
	if shift < 0 {
		return at(sat.AddDays(-7))
	}
	return at(sat)
}

// upcoming is the first w after today.
func (r *dateReader) upcoming(w time.Weekday) Date {
	return r.today.AddDays((int(w)-int(r.today.Weekday())+6)%7 + 1)
}

// pointedWeekday reads this, next, coming or last before a weekday. "Next
// Friday" is the coming one for some and the one of next week for others.
func (r *dateReader) pointedWeekday(pointer string, w time.Weekday, coming bool) moment {
	d := r.upcoming(w)
	switch {
	case pointer == "last" || pointer == "past" || pointer == "previous":
		back := d.AddDays(-7)
		if back == r.today {
			back = back.AddDays(-7)
		}
		return fixedDay(back)
	case pointer == "this" && !coming && w == r.today.Weekday():
		return fixedDay(r.today)
	case pointer == "next" && !coming:
		return either(fixedDay(d), fixedDay(d.AddDays(7)))
	}
	return fixedDay(d)
}

// weekdayFirst reads "Friday", "Friday 12 March", "Friday the 13th", "Friday
// week", "Friday of next week".
func (r *dateReader) weekdayFirst(i, depth int) (m moment, n int) {
	w, ok := r.weekdayAt(i)
	if !ok || !r.likelyWeekday(i) || r.recurring(i) {
		return m, 0
	}
	j := i + 1
	if r.is(j, ".", ",") {
		j++
	}
	k := j + b2i(r.is(j, "the", "on"))
	if m, n = r.dayOn(k, depth); n > 0 && m.problem != NoProblem {
		return m, k + n - i
	}
	if n > 0 {
		m = withWeekday(m, w)
		if m.fixed || m.choices != nil {
			return m, k + n - i
		}
		if y, size := r.yearAfter(k + n); size > 0 {
			return m.inYear(y), k + n + size - i
		}
		return m, k + n - i
	}
	if d := r.at(k); d.kind == number && ordinalEnd[r.at(k+1).s] && r.touch(k+1) { // Friday the 13th
		if day, ok := r.weekdayWithDay(w, d.n); ok {
			return fixedDay(day), k + 2 - i
		}
	}
	if r.is(i+1, "in") { // "Monday in two weeks": the one this side or the far side
		if a, size := quantity(r.tokens, i+2); size > 0 && a.unit == weeks && a.lo == a.hi {
			d := r.upcoming(w).AddDays(int(a.lo.days))
			return either(fixedDay(d.AddDays(-7)), fixedDay(d)), 2 + size
		}
	}
	if r.is(i+1, "week") && r.at(i+2).kind != number {
		return fixedDay(r.upcoming(w).AddDays(7)), 2
	}
	k = i + 1
	for range 2 {
		if r.is(k, "of", "in", ",") {
			k++
		}
	}
	if shift, ok := pointers[r.at(k).s]; ok && r.is(k+1, "week") {
		return fixedDay(mondayOf(r.today).AddDays(7*shift + (int(w)+6)%7)), k + 2 - i
	}
	d := r.upcoming(w)
	switch {
	case r.o.Toward == Past:
		m = fixedDay(d.AddDays(-7))
	case w == r.today.Weekday():
		m = either(fixedDay(r.today), fixedDay(d))
	default:
		m = fixedDay(d)
	}
	m.lone = true
	return m, 1
}

// recurring reports whether the weekday at token i says when something is held
// week by week: "every Tuesday", "Tuesday evenings", "Tuesday and Thursday".
func (r *dateReader) recurring(i int) bool {
	if r.is(i-1, "every", "each") || r.is(i+1, "evenings", "mornings", "afternoons", "nights", "lunchtimes") {
		return true
	}
	if r.is(i+1, "and", "&") && r.anyWeekday(i+2) && !r.is(i-1, "between") {
		return true
	}
	return r.is(i-1, "and", "&") && r.anyWeekday(i-2) && !r.is(i-3, "between")
}

// anyWeekday reports whether token i is a weekday, or several of it.
func (r *dateReader) anyWeekday(i int) bool {
	_, ok := r.weekdayAt(i)
	return ok || dayName[r.at(i).s] > 0
}

// dayOn reads a date with a day and a month, in any of its forms.
func (r *dateReader) dayOn(k, depth int) (m moment, n int) {
	if depth > maxDepth {
		return m, 0
	}
	if m, n = r.dayAndMonth(k); n > 0 {
		return m, n
	}
	if m, n = r.numericDate(k); n > 0 && m.prec == Day {
		return m, n
	}
	if m, n = r.monthFirst(k); n > 0 && m.d != 0 {
		return m, n
	}
	return r.dotted(k)
}

// dotted reads the 11.12 of "Friday 11.12", which is a number elsewhere.
func (r *dateReader) dotted(k int) (m moment, n int) {
	d, month := r.at(k), r.at(k+2)
	if d.kind != number || month.kind != number || !r.is(k+1, ".") || !r.touch(k+1) || !r.touch(k+2) || r.touch(k+3) && r.at(k+3).kind != punct ||
		d.n < 1 || d.n > 31 || d.end-d.start > 2 || month.n < 1 || month.n > 12 || month.end-month.start > 2 {
		return m, 0
	}
	return dayMonth(d.n, month.n), 3
}

func withWeekday(m moment, w time.Weekday) moment {
	m.weekday, m.hasWeekday = w, true
	if m.choices == nil {
		return m
	}
	var fitting []moment // 03/04 on a Friday may be one of the two only
	for _, c := range m.choices {
		if e, _, ok := c.at(0); c.fixed && ok && e.Weekday() == w {
			fitting = append(fitting, c)
		}
	}
	if len(fitting) == 1 {
		return fitting[0]
	}
	return m
}

// weekdayWithDay is the next day d of a month that falls on w.
func (r *dateReader) weekdayWithDay(w time.Weekday, d int) (Date, bool) {
	e := monthStart(r.today.Year, r.today.Month)
	for i := range 40 {
		step := i
		if r.o.Toward == Past {
			step = -i
		}
		first := e.AddMonths(step)
		day, ok := newDate(first.Year, first.Month, d)
		if ok && day.Weekday() == w && (r.o.Toward == Future && !day.Before(r.today) || r.o.Toward == Past && !day.After(r.today)) {
			return day, true
		}
	}
	return Date{}, false
}
