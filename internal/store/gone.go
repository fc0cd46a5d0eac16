package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
)

var gonePrefix = []byte("g/")

func goneKey(id chat.PersonID) []byte { return append([]byte("g/"), id...) }

// Bury is Remove, and leaves a tombstone with left in it, which Gone returns
// until the given moment: what must outlive a deleted person for a while, such
// as the hashes of the event ids that were handled, so that an event that is
// delivered again does nothing. left is kept as it is, under nobody's key: it
// must hold nothing that the person wrote. A tombstone of before is replaced.
func (t *Tx) Bury(id chat.PersonID, left []byte, until time.Time) error {
	if err := t.Remove(id); err != nil {
		return err
	}
	v := binary.BigEndian.AppendUint64(make([]byte, 0, 8+len(left)), uint64(max(0, until.Unix())))
	return t.tx.Put(goneKey(id), append(v, left...))
}

// Gone returns what Bury has left of a person; ok is false for somebody who was
// never buried, or so long ago that it does not matter at now any more. Somebody
// who came back has a record and a tombstone.
func (t *Tx) Gone(id chat.PersonID, now time.Time) (left []byte, ok bool, err error) {
	v, ok, err := t.r.Get(goneKey(id))
	if err != nil || !ok {
		return nil, false, err
	}
	if len(v) < 8 {
		return nil, false, fmt.Errorf("tombstone of %s: no date: %w", id, kv.ErrDamaged)
	}
	if expired(v, now) {
		return nil, false, nil
	}
	return v[8:], true, nil
}

// expired tells of a tombstone whether its time is over, or cannot be told.
func expired(v []byte, now time.Time) bool {
	return len(v) < 8 || uint64(max(0, now.Unix())) >= binary.BigEndian.Uint64(v)
}

// sweepAtOnce is how many tombstones one transaction removes at most.
const sweepAtOnce = 100

// Sweep removes the tombstones whose time is over at now and returns how many.
// Their number is that of the people who left lately, so it looks at all. It
// also erases the keys that could not be erased at once.
func (s *Store) Sweep(ctx context.Context, now time.Time) (swept int, err error) {
	if err := s.finishErasing(ctx); err != nil {
		return 0, err
	}
	for from := gonePrefix; from != nil; {
		n, next := 0, []byte(nil)
		err := s.kv.Update(ctx, func(tx kv.Tx) error {
			n, next = 0, nil // may run again
			return tx.Scan(from, kv.PrefixEnd(gonePrefix), func(k, v []byte) (bool, error) {
				if n == sweepAtOnce {
					next = k
					return false, nil
				}
				if !expired(v, now) {
					return true, nil
				}
				n++
				return true, tx.Delete(k)
			})
		})
		if err != nil {
			return swept, fmt.Errorf("sweep tombstones: %w", err)
		}
		swept += n
		from = next
	}
	return swept, nil
}

func quietKey(id chat.PersonID) []byte { return append([]byte("n/"), id...) }

// Hush notes that somebody who has no record wants to hear nothing that they did
// not ask for. It is all that is kept of them, for as long as they do not come
// back by themselves.
func (t *Tx) Hush(id chat.PersonID) error { return t.tx.Put(quietKey(id), []byte{}) }

// Hushed reports whether Hush was called, and Unhush not since.
func (t *Tx) Hushed(id chat.PersonID) (bool, error) {
	_, ok, err := t.r.Get(quietKey(id))
	return ok, err
}

// Unhush takes the note away: the person has a record that knows better.
func (t *Tx) Unhush(id chat.PersonID) error { return t.tx.Delete(quietKey(id)) }
