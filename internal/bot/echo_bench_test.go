package bot_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// BenchmarkAgainstEcho sets the bot beside two that keep nothing and send back
// what they hear: a bare slack-go bot and, where Node and Slack's packages for
// it are, a Bolt app. Each is a process of its own with a workspace of its own,
// and they take turns in one run: what a machine or its neighbours do, they do
// to all. Of 256 people so many talk at once, the next as soon as one has their
// answer. An operation is one message of everybody to each of the bots.
//
// An answer is one message, as the echo is; a question is a longer one with
// buttons, besides which the one asked before is replaced.
//
// cpu-µs/msg is what the bots' processes take, without the workspace's; the
// messages a second are with the workspace, on the same processors.
func BenchmarkAgainstEcho(b *testing.B) {
	for _, inFlight := range []int{1, 64} {
		b.Run(fmt.Sprintf("answer/inflight=%d", inFlight), func(b *testing.B) { againstEcho(b, inFlight, "privacy", "hi", "not now") })
		b.Run(fmt.Sprintf("question/inflight=%d", inFlight), func(b *testing.B) { againstEcho(b, inFlight, "why?", "hi") })
	}
}

// againstEcho compares the rounds of one text, which come after some others.
func againstEcho(b *testing.B, inFlight int, text string, before ...string) {
	const people = 256
	ours, echo, bolt := newHall(b, people), newHall(b, people), newHall(b, people)
	halls := []*hall{ours.startBot(b, b.TempDir()), echo.startEcho(b)}
	if bolt.startBolt(b) {
		halls = append(halls, bolt)
	}
	ours.prepare(b, append(before, text)...)
	for _, h := range halls[1:] {
		h.prepare(b, text)
	}
	for b.Loop() {
		for _, h := range halls {
			h.round(b, text, inFlight)
		}
	}
	for i, h := range halls {
		name := []string{"", "echo-", "bolt-"}[i]
		b.ReportMetric(h.rate(), name+"msgs/s")
		if h.cpu > 0 {
			b.ReportMetric(float64(h.cpu.Microseconds())/float64(h.said), name+"cpu-µs/msg")
		}
		if i > 0 {
			b.ReportMetric(ours.rate()/h.rate(), "of-"+name[:4])
		}
	}
}

// childEcho, when set, makes this test binary a bare slack-go bot.
const childEcho = "WAYMARK_TEST_ECHO_API"

// echo is a bot that acknowledges each message and sends it back.
func echo(ctx context.Context, apiURL string) error {
	api := slack.New(os.Getenv("SLACK_BOT_TOKEN"), slack.OptionAppLevelToken(os.Getenv("SLACK_APP_TOKEN")), slack.OptionAPIURL(apiURL),
		slack.OptionHTTPClient(&http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}))
	client := socketmode.New(api)
	for range 64 {
		go func() {
			for e := range client.Events {
				if e.Request == nil || e.Request.EnvelopeID == "" {
					continue
				}
				_ = client.AckCtx(ctx, e.Request.EnvelopeID, nil)
				outer, _ := e.Data.(slackevents.EventsAPIEvent)
				if m, ok := outer.InnerEvent.Data.(*slackevents.MessageEvent); ok && m.BotID == "" {
					if _, _, err := api.PostMessageContext(ctx, m.Channel, slack.MsgOptionText(m.Text, false)); err != nil {
						fmt.Fprintln(os.Stderr, err)
					}
				}
			}
		}()
	}
	return client.RunContext(ctx)
}
