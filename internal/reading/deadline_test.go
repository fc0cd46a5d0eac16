package reading

import (
	"strings"
	"testing"
	"time"
)

// say writes a span as the tables do.
func say(s Span) string {
	if s.Ambiguous != nil {
		var readings []string
		for _, a := range s.Ambiguous {
			readings = append(readings, say(a))
		}
		return "? " + strings.Join(readings, " / ")
	}
	out := s.Earliest.String()
	if s.Latest != s.Earliest {
		out += ".." + s.Latest.String()
	}
	if s.Precision != Day {
		out += " " + s.Precision.String()
	}
	if s.Past {
		out += " past"
	}
	return out
}

func TestDeadline(t *testing.T) {
	problems := map[Problem]string{NoProblem: "-", NeedsBirthday: "- needs birthday", NoSuchDay: "- no such day", OutOfRange: "- out of range"}
	for _, r := range table(t, "deadline.txt") {
		s, ok := Deadline(r.text, r.dateOptions(t))
		got := say(s)
		if !ok {
			got = problems[s.Problem]
		} else if r.settings["toward"] == "past" {
			got = strings.ReplaceAll(got, " past", "")
		}
		r.errorf(t, "Deadline", got)
	}
}

func TestDeadlineSaysWhereItRead(t *testing.T) {
	now := row{settings: map[string]string{"now": "2026-11-12"}}.now(t)
	for text, want := range map[string]string{
		"the course starts 11 January and takes 9 months": "11 January",
		"I want to be there by the end of 2027, latest":   "by the end of 2027",
		"hopefully in about 9 months":                     "in about 9 months",
		"ünïcödé first, then before Easter":               "before Easter",
	} {
		s, ok := Deadline(text, DateOptions{Now: now})
		if !ok || s.Text != want || text[s.Start:s.End] != want {
			t.Errorf("Deadline(%q) read %q at %d:%d, want %q", text, s.Text, s.Start, s.End, want)
		}
	}
}

func TestTwoFactsInOneAnswerAreBothRead(t *testing.T) {
	now := row{settings: map[string]string{"now": "2026-11-12"}}.now(t)
	for _, text := range []string{
		"starts 11 January and takes 9 months",
		"it takes 9 months and starts on January 11",
		"9 months, from 11 January 2027 on",
	} {
		s, ok := Deadline(text, DateOptions{Now: now, BareDuration: true})
		if !ok || s.Latest.String() != "2027-01-11" {
			t.Errorf("Deadline(%q) = %v, %v; want 2027-01-11", text, s.Latest, ok)
		}
		d, _, ok := ReadDuration(text, now)
		if !ok || d.Months != 9 || d.Days != 0 {
			t.Errorf("ReadDuration(%q) = %+v, %v; want 9 months", text, d, ok)
		}
	}
}

func TestDateFromLocale(t *testing.T) {
	for locale, want := range map[string]string{
		"en-US": "month", "en_US": "month", "en-GB": "day", "en-AU": "day", "de-DE": "day", "fr-FR": "day", "pt-BR": "day", "es-419": "day",
		"en": "ask", "en-CA": "ask", "ja-JP": "ask", "zh-Hans-CN": "ask", "": "ask", "xx": "ask", "-": "ask",
	} {
		got := "ask"
		if dayFirst := DateFromLocale(locale); dayFirst != nil {
			got = map[bool]string{true: "day", false: "month"}[*dayFirst]
		}
		if got != want {
			t.Errorf("DateFromLocale(%q): %s first, want %s", locale, got, want)
		}
	}
}

// holds checks what is true of every span.
func holds(t *testing.T, text string, s Span, ok bool) {
	t.Helper()
	if ok != (s.Problem == NoProblem && !s.Latest.IsZero()) {
		t.Errorf("Deadline(%q) = %+v, %v: problem and result disagree", text, s, ok)
	}
	if !ok {
		return
	}
	if s.Earliest.After(s.Latest) || !inRange(s.Latest) || !inRange(s.Earliest) {
		t.Errorf("Deadline(%q) = %v..%v", text, s.Earliest, s.Latest)
	}
	for _, d := range []Date{s.Earliest, s.Latest} {
		if _, real := newDate(d.Year, d.Month, d.Day); !real {
			t.Errorf("Deadline(%q) has the day %v, which does not exist", text, d)
		}
	}
	if s.Start < 0 || s.End > len(text) || s.Start > s.End || text[s.Start:s.End] != s.Text {
		t.Errorf("Deadline(%q): %q is not at %d:%d", text, s.Text, s.Start, s.End)
	}
	for _, a := range s.Ambiguous {
		if a.Earliest.After(a.Latest) || a.Earliest.Before(s.Earliest) || a.Latest.After(s.Latest) || a.Ambiguous != nil {
			t.Errorf("Deadline(%q): reading %v..%v outside %v..%v", text, a.Earliest, a.Latest, s.Earliest, s.Latest)
		}
	}
}

func FuzzDeadline(f *testing.F) {
	for _, r := range table(f, "deadline.txt") {
		f.Add(r.text, 20769, false) // days from 1970: November 2026
	}
	for _, s := range []string{"end of the end of the end of the end of the end of the year", "first first first", "the the the the the the", "3-3-3-3", "1.1.1.1.1", "2027-2028-2029", "3 weeks before 3 weeks before 3 weeks before Easter", "before before", "29 feb 1900", "29 feb 2199", "week 53", "31 to 31 May", "between and", "0 March", "May 0", "in 0 days", "q0", "12 June no, 99"} {
		f.Add(s, 20769, true)
		f.Add(s, 0, false)
	}
	f.Fuzz(func(t *testing.T, text string, day int, past bool) {
		now := time.Date(1970, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, (day%60000+60000)%60000)
		o := DateOptions{Now: now, BareDuration: day%2 == 0, Birthday: Date{Year: 1996, Month: time.February, Day: 29}}
		if past {
			o.Toward = Past
		}
		if day%3 == 0 {
			o.FiscalStart = time.Month(day/3%12 + 1)
		}
		if o.FiscalStart < 0 || o.FiscalStart > 12 {
			o.FiscalStart = time.April
		}
		s, ok := Deadline(text, o)
		holds(t, text, s, ok)
	})
}

// Messages as long as Slack allows must not hold up the person's next one. A
// reader that looks at the rest of the message from each word takes a hundred
// times as long for ten times the text.
func TestLongMessagesAreReadInLinearTime(t *testing.T) {
	now := row{settings: map[string]string{"now": "2026-11-12"}}.now(t)
	read := func(text string) time.Duration {
		start := time.Now()
		Deadline(text, DateOptions{Now: now, BareDuration: true})
		ReadDuration(text, now)
		YesNo(text)
		Number(text)
		Scale(text, 0, 10)
		WeeklyHours(text)
		Money(text)
		List(text)
		ReadCommand(text)
		ReadCorrection(text)
		ChooseMany(text, []Option{{ID: "a", Label: "A"}, {ID: "b", Label: "B"}})
		Danger(text)
		Clean(text)
		return time.Since(start)
	}
	for _, unit := range []string{"the ", "1 ", "end of the ", "2 years and ", "no, ", "don't want to ", "- a\n", "3 weeks before ", "monday ", "on maybe ", "a; ", "2 hours on saturday morning and "} {
		text := strings.Repeat(unit, 40000/len(unit))
		short, long := time.Hour, time.Hour
		for range 3 { // the best of three, as other work disturbs the clock
			short = min(short, read(text[:len(unit)*(4000/len(unit))]))
			if long = min(long, read(text)); long < 50*short {
				break
			}
		}
		if long > 50*short {
			t.Errorf("4,000 bytes of %q took %v, 40,000 took %v", unit, short, long)
		}
	}
}

func BenchmarkDeadline(b *testing.B) {
	now := row{settings: map[string]string{"now": "2026-11-12"}}.now(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := Deadline("I'd like to be there by the end of March 2028, if all goes well", DateOptions{Now: now}); !ok {
			b.Fatal("not read")
		}
	}
}

func BenchmarkDanger(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if Danger("I'd like to be there by the end of March 2028, if all goes well") != NoConcern {
			b.Fatal("misread")
		}
	}
}
