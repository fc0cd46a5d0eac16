package coach

import (
	"strconv"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reminder"
)

// After how many days a check-in looks back over the month, and a look at the
// gaps asks them all again.
const (
	monthDays   = 28
	recheckDays = 182
)

// opens is the flow that an occurrence begins, "" for a message alone.
func (h *handling) opens(k reminder.Kind) string {
	switch k {
	case reminder.ReviewAfter:
		return "after_review"
	case reminder.CheckIn:
		if h.since(h.p.Month) >= monthDays {
			return "month"
		}
		return "check_in"
	case reminder.GapCheck:
		if h.since(h.p.Rechecked) >= recheckDays {
			return "recheck"
		}
		return "quarter"
	}
	return ""
}

// since is how many days ago something was done last; the day the plan was
// confirmed counts where it never was.
func (h *handling) since(day civil.Date) int {
	if day.IsZero() {
		day = civil.Of(h.p.Plan.Confirmed.In(h.p.zone()))
	}
	return day.DaysUntil(h.today())
}

// wordLevels words the five levels of every goal that has none yet.
func (h *handling) wordLevels() {
	for _, g := range h.p.Plan.Goals {
		if g.Levels != [5]string{} {
			continue
		}
		var words [5]string
		for i, key := range career.LevelKeys(g) {
			what := g.Measure
			if what == "" {
				what = g.Title
			}
			words[i] = dialogue.Unmark(h.c.text("level."+key, careerFields(what, "", career.Facts{})))
		}
		_ = h.p.Plan.SetLevels(g.ID, words) // a goal of the plan, with words for each level
	}
}

// levels are the five worded levels of a goal, the lowest first.
func (h *handling) levels(goal string) []dialogue.Picked {
	g, ok := h.p.Plan.Goal(goal)
	if !ok || g.Levels == [5]string{} {
		return nil
	}
	var out []dialogue.Picked
	for i, words := range g.Levels {
		out = append(out, dialogue.Picked{ID: "l" + strconv.Itoa(i), Label: dialogue.Words(clip(words, 140))})
	}
	return out
}

// level is the level a choice stands for.
func level(v dialogue.Value) (n int, ok bool) {
	if len(v.Choices) == 0 {
		return 0, false
	}
	i, err := strconv.Atoi(strings.TrimPrefix(v.Choices[0].ID, "l"))
	return i + career.LowestLevel, err == nil
}

// keepMonth writes down what the monthly check-in has brought.
func (h *handling) keepMonth(v dialogue.View) {
	h.p.Month = h.today()
	for goal, s := range v.Items["level"] {
		if n, ok := level(s.Answer.Value); ok {
			_ = h.p.Plan.Score(goal, n, h.today(), h.local()) // dropped meanwhile: the answer stays
		}
	}
	h.reading(career.ClosenessScale, v, "close_now")
	h.reading(career.EnergyScale, v, "energy_now")
	for _, c := range value(v, "gap_done").Choices {
		for i := range h.p.Plan.Gaps {
			if g := &h.p.Plan.Gaps[i]; g.ID == c.ID && g.Closed.IsZero() {
				g.Closed = h.today()
				h.say("nudge.gap_closed", map[string]any{"gap": c.Label})
			}
		}
	}
	if c := value(v, "still_yours").Choices; len(c) > 0 && c[0].ID == "no" {
		h.say("say.look_again", nil)
	}
}

func (h *handling) reading(of career.Scale, v dialogue.View, slot string) {
	s, ok := v.Slots[slot]
	if !ok || s.Answer.Value.Skipped || s.Answer.Value.Unsure {
		return
	}
	_ = h.p.Plan.AddReading(of, career.Reading{On: h.today(), N: int(s.Answer.Value.Number)}) // 0 to 10, as read
}

// keepQuarter takes over what the quarterly look has changed.
func (h *handling) keepQuarter(v dialogue.View) error {
	if c := value(v, "q_target").Choices; len(c) > 0 && c[0].ID != "yes" {
		h.say("say.change_target", nil)
	}
	if by := value(v, "q_new_by").Date; !by.IsZero() {
		_ = h.p.Plan.Apply(career.Difference{ID: "by", Kind: career.DiffBy, FromDate: h.p.Plan.By, ToDate: by}, h.local()) // in the future, as read
	}
	met := value(v, "q_risk").Choices
	for _, c := range met {
		_ = h.p.Plan.RiskMet(c.ID, h.today()) // one of the plan's, as offered
	}
	if len(met) == 0 {
		return nil
	}
	if err := h.flush(nil); err != nil {
		return err
	}
	return h.post(chat.Message{Blocks: h.backupCard()}, false, nil)
}

// keepLevels puts a level into the person's own words.
func (h *handling) keepLevels(v dialogue.View) {
	goal := value(v, "which_goal").Choices
	n, ok := level(value(v, "which_level"))
	words := value(v, "level_words").Text
	if len(goal) == 0 || !ok || words == "" {
		return
	}
	g, found := h.p.Plan.Goal(goal[0].ID)
	if !found {
		return
	}
	g.Levels[n-career.LowestLevel] = words
	_ = h.p.Plan.SetLevels(g.ID, g.Levels) // every level has words
}

// trendCard is how levels, closeness and energy went: to the person alone.
func (h *handling) trendCard() []chat.Block {
	c := &card{h: h}
	c.heading("trend.title", nil)
	var items []string
	for _, g := range h.p.Plan.Goals {
		var points []string
		for _, s := range career.Trend(g) {
			points = append(points, h.c.text("trend.level", h.with(map[string]any{"date": s.On.Short(), "n": strconv.Itoa(s.Level - career.LowestLevel + 1)})))
		}
		if len(points) > 0 {
			items = append(items, h.c.text("trend.goal", h.with(map[string]any{"title": dialogue.Words(clip(g.Title, 120)), "words": strings.Join(points, ", ")})))
		}
	}
	for _, r := range []struct {
		key  string
		list []career.Reading
	}{{"closeness", h.p.Plan.Closeness}, {"energy", h.p.Plan.Energy}} {
		var points []string
		for _, p := range r.list {
			points = append(points, strconv.Itoa(p.N)+" ("+p.On.Short()+")")
		}
		if len(points) > 0 {
			items = append(items, h.c.text("trend."+r.key, h.with(map[string]any{"words": strings.Join(points, ", ")})))
		}
	}
	if len(items) == 0 {
		c.line("trend.none", nil)
		return c.blocks
	}
	c.bullets(items)
	return c.blocks
}

// reflow offers to move what comes after a milestone, old → new, before
// anything moves. There is nothing to offer when nothing else would.
func (h *handling) reflow(v dialogue.View, item dialogue.Picked) []dialogue.Picked {
	to := v.Items["milestone_date"][item.ID].Answer.Value.Date
	shifts := career.Reflow(h.p.Plan, item.ID, to)
	if len(shifts) < 2 {
		return nil
	}
	var notes []string
	for _, s := range shifts {
		notes = append(notes, h.shiftText(s, shifts[0].Goal)+": "+s.From.Short()+" → "+s.To.Short())
	}
	return []dialogue.Picked{
		{ID: "all", Label: h.c.text("offer.reflow_all", h.fields()), Note: strings.Join(notes, "; ")},
		{ID: "one", Label: h.c.text("offer.reflow_one", h.fields())},
		{ID: "leave", Label: h.c.text("offer.reflow_leave", h.fields())},
	}
}

// shiftText says what moves; what belongs to another goal than the one named
// says so.
func (h *handling) shiftText(s career.Shift, goal string) string {
	g, m, ok := h.p.Plan.Milestone(s.Milestone)
	switch {
	case !ok:
		return h.c.text("offer.eligible", h.fields())
	case g.ID != goal:
		return h.milestoneText(g, m)
	}
	return h.stepText(m)
}

// gapFacts are the answers of the first talk with those of a new look at the
// gaps in their place.
func (h *handling) gapFacts(fresh dialogue.View) career.Facts {
	f := facts(h.c.book.View(&h.p.Dialogue, h.p.First))
	for slot, v := range facts(fresh).Slots {
		f.Slots[slot] = v
	}
	return f
}

// gapDifferences are what a new look at the gaps would change.
func (h *handling) gapDifferences(fresh dialogue.View) []career.Difference {
	f := h.gapFacts(fresh)
	var out []career.Difference
	for _, d := range career.Diff(h.p.Plan, career.Derive(f, h.c.title(f), h.today())) {
		switch d.Kind {
		case career.DiffGapNew, career.DiffGapGone, career.DiffGapChanged, career.DiffJob:
			out = append(out, d)
		}
	}
	return out
}

// thenAndNow shows the gaps of the plan beside those of a new look.
func (h *handling) thenAndNow(fresh dialogue.View) []chat.Block {
	c := &card{h: h}
	c.heading("then_now.title", nil)
	var then []career.Gap
	for _, g := range h.p.Plan.Gaps {
		if g.Closed.IsZero() {
			then = append(then, g)
		}
	}
	var items []string
	for _, ch := range career.Compare(then, career.Gaps(h.gapFacts(fresh))) {
		f := map[string]any{"then": "", "now": ""}
		if ch.Then.ID != "" {
			f["then"] = h.planGapText(ch.Then)
		}
		if ch.Now.ID != "" {
			f["now"] = h.planGapText(ch.Now)
		}
		items = append(items, h.c.text("then_now."+string(ch.Kind), h.with(f)))
	}
	c.bullets(items)
	return c.blocks
}

// keepRecheck takes the new picture over into the plan. A gap that is none any
// more is ticked off, not forgotten.
func (h *handling) keepRecheck(fresh dialogue.View) {
	h.p.Rechecked = h.today()
	for _, d := range h.gapDifferences(fresh) {
		if d.Kind != career.DiffGapGone {
			_ = h.p.Plan.Apply(d, h.local()) // overtaken by what was done meanwhile: that stands
			continue
		}
		for i := range h.p.Plan.Gaps {
			if g := &h.p.Plan.Gaps[i]; g.ID == d.Item && g.Closed.IsZero() {
				g.Closed = h.today()
			}
		}
	}
}
