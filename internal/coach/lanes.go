package coach

import (
	"sync"
	"time"

	"waymark/internal/chat"
)

// lanes say to whom to deliver next, each person once at a time: those who have
// just written or tapped before those who are written to unasked, and of each
// whoever waits longest. It is only a hint of what the store holds; a sweep
// restores it.
type lanes struct {
	mu      sync.Mutex
	open    map[chat.PersonID]*lane // everybody who has something to be delivered, or may have
	fresh   []chat.PersonID         // those who can be served now and wait for an answer
	queue   []chat.PersonID         // the others; who is in both is served once
	changed chan struct{}           // holds a token after the queue grew
	now     func() time.Time
	sent    time.Time // when something was last delivered
	serving bool      // somebody takes them
	// promised are rows that were marked as being sent when they were written,
	// by person: whoever claims one knows that nobody was called for it. This is
	// forgotten with the process, and then such a row is looked up.
	promised map[chat.PersonID]string
}

// lane is one person's place: in the queue, being served, or waiting for a
// pause to end.
type lane struct {
	since time.Time // when what waits came, or something before it left
	ready bool      // can be served: is in a queue
	fresh bool      // somebody waits for an answer
	busy  bool
	more  bool        // while busy: something came meanwhile
	pause *time.Timer // runs while they wait
	firm  bool        // the platform asked for the pause
}

func newLanes(now func() time.Time) *lanes {
	return &lanes{
		open: map[chat.PersonID]*lane{}, changed: make(chan struct{}, 1), now: now, promised: map[chat.PersonID]string{},
	}
}

// serve says that from now on somebody takes people, or nobody does.
func (l *lanes) serve(serving bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.serving = serving
}

// promise notes that a row is being written with the mark of one that is being
// sent, and reports false where that is not wise: when it will not leave at
// once. It is to be called before anybody can see the row.
func (l *lanes) promise(id chat.PersonID, row string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.serving || l.open[id] != nil || len(l.open) >= maxPromised {
		return false
	}
	l.promised[id] = row
	return true
}

// claim reports, once, that a row was promised.
func (l *lanes) claim(id chat.PersonID, row string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.promised[id] != row {
		return false
	}
	delete(l.promised, id)
	return true
}

// promises reports whether a row was promised and nobody has claimed it yet.
func (l *lanes) promises(id chat.PersonID, row string) bool {
	if l == nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.promised[id] == row
}

// add puts a person into the queue, unless they wait for a pause to end.
func (l *lanes) add(id chat.PersonID) { l.enter(id, false) }

// hurry is add for a person about whom something new has happened: a pause that
// only we thought wise ends, so that whoever writes is not left without an
// answer because the platform was out of order before.
func (l *lanes) hurry(id chat.PersonID) { l.enter(id, true) }

func (l *lanes) enter(id chat.PersonID, hurry bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ln := l.open[id]
	if ln == nil {
		ln = &lane{since: l.now()}
		l.open[id] = ln
	}
	rises := hurry && !ln.fresh
	ln.fresh = ln.fresh || hurry
	switch {
	case ln.busy:
		ln.more = true
	case ln.pause != nil && hurry && !ln.firm:
		ln.pause.Stop()
		ln.pause = nil
		l.push(id)
	case ln.pause == nil && (!ln.ready || rises):
		l.push(id)
	}
}

// push puts a person at the end of their queue; l.mu is held.
func (l *lanes) push(id chat.PersonID) {
	ln := l.open[id]
	ln.ready = true
	if ln.fresh {
		l.fresh = append(l.fresh, id)
	} else {
		l.queue = append(l.queue, id)
	}
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// take picks the person to serve, who is busy until done.
func (l *lanes) take() (id chat.PersonID, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, q := range []*[]chat.PersonID{&l.fresh, &l.queue} {
		for len(*q) > 0 {
			id, *q = (*q)[0], (*q)[1:]
			if ln := l.open[id]; ln != nil && ln.ready {
				ln.ready, ln.busy = false, true
				return id, true
			}
		}
	}
	return "", false
}

// done ends the serving of a person, who comes up again after a pause, at once
// when something came meanwhile, or else not at all.
func (l *lanes) done(id chat.PersonID, p pause) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ln := l.open[id]
	again := ln.more
	ln.busy, ln.more = false, false
	ln.fresh = ln.fresh && (again || p.length > 0)
	switch {
	case p.length > 0: // it could not be sent
		var t *time.Timer
		t = time.AfterFunc(p.length, func() { l.over(ln, id, &t) })
		ln.pause, ln.firm = t, p.firm
	case again:
		ln.since = l.now()
		l.push(id)
	default:
		delete(l.open, id)
		delete(l.promised, id)
	}
	if p.length == 0 {
		l.sent = l.now()
	}
}

// stuck is for how long something has waited while nothing left at all; 0 when
// nothing waits.
func (l *lanes) stuck() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, longest := l.now(), time.Duration(0)
	for _, ln := range l.open {
		longest = max(longest, now.Sub(ln.since))
	}
	if l.sent.IsZero() {
		return longest
	}
	return min(longest, now.Sub(l.sent))
}

// over ends a pause, unless somebody was quicker.
func (l *lanes) over(ln *lane, id chat.PersonID, t **time.Timer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ln.pause != nil && ln.pause == *t {
		ln.pause = nil
		l.push(id)
	}
}

// len is how many people have something to be delivered, or may have.
func (l *lanes) len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.open)
}

// pause is how long to leave a person alone; firm says that the platform wants
// it that way. The zero value is no pause.
type pause struct {
	length time.Duration
	firm   bool
}
