package coach

import (
	"slices"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// maxTicks is how many milestones can be ticked off under one message.
const maxTicks = 5

// newDays is how long a small step has been on the plan at least before it is
// announced a week ahead.
const newDays = 15

// near leaves out what would be a message too many about a small step that has
// only just been put on the plan: one on its day, or on the working day before
// it, is enough, and whoever asked for check-ins is asked there how it went.
func (h *handling) near(say []reminder.Occurrence) (left []reminder.Occurrence, early []reminder.Dropped) {
	for _, o := range say {
		g, m, ok := h.p.Plan.Milestone(o.Milestone)
		small := ok && (m.Kind == career.FirstStep || m.Kind == career.OwnStep)
		if small && !o.Again && h.planned(g, m).DaysUntil(m.Due) <= newDays && h.tooMany(o) {
			early = append(early, reminder.Dropped{Occurrence: o, Reason: reminder.Superseded})
			continue
		}
		left = append(left, o)
	}
	return left, early
}

// tooMany reports whether another message about the same small step says enough.
func (h *handling) tooMany(o reminder.Occurrence) bool {
	s := h.settings()
	switch o.Kind {
	case reminder.MilestoneAhead:
		return o.Offset < -1 || s.Speaks(o.Due)
	case reminder.MilestoneOverdue:
		return o.Offset == 1 && !s.Cadence.IsZero()
	}
	return false
}

// planned is the day on which a milestone was put where it is.
func (h *handling) planned(g career.Goal, m career.Milestone) civil.Date {
	at := h.p.Plan.Confirmed
	if g.Created.After(at) {
		at = g.Created
	}
	if n := len(m.History); n > 0 && m.History[n-1].At.After(at) {
		at = m.History[n-1].At
	}
	return civil.Of(at.In(h.p.zone()))
}

// ticked are those of some occurrences that are about an open milestone which
// can be ticked off, each milestone once.
func (h *handling) ticked(say []reminder.Occurrence) []reminder.Occurrence {
	var out []reminder.Occurrence
	for _, o := range say {
		_, m, ok := h.p.Plan.Milestone(o.Milestone)
		known := slices.ContainsFunc(out, func(have reminder.Occurrence) bool { return have.Milestone == o.Milestone })
		if ok && m.Open() && !known && o.Kind != reminder.Eligible && len(out) < maxTicks {
			out = append(out, o)
		}
	}
	return out
}

// doneLabel names the milestone that is ticked off.
func (h *handling) doneLabel(o reminder.Occurrence) string {
	g, m, _ := h.p.Plan.Milestone(o.Milestone)
	return h.c.text("button.done_one", h.with(map[string]any{"title": h.milestoneText(g, m)}))
}

// together are the milestones of the message that an occurrence came in, where
// there are several to tick off.
func (h *handling) together(key string) []reminder.Occurrence {
	for _, s := range h.p.Screens {
		if slices.Contains(s.Keys, key) {
			if all := h.ticked(occurrences(s.Keys)); len(all) > 1 {
				return all
			}
		}
	}
	return nil
}

func occurrences(keys []string) []reminder.Occurrence {
	var out []reminder.Occurrence
	for _, k := range keys {
		if o, ok := reminder.ParseKey(k); ok {
			out = append(out, o)
		}
	}
	return out
}

// stillAsked is what can be tapped under a message once one of its occurrences is
// answered: what it is about, if that is still open, or nothing.
func (h *handling) stillAsked(keys []string, answered string) (left []string, a *chat.Ask) {
	o, _ := reminder.ParseKey(answered)
	left = slices.DeleteFunc(slices.Clone(keys), func(k string) bool {
		other, ok := reminder.ParseKey(k)
		return !ok || k == answered || o.Milestone != "" && other.Milestone == o.Milestone
	})
	if len(left) == 0 || left[0] != keys[0] {
		return nil, nil
	}
	lead, _ := reminder.ParseKey(left[0])
	return left, h.nudgeAsk(lead)
}

// redrawAsked shows a message again with a note below, and with what can still be
// tapped.
func (h *handling) redrawAsked(s Screen, note string, a *chat.Ask) (Screen, error) {
	if note != "" {
		blocks := s.Message.Blocks
		s.Message.Blocks = append(blocks[:len(blocks):len(blocks)], chat.Block{Kind: chat.Note, Spans: dialogue.Spans(note)})
	}
	m := s.Message
	m.Ask = a
	_, err := h.row(store.Row{Kind: store.Edit, Message: short(m), Ref: s.ID})
	return s, err
}
