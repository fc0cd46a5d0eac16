package workspace

import (
	"context"
	"fmt"
	"time"

	"github.com/coder/websocket"
)

// frame is something to write: a text message, a cut in the middle of one, or
// the end.
type frame struct {
	text  []byte
	cut   bool // write half of text, then break the connection
	close bool // close in good order
}

// push queues a frame; it never waits for the network.
func (s *socket) push(f frame) {
	s.mu.Lock()
	s.out = append(s.out, f)
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// write sends queued frames in order until the connection ends.
func (s *socket) write(ctx context.Context) {
	for {
		s.mu.Lock()
		frames := s.out
		s.out = nil
		s.mu.Unlock()
		for _, f := range frames {
			if s.silent.Load() {
				continue
			}
			if !s.writeFrame(ctx, f) {
				s.drop()
				return
			}
		}
		if len(frames) > 0 {
			continue
		}
		select {
		case <-s.wake:
		case <-s.closed:
			return
		case <-ctx.Done():
			return
		}
	}
}

func (s *socket) writeFrame(ctx context.Context, f frame) (more bool) {
	switch {
	case f.close:
		_ = s.conn.Close(websocket.StatusNormalClosure, "")
		return false
	case f.cut:
		s.writeHalf(f.text)
		return false
	default:
		return s.conn.Write(ctx, websocket.MessageText, f.text) == nil
	}
}

// writeHalf announces a whole message and sends half of it.
func (s *socket) writeHalf(text []byte) {
	if s.tcp == nil {
		return
	}
	n := len(text)
	head := []byte{0x81, 127, 0, 0, 0, 0, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}
	_, _ = s.tcp.Write(append(head, text[:n/2]...)) // it is about to be cut anyway
}

// drop breaks the connection without a closing handshake.
func (s *socket) drop() {
	s.once.Do(func() {
		close(s.closed)
		if s.tcp != nil {
			_ = s.tcp.Close() // also frees a Close handshake that waits for the app
		}
		_ = s.conn.CloseNow()
	})
}

// ping sends WebSocket pings as Slack does; a connection whose app does not
// answer within two intervals is dropped.
func (s *socket) ping(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-s.closed:
			return
		case <-ctx.Done():
			return
		}
		if s.silent.Load() || s.pingless.Load() {
			continue
		}
		patience, cancel := context.WithTimeout(ctx, max(2*every, 10*time.Second))
		err := s.conn.Ping(patience)
		cancel()
		if err != nil {
			s.drop()
			return
		}
	}
}

// age announces the end of a connection's life ten seconds ahead, then ends it.
func (s *socket) age(ctx context.Context, life time.Duration) {
	warning := max(life-warningAhead, 0)
	for _, step := range []struct {
		after  time.Duration
		reason string
	}{{warning, "warning"}, {life - warning, "refresh_requested"}} {
		timer := time.NewTimer(step.after)
		select {
		case <-timer.C:
			s.w.mu.Lock()
			s.w.disconnect(s, step.reason)
			s.w.mu.Unlock()
		case <-s.closed:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// disconnect tells the app to reconnect. After "warning" the socket still works
// for a while; "refresh_requested" closes it once what it carries is
// acknowledged; after any other reason it is closed at once. The caller holds
// w.mu.
func (w *Workspace) disconnect(s *socket, reason string) {
	s.push(frame{text: encode(map[string]any{
		"type": "disconnect", "reason": reason,
		"debug_info": map[string]any{"host": "applink-local-" + fmt.Sprint(s.id)},
	})})
	switch {
	case reason == "warning" || s.retired:
	case reason == "refresh_requested" && len(s.sent) > 0:
		s.retired = true
		w.done.Go(func() { s.closeAnswered() })
	default:
		s.retired = true
		s.push(frame{close: true})
	}
}

// closeAnswered closes the connection once all it carries is acknowledged, or
// given up.
func (s *socket) closeAnswered() {
	for {
		s.w.mu.Lock()
		left, changed := len(s.sent), s.w.work.changed
		s.w.mu.Unlock()
		if left == 0 {
			s.push(frame{close: true})
			return
		}
		select {
		case <-changed:
		case <-s.closed:
			return
		}
	}
}
