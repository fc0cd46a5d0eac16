package bot_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"waymark/internal/workspace"
)

// refusal is how Slack says no in a way that quotes what it was sent.
type refusal struct {
	name   string
	status int
	body   func(quoted string) any // JSON, or the bytes themselves
}

var refusals = []refusal{
	{"beside the name", 200, func(q string) any {
		return map[string]any{"ok": false, "error": "invalid_blocks", "errors": []string{"no such block: " + q},
			"response_metadata": map[string]any{"messages": []string{"[ERROR] invalid text: " + q}, "warnings": []string{q}}}
	}},
	{"in the name", 200, func(q string) any { return map[string]any{"ok": false, "error": "invalid_blocks: " + q} }},
	{"in a page of an error", 503, func(q string) any { return []byte("<html>" + q + "</html>") }},
	{"in something not JSON", 200, func(q string) any { return []byte(q) }},
	{"in the wrong place", 200, func(q string) any { return map[string]any{"ok": q, "ts": []string{q}} }},
}

// What Slack says no with may quote what it was sent. None of it gets into the
// log, whatever its level, nor into the metrics.
func TestRefusalsQuoteNothing(t *testing.T) {
	t.Parallel()
	g := newGated(t)
	var next atomic.Pointer[refusal]
	g.wire.refuses.Store(func(rw http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/chat.postMessage") {
			return false
		}
		no := next.Swap(nil)
		if no == nil {
			return false
		}
		sent, err := io.ReadAll(r.Body)
		if err != nil {
			return false
		}
		if form, err := url.ParseQuery(string(sent)); err == nil {
			sent = []byte(fmt.Sprint(form))
		}
		body, raw := no.body(marker + "quoted " + string(sent)).([]byte)
		if !raw {
			body, err = json.Marshal(no.body(marker + "quoted " + string(sent)))
		}
		if err != nil {
			t.Errorf("%s: %v", no.name, err)
		}
		rw.WriteHeader(no.status)
		_, _ = rw.Write(body) // the bot has stopped
		return true
	})
	g.say("hi", "start")
	for i, no := range refusals {
		next.Store(&no)
		if _, err := g.ws.Say(workspace.Ana, "caring for "+marker+"people"); err != nil {
			t.Fatal(err)
		}
		g.until("a message was refused "+no.name, func() bool { return strings.Count(g.log.String(), "message not sent") == i+1 })
		g.settle()
	}
	if _, body := g.get("/metrics"); len(found(body)) > 0 || !strings.Contains(body, `waymark_deliveries_total{error="invalid_blocks",outcome="parked"} 2`) {
		t.Errorf("the metrics hold %q, want two refusals by their name alone, in\n%s", found(body), body)
	}
	g.stop()
	if got := found(g.log.String()); len(got) > 0 {
		t.Errorf("the log holds %q", got)
	}
	if strings.Contains(g.log.String(), g.ws.BotToken()) {
		t.Error("the log holds the token")
	}
}
