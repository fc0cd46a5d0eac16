package boltkv

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"waymark/internal/kv"
	"waymark/internal/kv/kvtest"
)

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A rewritten file has what was copied and nothing else, not even in pages that
// are free.
func TestRewrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "data")
	s := open(t, path, Options{})
	for i := range 50 {
		if err := s.Update(context.Background(), put(fmt.Sprint("secret", i), strings.Repeat("secret", 500))); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Update(context.Background(), put("a", "kept")); err != nil {
		t.Fatal(err)
	}
	if err := Rewrite(path, Options{LockWait: -1}, nil); !errors.Is(err, kv.ErrLocked) {
		t.Errorf("Rewrite of data in use = %v, want ErrLocked", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, path+".rewrite", []byte("what a killed process has left"))
	keep := func(from, to kv.Store) error {
		return from.View(context.Background(), func(r kv.Reader) error {
			v, _, err := r.Get([]byte("a"))
			if err != nil {
				return err
			}
			return to.Update(context.Background(), put("a", string(v)))
		})
	}
	boom := errors.New("boom")
	before := read(t, path)
	err := Rewrite(path, Options{}, func(from, to kv.Store) error { return errors.Join(keep(from, to), boom) })
	if !errors.Is(err, boom) || !strings.Contains(string(read(t, path)), "secret") || len(read(t, path)) < len(before) {
		t.Errorf("Rewrite = %v, want boom and the old file", err)
	}
	if err := Rewrite(path, Options{}, keep); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); !slices.Equal(got, []string{"data"}) {
		t.Errorf("the folder has %q, want the data alone", got)
	}
	if strings.Contains(string(read(t, path)), "secret") {
		t.Error("what was left out still stands in the file")
	}
	if got := kvtest.Dump(t, open(t, path, Options{})); !slices.Equal(got, []string{"a=kept"}) {
		t.Errorf("the rewritten file has %q", got)
	}
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	path, from := filepath.Join(dir, "data"), filepath.Join(dir, "from")
	fill := func(path, text string) *Store {
		s := open(t, path, Options{})
		if err := s.Update(context.Background(), put("a", text)); err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := fill(path, "old")
	if err := fill(from, "new").Close(); err != nil {
		t.Fatal(err)
	}
	by := func(from string) func(string) error {
		return func(fresh string) error { return os.Rename(from, fresh) }
	}
	if err := Replace(path, Options{LockWait: -1}, by(from)); !errors.Is(err, kv.ErrLocked) {
		t.Errorf("Replace of data in use = %v, want ErrLocked", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Replace(path, Options{}, func(string) error { return nil }); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Replace by nothing = %v, want ErrNotExist", err)
	}
	write(t, path+".replaced", []byte("the one before"))
	boom := errors.New("boom")
	if err := Replace(path, Options{}, func(fresh string) error {
		write(t, fresh, []byte("half a file"))
		if _, err := Open(path, Options{LockWait: -1}); !errors.Is(err, kv.ErrLocked) {
			t.Errorf("Open during Replace = %v, want ErrLocked", err)
		}
		return boom
	}); !errors.Is(err, boom) {
		t.Errorf("Replace = %v, want boom", err)
	}
	if err := Replace(path, Options{}, by(from)); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{path: "a=new", path + ".replaced": "a=old"} {
		s := open(t, file, Options{})
		if got := kvtest.Dump(t, s); !slices.Equal(got, []string{want}) {
			t.Errorf("%s has %q, want %q", filepath.Base(file), got, want)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := Replace(filepath.Join(dir, "fresh"), Options{}, by(path)); err != nil {
		t.Errorf("Replace where there is nothing = %v", err)
	}
	if got := files(t, dir); !slices.Equal(got, []string{"data.replaced", "fresh"}) {
		t.Errorf("the folder has %q", got)
	}
}
