package store

import (
	"bytes"
	"context"
	"fmt"

	"waymark/internal/chat"
	"waymark/internal/kv"
)

// entriesAtOnce is how many entries one transaction copies: a commit for each
// would take hours where there are many.
const entriesAtOnce = 200

// SealInto copies data that is not sealed (StateOf says layout 1) into an empty
// store, sealing it on the way. The old store is only read. So no page of the
// new one ever held what a person wrote as it is, and whoever is interrupted
// begins again with another empty store. Values are sealed as they are, also
// those that cannot be read.
func SealInto(ctx context.Context, from, to kv.Store, opts Options) error {
	state, err := StateOf(ctx, from)
	if err != nil {
		return err
	}
	if state.Layout != unsealedLayout {
		return fmt.Errorf("seal data: layout %d is not one without seals", state.Layout)
	}
	if have, err := StateOf(ctx, to); err != nil || have.Layout != 0 {
		return errOr(err, fmt.Errorf("seal data: the new store is not empty"))
	}
	s := &Store{kv: to, opts: opts}
	var batch []entry
	flush := func() error {
		err := s.Update(ctx, func(tx *Tx) error {
			for _, e := range batch {
				if err := tx.putSealed(e); err != nil {
					return err
				}
			}
			return nil
		})
		batch = batch[:0]
		return err
	}
	err = from.View(ctx, func(r kv.Reader) error {
		batch = batch[:0]
		return r.Scan(nil, nil, func(k, v []byte) (bool, error) {
			if bytes.Equal(k, layoutKey) {
				return true, nil
			}
			batch = append(batch, entry{k, v})
			if len(batch) < entriesAtOnce {
				return true, nil
			}
			if err := ctx.Err(); err != nil {
				return false, err
			}
			return true, flush()
		})
	})
	if err == nil {
		err = flush()
	}
	if err == nil {
		err = s.writeLayout(ctx) // last: without it the copy is not one
	}
	if err != nil {
		return fmt.Errorf("seal data: %w", err)
	}
	return nil
}

func errOr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// entry is one entry of a kv.Store.
type entry struct{ key, value []byte }

// putSealed puts an entry of a store that is not sealed.
func (t *Tx) putSealed(e entry) error {
	id, kind, sealed := ownerOf(e)
	if !sealed {
		return t.tx.Put(e.key, e.value)
	}
	value, err := t.seal(id, e.key, kind, e.value)
	if err != nil {
		return fmt.Errorf("person %s: %w", id, err)
	}
	return t.tx.Put(e.key, value)
}

// ownerOf tells whose an entry is, if it is one of those that are sealed, and
// with which kind of seal.
func ownerOf(e entry) (id chat.PersonID, kind byte, sealed bool) {
	switch {
	case bytes.HasPrefix(e.key, personPrefix), bytes.HasPrefix(e.key, deliveredPrefix):
		return chat.PersonID(e.key[2:]), sealedValue, true
	case bytes.HasPrefix(e.key, outboxPrefix) && len(e.key) >= len(outboxPrefix)+9:
		kind = sealedValue
		if parkedRow(e.value) {
			kind = sealedParked
		}
		return chat.PersonID(e.key[len(outboxPrefix) : len(e.key)-9]), kind, true
	}
	return "", 0, false
}
