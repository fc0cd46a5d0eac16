package reading

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
	if mon := r.monthAt(i + 1); mon > 0 && r.likelyMonth(i+1) && y >= minYear && y <= maxYear { // 2030 November
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
