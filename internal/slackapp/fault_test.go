package slackapp_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

func TestUnhandledEventComesAgain(t *testing.T) {
	b := connected(t, func(c *workspace.Config, _ *slackapp.Config) { c.AckTimeout = 200 * time.Millisecond })
	var n atomic.Int32
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) {
		if n.Add(1) == 1 {
			return chat.Reply{}, errors.New("disk full")
		}
		return chat.Reply{}, nil
	})
	_, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	first, second := b.next(), b.next()
	if first.ID != second.ID || first.ID == "" {
		t.Errorf("ids %q and %q, want the same one", first.ID, second.ID)
	}
	b.until("it is acknowledged", func() bool { return b.ws.Unacknowledged() == 0 })
	b.none()
}

func TestPanicHarmsOneEvent(t *testing.T) {
	b := connected(t, func(c *workspace.Config, _ *slackapp.Config) { c.AckTimeout = 200 * time.Millisecond })
	var n atomic.Int32
	b.answers(func(_ context.Context, e chat.Event) (chat.Reply, error) {
		if e.Kind == chat.Text && n.Add(1) == 1 {
			panic("secret words: " + e.Text)
		}
		if e.Kind == chat.Command {
			_ = e.Values[len(e.Values)]
		}
		return chat.Reply{}, nil
	})
	_, err := b.ws.Say(workspace.Ana, "I feel lost")
	b.must(err)
	b.next()
	if e := b.next(); e.Text != "I feel lost" {
		t.Errorf("event %+v, want it again", e)
	}
	_, err = b.ws.Command(t.Context(), workspace.Ana, "/acme-goals", "")
	b.must(err)
	if m := b.last(); m.Text != slackapp.DefaultLabels().Apology {
		t.Errorf("reply %+v, want the apology", m)
	}
	if log := b.log.String(); strings.Contains(log, "I feel lost") || !strings.Contains(log, "out of range") {
		t.Errorf("log tells a person's words, or not what happened:\n%s", log)
	}
}

// Slack may send an event again while it is still being handled: one run, and
// both envelopes are acknowledged.
func TestRepeatJoinsTheOneBeingHandled(t *testing.T) {
	b := connected(t, func(c *workspace.Config, _ *slackapp.Config) {
		c.AckTimeout = time.Second
		c.Retries = []time.Duration{0, time.Hour, time.Hour}
	})
	release := make(chan struct{})
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) {
		<-release
		return chat.Reply{}, nil
	})
	_, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	b.next()
	b.until("the workspace has sent it again", func() bool { return b.app.Waiting() == 2 })
	close(release)
	b.until("all is acknowledged", func() bool { return b.ws.Unacknowledged() == 0 })
	b.none()
}

func TestRedeliveryPassesThroughWithItsID(t *testing.T) {
	b := connected(t, nil)
	_, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	first := b.next()
	b.until("it is acknowledged", func() bool { return b.ws.Unacknowledged() == 0 })
	if n := b.ws.RedeliverLast(1); n != 1 {
		t.Fatalf("redelivered %d", n)
	}
	if e := b.next(); e.ID != first.ID {
		t.Errorf("id %q, want %q again", e.ID, first.ID)
	}
}

func TestOrderPerPersonSideBySide(t *testing.T) {
	b := connected(t, nil)
	hold := make(chan struct{})
	var mu sync.Mutex
	var heard []string
	b.answers(func(_ context.Context, e chat.Event) (chat.Reply, error) {
		if e.Person == ana && e.Text == "0" {
			<-hold
		}
		mu.Lock()
		heard = append(heard, userOf(e)+" "+e.Text)
		mu.Unlock()
		return chat.Reply{}, nil
	})
	for i := range 20 {
		_, err := b.ws.Say(workspace.Ana, fmt.Sprint(i))
		b.must(err)
	}
	_, err := b.ws.Say(workspace.Sam, "hi")
	b.must(err)
	b.until("Sam is heard while Ana waits", func() bool { mu.Lock(); defer mu.Unlock(); return len(heard) == 1 })
	close(hold)
	b.until("all are heard", func() bool { mu.Lock(); defer mu.Unlock(); return len(heard) == 21 })
	if heard[0] != workspace.Sam+" hi" {
		t.Errorf("first heard: %q", heard[0])
	}
	for i := range 20 {
		if want := fmt.Sprint(workspace.Ana, " ", i); heard[i+1] != want {
			t.Errorf("heard %q as number %d, want %q", heard[i+1], i, want)
		}
	}
}

func userOf(e chat.Event) string {
	return string(e.Person[strings.LastIndex(string(e.Person), "/")+1:])
}

func TestDisconnects(t *testing.T) {
	for _, f := range []workspace.Fault{
		{Kind: "disconnect", Reason: "warning"}, {Kind: "disconnect", Reason: "refresh_requested"}, {Kind: "disconnect", Reason: "too_many_websockets"},
		{Kind: "drop"}, {Kind: "drop", MidFrame: true},
	} {
		t.Run(fmt.Sprint(f.Kind, f.Reason, f.MidFrame), func(t *testing.T) {
			b := connected(t, func(c *workspace.Config, _ *slackapp.Config) { c.AckTimeout = 300 * time.Millisecond })
			b.must(b.ws.Inject(f))
			_, err := b.ws.Say(workspace.Ana, "still there?")
			b.must(err)
			if e := b.next(); e.Text != "still there?" {
				t.Errorf("event %+v", e)
			}
			want := 1
			if f.Reason == "warning" { // the old one works on until Slack closes it
				want = 2
			}
			b.until("it is connected again", func() bool { return b.app.Connected() && b.ws.Sockets() == want })
			if f.Reason == "too_many_websockets" && !strings.Contains(b.log.String(), "too_many_websockets") {
				t.Errorf("the log does not tell the reason:\n%s", b.log)
			}
		})
	}
}

func TestLostAckComesAgainWithTheSameID(t *testing.T) {
	b := connected(t, func(c *workspace.Config, _ *slackapp.Config) { c.AckTimeout = 200 * time.Millisecond })
	b.must(b.ws.Inject(workspace.Fault{Kind: "lose_acks", Count: 1}))
	_, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	if first, second := b.next(), b.next(); first.ID != second.ID {
		t.Errorf("ids %q and %q", first.ID, second.ID)
	}
}

// On SIGTERM what was heard is finished and acknowledged before the connection
// closes.
func TestDrain(t *testing.T) {
	b := connected(t, nil)
	release := make(chan struct{})
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) {
		<-release
		return chat.Reply{}, nil
	})
	const n = 60 // more than the queue of acknowledgements holds
	for range n {
		_, err := b.ws.Say(workspace.Ana, "hi")
		b.must(err)
	}
	b.next()
	b.until("all envelopes are here", func() bool { return b.app.Waiting() == n })
	b.stop()
	close(release)
	select {
	case err := <-b.ended:
		if err != nil {
			t.Errorf("Run: %v", err)
		}
	case <-time.After(patience):
		t.Fatal("Run does not end")
	}
	if left := b.ws.Unacknowledged(); left != 0 {
		t.Errorf("%d events are not acknowledged; log:\n%s", left, b.log)
	}
	if b.app.Connected() {
		t.Error("still connected after Run")
	}
}

func TestFindByMetadata(t *testing.T) {
	b := connected(t, nil)
	channel, err := b.app.Open(t.Context(), ana)
	b.must(err)
	before, err := b.app.Post(t.Context(), channel, "id-0", chat.Say("zero"))
	b.must(err)
	one, err := b.app.Post(t.Context(), channel, "id-1", chat.Say("one"))
	b.must(err)
	b.must(b.app.Update(t.Context(), channel, one, chat.Say("one, updated")))
	got, err := b.app.Find(t.Context(), channel, before, []string{"id-0", "id-1", "id-2"})
	b.must(err)
	if len(got) != 1 || got["id-1"] != one {
		t.Errorf("found %v, want id-1 at %s alone", got, one)
	}
	got, err = b.app.Find(t.Context(), channel, "", []string{"id-0"})
	b.must(err)
	if got["id-0"] != before {
		t.Errorf("found %v, want id-0 at %s", got, before)
	}
}

func TestFindReadsAllPages(t *testing.T) {
	b := connected(t, nil)
	channel, ts := b.post(chat.Say("start"))
	id, err := b.app.Post(t.Context(), channel, "wanted", chat.Say("wanted"))
	b.must(err)
	for i := range 450 {
		_, err := b.ws.Say(workspace.Ana, fmt.Sprint(i))
		b.must(err)
	}
	got, err := b.app.Find(t.Context(), channel, ts, []string{"wanted"})
	b.must(err)
	if got["wanted"] != id {
		t.Errorf("found %v, want %s", got, id)
	}
	if n := len(b.ws.CallsOf("conversations.history")); n != 3 {
		t.Errorf("%d pages, want 3", n)
	}
}

func TestPostErrors(t *testing.T) {
	var se *chat.SendError
	say := chat.Say("hello")
	for _, tt := range []struct {
		name  string
		fault workspace.Fault
		want  chat.SendError
	}{
		{"rate limited", workspace.Fault{Kind: "rate_limit", RetryAfter: 2}, chat.SendError{Name: "ratelimited", RetryAfter: 2 * time.Second}},
		{"server error", workspace.Fault{Kind: "server_error", Status: 503}, chat.SendError{Name: "http_503", Unknown: true}},
		{"answer lost", workspace.Fault{Kind: "lose_answer"}, chat.SendError{Name: "no_answer", Unknown: true}},
		{"archived", workspace.Fault{Kind: "slack_error", Name: "is_archived"}, chat.SendError{Name: "is_archived", Permanent: true}},
		{"too long", workspace.Fault{Kind: "slack_error", Name: "msg_blocks_too_long"}, chat.SendError{Name: "msg_blocks_too_long", Permanent: true}},
		{"the person is gone", workspace.Fault{Kind: "slack_error", Name: "account_inactive"}, chat.SendError{Name: "account_inactive", Permanent: true}},
		{"internal error", workspace.Fault{Kind: "slack_error", Name: "internal_error"}, chat.SendError{Name: "internal_error", Unknown: true}},
		{"a scope is missing", workspace.Fault{Kind: "slack_error", Name: "missing_scope"}, chat.SendError{Name: "missing_scope"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, nil)
			channel, err := b.app.Open(t.Context(), ana)
			b.must(err)
			tt.fault.Method = "chat.postMessage"
			b.must(b.ws.Inject(tt.fault))
			_, err = b.app.Post(t.Context(), channel, "id", say)
			if !errors.As(err, &se) {
				t.Fatalf("error %v, want a SendError", err)
			}
			if got := (chat.SendError{Name: se.Name, RetryAfter: se.RetryAfter, Permanent: se.Permanent, Unknown: se.Unknown}); got != tt.want {
				t.Errorf("error %+v, want %+v", got, tt.want)
			}
			if strings.Contains(err.Error(), "hello") || strings.Contains(err.Error(), "xoxb") {
				t.Errorf("error tells the message or the token: %v", err)
			}
		})
	}

	t.Run("slow answer", func(t *testing.T) {
		b := newBench(t, nil)
		channel, err := b.app.Open(t.Context(), ana)
		b.must(err)
		b.must(b.ws.Inject(workspace.Fault{Kind: "slow", Method: "chat.postMessage", DelayMS: 5000}))
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if _, err := b.app.Post(ctx, channel, "id", say); !chat.Unknown(err) {
			t.Errorf("error %v, want an unknown result", err)
		}
	})
	t.Run("nobody listens", func(t *testing.T) {
		b := newBench(t, func(_ *workspace.Config, c *slackapp.Config) { c.APIURL = "http://127.0.0.1:1/api/" })
		if _, err := b.app.Post(t.Context(), "D1", "id", say); !errors.As(err, &se) || se.Unknown || se.Name != "not_sent" {
			t.Errorf("error %v, want one that says nothing was sent", err)
		}
	})
	t.Run("empty", func(t *testing.T) {
		b := newBench(t, nil)
		if _, err := b.app.Post(t.Context(), "D1", "id", chat.Message{}); !errors.As(err, &se) || !se.Permanent || se.Name != "no_text" {
			t.Errorf("error %v, want no_text", err)
		}
	})
}

func TestRateLimitHoldsEverybody(t *testing.T) {
	b := newBench(t, nil)
	channel, err := b.app.Open(t.Context(), ana)
	b.must(err)
	b.must(b.ws.Inject(workspace.Fault{Kind: "rate_limit", Method: "chat.postMessage", RetryAfter: 1}))
	begin := time.Now()
	if _, err := b.app.Post(t.Context(), channel, "1", chat.Say("one")); err == nil {
		t.Fatal("no error")
	}
	_, err = b.app.Post(t.Context(), channel, "1", chat.Say("one"))
	b.must(err)
	if d := time.Since(begin); d < 950*time.Millisecond {
		t.Errorf("posted again after %v, Slack asked for 1 s", d)
	}
	if n := len(b.ws.CallsOf("chat.postMessage")); n != 2 {
		t.Errorf("%d calls, want 2", n)
	}
}

func TestRevokedTokenEndsRun(t *testing.T) {
	for name, revoke := range map[string]func(*bench) error{
		"told by an event": func(b *bench) error { b.ws.RevokeTokens(); return nil },
		"found while posting": func(b *bench) error {
			if err := b.ws.Inject(workspace.Fault{Kind: "revoke"}); err != nil {
				return err
			}
			var se *chat.SendError
			if _, err := b.app.Post(b.t.Context(), "D1", "", chat.Say("hi")); !errors.As(err, &se) || se.Permanent || se.Unknown {
				return fmt.Errorf("post: %w", err)
			}
			return nil
		},
		"found while reconnecting": func(b *bench) error {
			return errors.Join(b.ws.Inject(workspace.Fault{Kind: "revoke", Token: "app"}), b.ws.Inject(workspace.Fault{Kind: "drop"}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := connected(t, nil)
			b.must(revoke(b))
			select {
			case err := <-b.ended:
				if !errors.Is(err, slackapp.ErrToken) || strings.Contains(err.Error(), "local") {
					t.Errorf("Run: %v, want a token error without the token", err)
				}
			case <-time.After(patience):
				t.Fatalf("Run goes on; log:\n%s", b.log)
			}
		})
	}
}

func TestMissingScopeIsFoundByCheck(t *testing.T) {
	b := newBench(t, func(c *workspace.Config, _ *slackapp.Config) { c.Scopes = []string{"chat:write", "users:read"} })
	err := b.app.Check(t.Context())
	if !errors.Is(err, slackapp.ErrScope) || !strings.Contains(err.Error(), "im:history") || strings.Contains(err.Error(), "chat:write") {
		t.Errorf("Check: %v, want the missing scopes", err)
	}
}

func TestCheck(t *testing.T) {
	b := newBench(t, nil)
	if err := b.app.Check(t.Context()); err != nil {
		t.Errorf("Check: %v", err)
	}
	for name, tt := range map[string]struct {
		fault    workspace.Fault
		variable string
	}{
		"bot": {workspace.Fault{Kind: "revoke"}, slackapp.BotTokenVariable},
		"app": {workspace.Fault{Kind: "revoke", Token: "app"}, slackapp.AppTokenVariable},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, nil)
			b.must(b.ws.Inject(tt.fault))
			before := len(b.ws.Calls())
			err := b.app.Check(t.Context())
			var te *slackapp.TokenError
			if !errors.As(err, &te) || te.Variable != tt.variable || te.Name != "invalid_auth" {
				t.Errorf("Check: %v, want a refusal of %s", err, tt.variable)
			}
			if n := len(b.ws.Calls()) - before; n > 2 {
				t.Errorf("%d calls: it tried again", n)
			}
		})
	}
	t.Run("unreachable", func(t *testing.T) {
		b := newBench(t, func(_ *workspace.Config, c *slackapp.Config) { c.APIURL = "http://127.0.0.1:1/api/" })
		if err := b.app.Check(t.Context()); !errors.Is(err, slackapp.ErrUnreachable) {
			t.Errorf("Check: %v, want unreachable", err)
		}
	})
	t.Run("not Slack", func(t *testing.T) {
		b := newBench(t, func(_ *workspace.Config, c *slackapp.Config) {
			c.HTTPClient = &http.Client{Transport: answering(http.StatusNotFound)}
		})
		if err := b.app.Check(t.Context()); !errors.Is(err, slackapp.ErrUnreachable) {
			t.Errorf("Check: %v, want unreachable", err)
		}
	})
}

// answering is a server that always answers with this status.
type answering int

func (s answering) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: int(s), Status: http.StatusText(int(s)), Body: http.NoBody, Request: r, Header: http.Header{}}, nil
}
