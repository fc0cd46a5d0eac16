package reminder

import (
	"bytes"
	"cmp"
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

	"waymark/internal/chat"
)

// index is a wake index in memory: people by moment.
type index struct {
	mu    sync.Mutex
	at    map[chat.PersonID]time.Time
	order []chat.PersonID // by moment
	dirty bool
	reads int
	err   error
}

func newIndex(n int, at func(i int) time.Time) *index {
	x := &index{at: map[chat.PersonID]time.Time{}, dirty: true}
	for i := range n {
		x.at[chat.PersonID(fmt.Sprintf("-/T1/U%06d", i))] = at(i)
	}
	return x
}

func (x *index) set(id chat.PersonID, at time.Time) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.at[id], x.dirty = at, true
}

func (x *index) DueWakes(_ context.Context, now time.Time, limit int) ([]chat.PersonID, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.reads++
	if x.err != nil {
		return nil, x.err
	}
	if x.dirty {
		x.order = x.order[:0]
		for id := range x.at {
			x.order = append(x.order, id)
		}
		slices.SortFunc(x.order, func(a, b chat.PersonID) int {
			return cmp.Or(x.at[a].Compare(x.at[b]), cmp.Compare(a, b))
		})
		x.dirty = false
	}
	var due []chat.PersonID
	for _, id := range x.order {
		if len(due) == limit || x.at[id].After(now) {
			break
		}
		due = append(due, id)
	}
	return due, nil
}

// heard collects the events a scheduler sends.
type heard struct {
	mu     sync.Mutex
	events []chat.Event
}

func (h *heard) add(e chat.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, e)
}

func (h *heard) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.events)
}

var noon = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

func TestTickHandsOverEverybodyDueOnce(t *testing.T) {
	x := newIndex(3000, func(i int) time.Time { return noon.Add(time.Duration(i-1499) * time.Minute) })
	var got heard
	s := &Scheduler{Now: func() time.Time { return noon }, Wakes: x, Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
		got.add(e)
		x.set(e.Person, noon.Add(time.Hour))
		return chat.Reply{}, nil
	}}
	n, err := s.Tick(t.Context())
	if n != 1500 || err != nil {
		t.Fatalf("Tick = %d, %v; want the 1500 due", n, err)
	}
	ids, people := map[chat.EventID]bool{}, map[chat.PersonID]bool{}
	for _, e := range got.events {
		if e.Kind != chat.Due || !e.At.Equal(noon) {
			t.Fatalf("event %+v", e)
		}
		ids[e.ID], people[e.Person] = true, true
	}
	if len(ids) != 1500 || len(people) != 1500 {
		t.Errorf("%d ids and %d people in 1500 events", len(ids), len(people))
	}
	if n, err := s.Tick(t.Context()); n != 0 || err != nil {
		t.Errorf("the next tick = %d, %v; want nothing to do", n, err)
	}
}

func TestEventIDsDifferWhileTheClockStandsStill(t *testing.T) {
	x := newIndex(1, func(int) time.Time { return noon })
	ids := map[chat.EventID]bool{}
	s := &Scheduler{Now: func() time.Time { return noon }, Wakes: x, Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
		ids[e.ID] = true
		return chat.Reply{}, errors.New("not saved")
	}}
	for range 3 {
		if n, err := s.Tick(t.Context()); n != 0 || err != nil {
			t.Fatalf("Tick = %d, %v", n, err)
		}
	}
	if len(ids) != 3 {
		t.Errorf("three ticks of the same instant have %d ids: %v", len(ids), ids)
	}
}

func TestOnePersonsFailureHarmsNobodyElse(t *testing.T) {
	var log bytes.Buffer
	x := newIndex(1400, func(i int) time.Time { return noon.Add(time.Duration(i-1400) * time.Minute) })
	tries := map[chat.PersonID]int{}
	var mu sync.Mutex
	s := &Scheduler{
		Now: func() time.Time { return noon }, Wakes: x, Log: slog.New(slog.NewTextHandler(&log, nil)),
		Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
			mu.Lock()
			tries[e.Person]++
			mu.Unlock()
			// The first 700 stay at the head of the index, more than a chunk.
			if e.Person < "-/T1/U000350" {
				panic("what she wrote")
			}
			if e.Person < "-/T1/U000700" {
				return chat.Reply{}, errors.New("commit: disk full")
			}
			x.set(e.Person, noon.Add(time.Hour))
			return chat.Reply{}, nil
		},
	}
	for tick := 1; tick <= 2; tick++ {
		n, err := s.Tick(t.Context())
		if want := []int{700, 0}[tick-1]; n != want || err != nil {
			t.Fatalf("tick %d = %d, %v; want %d handled", tick, n, err, want)
		}
		for id, n := range tries {
			if want := map[bool]int{true: tick, false: 1}[id < "-/T1/U000700"]; n != want {
				t.Fatalf("after tick %d %s was tried %d times, want %d", tick, id, n, want)
			}
		}
	}
	if len(tries) != 1400 {
		t.Errorf("%d people were tried, want all", len(tries))
	}
	text := log.String()
	if !strings.Contains(text, "person=-/T1/U000001") || !strings.Contains(text, "disk full") || !strings.Contains(text, "panic: string") {
		t.Error("the log names neither person nor error")
	}
	if strings.Contains(text, "what she wrote") {
		t.Error("the log holds the value of a panic")
	}
}

func TestATickInWhichNobodySucceedsIsGivenUp(t *testing.T) {
	x := newIndex(20_000, func(int) time.Time { return noon })
	var tried heard
	s := &Scheduler{Now: func() time.Time { return noon }, Wakes: x, Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
		tried.add(e)
		return chat.Reply{}, errors.New("store is closed")
	}}
	if n, err := s.Tick(t.Context()); n != 0 || !errors.Is(err, ErrAllFailed) {
		t.Errorf("Tick = %d, %v; want ErrAllFailed", n, err)
	}
	if n := tried.count(); n < giveUp || n > giveUp+chunk {
		t.Errorf("%d people were tried, want about %d", n, giveUp)
	}
}

func TestAHandlerThatMovesNoEntryDoesNotSpin(t *testing.T) {
	x := newIndex(1200, func(int) time.Time { return noon })
	var got heard
	s := &Scheduler{Now: func() time.Time { return noon }, Wakes: x, Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
		got.add(e)
		return chat.Reply{}, nil
	}}
	if n, err := s.Tick(t.Context()); n != 1200 || err != nil || got.count() != 1200 {
		t.Errorf("Tick = %d, %v with %d events; want each person once", n, err, got.count())
	}
}

func TestNoMoreThanThereIsRoomFor(t *testing.T) {
	x := newIndex(1000, func(i int) time.Time { return noon.Add(-time.Duration(1000-i) * time.Second) })
	room := 130
	var mu sync.Mutex
	s := &Scheduler{
		Now: func() time.Time { return noon }, Wakes: x,
		Room: func() int { mu.Lock(); defer mu.Unlock(); return room },
		Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
			mu.Lock()
			room--
			mu.Unlock()
			x.set(e.Person, noon.Add(time.Hour))
			return chat.Reply{}, nil
		},
	}
	if n, err := s.Tick(t.Context()); n != 130 || err != nil {
		t.Errorf("Tick with room for 130 = %d, %v", n, err)
	}
	if n, err := s.Tick(t.Context()); n != 0 || err != nil {
		t.Errorf("Tick without room = %d, %v", n, err)
	}
	left, _ := x.DueWakes(t.Context(), noon, 1)
	if want := chat.PersonID("-/T1/U000130"); len(left) != 1 || left[0] != want {
		t.Errorf("the next in turn is %v, want %s: the earliest go first", left, want)
	}
}

func TestTickReportsAnIndexThatCannotBeRead(t *testing.T) {
	x := newIndex(1, func(int) time.Time { return noon })
	x.err = errors.New("store is closed")
	s := &Scheduler{Now: func() time.Time { return noon }, Wakes: x, Handle: func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{}, nil }}
	if _, err := s.Tick(t.Context()); !errors.Is(err, x.err) {
		t.Errorf("Tick = %v, want %v", err, x.err)
	}
}

func TestTickEndsWithItsContext(t *testing.T) {
	x := newIndex(5000, func(int) time.Time { return noon })
	ctx, cancel := context.WithCancel(t.Context())
	var got heard
	s := &Scheduler{Now: func() time.Time { return noon }, Wakes: x, Workers: 1, Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
		got.add(e)
		if got.count() == 10 {
			cancel()
		}
		x.set(e.Person, noon.Add(time.Hour))
		return chat.Reply{}, nil
	}}
	if n, err := s.Tick(ctx); !errors.Is(err, context.Canceled) || n < 10 || n > 11 {
		t.Errorf("Tick = %d, %v; want to stop at the tenth", n, err)
	}
}

func TestRunTicksEveryMinuteForAWeek(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		const people = 50
		// Everybody is due once a day, at a minute of their own.
		x := newIndex(people, func(i int) time.Time { return start.Add(time.Duration(i*7+1) * time.Minute) })
		var got heard
		s := &Scheduler{Now: time.Now, Wakes: x, Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
			x.mu.Lock()
			late := e.At.Sub(x.at[e.Person])
			x.mu.Unlock()
			if late < 0 || late >= time.Minute {
				t.Errorf("%s handled %v after their moment", e.Person, late)
			}
			got.add(e)
			x.set(e.Person, e.At.AddDate(0, 0, 1))
			return chat.Reply{}, nil
		}}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- s.Run(ctx) }()
		time.Sleep(7*24*time.Hour - time.Second)
		synctest.Wait()
		if want := 7 * people; got.count() != want {
			t.Errorf("%d events in a week, want %d", got.count(), want)
		}
		if want := 7 * 24 * 60; x.reads < want-1 || x.reads > want+1 {
			t.Errorf("the index was read %d times, want about once in %d minutes", x.reads, want)
		}
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run = %v after its context ended", err)
		}
	})
}

func TestRunCatchesUpAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		x := newIndex(3, func(int) time.Time { return start.Add(-time.Hour) })
		var got heard
		s := &Scheduler{Now: time.Now, Wakes: x, Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
			got.add(e)
			x.set(e.Person, start.AddDate(1, 0, 0))
			return chat.Reply{}, nil
		}}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- s.Run(ctx) }()
		synctest.Wait() // no time passes
		if got.count() != 3 {
			t.Errorf("%d events at the start, want 3", got.count())
		}
		cancel()
		<-done
	})
}

func TestAPokeWhileTickingIsNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := time.Now()
		var mu sync.Mutex
		ahead := time.Duration(0)
		now := func() time.Time { mu.Lock(); defer mu.Unlock(); return time.Now().Add(ahead) }
		x := newIndex(2, func(i int) time.Time { return base.AddDate(0, 0, i) })
		release := make(chan struct{})
		var got heard
		s := &Scheduler{Now: now, Wakes: x, Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
			if got.add(e); got.count() == 1 {
				<-release
			}
			x.set(e.Person, base.AddDate(1, 0, 0))
			return chat.Reply{}, nil
		}}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- s.Run(ctx) }()
		synctest.Wait() // the first tick hangs in its handler
		mu.Lock()
		ahead = 24 * time.Hour
		mu.Unlock()
		for range 5 {
			s.Poke() // never waits
		}
		close(release)
		synctest.Wait() // no time passes
		if got.count() != 2 {
			t.Errorf("%d events after the clock was moved, want 2", got.count())
		}
		cancel()
		<-done
	})
}

func TestAHandlerThatHangsDelaysOnlyTicks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		x := newIndex(1, func(int) time.Time { return start.Add(time.Minute) })
		var got heard
		s := &Scheduler{Now: time.Now, Wakes: x, Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
			got.add(e)
			time.Sleep(90 * time.Minute)
			x.set(e.Person, start.AddDate(1, 0, 0))
			return chat.Reply{}, nil
		}}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- s.Run(ctx) }()
		time.Sleep(time.Hour)
		cancel()
		<-done // waits for the handler
		if got.count() != 1 || time.Since(start) < 91*time.Minute {
			t.Errorf("%d events, ended after %v; want one that was waited for", got.count(), time.Since(start))
		}
	})
}

func TestAPanicOutsideOfAHandlerDoesNotEndTheTicks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		x := newIndex(1, func(int) time.Time { return time.Now().Add(10*time.Minute - time.Second) })
		var got heard
		ticks := 0
		s := &Scheduler{
			Now: time.Now, Wakes: x, Log: slog.New(slog.NewTextHandler(&log, nil)),
			Room: func() int {
				if ticks++; ticks < 5 {
					panic("no room")
				}
				return 1
			},
			Handle: func(_ context.Context, e chat.Event) (chat.Reply, error) {
				got.add(e)
				x.set(e.Person, time.Now().AddDate(1, 0, 0))
				return chat.Reply{}, nil
			},
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- s.Run(ctx) }()
		time.Sleep(11 * time.Minute)
		cancel()
		<-done
		if got.count() != 1 || !strings.Contains(log.String(), "tick ended early") {
			t.Errorf("%d events after the panics; log:\n%s", got.count(), log.String())
		}
	})
}

func TestRunRefusesAnIncompleteScheduler(t *testing.T) {
	if err := (&Scheduler{}).Run(t.Context()); err == nil {
		t.Error("Run of the zero value returns nil")
	}
}

func TestSpreadIsEvenAndStable(t *testing.T) {
	const window = 30 * time.Minute
	var buckets [6]int
	for i := range 6000 {
		id := chat.PersonID(fmt.Sprintf("-/T1/U%06d", i))
		d := Spread(id, window)
		if d < 0 || d >= window || d != Spread(id, window) {
			t.Fatalf("Spread(%s) = %v", id, d)
		}
		buckets[d/(5*time.Minute)]++
	}
	for i, n := range buckets {
		if n < 900 || n > 1100 {
			t.Errorf("%d of 6000 people in the %dth five minutes of thirty", n, i+1)
		}
	}
	if d := Spread("-/T1/U1", 0) + Spread("-/T1/U1", -time.Hour) + Spread("-/T1/U1", time.Millisecond); d != 0 {
		t.Errorf("without a window the delay is %v", d)
	}
}
