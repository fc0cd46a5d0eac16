package slackapp

import (
	"sync"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// maxQueued bounds what waits for a worker. Beyond it envelopes are left
// unacknowledged: Slack delivers events again, and a person whose command is
// lost sees so.
const maxQueued = 10_000

// receipt is one envelope that waits for its acknowledgement.
type receipt struct {
	from     *connection // where it came from; nowhere else does an acknowledgement count
	envelope string
	payload  bool // Slack reads a payload in the acknowledgement
}

// job is what one envelope asks for.
type job struct {
	id       chat.EventID  // the same for a repeat; "" = never a repeat
	person   chat.PersonID // "" = order does not matter
	events   []chat.Event  // nothing but an acknowledgement if empty
	user     *slack.User   // of a user_change; becomes an event if it matters
	receipts []receipt
	answer   answer
	channel  string   // where an ephemeral answer may go, "" = the DM
	fields   []string // of a form that was submitted: its inputs, top to bottom
	trigger  string   // opens a form, once and within 3 s
	view     viewRef  // where it happened, if in a view
	respond  string   // where a reply to this interaction can be posted
	away     bool     // it happened where the DM is not in sight
	stop     error    // makes Run return, after the acknowledgement
}

// viewRef is the view in which something happened: the coach's tab, a form.
type viewRef struct {
	id   string // "" = not in a view
	form bool
}

// answer says how a Reply goes back.
type answer int

const (
	byEphemeral answer = iota // chat.postEphemeral, after the acknowledgement
	byAck                     // in the acknowledgement: a slash command
	byForm                    // errors at the fields of a form
)

// dispatcher hands jobs to a bounded number of workers: those of one person in
// order, people side by side. A job whose event is already queued or being
// handled joins it, so that both envelopes are acknowledged together.
type dispatcher struct {
	slots chan struct{}
	busy  sync.WaitGroup

	mu     sync.Mutex
	lines  map[chat.PersonID][]*job // of people somebody works for
	live   map[chat.EventID]*job
	queued int
	closed bool
}

func newDispatcher(workers int) *dispatcher {
	return &dispatcher{
		slots: make(chan struct{}, workers),
		lines: map[chat.PersonID][]*job{},
		live:  map[chat.EventID]*job{},
	}
}

// add queues j for work and returns at once. It reports false if j was turned
// away: too much is waiting, or the dispatcher is closed.
func (d *dispatcher) add(j *job, work func(*job)) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return false
	}
	if first, ok := d.live[j.id]; ok && j.id != "" {
		first.receipts = append(first.receipts, j.receipts...)
		return true
	}
	if d.queued >= maxQueued {
		return false
	}
	d.queued++
	if j.id != "" {
		d.live[j.id] = j
	}
	if j.person == "" {
		d.busy.Go(func() { d.do(j, work) })
		return true
	}
	line, working := d.lines[j.person]
	d.lines[j.person] = append(line, j)
	if !working {
		d.busy.Go(func() { d.serve(j.person, work) })
	}
	return true
}

// serve works through one person's line. It gives its slot back after each job,
// so that a person who writes much does not keep others waiting.
func (d *dispatcher) serve(p chat.PersonID, work func(*job)) {
	for {
		d.mu.Lock()
		line := d.lines[p]
		if len(line) == 0 {
			delete(d.lines, p)
			d.mu.Unlock()
			return
		}
		j := line[0]
		d.lines[p] = line[1:]
		d.mu.Unlock()
		d.do(j, work)
	}
}

func (d *dispatcher) do(j *job, work func(*job)) {
	d.slots <- struct{}{}
	defer func() { <-d.slots }()
	work(j)
	d.mu.Lock()
	d.queued--
	d.mu.Unlock()
}

// settle ends the time in which others may join j and returns its envelopes.
func (d *dispatcher) settle(j *job) []receipt {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.live[j.id] == j {
		delete(d.live, j.id)
	}
	return j.receipts
}

// idle reports whether nothing is queued or worked on.
func (d *dispatcher) idle() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.queued == 0
}

// background runs f beside the jobs; drain waits for it too.
func (d *dispatcher) background(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.closed {
		d.busy.Go(f)
	}
}

// drain takes nothing more and returns a channel that is closed when all that
// was taken is done.
func (d *dispatcher) drain() <-chan struct{} {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	done := make(chan struct{})
	go func() {
		d.busy.Wait()
		close(done)
	}()
	return done
}
