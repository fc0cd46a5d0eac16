package kv

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Errors of every store. They arrive wrapped; test with errors.Is.
var (
	// ErrClosed: the store was closed before the transaction could begin.
	ErrClosed = errors.New("store is closed")
	// ErrTxDone: a Reader or Tx was used after its function had returned.
	ErrTxDone = errors.New("transaction is over")
	// ErrKeySize: a key is empty or longer than MaxKeySize.
	ErrKeySize = fmt.Errorf("keys have 1 to %d bytes", MaxKeySize)
	// ErrValueSize: a value is longer than MaxValueSize.
	ErrValueSize = fmt.Errorf("values have at most %d bytes", MaxValueSize)
)

// Errors of stores that keep a file or a disk behind them.
var (
	// ErrLocked: another process holds the data. The error in the chain is a
	// *LockedError when more is known.
	ErrLocked = errors.New("data is in use by another process")
	// ErrForeign: the file is not a store of ours. Nothing was written to it.
	ErrForeign = errors.New("file is not a Waymark data file")
	// ErrDamaged: the file was one of ours and is truncated or corrupt.
	ErrDamaged = errors.New("data file is damaged")
	// ErrNewer: the file was laid out by a newer version of Waymark. Nothing
	// was written to it.
	ErrNewer = errors.New("data file is from a newer version of Waymark")
	// ErrFull: there was no room for a write. Nothing of it was kept; the store
	// goes on and takes writes again once there is room.
	ErrFull = errors.New("no space left for the data file")
	// ErrBroken: the disk did not confirm a write that may or may not survive.
	// The store takes no more writes until it is opened anew.
	ErrBroken = errors.New("disk did not confirm a write, restart needed")
)

// A Holder is the process that has the data open.
type Holder struct {
	Host  string    `json:"host"`
	PID   int       `json:"pid"`
	Since time.Time `json:"since,omitzero"` // when it opened the data, UTC
}

// A LockedError says which data is in use and by whom. It is an ErrLocked.
type LockedError struct {
	Path   string
	Holder Holder // zero when the other process left no word
}

// Error names the holder and what to do next.
func (e *LockedError) Error() string {
	var who strings.Builder
	if e.Holder.PID != 0 {
		fmt.Fprintf(&who, ": process %d", e.Holder.PID)
		if e.Holder.Host != "" {
			fmt.Fprintf(&who, " on host %s", e.Holder.Host)
		}
		if !e.Holder.Since.IsZero() {
			fmt.Fprintf(&who, " since %s", e.Holder.Since.UTC().Format(time.RFC3339))
		}
	}
	return fmt.Sprintf("open %s: %v%s; stop it first or choose another data folder", e.Path, ErrLocked, who.String())
}

// Is makes errors.Is(err, ErrLocked) true.
func (e *LockedError) Is(target error) bool { return target == ErrLocked }
