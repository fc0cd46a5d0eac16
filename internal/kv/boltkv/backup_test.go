package boltkv

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"waymark/internal/kv"
	"waymark/internal/kv/kvtest"
)

func TestBackupIsOneMoment(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "data"), Options{})
	value := strings.Repeat("v", 20_000)
	pair := func(n int) error { // a and b are always equal, and there is bulk between them
		return s.Update(context.Background(), func(tx kv.Tx) error {
			return errors.Join(
				tx.Put([]byte("a"), fmt.Append(nil, n)), tx.Put([]byte("b"), fmt.Append(nil, n)),
				tx.Put(fmt.Appendf(nil, "aa/%04d", n), []byte(value)))
		})
	}
	for n := range 300 {
		if err := pair(n); err != nil {
			t.Fatal(err)
		}
	}
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for n := 300; ; n++ {
			if err := pair(n); err != nil {
				stopped <- err
				return
			}
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
		}
	}()
	copied := filepath.Join(dir, "copy")
	for range 3 { // the second and third replace the first
		if err := s.Backup(context.Background(), copied); err != nil {
			t.Fatalf("Backup: %v", err)
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Errorf("Update during Backup: %v", err)
	}
	all := kvtest.Dump(t, open(t, copied, Options{}))
	a, b := strings.TrimPrefix(all[0], "a="), strings.TrimPrefix(all[len(all)-1], "b=")
	if a != b || fmt.Sprint(len(all)-3) != a {
		t.Errorf("copy has a=%s, b=%s and %d rows, want one moment", a, b, len(all)-2)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("copy has mode %v, %v, want 600", info.Mode(), err)
	}
}

func TestBackupRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "data")
	s := open(t, path, Options{})
	if err := s.Update(context.Background(), put("a", strings.Repeat("v", 9<<20))); err != nil {
		t.Fatal(err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	link := filepath.Join(dir, "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, path string
		ctx        context.Context
		want       error
		says       string
	}{
		{"the data file itself", path, context.Background(), nil, "not the data file's"},
		{"a link to the data file", link, context.Background(), nil, "not the data file's"},
		{"a folder that is not there", filepath.Join(dir, "nowhere", "copy"), context.Background(), fs.ErrNotExist, ""},
		{"a cancelled context", filepath.Join(dir, "copy"), cancelled, context.Canceled, ""},
	} {
		err := s.Backup(c.ctx, c.path)
		if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: Backup = %v, want %v, saying %q", c.name, err, c.want, c.says)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(context.Background(), filepath.Join(dir, "copy")); !errors.Is(err, kv.ErrClosed) {
		t.Errorf("Backup of a closed store = %v, want ErrClosed", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if want := []string{path, link}; err != nil || !slices.Equal(left, want) {
		t.Errorf("the folder has %q, %v, want %q", left, err, want)
	}
}

// A backup that is cut short leaves the one before it alone, and one that runs
// keeps a second from starting.
func TestBackupCutShort(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "data"), Options{BackupRate: 1}) // a chunk takes weeks
	if err := s.Update(context.Background(), put("a", strings.Repeat("v", 9<<20))); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, "copy")
	write(t, copied, []byte("the one before"))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Backup(ctx, copied) }()
	await(t, "the first chunk", func() bool {
		info, err := os.Stat(copied + ".new")
		return err == nil && info.Size() >= backupChunk
	})
	if err := s.Backup(context.Background(), copied); err == nil || !strings.Contains(err.Error(), "still running") {
		t.Errorf("second Backup = %v, want it refused", err)
	}
	if err := s.Update(context.Background(), put("b", "")); err != nil {
		t.Errorf("Update during Backup: %v", err)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Backup = %v, want the context's error", err)
	}
	if got := string(read(t, copied)); got != "the one before" {
		t.Errorf("the earlier backup now reads %.20q", got)
	}
	if _, err := os.Stat(copied + ".new"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half a backup was left behind: %v", err)
	}
}
