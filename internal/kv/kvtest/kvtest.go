// Package kvtest is the conformance suite of kv: what a store must do to be
// one. Every implementation runs it. It also has Rerun, with which the users of
// stores prove that their functions may run twice.
package kvtest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"waymark/internal/kv"
)

// Run runs the suite. open returns a new, empty store, which the suite closes.
// reopen closes s and opens the same data again; it is nil for stores that keep
// nothing.
func Run(t *testing.T, open func(t *testing.T) kv.Store, reopen func(t *testing.T, s kv.Store) kv.Store) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, s kv.Store)
	}{
		{"get returns what was put", testGet},
		{"empty values are values", testEmptyValue},
		{"put replaces, delete removes", testReplace},
		{"sizes have limits", testSizes},
		{"scan goes in byte order", testOrder},
		{"scan is half-open", testHalfOpen},
		{"scan stops when told", testScanStops},
		{"prefix ends where the next begins", testPrefix},
		{"a transaction sees its own writes", testOwnWrites},
		{"a scan is not disturbed by its function", testScanUndisturbed},
		{"slices are nobody else's", testCopies},
		{"an error leaves nothing", testError},
		{"a panic leaves nothing", testPanic},
		{"the end of a goroutine leaves nothing", testGoexit},
		{"a view sees one moment", testIsolation},
		{"a view starts with what was committed", testCommitted},
		{"increments of many are all counted", testIncrements},
		{"one who fails harms nobody", testNeighbours},
		{"one claim has one winner", testClaims},
		{"a cancelled context runs nothing", testCancelled},
		{"giving up in the queue runs nothing", testQueueCancelled},
		{"a transaction ends with its function", testEscape},
		{"a closed store refuses", testClosed},
		{"close finishes what was accepted", testCloseDrains},
		{"functions may run twice", testRerun},
		{"random work matches a map", testModel},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Errorf("Close: %v", err)
				}
			})
			c.test(t, s)
		})
	}
	if reopen != nil {
		t.Run("everything is there after reopening", func(t *testing.T) { testReopen(t, open(t), reopen) })
	}
}

// Rerun returns a store that runs the function of each Update twice: once for
// nothing, as a store does that finds a conflict, and once for real.
func Rerun(s kv.Store) kv.Store { return rerun{s} }

type rerun struct{ kv.Store }

var errConflict = errors.New("run again")

func (r rerun) Update(ctx context.Context, fn func(kv.Tx) error) error {
	err := r.Store.Update(ctx, func(tx kv.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errConflict
	})
	if !errors.Is(err, errConflict) {
		return err
	}
	return r.Store.Update(ctx, fn)
}

// Dump returns all entries in order, each as "key=value".
func Dump(t testing.TB, s kv.Store) []string {
	t.Helper()
	all := []string{}
	view(t, s, func(r kv.Reader) error {
		all = all[:0]
		return r.Scan(nil, nil, func(k, v []byte) (bool, error) {
			all = append(all, fmt.Sprintf("%s=%s", k, v))
			return true, nil
		})
	})
	return all
}

func view(t testing.TB, s kv.Store, fn func(kv.Reader) error) {
	t.Helper()
	if err := s.View(context.Background(), fn); err != nil {
		t.Fatalf("View: %v", err)
	}
}

func update(t testing.TB, s kv.Store, fn func(kv.Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

// fill puts each key with its own name as value.
func fill(t testing.TB, s kv.Store, keys ...string) {
	t.Helper()
	update(t, s, func(tx kv.Tx) error {
		for _, k := range keys {
			if err := tx.Put([]byte(k), []byte(k)); err != nil {
				return err
			}
		}
		return nil
	})
}

// keys returns the keys of a range in the order of the scan.
func keys(r kv.Reader, from, to []byte) (found []string, err error) {
	found = []string{}
	err = r.Scan(from, to, func(k, _ []byte) (bool, error) {
		found = append(found, string(k))
		return true, nil
	})
	return found, err
}
