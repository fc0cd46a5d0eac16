package coach

import (
	"slices"

	"waymark/internal/career"
	"waymark/internal/dialogue"
)

// currentPlan is the confirmed plan, or while the first talk goes on, what its
// answers add up to so far.
func (h *handling) currentPlan() career.Plan {
	if h.drafting() || h.p.Plan.Confirmed.IsZero() {
		return h.draft()
	}
	return h.p.Plan
}

// drafting reports whether the talk that makes a plan is still open.
func (h *handling) drafting() bool {
	for _, fr := range h.p.Dialogue.Stack {
		if fr.Instance == h.p.First.Instance && fr.Instance != "" {
			return !h.confirmedInTalk(fr)
		}
	}
	return false
}

// confirmedInTalk reports whether the plan of an open talk has been confirmed:
// what follows is about how to keep it.
func (h *handling) confirmedInTalk(fr dialogue.Frame) bool {
	return !h.p.Plan.Confirmed.IsZero() && !h.p.Plan.Confirmed.Before(fr.Opened) && !fr.Opened.IsZero()
}

func (h *handling) draft() career.Plan {
	return h.withSide(h.withoutUnwanted(h.c.draft(h.c.book.View(&h.p.Dialogue, h.p.First), h.today())))
}

// withSide adds to a draft what the person has besides it: wins, and what side
// talks have brought.
func (h *handling) withSide(draft career.Plan) career.Plan {
	p := h.p.Plan
	draft.Wins, draft.Mentor, draft.Network, draft.Rest, draft.Pay = p.Wins, p.Mentor, p.Network, p.Rest, p.Pay
	for _, t := range p.List {
		if !slices.ContainsFunc(draft.List, func(o career.Todo) bool { return o.ID == t.ID }) {
			draft.List = append(draft.List, t)
		}
	}
	draft.KeepOwn(p)
	return draft
}
