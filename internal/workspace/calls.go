package workspace

import (
	"encoding/json"
	"slices"
	"time"
)

// maxCalls is how many Web API calls are remembered.
const maxCalls = 10_000

// Call is one Web API call that the bot made.
type Call struct {
	Method   string          `json:"method"`
	Payload  json.RawMessage `json:"payload"`  // the arguments without the token
	Response json.RawMessage `json:"response"` // null while the answer got lost
	At       time.Time       `json:"at"`       // on the workspace's clock
}

// callLog remembers the latest calls in a ring.
type callLog struct {
	ring  []Call
	start int // of the oldest, once the ring is full
	total int
}

// record remembers a call.
func (w *Workspace) record(name string, a args, response []byte) {
	payload := make(map[string]any, len(a.values))
	for k, v := range a.values {
		if k != "token" {
			payload[k] = v
		}
	}
	call := Call{Method: name, Payload: encode(payload), Response: response}
	w.mu.Lock()
	defer w.mu.Unlock()
	call.At = w.clock.now()
	w.exchanged(true, name, call.Payload, response, outcomeOf(response))
	l := &w.calls
	l.total++
	if len(l.ring) < maxCalls {
		l.ring = append(l.ring, call)
		return
	}
	l.ring[l.start] = call
	l.start = (l.start + 1) % maxCalls
}

// Calls lists the Web API calls that the bot made, oldest first: the last
// 10,000 of them.
func (w *Workspace) Calls() []Call {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := &w.calls
	return slices.Concat(l.ring[l.start:], l.ring[:l.start])
}

// CallsOf lists the calls of one method.
func (w *Workspace) CallsOf(method string) []Call {
	return slices.DeleteFunc(w.Calls(), func(c Call) bool { return c.Method != method })
}
