package slackapp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const (
	ackTimeout       = 5 * time.Second
	handshakeTimeout = 20 * time.Second
	// pingEvery is how often Slack is asked whether it is still there. Slack
	// pings as well, but a connection through a proxy can die without a word.
	pingEvery = 10 * time.Second
	// closeWait is how long the answer to Slack's closing waits for
	// acknowledgements: nothing can follow it.
	closeWait = time.Second
	// writeBuffer is above maxAck, so that an acknowledgement is one frame:
	// Slack does not put split ones together.
	writeBuffer = 32 << 10
	// ackLimit is from where on Slack drops an acknowledgement without a word.
	ackLimit = 20_480
	// maxFrame ends a connection. What is smaller but above maxEnvelope is read
	// over and acknowledged.
	maxFrame = 64 << 20
	// keepBuffer is the largest buffer that is kept for the next envelope.
	keepBuffer = 256 << 10
)

// errGone is an acknowledgement whose connection has ended. It counts on that
// one only, so Slack takes the envelope for unacknowledged.
var errGone = errors.New("the connection that brought it has ended")

// connection is one WebSocket to Slack, from its address to its end.
type connection struct {
	app     *App
	ws      *websocket.Conn
	silence *time.Timer // ends it when nothing arrives for long

	greeted chan struct{} // closed when Slack has said hello
	leaving chan struct{} // closed when Slack has announced the end
	gone    chan struct{} // closed when nothing can arrive any more
	reason  string        // of the end that was announced; read after leaving

	writing sync.Mutex
	owed    atomic.Int64 // envelopes without their acknowledgement
}

// dial connects to an address that apps.connections.open gave out.
func (a *App) dial(ctx context.Context, address string) (*connection, error) {
	d := websocket.Dialer{
		Proxy:            http.ProxyFromEnvironment,
		HandshakeTimeout: handshakeTimeout,
		WriteBufferSize:  writeBuffer,
	}
	ws, answer, err := d.DialContext(ctx, address, nil)
	switch {
	case err != nil && answer != nil && answer.StatusCode == http.StatusConflict:
		return nil, errTooMany
	case err != nil && answer != nil:
		return nil, fmt.Errorf("open a connection: Slack answered with status %d", answer.StatusCode)
	case err != nil:
		return nil, fmt.Errorf("open a connection: %w", withoutAddress(err))
	}
	c := &connection{app: a, ws: ws, greeted: make(chan struct{}), leaving: make(chan struct{}), gone: make(chan struct{})}
	quiet := a.silent
	c.silence = time.AfterFunc(quiet, func() {
		a.log.Warn("connection to Slack fell silent", "for", quiet)
		c.cut()
	})
	ws.SetReadLimit(maxFrame)
	ws.SetPingHandler(func(data string) error {
		c.silence.Reset(quiet)
		err := ws.WriteControl(websocket.PongMessage, []byte(data), in(ackTimeout))
		if errors.Is(err, websocket.ErrCloseSent) {
			return nil
		}
		return err
	})
	ws.SetCloseHandler(func(int, string) error {
		ctx, cancel := context.WithTimeout(context.Background(), closeWait)
		defer cancel()
		c.settle(ctx)
		_ = ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), in(time.Second))
		return nil
	})
	ws.SetPongHandler(func(string) error {
		c.silence.Reset(quiet)
		return nil
	})
	return c, nil
}

// in is the moment d from now by the machine's clock, the only one that
// connections know: Config.Now may be moved.
func in(d time.Duration) time.Time {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	at, _ := ctx.Deadline()
	return at
}

// read takes in what arrives until the connection ends. It never waits for
// work: a reader that stands still loses the connection.
func (c *connection) read() {
	defer close(c.gone)
	defer c.cut()
	var buf bytes.Buffer
	for {
		_, r, err := c.ws.NextReader()
		if err != nil {
			return
		}
		buf.Reset()
		n, err := buf.ReadFrom(io.LimitReader(r, maxEnvelope+1))
		if err != nil {
			return
		}
		if n > maxEnvelope {
			if err := c.oversized(buf.Bytes(), r); err != nil {
				return
			}
		} else {
			c.receive(buf.Bytes())
		}
		c.silence.Reset(c.app.silent)
		if buf.Cap() > keepBuffer {
			buf = bytes.Buffer{}
		}
	}
}

// receive handles one message.
func (c *connection) receive(js []byte) {
	var e envelope
	odd, err := parse(without(js, "blocks"), &e)
	if err == nil && e.Type == typeInteraction { // there they may matter
		odd, err = parse(js, &e)
	}
	if err != nil {
		// There is nothing to acknowledge it by. If it was an event that got
		// damaged on the way, it comes again.
		c.app.log.Warn("message from Slack is not readable; left for it to send again", "bytes", len(js))
		return
	}
	switch {
	case e.Type == typeHello:
		c.greet(e.Connections)
	case e.Type == typeDisconnect:
		c.leave(e.Reason)
	case e.ID == "":
		c.app.log.Warn("message from Slack has no envelope id", "bytes", len(js))
	default:
		c.app.oddity(e, odd)
		c.take(c.app.decode(e, receipt{from: c, envelope: e.ID, payload: e.Accepts}))
	}
}

// oversized reads over a message that is too large, of which head was read, and
// acknowledges it: it would come again as large as it is.
func (c *connection) oversized(head []byte, rest io.Reader) error {
	var f idFinder
	_, _ = f.Write(head) // never fails
	n, err := io.Copy(&f, rest)
	if err != nil {
		return err
	}
	c.app.log.Warn("envelope is too large; acknowledged unread", "envelope", f.id, "bytes", int64(len(head))+n)
	if f.id != "" {
		c.take(&job{receipts: []receipt{{from: c, envelope: f.id}}})
	}
	return nil
}

// take queues a job that this connection brought.
func (c *connection) take(j *job) {
	c.owed.Add(1)
	if !c.app.enqueue(j) {
		c.owed.Add(-1) // and stays unacknowledged
	}
}

func (c *connection) greet(connections int) {
	select {
	case <-c.greeted:
	default:
		close(c.greeted)
		c.app.online.Add(1)
		c.app.log.Info("connected to Slack", "connections", connections)
	}
}

func (c *connection) leave(reason string) {
	select {
	case <-c.leaving:
		if reason == reasonDisabled { // also after a warning
			c.app.fail(errDisabled)
		}
	default:
		c.reason = reason
		close(c.leaving)
	}
}

// ack acknowledges one envelope, on the connection that brought it. Without an
// error it has left this process; that is not yet a delivery.
func (c *connection) ack(id string, payload any) error {
	js, err := json.Marshal(struct {
		ID      string `json:"envelope_id"`
		Payload any    `json:"payload,omitempty"`
	}{id, payload})
	if err != nil {
		return fmt.Errorf("encode the acknowledgement of envelope %s: %w", id, err)
	}
	if len(js) >= ackLimit {
		c.app.log.Error("acknowledgement is too large; sent without its answer", "envelope", id, "bytes", len(js))
		return c.ack(id, nil)
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	defer c.owed.Add(-1)
	select {
	case <-c.gone:
		return fmt.Errorf("acknowledge envelope %s: %w", id, errGone)
	default:
	}
	if err := c.ws.SetWriteDeadline(in(ackTimeout)); err != nil {
		return fmt.Errorf("acknowledge envelope %s: %w", id, err)
	}
	if err := c.ws.WriteMessage(websocket.TextMessage, js); err != nil {
		c.cut() // what was written in part cannot be continued
		return fmt.Errorf("acknowledge envelope %s: %w", id, err)
	}
	return nil
}

// settle waits until all that the connection brought is acknowledged, at most until ctx
// ends.
func (c *connection) settle(ctx context.Context) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for c.owed.Load() > 0 {
		select {
		case <-tick.C:
		case <-c.gone:
			return
		case <-ctx.Done():
			return
		}
	}
}

// ping asks Slack whether it is there until the connection ends.
func (c *connection) ping(every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-c.gone:
			return
		case <-tick.C:
			// An error shows as silence, or as the end.
			_ = c.ws.WriteControl(websocket.PingMessage, nil, in(every))
		}
	}
}

// hangUp closes the connection in good order: Slack is told, and reads what
// left before. A connection that is closed with something unread in it is reset,
// which takes back what Slack has not read yet; so it is read to its end, at
// most until ctx ends.
func (c *connection) hangUp(ctx context.Context) {
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), in(time.Second))
	select {
	case <-c.gone:
	case <-ctx.Done():
		c.cut()
	}
}

// cut ends the connection at once.
func (c *connection) cut() {
	c.silence.Stop()
	_ = c.ws.Close() // it is given up either way
}
