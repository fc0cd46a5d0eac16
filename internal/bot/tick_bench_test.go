package bot

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv/boltkv"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// tickDue is how many people are due at a tick.
const tickDue = 1000

// BenchmarkTickAmong is a tick with 1,000 people due in the wake index of a real
// file, among 10,000 and among 1,000,000 people, and how much dearer the second
// is: it is to cost what is due, not how many there are. Each due person's entry
// is moved by a day, as handling them would. -benchtime 20x is enough.
func BenchmarkTickAmong(b *testing.B) {
	var took [2]float64
	for i, people := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			took[i] = tickAmong(b, people)
			if i == 1 && took[0] > 0 {
				b.ReportMetric(took[1]/took[0], "x-of-10000")
			}
		})
	}
}

// tickAmong returns the nanoseconds of a tick.
func tickAmong(b *testing.B, people int) float64 {
	db, err := boltkv.Open(filepath.Join(b.TempDir(), "tick.db"), boltkv.Options{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(b.Context(), db, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	now := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	const each = 10 * time.Second // between the crowds that are due together
	crowds := people / tickDue
	for from := 0; from < people; from += 50_000 {
		err := s.Update(b.Context(), func(tx *store.Tx) error {
			for i := from; i < min(from+50_000, people); i++ {
				if err := tx.SetWake(tickPerson(i), time.Time{}, now.Add(time.Duration(i%crowds)*each)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	rounds := time.Duration(crowds) * each // until everybody is due once more
	sched := &reminder.Scheduler{
		Now: func() time.Time { return now }, Wakes: s,
		Handle: func(ctx context.Context, e chat.Event) (chat.Reply, error) {
			return chat.Reply{}, s.Update(ctx, func(tx *store.Tx) error { return tx.SetWake(e.Person, now, now.Add(rounds)) })
		},
	}
	for b.Loop() {
		if n, err := sched.Tick(b.Context()); n != tickDue || err != nil {
			b.Fatalf("Tick = %d, %v", n, err)
		}
		now = now.Add(each)
	}
	return float64(b.Elapsed().Nanoseconds()) / float64(b.N)
}

func tickPerson(i int) chat.PersonID { return chat.PersonID(fmt.Sprintf("-/T1/U%08d", i)) }
