package boltkv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	bolt "go.etcd.io/bbolt"

	"waymark/internal/kv"
	"waymark/internal/kv/kvtest"
)

func put(key, value string) func(kv.Tx) error {
	return func(tx kv.Tx) error { return tx.Put([]byte(key), []byte(value)) }
}

// commits returns the number of commits the file has seen.
func commits(t testing.TB, s *Store) (n int) {
	t.Helper()
	if err := s.db.View(func(tx *bolt.Tx) error { n = tx.ID(); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

// behind runs first in an update and, while it runs, starts the others, which
// are all in the queue when first returns.
func behind(t testing.TB, s *Store, first func(kv.Tx) error, others ...func() error) []error {
	t.Helper()
	inside, goOn := make(chan struct{}), make(chan struct{})
	errs := make([]error, len(others)+1)
	var wg sync.WaitGroup
	wg.Go(func() {
		errs[0] = s.Update(context.Background(), func(tx kv.Tx) error {
			close(inside)
			<-goOn
			return first(tx)
		})
	})
	<-inside
	for i, other := range others {
		wg.Go(func() { errs[i+1] = other() })
	}
	await(t, "all others to queue", func() bool { return len(s.queue) == len(others) })
	close(goOn)
	wg.Wait()
	return errs
}

// await polls until cond holds.
func await(t testing.TB, what string, cond func() bool) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	for !cond() {
		select {
		case <-deadline:
			t.Fatalf("waited 10 s for %s", what)
		default:
			runtime.Gosched()
		}
	}
}

func TestWaitingUpdatesShareACommit(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "data"), Options{})
	others := make([]func() error, 100)
	for i := range others {
		others[i] = func() error { return s.Update(context.Background(), put(fmt.Sprintf("%03d", i), "")) }
	}
	before := commits(t, s)
	for _, err := range behind(t, s, put("first", ""), others...) {
		if err != nil {
			t.Errorf("Update: %v", err)
		}
	}
	if n := commits(t, s) - before; n != 1 {
		t.Errorf("101 updates that waited together took %d commits, want 1", n)
	}
	if n := len(kvtest.Dump(t, s)); n != 101 {
		t.Errorf("%d entries, want 101", n)
	}
}

func TestAGroupHasALimit(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "data"), Options{})
	others := make([]func() error, maxGroup)
	for i := range others {
		others[i] = func() error { return s.Update(context.Background(), put(fmt.Sprintf("%03d", i), "")) }
	}
	before := commits(t, s)
	behind(t, s, put("first", ""), others...)
	if n := commits(t, s) - before; n != 2 {
		t.Errorf("%d updates took %d commits, want 2", maxGroup+1, n)
	}
}

func TestALoneUpdateWaitsForNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	synctest.Test(t, func(t *testing.T) { // the bubble's clock moves only for those who wait
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		for range 10 {
			if err := s.Update(t.Context(), put("a", "")); err != nil {
				t.Fatal(err)
			}
		}
		if waited := time.Since(start); waited != 0 {
			t.Errorf("10 lone updates waited %v", waited)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestReadingUpdatesCommitNothing(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "data"), Options{})
	before := commits(t, s)
	for _, fn := range []func(kv.Tx) error{
		func(tx kv.Tx) error { _, _, err := tx.Get([]byte("a")); return err },
		func(tx kv.Tx) error { _ = tx.Put([]byte("a"), nil); return errors.New("no") },
	} {
		_ = s.Update(context.Background(), fn)
	}
	if n := commits(t, s) - before; n != 0 {
		t.Errorf("updates with nothing to write took %d commits, want none", n)
	}
}

// Members of a group see one another's writes before they are durable, so even
// the answer "somebody was here before" must not leave before the commit.
func TestFailedCommitReachesEveryMember(t *testing.T) {
	var logged bytes.Buffer
	s := open(t, filepath.Join(t.TempDir(), "data"), Options{Log: slog.New(slog.NewTextHandler(&logged, nil))})
	disk := errors.New("disk trouble")
	s.commit = func(tx *bolt.Tx) error {
		_ = tx.Rollback()
		return disk
	}
	seen := errors.New("somebody was here before")
	var sawFirst bool
	errs := behind(t, s, put("first", ""),
		func() error { return s.Update(context.Background(), put("second", "")) },
		func() error {
			return s.Update(context.Background(), func(tx kv.Tx) error {
				_, sawFirst, _ = tx.Get([]byte("first"))
				return seen
			})
		})
	for i, err := range errs {
		if !errors.Is(err, disk) || errors.Is(err, seen) {
			t.Errorf("member %d of a group that was not committed = %v, want the commit's error", i, err)
		}
	}
	if !sawFirst {
		t.Error("the last member did not see the first one's write")
	}
	if n := bytes.Count(logged.Bytes(), []byte("commit failed")); n != 1 {
		t.Errorf("a failed commit was logged %d times, want once: %s", n, &logged)
	}
	s.commit = (*bolt.Tx).Commit
	if err := s.Update(context.Background(), put("later", "")); err != nil {
		t.Errorf("Update after a failed commit = %v, want the store to go on", err)
	}
	if got := kvtest.Dump(t, s); !slices.Equal(got, []string{"later="}) {
		t.Errorf("entries = %q, want those of the commit that worked", got)
	}
}

func TestUnconfirmedCommitEndsWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	s := open(t, path, Options{})
	s.commit = func(tx *bolt.Tx) error {
		return errors.Join(tx.Commit(), syscall.EIO) // all written, the last sync fails
	}
	err := s.Update(context.Background(), put("a", ""))
	if !errors.Is(err, kv.ErrBroken) || !errors.Is(err, syscall.EIO) {
		t.Errorf("Update = %v, want ErrBroken and its cause", err)
	}
	s.commit = (*bolt.Tx).Commit
	ran := false
	err = s.Update(context.Background(), func(kv.Tx) error { ran = true; return nil })
	if !errors.Is(err, kv.ErrBroken) || ran {
		t.Errorf("Update of a broken store = %v, ran %v, want ErrBroken at once", err, ran)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	s = open(t, path, Options{})
	if err := s.Update(context.Background(), put("b", "")); err != nil {
		t.Errorf("Update after reopening: %v", err)
	}
}

func TestPanickingCommitEndsWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	s := open(t, path, Options{})
	s.commit = func(*bolt.Tx) error { panic("assertion failed: page 7") }
	for range 2 {
		if err := s.Update(context.Background(), put("a", "")); !errors.Is(err, kv.ErrDamaged) {
			t.Errorf("Update = %v, want ErrDamaged", err)
		}
	}
	if got := kvtest.Dump(t, s); len(got) != 0 {
		t.Errorf("entries = %q, want none", got)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	open(t, path, Options{})
}

func TestFullStoreGoesOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	s := open(t, path, Options{MaxSize: 1 << 20})
	var err error
	n := 0
	for ; err == nil && n < 1000; n++ {
		err = s.Update(context.Background(), put(fmt.Sprintf("%04d", n), string(make([]byte, 10_000))))
	}
	if !errors.Is(err, kv.ErrFull) {
		t.Fatalf("Update %d = %v, want ErrFull", n, err)
	}
	if err := s.Update(context.Background(), func(tx kv.Tx) error {
		return tx.Scan(nil, []byte("0050"), func(k, _ []byte) (bool, error) { return true, tx.Delete(k) })
	}); err != nil {
		t.Errorf("deleting from a full store: %v", err)
	}
	for range 3 { // pages become free one commit after the deletion
		err = s.Update(context.Background(), put("room", string(make([]byte, 10_000))))
	}
	if err != nil {
		t.Errorf("Update after making room: %v", err)
	}
	if got, want := len(kvtest.Dump(t, s)), n-1-50+1; got != want {
		t.Errorf("%d entries, want %d", got, want)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	open(t, path, Options{})
}
