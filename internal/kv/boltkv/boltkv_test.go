package boltkv

import (
	"path/filepath"
	"testing"
	"time"

	"waymark/internal/kv"
	"waymark/internal/kv/kvtest"
)

var noon = time.Date(2027, 2, 11, 12, 0, 0, 0, time.UTC)

// open opens a store that the test need not close.
func open(t testing.TB, path string, opt Options) *Store {
	t.Helper()
	if opt.Now == nil {
		opt.Now = func() time.Time { return noon }
	}
	s, err := Open(path, opt)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestConformance(t *testing.T) {
	kvtest.Run(t,
		func(t *testing.T) kv.Store { return open(t, filepath.Join(t.TempDir(), "data"), Options{}) },
		func(t *testing.T, s kv.Store) kv.Store {
			if err := s.Close(); err != nil {
				t.Fatalf("Close: %v", err)
			}
			return open(t, s.(*Store).Path(), Options{})
		})
}
