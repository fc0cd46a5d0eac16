package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"waymark/internal/kv"
)

// A version of Waymark that does not know a field drops it when it saves what it
// has read. So the data notes what whoever wrote it knew, and a version that knows
// less refuses it before it changes anything.

// fieldsKey is where that is noted, a line for each.
var fieldsKey = []byte("f")

// readFields are those that are noted; none before there was a note.
func readFields(r kv.Reader) ([]string, error) {
	raw, ok, err := r.Get(fieldsKey)
	if err != nil || !ok || len(raw) == 0 {
		return nil, err
	}
	return strings.Split(string(raw), "\n"), nil
}

// lacks are the elements of want that are not in have.
func lacks(have, want []string) []string {
	known := make(map[string]bool, len(have))
	for _, f := range have {
		known[f] = true
	}
	return slices.DeleteFunc(slices.Clone(want), func(f string) bool { return known[f] })
}

// Newer returns an ErrNewer when the data was written by a version that knows
// fields which are not among these.
func (s State) Newer(fields []string) error {
	if n := len(lacks(fields, s.Fields)); n > 0 {
		return fmt.Errorf("open store with %d fields that this version does not know: %w", n, ErrNewer)
	}
	return nil
}

// Older tells whether the data was written by a version that did not know all of
// these fields, so that it is never again one's that does not.
func (s State) Older(fields []string) bool {
	return s.Layout > 0 && len(lacks(s.Fields, fields)) > 0
}

// noteFields notes what this version knows, unless it is noted already.
func (s *Store) noteFields(ctx context.Context, state State) error {
	if len(lacks(state.Fields, s.opts.Fields)) == 0 {
		return nil
	}
	note := []byte(strings.Join(s.opts.Fields, "\n"))
	return s.kv.Update(ctx, func(tx kv.Tx) error {
		if have, ok, err := tx.Get(fieldsKey); err != nil || ok && bytes.Equal(have, note) {
			return err
		}
		return tx.Put(fieldsKey, note)
	})
}
