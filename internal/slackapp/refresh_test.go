package slackapp_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

// crowd is people who talk and click all the time, and what became of it.
type crowd struct {
	b       *bench
	stop    chan struct{}
	end     func() // closes stop and waits
	talking sync.WaitGroup
	things  atomic.Int64 // said or clicked so far

	mu    sync.Mutex
	sent  map[string]bool // texts
	heard map[string]int  // how often each text reached the Handler
	ids   map[chat.EventID]bool

	clicks, unanswered, undelivered atomic.Int64
}

// newCrowd lets two people say and click something all the time.
func newCrowd(b *bench) *crowd {
	b.t.Helper()
	c := &crowd{b: b, stop: make(chan struct{}), sent: map[string]bool{}, heard: map[string]int{}, ids: map[chat.EventID]bool{}}
	c.end = sync.OnceFunc(func() { close(c.stop); c.talking.Wait() })
	b.t.Cleanup(c.end)
	b.hears(c.hear)
	for _, p := range []string{workspace.Ana, workspace.Sam} {
		channel, err := b.app.Open(b.t.Context(), chat.PersonID("-/"+workspace.TeamID+"/"+p))
		b.must(err)
		ts, err := b.app.Post(b.t.Context(), channel, "", chat.Message{
			Blocks: []chat.Block{chat.Para(chat.T("More?"))},
			Ask:    &chat.Ask{ID: "q", Choices: []chat.Choice{{Value: "yes", Label: "Yes"}}},
		})
		b.must(err)
		c.repeat(func(i int) { c.say(p, fmt.Sprint(p, " ", i)) })
		for range 3 {
			c.repeat(func(int) { c.click(p, ts) })
		}
	}
	return c
}

// repeat does something every few milliseconds, one after the other: however
// slow the machine is, nothing piles up.
func (c *crowd) repeat(do func(i int)) {
	c.talking.Go(func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for i := 0; ; i++ {
			select {
			case <-tick.C:
				do(i)
				c.things.Add(1)
			case <-c.stop:
				return
			}
		}
	})
}

func (c *crowd) say(person, text string) {
	if c.b.ws.Unacknowledged() > 20 {
		return
	}
	c.mu.Lock()
	c.sent[text] = true
	c.mu.Unlock()
	if _, err := c.b.ws.Say(person, text); err != nil {
		c.b.t.Errorf("say: %v", err)
	}
}

func (c *crowd) click(person, ts string) {
	c.clicks.Add(1)
	switch err := c.b.ws.Click(c.b.t.Context(), workspace.Press{Person: person, TS: ts, ActionID: "choice.1"}); {
	case errors.Is(err, workspace.ErrOperationTimeout):
		c.unanswered.Add(1)
	case errors.Is(err, workspace.ErrDispatchFailed):
		c.undelivered.Add(1)
	case err != nil && c.b.t.Context().Err() == nil:
		c.b.t.Errorf("click: %v", err)
	}
}

func (c *crowd) hear(_ context.Context, e chat.Event) (chat.Reply, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.Kind == chat.Text {
		c.heard[e.Text]++
	} else {
		c.ids[e.ID] = true
	}
	return chat.Reply{}, nil
}

// more waits until as many things more have been said and clicked.
func (c *crowd) more(n int64) {
	c.b.t.Helper()
	from := c.things.Load()
	c.b.until("people go on", func() bool { return c.things.Load() >= from+n })
}

// silence ends the talk and waits until everything is acknowledged.
func (c *crowd) silence() {
	c.b.t.Helper()
	c.end()
	c.b.until("all is acknowledged", func() bool { return c.b.ws.Unacknowledged() == 0 })
	c.b.quiet()
}

// A planned refresh loses no event and no click, delivers none twice, and every
// click has its answer, although Slack takes its time for a new connection.
func TestPlannedRefreshLosesNothing(t *testing.T) {
	b := connected(t, nil)
	c := newCrowd(b)
	for range 3 {
		c.more(40)
		b.must(b.ws.Inject(workspace.Fault{Kind: "slow", Method: "apps.connections.open", DelayMS: 300}))
		greeted := strings.Count(b.log.String(), "connected to Slack")
		b.must(b.ws.Inject(workspace.Fault{Kind: "refresh", Reason: "warning"}))
		b.until("the next connection is greeted beside the old one", func() bool {
			return b.ws.Sockets() == 2 && strings.Count(b.log.String(), "connected to Slack") == greeted+1
		})
		c.more(20) // over both
		b.must(b.ws.Inject(workspace.Fault{Kind: "refresh", Reason: "refresh_requested"}))
		b.until("the old one is closed", func() bool { return b.ws.Sockets() == 1 })
		if !b.app.Connected() {
			t.Error("not connected after the old one was closed")
		}
	}
	c.more(40)
	c.silence()
	for text := range c.sent {
		if n := c.heard[text]; n != 1 {
			t.Errorf("%q was heard %d times", text, n)
		}
	}
	if n := int64(len(c.ids)); n != c.clicks.Load() || c.unanswered.Load()+c.undelivered.Load() > 0 {
		t.Errorf("%d of %d clicks were handled, %d without an answer, %d found no connection", n, c.clicks.Load(), c.unanswered.Load(), c.undelivered.Load())
	}
	if n := len(b.ws.CallsOf("apps.connections.open")); n != 4 {
		t.Errorf("%d connections were opened, want the first and one for each refresh", n)
	}
}

// Without a warning what was under way is lost with the connection: events come
// again, and no click that reached the bot is handled twice.
func TestLostConnectionLosesNoEvent(t *testing.T) {
	b := connected(t, func(w *workspace.Config, _ *slackapp.Config) { w.Retries = []time.Duration{0, 0, 0, 0} })
	c := newCrowd(b)
	for range 3 {
		c.more(30)
		b.must(b.ws.Inject(workspace.Fault{Kind: "drop"}))
		b.until("it is connected again", func() bool { return b.ws.Sockets() == 1 && b.app.Connected() })
	}
	c.more(30)
	c.silence()
	for text := range c.sent {
		if c.heard[text] == 0 {
			t.Errorf("%q was not heard", text)
		}
	}
	if n := int64(len(c.ids)) + c.undelivered.Load() + c.unanswered.Load(); n < c.clicks.Load() {
		t.Errorf("%d of %d clicks were handled or seen to fail", n, c.clicks.Load())
	}
}
