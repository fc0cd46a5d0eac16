package reading

import (
	"cmp"
	"math"
	"regexp"
	"strings"
)

// Hours that people mean when they do not count in hours: said back before
// they are used.
const (
	eveningHours    = 2.0
	workingDayHours = 8.0
	halfDayHours    = 4.0
	weeksPerMonth   = 365.25 / 12 / 7
)

// WeekTime is how much time somebody has in a week, and which parts of it were
// named without hours, so that it can be said how they were counted.
type WeekTime struct {
	Hours                    float64
	Evenings, HalfDays, Days bool
	// Parts are the times that were named one by one; nil where a length was
	// given instead.
	Parts []WeekPart
	// Note is what else was said behind them: "in May less".
	Note string
	// Range is a range of hours as it was said, "0,5 to 1 hour": its lower end is
	// in Hours.
	Range string
}

// What a part of a day is counted as, in hours, where nobody said.
const (
	EveningHours    = eveningHours    // an evening or a night
	HalfDayHours    = halfDayHours    // a morning, an afternoon
	WorkingDayHours = workingDayHours // a day
)

// WeeklyHours reads how much time somebody has in a week, in hours; see
// ReadWeek.
func WeeklyHours(text string) (hours float64, ok bool) {
	w, ok := ReadWeek(text)
	return w.Hours, ok
}

// ReadWeek reads how much time somebody has in a week: "5 hours", "an hour a
// day" (seven), "two evenings and Saturday morning" (two hours for an evening,
// four for a morning), "a day a week" (eight), "10 hours a month", "none". A
// bare number is hours a week; "2 + 2 + 3" is their sum. Of a range it takes the
// lower end, and what is said once more in other words, "one hour on Fridays, so 1
// hour a week", counts once. What holds for a time only, "in December half an
// hour", is its Note.
//
// A whole week that is then split up, "5 hours a week, like 2 on my days off and 3
// on Sunday", counts once.
func ReadWeek(text string) (w WeekTime, ok bool) {
	if end := splitUp(text); end > 0 {
		text = text[:end]
	}
	if at := daysOff.FindStringIndex(text); at != nil {
		if _, ok := readWeek(text[:at[0]]); ok {
			text = text[:at[0]]
		}
	}
	return readWeek(text)
}

// daysOff begins a clause that says which days are free, not how long.
var daysOff = regexp.MustCompile(`(?i)[,;.(] *[^,;.()]*\b(?:days? off|(?:i'?m|i am) off|off work|(?:are|is) (?:free|my (?:free )?days?))\b`)

func readWeek(text string) (w WeekTime, ok bool) {
	r := weekReader{ts: lex(text)}
	if parts, note, ok := namedTimes(r.ts); ok {
		if w = weekOf(parts); note >= 0 {
			w.Note = strings.TrimSpace(text[r.ts[note].start:])
		}
		return w, w.Hours <= 168
	}
	if w.Hours, ok = sumOf(r.ts); ok {
		return w, w.Hours <= 168
	}
	note := ""
	if k := forATime(r.ts); k > 0 {
		note, r.ts = tidy(text[r.ts[k].start:]), r.ts[:k]
	}
	w = WeekTime{}
	if w.Hours, ok = r.sessions(); !ok && !r.vague {
		r.WeekTime, r.rangeEnd = WeekTime{}, 0
		w.Hours, ok = plainHours(r.ts)
	}
	if !ok || w.Hours < 0 || w.Hours > 168 {
		return WeekTime{}, false
	}
	r.Hours, r.Note = math.Round(w.Hours*100)/100, note
	if i, n := rangeIn(r.ts); n > 0 {
		r.rangeAt, r.rangeEnd = i, i+n
	}
	if r.rangeEnd > 0 {
		r.Range = text[r.ts[r.rangeAt].start:r.ts[r.rangeEnd-1].end]
	}
	return r.WeekTime, true
}

// splitUp returns where the hours of a whole week end that are then told day by
// day, 0 where they are not.
func splitUp(text string) (end int) {
	ts := lex(text)
	for i := range ts {
		k := i + 1 + b2i(ts.is(i, "a", "per", "each", "every", "/"))
		if !ts.is(k-1, "week", "weekly", "wk") || !ts.is(k, ",", "(", ":", "-", "like", "meaning") {
			continue
		}
		end = ts[k-1].end
		from := k + b2i(ts.at(k).kind == punct)
		if ts.is(from, "like", "meaning", "say") && from+1 < len(ts) {
			return end
		}
		head, ok := readWeek(text[:end])
		if whole, all := readWeek(text); ok && all && head.Hours > 0 && whole.Hours == 2*head.Hours {
			return end
		}
		return 0
	}
	return 0
}

// plainHours reads a number alone, and the ways of having no time.
func plainHours(ts tokens) (float64, bool) {
	for i := range ts {
		if ts.is(i, "no", "zero") && ts.is(i+1, "time", "hours") || ts.is(i, "none", "nothing", "zero") && len(ts) <= 3 {
			return 0, true
		}
		if ts.is(i, "full") && (ts.is(i+1, "time") || ts.is(i+1, "-") && ts.is(i+2, "time")) {
			return 5 * workingDayHours, true
		}
	}
	found := numbersIn(ts)
	if len(found) == 0 || len(found) > 2 || len(ts) > 12 {
		return 0, false
	}
	x := found[len(found)-1]
	if k := x.end; ts.at(k).kind == word && (x.percent || len(ts) > 4 && !perWeek(ts, k)) {
		return 0, false
	}
	return math.Min(x.value, x.lo), !x.percent && x.of == 0
}

func perWeek(ts tokens, k int) bool {
	return ts.is(k, "a", "per", "each", "every") && ts.is(k+1, "week") || ts.is(k, "weekly", "or", "max", "at")
}

// measured says what a length of time was counted in.
type measured int

const (
	inHours measured = iota // hours or minutes, as they were given
	inEvenings
	inHalfDays
	inDays
)

// weekReader adds up what a message says about a week.
type weekReader struct {
	ts tokens
	WeekTime
	total         float64
	length, often float64  // hours of one; times a week
	in            measured // what length was counted in
	found         bool
	onDays        bool // the days of the length were named
	rated         bool // how often was said: "a week", "twice"
	dayFirst      bool // days stand before their lengths: "Monday 2 hours"
	vague         bool // something was named that cannot be counted: "evenings"
	at            int  // the token at which the length begins
	rangeAt       int  // a range that was said, as tokens
	rangeEnd      int
}

// sessions adds up what the message names: "an hour on Mondays and two on
// Saturday morning" is what stands around each unit. It is false when nothing,
// or not everything, can be counted.
func (r *weekReader) sessions() (float64, bool) {
	for i := 0; i < len(r.ts); {
		n := 0
		for _, read := range [...]func(int) int{r.leftOut, r.sameUnit, r.spent, r.dayParts, r.times} {
			if n = read(i); n > 0 {
				break
			}
		}
		if n == 0 && r.uncounted(i) {
			r.vague = true
		}
		i += max(n, 1)
	}
	r.add()
	return r.total, r.found && !r.vague
}

// add closes the length that is being read.
func (r *weekReader) add() {
	if r.length > 0 {
		r.total += r.length * cmp.Or(r.often, 1)
		r.often = 0
	}
	r.length, r.onDays, r.rated = 0, false, false
}

// begin takes a length of hours that is counted in what.
func (r *weekReader) begin(hours float64, what measured) {
	r.add()
	r.length, r.in, r.found = hours, what, true
	r.Evenings = r.Evenings || what == inEvenings
	r.HalfDays = r.HalfDays || what == inHalfDays
	r.Days = r.Days || what == inDays
}

// leftOut steps over what is taken back ("but not Saturday morning") and over
// what the job takes ("I work 40 hours").
func (r *weekReader) leftOut(i int) int {
	if !r.ts.is(i-1, "not", "except", "without", "work", "working") || r.ts.is(i-2, "can", "could") {
		return 0
	}
	if _, _, _, n := timeSpent(r.ts, i); n > 0 {
		return n
	}
	_, _, n := dayPart(r.ts, i)
	return n
}

// spent reads a length with its rate: "2 hours a day", "two evenings".
func (r *weekReader) spent(i int) int {
	h, per, what, n := timeSpent(r.ts, i)
	if n == 0 {
		return 0
	}
	if r.said(i, n, h*cmp.Or(per, 1), what) {
		return n
	}
	r.alternative(i)
	r.begin(h, what)
	r.at = i
	if per > 0 {
		r.often, r.rated = per, true
	}
	return n
}

// dayParts reads "Saturday morning" and "every evening": the time for a length
// that was given, "2 hours on Saturday morning", or a length by itself.
func (r *weekReader) dayParts(i int) int {
	days, what, n := dayPart(r.ts, i)
	if n == 0 {
		return 0
	}
	joined := r.joined(i)
	r.alternative(i)
	switch {
	case r.length > 0 && r.in == inHours && (!joined || r.onDays):
		switch {
		case r.rated: // "5 hours a week, on Saturday morning" names them
		case r.onDays:
			r.often += days
		default:
			r.often = days
		}
		r.onDays = true
		return n
	case r.length > 0 && !joined: // "two evenings, on Monday evening …" names them
		return n
	}
	hours := map[measured]float64{inEvenings: eveningHours, inHalfDays: halfDayHours}[what]
	k := i + n
	comma := r.ts.is(k, ",")
	k += b2i(comma || r.ts.is(k, "for", "(", ":", "about"))
	if h, per, given, size := timeSpent(r.ts, k); size > 0 && given == inHours && per == 0 && !(comma && r.ts.at(k+size).kind == word) { // Saturday morning for 3 hours
		hours, what, n = h, inHours, k+size-i
	}
	if r.length == 0 {
		r.often = 0
	}
	r.begin(hours, what)
	r.often, r.onDays = days, true
	return n
}

// sameUnit reads the "two" of "an hour on Mondays and two on Saturday".
func (r *weekReader) sameUnit(i int) int {
	v, n := cardinal(r.ts, i)
	if n == 0 || r.length == 0 || r.in != inHours {
		return 0
	}
	if !(r.ts.is(i+n, "on") && dayName[r.ts.at(i+n+1).s] > 0 || r.onDays && dayName[r.ts.at(i+n).s] == 1) {
		return 0
	}
	r.begin(v, inHours)
	return n
}

// times reads how often: "twice a week", "on Mondays and Wednesdays".
func (r *weekReader) times(i int) int {
	times, n := timesAWeek(r.ts, i)
	if n == 0 {
		return 0
	}
	onDay := dayName[r.ts.at(i).s] > 0
	_, _, given, size := timeSpent(r.ts, i+n+b2i(r.ts.is(i+n, ":", "-", "for")))
	switch {
	case onDay && size > 0 && given == inHours && (r.dayFirst || !r.found): // Monday 2 hours, Wednesday 3 hours
		r.add()
		r.often, r.dayFirst = times, true
	case onDay && r.rated: // "5 hours a week, mostly on Mondays" names them
	case onDay && r.length > 0 && r.in != inHours: // "two evenings on Monday and Friday" names them
		r.vague = r.vague || r.joined(i) && !r.onDays
		r.onDays = true
	case onDay && r.often > 0 && r.length > 0:
		r.often, r.onDays = r.often+times, true
	default:
		r.often, r.onDays, r.rated = times, onDay, !onDay && r.length > 0
	}
	return n
}

// alternative makes the message vague where what begins at token i stands for
// what came before instead of coming on top: "two evenings or Saturday morning".
func (r *weekReader) alternative(i int) {
	k := i - 1
	for k > i-6 && r.ts.is(k, "maybe", "perhaps", "even", "on", "the", "a", "an", "one") {
		k--
	}
	r.vague = r.vague || r.found && r.ts.is(k, "or")
}

// joined reports whether what begins at token i is one more thing rather than
// part of the one before.
func (r *weekReader) joined(i int) bool {
	k := i - 1
	for k > i-6 && r.ts.is(k, "on", "the", "a", "an", "my", "also", "then", "maybe", "one", "in", "each") {
		k--
	}
	return r.ts.is(k, "and", "&", "+", "plus", ",", ";", "\n")
}

// uncounted reports whether token i names a part of the week without saying how
// many of them: "evenings and Saturday morning".
func (r *weekReader) uncounted(i int) bool {
	if !r.ts.is(i, "evenings", "nights", "mornings", "afternoons", "weekends", "weekend") {
		return false
	}
	beside := r.ts.is(i-1, "and", "&", "+", "plus") || r.ts.is(i+1, "and", "&", "+", "plus")
	return beside && !(r.length > 0 && r.in == inHours)
}

// dayPart reads parts of named days at token i and returns how many there are a
// week: "Saturday morning", "Monday and Wednesday evenings", "every other
// evening", "weekday evenings".
func dayPart(ts tokens, i int) (days float64, what measured, n int) {
	k, share := i, 1.0
	every := ts.is(k, "every", "each")
	if every {
		k++
		if ts.is(k, "other", "second") {
			k, share = k+1, .5
		}
	}
	for range 7 { // a week has no more
		if dayName[ts.at(k).s] == 0 {
			break
		}
		days += dayName[ts.at(k).s]
		k++
		if ts.is(k, "and", "&", ",", "/") && dayName[ts.at(k+1).s] > 0 {
			k++
		}
	}
	named := days > 0
	switch {
	case named:
	case ts.is(k, "weekday", "work", "working"):
		days, k = 5, k+1
	case every:
		days = 7
	default:
		return 0, 0, 0
	}
	switch ts.at(k).s {
	case "evening", "evenings", "night", "nights":
		what = inEvenings
	case "morning", "mornings", "afternoon", "afternoons":
		what = inHalfDays
	}
	if what == inHours || what == inHalfDays && !named {
		return 0, 0, 0
	}
	k++
	if per, m := rateAt(ts, k); m > 0 && named {
		share, k = share*per, k+m
	}
	return days * share, what, k - i
}
