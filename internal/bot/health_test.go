package bot

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// A scheduler that does not look any more, or looks in vain, turns the health red.
func TestDeadScheduler(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	o := &operations{bot: &Bot{}, now: func() time.Time { return now }}
	o.ticked.Store(now.Unix())
	look := func() error {
		t.Helper()
		for _, c := range o.checks() {
			if c.Name == "scheduler" {
				return c.Look(context.Background())
			}
		}
		t.Fatal("nobody looks at the scheduler")
		return nil
	}
	ticks := o.ticks()
	for _, tt := range []struct {
		name  string
		after time.Duration
		tick  func()
		alive bool
	}{
		{"a fresh bot", time.Minute, func() {}, true},
		{"it has looked", time.Minute, func() { ticks(now, 0, nil) }, true},
		{"it is slow", 3 * time.Minute, func() {}, true},
		{"it is dead", time.Second, func() {}, false},
		{"it fails", time.Minute, func() { ticks(now, 0, errors.New("no store")) }, false},
		{"it is back", time.Minute, func() { ticks(now, 0, nil) }, true},
	} {
		now = now.Add(tt.after)
		tt.tick()
		if err := look(); (err == nil) != tt.alive || err != nil && !strings.Contains(err.Error(), "no look for due reminders for") {
			t.Errorf("%s: %v, want it alive: %t", tt.name, err, tt.alive)
		}
	}
}
