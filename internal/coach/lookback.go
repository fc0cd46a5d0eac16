package coach

import (
	"regexp"

	"waymark/internal/career"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
	"waymark/internal/reminder"
)

// lookBackDays is for how long after a review words about how it went are about
// that review.
const lookBackDays = 60

var (
	reviewWent = regexp.MustCompile(`(?i)^\W*(?:(?:ok|hey|hi|so|yes|well|btw|good news)\W+)*(?:(?:i )?(?:had|did|finished) (?:the|my) (?:review|talk|appraisal)\b|(?:the|my) (?:review|talk|appraisal|meeting)(?: with \w+(?: \w+)?)? (?:went|was|is over|is done|happened)\b)`)
	itWent     = regexp.MustCompile(`(?i)^\W*(?:(?:ok|hey|hi|so|yes|well|btw)\W+)*(?:it|all|everything) went\b`)
)

// looksBack takes words about how a review went as the look back at it, while no
// other question is open than one of a preparation that time has overtaken.
func (h *handling) looksBack(text string) (done bool, err error) {
	r, ok := h.reviewPast()
	st := &h.p.Dialogue
	idle := st.Asked == nil || st.Paused
	if top := st.Top(); top != nil && top.Flow == "prepare" && st.Asked != nil && st.Asked.Pending == nil {
		idle = true
	}
	if !ok || !idle || !reviewWent.MatchString(text) && !itWent.MatchString(text) {
		return false, nil
	}
	h.closeTalks(func(fr dialogue.Frame) bool { return fr.Flow == "prepare" })
	if err := h.retire(""); err != nil {
		return true, err
	}
	fr := h.opening("after_review", dialogue.Picked{ID: r.ID})
	h.c.book.Start(st, fr, h.input(""), h.env())
	return true, h.follow(h.c.book.Turn(st, h.input(text), h.env()))
}

// reviewPast is the latest review whose day has come and that was not talked over.
func (h *handling) reviewPast() (last career.Review, ok bool) {
	for _, r := range h.p.Plan.Reviews {
		past := !r.Date.IsZero() && !r.Date.After(h.today()) && r.Date.DaysUntil(h.today()) <= lookBackDays
		if past && !r.Held && (!ok || r.Date.After(last.Date)) {
			last, ok = r, true
		}
	}
	return last, ok
}

// preparesOther reports whether another review than that one is still to come.
func (h *handling) preparesOther(id string) bool {
	r, ok := career.NextReview(h.p.Plan, h.today())
	return ok && r.ID != id
}

// answersOverdue takes "done", "new date" and "smaller step" for the step whose day
// has passed, which is what the goals are listed with.
func (h *handling) answersOverdue(text string) (done bool, err error) {
	var late []step
	for _, s := range h.nextSteps(numberedGoals(h.p.Plan)) {
		if s.m.Due.Before(h.today()) && s.m.Kind != career.Eligible {
			late = append(late, s)
		}
	}
	if len(late) == 0 {
		return false, nil
	}
	verb, ok := reading.Choose(text, []reading.Option{
		{ID: "done", Label: h.c.text("button.done", h.fields()), Also: nudgeWords["done"]},
		{ID: "new_date", Label: h.c.text("button.new_date", h.fields()), Also: nudgeWords["new_date"]},
		{ID: "smaller", Label: h.c.text("button.smaller", h.fields()), Also: nudgeWords["smaller"]},
	})
	if !ok || verb == "done" && len(contentWords(text)) > 0 {
		return false, nil
	}
	if verb == "done" && len(late) > 1 {
		return true, h.offerSteps("order.which_step", nil, late)
	}
	first := late[0]
	for _, s := range late {
		if s.m.Due.Before(first.m.Due) {
			first = s
		}
	}
	o, ok := reminder.ParseKey(string(reminder.MilestoneOverdue) + "/1/" + first.m.ID + "@" + first.m.Due.String())
	if !ok {
		return false, nil
	}
	return true, h.answerNudge(verb, o)
}
