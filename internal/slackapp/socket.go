package slackapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

const (
	ackTimeout       = 5 * time.Second
	handshakeTimeout = 20 * time.Second
	// writeBuffer is above maxAck, so that an acknowledgement is one frame:
	// Slack does not put split ones together.
	writeBuffer = 32 << 10
)

// socket is one Socket Mode client with its connection. Several may feed one
// App: Slack sends each envelope to any one of them.
type socket struct {
	app    *App
	client *socketmode.Client
	up     atomic.Bool // greeted by Slack

	queued  atomic.Int64 // acknowledgements handed to the client
	written writeCounter // acknowledgements that left
}

func (a *App) newSocket() *socket {
	s := &socket{app: a}
	s.client = socketmode.New(a.client(), socketmode.OptionDialer(&websocket.Dialer{
		Proxy:            http.ProxyFromEnvironment,
		HandshakeTimeout: handshakeTimeout,
		WriteBufferSize:  writeBuffer,
		WriteBufferPool:  &s.written,
	}))
	return s
}

// writeCounter counts the messages a connection has written. slack-go queues
// acknowledgements and tells nobody when one has left; the connection returns
// its buffer after each message (control frames do not use it), which does.
type writeCounter struct {
	pool sync.Pool
	n    atomic.Int64
}

// Get takes a buffer.
func (w *writeCounter) Get() any { return w.pool.Get() }

// Put returns a buffer after a message was written.
func (w *writeCounter) Put(buf any) {
	w.pool.Put(buf)
	w.n.Add(1)
}

// ack acknowledges one envelope. It returns when the client has taken the
// acknowledgement; that is not yet a delivery.
func (s *socket) ack(envelope string, payload any) error {
	ctx, cancel := context.WithTimeout(context.Background(), ackTimeout)
	defer cancel()
	if err := s.client.AckCtx(ctx, envelope, payload); err != nil {
		return fmt.Errorf("acknowledge envelope %s: %w", envelope, err)
	}
	s.queued.Add(1)
	return nil
}

// flush waits until all acknowledgements have left, at most until ctx ends.
func (s *socket) flush(ctx context.Context) error {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for s.written.n.Load() < s.queued.Load() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("flush acknowledgements: %d of %d have left: %w", s.written.n.Load(), s.queued.Load(), ctx.Err())
		}
	}
	return nil
}

// read hands on what arrives until stop ends. It must never wait for work: a
// reader that stands still loses the connection.
func (s *socket) read(stop context.Context) {
	for {
		select {
		case <-stop.Done():
			return
		case e := <-s.client.Events:
			s.receive(e)
		}
	}
}

func (s *socket) receive(e socketmode.Event) {
	log := s.app.log
	switch e.Type {
	case socketmode.EventTypeHello: // has a request, but nothing to acknowledge
		s.setUp(true)
		log.Info("connected to Slack", "connections", e.Request.NumConnections)
	case socketmode.EventTypeConnecting:
		s.setUp(false)
	case socketmode.EventTypeConnected, socketmode.EventTypeInvalidAuth:
	case socketmode.EventTypeConnectionError:
		s.setUp(false)
		s.connectionError(e.Data)
	case socketmode.EventTypeIncomingError:
		// Also what slack-go makes of a disconnect: it opens the next connection.
		log.Info("connection to Slack was lost; opening the next")
	case socketmode.EventTypeErrorWriteFailed:
		s.written.n.Add(1) // it will not leave any more
		log.Warn("acknowledgement was not written")
	case socketmode.EventTypeErrorBadMessage:
		s.badMessage(e.Data)
	default:
		s.envelope(e)
	}
}

func (s *socket) setUp(up bool) {
	if s.up.Swap(up) != up {
		if up {
			s.app.online.Add(1)
		} else {
			s.app.online.Add(-1)
		}
	}
}

// connectionError stops the App for what no waiting mends. slack-go itself
// gives up on four errors only and tries the others for ever.
func (s *socket) connectionError(data any) {
	e, ok := data.(*slack.ConnectionErrorEvent)
	if !ok {
		return
	}
	if fatal := appToken.fatalError(e.ErrorObj); fatal != nil {
		s.app.fail(fatal)
		return
	}
	s.app.log.Warn("cannot connect to Slack", "attempt", e.Attempt, "wait", e.Backoff, "err", e.ErrorObj)
}

// badMessage acknowledges an envelope that slack-go could not read: an event of
// a kind it does not know, or broken JSON inside. Otherwise Slack would send it
// again and again.
func (s *socket) badMessage(data any) {
	e, ok := data.(*socketmode.ErrorBadMessage)
	if !ok {
		return
	}
	var raw struct {
		Type     string `json:"type"`
		Envelope string `json:"envelope_id"`
	}
	if err := json.Unmarshal(e.Message, &raw); err != nil || raw.Envelope == "" {
		s.app.log.Warn("message without an envelope id is not readable")
		return
	}
	s.app.log.Warn("envelope is not readable; acknowledged unread", "type", raw.Type, "envelope", raw.Envelope)
	s.app.enqueue(&job{receipts: []receipt{{from: s, envelope: raw.Envelope}}})
}

// envelope decodes one envelope and queues it.
func (s *socket) envelope(e socketmode.Event) {
	if e.Request == nil || e.Request.EnvelopeID == "" {
		return
	}
	r := receipt{from: s, envelope: e.Request.EnvelopeID, payload: e.Request.AcceptsResponsePayload}
	self := s.app.self.Load()
	var j *job
	switch data := e.Data.(type) {
	case slackevents.EventsAPIEvent:
		j = s.app.decodeEvent(self, data, r)
	case slack.SlashCommand:
		j = s.app.decodeCommand(self, data, r)
	case slack.InteractionCallback:
		j = s.app.decodeInteraction(self, data, r)
	default:
		s.app.log.Warn("envelope of an unknown kind; acknowledged unread", "type", e.Type)
		j = &job{receipts: []receipt{r}}
	}
	s.app.enqueue(j)
}

// run keeps the socket connected until ctx ends.
func (s *socket) run(ctx context.Context) {
	defer s.setUp(false)
	err := s.client.RunContext(ctx)
	if ctx.Err() != nil {
		return
	}
	var status slack.StatusCodeError
	switch fatal := appToken.fatalError(err); {
	case fatal != nil:
		s.app.fail(fatal)
	case errors.As(err, &status) && status.Code == http.StatusNotFound:
		s.app.fail(fmt.Errorf("%w: apps.connections.open is not found at %s: check the API address", ErrUnreachable, s.app.cfg.APIURL))
	default:
		s.app.fail(fmt.Errorf("socket mode ended: %w", err))
	}
}
