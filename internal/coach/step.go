package coach

import (
	"regexp"
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// checkInFlow is the talk about how the week's step went.
const checkInFlow = "check_in"

// stepDone ticks off the week's step as soon as that is said: whoever leaves the
// talk there is not asked about it again.
func (h *handling) stepDone(e dialogue.Effect) error {
	_, m, ok := h.p.Plan.Milestone(e.Frame.Item.ID)
	if !ok || !m.Open() {
		return nil
	}
	if err := h.closeMilestone(m.ID, ""); err != nil {
		return err
	}
	h.inTalk = true // which asks what helped
	return h.milestoneDone(m.ID)
}

// checkedIn does what a check-in has come to: the step is moved or taken off, and
// the next small step becomes one of the plan's.
func (h *handling) checkedIn(e dialogue.Effect) error {
	step := e.Frame.Item.ID
	answer := func(slot string) dialogue.Value {
		if step == "" {
			return value(e.View, slot)
		}
		return e.View.Items[slot][step].Answer.Value
	}
	g, m, ok := h.p.Plan.Milestone(step)
	if c := answer("went").Choices; ok && len(c) > 0 && c[0].ID == "wrong" {
		h.dropStep(step)
	}
	if to := answer("new_on").Date; !to.IsZero() && h.p.Plan.MoveMilestone(step, to, h.local()) == nil {
		h.say("nudge.moved", map[string]any{"title": h.stepText(m), "goal": dialogue.Words(g.Title), "old": m.Due.Short(), "date": to.Long()})
	}
	h.nextStep(g.ID, answer("next_step").Text)
	if c := answer("went").Choices; ok && len(c) > 0 && c[0].ID == "done" {
		h.reachedInTalk(g)
	}
	return nil
}

// nextStep puts the words of a next small step into the plan, with the day they
// name. Words that are no step stay with the answers alone.
func (h *handling) nextStep(goal, words string) {
	if strings.TrimSpace(words) == "" || noStep(words) != isStep {
		return
	}
	g, m, err := h.p.Plan.NextStep(goal, words, h.dayIn(words), h.local())
	if err != nil {
		return // no goal is worked on; the words stay with the answers
	}
	h.p.LastStep = m.ID
	h.say("step.added", map[string]any{"title": dialogue.Words(clip(m.Title, 200)), "date": m.Due.Long(), "goal": dialogue.Words(clip(g.Title, 120))})
	key := "s:" + m.ID
	h.under = &chat.Ask{ID: key, Choices: []chat.Choice{{Value: key, Label: h.c.text("button.remove_step", h.fields())}}}
}

// dayIn is the day that words name, none where they name none that is to come.
func (h *handling) dayIn(words string) civil.Date {
	span, ok := reading.Deadline(words, reading.DateOptions{Now: h.local(), DayFirst: reading.DateFromLocale(h.p.Locale)})
	if n := len(span.Ambiguous); ok && n > 0 { // "next Saturday": said back, and easy to put right
		span.Latest = span.Ambiguous[n-1].Latest
	}
	if !ok || span.Past || span.Latest.Before(h.today()) {
		return civil.Date{}
	}
	return span.Latest
}

// What words are that were asked for as a step.
type stepWords int

const (
	isStep     stepWords = iota
	noneNamed            // "nothing"
	correction           // of something said before, or a refusal
)

var (
	namesNone = regexp.MustCompile(`(?i)^\W*(nothing|none|no|no step|no idea|not now|later|-)\W*$`)
	// corrects are the ways in which people take back or put right what was said:
	// "sory electric company is in march not april", "delete it, is mistake".
	corrects = regexp.MustCompile(`(?i)^\W*(sor+y|actually|i meant?|(no,? )?(it|that|this)( i)?s wrong|wrong|mistake|(is|was|it is|that was) (a )?mistake|no longer|not (right|true|correct)|forget (it|that)|never ?mind)|\bis (a )?mistake\b|\bin (` + monthNames + `) not (in )?(` + monthNames + `)\b`)
	// removes takes the step back that was named last.
	removes = regexp.MustCompile(`(?i)^\W*(no,? |please |sor+y,? )*(delete|remove|drop|cancel|undo|take (off|away|out))( (it|this|that|(this |that |the )?(last )?(step|milestone)))( (again|please|now))?\b[\s.,!;:-]*((it|that|this)? ?(is|was) )?(a )?(mistake|wrong)?\W*$`)
)

// noStep tells whether words are a step at all.
func noStep(words string) stepWords {
	switch {
	case namesNone.MatchString(words):
		return noneNamed
	case corrects.MatchString(words), removes.MatchString(words):
		return correction
	}
	return isStep
}

// removesStep obeys "remove that step": the one named last, or else the one that
// the check-in or the last reminder is about.
func (h *handling) removesStep(text string) (done bool, err error) {
	if !removes.MatchString(text) {
		return false, nil
	}
	id := h.stepMeant()
	if id == "" || !h.dropStep(id) {
		return false, nil
	}
	return true, h.reask()
}

// stepMeant is the open step that "that step" can only mean, "" for none.
func (h *handling) stepMeant() string {
	meant := []string{h.p.LastStep}
	if top := h.p.Dialogue.Top(); top != nil && top.Flow == checkInFlow {
		meant = append(meant, top.Item.ID)
	}
	for _, o := range h.p.Reminders.Waiting {
		meant = append(meant, o.Milestone)
	}
	for _, id := range meant {
		if _, m, ok := h.p.Plan.Milestone(id); ok && m.Open() && m.Kind != career.Finish {
			return id
		}
	}
	return ""
}

// clickRemove takes a tap on "Remove this step".
func (h *handling) clickRemove(id string) error {
	if !h.dropStep(id) {
		h.say("nudge.gone", nil)
	}
	if err := h.closeScreens("s:"+id, ""); err != nil {
		return err
	}
	return h.flush(nil)
}

// dropStep takes an open step off the plan and says so; false leaves everything
// as it is. The end of a goal is the goal, and is not dropped by a word.
func (h *handling) dropStep(id string) bool {
	g, m, ok := h.p.Plan.Milestone(id)
	if !ok || h.p.Plan.DropMilestone(id, h.local()) != nil {
		return false
	}
	if h.p.LastStep == id {
		h.p.LastStep = ""
	}
	h.say("step.removed", map[string]any{"title": h.stepText(m), "goal": dialogue.Words(clip(g.Title, 120))})
	return true
}

// leaveCheckIn closes check-ins that are still open: about one step, once that is
// done, or all of them ("") before the next begins.
func (h *handling) leaveCheckIn(step string) error {
	d := &h.p.Dialogue
	over := func(fr dialogue.Frame) bool { return fr.Flow == checkInFlow && (step == "" || fr.Item.ID == step) }
	if !slices.ContainsFunc(d.Stack, over) {
		return nil
	}
	top := d.Top()
	if over(*top) {
		d.Asked, d.Revisit = nil, nil
		d.Paused = len(d.Stack) > 1
		if err := h.retire(""); err != nil {
			return err
		}
	}
	var kept []dialogue.Frame
	for _, fr := range d.Stack {
		if !over(fr) {
			kept = append(kept, fr)
			continue
		}
		fr.Closed = h.now.UTC()
		d.Past = append(d.Past, fr)
	}
	d.Stack = kept
	return nil
}

// reasonGiven is what was said behind "not yet" and "partly".
var reasonGiven = regexp.MustCompile(`(?i)^\W*(not yet|not really|not|partly|a bit|half|some|kind of|no)\b[\s,.;:–-]*(because|cause|as|since|but)?\s*(.*)$`)

// withReason answers the question what got in the way with what was just said
// together with "not yet".
func (h *handling) withReason(asked *dialogue.Key, text string, r dialogue.Result) dialogue.Result {
	now := h.p.Dialogue.Asked
	if asked != nil && asked.Step == "check_in.going" && now != nil && now.Key.Step == "check_in.what_now" {
		if m := reasonGiven.FindStringSubmatch(strings.Join(strings.Fields(text), " ")); m != nil && len(strings.Fields(m[3])) > 1 {
			h.note(m[3])
			r.Lines = append([]string{h.c.text("nudge.told_reason", h.fields())}, r.Lines...)
		}
		return r
	}
	if asked == nil || asked.Step != "check_in.went" || now == nil || now.Key.Step != "check_in.obstacle" || now.Pending != nil {
		return r
	}
	m := reasonGiven.FindStringSubmatch(strings.Join(strings.Fields(text), " "))
	if m == nil || len(strings.Fields(m[3])) < 2 {
		return r
	}
	next := h.c.book.Turn(&h.p.Dialogue, h.input(m[3]), h.env())
	next.Said = r.Said
	next.Lines = append(r.Lines, next.Lines...)
	next.Effects = append(r.Effects, next.Effects...)
	next.Changed = append(r.Changed, next.Changed...)
	next.Loose = append(r.Loose, next.Loose...)
	return next
}
