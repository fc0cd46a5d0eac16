package boltkv

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"waymark/internal/kv"
)

func TestSecondOpenNamesTheHolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	s := open(t, path, Options{})
	start := time.Now()
	_, err := Open(path, Options{LockWait: 100 * time.Millisecond})
	if took := time.Since(start); took > time.Second {
		t.Errorf("Open of locked data took %v, want it to give up quickly", took)
	}
	var locked *kv.LockedError
	if !errors.Is(err, kv.ErrLocked) || !errors.As(err, &locked) {
		t.Fatalf("second Open = %v, want a LockedError", err)
	}
	host, _ := os.Hostname()
	if want := (kv.Holder{Host: host, PID: os.Getpid(), Since: noon}); locked.Holder != want {
		t.Errorf("holder = %+v, want %+v", locked.Holder, want)
	}
	if err := s.Update(context.Background(), put("a", "")); err != nil {
		t.Errorf("Update of the first = %v, want it undisturbed", err)
	}
}

func TestOpenWaitsForTheHolderToLeave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	s := open(t, path, Options{})
	opened := make(chan error, 1)
	go func() {
		next, err := Open(path, Options{LockWait: 10 * time.Second})
		if err == nil {
			err = next.Close()
		}
		opened <- err
	}()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Errorf("Open while the holder leaves: %v", err)
	}
	if _, err := os.Stat(path + ".holder"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the holder file outlives its holder: %v", err)
	}
}

// Many that want the data at once get it one after the other.
func TestHoldersExcludeOneAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	const contenders = 8
	inside := make(chan struct{}, 1)
	done := make(chan error, contenders)
	for range contenders {
		go func() {
			h, err := hold(path, Options{LockWait: 10 * time.Second})
			if err != nil {
				done <- err
				return
			}
			select {
			case inside <- struct{}{}:
				<-inside
			default:
				err = errors.New("two hold the data")
			}
			h.release()
			done <- err
		}()
	}
	for range contenders {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestHolderFileOfTheDead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	for _, left := range []string{`{"host":"gone","pid":1,"since":"2020-01-01T00:00:00Z"}` + "\n\n\n\n\n\n\n\n\n\n\n", "", "{half a li"} {
		write(t, path+".holder", []byte(left))
		s := open(t, path, Options{})
		var who kv.Holder
		if err := json.Unmarshal(read(t, path+".holder"), &who); err != nil || who.PID != os.Getpid() {
			t.Errorf("after %q the holder file says %+v, %v, want this process", left, who, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Another tool, such as bbolt's own, may have the data file open.
func TestDataFileHeldByAnotherTool(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	if err := open(t, path, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = Open(path, Options{LockWait: 100 * time.Millisecond})
	var locked *kv.LockedError
	if !errors.As(err, &locked) || locked.Holder != (kv.Holder{}) {
		t.Errorf("Open = %v, want a LockedError without a holder", err)
	}
}
