package workspace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// pageExchange is a line of the panel that shows calls and deliveries.
type pageExchange struct {
	Key, Name, Outcome, Time string
	FromBot, Good, Waiting   bool
	Payload, Answer          string // indented JSON
}

// servePageTraffic gives the exchanges that changed after a count, drawn.
func (w *Workspace) servePageTraffic(rw http.ResponseWriter, r *http.Request) {
	after, err := afterOf(r)
	w.mu.Lock()
	p, unknown := w.person(r.FormValue("as"))
	w.mu.Unlock()
	if err == nil {
		err = unknown
	}
	if err != nil {
		answerLocal(rw, r, func(*http.Request) (any, error) { return nil, err })
		return
	}
	zone, err := time.LoadLocation(p.Zone)
	if err != nil {
		zone = time.UTC
	}
	rows := []rowState{}
	for _, x := range w.Traffic(after) {
		after = max(after, x.Change)
		row := pageExchangeOf(x, zone)
		rows = append(rows, rowState{Key: row.Key, HTML: w.part("exchange", row)})
	}
	pageHeaders(rw, "application/json; charset=utf-8")
	_, _ = rw.Write(encode(map[string]any{"after": after, "rows": rows, "most": maxTraffic})) // the browser may be gone
}

func pageExchangeOf(x Exchange, zone *time.Location) pageExchange {
	return pageExchange{
		Key: fmt.Sprintf("x-%d", x.N), Name: x.Name, Outcome: x.Outcome, Time: x.At.In(zone).Format("15:04:05"), FromBot: x.FromBot,
		Good: x.Outcome == "ok", Waiting: x.Outcome == "waiting", Payload: indented(x.Payload), Answer: indented(x.Answer),
	}
}

// maxShown is how many bytes of a payload the panel shows.
const maxShown = 20_000

// indented is JSON for reading.
func indented(raw json.RawMessage) string {
	var b bytes.Buffer
	if len(raw) == 0 || json.Indent(&b, raw, "", "  ") != nil {
		return string(raw)
	}
	if s := b.String(); len(s) <= maxShown {
		return s
	}
	return string(bytes.ToValidUTF8(b.Bytes()[:maxShown], nil)) + "\n…"
}
