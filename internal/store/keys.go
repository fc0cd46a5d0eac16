package store

import (
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"syscall"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/seal"
)

// Keys is where people's keys are kept: a ring of package seal.
type Keys interface {
	// ID tells rings apart.
	ID() seal.RingID
	// New makes a key, which is durable when New returns.
	New() (seal.Ref, error)
	// AEAD is what seals and opens with a key, putting a nonce of its own in
	// front; seal.ErrErased when it was erased.
	AEAD(seal.Ref) (cipher.AEAD, error)
	// Erase destroys keys for good.
	Erase(...seal.Ref) error
}

// Errors of Open that tell that data and keys do not go together.
var (
	// ErrUnsealed: the data is from a version that did not seal it; SealInto
	// brings it into a new store.
	ErrUnsealed = errors.New("the data is not sealed yet")
	// ErrSealed: the data is sealed and there are no keys.
	ErrSealed = errors.New("the data is sealed and its keys are not there")
	// ErrOtherKeys: the data was sealed with the keys of another ring.
	ErrOtherKeys = errors.New("the keys are not the ones of this data; put back the file of keys that belongs to it")
)

var (
	keyPrefix   = []byte("k/")
	erasePrefix = []byte("x/")
	ringKey     = []byte("i")
)

func keyKey(id chat.PersonID) []byte { return append([]byte("k/"), id...) }

func eraseKey(ref seal.Ref) []byte { return append([]byte("x/"), ref[:]...) }

// personKey is the key that was used last in a transaction: most are about one
// person.
type personKey struct {
	id   chat.PersonID
	aead cipher.AEAD
}

// keyOf is what opens what belongs to a person; ok is false when they have no
// key, or none any more: then whatever there is of them is gone.
func (t *Tx) keyOf(id chat.PersonID) (aead cipher.AEAD, ok bool, err error) {
	if t.last.aead != nil && t.last.id == id {
		return t.last.aead, true, nil
	}
	ref, ok, err := t.refOf(id)
	if err != nil || !ok {
		return nil, false, err
	}
	aead, err = t.s.opts.Keys.AEAD(ref)
	switch {
	case errors.Is(err, seal.ErrErased):
		return nil, false, nil
	case errors.Is(err, seal.ErrDamaged):
		return nil, false, fmt.Errorf("%w: %w", kv.ErrDamaged, err)
	case err != nil:
		return nil, false, err
	}
	t.last = personKey{id, aead}
	return aead, true, nil
}

// refOf is the reference to a person's key.
func (t *Tx) refOf(id chat.PersonID) (seal.Ref, bool, error) {
	raw, ok, err := t.r.Get(keyKey(id))
	if err != nil || !ok {
		return seal.Ref{}, false, err
	}
	ref, err := seal.ParseRef(raw)
	if err != nil {
		return seal.Ref{}, false, fmt.Errorf("%w: %w", kv.ErrDamaged, err)
	}
	return ref, true, nil
}

// sealer is keyOf for whoever writes: a person without a key gets one.
func (t *Tx) sealer(id chat.PersonID) (cipher.AEAD, error) {
	aead, ok, err := t.keyOf(id)
	if err != nil || ok {
		return aead, err
	}
	// Whatever was sealed with a key that was erased, in a data file from before,
	// can never be read again: the one who comes now begins with nothing.
	if err := t.drop(id); err != nil {
		return nil, err
	}
	ref, err := t.newKey()
	if err != nil {
		return nil, err
	}
	if err := t.tx.Put(keyKey(id), ref[:]); err != nil {
		return nil, err
	}
	aead, err = t.s.opts.Keys.AEAD(ref)
	if err != nil {
		return nil, err
	}
	t.last = personKey{id, aead}
	return aead, nil
}

// newKey makes a key, or takes one that an earlier run of the same transaction
// has made for nothing.
func (t *Tx) newKey() (seal.Ref, error) {
	if t.used == len(*t.made) {
		ref, err := t.s.opts.Keys.New()
		if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG) {
			err = fmt.Errorf("%w: %w", kv.ErrFull, err)
		}
		if err != nil {
			return seal.Ref{}, err
		}
		*t.made = append(*t.made, ref)
	}
	t.used++
	return (*t.made)[t.used-1], nil
}

// dropKey takes a person's key away. It is erased when the transaction is
// durable, not before: until then what it seals may still be needed. A note
// makes sure that it happens even if this process does not live that long.
func (t *Tx) dropKey(id chat.PersonID) error {
	if t.s.opts.Keys == nil {
		return nil
	}
	t.last = personKey{}
	raw, ok, err := t.r.Get(keyKey(id))
	if err != nil || !ok {
		return err
	}
	if err := t.tx.Delete(keyKey(id)); err != nil {
		return err
	}
	ref, err := seal.ParseRef(raw)
	if err != nil {
		return nil // no reference, no key: it is gone already
	}
	t.erase = append(t.erase, ref)
	return t.tx.Put(eraseKey(ref), []byte{})
}

// finishErasing erases the keys that were given up and not erased yet, because
// the process ended or the disk refused.
func (s *Store) finishErasing(ctx context.Context) error {
	if s.opts.Keys == nil {
		return nil
	}
	for {
		var refs []seal.Ref
		err := s.kv.View(ctx, func(r kv.Reader) error {
			refs = refs[:0]
			return r.Scan(erasePrefix, kv.PrefixEnd(erasePrefix), func(k, _ []byte) (bool, error) {
				ref, err := seal.ParseRef(k[len(erasePrefix):])
				refs = append(refs, ref)
				return err == nil && len(refs) < sweepAtOnce, err
			})
		})
		if err != nil || len(refs) == 0 {
			return err
		}
		if err := s.opts.Keys.Erase(refs...); err != nil {
			return fmt.Errorf("erase keys of people who were deleted: %w", err)
		}
		err = s.kv.Update(ctx, func(tx kv.Tx) error {
			for _, ref := range refs {
				if err := tx.Delete(eraseKey(ref)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
