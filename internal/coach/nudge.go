package coach

import (
	"slices"
	"strconv"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
	"waymark/internal/reminder"
)

// due handles a moment somebody's reminders were waiting for. What is still
// worth saying is decided afresh and becomes one message.
func (h *handling) due() error {
	if !h.known || h.p.Crisis {
		return nil
	}
	say, drop := reminder.Due(h.p.Plan, h.settings(), h.p.Reminders, h.now)
	h.p.Reminders.Drop(drop, h.now)
	say = h.oneTalk(say)
	if len(say) == 0 {
		return nil
	}
	late := h.lateness()
	h.p.Reminders.Say(say, h.now)
	h.nudging = &nudging{keys: keys(say), footer: h.nudgeFooter(say)}
	defer func() { h.nudging = nil }()
	for _, o := range say {
		h.nudging.milestone = h.nudging.milestone || o.Milestone != ""
		if h.nudging.until.Before(o.Until) {
			h.nudging.until = o.Until
		}
	}
	if late != "" {
		h.lines = append(h.lines, late)
	}
	for _, o := range say {
		if flow := h.opens(o.Kind); flow != "" {
			h.nudging.footer = h.nudgeFooter([]reminder.Occurrence{o})
			return h.openWith(say, o, flow)
		}
	}
	for _, o := range say {
		if err := h.closeMilestone(o.Milestone, ""); err != nil {
			return err
		}
	}
	m := h.nudge(say)
	if late != "" {
		m.Blocks = append(dialogue.Blocks(late), m.Blocks...)
		h.lines = nil
	}
	return h.post(m, false, keys(say))
}

// oneTalk leaves, of what would open a talk, the most important; the rest stays
// due until that talk is over. The question whether to come less often waits for
// a message without a question of its own.
func (h *handling) oneTalk(say []reminder.Occurrence) []reminder.Occurrence {
	talk := slices.IndexFunc(say, func(o reminder.Occurrence) bool { return h.opens(o.Kind) != "" })
	if talk < 0 {
		return say
	}
	first := say[talk].Key
	return slices.DeleteFunc(say, func(o reminder.Occurrence) bool {
		return o.Key != first && (h.opens(o.Kind) != "" || o.Kind == reminder.LessOften)
	})
}

// lateness says that a reminder comes later than it should have, "" if it does not.
// Nights, weekends and pauses make none late: the wake entry knows of them.
func (h *handling) lateness() string {
	since := h.lateSince
	if since.IsZero() {
		since = h.p.Wake
	}
	if since.IsZero() || h.now.Sub(since) < lateAfter {
		return ""
	}
	was := civil.Of(since.In(h.p.zone()))
	if was == h.today() {
		return h.c.text("nudge.late_today", h.fields())
	}
	return h.c.text("nudge.late", h.with(map[string]any{"date": was.Long()}))
}

func keys(occ []reminder.Occurrence) []string {
	out := make([]string, len(occ))
	for i, o := range occ {
		out[i] = o.Key
	}
	return out
}

// openWith says everything that is due and asks the first question of a flow
// in the same message.
func (h *handling) openWith(say []reminder.Occurrence, first reminder.Occurrence, flow string) error {
	for _, o := range say {
		if h.opens(o.Kind) == "" || o.Key == first.Key {
			h.lines = append(h.lines, h.occurrence(o))
		}
	}
	h.p.Reminders.Answered(first.Key)
	return h.start(flow, h.about(flow, first.Review))
}

// about is what a flow that follows up is about: the review, or the step of the
// week.
func (h *handling) about(flow, review string) dialogue.Picked {
	switch flow {
	case "after_review":
		return dialogue.Picked{ID: review}
	case "check_in":
		if g, m, ok := career.WeekStep(h.p.Plan, h.today()); ok {
			return dialogue.Picked{ID: m.ID, Label: h.milestoneText(g, m)}
		}
	}
	return dialogue.Picked{}
}

// nudge is one message for everything that is due. It leads with the most
// important thing that can be answered, which is what can be tapped.
func (h *handling) nudge(say []reminder.Occurrence) chat.Message {
	if i := slices.IndexFunc(say, func(o reminder.Occurrence) bool { return h.nudgeAsk(o) != nil }); i > 0 {
		lead := say[i]
		say = slices.Insert(slices.Delete(slices.Clone(say), i, i+1), 0, lead)
	}
	first := say[0]
	m := chat.Message{Blocks: dialogue.Blocks(h.occurrence(first))}
	if g, ok := h.p.Plan.Goal(first.Goal); ok && g.IfThen != "" {
		m.Blocks = append(m.Blocks, dialogue.Blocks(h.c.text("nudge.if_then", h.with(map[string]any{"words": dialogue.Words(g.IfThen)})))...)
	}
	if len(say) > 1 {
		list := chat.Block{Kind: chat.Bullets}
		for _, o := range say[1:] {
			list.Items = append(list.Items, dialogue.Spans(strings.ReplaceAll(h.occurrence(o), "\n", " ")))
		}
		m.Blocks = append(m.Blocks, chat.Para(dialogue.Spans(h.c.text("nudge.also", h.fields()))...), list)
	}
	m.Ask = h.nudgeAsk(first)
	for _, o := range say[1:] {
		if o.Kind == reminder.LessOften && m.Ask != nil {
			m.Ask.Extra = h.nudgeAsk(o).Choices
		} else if o.Kind == reminder.LessOften {
			m.Ask = h.nudgeAsk(o)
		}
	}
	m.Footer = h.nudgeFooter(say)
	return m
}

// nudgeFooter says why a reminder comes and how to turn its kind off.
func (h *handling) nudgeFooter(say []reminder.Occurrence) []chat.Span {
	footer, f := "nudge.footer", map[string]any{"kind": ""}
	for _, o := range say {
		if r, ok := o.Kind.Rule(); ok && !r.Fixed {
			f["kind"] = h.c.text("kind."+string(o.Kind), h.fields())
			break
		}
	}
	r, _ := say[0].Kind.Rule()
	if f["kind"] == "" && r.Kind == reminder.AskedDate || r.Asked && (h.p.Plan.Content || h.p.Plan.Confirmed.IsZero()) {
		footer = "nudge.footer_asked"
	}
	return dialogue.Spans(h.c.text(footer, h.with(f)))
}

// nudgeAsk is what can be tapped under a nudge; the values carry the key of
// the occurrence, so that they can be understood long afterwards.
func (h *handling) nudgeAsk(o reminder.Occurrence) *chat.Ask {
	choice := func(verb, label string) chat.Choice {
		return chat.Choice{Value: "n:" + verb + ":" + o.Key, Label: h.c.text("button."+label, h.fields())}
	}
	a := &chat.Ask{ID: "n:" + o.Key}
	switch {
	case o.Milestone != "" && o.Kind != reminder.Eligible:
		a.Choices = []chat.Choice{choice("done", "done"), choice("not_yet", "not_yet"), choice("new_date", "new_date")}
		a.Choices[0].Primary = true
	case o.Kind == reminder.AskedDate && o.Topic != askAgain:
		if t, ok := h.todoByID(o.Topic); !ok || !t.Open() {
			return nil
		}
		a.Choices = []chat.Choice{choice("done", "done"), choice("not_yet", "not_yet"), choice("new_date", "new_date")}
	case o.Kind == reminder.LessOften:
		a.Choices = []chat.Choice{choice("less", "less"), choice("keep", "keep")}
	default:
		return nil
	}
	return a
}

// occurrence is one reason to write, in words.
func (h *handling) occurrence(o reminder.Occurrence) string {
	f := map[string]any{"date": o.Due.Long(), "when": h.when(o), "today": ""}
	if o.Due == h.today() {
		f["today"] = o.Due.Long()
	}
	key := "nudge." + string(o.Kind)
	if g, ok := h.p.Plan.Goal(o.Goal); ok {
		f["goal"] = dialogue.Words(g.Title)
		f["title"] = dialogue.Words(g.Title)
	}
	if g, m, ok := h.p.Plan.Milestone(o.Milestone); ok {
		f["title"], f["goal"] = h.stepText(m), dialogue.Words(g.Title)
	}
	switch o.Kind {
	case reminder.AskedDate:
		if t, ok := h.todoByID(o.Topic); ok {
			key, f["title"] = "nudge.todo", dialogue.Words(t.Text)
		}
	case reminder.NextStep:
		_, m, _ := h.p.Plan.Milestone(o.Milestone)
		f["date"] = m.Due.Long()
	case reminder.FreshStart:
		if o.Review != "" {
			key += "_review"
		} else if o.Topic != "" {
			key += "_pause"
		}
	case reminder.Eligible:
		if o.Milestone == "" {
			key, f["plan_target"] = "nudge.eligible_plan", dialogue.Words(h.p.Plan.Target)
		}
	case reminder.ReviewAhead:
		for _, r := range h.p.Plan.Reviews {
			if r.ID == o.Review && !r.Formal {
				key = "nudge.talk_ahead"
			}
		}
	case reminder.BackupTrigger:
		for _, r := range h.p.Plan.Backup.Risks {
			if reminder.RiskID(r) == o.Topic {
				f["risk"], f["then"] = h.riskText(r), dialogue.Words(r.Then)
			}
		}
	}
	return h.c.text(key, h.with(f))
}

// when says how far ahead a date is.
func (h *handling) when(o reminder.Occurrence) string {
	if o.Kind == reminder.MilestoneAhead {
		if n := max(o.Offset, -o.Offset); n > 1 {
			return h.c.text("nudge.working_days", h.with(map[string]any{"n": strconv.Itoa(n)}))
		}
		return h.c.text("nudge.one_day", h.fields())
	}
	return h.days("nudge.", o.Due)
}

// days says how far a date is from today.
func (h *handling) days(prefix string, d civil.Date) string {
	switch n := h.today().DaysUntil(d); {
	case n <= 0:
		return h.c.text(prefix+"today", h.fields())
	case n == 1:
		return h.c.text(prefix+"tomorrow", h.fields())
	default:
		return h.c.text(prefix+"in_days", h.with(map[string]any{"n": strconv.Itoa(n)}))
	}
}

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
	note := h.c.text("say.answered", h.with(map[string]any{"words": label}))
	if err := h.closeScreens(o.Key, note); err != nil {
		return err
	}
	if err := h.closeMilestone(o.Milestone, note); err != nil {
		return err
	}
	if o.Kind == reminder.AskedDate {
		return h.answerTodo(verb, o.Topic)
	}
	switch verb {
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
	case "keep":
		h.say("nudge.less_no", nil)
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
	h.say("nudge.done", map[string]any{"title": h.stepText(m)})
	if reached.Goal != "" {
		h.say("nudge.done_goal", map[string]any{"goal": dialogue.Words(g.Title)})
	}
	h.gapsClosed(reached.Gaps)
	if reached.Goal != "" {
		if err := h.goalReached(g.ID); err != nil {
			return err
		}
	}
	if next, ok := h.nextOf(g.ID); ok {
		h.say("nudge.done_next", map[string]any{"title": h.stepText(next), "date": next.Due.Long()})
	}
	return h.flush(nil)
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
	h.say("nudge.not_yet", map[string]any{"title": h.milestoneText(g, m), "date": m.Due.Long()})
	return h.flush(nil)
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
	return false, nil
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
	for _, c := range ask.Choices {
		verb, _, _ := strings.Cut(strings.TrimPrefix(c.Value, "n:"), ":")
		opts = append(opts, reading.Option{ID: verb, Label: c.Label, Also: nudgeWords[verb]})
	}
	verb, ok := reading.Choose(text, opts)
	if !ok {
		return false, nil
	}
	h.p.Reminders.Answered(o.Key)
	return true, h.answerNudge(verb, o)
}

// nudgeWords are other ways to type what a nudge offers.
var nudgeWords = map[string][]string{
	"done":     {"did it", "finished", "yes", "i did it", "it is done", "it's done"},
	"not_yet":  {"no", "not done", "still open"},
	"new_date": {"new date", "another date", "move it", "later", "postpone"},
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
