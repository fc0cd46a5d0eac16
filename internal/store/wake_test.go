package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/store"
)

func due(t *testing.T, s *store.Store, now time.Time, limit int) []chat.PersonID {
	t.Helper()
	ids, err := s.DueWakes(context.Background(), now, limit)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// A person has one entry, which moves; who is due longest comes first.
func TestWakes(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		s := open(t, db)
		if at, ok, err := s.NextWake(context.Background()); ok || err != nil {
			t.Errorf("NextWake of nobody = %v, %v, %v", at, ok, err)
		}
		move := func(id chat.PersonID, old, at time.Time) {
			t.Helper()
			update(t, s, func(tx *store.Tx) error { return tx.SetWake(id, old, at) })
		}
		move("c", time.Time{}, noon.Add(2*time.Second))
		move("b", time.Time{}, noon)
		move("a", time.Time{}, noon)
		move("d", time.Time{}, noon.Add(time.Hour))
		for _, c := range []struct {
			name  string
			now   time.Time
			limit int
			want  []chat.PersonID
		}{
			{"before anybody", noon.Add(-time.Nanosecond), 9, nil},
			{"at the second", noon, 9, []chat.PersonID{"a", "b"}},
			{"within it", noon.Add(time.Second - 1), 9, []chat.PersonID{"a", "b"}},
			{"some", noon.Add(time.Minute), 9, []chat.PersonID{"a", "b", "c"}},
			{"up to the limit", noon.Add(time.Minute), 2, []chat.PersonID{"a", "b"}},
			{"no room", noon.Add(time.Minute), 0, nil},
			{"long after", noon.AddDate(100, 0, 0), 9, []chat.PersonID{"a", "b", "c", "d"}},
			{"a clock before 1970", time.Unix(-5, 0), 9, nil},
		} {
			if got := due(t, s, c.now, c.limit); !slices.Equal(got, c.want) {
				t.Errorf("%s: DueWakes = %q, want %q", c.name, got, c.want)
			}
		}
		if at, ok, err := s.NextWake(context.Background()); !at.Equal(noon) || !ok || err != nil {
			t.Errorf("NextWake = %v, %v, %v, want noon", at, ok, err)
		}
		move("a", noon, noon.Add(3*time.Second))
		move("b", noon, time.Time{})
		move("c", noon.Add(2*time.Second), noon.Add(2*time.Second)) // stays
		move("e", time.Time{}, time.Time{})                         // never had one
		if got := due(t, s, noon.AddDate(1, 0, 0), 9); !slices.Equal(got, []chat.PersonID{"c", "a", "d"}) {
			t.Errorf("after moves DueWakes = %q", got)
		}
	})
}

// However often entries move, there is one for each person who has any, and it
// is the last.
func TestOneWakeEach(t *testing.T) {
	s := open(t, kv.NewMemory())
	random := rand.New(rand.NewPCG(1, 2))
	at := map[chat.PersonID]time.Time{}
	for range 2000 {
		id := chat.PersonID(fmt.Sprint("U", random.IntN(20)))
		next := noon.Add(time.Duration(random.IntN(5000)) * time.Second)
		if random.IntN(4) == 0 {
			next = time.Time{}
		}
		update(t, s, func(tx *store.Tx) error { return tx.SetWake(id, at[id], next) })
		if at[id] = next; next.IsZero() {
			delete(at, id)
		}
		ids := due(t, s, noon.Add(time.Hour*24), 1000)
		if len(ids) != len(at) {
			t.Fatalf("%d entries for %d people", len(ids), len(at))
		}
		if !slices.IsSortedFunc(ids, func(a, b chat.PersonID) int { return at[a].Compare(at[b]) }) {
			t.Fatalf("%q are not in the order of their moments", ids)
		}
	}
}
