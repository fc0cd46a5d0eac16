package slackapp

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"waymark/internal/chat"
)

func TestWorkersAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDispatcher(4)
		var now, most atomic.Int32
		work := func(*job) {
			most.Store(max(most.Load(), now.Add(1)))
			time.Sleep(time.Second)
			now.Add(-1)
		}
		begin := time.Now()
		for i := range 40 {
			d.add(&job{person: chat.PersonID(fmt.Sprint(i))}, work)
		}
		<-d.drain()
		if most.Load() != 4 || time.Since(begin) != 10*time.Second {
			t.Errorf("%d at a time for %v, want 4 for 10 s", most.Load(), time.Since(begin))
		}
	})
}

// Somebody who writes much must not keep the only worker from others.
func TestLinesTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDispatcher(1)
		var mu sync.Mutex
		var order []chat.PersonID
		work := func(j *job) {
			time.Sleep(time.Second)
			mu.Lock()
			order = append(order, j.person)
			mu.Unlock()
		}
		for range 5 {
			d.add(&job{person: "much"}, work)
		}
		synctest.Wait()
		d.add(&job{person: "little"}, work)
		<-d.drain()
		if order[1] != "little" && order[2] != "little" {
			t.Errorf("order %v: the other waited for all", order)
		}
	})
}

func TestDispatcherTurnsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDispatcher(1)
		hold := make(chan struct{})
		work := func(j *job) { <-hold; d.settle(j) }
		for i := range maxQueued {
			if !d.add(&job{id: chat.EventID(fmt.Sprint(i)), person: "p"}, work) {
				t.Fatalf("job %d was turned away", i)
			}
		}
		if d.add(&job{id: "one more", person: "p"}, work) {
			t.Error("one more than fits was taken")
		}
		if !d.add(&job{id: "5", person: "p", receipts: []receipt{{envelope: "again"}}}, work) {
			t.Error("a repeat of something queued was turned away")
		}
		close(hold)
		<-d.drain()
		if d.add(&job{person: "p"}, work) {
			t.Error("something was taken after the end")
		}
		if len(d.lines) != 0 || len(d.live) != 0 || d.queued != 0 {
			t.Errorf("left behind: %d lines, %d ids, %d queued", len(d.lines), len(d.live), d.queued)
		}
	})
}

func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer()
		begin := time.Now()
		for range 6 {
			if err := p.wait(t.Context(), "chat.postMessage", "D1"); err != nil {
				t.Fatal(err)
			}
		}
		if d := time.Since(begin); d != 3*time.Second {
			t.Errorf("six messages took %v, want a burst of three and one a second", d)
		}
		begin = time.Now()
		if err := p.wait(t.Context(), "chat.postMessage", "D2"); err != nil || time.Since(begin) != 0 {
			t.Errorf("another channel waited %v, error %v", time.Since(begin), err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if err := p.wait(ctx, "chat.postMessage", "D1"); err == nil {
			t.Error("a turn that comes too late was waited for")
		}
	})
}

func TestHold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer()
		p.hold("chat.postMessage", 10*time.Second)
		begin := time.Now()
		if err := p.wait(t.Context(), "users.info", ""); err != nil || time.Since(begin) != 0 {
			t.Errorf("another method waited %v, error %v", time.Since(begin), err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := p.wait(ctx, "chat.postMessage", ""); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want the deadline", err)
		}
		p.hold("chat.postMessage", 20*time.Second) // the later one counts
		if err := p.wait(t.Context(), "chat.postMessage", ""); err != nil || time.Since(begin) != 21*time.Second {
			t.Errorf("waited %v, error %v, want 21 s", time.Since(begin), err)
		}
	})
}

func TestLimitersAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer()
		for i := range maxLimiters {
			p.limiter(fmt.Sprint(i)).Allow()
		}
		time.Sleep(time.Minute)
		p.limiter("busy").AllowN(time.Now(), messageBurst)
		p.limiter("new")
		if n := len(p.channels); n > 2 {
			t.Errorf("%d channels are remembered", n)
		}
	})
}

func TestLRU(t *testing.T) {
	c := newLRU[string, int](2)
	c.put("a", 1)
	c.put("b", 2)
	c.get("a")
	c.put("c", 3)
	if _, ok := c.get("b"); ok {
		t.Error("b was used least and is still there")
	}
	c.put("a", 9)
	if v, ok := c.get("a"); !ok || v != 9 {
		t.Errorf("a = %d, %v", v, ok)
	}
}
