package reading

import (
	"math"
	"regexp"
	"time"

	"waymark/internal/civil"
)

// Duration is how long something lasts, or has lasted.
type Duration struct {
	Months int // whole months, years included
	Days   int // what is left, weeks included
	Hours  float64
	// AtLeast and AtMost report "5+ years", "over ten years", "less than a
	// year"; Approx reports "about", a range (its middle is given) or a
	// beginning that was only named roughly ("since 2019").
	AtLeast, AtMost, Approx bool
	// Range reports two ends: "three to five years".
	Range bool
	// OrNone reports that the same message denies having any, of something else:
	// "0 in intensive care but 2 years on the ward".
	OrNone bool
	// Number is the bare number when the unit is missing.
	Number     float64
	Text       string // the part of the message that was read, from byte Start to End
	Start, End int
}

// Years returns d in years, for comparing with years asked for.
func (d Duration) Years() float64 { return float64(d.Months)/12 + float64(d.Days)/365.25 }

// ReadDuration finds how long something takes or has taken: "2 years and a
// half", "5+ years", "9 months", "since 2019", "I started in March". Of
// several it takes the one put right ("2 years, no, 3 years"), else the first.
// now, in the person's zone, is where "since" ends. needUnit reports a bare
// number ("9"), which is then in Number; the unit has to be asked for.
func ReadDuration(text string, now time.Time) (d Duration, needUnit bool, ok bool) {
	ts := lex(text)
	if d, ok = countedDuration(text, ts); ok {
		d.OrNone = deniesFirst.MatchString(text[:d.Start])
		return d, false, true
	}
	if d, ok = sinceDuration(text, ts, now); ok {
		return d, false, true
	}
	if d, ok = looseDuration(text, ts); ok {
		return d, false, true
	}
	if n, found := bareNumber(ts); found {
		return Duration{Number: n, Text: text, End: len(text)}, true, false
	}
	return Duration{}, false, false
}

// deniesFirst opens a message that goes on with what there is.
var deniesFirst = regexp.MustCompile(`(?i)^\W*(?:0|zero|none|nothing|not any) (?:in|as|at|with|of|yet)\b.*\bbut\b`)

// countedDuration finds a number with a unit.
func countedDuration(text string, ts tokens) (d Duration, ok bool) {
	last := 0
	for i := 0; i < len(ts); {
		a, n := quantity(ts, i)
		if n == 0 || rate(ts, i, n) || negative(ts, i) || ts.is(i+n, "ago") && ok {
			i += 1 + 2*b2i(ts.at(i).kind == number && ts.is(i+1, ":") && ts.at(i+2).kind == number)
			continue
		}
		if d.Text == "" || takenBack(ts, last, i) {
			d, ok = durationOf(a), true
			d.hedge(ts, i)
			d.Start, d.End = ts[i].start, ts[i+n-1].end
			d.Text = text[d.Start:d.End]
		}
		i += n
		last = i
	}
	return d, ok
}

// takenBack reports whether "no", "sorry" or "now" stands between two values.
func takenBack(ts tokens, i, j int) bool {
	if j-i > 8 {
		return false
	}
	for k := i; k < j; k++ {
		if t := ts.at(k); t.kind == word && (correctionWords[t.s] || t.s == "now") {
			return true
		}
	}
	return false
}

func durationOf(a amount) Duration {
	m := length{(a.lo.months + a.hi.months) / 2, (a.lo.days + a.hi.days) / 2, (a.lo.hours + a.hi.hours) / 2}
	d := Duration{AtLeast: a.atLeast, Approx: a.lo != a.hi, Range: a.lo != a.hi, Hours: m.hours}
	d.Months, d.Days = m.whole()
	return d
}

// hedge reads the words before a quantity: "about", "over", "less than".
func (d *Duration) hedge(ts tokens, i int) {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		switch ts.at(k).s {
		case "about", "around", "approximately", "roughly", "circa", "ca", "almost", "nearly", "maybe", "probably", "like", "some":
			d.Approx = true
		case "~", "≈":
			d.Approx = true
		case "over", "plus", ">":
			d.AtLeast = true
		case "under", "max", "maximum", "<":
			d.AtMost = true
		case "least":
			d.AtLeast = d.AtLeast || ts.is(k-1, "at")
		case "most":
			d.AtMost = d.AtMost || ts.is(k-1, "at")
		case "to":
			d.AtMost = d.AtMost || ts.is(k-1, "up")
		case "than", "then":
			d.AtLeast = d.AtLeast || ts.is(k-1, "more", "longer")
			d.AtMost = d.AtMost || ts.is(k-1, "less", "fewer", "shorter")
		default:
			return
		}
	}
}

var startWords = set("since from started start joined join began begun beginning hired")

// sinceDuration reads "since 2019", "I started in March", "2015 to 2019".
func sinceDuration(text string, ts tokens, now time.Time) (d Duration, ok bool) {
	cue := len(ts) <= 2
	for _, t := range ts {
		cue = cue || startWords[t.s]
	}
	r := newDateReader(text, DateOptions{Now: now, Toward: Past})
	r.scan()
	if len(r.found) == 0 {
		return d, false
	}
	a := r.finish(r.found[0])
	today := civil.Of(now)
	end := today
	if len(r.found) == 2 && isRange(r, ts) {
		if b := r.finish(r.found[1]); b.Problem == NoProblem && b.Latest.Before(today) {
			end, a.End, cue = b.Earliest, b.End, true
			if b.Precision == Month {
				end = b.Latest
			}
		}
	}
	if !cue || a.Problem != NoProblem || a.Earliest.After(end) {
		return d, false
	}
	from := a.Earliest
	if a.Ambiguous != nil {
		from = a.Ambiguous[len(a.Ambiguous)-1].Earliest
	}
	d = between(from, end)
	if a.Precision == Year { // 2019 to now is seven years in 2026, whatever the month
		d = Duration{Months: 12 * (end.Year - a.Earliest.Year)}
		if d.Months == 0 {
			d = between(from, end)
		}
	} else if a.Precision >= Month {
		d.Days = 0
	}
	d.Approx = a.Precision > Day
	d.Start, d.End = a.Start, a.End
	d.Text = text[d.Start:d.End]
	return d, true
}

func isRange(r *dateReader, ts tokens) bool {
	a, b := r.found[0], r.found[1]
	return b.core-a.end >= 1 && b.core-a.end <= 2 && ts.is(b.core-1, "-", "to", "until", "till")
}

// between counts whole months and then days.
func between(from, to Date) Duration {
	m := (to.Year-from.Year)*12 + int(to.Month) - int(from.Month)
	for m > 0 && from.AddMonths(m).After(to) {
		m--
	}
	return Duration{Months: max(m, 0), Days: max(from.AddMonths(max(m, 0)).DaysUntil(to), 0)}
}

// looseDuration reads durations without a number: "years", "just started".
func looseDuration(text string, ts tokens) (d Duration, ok bool) {
	d = Duration{Text: text, End: len(text), Approx: true}
	for i := range ts {
		switch {
		case follows(ts, i, []string{"just", "started"}), follows(ts, i, []string{"brand", "new"}), follows(ts, i, []string{"just", "begun"}),
			follows(ts, i, []string{"only", "just"}):
			return d, true
		case ts.is(i, "decades") && len(ts) <= 4:
			d.Months, d.AtLeast = 240, true
			return d, true
		}
	}
	return Duration{}, false
}

// bareNumber finds the only number of a short message.
func bareNumber(ts tokens) (v float64, ok bool) {
	if len(ts) > 6 {
		return 0, false
	}
	for i := 0; i < len(ts); i++ {
		if ts.is(i, "was", "age", "aged") {
			return 0, false // since I was 20
		}
		lo, hi, _, n := numeral(ts, i)
		if n == 0 || !plainNumber(ts, i, n) {
			continue
		}
		if _, u := unitAt(ts, i+n, true); u > 0 {
			return 0, false // a rate, or a unit of no use here
		}
		if ok || math.IsInf(hi, 0) {
			return 0, false
		}
		v, ok, i = (lo+hi)/2, true, i+n-1
	}
	return v, ok
}
