package bot_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"waymark/internal/bot"
	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

// heard is how many messages that contain part the bot has in a person's DM.
func (s *stage) heard(person, part string) int {
	s.t.Helper()
	all, err := s.ws.Messages(person)
	if err != nil {
		s.t.Fatal(err)
	}
	n := 0
	for _, m := range all {
		if m.From == "bot" && strings.Contains(unescape.Replace(m.Text), part) {
			n++
		}
	}
	return n
}

// crowd adds people to the workspace.
func (s *stage) crowd(n int) (ids []string) {
	s.t.Helper()
	for i := range n {
		p, err := s.ws.AddPerson(workspace.Person{Name: fmt.Sprintf("Person %d", i), Zone: "Europe/Berlin", Locale: "en-GB"})
		if err != nil {
			s.t.Fatal(err)
		}
		ids = append(ids, p.ID)
	}
	return ids
}

// However Slack fails, everybody gets their answer, and gets it once.
func TestStorms(t *testing.T) {
	const people = 6
	for name, f := range map[string]workspace.Fault{
		"everybody is asked to wait":    {Kind: "rate_limit", Method: "chat.postMessage", RetryAfter: 1, Count: 3},
		"posts meet server errors":      {Kind: "server_error", Method: "chat.postMessage", Status: 503, Count: people},
		"posts meet internal errors":    {Kind: "slack_error", Method: "chat.postMessage", Name: "internal_error", Count: people},
		"answers to posts get lost":     {Kind: "lose_answer", Method: "chat.postMessage", Count: people},
		"posts are accepted late":       {Kind: "accept_late", Method: "chat.postMessage", DelayMS: 700, Count: people},
		"posts are answered very late":  {Kind: "slow", Method: "chat.postMessage", DelayMS: 1500, Count: people},
		"nobody can be looked up":       {Kind: "server_error", Method: "users.info", Status: 500, Count: people},
		"no conversation can be opened": {Kind: "server_error", Method: "conversations.open", Status: 502, Count: people},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, running)
			ids := s.crowd(people)
			if err := s.ws.Inject(f); err != nil {
				t.Fatal(err)
			}
			for _, id := range ids {
				if _, err := s.ws.Say(id, "hi"); err != nil {
					t.Fatal(err)
				}
			}
			for _, id := range ids {
				s.until("everybody is answered", func() bool { return s.heard(id, greeting) > 0 })
			}
			s.until("nothing waits to leave", s.bot.Idle)
			s.settle()
			for _, id := range ids {
				if n := s.heard(id, greeting); n != 1 {
					t.Errorf("the greeting was said %d times, want once", n)
				}
			}
			if n := s.ws.Unacknowledged(); n != 0 {
				t.Errorf("%d events are not acknowledged", n)
			}
		})
	}
}

// People talk while Slack renews the connection, three times: every message
// is answered, and answered once.
func TestTalkAcrossRefreshes(t *testing.T) {
	t.Parallel()
	s := newStage(t, running)
	const rounds = 20
	ids := s.crowd(4)
	var talking sync.WaitGroup
	for _, id := range ids {
		talking.Go(func() {
			for i := range 1 + rounds {
				text := "why?" // explains what the bot has just said
				if i == 0 {
					text = "hi"
				}
				if _, err := s.ws.Say(id, text); err != nil {
					t.Error(err)
					return
				}
				for end := time.Now().Add(patience); s.heard(id, "") == i; time.Sleep(2 * time.Millisecond) {
					if time.Now().After(end) {
						t.Errorf("message %d was not answered", i)
						return
					}
				}
			}
		})
	}
	for range 3 {
		for i, reason := range []string{"warning", "refresh_requested"} {
			if err := s.ws.Inject(workspace.Fault{Kind: "refresh", Reason: reason}); err != nil {
				t.Fatal(err)
			}
			s.until("the next connection has joined, and taken over", func() bool { return s.ws.Sockets() == 2-i })
		}
	}
	talking.Wait()
	s.until("nothing waits to leave", s.bot.Idle)
	s.settle()
	for _, id := range ids {
		if n := s.heard(id, ""); n != 1+rounds {
			t.Errorf("%d messages were answered with %d", 1+rounds, n)
		}
	}
}

// Every redelivery of an answer is the same answer: it is taken once, whenever
// it comes.
func TestEveryRedeliveryIsOneAnswer(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi", "start")
	for _, wait := range []time.Duration{0, time.Minute, 5 * time.Minute} {
		if wait > 0 {
			s.pass(wait)
		}
		if n := s.ws.RedeliverLast(10); n < 4 { // both texts and both of the bot's own messages
			t.Fatalf("%d events came again", n)
		}
		s.settle()
		if g, q := s.count(greeting), s.count(askJob); g != 1 || q != 1 {
			t.Errorf("%v later the greeting was there %d times and the question %d times, want once each", wait, g, q)
		}
	}
	if n := s.ws.Unacknowledged(); n != 0 {
		t.Errorf("%d events are not acknowledged", n)
	}
}

// Whoever switches Socket Mode off ends the bot, which says so.
func TestSocketModeSwitchedOffEndsTheBot(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, running)
	b, err := bot.Start(context.Background(), s.config())
	if err != nil {
		t.Fatal(err)
	}
	s.until("the bot is connected", func() bool { return s.ws.Sockets() == 1 })
	if err := s.ws.Inject(workspace.Fault{Kind: "disconnect", Reason: "link_disabled"}); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- b.Wait() }()
	select {
	case err := <-ended:
		if !errors.Is(err, slackapp.ErrDisabled) {
			t.Errorf("Wait: %v, want that Socket Mode is off", err)
		}
	case <-time.After(patience):
		t.Error("the bot goes on without Socket Mode")
		_ = b.Stop()
	}
}
