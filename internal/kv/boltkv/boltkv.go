// Package boltkv keeps a kv.Store in one bbolt file. It knows how that file is
// created, checked before it is opened, held by one process, written in groups
// and copied while in use. What is in the entries is none of its business.
//
// Beside the data file PATH there may be, for as long as they are needed:
//
//	PATH.holder   who has the data open: host, process, since when
//	PATH.new      a data file that is being created
//	PATH.rewrite  a data file that is to take its place, see Rewrite
//	PATH.replaced the data file that was there before Replace
//
// Inside the file are two buckets: "kv" with the entries, and "waymark" with
// the key "layout", the version of this arrangement as a decimal number. A
// bbolt file without the second is somebody else's.
package boltkv

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"waymark/internal/kv"
)

// Options of Open. The zero value is fine.
type Options struct {
	// Now is the clock that dates the holder file; nil leaves the date out.
	Now func() time.Time
	// Log gets what an operator should know; nil discards it.
	Log *slog.Logger
	// LockWait is how long to wait for another process to let go of the data.
	// Zero means one second, negative not at all.
	LockWait time.Duration
	// MaxSize limits the data file, in bytes; a write beyond it is a
	// kv.ErrFull. Zero means no limit but the disk's.
	MaxSize int
	// BackupRate limits Backup, in bytes a second. Zero means 64 MiB.
	BackupRate int
}

// A Store is a kv.Store in a bbolt file.
type Store struct {
	path   string
	opt    Options
	log    *slog.Logger
	db     *bolt.DB
	holder *holder

	gate    sync.RWMutex // read-held while sending to queue, so that Close may close it
	closed  bool
	queue   chan *update
	stopped chan struct{} // closed when the writer has ended
	broken  error         // the writer's: why it takes no more writes
	commit  func(*bolt.Tx) error
	backups sync.Mutex
	once    sync.Once // the end of Close
	err     error     // its result
}

var _ kv.Store = (*Store)(nil)

// Open opens the data file at path, and creates it with mode 0600 if there is
// none; its folder must exist. The error wraps kv.ErrLocked, kv.ErrForeign,
// kv.ErrDamaged or kv.ErrNewer where one of them is why, and then nothing was
// written to the file.
func Open(path string, opt Options) (_ *Store, err error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.LockWait == 0 {
		opt.LockWait = time.Second
	}
	if opt.BackupRate <= 0 {
		opt.BackupRate = 64 << 20
	}
	h, err := hold(path, opt)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			h.release()
		}
	}()
	if err := prepare(path, opt.Log); err != nil {
		return nil, err
	}
	db, err := openFile(path, opt)
	if err != nil {
		return nil, err
	}
	s := &Store{
		path: path, opt: opt, log: opt.Log, db: db, holder: h,
		queue: make(chan *update, maxGroup), stopped: make(chan struct{}),
		commit: (*bolt.Tx).Commit,
	}
	go s.write()
	return s, nil
}

// prepare brings the file at path into a state in which bbolt may open it, or
// says why it must not.
func prepare(path string, log *slog.Logger) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		log.Info("creating data file", "path", path)
		return create(path)
	}
	if err != nil {
		return fmt.Errorf("open data file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("open %s: not a regular file: %w", path, kv.ErrForeign)
	}
	if err := check(path, log); err != nil {
		return err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		// Some volume drivers widen modes at every mount and own the file, so
		// this is worth a word, not a refusal.
		err := os.Chmod(path, mode&0o700)
		log.Warn("data file was open to others", "path", path, "mode", mode.String(), "narrowed", err == nil)
	}
	return nil
}

// Path returns the path of the data file, as given to Open.
func (s *Store) Path() string { return s.path }

// View implements kv.Store.
func (s *Store) View(ctx context.Context, fn func(kv.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := s.db.Begin(false)
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return kv.ErrClosed
	}
	if err != nil {
		return fmt.Errorf("begin view: %w", err)
	}
	r := &reader{bucket: tx.Bucket(entries)}
	defer func() {
		r.done = true
		_ = tx.Rollback() // a read transaction has nothing that could fail
	}()
	defer faultsPanic()()
	return fn(r)
}

// Close implements kv.Store.
func (s *Store) Close() error {
	s.gate.Lock()
	if !s.closed {
		s.closed = true
		close(s.queue)
	}
	s.gate.Unlock()
	<-s.stopped
	s.once.Do(func() {
		s.saveFreelist()
		if err := s.db.Close(); err != nil {
			s.err = fmt.Errorf("close %s: %w", s.path, err)
		}
		s.holder.release()
	})
	return s.err
}

// saveFreelist writes the list of free pages, which commits leave out to be
// quick, so that the next Open need not read the whole file to find them. If
// that fails, the next Open reads.
func (s *Store) saveFreelist() {
	if s.broken != nil {
		return
	}
	defer faultsPanic()()
	s.db.NoFreelistSync = false
	err := guard(func() error { return s.db.Update(func(*bolt.Tx) error { return nil }) })
	if err != nil {
		s.log.Warn("list of free pages not saved", "err", err)
	}
}

// faultsPanic makes a memory fault of this goroutine, such as reading a page
// that the disk cannot deliver, a panic instead of the end of the process,
// until the function that it returns is called.
func faultsPanic() (restore func()) {
	old := debug.SetPanicOnFault(true)
	return func() { debug.SetPanicOnFault(old) }
}

// guard runs fn, which calls bbolt and nothing of our users', and turns its
// panic into a kv.ErrDamaged: bbolt panics on pages that are not what they
// should be.
func guard(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v; restore a backup", kv.ErrDamaged, p)
		}
	}()
	return fn()
}
