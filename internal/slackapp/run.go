package slackapp

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"waymark/internal/chat"
)

// How long Run takes to stop, at most: work gets most of it, closing the
// connections the rest.
const (
	drainWork = 8 * time.Second
	drainAcks = 1500 * time.Millisecond
)

// Run connects to Slack and hands events to the Handler until ctx ends. Then it
// takes nothing more, finishes what is queued, lets the acknowledgements leave
// and closes the connection, all within 10 s, and returns nil. What arrives
// meanwhile stays unacknowledged, so that Slack delivers it to the next process.
//
// Slack renews a connection every few hours. The next one is opened before the
// old one closes, and both are read meanwhile, so that no event and no click
// falls between them.
//
// It returns an error for what only an operator can mend: a *TokenError, an
// address that is not Slack's (ErrUnreachable), a Socket Mode that was switched
// off (ErrDisabled). Everything else is tried again for as long as it takes.
func (a *App) Run(ctx context.Context) error {
	self, err := a.whoAmI(ctx)
	if self == nil {
		return err
	}
	s := a.newSocket()
	// Work and connections outlive ctx until they are drained.
	opening, stopOpening := context.WithCancel(context.WithoutCancel(ctx))
	defer stopOpening()
	var opener sync.WaitGroup
	opener.Go(func() { s.run(opening) })

	select {
	case <-ctx.Done():
	case err = <-a.fatal:
	}
	stopOpening() // those that are open stay
	opener.Wait()
	a.drain()
	hangUp, cancel := context.WithTimeout(context.Background(), drainAcks)
	defer cancel()
	s.hangUp(hangUp)
	a.cfg.HTTPClient.CloseIdleConnections()
	return err
}

// whoAmI learns who the bot is, trying until it is known, a token is refused or
// ctx ends; the identity is nil then.
func (a *App) whoAmI(ctx context.Context) (*identity, error) {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		self, err := a.identify(ctx)
		if err == nil {
			return self, nil
		}
		if fatal := botToken.fatalError(err); fatal != nil {
			return nil, fatal
		}
		if ctx.Err() != nil {
			return nil, nil
		}
		a.log.Warn("cannot reach Slack", "wait", wait, "err", err)
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, nil
		}
	}
}

// drain takes nothing more and waits until what was taken is done and
// acknowledged.
func (a *App) drain() {
	late := time.NewTimer(drainWork)
	defer late.Stop()
	select {
	case <-a.dispatch.drain():
	case <-late.C:
		a.log.Warn("stopped before all events were handled; Slack will deliver them again")
	}
}

// enqueue hands a job to the workers and reports whether they took it.
func (a *App) enqueue(j *job) bool {
	taken := a.dispatch.add(j, a.work)
	if !taken {
		a.log.Info("event was turned away: stopping, or too much is waiting", "event", j.id)
	}
	return taken
}

// work handles one job and acknowledges its envelopes.
func (a *App) work(j *job) {
	ctx, cancel := context.WithTimeout(context.Background(), drainWork)
	defer cancel()
	if j.user != nil {
		j.events = a.userChanged(j.person, j.user, j.id)
	}
	var replies []chat.Reply
	for _, e := range j.events {
		if e.Profile == nil {
			e.Profile = a.profile(ctx, e.Person)
		}
		r, err := a.handle(ctx, e)
		if err != nil {
			a.log.Error("event was not handled", "event", e.ID, "person", e.Person, "kind", int(e.Kind), "err", err)
			a.apologise(ctx, j, e)
			return
		}
		replies = append(replies, r)
	}
	a.reply(ctx, j, replies)
	if j.stop != nil {
		a.fail(j.stop)
	}
}

// errPanic is a Handler that panicked.
var errPanic = errors.New("handler panicked")

// handle calls the Handler. A panic is that event's error and nobody else's. Its
// value may hold a person's words, so only what the runtime itself says is told.
func (a *App) handle(ctx context.Context, e chat.Event) (r chat.Reply, err error) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		what := fmt.Sprintf("%T", p)
		if re, ok := p.(runtime.Error); ok {
			what = re.Error()
		}
		a.log.Error("handler panicked", "event", e.ID, "what", what, "stack", string(debug.Stack()))
		err = errPanic
	}()
	return a.cfg.Handler(ctx, e)
}
