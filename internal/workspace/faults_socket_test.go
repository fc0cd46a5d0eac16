package workspace_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"waymark/internal/workspace"
)

// A planned refresh: the socket works on after the warning, gets nothing new
// after the request, and is closed once what it carries is acknowledged.
func TestPlannedRefresh(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	inject(t, w, workspace.Fault{Kind: "refresh", DelayMS: 50})
	if m := a.next(); m["type"] != "disconnect" || m["reason"] != "warning" {
		t.Fatalf("first comes %v, want a warning", m)
	}
	say(t, w, "meanwhile")
	carried := a.next()
	if m := a.next(); m["type"] != "disconnect" || m["reason"] != "refresh_requested" {
		t.Fatalf("then comes %v, want the request", m)
	}
	b := dial(t, w)
	say(t, w, "afterwards")
	b.ack(b.next(), nil)
	a.ack(carried, nil)
	if err := a.ended(); websocket.CloseStatus(err) != websocket.StatusNormalClosure {
		t.Errorf("the old socket ended with %v, want a normal close", err)
	}
	quiet(t, w)
	if n := w.Unacknowledged(); n != 0 {
		t.Errorf("%d events are not acknowledged", n)
	}
}

// What goes over a half-open socket is lost on the way, in both directions;
// the workspace does not notice.
func TestHalfOpen(t *testing.T) {
	w := start(t, workspace.Config{AckTimeout: 50 * time.Millisecond, Retries: make([]time.Duration, 100), PingEvery: 5 * time.Millisecond})
	a := dial(t, w)
	inject(t, w, workspace.Fault{Kind: "half_open"})
	say(t, w, "hello?")
	b := dial(t, w)
	if e := b.next(); at(e, "payload", "event", "text") != "hello?" {
		t.Errorf("the other socket got %v, want what the silent one did not deliver", e)
	}
	if n := w.Sockets(); n != 2 {
		t.Errorf("%d sockets, want the silent one as well", n)
	}
	a.conn.CloseNow()
}

func TestGarbledEnvelopeComesAgain(t *testing.T) {
	w := start(t, workspace.Config{AckTimeout: 50 * time.Millisecond})
	a := dial(t, w)
	inject(t, w, workspace.Fault{Kind: "garble"})
	if f := w.Faults(); len(f) != 1 || f[0].Kind != "garble" {
		t.Errorf("faults to come: %+v", f)
	}
	say(t, w, "hello")
	_, data, err := a.conn.Read(patience(t))
	if err != nil || strings.HasSuffix(string(data), "}") {
		t.Errorf("read %q, %v, want broken JSON", data, err)
	}
	if e := a.next(); at(e, "payload", "event", "text") != "hello" || e["retry_attempt"] != 1.0 {
		t.Errorf("then came %v, want the event", e)
	}
}

func TestStrangeEvents(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	inject(t, w, workspace.Fault{Kind: "strange"})
	if e := a.next(); at(e, "payload", "event", "type") != "quantum_leap" || eventID(e) == "" {
		t.Errorf("got %v, want an event of an unknown type", e)
	}
	a.conn.SetReadLimit(1 << 20)
	inject(t, w, workspace.Fault{Kind: "strange", Name: "large", Bytes: 100_000})
	if _, data, err := a.conn.Read(patience(t)); err != nil || len(data) < 100_000 {
		t.Errorf("read %d bytes, %v, want a large event", len(data), err)
	}
}

func TestNoPings(t *testing.T) {
	w := start(t, workspace.Config{PingEvery: 5 * time.Millisecond})
	var pings atomic.Int32
	opened := call(t, w, w.AppToken(), "apps.connections.open", nil)
	conn, _, err := websocket.Dial(patience(t), opened["url"].(string), &websocket.DialOptions{
		OnPingReceived: func(context.Context, []byte) bool { pings.Add(1); return true },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	frames := make(chan []byte, 10)
	go func() {
		defer close(frames)
		for {
			_, data, err := conn.Read(context.Background())
			if err != nil {
				return
			}
			frames <- data
		}
	}()
	<-frames // hello
	for end := time.Now().Add(10 * time.Second); pings.Load() == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("no ping came")
		}
	}
	inject(t, w, workspace.Fault{Kind: "no_pings"})
	say(t, w, "one") // what was under way has arrived with this
	<-frames
	before := pings.Load()
	if err := conn.Ping(patience(t)); err != nil {
		t.Errorf("the workspace does not answer a ping: %v", err)
	}
	for range 20 { // much longer than several intervals
		_ = conn.Ping(patience(t))
		time.Sleep(2 * time.Millisecond)
	}
	if n := pings.Load() - before; n > 1 {
		t.Errorf("%d pings came after they were turned off", n)
	}
}
