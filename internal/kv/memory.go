package kv

import (
	"context"
	"sync/atomic"
)

// NewMemory returns a store that lives in memory and ends with the process. It
// keeps every promise of Store but the durable one. Its contents after a series
// of updates depend on those updates alone.
func NewMemory() Store {
	return &memory{writer: make(chan struct{}, 1), closed: make(chan struct{})}
}

type memory struct {
	root   atomic.Pointer[node] // what is committed
	writer chan struct{}        // holds a token while an update runs
	closed chan struct{}        // closed by Close, by whoever holds the token
}

func (m *memory) View(ctx context.Context, fn func(Reader) error) error {
	if err := m.refuse(ctx); err != nil {
		return err
	}
	r := &snapshot{root: m.root.Load()}
	defer r.end()
	return fn(r)
}

func (m *memory) Update(ctx context.Context, fn func(Tx) error) error {
	if err := m.refuse(ctx); err != nil {
		return err
	}
	select {
	case m.writer <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-m.writer }()
	if err := m.refuse(ctx); err != nil { // closed or cancelled while we waited
		return err
	}
	tx := &memoryTx{snapshot{root: m.root.Load()}}
	defer tx.end()
	if err := fn(tx); err != nil {
		return err
	}
	m.root.Store(tx.root)
	return nil
}

func (m *memory) Close() error {
	m.writer <- struct{}{}
	defer func() { <-m.writer }()
	select {
	case <-m.closed:
	default:
		close(m.closed)
	}
	return nil
}

// refuse says why a transaction may not begin, nil if it may.
func (m *memory) refuse(ctx context.Context) error {
	select {
	case <-m.closed:
		return ErrClosed
	default:
		return ctx.Err()
	}
}

// snapshot reads one state of a memory store.
type snapshot struct {
	root *node
	done bool
}

func (s *snapshot) end() { s.done = true }

func (s *snapshot) Get(key []byte) ([]byte, bool, error) {
	if s.done {
		return nil, false, ErrTxDone
	}
	n := s.root.find(key)
	if n == nil {
		return nil, false, nil
	}
	_, v := copyEntry(nil, n.value)
	return v, true, nil
}

func (s *snapshot) Scan(from, to []byte, fn func(key, value []byte) (bool, error)) error {
	if s.done {
		return ErrTxDone
	}
	c := s.root.scan(from, to)
	for n := c.next(); n != nil; n = c.next() {
		if more, err := fn(copyEntry(n.key, n.value)); err != nil || !more {
			return err
		}
	}
	return nil
}

// memoryTx changes its own root, which Update publishes at the end.
type memoryTx struct{ snapshot }

func (tx *memoryTx) Put(key, value []byte) error {
	if tx.done {
		return ErrTxDone
	}
	if err := CheckSize(key, value); err != nil {
		return err
	}
	tx.root = tx.root.put(newNode(key, value, false))
	return nil
}

func (tx *memoryTx) Delete(key []byte) error {
	if tx.done {
		return ErrTxDone
	}
	if tx.root.find(key) != nil {
		tx.root = tx.root.remove(key)
	}
	return nil
}
