package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/coder/websocket"

	"waymark/internal/workspace"
)

// wire stands between a bot and Slack, hears every envelope and every
// acknowledgement, and can bring the bot envelopes that Slack would never send.
type wire struct {
	t      *testing.T
	server *httptest.Server
	slack  string // host:port

	mu        sync.Mutex
	envelopes []envelope        // in the order in which they came
	acks      map[string][]byte // by envelope; the payload, which may be empty
	replies   []parcel          // through the addresses that come with interactions
	inject    chan []byte
	forged    int
	refuses   atomic.Value  // func(http.ResponseWriter, *http.Request) bool, which answers in Slack's place
	arrived   chan struct{} // gets a value after each acknowledgement
}

// envelope is one that Slack has sent, or that a test has forged.
type envelope struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
	Accepts bool            `json:"accepts_response_payload"`
	Attempt int             `json:"retry_attempt"`
	Reason  string          `json:"retry_reason"`
}

func newWire(t *testing.T, api string) *wire {
	t.Helper()
	target, err := url.Parse(strings.TrimSuffix(api, "/api/"))
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{t: t, slack: target.Host, acks: map[string][]byte{}, inject: make(chan []byte), arrived: make(chan struct{}, 10_000)}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = target.Host },
		ModifyResponse: func(r *http.Response) error {
			return w.rewrite(r)
		},
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) {}, // the bot has stopped
	}
	w.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		refuses, _ := w.refuses.Load().(func(http.ResponseWriter, *http.Request) bool)
		switch {
		case refuses != nil && refuses(rw, r):
		case r.Header.Get("Upgrade") != "":
			w.carry(rw, r)
		case !strings.HasPrefix(r.URL.Path, "/api/") && !strings.HasPrefix(r.URL.Path, "/upload/"): // an upload is seen where it is shared
			w.reply(r)
			fallthrough
		default:
			proxy.ServeHTTP(rw, r)
		}
	}))
	t.Cleanup(w.server.Close)
	return w
}

// rewrite makes the addresses that Slack gives out lead through the wire.
func (w *wire) rewrite(r *http.Response) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	body = bytes.ReplaceAll(body, []byte("://"+w.slack), []byte("://"+w.server.Listener.Addr().String()))
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.Header.Set("Content-Length", strconv.Itoa(len(body)))
	r.ContentLength = int64(len(body))
	return nil
}

func (w *wire) url() string { return w.server.URL + "/api/" }

// carry passes the frames of one connection on in both directions.
func (w *wire) carry(rw http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	near, err := websocket.Accept(rw, r, nil)
	if err != nil {
		return
	}
	defer near.CloseNow()
	far, _, err := websocket.Dial(ctx, "ws://"+w.slack+r.URL.RequestURI(), nil)
	if err != nil {
		return
	}
	defer far.CloseNow()
	near.SetReadLimit(-1)
	far.SetReadLimit(-1)
	go func() {
		for {
			select {
			case js := <-w.inject:
				w.heard(js)
				_ = near.Write(ctx, websocket.MessageText, js) // without an acknowledgement the test fails
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() {
		defer cancel()
		for {
			_, js, err := near.Read(ctx)
			if err != nil {
				return
			}
			if w.acknowledged(js) {
				continue // Slack knows nothing of it
			}
			if far.Write(ctx, websocket.MessageText, js) != nil {
				return
			}
		}
	}()
	for {
		_, js, err := far.Read(ctx)
		if err != nil {
			return
		}
		js = bytes.ReplaceAll(js, []byte("http://"+w.slack), []byte(w.server.URL)) // replies come here as well
		w.heard(js)
		if near.Write(ctx, websocket.MessageText, js) != nil {
			return
		}
	}
}

// reply notes what is posted through an address that came with an interaction.
func (w *wire) reply(r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the bot has stopped
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	w.mu.Lock()
	defer w.mu.Unlock()
	w.replies = append(w.replies, parcel{w.server.URL + r.URL.Path, "response_url", string(body)})
}

func (w *wire) heard(js []byte) {
	var e envelope
	if json.Unmarshal(js, &e) != nil || e.ID == "" {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.envelopes = append(w.envelopes, e)
}

// acknowledged keeps an acknowledgement and tells whether it is that of a forged
// envelope.
func (w *wire) acknowledged(js []byte) bool {
	var a struct {
		ID      string          `json:"envelope_id"`
		Payload json.RawMessage `json:"payload"`
	}
	if json.Unmarshal(js, &a) != nil || a.ID == "" {
		return false
	}
	w.mu.Lock()
	w.acks[a.ID] = a.Payload
	w.mu.Unlock()
	forged := strings.HasPrefix(a.ID, "forged-")
	if forged {
		w.arrived <- struct{}{}
	}
	return forged
}

// forge brings the bot an envelope that Slack never sent and waits for its
// acknowledgement.
func (w *wire) forge(e envelope) {
	w.t.Helper()
	w.forged++
	e.ID = fmt.Sprintf("forged-%d", w.forged)
	js, err := json.Marshal(e)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	select {
	case w.inject <- js:
	case <-ctx.Done():
		w.t.Fatal("no connection takes an envelope")
	}
	select {
	case <-w.arrived:
	case <-ctx.Done():
		w.t.Fatalf("a forged %s was not acknowledged", e.Type)
	}
}

// all is every envelope so far.
func (w *wire) all() []envelope {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.envelopes)
}

// doer is who did what an envelope tells, as "team/user".
func (e envelope) doer() string {
	var p struct {
		TeamID string `json:"team_id"`
		UserID string `json:"user_id"` // of a command
		Team   struct {
			ID string `json:"id"`
		} `json:"team"` // of an interaction
		User struct {
			ID string `json:"id"`
		} `json:"user"`
		Event struct {
			User    json.RawMessage `json:"user"` // an id, or all about somebody
			Message struct {
				User string `json:"user"`
			} `json:"message"`
			Previous struct {
				User string `json:"user"`
			} `json:"previous_message"`
		} `json:"event"`
	}
	if json.Unmarshal(e.Payload, &p) != nil {
		return ""
	}
	user := p.UserID + p.User.ID
	if id := strings.Trim(string(p.Event.User), `"`); user == "" && !strings.HasPrefix(id, "{") {
		user = id
	}
	if user == "" {
		user = p.Event.Message.User
	}
	if user == "" {
		user = p.Event.Previous.User
	}
	return p.TeamID + p.Team.ID + "/" + user
}

// home is the team of everybody in the workspace.
const home = workspace.TeamID

// parcel is something that left the bot, with who can see it: "team/user", or ""
// where that cannot be told.
type parcel struct{ to, how, what string }

// parcels are the acknowledgements and the calls of the Web API that went out.
func (w *wire) parcels(ws *workspace.Workspace) []parcel {
	w.t.Helper()
	var out []parcel
	w.mu.Lock()
	owner := map[string]string{} // of triggers and reply addresses
	for _, e := range w.envelopes {
		var p struct {
			Trigger string `json:"trigger_id"`
			Respond string `json:"response_url"`
		}
		if json.Unmarshal(e.Payload, &p) == nil {
			owner[p.Trigger], owner[p.Respond] = e.doer(), e.doer()
		}
		if ack := w.acks[e.ID]; len(ack) > 0 {
			out = append(out, parcel{e.doer(), "acknowledgement of " + e.Type, string(ack)})
		}
	}
	for _, r := range w.replies {
		out = append(out, parcel{owner[r.to], r.how, r.what})
	}
	w.mu.Unlock()
	delete(owner, "")
	dms := map[string]string{}
	for _, p := range ws.People() {
		dms[p.Channel] = p.ID
	}
	for _, c := range ws.Calls() {
		if c.Method == "response_url" {
			continue // among the replies, with whose it is
		}
		out = append(out, parcel{addressee(c, owner, dms), c.Method, string(c.Payload) + string(c.Response)})
	}
	return out
}

// addressee is who sees what a call leads to, "" for nobody or everybody.
func addressee(c workspace.Call, owner, dms map[string]string) string {
	var p map[string]any
	if json.Unmarshal(c.Payload, &p) != nil {
		return ""
	}
	str := func(key string) string { s, _ := p[key].(string); return s }
	dm := dms[str("channel")+str("channel_id")]
	switch {
	case c.Method == "chat.postEphemeral":
		return home + "/" + str("user")
	case c.Method == "views.publish":
		return home + "/" + str("user_id")
	case str("trigger_id") != "":
		return owner[str("trigger_id")]
	case dm != "":
		return home + "/" + dm
	}
	return ""
}
