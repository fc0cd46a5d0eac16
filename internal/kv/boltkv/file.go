package boltkv

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"waymark/internal/kv"
)

// The two buckets of a data file, and what says which layout it has.
var (
	entries   = []byte("kv")
	ours      = []byte("waymark")
	layoutKey = []byte("layout")
)

// layout is the version of the arrangement described at the package.
const layout = 1

// create makes an empty data file at path. It appears there complete or not at
// all, so that no crash can leave a file that looks foreign or damaged later.
func create(path string) error {
	fresh := path + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("create data file: %w", err)
	}
	db, err := bolt.Open(fresh, 0o600, &bolt.Options{Timeout: time.Second})
	if err != nil {
		return fmt.Errorf("create data file: %w", err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		if _, err := tx.CreateBucket(entries); err != nil {
			return err
		}
		b, err := tx.CreateBucket(ours)
		if err != nil {
			return err
		}
		return b.Put(layoutKey, []byte(strconv.Itoa(layout)))
	})
	if err = errors.Join(err, db.Close()); err == nil {
		err = settle(fresh, path)
	}
	if err != nil {
		_ = os.Remove(fresh)
		return fmt.Errorf("create data file: %w", full(err))
	}
	return nil
}

// full adds kv.ErrFull to an error that means it.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG) || errors.Is(err, berrors.ErrMaxSizeReached) {
		return fmt.Errorf("%w: %w", kv.ErrFull, err)
	}
	return err
}

// settle gives a finished file its final name, durably.
func settle(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && runtime.GOOS != "windows" { // there, folders cannot be synced
		return err
	}
	return nil
}

// openFile opens a file that passed check, and verifies its layout.
func openFile(path string, opt Options) (*bolt.DB, error) {
	defer faultsPanic()()
	db, err := openMapped(path, opt)
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return nil, &kv.LockedError{Path: path} // held, but not by one of us
	case err != nil:
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := checkLayout(db); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return db, nil
}

// openMapped opens the file with a map so large that it rarely has to grow:
// bbolt can grow it only when nobody reads, so a long backup would hold up all
// writers. The map costs address space, not memory; where that is limited, a
// smaller one has to do.
func openMapped(path string, opt Options) (*bolt.DB, error) {
	sizes := []int{0}
	if strconv.IntSize == 64 && runtime.GOOS != "windows" { // there, the file would grow to that size
		gib := 1 << 30
		sizes = []int{16 * gib, gib, 0}
	}
	var db *bolt.DB
	var err error
	for _, size := range sizes {
		if db, err = openSized(path, opt, size); !errors.Is(err, syscall.ENOMEM) {
			break
		}
	}
	return db, err
}

func openSized(path string, opt Options, mapSize int) (db *bolt.DB, err error) {
	var file *os.File
	options := &bolt.Options{
		Timeout:         max(opt.LockWait, 1), // zero would be forever
		NoFreelistSync:  true,
		FreelistType:    bolt.FreelistMapType,
		InitialMmapSize: mapSize,
		MaxSize:         opt.MaxSize,
		NoStatistics:    true,
		OpenFile: func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
			file, err = os.OpenFile(name, flag&^os.O_CREATE, mode)
			return file, err
		},
	}
	err = guard(func() (err error) {
		db, err = bolt.Open(path, 0o600, options)
		return err
	})
	if errors.Is(err, kv.ErrDamaged) && file != nil {
		// bbolt panicked half-way. Its map, which is out of our reach, keeps the
		// file open for the system, and with it bbolt's lock.
		unlockFile(file)
		_ = file.Close()
	}
	return db, err
}

// checkLayout tells whether the file is ours and of a version we know.
func checkLayout(db *bolt.DB) error {
	return guard(func() error {
		return db.View(func(tx *bolt.Tx) error {
			b := tx.Bucket(ours)
			if b == nil {
				return fmt.Errorf("a bbolt file of another program: %w", kv.ErrForeign)
			}
			version, err := strconv.Atoi(string(b.Get(layoutKey)))
			switch {
			case err != nil || version < 1 || tx.Bucket(entries) == nil:
				return fmt.Errorf("its layout is not readable: %w; restore a backup", kv.ErrDamaged)
			case version > layout:
				return fmt.Errorf("layout %d, this version knows up to %d: %w; update Waymark", version, layout, kv.ErrNewer)
			}
			return nil
		})
	})
}

// check tells whether the file at path may be handed to bbolt: whether it is a
// bbolt file at all, has all its pages, and, where bbolt is going to walk all
// of them, that the walk will not take the process down.
func check(path string, log *slog.Logger) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open data file: %w", err)
	}
	defer f.Close()
	m, err := readMeta(f)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	if m.freelist == noFreelist {
		log.Info("data file was not closed cleanly, checking its pages", "path", path, "pages", m.pages)
		err = walk(f, m)
	} else {
		err = checkFreelist(f, m)
	}
	if err != nil {
		return fmt.Errorf("open %s: %w: %w; restore a backup", path, kv.ErrDamaged, err)
	}
	return nil
}
