package coach

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// numberedGoals are the goals as they are counted wherever a number stands for
// one: in the order of the plan, without those that were let go.
func numberedGoals(p career.Plan) []career.Goal {
	return slices.DeleteFunc(slices.Clone(p.Goals), func(g career.Goal) bool { return g.Status == career.Dropped })
}

// goalNumber reads "2", "#2" and "goal 2"; 0 for anything else.
func goalNumber(s string) int {
	s = strings.TrimPrefix(strings.TrimSpace(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "goal")), "#")
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// goalAt is the n-th goal, counted from 1.
func (h *handling) goalAt(n int) (career.Goal, bool) {
	all := numberedGoals(h.currentPlan())
	if n < 1 || n > len(all) {
		return career.Goal{}, false
	}
	return all[n-1], true
}

// goalsOrder is the status at a glance, or one goal in full.
func goalsOrder(h *handling, arg string) error {
	switch n := goalNumber(arg); {
	case arg == "", strings.EqualFold(arg, "status"):
		return h.tell(h.goalsCard())
	case n > 0:
		g, ok := h.goalAt(n)
		if !ok {
			return h.noSuchGoal(n)
		}
		return h.tell(h.goalCard(g))
	case strings.EqualFold(arg, "help"):
		return h.tellText("order.help")
	}
	return h.unknown("goals " + arg)
}

func (h *handling) noSuchGoal(n int) error {
	c := &card{h: h}
	c.line("order.no_goal", map[string]any{"n": itoa(n)})
	return h.tell(append(c.blocks, h.goalsCard()...))
}

// goalCard is one goal in full, with the forms to change it.
func (h *handling) goalCard(g career.Goal) []chat.Block {
	c := &card{h: h}
	c.status(g, 0)
	c.lines(
		h.if_("plan.measure", "words", dialogue.Words(clip(g.Measure, 300))),
		h.if_("plan.if_then", "words", dialogue.Words(clip(g.IfThen, 300))),
	)
	c.steps(g)
	if _, ok := h.p.Plan.Goal(g.ID); ok {
		c.blocks = append(c.blocks, chat.Block{Kind: chat.Buttons, ID: "form", Choices: []chat.Choice{
			{Value: "form:goal:" + g.ID, Label: h.plain("form.goal.edit", nil)},
			{Value: "form:milestones:" + g.ID, Label: h.plain("form.goal.milestones", nil)},
		}})
	}
	return c.blocks
}

// steps lists the milestones of a goal, as many as a card holds.
func (c *card) steps(g career.Goal) {
	var items []string
	all := listed(g)
	for _, m := range all[:min(len(all), shownMilestones)] {
		key := "plan.milestone_open"
		if !m.Open() {
			key = "plan.milestone_done"
		}
		items = append(items, c.h.c.text(key, c.h.with(map[string]any{"date": m.Due.Short(), "title": c.h.stepText(m)})))
	}
	if n := len(all) - len(items); n > 0 {
		items = append(items, c.h.c.text("plan.milestones_more", c.h.with(map[string]any{"n": itoa(n), "date": all[len(all)-1].Due.Short()})))
	}
	c.bullets(items)
}

// goalsAllOrder shows every goal with its milestones, also those that were let
// go.
func goalsAllOrder(h *handling, _ string) error {
	p := h.currentPlan()
	if len(p.Goals) == 0 || p.Content {
		return h.tell(h.goalsCard())
	}
	c := &card{h: h}
	c.heading("order.goals_all", nil)
	for i, g := range numberedGoals(p) {
		c.status(g, i+1)
		if g.Status != career.Achieved {
			c.steps(g)
		}
	}
	for _, g := range p.Goals {
		if g.Status == career.Dropped {
			c.line("order.goal_dropped", map[string]any{"title": dialogue.Words(clip(g.Title, 200))})
		}
	}
	c.nextReview(p)
	return h.tell(c.blocks)
}

// goalAddOrder opens the form for a new goal, with the title that was given.
// Where it cannot be opened, the words are kept.
func goalAddOrder(h *handling, title string) error {
	if h.e.Kind != chat.Command {
		h.note(title)
		return h.wantsForm("goal", "")
	}
	f := &form{h: h, name: "goal", token: h.formToken()}
	if title != "" {
		f.sent = map[string][]string{"title": {title}}
	}
	h.shows = true
	h.reply.Form = f.show()
	return nil
}

// goalEditOrder opens the form of a goal, which can be left out where there is
// one alone.
func goalEditOrder(h *handling, arg string) error {
	h.shows = true
	all := numberedGoals(h.currentPlan())
	n := goalNumber(arg)
	if arg == "" && len(all) == 1 {
		n = 1
	}
	g, ok := h.goalAt(n)
	switch {
	case ok:
		return h.wantsForm("goal", g.ID)
	case n > 0:
		return h.noSuchGoal(n)
	case len(all) == 0:
		return h.tell(h.goalsCard())
	}
	c := &card{h: h}
	c.line("order.which_goal", nil)
	row := chat.Block{Kind: chat.Buttons, ID: "form"}
	for i, g := range all {
		if g.Status == career.Achieved || len(row.Choices) == maxOffered {
			continue
		}
		row.Choices = append(row.Choices, chat.Choice{Value: "form:goal:" + g.ID, Label: clip(itoa(i+1)+". "+g.Title, 75), Own: true})
	}
	return h.tell(append(c.blocks, row))
}

// maxOffered is how many steps or goals are offered to choose from.
const maxOffered = 10

// step is a milestone that may be meant, with its goal.
type step struct {
	g career.Goal
	m career.Milestone
}

// doneOrder ticks off the step that is meant: that of a goal's number, or the
// one that the words name. Where more than one may be meant, they are offered.
func doneOrder(h *handling, arg string) error {
	if h.p.Plan.Confirmed.IsZero() || h.p.Plan.Content {
		h.shows = true
		return h.tell(h.goalsCard())
	}
	n := goalNumber(arg)
	var meant []step
	switch {
	case n > 0:
		g, ok := h.goalAt(n)
		if !ok {
			h.shows = true
			return h.noSuchGoal(n)
		}
		meant = h.nextSteps([]career.Goal{g})
		if last, ok := h.justTicked(g); ok && len(meant) == 1 {
			h.shows = true
			return h.offerSteps("order.just_ticked", map[string]any{"title": h.stepText(last)}, meant)
		}
	case arg == "":
		h.shows = true
		meant = h.nextSteps(numberedGoals(h.p.Plan))
		if len(meant) > 0 {
			return h.offerSteps("order.which_step", nil, meant)
		}
	default:
		meant = h.stepsNamed(arg)
	}
	switch len(meant) {
	case 0:
		h.shows = true
		if arg == "" || n > 0 {
			return h.tellText("order.no_step")
		}
		next := h.nextSteps(numberedGoals(h.p.Plan))
		return h.offerSteps("order.not_found", map[string]any{"words": dialogue.Words(clip(arg, 200)), "more": len(next) > 0}, next)
	case 1:
		return h.tickOff(meant[0].m.ID)
	}
	h.shows = true
	return h.offerSteps("order.which_step", nil, meant)
}

// nextSteps are the next open milestones of those goals that are worked on.
func (h *handling) nextSteps(goals []career.Goal) []step {
	var out []step
	for _, g := range goals {
		if g.Status != career.Active {
			continue
		}
		if m, ok := g.Next(h.today()); ok {
			out = append(out, step{g, m})
		}
	}
	return out
}

// repeatedTick is how soon the same order is taken for one that was sent again
// because no answer came.
const repeatedTick = 2 * time.Minute

// justTicked is a milestone of the goal that was ticked off a moment ago: then
// the next one is asked about, not ticked off as well.
func (h *handling) justTicked(g career.Goal) (career.Milestone, bool) {
	for _, m := range g.Milestones {
		if n := len(m.History); !m.Done.IsZero() && n > 0 && h.now.Sub(m.History[n-1].At) < repeatedTick {
			return m, true
		}
	}
	return career.Milestone{}, false
}

// stepsNamed are the open steps that words name. Those that name a goal mean its
// next step, or the goal itself.
func (h *handling) stepsNamed(words string) []step {
	var out []step
	for _, g := range h.p.Plan.Goals {
		if g.Status != career.Active {
			continue
		}
		if names(words, g.Title) {
			out = append(out, h.nextSteps([]career.Goal{g})...)
			if finish, ok := g.Finish(); ok && len(out) > 0 && out[len(out)-1].m.ID != finish.ID {
				out = append(out, step{g, finish})
			}
			continue
		}
		for _, m := range g.Milestones {
			if m.Open() && names(words, dialogue.Unmark(h.stepText(m))) {
				out = append(out, step{g, m})
			}
		}
	}
	return out
}

// names reports whether every word is one of the title, or begins one.
func names(words, title string) bool {
	have := strings.FieldsFunc(strings.ToLower(reading.Clean(title)), notLetter)
	want := strings.FieldsFunc(strings.ToLower(reading.Clean(words)), notLetter)
	for _, w := range want {
		if !slices.ContainsFunc(have, func(t string) bool { return t == w || len(w) > 2 && strings.HasPrefix(t, w) }) {
			return false
		}
	}
	return len(want) > 0
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// offerSteps asks which step is meant. Each button holds all that it needs, and
// one that comes late is told that the step is not open any more.
func (h *handling) offerSteps(key string, fields map[string]any, steps []step) error {
	c := &card{h: h}
	c.line(key, fields)
	row := chat.Block{Kind: chat.Buttons, ID: "step"}
	for _, s := range steps[:min(len(steps), maxOffered)] {
		row.Choices = append(row.Choices, chat.Choice{Value: "g:done:" + s.m.ID, Label: clip(dialogue.Unmark(h.stepText(s.m))+" ("+s.g.Title+")", 75), Own: true})
	}
	if len(row.Choices) > 0 {
		c.blocks = append(c.blocks, row)
	}
	return h.tell(c.blocks)
}

// clickStep takes a tap on a step that was offered: "done:<milestone>".
func (h *handling) clickStep(rest string) error {
	verb, id, _ := strings.Cut(rest, ":")
	if verb != "done" {
		return h.stale()
	}
	h.whispers = h.e.TS == "" // a message that only they see
	return h.tickOff(id)
}

// tickOff ticks off a milestone, here and on what was said about it before.
func (h *handling) tickOff(id string) error {
	label := h.c.text("say.answered", h.with(map[string]any{"words": h.c.text("button.done", h.fields())}))
	if err := h.closeMilestone(id, label); err != nil {
		return err
	}
	return h.milestoneDone(id)
}
