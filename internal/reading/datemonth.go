package reading

import (
	"time"
)

// dayAndMonth reads a day followed by its month: "1 March", "1st of March",
// "3-5 March", "01-Mar-27", "the second of March".
func (r *dateReader) dayAndMonth(i int) (m moment, n int) {
	d, k := r.dayNumber(i)
	if k == 0 {
		return r.noDay(i)
	}
	j := i + k
	last := 0
	if r.is(j, "-", "to", "and", "until", "or", "/") { // 3 to 5 March
		if e, size := r.dayNumber(j + 1); size > 0 && e > d && (!r.is(j, "and", "or") || r.is(i-1, "between") || r.is(j, "or")) {
			if _, after := r.monthBeside(j + 1 + size); after > 0 {
				last, j = e, j+1+size
			}
		}
	}
	mon, size := r.monthBeside(j)
	if size == 0 {
		return m, 0
	}
	j += size
	if d > 31 {
		return r.noDay(i)
	}
	m = dayMonth(d, mon)
	if last > 0 {
		end := dayMonth(last, mon)
		if end.problem != NoProblem {
			return end, j - i
		}
		m = monthDays(mon, d, last)
	}
	if y, size := r.gluedYear(j); size > 0 {
		return m.inYear(y), j + size - i
	}
	return m, j - i
}

// noDay reads "32 March".
func (r *dateReader) noDay(i int) (m moment, n int) {
	t := r.at(i)
	if mon := r.monthAt(i + 1); mon == 0 || t.kind != number || t.end-t.start > 2 || r.at(i+2).kind == word || r.is(i-1, ":", ".", ",", "of") {
		return m, 0
	}
	return moment{problem: NoSuchDay}, 2
}

// gluedYear reads the year of 01-Mar-27 and 1.März 27.
func (r *dateReader) gluedYear(j int) (y, n int) {
	t := r.at(j + 1)
	if r.is(j, "-", "/", ".") && r.touch(j) && r.touch(j+1) && t.kind == number && t.end-t.start == 2 {
		return century(t.n), 2
	}
	t = r.at(j)
	if next := r.at(j + 1); t.kind == number && t.end-t.start == 2 && t.n >= 20 && t.n < 80 && next.kind != word && next.kind != number && !r.is(j+1, "%", ":", "-", "/") {
		return century(t.n), 1
	}
	return 0, 0
}

// monthDays is a range of days inside one month.
func monthDays(mon, from, to int) moment {
	return moment{prec: Day, m: mon, at: func(y int) (Date, Date, bool) {
		e, ok := newDate(y, time.Month(mon), from)
		l, ok2 := newDate(y, time.Month(mon), to)
		return e, l, ok && ok2
	}}
}

// monthBeside reads a month with the little words that join it to its day.
func (r *dateReader) monthBeside(j int) (mon, n int) {
	k := j
	if r.is(k, ".") && r.touch(k) {
		k++
	}
	if r.is(k, "of", "-", "/", "in") && !r.is(k, "in") {
		k++
	}
	if mon = r.monthAt(k); mon == 0 {
		return 0, 0
	}
	if r.is(k, "may", "march") && !r.at(k).upper && k == j && pronouns[r.at(k+1).s] && !r.is(k+1, "and", "or", "but", "so", "work", "there", "this") {
		return 0, 0
	}
	k++
	if r.is(k, ".") && r.touch(k) && r.at(k+1).kind == number {
		k++ // 1 Sept. 2027
	}
	return mon, k - j
}

// dayNumber reads a day of the month at token i: 12, 12th, "twelfth",
// "twenty-first".
func (r *dateReader) dayNumber(i int) (d, n int) {
	t := r.at(i)
	if t.kind == number {
		if t.end-t.start > 2 || t.n < 1 || r.is(i-1, ":", "$", "€", "£") && r.touch(i) {
			return 0, 0
		}
		if r.touch(i+1) && r.at(i+1).kind == word {
			switch {
			case ordinalEnd[r.at(i+1).s]:
				return t.n, 2
			case r.monthAt(i+1) == 0: // "2o27" is no 2nd
				return 0, 0
			}
		}
		return t.n, 1
	}
	if d := ordinals[t.s]; d != 0 {
		return d, 1
	}
	if tens := cardinals[t.s]; tens == 20 || tens == 30 {
		k := 1 + b2i(r.is(i+1, "-"))
		if d := ordinals[r.at(i+k).s]; d > 0 && d < 10 {
			return int(tens) + d, k + 1
		}
	}
	return 0, 0
}

// monthFirst reads a month, alone or followed by its day: "March", "March 1st",
// "March the second", "Mar-27".
func (r *dateReader) monthFirst(i int) (m moment, n int) {
	mon := r.monthAt(i)
	if mon == 0 || !r.likelyMonth(i) {
		return m, 0
	}
	j := i + 1
	if r.is(j, ".") && r.touch(j) && len(r.at(i).s) <= 4 && r.at(j+1).kind == number {
		j++
	}
	if y := r.at(j + 1); r.is(j, "-", "/") && r.touch(j) && r.touch(j+1) && y.kind == number && y.end-y.start == 2 {
		long := month(mon).inYear(century(y.n))
		if day := dayMonth(y.n, mon); y.n >= 1 && y.n <= 31 && day.problem == NoProblem {
			return either(day, long), j + 2 - i
		}
		return long, j + 2 - i
	}
	k := j + b2i(r.is(j, "the"))
	d, size := r.dayNumber(k)
	if size == 0 || r.at(k).kind == number && r.notADay(k, size) || r.at(k).kind == word && k == j && !r.ordinalDayHere(k, size) {
		return month(mon), j - i
	}
	if d > 31 {
		return month(mon), j - i
	}
	end := k + size
	if to, s2 := r.dayNumber(end + 1); r.is(end, "-", "to", "until") && s2 > 0 && to > d && !r.notADay(end+1, s2) {
		if m = monthDays(mon, d, to); dayMonth(to, mon).problem == NoProblem {
			return m, end + 1 + s2 - i
		}
	}
	m = dayMonth(d, mon)
	if y, size := r.gluedYear(end); size > 0 {
		return m.inYear(y), end + size - i
	}
	return m, end - i
}

// notADay reports whether the number after a month counts something else: a
// clock time or "in May 3 weeks".
func (r *dateReader) notADay(k, size int) bool {
	if r.is(k+size, ":", "%", "pm", "am", "h", "hours") {
		return true
	}
	_, u := unitAt(r.tokens, k+size, true)
	return u > 0
}

// ordinalDayHere guards "in March second interviews".
func (r *dateReader) ordinalDayHere(k, size int) bool {
	next := r.at(k + size)
	return next.kind != word || afterMonth[next.s]
}
