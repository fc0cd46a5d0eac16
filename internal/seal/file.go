package seal

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// syncDir makes durable that path has its name.
func syncDir(path string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && runtime.GOOS != "windows" { // there, folders cannot be synced
		return err
	}
	return nil
}

// writeFresh makes a file, mode 0600, with what fill writes, durably; one of the
// same name, left behind by a process that was killed, is replaced.
func writeFresh(path string, fill func(*os.File) error) (_ *os.File, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	if err = fill(f); err == nil {
		err = f.Sync()
	}
	if err != nil {
		err = errors.Join(err, f.Close(), os.Remove(path))
		return nil, err
	}
	return f, nil
}

// settle gives a finished file its final name, durably.
func settle(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncDir(to)
}

// narrow takes a file away from everybody but its owner, and reports whether
// others could read it before.
func narrow(path string) (wasOpen bool) {
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return false
	}
	_ = os.Chmod(path, info.Mode().Perm()&0o700) // some volumes refuse; the warning is what counts
	return true
}
