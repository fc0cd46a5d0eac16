package bot

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"waymark/internal/chat"
	"waymark/internal/ops"
)

// What the bot may take before it is called not ready.
const (
	tickAge  = 3 * time.Minute // the scheduler looks once a minute
	stuckFor = 5 * time.Minute // something waits, and nothing left
)

// operations is what an operator sees of a bot. A nil one is of a bot that
// nobody looks at.
type operations struct {
	bot      *Bot
	listener net.Listener
	metrics  *ops.Metrics
	now      func() time.Time
	ticked   atomic.Int64 // when the last tick ended without an error, Unix seconds
}

// newOperations takes the address of cfg; nil when there is none.
func newOperations(b *Bot, cfg Config) (*operations, error) {
	if cfg.Listen == "" {
		return nil, nil
	}
	l, err := ops.Listen(cfg.Listen)
	if err != nil {
		return nil, err
	}
	o := &operations{bot: b, listener: l, metrics: ops.NewMetrics(wallClock), now: wallClock}
	o.ticked.Store(o.now().Unix()) // the first tick has time until then
	return o, nil
}

// run serves until ctx ends.
func (o *operations) run(ctx context.Context) {
	if o == nil {
		return
	}
	b := o.bot
	o.metrics.Gauge("waymark_outbox_people", "People for whom something waits to be sent.", func() float64 { return float64(b.coach.Waiting()) })
	o.metrics.Gauge("waymark_outbox_stuck_seconds", "For how long something has waited while nothing left at all.", func() float64 { return b.coach.Stuck().Seconds() })
	o.metrics.Gauge("waymark_connected", "1 while Slack's connection is up and greeted, else 0.", func() float64 {
		if b.app.Connected() {
			return 1
		}
		return 0
	})
	b.log.Info("health and metrics are served", "address", o.listener.Addr().String())
	if err := ops.Serve(ctx, o.listener, ops.Handler(o.metrics, o.checks()), b.log); err != nil {
		b.log.Error("health and metrics ended", "err", err)
	}
}

// close gives the address back when the bot did not start.
func (o *operations) close() {
	if o != nil {
		_ = o.listener.Close() // nobody was served yet
	}
}

// checks are what the bot needs in order to do its work.
func (o *operations) checks() []ops.Check {
	b := o.bot
	return []ops.Check{
		{Name: "slack", Look: func(context.Context) error {
			if b.app.Connected() {
				return nil
			}
			return errors.New("no connection to Slack: look at the log, and whether this machine reaches slack.com")
		}},
		{Name: "store", Look: func(ctx context.Context) error {
			if err := b.store.Writable(ctx); err != nil {
				return fmt.Errorf("data cannot be written: %w; look at the disk", err)
			}
			return nil
		}},
		{Name: "scheduler", Look: func(context.Context) error {
			if age := o.now().Sub(time.Unix(o.ticked.Load(), 0)); age > tickAge {
				return fmt.Errorf("no look for due reminders for %s: look at the log, and restart if it says nothing", age.Round(time.Second))
			}
			return nil
		}},
		{Name: "outbox", Look: func(context.Context) error {
			if age := b.coach.Stuck(); age > stuckFor {
				return fmt.Errorf("messages wait and nothing left for %s: look at the log for Slack's answers", age.Round(time.Second))
			}
			return nil
		}},
	}
}

func (o *operations) counted(h chat.Handler) chat.Handler {
	if o == nil {
		return h
	}
	return o.metrics.Handler(h)
}

func (o *operations) transport() func(http.RoundTripper) http.RoundTripper {
	if o == nil {
		return nil
	}
	return o.metrics.Transport
}

func (o *operations) sent() func(outcome, name string) {
	if o == nil {
		return nil
	}
	return o.metrics.Delivered
}

func (o *operations) ticks() func(began time.Time, n int, err error) {
	if o == nil {
		return nil
	}
	return func(began time.Time, n int, err error) {
		o.metrics.Ticked(began, n, err)
		if err == nil {
			o.ticked.Store(o.now().Unix())
		}
	}
}

// OpsAddress is where health and metrics are served, "" when they are not.
func (b *Bot) OpsAddress() string {
	if b.ops == nil {
		return ""
	}
	return b.ops.listener.Addr().String()
}
