package kv

import "bytes"

// An Overlay is a Tx that keeps its writes to itself, on top of what another
// Reader shows. A store whose engine has no savepoints gives each function an
// Overlay and applies its writes only when the function has succeeded.
type Overlay struct {
	base   Reader
	writes *node
	done   bool
}

// NewOverlay returns an empty overlay on base. Nobody may write to what base
// reads while the overlay is in use.
func NewOverlay(base Reader) *Overlay { return &Overlay{base: base} }

// Get reads the overlay's own writes first, then the base.
func (o *Overlay) Get(key []byte) ([]byte, bool, error) {
	if o.done {
		return nil, false, ErrTxDone
	}
	n := o.writes.find(key)
	if n == nil {
		return o.base.Get(key)
	}
	if n.deleted {
		return nil, false, nil
	}
	_, v := copyEntry(nil, n.value)
	return v, true, nil
}

// Scan merges the overlay's own writes with what the base shows.
func (o *Overlay) Scan(from, to []byte, fn func(key, value []byte) (bool, error)) error {
	if o.done {
		return ErrTxDone
	}
	if o.writes == nil {
		return o.base.Scan(from, to, fn)
	}
	own, stopped := o.writes.scan(from, to), false
	show := func(n *node) (bool, error) {
		if n.deleted {
			return true, nil
		}
		more, err := fn(copyEntry(n.key, n.value))
		stopped = !more || err != nil
		return more, err
	}
	err := o.base.Scan(from, to, func(key, value []byte) (bool, error) {
		for n := own.peek(); n != nil; n = own.peek() {
			order := bytes.Compare(n.key, key)
			if order > 0 {
				break
			}
			own.next()
			if more, err := show(n); !more || err != nil || order == 0 {
				return more, err
			}
		}
		more, err := fn(key, value)
		stopped = !more || err != nil
		return more, err
	})
	for n := own.next(); n != nil && err == nil && !stopped; n = own.next() {
		_, err = show(n)
	}
	return err
}

// Put keeps the write in the overlay.
func (o *Overlay) Put(key, value []byte) error {
	if o.done {
		return ErrTxDone
	}
	if err := CheckSize(key, value); err != nil {
		return err
	}
	o.writes = o.writes.put(newNode(key, value, false))
	return nil
}

// Delete keeps the deletion in the overlay.
func (o *Overlay) Delete(key []byte) error {
	if o.done {
		return ErrTxDone
	}
	o.writes = o.writes.put(newNode(key, nil, true))
	return nil
}

// End makes every further use of the overlay as a Tx an ErrTxDone. Its writes
// stay readable through Writes.
func (o *Overlay) End() { o.done = true }

// Empty tells whether nothing was written or deleted.
func (o *Overlay) Empty() bool { return o.writes == nil }

// Writes calls fn for the last write of each key in key order, until fn returns
// an error. The slices belong to the overlay and must not be changed.
func (o *Overlay) Writes(fn func(key, value []byte, deleted bool) error) error {
	for c := o.writes.scan(nil, nil); ; {
		n := c.next()
		if n == nil {
			return nil
		}
		if err := fn(n.key, n.value, n.deleted); err != nil {
			return err
		}
	}
}
