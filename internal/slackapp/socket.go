package slackapp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// Why Slack ends a connection. After a warning it works on for some seconds;
// both a warning and a requested refresh are routine, every few hours.
const (
	reasonWarning  = "warning"
	reasonRefresh  = "refresh_requested"
	reasonDisabled = "link_disabled"
	reasonTooMany  = "too_many_websockets"
)

const (
	helloTimeout = 20 * time.Second
	// linger is how long a connection whose end was announced is read on at
	// most. Slack closes it after ten seconds, and sends envelopes over it until
	// then.
	linger = 20 * time.Second
	// steadyAfter is how long a connection must live so that the next is opened
	// at once.
	steadyAfter = 30 * time.Second
	// unsteady is how many times in a row the next is opened at once although
	// the one before did not live for long.
	unsteady   = 3
	firstPause = 250 * time.Millisecond
	longPause  = time.Minute
	// tooManyPause is longer: only another process that ends can help.
	tooManyPause = 2 * time.Second
)

var (
	// ErrDisabled is a Socket Mode that was switched off for the app.
	ErrDisabled = errors.New("socket mode is switched off")

	errDisabled = fmt.Errorf("%w (Slack says %s): turn it on in the app's settings under Socket Mode, then start again", ErrDisabled, reasonDisabled)
	errTooMany  = fmt.Errorf("too many connections (Slack says %s): Slack allows ten per app; look for other processes that run with this app's token", reasonTooMany)
	errNoHello  = errors.New("connection was opened, but Slack did not greet")
)

// socket keeps the App connected. It opens the next connection before Slack
// closes the one in use, and reads both as long as they last: Slack sends each
// envelope over any one of them.
type socket struct {
	app     *App
	running sync.WaitGroup // connections, as long as they last

	mu   sync.Mutex
	open map[*connection]bool
}

func (a *App) newSocket() *socket { return &socket{app: a, open: map[*connection]bool{}} }

// run keeps the App connected until ctx ends. Open connections outlive it.
func (s *socket) run(ctx context.Context) {
	for tries := 0; ctx.Err() == nil; tries++ {
		c, err := s.connect(ctx)
		if err != nil {
			if ctx.Err() != nil || s.hopeless(err) {
				return
			}
			s.rest(ctx, tries+1, err)
			continue
		}
		steady, err := s.watch(ctx, c)
		switch {
		case errors.Is(err, ErrDisabled):
			s.app.fail(err)
			return
		case steady:
			tries = -1 // the next one is the first again
		case err != nil:
			s.rest(ctx, max(tries, 1), err)
		case tries > unsteady:
			s.rest(ctx, tries-unsteady, nil)
		}
	}
}

// watch returns when a connection needs a successor: it has ended, or Slack has
// announced that it will. steady says that it had lived for a while. An error is
// a reason not to hurry.
func (s *socket) watch(ctx context.Context, c *connection) (steady bool, err error) {
	settled := time.NewTimer(steadyAfter)
	defer settled.Stop()
	for {
		select {
		case <-settled.C:
			steady = true
		case <-ctx.Done():
			return steady, nil
		case <-c.leaving:
			return steady, s.announced(c)
		case <-c.gone:
			select {
			case <-c.leaving: // both are true after a quick end
				return steady, s.announced(c)
			default:
			}
			s.app.log.Info("connection to Slack was lost; opening the next")
			return steady, nil
		}
	}
}

// announced takes note of why Slack ends a connection.
func (s *socket) announced(c *connection) error {
	s.running.Go(func() { s.see(c) })
	switch c.reason {
	case reasonDisabled:
		return errDisabled
	case reasonTooMany:
		return errTooMany
	}
	s.app.log.Info("Slack renews the connection; opening the next beside it", "warning", c.reason == reasonWarning)
	return nil
}

// see reads an old connection on until Slack closes it, and closes it itself
// when Slack does not.
func (s *socket) see(c *connection) {
	late := time.NewTimer(linger)
	defer late.Stop()
	select {
	case <-c.gone:
	case <-late.C:
		ctx, cancel := context.WithTimeout(context.Background(), drainAcks)
		defer cancel()
		c.settle(ctx)
		c.hangUp(ctx)
	}
}

// connect opens a connection and returns it once Slack has greeted.
func (s *socket) connect(ctx context.Context) (*connection, error) {
	_, address, err := s.app.api.StartSocketModeContext(ctx)
	if err != nil {
		return nil, err
	}
	c, err := s.app.dial(ctx, address)
	if err != nil {
		return nil, err
	}
	s.keep(c)
	late := time.NewTimer(s.app.hello)
	defer late.Stop()
	select {
	case <-c.greeted:
		return c, nil
	case <-c.leaving: // before it began
		return c, nil
	case <-c.gone:
		err = errNoHello
	case <-late.C:
		err = errNoHello
	case <-ctx.Done():
		err = ctx.Err()
	}
	c.cut()
	return nil, err
}

// keep reads a connection until its end.
func (s *socket) keep(c *connection) {
	s.mu.Lock()
	s.open[c] = true
	s.mu.Unlock()
	s.running.Go(func() { c.ping(s.app.pings) })
	s.running.Go(func() {
		c.read()
		select {
		case <-c.greeted:
			s.app.online.Add(-1)
		default:
		}
		s.mu.Lock()
		delete(s.open, c)
		s.mu.Unlock()
	})
}

// hopeless stops the App for what no waiting mends.
func (s *socket) hopeless(err error) bool {
	var status slack.StatusCodeError
	fatal := appToken.fatalError(err)
	if errors.As(err, &status) && status.Code == http.StatusNotFound {
		fatal = fmt.Errorf("%w: apps.connections.open is not found at %s: check the API address", ErrUnreachable, s.app.cfg.APIURL)
	}
	if fatal == nil {
		return false
	}
	s.app.fail(fatal)
	return true
}

// pauseBefore is how long to wait before the next connection, after as many
// tries that did not last and the error of the latest: twice as long each time,
// as long as Slack asks for at least, longer when there are too many.
func pauseBefore(tries int, err error) time.Duration {
	pause := firstPause
	if errors.Is(err, errTooMany) {
		pause = tooManyPause
	}
	pause = min(pause<<min(tries-1, 10), longPause)
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		pause = max(pause, limited.RetryAfter)
	}
	return pause
}

// rest waits before the next connection, and says why if there was an error.
func (s *socket) rest(ctx context.Context, tries int, err error) {
	pause := pauseBefore(tries, err)
	if err != nil {
		s.app.log.Warn("the next connection to Slack has to wait", "attempt", tries, "wait", pause, "err", withoutAddress(err))
	}
	wait := time.NewTimer(pause)
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-ctx.Done():
	}
}

// hangUp closes all connections in good order, at most until ctx ends, and
// returns when nothing of them is left.
func (s *socket) hangUp(ctx context.Context) {
	s.mu.Lock()
	for c := range s.open {
		s.running.Go(func() { c.hangUp(ctx) })
	}
	s.mu.Unlock()
	s.running.Wait()
}

// withoutAddress is err without the address it may quote: the address of a
// connection holds a ticket that opens it.
func withoutAddress(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
