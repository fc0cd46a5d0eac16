package bot_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// tap stands between a bot and the Web API and can hold calls of one method
// back: before they reach Slack, or with Slack's answer in hand. Sockets go
// past it.
type tap struct {
	server *httptest.Server
	method string        // "chat.postMessage"
	after  bool          // hold the answer instead of the call
	held   chan struct{} // gets a value for each call that is held
}

func newTap(t *testing.T, api, method string, after bool) *tap {
	t.Helper()
	target, err := url.Parse(strings.TrimSuffix(api, "/api/"))
	if err != nil {
		t.Fatal(err)
	}
	p := &tap{method: method, after: after, held: make(chan struct{}, 100)}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	proxy.ModifyResponse = func(r *http.Response) error {
		if p.after && p.meant(r.Request) {
			p.hold(r.Request)
		}
		return nil
	}
	proxy.ErrorHandler = func(http.ResponseWriter, *http.Request, error) {} // the bot was killed meanwhile
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !p.after && p.meant(r) {
			// Only once the body is read does the server notice that the bot is gone.
			if _, err := io.Copy(io.Discard, r.Body); err == nil {
				p.hold(r)
			}
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(p.server.Close)
	return p
}

func (p *tap) meant(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/"+p.method) }

// hold keeps a call until its caller is gone.
func (p *tap) hold(r *http.Request) {
	p.held <- struct{}{}
	<-r.Context().Done()
}

func (p *tap) url() string { return p.server.URL + "/api/" }

// rewriteSocket makes the address that apps.connections.open answers lead to
// another host: "wss://slack.test".
func rewriteSocket(r *http.Response, from, to string) error {
	if !strings.HasSuffix(r.Request.URL.Path, "/apps.connections.open") {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	escaped := strings.ReplaceAll(from, "/", `\/`)
	body = bytes.ReplaceAll(body, []byte(from), []byte(to))
	body = bytes.ReplaceAll(body, []byte(escaped), []byte(to))
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.Header.Set("Content-Length", strconv.Itoa(len(body)))
	r.ContentLength = int64(len(body))
	return nil
}
