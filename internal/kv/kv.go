// Package kv is what the rest of Waymark knows about storage: bytes under
// byte-ordered keys, read and changed in transactions. It is the seam at which
// one store is exchanged for another. It knows nothing of people, records or
// files: what a key means and how a value is sealed belongs to package store,
// how bytes reach a disk to the implementations.
//
// Implementations are the in-memory store of this package (NewMemory) and
// boltkv, one bbolt file. Whatever passes the suite in kvtest is one more.
//
// What every implementation promises, and what its users may rely on:
//
//   - Transactions are serializable. An Update sees everything committed before
//     it, and no key appears in or vanishes from a range it has scanned.
//   - A function that returns an error or panics leaves nothing behind.
//   - When Update returns nil, the change is durable.
//   - A View sees one moment and holds up no Update.
//
// What users owe in return: a transaction's function is short, makes no more
// than about a hundred operations, waits for nothing, sends nothing, starts no
// other Update, changes no variable that a second run would spoil (it may run
// more than once), and does not let its Reader or Tx escape.
package kv

import (
	"bytes"
	"context"
	"fmt"
)

// Limits of one entry, the same for every implementation.
const (
	// MaxKeySize is the longest key, in bytes. A key has at least one byte.
	MaxKeySize = 32768
	// MaxValueSize is the longest value, in bytes. A value may be empty.
	MaxValueSize = 16 << 20
)

// A Store keeps entries and is safe for use by many goroutines.
type Store interface {
	// View runs fn on the state of one moment. It returns fn's error as it is,
	// the error of ctx when that was done before fn began, and ErrClosed after
	// Close. Once fn runs, stopping it is fn's own business.
	View(ctx context.Context, fn func(Reader) error) error

	// Update runs fn and makes its writes durable together, or not at all. fn
	// may run more than once, and must send nothing.
	//
	// It returns nil once the writes are durable, fn's error as it is with
	// nothing written, the error of ctx when that was done before fn began, and
	// ErrClosed after Close. A panic of fn reaches the caller of Update. Any
	// other error says why the store could not keep the writes (ErrFull,
	// ErrBroken, ErrDamaged); the caller may try the same again, since a write
	// that was refused is not half there. With ErrBroken it may be wholly there.
	Update(ctx context.Context, fn func(Tx) error) error

	// Close finishes the updates that were accepted, lets the views that are
	// open end, and releases the store. A second Close does nothing. It must not
	// be called from inside a transaction.
	Close() error
}

// A Reader reads inside a transaction. It serves one goroutine, and returns
// ErrTxDone once the function that it was passed to has returned.
type Reader interface {
	// Get returns the value under key and true, or nil and false when there is
	// none. An empty value is not nil. The slice is the caller's own copy.
	Get(key []byte) (value []byte, ok bool, err error)

	// Scan calls fn for each entry with from <= key < to, in ascending byte
	// order, until fn returns false or an error, which Scan returns as it is. A
	// nil from starts at the first key, a nil to ends after the last. Key and
	// value are the caller's own copies.
	//
	// A scan shows the transaction's own earlier writes. What fn writes or
	// deletes while the scan runs does not change what that scan shows.
	Scan(from, to []byte, fn func(key, value []byte) (more bool, err error)) error
}

// A Tx reads and writes inside an update.
type Tx interface {
	Reader

	// Put sets the value under key, replacing any. It keeps copies of both. It
	// returns ErrKeySize or ErrValueSize when a limit is passed.
	Put(key, value []byte) error

	// Delete removes key. Deleting what is not there is no error.
	Delete(key []byte) error
}

// CheckSize tells whether key and value may be stored: nil, or an error that
// wraps ErrKeySize or ErrValueSize and gives the sizes in bytes. It never shows
// the key or the value.
func CheckSize(key, value []byte) error {
	switch {
	case len(key) == 0 || len(key) > MaxKeySize:
		return fmt.Errorf("put: key of %d bytes: %w", len(key), ErrKeySize)
	case len(value) > MaxValueSize:
		return fmt.Errorf("put: value of %d bytes: %w", len(value), ErrValueSize)
	}
	return nil
}

// PrefixEnd returns the first key after all keys that start with prefix, so
// that Scan(prefix, PrefixEnd(prefix), …) visits exactly those. It returns nil,
// which Scan reads as "to the end", when no such key exists: for an empty
// prefix and for one made of 0xff bytes only.
func PrefixEnd(prefix []byte) []byte {
	n := len(prefix)
	for n > 0 && prefix[n-1] == 0xff {
		n--
	}
	if n == 0 {
		return nil
	}
	end := bytes.Clone(prefix[:n])
	end[n-1]++
	return end
}
