package ops

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"waymark/internal/chat"
)

// A check that hangs has failed, within the time that a probe has, and keeps no
// other from being told.
func TestLookDoesNotHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		never := make(chan struct{})
		start := time.Now()
		found, ok := Look(t.Context(), []Check{
			{"well", func(context.Context) error { return nil }},
			{"hangs", func(context.Context) error { <-never; return nil }},
			{"ill", func(context.Context) error { return errors.New("no disk") }},
		})
		if took := time.Since(start); took != checkTime {
			t.Errorf("it took %s, want %s", took, checkTime)
		}
		if ok || len(found) != 3 || !found[0].OK || found[1].OK || !strings.Contains(found[1].Error, "did not answer") || found[2].Error != "no disk" {
			t.Errorf("found %+v, %v", found, ok)
		}
		close(never)
	})
}

// Nothing that tells one person from another becomes a label: neither the address
// of an upload nor an event's kind that nobody knows.
func TestLabelsHoldNoIDs(t *testing.T) {
	m := NewMetrics(func() time.Time { return time.Time{} })
	answers := roundTrip(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Body: http.NoBody}, nil
	})
	for _, url := range []string{
		"https://slack.com/api/chat.postMessage",
		"https://files.slack.com/upload/v1/U0SECRET0001",
		"https://slack.com/api/U0SECRET0001." + strings.Repeat("x", 80),
	} {
		req, err := http.NewRequest(http.MethodPost, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Transport(answers).RoundTrip(req); err != nil {
			t.Fatal(err)
		}
	}
	handle := m.Handler(func(context.Context, chat.Event) (chat.Reply, error) { panic("boom") })
	func() {
		defer func() { _ = recover() }() // the panic goes on to whoever keeps it
		_, _ = handle(t.Context(), chat.Event{Kind: -1, Person: "T/U0SECRET0001"})
	}()
	served := httptest.NewServer(Handler(m, nil))
	defer served.Close()
	resp, err := http.Get(served.URL + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`waymark_slack_calls_total{method="chat.postMessage",status="200"} 1`,
		`waymark_slack_calls_total{method="upload",status="200"} 2`,
		`waymark_events_total{kind="other",outcome="panic"} 1`,
	} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	if strings.Contains(string(raw), "SECRET") {
		t.Error("/metrics shows an id")
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
