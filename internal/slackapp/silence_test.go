package slackapp_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"

	"waymark/internal/chat"
	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

// opens is how often a connection was asked for.
func (b *bench) opens() int { return len(b.ws.CallsOf("apps.connections.open")) }

// ends waits for Run to end and returns its error.
func (b *bench) ends() error {
	b.t.Helper()
	select {
	case err := <-b.ended:
		return err
	case <-time.After(patience):
		b.t.Fatalf("Run goes on; log:\n%s", b.log)
		return nil
	}
}

// Only the app's settings can switch Socket Mode on again.
func TestLinkDisabledEndsRun(t *testing.T) {
	for name, before := range map[string][]string{
		"at once":         nil,
		"after a warning": {"warning"},
	} {
		t.Run(name, func(t *testing.T) {
			b := connected(t, nil)
			for i, reason := range append(before, "link_disabled") {
				b.must(b.ws.Inject(workspace.Fault{Kind: "refresh", Reason: reason}))
				if i < len(before) {
					b.until("the next connection is there", func() bool { return b.ws.Sockets() == 2 })
				}
			}
			err := b.ends()
			if !errors.Is(err, slackapp.ErrDisabled) || !strings.Contains(err.Error(), "link_disabled") || !strings.Contains(err.Error(), "settings") {
				t.Errorf("Run: %v, want that Socket Mode is off and what to do", err)
			}
			if n := b.opens(); n != 1+len(before) {
				t.Errorf("%d connections were opened, want none after the end", n)
			}
		})
	}
}

// Ten connections are open already, elsewhere: the bot says so, waits, and
// connects when there is room.
func TestNoRoomForAConnection(t *testing.T) {
	b := newBench(t, nil)
	api := slack.New(b.ws.BotToken(), slack.OptionAppLevelToken(b.ws.AppToken()), slack.OptionAPIURL(b.ws.APIURL()), slack.OptionHTTPClient(&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}))
	var others []*websocket.Conn
	for range 10 {
		_, address, err := api.StartSocketModeContext(t.Context())
		b.must(err)
		conn, _, err := websocket.DefaultDialer.DialContext(t.Context(), address, nil)
		b.must(err)
		defer conn.Close()
		others = append(others, conn)
	}
	b.run()
	b.until("the bot says what is the matter", func() bool { return strings.Contains(b.log.String(), "too_many_websockets") })
	if b.app.Connected() {
		t.Error("connected as the eleventh")
	}
	b.must(others[0].Close())
	b.until("the bot is connected", b.app.Connected)
}

// A connection that died without a word is noticed by its silence. What was
// sent into it comes again over the next.
func TestHalfOpenConnection(t *testing.T) {
	b := newBench(t, func(w *workspace.Config, _ *slackapp.Config) {
		w.AckTimeout, w.Retries = 100*time.Millisecond, make([]time.Duration, 1000)
	})
	b.app.Watch(50*time.Millisecond, 500*time.Millisecond)
	b.run()
	b.until("the app is connected", b.app.Connected)
	b.must(b.ws.Inject(workspace.Fault{Kind: "half_open"}))
	_, err := b.ws.Say(workspace.Ana, "still there?")
	b.must(err)
	if e := b.next(); e.Text != "still there?" {
		t.Errorf("event %+v", e)
	}
	b.until("all is acknowledged over one connection", func() bool { return b.ws.Unacknowledged() == 0 && b.ws.Sockets() == 1 })
	if log := b.log.String(); !strings.Contains(log, "fell silent") {
		t.Errorf("the log says nothing of it:\n%s", log)
	}
	b.none()
}

// Slack's pings are not needed: it answers those of the bot.
func TestWithoutPingsFromSlack(t *testing.T) {
	b := newBench(t, nil)
	const silent = time.Second
	b.app.Watch(50*time.Millisecond, silent)
	b.run()
	b.until("the app is connected", b.app.Connected)
	b.must(b.ws.Inject(workspace.Fault{Kind: "no_pings"}))
	over := time.After(2 * silent) // nothing but pings and their answers
	<-over
	_, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	b.next()
	if n := b.opens(); n != 1 {
		t.Errorf("%d connections were opened, want one that lives; log:\n%s", n, b.log)
	}
}

// What people say while nobody is connected is heard afterwards, in order.
func TestSaidWhileNotConnected(t *testing.T) {
	b := newBench(t, nil)
	for i := range 5 {
		_, err := b.ws.Say(workspace.Ana, fmt.Sprint(i))
		b.must(err)
	}
	b.run()
	for i := range 5 {
		if e := b.next(); e.Text != fmt.Sprint(i) {
			t.Errorf("heard %q, want %d", e.Text, i)
		}
	}
	b.until("all is acknowledged", func() bool { return b.ws.Unacknowledged() == 0 })
	b.none()
}

// An acknowledgement counts on the connection that brought the envelope. When
// that has gone, it is not made on another, and the event comes again.
func TestAcknowledgementStaysWithItsConnection(t *testing.T) {
	b := connected(t, func(w *workspace.Config, _ *slackapp.Config) {
		w.AckTimeout, w.Retries = time.Minute, []time.Duration{time.Hour}
	})
	release := make(chan struct{})
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) {
		<-release
		return chat.Reply{}, nil
	})
	_, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	first := b.next()
	b.must(b.ws.Inject(workspace.Fault{Kind: "drop"}))
	b.until("the next connection is there", func() bool { return b.opens() == 2 && b.app.Connected() && b.ws.Sockets() == 1 })
	close(release)
	b.until("the bot knows that it was not acknowledged", func() bool { return strings.Contains(b.log.String(), "not acknowledged") })
	if n := b.ws.Unacknowledged(); n != 1 {
		t.Errorf("%d events wait, want the one whose connection was lost", n)
	}
	if n := b.ws.Redeliver(); n != 1 {
		t.Fatalf("%d events come again, want 1", n)
	}
	if e := b.next(); e.ID != first.ID {
		t.Errorf("event %q, want %q again", e.ID, first.ID)
	}
	b.until("it is acknowledged", func() bool { return b.ws.Unacknowledged() == 0 })
	b.none()
}

// Slack tries at once, after a minute and after five, always with the same id.
func TestEveryRedelivery(t *testing.T) {
	b := connected(t, func(w *workspace.Config, _ *slackapp.Config) { w.FrozenClock = true })
	b.must(b.ws.Inject(workspace.Fault{Kind: "lose_acks", Count: 3}))
	_, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	first, second := b.next(), b.next()
	ids := []chat.EventID{second.ID}
	for _, wait := range []time.Duration{time.Minute, 5 * time.Minute} {
		b.quiet()
		b.must(b.ws.Advance(wait))
		ids = append(ids, b.next().ID)
	}
	for _, id := range ids {
		if id != first.ID {
			t.Errorf("ids %q after %q, want the same", ids, first.ID)
		}
	}
	b.until("the last is acknowledged", func() bool { return b.ws.Unacknowledged() == 0 })
	b.none()
}

// Whatever arrives, the connection stays, nothing reaches the Handler that it
// cannot use, and what follows is heard.
func TestStrangeEnvelopes(t *testing.T) {
	for name, f := range map[string]workspace.Fault{
		"events of unknown types":       {Kind: "strange", Count: 20},
		"an event above what is read":   {Kind: "strange", Bytes: 5 << 20},
		"a large event of a known type": {Kind: "strange", Name: "message", Bytes: 2 << 20},
	} {
		t.Run(name, func(t *testing.T) {
			b := connected(t, nil)
			b.must(b.ws.Inject(f))
			_, err := b.ws.Say(workspace.Ana, "hi")
			b.must(err)
			if e := b.next(); e.Text != "hi" {
				t.Errorf("event %+v, want what follows", e)
			}
			b.until("all is acknowledged", func() bool { return b.ws.Unacknowledged() == 0 })
			b.none()
			if n := b.opens(); n != 1 {
				t.Errorf("%d connections were opened, want one that stays", n)
			}
		})
	}
}

// What got damaged on the way cannot be acknowledged, and comes again whole.
func TestDamagedEnvelopeComesAgain(t *testing.T) {
	b := connected(t, func(w *workspace.Config, _ *slackapp.Config) { w.AckTimeout = 200 * time.Millisecond })
	b.must(b.ws.Inject(workspace.Fault{Kind: "garble"}))
	_, err := b.ws.Say(workspace.Ana, "in my own words")
	b.must(err)
	if e := b.next(); e.Text != "in my own words" {
		t.Errorf("event %+v", e)
	}
	b.until("it is acknowledged", func() bool { return b.ws.Unacknowledged() == 0 })
	b.none()
	if log := b.log.String(); !strings.Contains(log, "not readable") || strings.Contains(log, "own words") {
		t.Errorf("the log says nothing of it, or too much:\n%s", log)
	}
	if n := b.opens(); n != 1 {
		t.Errorf("%d connections were opened, want one that stays", n)
	}
}

// Everybody's status changes all the time, and Slack tells every app of it.
func TestFloodOfProfileChanges(t *testing.T) {
	b := connected(t, nil)
	_, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	b.next()
	begin := time.Now()
	for i := range 1000 {
		person := []string{workspace.Ana, workspace.Sam}[i%2]
		b.must(b.ws.ChangePerson(person, func(p *workspace.Person) { p.Title = fmt.Sprint("Status ", i) }))
	}
	_, err = b.ws.Say(workspace.Ana, "still there?")
	b.must(err)
	if e := b.next(); e.Text != "still there?" {
		t.Errorf("event %+v, want what Ana said", e)
	}
	t.Logf("heard after %v", time.Since(begin))
	b.until("all is acknowledged", func() bool { return b.ws.Unacknowledged() == 0 })
	b.none()
	if n := len(b.ws.CallsOf("users.info")); n != 1 {
		t.Errorf("%d look-ups, want the first alone", n)
	}
}

// Slack that cannot give out an address is asked again, no sooner than it says.
func TestConnectionIsAskedForAgain(t *testing.T) {
	for name, tt := range map[string]struct {
		fault workspace.Fault
		wait  time.Duration
		calls int
	}{
		"asked to wait":   {workspace.Fault{Kind: "rate_limit", RetryAfter: 1}, time.Second, 2},
		"server errors":   {workspace.Fault{Kind: "server_error", Count: 2}, 0, 3},
		"an internal one": {workspace.Fault{Kind: "slack_error", Name: "internal_error"}, 0, 2},
		"an answer lost":  {workspace.Fault{Kind: "lose_answer"}, 0, 2},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, nil)
			tt.fault.Method = "apps.connections.open"
			b.must(b.ws.Inject(tt.fault))
			begin := time.Now()
			b.run()
			b.until("it is connected", b.app.Connected)
			if d := time.Since(begin); d < tt.wait {
				t.Errorf("asked again after %v, want %v", d, tt.wait)
			}
			if n := b.opens(); n != tt.calls {
				t.Errorf("%d calls, want %d", n, tt.calls)
			}
		})
	}
}
