package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
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

// envelope is one message to the app that wants an ack.
type envelope struct {
	id      string
	kind    string // events_api, slash_commands, interactive
	payload json.RawMessage
	accepts bool // the ack may carry a payload

	event  *event         // of events_api
	answer chan ackResult // of commands and interactions; room for one
	timer  *time.Timer
}

// ackResult is the ack of a command or an interaction, or why there was none.
type ackResult struct {
	payload json.RawMessage
	err     error
}

// socket is one Socket Mode connection.
type socket struct {
	w       *Workspace
	id      int
	conn    *websocket.Conn
	tcp     net.Conn
	short   bool
	retired bool                 // told to disconnect: gets no more envelopes
	sent    map[string]*envelope // waiting for an ack on this socket

	mu     sync.Mutex
	out    []frame
	wake   chan struct{}
	closed chan struct{}
	once   sync.Once
}

// frame is something to write: a text message, a cut in the middle of one, or
// the end.
type frame struct {
	text  []byte
	cut   bool // write half of text, then break the connection
	close bool // close in good order
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
	conn, err := websocket.Accept(rw, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return // Accept has answered
	}
	conn.SetReadLimit(1 << 20)
	tcp, _ := r.Context().Value(connKey{}).(net.Conn)
	s := &socket{
		w: w, conn: conn, tcp: tcp, short: t.short || r.URL.Query().Get("debug_reconnects") == "true",
		sent: make(map[string]*envelope), wake: make(chan struct{}, 1), closed: make(chan struct{}),
	}
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

// send puts an envelope on s and starts waiting for its ack. The caller holds w.mu.
func (w *Workspace) send(s *socket, e *envelope) {
	e.id = w.newUUID()
	m := map[string]any{
		"type": e.kind, "envelope_id": e.id, "payload": e.payload, "accepts_response_payload": e.accepts,
	}
	if e.event != nil {
		m["retry_attempt"], m["retry_reason"] = e.event.Attempt, ""
		if e.event.Attempt > 0 {
			m["retry_reason"] = "timeout"
		}
	}
	s.sent[e.id] = e
	w.sockets.inAir++
	e.timer = time.AfterFunc(w.cfg.AckTimeout, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.fail(s, e)
	})
	f := frame{text: encode(m)}
	if w.faults.cut > 0 {
		w.faults.cut--
		f.cut = true
	}
	s.push(f)
	w.touch()
}

// ack reads what came from the app. Acks count on the socket that carried the
// envelope; elsewhere they are worth nothing.
func (w *Workspace) ack(s *socket, data []byte) {
	if len(data) >= maxAck {
		w.log.Warn("ack dropped: Slack silently drops acks of 20 KB and more", "bytes", len(data))
		return
	}
	var a struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	if err := json.Unmarshal(data, &a); err != nil {
		w.log.Warn("unreadable message from the app", "bytes", len(data))
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	e := s.sent[a.EnvelopeID]
	if e == nil {
		w.log.Debug("ack of an unknown envelope", "envelope", a.EnvelopeID)
		return
	}
	if w.faults.loseAcks > 0 {
		w.faults.loseAcks--
		w.fail(s, e)
		return
	}
	w.finish(s, e)
	if e.event != nil {
		w.settle(e.event)
	} else {
		if !e.accepts {
			a.Payload = nil
		}
		e.answer <- ackResult{payload: a.Payload}
	}
}

// fail ends an envelope without an ack. The caller holds w.mu.
func (w *Workspace) fail(s *socket, e *envelope) {
	if s.sent[e.id] != e {
		return // answered meanwhile
	}
	w.finish(s, e)
	if e.event != nil {
		w.unanswered(e.event)
		return
	}
	e.answer <- ackResult{err: ErrOperationTimeout}
}

func (w *Workspace) finish(s *socket, e *envelope) {
	e.timer.Stop()
	delete(s.sent, e.id)
	w.sockets.inAir--
	w.touch()
}

// stopTimers ends all waiting when the workspace closes. The caller holds w.mu.
func (w *Workspace) stopTimers() {
	for _, ev := range w.sockets.pending {
		ev.stop()
	}
	for _, s := range w.sockets.open {
		for _, e := range s.sent {
			e.timer.Stop()
		}
	}
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
	warning := max(life-10*time.Second, 0)
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
// for a while; after any other reason it is closed. The caller holds w.mu.
func (w *Workspace) disconnect(s *socket, reason string) {
	s.push(frame{text: encode(map[string]any{
		"type": "disconnect", "reason": reason,
		"debug_info": map[string]any{"host": "applink-local-" + fmt.Sprint(s.id)},
	})})
	if reason == "warning" {
		return
	}
	s.retired = true
	s.push(frame{close: true})
}

// encode is json.Marshal for values that cannot fail: maps, strings, numbers
// and raw JSON that was read as such.
func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("workspace: encode: %v", err))
	}
	return b
}
