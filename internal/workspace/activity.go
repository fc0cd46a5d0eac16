package workspace

import (
	"context"
	"fmt"
	"time"
)

// activity counts what happens between the workspace and the bot, so that
// somebody can wait until there is nothing more to wait for.
type activity struct {
	count   int64
	calls   int           // Web API calls being answered
	changed chan struct{} // closed and replaced on every change
}

func newActivity() activity { return activity{changed: make(chan struct{})} }

// touch notes that something happened. The caller holds w.mu.
func (w *Workspace) touch() {
	w.work.count++
	close(w.work.changed)
	w.work.changed = make(chan struct{})
}

// busy says whether the bot still has something to answer: a call under way, an
// envelope without its ack, or an event that waits for a socket. Redeliveries
// that are planned for later do not count.
func (w *Workspace) busy() bool {
	return w.work.calls > 0 || w.sockets.inAir > 0 || len(w.sockets.queue) > 0
}

// Quiet returns once no Web API call, ack or envelope has been under way for
// that long, or when ctx ends.
func (w *Workspace) Quiet(ctx context.Context, still time.Duration) error {
	for {
		w.mu.Lock()
		busy, changed := w.busy(), w.work.changed
		detail := fmt.Sprintf("%d calls, %d envelopes, %d events under way", w.work.calls, w.sockets.inAir, len(w.sockets.queue))
		w.mu.Unlock()
		var calm <-chan time.Time
		timer := time.NewTimer(still)
		if !busy {
			calm = timer.C
		}
		select {
		case <-calm:
			return nil
		case <-changed:
			timer.Stop()
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("wait until the bot is quiet (%s): %w", detail, ctx.Err())
		}
	}
}
