package coach

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"waymark/internal/chat"
	"waymark/internal/store"
)

// How often each effect can reach the platform:
//
//	exactly once   a new message (store.Post): the row is marked durably before
//	               the call and deleted after it; a row found in that mark is
//	               looked up in the DM's history by its id before it is posted again
//	any number     replacing a message (store.Edit): twice is the same as once
//	at most once   what rides in an acknowledgement (chat.Reply)
//
// What remains: a platform that takes a message, does not answer, and shows it
// in its history only after both looks at it, gets it twice.

const (
	senders   = 32               // people delivered to side by side
	sweepTime = 30 * time.Second // how often everybody's rows are looked for
	lookPause = 2 * time.Second  // between two looks into a DM's history
	maxDelay  = 5 * time.Minute  // between two tries
	outboxMax = 1000             // people waiting, from which on there is no room for reminders
)

// notify says that a person may have something to deliver.
func (c *Coach) notify(id chat.PersonID) {
	c.mu.Lock()
	c.ready[id] = true
	c.mu.Unlock()
	c.poke()
}

func (c *Coach) poke() {
	select {
	case c.changed <- struct{}{}:
	default:
	}
}

// Room is how many more people reminders may be sent to now.
func (c *Coach) Room() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return max(0, outboxMax-len(c.ready)-len(c.busy)-len(c.later))
}

// Idle reports whether nothing waits to be delivered.
func (c *Coach) Idle() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.ready)+len(c.busy)+len(c.later) == 0
}

// Waiting is how many people have something to be delivered.
func (c *Coach) Waiting() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.ready) + len(c.busy) + len(c.later)
}

// Deliver sends what is in the outbox until ctx ends; what is being sent then
// is finished first. It returns nil after ctx ended.
func (c *Coach) Deliver(ctx context.Context, s chat.Sender) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	free := make(chan struct{}, senders)
	sweep := time.NewTicker(sweepTime)
	defer sweep.Stop()
	c.sweep(ctx)
	for {
		id, wait, ok := c.take()
		if !ok {
			timer := time.NewTimer(wait)
			select {
			case <-ctx.Done():
				timer.Stop()
				return nil
			case <-sweep.C:
				c.sweep(ctx)
			case <-c.changed:
			case <-timer.C:
			}
			timer.Stop()
			continue
		}
		select {
		case <-ctx.Done():
			c.release(id, 0)
			return nil
		case free <- struct{}{}:
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-free }()
			c.release(id, c.deliver(ctx, s, id))
		}()
	}
}

// take picks a person to deliver to; otherwise it tells how long to wait.
func (c *Coach) take() (id chat.PersonID, wait time.Duration, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now, wait := c.now(), sweepTime
	for id, at := range c.later {
		if left := at.Sub(now); left <= 0 {
			delete(c.later, id)
			c.ready[id] = true
		} else {
			wait = min(wait, left)
		}
	}
	for id := range c.ready {
		if _, waits := c.later[id]; !c.busy[id] && !waits {
			delete(c.ready, id)
			c.busy[id] = true
			return id, 0, true
		}
	}
	return "", wait, false
}

// release gives a person back, to be tried again after a delay if there is one.
func (c *Coach) release(id chat.PersonID, delay time.Duration) {
	c.mu.Lock()
	delete(c.busy, id)
	if delay > 0 {
		c.later[id] = c.now().Add(delay)
	}
	c.mu.Unlock()
	c.poke()
}

// sweep looks for rows that nobody was told of: after a start, mostly.
func (c *Coach) sweep(ctx context.Context) {
	var after chat.PersonID
	for {
		people, err := c.store.Waiting(ctx, after, 256)
		if err != nil {
			if ctx.Err() == nil {
				c.log.Error("outbox cannot be read", "error", err)
			}
			return
		}
		c.mu.Lock()
		for _, id := range people {
			c.ready[id] = true
		}
		c.mu.Unlock()
		if len(people) < 256 {
			return
		}
		after = people[len(people)-1]
	}
}

// deliver sends a person's rows in order. It returns how long to wait before
// the next try, 0 when there is nothing left.
func (c *Coach) deliver(ctx context.Context, s chat.Sender, id chat.PersonID) time.Duration {
	row, ok, err := c.next(ctx, id)
	for err == nil && ok {
		if ctx.Err() != nil {
			return 0
		}
		var delay time.Duration
		row, ok, delay, err = c.send(ctx, s, row)
		if delay > 0 {
			return delay
		}
	}
	if err != nil && ctx.Err() == nil {
		c.log.Error("outbox row cannot be handled", "person", id, "error", err)
		return sweepTime
	}
	return 0
}

// next is the first row of a person that is not parked.
func (c *Coach) next(ctx context.Context, id chat.PersonID) (row store.Row, ok bool, err error) {
	err = c.store.View(ctx, func(tx *store.Tx) error {
		row, ok, err = c.first(tx, id)
		return err
	})
	return row, ok, err
}

func (c *Coach) first(tx *store.Tx, id chat.PersonID) (store.Row, bool, error) {
	rows, err := tx.Outbox(id)
	if err != nil {
		return store.Row{}, false, err
	}
	i := slices.IndexFunc(rows, func(r store.Row) bool { return r.Parked == "" })
	if i < 0 {
		return store.Row{}, false, nil
	}
	return rows[i], true, nil
}

// send takes one row to the platform and returns the row after it.
func (c *Coach) send(ctx context.Context, s chat.Sender, row store.Row) (next store.Row, ok bool, delay time.Duration, err error) {
	if !row.Until.IsZero() && c.now().After(row.Until) {
		next, ok, err = c.finish(ctx, row, "")
		return next, ok, 0, err
	}
	if row.Channel == "" {
		ch, err := s.Open(ctx, row.Person)
		if err != nil {
			return c.failed(ctx, row, err)
		}
		row.Channel = ch
	}
	if row.Kind == store.Edit {
		return c.edit(ctx, s, row)
	}
	if row.Attempting {
		ts, found, err := c.look(ctx, s, row)
		if err != nil {
			return c.failed(ctx, row, err)
		}
		if found {
			next, ok, err = c.finish(ctx, row, ts)
			return next, ok, 0, err
		}
	} else {
		row.Attempting = true
		if gone, err := c.mark(ctx, row); err != nil || gone {
			return row, false, 0, err
		}
	}
	ts, err := s.Post(ctx, row.Channel, row.ID, row.Message)
	if err != nil {
		return c.failed(ctx, row, err)
	}
	next, ok, err = c.finish(context.WithoutCancel(ctx), row, ts)
	return next, ok, 0, err
}

// edit replaces a message that has left before.
func (c *Coach) edit(ctx context.Context, s chat.Sender, row store.Row) (store.Row, bool, time.Duration, error) {
	ts := row.TS
	if ts == "" {
		err := c.store.View(ctx, func(tx *store.Tx) error {
			d, err := tx.Delivered(row.Person)
			ts, _ = d.TS(row.Ref)
			return err
		})
		if err != nil {
			return row, false, 0, err
		}
	}
	if ts != "" { // otherwise the message never left, and there is nothing to replace
		if err := s.Update(ctx, row.Channel, ts, row.Message); err != nil {
			var se *chat.SendError
			if !errors.As(err, &se) || !se.Permanent {
				return c.failed(ctx, row, err)
			}
			c.log.Warn("message cannot be replaced", "person", row.Person, "error", se.Name)
		}
	}
	next, ok, err := c.finish(context.WithoutCancel(ctx), row, "")
	return next, ok, 0, err
}

// look searches the DM's history for a message that may have been accepted,
// twice with a pause, since a platform may accept late.
func (c *Coach) look(ctx context.Context, s chat.Sender, row store.Row) (ts string, found bool, err error) {
	after := ""
	err = c.store.View(ctx, func(tx *store.Tx) error {
		d, err := tx.Delivered(row.Person)
		after = d.Last()
		return err
	})
	for i := 0; err == nil && i < 2; i++ {
		if i > 0 {
			timer := time.NewTimer(lookPause)
			select {
			case <-ctx.Done():
				timer.Stop()
				return "", false, ctx.Err()
			case <-timer.C:
			}
		}
		var have map[string]string
		have, err = s.Find(ctx, row.Channel, after, []string{row.ID})
		if ts, found = have[row.ID]; found {
			return ts, true, nil
		}
	}
	return "", false, err
}

// mark writes that a row is about to be sent. gone means that it was taken out
// meanwhile.
func (c *Coach) mark(ctx context.Context, row store.Row) (gone bool, err error) {
	err = c.store.Update(ctx, func(tx *store.Tx) error {
		now, ok, err := c.first(tx, row.Person)
		if err != nil {
			return err
		}
		if gone = !ok || now.ID != row.ID; gone {
			return nil
		}
		return tx.PutRow(row)
	})
	return gone, err
}

// finish takes a row out, notes what it became, and marks the row after it, all
// at once.
func (c *Coach) finish(ctx context.Context, row store.Row, ts string) (next store.Row, ok bool, err error) {
	err = c.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.RemoveRow(row); err != nil {
			return err
		}
		if ts != "" {
			if err := tx.AddDelivered(row.Person, row.ID, ts); err != nil {
				return err
			}
		}
		next, ok, err = c.first(tx, row.Person)
		return err
	})
	return next, ok, err
}

// failed decides what becomes of a row that could not be sent.
func (c *Coach) failed(ctx context.Context, row store.Row, cause error) (store.Row, bool, time.Duration, error) {
	if ctx.Err() != nil {
		return row, false, 0, nil // the mark stays; it is looked up after the next start
	}
	se := &chat.SendError{Name: "unknown", Unknown: true, Err: cause}
	errors.As(cause, &se)
	row.Tries++
	row.Attempting = row.Attempting && se.Unknown
	delay := min(maxDelay, time.Second<<min(row.Tries, 10))
	if se.RetryAfter > 0 {
		delay = se.RetryAfter
	}
	if se.Permanent {
		row.Parked, delay = se.Name, 0
	}
	c.log.Warn("message not sent", "person", row.Person, "error", se.Name, "tries", row.Tries, "parked", row.Parked != "")
	var next store.Row
	ok := false
	err := c.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.PutRow(row); err != nil {
			return err
		}
		var err error
		next, ok, err = c.first(tx, row.Person)
		return err
	})
	return next, ok, delay, err
}
