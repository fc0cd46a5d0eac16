package holidays

import (
	"slices"
	"strings"
	"testing"

	"waymark/internal/civil"
)

func date(t testing.TB, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPublicHolidays(t *testing.T) {
	tests := []struct {
		code, date string
		want       bool
	}{
		{"DE", "2027-10-03", true},
		{"DE", "2027-01-06", false},
		{"DE-BY", "2027-01-06", true}, // Epiphany, in Bavaria and not in Berlin
		{"DE-BE", "2027-01-06", false},
		{"DE-BY", "2027-03-26", true},  // Good Friday
		{"US", "2027-07-05", true},     // the 4th is a Sunday
		{"US", "2021-12-31", true},     // New Year's Day of 2022 was a Saturday
		{"GB", "2027-12-28", true},     // Boxing Day, a Sunday, in lieu
		{"AU-NSW", "2027-01-26", true}, // Australia Day
		{"CH-ZH", "2027-08-01", true},
		{"JP", "2027-05-05", true},
		{"NZ", "2027-02-08", true}, // Waitangi Day, the 6th is a Saturday
		{"FR", "2027-07-14", true},
		{"FR", "2027-07-15", false},
	}
	for _, tt := range tests {
		c, ok := ByCode(tt.code)
		if !ok {
			t.Fatalf("no calendar for %s", tt.code)
		}
		if _, got := c.On(date(t, tt.date)); got != tt.want {
			t.Errorf("%s: On(%s) = %t, want %t; the year has %v", tt.code, tt.date, got, tt.want, c.In(date(t, tt.date).Year))
		}
	}
}

func TestEveryRegionHasHolidays(t *testing.T) {
	if len(Regions()) < 80 {
		t.Errorf("%d regions", len(Regions()))
	}
	seen := map[string]string{}
	for _, r := range Regions() {
		c, ok := ByCode(strings.ToLower(r.Code))
		if !ok || c.Name() != r.Name {
			t.Fatalf("ByCode(%s) = %v, %t", r.Code, c, ok)
		}
		for year := 2026; year <= 2036; year++ {
			days := c.In(year)
			if len(days) < 3 || len(days) > 40 {
				t.Errorf("%s has %d holidays in %d", r.Code, len(days), year)
			}
			if !slices.IsSortedFunc(days, func(a, b Day) int { return a.Date.Compare(b.Date) }) {
				t.Errorf("%s: the holidays of %d are not in order", r.Code, year)
			}
			for _, d := range days {
				if d.Date.Year != year || d.Name == "" {
					t.Errorf("%s: %v in %d", r.Code, d, year)
				}
			}
		}
		for _, name := range append([]string{r.Code, r.Name, strings.ToUpper(r.Name)}, r.also...) {
			if got, ok := Find(" " + name + ". "); !ok || got.Code != r.Code {
				t.Errorf("Find(%q) = %s, %t, want %s", name, got.Code, ok, r.Code)
			}
			if other := seen[fold(name)]; other != "" && other != r.Code {
				t.Errorf("%q names %s and %s", name, other, r.Code)
			}
			seen[fold(name)] = r.Code
		}
	}
	for _, nothing := range []string{"", "-", "Atlantis", "D", "DE-XX", "holidays"} {
		if r, ok := Find(nothing); ok {
			t.Errorf("Find(%q) = %v", nothing, r)
		}
	}
	if got := len(Parts("de")); got != 16 {
		t.Errorf("Germany has %d parts", got)
	}
	for zone, code := range guesses {
		if _, ok := ByCode(code); !ok || Guess(zone) != code {
			t.Errorf("%s: no region %s", zone, code)
		}
	}
}

func TestAround(t *testing.T) {
	c, _ := ByCode("DE")
	days := c.Around(date(t, "2027-06-01"))
	if !slices.IsSortedFunc(days, civil.Date.Compare) || days[0].Year != 2026 || days[len(days)-1].Year != 2028 {
		t.Errorf("Around 2027 = %v", days)
	}
}

// file wraps events into a calendar.
func file(events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n")
	for _, e := range events {
		b.WriteString("BEGIN:VEVENT\r\nUID:x\r\n" + strings.ReplaceAll(e, "\n", "\r\n") + "\r\nEND:VEVENT\r\n")
	}
	b.WriteString("END:VCALENDAR\r\n")
	return b.String()
}

func TestReadICS(t *testing.T) {
	tests := []struct {
		name, text string
		year       int
		want       string
	}{
		{"one day", file("DTSTART;VALUE=DATE:20270104\nDTEND;VALUE=DATE:20270105\nSUMMARY:Founders' day"), 2027, "2027-01-04"},
		{"a day without an end", file("DTSTART;VALUE=DATE:20270104"), 2027, "2027-01-04"},
		{"an end on the day itself", file("DTSTART;VALUE=DATE:20270104\nDTEND;VALUE=DATE:20270104"), 2027, "2027-01-04"},
		{"a closing over the turn of the year", file("DTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20270103"), 2027, "2027-01-01 2027-01-02"},
		{"and its other half", file("DTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20270103"), 2026, "2026-12-30 2026-12-31"},
		{"a duration", file("DTSTART;VALUE=DATE:20270104\nDURATION:P2D"), 2027, "2027-01-04 2027-01-05"},
		{"every year", file("DTSTART;VALUE=DATE:20201224\nRRULE:FREQ=YEARLY"), 2027, "2027-12-24"},
		{"every year, said twice over", file("DTSTART;VALUE=DATE:20201224\nRRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;WKST=MO"), 2027, "2027-12-24"},
		{"every other year", file("DTSTART;VALUE=DATE:20201224\nRRULE:FREQ=YEARLY;INTERVAL=2"), 2027, ""},
		{"until", file("DTSTART;VALUE=DATE:20201224\nRRULE:FREQ=YEARLY;UNTIL=20261231"), 2027, ""},
		{"a number of times", file("DTSTART;VALUE=DATE:20201224\nRRULE:FREQ=YEARLY;COUNT=8"), 2027, "2027-12-24"},
		{"a number of times that is over", file("DTSTART;VALUE=DATE:20201224\nRRULE:FREQ=YEARLY;COUNT=7"), 2027, ""},
		{"but not this year", file("DTSTART;VALUE=DATE:20201224\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20271224,20281224"), 2027, ""},
		{"29 February comes in leap years", file("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY"), 2027, ""},
		{"29 February in a leap year", file("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY"), 2028, "2028-02-29"},
		{"appointments and cancelled days are none", file("DTSTART:20270104T090000Z\nDTEND:20270104T100000Z", "DTSTART;VALUE=DATE:20270105\nSTATUS:CANCELLED", "DTSTART;VALUE=DATE:20270106"), 2027, "2027-01-06"},
		{"the same day twice is one, and the order is that of the year", file("DTSTART;VALUE=DATE:20270301", "DTSTART;VALUE=DATE:20270104", "DTSTART;VALUE=DATE:20270104"), 2027, "2027-01-04 2027-03-01"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := ReadICS(strings.NewReader(tt.text), "Sales")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range c.In(tt.year) {
				got = append(got, d.Date.String())
			}
			if strings.Join(got, " ") != tt.want || c.Name() != "Sales" {
				t.Errorf("%s in %d: %v, want %q", c.Name(), tt.year, got, tt.want)
			}
		})
	}
}

func TestReadICSRefuses(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", "0 events"},
		{"something else", "Dear diary\r\n", ""},
		{"a repetition that is no date", file("DTSTART;VALUE=DATE:20270104\nRRULE:FREQ=YEARLY;BYDAY=1MO;BYMONTH=1"), `event 1: not a holiday calendar: the part "BYDAY"`},
		{"every week", file("DTSTART;VALUE=DATE:20270104", "DTSTART;VALUE=DATE:20270104\nRRULE:FREQ=WEEKLY"), "event 2"},
		{"a rule without a frequency", file("DTSTART;VALUE=DATE:20270104\nRRULE:COUNT=2"), "no FREQ"},
		{"an end before the start", file("DTSTART;VALUE=DATE:20270104\nDTEND;VALUE=DATE:20270101"), "DTEND is before"},
		{"years on end", file("DTSTART;VALUE=DATE:20270104\nDTEND;VALUE=DATE:20290104"), "it lasts 731 days"},
		{"no start", file("SUMMARY:x"), "no DTSTART"},
		{"a date that is none", file("DTSTART;VALUE=DATE:20271304"), "a date is not"},
		{"a list of dates", file("DTSTART;VALUE=DATE:20270104\nRDATE;VALUE=DATE:20270105"), "RDATE"},
		{"far too much", file(strings.Repeat("X-PAD:"+strings.Repeat("x", 60)+"\n", 70_000) + "DTSTART;VALUE=DATE:20270104"), "larger than 4 MB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := ReadICS(strings.NewReader(tt.text), "x")
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), ErrICS.Error()) {
				t.Errorf("ReadICS = %v, %v, want an error with %q", c, err, tt.want)
			}
		})
	}
}

func FuzzReadICS(f *testing.F) {
	f.Add(file("DTSTART;VALUE=DATE:20201224\nRRULE:FREQ=YEARLY;UNTIL=20261231", "DTSTART;VALUE=DATE:20270104\nDURATION:P2W"))
	f.Add(file("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY;INTERVAL=3;COUNT=4\nEXDATE:20270229"))
	f.Add("BEGIN:VCALENDAR\nEND:VCALENDAR")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ReadICS(strings.NewReader(text), "x")
		if err != nil {
			return
		}
		for _, year := range []int{1899, 2027, 2201} {
			days := c.In(year)
			for i, d := range days {
				if d.Date.Year != year || i > 0 && !days[i-1].Date.Before(d.Date) {
					t.Errorf("%d has %v", year, days)
				}
			}
		}
	})
}
