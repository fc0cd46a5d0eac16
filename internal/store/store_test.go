package store_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/kv/boltkv"
	"waymark/internal/kv/kvtest"
	"waymark/internal/seal"
	"waymark/internal/store"
)

// doc stands for a person's record.
type doc struct {
	Text  string    `cbor:"1,keyasint,omitempty"`
	At    time.Time `cbor:"2,keyasint,omitzero"`
	Count int       `cbor:"3,keyasint,omitempty"`
}

const (
	ana chat.PersonID = "-/T1/UANA"
	// anna begins with the same letters, one of them more.
	anna chat.PersonID = "-/T1/UANAX"
)

// on runs a test on each kind of store, also with functions run twice.
func on(t *testing.T, test func(t *testing.T, db kv.Store)) {
	bolt := func(t *testing.T) kv.Store {
		db, err := boltkv.Open(t.TempDir()+"/data", boltkv.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		return db
	}
	t.Run("memory", func(t *testing.T) { test(t, kv.NewMemory()) })
	t.Run("memory, unsealed", func(t *testing.T) { test(t, unsealed(kv.NewMemory())) })
	t.Run("memory, run twice", func(t *testing.T) { test(t, kvtest.Rerun(kv.NewMemory())) })
	t.Run("bbolt", func(t *testing.T) { test(t, bolt(t)) })
	t.Run("bbolt, run twice", func(t *testing.T) { test(t, kvtest.Rerun(bolt(t))) })
}

// rings are the keys of each kv.Store that a test has opened; nil for those that
// are not sealed.
var rings sync.Map // kv.Store → store.Keys

// unsealed makes open leave db unsealed.
func unsealed(db kv.Store) kv.Store {
	rings.Store(db, store.Keys(nil))
	return db
}

// keysOf are the keys of db.
func keysOf(t testing.TB, db kv.Store) store.Keys {
	t.Helper()
	keys, known := rings.Load(db)
	if !known {
		keys = ring(t, t.TempDir())
		rings.Store(db, keys)
	}
	k, _ := keys.(store.Keys)
	return k
}

// ring opens the keys of a folder.
func ring(t testing.TB, dir string) *seal.Ring {
	t.Helper()
	r, err := seal.Open(seal.Options{Path: filepath.Join(dir, "keys"), KeyFile: filepath.Join(dir, "key"), Generate: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// openWith opens db with the keys that belong to it.
func openWith(t testing.TB, db kv.Store) error {
	_, err := store.Open(context.Background(), db, store.Options{Keys: keysOf(t, db)})
	return err
}

func open(t testing.TB, db kv.Store, migrations ...store.Migration) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), db, store.Options{Migrations: migrations, Keys: keysOf(t, db)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func update(t testing.TB, s *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func view(t testing.TB, s *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := s.View(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// put writes one entry beneath the store.
func put(t testing.TB, db kv.Store, key string, value []byte) {
	t.Helper()
	if err := db.Update(context.Background(), func(tx kv.Tx) error { return tx.Put([]byte(key), value) }); err != nil {
		t.Fatal(err)
	}
}

func save(t testing.TB, s *store.Store, id chat.PersonID, d doc) {
	t.Helper()
	update(t, s, func(tx *store.Tx) error { return tx.Save(id, d) })
}

// load reads a person; the error is that of Person.
func load(t testing.TB, s *store.Store, id chat.PersonID) (d doc, ok bool, err error) {
	t.Helper()
	view(t, s, func(tx *store.Tx) error { ok, err = tx.Person(id, &d); return nil })
	return d, ok, err
}

func TestPerson(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		s := open(t, db)
		if _, ok, err := load(t, s, ana); ok || err != nil {
			t.Errorf("Person of nobody = %v, %v, want false", ok, err)
		}
		long := strings.Repeat("ä & <!channel> \xff ", 4000) // with a broken letter
		want := doc{Text: long, At: time.Date(2026, 11, 23, 8, 0, 0, 123456000, time.UTC), Count: 7}
		save(t, s, ana, want)
		save(t, s, anna, doc{Count: 8})
		for range 3 { // what is saved again stays the same
			got, ok, err := load(t, s, ana)
			if !ok || err != nil || got.Text != want.Text || !got.At.Round(time.Microsecond).Equal(want.At) || got.Count != want.Count {
				t.Fatalf("Person = %.40q %v %d, %v, %v, want %v", got.Text, got.At, got.Count, ok, err, want.At)
			}
			save(t, s, ana, got)
		}
		var people []chat.PersonID
		view(t, s, func(tx *store.Tx) error {
			people = nil
			return tx.People(func(id chat.PersonID) bool { people = append(people, id); return len(people) < 5 })
		})
		if !slices.Equal(people, []chat.PersonID{ana, anna}) {
			t.Errorf("People = %q", people)
		}
		for _, c := range []struct {
			after chat.PersonID
			limit int
			want  []chat.PersonID
		}{{"", 1, []chat.PersonID{ana}}, {"", 9, []chat.PersonID{ana, anna}}, {ana, 9, []chat.PersonID{anna}}, {anna, 9, nil}} {
			view(t, s, func(tx *store.Tx) (err error) {
				people, err = tx.PeopleAfter(c.after, c.limit)
				return err
			})
			if !slices.Equal(people, c.want) {
				t.Errorf("PeopleAfter(%q, %d) = %q, want %q", c.after, c.limit, people, c.want)
			}
		}
		update(t, s, func(tx *store.Tx) error {
			if err := tx.Save(ana, doc{Count: 9}); err != nil {
				return err
			}
			var d doc
			if ok, err := tx.Person(ana, &d); !ok || err != nil || d.Count != 9 {
				t.Errorf("Person after Save in one transaction = %+v, %v, %v", d, ok, err)
			}
			return nil
		})
	})
}

// A record is lifted step by step from the version it was written in, and
// written back in the version of today.
func TestMigration(t *testing.T) {
	var ran []string
	step := func(name string) store.Migration {
		return func(r map[uint64]any) error {
			ran = append(ran, name)
			r[1] = fmt.Sprint(r[1], " ", name)
			return nil
		}
	}
	db := kv.NewMemory()
	save(t, open(t, db), ana, doc{Text: "v0", At: time.Unix(1, 0), Count: 3})
	s := open(t, db, step("one"), step("two"))
	got, ok, err := load(t, s, ana)
	if !ok || err != nil || got.Text != "v0 one two" || got.Count != 3 || !got.At.Equal(time.Unix(1, 0)) {
		t.Errorf("Person = %+v, %v, %v, want both steps and the rest as it was", got, ok, err)
	}
	save(t, s, ana, got)
	ran = nil
	if got, _, err := load(t, open(t, db, step("one"), step("two"), step("three")), ana); err != nil || got.Text != "v0 one two three" || len(ran) != 1 {
		t.Errorf("Person = %q, %v after steps %q, want the last alone", got.Text, err, ran)
	}
	broken := errors.New("no such field")
	_, _, err = load(t, open(t, db, step("one"), step("two"), func(map[uint64]any) error { return broken }), ana)
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), string(ana)) {
		t.Errorf("Person with a migration that fails = %v, want its error and the id", err)
	}
}

func TestNewer(t *testing.T) {
	db := kv.NewMemory()
	keep := func(map[uint64]any) error { return nil }
	save(t, open(t, db, keep, keep), ana, doc{Text: "a secret"})
	_, _, err := load(t, open(t, db, keep), ana)
	if !errors.Is(err, store.ErrNewer) || !strings.Contains(err.Error(), string(ana)) {
		t.Errorf("Person of a newer version = %v, want ErrNewer and the id", err)
	}
	before := kvtest.Dump(t, db)
	put(t, db, "v", binary.BigEndian.AppendUint64(nil, store.Layout+1))
	if err := openWith(t, db); !errors.Is(err, store.ErrNewer) {
		t.Errorf("Open of a newer layout = %v, want ErrNewer", err)
	}
	put(t, db, "v", binary.BigEndian.AppendUint64(nil, store.Layout))
	if diff := cmp.Diff(before, kvtest.Dump(t, db)); diff != "" {
		t.Errorf("what cannot be read was changed (-want +got):\n%s", diff)
	}
}

// An error about a record names whose it is and nothing of what is in it.
func TestDamaged(t *testing.T) {
	good, err := cbor.Marshal(map[int]any{1: "a secret", 3: 5})
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := cbor.Marshal(map[int]any{1: "a secret", 3: "another secret"})
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{
		"empty":            {},
		"half a version":   {0x80},
		"half a record":    append([]byte{1}, good[:len(good)-4]...),
		"more than one":    append(append([]byte{1}, good...), good...),
		"wrong type":       append([]byte{1}, wrong...),
		"no map":           {1, 0x83, 1, 2, 3},
		"old, half":        append([]byte{0}, good[:len(good)-4]...),
		"old, other keys":  {0, 0xa1, 0x61, 'a', 0x61, 'b'},
		"a huge length":    {1, 0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"deep in the dark": append([]byte{1}, []byte(strings.Repeat("\x81", 100_000))...),
	} {
		t.Run(name, func(t *testing.T) {
			db := unsealed(kv.NewMemory())
			s := open(t, db, func(map[uint64]any) error { return nil })
			put(t, db, "p/"+string(ana), raw)
			save(t, s, anna, doc{Count: 8})
			_, _, err := load(t, s, ana)
			if !errors.Is(err, kv.ErrDamaged) || !strings.Contains(err.Error(), string(ana)) {
				t.Errorf("Person = %v, want ErrDamaged and the id", err)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the error tells what was written: %v", err)
			}
			if d, ok, err := load(t, s, anna); !ok || err != nil || d.Count != 8 {
				t.Errorf("her neighbour = %+v, %v, %v", d, ok, err)
			}
		})
	}
}

// Opening a store twice changes nothing, and an empty one gets the layout and,
// if it is sealed, which keys are its.
func TestLayout(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		open(t, db)
		first := kvtest.Dump(t, db)
		want := 2
		if keysOf(t, db) == nil {
			want = 1
		}
		open(t, db)
		if diff := cmp.Diff(first, kvtest.Dump(t, db)); diff != "" || len(first) != want {
			t.Errorf("entries %q, changed by opening (-want +got):\n%s", first, diff)
		}
	})
}

// Remove takes away what belongs to one person, readable or not, and nothing
// of anybody else's.
func TestRemove(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		s := open(t, db)
		others := func() {
			for _, id := range []chat.PersonID{"-/T1/UAN", anna, "-/T1/UANB"} {
				save(t, s, id, doc{Text: string(id)})
				update(t, s, func(tx *store.Tx) error {
					return errors.Join(tx.PutRow(row(id, 1, "x")), tx.PutDelivered(id, store.Delivered{Last: "1"}), tx.SetWake(id, time.Time{}, noon))
				})
			}
		}
		others()
		want := kvtest.Dump(t, db)
		save(t, s, ana, doc{Text: "x"})
		update(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.PutRow(row(ana, 1, "a")), tx.PutRow(row(ana, 2, "b")), tx.PutDelivered(ana, store.Delivered{Last: "1"}))
		})
		put(t, db, "o/"+string(ana)+"\x00\x00\x00\x00\x00\x00\x00\x00\x03", []byte("no row at all"))
		put(t, db, "d/"+string(ana), []byte("no deliveries at all"))
		update(t, s, func(tx *store.Tx) error { return tx.Remove(ana) })
		sweep(t, s)
		if diff := cmp.Diff(want, kvtest.Dump(t, db)); diff != "" {
			t.Errorf("entries after Remove (-want +got):\n%s", diff)
		}
		update(t, s, func(tx *store.Tx) error { return tx.Remove(ana) }) // is not there
	})
}

// sweep removes what the erasing of keys has left.
func sweep(t *testing.T, s *store.Store) {
	t.Helper()
	if _, err := s.Sweep(context.Background(), noon); err != nil {
		t.Fatal(err)
	}
}

// A function that fails leaves nothing behind.
func TestUpdateFails(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		s := open(t, db)
		before := kvtest.Dump(t, db)
		boom := errors.New("boom")
		err := s.Update(context.Background(), func(tx *store.Tx) error {
			return errors.Join(tx.Save(ana, doc{}), tx.PutRow(row(ana, 1, "a")), tx.SetWake(ana, time.Time{}, noon), boom)
		})
		if !errors.Is(err, boom) {
			t.Errorf("Update = %v, want the function's error", err)
		}
		if diff := cmp.Diff(before, kvtest.Dump(t, db)); diff != "" {
			t.Errorf("entries (-want +got):\n%s", diff)
		}
	})
}
