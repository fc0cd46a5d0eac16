package workspace_test

import (
	"context"
	"io"
	"log"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"waymark/internal/workspace"
)

// start opens a workspace that ends with the test.
func start(t *testing.T, cfg workspace.Config) *workspace.Workspace {
	t.Helper()
	w, err := workspace.Start(t.Context(), cfg)
	if err != nil {
		t.Fatalf("Start: %v", err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return w
}

// patience bounds every wait for a socket or a goroutine.
func patience(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func quiet(t *testing.T, w *workspace.Workspace) {
	t.Helper()
	if err := w.Quiet(patience(t), 30*time.Millisecond); err != nil {
		t.Fatalf("Quiet: %v", err)
	}
}

// bot is a small app built on the real slack-go client.
type bot struct {
	t      *testing.T
	w      *workspace.Workspace
	api    *slack.Client
	socket *socketmode.Client

	// handle is called for every envelope, one at a time; what it returns is
	// the ack's payload. ackNot leaves the envelope without an ack.
	handle func(e socketmode.Event) any

	mu    sync.Mutex
	seen  []socketmode.Event
	ended chan error
}

// ackNot is what bot.handle returns to leave an envelope unanswered.
type ackNot struct{}

func client(w *workspace.Workspace) *slack.Client {
	return slack.New(w.BotToken(), slack.OptionAppLevelToken(w.AppToken()), slack.OptionAPIURL(w.APIURL()),
		slack.OptionHTTPClient(&http.Client{Timeout: 10 * time.Second}))
}

// connect starts a bot and waits until its socket is open.
func connect(t *testing.T, w *workspace.Workspace, handle func(*bot, socketmode.Event) any) *bot {
	t.Helper()
	before := w.Sockets()
	b := &bot{t: t, w: w, api: client(w), ended: make(chan error, 1)}
	b.handle = func(e socketmode.Event) any {
		if handle == nil {
			return nil
		}
		return handle(b, e)
	}
	b.socket = socketmode.New(b.api, socketmode.OptionLog(log.New(io.Discard, "", 0)))
	ctx, cancel := context.WithCancel(context.Background())
	go func() { b.ended <- b.socket.RunContext(ctx) }()
	done := make(chan struct{})
	go func() { defer close(done); b.loop(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	if err := w.WaitConnected(patience(t), before+1); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bot) loop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-b.socket.Events:
			if e.Request == nil || e.Request.EnvelopeID == "" {
				continue
			}
			b.mu.Lock()
			b.seen = append(b.seen, e)
			b.mu.Unlock()
			payload := b.handle(e)
			if _, silent := payload.(ackNot); silent {
				continue
			}
			if err := b.socket.AckCtx(ctx, e.Request.EnvelopeID, payload); err != nil && ctx.Err() == nil {
				b.t.Errorf("AckCtx: %v", err)
			}
		}
	}
}

// delivered is an event as the bot got it: its inner event and what the
// envelope said about it.
type delivered struct {
	ID      string
	Attempt int
	Reason  string
	Data    any
}

// events are the events that the bot got.
func (b *bot) events() []delivered {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []delivered
	for _, e := range b.seen {
		if outer, ok := e.Data.(slackevents.EventsAPIEvent); ok {
			callback := outer.Data.(*slackevents.EventsAPICallbackEvent)
			list = append(list, delivered{callback.EventID, e.Request.RetryAttempt, e.Request.RetryReason, outer.InnerEvent.Data})
		}
	}
	return list
}

// heard are the plain messages that people wrote to the bot.
func (b *bot) heard() []string {
	var texts []string
	for _, e := range b.events() {
		if m, ok := e.Data.(*slackevents.MessageEvent); ok && m.SubType == "" && m.BotID == "" {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

// message is the message event of an envelope that a person wrote, nil for
// anything else.
func message(e socketmode.Event) *slackevents.MessageEvent {
	outer, ok := e.Data.(slackevents.EventsAPIEvent)
	if !ok {
		return nil
	}
	m, ok := outer.InnerEvent.Data.(*slackevents.MessageEvent)
	if !ok || m.BotID != "" || m.SubType != "" {
		return nil
	}
	return m
}

// plain is a plain_text object.
func plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

// mrkdwn is a mrkdwn text object.
func mrkdwn(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, text, false, false)
}
