package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// localRoutes is the JSON API of the page and the tests: what a person does and
// sees, the clock, faults. Other web sites cannot call it: it refuses requests
// of foreign origin.
//
//	POST say {person, text, thread_ts, channel} · command {person, command, text, channel}
//	     click {person, channel, ts, view_id, action_id, block_id, value, fields, stale}
//	     submit {person, view_id, values} · close {person, view_id}
//	     shortcut {person, callback_id, channel, ts} · open_home {person, tab}
//	     edit {person, ts, text} · delete {person, ts} · unfurl {person, ts}
//	     mention {person, text} · file {person, name, content or base64, mimetype, text}
//	     person {name, zone, …} · zone {person, zone, locale}
//	     clock {advance: "24h"}, {now: RFC 3339} or {next: true} · fault, see Fault
//	GET  people · messages?person=&channel= · home?person= · views?person= · clock
//	     files?person= · files/ID?person=&download= (the bytes)
//	     calls (JSON lines) · traffic?after= · faults · quiet?ms=&timeout=
func (w *Workspace) localRoutes() http.Handler {
	mux := http.NewServeMux()
	post := func(name string, h func(r *http.Request) (any, error)) {
		mux.HandleFunc("POST /_local/"+name, func(rw http.ResponseWriter, r *http.Request) { answerLocal(rw, r, h) })
	}
	get := func(name string, h func(r *http.Request) (any, error)) {
		mux.HandleFunc("GET /_local/"+name, func(rw http.ResponseWriter, r *http.Request) { answerLocal(rw, r, h) })
	}
	post("say", w.localSay)
	post("command", w.localCommand)
	post("click", w.localClick)
	post("submit", w.localSubmit)
	post("close", w.localClose)
	post("shortcut", w.localShortcut)
	post("open_home", w.localOpenHome)
	post("edit", w.localEdit)
	post("delete", w.localDelete)
	post("unfurl", w.localUnfurl)
	post("mention", w.localMention)
	post("file", w.localFile)
	post("person", w.localPerson)
	post("zone", w.localZone)
	post("clock", w.localSetClock)
	post("fault", w.localFault)
	get("people", func(*http.Request) (any, error) { return w.People(), nil })
	get("messages", w.localMessages)
	get("home", w.localHome)
	get("views", w.localViews)
	get("clock", func(*http.Request) (any, error) { return w.clockView(), nil })
	get("traffic", w.localTraffic)
	get("faults", func(*http.Request) (any, error) { return w.Faults(), nil })
	get("quiet", w.localQuiet)
	get("files", func(r *http.Request) (any, error) { return w.Files(r.FormValue("person")) })
	mux.HandleFunc("GET /_local/files/{id}", w.serveFile)
	mux.HandleFunc("GET /_local/calls", w.localCalls)
	return http.NewCrossOriginProtection().Handler(mux)
}

func answerLocal(rw http.ResponseWriter, r *http.Request, h func(r *http.Request) (any, error)) {
	v, err := h(r)
	status := http.StatusOK
	if err != nil {
		status, v = statusOf(err), map[string]any{"error": err.Error()}
	}
	if v == nil {
		v = map[string]any{}
	}
	rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	rw.WriteHeader(status)
	_, _ = rw.Write(append(encode(v), '\n')) // the client may be gone
}

// read decodes a request's JSON body; unknown members are mistakes.
func read[T any](r *http.Request) (T, error) {
	var v T
	d := json.NewDecoder(io.LimitReader(r.Body, maxBody))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, invalid("read the request's JSON: " + err.Error())
	}
	return v, nil
}

// unhurried is for what waits for an ack: the reply must be shown even if the
// page that asked was left meanwhile. The wait for the ack bounds it.
func unhurried(r *http.Request) context.Context { return context.WithoutCancel(r.Context()) }

// tsAnswer is the answer of what makes a message.
func tsAnswer(ts string, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return map[string]string{"ts": ts}, nil
}

func (w *Workspace) localSay(r *http.Request) (any, error) {
	s, err := read[Saying](r)
	if err != nil {
		return nil, err
	}
	return tsAnswer(w.Speak(s))
}

func (w *Workspace) localCommand(r *http.Request) (any, error) {
	c, err := read[struct{ Person, Channel, Command, Text string }](r)
	if err != nil {
		return nil, err
	}
	return tsAnswer(w.CommandIn(unhurried(r), c.Person, c.Channel, c.Command, c.Text))
}

func (w *Workspace) localClick(r *http.Request) (any, error) {
	c, err := read[struct {
		Person   string         `json:"person"`
		Channel  string         `json:"channel"`
		TS       string         `json:"ts"`
		ViewID   string         `json:"view_id"`
		ActionID string         `json:"action_id"`
		BlockID  string         `json:"block_id"`
		Value    any            `json:"value"`
		Stale    bool           `json:"stale"`
		Fields   map[string]any `json:"fields"`
	}](r)
	if err != nil {
		return nil, err
	}
	values, err := oneOrMore(c.Value)
	if err != nil {
		return nil, invalid("value: " + err.Error())
	}
	p := Press{
		Person: c.Person, Channel: c.Channel, TS: c.TS, ViewID: c.ViewID,
		ActionID: c.ActionID, BlockID: c.BlockID, Values: values, Stale: c.Stale, Fields: c.Fields,
	}
	if len(values) == 1 {
		p.Value = values[0]
	}
	return nil, w.Click(unhurried(r), p)
}

func (w *Workspace) localSubmit(r *http.Request) (any, error) {
	s, err := read[struct {
		Person string         `json:"person"`
		ViewID string         `json:"view_id"`
		Values map[string]any `json:"values"`
	}](r)
	if err != nil {
		return nil, err
	}
	return w.Submit(unhurried(r), s.Person, s.ViewID, s.Values)
}

func (w *Workspace) localClose(r *http.Request) (any, error) {
	c, err := read[struct {
		Person string `json:"person"`
		ViewID string `json:"view_id"`
	}](r)
	if err != nil {
		return nil, err
	}
	return nil, w.CloseView(unhurried(r), c.Person, c.ViewID)
}

func (w *Workspace) localShortcut(r *http.Request) (any, error) {
	s, err := read[struct {
		Person     string `json:"person"`
		CallbackID string `json:"callback_id"`
		Channel    string `json:"channel"`
		TS         string `json:"ts"`
	}](r)
	if err != nil {
		return nil, err
	}
	return nil, w.Shortcut(unhurried(r), s.Person, s.CallbackID, s.Channel, s.TS)
}

func (w *Workspace) localOpenHome(r *http.Request) (any, error) {
	o, err := read[struct{ Person, Tab string }](r)
	if err != nil {
		return nil, err
	}
	if o.Tab == "messages" {
		return nil, w.OpenMessages(o.Person)
	}
	return nil, w.OpenHome(o.Person)
}

// written names a message that a person wrote, and its new text.
type written struct{ Person, TS, Text string }

func (w *Workspace) localEdit(r *http.Request) (any, error) {
	e, err := read[written](r)
	if err != nil {
		return nil, err
	}
	return nil, w.Edit(e.Person, e.TS, e.Text)
}

func (w *Workspace) localDelete(r *http.Request) (any, error) {
	d, err := read[written](r)
	if err != nil {
		return nil, err
	}
	return nil, w.Delete(d.Person, d.TS)
}

func (w *Workspace) localUnfurl(r *http.Request) (any, error) {
	u, err := read[written](r)
	if err != nil {
		return nil, err
	}
	return nil, w.Unfurl(u.Person, u.TS)
}

func (w *Workspace) localMention(r *http.Request) (any, error) {
	m, err := read[written](r)
	if err != nil {
		return nil, err
	}
	return tsAnswer(w.Mention(m.Person, m.Text))
}

func (w *Workspace) localFile(r *http.Request) (any, error) {
	u, err := read[Upload](r)
	if err != nil {
		return nil, err
	}
	return tsAnswer(w.ShareFile(u))
}

func (w *Workspace) localPerson(r *http.Request) (any, error) {
	p, err := read[Person](r)
	if err != nil {
		return nil, err
	}
	return w.AddPerson(p)
}

func (w *Workspace) localZone(r *http.Request) (any, error) {
	z, err := read[struct{ Person, Zone, Locale string }](r)
	if err != nil {
		return nil, err
	}
	return nil, w.ChangePerson(z.Person, func(p *Person) {
		if z.Zone != "" {
			p.Zone = z.Zone
		}
		if z.Locale != "" {
			p.Locale = z.Locale
		}
	})
}

func (w *Workspace) localSetClock(r *http.Request) (any, error) {
	c, err := read[struct {
		Advance string    `json:"advance"`
		Now     time.Time `json:"now"`
		Next    bool      `json:"next"`
	}](r)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Next:
		at, ok := w.NextDue()
		if !ok {
			return nil, notFound("nothing is due")
		}
		if at.After(w.Now()) {
			err = w.SetClock(at)
		}
	case c.Advance != "":
		var d time.Duration
		if d, err = time.ParseDuration(c.Advance); err != nil {
			return nil, invalid(fmt.Sprintf("advance: %q is no duration such as 24h", c.Advance))
		}
		err = w.Advance(d)
	case !c.Now.IsZero():
		err = w.SetClock(c.Now)
	default:
		err = errors.New("give advance, now or next")
	}
	if err != nil {
		return nil, invalid(err.Error())
	}
	return w.clockView(), nil
}

func (w *Workspace) clockView() any {
	view := map[string]any{"now": w.Now().Format(time.RFC3339Nano)}
	if at, ok := w.NextDue(); ok {
		view["next_due"] = at.UTC().Format(time.RFC3339Nano)
	}
	return view
}

func (w *Workspace) localFault(r *http.Request) (any, error) {
	f, err := read[Fault](r)
	if err != nil {
		return nil, err
	}
	return nil, w.Inject(f)
}

func (w *Workspace) localMessages(r *http.Request) (any, error) {
	return w.ChannelMessages(r.FormValue("person"), r.FormValue("channel"))
}

func (w *Workspace) localHome(r *http.Request) (any, error) {
	v, err := w.Home(r.FormValue("person"))
	if v == nil && err == nil {
		return nil, notFound("the bot has published no Home tab for that person")
	}
	return v, err
}

func (w *Workspace) localViews(r *http.Request) (any, error) { return w.Views(r.FormValue("person")) }

// localQuiet waits until the bot has been still for ms; 408 after timeout ms.
func (w *Workspace) localQuiet(r *http.Request) (any, error) {
	number := func(name string, otherwise int) (time.Duration, error) {
		s := r.FormValue(name)
		if s == "" {
			return time.Duration(otherwise) * time.Millisecond, nil
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > 600_000 {
			return 0, invalid(name + " is a number of milliseconds, at most 600000")
		}
		return time.Duration(n) * time.Millisecond, nil
	}
	still, err := number("ms", 200)
	if err != nil {
		return nil, err
	}
	patience, err := number("timeout", 30_000)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	if err := w.Quiet(ctx, still); err != nil {
		return nil, &Error{http.StatusRequestTimeout, err.Error()}
	}
	return nil, nil
}

// localCalls writes the Web API calls as JSON lines.
func (w *Workspace) localCalls(rw http.ResponseWriter, r *http.Request) {
	rw.Header().Set("Content-Type", "application/jsonl; charset=utf-8")
	out := json.NewEncoder(rw)
	for _, c := range w.Calls() {
		if out.Encode(c) != nil {
			return // the client is gone
		}
	}
}
