package reading

import (
	"time"
)

// numericDate reads dates in digits: 2027-03-01, 1.3.2027, 3/4/27, 03/04,
// 2027-03, 03/2027, 1.3. and the Excel form 01-Mar-27 is left to dayAndMonth.
func (r *dateReader) numericDate(i int) (m moment, n int) {
	if m, n = r.basicISO(i); n > 0 {
		return m, n
	}
	sep := r.at(i + 1).s
	if !r.touch(i+1) || !r.touch(i+2) || r.at(i+2).kind != number || sep != "-" && sep != "/" && sep != "." {
		return m, 0
	}
	if r.touch(i) && i > 0 && r.is(i-1, "$", "€", "£", ".", "/", ":", "-") {
		return m, 0
	}
	if r.is(i+3, sep) && r.touch(i+3) && r.touch(i+4) && r.at(i+4).kind == number {
		if m = r.threeNumbers(i, sep); m.at != nil || m.choices != nil || m.problem != NoProblem {
			return m, 5
		}
		return m, 0
	}
	return r.twoNumbers(i, sep)
}

// basicISO reads 20270301.
func (r *dateReader) basicISO(i int) (m moment, n int) {
	t := r.at(i)
	if t.end-t.start != 8 || t.n < minYear*10000 || t.n > maxYear*10000+1231 {
		return m, 0
	}
	d, ok := newDate(t.n/10000, time.Month(t.n/100%100), t.n%100)
	if !ok {
		return m, 0
	}
	return typedDay(d), 1
}

// typedDay is a day of which every part was typed.
func typedDay(d Date) moment {
	if !inRange(d) {
		return moment{problem: OutOfRange}
	}
	m := fixedDay(d)
	m.y, m.m, m.d = d.Year, int(d.Month), d.Day
	return m
}

func (r *dateReader) threeNumbers(i int, sep string) moment {
	a, b, c := r.at(i), r.at(i+2), r.at(i+4)
	switch {
	case a.end-a.start == 4:
		return typed(a.n, b.n, c.n)
	case c.end-c.start == 4 || c.end-c.start == 2:
		y := c.n
		if c.end-c.start == 2 {
			y = century(c.n)
		}
		if sep == "." {
			if m := typed(y, b.n, a.n); m.problem != NoSuchDay {
				return m
			}
			return typed(y, a.n, b.n)
		}
		return r.dayOrMonthFirst(a.n, b.n, func(d, m int) moment { return typed(y, m, d) })
	case c.n > 9999 || c.n < 0:
		return moment{problem: OutOfRange}
	}
	return moment{}
}

func typed(y, m, d int) moment {
	switch day, ok := newDate(y, time.Month(m), d); {
	case y < minYear || y > maxYear:
		return moment{problem: OutOfRange}
	case !ok:
		return moment{problem: NoSuchDay}
	default:
		return typedDay(day)
	}
}

// dayOrMonthFirst decides which of two numbers is the day, or offers both.
func (r *dateReader) dayOrMonthFirst(a, b int, build func(d, m int) moment) moment {
	switch {
	case a > 12 || a == b:
		return build(a, b)
	case b > 12:
		return build(b, a)
	case r.o.DayFirst != nil && *r.o.DayFirst:
		return build(a, b)
	case r.o.DayFirst != nil:
		return build(b, a)
	}
	x, y := build(a, b), build(b, a)
	switch {
	case x.problem != NoProblem:
		return y
	case y.problem != NoProblem:
		return x
	}
	return either(x, y)
}

func (r *dateReader) twoNumbers(i int, sep string) (m moment, n int) {
	a, b := r.at(i), r.at(i+2)
	la, lb := a.end-a.start, b.end-b.start
	validMonth := func(n int) bool { return n >= 1 && n <= 12 }
	switch {
	case la == 4 && lb <= 2 && validMonth(b.n) && sep != ".": // 2027-03; 2027/28 is a year's work
		if lb == 2 && b.n == (a.n+1)%100 {
			return m, 0
		}
		return month(b.n).inYear(a.n), 3
	case la <= 2 && lb == 4 && validMonth(a.n): // 03/2027
		return month(a.n).inYear(b.n), 3
	case la > 2 || lb > 2 || a.n < 1 || b.n < 1:
		return m, 0
	}
	switch sep {
	case ".": // 1.3. with its closing dot; 1.5 is a number
		if r.is(i+3, ".") && r.touch(i+3) && validMonth(b.n) && a.n <= 31 &&
			(r.at(i+4).kind != word || datePreps[r.at(i-1).s] || r.is(i+4, "bis", "to", "until")) {
			return dayMonth(a.n, b.n), 4
		}
	case "/":
		return r.slashed(i)
	}
	return m, 0
}

// slashed reads 3/4 and 24/12, not 24/7, 50/50 or 1/2 year.
func (r *dateReader) slashed(i int) (m moment, n int) {
	a, b := r.at(i).n, r.at(i+2).n
	if r.is(i, "24") && r.is(i+2, "7") || r.is(i+3, "/") || a > 12 && b > 12 && b > 31 {
		return m, 0
	}
	if _, u := unitAt(r.tokens, i+3, true); u > 0 {
		return m, 0
	}
	if r.is(i+3, "a", "an", "of") && a < b { // half a, 7/10 of
		return m, 0
	}
	switch {
	case a > 31 || b > 31 && (a > 12 || b < 20) || a > 12 && b > 12:
		return m, 0
	case a <= 12 && b > 12: // 3/27 is 27 March, or March 2027
		if r.o.DayFirst != nil && !*r.o.DayFirst && b <= 31 {
			return dayMonth(b, a), 3
		}
		if b > 31 {
			return month(a).inYear(century(b)), 3
		}
		day := dayMonth(b, a)
		if day.problem != NoProblem {
			return month(a).inYear(century(b)), 3
		}
		return either(day, month(a).inYear(century(b))), 3
	}
	return r.dayOrMonthFirst(a, b, dayMonth), 3
}

// quarterOrHalf reads Q3, H1, 3Q27, "2027 Q3" and "Q3 FY27".
func (r *dateReader) quarterOrHalf(i int) (m moment, n int) {
	t := r.at(i)
	if t.kind == number && t.end-t.start == 4 { // 2027 Q3
		k := i + 1 + b2i(r.is(i+1, "-", "/"))
		if m, n = r.quarterOrHalf(k); n > 0 && r.at(k).kind == word && !m.fixed {
			return m.inYear(t.n), k + n - i
		}
		return moment{}, 0
	}
	if q := r.at(i + 1); t.s == "quarter" && q.kind == number && q.n >= 1 && q.n <= 4 && q.end-q.start == 1 {
		return r.fiscalQuarter(q.n), 2
	}
	letter, digit, end := t, r.at(i+1), i+2
	if t.kind == number {
		letter, digit = r.at(i+1), t
	}
	if !r.touch(i+1) || digit.kind != number || digit.end-digit.start != 1 {
		return m, 0
	}
	switch {
	case letter.s == "q" && digit.n >= 1 && digit.n <= 4:
		m = r.fiscalQuarter(digit.n)
	case letter.s == "h" && digit.n >= 1 && digit.n <= 2:
		m = half(digit.n)
	default:
		return m, 0
	}
	if t.kind == number && (letter.s == "h" && r.at(i+2).kind != number || !r.touch(i+2) && r.at(i+2).kind != number) {
		return moment{}, 0 // "3 h" are hours
	}
	if y := r.at(end); t.kind == number && y.kind == number && r.touch(end) && y.end-y.start == 2 { // 3Q27
		return m.inYear(century(y.n)), end + 1 - i
	}
	if y, k := r.gluedYear(end); k > 0 {
		return m.inYear(y), end + k - i
	}
	k := end + b2i(r.is(end, "of", "in", "/", "-"))
	if y, size := r.fiscalNumber(k); size > 0 {
		if letter.s == "q" {
			return r.quarterOfFiscal(digit.n, y), k + size - i
		}
		return m.inYear(y), k + size - i
	}
	return m, end - i
}

// fiscalQuarter is quarter q of the calendar, or of the operator's fiscal year.
func (r *dateReader) fiscalQuarter(q int) moment {
	fs := int(r.o.FiscalStart)
	if fs <= 1 {
		return quarter(q)
	}
	return monthsFrom(fs+3*(q-1)-12, 3, Quarter)
}

// numberedWeek reads "week 12", "calendar week 12", "W12", "KW 12" and "week
// of 4 May".
func (r *dateReader) numberedWeek(i int) (m moment, n int) {
	k := i + b2i(r.is(i, "calendar", "iso"))
	switch {
	case r.is(k, "week", "cw", "kw") && r.at(k+1).kind == number && !r.is(k+2, "-") && (!r.is(k+2, "of") || r.at(k+3).kind == number || r.is(k+4, "year")) || r.is(k, "w") && r.touch(k+1) && r.at(k+1).kind == number:
		w := r.at(k + 1)
		if w.n < 1 || w.n > 53 || w.end-w.start > 2 {
			return m, 0
		}
		return isoWeek(w.n), k + 2 - i
	case r.is(k, "week") && r.is(k+1, "of", "commencing", "beginning", "starting"):
		j := k + 2 + b2i(r.is(k+2, "the"))
		d, size := r.dayAndMonth(j)
		if size == 0 {
			if d, size = r.numericDate(j); size == 0 {
				if d, size = r.monthFirst(j); d.d == 0 {
					return m, 0
				}
			}
		}
		if d.prec != Day || size == 0 {
			return m, 0
		}
		return d.adjust(Week, func(e, _ Date) (Date, Date) { return mondayOf(e), mondayOf(e).AddDays(6) }), j + size - i
	}
	return m, 0
}
