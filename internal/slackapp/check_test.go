package slackapp

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

func nobody(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{}, nil }

func TestTokenShapes(t *testing.T) {
	const goodApp, goodBot = "xapp-1-A0123456789-1234567890123-abcdef", "xoxb-1234567890-1234567890-AbCdEf"
	for _, tt := range []struct {
		name, app, bot string
		want           []string // in the error; nil = none
	}{
		{"both right", goodApp, goodBot, nil},
		{"both empty", "", " ", []string{"SLACK_APP_TOKEN is empty", "SLACK_BOT_TOKEN is empty"}},
		{"swapped", goodBot, goodApp, []string{"SLACK_APP_TOKEN is a bot token", "SLACK_BOT_TOKEN is an app-level token", "swapped"}},
		{"a user token", goodApp, "xoxp-1234567890-1234567890", []string{"SLACK_BOT_TOKEN is a user token"}},
		{"a rotating token", goodApp, "xoxe.xoxb-1-Mi0yLTEyMzQ1Njc4OTA", []string{"SLACK_BOT_TOKEN is a rotating token", "turn off token rotation"}},
		{"a refresh token", goodApp, "xoxe-1-Mi0yLTEyMzQ1Njc4OTA", []string{"SLACK_BOT_TOKEN is a rotating token"}},
		{"quotation marks", `"` + goodApp + `"`, goodBot, []string{"SLACK_APP_TOKEN contains quotation marks"}},
		{"a line break at the end", goodApp + "\n", goodBot, []string{"SLACK_APP_TOKEN contains spaces, a line break"}},
		{"a space within", goodApp, "xoxb-12345 67890", []string{"SLACK_BOT_TOKEN contains spaces"}},
		{"cut off", "xapp-", goodBot, []string{"SLACK_APP_TOKEN is cut off"}},
		{"something else", "hunter2hunter2", goodBot, []string{"SLACK_APP_TOKEN does not begin with xapp-"}},
		{"a dash that is none", goodApp, "xoxb–1234567890-123456", []string{"SLACK_BOT_TOKEN contains"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := New(Config{AppToken: tt.app, BotToken: tt.bot, Handler: nobody, Now: time.Now,
				HTTPClient: &http.Client{Transport: refusing{}}})
			if err != nil {
				t.Fatal(err)
			}
			err = a.Check(t.Context())
			if tt.want == nil {
				if errors.Is(err, ErrToken) {
					t.Errorf("Check: %v, want the tokens' shapes accepted", err)
				}
				return
			}
			if !errors.Is(err, ErrToken) {
				t.Fatalf("Check: %v, want a token error", err)
			}
			for _, w := range tt.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("Check: %q lacks %q", err, w)
				}
			}
			for _, token := range []string{tt.app, tt.bot} {
				if token := strings.Trim(token, " \"\n"); len(token) > 5 && strings.Contains(err.Error(), token) {
					t.Errorf("Check: %q tells the token", err)
				}
			}
		})
	}
}

// refusing is a network that is down.
type refusing struct{}

func (refusing) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("network is down")
}

func TestFatalErrors(t *testing.T) {
	for name := range tokenErrors {
		err := appToken.fatalError(slack.SlackErrorResponse{Err: name})
		if !errors.Is(err, ErrToken) || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), AppTokenVariable) {
			t.Errorf("%s: %v, want a token error that names it", name, err)
		}
	}
	for _, err := range []error{nil, errors.New("invalid_auth?"), slack.SlackErrorResponse{Err: "internal_error"}, &slack.RateLimitedError{}} {
		if got := appToken.fatalError(err); got != nil {
			t.Errorf("%v: %v, want no fatal error", err, got)
		}
	}
}

func TestNewChecksItsConfig(t *testing.T) {
	good := Config{Handler: nobody, Now: time.Now}
	for name, change := range map[string]func(*Config){
		"no handler":               func(c *Config) { c.Handler = nil },
		"no clock":                 func(c *Config) { c.Now = nil },
		"an address without slash": func(c *Config) { c.APIURL = "http://127.0.0.1/api" },
		"a prefix Slack refuses":   func(c *Config) { c.CommandPrefix = "Acme " },
	} {
		cfg := good
		change(&cfg)
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := New(good); err != nil {
		t.Errorf("the least there must be: %v", err)
	}
}
