package coach

import (
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// steers obeys what somebody wants of the talk itself, said in a sentence of
// their own. It is never an answer.
func (h *handling) steers(text string) (done bool, err error) {
	switch steer := reading.ReadSteer(text); steer {
	case reading.Ends:
		return true, h.endKindly(text)
	case reading.LeavesTalk, reading.StopsThis:
		return h.leavesTalk(text, steer)
	case reading.BackLost:
		return h.backLost()
	case reading.ToGoals:
		if top := h.p.Dialogue.Top(); top != nil && isSideTalk(top.Flow) {
			if err := h.leaveTalk(*top); err != nil {
				return true, err
			}
		}
		return true, h.sayCard(h.goalsCard())
	case reading.TooLong:
		return h.tooLong(text)
	}
	return false, nil
}

// endKindly ends everything that is asked, at once, and asks nothing more. Where
// it was asked whether to leave it at what they want, it is a yes to that.
func (h *handling) endKindly(text string) error {
	if step := h.asking(); slices.ContainsFunc([]string{enoughFlow, wishFlow, wishOnlyFlow}, func(f string) bool { return strings.HasPrefix(step, f+".") }) {
		return h.choose("only", text)
	}
	if h.newcomer && h.unspoken() {
		return h.neverAgain()
	}
	if h.p.Plan.Content || h.p.Plan.Confirmed.IsZero() {
		h.noNews()
	}
	if err := h.retire(""); err != nil {
		return err
	}
	h.closeTalks(func(fr dialogue.Frame) bool { return isSideTalk(fr.Flow) }) // later words are no answer to it
	h.p.Settings.Paused, h.p.Stopped = true, true
	h.p.Dialogue.Paused = len(h.p.Dialogue.Stack) > 0
	h.say("say.stopped", nil)
	return h.flush(nil)
}

// leavesTalk closes the talk by the way that is open, and comes back to what was
// open below. Where there is none, "stop this" means all of it.
func (h *handling) leavesTalk(text string, steer reading.Steer) (done bool, err error) {
	top := h.p.Dialogue.Top()
	switch {
	case top != nil && isSideTalk(top.Flow):
		if err := h.leaveTalk(*top); err != nil {
			return true, err
		}
		h.say("say.talk_left", nil)
		return true, h.comeBack()
	case steer == reading.StopsThis:
		return true, h.endKindly(text)
	case top != nil:
		return true, h.pause("")
	}
	return false, nil
}

func (h *handling) leaveTalk(top dialogue.Frame) error {
	if err := h.retire(""); err != nil {
		return err
	}
	h.closeTalks(func(fr dialogue.Frame) bool { return fr.Instance == top.Instance })
	return nil
}

// backLost goes back to the question before and explains it: it was not
// understood.
func (h *handling) backLost() (done bool, err error) {
	if h.asking() == "" {
		return false, nil
	}
	in := h.input("")
	in.Command = reading.Back
	before := h.c.book.Turn(&h.p.Dialogue, in, h.env())
	in.Command = reading.Explain
	r := h.c.book.Turn(&h.p.Dialogue, in, h.env())
	if r.Nothing {
		r = before
	}
	return true, h.follow(r)
}

// later leaves the question on screen for another time, and says how to put off
// all of it.
func (h *handling) later() error {
	if h.asking() == "" {
		return h.pause("")
	}
	h.say("say.later_question", nil)
	return h.steer(reading.Skip)
}

// shorterFlow offers the shortest way from here.
const shorterFlow = "shorter"

// smallAnswers are questions to which "something small" may be the answer.
var smallAnswers = []string{"backup.head_start", "finish.smaller", "goal.smaller_goal"}

// quickChoice is what a question calls the quick way, where it offers one.
const quickChoice = "quick"

// offers reports whether the question on screen has a choice of that id.
func (h *handling) offers(id string) bool {
	a := h.p.Dialogue.Asked
	return a != nil && a.Pending == nil && slices.ContainsFunc(a.Offered, func(p dialogue.Picked) bool { return p.ID == id })
}

// tooLong takes a complaint of how much is asked: what is still needed is asked,
// and the rest left out, if they like.
func (h *handling) tooLong(text string) (done bool, err error) {
	top, step := h.p.Dialogue.Top(), h.asking()
	switch {
	case h.offers(quickChoice) && (step == "gaps.same_field" || reading.Mentions(text, "quick")):
		return true, h.choose(quickChoice, text)
	case top == nil || step == "" || top.Instance != h.p.First.Instance || slices.Contains(smallAnswers, step):
		return false, nil
	case h.p.Short:
		h.say("say.short_already", nil)
		return true, h.reask()
	}
	if len(strings.Fields(text)) >= factWords {
		h.note(text) // it may tell more than that: "I have one hour a week"
	}
	return true, h.start(shorterFlow, dialogue.Picked{})
}

// notInSmall are the questions of the first talk that a small plan can do without.
var notInSmall = map[string]bool{
	"have.job_title": true, "have.field": true, "have.since": true, "have.keep": true, "have.earlier": true, "have.stage": true, "have.energy": true,
	"want.target_title": true, "want.reason": true, "want.level": true, "want.next_level": true, "want.leap": true,
	"want.closeness": true, "want.close_why": true, "want.close_more": true, "want.more_tracks": true, "want.tracks": true, "want.track_names": true, "want.active_track": true,
	"gaps.same_field": true, "gaps.same_field_again": true, "gaps.stepping": true, "gaps.stepping_how": true, "gaps.closer": true, "gaps.track": true, "gaps.track_change": true,
	"gaps.why_job": true, "gaps.differently": true, "gaps.transfer": true, "gaps.wanted_jobs": true, "gaps.requirements": true, "gaps.qualify": true, "gaps.step_lower": true,
	"gaps.move_up": true, "gaps.openings": true, "gaps.how_often": true, "gaps.tight": true, "gaps.elsewhere": true, "gaps.elsewhere_names": true, "gaps.elsewhere_same": true,
	"gaps.education": true, "gaps.education_what": true, "gaps.experience": true, "gaps.years_need": true, "gaps.years_have": true, "gaps.skills_have": true,
	"gaps.certificates": true, "gaps.money": true, "gaps.place": true, "gaps.care": true,
	"quick.same_field": true, "quick.stepping": true, "quick.qualify": true, "quick.move_up": true, "quick.education": true, "quick.education_what": true,
	"quick.experience": true, "quick.years_need": true, "quick.years_have": true, "quick.years_missing": true, "quick.certificates": true,
	"goal.scope": true, "goal.serves": true, "goal.closes": true, "goal.course_cost": true, "goal.employer_pays": true, "goal.obstacle": true, "goal.if_then": true,
	"backup.risks": true, "backup.alternatives": true, "backup.head_start": true, "risk.risk_then": true,
	"short.first_if_then": true, "short.short_review": true, "short.short_other": true,
	"finish.confidence": true, "finish.confidence_again": true, "finish.smaller": true, "finish.day": true, "finish.hour": true,
}

// maxLeftOut is more questions than any talk has in a row.
const maxLeftOut = 100

// shorten leaves out the questions that a small plan can do without, for whoever
// wanted it short. What is said between them belongs to them.
func (h *handling) shorten(r dialogue.Result) (dialogue.Result, error) {
	for range maxLeftOut {
		st := &h.p.Dialogue
		top := st.Top()
		if !h.p.Short || r.Question == nil || top == nil || top.Instance != h.p.First.Instance ||
			st.Asked == nil || st.Asked.Pending != nil || st.Revisit != nil || !notInSmall[st.Asked.Key.Step] {
			break
		}
		in := h.input("")
		in.Command, in.TS = reading.Skip, ""
		next := h.c.book.Turn(st, in, h.env())
		for _, words := range next.Loose {
			h.note(words)
		}
		for _, e := range next.Effects {
			if err := h.effect(e); err != nil {
				return r, err
			}
		}
		next.Said, next.Lines, next.Changed = r.Said, r.Lines, append(r.Changed, next.Changed...)
		next.Effects, next.Loose = nil, nil
		r = next
	}
	return r, nil
}

// fewerReminders keeps one reminder of a review that has several.
func (h *handling) fewerReminders(text string) (done bool, err error) {
	r, ok := career.NextReview(h.p.Plan, h.today())
	about := h.asking() == "" || strings.Contains(strings.ToLower(text), "remind") // otherwise it may be an answer
	if !ok || len(r.Ahead) < 2 || !about || !reading.OneReminder(text) {
		return false, nil
	}
	h.note(text)
	one := r.Ahead[len(r.Ahead)-1]
	if left := h.today().DaysUntil(r.Date); left > usualOne {
		one = usualOne
	}
	h.setAhead(r.ID, []int{one})
	h.say("wish.fewer", map[string]any{"date": r.Date.Long(), "when": h.reviewDays()})
	return true, h.comeBack()
}

// usualOne is how many days before a review the only reminder comes.
const usualOne = 3

// goShort leaves out what a small plan can do without from here on. Before the
// first question it starts at once.
func (h *handling) goShort() error {
	h.p.Short = true
	a := h.p.Dialogue.Asked
	if a == nil || !strings.HasPrefix(a.Key.Step, firstFlow+".") {
		return nil // the question that was open comes next, or the one after those left out
	}
	defer func() { h.instead = true }()
	in := h.input("")
	in.Seq, in.Values = a.Seq, []string{"quick"}
	return h.follow(h.c.book.Turn(&h.p.Dialogue, in, h.env()))
}
