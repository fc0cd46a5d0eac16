package reading

import (
	"math"
	"strings"
)

// dayName gives how often a week a word for a day comes.
var dayName = map[string]float64{
	"mondays": 1, "tuesdays": 1, "wednesdays": 1, "thursdays": 1, "fridays": 1, "saturdays": 1, "sundays": 1,
	"monday": 1, "tuesday": 1, "wednesday": 1, "thursday": 1, "friday": 1, "saturday": 1, "sunday": 1,
	"mon": 1, "tue": 1, "wed": 1, "thu": 1, "fri": 1, "sat": 1, "sun": 1,
	"weekdays": 5, "workdays": 5, "weekends": 2, "weeknights": 5,
}

// timeSpent reads a length of time at token i with its rate: "an hour a day",
// "two evenings", "half a day". per is how often a week, 0 when not said.
func timeSpent(ts tokens, i int) (h, per float64, what measured, n int) {
	v, k := hoursCount(ts, i)
	if k == 0 {
		return 0, 0, 0, 0
	}
	for beforeUnit[ts.at(i+k).s] || ts.is(i+k, "free", "-") {
		k++
	}
	switch t := ts.at(i + k); {
	case t.s == "evening" || t.s == "evenings" || t.s == "night" || t.s == "nights" || t.s == "weeknight" || t.s == "weeknights":
		h, what = v*eveningHours, inEvenings
	case t.s == "morning" || t.s == "mornings" || t.s == "afternoon" || t.s == "afternoons":
		h, what = v*halfDayHours, inHalfDays
	case t.s == "weekend" || t.s == "weekends":
		h, what = v*2*halfDayHours, inHalfDays
	case (t.s == "lunch" || t.s == "lunches") && (t.s == "lunches" || ts.is(i+k+1, "break", "breaks", "hour", "hours")):
		h, k = v, k+b2i(ts.is(i+k+1, "break", "breaks", "hour", "hours"))
	case dayName[t.s] == 1 && ts.is(i+k+1, "evening", "evenings", "night", "nights"):
		h, what, k = v*eveningHours, inEvenings, k+1
	case dayName[t.s] == 1 && ts.is(i+k+1, "morning", "mornings", "afternoon", "afternoons"):
		h, what, k = v*halfDayHours, inHalfDays, k+1
	case dayName[t.s] == 1 && !ts.is(i, "a", "an"):
		h, what = v*workingDayHours, inDays
	default:
		u, m := unitAt(ts, i+k, ts.at(i+k-1).kind == number)
		switch u {
		case minutes, hours:
			h = stretch(v, u).hours
		case days, workingDays:
			h, what = v*workingDayHours, inDays
		default:
			return 0, 0, 0, 0
		}
		k += m - 1
	}
	k++
	if ts.is(i, "a", "an", "one") && ts.is(i+k, "or") && ts.is(i+k+1, "two", "three") { // an hour or two
		k += 2 // of a range the lower end
	}
	if each, size := quantity(ts, i+k+1); ts.is(i+k, "of", "with") && size > 0 && each.lo.hours > 0 { // two evenings of 3 hours
		h, what, k = v*each.lo.hours, inHours, k+1+size
	}
	if v > 0 && follows(ts, i+k, []string{"and", "a", "half"}) {
		h, k = h*(v+.5)/v, k+3
	}
	if m, size := quantity(ts, i+k+b2i(ts.is(i+k, "and"))); size > 0 && m.unit == minutes && ts.is(i+k, "and") {
		h, k = h+m.lo.hours, k+1+size
	}
	per, m := rateAt(ts, i+k)
	return h, per, what, k + m
}

// hoursCount reads the number of a length of time, of a range the lower end; "an",
// "my" and "every" are one.
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
	return lo, n
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
		if to := dayName[ts.at(i+2).s]; d == 1 && to == 1 && ts.is(i+1, "to", "-", "till", "until", "through") { // Monday to Friday
			return float64((weekdayOf(ts.at(i+2).s)-weekdayOf(ts.at(i).s)+7)%7 + 1), 3
		}
		return d, 1
	}
	return 0, 0
}

// weekdayOf numbers the names of days in dayName from Monday, 0.
func weekdayOf(name string) int { return strings.Index("montuewedthufrisatsun", name[:3]) / 3 }
