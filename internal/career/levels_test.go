package career

import (
	"errors"
	"fmt"
	"testing"
)

func TestLevels(t *testing.T) {
	p := confirmed(t)
	five := [5]string{"as today", "begun", " the\ngoal ", "more", "beyond"}
	if err := p.SetLevels("g1", five); err != nil {
		t.Fatal(err)
	}
	want(t, "−2 first, on one line", fmt.Sprint(p.Goals[0].Level(-2), "/", p.Goals[0].Level(0), "/", p.Goals[0].Level(2), "/", p.Goals[0].Level(3)), "as today/the goal/beyond/")
	five[3] = " "
	for _, tc := range []struct {
		id     string
		levels [5]string
		err    error
	}{{"g1", five, ErrRange}, {"g9", five, ErrNotFound}} {
		if err := p.SetLevels(tc.id, tc.levels); !errors.Is(err, tc.err) {
			t.Errorf("SetLevels(%s) = %v, want %v", tc.id, err, tc.err)
		}
	}
	want(t, "refused changes nothing", p.Goals[0].Level(1), "more")
	for _, kind := range []ActionKind{Course, Talk, Research, Practice, Apply, Wait, OwnWords, "newer"} {
		keys := LevelKeys(Goal{Kind: kind})
		want(t, "as today, and the goal in the middle", keys[0]+" "+keys[2], "today goal")
	}
}

func TestScore(t *testing.T) {
	p := confirmed(t)
	for _, s := range []Score{{on("2027-02-01"), 0}, {on("2026-12-01"), -2}, {on("2027-01-01"), 2}, {on("2027-01-01"), -1}} {
		if err := p.Score("g1", s.Level, s.On, noon("2027-02-01")); err != nil {
			t.Fatal(err)
		}
	}
	want(t, "by date, one a day", Trend(p.Goals[0]), []Score{{on("2026-12-01"), -2}, {on("2027-01-01"), -1}, {on("2027-02-01"), 0}})
	if _, err := p.MoveGoal("g2", Dropped, noon(today)); err != nil {
		t.Fatal(err)
	}
	before := fmt.Sprint(p)
	for _, tc := range []struct {
		rule, id, on string
		level        int
		err          error
	}{
		{"no such level", "g1", "2027-01-01", 3, ErrRange},
		{"no such level", "g1", "2027-01-01", -3, ErrRange},
		{"a day that has not come", "g1", "2027-02-02", 0, ErrFuture},
		{"a day before the goal", "g1", "2026-11-21", 0, ErrPast},
		{"a dropped goal", "g2", "2027-01-01", 0, ErrBadTransition},
		{"no such goal", "g9", "2027-01-01", 0, ErrNotFound},
	} {
		if err := p.Score(tc.id, tc.level, on(tc.on), noon("2027-02-01")); !errors.Is(err, tc.err) {
			t.Errorf("Score(%s) = %v, want %v", tc.rule, err, tc.err)
		}
	}
	want(t, "refused changes nothing", fmt.Sprint(p), before)
}

func TestReadings(t *testing.T) {
	f := chooser().set("closeness", Fact{Number: 3}).set("energy_level", Fact{Number: 6.5})
	p := planOf(f)
	want(t, "closeness at the start", p.Closeness, []Reading{{on(today), 3}})
	want(t, "energy at the start", p.Energy, []Reading{{on(today), 7}})
	for _, r := range []Reading{{on("2027-01-22"), 4}, {on("2026-12-22"), 3}, {on("2026-12-22"), 10}} {
		if err := p.AddReading(ClosenessScale, r); err != nil {
			t.Fatal(err)
		}
	}
	want(t, "by date, one a day", p.Closeness, []Reading{{on(today), 3}, {on("2026-12-22"), 10}, {on("2027-01-22"), 4}})
	for _, tc := range []struct {
		of  Scale
		r   Reading
		err error
	}{{EnergyScale, Reading{on(today), 11}, ErrRange}, {EnergyScale, Reading{on(today), -1}, ErrRange}, {EnergyScale, Reading{N: 3}, ErrRange}, {"luck", Reading{on(today), 3}, ErrNotFound}} {
		if err := p.AddReading(tc.of, tc.r); !errors.Is(err, tc.err) {
			t.Errorf("AddReading(%s, %v) = %v, want %v", tc.of, tc.r, err, tc.err)
		}
	}
	p.Confirm(Derive(f.Facts, titled, on("2027-03-03")), noon("2027-03-03"))
	want(t, "confirmed again, nothing is added", len(p.Closeness), 3)

	var early Plan
	if err := early.AddReading(ClosenessScale, Reading{on("2026-11-01"), 2}); err != nil {
		t.Fatal(err)
	}
	early.Confirm(Derive(f.Facts, titled, on(today)), noon(today))
	want(t, "what was there before is kept", early.Closeness, []Reading{{on("2026-11-01"), 2}, {on(today), 3}})
	for _, v := range []Fact{{Number: 11}, {Number: -1}, {Number: 5, Skipped: true}} {
		want(t, fmt.Sprint("no reading from ", v.Number), len(Derive(newTalk().set("closeness", v).Facts, nil, on(today)).Closeness), 0)
	}
}

func TestLowEnergyIsAGap(t *testing.T) {
	energy := func(n float64) *talk { return newTalk().set("energy_level", Fact{Number: n}) }
	for _, tc := range []struct {
		rule string
		f    *talk
		want string
	}{
		{"enough", energy(5), "[]"},
		{"low", energy(4), "[{balance balance slows  energy [energy_level]  false}]"},
		{"no hours either", energy(2).hours(0), "[{balance balance blocking   [hours energy_level]  false}]"},
		{"no hours alone", energy(8).hours(0), "[{balance balance blocking   [hours]  false}]"},
		{"skipped", energy(1).skip("energy_level"), "[]"},
	} {
		want(t, tc.rule, fmt.Sprint(Gaps(tc.f.Facts)), tc.want)
	}
}
