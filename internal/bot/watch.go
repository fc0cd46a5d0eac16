package bot

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"waymark/internal/chat"
	"waymark/internal/coach"
	"waymark/internal/store"
)

const (
	// watchEvery is how often the rules are read again. A change is in force
	// for everybody once each person was looked at, which takes about a minute
	// for 100,000.
	watchEvery = time.Minute
	// appliedFile holds the print of the rules under which everybody was looked
	// at last, in the data folder.
	appliedFile = "waymark.rules"
)

// rulebook is the rules in force, and what keeps them so.
type rulebook struct {
	file, applied string // applied is "" when nothing is kept over a restart
	last          string // what applied would hold
	now           func() time.Time
	log           *slog.Logger
	rules         atomic.Pointer[Rules]

	// list tells who works here and who is in a user group; nil before Slack was
	// reached, and in tests.
	list    lister
	written Rules               // as they are written, without who is in a user group
	members map[string][]string // of user groups, by the group's id, as read last
	read    time.Time           // when that was, or was tried; see readGroups

	// listed is under which rules and on which day everybody was listed last, and
	// failed when that did not work.
	listed string
	failed time.Time
	moved  chan struct{} // says that the clock was moved
	busy   atomic.Int64  // moves and rounds that are not dealt with
}

// openRules reads the rules for the first time.
func openRules(cfg Config) (*rulebook, error) {
	b := &rulebook{file: cfg.Rules, now: cfg.Now, log: cfg.Log, moved: make(chan struct{}, 1)}
	if cfg.Data != "" {
		b.applied = filepath.Join(cfg.Data, appliedFile)
	}
	r, err := ReadRules(cfg.Rules)
	b.written = r
	b.rules.Store(&r)
	return b, err
}

// operator is what the coach asks for with each event.
func (b *rulebook) operator() *coach.Operator { return b.rules.Load().Operator }

// watch reads the rules again and again until ctx ends, and has everybody looked
// at after a change, so that nobody's next reminder is that of older rules. A
// file that makes no sense changes nothing.
func (b *rulebook) watch(ctx context.Context, s *store.Store, handle chat.Handler) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		b.readGroups(ctx)
		b.apply(ctx, s, handle)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		r, err := ReadRules(b.file)
		switch {
		case err != nil:
			b.log.Error("the rules for reminders were not read again; those read before stay in force", "err", err)
		case r.Print != b.written.Print:
			b.written, b.read = r, time.Time{}
			b.put()
			b.log.Info("new rules for reminders are in force")
		}
	}
}

// apply has everybody looked at once under the rules in force. What was
// interrupted begins anew: looking twice changes nothing.
func (b *rulebook) apply(ctx context.Context, s *store.Store, handle chat.Handler) {
	print := b.rules.Load().Print
	if print == b.appliedPrint() {
		return
	}
	var people []chat.PersonID
	err := s.View(ctx, func(tx *store.Tx) error {
		people = people[:0]
		return tx.People(func(id chat.PersonID) bool {
			people = append(people, id)
			return true
		})
	})
	failed := 0
	for i, id := range people {
		if ctx.Err() != nil {
			return
		}
		now := b.now()
		e := chat.Event{ID: chat.EventID(fmt.Sprintf("rules:%s:%s:%d", print, id, now.UnixNano()+int64(i))), Kind: chat.Due, Person: id, At: now}
		if _, err := handle(ctx, e); err != nil {
			failed++
		}
	}
	if err != nil || failed > 0 {
		b.log.Warn("not everybody was looked at under the new rules; it is tried again", "failed", failed, "err", err)
		return
	}
	b.last = print
	if b.applied == "" {
		return
	}
	if err := os.WriteFile(b.applied, []byte(print+"\n"), 0o600); err != nil {
		b.log.Warn("cannot note which rules are in force; everybody is looked at again", "err", err)
	}
}

// appliedPrint is the print noted last, "" for none: the same as that of no
// rules.
func (b *rulebook) appliedPrint() string {
	if b.applied == "" {
		return b.last
	}
	raw, _ := os.ReadFile(b.applied) // none was noted yet
	return strings.TrimSpace(string(raw))
}
