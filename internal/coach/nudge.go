package coach

import (
	"slices"
	"strconv"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reminder"
)

// due handles a moment somebody's reminders were waiting for. What is still
// worth saying is decided afresh and becomes one message.
func (h *handling) due() error {
	if !h.known || h.p.Crisis {
		return nil
	}
	if h.p.Unmet != nil {
		return h.dueUnmet()
	}
	say, drop := reminder.Due(h.p.Plan, h.settings(), h.p.Reminders, h.now)
	say, early := h.near(say)
	say = h.oneQuestion(say)
	h.p.Reminders.Drop(append(drop, early...), h.now)
	if len(say) == 0 {
		return nil
	}
	say = h.lead(say)
	late := h.lateness(say)
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
		if flow := h.opens(o.Kind); flow != "" && say[0].Kind != reminder.LessOften { // one question at a time
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

// lateness says that a message comes later than it should have, "" if it does
// not. Nights, weekends, pauses and a spent budget make none late: the wake entry
// knows of them. The day it names is that of the message, never that of something
// else which was to come before and has been overtaken.
func (h *handling) lateness(say []reminder.Occurrence) string {
	since := h.lateSince
	if since.IsZero() {
		since = h.p.Wake
	}
	if since.IsZero() {
		return ""
	}
	first := say[0].At
	for _, o := range say {
		if !o.At.IsZero() && o.At.Before(first) {
			first = o.At
		}
		if (o.Kind == reminder.AskedDate || h.pickedReview(o)) && o.At.Before(since) {
			since = o.At // the day they picked; the entry may have been renewed since
		}
	}
	if first.After(since) {
		since = first
	}
	if h.now.Sub(since) < lateAfter {
		return ""
	}
	was := civil.Of(since.In(h.p.zone()))
	if was == h.today() {
		return h.c.text("nudge.late_today", h.fields())
	}
	return h.c.text("nudge.late", h.with(map[string]any{"date": was.Long()}))
}

// oneQuestion leaves the question whether to come less often for another time
// where something is about its very day, as long as there is such a time.
func (h *handling) oneQuestion(say []reminder.Occurrence) []reminder.Occurrence {
	if !slices.ContainsFunc(say, func(o reminder.Occurrence) bool {
		r, _ := o.Kind.Rule()
		return r.Prompt && (r.Talks || h.p.Reminders.Unanswered < lastTimeToAsk)
	}) {
		return say
	}
	return slices.DeleteFunc(slices.Clone(say), func(o reminder.Occurrence) bool { return o.Kind == reminder.LessOften })
}

// lastTimeToAsk is after how many messages without an answer the next but one
// would be the last.
const lastTimeToAsk = 3

// lead puts first what the message is about: the question whether to come less
// often, or the most important thing that can be answered.
func (h *handling) lead(say []reminder.Occurrence) []reminder.Occurrence {
	i := slices.IndexFunc(say, func(o reminder.Occurrence) bool { return o.Kind == reminder.LessOften })
	if i < 0 {
		i = slices.IndexFunc(say, func(o reminder.Occurrence) bool { return h.nudgeAsk(o) != nil })
	}
	if i > 0 {
		first := say[i]
		say = slices.Insert(slices.Delete(slices.Clone(say), i, i+1), 0, first)
	}
	return say
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
	about := h.about(flow, first.Review)
	h.lines = append(h.lines, h.occurrence(first))
	var also []reminder.Occurrence
	for _, o := range say {
		if o.Milestone != "" && o.Milestone == about.ID {
			continue // the question is about that
		}
		if h.opens(o.Kind) == "" {
			also = append(also, o)
		}
	}
	if items := h.also(also); len(items) > 0 {
		h.lines = append(h.lines, h.c.text("nudge.also", h.fields())+"\n- "+strings.Join(items, "\n- "))
	}
	h.p.Reminders.Answered(first.Key)
	// The same question of weeks before, which nobody answered, is this one.
	st := &h.p.Dialogue
	for top := st.Top(); top != nil && top.Flow == flow && h.unanswered(*top); top = st.Top() {
		st.Stack, st.Asked, st.Revisit, st.Paused = st.Stack[:len(st.Stack)-1], nil, nil, false
	}
	if flow == "after_review" && !h.preparesOther(first.Review) { // what was to be prepared is over
		h.closeTalks(func(fr dialogue.Frame) bool { return fr.Flow == "prepare" })
	}
	if flow == checkInFlow {
		if err := h.leaveCheckIn(""); err != nil {
			return err
		}
	}
	return h.start(flow, about)
}

// unanswered reports whether nothing was answered in a talk.
func (h *handling) unanswered(fr dialogue.Frame) bool {
	return !slices.ContainsFunc(h.p.Dialogue.Answers, func(a dialogue.Answer) bool { return a.Key.Instance == fr.Instance })
}

// about is what a flow that follows up is about: the review, or the step of the
// week.
func (h *handling) about(flow, review string) dialogue.Picked {
	switch flow {
	case "after_review":
		return dialogue.Picked{ID: review}
	case "check_in":
		if g, m, ok := career.WeekStep(h.p.Plan); ok {
			if m.Due.After(h.today()) {
				label := h.c.text("nudge.step_ahead", h.with(map[string]any{"title": h.milestoneText(g, m), "date": m.Due.Long()}))
				return dialogue.Picked{ID: m.ID, Label: label, Kind: "ahead"}
			}
			return dialogue.Picked{ID: m.ID, Label: h.milestoneText(g, m), Kind: "step"}
		}
	}
	return dialogue.Picked{}
}

// nudge is one message for everything that is due. It is about the first, which is
// what can be tapped; the others are a line each.
func (h *handling) nudge(say []reminder.Occurrence) chat.Message {
	first := say[0]
	m := chat.Message{Blocks: dialogue.Blocks(h.occurrence(first))}
	if g, ok := h.p.Plan.Goal(first.Goal); ok && g.IfThen != "" {
		m.Blocks = append(m.Blocks, dialogue.Blocks(h.c.text("nudge.if_then", h.with(map[string]any{"words": dialogue.Words(g.IfThen)})))...)
	}
	m.Blocks = append(m.Blocks, h.progress(first)...)
	if items := h.also(say[1:]); len(items) > 0 {
		list := chat.Block{Kind: chat.Bullets}
		for _, it := range items {
			list.Items = append(list.Items, dialogue.Spans(it))
		}
		m.Blocks = append(m.Blocks, chat.Para(dialogue.Spans(h.c.text("nudge.also", h.fields()))...), list)
	}
	m.Ask = h.nudgeAsk(first)
	m.Footer = h.nudgeFooter(say)
	return m
}

// maxAlso is how many other things a message names.
const maxAlso = 3

// also is a line for each of the other things that come with a message, and one
// that says where the rest is.
func (h *handling) also(others []reminder.Occurrence) []string {
	var out []string
	for _, o := range others[:min(len(others), maxAlso)] {
		line := h.occurrence(o)
		switch o.Kind {
		case reminder.CheckIn:
			line = h.c.text("nudge.also_check_in", h.fields())
		case reminder.ReviewAhead:
			line = h.c.text("nudge.also_review", h.with(map[string]any{"date": o.Due.Long()}))
		}
		if g, m, ok := h.p.Plan.Milestone(o.Milestone); ok && o.Kind != reminder.Eligible {
			key := "nudge.also_one"
			if m.Due.Before(h.today()) {
				key = "nudge.also_past"
			}
			line = h.c.text(key, h.with(map[string]any{"title": h.stepText(m), "goal": dialogue.Words(clip(g.Title, 120)), "date": m.Due.Long()}))
		}
		out = append(out, strings.ReplaceAll(line, "\n", " "))
	}
	if n := len(others) - maxAlso; n > 0 {
		out = append(out, h.c.text("nudge.also_more", h.with(map[string]any{"n": strconv.Itoa(n)})))
	}
	return out
}

// progress says how far the goal of a milestone is, once there is something to
// say.
func (h *handling) progress(o reminder.Occurrence) []chat.Block {
	g, ok := h.p.Plan.Goal(o.Goal)
	done, of := career.Progress(g)
	if !ok || done == 0 {
		return nil
	}
	return dialogue.Blocks(h.c.text("goals.progress", h.with(map[string]any{"done": strconv.Itoa(done), "of": strconv.Itoa(of)})))
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
	if h.pickedReview(say[0]) && (h.p.Plan.Content || h.p.Plan.Confirmed.IsZero()) || f["kind"] == "" && r.Kind == reminder.AskedDate || r.Asked && (h.p.Plan.Content || h.p.Plan.Confirmed.IsZero()) {
		footer = "nudge.footer_asked"
	}
	return dialogue.Spans(h.c.text(footer, h.with(f)))
}

// nudgeAsk is what can be tapped under a nudge: what can be done about it, and
// set apart when to come back to it. The values carry the key of the occurrence,
// so that they can be understood long afterwards.
func (h *handling) nudgeAsk(o reminder.Occurrence) *chat.Ask {
	choices := func(verbs ...string) (out []chat.Choice) {
		for _, v := range verbs {
			out = append(out, chat.Choice{Value: "n:" + v + ":" + o.Key, Label: h.c.text("button."+v, h.fields())})
		}
		return out
	}
	settings := chat.Choice{Value: "form:settings", Label: h.c.text("button.settings", h.fields())}
	a := &chat.Ask{ID: "n:" + o.Key, Extra: append(choices("another_day"), settings)}
	switch {
	case o.Milestone != "" && o.Kind != reminder.Eligible:
		a.Choices = choices("done", "not_yet", "new_date", "smaller")
		a.Choices[0].Primary = true
	case o.Kind == reminder.StaleGoal:
		a.Choices = choices("smaller")
	case o.Kind == reminder.ReviewAhead:
		if a.Choices = choices("prepare"); h.prepared() {
			a.Choices = choices("open_prepared")
		}
	case o.Kind == reminder.AskedDate && o.Topic != askAgain:
		if t, ok := h.todoByID(o.Topic); !ok || !t.Open() {
			return nil
		}
		a.Choices = choices("done", "not_yet", "new_date")
	case o.Kind == reminder.LessOften:
		a.Choices, a.Extra = choices("less", "keep"), []chat.Choice{settings}
	case o.Kind == reminder.BackupTrigger, o.Kind == reminder.Eligible:
		return a
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
		} else if o.Topic == hoursTopic {
			key, f["words"] = "nudge.hours", dialogue.Words(clip(h.p.Plan.Week.Note, 200))
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
		key = h.reviewAhead(o)
	case reminder.BackupTrigger:
		for _, r := range h.p.Plan.Backup.Risks {
			if reminder.RiskID(r) == o.Topic {
				f["risk"], f["then"] = h.riskText(r), dialogue.Words(r.Then)
			}
		}
	}
	return h.c.text(key, h.with(f))
}

// reviewAhead is the text about a review that is near: other words for a talk
// that is no review, for somebody whose work suits them, and once it is prepared.
func (h *handling) reviewAhead(o reminder.Occurrence) string {
	i := slices.IndexFunc(h.p.Plan.Reviews, func(r career.Review) bool { return r.ID == o.Review })
	switch {
	case i < 0:
		return "nudge.review_ahead"
	case h.prepared():
		return "nudge.review_ready"
	case h.p.Plan.Content:
		return "nudge.review_content"
	case !h.p.Plan.Reviews[i].Formal:
		return "nudge.talk_ahead"
	}
	return "nudge.review_ahead"
}

// when says how far ahead a date is: in working days where the person works
// Monday to Friday, and else in days, which are true for everybody.
func (h *handling) when(o reminder.Occurrence) string {
	if o.Kind != reminder.MilestoneAhead {
		return h.days("nudge.", o.Due)
	}
	if _, _, _, days := h.settings().Hours(); days != reminder.DefaultDays {
		return h.days("nudge.ahead_", o.Due)
	}
	if n := h.settings().WorkingDays(h.today(), o.Due); n > 1 {
		return h.c.text("nudge.working_days", h.with(map[string]any{"n": strconv.Itoa(n)}))
	}
	return h.c.text("nudge.one_day", h.fields())
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
