package slackapp

import "time"

// Watch changes how often Slack is pinged and how long it may be silent. It is
// called before Run.
func (a *App) Watch(pings, silent time.Duration) { a.pings, a.silent = pings, silent }

// Greet changes how long Slack may take to greet. It is called before Run.
func (a *App) Greet(within time.Duration) { a.hello = within }

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

// Update says whether golden files are to be rewritten.
func Update() bool { return *update }
