package coach

import (
	"sync"
	"time"

	"waymark/internal/chat"
)

const (
	// homeQuiet is how long a change waits for the ones that follow it.
	homeQuiet = time.Second
	// homeRest is how long a page that was published is left alone, unless the
	// person looks at it.
	homeRest = 2 * time.Second
)

// homes say whose page to publish next. Whoever looks at theirs goes before
// those whose page has merely changed; of those, whoever waits longest. Like
// lanes it is a hint of what the store holds, which a sweep restores.
type homes struct {
	mu      sync.Mutex
	open    map[chat.PersonID]*home
	looking []chat.PersonID // to be published at once
	changed []chat.PersonID // to be published after those
	wake    chan struct{}   // holds a token after a queue grew
}

// home is one person's place: waiting for more changes, queued, being published
// or resting.
type home struct {
	queued bool // in one of the queues
	first  bool // in the first of them
	busy   bool
	more   bool // something came while busy or resting
	urgent bool // and the person is looking
	timer  *time.Timer
	// decline says that the page tells somebody from outside that nothing is
	// kept of them; there is no mark for that.
	decline bool
	tries   int
}

func newHomes() *homes {
	return &homes{open: map[chat.PersonID]*home{}, wake: make(chan struct{}, 1)}
}

// touch notes that a page has changed. looking says that the person has it in
// front of them, so that it must not wait.
func (l *homes) touch(id chat.PersonID, looking bool) { l.enter(id, looking, false) }

// decline notes that somebody from outside looks at the tab.
func (l *homes) decline(id chat.PersonID) { l.enter(id, true, true) }

// found is touch for a mark of before: nothing more is waited for.
func (l *homes) found(id chat.PersonID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[id] == nil {
		h := &home{}
		l.open[id] = h
		l.push(id, h, false)
	}
}

func (l *homes) enter(id chat.PersonID, looking, decline bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.open[id]
	if h == nil {
		h = &home{}
		l.open[id] = h
	}
	h.decline = decline
	switch {
	case h.busy:
		h.more, h.urgent = true, h.urgent || looking
	case looking:
		l.push(id, h, true)
	case h.queued:
	case h.timer != nil:
		h.more = true
	default:
		l.later(id, h, homeQuiet)
	}
}

// later queues a page after a while; l.mu is held.
func (l *homes) later(id chat.PersonID, h *home, wait time.Duration) {
	var t *time.Timer
	t = time.AfterFunc(wait, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if h.timer == t {
			l.push(id, h, false)
		}
	})
	h.timer = t
}

// push queues a page, or moves it to the front for somebody who looks; l.mu is
// held.
func (l *homes) push(id chat.PersonID, h *home, looking bool) {
	if h.timer != nil {
		h.timer.Stop()
		h.timer = nil
	}
	switch {
	case h.queued && (h.first || !looking):
		return
	case looking: // an entry left in the other queue is passed over there
		l.looking = append(l.looking, id)
	default:
		l.changed = append(l.changed, id)
	}
	h.queued, h.first = true, looking
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// take picks the page to publish, which is busy until done.
func (l *homes) take() (id chat.PersonID, decline, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.looking)+len(l.changed) > 0 {
		from, first := &l.looking, true
		if len(l.looking) == 0 {
			from, first = &l.changed, false
		}
		id, *from = (*from)[0], (*from)[1:]
		if h := l.open[id]; h != nil && h.queued && h.first == first {
			h.queued, h.busy, h.more, h.urgent = false, true, false, false
			return id, h.decline, true
		}
	}
	return "", false, false
}

// done ends the publishing of a page. again says that it did not succeed and
// has to be tried again.
func (l *homes) done(id chat.PersonID, again bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.open[id]
	more, urgent := h.more, h.urgent
	h.busy, h.more, h.urgent = false, false, false
	switch {
	case urgent:
		h.tries = 0
		l.push(id, h, true)
	case again:
		h.tries++
		l.later(id, h, min(maxDelay, homeRest<<min(h.tries, 8)))
	case more:
		h.tries = 0
		l.later(id, h, homeRest)
	default:
		l.rest(id, h)
	}
}

// rest forgets a page after a while in which it is left alone; l.mu is held.
func (l *homes) rest(id chat.PersonID, h *home) {
	h.tries = 0
	var t *time.Timer
	t = time.AfterFunc(homeRest, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		switch {
		case h.timer != t:
		case h.more:
			l.push(id, h, false)
		default:
			delete(l.open, id)
		}
	})
	h.timer = t
}

// settled reports whether no page waits for its turn or is being published.
// Those that wait for more changes do not count: nothing is lost of them.
func (l *homes) settled() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, h := range l.open {
		if h.queued || h.busy {
			return false
		}
	}
	return true
}
