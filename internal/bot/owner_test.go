package bot

import (
	"os"
	"path/filepath"
	"testing"
)

// What an administrator does to the data of a bot that is stopped leaves the files
// with the user whose folder it is, so that the bot can open them again.
func TestFilesStayWithTheirOwner(t *testing.T) {
	dir, copies := filepath.Join(t.TempDir(), "data"), t.TempDir()
	cfg := Config{Data: dir}
	f, err := openFolder(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	uid := os.Geteuid()
	if uid == 0 { // else all are one's own, and stay so
		uid = 65534
		if err := os.Chown(dir, uid, uid); err != nil {
			t.Fatal(err)
		}
	}
	saved := filepath.Join(copies, "monday.db")
	for _, do := range []struct {
		name string
		does func() (string, error)
	}{
		{"backup", func() (string, error) { return Backup(t.Context(), cfg, saved) }},
		{"rotate", func() (string, error) { return RotateKey(t.Context(), cfg, "") }},
		{"restore", func() (string, error) { return Restore(t.Context(), cfg, saved, "") }},
	} {
		if _, err := do.does(); err != nil {
			t.Fatalf("%s: %v", do.name, err)
		}
		files, err := filepath.Glob(filepath.Join(dir, "waymark.*"))
		if err != nil || len(files) < 3 {
			t.Fatalf("%s: files %q, %v", do.name, files, err)
		}
		for _, path := range files {
			if owner, err := ownerOf(path); err != nil || int(owner.Uid) != uid {
				t.Errorf("after %s, %s belongs to %d, %v, want %d", do.name, filepath.Base(path), owner.Uid, err, uid)
			}
		}
	}
}
