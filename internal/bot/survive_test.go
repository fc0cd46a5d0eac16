package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"waymark/internal/bot"
	"waymark/internal/kv"
	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

// What the first messages of the bot hold, and a recap in the flow of the second.
var (
	greeting    = questions.Words("first.start")
	askJob      = questions.Words("have.job")
	recapOfHave = "what you have today"
)

// running is a workspace whose clock runs, as one with a process of its own needs.
func running(c *workspace.Config) { c.Start, c.FrozenClock = time.Time{}, false }

func TestRestartGoesOn(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi", "start", "nurse in a hospital")
	open := s.movesOn("have.job")
	s.restart()
	if n := s.count(questions.Words(open)); n != 1 {
		t.Errorf("a restart alone made the bot ask %d times", n)
	}
	s.say("continue")
	s.asks(open)
	s.wantLast(recapOfHave, "nurse in a hospital")
	s.say("skip")
	s.movesOn(open)
}

// A bot that is killed at any question goes on at the same one, and what was
// said while nobody listened is heard.
func TestKilledGoesOn(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, running)
	c := s.spawn(s.ws.APIURL())
	s.hear("hi", greeting)
	s.hear("start", askJob)
	c.kill()
	c = s.spawn(s.ws.APIURL())
	s.hear("nurse in a hospital", "")
	second := s.movesOn("have.job")
	c.kill()
	if _, err := s.ws.Say(workspace.Ana, "skip"); err != nil { // nobody listens
		t.Fatal(err)
	}
	c = s.spawn(s.ws.APIURL())
	s.until("the answer was heard", func() bool { return s.asked() != second })
	third := s.movesOn(second)
	c.kill()
	c = s.spawn(s.ws.APIURL())
	s.hear("continue", questions.Words(third))
	s.wantLast(recapOfHave)
	for _, question := range []string{greeting, askJob, questions.Words(second)} {
		if n := s.count(question); n != 1 {
			t.Errorf("%q was said %d times, want once", question, n)
		}
	}
	c.terminate()
}

// hear says something as Ana and waits for an answer that contains part.
func (s *stage) hear(text, part string) {
	s.t.Helper()
	before := len(s.said())
	if _, err := s.ws.Say(workspace.Ana, text); err != nil {
		s.t.Fatal(err)
	}
	s.until("the bot says "+part, func() bool {
		all := s.said()
		return len(all) > before && strings.Contains(all[len(all)-1], part)
	})
}

// Killed after Slack took a message and before the bot knew: the message is
// found again and not said twice.
func TestKilledAfterPost(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, running)
	tap := newTap(t, s.ws.APIURL(), "chat.postMessage", true)
	c := s.spawn(tap.url())
	if _, err := s.ws.Say(workspace.Ana, "hi"); err != nil {
		t.Fatal(err)
	}
	<-tap.held // Slack has the message, the bot does not know
	if n := s.count(greeting); n != 1 {
		t.Fatalf("the greeting was posted %d times before the kill, want once", n)
	}
	c.kill()
	c = s.spawn(s.ws.APIURL())
	s.until("the bot looks for its message", func() bool { return len(s.ws.CallsOf("conversations.history")) > 0 })
	s.hear("start", askJob)
	if n := s.count(greeting); n != 1 {
		t.Errorf("the greeting was said %d times, want once", n)
	}
	c.terminate()
}

// Killed before Slack took a message: it is not there, so it is sent.
func TestKilledBeforePost(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, running)
	tap := newTap(t, s.ws.APIURL(), "chat.postMessage", false)
	c := s.spawn(tap.url())
	if _, err := s.ws.Say(workspace.Ana, "hi"); err != nil {
		t.Fatal(err)
	}
	<-tap.held
	c.kill()
	if n := s.count(greeting); n != 0 {
		t.Fatalf("the greeting was posted %d times before the kill, want not at all", n)
	}
	c = s.spawn(s.ws.APIURL())
	s.until("the message is sent after all", func() bool { return s.count(greeting) > 0 })
	s.hear("start", askJob)
	if n := s.count(greeting); n != 1 {
		t.Errorf("the greeting was said %d times, want once", n)
	}
	c.terminate()
}

// SIGTERM while Slack is slow: what was heard is answered before the process
// ends, and nothing is left for the next one.
func TestTerminateDrains(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, running)
	c := s.spawn(s.ws.APIURL())
	if err := s.ws.Inject(workspace.Fault{Kind: "slow", Method: "chat.postMessage", DelayMS: 700}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ws.Say(workspace.Ana, "hi"); err != nil {
		t.Fatal(err)
	}
	s.until("the event is acknowledged", func() bool { return s.ws.Unacknowledged() == 0 })
	if took := c.terminate(); took > 10*time.Second {
		t.Errorf("the end took %v, want at most 10 s", took)
	}
	if n := s.count(greeting); n != 1 {
		t.Errorf("after the end the greeting was said %d times, want once", n)
	}
	c = s.spawn(s.ws.APIURL())
	s.hear("start", askJob)
	if n := s.count(greeting); n != 1 {
		t.Errorf("after the next start the greeting was said %d times, want once", n)
	}
	if n := len(s.ws.CallsOf("conversations.history")); n != 0 {
		t.Errorf("the bot looked for messages %d times after a clean end", n)
	}
	c.terminate()
}

// A Slack that never answers does not hold up the end.
func TestStopIsBounded(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, nil)
	tap := newTap(t, s.ws.APIURL(), "chat.postMessage", false)
	cfg := s.config()
	cfg.APIURL = tap.url()
	b, err := bot.Start(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ws.Say(workspace.Ana, "hi"); err != nil {
		t.Fatal(err)
	}
	<-tap.held
	begin := time.Now()
	if err := b.Stop(); err != nil {
		t.Errorf("Stop: %v", err)
	}
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("Stop took %v, want at most 10 s", took)
	}
	s.start() // the data is free, and what was not sent is
	s.until("the message is sent after all", func() bool { return s.count(greeting) == 1 })
	s.stop()
}

func TestRedeliveredEventIsHandledOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi", "start")
	s.wantLast(askJob)
	before := len(s.said())
	if err := s.ws.Inject(workspace.Fault{Kind: "redeliver_last"}); err != nil {
		t.Fatal(err)
	}
	s.settle()
	if after := s.said(); len(after) != before {
		t.Errorf("the same event again made the bot say %q", after[before:])
	}
	s.restart()
	if err := s.ws.Inject(workspace.Fault{Kind: "redeliver_last"}); err != nil {
		t.Fatal(err)
	}
	s.settle()
	if after := s.said(); len(after) != before {
		t.Errorf("the same event after a restart made the bot say %q", after[before:])
	}
}

func TestLostAckOfAnEvent(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(c *workspace.Config) {
		c.AckTimeout, c.Retries = 300*time.Millisecond, []time.Duration{0}
	})
	s.say("hi")
	if err := s.ws.Inject(workspace.Fault{Kind: "lose_acks"}); err != nil {
		t.Fatal(err)
	}
	s.say("start")
	s.until("the event was delivered again and acknowledged", func() bool { return s.ws.Unacknowledged() == 0 })
	s.settle()
	if n := s.count(askJob); n != 1 {
		t.Errorf("the question was asked %d times, want once", n)
	}
}

// Slack does not deliver a command again. The person sees that it failed and
// types it again: it counts once.
func TestLostAckOfACommand(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(c *workspace.Config) { c.AckTimeout = 300 * time.Millisecond })
	s.say("hi")
	if err := s.ws.Inject(workspace.Fault{Kind: "lose_acks"}); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if _, err := s.ws.Command(ctx, workspace.Ana, "/win", "helped a scared patient"); err == nil {
		t.Fatal("the command whose ack was lost looked as if it had worked")
	}
	s.pass(20 * time.Second)
	if _, err := s.ws.Command(ctx, workspace.Ana, "/win", "helped a scared patient"); err != nil {
		t.Fatal(err)
	}
	s.settle()
	s.wantLast("That win is on your list already.")
}

// Asked to wait, the bot waits as long as it was told and then says it once.
func TestRateLimited(t *testing.T) {
	t.Parallel()
	s := newStage(t, running)
	if err := s.ws.Inject(workspace.Fault{Kind: "rate_limit", Method: "chat.postMessage", RetryAfter: 1}); err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	if _, err := s.ws.Say(workspace.Ana, "hi"); err != nil {
		t.Fatal(err)
	}
	s.until("the message is sent after the wait", func() bool { return s.count(greeting) > 0 })
	if took := time.Since(begin); took < time.Second {
		t.Errorf("the message came after %v, before the second that Slack asked for", took)
	}
	s.settle()
	if n := s.count(greeting); n != 1 {
		t.Errorf("the message was said %d times, want once", n)
	}
	if n := len(s.ws.CallsOf("chat.postMessage")); n != 2 {
		t.Errorf("chat.postMessage was called %d times, want one refused and one accepted", n)
	}
}

// Slack took the message, but its answer got lost.
func TestLostAnswer(t *testing.T) {
	t.Parallel()
	s := newStage(t, running)
	if err := s.ws.Inject(workspace.Fault{Kind: "lose_answer", Method: "chat.postMessage"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ws.Say(workspace.Ana, "hi"); err != nil {
		t.Fatal(err)
	}
	s.until("the bot knows that its message is there", s.bot.Idle)
	s.settle()
	if n := s.count(greeting); n != 1 {
		t.Errorf("the message was said %d times, want once", n)
	}
}

// A socket that Slack closes, for whatever reason, is opened again.
func TestDisconnects(t *testing.T) {
	t.Parallel()
	s := newStage(t, running)
	s.hear("hi", greeting)
	for _, f := range []workspace.Fault{
		{Kind: "disconnect", Reason: "refresh_requested"},
		{Kind: "disconnect", Reason: "warning"},
		{Kind: "drop"},
		{Kind: "drop", MidFrame: true},
	} {
		if err := s.ws.Inject(f); err != nil {
			t.Fatal(err)
		}
		s.hear("why?", "I ask")
	}
}

// A clock that jumps back repeats nothing and loses nothing.
func TestClockJumpsBack(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi", "start")
	if err := s.ws.Advance(-7 * 24 * time.Hour); err != nil {
		t.Fatal(err)
	}
	s.settle()
	s.say("nurse in a hospital")
	open := s.movesOn("have.job")
	s.restart()
	s.say("skip")
	s.movesOn(open)
	for _, question := range []string{greeting, askJob, questions.Words(open)} {
		if n := s.count(question); n != 1 {
			t.Errorf("%q was said %d times, want once", question, n)
		}
	}
}

func TestRevokedTokenEndsTheBot(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, running)
	b, err := bot.Start(context.Background(), s.config())
	if err != nil {
		t.Fatal(err)
	}
	s.until("the bot is connected", func() bool { return s.ws.Sockets() == 1 })
	s.ws.RevokeTokens()
	ended := make(chan error, 1)
	go func() { ended <- b.Wait() }()
	select {
	case err := <-ended:
		if !errors.Is(err, slackapp.ErrToken) {
			t.Errorf("Wait: %v, want a token error", err)
		}
	case <-time.After(patience):
		t.Error("the bot goes on without a token")
		_ = b.Stop()
	}
}

// A start that fails leaves nothing behind; a second bot leaves the first alone.
func TestFailedStartLeavesNothing(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, nil)
	bad := s.config()
	bad.BotToken = "xoxb-1234567890-1234567890-wrong"
	if _, err := bot.Start(context.Background(), bad); !errors.Is(err, slackapp.ErrToken) {
		t.Fatalf("Start with a wrong token: %v, want a token error", err)
	}
	s.start()
	if _, err := bot.Start(context.Background(), s.config()); !errors.Is(err, kv.ErrLocked) {
		t.Errorf("Start on data in use: %v, want ErrLocked", err)
	}
	s.say("hi")
	s.wantLast(greeting)
	s.stop()
}

func TestContextEndsTheBot(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, nil)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx, s.config()) }()
	s.until("the bot is connected", func() bool { return s.ws.Sockets() == 1 })
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("Run: %v", err)
		}
	case <-time.After(patience):
		t.Fatal("Run does not return")
	}
}
