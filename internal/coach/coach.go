// Package coach is the application: it takes one event about one person to one
// transaction, in which the dialogue and the career rules decide what follows,
// and leaves what there is to say in the outbox, from where it delivers it.
//
// Handle does no I/O beyond that transaction, and what is decided in it may be
// decided twice. It knows no chat platform: events come in and messages leave
// as values of package chat.
package coach

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/ladder"
	"waymark/internal/reading"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// Config is what a Coach works with. Every field is needed, but for the prefix.
type Config struct {
	Store *store.Store
	Book  *dialogue.Book
	// Ladders are what jobs and steps are suggested from; nil suggests nothing.
	Ladders *ladder.Ladders
	Now     func() time.Time
	Log     *slog.Logger
	// CommandPrefix stands before the names of the slash commands.
	CommandPrefix string
	// Sent hears of every try to send something: how it went ("sent", "later" or
	// "parked") and the platform's name of the error. nil = nobody listens.
	Sent func(outcome, name string)
	// Operator is what an operator has set about reminders; it is asked for each
	// event, and what it returns must not change. nil = nothing is set.
	Operator func() *Operator
	// Retention is how long the data of somebody whose account was switched off
	// is kept, 0 = 30 days.
	Retention time.Duration
	// Gone reports whether the platform has said lately that somebody's account is
	// off. Until it has, nothing of somebody who left is deleted: they may be back
	// while nobody was told. nil = what was said once is believed.
	Gone func(chat.PersonID) bool
	// Pages is how many pages a second may be published to all people together,
	// 0 = 1.5, which is what Slack takes.
	Pages float64
}

// Coach handles events and delivers what follows from them. Its methods may be
// called from many goroutines; the events of one person must come in order.
type Coach struct {
	store   *store.Store
	book    *dialogue.Book
	ladders *ladder.Ladders
	now     func() time.Time
	log     *slog.Logger
	prefix  string
	// started is when this process began: whoever spoke last before that gets a
	// line of recap.
	started time.Time
	lanes   *lanes
	// retention is Config.Retention.
	retention time.Duration
	gone      func(chat.PersonID) bool
	words     *atomic.Pointer[Words] // nil in it until SetWords
	// away says that it speaks to somebody whose boss shouts at them or worse.
	away     bool
	sent     func(outcome, name string)
	operator func() *Operator
	homes    *homes
	pagePace float64
}

// New makes a Coach.
func New(cfg Config) *Coach {
	if cfg.Ladders == nil {
		cfg.Ladders = &ladder.Ladders{}
	}
	if cfg.Pages == 0 {
		cfg.Pages = pagesPerSecond
	}
	if cfg.Operator == nil {
		none := &Operator{}
		cfg.Operator = func() *Operator { return none }
	}
	if cfg.Gone == nil {
		cfg.Gone = func(chat.PersonID) bool { return true }
	}
	return &Coach{
		operator: cfg.Operator, gone: cfg.Gone,
		homes: newHomes(), pagePace: cfg.Pages,
		started: cfg.Now(),
		store:   cfg.Store, book: cfg.Book, ladders: cfg.Ladders, now: cfg.Now, log: cfg.Log, prefix: cfg.CommandPrefix,
		retention: cmp.Or(cfg.Retention, defaultRetention),
		words:     new(atomic.Pointer[Words]),
		lanes:     newLanes(cfg.Now), sent: cfg.Sent,
	}
}

// Handle is the one door in. When it returns nil for the error, everything that
// follows from the event is durable. An event that was handled before changes
// nothing and gets the same reply.
func (c *Coach) Handle(ctx context.Context, e chat.Event) (chat.Reply, error) {
	c = c.current()
	var reply chat.Reply
	var speaks, tab, declines bool
	var promised string
	err := c.store.Update(ctx, func(tx *store.Tx) (err error) {
		h := &handling{c: c, tx: tx, e: e, now: c.now()}
		reply, err = h.run()
		speaks, tab, declines, promised = h.speaks, h.tab, h.declines, h.promised
		return err
	})
	if err != nil {
		c.lanes.claim(e.Person, promised) // there is no such row
		return chat.Reply{}, fmt.Errorf("handle event of %s: %w", e.Person, err)
	}
	switch {
	case speaks && e.Kind == chat.Due:
		c.lanes.add(e.Person)
	case speaks:
		c.lanes.hurry(e.Person)
	}
	switch {
	case tab:
		c.homes.touch(e.Person, looking(e))
	case declines:
		c.homes.decline(e.Person)
	}
	return reply, nil
}

// handling is one event on its way through one transaction.
type handling struct {
	c     *Coach
	tx    *store.Tx
	e     chat.Event
	now   time.Time
	p     *Person
	reply chat.Reply
	// lines wait to be said with the next message.
	lines []string
	known bool // they have a record
	// newcomer says that they had none before the event, or one that holds nothing
	// but an announcement.
	newcomer bool
	// speaks says that something was put into the outbox, promised is the row of
	// it that is written with the mark of one that is being sent.
	speaks   bool
	promised string
	// shows says that the event only asked to see something: it need not be
	// remembered, nor its long reply, since doing it again changes nothing.
	shows bool
	// same says that nothing has changed and nothing is to be kept.
	same bool
	// nudging is the reminder that is being put into words, nil for none.
	nudging *nudging
	// inTalk says that what is done is done inside of a talk that goes on, and
	// reached is the goal that was reached there.
	inTalk  bool
	reached dialogue.Picked
	// lateSince is when a reminder that is written anew was written first.
	lateSince time.Time
	// tab says that their tab was marked as out of date, declines that it is
	// somebody from outside who looks at it.
	tab, declines bool
	// gone says that the person was deleted: nothing is kept of the event.
	gone bool
	// keeps says that there is something to keep, also of somebody not known yet.
	keeps bool
	// whispers says that what is said goes into the reply that only they see.
	whispers bool
	// moved says that an effect has gone on with another question than the one
	// that the turn came to.
	moved bool
	// failed is what went wrong while a form was built.
	failed error
	// paused is whether reminders were paused before the event.
	paused bool
	// asks are the questions in the message that were answered, whatever becomes of
	// the rest.
	asks []reading.Ask
	// facts were told before the first talk that is about to begin.
	facts reading.Beginnings
	// under is what can be tapped under what is said, where no question follows.
	under *chat.Ask
	// inPlace says that what was tapped is shown on the tab instead of being said
	// in the DM, posted that something was said there all the same.
	inPlace, posted bool
	// instead says that an effect has gone on by itself: what the turn would have
	// said after it is left out.
	instead bool
}

func (h *handling) run() (chat.Reply, error) {
	if h.leaves() {
		return chat.Reply{}, h.left()
	}
	if h.outsider() {
		h.declines = h.e.Kind == chat.Opened && h.e.Action == chat.TabHome
		return h.decline(), nil
	}
	h.p = &Person{}
	known, err := h.own().record(h.p)
	if err != nil {
		return chat.Reply{}, err
	}
	h.known, h.paused = known, h.p.Settings.Paused
	h.newcomer = !known || h.p.Unmet != nil
	h.c = h.c.awayFrom(h.p)
	if h.e.Kind == chat.Listed {
		return chat.Reply{}, h.listed()
	}
	if h.p.Unmet != nil {
		if done, err := h.stillUnmet(); done || err != nil {
			return h.reply, err
		}
	}
	if !known {
		if done, err := h.afterDeletion(); done || err != nil {
			return h.reply, err
		}
	}
	if reply, again := h.p.handled(h.e.ID); again {
		return reply, nil
	}
	h.learn()
	h.cycles()
	if err := cmp.Or(h.dispatch(), h.failed); err != nil {
		return chat.Reply{}, err
	}
	h.cycles() // a plan may have been confirmed
	if h.reply.Message != nil {
		m := short(*h.reply.Message)
		h.reply.Message = &m
	}
	if !h.known && !h.keeps && h.empty() {
		return h.reply, nil // nobody who has not spoken to us is written down
	}
	if h.same || h.gone {
		return h.reply, nil
	}
	if h.e.Kind != chat.Due && !h.shows {
		h.p.remember(h.e.ID, h.reply, h.now)
	}
	h.p.forget(h.now)
	h.nameless()
	if err := h.markHome(); err != nil {
		return chat.Reply{}, err
	}
	return h.reply, h.save()
}

// empty reports whether there is nothing to keep about the person.
func (h *handling) empty() bool {
	return len(h.p.Dialogue.Answers) == 0 && len(h.p.Dialogue.Stack) == 0 && h.p.Rows == 0 && len(h.p.Notes) == 0 && len(h.p.Plan.Wins) == 0 &&
		!h.p.Home.Opened && h.p.Home.Welcomed.IsZero()
}

func (h *handling) save() error {
	if !h.known {
		if err := h.takeOver(); err != nil {
			return err
		}
	}
	next, ok := h.nextWake()
	if !ok {
		next = time.Time{}
	}
	next = next.UTC().Truncate(time.Second)
	if !ok {
		next = time.Time{}
	}
	if err := h.tx.SetWake(h.e.Person, h.p.Wake, next); err != nil {
		return err
	}
	h.p.Wake = next
	return h.tx.Save(h.e.Person, h.p)
}

// nextWake is when the person's reminders want to look again. It is always
// later than now, so that a tick never finds the same entry twice.
func (h *handling) nextWake() (time.Time, bool) {
	if !h.p.Left.IsZero() {
		return h.expiry(), true
	}
	if h.p.Crisis {
		return time.Time{}, false
	}
	if h.p.Unmet != nil {
		return h.unmetWake()
	}
	at, ok := reminder.Next(h.p.Plan, h.settings(), h.p.Reminders, h.now)
	if ok && !at.Truncate(time.Second).After(h.now) {
		at = h.now.Add(time.Second)
	}
	return at, ok
}

func (h *handling) outsider() bool {
	return h.e.Profile != nil && h.e.Profile.Outsider != chat.Member && h.e.Profile.Outsider != chat.Guest
}

// decline answers people from outside and programs without keeping anything.
func (h *handling) decline() chat.Reply {
	switch {
	case h.e.Profile.Outsider == chat.Stranger && (h.e.Kind == chat.Text || h.e.Kind == chat.Command || h.e.Kind == chat.Mention):
		m := h.c.message("say.stranger", nil)
		return chat.Reply{Message: &m}
	case h.e.Profile.Outsider == chat.Bot && h.e.Kind == chat.Command:
		m := h.c.message("say.bot", nil)
		return chat.Reply{Message: &m}
	}
	return chat.Reply{}
}

// learn takes over what the platform knows about the person.
func (h *handling) learn() {
	if p := h.e.Profile; p != nil {
		h.back()
		h.p.Name, h.p.Locale = p.Name, p.Locale
		switch {
		case p.Zone != "" && h.p.ZoneOwn != "":
			h.p.ZoneSeen, h.p.ZoneAt = p.Zone, h.now.UTC()
		case p.Zone != "":
			h.p.Settings.Zone, h.p.ZoneAt = p.Zone, h.now.UTC()
		}
	}
	if h.e.Channel != "" && (h.e.Kind == chat.Text || h.e.Kind == chat.Edited) {
		h.meets(h.e.Channel)
	}
	if h.p.Met.IsZero() && h.e.Kind != chat.Due {
		h.p.Met = h.now.UTC()
	}
}

func (h *handling) dispatch() error {
	switch h.e.Kind {
	case chat.Text:
		if h.e.At.Before(h.p.Since) {
			return h.tooOld()
		}
		return h.text()
	case chat.Edited:
		return h.edited()
	case chat.Command:
		return h.command()
	case chat.Click:
		return h.click()
	case chat.Submitted:
		h.p.Reminders.Heard(h.now) // whoever fills in a form has answered
		if h.e.Action == deleteName {
			return h.submitDelete()
		}
		return h.submitted()
	case chat.Shortcut:
		return h.shortcut()
	case chat.Deleted:
		return h.deleted()
	case chat.Opened:
		return h.opened()
	case chat.Due:
		if !h.p.Left.IsZero() {
			return h.expire()
		}
		return h.due()
	case chat.Mention:
		m := h.c.message("say.mention", nil)
		h.reply.Message = &m
	}
	return nil // ProfileChanged has been learned; the rest say nothing
}

// local is now in the person's zone.
func (h *handling) local() time.Time { return h.now.In(h.p.zone()) }

func (h *handling) today() civil.Date { return civil.Of(h.local()) }

// heard notes that the person spoke.
func (h *handling) heard() {
	h.p.Reminders.Heard(h.now)
	h.p.Settings.Paused = h.p.Stopped
}

// comesBack ends a stop: they go on with a talk, or ask for a reminder.
func (h *handling) comesBack() {
	if h.p.Stopped {
		h.p.Stopped, h.p.Settings.Paused = false, false
	}
}
