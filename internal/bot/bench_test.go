package bot_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"waymark/internal/bot"
	"waymark/internal/workspace"
)

// BenchmarkMessage is one message of a person through everything: Slack's
// protocol in, a durable transaction, an acknowledgement, and the answer out
// through the outbox, by people writing side by side. A message counts when its
// answer has arrived.
func BenchmarkMessage(b *testing.B) {
	for _, inFlight := range []int{1, 64} {
		b.Run(fmt.Sprintf("inflight=%d", inFlight), func(b *testing.B) { benchmarkMessage(b, inFlight) })
	}
}

func benchmarkMessage(b *testing.B, inFlight int) {
	ctx := context.Background()
	ws, err := workspace.Start(ctx, workspace.Config{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer ws.Close()
	people := make([]workspace.Person, inFlight)
	for i := range people {
		people[i], err = ws.AddPerson(workspace.Person{Name: fmt.Sprintf("Person %d", i), Zone: "Europe/Berlin", Locale: "en-GB"})
		if err != nil {
			b.Fatal(err)
		}
	}
	it, err := bot.Start(ctx, bot.Config{
		AppToken: ws.AppToken(), BotToken: ws.BotToken(), APIURL: ws.APIURL(), Data: b.TempDir(), Now: ws.Now, Pace: 1e6,
	})
	if err != nil {
		b.Fatal(err)
	}
	defer it.Stop()
	if err := it.Ready(ctx); err != nil {
		b.Fatal(err)
	}

	// round lets everybody say the same, and ends when all of them have their
	// answers: no event without its acknowledgement, no message that waits.
	round := func(text string) {
		for _, p := range people {
			if _, err := ws.Say(p.ID, text); err != nil {
				b.Fatal(err)
			}
		}
		for end := time.Now().Add(patience); ws.Unacknowledged() > 0 || !it.Idle(); {
			if time.Now().After(end) {
				b.Fatalf("no answers within %v", patience)
			}
			time.Sleep(50 * time.Microsecond)
		}
	}
	round("hi")
	b.ReportAllocs()
	for b.Loop() {
		round("why?") // explains the question on screen and asks it again: every round is the same
	}
	b.ReportMetric(float64(b.N*inFlight)/b.Elapsed().Seconds(), "msgs/s")
}
