package bot_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waymark/internal/bot"
	"waymark/internal/chat"
	"waymark/internal/coach"
	"waymark/internal/kv"
	"waymark/internal/kv/boltkv"
	"waymark/internal/seal"
	"waymark/internal/store"
)

// secret is what Ana writes and no file may tell.
const secret = "nurse who is tired of night shifts"

// noFileTells fails if words stand in any file below dir, or in the log.
func (s *stage) noFileTells(dir, words string) {
	s.t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte(words)) {
			s.t.Errorf("%q stands in %s", words, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	if files < 3 {
		s.t.Errorf("looked at %d files in %s: the test looks in the wrong place", files, dir)
	}
	if strings.Contains(s.log.String(), words) {
		s.t.Errorf("%q stands in the log", words)
	}
}

func (s *stage) backup(path string) {
	s.t.Helper()
	if _, err := bot.Backup(context.Background(), s.config(), path); err != nil {
		s.t.Fatal(err)
	}
}

// A backup is made while the bot runs, nothing in it can be read, and with the
// keys beside it and the master key it brings everything back.
func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	copies := t.TempDir()
	s.say("hi", "start", secret)
	second := s.movesOn("have.job")
	s.backup(filepath.Join(copies, "monday.db"))
	s.backup(filepath.Join(copies, "tuesday.db"))
	s.noFileTells(s.data, secret)
	s.noFileTells(s.data, "tired")
	s.noFileTells(copies, "tired")
	for _, name := range []string{"monday.db", "waymark.keys"} {
		if info, err := os.Stat(filepath.Join(copies, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v, want 600", name, info.Mode(), err)
		}
	}
	if _, err := bot.Restore(context.Background(), s.config(), filepath.Join(copies, "monday.db"), ""); !errors.Is(err, kv.ErrLocked) {
		t.Errorf("Restore over data in use = %v, want ErrLocked", err)
	}
	s.stop()

	// The machine is lost; the master key was kept elsewhere.
	key := filepath.Join(s.data, "waymark.key")
	s.data = t.TempDir()
	cfg := s.config()
	cfg.KeyFile = key
	told, err := bot.Restore(context.Background(), cfg, filepath.Join(copies, "monday.db"), "")
	if err != nil || !strings.Contains(told, "people 1, messages that had not left 0, deleted since 0, damaged 0") {
		t.Fatalf("Restore = %q, %v", told, err)
	}
	if err := os.Rename(key, filepath.Join(s.data, "waymark.key")); err != nil {
		t.Fatal(err)
	}
	s.start()
	s.say("continue")
	s.asks(second)
	s.wantLast(secret)
}

// Whoever deletes their data is gone from the backups of before as well: with
// today's keys nobody can read them, and a restore takes them out.
func TestRestoreKeepsDeletion(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	copies := t.TempDir()
	s.say("hi", "start", secret)
	s.backup(filepath.Join(copies, "monday.db"))
	oldKeys, err := os.ReadFile(filepath.Join(copies, "waymark.keys"))
	if err != nil {
		t.Fatal(err)
	}
	s.stop()
	var ana chat.PersonID
	s.inData(func(_ kv.Store, data *store.Store) {
		for id, p := range records(t, data) {
			ana = id
			err := data.Update(context.Background(), func(tx *store.Tx) error {
				return errors.Join(tx.SetWake(id, p.Wake, time.Time{}), tx.Bury(id, nil, monday.AddDate(0, 0, 1)))
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	s.start()
	s.backup(filepath.Join(copies, "tuesday.db"))
	s.stop()

	restore := func(name string) {
		t.Helper()
		told, err := bot.Restore(context.Background(), s.config(), filepath.Join(copies, name), "")
		if err != nil || !strings.Contains(told, "people 0, messages that had not left 0, deleted since 1") {
			t.Fatalf("Restore = %q, %v", told, err)
		}
		s.inData(func(_ kv.Store, data *store.Store) {
			if all := records(t, data); len(all) != 0 {
				t.Errorf("%d people are back, want none", len(all))
			}
			if at, ok, err := data.NextWake(context.Background()); ok || err != nil {
				t.Errorf("somebody is to be woken at %v, %v", at, err)
			}
		})
	}
	restore("monday.db")
	// The keys of Monday, put back from the image of a disk, learn of it from
	// those of Tuesday.
	if err := os.WriteFile(filepath.Join(s.data, "waymark.keys"), oldKeys, 0o600); err != nil {
		t.Fatal(err)
	}
	restore("monday.db")
	s.start()
	before := len(s.said())
	s.say("hi")
	if fresh := strings.Join(s.said()[before:], "\n"); !strings.Contains(fresh, greeting) || strings.Contains(fresh, secret) {
		t.Errorf("%s, who was deleted, is greeted with %q", ana, fresh)
	}
}

// The key is changed while the bot runs; the old one opens nothing any more.
func TestRotateKey(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi", "start", secret)
	second := s.movesOn("have.job")
	key := filepath.Join(s.data, "waymark.key")
	old, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	if told, err := bot.RotateKey(context.Background(), s.config(), ""); err != nil || !strings.Contains(told, "opens nothing any more") {
		t.Fatalf("RotateKey = %q, %v", told, err)
	}
	s.restart()
	s.say("continue")
	s.asks(second)
	s.wantLast(secret)
	s.stop()
	fresh, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(key, old, 0o600); err != nil {
		t.Fatal(err)
	}
	s.refuses(seal.ErrWrongKey)
	if err := os.WriteFile(key, fresh, 0o600); err != nil {
		t.Fatal(err)
	}
	s.start()
}

// refuses fails unless the bot does not start, for this reason, and leaves the
// data folder as it is.
func (s *stage) refuses(want error) {
	s.t.Helper()
	names := func() string {
		all, err := filepath.Glob(filepath.Join(s.data, "*"))
		if err != nil {
			s.t.Fatal(err)
		}
		return strings.Join(all, " ")
	}
	before := names()
	b, err := bot.Start(context.Background(), s.config())
	if err == nil {
		_ = b.Stop()
		s.t.Fatal("the bot starts")
	}
	if !errors.Is(err, want) {
		s.t.Errorf("Start = %v, want %v", err, want)
	}
	if after := names(); after != before {
		s.t.Errorf("the data folder had %s and has %s", before, after)
	}
}

// The doctor says when the key does not fit, and that it lies beside the data.
func TestDoctorLooksAtKey(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.stop()
	finding := func() (problem string, minor bool) {
		for _, f := range bot.Examine(context.Background(), s.config()) {
			if f.Check == "key of the data" {
				return f.Problem, f.Minor
			}
		}
		t.Fatal("the doctor does not look at the key")
		return "", false
	}
	if problem, minor := finding(); !minor || !strings.Contains(problem, "beside the data") {
		t.Errorf("a key beside the data: %q, minor %v", problem, minor)
	}
	if err := os.Remove(filepath.Join(s.data, "waymark.key")); err != nil {
		t.Fatal(err)
	}
	if problem, minor := finding(); minor || !strings.Contains(problem, "master key is missing") {
		t.Errorf("no key: %q, minor %v", problem, minor)
	}
}

// What is lost of a data folder is said; it is never made anew over the rest.
func TestLostFiles(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi")
	s.stop()
	for name, want := range map[string]error{"waymark.key": seal.ErrNoKey, "waymark.keys": seal.ErrNoRing, "waymark.db": nil} {
		path := filepath.Join(s.data, name)
		if err := os.Rename(path, path+".lost"); err != nil {
			t.Fatal(err)
		}
		if want != nil {
			s.refuses(want)
		} else if _, err := bot.Start(context.Background(), s.config()); err == nil || !strings.Contains(err.Error(), "restore a backup") {
			t.Errorf("Start without %s = %v", name, err)
		}
		if err := os.Rename(path+".lost", path); err != nil {
			t.Fatal(err)
		}
	}
	s.start()
	s.say("continue")
}

// Data from before there were seals is sealed when it is opened, whole, and
// leaves nothing behind in the file, also when an earlier attempt was cut short.
func TestUnsealedData(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi", "start", secret)
	second := s.movesOn("have.job")
	s.stop()
	people := map[chat.PersonID]coach.Person{}
	s.inData(func(_ kv.Store, data *store.Store) { people = records(t, data) })
	path := filepath.Join(s.data, "waymark.db")
	for _, name := range []string{"waymark.db", "waymark.keys"} {
		if err := os.Remove(filepath.Join(s.data, name)); err != nil {
			t.Fatal(err)
		}
	}
	file, err := boltkv.Open(path, boltkv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plain, err := store.Open(context.Background(), file, store.Options{Migrations: coach.Migrations()})
	if err != nil {
		t.Fatal(err)
	}
	err = plain.Update(context.Background(), func(tx *store.Tx) error {
		for id, p := range people {
			if err := errors.Join(tx.Save(id, p), tx.SetWake(id, time.Time{}, p.Wake)); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, plain.Close()); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || !bytes.Contains(b, []byte(secret)) {
		t.Fatalf("the data without a seal does not hold the words: %v", err)
	}
	if err := os.WriteFile(path+".rewrite", []byte("half of it"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.start()
	s.noFileTells(s.data, secret)
	s.say("continue")
	s.asks(second)
	s.wantLast(secret)
}
