package bot

import (
	"context"
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
			off, err := b.coach.Left(ctx, id)
			if err == nil {
				err = b.app.LookAgain(ctx, id, off)
			}
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
