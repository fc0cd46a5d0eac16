package reminder

import (
	"errors"
	"strings"
	"testing"
	"time"

	"waymark/internal/civil"
)

func TestCadenceNext(t *testing.T) {
	tests := []struct {
		name, cadence, zone, after string
		want                       []string // wall times, one after the other
	}{
		{"every Monday", "weekly", "Europe/Berlin", "2027-03-22 10:00",
			[]string{"2027-03-29 10:00", "2027-04-05 10:00"}},
		{"the moment itself is over", "weekly on friday at 15", "America/New_York", "2027-03-05 14:59",
			[]string{"2027-03-05 15:00", "2027-03-12 15:00", "2027-03-19 15:00"}},
		{"two weeks count from the start", "two_weeks on wednesday from 2027-01-01", "Pacific/Kiritimati", "2027-01-01 00:00",
			[]string{"2027-01-20 10:00", "2027-02-03 10:00", "2027-02-17 10:00"}},
		{"the first comes a whole interval after it was agreed", "weekly on friday from 2026-11-26", "UTC", "2026-11-26 12:00",
			[]string{"2026-12-04 10:00", "2026-12-11 10:00"}},
		{"a start on the weekday itself is not the first", "weekly on friday from 2027-01-01", "UTC", "2026-01-01 00:00",
			[]string{"2027-01-08 10:00", "2027-01-15 10:00"}},
		{"the 31st is clamped and comes back", "monthly from 2027-12-31", "Australia/Lord_Howe", "2027-12-31 10:00",
			[]string{"2028-01-31 10:00", "2028-02-29 10:00", "2028-03-31 10:00", "2028-04-30 10:00"}},
		{"29 February once in four years", "every 12 months from 2028-02-29", "UTC", "2028-02-29 10:00",
			[]string{"2029-02-28 10:00", "2030-02-28 10:00", "2031-02-28 10:00", "2032-02-29 10:00"}},
		{"quarters", "quarterly from 2026-11-30", "UTC", "2026-12-01 00:00",
			[]string{"2027-02-28 10:00", "2027-05-30 10:00"}},
		{"every day through the gap", "daily at 2", "Europe/Berlin", "2027-03-27 02:00",
			[]string{"2027-03-28 03:00", "2027-03-29 02:00"}},
		{"every day through the repeated hour", "daily at 2", "Europe/Berlin", "2027-10-30 02:00",
			[]string{"2027-10-31 02:00", "2027-11-01 02:00"}},
		{"half an hour skipped", "daily at 2", "Australia/Lord_Howe", "2027-10-02 02:00",
			[]string{"2027-10-03 02:30", "2027-10-04 02:00"}},
		{"every three days", "every 3 days from 2027-02-27", "UTC", "2027-02-27 00:00",
			[]string{"2027-03-02 10:00", "2027-03-05 10:00"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := ParseCadence(tt.cadence)
			if err != nil {
				t.Fatal(err)
			}
			now := at(t, tt.after, tt.zone)
			for _, want := range tt.want {
				next := c.Next(now, zone(tt.zone))
				if got := next.In(zone(tt.zone)).Format("2006-01-02 15:04"); got != want {
					t.Fatalf("Next(%s) = %s, want %s", now, got, want)
				}
				now = next
			}
		})
	}
	if got := (Cadence{}).Next(at(t, "2027-01-01 00:00", "UTC"), time.UTC); !got.IsZero() {
		t.Errorf("no cadence comes at %v", got)
	}
}

func TestTheRepeatedHourComesOnce(t *testing.T) {
	c := Cadence{Every: 1, Unit: Day, Hour: 2}
	first := c.Next(at(t, "2027-10-31 00:00", "UTC").Add(-time.Hour), zone(berlin)) // 01:00 in Berlin
	second := c.Next(first, zone(berlin))
	if d := second.Sub(first); d != 25*time.Hour {
		t.Errorf("two moments %v apart, want 25 hours", d)
	}
}

func TestParseCadence(t *testing.T) {
	good := map[string]Cadence{
		"none":             {},
		"weekly":           {Every: 1, Unit: Week, Weekday: time.Monday},
		"two_weeks":        {Every: 2, Unit: Week, Weekday: time.Monday},
		" Every  3 Weeks ": {Every: 3, Unit: Week, Weekday: time.Monday},
		"every 1 week":     {Every: 1, Unit: Week, Weekday: time.Monday},
		"weekly on sunday": {Every: 1, Unit: Week, Weekday: time.Sunday},
		"monthly":          {Every: 1, Unit: Month},
		"quarterly at 9":   {Every: 3, Unit: Month, Hour: 9},
		"daily at 23":      {Every: 1, Unit: Day, Hour: 23},
	}
	for text, want := range good {
		if got, err := ParseCadence(text); err != nil || got != want {
			t.Errorf("ParseCadence(%q) = %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", " ", "sometimes", "none at 9", "every", "every 2", "every 0 days", "every -1 days", "every 53 weeks", "every two weeks",
		"every 2 moons", "weekly on", "weekly on someday", "daily on monday", "weekly at 24", "weekly at 0", "daily at 9 at 10",
		"daily from 2027-1-1", "daily from 0000-00-00", "TZ=UTC * * * * *", "TZ=0", "weekly weekly",
	} {
		got, err := ParseCadence(text)
		if !errors.Is(err, ErrCadence) {
			t.Errorf("ParseCadence(%q) = %+v, %v; want ErrCadence", text, got, err)
		} else if text = strings.TrimSpace(text); text == "sometimes" && strings.Contains(err.Error(), text) {
			t.Errorf("the error repeats what was typed: %v", err)
		}
	}
}

func FuzzCadence(f *testing.F) {
	for _, s := range []string{"none", "weekly on friday at 15 from 2027-01-31", "two_weeks", "every 52 months from 2199-12-31", "TZ=UTC", "every 3 days"} {
		f.Add(s, int64(1_800_000_000), "Australia/Lord_Howe")
	}
	f.Fuzz(func(t *testing.T, text string, unix int64, zoneName string) {
		c, err := ParseCadence(text)
		if err != nil {
			return
		}
		if again, err := ParseCadence(c.String()); err != nil || again != c {
			t.Fatalf("%q reads as %+v, whose text %q reads as %+v, %v", text, c, c.String(), again, err)
		}
		if c.IsZero() {
			return
		}
		after := time.Unix(unix%(1<<33), 0)
		loc := zone(zoneName)
		next := c.Next(after, loc)
		if !next.After(after) {
			t.Fatalf("%s: Next(%v) = %v", c, after, next)
		}
		if d := civil.Of(next.In(loc)); !c.Start.IsZero() && !d.After(c.Start) && next.In(loc).Hour() == c.Hour {
			t.Fatalf("%s: Next(%v) = %v, not after its start", c, after, next)
		}
		// Nothing lies in between: a moment before next has next as its next.
		if mid := after.Add(next.Sub(after) / 2); mid.After(after) && !c.Next(mid, loc).Equal(next) {
			t.Fatalf("%s: Next(%v) = %v but Next(%v) = %v", c, after, next, mid, c.Next(mid, loc))
		}
	})
}
