package slackapp

import (
	"net/http"
	"net/url"
)

// SetSocketProxy replaces the proxy of the WebSocket, since the environment's
// never applies to loopback addresses.
func (a *App) SetSocketProxy(p func(*http.Request) (*url.URL, error)) { a.proxy = p }

// Waiting is how many envelopes wait for their acknowledgement.
func (a *App) Waiting() int {
	a.dispatch.mu.Lock()
	defer a.dispatch.mu.Unlock()
	n := 0
	for _, j := range a.dispatch.live {
		n += len(j.receipts)
	}
	return n
}
