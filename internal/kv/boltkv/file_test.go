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

	bolt "go.etcd.io/bbolt"

	"waymark/internal/kv"
	"waymark/internal/kv/kvtest"
)

// filled makes a closed data file with several levels of pages (the keys are
// long), a value of many pages and free pages, and returns its entries.
func filled(t testing.TB, path string) []string {
	t.Helper()
	s := open(t, path, Options{})
	for round := range 3 {
		err := s.Update(context.Background(), func(tx kv.Tx) error {
			for i := range 45 {
				if err := tx.Put([]byte(longKey(i+round*15)), fmt.Append(nil, round)); err != nil {
					return err
				}
			}
			return tx.Put([]byte("large"), make([]byte, 9_000))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	all := kvtest.Dump(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return all
}

func longKey(i int) string { return fmt.Sprintf("key/%04d", i) + strings.Repeat("k", 600) }

// unclean makes the same file as it is when its process was killed: without the
// list of free pages.
func unclean(t testing.TB, path string) []string {
	t.Helper()
	whole := path + ".whole"
	all := filled(t, whole)
	s := open(t, whole, Options{})
	if err := s.Update(context.Background(), put("zz", "")); err != nil { // drops the list
		t.Fatal(err)
	}
	if err := s.Backup(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return append(all, "zz=")
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

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	filled(t, filepath.Join(dir, "good"))
	good := read(t, filepath.Join(dir, "good"))
	pageSize := os.Getpagesize()
	bboltFile := func(buckets ...string) []byte {
		path := filepath.Join(t.TempDir(), "bbolt")
		db, err := bolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = db.Update(func(tx *bolt.Tx) error {
			for _, name := range buckets {
				name, layout, _ := strings.Cut(name, ":")
				b, err := tx.CreateBucket([]byte(name))
				if err == nil && layout != "" {
					err = b.Put(layoutKey, []byte(layout))
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
		return read(t, path)
	}
	for _, c := range []struct {
		name string
		file []byte
		want error
		says string
	}{
		{"empty", nil, kv.ErrDamaged, "remove the file to start anew"},
		{"text", []byte("name,goal\nAna,lead a team\n"), kv.ErrForeign, "another path"},
		{"one byte of text", []byte("n"), kv.ErrForeign, ""},
		{"large text", []byte(strings.Repeat("some other file\n", 10_000)), kv.ErrForeign, ""},
		{"zeros", make([]byte, 5*pageSize), kv.ErrDamaged, "zeros"},
		{"another program's bbolt file", bboltFile("members", "kv"), kv.ErrForeign, "another program"},
		{"a bbolt file with nothing in it", bboltFile(), kv.ErrForeign, ""},
		{"a newer layout", bboltFile("kv", "waymark:2"), kv.ErrNewer, "layout 2, this version knows up to 1"},
		{"a layout that is no number", bboltFile("kv", "waymark:x"), kv.ErrDamaged, "layout"},
		{"entries missing", bboltFile("waymark:1"), kv.ErrDamaged, ""},
		{"truncated inside the first header", good[:12], kv.ErrDamaged, "restore a backup"},
		{"truncated inside the first page", good[:100], kv.ErrDamaged, "restore a backup"},
		{"truncated to one page", good[:pageSize], kv.ErrDamaged, "restore a backup"},
		{"truncated to three pages", good[:3*pageSize], kv.ErrDamaged, "truncated to"},
		{"both meta pages overwritten", slices.Concat(good[:20], make([]byte, 2*pageSize-20), good[2*pageSize:]), kv.ErrDamaged, "meta pages"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "data")
			write(t, path, c.file)
			before, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Open(path, Options{})
			if !errors.Is(err, c.want) || !strings.Contains(fmt.Sprint(err), c.says) {
				t.Errorf("Open = %v, want %v, saying %q", err, c.want, c.says)
			}
			for _, other := range []error{kv.ErrForeign, kv.ErrDamaged, kv.ErrNewer, kv.ErrLocked} {
				if other != c.want && errors.Is(err, other) {
					t.Errorf("Open = %v, is %v as well", err, other)
				}
			}
			after, err := os.Stat(path)
			if err != nil || !slices.Equal(read(t, path), c.file) || !after.ModTime().Equal(before.ModTime()) {
				t.Errorf("the file was written to: %v", err)
			}
			if left, _ := os.ReadDir(dir); len(left) != 1 {
				t.Errorf("the folder has %v, want the file alone", left)
			}
		})
	}
}

func TestOpenSurvivesOneTornMetaPage(t *testing.T) {
	dir := t.TempDir()
	all := filled(t, filepath.Join(dir, "good"))
	good := read(t, filepath.Join(dir, "good"))
	for torn := range 2 {
		path := filepath.Join(dir, fmt.Sprint("torn", torn))
		b := slices.Clone(good)
		copy(b[torn*os.Getpagesize():], make([]byte, 80))
		write(t, path, b)
		s := open(t, path, Options{})
		if got := kvtest.Dump(t, s); !slices.Equal(got, all) { // the closing commit changed no entry
			t.Errorf("with meta page %d torn: %d entries, want %d", torn, len(got), len(all))
		}
	}
}

// Whatever page is ruined, and however, nothing may end the process: Open or
// reading says ErrDamaged, or the page was not in use, or held only values.
func TestDamagedPagesNeverCrash(t *testing.T) {
	pageSize := os.Getpagesize()
	for _, kind := range []struct {
		name string
		make func(testing.TB, string) []string
	}{{"closed cleanly", filled}, {"killed", unclean}} {
		t.Run(kind.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "good")
			all := kind.make(t, path)
			good := pagesInUse(t, path)
			found := 0
			for _, damage := range []struct {
				name   string
				damage func(page, other []byte)
			}{
				{"zeros", func(p, _ []byte) { clear(p) }},
				{"ones", func(p, _ []byte) { fill(p, 0xff) }},
				{"another page", func(p, other []byte) { copy(p, other) }},
				{"no entries", func(p, _ []byte) { clear(p[10:12]) }},
				{"too many entries", func(p, _ []byte) { fill(p[10:12], 0xff) }},
				{"too many pages", func(p, _ []byte) { fill(p[12:14], 0xff) }},
				{"another type", func(p, _ []byte) { p[8] ^= branchPage | leafPage }},
				{"elements outside", func(p, _ []byte) { fill(p[pageHeader:pageHeader+64], 0x7f) }},
				{"low numbers", func(p, _ []byte) { fill(p[pageHeader:pageHeader+64], 0x01) }},
			} {
				for n := 2; n < len(good)/pageSize; n++ {
					b := slices.Clone(good)
					damage.damage(b[n*pageSize:(n+1)*pageSize], good[3*pageSize:4*pageSize])
					if survives(t, filepath.Join(dir, "bad"), b, all) != nil {
						found++
					}
				}
			}
			if found < 50 {
				t.Errorf("damage was noticed %d times, want far more: the test does not hit the pages in use", found)
			}
		})
	}
}

// pagesInUse returns the file without the room bbolt keeps at its end.
func pagesInUse(t testing.TB, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := readMeta(f)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, path)[:m.pages*m.pageSize]
}

func fill(b []byte, with byte) {
	for i := range b {
		b[i] = with
	}
}

// survives opens and reads a damaged file, and returns what was found wrong
// with it.
func survives(t *testing.T, path string, file []byte, all []string) error {
	t.Helper()
	write(t, path, file)
	s, err := Open(path, Options{})
	if err != nil {
		// A root page without entries looks like another program's file.
		if !errors.Is(err, kv.ErrDamaged) && !errors.Is(err, kv.ErrForeign) {
			t.Errorf("Open = %v, want ErrDamaged", err)
		}
		return err
	}
	defer s.Close()
	s.db.NoSync, s.db.NoGrowSync = true, true // hundreds of files, none of which has to last
	n := 0
	err = s.View(context.Background(), func(r kv.Reader) error {
		return r.Scan(nil, nil, func([]byte, []byte) (bool, error) { n++; return n < 10*len(all), nil })
	})
	if err != nil && !errors.Is(err, kv.ErrDamaged) {
		t.Errorf("View = %v, want ErrDamaged", err)
	}
	for _, k := range []string{"a", longKey(30), longKey(74), "zzz"} {
		if e := s.Update(context.Background(), put(k, "new")); e != nil && !errors.Is(e, kv.ErrDamaged) {
			t.Errorf("Update = %v, want ErrDamaged", e)
		}
	}
	return err
}

func TestModes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	mode := func() fs.FileMode {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode().Perm()
	}
	s := open(t, path, Options{})
	if got := mode(); got != 0o600 {
		t.Errorf("a new file has mode %o, want 600", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o664); err != nil {
		t.Fatal(err)
	}
	open(t, path, Options{})
	if got := mode(); got != 0o600 {
		t.Errorf("a file open to others has mode %o after Open, want 600", got)
	}
}

func TestOpenNeedsAFolderAndAFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(filepath.Join(dir, "nowhere", "data"), Options{}); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "must exist") {
		t.Errorf("Open in a folder that is not there = %v, want ErrNotExist and what to do", err)
	}
	if _, err := Open(dir, Options{}); !errors.Is(err, kv.ErrForeign) {
		t.Errorf("Open of a folder = %v, want ErrForeign", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("the folder has %v, want nothing", left)
	}
}

// A crash while a data file is created leaves only the unfinished one, under
// its own name, and the next start begins anew.
func TestUnfinishedCreationIsReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	write(t, path+".new", []byte("half a file"))
	s := open(t, path, Options{})
	if err := s.Update(context.Background(), put("a", "")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path + ".new"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the unfinished file is still there: %v", err)
	}
}

func TestCleanCloseSavesTheFreeList(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	saved := func() bool {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		m, err := readMeta(f)
		if err != nil {
			t.Fatal(err)
		}
		return m.freelist != noFreelist
	}
	filled(t, path)
	if !saved() {
		t.Error("Close left the list of free pages out; the next start reads the whole file")
	}
	s := open(t, path, Options{})
	if err := s.Update(context.Background(), put("a", "")); err != nil {
		t.Fatal(err)
	}
	if saved() {
		t.Error("an ordinary commit writes the list of free pages, which costs time")
	}
}
