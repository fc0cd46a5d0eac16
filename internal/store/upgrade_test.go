package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/kv/kvtest"
	"waymark/internal/store"
)

// Data of before comes into a sealed store whole: everybody's, more than one
// transaction's, and also what nobody can read. The old store stays as it is.
func TestSealInto(t *testing.T) {
	from := unsealed(kv.NewMemory())
	old := open(t, from)
	const people = 300
	for i := range people {
		everything(t, old, chat.PersonID(fmt.Sprintf("-/T1/U%03d", i)), fmt.Sprint("text ", i))
	}
	update(t, old, func(tx *store.Tx) error {
		return errors.Join(tx.Bury("gone", []byte("left"), noon), tx.MarkHome("-/T1/U000", noon))
	})
	put(t, from, "p/broken", []byte{0x80})
	put(t, from, "d/broken", []byte("no deliveries"))
	before := kvtest.Dump(t, from)

	to := kvtest.Rerun(kv.NewMemory())
	keys := keysOf(t, to)
	if err := store.SealInto(context.Background(), from, to, store.Options{Keys: keys}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, kvtest.Dump(t, from)); diff != "" {
		t.Errorf("the old store was changed (-want +got):\n%s", diff)
	}
	s := open(t, to)
	for i := range people {
		id, text := chat.PersonID(fmt.Sprintf("-/T1/U%03d", i)), fmt.Sprint("text ", i)
		all, err := seen(t, s, id)
		if err != nil || len(all) != 4 || all[0] != text || all[1] != text || all[2] != text || !strings.HasPrefix(all[3], text) {
			t.Fatalf("%s has %q, %v", id, all, err)
		}
	}
	waiting, err := s.Waiting(context.Background(), "", 1000)
	if err != nil || len(waiting) != people {
		t.Errorf("%d people wait, %v, want %d: each has a row that is not parked", len(waiting), err, people)
	}
	if got := due(t, s, noon, 1000); len(got) != people {
		t.Errorf("%d people are due, want %d", len(got), people)
	}
	if left, ok := gone(t, s, "gone", noon.Add(-1)); !ok || left != "left" {
		t.Errorf("the tombstone has %q, %v", left, ok)
	}
	if homes, err := s.Homes(context.Background(), "", 9); err != nil || !slices.Equal(homes, []chat.PersonID{"-/T1/U000"}) {
		t.Errorf("Homes = %q, %v", homes, err)
	}
	if _, err := seen(t, s, "broken"); !errors.Is(err, kv.ErrDamaged) {
		t.Errorf("what was broken is read as %v, want ErrDamaged", err)
	}
	for _, e := range kvtest.Dump(t, to) {
		if strings.Contains(e, "text") {
			t.Fatalf("an entry still tells: %q", e)
		}
	}
}

// A copy that was cut short is no store with something missing, and one that is
// not what it should be is left alone.
func TestSealIntoRefuses(t *testing.T) {
	from := unsealed(kv.NewMemory())
	everything(t, open(t, from), ana, secret)
	full := kv.NewMemory()
	open(t, full)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name     string
		ctx      context.Context
		from, to kv.Store
	}{
		{"into a store that has data", context.Background(), from, full},
		{"from a store that is sealed", context.Background(), full, kv.NewMemory()},
		{"from one that is empty", context.Background(), kv.NewMemory(), kv.NewMemory()},
		{"when it is cancelled", cancelled, from, kv.NewMemory()},
	} {
		before := kvtest.Dump(t, c.to)
		if err := store.SealInto(c.ctx, c.from, c.to, store.Options{Keys: keysOf(t, c.to)}); err == nil {
			t.Errorf("%s: SealInto works", c.name)
		}
		if after := kvtest.Dump(t, c.to); !slices.Equal(before, after) {
			t.Errorf("%s: there is now %q", c.name, after)
		}
	}
	// Half-way: the layout is missing, so StateOf does not take it for a store.
	k := watched(t, full)
	to := kv.NewMemory()
	k.makes = errors.New("boom")
	if err := store.SealInto(context.Background(), from, to, store.Options{Keys: k}); !errors.Is(err, k.makes) {
		t.Errorf("SealInto = %v, want boom", err)
	}
	if state, err := store.StateOf(context.Background(), to); err != nil || state.Layout != 0 {
		t.Errorf("StateOf half a copy = %+v, %v, want none", state, err)
	}
}

// A store that was put back opens for all who are there, has nothing of those
// who left since, and sends nothing before it has looked.
func TestRestore(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		keys := keysOf(t, db)
		if keys == nil {
			return // nobody's deletion is known without keys
		}
		s := open(t, db)
		const people = 120 // over several pages
		var refs [][]byte
		for i := range people {
			everything(t, s, chat.PersonID(fmt.Sprintf("-/T1/U%03d", i)), fmt.Sprint("text ", i))
		}
		for _, e := range kvtest.Dump(t, db) {
			if k, v, _ := strings.Cut(e, "="); strings.HasPrefix(k, "k/") {
				refs = append(refs, []byte(v))
			}
		}
		eraseEvery := 5
		for i := 0; i < people; i += eraseEvery {
			if err := keys.Erase([16]byte(refs[i])); err != nil {
				t.Fatal(err)
			}
		}
		put(t, db, "p/-/T1/U007", []byte("damaged"))
		var want store.Restored
		want.Deleted, want.Damaged = people/eraseEvery, []chat.PersonID{"-/T1/U007"}
		want.People = people - want.Deleted - 1
		want.Rows = 2 * want.People
		for range 2 {
			got, err := s.Restore(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Restore (-want +got):\n%s", diff)
			}
			want.Deleted = 0 // the second time
		}
		if got := due(t, s, noon, 1000); len(got) != people*4/5 {
			t.Errorf("%d people are due, want %d", len(got), people*4/5)
		}
		for i := range people {
			id := chat.PersonID(fmt.Sprintf("-/T1/U%03d", i))
			all, err := seen(t, s, id)
			switch {
			case i == 7:
			case err != nil:
				t.Fatalf("%s: %v", id, err)
			case i%eraseEvery == 0 && strings.Join(all, "") != "", i%eraseEvery != 0 && len(all) != 4:
				t.Fatalf("%s has %q", id, all)
			}
		}
		view(t, s, func(tx *store.Tx) error {
			rows, err := tx.Outbox("-/T1/U001")
			if err != nil || len(rows) != 2 || !rows[0].Attempting || rows[1].Parked == "" {
				t.Errorf("Outbox = %+v, %v, want two, attempted, the second parked", rows, err)
			}
			return nil
		})
		sweep(t, s)
		for _, e := range kvtest.Dump(t, db) {
			if strings.Contains(e, "U005") && !strings.HasPrefix(e, "n/") { // the note that they want to hear nothing
				t.Errorf("of who was deleted is left %q", e)
			}
		}
	})
}
