package reading

import (
	"strings"
	"time"
)

var monthNames = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6,
	"july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "febr": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
	"sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	"januar": 1, "februar": 2, "märz": 3, "maerz": 3, "mai": 5, "juni": 6, "juli": 7,
	"oktober": 10, "dezember": 12, "okt": 10, "dez": 12,
}

var weekdayNames = map[string]time.Weekday{
	"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday,
	"thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday, "sunday": time.Sunday,
	"mon": time.Monday, "tue": time.Tuesday, "tues": time.Tuesday, "wed": time.Wednesday, "weds": time.Wednesday,
	"thu": time.Thursday, "thur": time.Thursday, "thurs": time.Thursday, "fri": time.Friday,
	"sat": time.Saturday, "sun": time.Sunday,
}

// Words one letter away from a month or a weekday that are words of their own.
var notCalendar = set("match marsh larch parch harsh marche starch sundry someday monkey mayday jury jungle angust")

// Month and weekday names that are also other words. They count only where the
// neighbours make a date likely.
var doubtful = set("may march mar sat sun mon wed dec sep jan mai jun jul fri tue nov")

// monthAt reads a month name at token i: 1 to 12, or 0.
func (r *dateReader) monthAt(i int) int {
	t := r.at(i)
	if t.kind != word {
		return 0
	}
	s := strings.TrimSuffix(t.s, "'s")
	if m := monthNames[s]; m != 0 || len(s) < 5 || notCalendar[s] {
		return m
	}
	name, _ := slip(s, longMonths)
	return monthNames[name]
}

var longMonths = set("january february march april august september october november december")

// weekdayAt reads the name of a weekday at token i.
func (r *dateReader) weekdayAt(i int) (time.Weekday, bool) {
	t := r.at(i)
	if t.kind != word {
		return 0, false
	}
	s := strings.TrimSuffix(t.s, "'s")
	if w, ok := weekdayNames[s]; ok {
		return w, true
	}
	if len(s) < 5 || notCalendar[s] {
		return 0, false
	}
	name, ok := slip(s, longWeekdays)
	return weekdayNames[name], ok && !strings.HasSuffix(s, "days")
}

var longWeekdays = set("monday tuesday wednesday thursday friday saturday sunday")

var (
	beforeDate   = set("in by until till til before after since during of next this last mid early late around about from to between through past due or and on for coming end start beginning middle approximately roughly circa ca maybe perhaps probably say")
	pronouns     = set("i you he she it we they that this which who what there and or but so work things someone")
	afterMonth   = set("at or and to until if i we but maybe hopefully latest next this last when would is works the then please for because as so works")
	datePreps    = set("in by until till til before after between since during of around about mid early late end from through past")
	personal     = set("says said told thinks asked who knows helps works")
	afterAMonthN = set("is was")
)

// likelyMonth guards month names that are other words too: "I may go", "the
// march", "April is my manager".
func (r *dateReader) likelyMonth(i int) bool {
	t, prev, next := r.at(i), r.at(i-1), r.at(i+1)
	whole := r.wordCount() <= 2
	if !doubtful[t.s] {
		person := t.upper && next.kind == word && (personal[next.s] || afterAMonthN[next.s] && r.is(i+2, "my", "a", "our", "the", "his", "her", "very", "so"))
		return !person || datePreps[prev.s]
	}
	if next.kind == number || next.kind == punct && next.s == "'" && r.at(i+2).kind == number {
		return true
	}
	if r.at(i-1).kind == number && !r.is(i-2, ":") {
		return true
	}
	switch {
	case r.is(i+1, "or", "and", "to", "-", "/", "until", "through") && r.monthAt(i+2) != 0,
		next.s == "of" && r.at(i+2).kind == number,
		next.s == "the" && (ordinals[r.at(i+2).s] > 0 || r.at(i+2).kind == number),
		prev.s == "," && r.is(i-2, "year"):
		return true
	case prev.s == "or" || prev.s == "and" || prev.s == "to" || prev.s == "-":
		return r.monthAt(i-2) != 0 || t.upper && !pronouns[next.s]
	case datePreps[prev.s] || prev.s == "next" || prev.s == "last" || prev.s == "coming":
		return true
	case prev.s == "this":
		return t.upper || next.kind != word
	case prev.s == "the":
		return false
	case next.s == "next" || next.s == "this" || next.s == "last":
		return r.is(i+2, "year")
	}
	return whole && (next.kind != word) && (prev.kind != word || beforeDate[prev.s]) || t.upper && prev.kind == word && !pronouns[prev.s] && next.kind != word
}

// likelyWeekday guards "sat", "sun", "mon" and "wed".
func (r *dateReader) likelyWeekday(i int) bool {
	t, prev, next := r.at(i), r.at(i-1), r.at(i+1)
	if !doubtful[t.s] {
		return true
	}
	return r.wordCount() <= 2 || t.upper && !pronouns[prev.s] && prev.s != "the" || datePreps[prev.s] || prev.s == "on" || prev.s == "next" || prev.s == "this" && next.kind != word ||
		next.kind == number || next.s == "," && r.at(i+2).kind == number
}

// wordCount is the number of words and numbers in the message, counted up to
// four: it serves to tell an answer from a sentence.
func (r *dateReader) wordCount() int {
	n := 0
	for i := 0; i < len(r.tokens) && n < 4; i++ {
		if k := r.tokens[i].kind; k == word || k == number {
			n++
		}
	}
	return n
}

func month(m int) moment {
	return moment{prec: Month, m: m, at: func(y int) (Date, Date, bool) {
		return monthStart(y, time.Month(m)), monthEnd(y, time.Month(m)), true
	}}
}

// dayMonth is a day of a month; a day that no year has is NoSuchDay.
func dayMonth(d, m int) moment {
	if _, ok := newDate(2000, time.Month(m), d); !ok {
		return moment{problem: NoSuchDay}
	}
	return moment{prec: Day, d: d, m: m, at: func(y int) (Date, Date, bool) {
		day, ok := newDate(y, time.Month(m), d)
		return day, day, ok
	}}
}

func year(y int) moment {
	if y < minYear || y > maxYear {
		return moment{problem: OutOfRange}
	}
	m := fixedSpan(monthStart(y, time.January), monthEnd(y, time.December), Year)
	m.y = y
	return m
}

func quarter(q int) moment { return monthsFrom(3*q-2, 3, Quarter) }

func half(h int) moment { return monthsFrom(6*h-5, 6, Half) }

// monthsFrom is n whole months beginning with month m; it may reach into the
// next year.
func monthsFrom(m, n int, p Precision) moment {
	return moment{prec: p, at: func(y int) (Date, Date, bool) {
		e := monthStart(y, time.January).AddMonths(m - 1)
		return e, e.AddMonths(n).AddDays(-1), true
	}}
}

// isoWeek is a numbered week; the calendar has no week 53 in most years.
func isoWeek(w int) moment {
	return moment{prec: Week, at: func(y int) (Date, Date, bool) {
		e := mondayOf(Date{Year: y, Month: time.January, Day: 4}).AddDays(7 * (w - 1))
		gotYear, got := e.AddDays(3).At(0, 0, time.UTC).ISOWeek()
		return e, e.AddDays(6), got == w && gotYear == y
	}}
}

// easter is Easter Sunday by the Gregorian calendar (Meeus, Jones, Butcher).
func easter(y int) Date {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	return Date{Year: y, Month: time.Month((h + l - 7*m + 114) / 31), Day: (h+l-7*m+114)%31 + 1}
}

func feast(f func(y int) Date) moment {
	return moment{prec: Day, at: func(y int) (Date, Date, bool) { d := f(y); return d, d, true }}
}

func fromEaster(days int) moment {
	return feast(func(y int) Date { return easter(y).AddDays(days) })
}

// Days with a name that everybody who uses it reckons alike.
var feasts = []struct {
	words  []string
	moment moment
}{
	{[]string{"christmas", "eve"}, dayMonth(24, 12)},
	{[]string{"christmas", "day"}, dayMonth(25, 12)},
	{[]string{"christmas"}, dayMonth(25, 12)},
	{[]string{"xmas"}, dayMonth(25, 12)},
	{[]string{"x", "-", "mas"}, dayMonth(25, 12)},
	{[]string{"boxing", "day"}, dayMonth(26, 12)},
	{[]string{"new", "year's", "eve"}, dayMonth(31, 12)},
	{[]string{"new", "years", "eve"}, dayMonth(31, 12)},
	{[]string{"new", "year's", "day"}, dayMonth(1, 1)},
	{[]string{"new", "years", "day"}, dayMonth(1, 1)},
	{[]string{"new", "year's"}, dayMonth(1, 1)},
	{[]string{"new", "years"}, dayMonth(1, 1)},
	{[]string{"new", "year"}, dayMonth(1, 1)},
	{[]string{"easter", "monday"}, fromEaster(1)},
	{[]string{"easter", "sunday"}, fromEaster(0)},
	{[]string{"easter"}, fromEaster(0)},
	{[]string{"good", "friday"}, fromEaster(-2)},
	{[]string{"ascension", "day"}, fromEaster(39)},
	{[]string{"whit", "monday"}, fromEaster(50)},
	{[]string{"pentecost"}, fromEaster(49)},
	{[]string{"whitsun"}, fromEaster(49)},
	{[]string{"halloween"}, dayMonth(31, 10)},
	{[]string{"valentine's", "day"}, dayMonth(14, 2)},
	{[]string{"valentines", "day"}, dayMonth(14, 2)},
	{[]string{"thanksgiving"}, feast(func(y int) Date { return nthWeekday(y, time.November, time.Thursday, 4) })},
}

// nthWeekday is the nth w of a month, or the last for n = -1.
func nthWeekday(y int, m time.Month, w time.Weekday, n int) Date {
	if n < 0 {
		end := monthEnd(y, m)
		return end.AddDays(-((int(end.Weekday()) - int(w) + 7) % 7))
	}
	first := monthStart(y, m)
	return first.AddDays((int(w)-int(first.Weekday())+7)%7 + 7*(n-1))
}

// season returns the moment of a season's name. It begins with a whole month
// and asks for the month, since people's summers differ.
func (r *dateReader) season(i int) (m moment, n int) {
	first, ok := seasonStart[r.at(i).s]
	if !ok || !r.likelySeason(i) {
		return m, 0
	}
	if r.south {
		first = (first+5)%12 + 1
	}
	m = monthsFrom(first, 3, Season)
	m.ask = true
	return m, 1
}

var seasonStart = map[string]int{
	"spring": 3, "springtime": 3, "summer": 6, "summertime": 6, "autumn": 9, "fall": 9, "winter": 12, "wintertime": 12,
}

var (
	seasonBefore = set("in by until till til before after since the this next last early late mid of during around coming over for from end")
	seasonAfter  = set("job jobs internship school schools camp coat cleaning sale party course festival collection dress associate intern house range behind apart into down asleep term olympics roll rolls water sports")
)

// likelySeason guards "spring cleaning", "if I fall behind", "a summer job".
func (r *dateReader) likelySeason(i int) bool {
	next := r.at(i + 1)
	if seasonAfter[next.s] {
		return false
	}
	if next.s == "of" && r.at(i+2).kind == number {
		return true
	}
	if next.kind == number || next.s == "next" || next.s == "this" || next.s == "of" {
		return !r.is(i, "fall", "spring") || next.kind == number || seasonBefore[r.at(i-1).s]
	}
	return seasonBefore[r.at(i-1).s] || r.wordCount() <= 2 && !r.is(i-1, "i", "to", "we")
}

// southern tells whether a zone's seasons are those of the southern half.
func southern(zone string) bool {
	for _, p := range []string{"Australia/", "Antarctica/", "America/Argentina/", "Pacific/Auckland", "Pacific/Chatham",
		"Africa/Johannesburg", "Africa/Windhoek", "Africa/Maputo", "Africa/Harare", "Africa/Gaborone", "Africa/Maseru", "Africa/Mbabane",
		"America/Sao_Paulo", "America/Santiago", "America/Montevideo", "America/Asuncion", "America/Buenos_Aires",
		"America/Punta_Arenas", "America/La_Paz", "America/Lima", "Indian/Mauritius", "Indian/Reunion", "NZ"} {
		if strings.HasPrefix(zone, p) {
			return true
		}
	}
	return false
}
