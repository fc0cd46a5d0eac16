package coach

import (
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
	"waymark/internal/reminder"
)

// clickNudge takes a tap under a nudge: "<verb>:<key of the occurrence>".
func (h *handling) clickNudge(rest string) error {
	verb, key, _ := strings.Cut(rest, ":")
	o, ok := reminder.ParseKey(key)
	if !ok || !h.waits(key) {
		return h.stale()
	}
	h.p.Reminders.Answered(key)
	return h.answerNudge(verb, o)
}

// waits reports whether a message about this occurrence can still be tapped.
func (h *handling) waits(key string) bool {
	return slices.ContainsFunc(h.p.Screens, func(s Screen) bool { return slices.Contains(s.Keys, key) })
}

// closeMilestone takes the buttons off earlier messages about a milestone.
func (h *handling) closeMilestone(id, note string) error {
	if id == "" {
		return nil
	}
	var open []string
	for _, s := range h.p.Screens {
		for _, k := range s.Keys {
			if o, ok := reminder.ParseKey(k); ok && o.Milestone == id {
				open = append(open, k)
			}
		}
	}
	for _, k := range open {
		if err := h.closeScreens(k, note); err != nil {
			return err
		}
	}
	return nil
}

func (h *handling) answerNudge(verb string, o reminder.Occurrence) error {
	label := h.c.text("button."+verb, h.fields())
	if verb == "done" && len(h.together(o.Key)) > 0 {
		label = h.doneLabel(o)
	}
	note := h.c.text("say.answered", h.with(map[string]any{"words": label}))
	if err := h.closeScreens(o.Key, note); err != nil {
		return err
	}
	if err := h.closeMilestone(o.Milestone, note); err != nil {
		return err
	}
	switch verb {
	case "tomorrow":
		return h.snooze(o, h.today().AddDays(1))
	case "next_week":
		return h.snooze(o, h.today().AddDays(7))
	case "another_day":
		return h.start("snooze", dialogue.Picked{ID: o.Key, Label: h.nudgeAbout(o)})
	}
	if o.Kind == reminder.AskedDate {
		return h.answerTodo(verb, o.Topic)
	}
	switch verb {
	case "smaller":
		if item, ok := h.stepItem(o); ok {
			return h.start("smaller", item)
		}
		h.say("nudge.gone", nil)
		return h.flush(nil)
	case "prepare":
		return h.start("prepare", dialogue.Picked{})
	case "open_prepared":
		return reviewOrder(h, "")
	case "done":
		return h.milestoneDone(o.Milestone)
	case "not_yet":
		return h.milestoneNotYet(o.Milestone)
	case "new_date":
		g, m, ok := h.p.Plan.Milestone(o.Milestone)
		if !ok || !m.Open() {
			h.say("nudge.gone", nil)
			return h.flush(nil)
		}
		return h.start("new_date", dialogue.Picked{ID: m.ID, Label: h.milestoneText(g, m)})
	case "less":
		h.p.Settings.Cadence = slower(h.p.Settings.Cadence)
		h.p.Settings.Budget = 1
		h.say("nudge.less_yes", nil)
		return h.reask() // it may have stood below the question of a talk
	case "keep":
		h.say("nudge.less_no", nil)
		return h.reask()
	}
	return h.flush(nil)
}

func (h *handling) milestoneDone(id string) error {
	g, m, ok := h.p.Plan.Milestone(id)
	if !ok || !m.Open() {
		h.say("nudge.gone", nil)
		return h.flush(nil)
	}
	reached, err := h.p.Plan.MilestoneDone(id, h.today(), h.local())
	if err != nil {
		h.say("nudge.gone", nil)
		return h.flush(nil)
	}
	if !h.inTalk {
		if err := h.leaveCheckIn(id); err != nil {
			return err
		}
	}
	h.say("nudge.done", map[string]any{"title": h.stepText(m)})
	if reached.Goal != "" {
		h.say("nudge.done_goal", map[string]any{"goal": dialogue.Words(g.Title)})
	}
	if reached.Goal != "" {
		if err := h.goalReached(g.ID); err != nil {
			return err
		}
	}
	if len(h.p.Offered) > 0 {
		h.gapsClosed(reached.Gaps) // no talk about the goal follows
	} else {
		h.gapsStayOpen(reached.Gaps)
	}
	if next, ok := h.nextOf(g.ID); ok {
		key := "nudge.done_next"
		if next.Due.Before(h.today()) {
			key = "nudge.done_still"
		}
		h.say(key, map[string]any{"title": h.stepText(next), "date": next.Due.Long()})
	}
	if reached.Goal == "" {
		return h.flush(nil)
	}
	return h.celebrate(g)
}

// gapsStayOpen leaves gaps open that a goal has brought to their end: whether they are
// closed is asked in the talk about the goal.
func (h *handling) gapsStayOpen(ids []string) {
	for i := range h.p.Plan.Gaps {
		if g := &h.p.Plan.Gaps[i]; slices.Contains(ids, g.ID) {
			g.Closed = civil.Date{}
		}
	}
}

// reachedGaps are the open gaps that a reached goal may have closed.
func (h *handling) reachedGaps(goal string) []dialogue.Picked {
	g, ok := h.p.Plan.Goal(goal)
	if !ok || g.Status != career.Achieved {
		return nil
	}
	var out []dialogue.Picked
	for _, gap := range h.p.Plan.Gaps {
		if gap.Closed.IsZero() && career.MayClose(h.p.Plan, g, gap) {
			out = append(out, dialogue.Picked{ID: gap.ID, Label: h.planGapText(gap)})
		}
	}
	return out
}

// closeGaps ticks off the gaps that the person says are closed.
func (h *handling) closeGaps(e dialogue.Effect) {
	var ids []string
	for _, c := range e.View.Items["reached_gaps"][e.Frame.Item.ID].Answer.Value.Choices {
		ids = append(ids, c.ID)
	}
	for i := range h.p.Plan.Gaps {
		if g := &h.p.Plan.Gaps[i]; slices.Contains(ids, g.ID) && g.Closed.IsZero() {
			g.Closed = h.today()
		}
	}
	h.gapsClosed(ids)
}

// celebrate asks, once a goal is reached, what helped, and offers to keep it as a
// win. A check-in that goes on does it at its end; see reachedInTalk. What the
// goal's end makes possible is a question of its own, and comes instead.
func (h *handling) celebrate(g career.Goal) error {
	if h.whispers || h.inPlace || h.inTalk || len(h.p.Offered) > 0 {
		if err := h.flush(nil); err != nil || len(h.p.Offered) > 0 {
			return err
		}
	}
	if h.inTalk {
		return nil
	}
	if err := h.start("reached", reachedItem(g)); err != nil || !h.whispers {
		return err
	}
	return h.tellText("home.said_dm")
}

func reachedItem(g career.Goal) dialogue.Picked {
	return dialogue.Picked{ID: g.ID, Label: dialogue.Words(clip(g.Title, 200))}
}

// reachedInTalk celebrates at the end of a check-in, which has asked what helped,
// the goal that was reached by it.
func (h *handling) reachedInTalk(g career.Goal) {
	st := &h.p.Dialogue
	again := slices.ContainsFunc(slices.Concat(st.Stack, st.Past), func(fr dialogue.Frame) bool { return fr.Flow == "reached" && fr.Item.ID == g.ID })
	if g.Status != career.Achieved || again || len(h.p.Offered) > 0 {
		return
	}
	h.reached = reachedItem(g)
	h.reached.Kind = "helped"
}

// goalReached says what a reached goal makes possible: the goals that waited for
// it, and where the years of experience count from the role that has begun.
func (h *handling) goalReached(id string) error {
	for _, g := range career.Ready(h.p.Plan) {
		if _, err := h.p.Plan.MoveGoal(g.ID, career.Active, h.local()); err == nil {
			h.say("nudge.next_goal", map[string]any{"goal": dialogue.Words(g.Title)})
		}
	}
	d, ok := career.RoleStarted(h.p.Plan, id, h.today())
	if !ok {
		return nil
	}
	h.p.Offered = []career.Difference{d}
	if err := h.flush(nil); err != nil {
		return err
	}
	return h.offerDifferences()
}

func (h *handling) nextOf(goal string) (career.Milestone, bool) {
	g, ok := h.p.Plan.Goal(goal)
	if !ok || g.Status != career.Active {
		return career.Milestone{}, false
	}
	return g.Next(h.today())
}

func (h *handling) milestoneNotYet(id string) error {
	g, m, ok := h.p.Plan.Milestone(id)
	if !ok || h.p.Plan.MilestoneNotYet(id, h.local()) != nil {
		h.say("nudge.gone", nil)
		return h.flush(nil)
	}
	if m.Due.Before(h.today()) { // it has slipped: a new date, and what moves with it, is shown
		h.say("nudge.slipped", nil)
		return h.start("new_date", dialogue.Picked{ID: m.ID, Label: h.milestoneText(g, m)})
	}
	h.say("nudge.not_yet", map[string]any{"title": h.milestoneText(g, m), "date": m.Due.Long()})
	return h.flush(nil)
}

// snooze puts a reminder off to a day; it comes once more then, if there still is
// a reason. Something on the list gets that day instead.
func (h *handling) snooze(o reminder.Occurrence, until civil.Date) error {
	h.putOff(o, until)
	return h.flush(nil)
}

func (h *handling) putOff(o reminder.Occurrence, until civil.Date) {
	if !until.After(h.today()) {
		h.say("nudge.no_date", nil)
		return
	}
	if o.Kind == reminder.AskedDate {
		h.p.Reminders.AskOn(o.Topic, until)
	} else {
		h.p.Reminders.Snooze(o.Key, until)
	}
	h.say("nudge.snoozed", map[string]any{"date": until.Long()})
}

// keepSnooze is the end of the talk that asks for a day.
func (h *handling) keepSnooze(e dialogue.Effect) {
	id := e.Frame.Item.ID
	o, ok := reminder.ParseKey(id)
	if !ok {
		return
	}
	until := e.View.Items["snooze_date"][id].Answer.Value.Date
	if c := e.View.Items["snooze_when"][id].Answer.Value.Choices; len(c) > 0 {
		switch c[0].ID {
		case "tomorrow":
			until = h.today().AddDays(1)
		case "week":
			until = h.today().AddDays(7)
		}
	}
	h.putOff(o, until)
}

// stepItem is the open milestone, or the goal, for which a smaller step is wanted.
func (h *handling) stepItem(o reminder.Occurrence) (dialogue.Picked, bool) {
	if g, m, ok := h.p.Plan.Milestone(o.Milestone); ok {
		return dialogue.Picked{ID: m.ID, Label: h.milestoneText(g, m)}, m.Open() && g.Status == career.Active
	}
	g, ok := h.p.Plan.Goal(o.Goal)
	return dialogue.Picked{ID: g.ID, Label: dialogue.Words(clip(g.Title, 200))}, ok && g.Status == career.Active
}

// nudgeAbout is what a reminder is about, in a few words.
func (h *handling) nudgeAbout(o reminder.Occurrence) string {
	if item, ok := h.stepItem(o); ok {
		return item.Label
	}
	if t, ok := h.todoByID(o.Topic); ok {
		return dialogue.Words(t.Text)
	}
	return h.c.text("button.this", h.fields())
}

// keepSmaller puts the smaller step into the plan.
func (h *handling) keepSmaller(e dialogue.Effect) {
	words := e.View.Items["smaller_step"][e.Frame.Item.ID].Answer.Value.Text
	m, err := h.p.Plan.SmallerStep(e.Frame.Item.ID, words, h.today(), h.local())
	if err != nil {
		h.say("nudge.no_smaller", nil) // nothing was named, or the goal has ended meanwhile
		return
	}
	h.say("nudge.smaller", map[string]any{"title": dialogue.Words(m.Title), "date": m.Due.Long()})
}

// keepReached makes a reached goal a win, if that is wanted. What helped stays
// with the answers.
func (h *handling) keepReached(e dialogue.Effect) {
	id := e.Frame.Item.ID
	g, ok := h.p.Plan.Goal(id)
	if c := e.View.Items["reached_win"][id].Answer.Value.Choices; !ok || len(c) == 0 || c[0].ID != "yes" {
		return
	}
	h.p.Plan.AddWin(career.Win{On: h.today(), Text: g.Title, Kind: "accomplishment", Goal: id, Result: g.Measure})
	h.say("nudge.kept_win", map[string]any{"goal": dialogue.Words(clip(g.Title, 300))})
}

// moveMilestone gives a milestone, or something on the list, the date that was
// asked for.
func (h *handling) moveMilestone(id string, v dialogue.View) error {
	if h.moveTodo(id, v.Items["milestone_date"][id].Answer.Value.Date) {
		return nil
	}
	g, m, ok := h.p.Plan.Milestone(id)
	to := v.Items["milestone_date"][id].Answer.Value.Date
	if !ok || to.IsZero() || h.moveDates(id, to, v) != nil {
		h.say("nudge.gone", nil)
		return nil
	}
	h.say("nudge.moved", map[string]any{"title": h.stepText(m), "goal": dialogue.Words(g.Title), "old": m.Due.Short(), "date": to.Long()})
	return nil
}

// moveDates moves one milestone, and what comes after it if the person said so.
func (h *handling) moveDates(id string, to civil.Date, v dialogue.View) error {
	if c := v.Items["reflow"][id].Answer.Value.Choices; len(c) > 0 && c[0].ID == "all" {
		return h.p.Plan.ApplyShifts(career.Reflow(h.p.Plan, id, to), h.local())
	}
	return h.p.Plan.MoveMilestone(id, to, h.local())
}

// answersNudge takes a text as the answer to the last nudge, where no question
// is open that it could belong to: "done", "not yet", "change date".
func (h *handling) answersNudge(text string) (bool, error) {
	if h.p.Dialogue.Asked != nil && !h.p.Dialogue.Paused {
		return false, nil
	}
	var said []string // newest first
	for i := len(h.p.Screens) - 1; i >= 0; i-- {
		said = append(said, h.p.Screens[i].Keys...)
	}
	said = append(said, keys(h.p.Reminders.Waiting)...)
	for _, k := range said {
		if done, err := h.answersOne(text, k); done || err != nil {
			return done, err
		}
	}
	return h.answersOverdue(text)
}

// answersOne takes a text as the answer to one occurrence.
func (h *handling) answersOne(text, key string) (bool, error) {
	o, ok := reminder.ParseKey(key)
	if !ok {
		return false, nil
	}
	ask := h.nudgeAsk(o)
	if ask == nil {
		return false, nil
	}
	var opts []reading.Option
	for _, c := range slices.Concat(ask.Choices, ask.Extra) {
		if !strings.HasPrefix(c.Value, "n:") {
			continue
		}
		verb, _, _ := strings.Cut(strings.TrimPrefix(c.Value, "n:"), ":")
		opts = append(opts, reading.Option{ID: verb, Label: c.Label, Also: nudgeWords[verb]})
	}
	if len(ask.Extra) > 0 && o.Kind != reminder.LessOften { // what "Later" asks for can be typed at once
		for _, verb := range []string{"tomorrow", "next_week"} {
			opts = append(opts, reading.Option{ID: verb, Label: h.c.text("button."+verb, h.fields()), Also: nudgeWords[verb]})
		}
	}
	verb, ok := reading.Choose(text, opts)
	if !ok {
		return false, nil
	}
	if all := h.together(o.Key); verb == "done" && len(all) > 0 {
		var meant []step
		for _, o := range all {
			g, m, _ := h.p.Plan.Milestone(o.Milestone)
			meant = append(meant, step{g, m})
		}
		return true, h.offerSteps("order.which_step", nil, meant)
	}
	h.p.Reminders.Answered(o.Key)
	return true, h.answerNudge(verb, o)
}

// nudgeWords are other ways to type what a nudge offers.
var nudgeWords = map[string][]string{
	"done":        {"did it", "finished", "yes", "i did it", "it is done", "it's done"},
	"not_yet":     {"no", "not done", "still open"},
	"smaller":     {"make it smaller", "a smaller step", "too big"},
	"tomorrow":    {"remind me tomorrow", "ask me tomorrow"},
	"next_week":   {"next week", "remind me next week", "ask me next week"},
	"another_day": {"snooze"},
	"new_date":    {"new date", "another date", "move it", "later", "postpone"},
}

// slower is the next rarer cadence: weekly, every two weeks, monthly, none.
func slower(c reminder.Cadence) reminder.Cadence {
	steps := []string{"weekly", "two_weeks", "monthly", "none"}
	for i, name := range steps[:len(steps)-1] {
		have, err := reminder.ParseCadence(name)
		if err != nil || have.Every != c.Every || have.Unit != c.Unit {
			continue
		}
		next, err := reminder.ParseCadence(steps[i+1])
		if err != nil || next.IsZero() {
			return reminder.Cadence{}
		}
		next.Weekday, next.Hour, next.Start = c.Weekday, c.Hour, c.Start
		return next
	}
	return reminder.Cadence{}
}
