package reading

import "math"

// unit is a measure of time.
type unit int

const (
	noUnit unit = iota
	minutes
	hours
	days
	workingDays
	weeks
	months
	quarters
	semesters
	years
	decades
)

var units = map[string]unit{
	"minute": minutes, "minutes": minutes, "min": minutes, "mins": minutes,
	"hour": hours, "hours": hours, "hr": hours, "hrs": hours, "h": hours,
	"day": days, "days": days, "d": days, "workday": workingDays, "workdays": workingDays,
	"week": weeks, "weeks": weeks, "wk": weeks, "wks": weeks, "w": weeks, "fortnight": weeks, "fortnights": weeks,
	"month": months, "months": months, "mo": months, "mos": months, "mth": months, "mths": months, "mnths": months,
	"quarter": quarters, "quarters": quarters, "semester": semesters, "semesters": semesters,
	"year": years, "years": years, "yr": years, "yrs": years, "y": years,
	"decade": decades, "decades": decades,
	"tag": days, "tage": days, "tagen": days, "woche": weeks, "wochen": weeks, "monat": months, "monate": months,
	"monaten": months, "jahr": years, "jahre": years, "jahren": years,
}

// Words one letter away from a unit that are words of their own.
var notUnits = set("ears ours eeks yeas moth mouth mouths moths north fears gears bears tears hears nears pears wears dears rears sears yours tours fours pours seeks leeks reeks peeks geeks creeks weeds weeps weans")

// unitAt reads a unit at token i; n is how many tokens it took. number tells
// that a number stands right before it, so that "18m" is months.
func unitAt(ts tokens, i int, afterNumber bool) (u unit, n int) {
	t := ts.at(i)
	if t.kind != word {
		return noUnit, 0
	}
	s := t.s
	if k := len(s) - 2; k > 2 && s[k:] == "'s" {
		s = s[:k]
	}
	if ts.is(i, "working", "business", "work") && ts.is(i+1, "day", "days") {
		return workingDays, 2
	}
	if s == "m" && afterNumber && (ts.touch(i) || units[ts.at(i-2).s] == years) { // 18m, 2 y 3 m
		return months, 1
	}
	if u = units[s]; u != noUnit {
		if len(s) == 1 && !afterNumber {
			return noUnit, 0
		}
		return u, 1
	}
	if len(s) < 4 || notUnits[s] {
		return noUnit, 0
	}
	for _, c := range [...]struct {
		s string
		u unit
	}{{"month", months}, {"months", months}, {"weeks", weeks}, {"years", years}, {"hours", hours}, {"fortnight", weeks}, {"minutes", minutes}, {"quarter", quarters}} {
		if within1(s, c.s) {
			return c.u, 1
		}
	}
	return noUnit, 0
}

// length is a stretch of time in the parts that cannot be turned into one
// another without a calendar.
type length struct {
	months, days, hours float64
}

func (l length) plus(o length) length {
	return length{l.months + o.months, l.days + o.days, l.hours + o.hours}
}

// whole returns l in whole months and days; part of a month is counted as days
// of thirty to the month.
func (l length) whole() (m, d int) {
	months, part := math.Modf(l.months + 1e-9)
	return int(months), int(math.Round(l.days + part*30))
}

// amount is a quantity of time as typed: "2 to 3 years".
type amount struct {
	lo, hi  length
	unit    unit // the coarsest
	work    bool // days are working days
	atLeast bool // 5+ years
}

func (a amount) hasDate() bool { return a.unit >= days }

// longest is the longest time that is still read as one, in months.
const longest = 12 * 10000

func (a amount) sane() bool {
	return a.hi.months <= longest && a.hi.days <= longest*31 && a.lo.months >= 0 && a.hi.hours < 1e6
}

func stretch(v float64, u unit) length {
	switch u {
	case minutes:
		return length{hours: v / 60}
	case hours:
		return length{hours: v}
	case days, workingDays:
		return length{days: v}
	case weeks:
		return length{days: v * 7}
	case months:
		return length{months: v}
	case quarters:
		return length{months: v * 3}
	case semesters:
		return length{months: v * 6}
	case years:
		return length{months: v * 12}
	case decades:
		return length{months: v * 120}
	}
	return length{}
}

var beforeUnit = set("more full whole solid good long short further additional extra consecutive calendar")

// quantity reads a quantity of time at token i, such as "2 years and 3 months"
// or "a year or two", and returns how many tokens it took, 0 for none.
func quantity(ts tokens, i int) (a amount, n int) {
	a, n = oneQuantity(ts, i)
	if n == 0 {
		return a, 0
	}
	for range 2 { // 2 years, 3 months and 10 days
		k := i + n
		for ts.is(k, "and", ",", "&", "plus") {
			k++
		}
		b, m := oneQuantity(ts, k)
		if m == 0 || b.unit >= a.unit || b.work || k == i+n && ts.is(k, "a", "an") || rate(ts, k, m) {
			break
		}
		if ts.is(k, "a", "an") && b.unit < days {
			break
		}
		a.lo, a.hi, n = a.lo.plus(b.lo), a.hi.plus(b.hi), k+m-i
	}
	if !a.sane() {
		return amount{}, 0
	}
	return a, n
}

func oneQuantity(ts tokens, i int) (a amount, n int) {
	article := ts.is(i, "a", "an", "one")
	lo, hi, atLeast, k := numeral(ts, i)
	if k == 0 && ts.is(i, "a", "an") {
		lo, hi, k = 1, 1, 1
	}
	if k == 0 {
		return a, 0
	}
	digit := ts.at(i+k-1).kind == number
	k += b2i(ts.is(i+k, "-") && ts.is(i+k+1, "ish"))
	k += b2i(ts.is(i+k, "ish"))
	if ts.is(i+k, "plus") && isUnit(ts, i+k+1) {
		atLeast, k = true, k+1
	}
	if ts.is(i+k, "-") {
		k++
	}
	for beforeUnit[ts.at(i+k).s] && k < 8 {
		k++
	}
	fortnight := ts.is(i+k, "fortnight", "fortnights")
	u, m := unitAt(ts, i+k, digit)
	if m == 0 {
		return a, 0
	}
	if fortnight {
		lo, hi = lo*2, hi*2
	}
	n = k + m
	switch {
	case follows(ts, i+n, []string{"and", "a", "half"}) && !isUnit(ts, i+n+3):
		lo, hi, n = lo+.5, hi+.5, n+3
	case (ts.is(i+n, "and", "an") && ts.is(i+n+1, "half")) && !isUnit(ts, i+n+2) && !ts.is(i+n+2, "a", "an", "of", "the", "-"):
		lo, hi, n = lo+.5, hi+.5, n+2
	case ts.is(i+n, "half") && ts.at(i+n+1).kind != word && !ts.is(i+n+1, "-"): // 2 years half
		lo, hi, n = lo+.5, hi+.5, n+1
	case follows(ts, i+n, []string{"and", "a", "bit"}):
		n += 3
	case article && ts.is(i+n, "or") && ts.is(i+n+1, "two", "three"):
		hi, n = cardinals[ts.at(i+n+1).s], n+2
	}
	if follows(ts, i+n, []string{"or", "so"}) {
		n += 2
	}
	if ts.is(i+n, "+") && ts.touch(i+n) {
		atLeast, n = true, n+1
	}
	return amount{stretch(lo, u), stretch(hi, u), u, u == workingDays, atLeast}, n
}

// negative reports whether a minus stands right before token i.
func negative(ts tokens, i int) bool {
	return ts.is(i-1, "-") && ts.touch(i) && !ts.touch(i-1) || ts.is(i-1, "minus")
}

func isUnit(ts tokens, i int) bool {
	_, n := unitAt(ts, i, false)
	return n > 0
}

var rateBefore = set("once twice thrice times time hours hour hrs hr h minutes mins min day days evening evenings night nights euros euro dollars dollar pounds bucks grand every each per")

// rate reports whether the quantity at token i, n tokens long, says how often
// rather than how long: "twice a month", "3 days a week", "every two weeks".
func rate(ts tokens, i, n int) bool {
	prev, first := ts.at(i-1), ts.at(i)
	if prev.s == "every" || prev.s == "each" || prev.s == "per" {
		return true
	}
	if (first.s == "a" || first.s == "an" || first.s == "per") && (rateBefore[prev.s] || prev.kind == number || prev.s == "%" || prev.s == "€" || prev.s == "k" && ts.touch(i-1)) {
		return true
	}
	return ts.is(i+n, "a", "per", "each", "every", "/") && isUnit(ts, i+n+1)
}
