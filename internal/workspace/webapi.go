package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const maxBody = 10 << 20

// What a method wants to be called with, where it is not a scope of the bot token.
const (
	noToken  = "none" // no token at all
	anyToken = "any"  // either token
	appToken = "app"  // the app-level token
)

// method is one method of the Web API. run is called with w.mu held.
type method struct {
	scope string
	run   func(w *Workspace, a args) (map[string]any, error)
}

// methods are the Web API methods that the workspace knows; the table is filled
// where they are written.
var methods = map[string]*method{
	"api.test":                     {noToken, (*Workspace).apiTest},
	"auth.test":                    {anyToken, (*Workspace).authTest},
	"apps.connections.open":        {appToken, (*Workspace).connectionsOpen},
	"blocks.validate":              {"", (*Workspace).blocksValidate},
	"bots.info":                    {"users:read", (*Workspace).botsInfo},
	"chat.delete":                  {"chat:write", (*Workspace).chatDelete},
	"chat.getPermalink":            {"", (*Workspace).chatGetPermalink},
	"chat.postEphemeral":           {"chat:write", (*Workspace).chatPostEphemeral},
	"chat.postMessage":             {"chat:write", (*Workspace).chatPostMessage},
	"chat.update":                  {"chat:write", (*Workspace).chatUpdate},
	"conversations.history":        {"", (*Workspace).conversationsHistory},
	"conversations.info":           {"", (*Workspace).conversationsInfo},
	"conversations.list":           {"", (*Workspace).conversationsList},
	"conversations.open":           {"im:write", (*Workspace).conversationsOpen},
	"conversations.replies":        {"", (*Workspace).conversationsReplies},
	"files.completeUploadExternal": {"files:write", (*Workspace).filesComplete},
	"files.delete":                 {"files:write", (*Workspace).filesDelete},
	"files.getUploadURLExternal":   {"files:write", (*Workspace).filesGetUploadURL},
	"files.info":                   {"files:read", (*Workspace).filesInfo},
	"team.info":                    {"team:read", (*Workspace).teamInfo},
	"usergroups.users.list":        {"usergroups:read", (*Workspace).userGroupMembers},
	"users.info":                   {"users:read", (*Workspace).usersInfo},
	"users.list":                   {"users:read", (*Workspace).usersList},
	"views.open":                   {"", (*Workspace).viewsOpen},
	"views.publish":                {"", (*Workspace).viewsPublish},
	"views.push":                   {"", (*Workspace).viewsPush},
	"views.update":                 {"", (*Workspace).viewsUpdate},
}

// args are the arguments of a call, however they were encoded: strings from a
// form, JSON values from a JSON body.
type args struct {
	values map[string]any
	form   bool
}

// serveAPI answers one Web API call.
func (w *Workspace) serveAPI(rw http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	a, err := readArgs(r)
	if err != nil {
		w.answer(rw, r, name, a, nil, err)
		return
	}
	w.mu.Lock()
	w.work.calls++
	w.touch()
	f := w.faultFor(name)
	w.mu.Unlock()
	defer w.callDone()
	switch {
	case f == nil:
	case f.Kind == "slow":
		w.pause(r, f.delay())
	case f.Kind == "accept_late":
		w.acceptLate(rw, r, name, a, f.delay())
		return
	case w.answerFault(rw, name, a, f):
		return
	}
	answer, err := w.call(r, name, a)
	if f != nil && f.Kind == "lose_answer" {
		w.record(name, a, response(answer, err))
		cutAnswer(rw)
		return
	}
	w.answer(rw, r, name, a, answer, err)
}

func (w *Workspace) callDone() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.work.calls--
	w.touch()
}

// call carries a method out.
func (w *Workspace) call(r *http.Request, name string, a args) (map[string]any, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m := methods[name]
	if m == nil {
		return nil, &slackError{name: "unknown_method", extra: map[string]any{"req_method": name}}
	}
	if w.closed {
		return nil, slackErr("service_unavailable")
	}
	if err := w.authorize(tokenOf(r, a), m); err != nil {
		return nil, err
	}
	return m.run(w, a)
}

// answerFault answers instead of the method; false lets the method run.
func (w *Workspace) answerFault(rw http.ResponseWriter, name string, a args, f *Fault) bool {
	switch f.Kind {
	case "rate_limit":
		rw.Header().Set("Retry-After", strconv.Itoa(max(f.RetryAfter, 1)))
		w.write(rw, http.StatusTooManyRequests, name, a, response(nil, slackErr("ratelimited")))
	case "server_error":
		status := f.Status
		if status == 0 {
			status = http.StatusInternalServerError
		}
		w.record(name, a, []byte(`{"ok":false,"error":"internal_error"}`))
		http.Error(rw, "<html><body>Slack is having trouble</body></html>", status)
	case "slack_error":
		w.write(rw, http.StatusOK, name, a, response(nil, slackErr(f.Name)))
	default:
		return false
	}
	return true
}

// acceptLate breaks the connection and carries the call out afterwards, as
// Slack may when an answer gets lost on the way.
func (w *Workspace) acceptLate(rw http.ResponseWriter, r *http.Request, name string, a args, delay time.Duration) {
	w.mu.Lock()
	w.work.calls++ // until it is carried out
	w.mu.Unlock()
	w.done.Go(func() {
		defer w.callDone()
		w.pause(nil, delay)
		answer, err := w.call(r, name, a)
		w.record(name, a, response(answer, err))
	})
	cutAnswer(rw)
}

// pause waits, but not longer than the workspace or the request lives.
func (w *Workspace) pause(r *http.Request, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	var gone <-chan struct{}
	if r != nil {
		gone = r.Context().Done()
	}
	select {
	case <-timer.C:
	case <-gone:
	case <-w.ctx.Done():
	}
}

// cutAnswer closes the connection without an answer.
func cutAnswer(rw http.ResponseWriter) {
	if h, ok := rw.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0) // a reset, not a polite end
			}
			_ = conn.Close()
			return
		}
	}
	panic(http.ErrAbortHandler)
}

// answer writes what a method returned.
func (w *Workspace) answer(rw http.ResponseWriter, r *http.Request, name string, a args, answer map[string]any, err error) {
	if m := methods[name]; m != nil && strings.Contains(m.scope, ":") {
		rw.Header().Set("X-Accepted-OAuth-Scopes", m.scope)
	}
	rw.Header().Set("X-OAuth-Scopes", strings.Join(w.cfg.Scopes, ","))
	w.write(rw, http.StatusOK, name, a, response(answer, err))
}

func (w *Workspace) write(rw http.ResponseWriter, status int, name string, a args, body []byte) {
	w.record(name, a, body)
	rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	rw.WriteHeader(status)
	_, _ = rw.Write(body) // the client may be gone
}

// response is the body of an answer.
func response(answer map[string]any, err error) []byte {
	if err == nil {
		if answer == nil {
			answer = map[string]any{}
		}
		answer["ok"] = true
		return encode(answer)
	}
	body := map[string]any{"ok": false, "error": "fatal_error"}
	var refused *slackError
	if errors.As(err, &refused) {
		body["error"] = refused.name
		for k, v := range refused.extra {
			body[k] = v
		}
	}
	return encode(body)
}

// readArgs reads the arguments of a call from its query, form or JSON body.
func readArgs(r *http.Request) (args, error) {
	a := args{values: make(map[string]any)}
	for k, v := range r.URL.Query() {
		a.values[k] = v[0]
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil || len(body) > maxBody {
		return a, slackErr("request_timeout")
	}
	switch {
	case r.Method == http.MethodGet:
		a.form = true
	case kind == "application/json":
		if len(body) == 0 {
			return a, nil
		}
		if err := json.Unmarshal(body, &a.values); err != nil {
			var wrong *json.UnmarshalTypeError
			if errors.As(err, &wrong) {
				return a, slackErr("json_not_object")
			}
			return a, slackErr("invalid_json")
		}
	case kind == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return a, slackErr("invalid_form_data")
		}
		a.form = true
		for k, v := range form {
			a.values[k] = v[0]
		}
	case len(body) > 0:
		return a, slackErr("invalid_post_type")
	}
	return a, nil
}

// text is an argument as a string; numbers and booleans are spelled out.
func (a args) text(name string) string {
	switch v := a.values[name].(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return ""
	}
}

func (a args) has(name string) bool {
	v, ok := a.values[name]
	return ok && v != nil
}

// flag is an argument as a boolean; Slack takes 1 and true.
func (a args) flag(name string) bool {
	v := a.text(name)
	return v == "1" || strings.EqualFold(v, "true")
}

// number is an argument as a whole number between low and high.
func (a args) number(name string, otherwise, low, high int) (int, error) {
	if a.text(name) == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(a.text(name))
	if err != nil || n < low || n > high {
		return 0, invalidArguments(fmt.Sprintf("must be between %d and %d [json-pointer:/%s]", low, high, name))
	}
	return n, nil
}

// value is an argument that is JSON: a value of a JSON body, or JSON text in a form.
func (a args) value(name string) (v any, present bool, err error) {
	v, present = a.values[name]
	if !present || v == nil || v == "" {
		return nil, false, nil
	}
	if s, ok := v.(string); ok {
		if err := json.Unmarshal([]byte(s), &v); err != nil {
			return nil, true, err
		}
	}
	return v, true, nil
}

// need refuses a call that lacks an argument.
func (a args) need(names ...string) error {
	for _, n := range names {
		if a.text(n) == "" {
			return invalidArguments("missing required field: " + n)
		}
	}
	return nil
}

func invalidArguments(messages ...string) error {
	for i := range messages {
		messages[i] = "[ERROR] " + messages[i]
	}
	return slackErrWith("invalid_arguments", messages)
}
