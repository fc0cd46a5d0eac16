package seal

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
)

// Options of Open.
type Options struct {
	// Path is the ring's file.
	Path string
	// KeyFile is the file of the master key.
	KeyFile string
	// Generate makes the master key when there is neither key nor ring, instead
	// of asking for one.
	Generate bool
	// MustExist says that there is sealed data: a ring is never made anew.
	MustExist bool
	// Random is where keys and ids come from; nil is crypto/rand. Nonces come
	// from crypto/rand always.
	Random io.Reader
	// Log gets what an operator should know, and no key; nil discards it.
	Log *slog.Logger
}

// Open opens the ring, or makes one when nothing was ever sealed with it. It
// finishes a rotation that was cut short. Whoever calls it holds the data. The
// error is an ErrNoKey, ErrWrongKey, ErrNoRing or ErrDamaged where one of them
// is why, and says what to do; then no file was changed.
func Open(opt Options) (*Ring, error) {
	if opt.Random == nil {
		opt.Random = rand.Reader
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	_, err := os.Stat(opt.Path)
	switch {
	case err == nil:
		return opt.open()
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("open keys: %w", err)
	case opt.MustExist:
		return nil, fmt.Errorf("open keys %s: %w, and without it the data cannot be read; put back your newest copy of it", opt.Path, ErrNoRing)
	}
	return opt.create()
}

// Inspect tells whether Open would find what it needs, and changes nothing. It is
// nil too where there is neither ring nor key and Open makes both.
func Inspect(opt Options) error {
	if _, err := os.Stat(opt.Path); errors.Is(err, fs.ErrNotExist) {
		if opt.MustExist {
			return fmt.Errorf("look at keys %s: %w; put back your newest copy of it", opt.Path, ErrNoRing)
		}
		if _, err := ReadMaster(opt.KeyFile); err != nil && !(opt.Generate && errors.Is(err, ErrNoKey)) {
			return err
		}
		return nil
	}
	r, h, err := load(opt.Path, opt.Random)
	if err != nil {
		return err
	}
	if err := r.f.Close(); err != nil {
		return err
	}
	m, err := ReadMaster(opt.KeyFile)
	if err == nil && m.opens(h) {
		return nil
	}
	if next, nextErr := ReadMaster(opt.next()); nextErr == nil && next.opens(h) {
		return nil // Open finishes the rotation
	}
	return opt.wrong(h, m, err)
}

// open opens a ring that is there.
func (opt Options) open() (*Ring, error) {
	r, h, err := load(opt.Path, opt.Random)
	if err != nil {
		return nil, err
	}
	if r.master, err = opt.masterOf(h); err != nil {
		return nil, errors.Join(err, r.f.Close())
	}
	ours := []string{opt.Path}
	if opt.Generate { // else its file is the operator's, and so are its modes
		ours = append(ours, opt.KeyFile)
	}
	for _, path := range ours {
		if narrow(path) {
			opt.Log.Warn("file of keys was open to others", "path", path)
		}
	}
	return r, nil
}

// masterOf finds the master key of a ring: the one in the key file or, when a
// rotation was cut short between the ring and the key file, the next one.
func (opt Options) masterOf(h header) (*Master, error) {
	m, err := ReadMaster(opt.KeyFile)
	if err == nil && m.opens(h) {
		if os.Remove(opt.next()) == nil {
			opt.Log.Info("a rotation of the key had been cut short before it took effect")
		}
		return m, nil
	}
	if next, nextErr := ReadMaster(opt.next()); nextErr == nil && next.opens(h) {
		opt.Log.Info("finishing a rotation of the key that was cut short")
		if err := replaceKey(opt.next(), opt.KeyFile); err != nil {
			return nil, fmt.Errorf("finish the rotation of the key: %w", err)
		}
		return next, nil
	}
	return nil, opt.wrong(h, m, err)
}

// wrong says why the key file, read as m or with an error, does not open a ring.
func (opt Options) wrong(h header, m *Master, err error) error {
	switch {
	case errors.Is(err, ErrNoKey):
		return fmt.Errorf("%w; put back the key %s: nothing else can open the data, and no new key is made over it", err, idName(h.master))
	case err != nil:
		return err
	}
	return fmt.Errorf("open keys %s with the key in %s: %w: they need %s, the file has %s; put the right key there, or name the old file and change to this key with \"waymark key rotate --to\"", opt.Path, opt.KeyFile, ErrWrongKey, idName(h.master), m.ID())
}

// next is where the next master key waits during a rotation.
func (opt Options) next() string { return opt.KeyFile + ".next" }

// create makes a ring where nothing was sealed before.
func (opt Options) create() (*Ring, error) {
	m, err := ReadMaster(opt.KeyFile)
	if errors.Is(err, ErrNoKey) {
		if !opt.Generate {
			return nil, fmt.Errorf("%w; make one with \"waymark key new %s\"", err, opt.KeyFile)
		}
		if m, err = NewMaster(opt.Random); err == nil {
			err = m.Write(opt.KeyFile)
		}
	}
	if err != nil {
		return nil, err
	}
	return create(opt.Path, m, opt.Random)
}
