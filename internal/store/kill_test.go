package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"waymark/internal/chat"
	"waymark/internal/kv/boltkv"
	"waymark/internal/seal"
	"waymark/internal/store"
)

// childDir names the folder to the child process of TestKill.
const childDir = "WAYMARK_TEST_STORE_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := liveForever(dir); err != nil {
			fmt.Println("!", err)
			os.Exit(1)
		}
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
		for _, line := range killAfter(t, dir, 150+100*round) {
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

// killAfter starts a child on dir, kills it when it has said n lines, and
// returns all whole lines.
func killAfter(t *testing.T, dir string, n int) (said []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childDir+"="+dir)
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
