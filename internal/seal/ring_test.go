package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// seeded gives the same bytes in every run.
func seeded() io.Reader { return rand.NewChaCha8([32]byte{1, 2, 3}) }

func options(dir string) Options {
	return Options{Path: filepath.Join(dir, "keys"), KeyFile: filepath.Join(dir, "key"), Generate: true}
}

func open(t testing.TB, opt Options) *Ring {
	t.Helper()
	r, err := Open(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func newKey(t testing.TB, r *Ring) Ref {
	t.Helper()
	ref, err := r.New()
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

// sealed is a text sealed with a key.
func sealed(t testing.TB, r *Ring, ref Ref, text string) []byte {
	t.Helper()
	a, err := r.AEAD(ref)
	if err != nil {
		t.Fatal(err)
	}
	return a.Seal(nil, nil, []byte(text), []byte("about"))
}

// opened is what a key makes of it.
func opened(r *Ring, ref Ref, b []byte) (string, error) {
	a, err := r.AEAD(ref)
	if err != nil {
		return "", err
	}
	text, err := a.Open(nil, nil, b, []byte("about"))
	return string(text), err
}

func wantOpen(t *testing.T, r *Ring, ref Ref, b []byte, want string) {
	t.Helper()
	if got, err := opened(r, ref, b); got != want || err != nil {
		t.Errorf("key %d opens %q, %v, want %q", ref.slot(), got, err, want)
	}
}

func wantErased(t *testing.T, r *Ring, ref Ref) {
	t.Helper()
	if _, err := r.AEAD(ref); !errors.Is(err, ErrErased) {
		t.Errorf("AEAD of erased key %d = %v, want ErrErased", ref.slot(), err)
	}
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t testing.TB, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Keys survive reopening, each opens what it sealed and nothing else, and one
// that is erased opens nothing, now and later.
func TestKeys(t *testing.T) {
	opt := options(t.TempDir())
	r := open(t, opt)
	var refs []Ref
	var texts [][]byte
	for i := range 200 { // over several batches
		refs = append(refs, newKey(t, r))
		texts = append(texts, sealed(t, r, refs[i], fmt.Sprint("text ", i)))
	}
	for i := 1; i < 200; i++ {
		if got, err := opened(r, refs[i], texts[i-1]); err == nil {
			t.Fatalf("key %d opens its neighbour's %q", i, got)
		}
	}
	if err := r.Erase(refs[3], refs[199]); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for i := range 200 {
			if i == 3 || i == 199 {
				wantErased(t, r, refs[i])
				continue
			}
			wantOpen(t, r, refs[i], texts[i], fmt.Sprint("text ", i))
		}
		if err := r.Erase(refs[3]); err != nil {
			t.Errorf("Erase again: %v", err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		r = open(t, opt)
	}
	seen := map[Ref]bool{}
	for _, ref := range append(refs, newKey(t, r), newKey(t, r)) {
		if seen[ref] {
			t.Errorf("key %d was given out twice", ref.slot())
		}
		seen[ref] = true
	}
	wantErased(t, r, refs[199])
}

// No key, wrapped or not, is left in the file after it was erased, and none
// ever stands there as it is.
func TestErasedLeavesNothing(t *testing.T) {
	opt := options(t.TempDir())
	opt.Random = seeded()
	r := open(t, opt)
	ref := newKey(t, r)
	key, err := r.key(ref)
	if err != nil {
		t.Fatal(err)
	}
	before := read(t, opt.Path)
	if bytes.Contains(before, key) || bytes.Contains(read(t, opt.KeyFile), key) {
		t.Error("the key itself stands in a file")
	}
	s, err := readSlot(before[slotSize:])
	if err != nil || len(s.wrapped) < keySize+16 {
		t.Fatalf("slot has %d wrapped bytes, %v", len(s.wrapped), err)
	}
	wrapped := bytes.Clone(s.wrapped)
	if err := r.Erase(ref); err != nil {
		t.Fatal(err)
	}
	after := read(t, opt.Path)
	for n := 8; n <= len(wrapped); n++ {
		if bytes.Contains(after, wrapped[n-8:n]) {
			t.Fatalf("8 bytes of the wrapped key are left in the file")
		}
	}
	if len(after) != len(before) {
		t.Errorf("the file has %d bytes, had %d", len(after), len(before))
	}
}

// What is missing, wrong or broken is said, with what to do, and nothing is made
// or changed.
func TestOpenRefuses(t *testing.T) {
	type world struct {
		opt Options
		ref Ref
	}
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T, w *world)
		want  error
		says  string
	}{
		{"the key file is gone", func(t *testing.T, w *world) { remove(t, w.opt.KeyFile) }, ErrNoKey, "put back the key"},
		{"another key", func(t *testing.T, w *world) {
			remove(t, w.opt.KeyFile)
			m, err := NewMaster(seeded())
			if err == nil {
				err = m.Write(w.opt.KeyFile)
			}
			if err != nil {
				t.Fatal(err)
			}
		}, ErrWrongKey, "put the right key there"},
		{"no key at all in the key file", func(t *testing.T, w *world) { write(t, w.opt.KeyFile, []byte(`{"SECRET": "SECRET"}`)) }, nil, "not a key"},
		{"an empty key file", func(t *testing.T, w *world) { write(t, w.opt.KeyFile, nil) }, nil, "not a key"},
		{"the keys are gone and data is there", func(t *testing.T, w *world) { remove(t, w.opt.Path); w.opt.MustExist = true }, ErrNoRing, "newest copy"},
		{"no key of the operator's", func(t *testing.T, w *world) {
			remove(t, w.opt.Path)
			remove(t, w.opt.KeyFile)
			w.opt.Generate = false
		}, ErrNoKey, "waymark key new"},
		{"empty keys", func(t *testing.T, w *world) { write(t, w.opt.Path, nil) }, ErrDamaged, "copy"},
		{"half a header", func(t *testing.T, w *world) { write(t, w.opt.Path, read(t, w.opt.Path)[:100]) }, ErrDamaged, "copy"},
		{"another file", func(t *testing.T, w *world) { write(t, w.opt.Path, bytes.Repeat([]byte("SECRET"), 100)) }, ErrDamaged, "copy"},
		{"a bit of the header", func(t *testing.T, w *world) { flip(t, w.opt.Path, 20) }, ErrDamaged, "copy"},
		{"a newer version", func(t *testing.T, w *world) { b := read(t, w.opt.Path); b[3]++; write(t, w.opt.Path, b) }, nil, "newer version"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			w := &world{opt: options(dir)}
			r := open(t, w.opt)
			w.ref = newKey(t, r)
			if err := r.Close(); err != nil {
				t.Fatal(err)
			}
			c.spoil(t, w)
			before := folder(t, dir)
			if err := Inspect(w.opt); err == nil || c.want != nil && !errors.Is(err, c.want) || strings.Contains(err.Error(), "SECRET") {
				t.Errorf("Inspect = %v, want %v", err, c.want)
			}
			r, err := Open(w.opt)
			if err == nil {
				_ = r.Close()
				t.Fatal("Open works")
			}
			if c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "SECRET") {
				t.Errorf("Open = %v, want %v, saying %q", err, c.want, c.says)
			}
			if after := folder(t, dir); after != before {
				t.Errorf("the folder was changed from\n%s\nto\n%s", before, after)
			}
		})
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func flip(t *testing.T, path string, at int) {
	t.Helper()
	b := read(t, path)
	b[at] ^= 1
	write(t, path, b)
}

// folder is the files of a folder, with what is in them.
func folder(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		fmt.Fprintf(&all, "%s %x\n", e.Name(), read(t, filepath.Join(dir, e.Name())))
	}
	return all.String()
}

// A key that is not the one that was written is damaged, never erased and never
// somebody else's.
func TestDamagedKey(t *testing.T) {
	for name, at := range map[string]int{"its state": 0, "its length": 1, "its sum": 5, "its id": 9, "its wrapped bytes": 40} {
		t.Run(name, func(t *testing.T) {
			opt := options(t.TempDir())
			r := open(t, opt)
			first, second := newKey(t, r), newKey(t, r)
			text := sealed(t, r, second, "x")
			flip(t, opt.Path, slotSize+at)
			if _, err := r.AEAD(first); !errors.Is(err, ErrDamaged) {
				t.Errorf("AEAD = %v, want ErrDamaged", err)
			}
			wantOpen(t, r, second, text, "x")
			m, err := NewMaster(seeded())
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Rotate(m); !errors.Is(err, ErrDamaged) {
				t.Errorf("Rotate = %v, want ErrDamaged", err)
			}
			wantOpen(t, r, second, text, "x")
		})
	}
	t.Run("keys that changed places", func(t *testing.T) {
		opt := options(t.TempDir())
		r := open(t, opt)
		first, second := newKey(t, r), newKey(t, r)
		b := read(t, opt.Path)
		a, c := b[slotSize:2*slotSize], bytes.Clone(b[2*slotSize:3*slotSize])
		copy(b[2*slotSize:], a)
		copy(a, c)
		write(t, opt.Path, b)
		for _, ref := range []Ref{first, second, newRef(2, first.key()), newRef(1, second.key()), newRef(99, first.key()), {}, newRef(-1, first.key())} {
			if _, err := r.AEAD(ref); !errors.Is(err, ErrDamaged) {
				t.Errorf("AEAD of %x = %v, want ErrDamaged", ref, err)
			}
		}
	})
	t.Run("an old copy of the file", func(t *testing.T) {
		opt := options(t.TempDir())
		r := open(t, opt)
		newKey(t, r)
		old := read(t, opt.Path)
		late := newKey(t, r)
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		write(t, opt.Path, old)
		r = open(t, opt)
		if _, err := r.AEAD(late); !errors.Is(err, ErrDamaged) {
			t.Errorf("AEAD of a later key = %v, want ErrDamaged", err)
		}
		newKey(t, r) // takes its place
		if _, err := r.AEAD(late); !errors.Is(err, ErrDamaged) {
			t.Errorf("AEAD of a later key in whose place is another = %v, want ErrDamaged", err)
		}
		if err := r.Erase(late); !errors.Is(err, ErrDamaged) {
			t.Errorf("Erase of a later key = %v, want ErrDamaged and another left alone", err)
		}
	})
}

// What can be opened passes the inspection, which leaves everything as it is.
func TestInspect(t *testing.T) {
	dir := t.TempDir()
	opt := options(dir)
	check := func(when string) {
		t.Helper()
		before := folder(t, dir)
		if err := Inspect(opt); err != nil {
			t.Errorf("%s: Inspect = %v", when, err)
		}
		if after := folder(t, dir); after != before {
			t.Errorf("%s: Inspect changed the folder", when)
		}
	}
	check("nothing yet")
	r := open(t, opt)
	newKey(t, r)
	check("in use")
	next, err := NewMaster(seeded())
	if err != nil {
		t.Fatal(err)
	}
	if err := next.Write(opt.next()); err != nil {
		t.Fatal(err)
	}
	check("a rotation that did not happen")
	if err := r.Rotate(next); err != nil {
		t.Fatal(err)
	}
	check("a rotation that is to be finished")
}

// The files are their owner's, also those that were not.
func TestModes(t *testing.T) {
	opt := options(t.TempDir())
	if err := open(t, opt).Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{opt.Path, opt.KeyFile} {
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := open(t, opt)
	if err := r.RotateFile(opt.KeyFile); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{opt.Path, opt.KeyFile} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v, want 600", filepath.Base(path), info.Mode(), err)
		}
	}
}

// The modes of a file that the operator keeps are the operator's: a mounted
// secret has those of its platform.
func TestModesOfOperator(t *testing.T) {
	opt := options(t.TempDir())
	if err := open(t, opt).Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(opt.KeyFile, 0o440); err != nil {
		t.Fatal(err)
	}
	opt.Generate = false
	open(t, opt)
	if info, err := os.Stat(opt.KeyFile); err != nil || info.Mode().Perm() != 0o440 {
		t.Errorf("the key file has mode %v, %v, want 440", info.Mode(), err)
	}
}

// A key that exists is never written over.
func TestWriteKeepsKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	for i := range 2 {
		m, err := NewMaster(seeded())
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Write(path); i == 1 && !errors.Is(err, fs.ErrExist) || i == 0 && err != nil {
			t.Errorf("Write %d = %v", i, err)
		}
		have, err := ReadMaster(path)
		if err != nil || have.ID() != m.ID() {
			t.Errorf("ReadMaster = %v", err)
		}
	}
}

// Random that ends makes no key rather than a weak one.
func TestNoRandom(t *testing.T) {
	opt := options(t.TempDir())
	r := open(t, opt)
	r.random = strings.NewReader("too short for a key")
	if ref, err := r.New(); err == nil {
		t.Errorf("New = %x without randomness", ref)
	}
	if _, err := NewMaster(strings.NewReader("short")); err == nil {
		t.Error("NewMaster works without randomness")
	}
	opt = options(t.TempDir())
	opt.Random = strings.NewReader("short")
	if _, err := Open(opt); err == nil {
		t.Error("Open works without randomness")
	}
}

// A disk that takes no writes makes no key and erases none, says so, and leaves
// what there is as it was.
func TestDiskRefuses(t *testing.T) {
	opt := options(t.TempDir())
	r := open(t, opt)
	ref := newKey(t, r)
	text := sealed(t, r, ref, "x")
	full := r.f
	var err error
	if r.f, err = os.Open(opt.Path); err != nil { // for reading alone
		t.Fatal(err)
	}
	if ref, err := r.New(); err == nil {
		t.Errorf("New = %x on a disk that takes no writes", ref)
	}
	if err := r.Erase(ref); err == nil {
		t.Error("Erase = nil on a disk that takes no writes")
	}
	wantOpen(t, r, ref, text, "x")
	if err := r.f.Close(); err != nil {
		t.Fatal(err)
	}
	r.f = full
	next := newKey(t, r)
	wantOpen(t, r, next, sealed(t, r, next, "y"), "y")
	wantOpen(t, r, ref, text, "x")
	if err := r.Erase(ref); err != nil {
		t.Fatal(err)
	}
	wantErased(t, r, ref)
	// A folder that cannot be written keeps the key that counts.
	before := r.MasterID()
	if err := os.Mkdir(opt.Path+".new", 0o700); err != nil { // where a rotation writes
		t.Fatal(err)
	}
	if err := r.RotateFile(opt.KeyFile); err == nil || r.MasterID() != before {
		t.Errorf("RotateFile = %v, the key is %s, want an error and %s", err, r.MasterID(), before)
	}
	if _, err := os.Stat(opt.next()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the next key was left behind: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	wantOpen(t, open(t, opt), next, sealed(t, open(t, opt), next, "y"), "y")
}

// Many make, use and erase keys while the key is rotated and copies are made.
func TestTogether(t *testing.T) {
	dir := t.TempDir()
	opt := options(dir)
	r := open(t, opt)
	var wg sync.WaitGroup
	const workers, each = 8, 60
	kept := make([][]Ref, workers)
	texts := make([][][]byte, workers)
	gone := make([][]Ref, workers)
	for w := range workers {
		wg.Go(func() {
			for i := range each {
				ref, err := r.New()
				if err != nil {
					t.Error(err)
					return
				}
				text := sealed(t, r, ref, "x")
				if i%3 == 0 {
					if err := r.Erase(ref); err != nil {
						t.Error(err)
					}
					gone[w] = append(gone[w], ref)
					continue
				}
				kept[w], texts[w] = append(kept[w], ref), append(texts[w], text)
			}
		})
	}
	for range 5 {
		if err := r.RotateFile(opt.KeyFile); err != nil {
			t.Error(err)
		}
		if err := r.CopyTo(filepath.Join(dir, "copy")); err != nil {
			t.Error(err)
		}
	}
	wg.Wait()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	r = open(t, opt)
	for w := range workers {
		for i, ref := range kept[w] {
			wantOpen(t, r, ref, texts[w][i], "x")
		}
		for _, ref := range gone[w] {
			wantErased(t, r, ref)
		}
	}
}

func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	opt := options(dir)
	opt.Random = seeded()
	r := open(f, opt)
	ref := newKey(f, r)
	text := sealed(f, r, ref, "x")
	good := read(f, opt.Path)
	f.Add(good)
	f.Add(good[:slotSize])
	f.Add([]byte("WMK\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		write(t, opt.Path, b)
		r, err := Open(opt)
		if err != nil {
			return
		}
		defer r.Close()
		if got, err := opened(r, ref, text); err == nil && got != "x" {
			t.Errorf("a changed file opens %q", got)
		}
		if err := r.Erase(ref); err == nil {
			wantErased(t, r, ref)
		}
	})
}
