package boltkv

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	bolt "go.etcd.io/bbolt"

	"waymark/internal/kv"
)

// maxGroup is how many updates share one commit at most, so that the first of
// them is not kept waiting by an endless stream of others.
const maxGroup = 256

// An update waits in the queue until the writer claims it for a group and gives
// it its turn; its function then runs in its caller's goroutine, so that a panic
// surfaces where it belongs, with the stack of the one who caused it.
type update struct {
	state atomic.Int32     // queued, claimed or withdrawn
	turn  chan kv.Reader   // the writer's word to run, with what to read
	ran   chan *kv.Overlay // the answer: what to write, nil for nothing
	done  chan error       // how the group's commit went
}

const (
	queued = iota
	claimed
	withdrawn
)

// Update implements kv.Store. Updates that wait at the same time are committed
// together; one that comes alone waits for nobody.
func (s *Store) Update(ctx context.Context, fn func(kv.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	u := &update{turn: make(chan kv.Reader, 1), ran: make(chan *kv.Overlay, 1), done: make(chan error, 1)}
	if err := s.enqueue(ctx, u); err != nil {
		return err
	}
	select {
	case base := <-u.turn:
		return u.run(base, fn)
	case <-ctx.Done():
		if u.state.CompareAndSwap(queued, withdrawn) {
			return ctx.Err()
		}
		return u.run(<-u.turn, fn) // the writer was quicker and waits for us
	}
}

// enqueue hands u to the writer.
func (s *Store) enqueue(ctx context.Context, u *update) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.closed {
		return kv.ErrClosed
	}
	select {
	case s.queue <- u:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run runs fn on what the group has written so far and waits for the commit. It
// waits even if fn fails or panics: fn may have seen writes of others in the
// group, and nobody may learn of those before they are durable.
func (u *update) run(base kv.Reader, fn func(kv.Tx) error) (err error) {
	var writes *kv.Overlay // stays nil when fn fails, panics or ends its goroutine
	defer func() {
		u.ran <- writes
		if failed := <-u.done; failed != nil {
			err = failed
		}
	}()
	if base == nil { // the store is broken, done says how
		return nil
	}
	overlay := kv.NewOverlay(base)
	defer overlay.End()
	defer faultsPanic()()
	if err = fn(overlay); err == nil {
		writes = overlay
	}
	return err
}

// write is the writer: it commits one group after the other until the queue is
// closed and empty. It needs no delay to make groups: what arrives while one
// group is committed is the next.
func (s *Store) write() {
	defer close(s.stopped)
	defer faultsPanic()()
	for u := range s.queue {
		if u.state.CompareAndSwap(queued, claimed) {
			s.group(u)
		}
	}
}

// group commits u together with what waits behind it.
func (s *Store) group(u *update) {
	members := []*update{u}
	var err error
	defer func() {
		for _, m := range members {
			m.done <- err
		}
	}()
	tx, err := s.begin()
	if err != nil {
		u.turn <- nil
		<-u.ran
		return
	}
	bucket, dirty := tx.Bucket(entries), false
	for next := u; next != nil; {
		wrote, failed := next.apply(bucket)
		dirty = dirty || wrote
		if err = failed; err != nil {
			break
		}
		if next = s.waiting(len(members)); next != nil {
			members = append(members, next)
		}
	}
	err = s.finish(tx, dirty, err)
}

// begin starts a write transaction, unless the store takes no more writes.
func (s *Store) begin() (*bolt.Tx, error) {
	if s.broken != nil {
		return nil, s.broken
	}
	tx, err := s.db.Begin(true)
	if err != nil {
		return nil, fmt.Errorf("begin update: %w", err)
	}
	return tx, nil
}

// waiting claims the next update of the queue for the group, nil if none waits
// or the group is full.
func (s *Store) waiting(members int) *update {
	for members < maxGroup {
		select {
		case u, ok := <-s.queue:
			if !ok {
				return nil
			}
			if u.state.CompareAndSwap(queued, claimed) {
				return u
			}
		default:
			return nil
		}
	}
	return nil
}

// apply gives u its turn and puts what it wants written into the transaction.
func (u *update) apply(bucket *bolt.Bucket) (wrote bool, err error) {
	r := &reader{bucket: bucket}
	u.turn <- r
	writes := <-u.ran
	r.done = true
	if writes == nil || writes.Empty() {
		return false, nil
	}
	return true, guard(func() error {
		return writes.Writes(func(key, value []byte, deleted bool) error {
			if deleted {
				return bucket.Delete(key)
			}
			return bucket.Put(key, value)
		})
	})
}

// finish commits tx, or gives it up when there is nothing to commit or its
// writes could not all be applied, and says what became of it.
func (s *Store) finish(tx *bolt.Tx, dirty bool, err error) error {
	if err != nil || !dirty {
		if e := guard(tx.Rollback); e != nil {
			err = errors.Join(err, e)
		}
		return s.verdict(err)
	}
	id := tx.ID()
	err = guard(func() error { return s.commit(tx) })
	if err == nil {
		return nil
	}
	_ = guard(tx.Rollback) // does nothing but after a panic, which leaves the transaction open
	if s.latest() >= id {
		// The new meta page can be read but the disk has not confirmed it. Were
		// we to go on, pages that the disk still needs could be overwritten.
		err = fmt.Errorf("%w: %w", kv.ErrBroken, err)
	}
	return s.verdict(err)
}

// latest returns the id of the last transaction that is visible; as high as can
// be if that cannot be told.
func (s *Store) latest() (id int) {
	id = int(^uint(0) >> 1)
	_ = guard(func() error {
		return s.db.View(func(tx *bolt.Tx) error { id = tx.ID(); return nil })
	})
	return id
}

// verdict names a failed commit's cause, and ends all writing after one from
// which the running process cannot recover.
func (s *Store) verdict(err error) error {
	if err == nil {
		return nil
	}
	err = fmt.Errorf("commit to %s: %w", s.path, full(err))
	if errors.Is(err, kv.ErrBroken) || errors.Is(err, kv.ErrDamaged) {
		s.broken = err
	}
	s.log.Error("commit failed", "err", err)
	return err
}
