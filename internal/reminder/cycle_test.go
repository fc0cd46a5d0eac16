package reminder

import (
	"errors"
	"strings"
	"testing"
	"time"

	"waymark/internal/career"
	"waymark/internal/civil"
)

func TestCycles(t *testing.T) {
	tests := []struct {
		name, cron string
		dates      []string
		from, want string
	}{
		{"the first of March", "0 9 1 3 *", nil, "2027-02-11", "2027-03-01"},
		{"from the day itself on", "0 9 1 3 *", nil, "2027-03-01", "2027-03-01"},
		{"the day after it is next year's", "0 9 1 3 *", nil, "2027-03-02", "2028-03-01"},
		{"twice a year", "0 0 15 1,7 *", nil, "2027-02-11", "2027-07-15"},
		{"dates in any order, each once", "", []string{"2027-09-01", "2027-03-01", "2027-03-01"}, "2027-03-02", "2027-09-01"},
		{"dates come to an end", "", []string{"2027-03-01"}, "2027-03-02", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var dates []civil.Date
			for _, d := range tt.dates {
				dates = append(dates, date(t, d))
			}
			c, err := NewCycle("Yearly", tt.cron, dates)
			if err != nil {
				t.Fatal(err)
			}
			if got, ok := c.Next(date(t, tt.from)); got.String() != tt.want || ok != (tt.want != "") {
				t.Errorf("Next(%s) = %s, %t, want %q", tt.from, got, ok, tt.want)
			}
		})
	}
}

func TestCyclesThatMakeNoSense(t *testing.T) {
	day := []civil.Date{date(t, "2027-03-01")}
	tests := []struct {
		name, title, cron string
		dates             []civil.Date
		want              string
	}{
		{"no name", " ", "0 9 1 3 *", nil, "needs a name"},
		{"no date", "Yearly", "", nil, "a cron expression or dates"},
		{"both", "Yearly", "0 9 1 3 *", day, "keep one of the two"},
		{"every minute", "Yearly", "* * * * *", nil, "less than 28 days apart"},
		{"every week", "Yearly", "0 9 * * 1", nil, "less than 28 days apart"},
		{"two dates in a week", "Yearly", "", []civil.Date{date(t, "2027-03-01"), date(t, "2027-03-05")}, "2027-03-01 and 2027-03-05"},
		{"never", "Yearly", "0 9 31 2 *", nil, "never comes"},
		{"six fields", "Yearly", "0 0 9 1 3 *", nil, "five fields"},
		{"a zone", "Yearly", "TZ=UTC 0 9 1 3", nil, "five fields"},
		{"a zone alone, which the parser cannot take", "Yearly", "TZ=UTC", nil, "five fields"},
		{"a word", "Yearly", "@yearly", nil, "five fields"},
		{"a month that is none", "Yearly", "0 9 1 13 *", nil, "not a review cycle"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := NewCycle(tt.title, tt.cron, tt.dates)
			if !errors.Is(err, ErrCycle) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("NewCycle(%q) = %v, want %q", tt.cron, err, tt.want)
			}
		})
	}
}

func FuzzCycle(f *testing.F) {
	for _, s := range []string{"0 9 1 3 *", "TZ=UTC", "CRON_TZ=x 1 1 1 1", "*/7 * */3 * *", "@every 1s", "0 0 L * *", "1-5/2 ? ? * MON-FRI", "0 0 1 1 7"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, expression string) {
		c, err := NewCycle("x", expression, nil)
		if err != nil {
			return
		}
		d := date(t, "2027-01-01")
		for range 5 {
			next, ok := c.Next(d)
			if ok && next.Before(d) {
				t.Fatalf("%q: Next(%s) = %s", expression, d, next)
			}
			d = d.AddDays(200)
		}
	})
}

// TestReviewsAreAnnouncedOnce announces the reviews of 1 March, changes the cycle
// and lives on until summer.
func TestReviewsAreAnnouncedOnce(t *testing.T) {
	yearly := Announced{"Yearly", date(t, "2027-03-01")}
	tests := []struct {
		name  string
		after []Announced // the cycles from the day after the announcement on
		want  string      // what is announced from then on
	}{
		{"the same cycle", []Announced{yearly}, ""},
		{"another name", []Announced{{"Annual talks", yearly.On}}, ""},
		{"a few days later", []Announced{{"Yearly", date(t, "2027-03-08")}}, ""},
		{"a few days earlier", []Announced{{"Yearly", date(t, "2027-02-22")}}, ""},
		{"just less than four weeks later", []Announced{{"Yearly", date(t, "2027-03-28")}}, ""},
		{"four weeks later they are the next ones", []Announced{{"Yearly", date(t, "2027-03-29")}}, "2027-03-01 10:00 2027-03-29"},
		{"the next ones after these", []Announced{yearly, {"Yearly", date(t, "2027-06-01")}}, "2027-05-04 10:00 2027-06-01"},
		{"another cycle soon after", []Announced{yearly, {"Pay", date(t, "2027-03-10")}}, "2027-02-10 10:00 2027-03-10"},
		{"another cycle on the same day", []Announced{yearly, {"Pay", yearly.On}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var st State
			live := func(cycles []Announced, from, to string) (said []string) {
				for _, r := range rehearse(&st, Settings{Announced: cycles}, at(t, from, "UTC"), at(t, to, "UTC")) {
					for _, o := range r.Say {
						said = append(said, r.At.Format("2006-01-02 15:04 ")+o.Due.String())
					}
				}
				return said
			}
			if got := strings.Join(live([]Announced{yearly}, "2027-01-25 08:00", "2027-02-02 08:00"), ", "); got != "2027-02-01 10:00 2027-03-01" {
				t.Fatalf("announced first: %q", got)
			}
			if got := strings.Join(live(tt.after, "2027-02-02 08:00", "2027-07-01 08:00"), ", "); got != tt.want {
				t.Errorf("announced later: %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("one that never left is announced under its new name", func(t *testing.T) {
		now := at(t, "2027-02-01 10:00", "UTC")
		var st State
		say, _ := Due(career.Plan{}, Settings{Announced: []Announced{yearly}}, st, now)
		st.Say(say, now)
		st.Unsay([]string{say[0].Key}, now)
		say, _ = Due(career.Plan{}, Settings{Announced: []Announced{{"Annual talks", yearly.On}}}, st, now)
		if len(say) != 1 || !st.LastAnnounced().IsZero() {
			t.Errorf("Due = %v, announced last %s", say, st.LastAnnounced())
		}
	})
}

// rehearse is Rehearse for somebody without a plan, keeping what was said.
func rehearse(st *State, s Settings, from, to time.Time) (out []Rehearsed) {
	for now := from; now.Before(to); {
		say, drop := Due(career.Plan{}, s, *st, now)
		st.Say(say, now)
		st.Drop(drop, now)
		if len(say)+len(drop) > 0 {
			out = append(out, Rehearsed{now, say, drop})
		}
		next, ok := Next(career.Plan{}, s, *st, now)
		if !ok {
			break
		}
		now = next
	}
	return out
}
