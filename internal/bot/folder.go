package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"waymark/internal/coach"
	"waymark/internal/kv"
	"waymark/internal/kv/boltkv"
	"waymark/internal/seal"
	"waymark/internal/store"
)

// Names of the files in the data folder.
const (
	dataFile = "waymark.db"
	ringFile = "waymark.keys"
	keyFile  = "waymark.key"
)

// folder is a data folder that is open: the data, the keys that open it, and
// where the master key is.
type folder struct {
	dir   string
	file  *boltkv.Store
	ring  *seal.Ring
	store *store.Store
	// key is the master key's file; own says that it lies in the folder.
	key string
	own bool

	asked sync.Mutex // one thing an operator asks for at a time
}

// keyOf is where the master key of a configuration is, and whether that is the
// place where one is made when there is none.
func keyOf(cfg Config) (path string, own bool) {
	if cfg.KeyFile != "" {
		return cfg.KeyFile, false
	}
	return filepath.Join(cfg.Data, keyFile), true
}

// keyProblem is what is wrong with the master key or the keys it opens, nil for
// nothing.
func keyProblem(cfg Config) error {
	if cfg.Data == "" {
		return nil
	}
	key, own := keyOf(cfg)
	return seal.Inspect(seal.Options{Path: filepath.Join(cfg.Data, ringFile), KeyFile: key, Generate: own})
}

// openFolder opens a data folder, which is made if it is missing. Data from
// before there were seals is sealed on the way. What is missing of a folder that
// was in use is never made anew: that would hide the loss, and end in two halves
// that do not fit together.
func openFolder(ctx context.Context, cfg Config) (_ *folder, err error) {
	cfg = cfg.withDefaults()
	if cfg.Data == "" {
		return nil, errors.New("no data folder: say where the data is kept")
	}
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	f := &folder{dir: cfg.Data}
	f.key, f.own = keyOf(cfg)
	path, ring := filepath.Join(f.dir, dataFile), filepath.Join(f.dir, ringFile)
	if missing(path) && !missing(ring) {
		return nil, fmt.Errorf("open %s: it is missing, and %s, which has its keys, is there; restore a backup, or move that file away to begin with nothing", path, ring)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	if err := f.openFile(path, cfg.Log); err != nil {
		return nil, errors.Join(err, keyProblem(cfg))
	}
	state, err := store.StateOf(ctx, f.file)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := state.Newer(coach.Fields()); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	f.ring, err = seal.Open(seal.Options{Path: ring, KeyFile: f.key, Generate: f.own, MustExist: state.Sealed(), Log: cfg.Log})
	if err != nil {
		return nil, err
	}
	if state.Layout != 0 && !state.Sealed() {
		if err := f.seal(ctx, path, cfg.Log); err != nil {
			return nil, err
		}
	}
	if state.Sealed() && state.Older(coach.Fields()) {
		f.keepBefore(ctx, path, cfg.Log)
	}
	f.store, err = store.Open(ctx, f.file, storeOptions(f.ring, cfg.Log))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return f, nil
}

// storeOptions are how this version opens what is kept.
func storeOptions(keys store.Keys, log *slog.Logger) store.Options {
	return store.Options{Migrations: coach.Migrations(), Fields: coach.Fields(), Keys: keys, Log: log}
}

// beforeSuffix is what the name of the copy ends in that is kept of data from
// before an upgrade.
const beforeSuffix = ".before"

// keepBefore copies data that an earlier version has written, before this one
// changes it: the earlier one refuses it from then on, and the copy is the way
// back. It is sealed with the same keys, so whoever deletes their data is gone
// from it as well.
func (f *folder) keepBefore(ctx context.Context, path string, log *slog.Logger) {
	copied := path + beforeSuffix
	if err := f.file.Backup(ctx, copied); err != nil {
		log.Warn("no copy of the data was kept from before this upgrade: going back to the earlier version needs a backup made before", "err", err)
		return
	}
	log.Info("a copy of the data from before this upgrade is kept; to go back: stop, start the earlier version's \"waymark restore\" with it", "copy", copied)
}

func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

func (f *folder) openFile(path string, log *slog.Logger) (err error) {
	f.file, err = boltkv.Open(path, boltkv.Options{Now: wallClock, Log: log})
	return err
}

// seal replaces data from before there were seals.
func (f *folder) seal(ctx context.Context, path string, log *slog.Logger) error {
	log.Info("sealing data that was written by an earlier version", "path", path)
	err := f.file.Close()
	f.file = nil
	if err != nil {
		return err
	}
	err = boltkv.Rewrite(path, boltkv.Options{Now: wallClock, Log: log}, func(from, to kv.Store) error {
		return store.SealInto(ctx, from, to, store.Options{Keys: f.ring, Log: log})
	})
	if err != nil {
		return err
	}
	return f.openFile(path, log)
}

// Close closes everything that is open.
func (f *folder) Close() error {
	var errs []error
	if f.file != nil {
		errs = append(errs, f.file.Close())
	}
	if f.ring != nil {
		errs = append(errs, f.ring.Close())
	}
	return errors.Join(errs...)
}

// warn says what an operator should know about the key.
func (f *folder) warn(log *slog.Logger) {
	if f.own {
		log.Warn("the key lies beside the data that it opens: keep a copy elsewhere, since without it nothing can be read; better, move it and name it in WAYMARK_KEY_FILE", "key", f.key)
	}
}

// sweepEvery is how often what outlived a deletion is looked over.
const sweepEvery = time.Hour

// sweep removes what has outlived a deletion long enough, until ctx ends.
func (f *folder) sweep(ctx context.Context, now func() time.Time, log *slog.Logger) {
	t := time.NewTicker(sweepEvery)
	defer t.Stop()
	for {
		if _, err := f.store.Sweep(ctx, now()); err != nil && ctx.Err() == nil {
			log.Error("what outlived deletions was not swept", "err", err)
		}
		select {
		case <-t.C:
		case <-ctx.Done():
			return
		}
	}
}
