package bot_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"waymark/internal/bot"
)

// get reads what the bot serves for an operator.
func (s *stage) get(path string) (status int, body string) {
	s.t.Helper()
	resp, err := http.Get("http://" + s.bot.OpsAddress() + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, string(raw)
}

func newWatchedStage(t *testing.T) *stage {
	t.Helper()
	s := newWorkspace(t, nil)
	s.listen = "127.0.0.1:0"
	s.start()
	t.Cleanup(func() {
		if s.bot != nil {
			s.stop()
		}
	})
	return s
}

func TestOperatorSeesHealthAndNumbers(t *testing.T) {
	s := newWatchedStage(t)
	if status, body := s.get("/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("/healthz: %d %q", status, body)
	}
	if status, body := s.get("/readyz"); status != http.StatusOK {
		t.Errorf("/readyz of a bot at work: %d %s", status, body)
	}
	secret := "marzipan in the warehouse"
	s.say("hello", secret)
	status, body := s.get("/metrics")
	if status != http.StatusOK {
		t.Fatalf("/metrics: %d", status)
	}
	for _, line := range []string{
		`waymark_events_total{kind="text",outcome="ok"} 2`,
		`waymark_slack_calls_total{method="chat.postMessage",status="200"}`,
		`waymark_deliveries_total{error="",outcome="sent"}`,
		`waymark_connected 1`,
		`waymark_outbox_people 0`,
		`waymark_ticks_total{outcome="ok"}`,
		`waymark_event_seconds_bucket{kind="text"`,
	} {
		if !strings.Contains(body, line) {
			t.Errorf("/metrics lacks %s", line)
		}
	}
	for _, p := range s.ws.People() {
		if strings.Contains(body, p.ID) || strings.Contains(body, p.Name) {
			t.Errorf("/metrics names a person")
		}
	}
	if strings.Contains(body, "marzipan") {
		t.Error("/metrics shows what a person wrote")
	}
}

func TestNotReadyWithoutSlack(t *testing.T) {
	s := newWatchedStage(t)
	if err := s.ws.Close(); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(patience)
	var found struct {
		Ready  bool
		Checks []struct {
			Name, Error string
			OK          bool
		}
	}
	for {
		status, body := s.get("/readyz")
		if err := json.Unmarshal([]byte(body), &found); err != nil {
			t.Fatal(err)
		}
		if status == http.StatusServiceUnavailable {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("/readyz without Slack: %d %s", status, body)
		}
	}
	for _, c := range found.Checks {
		if c.OK == (c.Name == "slack") {
			t.Errorf("check %s: ok is %t (%s)", c.Name, c.OK, c.Error)
		}
	}
	if status, _ := s.get("/healthz"); status != http.StatusOK {
		t.Errorf("/healthz without Slack: %d; a restart would not help", status)
	}
}

func TestAddressInUseIsToldBeforeTheStart(t *testing.T) {
	s := newWorkspace(t, nil)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s.listen = l.Addr().String()
	_, err = bot.Start(context.Background(), s.config())
	if err == nil || !strings.Contains(err.Error(), "listen for health and metrics on "+s.listen) {
		t.Errorf("Start with an address in use: %v", err)
	}
}
