package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/internal/bot"
	"waymark/internal/control"
	"waymark/internal/workspace"
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

// Messages that do not leave turn the health red, and green again once they do.
func TestNotReadyWhileMessagesDoNotLeave(t *testing.T) {
	s := newWatchedStage(t)
	if err := s.ws.Inject(workspace.Fault{Kind: "slack_error", Method: "chat.postMessage", Name: "service_unavailable", Count: 1000}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ws.Say(workspace.Ana, "hi"); err != nil {
		t.Fatal(err)
	}
	s.until("a message waits", func() bool { return !s.bot.Idle() && len(s.ws.CallsOf("chat.postMessage")) > 0 })
	if status, body := s.get("/readyz"); status != http.StatusOK {
		t.Errorf("/readyz after the first try: %d %s", status, body)
	}
	if err := s.ws.Advance(6 * time.Minute); err != nil {
		t.Fatal(err)
	}
	outbox := `"name":"outbox","ok":false,"error":"messages wait and nothing left for 6m`
	s.until("the health is red", func() bool {
		status, body := s.get("/readyz")
		return status == http.StatusServiceUnavailable && strings.Contains(body, outbox)
	})
	if _, body := s.get("/metrics"); !regexp.MustCompile(`waymark_outbox_stuck_seconds 36\d`).MatchString(body) {
		t.Error("/metrics does not say for how long nothing has left")
	}
	if err := s.ws.Inject(workspace.Fault{Kind: "clear"}); err != nil {
		t.Fatal(err)
	}
	s.until("the health is green again", func() bool {
		_ = s.ws.Advance(time.Minute) // the next try is by the clock
		status, _ := s.get("/readyz")
		return status == http.StatusOK
	})
	s.settle()
	if n := s.count("Shall we start?"); n != 1 {
		t.Errorf("the welcome was said %d times", n)
	}
}

// A bot without an address says by command how it is.
func TestHealthByCommand(t *testing.T) {
	s := newWorkspace(t, nil)
	if _, err := bot.Health(t.Context(), s.config()); !errors.Is(err, control.ErrNobody) {
		t.Errorf("Health without a bot: %v", err)
	}
	s.start()
	t.Cleanup(s.stop)
	answer, err := bot.Health(t.Context(), s.config())
	if want := "ok       slack\nok       store\nok       scheduler\nok       outbox\n"; err != nil || answer != want {
		t.Errorf("Health = %q, %v, want %q", answer, err, want)
	}
	if err := s.ws.Close(); err != nil {
		t.Fatal(err)
	}
	s.until("it says that there is no Slack", func() bool {
		_, err := bot.Health(t.Context(), s.config())
		return err != nil && strings.Contains(err.Error(), "PROBLEM  slack: no connection") && strings.Contains(err.Error(), "ok       store")
	})
	if strings.Contains(s.log.String(), "command of the operator") {
		t.Error("each question about the health is logged")
	}
}

// The README lists every metric that there is, and none that is not.
func TestMetricsAreDocumented(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`waymark_[a-z_]+[a-z]`)
	documented := map[string]bool{}
	for _, line := range strings.Split(string(raw), "\n") {
		if strings.HasPrefix(line, "| `waymark_") {
			for _, n := range name.FindAllString(line, -1) {
				documented[n] = true
			}
		}
	}
	s := newWatchedStage(t)
	s.say("hello", "start")
	_, body := s.get("/metrics")
	served := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^# TYPE (waymark_\S+)`).FindAllStringSubmatch(body, -1) {
		served[m[1]] = true
	}
	if !maps.Equal(documented, served) || len(served) < 10 {
		t.Errorf("documented are %v, served %v", slices.Sorted(maps.Keys(documented)), slices.Sorted(maps.Keys(served)))
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
