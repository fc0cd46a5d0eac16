package crash

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// relay stands between a bot and its workspace, for calls and for sockets. At a
// point that it is told it does not let through what comes, and fires instead.
type relay struct {
	server *httptest.Server
	mu     sync.Mutex
	trap   *trap
}

// trap is a point of the traffic.
type trap struct {
	what string // "ack", or the name of a method
	done bool   // of a call: Slack has carried it out, the answer is held
	left int    // how many of them pass before
	fire func()
}

func newRelay(t *testing.T, workspace string) *relay {
	t.Helper()
	target, err := url.Parse(workspace)
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{}
	proxy := &httputil.ReverseProxy{
		Rewrite:      func(p *httputil.ProxyRequest) { p.SetURL(target) },
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) {}, // the bot was killed meanwhile
		Transport:    &http.Transport{MaxIdleConnsPerHost: 64},
	}
	proxy.ModifyResponse = func(resp *http.Response) error {
		if resp.StatusCode == http.StatusSwitchingProtocols {
			resp.Body = &socket{resp.Body.(io.ReadWriteCloser), r}
			return nil
		}
		method := resp.Request.URL.Path[strings.LastIndexByte(resp.Request.URL.Path, '/')+1:]
		if r.caught(method, true) {
			<-resp.Request.Context().Done()
		}
		if method == "apps.connections.open" {
			return redirect(resp, target.Host, strings.TrimPrefix(r.server.URL, "http://"))
		}
		return nil
	}
	r.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body) // only then does the server notice that the bot is gone
		if err != nil {
			return
		}
		req.Body = io.NopCloser(bytes.NewReader(body))
		if r.caught(req.URL.Path[strings.LastIndexByte(req.URL.Path, '/')+1:], false) {
			<-req.Context().Done()
			return
		}
		proxy.ServeHTTP(w, req)
	}))
	t.Cleanup(r.server.Close)
	return r
}

// api is where the bot finds the Web API.
func (r *relay) api() string { return r.server.URL + "/api/" }

// set sets a trap in the place of the one before; nil sets none.
func (r *relay) set(t *trap) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.trap = t
}

// caught tells of something that passes whether it is what the trap is for, and
// fires then.
func (r *relay) caught(what string, done bool) bool {
	r.mu.Lock()
	t := r.trap
	hit := t != nil && t.what == what && t.done == done
	if hit {
		t.left--
		hit = t.left < 0
	}
	if hit {
		r.trap = nil
	}
	r.mu.Unlock()
	if hit {
		t.fire()
	}
	return hit
}

// redirect makes the address that a new socket is to be opened at that of the
// relay.
func redirect(resp *http.Response, from, to string) error {
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	body = bytes.ReplaceAll(body, []byte(from), []byte(to))
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.Header.Set("Content-Length", strconv.Itoa(len(body)))
	resp.ContentLength = int64(len(body))
	return nil
}

// socket is the workspace's end of a WebSocket. All that a bot sends there are
// acknowledgements.
type socket struct {
	io.ReadWriteCloser
	relay *relay
}

// textFrame is the kind of a WebSocket frame that holds text, in the low bits of
// its first byte.
const textFrame = 1

func (s *socket) Write(b []byte) (int, error) {
	if len(b) > 0 && b[0]&0x0f == textFrame && s.relay.caught("ack", false) {
		return 0, io.ErrClosedPipe
	}
	return s.ReadWriteCloser.Write(b)
}
