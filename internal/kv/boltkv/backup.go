package boltkv

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	berrors "go.etcd.io/bbolt/errors"

	"waymark/internal/kv"
)

// backupChunk is how much of a backup is written before it is forced to disk.
// Left to itself the system collects gigabytes and then writes them at once,
// and every commit waits behind them.
const backupChunk = 4 << 20

// Backup writes a consistent copy of the store, as of now, to a new file at
// path, mode 0600, while updates go on. The file appears there complete or not
// at all; one that exists is replaced, unless it is the data file itself. The
// copy is paced, see Options.BackupRate. A store opened on it has everything
// that was committed when Backup began.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := s.backup(ctx, path); err != nil {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	return nil
}

func (s *Store) backup(ctx context.Context, path string) error {
	if !s.backups.TryLock() {
		return errors.New("another backup is still running")
	}
	defer s.backups.Unlock()
	if same, err := sameFile(s.path, path); err != nil || same {
		return errors.Join(err, errors.New("choose a path that is not the data file's"))
	}
	fresh := path + ".new"
	f, err := os.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(fresh) // gone already when all went well
	err = s.copyTo(ctx, f)
	if err = errors.Join(err, f.Close()); err == nil {
		err = settle(fresh, path)
	}
	return full(err)
}

// copyTo writes the file of one read transaction.
func (s *Store) copyTo(ctx context.Context, f *os.File) error {
	tx, err := s.db.Begin(false)
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return kv.ErrClosed
	}
	if err != nil {
		return err
	}
	defer tx.Rollback()
	interval := time.Duration(float64(backupChunk) / float64(s.opt.BackupRate) * float64(time.Second))
	ticker := time.NewTicker(max(interval, 1))
	defer ticker.Stop()
	to := &paced{ctx: ctx, f: f, tick: ticker.C}
	if _, err := tx.WriteTo(to); err != nil {
		return cmp.Or(to.err, err) // bbolt keeps only the words of ours
	}
	return f.Sync()
}

// sameFile tells whether both paths lead to one file.
func sameFile(a, b string) (bool, error) {
	x, err := os.Stat(a)
	if err != nil {
		return false, err
	}
	y, err := os.Stat(b)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(x, y), err
}

// paced writes chunk after chunk, each forced to disk, one a tick.
type paced struct {
	ctx  context.Context
	f    *os.File
	tick <-chan time.Time
	n    int   // bytes of the current chunk
	err  error // what was wrong with a write
}

func (p *paced) Write(b []byte) (n int, err error) {
	defer func() { p.err = err }()
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err = p.f.Write(b)
	if p.n += n; err != nil || p.n < backupChunk {
		return n, err
	}
	p.n = 0
	if err := p.f.Sync(); err != nil {
		return n, err
	}
	select {
	case <-p.tick:
		return n, nil
	case <-p.ctx.Done():
		return n, p.ctx.Err()
	}
}
