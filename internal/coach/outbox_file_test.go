package coach

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/kv"
	"waymark/internal/store"
)

// cabinet is a platform that takes files and answers as it was told to.
type cabinet struct {
	*platform
	uploads []error  // answers to the next uploads
	shares  []answer // and to the next times one is shown
	clears  []error
	names   map[string]string // of uploads, by id
	during  func()            // runs in the middle of an upload
}

func (c *cabinet) Upload(_ context.Context, f chat.File) (string, error) {
	defer c.enter("files", "upload "+f.Name)()
	if c.during != nil {
		c.during()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := pop(&c.uploads); err != nil {
		return "", err
	}
	if c.names == nil {
		c.names = map[string]string{}
	}
	id := fmt.Sprintf("F%d", len(c.names)+1)
	c.names[id] = f.Name
	return id, nil
}

func (c *cabinet) Share(_ context.Context, channel, id string, f chat.File, m chat.Message) error {
	defer c.enter(channel, "share "+id+" "+f.Name)()
	c.mu.Lock()
	defer c.mu.Unlock()
	a := pop(&c.shares)
	if a.err == nil || a.taken {
		c.seq++
		c.dms[channel] = append(c.dms[channel], &shownMessage{ts: fmt.Sprintf("%d.%06d", time.Now().Unix(), c.seq), id: id, from: time.Now().Add(a.shows), m: m})
	}
	return a.err
}

func (c *cabinet) Shared(_ context.Context, channel, after, id string) (string, bool, error) {
	defer c.enter(channel, "look for "+id)()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.dms[channel] {
		if s.id == id && s.ts > after && !time.Now().Before(s.from) {
			return s.ts, true, nil
		}
	}
	return "", false, nil
}

func (c *cabinet) Clear(_ context.Context, channel string) error {
	defer c.enter(channel, "clear")()
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := pop(&c.clears); err != nil {
		return err
	}
	c.dms[channel] = nil
	return nil
}

// filing is a stage with a cabinet and Ana, who has a plan.
func filing(t *testing.T, book *dialogue.Book) (*stage, *cabinet) {
	t.Helper()
	s := newStage(t, kv.NewMemory(), book)
	s.update(func(tx *store.Tx) error { return tx.Save(ana, plannedPerson()) })
	return s, &cabinet{platform: s.p}
}

// through delivers everything through a cabinet.
func (s *stage) through(c *cabinet) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.coach.Deliver(ctx, c) }()
	s.drain()
	cancel()
	if err := <-ended; err != nil {
		s.t.Errorf("Deliver: %v", err)
	}
}

// asks handles a command of Ana's.
func (s *stage) asks(command string) {
	s.t.Helper()
	e := chat.Event{ID: chat.EventID("Ev " + command), Kind: chat.Command, Person: ana, Command: "career", Text: command, At: s.now()}
	if _, err := s.coach.Handle(context.Background(), e); err != nil {
		s.t.Fatal(err)
	}
}

func TestFileDelivery(t *testing.T) {
	book := shipped(t)
	refused := &chat.SendError{Name: "missing_scope", Permanent: true}
	lost := answer{err: &chat.SendError{Name: "no_answer", Unknown: true}}
	taken := lost
	taken.taken = true
	late := taken
	late.shows = time.Second
	gone := answer{err: &chat.SendError{Name: "file_not_found"}}
	for name, c := range map[string]struct {
		ask     string
		uploads []error
		shares  []answer
		want    []string // calls, without their times
		said    []string // what the DM shows in the end, by a word of it
	}{
		"all three in order": {ask: "export", want: []string{
			"upload career-plan.md", "share F1 career-plan.md", "upload career-data.json", "share F2 career-data.json", "upload career-dates.ics", "share F3 career-dates.ics",
		}, said: []string{"Here is what I keep", "for programs", "for your calendar"}},
		"an upload that failed is tried again": {
			ask: "export md", uploads: []error{&chat.SendError{Name: "no_answer", Unknown: true}, &chat.SendError{Name: "ratelimited", RetryAfter: time.Second}},
			want: []string{"upload career-plan.md", "upload career-plan.md", "upload career-plan.md", "share F1 career-plan.md"}, said: []string{"Here is your file"},
		},
		"a refusal is told once": {
			ask: "export", uploads: []error{refused}, want: []string{"upload career-plan.md", "post"}, said: []string{"(missing_scope)"},
		},
		"a refusal in the middle ends the rest": {
			ask: "export", uploads: []error{nil, refused},
			want: []string{"upload career-plan.md", "share F1 career-plan.md", "upload career-data.json", "post"}, said: []string{"Here is what I keep", "(missing_scope)"},
		},
		"a picture that is refused": {
			ask: "timeline", uploads: []error{refused}, want: []string{"upload career-timeline.png", "post"}, said: []string{"picture of your plan"},
		},
		"showing it is refused": {
			ask: "export json", shares: []answer{{err: refused}}, want: []string{"upload career-data.json", "share F1 career-data.json", "post"}, said: []string{"(missing_scope)"},
		},
		"shown, but the answer was lost": {
			ask: "export md", shares: []answer{taken}, want: []string{"upload career-plan.md", "share F1 career-plan.md", "look for F1"}, said: []string{"Here is your file"},
		},
		"shown late": {
			ask: "export md", shares: []answer{late}, want: []string{"upload career-plan.md", "share F1 career-plan.md", "look for F1"}, said: []string{"Here is your file"},
		},
		"not shown, and the answer was lost": {
			ask: "export md", shares: []answer{lost}, want: []string{"upload career-plan.md", "share F1 career-plan.md", "look for F1", "look for F1", "share F1 career-plan.md"}, said: []string{"Here is your file"},
		},
		"not taken just now": {
			ask: "export md", shares: []answer{{err: &chat.SendError{Name: "ratelimited", RetryAfter: time.Minute}}},
			want: []string{"upload career-plan.md", "share F1 career-plan.md", "share F1 career-plan.md"}, said: []string{"Here is your file"},
		},
		"an upload that was not kept is made again": {
			ask: "export md", shares: []answer{gone}, want: []string{"upload career-plan.md", "share F1 career-plan.md", "upload career-plan.md", "share F2 career-plan.md"}, said: []string{"Here is your file"},
		},
		"but not for ever": {
			ask: "export md", shares: []answer{gone, gone, gone, gone, gone}, said: []string{"(file_not_found)"}, want: []string{
				"upload career-plan.md", "share F1 career-plan.md", "upload career-plan.md", "share F2 career-plan.md",
				"upload career-plan.md", "share F3 career-plan.md", "upload career-plan.md", "share F4 career-plan.md", "post",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, p := filing(t, book)
				p.uploads, p.shares = c.uploads, c.shares
				s.asks(c.ask)
				s.through(p)
				var calls []string
				for _, call := range p.called() {
					_, call, _ = strings.Cut(call, " ")
					if strings.HasPrefix(call, "post ") {
						call = "post"
					}
					if call != "open" {
						calls = append(calls, call)
					}
				}
				if diff := cmp.Diff(c.want, calls); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
				said := p.texts("Dana")
				if len(said) != len(c.said) {
					t.Fatalf("the DM shows %d messages, want %d:\n%s", len(said), len(c.said), strings.Join(said, "\n--\n"))
				}
				for i, part := range c.said {
					if !strings.Contains(said[i], part) {
						t.Errorf("message %d is %q, want %q in it", i, said[i], part)
					}
				}
				if rows := s.rows(ana); len(rows) != 0 {
					t.Errorf("%d rows are left", len(rows))
				}
			})
		})
	}
}

// A file holds what is known when it leaves, and its row no word of it.
func TestFileIsMadeWhenItLeaves(t *testing.T) {
	book := shipped(t)
	synctest.Test(t, func(t *testing.T) {
		s, p := filing(t, book)
		s.asks("export json")
		for _, r := range s.rows(ana) {
			if text := r.Message.Plain(); strings.Contains(text, "nurse") || r.Kind != store.File {
				t.Errorf("the row %+v holds a word of the plan", r)
			}
		}
		s.asks("win led the morning shift")
		var data []byte
		s.through(&cabinet{platform: s.p, during: func() {
			var person Person
			s.view(func(tx *store.Tx) error { _, err := tx.Person(ana, &person); return err })
			made, err := s.coach.makeFile(ana, &person, store.Row{File: fileJSON})
			if err != nil {
				t.Error(err)
			}
			data = made.file.Data
		}})
		if !strings.Contains(string(data), "led the morning shift") {
			t.Error("the file does not hold what was said after it was asked for")
		}
		if n := len(p.texts("Dana")); n != 1 {
			t.Errorf("%d messages, want one", n)
		}
	})
}

// Clearing goes on until it is done, and is given up where the platform says so.
func TestClearing(t *testing.T) {
	book := shipped(t)
	for name, c := range map[string]struct {
		answers []error
		calls   int
		left    int
	}{
		"done":       {nil, 1, 0},
		"in part":    {[]error{&chat.SendError{Name: "no_answer", Unknown: true}, &chat.SendError{Name: "ratelimited", RetryAfter: time.Second}}, 3, 0},
		"not at all": {[]error{&chat.SendError{Name: "channel_not_found", Permanent: true}}, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, p := filing(t, book)
				p.clears = c.answers
				s.put(ana, say("hello"))
				s.through(p)
				s.put(ana, store.Row{ID: "clear", Kind: store.Clear, Channel: "D" + string(ana)})
				p.called()
				s.through(p)
				calls := slices.DeleteFunc(p.called(), func(call string) bool { return !strings.HasSuffix(call, "clear") })
				if len(calls) != c.calls {
					t.Errorf("cleared %d times, want %d", len(calls), c.calls)
				}
				if n := len(p.texts("D" + string(ana))); n != c.left {
					t.Errorf("%d messages are left, want %d", n, c.left)
				}
				if rows := s.rows(ana); len(rows) != 0 {
					t.Errorf("%d rows are left", len(rows))
				}
			})
		})
	}
}
