package seal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// CopyTo writes a copy of the ring to path, for its owner alone, while it is in
// use. It replaces an older copy of the same ring, and nothing else: one copy,
// the newest, is to be kept, since an old one still has the keys of people who
// deleted everything since. A path that leads to the ring itself is left alone.
//
// A copy that is made after one of the data has every key which that data needs.
func (r *Ring) CopyTo(path string) error {
	if err := r.copyTo(path); err != nil {
		return fmt.Errorf("copy keys to %s: %w", path, err)
	}
	return nil
}

func (r *Ring) copyTo(path string) error {
	if same, err := r.mayReplace(path); same || err != nil {
		return err
	}
	last, err := r.beginCopy()
	if err != nil {
		return err
	}
	defer r.endCopy()
	f, err := writeFresh(path+".new", func(f *os.File) error {
		out := bufio.NewWriterSize(f, 1<<20)
		if err := r.eachChunk(0, last, func(_ int64, b []byte) error {
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
	return errors.Join(f.Close(), settle(path+".new", path))
}

// mayReplace tells whether path is the ring itself, or an error when there is
// something else than a copy of it.
func (r *Ring) mayReplace(path string) (same bool, err error) {
	there, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if ours, err := os.Stat(r.path); err != nil || os.SameFile(ours, there) {
		return true, err
	}
	other, _, err := load(path, r.random)
	if err != nil {
		return false, err
	}
	if err := other.f.Close(); err != nil {
		return false, err
	}
	if other.id != r.id {
		return false, fmt.Errorf("%w; choose another folder", ErrOther)
	}
	return false, nil
}

// EraseAsIn erases every key that another copy of the same ring says is erased,
// and returns how many. So a ring that was put back from an old copy learns of
// later deletions.
func (r *Ring) EraseAsIn(path string) (erased int, err error) {
	other, _, err := load(path, r.random)
	if err != nil {
		return 0, err
	}
	defer other.f.Close()
	if other.id != r.id {
		return 0, fmt.Errorf("apply deletions of %s: %w", path, ErrOther)
	}
	var refs []Ref
	last := min(other.slots, r.slots)
	err = other.eachChunk(1, last, func(at int64, b []byte) error {
		for ; len(b) > 0; at, b = at+1, b[slotSize:] {
			s, err := readSlot(b)
			if err != nil {
				return fmt.Errorf("key %d: %w", at, err)
			}
			if s.state != slotErased {
				continue
			}
			ref := newRef(at, s.id)
			if _, err := r.key(ref); errors.Is(err, ErrErased) {
				continue
			}
			refs = append(refs, ref)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("apply deletions of %s: %w", path, err)
	}
	return len(refs), r.Erase(refs...)
}

var _ io.Closer = (*Ring)(nil)
