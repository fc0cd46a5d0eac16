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
		return o.Offset < -1 || s.WorkingDays(o.Due, o.Due.AddDays(1)) > 0
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

// nudgesAsk is what can be tapped under a message about all of that: what the
// first brings, and a button for each milestone where there are several.
func (h *handling) nudgesAsk(say []reminder.Occurrence) *chat.Ask {
	first := say[0]
	a := h.nudgeAsk(first)
	ticks := h.ticked(say)
	leads := len(ticks) > 0 && ticks[0].Key == first.Key
	if a != nil && len(ticks) > 0 && (len(ticks) > 1 || !leads) {
		if leads { // "Change date" and "Smaller step" would not say of which
			a.Choices = []chat.Choice{{Value: "n:not_yet:" + first.Key, Label: h.c.text("button.not_yet", h.fields())}}
		}
		var done []chat.Choice
		for _, o := range ticks {
			done = append(done, chat.Choice{Value: "n:done:" + o.Key, Label: clip(dialogue.Unmark(h.doneLabel(o)), 75), Own: true})
		}
		a.Choices = append(done, a.Choices...)
	}
	for _, o := range say[1:] {
		if o.Kind == reminder.LessOften && a != nil {
			a.Extra = append(h.nudgeAsk(o).Choices, a.Extra...)
		} else if o.Kind == reminder.LessOften {
			a = h.nudgeAsk(o)
		}
	}
	return a
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
// answered: the milestones that are left, or nothing.
func (h *handling) stillAsked(keys []string, answered string) (left []string, a *chat.Ask) {
	o, _ := reminder.ParseKey(answered)
	left = slices.DeleteFunc(slices.Clone(keys), func(k string) bool {
		other, ok := reminder.ParseKey(k)
		return !ok || k == answered || o.Milestone != "" && other.Milestone == o.Milestone
	})
	rest := h.ticked(occurrences(left))
	if len(rest) == 0 {
		return nil, nil
	}
	left = nil
	for _, o := range rest {
		left = append(left, o.Key)
	}
	if len(rest) == 1 {
		return left, h.nudgeAsk(rest[0])
	}
	return left, h.nudgesAsk(rest)
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

// answerTogether takes an answer that is meant for all milestones of a message:
// not yet, or another day. false means that it is for one alone.
func (h *handling) answerTogether(verb string, all []reminder.Occurrence, note string) (done bool, err error) {
	days := map[string]int{"tomorrow": 1, "next_week": 7}[verb]
	if len(all) == 0 || days == 0 && verb != "not_yet" {
		return false, nil
	}
	for _, o := range all {
		h.p.Reminders.Answered(o.Key)
		if err := h.closeMilestone(o.Milestone, note); err != nil {
			return true, err
		}
		if days > 0 {
			h.p.Reminders.Snooze(o.Key, h.today().AddDays(days))
		} else {
			_ = h.p.Plan.MilestoneNotYet(o.Milestone, h.local()) // open, as offered
		}
		note = "" // once is enough
	}
	if days > 0 {
		h.say("nudge.snoozed", map[string]any{"date": h.today().AddDays(days).Long()})
	} else {
		h.say("nudge.not_yet_all", nil)
	}
	return true, h.flush(nil)
}
