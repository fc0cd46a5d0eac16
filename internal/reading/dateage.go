package reading

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
