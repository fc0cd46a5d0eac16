package workspace

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

const (
	maxSockets = 10        // connections an app may have open
	maxAck     = 20 * 1024 // an ack of this size or more is silently dropped by Slack
	ticketLife = 30 * time.Second
)

// socketPool is the app's open Socket Mode connections and the envelopes under way.
type socketPool struct {
	tickets map[string]ticket
	open    []*socket
	next    int // round robin
	serial  int
	queue   []*event          // happened while no socket was open
	pending map[string]*event // not acknowledged yet, by event id
	events  int64             // events so far, for their order
	recent  []*event          // acknowledged, the newest last
	inAir   int               // envelopes sent and not answered
}

type ticket struct {
	expires time.Time // wall clock
	short   bool      // debug_reconnects was asked for
}

func newSocketPool() socketPool {
	return socketPool{tickets: make(map[string]ticket), pending: make(map[string]*event)}
}

// socket is one Socket Mode connection.
type socket struct {
	w        *Workspace
	id       int
	conn     *websocket.Conn
	tcp      net.Conn
	short    bool
	retired  bool                 // told to disconnect: gets no more envelopes
	silent   atomic.Bool          // half open: whatever is sent on either side is lost
	pingless atomic.Bool          // gets no more pings
	sent     map[string]*envelope // waiting for an ack on this socket

	mu     sync.Mutex
	out    []frame
	wake   chan struct{}
	closed chan struct{}
	once   sync.Once
}

// serveSocket takes a WebSocket connection whose address apps.connections.open
// gave out. It does not look at Origin: Slack does not either, and clients send
// all kinds of it.
func (w *Workspace) serveSocket(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	key := r.URL.Query().Get("ticket")
	t, ok := w.sockets.tickets[key]
	delete(w.sockets.tickets, key)
	ok = ok && w.cfg.Now().Before(t.expires)
	full := len(w.sockets.open) >= maxSockets
	closed := w.closed
	w.mu.Unlock()
	switch {
	case closed:
		http.Error(rw, "closing", http.StatusServiceUnavailable)
		return
	case !ok:
		http.Error(rw, "the ticket is unknown, used or too old; call apps.connections.open again", http.StatusForbidden)
		return
	case full:
		http.Error(rw, "too_many_websockets", http.StatusConflict)
		return
	}
	tcp, _ := r.Context().Value(connKey{}).(net.Conn)
	s := &socket{
		w: w, tcp: tcp, short: t.short || r.URL.Query().Get("debug_reconnects") == "true",
		sent: make(map[string]*envelope), wake: make(chan struct{}, 1), closed: make(chan struct{}),
	}
	conn, err := websocket.Accept(rw, r, &websocket.AcceptOptions{
		InsecureSkipVerify: true,
		OnPingReceived:     func(context.Context, []byte) bool { return !s.silent.Load() },
	})
	if err != nil {
		return // Accept has answered
	}
	conn.SetReadLimit(1 << 20)
	s.conn = conn
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		s.drop()
		return
	}
	w.sockets.serial++
	s.id = w.sockets.serial
	w.sockets.open = append(w.sockets.open, s)
	s.push(frame{text: w.hello(s)})
	w.done.Add(1)
	w.flushQueue()
	w.touch()
	w.mu.Unlock()
	w.page.tellAll()
	defer w.done.Done()
	w.run(s)
}

// hello is the first message on a connection. The caller holds w.mu.
func (w *Workspace) hello(s *socket) []byte {
	return encode(map[string]any{
		"type":            "hello",
		"num_connections": len(w.sockets.open),
		"debug_info": map[string]any{
			"host": "applink-local-" + fmt.Sprint(s.id), "build_number": 1,
			"approximate_connection_time": int(w.life(s) / time.Second),
		},
		"connection_info": map[string]any{"app_id": AppID},
	})
}

func (w *Workspace) life(s *socket) time.Duration {
	if s.short {
		return min(w.cfg.ConnectionLife, 6*time.Minute)
	}
	return w.cfg.ConnectionLife
}

// run writes, pings and reads until the connection ends.
func (w *Workspace) run(s *socket) {
	ctx, cancel := context.WithCancel(w.ctx)
	defer cancel()
	var side sync.WaitGroup
	side.Go(func() { s.write(ctx) })
	side.Go(func() { s.ping(ctx, w.cfg.PingEvery) })
	side.Go(func() { s.age(ctx, w.life(s)) })
	for {
		_, data, err := s.conn.Read(ctx)
		if err != nil {
			break
		}
		if s.silent.Load() {
			continue
		}
		w.ack(s, data)
	}
	cancel()
	s.drop()
	side.Wait()
	w.gone(s)
}

// gone takes a closed socket out of the pool; what it left unanswered is
// redelivered (events) or has failed (commands and interactions).
func (w *Workspace) gone(s *socket) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sockets.open = slices.DeleteFunc(w.sockets.open, func(o *socket) bool { return o == s })
	lost := make([]*envelope, 0, len(s.sent))
	for _, e := range s.sent {
		lost = append(lost, e)
	}
	slices.SortFunc(lost, byEvent)
	for _, e := range lost {
		w.fail(s, e)
	}
	w.touch()
	w.page.tellAll()
}

// byEvent keeps lost events in the order in which they happened.
func byEvent(a, b *envelope) int {
	var first, second int64
	if a.event != nil {
		first = a.event.seq
	}
	if b.event != nil {
		second = b.event.seq
	}
	return cmp.Compare(first, second)
}

// pickSocket chooses the connection for the next envelope: any of them, in turn.
func (w *Workspace) pickSocket() *socket {
	for range w.sockets.open {
		w.sockets.next++
		if s := w.sockets.open[w.sockets.next%len(w.sockets.open)]; !s.retired {
			return s
		}
	}
	return nil
}

// Sockets is how many Socket Mode connections are open.
func (w *Workspace) Sockets() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.sockets.open)
}

// WaitConnected returns once at least n connections are open.
func (w *Workspace) WaitConnected(ctx context.Context, n int) error {
	for {
		w.mu.Lock()
		open, changed := len(w.sockets.open), w.work.changed
		w.mu.Unlock()
		if open >= n {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for %d connections, %d are open: %w", n, open, ctx.Err())
		}
	}
}
