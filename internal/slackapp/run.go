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

// How long Run takes to stop, at most: work gets most of it, acknowledgements
// the rest.
const (
	drainWork = 8 * time.Second
	drainAcks = 1500 * time.Millisecond
	// linger is how long the connection stays open and is read after the last
	// acknowledgement left. A connection closed with something unread in it is
	// reset, and a reset takes back what Slack has not read yet.
	linger = 200 * time.Millisecond
)

// Run connects to Slack and hands events to the Handler until ctx ends. Then it
// takes nothing more, finishes what is queued, lets the acknowledgements leave
// and closes the connection, all within 10 s, and returns nil. What arrives
// meanwhile stays unacknowledged, so that Slack delivers it to the next process.
//
// It returns an error for what only an operator can mend: a *TokenError, an
// address that is not Slack's. Everything else is tried again for as long as it
// takes. That Socket Mode was switched off (link_disabled) cannot be told from
// other disconnects with slack-go; what Slack then answers to
// apps.connections.open is logged.
func (a *App) Run(ctx context.Context) error {
	self, err := a.whoAmI(ctx)
	if self == nil {
		return err
	}
	// Work and connections outlive ctx until they are drained.
	alive, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	s := a.newSocket()
	var connection sync.WaitGroup
	connection.Go(func() { s.run(alive) })
	connection.Go(func() { s.read(alive) })

	select {
	case <-ctx.Done():
	case err = <-a.fatal:
	}
	a.drain(s)
	hangUp()
	connection.Wait()
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

func (a *App) drain(s *socket) {
	late := time.NewTimer(drainWork)
	defer late.Stop()
	select {
	case <-a.dispatch.drain():
	case <-late.C:
		a.log.Warn("stopped before all events were handled; Slack will deliver them again")
	}
	ctx, cancel := context.WithTimeout(context.Background(), drainAcks)
	defer cancel()
	if s.up.Load() {
		if err := s.flush(ctx); err != nil {
			a.log.Warn("some acknowledgements did not leave", "err", err)
		}
		time.Sleep(linger)
	}
}

// enqueue hands a job to the workers.
func (a *App) enqueue(j *job) {
	if !a.dispatch.add(j, a.work) {
		a.log.Info("event was turned away: stopping, or too much is waiting", "event", j.id)
	}
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
