package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
)

// homePrefix begins the marks of people whose tab shows less than is known:
//
//	h/<person>   the generation of the mark as 8 bytes, big-endian
//
// A mark is put in the transaction of the change and taken off after the tab was
// published, unless something has changed in between: then its generation has.
// It outlives the record on purpose, so that the tab of somebody who was deleted
// is emptied as well.
var homePrefix = []byte("h/")

func homeKey(id chat.PersonID) []byte { return append([]byte("h/"), id...) }

// MarkHome marks a person's tab as out of date. Each mark has a generation of
// its own, also after a deletion and whatever the clock does in between.
func (t *Tx) MarkHome(id chat.PersonID, now time.Time) error {
	gen := uint64(max(0, now.UnixNano()))
	if last, ok, err := t.HomeMark(id); err != nil {
		return err
	} else if ok && last >= gen {
		gen = last + 1
	}
	return t.tx.Put(homeKey(id), binary.BigEndian.AppendUint64(nil, gen))
}

// HomeMark is the generation of a person's mark; ok is false when their tab is
// up to date.
func (t *Tx) HomeMark(id chat.PersonID) (gen uint64, ok bool, err error) {
	raw, ok, err := t.r.Get(homeKey(id))
	if err != nil || !ok {
		return 0, false, err
	}
	if len(raw) != 8 {
		return 0, false, fmt.Errorf("mark of the tab of %s has %d bytes: %w", id, len(raw), kv.ErrDamaged)
	}
	return binary.BigEndian.Uint64(raw), true, nil
}

// ClearHome takes a mark off, if nothing has changed since it was read.
func (t *Tx) ClearHome(id chat.PersonID, gen uint64) error {
	now, ok, err := t.HomeMark(id)
	if err != nil || !ok || now != gen {
		return err
	}
	return t.tx.Delete(homeKey(id))
}

// Homes returns up to limit people with a mark, in the order of their ids,
// starting after the given person.
func (s *Store) Homes(ctx context.Context, after chat.PersonID, limit int) ([]chat.PersonID, error) {
	var people []chat.PersonID
	err := s.kv.View(ctx, func(r kv.Reader) error {
		people = people[:0]
		from := homePrefix
		if after != "" {
			from = append(homeKey(after), 0)
		}
		return r.Scan(from, kv.PrefixEnd(homePrefix), func(k, _ []byte) (bool, error) {
			if len(people) == limit {
				return false, nil
			}
			people = append(people, chat.PersonID(k[len(homePrefix):]))
			return true, nil
		})
	})
	return people, err
}
