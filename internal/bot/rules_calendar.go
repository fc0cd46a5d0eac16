package bot

import (
	"fmt"
	"net/http"
	"sync/atomic"

	"waymark/internal/civil"
	"waymark/internal/rehearsal"
	"waymark/internal/workspace"
)

// Under puts the rules into an example plan: the holidays of its group, and the
// date of the review cycle that comes next, where it has no review of its own.
// The error names a group that the rules do not have.
func (r Rules) Under(p *rehearsal.Plan, from civil.Date) error {
	found := p.Group == ""
	for _, g := range r.Operator.Groups {
		if g.Name != p.Group {
			continue
		}
		found = true
		if g.Holidays != nil {
			p.KeepAll(g.Holidays)
		}
		if p.Settings.Region == "" {
			p.Keep(g.Region)
		}
	}
	if !found {
		return fmt.Errorf("there is no group %q in the rules", p.Group)
	}
	if len(p.Career.Reviews) > 0 {
		return nil
	}
	for _, cycle := range r.Operator.Cycles {
		if on, ok := cycle.Next(from); ok && cycle.For(p.Group) {
			p.Review(on)
			return nil
		}
	}
	return nil
}

// calendarPages are the dry run as a page of the trial, under the rules that its
// bot goes by at the time.
func calendarPages(running *atomic.Pointer[Bot]) map[string]workspace.ExtraPage {
	page := rehearsal.Page{
		Today: func() civil.Date {
			if b := running.Load(); b != nil {
				return civil.Of(b.rules.now())
			}
			return civil.Of(wallClock())
		},
		Under: func(p *rehearsal.Plan, from civil.Date) error {
			b := running.Load()
			if b == nil {
				return nil
			}
			return b.rules.rules.Load().Under(p, from)
		},
	}
	return map[string]workspace.ExtraPage{
		"/calendar":     {Title: "Which reminders would come", Handler: page},
		"/calendar.css": {Handler: http.HandlerFunc(rehearsal.Style)},
	}
}
