package coach

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/kv"
	"waymark/internal/kv/boltkv"
	"waymark/internal/kv/kvtest"
	"waymark/internal/store"
)

// platform is a chat.Sender that keeps what it was given and answers as it was
// told to.
type platform struct {
	noTab
	noFiles

	mu      sync.Mutex
	start   time.Time
	posts   []answer // to the next posts; all goes well when there are none left
	finds   []error  // to the next looks into the history
	updates []error
	opens   []error
	calls   []string // "2s post hello"
	dms     map[string][]*shownMessage
	busy    map[string]bool // channels with a call under way
	hold    chan struct{}   // posts wait until it is closed, if there is one
	seq     int
}

// answer is what happens to a post.
type answer struct {
	err   error
	taken bool          // accepted, whatever err says
	shows time.Duration // how long until the history shows it
	hangs bool          // no answer until the caller gives up
	panic any
	then  func() // runs after it was accepted or not, before the answer
}

type shownMessage struct {
	ts, id string
	from   time.Time // when the history shows it
	m      chat.Message
	edits  int
}

func newPlatform() *platform {
	return &platform{start: time.Now(), dms: map[string][]*shownMessage{}, busy: map[string]bool{}}
}

func pop[T any](list *[]T) (next T) {
	if len(*list) > 0 {
		next, *list = (*list)[0], (*list)[1:]
	}
	return next
}

// enter notes a call; of one channel there must be only one at a time.
func (p *platform) enter(channel, call string) (leave func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls = append(p.calls, time.Since(p.start).String()+" "+call)
	if p.busy[channel] {
		p.calls = append(p.calls, "two calls at once")
	}
	p.busy[channel] = true
	return func() { p.mu.Lock(); delete(p.busy, channel); p.mu.Unlock() }
}

func (p *platform) Open(_ context.Context, id chat.PersonID) (string, error) {
	defer p.enter("open "+string(id), "open")()
	p.mu.Lock()
	defer p.mu.Unlock()
	return "D" + string(id), pop(&p.opens)
}

func (p *platform) Post(ctx context.Context, channel, id string, m chat.Message) (string, error) {
	defer p.enter(channel, "post "+m.Plain())()
	p.mu.Lock()
	a, hold := pop(&p.posts), p.hold
	ts := ""
	if a.err == nil && a.panic == nil || a.taken {
		p.seq++
		ts = fmt.Sprintf("%d.%06d", time.Now().Unix(), p.seq)
		p.dms[channel] = append(p.dms[channel], &shownMessage{ts: ts, id: id, m: m, from: time.Now().Add(a.shows)})
	}
	p.mu.Unlock()
	if a.then != nil {
		a.then()
	}
	if a.panic != nil {
		panic(a.panic)
	}
	if hold != nil {
		<-hold
	}
	if a.hangs {
		<-ctx.Done()
		return "", &chat.SendError{Name: "no_answer", Unknown: true, Err: ctx.Err()}
	}
	if a.err != nil {
		return "", a.err
	}
	return ts, nil
}

func (p *platform) Update(_ context.Context, channel, ts string, m chat.Message) error {
	defer p.enter(channel, "edit "+m.Plain())()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := pop(&p.updates); err != nil {
		return err
	}
	i := slices.IndexFunc(p.dms[channel], func(s *shownMessage) bool { return s.ts == ts })
	if i < 0 {
		return &chat.SendError{Name: "message_not_found", Permanent: true}
	}
	s := p.dms[channel][i]
	s.m, s.edits = m, s.edits+1
	return nil
}

func (p *platform) Find(_ context.Context, channel, after string, ids []string) (map[string]string, error) {
	defer p.enter(channel, "find")()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := pop(&p.finds); err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, s := range p.dms[channel] {
		if slices.Contains(ids, s.id) && s.ts > after && !time.Now().Before(s.from) {
			found[s.id] = s.ts
		}
	}
	return found, nil
}

// texts is what a channel shows.
func (p *platform) texts(channel string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []string
	for _, s := range p.dms[channel] {
		all = append(all, s.m.Plain())
	}
	return all
}

// called returns the calls since the last time.
func (p *platform) called() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := p.calls
	p.calls = nil
	return all
}

// stage is a coach with its store and a platform.
type stage struct {
	t     testing.TB
	db    kv.Store
	book  *dialogue.Book
	now   func() time.Time
	store *store.Store
	coach *Coach
	p     *platform
	stop  func() // ends the delivery and waits for it
}

// newStage opens a stage on db; book may be nil where nothing is handled.
func newStage(t testing.TB, db kv.Store, book *dialogue.Book) *stage {
	s := &stage{t: t, db: db, book: book, now: time.Now, p: newPlatform(), stop: func() {}}
	s.restart()
	return s
}

// restart puts a new coach in the place of the one before, as a new process
// would be.
func (s *stage) restart() {
	s.t.Helper()
	st, err := store.Open(s.t.Context(), s.db, store.Options{Migrations: Migrations()})
	if err != nil {
		s.t.Fatal(err)
	}
	s.store = st
	s.coach = New(Config{Store: st, Book: s.book, Now: func() time.Time { return s.now() }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
}

// deliver starts the delivery.
func (s *stage) deliver() {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	coach := s.coach
	go func() { ended <- coach.Deliver(ctx, s.p) }()
	s.stop = func() {
		s.t.Helper()
		s.stop = func() {}
		cancel()
		if err := <-ended; err != nil {
			s.t.Errorf("Deliver: %v", err)
		}
	}
}

// drain waits, in the time of the bubble, until nothing is left to deliver.
func (s *stage) drain() {
	s.t.Helper()
	for range 24 * 3600 {
		synctest.Wait()
		if s.coach.Idle() {
			return
		}
		time.Sleep(time.Second)
	}
	s.t.Fatal("not delivered within a day")
}

const ana chat.PersonID = "-/T1/UANA"

// put adds rows for a person as Handle does.
func (s *stage) put(id chat.PersonID, rows ...store.Row) {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		have, err := tx.Outbox(id)
		if err != nil {
			return err
		}
		next := uint64(1)
		if n := len(have); n > 0 {
			next = have[n-1].Seq + 1
		}
		for i, r := range rows {
			r.Person, r.Seq, r.Created = id, next+uint64(i), time.Now()
			if r.ID == "" {
				r.ID = "id " + r.Message.Plain()
			}
			switch r.Channel {
			case "":
				r.Channel = "D" + string(id)
			case "?": // not known yet
				r.Channel = ""
			}
			if err := tx.PutRow(r); err != nil {
				return err
			}
		}
		return nil
	})
	s.coach.lanes.hurry(id)
}

func (s *stage) update(fn func(*store.Tx) error) {
	s.t.Helper()
	if err := s.store.Update(context.Background(), fn); err != nil {
		s.t.Fatal(err)
	}
}

// rows are the rows of a person that are still there.
func (s *stage) rows(id chat.PersonID) (rows []store.Row) {
	s.t.Helper()
	s.view(func(tx *store.Tx) (err error) { rows, err = tx.Outbox(id); return err })
	return rows
}

func (s *stage) delivered(id chat.PersonID) (d store.Delivered) {
	s.t.Helper()
	s.view(func(tx *store.Tx) (err error) { d, err = tx.Delivered(id); return err })
	return d
}

func (s *stage) view(fn func(*store.Tx) error) {
	s.t.Helper()
	if err := s.store.View(context.Background(), fn); err != nil {
		s.t.Fatal(err)
	}
}

// say is a row with a text, tappable one with something to tap.
func say(text string) store.Row { return store.Row{Message: chat.Say(text)} }

func tappable(text string) store.Row {
	r := say(text)
	r.Message.Ask = &chat.Ask{ID: "q1", Choices: []chat.Choice{{Value: "q:1:yes", Label: "Yes"}}}
	return r
}

// stores are the stores on which everything about transactions is tried.
var stores = []struct {
	name string
	open func(t testing.TB) kv.Store
}{
	{"memory", func(testing.TB) kv.Store { return kv.NewMemory() }},
	{"memory, run twice", func(testing.TB) kv.Store { return kvtest.Rerun(kv.NewMemory()) }},
	{"bbolt", func(t testing.TB) kv.Store { return openBolt(t, t.TempDir()+"/data") }},
	{"bbolt, run twice", func(t testing.TB) kv.Store { return kvtest.Rerun(openBolt(t, t.TempDir()+"/data")) }},
}

func openBolt(t testing.TB, path string) kv.Store {
	t.Helper()
	db, err := boltkv.Open(path, boltkv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close %s: %v", path, err)
		}
	})
	return db
}

// noTab is a platform without a tab of the coach.
type noTab struct{}

func (noTab) Publish(context.Context, chat.PersonID, chat.Page) error { return nil }

// noFiles is a platform on which files reach nobody.
type noFiles struct{}

func (noFiles) Upload(context.Context, chat.File) (string, error) {
	return "", &chat.SendError{Name: "missing_scope", Permanent: true}
}

func (noFiles) Share(context.Context, string, string, chat.File, chat.Message) error {
	return &chat.SendError{Name: "missing_scope", Permanent: true}
}

func (noFiles) Shared(context.Context, string, string, string) (string, bool, error) {
	return "", false, nil
}

func (noFiles) Clear(context.Context, string) error { return nil }
