package store_test

import (
	"errors"
	"slices"
	"testing"

	"waymark/internal/kv"
	"waymark/internal/store"
)

// A version that knows less than the one that wrote the data refuses it and
// changes nothing; one that knows as much or more takes it, and notes that.
func TestFieldsDecideWhoMayWrite(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		opens := func(fields ...string) error {
			_, err := store.Open(t.Context(), db, store.Options{Fields: fields, Keys: keysOf(t, db)})
			return err
		}
		noted := func() []string {
			state, err := store.StateOf(t.Context(), db)
			if err != nil {
				t.Fatal(err)
			}
			return state.Fields
		}
		for _, c := range []struct {
			fields []string
			newer  bool
			noted  []string
		}{
			{[]string{"a", "b"}, false, []string{"a", "b"}},
			{[]string{"a", "b"}, false, []string{"a", "b"}},
			{[]string{"a"}, true, []string{"a", "b"}},
			{[]string{"a", "c"}, true, []string{"a", "b"}},
			{[]string{"a", "b", "c"}, false, []string{"a", "b", "c"}},
			{[]string{"a", "b"}, true, []string{"a", "b", "c"}},
			{nil, false, []string{"a", "b", "c"}},
		} {
			err := opens(c.fields...)
			if errors.Is(err, store.ErrNewer) != c.newer || err != nil && !c.newer {
				t.Errorf("Open knowing %q: %v, want it refused as newer: %v", c.fields, err, c.newer)
			}
			if got := noted(); !slices.Equal(got, c.noted) {
				t.Errorf("after Open knowing %q there is noted %q, want %q", c.fields, got, c.noted)
			}
		}
	})
}
