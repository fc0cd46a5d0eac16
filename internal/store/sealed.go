package store

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"

	"waymark/internal/chat"
	"waymark/internal/kv"
)

// What a sealed value is, in its first byte, which is sealed in as well. No
// value of layout 1 begins with one of them: as a record's version they would
// be high ones, as CBOR they are no map.
const (
	sealedValue  = 0xe1
	sealedParked = 0xe2 // a row that will not leave: to be told without its key
)

// How the bytes under a seal are packed, in the first of them.
const (
	packedAsIs  = 0
	packedFlate = 1 // the length as a uvarint, then the bytes, deflated
)

// worthPacking is the size from which bytes are deflated: what is smaller takes
// longer than it saves.
const worthPacking = 1 << 10

// seal seals what is to stand under key for a person. The key is sealed in, so
// that a value opens nowhere else: not for another person, not as another row.
func (t *Tx) seal(id chat.PersonID, key []byte, kind byte, plain []byte) ([]byte, error) {
	if t.s.opts.Keys == nil {
		return plain, nil
	}
	aead, err := t.sealer(id)
	if err != nil {
		return nil, err
	}
	packed := pack(plain)
	out := append(make([]byte, 0, 1+len(packed)+aead.Overhead()), kind)
	return aead.Seal(out, nil, packed, about(kind, key)), nil
}

// open is the reverse of seal; ok is false when the person's key was erased, and
// with it this.
func (t *Tx) open(id chat.PersonID, key, value []byte) (plain []byte, ok bool, err error) {
	if t.s.opts.Keys == nil {
		return value, true, nil
	}
	if len(value) == 0 || value[0] != sealedValue && value[0] != sealedParked {
		return nil, false, fmt.Errorf("not sealed: %w", kv.ErrDamaged)
	}
	aead, ok, err := t.keyOf(id)
	if err != nil || !ok {
		return nil, false, err
	}
	packed, err := aead.Open(nil, nil, value[1:], about(value[0], key))
	if err != nil {
		return nil, false, fmt.Errorf("the seal is broken: %w", kv.ErrDamaged)
	}
	plain, err = unpack(packed)
	if err != nil {
		return nil, false, fmt.Errorf("unpack: %w: %w", kv.ErrDamaged, err)
	}
	return plain, true, nil
}

func about(kind byte, key []byte) []byte {
	return append(append(make([]byte, 0, 1+len(key)), kind), key...)
}

// deflaters are kept: each has tables of several hundred kilobytes.
var deflaters = sync.Pool{New: func() any { return must(flate.NewWriter(io.Discard, flate.BestSpeed)) }}

// inflaters are kept as well, 40 KB each.
var inflaters = sync.Pool{New: func() any { return flate.NewReader(bytes.NewReader(nil)) }}

func pack(plain []byte) []byte {
	if len(plain) < worthPacking {
		return append([]byte{packedAsIs}, plain...)
	}
	var b bytes.Buffer
	b.Grow(len(plain)/2 + 64)
	b.Write(binary.AppendUvarint([]byte{packedFlate}, uint64(len(plain))))
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&b)
	_, _ = w.Write(plain) // writing to memory does not fail
	_ = w.Close()
	return b.Bytes()
}

func unpack(packed []byte) ([]byte, error) {
	if len(packed) == 0 || packed[0] > packedFlate {
		return nil, errors.New("packed in an unknown way")
	}
	if packed[0] == packedAsIs {
		return packed[1:], nil
	}
	size, n := binary.Uvarint(packed[1:])
	if n <= 0 || size > maxRatio*uint64(len(packed)) {
		return nil, errors.New("no length")
	}
	r := inflaters.Get().(io.ReadCloser)
	defer inflaters.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(packed[1+n:]), nil); err != nil {
		return nil, err
	}
	plain := make([]byte, size)
	if _, err := io.ReadFull(r, plain); err != nil {
		return nil, err
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		return nil, errors.New("longer than it says")
	}
	return plain, nil
}

// maxRatio is more than flate makes of a byte, so that a length that is wrong
// does not take all memory.
const maxRatio = 1100
