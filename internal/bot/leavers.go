package bot

import (
	"context"
	"fmt"
	"time"

	"waymark/internal/chat"
	"waymark/internal/store"
)

// Slack tells of an account that is switched off, or on again, once: a bot that
// is not connected then never hears of it. So everybody who is known is asked
// after, slowly.
const (
	// leaverPause is the time between two people: 86,400 a day, and a sixth of
	// what Slack grants.
	leaverPause = time.Second
	// leaverStart is how many pauses pass before the first: a start has more
	// urgent things to do.
	leaverStart = 60
	// leaverRound is the time from the end of one round to the next, and
	// leaverRetry the same after one in which Slack did not say of everybody.
	leaverRound = 24 * time.Hour
	leaverRetry = time.Hour
	// leaverPage is how many ids are read at once.
	leaverPage = 256
)

// followLeavers asks Slack after everybody, one by one, again and again until ctx
// ends.
func (b *Bot) followLeavers(ctx context.Context, pause time.Duration) {
	wait := leaverStart * pause
	for rest(ctx, wait) {
		failed, err := b.leavers(ctx, pause)
		wait = leaverRound
		if (failed > 0 || err != nil) && ctx.Err() == nil {
			wait = leaverRetry
			b.log.Warn("it is not known of everybody whether their account is on; it is looked at again", "people", failed, "err", err)
		}
	}
}

// leavers is one round; failed is of how many people it is not known.
func (b *Bot) leavers(ctx context.Context, pause time.Duration) (failed int, err error) {
	var after chat.PersonID
	for {
		var ids []chat.PersonID
		err := b.store.View(ctx, func(tx *store.Tx) (err error) {
			ids, err = tx.PeopleAfter(after, leaverPage)
			return err
		})
		if err != nil || len(ids) == 0 {
			return failed, err
		}
		for _, id := range ids {
			err := b.lookAtAccount(ctx, id)
			if err != nil {
				failed++
				b.log.Debug("account not looked at", "person", id, "err", err)
			}
			if !rest(ctx, pause) {
				return failed, nil
			}
		}
		after = ids[len(ids)-1]
	}
}

// lookAtAccount asks after one person. Of somebody who left before, the coach then
// looks whether the time is up: it may have been made shorter since, and nothing is
// deleted until Slack has said to this process that the account is off.
func (b *Bot) lookAtAccount(ctx context.Context, id chat.PersonID) error {
	off, err := b.coach.Left(ctx, id)
	if err != nil {
		return err
	}
	gone, err := b.app.LookAgain(ctx, id, off)
	if err != nil {
		b.gone.Delete(id) // they may have come back since it was said
		return err
	}
	if !off || !gone {
		b.gone.Delete(id)
		return nil
	}
	b.gone.Store(id, true)
	now := b.tick.Now()
	e := chat.Event{ID: chat.EventID(fmt.Sprintf("leaver:%s:%d", id, now.UnixNano())), Kind: chat.Due, Person: id, At: now}
	_, err = b.handle(ctx, e)
	return err
}

// saidGone reports whether Slack has said to this process that somebody's account
// is off.
func (b *Bot) saidGone(id chat.PersonID) bool {
	_, ok := b.gone.Load(id)
	return ok
}

// rest waits; it is false when ctx ended.
func rest(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
