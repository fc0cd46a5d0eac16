package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/store"
)

func gone(t *testing.T, s *store.Store, id chat.PersonID, now time.Time) (left string, ok bool) {
	t.Helper()
	view(t, s, func(tx *store.Tx) error {
		raw, there, err := tx.Gone(id, now)
		left, ok = string(raw), there
		return err
	})
	return left, ok
}

// What is buried with somebody is theirs, lasts until its day, and outlives
// their return.
func TestBury(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		s := open(t, db)
		bury := func(id chat.PersonID, left string, until time.Time) {
			update(t, s, func(tx *store.Tx) error { return tx.Bury(id, []byte(left), until) })
		}
		if left, ok := gone(t, s, ana, noon); ok {
			t.Errorf("Gone of somebody who never left = %q", left)
		}
		save(t, s, ana, doc{Text: "x"})
		save(t, s, anna, doc{Text: "y"})
		day := noon.AddDate(0, 0, 1)
		bury(ana, "ids", day)
		if _, ok, err := load(t, s, ana); ok || err != nil {
			t.Errorf("Person after Bury = %v, %v, want nobody", ok, err)
		}
		if d, ok, err := load(t, s, anna); !ok || err != nil || d.Text != "y" {
			t.Errorf("her neighbour = %+v, %v, %v", d, ok, err)
		}
		for _, c := range []struct {
			name string
			id   chat.PersonID
			now  time.Time
			ok   bool
		}{
			{"at once", ana, noon, true},
			{"just before its end", ana, day.Add(-time.Second), true},
			{"at its end", ana, day, false},
			{"her neighbour", anna, noon, false},
			{"a clock before 1970", ana, time.Unix(-5, 0), true},
		} {
			left, ok := gone(t, s, c.id, c.now)
			if ok != c.ok || ok && left != "ids" {
				t.Errorf("%s: Gone = %q, %v, want %v", c.name, left, ok, c.ok)
			}
		}
		save(t, s, ana, doc{Text: "back"})
		if left, ok := gone(t, s, ana, noon); !ok || left != "ids" {
			t.Errorf("Gone of somebody who came back = %q, %v", left, ok)
		}
		bury(ana, "", day.Add(time.Hour))
		if left, ok := gone(t, s, ana, day); !ok || left != "" {
			t.Errorf("Gone after the second time = %q, %v, want an empty one", left, ok)
		}
	})
}

// A sweep takes what is over and leaves the rest, however many there are.
func TestSweep(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		s := open(t, db)
		const people = 350
		for from := 0; from < people; from += 70 {
			update(t, s, func(tx *store.Tx) error {
				for i := from; i < from+70; i++ {
					until := noon
					if i%7 == 0 {
						until = noon.Add(time.Hour)
					}
					if err := tx.Bury(chat.PersonID(fmt.Sprintf("U%03d", i)), []byte("x"), until); err != nil {
						return err
					}
				}
				return nil
			})
		}
		put(t, db, "g/broken", []byte("short"))
		for _, c := range []struct {
			now  time.Time
			want int
		}{{noon.Add(-time.Second), 1}, {noon, people - 50}, {noon, 0}, {noon.Add(time.Hour), 50}} {
			if n, err := s.Sweep(context.Background(), c.now); n != c.want || err != nil {
				t.Errorf("Sweep at %v = %d, %v, want %d", c.now, n, err, c.want)
			}
		}
	})
}
