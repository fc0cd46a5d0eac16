package bot_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waymark/internal/bot"
	"waymark/internal/coach"
	"waymark/internal/kv"
	"waymark/internal/store"
)

// knew makes the data that of a version which knew these fields.
func (s *stage) knew(fields []string) {
	s.t.Helper()
	s.inData(func(file kv.Store, _ *store.Store) {
		err := file.Update(context.Background(), func(tx kv.Tx) error {
			return tx.Put([]byte("f"), []byte(strings.Join(fields, "\n")))
		})
		if err != nil {
			s.t.Fatal(err)
		}
	})
}

// content is a file of the data folder.
func (s *stage) content(name string) []byte {
	s.t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.data, name))
	if err != nil {
		s.t.Fatal(err)
	}
	return raw
}

// entries is everything in the data, as it is stored.
func (s *stage) entries() map[string]string {
	s.t.Helper()
	all := map[string]string{}
	s.inData(func(file kv.Store, _ *store.Store) {
		err := file.View(context.Background(), func(r kv.Reader) error {
			return r.Scan(nil, nil, func(k, v []byte) (bool, error) {
				all[string(k)] = string(v)
				return true, nil
			})
		})
		if err != nil {
			s.t.Fatal(err)
		}
	})
	return all
}

// A new version goes on with the data of the one before, and keeps a copy of it.
// The one before refuses what the new one has written, without touching it, until
// that copy is restored; then all is as it was before the upgrade, and whoever
// deleted their data since stays deleted.
func TestUpgradeAndRollBack(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, nil)
	s.start()
	s.say("hi", "start", secret)
	second := s.movesOn("have.job")
	s.stop()
	before := filepath.Join(s.data, "waymark.db.before")
	if _, err := os.Stat(before); err == nil {
		t.Error("data of this version has a copy from before an upgrade")
	}

	all := coach.Fields()
	s.knew(all[1:]) // the upgrade
	s.start()
	s.noFileTells(s.data, secret)
	s.say("why?")
	s.asks(second)
	s.say("a word after the upgrade")
	s.stop()
	if len(s.content("waymark.db.before")) == 0 {
		t.Fatal("no copy was kept")
	}
	kept := s.content("waymark.db.before")
	s.start() // the same version again
	s.stop()
	if string(s.content("waymark.db.before")) != string(kept) {
		t.Error("a start without an upgrade made another copy")
	}

	s.knew(append(all, "p.999")) // now this version is the one before
	data, keys := s.entries(), s.content("waymark.keys")
	if _, err := bot.Start(t.Context(), s.config()); !errors.Is(err, store.ErrNewer) {
		t.Errorf("data of a newer version: %v, want a refusal", err)
	}
	if !maps.Equal(s.entries(), data) || string(s.content("waymark.keys")) != string(keys) {
		t.Error("data of a newer version was changed")
	}
	newer := filepath.Join(t.TempDir(), "newer.db")
	if err := os.WriteFile(newer, s.content("waymark.db"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := bot.Restore(t.Context(), s.config(), newer, ""); !errors.Is(err, store.ErrNewer) {
		t.Errorf("restore of a newer version's backup: %v, want a refusal", err)
	}
	if answer, err := bot.Restore(t.Context(), s.config(), before, ""); err != nil || !strings.Contains(answer, "people 1") {
		t.Fatalf("restore of the copy: %q, %v", answer, err)
	}
	s.start()
	s.say("continue")
	s.asks(second)
	s.wantLast(secret)
	s.command("/career delete")
	s.submit(map[string]any{"sure": []string{"yes"}})
	s.stop()
	if answer, err := bot.Restore(t.Context(), s.config(), before, ""); err != nil || !strings.Contains(answer, "people 0") || !strings.Contains(answer, "deleted since 1") {
		t.Errorf("restore of the copy after a deletion: %q, %v", answer, err)
	}
}
