package coach

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reminder"
)

// effect does what a flow asked for.
func (h *handling) effect(e dialogue.Effect) error {
	switch e.Name {
	case "confirm_plan":
		h.p.Plan.Confirm(h.withoutUnwanted(h.c.draft(e.View, h.today())), h.local())
		h.p.Plan.Content = false
		h.wordLevels()
		h.askHours()
		h.say("say.confirmed", nil)
	case "content":
		h.p.Plan.Suits(h.c.draft(e.View, h.today()), h.local())
		h.p.Reminders.AskOn(askAgain, value(e.View, "ask_again").Date) // no date takes an earlier wish back
	case "set_cadence":
		h.setCadence(e.View)
	case "move_milestone":
		return h.moveMilestone(e.Frame.Item.ID, e.View)
	case "keep_milestone":
		h.say("nudge.no_date", nil)
	case "review_held":
		h.reviewHeld(e)
	case "step_done":
		return h.stepDone(e)
	case "check_in":
		return h.checkedIn(e)
	case "keep_mentor", "keep_network", "keep_learning", "keep_responsibility", "keep_balance", "keep_review", "keep_practice", "date_review":
		h.keepSide(e.Name, e.View)
	case "keep_pay":
		h.keepSide(e.Name, e.View)
		if err := h.flush(nil); err != nil {
			return err
		}
		return h.post(chat.Message{Blocks: h.payCard()}, false, nil)
	case "keep_win":
		h.keepWin(e.View)
	case "snooze":
		h.keepSnooze(e)
	case "smaller_step":
		h.keepSmaller(e)
	case "keep_reached":
		h.keepReached(e)
	case "close_gaps":
		h.closeGaps(e)
	case "told_done":
		return h.milestoneDone(e.Frame.Item.ID)
	case "told_way":
		h.toldWay(e.Frame.Item.ID)
	case "keep_month":
		h.keepMonth(e.View)
	case "keep_quarter":
		return h.keepQuarter(e.View)
	case "keep_levels":
		h.keepLevels(e.View)
	case "keep_recheck":
		h.keepRecheck(e.View)
	case "only_asked":
		h.onlyAsked()
	case "review_dated":
		return h.wishDated(e)
	case "go_on":
		return h.goesOn(e)
	case "older_here":
		return h.olderHere(e)
	case "older_new":
		return h.olderNew(e)
	case "burnout":
		h.careful("burnout")
	case "crisis":
		return h.crisis()
	case "listen":
		h.beginListening()
	case "go_short":
		return h.goShort()
	case "end_here":
		h.instead = true
		return h.endKindly(h.e.Text)
	case "start_small":
		return h.startSmall()
	case "keep_leaving":
		h.note(value(e.View, "leave_safely").Text)
	case dialogue.AsideEffect:
		return h.start(e.Frame.Flow, dialogue.Picked{})
	case dialogue.RestartEffect:
		return h.start(firstFlow, dialogue.Picked{})
	}
	return nil
}

// weekdays are the days of the week by name.
var weekdays = map[string]time.Weekday{
	"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday, "friday": time.Friday,
	"saturday": time.Saturday, "sunday": time.Sunday,
}

// choiceID is the choice taken in a slot, "" for none.
func choiceID(v dialogue.View, slot string) string {
	if c := v.Slots[slot].Answer.Value.Choices; len(c) > 0 {
		return c[0].ID
	}
	return ""
}

func (h *handling) setCadence(v dialogue.View) {
	s, ok := v.Slots["cadence"]
	if ok && len(s.Answer.Value.Choices) > 0 {
		if cad, err := reminder.ParseCadence(s.Answer.Value.Choices[0].ID); err == nil {
			cad.Start = h.today() // counted from now on, not from a week that has passed
			day, said := weekdays[choiceID(v, "day")]
			if _, asked := v.Slots["day"]; !asked { // on the quick way only said along, "every week on a Monday"
				if day, said = h.dayToldWith(s.Answer.Key); !said {
					day, said = time.Friday, cad.Every > 0
				}
			}
			if said {
				cad.Weekday = day
				h.takesDay(day)
			}
			if hour, err := strconv.Atoi(strings.TrimPrefix(choiceID(v, "hour"), "h")); err == nil {
				h.takesHour(hour)
			}
			h.p.Settings.Cadence = cad
		}
	}
	if s, ok := v.Slots["smaller"]; ok && s.Answer.Value.Text != "" {
		// A plan without a goal has no first step to make smaller; the words
		// stay with the answers.
		_ = h.p.Plan.SetFirstStep(s.Answer.Value.Text, h.today(), h.local())
	}
}

// dayToldWith is the weekday that was told along with the answer of that key.
func (h *handling) dayToldWith(k dialogue.Key) (day time.Weekday, ok bool) {
	k.Step = "finish.day"
	if a, told := h.p.Dialogue.Answer(k); told && len(a.Value.Choices) > 0 {
		day, ok = weekdays[a.Value.Choices[0].ID]
	}
	return day, ok
}

func (h *handling) reviewHeld(e dialogue.Effect) {
	id := e.Frame.Item.ID
	answer := func(slot string) dialogue.Value { return e.View.Items[slot][id].Answer.Value }
	_ = h.p.Plan.ReviewHeld(id, answer("review_said").Text, answer("review_agreed").Text) // gone from the plan meanwhile: the answers keep it
	for i := range h.p.Plan.Reviews {
		if r := &h.p.Plan.Reviews[i]; r.ID == id {
			r.History = append(r.History, career.Change{At: h.now.UTC(), What: "held", Due: r.Date})
		}
	}
	if first := answer("review_first").Text; first != "" {
		h.todo("todo.agreed", first, answer("review_first_by").Date)
	}
	if next := answer("review_next").Date; !next.IsZero() {
		formal := true
		if i := slices.IndexFunc(h.p.Plan.Reviews, func(r career.Review) bool { return r.ID == id }); i >= 0 {
			formal = h.p.Plan.Reviews[i].Formal
		}
		_, _ = h.p.Plan.SetReview(next, formal, h.local()) // in the future, as read
	}
}
