package slackapp

import (
	"testing"
	"testing/synctest"
	"time"
)

// called counts how many calls of a method a workspace gets through in d.
func called(t *testing.T, p *pacer, d time.Duration) int {
	t.Helper()
	n := 0
	for end := time.Now().Add(d); time.Now().Before(end); n++ {
		if n == 100_000 {
			return n // as fast as it can
		}
		if err := p.wait(t.Context(), "chat.postMessage", ""); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

func TestTheWorkspacesBudgetAdaptsToRefusals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer()
		between := func(when string, least, most int) {
			t.Helper()
			if got := called(t, p, 10*time.Second); got < least || got > most {
				t.Errorf("%s: %d calls in ten seconds, want %d to %d", when, got, least, most)
			}
		}
		if got := called(t, p, time.Second); got < 100_000 {
			t.Errorf("before any refusal there is a budget: %d calls a second", got)
		}
		p.hold("chat.postMessage", time.Second)
		between("after the first refusal", 40, 52)
		p.hold("chat.postMessage", time.Second)
		between("after the second", 20, 27)
		for range 20 {
			p.hold("chat.postMessage", time.Millisecond)
		}
		between("after many", 4, 6)
		if err := p.wait(t.Context(), "views.open", ""); err != nil {
			t.Fatal(err) // another method is as free as before
		}
		time.Sleep(2 * time.Minute)
		between("two minutes later", 5, 9)
		time.Sleep(30 * time.Minute)
		if got := called(t, p, time.Second); got < 100_000 {
			t.Errorf("half an hour later there still is a budget: %d calls a second", got)
		}
	})
}
