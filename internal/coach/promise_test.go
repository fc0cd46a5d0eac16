package coach

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
)

// counted is a kv.Store that counts what is written.
type counted struct {
	kv.Store
	updates atomic.Int64
}

func (c *counted) Update(ctx context.Context, fn func(kv.Tx) error) error {
	c.updates.Add(1)
	return c.Store.Update(ctx, fn)
}

// hear lets Ana say something.
func (s *stage) hear(event, text string) {
	s.t.Helper()
	if _, err := s.coach.Handle(context.Background(), textOf(ana, event, text)); err != nil {
		s.t.Fatal(err)
	}
}

// kinds are the calls made so far, without their times and words.
func (p *platform) kinds() string {
	var all []string
	for _, call := range p.called() {
		all = append(all, strings.Fields(call)[1])
	}
	return strings.Join(all, " ")
}

// An answer costs two commits: one that takes in what was said and marks the
// answer as being sent, one that takes the answer out. That it replaces the
// question before costs none.
func TestCommitsOfAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := &counted{Store: kv.NewMemory()}
		s := newStage(t, db, shipped(t))
		defer func() { s.stop() }()
		s.deliver()
		s.hear("Ev1", "hi")
		s.drain()
		for _, c := range []struct{ event, says, want string }{
			{"Ev2", "why?", "edit post"},
			{"Ev3", "why?", "edit post"},
			{"Ev4", "not now", "edit post"},
			{"Ev5", "privacy", "post"},
		} {
			s.p.called()
			before := db.updates.Load()
			s.hear(c.event, c.says)
			s.drain()
			if got := s.p.kinds(); got != c.want {
				t.Fatalf("%s: the calls are %q, want %q", c.says, got, c.want)
			}
			if n := db.updates.Load() - before; n != 2 {
				t.Errorf("%s: %d commits, want 2", c.says, n)
			}
			if rows := s.rows(ana); len(rows) > 0 {
				t.Errorf("%s: still there: %+v", c.says, rows)
			}
		}
	})
}

// Whatever happens to an answer that was marked before anybody was called, it
// arrives once.
func TestPromisedAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		post  answer // to the first process
		dies  bool   // it ends before it calls anybody
		taken bool   // by the platform, before it ended
		want  string // calls for the answer
	}{
		"it leaves":                           {want: "edit post"},
		"the process ends before":             {dies: true, want: "edit find find post"},
		"the process ends after":              {dies: true, taken: true, want: "edit find"},
		"the answer to the call is lost":      {post: answer{err: lost}, want: "edit post find find post"},
		"that, and it was taken":              {post: answer{err: lost, taken: true}, want: "edit post find"},
		"refused, and the edit stays as made": {post: answer{err: refused}, want: "edit post post"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, kv.NewMemory(), shipped(t))
				defer func() { s.stop() }()
				s.deliver()
				s.hear("Ev1", "hi")
				s.drain()
				channel := "D" + string(ana)
				shown := len(s.p.texts(channel))
				s.p.called()
				if c.dies {
					s.stop()
					s.coach.lanes.serve(true)
				} else {
					s.p.posts = []answer{c.post}
				}
				s.hear("Ev2", "why?")
				if c.dies {
					rows := s.rows(ana)
					if len(rows) != 2 || rows[0].Attempting || !rows[1].Attempting {
						t.Fatalf("the rows are %+v, want the second marked", rows)
					}
					if c.taken {
						if _, err := s.p.Post(context.Background(), channel, rows[1].ID, rows[1].Message); err != nil {
							t.Fatal(err)
						}
						s.p.called()
					}
					s.restart()
					s.deliver()
				}
				s.drain()
				if got := s.p.kinds(); got != c.want {
					t.Errorf("the calls are %q, want %q", got, c.want)
				}
				if n := len(s.p.texts(channel)) - shown; n != 1 {
					t.Errorf("%d messages have come, want 1", n)
				}
				if rows := s.rows(ana); len(rows) > 0 {
					t.Errorf("still there: %+v", rows)
				}
			})
		})
	}
}

// A question that is marked already, and cannot have been read since what is to
// leave before it does not, is not answered by what is written meanwhile.
func TestWrittenBeforeAPromisedQuestionLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, kv.NewMemory(), shipped(t))
		defer func() { s.stop() }()
		s.deliver()
		for i, text := range []string{"hi", "start"} {
			s.hear(fmt.Sprint("Ev", i), text)
			s.drain()
		}
		s.p.updates = []error{refused, refused}
		s.hear("Ev2", "nurse")
		synctest.Wait()
		if rows := s.rows(ana); len(rows) != 2 || rows[0].Attempting || !rows[1].Attempting {
			t.Fatalf("the rows are %+v, want the second marked", rows)
		}
		asked := s.record(ana).Dialogue.Asked.Key
		s.hear("Ev3", "the patients keep me going")
		if got := s.record(ana).Dialogue.Asked.Key; got != asked {
			t.Errorf("asked is %+v, want still %+v", got, asked)
		}
		s.drain()
	})
}

// Only what leaves at once is promised, and each promise counts once.
func TestPromise(t *testing.T) {
	l := newLanes(time.Now)
	promised := func(what string, id chat.PersonID, want bool) {
		t.Helper()
		if got := l.promise(id, "r"); got != want {
			t.Errorf("%s: promised %v, want %v", what, got, want)
		}
	}
	promised("nobody serves", ana, false)
	l.serve(true)
	promised("nothing waits", ana, true)
	if l.claim(ana, "other") || !l.claim(ana, "r") || l.claim(ana, "r") {
		t.Error("a promise is claimed once, by its row")
	}
	l.add(ana)
	promised("something waits for her", ana, false)
	if id, ok := l.take(); id != ana || !ok {
		t.Fatal("nobody to serve")
	}
	promised("something is being sent to her", ana, false)
	l.done(ana, pause{length: time.Hour, firm: true})
	promised("the platform wants a pause", ana, false)
	promised("somebody else", someone(0), true)
	for i := range maxPromised {
		l.add(someone(i + 1))
	}
	promised("many wait", someone(0), false)
	l.serve(false)
	l.done(ana, pause{})
}
