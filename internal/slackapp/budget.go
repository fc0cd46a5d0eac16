package slackapp

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often one method may be called in a whole workspace is not told by Slack
// ("several hundred a minute" for messages). So there is no budget until Slack
// refuses a call; from then on there is one, which every refusal halves and every
// minute without one raises by a quarter, until it no longer matters.
const (
	firstBudget  = 5   // calls a second after the first refusal: 300 a minute
	leastBudget  = 0.5 // and at the least
	enoughBudget = 50  // from here on there is none
	budgetRaise  = time.Minute
)

// budgets are the budgets of the methods that Slack has refused lately. They run
// on real time, as the pacer does.
type budgets struct {
	mu sync.Mutex
	by map[string]*budget
}

type budget struct {
	limiter *rate.Limiter
	raise   *time.Timer
}

// wait returns when method may be called again.
func (b *budgets) wait(ctx context.Context, method string) error {
	b.mu.Lock()
	m := b.by[method]
	b.mu.Unlock()
	if m == nil {
		return nil
	}
	if err := m.limiter.Wait(ctx); err != nil {
		return fmt.Errorf("wait for the workspace's turn to call %s: %w", method, err)
	}
	return nil
}

// refused notes that Slack refused a call because of too many.
func (b *budgets) refused(method string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := b.by[method]
	if m == nil {
		if b.by == nil {
			b.by = map[string]*budget{}
		}
		b.by[method] = &budget{limiter: rate.NewLimiter(firstBudget, 1), raise: time.AfterFunc(budgetRaise, func() { b.raised(method) })}
		return
	}
	m.limiter.SetLimit(max(leastBudget, m.limiter.Limit()/2))
	m.raise.Reset(budgetRaise)
}

// raised is a minute without a refusal.
func (b *budgets) raised(method string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := b.by[method]
	if m == nil {
		return
	}
	limit := m.limiter.Limit() * 1.25
	if limit >= enoughBudget {
		delete(b.by, method)
		m.limiter.SetLimit(rate.Inf) // for those who wait already
		return
	}
	m.limiter.SetLimit(limit)
	m.raise.Reset(budgetRaise)
}
