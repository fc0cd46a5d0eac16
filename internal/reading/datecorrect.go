package reading

// join makes one span of two dates that belong together: "March to May",
// "between 3 and 7 June", "June or July".
func (r *dateReader) join() {
	for k := 0; k+1 < len(r.found); k++ {
		a, b := r.found[k], r.found[k+1]
		if a.problem != NoProblem || b.problem != NoProblem || a.choices != nil || b.choices != nil || b.end-a.start > 24 {
			continue
		}
		gap := r.gapWords(a.end, b.core)
		var joined bool
		switch gap {
		case "to", "until", "till", "til", "bis", "through", "thru", "-", "or", "or in", "or by", "to end of", "or maybe", "or even", "and or", "/", "up to":
			joined = true
		case "and":
			joined = a.between || a.prec == b.prec && a.prec >= Month
		case "and the":
			joined = a.between
		}
		if !joined {
			continue
		}
		ra, rb, ok := r.span2(a.moment, b.moment)
		if !ok {
			continue
		}
		m := fixedSpan(ra.Earliest, rb.Latest, max(a.prec, b.prec))
		r.found[k] = found{moment: m, start: a.start, core: a.core, end: b.end, marker: a.marker, not: a.not}
		r.found = append(r.found[:k+1], r.found[k+2:]...)
		k--
	}
}

// span2 resolves the two ends of a range. A year typed at one end counts for
// both, and the end never lies before the beginning.
func (r *dateReader) span2(a, b moment) (Span, Span, bool) {
	rb := r.resolve(b)
	if y := b.y; !a.fixed && b.fixed && y != 0 {
		a = a.inYear(y)
		if ra := r.resolve(a); ra.Earliest.After(rb.Latest) {
			a.fixed = false
		}
	}
	ra := r.resolve(a)
	if rb.Problem != NoProblem || ra.Problem != NoProblem {
		return ra, rb, false
	}
	if rb.Latest.Before(ra.Earliest) && !b.fixed {
		rb = r.resolve(b.inYear(ra.Earliest.Year))
		if rb.Problem == NoProblem && rb.Latest.Before(ra.Earliest) {
			rb = r.resolve(b.inYear(ra.Earliest.Year + 1))
		}
	}
	if rb.Problem == NoProblem && rb.Latest.Before(ra.Earliest) {
		ra, rb = rb, ra
	}
	return ra, rb, ra.Problem == NoProblem && rb.Problem == NoProblem
}

// gapWords returns the tokens from i to j as text, or "" when there are many.
func (r *dateReader) gapWords(i, j int) string {
	if j-i < 1 || j-i > 3 {
		return ""
	}
	s := r.at(i).s
	for k := i + 1; k < j; k++ {
		s += " " + r.at(k).s
	}
	return s
}

var correctionWords = set("no nope wait sorry now actually rather meant mean correction oops scratch nah instead better")

// correct lets a date that was put right replace the one before it: "12 June,
// no, July" is 12 July, "May 2027, sorry, 2028" is May 2028.
func (r *dateReader) correct() {
	for k := 0; k+1 < len(r.found); {
		a, b := r.found[k], r.found[k+1]
		switch {
		case a.not && !b.not:
			r.drop(k)
		case b.not && !a.not, r.is(b.core-1, "of") && r.is(b.core-2, "instead"), r.is(b.core-1, "than") && r.is(b.core-2, "rather"):
			r.drop(k + 1)
		case r.corrected(a.end, b.core):
			b.moment = r.inherit(a.moment, b.moment)
			if b.marker == noMarker {
				b.marker = a.marker
			}
			r.found[k+1] = b
			r.drop(k)
		default:
			k++
		}
	}
	if len(r.found) > 0 {
		r.correctDay(&r.found[len(r.found)-1])
	}
}

func (r *dateReader) drop(k int) { r.found = append(r.found[:k], r.found[k+1:]...) }

// corrected reports whether the few words between two dates take the first back.
func (r *dateReader) corrected(i, j int) bool {
	if j-i > 8 {
		return false
	}
	for k := i; k < j; k++ {
		if t := r.at(k); t.kind == word && correctionWords[t.s] && !(t.s == "no" && r.is(k+1, "later")) {
			return true
		}
	}
	return false
}

// inherit fills the parts that a correction left out from what it corrects.
func (r *dateReader) inherit(a, b moment) moment {
	switch {
	case b.problem != NoProblem || b.choices != nil:
		return b
	case b.dayOnly && a.m != 0: // 12 June → the 14th
		c := dayMonth(b.d, a.m)
		if a.y != 0 {
			return c.inYear(a.y)
		}
		return c
	case a.d != 0 && b.m != 0 && b.d == 0: // 12 June → July
		c := dayMonth(a.d, b.m)
		if y := b.y; y != 0 {
			return c.inYear(y)
		} else if a.y != 0 {
			return c.inYear(a.y)
		}
		return c
	case b.y != 0 && b.m == 0 && b.d == 0 && b.prec == Year && a.m != 0: // May 2027 → 2028
		if a.d != 0 {
			return dayMonth(a.d, a.m).inYear(b.y)
		}
		return month(a.m).inYear(b.y)
	case b.y == 0 && a.y != 0 && b.m != 0 && !b.fixed:
		return b.inYear(a.y)
	}
	return b
}

// correctDay reads "12 June, no, 13" and "… I mean the 13th".
func (r *dateReader) correctDay(f *found) {
	if f.m == 0 || f.d == 0 {
		return
	}
	for i := f.end; i < len(r.tokens) && i < f.end+8; i++ {
		t := r.at(i)
		if t.kind != number {
			continue
		}
		if !r.corrected(f.end, i) || t.n < 1 || t.n > 31 {
			return
		}
		end := i + 1
		if r.touch(end) && ordinalEnd[r.at(end).s] {
			end++
		}
		if next := r.at(end); next.kind == word || next.kind == number {
			return
		}
		m := dayMonth(t.n, f.m)
		if f.y != 0 {
			m = m.inYear(f.y)
		}
		f.moment, f.end = m, end
		return
	}
}
