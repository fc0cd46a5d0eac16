package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/kv/boltkv"
	"waymark/internal/seal"
	"waymark/internal/store"
)

// childDir names the folder to a child process that is to be killed, childWork
// what it does there.
const (
	childDir  = "WAYMARK_TEST_STORE_DIR"
	childWork = "WAYMARK_TEST_STORE_WORK"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		work := map[string]func(string) error{"live": liveForever, "upgrade": upgrade}[os.Getenv(childWork)]
		if err := work(dir); err != nil {
			fmt.Println("!", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// inFolder opens the store of a folder, data and keys.
func inFolder(dir string) (*store.Store, *seal.Ring, error) {
	db, err := boltkv.Open(filepath.Join(dir, "data"), boltkv.Options{})
	if err != nil {
		return nil, nil, err
	}
	keys, err := seal.Open(seal.Options{Path: filepath.Join(dir, "keys"), KeyFile: filepath.Join(dir, "key"), Generate: true})
	if err != nil {
		return nil, nil, err
	}
	s, err := store.Open(context.Background(), db, store.Options{Keys: keys})
	return s, keys, err
}

// liveForever lets people come, write, leave and come back until the process is
// killed, and says what happened after it did: "+" who wrote what, "-" who is
// about to leave, "x" who has left. Meanwhile the master key is rotated.
func liveForever(dir string) error {
	s, keys, err := inFolder(dir)
	if err != nil {
		return err
	}
	failed := make(chan error)
	for w := range 8 {
		go func() {
			for n := 0; ; n++ {
				id := chat.PersonID(fmt.Sprintf("P%d-%d-%d", os.Getpid(), w, n/4))
				text := fmt.Sprint("words ", n)
				err := s.Update(context.Background(), func(tx *store.Tx) error {
					if err := tx.Save(id, doc{Text: text}); err != nil {
						return err
					}
					return tx.PutRow(row(id, uint64(n), text))
				})
				if err != nil {
					failed <- err
				}
				fmt.Printf("+ %s %d\n", id, n)
				if w%2 == 0 || n%4 != 1 && n%4 != w%4 {
					continue // half of them leave in between and come back, a quarter for good
				}
				fmt.Printf("- %s %d\n", id, n)
				if err := s.Update(context.Background(), func(tx *store.Tx) error { return tx.Bury(id, []byte("x"), noon) }); err != nil {
					failed <- err
				}
				fmt.Printf("x %s %d\n", id, n)
			}
		}()
	}
	go func() {
		for {
			if err := keys.RotateFile(filepath.Join(dir, "key")); err != nil {
				failed <- err
			}
		}
	}()
	return <-failed
}

// Killed while people write and leave: what was acknowledged is there and opens,
// who has left has no key any more, and nobody is damaged.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	type known struct{ wrote, left string }
	people := map[chat.PersonID]known{}
	for round := range 4 {
		for _, line := range killAfter(t, dir, "live", 150+100*round) {
			var kind, n string
			var id chat.PersonID
			if got, _ := fmt.Sscan(line, &kind, &id, &n); got != 3 {
				t.Fatalf("child: %s", line)
			}
			p := people[id]
			switch kind {
			case "+":
				p.wrote, p.left = "words "+n, ""
			case "-", "x":
				p.left = kind
			}
			people[id] = p
		}
		s, keys, err := inFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		found, err := s.Restore(context.Background()) // opens everything
		if err != nil || len(found.Damaged) > 0 {
			t.Fatalf("round %d: %+v, %v", round, found, err)
		}
		stays := 0
		for id, p := range people {
			d, ok, err := load(t, s, id)
			switch {
			case err != nil:
				t.Fatalf("round %d: %s: %v", round, id, err)
			case p.left == "x" && ok && d.Text == p.wrote:
				t.Fatalf("round %d: %s has left and is there", round, id)
			case p.left == "" && (!ok || d.Text < p.wrote && len(d.Text) <= len(p.wrote)):
				t.Fatalf("round %d: %s wrote %q, there is %q, %v", round, id, p.wrote, d.Text, ok)
			}
			if p.left == "" {
				stays++
			}
		}
		if stays == len(people) || stays == 0 {
			t.Errorf("round %d: %d of %d people stay: nothing is proved about the others", round, stays, len(people))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := keys.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// upgrade seals the data of a folder, and says a line before each commit, before
// the new file takes its place, and at the end.
func upgrade(dir string) error {
	keys, err := seal.Open(seal.Options{Path: filepath.Join(dir, "keys"), KeyFile: filepath.Join(dir, "key"), Generate: true})
	if err != nil {
		return err
	}
	err = boltkv.Rewrite(filepath.Join(dir, "data"), boltkv.Options{}, func(from, to kv.Store) error {
		err := store.SealInto(context.Background(), from, talking{to}, store.Options{Keys: keys})
		fmt.Println("filled")
		return err
	})
	fmt.Println("done")
	return err
}

// talking says a line before each commit.
type talking struct{ kv.Store }

func (s talking) Update(ctx context.Context, fn func(kv.Tx) error) error {
	fmt.Println("commit")
	return s.Store.Update(ctx, fn)
}

// Killed while data from before is sealed: it is as it was, or sealed and whole,
// and the next attempt goes through.
func TestKillUpgrade(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "data")
	db := unsealed(bolt(t, path))
	s := open(t, db)
	const people = 300
	update(t, s, func(tx *store.Tx) error {
		for i := range people {
			id := chat.PersonID(fmt.Sprintf("P%03d", i))
			if err := errors.Join(tx.Save(id, doc{Count: i}), tx.PutRow(row(id, 1, "x"))); err != nil {
				return err
			}
		}
		return nil
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var states []uint64
	for lines := 1; lines <= 7; lines++ { // 600 entries: three commits, the rest, the layout, filled, done
		killAfter(t, dir, "upgrade", lines)
		db := bolt(t, path)
		state, err := store.StateOf(context.Background(), db)
		if err != nil {
			t.Fatalf("killed at line %d: %v", lines, err)
		}
		states = append(states, state.Layout)
		opts := store.Options{}
		if state.Sealed() {
			opts.Keys = ring(t, dir)
		}
		s, err := store.Open(context.Background(), db, opts)
		if err != nil {
			t.Fatalf("killed at line %d: %v", lines, err)
		}
		for i := range people {
			id := chat.PersonID(fmt.Sprintf("P%03d", i))
			var rows []store.Row
			view(t, s, func(tx *store.Tx) (err error) { rows, err = tx.Outbox(id); return err })
			if d, ok, err := load(t, s, id); !ok || err != nil || d.Count != i || len(rows) != 1 {
				t.Fatalf("killed at line %d: %s = %+v, %v, %v with %d rows", lines, id, d, ok, err, len(rows))
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if state.Sealed() {
			break // there is nothing to upgrade any more
		}
	}
	if states[0] != 1 || states[len(states)-1] != 2 {
		t.Errorf("after the kills the layouts were %d, want 1 first and 2 at the end", states)
	}
}

// killAfter starts a child that works on dir, kills it when it has said n lines,
// and returns all whole lines.
func killAfter(t *testing.T, dir, work string, n int) (said []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childDir+"="+dir, childWork+"="+work)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for in := bufio.NewReader(out); ; {
		line, err := in.ReadString('\n')
		if err != nil {
			break
		}
		said = append(said, strings.TrimSpace(line))
		if len(said) == n {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = child.Wait() // says that it was killed
	if len(said) < n {
		t.Fatalf("child said %d lines, want %d: %q", len(said), n, said[max(0, len(said)-1):])
	}
	return said
}
