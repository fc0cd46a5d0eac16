package bot_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
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
	"waymark/internal/workspace"
)

// inData opens the data of a bot that does not run, for the length of fn.
func (s *stage) inData(fn func(file kv.Store, data *store.Store)) {
	s.t.Helper()
	file, err := boltkv.Open(filepath.Join(s.data, "waymark.db"), boltkv.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	keys, err := seal.Open(seal.Options{Path: filepath.Join(s.data, "waymark.keys"), KeyFile: filepath.Join(s.data, "waymark.key")})
	if err != nil {
		s.t.Fatal(err)
	}
	data, err := store.Open(context.Background(), file, store.Options{Migrations: coach.Migrations(), Keys: keys})
	if err != nil {
		s.t.Fatal(err)
	}
	fn(file, data)
	if err := errors.Join(data.Close(), keys.Close()); err != nil {
		s.t.Fatal(err)
	}
}

// records are the people in the data, each with what is kept about them.
func records(t *testing.T, data *store.Store) map[chat.PersonID]coach.Person {
	t.Helper()
	all := map[chat.PersonID]coach.Person{}
	err := data.View(context.Background(), func(tx *store.Tx) error {
		var ids []chat.PersonID
		if err := tx.People(func(id chat.PersonID) bool { ids = append(ids, id); return true }); err != nil {
			return err
		}
		for _, id := range ids {
			var p coach.Person
			if _, err := tx.Person(id, &p); err != nil {
				return err
			}
			all[id] = p
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Somebody who moved before they write again is not woken at night: people heard
// from before this start are known. Of others nothing is kept.
func TestMoveAfterRestart(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi", "start")
	s.restart()
	for _, person := range []string{workspace.Ana, workspace.Kim} {
		if err := s.ws.ChangePerson(person, func(p *workspace.Person) { p.Zone = "Pacific/Auckland" }); err != nil {
			t.Fatal(err)
		}
	}
	s.settle()
	s.stop()
	s.inData(func(_ kv.Store, data *store.Store) {
		all := records(t, data)
		if len(all) != 1 {
			t.Errorf("records of %d people, want Ana's alone", len(all))
		}
		for _, p := range all {
			if p.Settings.Zone != "Pacific/Auckland" {
				t.Errorf("Ana's zone is %q, want Pacific/Auckland", p.Settings.Zone)
			}
		}
	})
	s.start()
}

// A command that cannot be carried out is answered in the prompts' words, and the
// log says for whom, not what.
func TestDamagedRecord(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(c *workspace.Config) { c.AckTimeout = 2 * time.Second })
	s.say("hi")
	s.stop()
	var person chat.PersonID
	s.inData(func(file kv.Store, data *store.Store) {
		for id := range records(t, data) {
			person = id
		}
		err := file.Update(context.Background(), func(tx kv.Tx) error {
			return tx.Put([]byte("p/"+person), []byte{0xff, 0xff})
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	s.start()
	words, err := bot.LoadPrompts("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ws.Command(context.Background(), workspace.Ana, "/win", "helped a scared patient"); err != nil {
		t.Fatal(err)
	}
	all := s.messages()
	if m := all[len(all)-1]; !m.Ephemeral || m.Text != words.Book.Text("say.apology", nil) {
		t.Errorf("the answer is %q, want the apology", m.Text)
	}
	log := s.log.String()
	if !strings.Contains(log, string(person)) || strings.Contains(log, "scared") {
		t.Errorf("the log is\n%s\nwant %s in it, and nothing that she wrote", log, person)
	}
	if n := len(slices.Collect(strings.Lines(log))); n > 20 {
		t.Errorf("one command made %d lines of log", n)
	}
}
