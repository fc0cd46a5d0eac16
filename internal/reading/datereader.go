package reading

import (
	"waymark/internal/civil"
)

// dateReader walks once over a message and collects its dates.
type dateReader struct {
	text string
	tokens
	o     DateOptions
	today Date
	south bool // the person's zone lies south of the equator: seasons are turned round
	found []found
}

// maxFound is how many dates of one message are looked at.
const maxFound = 32

// found is a date expression and where it stands.
type found struct {
	moment
	start, end int    // tokens, the markers before it included
	core       int    // token at which the expression itself begins
	marker     marker // by, before, after, since …
	not        bool   // "not June"
	between    bool   // "between March and May", "from March to May"
}

// marker is the preposition that says how a date is meant.
type marker int

const (
	noMarker marker = iota
	byMarker
	beforeMarker
	afterMarker
	sinceMarker
)

func newDateReader(text string, o DateOptions) *dateReader {
	r := &dateReader{text: text, tokens: lex(text), o: o, today: civil.Of(o.Now)}
	r.south = southern(o.Now.Location().String())
	return r
}

// scan collects every date expression from left to right.
func (r *dateReader) scan() {
	for i := 0; i < len(r.tokens) && len(r.found) < maxFound; {
		m, n := r.expr(i, 0)
		if n == 0 {
			i = r.skipClock(i)
			continue
		}
		f := found{moment: m, start: i, core: i, end: i + n}
		r.lookBack(&f)
		r.found = append(r.found, f)
		i += n
	}
}

// skipClock steps over one token, or over all of "10:30" so that its minutes
// are not read as a day.
func (r *dateReader) skipClock(i int) int {
	if r.at(i).kind == number && r.is(i+1, ":") && r.at(i+2).kind == number {
		return i + 3
	}
	return i + 1
}

var betweenMarkerAndDate = set("the on in at around about approximately roughly maybe perhaps probably say sometime some time during of ca circa latest very early")

// lookBack finds the marker that belongs to f and takes it in.
func (r *dateReader) lookBack(f *found) {
	low := 0
	if len(r.found) > 0 {
		low = r.found[len(r.found)-1].end
	}
	i := f.start - 1
	for k := 0; i >= low && k < 4 && r.at(i).kind == word && betweenMarkerAndDate[r.at(i).s]; k++ {
		i--
	}
	if i < low {
		return
	}
	take := func(m marker, n int) { f.marker, f.start = m, i-n+1 }
	switch r.at(i).s {
	case "by", "until", "till", "til", "through", "thru", "due", "deadline", "within":
		take(byMarker, 1)
	case "before", "pre", "preceding":
		take(beforeMarker, 1)
	case "to":
		if r.is(i-1, "prior", "up") {
			take(map[bool]marker{true: beforeMarker, false: byMarker}[r.is(i-1, "prior")], 2)
		}
	case "than":
		switch {
		case r.is(i-1, "later") && r.is(i-2, "no", "not"):
			take(byMarker, 3)
		case r.is(i-1, "earlier", "sooner") && r.is(i-2, "no", "not"):
			take(afterMarker, 3)
		}
	case "after", "following", "past":
		take(afterMarker, 1)
	case "since":
		take(sinceMarker, 1)
	case "from", "starting", "beginning":
		take(noMarker, 1)
		f.between = r.is(i, "from")
	case "between":
		take(noMarker, 1)
		f.between = true
	}
	if f.marker != noMarker {
		i = f.start - 1
	}
	if r.is(i, "not") && !r.is(i-1, "sure", "why") {
		switch {
		case f.marker == beforeMarker, f.marker == byMarker && r.is(f.start, "until", "till", "til"):
			f.start, f.marker = i, noMarker // "not before May", "not until May": in May or later
		default:
			f.not = true
		}
	}
}

// choose picks the date that the question is about and resolves it.
func (r *dateReader) choose() (Span, bool) {
	best, bestScore := Span{}, -1
	for _, f := range r.found {
		if f.not && len(r.found) > 1 {
			continue
		}
		s := r.finish(f)
		score := 0
		if s.Problem == NoProblem {
			score = 4
			if r.o.Toward == Future && !s.Past || r.o.Toward == Past && !s.Earliest.After(r.today) {
				score += 4
			}
			if r.o.Toward == Future && (f.marker == byMarker || f.marker == beforeMarker) ||
				r.o.Toward == Past && f.marker == sinceMarker {
				score += 2
			}
		}
		if score > bestScore {
			best, bestScore = s, score
		}
	}
	return best, bestScore >= 4
}

// finish resolves f, applies its marker and notes where it stood.
func (r *dateReader) finish(f found) Span {
	m := f.moment
	switch f.marker {
	case beforeMarker:
		if !m.endOf {
			m = m.adjust(m.prec, func(e, _ Date) (Date, Date) { return e.AddDays(-1), e.AddDays(-1) })
		}
	case afterMarker:
		if r.o.Toward == Future {
			m = r.after(m)
		}
	}
	s := r.resolve(m)
	s.Weekday = m.lone
	if f.marker == beforeMarker && s.Problem == NoProblem && r.o.Toward == Future {
		s.Earliest = minDate(r.today, s.Latest)
		for i := range s.Ambiguous {
			s.Ambiguous[i].Earliest = minDate(r.today, s.Ambiguous[i].Latest)
		}
	}
	s.Start, s.End = r.at(f.start).start, r.at(f.end-1).end
	s.Text = r.text[s.Start:s.End]
	for i := range s.Ambiguous {
		s.Ambiguous[i].Start, s.Ambiguous[i].End, s.Ambiguous[i].Text = s.Start, s.End, s.Text
	}
	return s
}

// after reads "after March": it has no end, so the month and the quarter that
// follow are offered.
func (r *dateReader) after(m moment) moment {
	p := max(m.prec, Month)
	if !m.fixed && m.choices == nil && m.problem == NoProblem {
		m = m.inYear(r.firstYear(m, false))
	}
	one := m.adjust(p, func(_, l Date) (Date, Date) { return l.AddDays(1), l.AddDays(1).AddMonths(1).AddDays(-1) })
	three := m.adjust(p, func(_, l Date) (Date, Date) { return l.AddDays(1), l.AddDays(1).AddMonths(3).AddDays(-1) })
	return either(one, three)
}

// bareDuration reads "9 months" as "in 9 months".
func (r *dateReader) bareDuration() {
	for i := range r.tokens {
		if a, n := quantity(r.tokens, i); n > 0 && !rate(r.tokens, i, n) && a.hasDate() && !negative(r.tokens, i) && !r.lasts(i) && !r.is(i+n, "of", "after", "before", "since", "into", "ago", "old", "long") {
			r.found = append(r.found, found{moment: r.ahead(a, a.lo), start: i, core: i, end: i + n})
			return
		}
	}
}

// lasts reports whether the quantity at token i is how long something takes.
func (r *dateReader) lasts(i int) bool {
	k := i - 1
	for k > i-4 && quantityHedges[r.at(k).s] {
		k--
	}
	return r.is(k, "takes", "lasts", "lasting", "runs", "last")
}
