package reminder

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"

	"waymark/internal/chat"
)

// Wakes is the index of people by the moment they are to be looked at.
type Wakes interface {
	// DueWakes returns up to limit people whose moment is not after now, the
	// earliest first.
	DueWakes(ctx context.Context, now time.Time, limit int) ([]chat.PersonID, error)
}

// Scheduler turns due wake entries into events, once a minute and when poked.
// It changes no entry itself: Handle moves a person's entry in the transaction
// that decides about them, so that a crash at any point loses and repeats
// nothing. Its fields must not change once it is in use.
type Scheduler struct {
	Now    func() time.Time // the clock people live by; a trial moves it
	Wakes  Wakes
	Handle chat.Handler
	// Room is how many messages can be sent now; nil means no limit. A tick
	// that runs out of room leaves the rest to the next one.
	Room func() int
	Log  *slog.Logger // nil discards
	// Workers is how many people are handled side by side, 0 = 64. With a
	// store that commits what waits together, fewer would be slower.
	Workers int
	// Instance sets the event ids of this process apart from those of one that ran
	// at the same time of a clock that was moved back; may be empty.
	Instance string
	// Ticked hears of every tick of Run: when it began, how many people it
	// handled, why it ended early. nil = nobody listens.
	Ticked func(began time.Time, n int, err error)

	setup sync.Once
	turn  chan struct{} // holds a token while nobody ticks
	kick  chan struct{}
	seq   atomic.Uint64
}

const (
	chunk          = 500
	defaultWorkers = 64
	// giveUp is how many people may fail in a tick in which nobody succeeds:
	// it is not them, then.
	giveUp = 1000
)

// ErrAllFailed reports a tick that was given up because no event of it could be
// handled. The people stay due.
var ErrAllFailed = errors.New("no due person could be handled")

func (s *Scheduler) init() {
	s.setup.Do(func() {
		s.turn, s.kick = make(chan struct{}, 1), make(chan struct{}, 1)
		s.turn <- struct{}{}
		if s.Log == nil {
			s.Log = slog.New(slog.DiscardHandler)
		}
		if s.Workers <= 0 {
			s.Workers = defaultWorkers
		}
	})
}

// Run ticks until ctx ends: once at the start, to catch up on what fell due
// while nobody looked, then at every full minute, and whenever poked. It returns
// after the events it began are handled; the error is nil unless the scheduler
// is incomplete.
func (s *Scheduler) Run(ctx context.Context) error {
	if s.Now == nil || s.Wakes == nil || s.Handle == nil {
		return errors.New("scheduler: Now, Wakes and Handle must be set")
	}
	s.init()
	log := cronLog{s.Log}
	c := cron.New(cron.WithLocation(time.UTC), cron.WithLogger(log),
		cron.WithChain(cron.Recover(log), cron.SkipIfStillRunning(log)))
	if _, err := c.AddFunc("* * * * *", func() { s.tick(ctx) }); err != nil {
		return fmt.Errorf("scheduler: %w", err)
	}
	s.tick(ctx)
	c.Start()
	defer func() { <-c.Stop().Done() }()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.kick:
			s.tick(ctx)
		}
	}
}

// Poke makes Run tick soon, as after the clock was moved. It never waits; pokes
// that come while one is pending are one.
func (s *Scheduler) Poke() {
	s.init()
	select {
	case s.kick <- struct{}{}:
	default:
	}
}

// tick is Tick for a loop, where its error ends.
func (s *Scheduler) tick(ctx context.Context) {
	began := s.Now()
	n, err := s.Tick(ctx)
	if s.Ticked != nil {
		s.Ticked(began, n, err)
	}
	if err != nil && ctx.Err() == nil {
		s.Log.ErrorContext(ctx, "tick ended early", "err", err)
	}
}

// Tick hands everybody who is due at this moment to Handle, as far as there is
// room, and returns how many were handled. Each is tried once: an error or a
// panic of one person is logged and harms nobody else, and they are due again
// at the next tick. One tick runs at a time, a second waits.
func (s *Scheduler) Tick(ctx context.Context) (n int, err error) {
	s.init()
	select {
	case <-s.turn:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	defer func() { s.turn <- struct{}{} }()
	// A panic that reached cron would leave its "still running" mark set, and
	// every later tick would be skipped.
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()

	now := s.Now()
	tried := map[chat.PersonID]bool{}
	stuck, failed := 0, 0 // entries that stay at the head although tried
	for {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		want := s.room()
		if want <= 0 {
			return n, nil
		}
		ids, err := s.Wakes.DueWakes(ctx, now, want+stuck)
		if err != nil {
			return n, fmt.Errorf("read due wake entries: %w", err)
		}
		more := len(ids) >= want+stuck
		fresh, seen := untried(ids, tried, want)
		if stuck = seen; len(fresh)+seen < len(ids) {
			more = true
		}
		ok := s.handle(ctx, fresh, now)
		n, failed = n+ok, failed+len(fresh)-ok
		if n == 0 && failed >= giveUp {
			return n, fmt.Errorf("%w: tried %d", ErrAllFailed, failed)
		}
		if !more {
			return n, ctx.Err()
		}
		stuck += len(fresh) - ok
	}
}

// room is how many people the next chunk may hold.
func (s *Scheduler) room() int {
	if s.Room == nil {
		return chunk
	}
	return min(chunk, s.Room())
}

// untried returns up to want of the ids that are not in tried, notes them there,
// and says how many it passed over.
func untried(ids []chat.PersonID, tried map[chat.PersonID]bool, want int) (fresh []chat.PersonID, seen int) {
	for _, id := range ids {
		switch {
		case tried[id]:
			seen++
		case len(fresh) < want:
			tried[id] = true
			fresh = append(fresh, id)
		}
	}
	return fresh, seen
}

// handle sends people to Handle side by side and returns how many went well.
func (s *Scheduler) handle(ctx context.Context, ids []chat.PersonID, now time.Time) int {
	var ok atomic.Int64
	var wg sync.WaitGroup
	next := make(chan chat.PersonID)
	for range min(s.Workers, len(ids)) {
		wg.Go(func() {
			for id := range next {
				if err := s.handleOne(ctx, id, now); err == nil {
					ok.Add(1)
				} else if ctx.Err() == nil {
					s.Log.ErrorContext(ctx, "due person not handled", "person", id, "err", err)
				}
			}
		})
	}
	for _, id := range ids {
		if ctx.Err() != nil {
			break
		}
		next <- id
	}
	close(next)
	wg.Wait()
	return int(ok.Load())
}

func (s *Scheduler) handleOne(ctx context.Context, id chat.PersonID, now time.Time) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	_, err = s.Handle(ctx, chat.Event{
		// The number makes it unique even where the clock stands still: an id
		// that was seen before would leave the person due for ever.
		ID:   chat.EventID(fmt.Sprintf("due:%s:%d:%s:%d", id, now.UnixNano(), s.Instance, s.seq.Add(1))),
		Kind: chat.Due, Person: id, At: now,
	})
	return err
}

// panicked is a panic as an error. Its value is left out unless the runtime made
// it: it could hold what a person wrote.
func panicked(r any) error {
	what := fmt.Sprintf("%T", r)
	if re, ok := r.(runtime.Error); ok {
		what = re.Error()
	}
	return fmt.Errorf("panic: %s\n%s", what, debug.Stack())
}

// cronLog passes cron's errors on; its chatter at every minute is left out.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(string, ...any) {}

func (l cronLog) Error(err error, msg string, kv ...any) {
	l.log.Error("cron: "+msg, append([]any{"err", err}, kv...)...)
}
