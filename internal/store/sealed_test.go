package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/kv/boltkv"
	"waymark/internal/kv/kvtest"
	"waymark/internal/seal"
	"waymark/internal/store"
)

// secret stands for what a person wrote; nothing of it may be found.
const secret = "my manager must never read this"

// everything gives a person all that can be sealed.
func everything(t testing.TB, s *store.Store, id chat.PersonID, text string) {
	t.Helper()
	update(t, s, func(tx *store.Tx) error {
		parked := row(id, 2, text)
		parked.Parked = "no"
		return errors.Join(
			tx.Save(id, doc{Text: text + strings.Repeat(" "+text, 100)}), // large enough to be packed
			tx.PutRow(row(id, 1, text)), tx.PutRow(parked),
			tx.PutDelivered(id, store.Delivered{IDs: []string{text}, TSs: []string{"1"}, Last: text}),
			tx.SetWake(id, time.Time{}, noon))
	})
}

// seen is all that can be read of a person.
func seen(t testing.TB, s *store.Store, id chat.PersonID) (all []string, err error) {
	t.Helper()
	view(t, s, func(tx *store.Tx) error {
		var d doc
		ok, e1 := tx.Person(id, &d)
		known, e2 := tx.Known(id)
		rows, e3 := tx.Outbox(id)
		sent, e4 := tx.Delivered(id)
		all = append(texts(rows), sent.Last)
		if ok {
			all = append(all, d.Text[:min(len(d.Text), len(secret))])
		}
		if ok != known && e1 == nil {
			t.Errorf("Known = %v, Person finds %v", known, ok)
		}
		err = errors.Join(e1, e2, e3, e4)
		return nil
	})
	return all, err
}

func bolt(t testing.TB, path string) *boltkv.Store {
	t.Helper()
	db, err := boltkv.Open(path, boltkv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// leaks lists the files of a folder in which text stands.
func leaks(t testing.TB, dir, text string) (files []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte(text)) {
			files = append(files, e.Name())
		}
	}
	return files
}

// What a person wrote is in no file: not the data, not a copy of it, not the
// keys; while they are there, when they have been changed, and when they are gone.
func TestNoFileTells(t *testing.T) {
	dir := t.TempDir()
	db := bolt(t, filepath.Join(dir, "data"))
	rings.Store(kv.Store(db), store.Keys(ring(t, dir)))
	s := open(t, db)
	quiet := func(when string) {
		t.Helper()
		if err := db.Backup(context.Background(), filepath.Join(dir, "copy")); err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{secret, secret[3:20], "changed"} {
			if files := leaks(t, dir, part); len(files) > 0 {
				t.Errorf("%s: %q stands in %q", when, part, files)
			}
		}
	}
	everything(t, s, ana, secret)
	quiet("written")
	everything(t, s, ana, "changed "+secret)
	quiet("changed")
	update(t, s, func(tx *store.Tx) error { return tx.Bury(ana, []byte("hashes"), noon) })
	quiet("deleted")
	if files := leaks(t, dir, string(ana)); len(files) == 0 {
		t.Error("not even the id is found: the test looks in the wrong place")
	}
}

// A value opens where it was put and nowhere else, and not when a bit of it has
// changed.
func TestSealHolds(t *testing.T) {
	db := kv.NewMemory()
	s := open(t, db)
	everything(t, s, ana, secret)
	everything(t, s, anna, "hers")
	save(t, s, "short", doc{Text: "x"}) // too small to be packed
	entries := map[string][]byte{}
	for _, e := range kvtest.Dump(t, db) {
		k, v, _ := strings.Cut(e, "=")
		entries[k] = []byte(v)
	}
	a, b := string(ana), string(anna)
	row1, row2 := "o/"+a+"\x00\x00\x00\x00\x00\x00\x00\x00\x01", "o/"+a+"\x00\x00\x00\x00\x00\x00\x00\x00\x02"
	flipped := func(key string, at int) []byte {
		v := bytes.Clone(entries[key])
		v[(at+len(v))%len(v)] ^= 1
		return v
	}
	type change struct {
		key   string
		value []byte
	}
	for name, changes := range map[string][]change{
		"another person's record":         {{"p/" + a, entries["p/"+b]}},
		"another person's record and key": {{"p/" + a, entries["p/"+b]}, {"k/" + a, entries["k/"+b]}},
		"another person's key":            {{"k/" + a, entries["k/"+b]}},
		"a row in the place of another":   {{row1, entries[row2]}},
		"a row as a record":               {{"p/" + a, entries[row1]}},
		"deliveries as a record":          {{"p/" + a, entries["d/"+a]}},
		"a row that seems to be parked":   {{row1, append([]byte{entries[row2][0]}, entries[row1][1:]...)}},
		"a changed nonce":                 {{"p/" + a, flipped("p/"+a, 3)}},
		"a changed text":                  {{"p/" + a, flipped("p/"+a, 40)}},
		"a changed tag":                   {{"d/" + a, flipped("d/"+a, -1)}},
		"half a record":                   {{"p/" + a, entries["p/"+a][:40]}},
		"a kind and nothing":              {{"p/" + a, entries["p/"+a][:1]}},
		"nothing":                         {{"p/" + a, nil}},
		"a record without a seal":         {{"p/" + a, []byte{0, 0xa1, 1, 0x61, 'x'}}},
		"a reference that is too short":   {{"k/" + a, entries["k/"+a][:9]}},
		"a reference to no key":           {{"k/" + a, bytes.Repeat([]byte{7}, seal.RefSize)}},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				for k, v := range entries {
					put(t, db, k, v)
				}
			}()
			for _, c := range changes {
				put(t, db, c.key, c.value)
			}
			_, err := seen(t, s, ana)
			if !errors.Is(err, kv.ErrDamaged) || !strings.Contains(err.Error(), a) || strings.Contains(err.Error(), secret) {
				t.Errorf("reading = %v, want ErrDamaged, the id and no text", err)
			}
			if all, err := seen(t, s, anna); err != nil || len(all) != 4 || all[0] != "hers" {
				t.Errorf("her neighbour = %q, %v", all, err)
			}
		})
	}
	if all, err := seen(t, s, ana); err != nil || len(all) != 4 {
		t.Errorf("with everything in its place = %q, %v", all, err)
	}
}

// After a deletion the data of before, put back beside today's keys, shows
// nothing of that person and everything of the others; who comes back begins
// with nothing.
func TestDeletedStaysDeleted(t *testing.T) {
	dir := t.TempDir()
	keys := ring(t, dir)
	path := filepath.Join(dir, "data")
	db := bolt(t, path)
	rings.Store(kv.Store(db), store.Keys(keys))
	s := open(t, db)
	everything(t, s, ana, secret)
	everything(t, s, anna, "hers")
	old := filepath.Join(dir, "old")
	if err := db.Backup(context.Background(), old); err != nil {
		t.Fatal(err)
	}
	update(t, s, func(tx *store.Tx) error { return tx.Bury(ana, nil, noon) })

	back := bolt(t, old)
	rings.Store(kv.Store(back), store.Keys(keys))
	s = open(t, back)
	if all, err := seen(t, s, ana); err != nil || strings.Join(all, "") != "" {
		t.Errorf("of who was deleted = %q, %v, want nothing", all, err)
	}
	view(t, s, func(tx *store.Tx) error {
		if r, ok, err := tx.NextRow(ana, 0); ok || err != nil {
			t.Errorf("NextRow = %v, %v, %v", r, ok, err)
		}
		if ok, err := tx.HasRow(row(ana, 1, "")); ok || err != nil {
			t.Errorf("HasRow = %v, %v", ok, err)
		}
		return nil
	})
	if all, err := seen(t, s, anna); err != nil || len(all) != 4 {
		t.Errorf("her neighbour = %q, %v", all, err)
	}
	save(t, s, ana, doc{Text: "back"})
	if all, err := seen(t, s, ana); err != nil || strings.Join(all, "") != "back" {
		t.Errorf("after she came back = %q, %v, want her new words alone", all, err)
	}
}

// What is put for somebody in the transaction that removes them, or after it,
// has a key of its own, and with the last of it that key goes as well.
func TestAfterRemove(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		s := open(t, db)
		empty := kvtest.Dump(t, db)
		everything(t, s, ana, secret)
		clearing := row(ana, 9, "cleaning up")
		update(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.SetWake(ana, noon, time.Time{}), tx.Remove(ana), tx.PutRow(clearing))
		})
		for range 2 {
			if all, err := seen(t, s, ana); err != nil || strings.Join(all, "") != "cleaning up" {
				t.Errorf("after Remove and PutRow = %q, %v", all, err)
			}
			sweep(t, s)
		}
		update(t, s, func(tx *store.Tx) error { return tx.RemoveRow(clearing) })
		sweep(t, s)
		if left := kvtest.Dump(t, db); fmt.Sprintf("%q", left) != fmt.Sprintf("%q", empty) {
			t.Errorf("left over is %q, want what an empty store has", left)
		}
	})
}

// A key goes with the last row only when nothing else needs it.
func TestKeyStaysWhileNeeded(t *testing.T) {
	for name, keep := range map[string]func(tx *store.Tx) error{
		"a record":     func(tx *store.Tx) error { return tx.Save(ana, doc{Text: "x"}) },
		"another row":  func(tx *store.Tx) error { return tx.PutRow(row(ana, 2, "x")) },
		"a parked row": func(tx *store.Tx) error { r := row(ana, 2, "x"); r.Parked = "no"; return tx.PutRow(r) },
		"deliveries":   func(tx *store.Tx) error { return tx.PutDelivered(ana, store.Delivered{Last: "x"}) },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, kv.NewMemory())
			update(t, s, func(tx *store.Tx) error { return errors.Join(tx.PutRow(row(ana, 1, "y")), keep(tx)) })
			update(t, s, func(tx *store.Tx) error { return tx.RemoveRow(row(ana, 1, "")) })
			if all, err := seen(t, s, ana); err != nil || strings.Join(all, "") != "x" {
				t.Errorf("= %q, %v, want x", all, err)
			}
		})
	}
}

// keys are a ring that counts and fails on demand.
type keys struct {
	*seal.Ring
	made, erased int
	makes, loses error
}

func (k *keys) New() (seal.Ref, error) {
	if k.makes != nil {
		return seal.Ref{}, k.makes
	}
	k.made++
	return k.Ring.New()
}

func (k *keys) Erase(refs ...seal.Ref) error {
	if k.loses != nil {
		return k.loses
	}
	k.erased += len(refs)
	return k.Ring.Erase(refs...)
}

func watched(t *testing.T, db kv.Store) *keys {
	k := &keys{Ring: ring(t, t.TempDir())}
	rings.Store(db, store.Keys(k))
	return k
}

// A transaction that runs twice makes one key, one that fails gives none up.
func TestKeysOfTransactions(t *testing.T) {
	db := kvtest.Rerun(kv.NewMemory())
	k := watched(t, db)
	s := open(t, db)
	everything(t, s, ana, secret)
	everything(t, s, ana, secret)
	if k.made != 1 {
		t.Errorf("%d keys made for one person", k.made)
	}
	boom := errors.New("boom")
	err := s.Update(context.Background(), func(tx *store.Tx) error { return errors.Join(tx.Remove(ana), boom) })
	if !errors.Is(err, boom) || k.erased != 0 {
		t.Errorf("Update = %v with %d keys erased, want boom and none", err, k.erased)
	}
	if all, err := seen(t, s, ana); err != nil || len(all) != 4 {
		t.Errorf("after a Remove that failed = %q, %v, want everything", all, err)
	}
	update(t, s, func(tx *store.Tx) error { return tx.Remove(ana) })
	if k.erased != 1 {
		t.Errorf("%d keys erased, want 1", k.erased)
	}
}

// A key that the disk does not let go of is erased later: by a sweep, or at the
// next start.
func TestErasedLater(t *testing.T) {
	for name, later := range map[string]func(t *testing.T, db kv.Store, s *store.Store){
		"a sweep":        func(t *testing.T, _ kv.Store, s *store.Store) { sweep(t, s) },
		"the next start": func(t *testing.T, db kv.Store, _ *store.Store) { open(t, db) },
	} {
		t.Run(name, func(t *testing.T) {
			db := kv.NewMemory()
			k := watched(t, db)
			var log bytes.Buffer
			s, err := store.Open(context.Background(), db, store.Options{Keys: k, Log: slog.New(slog.NewTextHandler(&log, nil))})
			if err != nil {
				t.Fatal(err)
			}
			everything(t, s, ana, secret)
			k.loses = errors.New("the disk is away")
			update(t, s, func(tx *store.Tx) error { return tx.Remove(ana) })
			if all, err := seen(t, s, ana); err != nil || strings.Join(all, "") != "" {
				t.Errorf("after Remove = %q, %v, want nothing", all, err)
			}
			if !strings.Contains(log.String(), "the disk is away") || k.erased != 0 {
				t.Errorf("the log is %q with %d keys erased", &log, k.erased)
			}
			if _, err := s.Sweep(context.Background(), noon); !errors.Is(err, k.loses) {
				t.Errorf("Sweep = %v, want why it cannot", err)
			}
			if err := openWith(t, db); !errors.Is(err, k.loses) {
				t.Errorf("Open = %v, want why it cannot", err)
			}
			k.loses = nil
			later(t, db, s)
			if k.erased != 1 {
				t.Errorf("%d keys erased, want 1", k.erased)
			}
		})
	}
}

// Without room for a key nobody is written down, and that is said as any other
// lack of room.
func TestNoRoomForKey(t *testing.T) {
	db := kv.NewMemory()
	k := watched(t, db)
	s := open(t, db)
	before := kvtest.Dump(t, db)
	k.makes = fmt.Errorf("write: %w", syscall.ENOSPC)
	err := s.Update(context.Background(), func(tx *store.Tx) error { return tx.Save(ana, doc{}) })
	if !errors.Is(err, kv.ErrFull) {
		t.Errorf("Save = %v, want ErrFull", err)
	}
	if after := kvtest.Dump(t, db); fmt.Sprintf("%q", after) != fmt.Sprintf("%q", before) {
		t.Errorf("written was %q", after)
	}
}

// Data and keys that do not belong together are refused and not changed.
func TestWrongKeys(t *testing.T) {
	sealedDB, plainDB := kv.NewMemory(), unsealed(kv.NewMemory())
	everything(t, open(t, sealedDB), ana, secret)
	everything(t, open(t, plainDB), ana, secret)
	for _, c := range []struct {
		name string
		db   kv.Store
		keys store.Keys
		want error
	}{
		{"sealed data, no keys", sealedDB, nil, store.ErrSealed},
		{"sealed data, other keys", sealedDB, ring(t, t.TempDir()), store.ErrOtherKeys},
		{"data without seals, keys", plainDB, ring(t, t.TempDir()), store.ErrUnsealed},
	} {
		before := kvtest.Dump(t, c.db)
		if _, err := store.Open(context.Background(), c.db, store.Options{Keys: c.keys}); !errors.Is(err, c.want) {
			t.Errorf("%s: Open = %v, want %v", c.name, err, c.want)
		}
		if after := kvtest.Dump(t, c.db); fmt.Sprintf("%q", after) != fmt.Sprintf("%q", before) {
			t.Errorf("%s: the data was changed", c.name)
		}
	}
}
