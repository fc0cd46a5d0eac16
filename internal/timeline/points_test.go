package timeline

import (
	"math"
	"math/rand/v2"
	"testing"

	"waymark/internal/civil"
)

// year is an axis on which a day is one point wide.
var year = axis{from: day("2027-01-01"), to: day("2027-12-27"), left: 0, right: 360}

func TestPointsKeepApart(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 300 {
		var ms []Milestone
		states := map[State]bool{}
		for range r.IntN(60) {
			m := Milestone{Date: year.from.AddDays(r.IntN(500) - 70), State: State(r.IntN(4))}
			ms, states[m.State] = append(ms, m), true
		}
		ps := points(ms, year)
		n, urgent := 0, Done
		for k, p := range ps {
			n += p.n
			urgent = max(urgent, p.state)
			if k > 0 && p.x-ps[k-1].x < (p.wide()+ps[k-1].wide())/2 {
				t.Fatalf("%d: points %d and %d overlap: %+v", i, k-1, k, ps)
			}
			if p.x-p.wide()/2 < -pointWide/2-1e-9 || p.x+p.wide()/2 > 360+pointWide/2+1e-9 {
				t.Fatalf("%d: point %+v stands outside", i, p)
			}
			if len(ps) > 1 && math.Abs(p.x-p.want) > maxShift+(p.wide()-pointWide)/2+1e-9 {
				t.Fatalf("%d: point %+v was moved too far", i, p)
			}
		}
		if n != len(ms) {
			t.Fatalf("%d: points stand for %d milestones, want %d", i, n, len(ms))
		}
		for s := range states {
			if s > urgent {
				t.Fatalf("%d: nothing shows state %d", i, s)
			}
		}
	}
}

func TestPointsThatAreClose(t *testing.T) {
	at := func(days ...int) (ms []Milestone) {
		for i, d := range days {
			ms = append(ms, Milestone{Date: year.from.AddDays(d), State: State(i % 2)})
		}
		return ms
	}
	for name, c := range map[string]struct {
		ms   []Milestone
		want []int // how many each point stands for
	}{
		"none":                  {nil, nil},
		"apart":                 {at(100, 200), []int{1, 1}},
		"a little too close":    {at(100, 108), []int{1, 1}},
		"much too close":        {at(100, 102), []int{2}},
		"on one day":            {at(100, 100, 100, 200), []int{3, 1}},
		"without a date":        {append(at(100), Milestone{}), []int{1}},
		"all before the axis":   {at(-400, -300, -200), []int{3}},
		"one of each beside it": {at(-400, 100, 900), []int{1, 1, 1}},
		"out of order":          {at(200, 100), []int{1, 1}},
	} {
		got := points(c.ms, year)
		if len(got) != len(c.want) {
			t.Errorf("%s: points = %+v, want %v", name, got, c.want)
			continue
		}
		for i, p := range got {
			if p.n != c.want[i] {
				t.Errorf("%s: point %d stands for %d, want %d", name, i, p.n, c.want[i])
			}
		}
	}
}

// Of several in one place the most urgent is shown, with its own day.
func TestUrgentWins(t *testing.T) {
	d := func(n int) civil.Date { return year.from.AddDays(n) }
	ps := points([]Milestone{{"a", d(100), Done}, {"b", d(101), Late}, {"c", d(102), Late}, {"d", d(103), Next}}, year)
	if len(ps) != 1 || ps[0].state != Late || ps[0].date != d(101) || ps[0].n != 4 || ps[0].others() != "+3" {
		t.Errorf("points = %+v, want one of 4, late since %v", ps, d(101))
	}
}
