package seal

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// slotSize divides the sector of every disk, so that no slot is ever written by
// half. The header has the size of a slot.
const slotSize = 128

// wrappedAt is where the wrapped bytes begin in a slot.
const wrappedAt = 16

// What a slot holds, in its first byte. A slot that was reserved and not written
// before the power went is all zero.
const (
	slotUnused = 0
	slotKey    = 'K'
	slotErased = 'E'
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

type keyID [8]byte

// slot is one slot: what it holds (1 byte), the length of the wrapped key (1
// byte), 2 of nothing, the checksum of the slot (4 bytes), the key's id (8
// bytes), the wrapped key.
type slot struct {
	state   byte
	id      keyID
	wrapped []byte
}

func (s slot) put(b []byte) error {
	if len(s.wrapped) > slotSize-wrappedAt {
		return fmt.Errorf("a key wrapped by this master key has %d bytes, at most %d fit: use a key made by \"waymark key new\"", len(s.wrapped), slotSize-wrappedAt)
	}
	clear(b[:slotSize])
	b[0], b[1] = s.state, byte(len(s.wrapped))
	copy(b[8:], s.id[:])
	copy(b[wrappedAt:], s.wrapped)
	binary.BigEndian.PutUint32(b[4:], sum(b[:slotSize]))
	return nil
}

func readSlot(b []byte) (slot, error) {
	s := slot{state: b[0], id: keyID(b[8:])}
	switch n := int(b[1]); {
	case s.state == slotUnused && s.id == keyID{}:
		return s, nil
	case s.state != slotKey && s.state != slotErased, n > slotSize-wrappedAt, binary.BigEndian.Uint32(b[4:]) != sum(b[:slotSize]):
		return slot{}, ErrDamaged
	default:
		s.wrapped = b[wrappedAt : wrappedAt+n]
	}
	return s, nil
}

// sum is the checksum of a slot or header, whose own place counts as zero.
func sum(b []byte) uint32 {
	crc := crc32.Update(0, castagnoli, b[:4])
	crc = crc32.Update(crc, castagnoli, []byte{0, 0, 0, 0})
	return crc32.Update(crc, castagnoli, b[8:])
}

// magic begins every ring; its last byte is the version of the arrangement.
var magic = [4]byte{'W', 'M', 'K', 1}

// header is the first slotSize bytes of a ring: magic, checksum, the ring's
// random id (16 bytes), the id of the master key (4 bytes), and a proof of it: a
// length and nothing, encrypted.
type header struct {
	ring   RingID
	master uint32
	proof  []byte
}

const proofAt = 29

func (h header) put(b []byte) error {
	if len(h.proof) > slotSize-proofAt {
		return fmt.Errorf("proof of the master key has %d bytes, at most %d fit: use a key made by \"waymark key new\"", len(h.proof), slotSize-proofAt)
	}
	clear(b[:slotSize])
	copy(b, magic[:])
	copy(b[8:], h.ring[:])
	binary.BigEndian.PutUint32(b[24:], h.master)
	b[28] = byte(len(h.proof))
	copy(b[proofAt:], h.proof)
	binary.BigEndian.PutUint32(b[4:], sum(b[:slotSize]))
	return nil
}

func readHeader(b []byte) (header, error) {
	if len(b) < slotSize || [4]byte(b) != magic {
		if len(b) >= slotSize && [3]byte(b) == [3]byte(magic[:3]) {
			return header{}, fmt.Errorf("it was written by a newer version of Waymark: start that one")
		}
		return header{}, fmt.Errorf("it does not begin as one: %w", ErrDamaged)
	}
	n := int(b[28])
	if binary.BigEndian.Uint32(b[4:]) != sum(b[:slotSize]) || n > slotSize-proofAt {
		return header{}, fmt.Errorf("its header is not readable: %w", ErrDamaged)
	}
	return header{ring: RingID(b[8:24]), master: binary.BigEndian.Uint32(b[24:]), proof: b[proofAt : proofAt+n]}, nil
}
