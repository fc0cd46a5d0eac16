package workspace

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// clock is the workspace's time: the wall clock moved by an offset, or one
// moment that stands still. It also gives out message timestamps, which never
// go backwards even when the clock does.
type clock struct {
	wall   func() time.Time
	offset time.Duration
	frozen bool
	at     time.Time // the moment, when frozen
	last   int64     // last message timestamp given, microseconds since 1970
	saved  bool      // a clock was read from disk
}

func newClock(cfg Config) clock {
	c := clock{wall: cfg.Now, frozen: cfg.FrozenClock}
	start := cfg.Start
	if start.IsZero() {
		start = cfg.Now()
	}
	c.set(start)
	return c
}

func (c *clock) now() time.Time {
	if c.frozen {
		return c.at
	}
	return c.wall().Add(c.offset).UTC()
}

func (c *clock) set(t time.Time) {
	c.at = t.UTC()
	// Round(0) drops the monotonic reading: an offset of years must be the
	// difference of what the clocks show.
	c.offset = t.Sub(c.wall().Round(0))
}

// nextTS gives the timestamp of a new message, "1795000000.000100": the clock's
// time, or just after the last one given.
func (c *clock) nextTS() string {
	us := c.now().UnixMicro()
	if us <= c.last {
		us = c.last + 1
	}
	c.last = us
	return formatTS(us)
}

// seenTS keeps timestamps growing across restarts.
func (c *clock) seenTS(ts string) {
	if us, ok := parseTS(ts); ok && us > c.last {
		c.last = us
	}
}

func formatTS(us int64) string { return fmt.Sprintf("%d.%06d", us/1e6, us%1e6) }

// parseTS reads a Slack timestamp; the fraction may be missing or short.
func parseTS(ts string) (us int64, ok bool) {
	whole, frac, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || s < 0 || s > 1<<40 || len(frac) > 6 {
		return 0, false
	}
	f, err := strconv.ParseUint((frac + "000000")[:6], 10, 32)
	if err != nil {
		return 0, false
	}
	return s*1e6 + int64(f), true
}

// Now is the workspace's time, in UTC.
func (w *Workspace) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.clock.now()
}

// errClock is what a clock that cannot be set to that moment reports.
var errClock = errors.New("the clock goes from 2000-01-01 to 2199-12-31")

// SetClock moves the workspace's clock, forward or back, sends the events whose
// redelivery has come due and calls Config.OnClock.
func (w *Workspace) SetClock(t time.Time) error {
	if t.Year() < 2000 || t.Year() > 2199 {
		return errClock
	}
	w.mu.Lock()
	w.clock.set(t)
	w.journal.write(record{Clock: w.clock.record()})
	now := w.clock.now()
	w.retryDue()
	w.touch()
	w.mu.Unlock()
	if w.cfg.OnClock != nil {
		w.cfg.OnClock(now)
	}
	w.page.tellAll()
	return nil
}

// Advance moves the workspace's clock by d; a negative d moves it back.
func (w *Workspace) Advance(d time.Duration) error { return w.SetClock(w.Now().Add(d)) }

// NextDue is the moment of the next thing that is due, as the bot says it.
func (w *Workspace) NextDue() (time.Time, bool) {
	if w.cfg.NextDue == nil {
		return time.Time{}, false
	}
	return w.cfg.NextDue()
}

// clockRecord is the clock as the journal keeps it.
type clockRecord struct {
	Offset time.Duration `json:"offset"`
	At     time.Time     `json:"at"` // what it showed, for a clock that stands still
}

func (c *clock) record() *clockRecord { return &clockRecord{Offset: c.offset, At: c.now()} }

func (c *clock) restore(r *clockRecord) {
	c.offset, c.at, c.saved = r.Offset, r.At, true
}
