package workspace

import (
	"encoding/json"
	"fmt"
	"time"
)

// envelope is one message to the app that wants an ack.
type envelope struct {
	id      string
	kind    string // events_api, slash_commands, interactive
	payload json.RawMessage
	accepts bool // the ack may carry a payload

	event  *event         // of events_api
	answer chan ackResult // of commands and interactions; room for one
	timer  *time.Timer
	shown  *Exchange // what the page says about it
}

// ackResult is the ack of a command or an interaction, or why there was none.
type ackResult struct {
	payload json.RawMessage
	err     error
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
	e.shown = w.exchanged(false, deliveryName(e.kind, e.payload), e.payload, nil, "waiting")
	e.timer = time.AfterFunc(w.cfg.AckTimeout, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.fail(s, e)
	})
	f := frame{text: encode(m)}
	if w.faults.garble > 0 {
		w.faults.garble--
		f.text = garbled(f.text)
	}
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
	w.answered(e.shown, a.Payload, "ok")
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
	w.answered(e.shown, nil, "no ack")
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

// encode is json.Marshal for values that cannot fail: maps, strings, numbers
// and raw JSON that was read as such.
func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("workspace: encode: %v", err))
	}
	return b
}
