package boltkv

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"waymark/internal/kv"
	"waymark/internal/kv/kvtest"
)

// A disk that takes long to confirm: nobody who reads waits for it, whoever writes
// is not told that it is done before it is, and whoever gives up while waiting for
// a turn has written nothing.
func TestSlowDisk(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "data"), Options{})
	begun, confirm := make(chan struct{}), make(chan struct{})
	s.commit = func(tx *bolt.Tx) error {
		begun <- struct{}{}
		<-confirm
		return tx.Commit()
	}
	update := func(ctx context.Context, key string) chan error {
		done := make(chan error, 1)
		go func() { done <- s.Update(ctx, put(key, "")) }()
		return done
	}
	first := update(t.Context(), "first")
	<-begun
	if got := kvtest.Dump(t, s); len(got) != 0 {
		t.Errorf("while the disk is busy %q can be read, want nothing yet", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	impatient := update(ctx, "impatient")
	cancel()
	if err := <-impatient; !errors.Is(err, context.Canceled) {
		t.Errorf("Update of somebody who gave up = %v, want Canceled", err)
	}
	second := update(t.Context(), "second")
	select {
	case err := <-first:
		t.Fatalf("Update = %v before the disk has confirmed it", err)
	case err := <-second:
		t.Fatalf("Update behind it = %v before the disk has confirmed it", err)
	default:
	}
	confirm <- struct{}{}
	if err := <-first; err != nil {
		t.Error(err)
	}
	<-begun
	if got, want := kvtest.Dump(t, s), []string{"first="}; !slices.Equal(got, want) {
		t.Errorf("after the first commit: %q, want %q", got, want)
	}
	confirm <- struct{}{}
	if err := <-second; err != nil {
		t.Error(err)
	}
	s.commit = (*bolt.Tx).Commit
	if err := s.Update(t.Context(), func(kv.Tx) error { return nil }); err != nil {
		t.Error(err)
	}
	if got, want := kvtest.Dump(t, s), []string{"first=", "second="}; !slices.Equal(got, want) {
		t.Errorf("in the end: %q, want %q", got, want)
	}
}
