package slackapp_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"waymark/internal/chat"
	"waymark/internal/slackapp"
)

// wire is the least of Slack: two methods and one socket, over which a test
// sends frames as it likes.
type wire struct {
	*httptest.Server
	open  atomic.Value // what apps.connections.open answers, a string
	opens atomic.Int32
	rude  atomic.Int32 // so many connections are not greeted
	send  chan string  // frames to the app
	got   chan string  // frames from the app
}

func newWire(t *testing.T, host string) *wire {
	t.Helper()
	w := &wire{send: make(chan string, 10), got: make(chan string, 100)}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/auth.test", func(rw http.ResponseWriter, _ *http.Request) {
		io.WriteString(rw, `{"ok":true,"team_id":"T1","user_id":"UBOT","bot_id":"B1"}`)
	})
	mux.HandleFunc("/api/users.info", func(rw http.ResponseWriter, _ *http.Request) {
		io.WriteString(rw, `{"ok":false,"error":"user_not_found"}`)
	})
	mux.HandleFunc("/api/apps.connections.open", func(rw http.ResponseWriter, _ *http.Request) {
		w.opens.Add(1)
		io.WriteString(rw, w.open.Load().(string))
	})
	mux.HandleFunc("/link", w.link)
	w.Server = httptest.NewServer(mux)
	t.Cleanup(w.Close)
	if host == "" {
		host = w.Listener.Addr().String()
	}
	w.open.Store(`{"ok":true,"url":"ws://` + host + `/link"}`)
	return w
}

func (w *wire) link(rw http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	c, err := up.Upgrade(rw, r, nil)
	if err != nil {
		return
	}
	defer c.Close()
	go func() {
		for {
			_, m, err := c.ReadMessage()
			if err != nil {
				return
			}
			w.got <- string(m)
		}
	}()
	if w.rude.Add(-1) < 0 && c.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello","num_connections":1}`)) != nil {
		return
	}
	for {
		select {
		case m := <-w.send:
			if c.WriteMessage(websocket.TextMessage, []byte(m)) != nil {
				return
			}
		case <-r.Context().Done():
			return
		}
	}
}

// frame is the next frame from the app.
func (w *wire) frame(t *testing.T) string {
	t.Helper()
	select {
	case m := <-w.got:
		return m
	case <-time.After(patience):
		t.Fatal("nothing came from the app")
		return ""
	}
}

func (w *wire) app(t *testing.T, h chat.Handler) *slackapp.App {
	t.Helper()
	a, err := slackapp.New(slackapp.Config{AppToken: "xapp-1-A1-1-local00", BotToken: "xoxb-1-1-local0000", APIURL: w.URL + "/api/", Handler: h, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestUnreadableEnvelopesAreAcknowledged(t *testing.T) {
	w := newWire(t, "")
	var handled atomic.Int32
	a := w.app(t, func(context.Context, chat.Event) (chat.Reply, error) { handled.Add(1); return chat.Reply{}, nil })
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()

	for id, frame := range map[string]string{
		"unknown inner event":   `{"type":"events_api","envelope_id":"%s","payload":{"type":"event_callback","event_id":"Ev1","event":{"type":"quantum_leap"}}}`,
		"no inner event":        `{"type":"events_api","envelope_id":"%s","payload":{"type":"event_callback","event_id":"Ev1"}}`,
		"unknown envelope":      `{"type":"telepathy","envelope_id":"%s","payload":{}}`,
		"broken payload":        `{"type":"slash_commands","envelope_id":"%s","payload":"x"}`,
		"app_rate_limited":      `{"type":"events_api","envelope_id":"%s","payload":{"type":"app_rate_limited","minute_rate_limited":1}}`,
		"event without a use":   `{"type":"events_api","envelope_id":"%s","payload":{"type":"event_callback","event_id":"Ev1","event":{"type":"reaction_added","user":"U1"}}}`,
		"interaction of no use": `{"type":"interactive","envelope_id":"%s","payload":{"type":"shortcut","user":{"id":"U1"},"team":{"id":"T1"}}}`,
	} {
		w.send <- `not JSON at all` // survives this too
		w.send <- fmt.Sprintf(frame, id)
		if got, want := w.frame(t), `"envelope_id":"`+id+`"`; !strings.Contains(got, want) || strings.Contains(got, `"payload":`) {
			t.Errorf("%s: %s, want an empty acknowledgement", id, got)
		}
	}
	if n := handled.Load(); n != 0 {
		t.Errorf("%d events reached the handler", n)
	}
	if n := w.opens.Load(); n != 1 {
		t.Errorf("%d connections, want one that survives", n)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Run: %v", err)
	}
	select {
	case m := <-w.got:
		t.Errorf("%s: acknowledged without being asked, such as a hello", m)
	default:
	}
}

func TestFormErrorsGoBackInTheAck(t *testing.T) {
	w := newWire(t, "")
	fail := errors.New("disk full")
	answers := []struct {
		reply chat.Reply
		err   error
		want  string
	}{
		{chat.Reply{FormErrors: map[string]string{"due": "That is in the past."}}, nil, `{"response_action":"errors","errors":{"due":"That is in the past."}}`},
		{chat.Reply{}, nil, ""},
		{chat.Reply{}, fail, `{"response_action":"errors","errors":{"due":"` + slackapp.DefaultLabels().Apology + `"}}`},
	}
	var n atomic.Int32
	a := w.app(t, func(_ context.Context, e chat.Event) (chat.Reply, error) {
		x := answers[n.Add(1)-1]
		return x.reply, x.err
	})
	go a.Run(t.Context())
	for i, x := range answers {
		w.send <- fmt.Sprintf(`{"type":"interactive","envelope_id":"e%d","accepts_response_payload":true,"payload":{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"view":{"id":"V1","state":{"values":{"due":{"v":{"type":"datepicker","selected_date":"2020-01-01"}}}}}}}`, i)
		var ack struct {
			Payload json.RawMessage `json:"payload"`
		}
		if err := json.Unmarshal([]byte(w.frame(t)), &ack); err != nil || string(ack.Payload) != x.want {
			t.Errorf("acknowledgement %d: payload %s, error %v, want %s", i, ack.Payload, err, x.want)
		}
	}
}

// A connection that Slack does not greet brings nothing: another one is opened.
func TestConnectionWithoutGreeting(t *testing.T) {
	w := newWire(t, "")
	w.rude.Store(2)
	a := w.app(t, func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{}, nil })
	a.Greet(100 * time.Millisecond)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	for end := time.Now().Add(patience); !a.Connected(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not connected")
		}
	}
	if n := w.opens.Load(); n != 3 {
		t.Errorf("%d connections were opened, want the third to be greeted", n)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Run: %v", err)
	}
}

// Trying on would never help.
func TestRefusedAppTokenEndsRun(t *testing.T) {
	for _, name := range []string{"not_allowed_token_type", "invalid_auth", "missing_scope", "token_expired"} {
		t.Run(name, func(t *testing.T) {
			w := newWire(t, "")
			w.open.Store(`{"ok":false,"error":"` + name + `"}`)
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			err := w.app(t, func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{}, nil }).Run(ctx)
			var te *slackapp.TokenError
			if !errors.As(err, &te) || te.Name != name || te.Variable != slackapp.AppTokenVariable {
				t.Errorf("Run: %v, want a refusal of the app token", err)
			}
			if n := w.opens.Load(); n != 1 {
				t.Errorf("%d attempts, want 1", n)
			}
		})
	}
}

// connectProxy is an HTTP proxy that sends everything to one address.
type connectProxy struct {
	to       string
	mu       sync.Mutex
	connects []string
	plain    []string
}

func (p *connectProxy) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	if r.Method == http.MethodConnect {
		p.connects = append(p.connects, r.Host)
	} else {
		p.plain = append(p.plain, r.URL.Host+r.URL.Path)
	}
	p.mu.Unlock()
	if r.Method != http.MethodConnect {
		out := r.Clone(r.Context())
		out.RequestURI, out.URL.Host = "", p.to
		resp, err := http.DefaultTransport.RoundTrip(out)
		if err != nil {
			http.Error(rw, err.Error(), http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		rw.WriteHeader(resp.StatusCode)
		io.Copy(rw, resp.Body)
		return
	}
	there, err := net.Dial("tcp", p.to)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusBadGateway)
		return
	}
	here, _, err := http.NewResponseController(rw).Hijack()
	if err != nil {
		there.Close()
		return
	}
	io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { io.Copy(there, here); there.Close() }()
	io.Copy(here, there)
	here.Close()
}

const proxyChild = "SLACKAPP_TEST_PROXY_CHILD"

// The environment is read once per process, so a child of its own connects to a
// host that only the proxy knows: Web API and WebSocket must both go through it.
func TestProxyFromTheEnvironment(t *testing.T) {
	if api := os.Getenv(proxyChild); api != "" {
		a, err := slackapp.New(slackapp.Config{AppToken: "xapp-1-A1-1-local00", BotToken: "xoxb-1-1-local0000", APIURL: api, Now: time.Now,
			Handler: func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{}, nil }})
		if err != nil {
			t.Fatal(err)
		}
		go a.Run(t.Context())
		for deadline := time.Now().Add(patience); !a.Connected(); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("not connected")
			}
		}
		return
	}
	w := newWire(t, "slack.example")
	p := &connectProxy{to: w.Listener.Addr().String()}
	server := httptest.NewServer(p)
	defer server.Close()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProxyFromTheEnvironment$", "-test.v")
	cmd.Env = append(os.Environ(), proxyChild+"=http://slack.example/api/",
		"HTTP_PROXY="+server.URL, "http_proxy="+server.URL, "NO_PROXY=", "no_proxy=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("child: %v\n%s", err, out)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.connects) != 1 || p.connects[0] != "slack.example:80" {
		t.Errorf("WebSocket through the proxy: %v, want slack.example:80", p.connects)
	}
	if got := strings.Join(p.plain, " "); got != "slack.example/api/auth.test slack.example/api/apps.connections.open" {
		t.Errorf("Web API through the proxy: %s", got)
	}
}
