package slackapp_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

// problems are the findings that are not well, one a line; command names, which
// nobody can look at, are left out. One that does not say what to do is called so.
func problems(found []slackapp.Finding) string {
	var b strings.Builder
	for _, f := range found {
		if f.Problem != "" && (f.Fix == "" || strings.Contains(f.Problem, f.Fix)) {
			b.WriteString("NO FIX OF ITS OWN: ")
		}
		if f.Problem != "" && f.Check != "command names" {
			b.WriteString(f.Check + ": " + f.Problem + " / " + f.Fix + "\n")
		}
	}
	return b.String()
}

// allScopes lets the workspace's app do all that the manifest asks for.
func allScopes(w *workspace.Config) {
	w.Scopes = append(slices.Clone(workspace.DefaultScopes), "metadata.message:read", "usergroups:read")
}

func TestExamineFindsNothingWrong(t *testing.T) {
	b := newBench(t, func(w *workspace.Config, _ *slackapp.Config) { allScopes(w) })
	found := b.app.Examine(t.Context())
	if p := problems(found); p != "" {
		t.Errorf("Examine of a good workspace:\n%s", p)
	}
	if len(found) != 9 {
		t.Errorf("%d findings: %v", len(found), found)
	}
	calls := b.ws.Calls()
	validated := 0
	for _, c := range calls {
		if c.Method == "blocks.validate" {
			validated++
		}
		if strings.HasPrefix(c.Method, "chat.") || strings.HasPrefix(c.Method, "views.") {
			t.Errorf("Examine called %s: it must send nothing", c.Method)
		}
	}
	if validated < 9 {
		t.Errorf("%d shapes validated", validated)
	}
}

// refuses answers one method in Slack's stead.
type refuses struct{ method, answer string }

func (r refuses) RoundTrip(req *http.Request) (*http.Response, error) {
	if strings.HasSuffix(req.URL.Path, "/"+r.method) {
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(r.answer)), Request: req}, nil
	}
	return http.DefaultTransport.RoundTrip(req)
}

func TestExamineNamesWhatIsWrong(t *testing.T) {
	through := func(method, answer string) func(*workspace.Config, *slackapp.Config) {
		return func(w *workspace.Config, c *slackapp.Config) {
			allScopes(w)
			c.HTTPClient = &http.Client{Transport: refuses{method, answer}}
		}
	}
	for _, tt := range []struct {
		name   string
		change func(*workspace.Config, *slackapp.Config)
		want   string
	}{
		{"a revoked token", through("auth.test", `{"ok":false,"error":"token_revoked"}`), "bot token at Slack: SLACK_BOT_TOKEN was revoked (Slack says token_revoked) / in the app's settings"},
		{"a missing scope", func(w *workspace.Config, _ *slackapp.Config) { w.Scopes = []string{"chat:write", "users:read"} },
			"scopes: slack scopes are missing: SLACK_BOT_TOKEN lacks app_mentions:read, commands, im:history, im:write / update the app's manifest"},
		{"Socket Mode is off", through("apps.connections.open", `{"ok":false,"error":"socket_mode_disabled"}`), "app token and Socket Mode: apps.connections.open: Slack says socket_mode_disabled / see that Socket Mode is on"},
		{"an answer that is not Slack's", through("auth.test", `<html>`), "bot token at Slack: slack cannot be reached: auth.test at "},
		{"a clock that is wrong", func(w *workspace.Config, c *slackapp.Config) {
			allScopes(w)
			c.Now = func() time.Time { return time.Now().Add(-time.Hour) }
		}, "clock: this machine's clock is off Slack's by -"},
		{"a shape Slack refuses", through("blocks.validate", `{"ok":false,"error":"invalid_blocks","errors":[{"pointer":"/blocks/0","code":"x","message":"must not be empty"}]}`), "messages and forms that Slack takes: message: refused at /blocks/0: must not be empty"},
		{"a Slack that cannot validate", through("blocks.validate", `{"ok":false,"error":"unknown_method"}`), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, tt.change)
			got := problems(b.app.Examine(t.Context()))
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q in it", got, tt.want)
			}
			if strings.Contains(got, "NO FIX") {
				t.Errorf("not every finding says what to do:\n%s", got)
			}
			if tt.want != "" && strings.Count(got, "\n") != 1 && tt.name != "a missing scope" {
				t.Errorf("more than one problem:\n%s", got)
			}
			for _, token := range []string{b.ws.AppToken(), b.ws.BotToken()} {
				if strings.Contains(got, token) {
					t.Error("a finding tells a token")
				}
			}
		})
	}
}
