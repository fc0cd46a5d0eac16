package boltkv

import (
	"errors"
	"fmt"
	"os"
	"time"

	"waymark/internal/kv"
)

// Rewrite puts a new data file in the place of the one at path: fill copies
// what it wants from one to the other, as it should be. The old file counts, and
// nothing is written to it, until the new one is complete and on disk, so that
// whoever is interrupted begins again. No page of the new file ever held what
// fill left out. Nobody else can open the data meanwhile.
func Rewrite(path string, opt Options, fill func(from, to kv.Store) error) error {
	if err := rewrite(path, opt, fill); err != nil {
		return fmt.Errorf("rewrite %s: %w", path, err)
	}
	return nil
}

func rewrite(path string, opt Options, fill func(from, to kv.Store) error) (err error) {
	from, err := Open(path, opt)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	fresh := path + ".rewrite"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	to, err := Open(fresh, opt)
	if err != nil {
		return err
	}
	err = errors.Join(fill(from, to), to.Close())
	if err == nil {
		err = settle(fresh, path)
	}
	if err != nil {
		_ = os.Remove(fresh)
	}
	return full(err)
}

// Replace puts the data file that fill makes at the path it is given in the place
// of the one at path, if there is one; that one may be damaged, and is kept as
// path with the ending ".replaced". Nobody else can open the data meanwhile; it
// is a kv.ErrLocked when somebody has.
func Replace(path string, opt Options, fill func(fresh string) error) error {
	if opt.LockWait == 0 {
		opt.LockWait = time.Second
	}
	h, err := hold(path, opt)
	if err != nil {
		return err
	}
	defer h.release()
	fresh := path + ".rewrite"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("replace %s: %w", path, err)
	}
	err = fill(fresh)
	if err == nil {
		err = full(swap(path, fresh))
	}
	if err != nil {
		_ = os.Remove(fresh)
		return fmt.Errorf("replace %s: %w", path, err)
	}
	return nil
}

// swap puts fresh in the place of path, and keeps what was there.
func swap(path, fresh string) error {
	if _, err := os.Stat(fresh); err != nil {
		return err
	}
	old := path + ".replaced"
	if err := os.Remove(old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Link(path, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("keep the old one: %w", err)
	}
	return settle(fresh, path)
}
