package coach

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/kv"
	"waymark/internal/kv/kvtest"
	"waymark/internal/store"
)

// tabs is a platform that shows pages and answers as it was told to.
type tabs struct {
	mu    sync.Mutex
	start time.Time
	errs  []error // to the next calls
	calls []string
	shown map[chat.PersonID]string
	hold  chan struct{} // calls wait until it is closed, if there is one
	then  func()        // runs before the answer
}

func newTabs() *tabs { return &tabs{start: time.Now(), shown: map[chat.PersonID]string{}} }

func (p *tabs) Publish(ctx context.Context, id chat.PersonID, page chat.Page) error {
	p.mu.Lock()
	p.calls = append(p.calls, time.Since(p.start).String()+" "+string(id))
	err, hold, then := pop(&p.errs), p.hold, p.then
	p.then = nil
	p.mu.Unlock()
	if then != nil {
		then()
	}
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return &chat.SendError{Name: "no_answer", Unknown: true, Err: ctx.Err()}
		}
	}
	if err != nil && err.Error() == "panic" {
		panic("of what a person wrote")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil {
		p.shown[id] = strings.Join(draw(page), "\n")
	}
	return err
}

func (p *tabs) called() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.calls)
}

func (p *tabs) shows(id chat.PersonID) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shown[id]
}

// tabStage is a stage whose coach publishes to tabs, in a bubble of time.
type tabStage struct {
	*stage
	tabs *tabs
	n    int
	quit func()
}

func newTabStage(t *testing.T, book *dialogue.Book, db kv.Store) *tabStage {
	return &tabStage{stage: newStage(t, db, book), tabs: newTabs(), quit: func() {}}
}

// publish starts publishing.
func (s *tabStage) publish() {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	c := s.coach
	go func() { defer close(ended); c.pages(ctx, s.tabs) }()
	s.quit = func() { s.quit = func() {}; cancel(); <-ended }
}

// does handles something of Ana's.
func (s *tabStage) does(kind chat.Kind, text string) {
	s.t.Helper()
	s.n++
	e := textOf(ana, fmt.Sprint("Ev", s.n), text)
	e.Kind = kind
	if kind == chat.Opened {
		e.Action, e.Text, e.TS = chat.TabHome, "", ""
	}
	if _, err := s.coach.Handle(context.Background(), e); err != nil {
		s.t.Fatal(err)
	}
}

func (s *tabStage) marks() []chat.PersonID {
	s.t.Helper()
	ids, err := s.store.Homes(context.Background(), "", 100_000)
	if err != nil {
		s.t.Fatal(err)
	}
	return ids
}

// TestPublishing says when a page is published, for everything that can happen.
func TestPublishing(t *testing.T) {
	book := shipped(t)
	slow := &chat.SendError{Name: "ratelimited", RetryAfter: 30 * time.Second}
	down := &chat.SendError{Name: "internal_error"}
	conflict := &chat.SendError{Name: "hash_conflict"}
	gone := &chat.SendError{Name: "user_not_found", Permanent: true}
	for _, c := range []struct {
		name string
		errs []error
		play func(s *tabStage)
		want []string // seconds at which Ana's page is published
		left bool     // the mark stays
	}{
		{name: "looking is answered at once", play: func(s *tabStage) {
			s.does(chat.Opened, "")
		}, want: []string{"0s"}},
		{name: "changes within a second are one page", play: func(s *tabStage) {
			s.does(chat.Opened, "")
			time.Sleep(10 * time.Second)
			s.does(chat.Text, "hi")
			time.Sleep(500 * time.Millisecond)
			s.does(chat.Text, "nurse")
		}, want: []string{"0s", "11s"}},
		{name: "a page that was published rests", play: func(s *tabStage) {
			s.does(chat.Opened, "")
			time.Sleep(time.Second)
			s.does(chat.Text, "hi")
		}, want: []string{"0s", "2s"}},
		{name: "unless she looks", play: func(s *tabStage) {
			s.does(chat.Opened, "")
			time.Sleep(time.Second)
			s.does(chat.Text, "hi")
			s.does(chat.Opened, "")
		}, want: []string{"0s", "1s"}},
		{name: "who never opened it has no page", play: func(s *tabStage) {
			s.does(chat.Text, "hi")
		}},
		{name: "rate limited", errs: []error{slow}, play: func(s *tabStage) { s.does(chat.Opened, "") }, want: []string{"0s", "30s"}},
		{name: "a conflict", errs: []error{conflict}, play: func(s *tabStage) { s.does(chat.Opened, "") }, want: []string{"0s", "4s"}},
		{name: "out of order", errs: []error{down, down, down}, play: func(s *tabStage) { s.does(chat.Opened, "") }, want: []string{"0s", "4s", "12s", "28s"}},
		{name: "never to be published", errs: []error{gone}, play: func(s *tabStage) { s.does(chat.Opened, "") }, want: []string{"0s"}},
		{name: "a panic", errs: []error{errors.New("panic")}, play: func(s *tabStage) { s.does(chat.Opened, "") }, want: []string{"0s"}},
		{name: "a change while it is published", play: func(s *tabStage) {
			s.tabs.then = func() { s.does(chat.Text, "hi") }
			s.does(chat.Opened, "")
		}, want: []string{"0s", "2s"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newTabStage(t, book, kv.NewMemory())
				s.tabs.errs = c.errs
				s.publish()
				synctest.Wait()
				c.play(s)
				time.Sleep(10 * time.Minute)
				var want []string
				for _, at := range c.want {
					want = append(want, at+" "+string(ana))
				}
				if diff := cmp.Diff(want, s.tabs.called()); diff != "" {
					t.Errorf("published (-want +got):\n%s", diff)
				}
				if got := s.marks(); len(got) > 0 {
					t.Errorf("marks are left: %q", got)
				}
				if !s.coach.homes.settled() || len(s.coach.homes.open) > 0 {
					t.Error("something is left in the queue")
				}
				s.quit()
			})
		})
	}
}

// What the last event came to is what the page shows in the end.
func TestPublishedIsLatest(t *testing.T) {
	book := shipped(t)
	synctest.Test(t, func(t *testing.T) {
		s := newTabStage(t, book, kv.NewMemory())
		s.publish()
		for _, text := range []string{"hi", "thorough", "front desk", "none of these", "skip"} {
			s.does(chat.Opened, "")
			s.does(chat.Text, text)
			time.Sleep(300 * time.Millisecond)
		}
		time.Sleep(time.Minute)
		var p Person
		s.view(func(tx *store.Tx) error { _, err := tx.Person(ana, &p); return err })
		if diff := cmp.Diff(strings.Join(draw(s.coach.page(ana, &p)), "\n"), s.tabs.shows(ana)); diff != "" {
			t.Errorf("the tab (-want +got):\n%s", diff)
		}
		s.quit()
	})
}

// A process that ends in the middle leaves the mark; the next one publishes.
func TestPublishAfterRestart(t *testing.T) {
	book := shipped(t)
	for _, db := range stores {
		t.Run(db.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newTabStage(t, book, db.open(t))
				s.tabs.hold = make(chan struct{})
				s.publish()
				s.does(chat.Opened, "")
				synctest.Wait()
				if n := len(s.tabs.called()); n != 1 {
					t.Fatalf("%d pages under way, want 1", n)
				}
				s.quit()
				if got := s.marks(); len(got) != 1 {
					t.Fatalf("marks after the end: %q, want Ana's", got)
				}
				s.tabs.hold = nil
				s.restart()
				s.publish()
				synctest.Wait()
				if s.tabs.shows(ana) == "" || len(s.marks()) > 0 {
					t.Errorf("after the restart the tab shows %q, marks %q", s.tabs.shows(ana), s.marks())
				}
				s.quit()
			})
		})
	}
}

// The tab of somebody who was deleted while it was being published is emptied,
// and then nothing is left of them.
func TestDeletedTab(t *testing.T) {
	book := shipped(t)
	synctest.Test(t, func(t *testing.T) {
		s := newTabStage(t, book, kv.NewMemory())
		empty := kvtest.Dump(t, s.db)
		s.publish()
		s.does(chat.Text, "hi")
		s.does(chat.Text, "thorough")
		s.tabs.then = func() {
			s.update(func(tx *store.Tx) error {
				if err := tx.Remove(ana); err != nil {
					return err
				}
				return tx.MarkHome(ana, time.Now())
			})
			s.coach.homes.touch(ana, true)
		}
		s.does(chat.Opened, "")
		time.Sleep(time.Minute)
		if got := s.tabs.shows(ana); strings.Contains(got, "Ana") || !strings.Contains(got, "[Start]") {
			t.Errorf("the tab of nobody shows\n%s", got)
		}
		if diff := cmp.Diff(empty, kvtest.Dump(t, s.db)); diff != "" {
			t.Errorf("left in the store (-want +got):\n%s", diff)
		}
		s.quit()
	})
}

// Ten thousand pages at once keep to the platform's pace; who looks goes first.
func TestManyPages(t *testing.T) {
	const people = 10_000
	book := shipped(t)
	synctest.Test(t, func(t *testing.T) {
		s := newTabStage(t, book, kv.NewMemory())
		s.update(func(tx *store.Tx) error {
			for i := range people {
				if err := tx.MarkHome(someone(i), time.Now()); err != nil {
					return err
				}
			}
			return nil
		})
		s.publish()
		for minute := range 3 {
			time.Sleep(time.Minute)
			want := pageBurst + int(pagesPerSecond*60)*(minute+1)
			if n := len(s.tabs.called()); n < want-2 || n > want+2 {
				t.Errorf("after %d minutes %d pages, want %d", minute+1, n, want)
			}
		}
		s.does(chat.Opened, "")
		time.Sleep(3 * time.Second)
		if s.tabs.shows(ana) == "" {
			t.Error("who looks waits for the others")
		}
		time.Sleep(3 * time.Hour)
		if n := len(s.marks()); n > 0 {
			t.Errorf("%d marks are left", n)
		}
		if got := len(s.tabs.called()); got != people+1 {
			t.Errorf("%d pages for %d people", got, people+1)
		}
		s.quit()
	})
}

// Somebody from outside who looks sees that they are declined, and nothing is
// kept, not even a mark.
func TestDeclinedTab(t *testing.T) {
	book := shipped(t)
	synctest.Test(t, func(t *testing.T) {
		s := newTabStage(t, book, kv.NewMemory())
		empty := kvtest.Dump(t, s.db)
		s.publish()
		for i, who := range []chat.Outsider{chat.Stranger, chat.Gone, chat.Bot} {
			e := textOf(someone(i), fmt.Sprint("Ev", i), "")
			e.Kind, e.Action, e.Profile.Outsider = chat.Opened, chat.TabHome, who
			if _, err := s.coach.Handle(context.Background(), e); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			if got := s.tabs.shows(someone(i)); !strings.Contains(got, "people of this workspace") {
				t.Errorf("the tab shows %q", got)
			}
		}
		if diff := cmp.Diff(empty, kvtest.Dump(t, s.db)); diff != "" {
			t.Errorf("kept (-want +got):\n%s", diff)
		}
		s.quit()
	})
}

// A guest is a person of this workspace.
func TestGuestTab(t *testing.T) {
	c := newChatter(t, shipped(t))
	e := c.event(chat.Opened)
	e.Action, e.Profile.Outsider = chat.TabHome, chat.Guest
	if _, said := c.handle(e); len(said) != 1 {
		t.Errorf("a guest sees %q, want one welcome", said)
	}
}

// The log of a page that cannot be published names ids and the error alone.
func TestPublishLog(t *testing.T) {
	book := shipped(t)
	synctest.Test(t, func(t *testing.T) {
		s := newTabStage(t, book, kv.NewMemory())
		var log bytes.Buffer
		s.coach.log = slog.New(slog.NewTextHandler(&log, nil))
		s.tabs.errs = []error{&chat.SendError{Name: "account_inactive", Permanent: true, Err: errors.New("SECRET")}, errors.New("panic")}
		s.publish()
		for range 2 {
			s.does(chat.Opened, "")
			time.Sleep(time.Minute)
		}
		s.quit()
		for _, want := range []string{"page cannot be published", "account_inactive", string(ana)} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("the log lacks %q:\n%s", want, log.String())
			}
		}
		for _, not := range []string{"SECRET", "Ana ", "what a person wrote"} {
			if strings.Contains(log.String(), not) {
				t.Errorf("the log holds %q:\n%s", not, log.String())
			}
		}
	})
}

// An answer that was forgotten is nowhere in the record, in no version.
func TestForgottenIsGone(t *testing.T) {
	c := onPath(t, shipped(t), "have.job")
	e := c.event(chat.Text)
	e.TS, e.Text = "5.000001", "SECRET front desk"
	c.handle(e)
	e = c.event(chat.Edited)
	e.TS, e.Text = "5.000001", "SECRET reception"
	c.handle(e)
	e = c.event(chat.Deleted)
	e.TS = "5.000001"
	_, said := c.handle(e)
	if all := strings.Join(said, "\n"); len(said) != 1 || strings.Contains(all, "SECRET") || !strings.Contains(all, "What is your job today?") {
		t.Errorf("the offer is %q, want the question without what was taken back", said)
	}
	tap := c.tap("Forget it")
	_, said = c.handle(tap)
	c.sees(said, "forget.done")
	p, _ := c.person()
	if raw, err := cbor.Marshal(p); err != nil || bytes.Contains(raw, []byte("SECRET")) {
		t.Errorf("the words are still there, %v: %+v", err, p.Dialogue.Answers)
	}
	again := tap
	again.ID += "again"
	if only, _ := c.handle(again); only == "" {
		t.Error("the second tap is not answered")
	}
}

// Whatever comes back from a button, also of a tab or a message of another
// version, nothing of the plan and of the answers is lost.
func TestOddTaps(t *testing.T) {
	book := shipped(t)
	for _, step := range []string{"have.job", ""} {
		c := onPath(t, book, step)
		open := c.event(chat.Opened)
		open.Action, open.TS = chat.TabHome, ""
		c.handle(open)
		before, _ := c.person()
		for _, value := range []string{
			"h:", "h:done", "h:done:", "h:done:nothing", "h:done:g1", "h:more", "h:more:", "h:more:-1", "h:more:99999999999999999999", "h:more:7",
			"h:unknown:x", "h:plan:x", "h:look", "w:", "w:start", "w:bogus", "f:", "f:forget", "f:forget:", "f:bogus:1.000001", "f:keep:1.000001", ":", "::",
		} {
			for _, view := range []string{"", "V1"} {
				e := c.event(chat.Click)
				e.Action, e.View, e.Values = "home.x", view, []string{value}
				c.handle(e)
			}
		}
		after, _ := c.person()
		if diff := cmp.Diff(before.Plan, after.Plan); diff != "" {
			t.Errorf("at %q the plan changed (-before +after):\n%s", step, diff)
		}
		if diff := cmp.Diff(before.Dialogue.Answers, after.Dialogue.Answers); diff != "" {
			t.Errorf("at %q the answers changed (-before +after):\n%s", step, diff)
		}
		if n := len(draw(c.coach.page(ana, &after))); n < 5 {
			t.Errorf("at %q the tab has %d lines", step, n)
		}
	}
}

// A milestone that is pressed twice is done once, and the second time says so.
func TestDoneTwice(t *testing.T) {
	c := onPath(t, shipped(t), "")
	open := c.event(chat.Opened)
	open.Action, open.TS = chat.TabHome, ""
	c.handle(open)
	p, _ := c.person()
	action, values, ok := press(c.coach.page(ana, &p), "Done")
	if !ok {
		t.Fatal("nothing to be done")
	}
	for range 2 {
		e := c.event(chat.Click)
		e.Action, e.Values, e.View = action, values, "V1"
		if _, said := c.handle(e); len(said) > 0 {
			t.Errorf("said in the DM: %q", said)
		}
	}
	p, _ = c.person()
	done := 0
	for _, g := range p.Plan.Goals {
		n, _ := career.Progress(g)
		done += n
	}
	if done != 1 {
		t.Errorf("%d milestones are done, want 1", done)
	}
	if text := strings.Join(draw(c.coach.page(ana, &p)), "\n"); !strings.Contains(text, "not open any more") {
		t.Errorf("the second press is not answered:\n%s", text)
	}
}

// The welcome is answered by a tap, a label, a number, or what people say for it.
func TestWelcomeAnswers(t *testing.T) {
	book := shipped(t)
	for text, want := range map[string]string{
		"Start": "have.job", "quick": "have.job", "thorough": "have.job", "the thorough way": "have.job", "4": "have.job", "1": "have.job", "yes": "have.job", "OK!": "have.job", "let's go": "have.job", "hello": "have.job", "I am a nurse": "have.since",
		"look around": "welcome.look", "2": "welcome.look", "what is this": "welcome.look",
		"not now": "welcome.later", "3": "welcome.later", "No.": "welcome.later", "later": "welcome.later",
	} {
		c := newChatter(t, book)
		open := c.event(chat.Opened)
		open.Action, open.TS = chat.TabMessages, ""
		c.handle(open)
		said := c.says(text)
		if strings.HasPrefix(want, "welcome.") {
			c.sees(said, want)
			if p, _ := c.person(); len(said) != 1 || p.Settings.Paused || len(p.Notes) > 0 {
				t.Errorf("%q: she sees %q, notes %v", text, said, p.Notes)
			}
			continue
		}
		c.asks(want)
		if n := len(said); n != 1 {
			t.Errorf("%q: %d messages, want the first question alone: %q", text, n, said)
		}
	}
}
