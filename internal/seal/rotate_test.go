package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// After a rotation the new key opens everything and the old one nothing, also
// with the file of before in the hands of somebody.
func TestRotate(t *testing.T) {
	dir := t.TempDir()
	opt := options(dir)
	r := open(t, opt)
	kept, lost := newKey(t, r), newKey(t, r)
	text := sealed(t, r, kept, "x")
	if err := r.Erase(lost); err != nil {
		t.Fatal(err)
	}
	oldKey, oldRing, oldID := read(t, opt.KeyFile), read(t, opt.Path), r.MasterID()
	if err := r.RotateFile(opt.KeyFile); err != nil {
		t.Fatal(err)
	}
	late := newKey(t, r)
	lateText := sealed(t, r, late, "y")
	for range 2 {
		wantOpen(t, r, kept, text, "x")
		wantOpen(t, r, late, lateText, "y")
		wantErased(t, r, lost)
		if id := r.MasterID(); id == oldID {
			t.Errorf("the master key is %s, as before", id)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		r = open(t, opt)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if files := folder(t, dir); strings.Count(files, "\n") != 2 || bytes.Contains([]byte(files), oldKey) {
		t.Errorf("the folder has\n%s\nwant two files, and the old key in none", files)
	}
	newKeyFile, newRing := read(t, opt.KeyFile), read(t, opt.Path)
	write(t, opt.KeyFile, oldKey)
	if _, err := Open(opt); !errors.Is(err, ErrWrongKey) {
		t.Errorf("Open with the old key = %v, want ErrWrongKey", err)
	}
	write(t, opt.KeyFile, newKeyFile)
	write(t, opt.Path, oldRing)
	if _, err := Open(opt); !errors.Is(err, ErrWrongKey) {
		t.Errorf("Open of the old keys = %v, want ErrWrongKey", err)
	}
	write(t, opt.Path, newRing)
	wantOpen(t, open(t, opt), kept, text, "x")
}

// A rotation that ends half-way, wherever that is, leaves a key that opens.
func TestRotateCutShort(t *testing.T) {
	dir := t.TempDir()
	opt := options(dir)
	r := open(t, opt)
	ref := newKey(t, r)
	text := sealed(t, r, ref, "x")
	next, err := NewMaster(seeded())
	if err != nil {
		t.Fatal(err)
	}
	reopen := func(name, wantID string) {
		t.Helper()
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		r = open(t, opt)
		wantOpen(t, r, ref, text, "x")
		if r.MasterID() != wantID {
			t.Errorf("%s: the master key is %s, want %s", name, r.MasterID(), wantID)
		}
		if _, err := os.Stat(opt.next()); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the next key is still there: %v", name, err)
		}
		m, err := ReadMaster(opt.KeyFile)
		if err != nil || m.ID() != wantID {
			t.Errorf("%s: the key file has another key, %v", name, err)
		}
	}
	before := r.MasterID()
	if err := next.Write(opt.next()); err != nil {
		t.Fatal(err)
	}
	write(t, opt.Path+".new", []byte("half a ring"))
	reopen("before the ring was replaced", before)
	if err := next.Write(opt.next()); err != nil {
		t.Fatal(err)
	}
	if err := r.Rotate(next); err != nil {
		t.Fatal(err)
	}
	reopen("before the key file was replaced", next.ID())
	if err := r.Rotate(next); err != nil {
		t.Errorf("Rotate to the same key: %v", err)
	}
	reopen("to the same key", next.ID())
}

// A key file whose folder cannot be written stays the one that counts.
func TestRotateReadOnly(t *testing.T) {
	opt := options(t.TempDir())
	r := open(t, opt)
	ref := newKey(t, r)
	text := sealed(t, r, ref, "x")
	before := r.MasterID()
	err := r.RotateFile(filepath.Join(t.TempDir(), "no such folder", "key"))
	if err == nil || !strings.Contains(err.Error(), "--to") {
		t.Errorf("RotateFile = %v, want an error that tells the other way", err)
	}
	if r.MasterID() != before {
		t.Errorf("the master key is %s, want %s", r.MasterID(), before)
	}
	wantOpen(t, r, ref, text, "x")
}

// A copy is the ring of one moment or later, is written over by newer ones, and
// takes the place of nothing else.
func TestCopy(t *testing.T) {
	dir := t.TempDir()
	opt := options(dir)
	r := open(t, opt)
	kept, lost := newKey(t, r), newKey(t, r)
	text := sealed(t, r, kept, "x")
	copied := filepath.Join(dir, "copy")
	if err := r.CopyTo(copied); err != nil {
		t.Fatal(err)
	}
	first := read(t, copied)
	if err := r.Erase(lost); err != nil {
		t.Fatal(err)
	}
	if err := r.CopyTo(copied); err != nil {
		t.Fatalf("CopyTo over an older copy: %v", err)
	}
	if !bytes.Equal(read(t, copied), read(t, opt.Path)) {
		t.Error("the copy is not the ring")
	}
	if err := r.CopyTo(opt.Path); err != nil {
		t.Errorf("CopyTo the ring itself = %v, want it left alone", err)
	}
	for name, b := range map[string][]byte{"another ring": read(t, open(t, options(t.TempDir())).path), "no ring": []byte("a letter")} {
		path := filepath.Join(dir, name)
		write(t, path, b)
		if err := r.CopyTo(path); err == nil {
			t.Errorf("CopyTo over %s works", name)
		}
		if !bytes.Equal(read(t, path), b) {
			t.Errorf("%s was written over", name)
		}
	}
	// An old copy in use again learns what was deleted since.
	old := opt
	old.Path = filepath.Join(dir, "old")
	write(t, old.Path, first)
	back := open(t, old)
	if _, err := back.AEAD(lost); err != nil {
		t.Fatalf("the old copy does not have the erased key: %v", err)
	}
	for _, want := range []int{1, 0} {
		if n, err := back.EraseAsIn(copied); n != want || err != nil {
			t.Errorf("EraseAsIn = %d, %v, want %d", n, err, want)
		}
	}
	wantErased(t, back, lost)
	wantOpen(t, back, kept, text, "x")
	if _, err := back.EraseAsIn(filepath.Join(dir, "another ring")); !errors.Is(err, ErrOther) {
		t.Errorf("EraseAsIn another ring = %v, want ErrOther", err)
	}
}
