package workspace_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"waymark/internal/workspace"
)

// object is a JSON object.
type object = map[string]any

// at walks into nested objects and lists: at(o, "a", 0, "b").
func at(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			o, _ := v.(object)
			v = o[step]
		case int:
			list, _ := v.([]any)
			if step >= len(list) {
				return nil
			}
			v = list[step]
		}
	}
	return v
}

// post calls a Web API method with a JSON body and the bot token.
func post(t *testing.T, w *workspace.Workspace, method string, body object) object {
	t.Helper()
	return call(t, w, w.BotToken(), method, body)
}

func call(t *testing.T, w *workspace.Workspace, token, method string, body object) object {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(patience(t), http.MethodPost, w.APIURL()+method, strings.NewReader(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	_, answer := do(t, r)
	return answer
}

// form calls a method with a form, the token inside it.
func form(t *testing.T, w *workspace.Workspace, method string, values url.Values) object {
	t.Helper()
	if values == nil {
		values = url.Values{}
	}
	values.Set("token", w.BotToken())
	r, err := http.NewRequestWithContext(patience(t), http.MethodPost, w.APIURL()+method, strings.NewReader(values.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, answer := do(t, r)
	return answer
}

func do(t *testing.T, r *http.Request) (*http.Response, object) {
	t.Helper()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	var answer object
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(body, &answer); err != nil {
			t.Fatalf("%s answered %q: %v", r.URL.Path, body, err)
		}
	} else {
		answer = object{"text": string(body)}
	}
	return res, answer
}

// wantOK fails unless an answer is ok.
func wantOK(t *testing.T, method string, answer object) {
	t.Helper()
	if answer["ok"] != true {
		t.Fatalf("%s answered %v, want ok", method, answer)
	}
}

// wantError fails unless an answer is that error.
func wantError(t *testing.T, method string, answer object, name string) {
	t.Helper()
	if answer["ok"] != false || answer["error"] != name {
		t.Errorf("%s answered %v, want the error %s", method, answer, name)
	}
}

// app is one Socket Mode connection, driven by hand.
type app struct {
	t     *testing.T
	conn  *websocket.Conn
	hello object
}

// dial opens a socket and reads its hello.
func dial(t *testing.T, w *workspace.Workspace) *app {
	t.Helper()
	opened := call(t, w, w.AppToken(), "apps.connections.open", nil)
	wantOK(t, "apps.connections.open", opened)
	conn, res, err := websocket.Dial(patience(t), opened["url"].(string), &websocket.DialOptions{
		HTTPHeader: http.Header{"Origin": {"https://api.slack.com"}},
	})
	if err != nil {
		t.Fatalf("dial: %v (%v)", err, res)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	a := &app{t: t, conn: conn}
	a.hello = a.next()
	if a.hello["type"] != "hello" {
		t.Fatalf("first message is %v, want hello", a.hello)
	}
	return a
}

// next reads the next message.
func (a *app) next() object {
	a.t.Helper()
	_, data, err := a.conn.Read(patience(a.t))
	if err != nil {
		a.t.Fatalf("read from the socket: %v", err)
	}
	var m object
	if err := json.Unmarshal(data, &m); err != nil {
		a.t.Fatalf("message %q: %v", data, err)
	}
	return m
}

// ended waits until the socket is closed and says how.
func (a *app) ended() error {
	for {
		if _, _, err := a.conn.Read(patience(a.t)); err != nil {
			return err
		}
	}
}

func (a *app) send(m any) {
	a.t.Helper()
	b, err := json.Marshal(m)
	if err != nil {
		a.t.Fatal(err)
	}
	if err := a.conn.Write(patience(a.t), websocket.MessageText, b); err != nil {
		a.t.Fatalf("write to the socket: %v", err)
	}
}

// ack answers an envelope; Node's client always sends a payload, too.
func (a *app) ack(envelope object, payload any) {
	a.t.Helper()
	m := object{"envelope_id": envelope["envelope_id"]}
	if payload != nil {
		m["payload"] = payload
	}
	a.send(m)
}

func eventID(envelope object) string { s, _ := at(envelope, "payload", "event_id").(string); return s }

// say writes as Ana.
func say(t *testing.T, w *workspace.Workspace, text string) string {
	t.Helper()
	ts, err := w.Say("ana", text)
	if err != nil {
		t.Fatalf("Say %q: %v", text, err)
	}
	return ts
}

// later runs what waits for an ack and gives its error.
func later(f func(ctx context.Context) error) <-chan error {
	done := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		done <- f(ctx)
	}()
	return done
}

// decode reads a JSON object; nil if it is none.
func decode(data []byte) object {
	var m object
	_ = json.Unmarshal(data, &m)
	return m
}

// movable is a wall clock for tests.
type movable struct {
	mu sync.Mutex
	t  time.Time
}

func newTime(t time.Time) *movable { return &movable{t: t} }

func (m *movable) now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.t
}

func (m *movable) add(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.t = m.t.Add(d)
}

func commandLater(w *workspace.Workspace, command, text string) <-chan error {
	return later(func(ctx context.Context) error {
		_, err := w.Command(ctx, "ana", command, text)
		return err
	})
}

func clickLater(w *workspace.Workspace, p workspace.Press) <-chan error {
	return later(func(ctx context.Context) error { return w.Click(ctx, p) })
}

// until polls for something that happens over a real socket or process.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx := patience(t)
	for !done() {
		select {
		case <-ctx.Done():
			t.Fatalf("waited in vain until %s", what)
		case <-time.After(2 * time.Millisecond):
		}
	}
}
