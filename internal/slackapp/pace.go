package slackapp

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Slack takes about one message a second per channel and forgives short bursts.
const (
	messagesPerSecond = 1
	messageBurst      = 3
	maxLimiters       = 10_000
)

// pacer keeps to Slack's pace: per channel, and for a whole method where Slack
// asked to wait. It runs on real time, not on Config.Now: Slack's patience does
// not change when the local workspace moves its clock.
type pacer struct {
	perSecond rate.Limit // messages to one channel
	workspace budgets    // calls of one method

	mu       sync.Mutex
	channels map[string]*rate.Limiter
	held     map[string]chan struct{} // by method, closed when the wait is over
}

func newPacer() *pacer {
	return &pacer{perSecond: messagesPerSecond, channels: map[string]*rate.Limiter{}, held: map[string]chan struct{}{}}
}

// wait returns when method may be called, for a message to channel ("" = no
// message).
func (p *pacer) wait(ctx context.Context, method, channel string) error {
	if channel != "" {
		if err := p.limiter(channel).Wait(ctx); err != nil {
			return fmt.Errorf("wait for the channel's turn: %w", err)
		}
	}
	for {
		p.mu.Lock()
		held := p.held[method]
		p.mu.Unlock()
		if held == nil {
			if err := p.workspace.wait(ctx, method); err != nil {
				return err
			}
			return ctx.Err()
		}
		select {
		case <-held:
		case <-ctx.Done():
			return fmt.Errorf("wait until Slack takes %s again: %w", method, ctx.Err())
		}
	}
}

// hold keeps everybody from calling method for d, and fewer of them from then on
// (see budgets).
func (p *pacer) hold(method string, d time.Duration) {
	p.workspace.refused(method)
	over := make(chan struct{})
	p.mu.Lock()
	p.held[method] = over
	p.mu.Unlock()
	time.AfterFunc(d, func() {
		p.mu.Lock()
		if p.held[method] == over { // a later hold has its own end
			delete(p.held, method)
		}
		p.mu.Unlock()
		close(over)
	})
}

func (p *pacer) limiter(channel string) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	l, ok := p.channels[channel]
	if !ok {
		if len(p.channels) >= maxLimiters {
			p.sweep()
		}
		l = rate.NewLimiter(p.perSecond, messageBurst)
		p.channels[channel] = l
	}
	return l
}

// sweep forgets the channels that could send a full burst: a new limiter is the
// same as theirs.
func (p *pacer) sweep() {
	for c, l := range p.channels {
		if l.Tokens() >= messageBurst {
			delete(p.channels, c)
		}
	}
}
