package seal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

// Rotate wraps every key under another master key, in a new file that takes the
// place of the old one when it is complete and on disk. Keys can be used, made
// and erased meanwhile. After an error the old master key is the one that
// counts, unless MasterID says otherwise.
func (r *Ring) Rotate(next *Master) error {
	if err := r.rotate(next); err != nil {
		return fmt.Errorf("rotate the key: %w", err)
	}
	return nil
}

func (r *Ring) rotate(next *Master) error {
	last, err := r.beginCopy()
	if err != nil {
		return err
	}
	defer r.endCopy()
	r.now.RLock()
	from := r.master
	r.now.RUnlock()

	fresh := r.path + ".new"
	w := rewrapper{ring: r.id, from: from, to: next}
	f, err := writeFresh(fresh, func(f *os.File) error {
		if err := writeHeader(f, r.id, next); err != nil {
			return err
		}
		out := bufio.NewWriterSize(io.NewOffsetWriter(f, slotSize), 1<<20)
		if err := r.eachChunk(1, last, func(at int64, b []byte) error {
			if err := w.rewrap(at, b); err != nil {
				return err
			}
			_, err := out.Write(b)
			return err
		}); err != nil {
			return err
		}
		return out.Flush()
	})
	if err != nil {
		return err
	}
	// From here on nothing changes until the new file counts.
	r.change.Lock()
	defer r.change.Unlock()
	err = r.catchUp(w, f, last)
	if err == nil {
		err = os.Rename(fresh, r.path)
	}
	if err != nil {
		return errors.Join(err, f.Close(), os.Remove(fresh))
	}
	r.now.Lock()
	old := r.f
	r.f, r.master = f, next
	r.now.Unlock()
	return errors.Join(syncDir(r.path), old.Close())
}

// beginCopy notes from now on what is changed, and returns the last slot.
func (r *Ring) beginCopy() (last int64, err error) {
	r.change.Lock()
	defer r.change.Unlock()
	if r.touched != nil {
		return 0, errors.New("another rotation or backup of the keys is still running")
	}
	r.touched = map[int64]bool{}
	return r.slots, nil
}

func (r *Ring) endCopy() {
	r.change.Lock()
	defer r.change.Unlock()
	r.touched = nil
}

// chunkSlots is how many slots are read at a time: whoever makes or erases a key
// waits for one such read at most.
const chunkSlots = 4096

// eachChunk reads the slots from first to last.
func (r *Ring) eachChunk(first, last int64, fn func(at int64, b []byte) error) error {
	buf := make([]byte, chunkSlots*slotSize)
	for at := first; at <= last; at += chunkSlots {
		b := buf[:min(chunkSlots, last-at+1)*slotSize]
		r.change.Lock()
		_, err := r.f.ReadAt(b, at*slotSize)
		r.change.Unlock()
		if err != nil {
			return fmt.Errorf("read keys from %d on: %w", at, err)
		}
		if err := fn(at, b); err != nil {
			return err
		}
	}
	return nil
}

// catchUp brings the new file up to what changed while it was written.
func (r *Ring) catchUp(w rewrapper, f *os.File, last int64) error {
	changed := r.touched
	for at := last + 1; at <= r.slots; at++ {
		changed[at] = true
	}
	var b [slotSize]byte
	for at := range changed {
		if _, err := r.f.ReadAt(b[:], at*slotSize); err != nil {
			return fmt.Errorf("read key %d: %w", at, err)
		}
		if err := w.rewrap(at, b[:]); err != nil {
			return err
		}
		if _, err := f.WriteAt(b[:], at*slotSize); err != nil {
			return err
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return f.Sync()
}

// rewrapper takes keys from one master key to another.
type rewrapper struct {
	ring     RingID
	from, to *Master
}

// rewrap changes the slots in b, the first of which is number at.
func (w rewrapper) rewrap(at int64, b []byte) error {
	for ; len(b) > 0; at, b = at+1, b[slotSize:] {
		s, err := readSlot(b)
		if err != nil {
			return fmt.Errorf("key %d: %w; put back your copy of the file", at, err)
		}
		if s.state != slotKey {
			continue
		}
		ref := newRef(at, s.id)
		key, err := w.from.unwrap(w.ring, ref, s.wrapped)
		if err != nil {
			return fmt.Errorf("key %d does not unwrap: %w; put back your copy of the file", at, ErrDamaged)
		}
		if s.wrapped, err = w.to.wrap(w.ring, ref, key); err != nil {
			return err
		}
		clear(key)
		if err := s.put(b); err != nil {
			return err
		}
	}
	return nil
}

// RotateFile makes a new master key, rotates to it and puts it into keyFile in
// the place of the old one. Killed at any moment, Open finds the key that counts.
func (r *Ring) RotateFile(keyFile string) error {
	next, err := NewMaster(r.random)
	if err != nil {
		return err
	}
	waiting := keyFile + ".next"
	if err := os.Remove(waiting); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("rotate the key: %w", err)
	}
	if err := next.Write(waiting); err != nil {
		return fmt.Errorf("rotate the key: %w; where its folder cannot be written, make a key elsewhere with \"waymark key new\" and give it to \"waymark key rotate --to\"", err)
	}
	if err := r.Rotate(next); err != nil {
		if r.MasterID() != next.ID() {
			err = errors.Join(err, os.Remove(waiting))
		}
		return err
	}
	if err := replaceKey(waiting, keyFile); err != nil {
		return fmt.Errorf("rotate the key: the new one is in %s and counts already: %w", waiting, err)
	}
	return nil
}

// replaceKey puts a new key in the place of an old one, and wipes the old one as
// far as the disk allows.
func replaceKey(from, to string) error {
	old, oldErr := os.OpenFile(to, os.O_WRONLY, 0)
	if err := settle(from, to); err != nil {
		if oldErr == nil {
			_ = old.Close()
		}
		return err
	}
	if oldErr == nil {
		if info, err := old.Stat(); err == nil && info.Mode().IsRegular() {
			_, _ = old.WriteAt(make([]byte, info.Size()), 0)
			_ = old.Sync()
		}
		_ = old.Close()
	}
	return nil
}
