package bot_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// slackHost is a name that only the proxy can reach.
const slackHost = "slack.test"

// Behind a proxy everything goes through it, the Web API and the WebSocket, and
// nothing past it: the bot cannot even resolve the name.
func TestProxy(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, running)
	cert, ca := certificate(t, slackHost)
	slack := frontend(t, s.ws.APIURL(), cert)
	proxy := newProxy(t, slack.Listener.Addr().String())

	c := s.spawn("https://"+slackHost+"/api/", "HTTPS_PROXY="+proxy.server.URL, "https_proxy=", "NO_PROXY=", "no_proxy=", "SSL_CERT_FILE="+ca)
	s.hear("hi", greeting)
	s.hear("start", askJob)
	c.terminate()

	for _, path := range []string{"/api/auth.test", "/api/chat.postMessage", "/link/"} {
		if !slack.saw(path) {
			t.Errorf("%s did not come through the proxy", path)
		}
	}
	for _, target := range proxy.targets() {
		if target != slackHost+":443" {
			t.Errorf("the proxy was asked for %s", target)
		}
	}
}

// frontend is the workspace under Slack's roof: TLS, its own name, and socket
// addresses that lead to that name.
type front struct {
	*httptest.Server
	mu    sync.Mutex
	paths []string
}

func frontend(t *testing.T, api string, cert tls.Certificate) *front {
	t.Helper()
	target, err := url.Parse(strings.TrimSuffix(api, "/api/"))
	if err != nil {
		t.Fatal(err)
	}
	f := &front{}
	back := &httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ModifyResponse: func(r *http.Response) error { return rewriteSocket(r, "ws://"+target.Host, "wss://"+slackHost) },
		ErrorHandler:   func(http.ResponseWriter, *http.Request, error) {},
	}
	f.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		f.paths = append(f.paths, r.URL.Path)
		f.mu.Unlock()
		back.ServeHTTP(w, r)
	}))
	f.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	f.StartTLS()
	t.Cleanup(f.Close)
	return f
}

func (f *front) saw(prefix string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range f.paths {
		if strings.HasPrefix(p, prefix) {
			return true
		}
	}
	return false
}

// connectProxy is an HTTP proxy that knows CONNECT and leads everywhere to one
// address.
type connectProxy struct {
	server *httptest.Server
	mu     sync.Mutex
	asked  []string
}

func newProxy(t *testing.T, to string) *connectProxy {
	t.Helper()
	p := &connectProxy{}
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked = append(p.asked, r.Host)
		p.mu.Unlock()
		if r.Method != http.MethodConnect {
			http.Error(w, "CONNECT only", http.StatusMethodNotAllowed)
			return
		}
		away, err := net.Dial("tcp", to)
		if err != nil {
			http.Error(w, "cannot reach it", http.StatusBadGateway)
			return
		}
		near, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			_ = away.Close()
			return
		}
		_, _ = io.WriteString(near, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { _, _ = io.Copy(away, near); _ = away.Close() }()
		go func() { _, _ = io.Copy(near, away); _ = near.Close() }()
	}))
	t.Cleanup(p.server.Close)
	return p
}

func (p *connectProxy) targets() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}

// certificate makes a certificate for host and the file that makes it trusted.
func certificate(t *testing.T, host string) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, file
}
