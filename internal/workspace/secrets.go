package workspace

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	responseUses = 5
	responseLife = 30 * time.Minute
)

// secrets is what opens doors: tokens, triggers and response URLs.
type secrets struct {
	botRevoked, appRevoked bool
	denied                 map[string]bool // scopes that a fault took away
	triggers               map[string]*trigger
	responses              map[string]*responseURL
}

// trigger lets the bot open one view for the person who did something.
type trigger struct {
	person  string
	view    string // the view it came from, if any
	expires time.Time
	used    bool
}

// responseURL lets the bot answer a command or a click a few times.
type responseURL struct {
	person  string
	channel string
	ts      string // the message that was clicked; empty for commands
	uses    int
	expires time.Time
}

func newSecrets(Config) secrets {
	return secrets{
		denied:    make(map[string]bool),
		triggers:  make(map[string]*trigger),
		responses: make(map[string]*responseURL),
	}
}

// newTrigger gives out a trigger id; it lives for seconds of the wall clock.
func (w *Workspace) newTrigger(person, view string) string {
	now := w.cfg.Now()
	for id, t := range w.secrets.triggers {
		if now.Sub(t.expires) > time.Minute { // long enough to still say expired or exchanged
			delete(w.secrets.triggers, id)
		}
	}
	id := fmt.Sprintf("%d.%s.%s", now.UnixMilli(), "1000000000001", strings.ToLower(w.newID("", 32)))
	w.secrets.triggers[id] = &trigger{person: person, view: view, expires: now.Add(w.cfg.TriggerLife)}
	return id
}

// exchange uses a trigger up.
func (w *Workspace) exchange(id string) (*trigger, error) {
	t := w.secrets.triggers[id]
	switch {
	case t == nil:
		return nil, slackErr("invalid_trigger_id")
	case t.used:
		return nil, slackErr("exchanged_trigger_id")
	case w.cfg.Now().After(t.expires):
		return nil, slackErr("expired_trigger_id")
	}
	t.used = true
	return t, nil
}

// newResponseURL gives out the address for answers to a command or a click.
func (w *Workspace) newResponseURL(person, channel, ts string) string {
	now := w.cfg.Now()
	for id, r := range w.secrets.responses {
		if now.Sub(r.expires) > responseLife {
			delete(w.secrets.responses, id)
		}
	}
	id := strings.ToLower(w.newID("", 24))
	w.secrets.responses[id] = &responseURL{person: person, channel: channel, ts: ts, expires: now.Add(responseLife)}
	return w.URL() + "response/" + id
}

// authorize checks the token of a Web API call against what the method needs.
func (w *Workspace) authorize(token string, m *method) error {
	if m.scope == noToken {
		return nil
	}
	if token == "" {
		return slackErr("not_authed")
	}
	if m.scope == appToken {
		switch {
		case token == w.cfg.BotToken:
			return slackErr("not_allowed_token_type")
		case token != w.cfg.AppToken || w.secrets.appRevoked:
			return slackErr("invalid_auth")
		}
		return nil
	}
	switch {
	case token == w.cfg.AppToken && m.scope != anyToken:
		return slackErr("not_allowed_token_type")
	case token == w.cfg.AppToken:
		return nil
	case token != w.cfg.BotToken || w.secrets.botRevoked:
		return slackErr("invalid_auth")
	case m.scope == "" || m.scope == anyToken || w.granted(m.scope):
		return nil
	}
	return &slackError{name: "missing_scope", extra: map[string]any{
		"needed": m.scope, "provided": strings.Join(w.scopes(), ","),
	}}
}

// scopes are those the bot token still has.
func (w *Workspace) scopes() []string {
	var list []string
	for _, s := range w.cfg.Scopes {
		if !w.secrets.denied[s] {
			list = append(list, s)
		}
	}
	return list
}

func (w *Workspace) granted(scope string) bool {
	for _, s := range w.scopes() {
		if s == scope {
			return true
		}
	}
	return false
}

// tokenOf reads the token of a request: the Authorization header, else the
// field of a form.
func tokenOf(r *http.Request, a args) string {
	if h, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return strings.TrimSpace(h)
	}
	if a.form {
		return a.text("token")
	}
	return ""
}
