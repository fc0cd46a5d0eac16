package coach

import (
	"strconv"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
)

// reconsider looks what a changed answer means for a plan that was confirmed.
// What the person has just agreed to is taken over; what else would change is
// kept as differences to accept; more tells that there are some.
func (h *handling) reconsider(r dialogue.Result) (more bool) {
	if h.p.Plan.Confirmed.IsZero() || h.p.Plan.Content || h.drafting() || h.p.First.Instance == "" {
		return false
	}
	touched := false
	for _, k := range r.Changed {
		touched = touched || k.Instance == h.p.First.Instance
	}
	if !touched {
		return false
	}
	view := h.c.book.View(&h.p.Dialogue, h.p.First)
	if name := choiceID(view, "active_track"); name != "" {
		_ = h.p.Plan.SwitchTrack(name, h.local()) // a track of the plan, or else a difference below
	}
	draft := h.draft()
	if h.p.Plan.Week.From != draft.Week.From {
		h.p.Plan.Week = draft.Week
		h.askHours()
	}
	h.p.Plan.Week = draft.Week // a fact, nothing that was agreed on
	var rest []career.Difference
	for _, d := range career.Diff(h.p.Plan, draft) {
		switch d.Kind {
		case career.DiffReview, career.DiffBy, career.DiffTarget, career.DiffReason, career.DiffJob:
			if d.Kind == career.DiffJob {
				h.say("say.job_changed", nil)
			}
			_ = h.p.Plan.Apply(d, h.local()) // overtaken by what was done meanwhile: that stands
		default:
			rest = append(rest, d)
		}
	}
	h.p.Offered = rest
	return len(rest) > 0
}

// offerDifferences asks whether the rest of what a correction changes shall be
// taken over.
func (h *handling) offerDifferences() error {
	m := chat.Message{Blocks: dialogue.Blocks(h.c.text("say.changed_plan", h.fields()))}
	list := chat.Block{Kind: chat.Bullets}
	for _, d := range h.p.Offered {
		list.Items = append(list.Items, h.difference(d))
	}
	m.Blocks = append(m.Blocks, list)
	id := "d" + strconv.FormatUint(h.p.Rows, 10)
	m.Ask = &chat.Ask{ID: id, Choices: []chat.Choice{
		{Value: "d:take", Label: h.c.text("button.take", nil), Primary: true},
		{Value: "d:leave", Label: h.c.text("button.leave", nil)},
	}}
	return h.post(m, false, []string{"d"})
}

func (h *handling) clickDifference(what string) error {
	if len(h.p.Offered) == 0 {
		return h.stale()
	}
	offered := h.p.Offered
	h.p.Offered = nil
	key := "say.changed_left"
	if what == "take" {
		key = "say.changed_taken"
		for _, d := range offered {
			_ = h.p.Plan.Apply(d, h.local()) // overtaken by what was done meanwhile: that stands
		}
	}
	note := h.c.text(key, h.fields())
	return h.closeScreens("d", note)
}
