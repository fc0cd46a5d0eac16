package reminder

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
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

// BenchmarkTick is a minute in which 1,000 people of 10,000 are due.
func BenchmarkTick(b *testing.B) {
	for _, people := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("1000of%d", people), func(b *testing.B) {
			x := newQueue(people, 1000)
			s := &Scheduler{Now: func() time.Time { return noon }, Wakes: x, Handle: func(context.Context, chat.Event) (chat.Reply, error) {
				x.handled.Add(1)
				return chat.Reply{}, nil
			}}
			b.ReportAllocs()
			for b.Loop() {
				x.handled.Store(0)
				if n, err := s.Tick(b.Context()); n != 1000 || err != nil {
					b.Fatalf("Tick = %d, %v", n, err)
				}
			}
		})
	}
}

// queue is a wake index as a store keeps it: ordered, so that a read costs what
// it returns. Whoever was handled is taken from its head.
type queue struct {
	ids     []chat.PersonID
	at      []time.Time
	handled atomic.Int64
}

func newQueue(people, due int) *queue {
	q := &queue{}
	for i := range people {
		q.ids = append(q.ids, chat.PersonID(fmt.Sprintf("-/T1/U%06d", i)))
		q.at = append(q.at, noon.Add(time.Duration(i-due+1)*time.Second))
	}
	return q
}

func (q *queue) DueWakes(_ context.Context, now time.Time, limit int) ([]chat.PersonID, error) {
	from := int(q.handled.Load())
	to := from
	for to < len(q.ids) && to-from < limit && !q.at[to].After(now) {
		to++
	}
	return q.ids[from:to], nil
}
