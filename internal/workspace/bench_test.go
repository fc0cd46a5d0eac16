package workspace_test

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"waymark/internal/workspace"
)

// A line to a bare slack-go bot and its echo back: what the workspace itself
// costs, and what everything measured against it can at best reach.
func BenchmarkEcho(b *testing.B) {
	for _, inFlight := range []int{1, 64} {
		b.Run(fmt.Sprintf("inflight=%d", inFlight), func(b *testing.B) {
			w, err := workspace.Start(b.Context(), workspace.Config{Now: time.Now})
			if err != nil {
				b.Fatal(err)
			}
			defer w.Close()
			people := make(chan string, inFlight)
			for i := range inFlight {
				p, err := w.AddPerson(workspace.Person{Name: fmt.Sprint("p", i)})
				if err != nil {
					b.Fatal(err)
				}
				people <- p.ID
			}
			var echoed sync.WaitGroup
			stop := echo(b, w, func(person string) {
				people <- person
				echoed.Done()
			})
			defer stop()
			b.ReportAllocs()
			for b.Loop() {
				echoed.Add(1)
				if _, err := w.Say(<-people, "hello"); err != nil {
					b.Fatal(err)
				}
			}
			echoed.Wait()
		})
	}
}

// echo runs a bot that sends back what it hears and tells done of each answer.
func echo(b *testing.B, w *workspace.Workspace, done func(person string)) (stop func()) {
	api := slack.New(w.BotToken(), slack.OptionAppLevelToken(w.AppToken()), slack.OptionAPIURL(w.APIURL()),
		slack.OptionHTTPClient(&http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}))
	socket := socketmode.New(api)
	ctx := b.Context()
	go func() { _ = socket.RunContext(ctx) }()
	jobs := make(chan socketmode.Event, 1000)
	var closed atomic.Bool
	for range 64 {
		go func() {
			for e := range jobs {
				_ = socket.AckCtx(ctx, e.Request.EnvelopeID, nil)
				if m := message(e); m != nil {
					if _, _, err := api.PostMessage(m.Channel, slack.MsgOptionText(m.Text, false)); err != nil && !closed.Load() {
						b.Error(err)
					}
					done(m.User)
				}
			}
		}()
	}
	go func() {
		defer close(jobs)
		for {
			select {
			case e := <-socket.Events:
				if e.Request != nil && e.Request.EnvelopeID != "" {
					jobs <- e
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	if err := w.WaitConnected(ctx, 1); err != nil {
		b.Fatal(err)
	}
	return func() { closed.Store(true) }
}
