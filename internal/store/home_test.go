package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/store"
)

// marked is the generation of Ana's mark, 0 for none.
func marked(t *testing.T, s *store.Store) (gen uint64) {
	t.Helper()
	if err := s.View(context.Background(), func(tx *store.Tx) error {
		g, ok, err := tx.HomeMark("ana")
		if ok {
			gen = g
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return gen
}

// A mark goes only when nothing has changed since it was read, whatever the
// clock does meanwhile.
func TestHomeMark(t *testing.T) {
	for _, c := range []struct {
		name string
		then time.Duration // from the first mark to the second
	}{
		{"later", time.Second}, {"at the same instant", 0}, {"by a clock that went back", -48 * time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			on(t, func(t *testing.T, db kv.Store) {
				s := open(t, db)
				if got := marked(t, s); got != 0 {
					t.Fatalf("a mark of somebody new: %d", got)
				}
				update(t, s, func(tx *store.Tx) error { return tx.MarkHome("ana", noon) })
				first := marked(t, s)
				update(t, s, func(tx *store.Tx) error { return tx.MarkHome("ana", noon.Add(c.then)) })
				second := marked(t, s)
				if second <= first {
					t.Fatalf("generations %d, then %d, want them to grow", first, second)
				}
				update(t, s, func(tx *store.Tx) error { return tx.ClearHome("ana", first) })
				if got := marked(t, s); got != second {
					t.Errorf("after clearing an old generation the mark is %d, want %d", got, second)
				}
				update(t, s, func(tx *store.Tx) error { return tx.ClearHome("ana", second) })
				if got := marked(t, s); got != 0 {
					t.Errorf("a mark is left: %d", got)
				}
			})
		})
	}
}

// Marks are listed in pages, and outlive a record.
func TestHomes(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		s := open(t, db)
		var want []chat.PersonID
		update(t, s, func(tx *store.Tx) error {
			for i := range 5 {
				id := chat.PersonID(fmt.Sprintf("-/T1/U%d", i))
				want = append(want, id)
				if err := tx.MarkHome(id, noon); err != nil {
					return err
				}
			}
			return nil
		})
		var got []chat.PersonID
		for after := chat.PersonID(""); ; after = got[len(got)-1] {
			page, err := s.Homes(context.Background(), after, 2)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, page...)
			if len(page) < 2 {
				break
			}
		}
		slices.Sort(want)
		if got, want := got, slices.Compact(want); !slices.Equal(got, want) {
			t.Errorf("Homes = %q, want %q", got, want)
		}
	})
}
