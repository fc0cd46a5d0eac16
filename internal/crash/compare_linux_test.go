package crash

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/coach"
	"waymark/internal/kv"
	"waymark/internal/kv/boltkv"
	"waymark/internal/seal"
	"waymark/internal/store"
	"waymark/internal/workspace"
)

// shown is a conversation as it is compared: who said what, with what can be
// tapped.
func shown(seen []workspace.Message) []string {
	var out []string
	for _, m := range seen {
		if !counts(m) {
			continue
		}
		var b strings.Builder
		b.WriteString(m.From + ": " + recap.ReplaceAllString(m.Text, ""))
		for _, a := range m.Actions {
			b.WriteString(" [" + a.Label + "]")
		}
		for _, f := range m.Files {
			b.WriteString(" <" + f.Name + ">")
		}
		out = append(out, b.String())
	}
	return out
}

// recap is the line with which a bot that was started anew comes back to what was
// talked about before: the twin has no reason to.
var recap = regexp.MustCompile(`(?m)^(We were talking about|Last you said:).*(\n|$)`)

// counts tells whether a message is compared. What only its receiver sees, and
// nobody keeps, is not: it travels with acknowledgements, at most once. Nor is a
// recap that is a message of its own.
func counts(m workspace.Message) bool {
	return !m.Ephemeral && (m.Text == "" || recap.ReplaceAllString(m.Text, "") != "")
}

// doubled lists messages that the bot said twice: each carries an id of its own.
func doubled(seen []workspace.Message) []string {
	var ids, twice []string
	for _, m := range seen {
		if m.MetadataID == "" {
			continue
		}
		if slices.Contains(ids, m.MetadataID) {
			twice = append(twice, m.Text)
		}
		ids = append(ids, m.MetadataID)
	}
	return twice
}

// same compares two conversations and says in what they differ.
func same(killed, twin []workspace.Message) error {
	if twice := doubled(killed); len(twice) > 0 {
		return fmt.Errorf("said twice: %q", twice)
	}
	got, want := shown(killed), shown(twin)
	if slices.Equal(got, want) {
		return nil
	}
	return fmt.Errorf("the conversation differs (-twin +killed):\n%s", cmp.Diff(want, got))
}

// keeping opens the data of a side whose bot has ended.
func keeping(dir string, do func(kv.Store, *store.Store) error) (err error) {
	db, err := boltkv.Open(filepath.Join(dir, "waymark.db"), boltkv.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	keys, err := seal.Open(seal.Options{Path: filepath.Join(dir, "waymark.keys"), KeyFile: filepath.Join(dir, "waymark.key"), MustExist: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, keys.Close()) }()
	s, err := store.Open(context.Background(), db, store.Options{Keys: keys, Migrations: coach.Migrations()})
	if err != nil {
		return err
	}
	return do(db, s)
}

// records are all records of a data folder, as plain values, without what is
// named by chance: ids of events and of messages.
func records(dir string) (map[chat.PersonID]any, error) {
	all := map[chat.PersonID]any{}
	err := keeping(dir, func(_ kv.Store, s *store.Store) error {
		return s.View(context.Background(), func(tx *store.Tx) error {
			var people []chat.PersonID
			if err := tx.People(func(id chat.PersonID) bool { people = append(people, id); return true }); err != nil {
				return err
			}
			for _, id := range people {
				record := map[uint64]any{}
				if _, err := tx.Person(id, &record); err != nil {
					return err
				}
				delete(record, 9)  // how many messages there were: recaps are some, too
				delete(record, 11) // events that were seen
				delete(record, 21) // and what was answered
				all[id] = plain(record)
			}
			return nil
		})
	})
	return all, err
}

// chance matches timestamps of messages, which count microseconds of the order
// in which everybody's were taken, and ids of messages, which count recaps.
var chance = regexp.MustCompile(`^(\d{10}\.\d{6}|\d+\.[0-9a-z]{8,16})$`)

// plain is a decoded value that can be compared.
func plain(v any) any {
	switch v := v.(type) {
	case map[uint64]any:
		out := map[string]any{}
		for k, e := range v {
			out[fmt.Sprint(k)] = plain(e)
		}
		return out
	case map[any]any:
		out := map[string]any{}
		for k, e := range v {
			out[fmt.Sprint(k)] = plain(e)
		}
		return out
	case []any:
		out := []any{}
		for _, e := range v {
			if !recalls(e) {
				out = append(out, plain(e))
			}
		}
		return out
	case string:
		if chance.MatchString(v) {
			return "by chance"
		}
		return v
	}
	return v
}

// recalls tells of a part of a message whether it is a recap.
func recalls(v any) bool {
	line, _ := v.(map[any]any)
	spans, _ := line[uint64(2)].([]any)
	if len(spans) == 0 {
		return false
	}
	first, _ := spans[0].(map[any]any)
	text, _ := first[uint64(1)].(string)
	return recap.MatchString(text)
}
