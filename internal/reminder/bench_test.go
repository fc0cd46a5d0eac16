package reminder

import (
	"fmt"
	"testing"
	"time"

	"waymark/internal/career"
)

// BenchmarkNext is the decision about one person of a full plan: three goals
// with nine milestones each, two reviews, a weekly check-in.
func BenchmarkNext(b *testing.B) {
	now := at(b, "2027-03-01 10:00", "UTC")
	p := career.Plan{Confirmed: at(b, "2027-01-04 10:00", "UTC"), Gaps: []career.Gap{{ID: "skill"}}}
	for g := range 3 {
		goal := career.Goal{ID: fmt.Sprintf("g%d", g), Status: career.Active}
		for m := range 9 {
			goal.Milestones = append(goal.Milestones, career.Milestone{ID: fmt.Sprintf("g%d.%d", g, m), Due: date(b, "2027-01-11").AddMonths(m)})
		}
		p.Goals = append(p.Goals, goal)
	}
	p.Reviews = []career.Review{{ID: "r1", Date: date(b, "2027-02-11")}, {ID: "r2", Date: date(b, "2027-08-11")}}
	s := Settings{Zone: berlin, Cadence: Cadence{Every: 1, Unit: Week, Weekday: time.Friday, Start: date(b, "2027-01-04")}}
	var st State
	say, drop := Due(p, s, st, now)
	st.Say(say, now)
	st.Drop(drop, now)
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := Next(p, s, st, now); !ok {
			b.Fatal("nothing to come")
		}
	}
}
