package workspace_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"waymark/internal/workspace"
)

func TestHelloAndEnvelope(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	if at(a.hello, "num_connections") != 1.0 || at(a.hello, "connection_info", "app_id") != workspace.AppID ||
		at(a.hello, "debug_info", "approximate_connection_time") != 18000.0 {
		t.Errorf("hello is %v", a.hello)
	}
	ts := say(t, w, "hello")
	e := a.next()
	for _, c := range []struct {
		path []any
		want any
	}{
		{[]any{"type"}, "events_api"},
		{[]any{"accepts_response_payload"}, false},
		{[]any{"retry_attempt"}, 0.0},
		{[]any{"retry_reason"}, ""},
		{[]any{"payload", "type"}, "event_callback"},
		{[]any{"payload", "team_id"}, workspace.TeamID},
		{[]any{"payload", "api_app_id"}, workspace.AppID},
		{[]any{"payload", "authorizations", 0, "user_id"}, workspace.BotUserID},
		{[]any{"payload", "event", "type"}, "message"},
		{[]any{"payload", "event", "channel_type"}, "im"},
		{[]any{"payload", "event", "text"}, "hello"},
		{[]any{"payload", "event", "ts"}, ts},
		{[]any{"payload", "event", "event_ts"}, ts},
		{[]any{"payload", "event", "user"}, workspace.Ana},
		{[]any{"payload", "event", "blocks", 0, "elements", 0, "elements", 0, "text"}, "hello"},
	} {
		if got := at(e, c.path...); got != c.want {
			t.Errorf("envelope %v is %v, want %v", c.path, got, c.want)
		}
	}
	a.ack(e, object{})
	quiet(t, w)
	if n := w.Unacknowledged(); n != 0 {
		t.Errorf("%d events wait after the ack", n)
	}
}

// An event without an ack comes again: at once, a minute later, five minutes
// later, always with the same event id; then Slack gives up.
func TestRedeliverySchedule(t *testing.T) {
	w := start(t, workspace.Config{FrozenClock: true, AckTimeout: 30 * time.Millisecond})
	a := dial(t, w)
	say(t, w, "hello")
	first := a.next()
	again := a.next() // at once, after the time for the ack was over
	check := func(e object, attempt float64) {
		t.Helper()
		if eventID(e) != eventID(first) || e["envelope_id"] == first["envelope_id"] ||
			e["retry_attempt"] != attempt || e["retry_reason"] != "timeout" {
			t.Errorf("redelivery %v is %v", attempt, e)
		}
	}
	check(again, 1)
	quiet(t, w)
	for i, wait := range []time.Duration{time.Minute, 5 * time.Minute} {
		if err := w.Advance(wait - time.Second); err != nil {
			t.Fatal(err)
		}
		quiet(t, w) // too early: were it sent now, the next one read would be given up for lost
		if n := w.Unacknowledged(); n != 1 {
			t.Fatalf("%d events wait a second before redelivery %d", n, i+2)
		}
		if err := w.Advance(time.Second); err != nil {
			t.Fatal(err)
		}
		check(a.next(), float64(i+2))
		quiet(t, w)
	}
	if n := w.Unacknowledged(); n != 0 {
		t.Errorf("%d events still wait after the last redelivery", n)
	}
}

func TestAckOfRedeliveryEndsIt(t *testing.T) {
	w := start(t, workspace.Config{FrozenClock: true, AckTimeout: 30 * time.Millisecond})
	a := dial(t, w)
	say(t, w, "hello")
	a.next()
	a.ack(a.next(), nil)
	quiet(t, w)
	if n := w.Unacknowledged(); n != 0 {
		t.Errorf("%d events wait after the ack", n)
	}
}

func TestLostAcks(t *testing.T) {
	w := start(t, workspace.Config{FrozenClock: true})
	a := dial(t, w)
	if err := w.Inject(workspace.Fault{Kind: "lose_acks", Count: 1}); err != nil {
		t.Fatal(err)
	}
	say(t, w, "hello")
	first := a.next()
	a.ack(first, nil)
	second := a.next()
	if eventID(second) != eventID(first) || second["retry_attempt"] != 1.0 {
		t.Errorf("after a lost ack came %v, want the event again", second)
	}
	a.ack(second, nil)
	quiet(t, w)

	// A command is not sent again: the person sees that it failed.
	if err := w.Inject(workspace.Fault{Kind: "lose_acks"}); err != nil {
		t.Fatal(err)
	}
	done := later(func(ctx context.Context) error {
		_, err := w.Command(ctx, "ana", "/goals", "")
		return err
	})
	a.ack(a.next(), object{"text": "lost"})
	if err := <-done; !errors.Is(err, workspace.ErrOperationTimeout) {
		t.Errorf("command with a lost ack: %v, want operation_timeout", err)
	}
	messages, _ := w.Messages("ana")
	if last := messages[len(messages)-1]; last.From != "slack" || !strings.Contains(last.Text, "operation_timeout") {
		t.Errorf("Ana sees %+v last, want Slack's notice", last)
	}
}

func TestRedeliverLast(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	for _, text := range []string{"one", "two", "three"} {
		say(t, w, text)
		a.ack(a.next(), nil)
	}
	quiet(t, w)
	if n := w.RedeliverLast(2); n != 2 {
		t.Fatalf("RedeliverLast(2) = %d", n)
	}
	for _, want := range []string{"two", "three"} {
		e := a.next()
		if at(e, "payload", "event", "text") != want || e["retry_attempt"] != 1.0 {
			t.Errorf("got %v, want %q again", e, want)
		}
		a.ack(e, nil)
	}
	quiet(t, w)
}

func TestEventsWaitForASocket(t *testing.T) {
	w := start(t, workspace.Config{})
	say(t, w, "one")
	say(t, w, "two")
	if _, err := w.Command(patience(t), "ana", "/goals", ""); !errors.Is(err, workspace.ErrDispatchFailed) {
		t.Errorf("command without a socket: %v, want dispatch_failed", err)
	}
	post(t, w, "chat.postMessage", object{"channel": workspace.Ana, "text": "x", "blocks": []any{
		object{"type": "actions", "elements": []any{object{"type": "button", "action_id": "b", "text": object{"type": "plain_text", "text": "B"}}}},
	}})
	if err := w.Click(patience(t), workspace.Press{Person: "ana", ActionID: "b"}); !errors.Is(err, workspace.ErrDispatchFailed) {
		t.Errorf("click without a socket: %v, want dispatch_failed", err)
	}
	a := dial(t, w)
	for _, want := range []string{"one", "two", "x"} {
		e := a.next()
		if at(e, "payload", "event", "text") != want || e["retry_attempt"] != 1.0 {
			t.Errorf("got %v, want %q as a redelivery", e, want)
		}
		a.ack(e, nil)
	}
	quiet(t, w)
}

// Each envelope goes to one of the sockets; the ack counts on that one only.
func TestTwoSockets(t *testing.T) {
	w := start(t, workspace.Config{FrozenClock: true, AckTimeout: time.Second})
	a, b := dial(t, w), dial(t, w)
	if b.hello["num_connections"] != 2.0 {
		t.Errorf("second hello is %v", b.hello)
	}
	say(t, w, "one")
	say(t, w, "two")
	fromA, fromB := a.next(), b.next()
	if eventID(fromA) == eventID(fromB) {
		t.Error("one event went to both sockets")
	}
	a.ack(fromB, nil) // on the wrong socket: worth nothing
	a.ack(fromA, nil)
	var again object
	select {
	case again = <-nextOf(a):
	case again = <-nextOf(b):
	}
	if eventID(again) != eventID(fromB) {
		t.Errorf("after an ack on the wrong socket came %v, want %s again", again, eventID(fromB))
	}
}

func nextOf(a *app) <-chan object {
	c := make(chan object, 1)
	go func() {
		_, data, err := a.conn.Read(context.Background())
		if err == nil {
			c <- decode(data)
		}
	}()
	return c
}

func TestElevenSocketsAreTooMany(t *testing.T) {
	w := start(t, workspace.Config{})
	for range 10 {
		dial(t, w)
	}
	opened := call(t, w, w.AppToken(), "apps.connections.open", nil)
	_, res, err := websocket.Dial(patience(t), opened["url"].(string), nil)
	if err == nil || res == nil || res.StatusCode != http.StatusConflict {
		t.Errorf("eleventh socket: %v (%v), want HTTP 409", err, res)
	}
}

func TestTicketOpensOneSocket(t *testing.T) {
	w := start(t, workspace.Config{})
	address := call(t, w, w.AppToken(), "apps.connections.open", nil)["url"].(string)
	conn, _, err := websocket.Dial(patience(t), address, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	if _, res, err := websocket.Dial(patience(t), address, nil); err == nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("a ticket opened two sockets: %v", err)
	}
}

func TestDisconnectReasons(t *testing.T) {
	for _, reason := range []string{"warning", "refresh_requested", "link_disabled", "too_many_websockets"} {
		t.Run(reason, func(t *testing.T) {
			w := start(t, workspace.Config{})
			a := dial(t, w)
			if err := w.Inject(workspace.Fault{Kind: "disconnect", Reason: reason}); err != nil {
				t.Fatal(err)
			}
			if m := a.next(); m["type"] != "disconnect" || m["reason"] != reason {
				t.Errorf("got %v, want disconnect with %s", m, reason)
			}
			say(t, w, "meanwhile")
			if reason == "warning" {
				a.ack(a.next(), nil) // the socket still works
				quiet(t, w)
				return
			}
			if err := a.ended(); websocket.CloseStatus(err) != websocket.StatusNormalClosure {
				t.Errorf("socket ended with %v, want a normal close", err)
			}
			if n := w.Unacknowledged(); n != 1 {
				t.Errorf("%d events wait, want the one said meanwhile", n)
			}
		})
	}
}

// What a broken socket left unanswered comes again on the next, in order.
func TestDropRedelivers(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	say(t, w, "one")
	say(t, w, "two")
	a.next()
	a.next()
	if err := w.Inject(workspace.Fault{Kind: "drop"}); err != nil {
		t.Fatal(err)
	}
	if err := a.ended(); websocket.CloseStatus(err) != -1 {
		t.Errorf("socket ended with %v, want a broken connection", err)
	}
	b := dial(t, w)
	for _, want := range []string{"one", "two"} {
		e := b.next()
		if at(e, "payload", "event", "text") != want || e["retry_attempt"] != 1.0 {
			t.Errorf("got %v, want %q again", e, want)
		}
		b.ack(e, nil)
	}
	quiet(t, w)
}

func TestDropInTheMiddleOfAFrame(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	if err := w.Inject(workspace.Fault{Kind: "drop", MidFrame: true}); err != nil {
		t.Fatal(err)
	}
	say(t, w, "cut")
	if _, data, err := a.conn.Read(patience(t)); err == nil {
		t.Errorf("read %q, want half a frame", data)
	}
	b := dial(t, w)
	if e := b.next(); at(e, "payload", "event", "text") != "cut" {
		t.Errorf("got %v, want the event that was cut", e)
	}
}

// Slack silently drops acks of 20 KB and more.
func TestLargeAckIsDropped(t *testing.T) {
	w := start(t, workspace.Config{AckTimeout: 200 * time.Millisecond})
	a := dial(t, w)
	done := later(func(ctx context.Context) error {
		_, err := w.Command(ctx, "ana", "/goals", "")
		return err
	})
	a.ack(a.next(), object{"text": strings.Repeat("x", 21_000)})
	if err := <-done; !errors.Is(err, workspace.ErrOperationTimeout) {
		t.Errorf("command with a large ack: %v, want operation_timeout", err)
	}
}

func TestConnectionLife(t *testing.T) {
	w := start(t, workspace.Config{ConnectionLife: 50 * time.Millisecond})
	a := dial(t, w)
	for _, want := range []string{"warning", "refresh_requested"} {
		if m := a.next(); m["type"] != "disconnect" || m["reason"] != want {
			t.Errorf("got %v, want disconnect with %s", m, want)
		}
	}
	_ = a.ended()
}

func TestPings(t *testing.T) {
	w := start(t, workspace.Config{PingEvery: 10 * time.Millisecond})
	pinged := make(chan struct{}, 1)
	opened := call(t, w, w.AppToken(), "apps.connections.open", nil)
	conn, _, err := websocket.Dial(patience(t), opened["url"].(string), &websocket.DialOptions{
		OnPingReceived: func(context.Context, []byte) bool {
			select {
			case pinged <- struct{}{}:
			default:
			}
			return true
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	go func() {
		for {
			if _, _, err := conn.Read(context.Background()); err != nil {
				return
			}
		}
	}()
	for range 3 {
		select {
		case <-pinged:
		case <-patience(t).Done():
			t.Fatal("no ping came")
		}
	}
}
