package workspace

import (
	"cmp"
	"strings"
	"time"
)

// warningAhead is how long before the end of a connection Slack warns of it.
const warningAhead = 10 * time.Second

// injectSocket calls up the faults of open connections and of what comes over
// them. The caller holds w.mu.
func (w *Workspace) injectSocket(f Fault) {
	switch f.Kind {
	case "refresh":
		for _, s := range w.sockets.open[:min(f.Count, len(w.sockets.open))] {
			if f.Reason != "" {
				w.disconnect(s, f.Reason)
				continue
			}
			w.disconnect(s, "warning")
			time.AfterFunc(cmp.Or(f.delay(), warningAhead), func() {
				w.mu.Lock()
				defer w.mu.Unlock()
				if !w.closed {
					w.disconnect(s, "refresh_requested")
				}
			})
		}
	case "half_open":
		for _, s := range w.sockets.open {
			s.silent.Store(true)
		}
	case "no_pings":
		for _, s := range w.sockets.open {
			s.pingless.Store(true)
		}
	case "garble":
		w.faults.garble += f.Count
	case "strange":
		for range f.Count {
			w.happen(map[string]any{
				"type": cmp.Or(f.Name, "quantum_leap"), "event_ts": w.eventTS(), "padding": strings.Repeat("x", f.Bytes),
			}, false)
		}
	}
}

// garbled is an envelope of which a part got lost: no JSON any more.
func garbled(text []byte) []byte { return text[:len(text)/2] }
