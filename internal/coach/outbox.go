package coach

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
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
//	any number     replacing a message (store.Edit), publishing the tab: twice is
//	               the same as once
//	exactly once   a file (store.File): uploaded first, any number of times, then
//	               shown by the id of the upload, which is looked up likewise
//	any number     taking back what was sent (store.Clear)
//	at most once   what rides in an acknowledgement (chat.Reply)
//
// What remains: a platform that takes a message, does not answer, and shows it
// in its history only after both looks at it, gets it twice.

const (
	senders = 32 // people delivered to side by side
	// maxPromised is how many people may wait while rows are still promised to
	// leave at once: after a crash each of these has to be looked up.
	maxPromised = 4 * senders
	sweepTime   = 30 * time.Second // how often everybody's rows are looked for
	sweepPage   = 256              // people read at once by a sweep
	lookPause   = 2 * time.Second  // between two looks into a DM's history
	maxDelay    = 5 * time.Minute  // between two tries
	finishTime  = 2 * time.Second  // how long a call may go on after the end
	outboxMax   = 1000             // people waiting, from which on there is no room for reminders
)

// Room is how many more people reminders may be sent to now.
func (c *Coach) Room() int { return max(0, outboxMax-c.lanes.len()) }

// Stuck is for how long something has waited to be delivered while nothing left
// at all; 0 when nothing waits.
func (c *Coach) Stuck() time.Duration { return c.lanes.stuck() }

// Waiting is how many people have something to be delivered.
func (c *Coach) Waiting() int { return c.lanes.len() }

// Idle reports whether no message waits to be delivered.
func (c *Coach) Idle() bool { return c.lanes.len() == 0 }

// Settled reports whether no message waits to be delivered and no page to be
// published; pages that wait for more changes do not count.
func (c *Coach) Settled() bool { return c.Idle() && c.homes.settled() }

// Deliver sends what is in the outbox until ctx ends; what is being sent then
// gets two more seconds. It returns nil after ctx ended.
func (c *Coach) Deliver(ctx context.Context, s chat.Sender) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	free := make(chan struct{}, senders)
	sweep := time.NewTicker(sweepTime)
	defer sweep.Stop()
	c.sweep(ctx)
	c.lanes.serve(true)
	defer c.lanes.serve(false)
	wg.Go(func() { c.pages(ctx, s) })
	for {
		select {
		case <-ctx.Done():
			return nil
		case free <- struct{}{}:
		}
		id, ok := c.lanes.take()
		if !ok {
			<-free
			select {
			case <-ctx.Done():
				return nil
			case <-sweep.C:
				c.sweep(ctx)
			case <-c.lanes.changed:
			}
			continue
		}
		wg.Go(func() {
			defer func() { <-free }()
			c.lanes.done(id, c.serve(ctx, s, id))
		})
	}
}

// sweep looks for rows that nobody was told of: after a start, mostly.
func (c *Coach) sweep(ctx context.Context) {
	var after chat.PersonID
	for {
		people, err := c.store.Waiting(ctx, after, sweepPage)
		if err != nil {
			if ctx.Err() == nil {
				c.log.Error("outbox cannot be read", "error", err)
			}
			return
		}
		for _, id := range people {
			c.lanes.add(id)
		}
		if len(people) < sweepPage {
			return
		}
		after = people[len(people)-1]
	}
}

// serve sends a person's rows in order and returns how long to wait before the
// next try, no time when there is nothing left.
func (c *Coach) serve(ctx context.Context, s chat.Sender, id chat.PersonID) pause {
	c = c.current()
	d := &delivery{c: c, s: s, person: id}
	wait, err := d.run(ctx)
	if err != nil {
		if ctx.Err() == nil {
			c.log.Error("outbox row cannot be handled", "person", id, "error", err)
		}
		return pause{length: sweepTime}
	}
	return wait
}

// delivery is one person's rows on their way out.
type delivery struct {
	c      *Coach
	s      chat.Sender
	person chat.PersonID
	// behind are rows that have left and are still there: they are taken out with
	// the next one. Leaving again would change nothing.
	behind []store.Row
	head
}

// head is the row that leaves next.
type head struct {
	row   store.Row
	more  bool // there is one
	fresh bool // it was marked by us just now; nobody has been called
}

func (d *delivery) run(ctx context.Context) (wait pause, err error) {
	err = d.c.store.View(ctx, func(tx *store.Tx) (err error) {
		d.row, d.more, err = d.own(tx).next(0)
		return err
	})
	for err == nil && d.more && wait.length == 0 && ctx.Err() == nil {
		wait, err = d.send(ctx)
	}
	return wait, err
}

// send takes one row to the platform and goes on to the one behind it.
func (d *delivery) send(ctx context.Context) (pause, error) {
	d.fresh = d.fresh || d.row.Attempting && d.c.lanes.claim(d.person, d.row.ID)
	unknown := d.row.Attempting && !d.fresh // a try before this one may have succeeded
	if d.expired(d.row) && len(d.row.Keys) == 0 {
		return pause{}, d.finish(ctx, "")
	}
	if d.row.Channel == "" {
		var channel string
		err := d.call(func() (err error) {
			channel, err = d.s.Open(ctx, d.person)
			return err
		})
		if err != nil {
			return d.failed(ctx, err, unknown)
		}
		d.row.Channel = channel
	}
	switch {
	case d.row.Kind == store.Edit:
		return d.edit(ctx)
	case d.row.Kind == store.File:
		return d.file(ctx, unknown)
	case d.row.Kind == store.Clear:
		return d.clear(ctx)
	case unknown:
		ts, found, err := d.look(ctx)
		if err != nil {
			return d.failed(ctx, err, unknown)
		}
		if found {
			return pause{}, d.finish(ctx, ts)
		}
		if len(d.row.Keys) > 0 {
			if err := d.mark(ctx); err != nil || !d.more || !d.fresh {
				return pause{}, err
			}
		}
	case !d.fresh:
		if err := d.mark(ctx); err != nil || !d.more || !d.fresh {
			return pause{}, err
		}
	}
	ts, err := d.post(ctx)
	if err != nil {
		return d.failed(ctx, err, unknown || chat.Unknown(err) || !known(err))
	}
	return pause{}, d.finish(ctx, ts)
}

// known reports whether an error comes from the platform as chat.Sender wants.
func known(err error) bool {
	var se *chat.SendError
	return errors.As(err, &se)
}

func (d *delivery) expired(r store.Row) bool { return !r.Until.IsZero() && d.c.now().After(r.Until) }

// post makes the call that must not happen twice. The end of ctx does not break
// it off: its result would have to be looked up.
func (d *delivery) post(ctx context.Context) (ts string, err error) {
	ctx, cancel := finishing(ctx)
	defer cancel()
	err = d.call(func() (err error) {
		ts, err = d.s.Post(ctx, d.row.Channel, d.row.ID, d.row.Message)
		return err
	})
	return ts, err
}

// finishing is ctx with some more time after its end.
func finishing(ctx context.Context) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(finishTime, cancel) })
	return longer, func() { stop(); cancel() }
}

// edit replaces a message that has left before.
func (d *delivery) edit(ctx context.Context) (pause, error) {
	ts := d.row.TS
	if ts == "" {
		err := d.c.store.View(ctx, func(tx *store.Tx) error {
			sent, err := d.own(tx).delivered()
			ts, _ = sent.TS(d.row.Ref)
			return err
		})
		if err != nil {
			return pause{}, err
		}
	}
	if ts != "" { // otherwise the message never left, and there is nothing to replace
		err := d.call(func() error { return d.s.Update(ctx, d.row.Channel, ts, d.row.Message) })
		if err != nil {
			var se *chat.SendError
			if !errors.As(err, &se) || !se.Permanent {
				return d.failed(ctx, err, false)
			}
			d.c.log.Warn("message cannot be replaced", "person", d.person, "error", se.Name)
		}
	}
	return pause{}, d.edited(ctx)
}

// edited goes on to what is behind a message that was replaced. If that needs no
// commit before it leaves, one commit is enough for both.
func (d *delivery) edited(ctx context.Context) error {
	var h head
	err := d.c.store.View(ctx, func(tx *store.Tx) (err error) {
		h.row, h.more, err = d.own(tx).next(d.row.Seq + 1)
		return err
	})
	h.fresh = h.more && h.row.Attempting && d.c.lanes.claim(d.person, h.row.ID)
	if err != nil || !h.fresh && (!h.more || h.row.Kind != store.Edit) {
		return d.finish(ctx, "")
	}
	d.tell("sent", "")
	if h.row.Channel == "" {
		h.row.Channel = d.row.Channel
	}
	d.behind, d.head = append(d.behind, d.row), h
	return nil
}

// look searches the DM's history for a message that may have been accepted,
// twice with a pause, since a platform may accept late.
func (d *delivery) look(ctx context.Context) (ts string, found bool, err error) {
	var sent store.Delivered
	err = d.c.store.View(ctx, func(tx *store.Tx) error {
		sent, err = d.own(tx).delivered()
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
		err = d.call(func() (err error) {
			have, err = d.s.Find(ctx, d.row.Channel, sent.Last, []string{d.row.ID})
			return err
		})
		if ts, found = have[d.row.ID]; found {
			return ts, true, nil
		}
	}
	return "", false, err
}

// mark writes that the row is about to be sent, unless it is a reminder that is
// not worth it any more; then what is next is.
func (d *delivery) mark(ctx context.Context) error {
	row := d.row
	row.Attempting = true
	return d.change(ctx, func(tx *store.Tx) (head, error) {
		if len(row.Keys) > 0 {
			keep, err := d.c.worth(tx, row)
			if err != nil {
				return head{}, err
			}
			if !keep {
				return d.next(ctx, tx)
			}
		}
		return head{row, true, true}, tx.PutRow(row)
	})
}

// finish takes the row out, notes what it became, and marks the row behind it,
// all at once: that saves every second commit.
func (d *delivery) finish(ctx context.Context, ts string) error {
	d.tell("sent", "")
	return d.change(context.WithoutCancel(ctx), func(tx *store.Tx) (head, error) {
		if err := d.settle(tx, ts, slices.Concat(d.behind, []store.Row{d.row})...); err != nil {
			return head{}, err
		}
		return d.next(ctx, tx)
	})
}

// settle takes out rows that have left, the last of them as ts, and keeps the ids
// of messages that can be tapped, for they will be replaced.
func (d *delivery) settle(tx *store.Tx, ts string, rows ...store.Row) error {
	if ts == "" && !slices.ContainsFunc(rows, func(r store.Row) bool { return r.Ref != "" }) {
		return d.takeOut(tx, rows)
	}
	sent, err := d.own(tx).delivered()
	if err != nil {
		return err
	}
	for i, r := range rows {
		taps := r.Message.Ask != nil
		switch {
		case ts != "" && i == len(rows)-1:
			sent.Add(r.ID, ts, taps)
		case !taps && r.Ref != "":
			sent.Drop(r.Ref)
		}
	}
	if err := d.takeOut(tx, rows); err != nil {
		return err
	}
	return tx.PutDelivered(d.person, sent)
}

// takeOut removes rows, if they are still there.
func (d *delivery) takeOut(tx *store.Tx, rows []store.Row) error {
	for _, r := range rows {
		if there, err := tx.HasRow(r); err != nil {
			return err
		} else if !there {
			continue
		}
		if err := tx.RemoveRow(r); err != nil {
			return err
		}
	}
	return nil
}

// next is the row that is next now, marked if it is going to be posted at once.
func (d *delivery) next(ctx context.Context, tx *store.Tx) (head, error) {
	row, more, err := d.own(tx).next(0)
	if err != nil || !more {
		return head{}, err
	}
	if row.Channel == "" {
		row.Channel = d.row.Channel
	}
	if row.Kind != store.Post || row.Attempting || len(row.Keys) > 0 || row.Channel == "" || d.expired(row) || ctx.Err() != nil {
		return head{row: row, more: true}, nil
	}
	row.Attempting = true
	return head{row, true, true}, tx.PutRow(row)
}

// change changes the row, if it is still there, and moves on to the one that fn
// returns. A person who was deleted meanwhile leaves no trace.
func (d *delivery) change(ctx context.Context, fn func(*store.Tx) (head, error)) error {
	var h head
	behind := d.behind
	err := d.c.store.Update(ctx, func(tx *store.Tx) error {
		behind = d.behind
		there, err := tx.HasRow(d.row)
		if err != nil {
			return err
		}
		if !there {
			h = head{}
			h.row, h.more, err = d.own(tx).next(0)
			return err
		}
		h, err = fn(tx)
		behind = nil
		return err
	})
	if err == nil {
		d.head, d.behind = h, behind
	}
	return err
}

// failed decides what becomes of a row that could not be sent. unknown says that
// the platform may have it, from this try or one before; then it stays marked.
func (d *delivery) failed(ctx context.Context, cause error, unknown bool) (pause, error) {
	se := &chat.SendError{Name: "unknown", Err: cause}
	errors.As(cause, &se)
	row := d.row
	row.Tries++
	row.Attempting = unknown
	wait := pause{length: min(maxDelay, time.Second<<min(row.Tries, 10))}
	if se.RetryAfter > 0 {
		wait = pause{length: se.RetryAfter, firm: true}
	}
	if se.Permanent {
		row.Parked, wait = se.Name, pause{}
	}
	outcome := "later"
	if se.Permanent {
		outcome = "parked"
	}
	d.tell(outcome, se.Name)
	d.c.log.Warn("message not sent", "person", d.person, "error", se.Name, "tries", row.Tries, "parked", row.Parked != "")
	err := d.change(context.WithoutCancel(ctx), func(tx *store.Tx) (head, error) {
		if err := d.settle(tx, "", d.behind...); err != nil {
			return head{}, err
		}
		if err := tx.PutRow(row); err != nil || !se.Permanent {
			return head{row: row, more: true}, err
		}
		return d.next(ctx, tx)
	})
	return wait, err
}

// tell says how a try went to whoever counts.
func (d *delivery) tell(outcome, name string) {
	if d.c.sent != nil {
		d.c.sent(outcome, name)
	}
}

// call makes a call of the Sender. A panic in it becomes an error that parks the
// row, which would bring down the process again and again. What was thrown is
// not logged unless the runtime made it, as it could hold what a person wrote.
func (d *delivery) call(fn func() error) (err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			what := fmt.Sprintf("%T", thrown)
			if re, ok := thrown.(runtime.Error); ok {
				what = re.Error()
			}
			d.c.log.Error("sending panicked", "person", d.person, "panic", what, "stack", string(debug.Stack()))
			err = &chat.SendError{Name: "panic", Permanent: true}
		}
	}()
	return fn()
}
