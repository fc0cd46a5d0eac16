package reading

// part is a part of a period: its beginning, its end.
type part int

const (
	noPart part = iota
	startPart
	earlyPart
	midPart
	latePart
	endPart
	firstHalf
	secondHalf
)

// modified reads a part of a period: "end of 2027", "early March", "mid-2027",
// "the last week of May", "the first Monday of June".
func (r *dateReader) modified(i, depth int) (m moment, n int) {
	if depth >= maxDepth {
		return m, 0
	}
	if m, n = r.nthOf(i, depth); n > 0 {
		return m, n
	}
	p, k := r.partAt(i)
	if p == noPart {
		return m, 0
	}
	q, next := p, k
	if r.is(k, "to", "or", "-") { // mid to late 2027
		next++
	}
	if next > k || r.is(k-1, "-") { // mid-late 2027
		if second, end := r.partAt(next); second != noPart {
			q, k = second, end
		}
	}
	in, size := r.inner(k, depth)
	if size == 0 || in.problem != NoProblem {
		return in, b2i(size > 0) * (k + size - i)
	}
	if q == endPart && p == q {
		return endOf(in, r.today), k + size - i
	}
	grain := in.prec
	take := func(in moment) moment {
		return in.adjust(finer(grain), func(e, l Date) (Date, Date) {
			a, _ := cut(p, grain, e, l)
			_, b := cut(q, grain, e, l)
			return a, b
		})
	}
	m = take(in)
	if u := units[r.at(k+size-1).s]; u != noUnit && r.o.Toward == Future && r.is(k+size-2, "the", "in", "of") && m.fixed {
		if _, l, _ := m.at(0); l.Before(r.today) {
			m = take(r.period(u, 1)) // "early in the year", said in November
		}
	}
	return m, k + size - i
}

// partAt reads the word for a part and what joins it to its period; k is the
// token after both.
func (r *dateReader) partAt(i int) (p part, k int) {
	k = i + b2i(r.is(i, "very"))
	needsOf := true
	switch r.at(k).s {
	case "eow", "eom", "eoq", "eoy":
		p, needsOf = endPart, false
	case "end", "close", "ende":
		p, needsOf = endPart, r.is(k, "close")
		if pronouns[r.at(k-1).s] {
			needsOf = true
		}
	case "start", "beginning":
		p = startPart
	case "middle", "midpoint":
		p = midPart
	case "early", "anfang":
		p, needsOf = earlyPart, false
	case "mid", "mitte":
		p, needsOf = midPart, false
	case "late":
		p, needsOf = latePart, false
	case "halfway":
		if r.is(k+1, "through", "into") {
			return midPart, k + 2
		}
	case "half":
		switch {
		case r.is(k+1, "way") && r.is(k+2, "through", "into"):
			return midPart, k + 3
		case r.is(k+1, "of") && r.is(k-1, "the", "by"):
			return midPart, k + 2
		}
	default:
		return noPart, i
	}
	if k++; r.is(k, "-") && (!needsOf || r.is(k+1, "of")) {
		k++
	}
	if r.is(k, "of") && r.is(k+1, "-") {
		return p, k + 2 // end-of-year
	}
	switch {
	case r.is(k, "of"):
		k++
	case needsOf:
		return noPart, i
	case r.is(k, "in", "on") && p != endPart:
		k++
	}
	return p, k
}

// inner reads the period that a part belongs to; "the year" and "month" alone
// are the present ones.
func (r *dateReader) inner(k, depth int) (m moment, n int) {
	j := k + b2i(r.is(k, "the"))
	switch r.at(j).s {
	case "week", "month", "quarter", "year", "day", "decade":
		if !r.is(j+1, "of", "commencing", "after") && r.at(j+1).kind != number {
			return r.current(units[r.at(j).s]), j + 1 - k
		}
		if r.is(j, "year") && r.at(j+1).kind == number {
			j++
		}
	case "season", "term", "semester", "trimester":
		return m, 0
	}
	m, n = r.expr(j, depth+1)
	if n == 0 {
		if m, n = r.bareSeason(j); n > 0 {
			if y, size := r.yearAfter(j + n); size > 0 {
				m, n = m.inYear(y), n+size
			}
		}
	}
	if n == 0 {
		return m, 0
	}
	return m, j + n - k
}

// bareSeason reads a season where only a period can stand: "late summer".
func (r *dateReader) bareSeason(i int) (m moment, n int) {
	if seasonStart[r.at(i).s] == 0 || seasonAfter[r.at(i+1).s] {
		return m, 0
	}
	first := seasonStart[r.at(i).s]
	if r.south {
		first = (first+5)%12 + 1
	}
	m = monthsFrom(first, 3, Season)
	m.ask = true
	return m, 1
}

// finer is the grain of a part of p.
func finer(p Precision) Precision {
	switch p {
	case Year:
		return Quarter
	case Half, Quarter, Season:
		return Month
	case Month:
		return Week
	}
	return Day
}

// endOf is the last stretch of m: the last month of a year or quarter, the last
// week of a month, Friday of a working week.
func endOf(m moment, today Date) moment {
	grain := m.prec
	p := finer(grain)
	if grain == Year {
		p = Month
	}
	out := m.adjust(p, func(e, l Date) (Date, Date) {
		a, b := cut(endPart, grain, e, l)
		if b.Before(today) && !l.Before(today) {
			a, b = l, l // on Saturday the week still ends on Sunday
		}
		return minDate(a, b), b
	})
	out.endOf = true
	return out
}

// cut returns the days of a part of the period from e to l.
func cut(p part, grain Precision, e, l Date) (Date, Date) {
	switch p {
	case firstHalf:
		return e, mid(e, l, grain).AddDays(-1)
	case secondHalf:
		return mid(e, l, grain), l
	}
	switch grain {
	case Year:
		return cutMonths(p, e, l, [...]int{1, 3, 5, 2, 9, 3, 1})
	case Half:
		return cutMonths(p, e, l, [...]int{1, 2, 2, 2, 4, 2, 1})
	case Quarter, Season:
		return cutMonths(p, e, l, [...]int{1, 1, 1, 1, 2, 1, 1})
	case Month:
		return cutDays(p, e, l, [...]int{7, 10, 10, 10, 20, 7})
	case Week:
		return cutDays(p, e, l.AddDays(-2), [...]int{1, 2, 2, 1, 3, 1})
	}
	return e, l
}

// cutMonths takes months from a period: the sizes are start, early, where the
// middle begins, how long it is, where late begins, its length, and end.
func cutMonths(p part, e, l Date, s [7]int) (Date, Date) {
	switch p {
	case startPart:
		return e, e.AddMonths(s[0]).AddDays(-1)
	case earlyPart:
		return e, e.AddMonths(s[1]).AddDays(-1)
	case midPart:
		return e.AddMonths(s[2]), e.AddMonths(s[2] + s[3]).AddDays(-1)
	case latePart:
		return e.AddMonths(s[4]), l
	}
	first := monthStart(l.Year, l.Month)
	return maxDate(e, first.AddMonths(1-s[6])), l
}

// cutDays takes days: the sizes are start, early, where the middle begins, how
// long it is, where late begins, and end.
func cutDays(p part, e, l Date, s [6]int) (Date, Date) {
	switch p {
	case startPart:
		return e, minDate(l, e.AddDays(s[0]-1))
	case earlyPart:
		return e, minDate(l, e.AddDays(s[1]-1))
	case midPart:
		return minDate(l, e.AddDays(s[2])), minDate(l, e.AddDays(s[2]+s[3]-1))
	case latePart:
		return minDate(l, e.AddDays(s[4])), l
	}
	return maxDate(e, l.AddDays(1-s[5])), l
}

func mid(e, l Date, grain Precision) Date {
	if grain >= Quarter {
		months := (l.Year-e.Year)*12 + int(l.Month) - int(e.Month) + 1
		return e.AddMonths(months / 2)
	}
	return e.AddDays((e.DaysUntil(l) + 1) / 2)
}
