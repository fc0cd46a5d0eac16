package workspace

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Fault is something that goes wrong between the workspace and the bot. Kind
// says what; the other fields say how often and where. Counts default to 1.
//
//	lose_acks      the next Count acks get lost: events come again, commands and clicks fail
//	redeliver      deliver now what waits for its redelivery
//	redeliver_last deliver the last Count acknowledged events again, same event ids
//	disconnect     send `disconnect` with Reason on every socket and close it ("warning" closes nothing)
//	drop           break all connections; with MidFrame, break one in the middle of the next envelope
//	refresh        refresh the Count oldest connections as planned: "warning" now, "refresh_requested" DelayMS later (10 s);
//	               with Reason, that half of it alone
//	half_open      all connections fall silent: nothing arrives on either side, nothing is closed
//	no_pings       no more pings on all connections; everything else goes on
//	garble         the next Count envelopes arrive as broken JSON
//	strange        send Count events of type Name ("quantum_leap") that are Bytes long
//	rate_limit     answer the next Count calls of Method with 429 and RetryAfter seconds
//	server_error   answer the next Count calls of Method with Status (500)
//	slack_error    answer the next Count calls of Method with the error Name
//	slow           answer the next Count calls of Method after DelayMS
//	lose_answer    carry out the next Count calls of Method, then break the connection
//	accept_late    break the connection, carry out the call DelayMS later
//	revoke         refuse the bot token (Token "app": the app token) from now on
//	missing_scope  take Scope away from the bot token
//	clear          end all faults, give tokens and scopes back
type Fault struct {
	Kind       string `json:"kind"`
	Method     string `json:"method,omitempty"` // "chat.postMessage"; empty for any
	Count      int    `json:"count,omitempty"`
	Reason     string `json:"reason,omitempty"`
	MidFrame   bool   `json:"mid_frame,omitempty"`
	RetryAfter int    `json:"retry_after,omitempty"` // seconds
	Status     int    `json:"status,omitempty"`
	Name       string `json:"name,omitempty"`
	DelayMS    int    `json:"delay_ms,omitempty"`
	Scope      string `json:"scope,omitempty"`
	Token      string `json:"token,omitempty"`
	Bytes      int    `json:"bytes,omitempty"`
}

// faultState is the faults that are still to come.
type faultState struct {
	loseAcks int
	cut      int
	garble   int
	calls    []*Fault // of Web API calls, each with what is left of its Count
}

// Inject calls up a fault.
func (w *Workspace) Inject(f Fault) error {
	if f.Count <= 0 {
		f.Count = 1
	}
	switch f.Kind {
	case "redeliver":
		w.Redeliver()
		return nil
	case "redeliver_last":
		w.RedeliverLast(f.Count)
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.touch()
	return w.inject(f)
}

func (w *Workspace) inject(f Fault) error {
	switch f.Kind {
	case "lose_acks":
		w.faults.loseAcks += f.Count
	case "disconnect":
		if f.Reason == "" {
			f.Reason = "refresh_requested"
		}
		for _, s := range w.sockets.open {
			w.disconnect(s, f.Reason)
		}
	case "drop":
		if f.MidFrame {
			w.faults.cut += f.Count
			break
		}
		for _, s := range w.sockets.open {
			s.retired = true
			s.drop()
		}
	case "refresh", "half_open", "no_pings", "garble", "strange":
		w.injectSocket(f)
	case "rate_limit", "server_error", "slack_error", "slow", "lose_answer", "accept_late":
		if f.Kind == "slack_error" && f.Name == "" {
			return invalid("slack_error needs the error's name")
		}
		w.faults.calls = append(w.faults.calls, &f)
	case "revoke":
		if f.Token == "app" {
			w.secrets.appRevoked = true
		} else {
			w.secrets.botRevoked = true
		}
	case "missing_scope":
		if f.Scope == "" {
			return invalid("missing_scope needs the scope to take away")
		}
		w.secrets.denied[f.Scope] = true
	case "clear":
		w.faults = faultState{}
		w.secrets.botRevoked, w.secrets.appRevoked = false, false
		w.secrets.denied = make(map[string]bool)
	default:
		return invalid(fmt.Sprintf("no fault of kind %q", f.Kind))
	}
	return nil
}

// faultFor takes the first fault that is meant for a call of that method.
func (w *Workspace) faultFor(method string) *Fault {
	for i, f := range w.faults.calls {
		if f.Method != "" && f.Method != "*" && f.Method != method {
			continue
		}
		f.Count--
		if f.Count <= 0 {
			w.faults.calls = append(w.faults.calls[:i:i], w.faults.calls[i+1:]...)
		}
		return f
	}
	return nil
}

func (f *Fault) delay() time.Duration { return time.Duration(f.DelayMS) * time.Millisecond }

// Faults lists the faults that are still to come or still hold.
func (w *Workspace) Faults() []Fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := []Fault{}
	if w.faults.loseAcks > 0 {
		list = append(list, Fault{Kind: "lose_acks", Count: w.faults.loseAcks})
	}
	if w.faults.cut > 0 {
		list = append(list, Fault{Kind: "drop", MidFrame: true, Count: w.faults.cut})
	}
	if w.faults.garble > 0 {
		list = append(list, Fault{Kind: "garble", Count: w.faults.garble})
	}
	for _, f := range w.faults.calls {
		list = append(list, *f)
	}
	if w.secrets.botRevoked {
		list = append(list, Fault{Kind: "revoke"})
	}
	if w.secrets.appRevoked {
		list = append(list, Fault{Kind: "revoke", Token: "app"})
	}
	for _, scope := range slices.Sorted(maps.Keys(w.secrets.denied)) {
		list = append(list, Fault{Kind: "missing_scope", Scope: scope})
	}
	return list
}
