package coach

import (
	"context"
	"fmt"
	"slices"
	"time"

	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// defaultRetention is how long the data of somebody whose account was switched
// off is kept: accounts are switched off by mistake, and during leaves.
const defaultRetention = 30 * 24 * time.Hour

// keepExpired is for how long somebody who comes back is told what became of
// their data. It takes an id and a date.
const keepExpired = 366 * 24 * time.Hour

// leaves reports whether the event says that the person's account was switched
// off. What somebody opens or taps shows that it is not, whatever the profile
// said a while ago.
func (h *handling) leaves() bool {
	return h.e.Kind == chat.ProfileChanged && h.e.Profile != nil && h.e.Profile.Outsider == chat.Gone
}

// left notes that the account of somebody known was switched off. From then on
// nothing is said, and everything is deleted when the time is up.
func (h *handling) left() error {
	h.p = &Person{}
	known, err := h.own().record(h.p)
	if err != nil || !known || !h.p.Left.IsZero() {
		return err
	}
	if h.p.Unmet != nil {
		return h.forgetUnmet()
	}
	h.p.Left = h.now.UTC()
	return h.save()
}

// Left reports whether somebody's account was found switched off, so that what is
// kept about them is going to be deleted. Nobody who is not known has left.
func (c *Coach) Left(ctx context.Context, id chat.PersonID) (left bool, err error) {
	err = c.store.View(ctx, func(tx *store.Tx) error {
		var p Person
		known, err := accountOf(tx, id).record(&p)
		left = known && !p.Left.IsZero()
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look whether %s has left: %w", id, err)
	}
	return left, nil
}

// unsure is when the coach looks again at somebody whose time is up and of whom
// the platform has not said lately that they are gone.
const unsure = time.Hour

// expiry is when the data of somebody who left is deleted.
func (h *handling) expiry() time.Time {
	at := h.p.Left.Add(h.c.retention)
	switch {
	case at.Truncate(time.Second).After(h.now):
		return at
	case !h.c.gone(h.e.Person):
		return h.now.Add(unsure)
	}
	return h.now.Add(time.Second)
}

// expire deletes everything about somebody whose account has been off for long
// enough. What is left for a year is that it was so, for when they come back.
func (h *handling) expire() error {
	if h.now.Before(h.p.Left.Add(h.c.retention)) || !h.c.gone(h.e.Person) {
		return nil // the time was made longer since, or they may be back
	}
	if err := h.tx.SetWake(h.e.Person, h.p.Wake, time.Time{}); err != nil {
		return err
	}
	if slices.Contains(h.p.Settings.Off, reminder.CycleBegins) {
		if err := h.tx.Hush(h.e.Person); err != nil {
			return err
		}
	}
	left := tombstone{At: h.now, Seq: h.p.Dialogue.Seq, Expired: true}
	h.gone = true
	return h.tx.Bury(h.e.Person, left.bytes(), h.now.Add(keepExpired))
}

// back notes that somebody whose account was off is there again, and tells them
// at the first thing they say that nothing was lost.
func (h *handling) back() {
	if !h.p.Left.IsZero() && h.e.Kind != chat.Due {
		h.p.Back, h.p.Left = civil.Of(h.p.Left.In(h.p.zone())), time.Time{}
	}
	if h.p.Back.IsZero() || h.e.Kind != chat.Text {
		return
	}
	h.lines = append(h.lines, h.c.text("say.back", h.with(map[string]any{"date": h.p.Back.Long()})))
	h.p.Back = civil.Date{}
}

// backTooLate tells somebody who comes back after the time was up.
func (h *handling) backTooLate(at time.Time) {
	if h.e.Kind == chat.Text {
		h.say("say.back_too_late", map[string]any{"date": civil.Of(at.In(h.p.zone())).Long()})
	}
}
