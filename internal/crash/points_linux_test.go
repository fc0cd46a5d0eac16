package crash

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"waymark/internal/chat"
	"waymark/internal/coach"
	"waymark/internal/kv"
	"waymark/internal/kv/boltkv"
	"waymark/internal/store"
)

func (d *drama) points() []point {
	trapped := func(what string, done bool, most int) func(func()) func() {
		return func(fire func()) func() {
			d.victim.relay.set(&trap{what: what, done: done, left: d.random.IntN(most), fire: fire})
			return func() { d.victim.relay.set(nil) }
		}
	}
	watched := func(name string, most int) func(func()) func() {
		return func(fire func()) func() {
			return watch(d.t, d.victim.data, name, 1+d.random.IntN(most), fire)
		}
	}
	timed := func(within time.Duration) func(func()) func() {
		return func(fire func()) func() {
			timer := time.AfterFunc(time.Duration(d.random.Int64N(int64(within))), fire)
			return func() { timer.Stop() }
		}
	}
	all := []point{
		{name: "at random", arm: timed(400 * time.Millisecond)},
		{name: "soon after a start", arm: timed(300 * time.Millisecond), before: func() {}},
		{name: "inside a commit", arm: watched("waymark.db", 40)},
		{name: "inside the first commits after a start", arm: watched("waymark.db", 10), before: func() {}},
		{name: "while a key is written", arm: watched("waymark.keys", 1), joins: true},
		{name: "after the commit, before the ack", arm: trapped("ack", false, 20)},
		{name: "before a post", arm: trapped("chat.postMessage", false, 20)},
		{name: "after a post, before its row is gone", arm: trapped("chat.postMessage", true, 20)},
		{name: "inside a backup", arm: d.asked("waymark.copy.new", 2, "backup")},
		{name: "inside a rotation of the key", arm: d.asked("waymark.keys.new", 1, "key", "rotate")},
		{name: "inside a migration", arm: watched("waymark.db.rewrite", 12), before: d.age},
		{name: "after an edit, before its row is gone", arm: trapped("chat.update", true, 3)},
	}
	wanted := regexp.MustCompile(*only)
	return slices.DeleteFunc(all, func(p point) bool { return !wanted.MatchString(p.name) })
}

// asked is a point at which the bot does what a command has asked it for: a file,
// in the folder of backups or of data, is written to for one of the first most
// times.
func (d *drama) asked(file string, most int, args ...string) func(func()) func() {
	return func(fire func()) func() {
		dir, args, backup := d.victim.data, slices.Clone(args), args[0] == "backup"
		if backup {
			dir = d.t.TempDir()
			args = append(args, filepath.Join(dir, strings.TrimSuffix(file, ".new")))
		}
		stop := watch(d.t, dir, file, 1+d.random.IntN(most), fire)
		cmd := d.victim.command(args...)
		cmd.Stderr = io.Discard // that the bot was killed
		if err := cmd.Start(); err != nil {
			d.t.Fatal(err)
		}
		return func() {
			_ = cmd.Wait() // likewise
			stop()
			if backup {
				d.restore(dir, args[1])
			}
		}
	}
}

// restore sees whether a backup, if there is one, is a whole one.
func (d *drama) restore(dir, file string) {
	d.t.Helper()
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return
	}
	if _, err := os.Stat(filepath.Join(dir, "waymark.keys")); errors.Is(err, fs.ErrNotExist) {
		return // killed between the two
	}
	cmd := d.victim.command("restore", "--data", filepath.Join(dir, "data"), "--key-file", filepath.Join(d.victim.data, "waymark.key"), file)
	if out, err := cmd.CombinedOutput(); err != nil {
		d.t.Errorf("a backup that looked finished cannot be restored: %v\n%s", err, out)
	}
}

// age makes the victim's data what it would be if an earlier version, which did
// not seal anything, had written it.
func (d *drama) age() {
	d.t.Helper()
	old := filepath.Join(d.t.TempDir(), "old")
	err := keeping(d.victim.data, func(from kv.Store, sealed *store.Store) error {
		to, err := boltkv.Open(old, boltkv.Options{})
		if err != nil {
			return err
		}
		plain, err := store.Open(context.Background(), to, store.Options{Migrations: coach.Migrations()})
		if err == nil {
			err = unseal(from, sealed, to, plain)
		}
		return errors.Join(err, to.Close())
	})
	if err == nil {
		err = errors.Join(os.Rename(old, filepath.Join(d.victim.data, "waymark.db")),
			os.Remove(filepath.Join(d.victim.data, "waymark.keys")), os.Remove(filepath.Join(d.victim.data, "waymark.key")))
	}
	if err != nil {
		d.t.Fatalf("make data of an earlier version: %v", err)
	}
}

// unseal copies everything from a sealed store to one that is not.
func unseal(from kv.Store, sealed *store.Store, to kv.Store, plain *store.Store) error {
	ctx := context.Background()
	return from.View(ctx, func(r kv.Reader) error {
		return sealed.View(ctx, func(tx *store.Tx) error {
			return r.Scan(nil, nil, func(k, v []byte) (bool, error) {
				kind, id, _ := strings.Cut(string(k), "/")
				switch kind {
				case "v", "i", "k", "x": // the layout's own, and the keys'
					return true, nil
				case "p", "d", "o":
					return true, plain.Update(ctx, func(out *store.Tx) error { return open(tx, out, kind, id) })
				}
				return true, to.Update(ctx, func(out kv.Tx) error { return out.Put(k, v) })
			})
		})
	})
}

// open copies one sealed entry; for rows, all of that person.
func open(tx, out *store.Tx, kind, id string) error {
	person := chat.PersonID(id)
	switch kind {
	case "p":
		record := map[uint64]cbor.RawMessage{}
		if _, err := tx.Person(person, &record); err != nil {
			return err
		}
		return out.Save(person, record)
	case "d":
		sent, err := tx.Delivered(person)
		if err != nil {
			return err
		}
		return out.PutDelivered(person, sent)
	}
	person = chat.PersonID(id[:len(id)-9]) // without a zero and the row's number
	rows, err := tx.Outbox(person)
	for _, row := range rows {
		err = errors.Join(err, out.PutRow(row))
	}
	return err
}
