package coach

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"waymark/internal/chat"
	"waymark/internal/store"
)

const (
	// publishers is how many pages are published side by side.
	publishers = 4
	// pagesPerSecond stays under the hundred views a minute that Slack takes of
	// an app in one workspace; pageBurst is for people who look.
	pagesPerSecond = 1.5
	pageBurst      = 10
)

// pages publishes what people see on the coach's tab, from the record as it is
// at that moment, until ctx ends. A page whose publication is broken off stays
// marked, and doing it twice is the same as once.
func (c *Coach) pages(ctx context.Context, s chat.Publisher) {
	var wg sync.WaitGroup
	defer wg.Wait()
	free := make(chan struct{}, publishers)
	sweep := time.NewTicker(sweepTime)
	defer sweep.Stop()
	pace := rate.NewLimiter(rate.Limit(c.pagePace), pageBurst)
	held := &atomic.Pointer[time.Timer]{} // runs while the platform takes no pages
	c.sweepHomes(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case free <- struct{}{}:
		}
		if t := held.Load(); t != nil {
			<-free
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				held.CompareAndSwap(t, nil)
			}
			continue
		}
		id, decline, ok := c.homes.take()
		if !ok {
			<-free
			select {
			case <-ctx.Done():
				return
			case <-sweep.C:
				c.sweepHomes(ctx)
			case <-c.homes.wake:
			}
			continue
		}
		if err := pace.Wait(ctx); err != nil {
			return // the end; the mark stays
		}
		wg.Go(func() {
			defer func() { <-free }()
			again, hold := c.publish(ctx, s, id, decline)
			if hold > 0 {
				held.Store(time.NewTimer(hold))
			}
			c.homes.done(id, again)
		})
	}
}

// sweepHomes looks for marks that nobody was told of: after a start, mostly.
func (c *Coach) sweepHomes(ctx context.Context) {
	var after chat.PersonID
	for {
		people, err := c.store.Homes(ctx, after, sweepPage)
		if err != nil {
			if ctx.Err() == nil {
				c.log.Error("marks of pages cannot be read", "error", err)
			}
			return
		}
		for _, id := range people {
			c.homes.found(id)
		}
		if len(people) < sweepPage {
			return
		}
		after = people[len(people)-1]
	}
}

// publish shows one person their page. again says that it has to be tried once
// more, hold how long the platform wants no pages of anybody.
func (c *Coach) publish(ctx context.Context, s chat.Publisher, id chat.PersonID, decline bool) (again bool, hold time.Duration) {
	c = c.current()
	var page chat.Page
	var gen uint64
	var marked bool
	err := c.guard(id, func() error {
		if decline {
			page = c.declinePage()
			return nil
		}
		return c.store.View(ctx, func(tx *store.Tx) (err error) {
			if gen, marked, err = tx.HomeMark(id); err != nil || !marked {
				return err
			}
			p := &Person{}
			if _, err = tabOf(tx, id).record(p); err != nil {
				return err
			}
			page = c.page(id, p)
			return nil
		})
	})
	if err == nil && !marked && !decline {
		return false, 0
	}
	if err == nil {
		err = c.guard(id, func() error { return s.Publish(ctx, id, page) })
	}
	if err != nil && ctx.Err() != nil {
		return false, 0 // the end; the mark stays
	}
	if err != nil {
		se := &chat.SendError{Name: "unknown"}
		errors.As(err, &se)
		if !se.Permanent {
			c.log.Warn("page not published", "person", id, "error", se.Name)
			return true, se.RetryAfter
		}
		c.log.Warn("page cannot be published", "person", id, "error", se.Name)
	}
	if !decline {
		if err := c.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { return tx.ClearHome(id, gen) }); err != nil {
			c.log.Error("mark of a page cannot be taken off", "person", id, "error", err)
			return true, 0
		}
	}
	return false, 0
}

// guard turns a panic into an error that will not go away; see delivery.call.
func (c *Coach) guard(id chat.PersonID, fn func() error) error {
	d := &delivery{c: c, person: id}
	return d.call(fn)
}
