package reading

import "time"

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
			return m.inYear(y), n + k
		}
		return m, n
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
		for _, read := range [...]func(int, int) (moment, int){r.ordinalPeriod, r.dayOfPeriod, r.counted} {
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

// yearAfter reads the year that follows a date: "2027", ", 2027", "of 2027",
// "'27", "next year".
func (r *dateReader) yearAfter(i int) (y, n int) {
	k := i
	if r.is(k, ",", "/", "-") {
		k++
	}
	if r.is(k, "of", "in") {
		k++
	}
	if r.is(k, "the") && r.is(k+1, "year") {
		k += 2
	}
	t := r.at(k)
	switch {
	case t.kind == number && t.end-t.start == 4:
		odd := t.n < minYear || t.n > maxYear
		if next := r.at(k + 1); odd && next.kind == word || r.is(k+1, ":", "%", "€", "$", "/") || r.touch(k+1) && next.kind == word {
			return 0, 0
		}
		if _, u := unitAt(r.tokens, k+1, true); u > 0 {
			return 0, 0
		}
		return t.n, k + 1 - i
	case t.s == "'" && r.at(k+1).kind == number && r.touch(k+1) && r.at(k+1).end-r.at(k+1).start == 2:
		return century(r.at(k + 1).n), k + 2 - i
	case t.s == "fy":
		return 0, 0
	}
	if shift, ok := pointers[t.s]; ok && r.is(k+1, "year", "year's") {
		return r.today.Year + shift, k + 2 - i
	}
	return 0, 0
}

// century reads a year of two digits.
func century(y int) int {
	if y >= 80 {
		return 1900 + y
	}
	return 2000 + y
}

// yearGuard reports whether a bare number of four digits is likely a year.
func (r *dateReader) yearGuard(i int) bool {
	y, prev, next := r.at(i).n, r.at(i-1), r.at(i+1)
	switch prev.s {
	case "$", "€", "£", "#", "+", ":", ".", "than", "about":
		return false
	}
	switch next.s {
	case "%", "€", "$", "£", "+", ":", "k":
		return false
	}
	if next.s == "ish" {
		return true
	}
	if r.touch(i+1) && (next.kind == word || r.is(i+1, ".", ",") && r.touch(i+2) && r.at(i+2).kind == number) {
		return false
	}
	if _, n := unitAt(r.tokens, i+1, true); n > 0 || countable[next.s] {
		return false
	}
	if datePreps[prev.s] || prev.s == "year" || prev.s == "to" || prev.s == "or" || prev.s == "-" {
		return true
	}
	if next.kind == word && !afterMonth[next.s] {
		return false
	}
	if r.wordCount() <= 2 {
		return true
	}
	if r.o.Toward == Past {
		return y <= r.today.Year && y > r.today.Year-80
	}
	return y >= r.today.Year && y < r.today.Year+40
}

// What four digits count when they are no year.
var countable = set("euro euros eur usd dollars dollar pounds bucks people users clients customers companies employees words km steps points followers lines pages members students francs chf kronor pln zloty per a")

func (r *dateReader) bareYear(i int) (m moment, n int) {
	t := r.at(i)
	if t.end-t.start > 4 && r.is(i-1, "by", "in", "until", "till") && r.at(i+1).kind != word && !r.touch(i+1) {
		if b, k := r.basicISO(i); k > 0 {
			return b, k
		}
		return moment{problem: OutOfRange}, 1
	}
	if t.end-t.start != 4 || !r.yearGuard(i) {
		return m, 0
	}
	if t.n < minYear || t.n > maxYear {
		if (datePreps[r.at(i-1).s] || r.is(i-1, "year")) && r.at(i+1).kind != word {
			return moment{problem: OutOfRange}, 1
		}
		return m, 0
	}
	if next := r.at(i + 2); r.is(i+1, "/", "-") && r.touch(i+1) && r.touch(i+2) && next.kind == number && next.end-next.start == 2 && next.n == (t.n+1)%100 {
		return either(year(t.n), year(t.n+1)), 3 // 2027/28
	}
	return year(t.n), 1
}

// shortYear reads "'28" after a preposition.
func (r *dateReader) shortYear(i int) (m moment, n int) {
	t := r.at(i + 1)
	if r.is(i, "'") && t.kind == number && r.touch(i+1) && t.end-t.start == 2 && datePreps[r.at(i-1).s] {
		return year(century(t.n)), 2
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

// age reads "I turn 30", "my 40th birthday", "age 35" and "my birthday".
func (r *dateReader) age(i int) (m moment, n int) {
	years, k := 0, i
	switch {
	case r.is(i, "i"):
		k++
		if r.is(k, "will", "am", "'ll") {
			k++
		}
		if r.is(k, "turn", "turned", "reach", "hit", "be", "become") {
			k++
		}
		if k == i+1 || !r.is(i-1, "when", "before", "time", "until", "till", "once", "after", "that") {
			return m, 0
		}
	case r.is(i, "i'm", "im", "i'll", "turning", "reaching"):
		if k++; r.is(k, "be", "turning") {
			k++
		}
		if !r.is(i-1, "when", "before", "time", "until", "till", "once", "after", "that") {
			return m, 0
		}
	case r.is(i, "age") && datePreps[r.at(i-1).s] || r.is(i, "age") && r.is(i-1, "at", "the"):
		if k++; r.is(k, "of") {
			k++
		}
	case r.is(i, "my"):
		return r.birthday(i)
	default:
		return m, 0
	}
	v, size := cardinal(r.tokens, k)
	if years = int(v); size == 0 || v < 10 || v > 110 {
		return m, 0
	}
	if _, u := unitAt(r.tokens, k+size, true); u > 0 && !r.is(k+size, "years") {
		return m, 0
	}
	k += size
	if r.is(k, "years") && r.is(k+1, "old") {
		k += 2
	}
	return r.turning(years), k - i
}

func (r *dateReader) birthday(i int) (m moment, n int) {
	if r.is(i+1, "birthday") {
		if r.o.Birthday.IsZero() {
			return moment{problem: NeedsBirthday}, 2
		}
		b := r.o.Birthday
		return feast(func(y int) Date { return b.AddMonths(12 * (y - b.Year)) }), 2
	}
	if r.at(i+1).kind == number && ordinalEnd[r.at(i+2).s] {
		switch {
		case r.is(i+3, "birthday"):
			return r.turning(r.at(i + 1).n), 4
		case r.at(i+3).kind != word && datePreps[r.at(i-1).s]:
			return r.turning(r.at(i + 1).n), 3
		}
	}
	return m, 0
}

// turning is the birthday on which the person becomes that old.
func (r *dateReader) turning(years int) moment {
	if r.o.Birthday.IsZero() {
		return moment{problem: NeedsBirthday}
	}
	if years < 0 || years > 130 {
		return moment{problem: OutOfRange}
	}
	return fixedDay(r.o.Birthday.AddMonths(12 * years))
}
