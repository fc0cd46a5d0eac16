package bot

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"waymark/internal/chat"
	"waymark/internal/control"
	"waymark/internal/ops"
)

// What the bot may take before it is called not ready.
const (
	tickAge  = 3 * time.Minute // the scheduler looks once a minute
	stuckFor = 5 * time.Minute // something waits, and nothing left
)

// operations is what an operator sees of a bot.
type operations struct {
	bot      *Bot
	listener net.Listener // nil = health is asked for by command only, and nothing is counted
	metrics  *ops.Metrics // nil with it
	now      func() time.Time
	ticked   atomic.Int64 // when the last tick ended without an error, Unix seconds
}

// newOperations takes the address of cfg, if there is one.
func newOperations(b *Bot, cfg Config) (*operations, error) {
	o := &operations{bot: b, now: wallClock}
	o.ticked.Store(o.now().Unix()) // the first tick has time until then
	if cfg.Listen == "" {
		return o, nil
	}
	var err error
	if o.listener, err = ops.Listen(cfg.Listen); err != nil {
		return o, err
	}
	o.metrics = ops.NewMetrics(wallClock)
	return o, nil
}

// run serves until ctx ends.
func (o *operations) run(ctx context.Context) {
	if o.listener == nil {
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
	if o != nil && o.listener != nil {
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
	if o.metrics == nil {
		return h
	}
	return o.metrics.Handler(h)
}

func (o *operations) transport() func(http.RoundTripper) http.RoundTripper {
	if o.metrics == nil {
		return nil
	}
	return o.metrics.Transport
}

func (o *operations) sent() func(outcome, name string) {
	if o.metrics == nil {
		return nil
	}
	return o.metrics.Delivered
}

func (o *operations) ticks() func(began time.Time, n int, err error) {
	return func(began time.Time, n int, err error) {
		if o.metrics != nil {
			o.metrics.Ticked(began, n, err)
		}
		if err == nil {
			o.ticked.Store(o.now().Unix())
		}
	}
}

// OpsAddress is where health and metrics are served, "" when they are not.
func (b *Bot) OpsAddress() string {
	if b.ops.listener == nil {
		return ""
	}
	return b.ops.listener.Addr().String()
}

// askHealth is the name of what Health asks for.
const askHealth = "health"

// health is what /readyz says, a line for each check: the answer when all is
// well, else the error.
func (b *Bot) health(ctx context.Context, _ string) (string, error) {
	found, ok := ops.Look(ctx, b.ops.checks())
	var all strings.Builder
	for _, f := range found {
		if f.OK {
			fmt.Fprintf(&all, "ok       %s\n", f.Name)
		} else {
			fmt.Fprintf(&all, "PROBLEM  %s: %s\n", f.Name, f.Error)
		}
	}
	if !ok {
		return "", errors.New(all.String())
	}
	return all.String(), nil
}

// Health asks the bot that runs on the data whether it can do its work, as
// /readyz does, also when it serves none. It returns what to tell the operator;
// the error says what is wrong.
func Health(ctx context.Context, cfg Config) (string, error) {
	return control.Ask(ctx, cfg.Data, askHealth, "")
}
