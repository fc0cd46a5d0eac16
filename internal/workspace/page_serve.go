package workspace

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// servePage draws the page as it is now.
func (w *Workspace) servePage(rw http.ResponseWriter, r *http.Request) {
	v, err := w.view(r)
	if err != nil {
		http.Error(rw, err.Error(), statusOf(err))
		return
	}
	var b bytes.Buffer
	if err := pageTemplate.ExecuteTemplate(&b, "index.html", v); err != nil {
		w.log.Error("the page cannot be drawn", "error", err.Error())
		http.Error(rw, "the page cannot be drawn", http.StatusInternalServerError)
		return
	}
	pageHeaders(rw, "text/html; charset=utf-8")
	_, _ = b.WriteTo(rw) // the browser may be gone
}

// part draws one of the page's templates.
func (w *Workspace) part(name string, data any) string {
	var b strings.Builder
	if err := pageTemplate.ExecuteTemplate(&b, name, data); err != nil {
		w.log.Error("the page cannot be drawn", "part", name, "error", err.Error())
	}
	return b.String()
}

// rowState is a row as the page's script takes it.
type rowState struct {
	Key     string `json:"key"`
	Version string `json:"version"`
	Says    string `json:"says,omitempty"` // for screen readers, when it is new
	HTML    string `json:"html"`
}

func rowStates(rows []pageRow) []rowState {
	list := []rowState{}
	for _, r := range rows {
		list = append(list, rowState{r.Key, r.Version, r.Says, string(r.HTML)})
	}
	return list
}

// servePageState gives the parts of the page that change, as JSON.
func (w *Workspace) servePageState(rw http.ResponseWriter, r *http.Request) {
	v, err := w.view(r)
	if err != nil {
		answerLocal(rw, r, func(*http.Request) (any, error) { return nil, err })
		return
	}
	state := map[string]any{
		"rows": rowStates(v.Rows), "clock": w.part("clock", v), "online": v.Online, "people": w.part("people", v),
		"faults": w.part("faults", v),
	}
	if v.Home != nil {
		state["home"] = map[string]string{"id": v.Home.ID, "version": v.Home.Version, "html": string(v.Home.Body)}
	}
	if v.Modal != nil {
		state["modal"] = map[string]string{"id": v.Modal.ID, "version": v.Modal.Version, "html": w.part("modal", v.Modal)}
	}
	if v.Thread != nil {
		state["thread"] = map[string]any{"ts": v.Thread.TS, "rows": rowStates(v.Thread.Rows)}
	}
	pageHeaders(rw, "application/json; charset=utf-8")
	_, _ = rw.Write(encode(state)) // the browser may be gone
}

// servePageEvents says "changed" whenever there is something new to see.
func (w *Workspace) servePageEvents(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	p, err := w.person(r.FormValue("as"))
	w.mu.Unlock()
	if err != nil {
		http.Error(rw, err.Error(), http.StatusNotFound)
		return
	}
	changed, stop := w.page.watch(p.ID)
	defer stop()
	var exchanged <-chan struct{}
	if r.FormValue("traffic") != "" {
		exchanged, stop = w.page.watch(trafficWatch)
		defer stop()
	}
	pageHeaders(rw, "text/event-stream")
	alive := time.NewTicker(20 * time.Second)
	defer alive.Stop()
	say := func(line string) bool {
		if _, err := fmt.Fprint(rw, line+"\n\n"); err != nil {
			return false
		}
		return http.NewResponseController(rw).Flush() == nil
	}
	for ok := say("data: hello"); ok; {
		select {
		case <-changed:
			ok = say("data: changed")
		case <-exchanged:
			ok = say("data: exchanged")
		case <-alive.C:
			ok = say(": still here")
		case <-r.Context().Done():
			return
		case <-w.ctx.Done():
			return
		}
	}
}
