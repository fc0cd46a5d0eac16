package workspace

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// maxTraffic is how many calls and deliveries the page can look back on.
const maxTraffic = 300

// Exchange is one thing that the bot called, or that it was sent, with what
// came back.
type Exchange struct {
	N       int             `json:"n"`      // counts up
	Change  int             `json:"change"` // counts up with every change of any exchange
	At      time.Time       `json:"at"`     // on the workspace's clock
	FromBot bool            `json:"from_bot"`
	Name    string          `json:"name"` // a method, or what was delivered: "message", "block_actions", "/goals"
	Payload json.RawMessage `json:"payload"`
	Answer  json.RawMessage `json:"answer,omitempty"` // null while there is none
	Outcome string          `json:"outcome"`          // "ok", "waiting", "no ack", or an error's name
}

// traffic remembers the latest exchanges.
type traffic struct {
	list    []*Exchange
	count   int // exchanges so far
	changes int
}

// exchanged adds an exchange. The caller holds w.mu.
func (w *Workspace) exchanged(fromBot bool, name string, payload, answer []byte, outcome string) *Exchange {
	t := &w.traffic
	t.count++
	x := &Exchange{N: t.count, At: w.clock.now(), FromBot: fromBot, Name: name, Payload: payload}
	if len(t.list) >= maxTraffic {
		t.list = append(t.list[:0:0], t.list[1:]...)
	}
	t.list = append(t.list, x)
	w.answered(x, answer, outcome)
	return x
}

// answered notes what came of an exchange. The caller holds w.mu.
func (w *Workspace) answered(x *Exchange, answer []byte, outcome string) {
	if x == nil {
		return
	}
	w.traffic.changes++
	x.Change, x.Answer, x.Outcome = w.traffic.changes, answer, outcome
	w.page.tell(trafficWatch)
}

// outcomeOf reads the outcome from a Web API answer.
func outcomeOf(response []byte) string {
	var r struct {
		OK    bool   `json:"ok"`
		Error string `json:"error"`
	}
	switch err := json.Unmarshal(response, &r); {
	case err != nil:
		return "unreadable"
	case r.OK:
		return "ok"
	case r.Error == "":
		return "error"
	}
	return r.Error
}

// deliveryName says what an envelope delivers.
func deliveryName(kind string, payload json.RawMessage) string {
	var p struct {
		Type    string `json:"type"`
		Command string `json:"command"`
		Event   struct {
			Type    string `json:"type"`
			Subtype string `json:"subtype"`
		} `json:"event"`
	}
	_ = json.Unmarshal(payload, &p) // ours
	switch {
	case kind == "slash_commands":
		return p.Command
	case kind == "events_api" && p.Event.Subtype != "":
		return p.Event.Type + ", " + p.Event.Subtype
	case kind == "events_api":
		return p.Event.Type
	}
	return p.Type
}

// Traffic lists the latest exchanges that changed after that count, oldest first.
func (w *Workspace) Traffic(after int) []Exchange {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := []Exchange{}
	for _, x := range w.traffic.list {
		if x.Change > after {
			list = append(list, *x)
		}
	}
	return list
}

func (w *Workspace) localTraffic(r *http.Request) (any, error) {
	after, err := afterOf(r)
	if err != nil {
		return nil, err
	}
	return w.Traffic(after), nil
}

func afterOf(r *http.Request) (int, error) {
	s := r.FormValue("after")
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, invalid("after is a number")
	}
	return n, nil
}
