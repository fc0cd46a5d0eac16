// Package seal keeps the keys under which what people wrote is stored. Every
// person has a random key of their own; it is kept wrapped by the operator's
// master key, in a file apart from the data. Whoever has the data alone, or the
// data and the wrapped keys, reads nothing. Whoever deletes a person's key has
// deleted what was sealed with it, wherever copies of the data may lie.
//
// It knows keys and where they are kept. Whose a key is, and what is sealed with
// it, is the business of its users; nothing about people is in its files.
//
// The master key is a Tink keyset in a file of its own, see Master. The wrapped
// keys are the Ring:
//
//	PATH            a header and one slot of 128 bytes for each key
//	PATH.new        a ring that is being written by a rotation
//	KEYFILE.next    the next master key, while a rotation is under way
//
// A new key is appended, which costs the same however many there are. A key that
// is erased is overwritten where it stands: a sector, not a file of a hundred
// megabytes. Its slot stays and says that the key with this id was erased, so
// that the file is the list of deletions as well: whatever refers to the key,
// from however old a backup, is known to be gone. Slots are never used again.
//
// On some disks and file systems the bytes that were overwritten survive
// somewhere for a time. A rotation ends that: it wraps the keys that are left in
// a new file under a new master key, and nothing opens the old ones any more.
package seal

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Errors of keys. They arrive wrapped; test with errors.Is.
var (
	// ErrErased: the key was erased for good, and with it all that it sealed.
	ErrErased = errors.New("key was erased")
	// ErrNoKey: there is no master key where it should be.
	ErrNoKey = errors.New("master key is missing")
	// ErrWrongKey: the master key is not the one under which the keys are wrapped.
	ErrWrongKey = errors.New("master key is not the one of these keys")
	// ErrNoRing: there is sealed data and no file with its keys.
	ErrNoRing = errors.New("file of keys is missing")
	// ErrDamaged: the file of keys, or a part of it, is not what was written.
	ErrDamaged = errors.New("file of keys is damaged")
	// ErrOther: the file of keys belongs to other data.
	ErrOther = errors.New("file of keys belongs to other data")
)

// RefSize is the length of a Ref in bytes.
const RefSize = 16

// A Ref names one key of one ring. It is no secret.
type Ref [RefSize]byte

// ParseRef reads a Ref that was stored as bytes.
func ParseRef(b []byte) (Ref, error) {
	if len(b) != RefSize {
		return Ref{}, fmt.Errorf("reference to a key has %d bytes, want %d: %w", len(b), RefSize, ErrDamaged)
	}
	return Ref(b), nil
}

// slot is where the key stands, 1 for the first.
func (r Ref) slot() int64 { return int64(binary.BigEndian.Uint64(r[:8]) &^ (1 << 63)) }

// key is the key's own random id: a slot that holds another one is not ours.
func (r Ref) key() keyID { return keyID(r[8:]) }

func newRef(slot int64, id keyID) (r Ref) {
	binary.BigEndian.PutUint64(r[:8], uint64(slot))
	copy(r[8:], id[:])
	return r
}
