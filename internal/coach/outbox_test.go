package coach

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/kv/kvtest"
	"waymark/internal/store"
)

// deliver sends what one person has waiting and returns how long to wait before
// the next try.
func (c *Coach) deliver(ctx context.Context, s chat.Sender, id chat.PersonID) time.Duration {
	return c.serve(ctx, s, id).length
}

var (
	lost     = &chat.SendError{Name: "no_answer", Unknown: true}
	refused  = &chat.SendError{Name: "not_sent"}
	unwanted = &chat.SendError{Name: "msg_too_long", Permanent: true}
	slowDown = &chat.SendError{Name: "ratelimited", RetryAfter: 30 * time.Second}
)

// TestDelivery says for each way in which a platform can answer what is called
// when, and what the person sees in the end.
func TestDelivery(t *testing.T) {
	a, b := say("a"), say("b")
	gone := say("gone")
	gone.Until = time.Date(1999, 12, 31, 0, 0, 0, 0, time.UTC) // bubbles begin in 2000
	soon := say("soon")
	soon.Until = time.Date(2000, 1, 1, 0, 0, 10, 0, time.UTC)
	nowhere := say("nowhere")
	nowhere.Channel = "?"
	nowhere2 := say("nowhere either")
	nowhere2.Channel = "?"
	for _, c := range []struct {
		name    string
		rows    []store.Row
		posts   []answer
		finds   []error
		updates []error
		opens   []error
		calls   []string
		shown   []string
		parked  []string // "text: error"
	}{
		{
			name: "rows leave in order", rows: []store.Row{a, b},
			calls: []string{"0s post a", "0s post b"}, shown: []string{"a", "b"},
		}, {
			name: "an unknown result is looked up and found", rows: []store.Row{a, b},
			posts: []answer{{err: lost, taken: true}},
			calls: []string{"0s post a", "2s find", "2s post b"}, shown: []string{"a", "b"},
		}, {
			name: "an unknown result is looked up twice, then posted again", rows: []store.Row{a, b},
			posts: []answer{{err: lost}},
			calls: []string{"0s post a", "2s find", "4s find", "4s post a", "4s post b"}, shown: []string{"a", "b"},
		}, {
			name: "what is accepted late is found by the second look", rows: []store.Row{a},
			posts: []answer{{err: lost, taken: true, shows: 3 * time.Second}},
			calls: []string{"0s post a", "2s find", "4s find"}, shown: []string{"a"},
		}, {
			name: "an error of an unknown kind leaves the result unknown", rows: []store.Row{a},
			posts: []answer{{err: errors.New("odd"), taken: true}},
			calls: []string{"0s post a", "2s find"}, shown: []string{"a"},
		}, {
			name: "what was surely not sent needs no look", rows: []store.Row{a},
			posts: []answer{{err: refused}},
			calls: []string{"0s post a", "2s post a"}, shown: []string{"a"},
		}, {
			name: "a look that fails for a known reason is no look", rows: []store.Row{a},
			posts: []answer{{err: lost, taken: true}}, finds: []error{slowDown, refused},
			calls: []string{"0s post a", "2s find", "32s find", "40s find"}, shown: []string{"a"},
		}, {
			name: "a refusal does not tell what became of the try before it", rows: []store.Row{a},
			posts: []answer{{err: lost, taken: true, shows: 5 * time.Second}, {err: refused}},
			calls: []string{"0s post a", "2s find", "4s find", "4s post a", "8s find"}, shown: []string{"a"},
		}, {
			name: "a permanent error parks the row and the next goes on", rows: []store.Row{a, b},
			posts: []answer{{err: unwanted}},
			calls: []string{"0s post a", "0s post b"}, shown: []string{"b"}, parked: []string{"a: msg_too_long"},
		}, {
			name: "a panic parks the row and the next goes on", rows: []store.Row{a, b},
			posts: []answer{{panic: "boom"}},
			calls: []string{"0s post a", "0s post b"}, shown: []string{"b"}, parked: []string{"a: panic"},
		}, {
			name: "the platform's wish to wait is honoured", rows: []store.Row{a, b},
			posts: []answer{{err: slowDown}},
			calls: []string{"0s post a", "30s post a", "30s post b"}, shown: []string{"a", "b"},
		}, {
			name: "pauses grow to five minutes", rows: []store.Row{a},
			posts: []answer{{err: refused}, {err: refused}, {err: refused}, {err: refused}, {err: refused}, {err: refused}, {err: refused}, {err: refused}, {err: refused}},
			calls: []string{"0s post a", "2s post a", "6s post a", "14s post a", "30s post a", "1m2s post a", "2m6s post a", "4m14s post a", "8m30s post a", "13m30s post a"},
			shown: []string{"a"},
		}, {
			name: "what is not worth saying any more is dropped", rows: []store.Row{gone, a},
			calls: []string{"0s post a"}, shown: []string{"a"},
		}, {
			name: "what runs out of time while it waits is dropped", rows: []store.Row{a, soon, b},
			posts: []answer{{err: slowDown}},
			calls: []string{"0s post a", "30s post a", "30s post b"}, shown: []string{"a", "b"},
		}, {
			name: "a DM that is not known is opened, once", rows: []store.Row{nowhere, nowhere2},
			opens: []error{refused},
			calls: []string{"0s open", "2s open", "2s post nowhere", "2s post nowhere either"}, shown: []string{"nowhere", "nowhere either"},
		}, {
			name: "a DM that cannot be opened parks the row", rows: []store.Row{nowhere},
			opens: []error{&chat.SendError{Name: "user_not_found", Permanent: true}},
			calls: []string{"0s open"}, parked: []string{"nowhere: user_not_found"},
		}, {
			name: "an edit replaces the message it is about", rows: []store.Row{tappable("a"), edit("a", "A"), b},
			calls: []string{"0s post a\n1. Yes", "0s edit A", "0s post b"}, shown: []string{"A", "b"},
		}, {
			name: "an edit is tried again", rows: []store.Row{tappable("a"), edit("a", "A"), b}, updates: []error{lost, slowDown},
			calls: []string{"0s post a\n1. Yes", "0s edit A", "2s edit A", "32s edit A", "32s post b"}, shown: []string{"A", "b"},
		}, {
			name: "an edit that is refused is given up", rows: []store.Row{tappable("a"), edit("a", "A"), b}, updates: []error{unwanted},
			calls: []string{"0s post a\n1. Yes", "0s edit A", "0s post b"}, shown: []string{"a\n1. Yes", "b"},
		}, {
			name: "an edit of what never left is no edit", rows: []store.Row{tappable("a"), edit("a", "A"), b}, posts: []answer{{err: unwanted}},
			calls: []string{"0s post a\n1. Yes", "0s post b"}, shown: []string{"b"}, parked: []string{"a\n1. Yes: msg_too_long"},
		},
	} {
		for _, db := range stores {
			t.Run(c.name+"/"+db.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := newStage(t, db.open(t), nil)
					s.p.posts, s.p.finds, s.p.updates, s.p.opens = c.posts, c.finds, c.updates, c.opens
					s.put(ana, c.rows...)
					s.deliver()
					s.drain()
					if diff := cmp.Diff(c.calls, s.p.called()); diff != "" {
						t.Errorf("calls (-want +got):\n%s", diff)
					}
					if diff := cmp.Diff(c.shown, s.p.texts("D"+string(ana))); diff != "" {
						t.Errorf("what is shown (-want +got):\n%s", diff)
					}
					var parked []string
					for _, r := range s.rows(ana) {
						parked = append(parked, r.Message.Plain()+": "+r.Parked)
					}
					if diff := cmp.Diff(c.parked, parked); diff != "" {
						t.Errorf("rows that stay (-want +got):\n%s", diff)
					}
					s.stop()
				})
			})
		}
	}
}

// edit is a row that replaces the message that left with text old.
func edit(old, text string) store.Row {
	r := store.Row{ID: "edit of " + old, Kind: store.Edit, Message: chat.Say(text)}
	r.Ref = "id " + tappable(old).Message.Plain()
	return r
}

// Somebody who writes while we wait for better times is answered at once, in
// order; where the platform asked to wait, we wait.
func TestNewRowInPause(t *testing.T) {
	for _, c := range []struct {
		name  string
		posts []answer
		calls []string
	}{
		{"our own pause ends", []answer{{err: refused}, {err: refused}, {err: refused}, {err: refused}},
			[]string{"0s post a", "2s post a", "6s post a", "14s post a", "20s post a", "20s post b"}},
		{"the platform's does not", []answer{{err: slowDown}},
			[]string{"0s post a", "30s post a", "30s post b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, stores[0].open(t), nil)
				s.p.posts = c.posts
				s.put(ana, say("a"))
				s.deliver()
				time.Sleep(20 * time.Second)
				s.put(ana, say("b"))
				s.drain()
				if diff := cmp.Diff(c.calls, s.p.called()); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
				s.stop()
			})
		})
	}
}

// A pause is real time: a clock that is moved neither ends nor stretches it.
func TestPauseAndClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, stores[0].open(t), nil)
		moved := time.Duration(0)
		s.now = func() time.Time { return time.Now().Add(moved) }
		s.p.posts = []answer{{err: slowDown}, {err: slowDown}}
		s.put(ana, say("a"))
		moved = -48 * time.Hour
		s.deliver()
		s.drain()
		if diff := cmp.Diff([]string{"0s post a", "30s post a", "1m0s post a"}, s.p.called()); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
		s.stop()
	})
}

// People are delivered to side by side, each of them in order.
func TestSideBySide(t *testing.T) {
	for _, db := range stores {
		t.Run(db.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, db.open(t), nil)
				person := func(i int) chat.PersonID { return chat.PersonID(fmt.Sprintf("-/T1/U%02d", i)) }
				const people, messages = 3 * senders, 4
				s.p.hold = make(chan struct{})
				s.deliver()
				for n := range messages {
					for i := range people {
						s.put(person(i), say(fmt.Sprint("message ", n)))
					}
				}
				synctest.Wait()
				if n := len(s.p.called()); n != senders {
					t.Errorf("%d posts under way, want %d", n, senders)
				}
				close(s.p.hold)
				s.drain()
				s.stop()
				for i := range people {
					want := []string{"message 0", "message 1", "message 2", "message 3"}
					if diff := cmp.Diff(want, s.p.texts("D"+string(person(i)))); diff != "" {
						t.Fatalf("person %d (-want +got):\n%s", i, diff)
					}
				}
				if strings.Contains(strings.Join(s.p.called(), "\n"), "at once") {
					t.Error("two calls for one channel at once")
				}
			})
		})
	}
}

// TestAnswersComeBeforeReminders: a crowd that is written to unasked keeps nobody
// waiting who has just written, be it one of the crowd.
func TestAnswersComeBeforeReminders(t *testing.T) {
	l := newLanes(time.Now)
	for _, id := range []chat.PersonID{"a", "b", "c", "d"} {
		l.add(id)
	}
	l.hurry("new")
	l.hurry("c")
	l.add("new") // a sweep
	var order []chat.PersonID
	for {
		id, ok := l.take()
		if !ok {
			break
		}
		order = append(order, id)
		l.done(id, pause{})
	}
	if want := []chat.PersonID{"new", "c", "a", "b", "d"}; !cmp.Equal(want, order) || l.len() != 0 {
		t.Errorf("served %q, want %q; %d left", order, want, l.len())
	}
}

// One person's trouble holds up nobody, and whoever waits longest comes first.
func TestFairness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes(time.Now)
		for _, id := range []chat.PersonID{"a", "b", "c", "a"} {
			l.hurry(id)
		}
		var order []chat.PersonID
		for range 6 {
			id, ok := l.take()
			if !ok {
				t.Fatal("nobody in the queue")
			}
			order = append(order, id)
			l.hurry(id)
			if len(l.fresh) > 2 {
				t.Error("somebody is served twice at a time")
			}
			l.done(id, pause{})
		}
		if want := []chat.PersonID{"a", "b", "c", "a", "b", "c"}; !cmp.Equal(want, order) {
			t.Errorf("served %q, want %q", order, want)
		}
		for range 3 {
			id, _ := l.take()
			l.done(id, pause{length: time.Hour})
		}
		l.add("a") // a sweep
		if _, ok := l.take(); ok || l.len() != 3 {
			t.Errorf("somebody is served in a pause (%d wait)", l.len())
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		for range 3 {
			id, ok := l.take()
			if !ok {
				t.Fatal("nobody in the queue after the pause")
			}
			l.done(id, pause{})
		}
		if l.len() != 0 {
			t.Errorf("%d people are left over", l.len())
		}
	})
}

// Rows that nobody told the delivery about are found by the next sweep.
func TestSweep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, stores[0].open(t), nil)
		s.deliver()
		synctest.Wait()
		other := newStage(t, s.db, nil) // another process on the same store
		for i := range 2*sweepPage + 1 {
			other.put(chat.PersonID(fmt.Sprintf("-/T1/U%03d", i)), say("hello"))
		}
		time.Sleep(sweepTime)
		synctest.Wait()
		if n := len(s.p.called()); n != 2*sweepPage+1 {
			t.Errorf("%d messages delivered, want %d", n, 2*sweepPage+1)
		}
		if room := s.coach.Room(); room != outboxMax {
			t.Errorf("Room = %d with nothing to deliver, want %d", room, outboxMax)
		}
		s.stop()
	})
}

// Whatever the moment at which a process ends, the next one finds out what
// became of the message that was on its way.
func TestStopInTheMiddle(t *testing.T) {
	for _, c := range []struct {
		name   string
		post   answer
		before []string // calls of the first process
		after  []string // and of the second
	}{
		{"the answer comes within the time to finish", answer{}, []string{"0s post a"}, []string{"1m0s post b"}},
		{"accepted, but no answer", answer{taken: true, hangs: true}, []string{"0s post a"}, []string{"1m0s find", "1m0s post b"}},
		{"not accepted, and no answer", answer{err: lost, hangs: true}, []string{"0s post a"}, []string{"1m0s find", "1m2s find", "1m2s post a", "1m2s post b"}},
	} {
		for _, db := range stores {
			t.Run(c.name+"/"+db.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := newStage(t, db.open(t), nil)
					s.p.posts = []answer{c.post}
					s.p.hold = make(chan struct{})
					s.put(ana, say("a"), say("b"))
					s.deliver()
					synctest.Wait()
					if rows := s.rows(ana); len(rows) != 2 || !rows[0].Attempting || rows[1].Attempting {
						t.Fatalf("while a is sent the rows are %+v, want a marked", rows)
					}
					go func() { time.Sleep(time.Second); close(s.p.hold) }()
					s.stop()
					if diff := cmp.Diff(c.before, s.p.called()); diff != "" {
						t.Errorf("calls before the end (-want +got):\n%s", diff)
					}
					time.Sleep(time.Minute - time.Since(s.p.start))
					s.p.hold = nil
					s.restart()
					s.deliver()
					s.drain()
					s.stop()
					if diff := cmp.Diff(c.after, s.p.called()); diff != "" {
						t.Errorf("calls of the next process (-want +got):\n%s", diff)
					}
					if diff := cmp.Diff([]string{"a", "b"}, s.p.texts("D"+string(ana))); diff != "" {
						t.Errorf("what is shown (-want +got):\n%s", diff)
					}
				})
			})
		}
	}
}

// Whoever is deleted while a message is on its way leaves no trace.
func TestDeletedMeanwhile(t *testing.T) {
	for _, a := range []answer{{}, {err: refused}, {err: lost}, {err: unwanted}} {
		t.Run(fmt.Sprint(a.err), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, stores[0].open(t), nil)
				empty := kvtest.Dump(t, s.db)
				a.then = func() { s.update(func(tx *store.Tx) error { return tx.Remove(ana) }) }
				s.p.posts = []answer{a}
				s.put(ana, tappable("a"), say("b"))
				s.deliver()
				s.drain()
				s.stop()
				if diff := cmp.Diff(empty, kvtest.Dump(t, s.db)); diff != "" {
					t.Errorf("the store after the deletion (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// Ids are kept for the messages that can still be tapped, however many others
// leave after them.
func TestKeptDeliveries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, stores[0].open(t), nil)
		s.put(ana, tappable("reminder"))
		for i := range 40 {
			old := fmt.Sprint("question ", i)
			s.put(ana, tappable(old), edit(old, "answered"))
		}
		s.deliver()
		s.drain()
		if d := s.delivered(ana); len(d.IDs) != 1 || d.Last != s.p.dms["D"+string(ana)][40].ts {
			t.Errorf("deliveries are %+v, want the reminder alone and the last question's ts", d)
		}
		s.put(ana, edit("reminder", "done"))
		s.drain()
		if got := s.p.texts("D" + string(ana))[0]; got != "done" {
			t.Errorf("the reminder shows %q, want it closed", got)
		}
		if d := s.delivered(ana); len(d.IDs) != 0 {
			t.Errorf("ids %q are kept of messages that cannot be tapped", d.IDs)
		}
		s.stop()
	})
}
