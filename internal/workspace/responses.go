package workspace

import (
	"net/http"
	"time"
)

// serveResponseURL takes an answer to a command or a click: a new message, or
// a change of the one that was clicked.
func (w *Workspace) serveResponseURL(rw http.ResponseWriter, r *http.Request) {
	a, err := readArgs(r)
	if err == nil {
		err = w.respond(r.PathValue("id"), a)
	}
	status, body := http.StatusOK, []byte("ok")
	kind := "text/plain; charset=utf-8"
	if err != nil {
		status, body, kind = http.StatusBadRequest, response(nil, err), "application/json; charset=utf-8"
		if n := err.Error(); n == "used_url" || n == "expired_url" || n == "no_such_url" {
			status = http.StatusNotFound
		}
	}
	w.record("response_url", a, response(nil, err))
	rw.Header().Set("Content-Type", kind)
	rw.WriteHeader(status)
	_, _ = rw.Write(body) // the client may be gone
}

func (w *Workspace) respond(id string, a args) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.touch()
	u := w.secrets.responses[id]
	switch {
	case u == nil:
		return slackErr("no_such_url")
	case w.cfg.Now().After(u.expires.Add(time.Nanosecond)):
		return slackErr("expired_url")
	case u.uses >= responseUses:
		return slackErr("used_url")
	}
	u.uses++
	ch := w.people.channels[u.channel]
	m := ch.byTS[u.ts]
	if a.flag("delete_original") {
		if m == nil {
			return slackErr("message_not_found")
		}
		w.erase(ch, m)
		return nil
	}
	c, err := w.readContent(a, maxText)
	if err != nil {
		return err
	}
	switch {
	case a.flag("replace_original") && m != nil:
		w.change(ch, m, BotID, func(m *message) {
			m.Text, m.Blocks, m.state = c.text, w.withIDs(c.blocks), nil
		})
	case a.text("response_type") == "in_channel":
		w.postAsBot(ch, c)
	default:
		w.postEphemeral(ch, u.person, c)
	}
	return nil
}
