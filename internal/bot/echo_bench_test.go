package bot_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"waymark/internal/bot"
	"waymark/internal/workspace"
)

// BenchmarkAgainstEcho sets the bot beside a bare slack-go bot that keeps nothing
// and sends back what it hears, each in a workspace of its own, taking turns in
// one run: what a machine or its neighbours do, they do to both. An operation is
// a message of everybody to each of the two, and their answers.
//
// An answer is one message, as the echo is; a question is a longer one with
// buttons, besides which the one asked before is replaced.
func BenchmarkAgainstEcho(b *testing.B) {
	for _, inFlight := range []int{1, 64} {
		b.Run(fmt.Sprintf("answer/inflight=%d", inFlight), func(b *testing.B) { againstEcho(b, inFlight, "privacy", "hi", "not now") })
		b.Run(fmt.Sprintf("question/inflight=%d", inFlight), func(b *testing.B) { againstEcho(b, inFlight, "why?", "hi") })
	}
}

// againstEcho compares the rounds of one text, which come after some others.
func againstEcho(b *testing.B, inFlight int, text string, before ...string) {
	ours, echo := newHall(b, inFlight), newHall(b, inFlight)
	it := ours.startBot(b)
	answered := echo.startEcho(b)
	for _, t := range append(before, text) {
		ours.round(b, t, it.Idle)
	}
	var said int64
	var tookOurs, tookEcho time.Duration
	for b.Loop() {
		tookOurs += ours.round(b, text, it.Idle)
		said += int64(inFlight)
		tookEcho += echo.round(b, text, func() bool { return answered.Load() == said })
	}
	rate := func(took time.Duration) float64 { return float64(said) / took.Seconds() }
	b.ReportMetric(rate(tookOurs), "msgs/s")
	b.ReportMetric(rate(tookEcho), "echo-msgs/s")
	b.ReportMetric(rate(tookOurs)/rate(tookEcho), "of-echo")
}

// BenchmarkLatency is how long answers take while 100 messages a second come in:
// from a person's message to the bot's in the same conversation.
func BenchmarkLatency(b *testing.B) {
	h := newHall(b, 100)
	it := h.startBot(b)
	for _, text := range []string{"hi", "not now", "privacy"} {
		h.round(b, text, it.Idle)
	}
	var took []time.Duration
	done := make(chan time.Duration, 1000)
	pace := time.NewTicker(10 * time.Millisecond)
	defer pace.Stop()
	said := 0
	for b.Loop() {
		<-pace.C
		p := h.people[said%len(h.people)]
		said++
		began := time.Now()
		ts, err := h.ws.Say(p.ID, "privacy")
		if err != nil {
			b.Fatal(err)
		}
		go func() {
			for end := began.Add(patience); time.Now().Before(end); time.Sleep(200 * time.Microsecond) {
				if seen, err := h.ws.MessagesSince(p.ID, ts); err != nil || len(seen) > 1 {
					break
				}
			}
			done <- time.Since(began)
		}()
	}
	for range said {
		took = append(took, <-done)
	}
	slices.Sort(took)
	for _, share := range []float64{.5, .99} {
		at := took[int(share*float64(len(took)-1))]
		b.ReportMetric(float64(at.Microseconds())/1000, fmt.Sprintf("p%.0f-ms", 100*share))
	}
}

// hall is a workspace with people who write side by side.
type hall struct {
	ws     *workspace.Workspace
	people []workspace.Person
}

func newHall(b *testing.B, people int) *hall {
	ws, err := workspace.Start(context.Background(), workspace.Config{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = ws.Close() })
	h := &hall{ws: ws}
	for i := range people {
		p, err := ws.AddPerson(workspace.Person{Name: fmt.Sprintf("Person %d", i), Zone: "Europe/Berlin", Locale: "en-GB"})
		if err != nil {
			b.Fatal(err)
		}
		h.people = append(h.people, p)
	}
	return h
}

func (h *hall) startBot(b *testing.B) *bot.Bot {
	it, err := bot.Start(context.Background(), bot.Config{
		AppToken: h.ws.AppToken(), BotToken: h.ws.BotToken(), APIURL: h.ws.APIURL(), Data: b.TempDir(), Now: h.ws.Now, Pace: 1e6,
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = it.Stop() })
	if err := it.Ready(context.Background()); err != nil {
		b.Fatal(err)
	}
	return it
}

// round lets everybody say the same and returns how long it took until all of
// them had their answers.
func (h *hall) round(b *testing.B, text string, answered func() bool) time.Duration {
	began := time.Now()
	for _, p := range h.people {
		if _, err := h.ws.Say(p.ID, text); err != nil {
			b.Fatal(err)
		}
	}
	for end := began.Add(patience); h.ws.Unacknowledged() > 0 || !answered(); {
		if time.Now().After(end) {
			b.Fatalf("no answers within %v", patience)
		}
		time.Sleep(50 * time.Microsecond)
	}
	return time.Since(began)
}

// startEcho starts a bot that acknowledges each message, sends it back and
// counts.
func (h *hall) startEcho(b *testing.B) *atomic.Int64 {
	ctx, cancel := context.WithCancel(context.Background())
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	api := slack.New(h.ws.BotToken(), slack.OptionAppLevelToken(h.ws.AppToken()), slack.OptionAPIURL(h.ws.APIURL()),
		slack.OptionHTTPClient(&http.Client{Transport: transport}))
	client := socketmode.New(api)
	ended := make(chan struct{})
	go func() { defer close(ended); _ = client.RunContext(ctx) }()
	answered := new(atomic.Int64)
	for range 64 {
		go func() {
			for {
				select {
				case <-ctx.Done():
					return
				case e := <-client.Events:
					if e.Request == nil || e.Request.EnvelopeID == "" {
						continue
					}
					_ = client.AckCtx(ctx, e.Request.EnvelopeID, nil)
					outer, _ := e.Data.(slackevents.EventsAPIEvent)
					if m, ok := outer.InnerEvent.Data.(*slackevents.MessageEvent); ok && m.BotID == "" {
						if _, _, err := api.PostMessageContext(ctx, m.Channel, slack.MsgOptionText(m.Text, false)); err == nil {
							answered.Add(1)
						}
					}
				}
			}
		}()
	}
	b.Cleanup(func() { cancel(); <-ended; transport.CloseIdleConnections() })
	if err := h.ws.WaitConnected(ctx, 1); err != nil {
		b.Fatal(err)
	}
	return answered
}
