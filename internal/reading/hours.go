package reading

import (
	"cmp"
	"math"
)

// Hours that people mean when they do not count in hours: said back before
// they are used.
const (
	eveningHours    = 2.0
	workingDayHours = 8.0
	halfDayHours    = 4.0
	weeksPerMonth   = 365.25 / 12 / 7
)

// WeeklyHours reads how much time somebody has in a week: "5 hours", "an hour a
// day" (seven), "two evenings" (two hours each), "a day a week" (eight),
// "10 hours a month", "none". A bare number is hours a week.
func WeeklyHours(text string) (hours float64, ok bool) {
	ts := lex(text)
	if hours, ok = sessions(ts); !ok {
		hours, ok = plainHours(ts)
	}
	if !ok || hours < 0 || hours > 168 {
		return 0, false
	}
	return math.Round(hours*100) / 100, true
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
	return x.value, !x.percent && x.of == 0
}

func perWeek(ts tokens, k int) bool {
	return ts.is(k, "a", "per", "each", "every") && ts.is(k+1, "week") || ts.is(k, "weekly", "or", "max", "at")
}

// sessions adds up what the message names: "an hour on Mondays and two on
// Saturday morning" is what stands around each unit.
func sessions(ts tokens) (float64, bool) {
	var length, often float64 // hours of one; times a week
	var total float64
	var found bool
	for i := 0; i < len(ts); {
		h, per, n := timeSpent(ts, i)
		if n > 0 && ts.is(i-1, "work", "working") { // what the job takes is not free time
			i += n
			continue
		}
		if n > 0 {
			if length > 0 { // "2 hours and a day": what came before stands alone
				total += length * max(often, 1)
				often = 0
			}
			length, found = h, true
			if per > 0 {
				often = per
			}
			i += n
			continue
		}
		times, n := timesAWeek(ts, i)
		if n > 0 {
			if often > 0 && length > 0 && dayName[ts.at(i).s] > 0 {
				often += times
			} else {
				often = times
			}
			i += n
			continue
		}
		i++
	}
	if length > 0 {
		total += length * cmp.Or(often, 1)
	}
	if !found {
		return partsOfDay(ts)
	}
	return total, found
}

// partsOfDay reads "every evening" and "Saturday mornings", which name a time
// without counting hours.
func partsOfDay(ts tokens) (float64, bool) {
	for i := range ts {
		size := 0.0
		switch ts.at(i).s {
		case "evening", "evenings", "night", "nights":
			size = eveningHours
		case "morning", "mornings", "afternoon", "afternoons":
			size = halfDayHours
		}
		switch {
		case size == 0:
		case dayName[ts.at(i-1).s] > 0:
			return size * dayName[ts.at(i-1).s], true
		case size == eveningHours && ts.is(i-1, "weekday", "work", "working"):
			return 5 * size, true
		case size == eveningHours && ts.is(i-1, "every"):
			return 7 * size, true
		case size == eveningHours && ts.is(i-1, "other", "second") && ts.is(i-2, "every"):
			return 7 * size / 2, true
		}
	}
	return 0, false
}

// dayName gives how often a week a word for a day comes.
var dayName = map[string]float64{
	"mondays": 1, "tuesdays": 1, "wednesdays": 1, "thursdays": 1, "fridays": 1, "saturdays": 1, "sundays": 1,
	"monday": 1, "tuesday": 1, "wednesday": 1, "thursday": 1, "friday": 1, "saturday": 1, "sunday": 1,
	"mon": 1, "tue": 1, "wed": 1, "thu": 1, "fri": 1, "sat": 1, "sun": 1,
	"weekdays": 5, "workdays": 5, "weekends": 2, "weeknights": 5,
}

// timeSpent reads a length of time at token i with its rate: "an hour a day",
// "two evenings", "half a day". per is how often a week, 0 when not said.
func timeSpent(ts tokens, i int) (h, per float64, n int) {
	v, k := hoursCount(ts, i)
	if k == 0 {
		return 0, 0, 0
	}
	for beforeUnit[ts.at(i+k).s] || ts.is(i+k, "free", "-") {
		k++
	}
	switch t := ts.at(i + k); {
	case t.s == "evening" || t.s == "evenings" || t.s == "night" || t.s == "nights" || t.s == "weeknight" || t.s == "weeknights":
		h = v * eveningHours
	case t.s == "morning" || t.s == "mornings" || t.s == "afternoon" || t.s == "afternoons":
		h = v * halfDayHours
	case t.s == "weekend" || t.s == "weekends":
		h = v * 2 * halfDayHours
	case (t.s == "lunch" || t.s == "lunches") && (t.s == "lunches" || ts.is(i+k+1, "break", "breaks", "hour", "hours")):
		h, k = v, k+b2i(ts.is(i+k+1, "break", "breaks", "hour", "hours"))
	case dayName[t.s] == 1 && !ts.is(i, "a", "an"):
		h = v * workingDayHours
	default:
		u, m := unitAt(ts, i+k, ts.at(i+k-1).kind == number)
		switch u {
		case minutes, hours:
			h = stretch(v, u).hours
		case days, workingDays:
			h = v * workingDayHours
		default:
			return 0, 0, 0
		}
		k += m - 1
	}
	k++
	if ts.is(i, "a", "an", "one") && ts.is(i+k, "or") && ts.is(i+k+1, "two", "three") { // an hour or two
		h, k = h*(1+cardinals[ts.at(i+k+1).s])/2, k+2
	}
	if each, size := quantity(ts, i+k+1); ts.is(i+k, "of", "with") && size > 0 && each.lo.hours > 0 { // two evenings of 3 hours
		h, k = v*(each.lo.hours+each.hi.hours)/2, k+1+size
	}
	if v > 0 && follows(ts, i+k, []string{"and", "a", "half"}) {
		h, k = h*(v+.5)/v, k+3
	}
	if m, size := quantity(ts, i+k+b2i(ts.is(i+k, "and"))); size > 0 && m.unit == minutes && ts.is(i+k, "and") {
		h, k = h+m.lo.hours, k+1+size
	}
	per, m := rateAt(ts, i+k)
	return h, per, k + m
}

// hoursCount reads the number of a length of time; "an", "my" and "every" are
// one.
func hoursCount(ts tokens, i int) (v float64, n int) {
	if ts.is(i, "an", "a") && !ts.is(i+1, "couple", "few", "half", "quarter") {
		return 1, 1
	}
	lo, hi, _, n := numeral(ts, i)
	if n == 0 || math.IsInf(hi, 0) {
		return 0, 0
	}
	if ts.is(i+n, "-") && ts.is(i+n+1, "hour", "minute") {
		n++
	}
	n += b2i(ts.is(i+n, "an", "of"))
	return (lo + hi) / 2, n
}

// rateAt reads "a week", "per day", "daily", "/week", "every evening", "twice a
// week" and returns how often that is in a week.
func rateAt(ts tokens, i int) (per float64, n int) {
	k := i
	for k < i+3 && ts.is(k, "in", "on", "of", "my", "the", "time") {
		k++
	}
	switch ts.at(k).s {
	case "daily":
		return 7, k + 1 - i
	case "weekly":
		return 1, k + 1 - i
	case "monthly":
		return 1 / weeksPerMonth, k + 1 - i
	}
	if !ts.is(k, "a", "an", "per", "each", "every", "/", "any") {
		return 0, 0
	}
	k++
	if ts.is(k, "other", "second", "two") {
		if p, m := rateUnit(ts, k+1); m > 0 {
			return p / 2, k + 1 + m - i
		}
	}
	if p, m := rateUnit(ts, k); m > 0 {
		return p, k + m - i
	}
	return 0, 0
}

func rateUnit(ts tokens, k int) (per float64, n int) {
	if ts.is(k, "working", "work", "week") && ts.is(k+1, "day", "days", "night", "evening") {
		return 5, 2
	}
	switch s := ts.at(k).s; s {
	case "weekday", "workday", "weeknight":
		return 5, 1
	case "evening", "night", "morning", "afternoon", "lunch", "lunchtime":
		return 7, 1
	case "weekend":
		return 1, 1
	default:
		if dayName[s] == 1 {
			return 1, 1
		}
	}
	switch u, m := unitAt(ts, k, false); u {
	case days:
		return 7, m
	case weeks:
		if ts.is(k, "fortnight") {
			return .5, m
		}
		return 1, m
	case months:
		return 1 / weeksPerMonth, m
	case years:
		return 7 / 365.25, m
	}
	return 0, 0
}

// timesAWeek reads "twice a week", "3 times a week", "every evening", "daily",
// "on Mondays" when it stands apart from the length.
func timesAWeek(ts tokens, i int) (times float64, n int) {
	count := map[string]float64{"once": 1, "twice": 2, "thrice": 3}[ts.at(i).s]
	n = 1
	if count == 0 {
		v, k := cardinal(ts, i)
		if k > 0 && ts.is(i+k, "times", "x", "time") {
			count, n = v, k+1
		}
	}
	if count > 0 {
		if per, m := rateAt(ts, i+n); m > 0 {
			return count * per, n + m
		}
		return count, n
	}
	if per, m := rateAt(ts, i); m > 0 && !ts.is(i, "a", "an", "/", "the", "my", "of") {
		return per, m
	}
	if d := dayName[ts.at(i).s]; d > 0 {
		return d, 1
	}
	return 0, 0
}
