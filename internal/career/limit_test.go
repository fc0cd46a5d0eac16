package career

import (
	"testing"

	"waymark/internal/civil"
)

func TestWeeklyUntilCountsWhatHoldsForAWhile(t *testing.T) {
	f := Facts{Slots: map[string]Fact{"hours": {Number: 1, Text: "1 hour a week"}}}
	f.Week.Limits = []HoursLimit{{From: civil.New(2026, 12, 1), To: civil.New(2026, 12, 31), Hours: .5}}
	day := civil.New
	for _, tt := range []struct {
		name     string
		from, to civil.Date
		want     float64
	}{
		{"before it", day(2026, 11, 1), day(2026, 11, 30), 1},
		{"within it", day(2026, 12, 1), day(2026, 12, 31), .5},
		{"half of it", day(2026, 11, 21), day(2026, 12, 11), .75},
		{"on one day", day(2026, 12, 5), day(2026, 12, 5), .5},
		{"behind it", day(2027, 1, 1), day(2027, 6, 1), 1},
	} {
		if got := WeeklyUntil(f, tt.from, tt.to); got != tt.want {
			t.Errorf("%s: WeeklyUntil(%v, %v) = %v, want %v", tt.name, tt.from, tt.to, got, tt.want)
		}
	}
	f.Week.Limits = append(f.Week.Limits, HoursLimit{From: day(2027, 5, 1), Hours: 4})
	want(t, "from a day on", WeeklyUntil(f, day(2029, 1, 1), day(2029, 2, 1)), 4.0)
	want(t, "over", f.Week.Limits[0].Over(day(2027, 1, 1)), true)
	want(t, "never over", f.Week.Limits[1].Over(day(2030, 1, 1)), false)
	want(t, "hours that are not known", WeeklyUntil(Facts{}, day(2029, 1, 1), day(2029, 2, 1)), -1.0)
}

func TestAGoalTakesLongerWhereThereIsLessTimeForAWhile(t *testing.T) {
	f := Facts{Slots: map[string]Fact{"hours": {Number: 1, Text: "1 hour a week"}}}
	g := Goal{ID: "g1", Kind: Practice, Status: Active, Due: on(today).AddDays(7)}
	usual := FitDateIn(f, g, on(today), nil)
	f.Week.Limits = []HoursLimit{{From: on(today), To: on(today).AddDays(60), Hours: .25}}
	if less := FitDateIn(f, g, on(today), nil); !usual.Before(less) {
		t.Errorf("with a quarter of the time until %v it fits by %v, as by %v with all of it", f.Week.Limits[0].To, less, usual)
	}
}
