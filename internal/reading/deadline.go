package reading

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Precision is how exactly a date was given, so that it can be said back in
// the same grain: "March 2027" rather than "31 March 2027".
type Precision int

// The grains a date can have, from fine to coarse.
const (
	Day Precision = iota
	Week
	Month
	Quarter
	Season
	Half
	Year
)

// String returns the grain's name in lower case.
func (p Precision) String() string {
	return [...]string{"day", "week", "month", "quarter", "season", "half", "year"}[p]
}

// Direction is where a date without a year lies.
type Direction int

// Deadlines lie ahead, the answer to "since when?" lies behind.
const (
	Future Direction = iota
	Past
)

// Problem says why words that look like a date are none.
type Problem int

// What can keep a date from being read although it was found.
const (
	NoProblem     Problem = iota
	NeedsBirthday         // "before I turn 30", and the birthday is not known
	NoSuchDay             // 31 June
	OutOfRange            // a year before 1900 or after 2200
)

// Span is what a person's words say about a date: some day between Earliest
// and Latest, both included. A deadline is Latest.
type Span struct {
	Earliest, Latest Date
	Precision        Precision
	// Ambiguous holds the readings to choose from, earliest first, when the
	// words can be meant in more ways than one or need a closer word ("next
	// spring"); the span itself then reaches over all of them. One entry means:
	// ask whether that is meant.
	Ambiguous []Span
	Past      bool    // Latest lies before today
	Problem   Problem // why ok is false although Text was found
	// Weekday reports that a weekday alone was named ("on Tuesday"): in a
	// sentence it may say when something is held, not when it begins.
	Weekday bool
	// Text is the part of the message that was read, from byte Start to End.
	Text       string
	Start, End int
}

// DateOptions is what a reader must know besides the words.
type DateOptions struct {
	Now    time.Time // in the person's zone: it decides what day today is
	Toward Direction
	// DayFirst tells whether 03/04 is 3 April; nil means that it has to be
	// asked. DateFromLocale gives it.
	DayFirst *bool
	// Birthday, when known, makes "before I turn 30" a date.
	Birthday Date
	// FiscalStart is the month in which the employer's fiscal year begins, 0
	// when not known. The fiscal year is named after the year it ends in.
	FiscalStart time.Month
	// BareDuration reads "9 months" as "in 9 months", for questions that can
	// be answered that way.
	BareDuration bool
}

// Deadline finds the date in text. Of several dates it takes the one that was
// put right ("12 June, no, July"), else the one said to be a deadline ("by
// May"), else the first that lies in the direction asked for. ok is false when
// there is no date; Problem then tells whether something like one was found.
func Deadline(text string, o DateOptions) (s Span, ok bool) {
	r := newDateReader(text, o)
	r.scan()
	r.join()
	r.correct()
	if len(r.found) == 0 && o.BareDuration {
		r.bareDuration()
	}
	return r.choose()
}

// DateFromLocale tells from a locale such as "en-GB" or "en_US" whether the
// day comes first in 03/04. It returns nil for a locale it does not know.
func DateFromLocale(locale string) (dayFirst *bool) {
	lang, rest, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-")
	region := rest[strings.LastIndexByte(rest, '-')+1:]
	switch {
	case lang == "en" && (region == "us" || region == "ph"):
		return new(false)
	case lang == "en" && region == "":
		return nil // both habits are common
	case lang == "en" && region == "ca", lang == "fil":
		return nil
	case dayFirstLanguages[lang]:
		return new(true)
	}
	return nil
}

// Languages whose countries write the day first wherever they use slashes or
// dots. Left out are those that begin with the year.
var dayFirstLanguages = set("en de fr es it pt nl pl da nb no sv fi cs sk ro bg el tr ru uk hr sl sr et lv is ga ca gl id vi th he ar hi")

// moment is a date expression before it is known which year is meant.
type moment struct {
	// at gives the days for a year. A moment that names its year, or counts
	// from today, ignores the argument.
	at      func(year int) (earliest, latest Date, ok bool)
	fixed   bool
	prec    Precision
	y, m, d int          // the parts as they were typed, 0 if they were not
	weekday time.Weekday // typed beside the day, if hasWeekday
	// hasWeekday makes the reader check that day and weekday agree.
	hasWeekday bool
	dayOnly    bool // only the day was typed: "the 14th"
	lone       bool // only a weekday was typed: "Tuesday"
	endOf      bool // already the end of something: "before the end of May"
	ask        bool // a season: ask for the month
	choices    []moment
	problem    Problem
}

func fixedSpan(e, l Date, p Precision) moment {
	return moment{fixed: true, prec: p, at: func(int) (Date, Date, bool) { return e, l, true }}
}

func fixedDay(d Date) moment { return fixedSpan(d, d, Day) }

func either(ms ...moment) moment { return moment{choices: ms, prec: ms[0].prec} }

// adjust returns m with f applied to whatever days it stands for.
func (m moment) adjust(p Precision, f func(e, l Date) (Date, Date)) moment {
	if m.problem != NoProblem {
		return m
	}
	if m.choices != nil {
		out := make([]moment, len(m.choices))
		for i, c := range m.choices {
			out[i] = c.adjust(p, f)
		}
		m.choices, m.prec = out, p
		return m
	}
	inner := m.at
	m.prec, m.y, m.m, m.d = p, 0, 0, 0
	m.at = func(y int) (Date, Date, bool) {
		e, l, ok := inner(y)
		if !ok {
			return e, l, false
		}
		e, l = f(e, l)
		return e, l, true
	}
	return m
}

// inYear returns m with its year set to y.
func (m moment) inYear(y int) moment {
	if y < minYear || y > maxYear {
		m.problem = OutOfRange
		return m
	}
	if m.choices != nil {
		out := make([]moment, 0, len(m.choices))
		for _, c := range m.choices {
			if c = c.inYear(y); c.problem == NoProblem {
				out = append(out, c)
			}
		}
		if len(out) == 0 {
			return moment{problem: NoSuchDay}
		}
		m.choices = out
		return m
	}
	if m.fixed || m.problem != NoProblem {
		return m
	}
	e, l, ok := m.at(y)
	if !ok {
		m.problem = NoSuchDay
		return m
	}
	n := m
	n.fixed, n.y = true, y
	n.at = func(int) (Date, Date, bool) { return e, l, true }
	return n
}

// wholeYear reports the year m names when it names nothing but a year.
func (m moment) wholeYear() (int, bool) {
	return m.y, m.fixed && m.prec == Year && m.y != 0 && m.m == 0 && m.choices == nil
}

// resolve turns m into days, as seen from today.
func (r *dateReader) resolve(m moment) Span {
	if m.problem != NoProblem {
		return Span{Problem: m.problem}
	}
	if m.choices != nil {
		return r.resolveChoices(m)
	}
	e, l, ok := r.place(m)
	switch {
	case !ok:
		return Span{Problem: NoSuchDay}
	case !inRange(e) || !inRange(l):
		return Span{Problem: OutOfRange}
	}
	s := Span{Earliest: minDate(e, l), Latest: l, Precision: m.prec, Past: l.Before(r.today)}
	switch {
	case m.hasWeekday && e == l && e.Weekday() != m.weekday:
		s.Ambiguous = []Span{s, r.dayOnly(nearestWeekday(e, m.weekday))}
		return envelope(s)
	case m.ask:
		s.Ambiguous = r.monthsOf(s)
	}
	return s
}

// place finds the year that m is about: the first that does not lie behind
// today, or looking back the last that does not lie ahead.
func (r *dateReader) place(m moment) (e, l Date, ok bool) {
	if m.fixed {
		return m.at(0)
	}
	for i := range 12 { // 29 February can be eight years away
		y := r.today.Year - 1 + i
		if r.o.Toward == Past {
			y = r.today.Year + 1 - i
		}
		e, l, ok = m.at(y)
		if !ok {
			continue
		}
		if r.o.Toward == Future && !l.Before(r.today) || r.o.Toward == Past && !e.After(r.today) {
			return e, l, true
		}
	}
	return e, l, false
}

func (r *dateReader) resolveChoices(m moment) Span {
	var spans []Span
	problem := NoSuchDay
	for _, c := range m.choices {
		s := r.resolve(c)
		if s.Problem != NoProblem {
			problem = s.Problem
			continue
		}
		s.Ambiguous = nil
		spans = append(spans, s)
	}
	if len(spans) == 0 {
		return Span{Problem: problem}
	}
	if ahead := slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return s.Past }); len(ahead) > 0 && r.o.Toward == Future {
		spans = ahead // of two readings a deadline means the one that is still to come
	}
	slices.SortFunc(spans, func(a, b Span) int {
		return cmp.Or(a.Earliest.Compare(b.Earliest), a.Latest.Compare(b.Latest))
	})
	spans = slices.CompactFunc(spans, func(a, b Span) bool { return a.Earliest == b.Earliest && a.Latest == b.Latest })
	if len(spans) == 1 && !m.ask {
		return spans[0]
	}
	s := spans[0]
	s.Ambiguous = spans
	return envelope(s)
}

// envelope stretches s over its readings.
func envelope(s Span) Span {
	slices.SortFunc(s.Ambiguous, func(a, b Span) int { return a.Earliest.Compare(b.Earliest) })
	s.Past = true
	for _, a := range s.Ambiguous {
		s.Earliest, s.Latest = minDate(s.Earliest, a.Earliest), maxDate(s.Latest, a.Latest)
		s.Past = s.Past && a.Past
	}
	return s
}

func (r *dateReader) dayOnly(d Date) Span {
	return Span{Earliest: d, Latest: d, Past: d.Before(r.today)}
}

// monthsOf returns the months that s reaches over, cut to s.
func (r *dateReader) monthsOf(s Span) []Span {
	var out []Span
	for d := monthStart(s.Earliest.Year, s.Earliest.Month); !d.After(s.Latest) && len(out) < 12; d = d.AddMonths(1) {
		e, l := maxDate(d, s.Earliest), minDate(monthEnd(d.Year, d.Month), s.Latest)
		if r.o.Toward == Future && l.Before(r.today) && !s.Past {
			continue
		}
		out = append(out, Span{Earliest: e, Latest: l, Precision: Month, Past: l.Before(r.today)})
	}
	return out
}

func nearestWeekday(d Date, w time.Weekday) Date {
	diff := (int(w) - int(d.Weekday()) + 7) % 7
	if diff > 3 {
		diff -= 7
	}
	return d.AddDays(diff)
}
