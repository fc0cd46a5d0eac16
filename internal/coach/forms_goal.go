package coach

import (
	"fmt"
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
)

// goalFields is a goal, or a new one where the form has no item.
func (f *form) goalFields() bool {
	g, known := f.h.p.Plan.Goal(f.item)
	if f.item != "" && !known {
		return false
	}
	switch {
	case !known:
		f.out.Title = f.text("name_new")
	case g.Status == career.Achieved:
		f.says("form.goal.reached", map[string]any{"title": dialogue.Words(g.Title)})
		f.out.Send, f.out.Cancel = "", f.h.plain("form.close", nil)
		return true
	}
	title := f.field("title", chat.Line, g.Title)
	title.MaxLength = career.MaxTitle
	measure := f.field("measure", chat.Lines, g.Measure)
	measure.Optional, measure.MaxLength = true, career.MaxMeasure
	f.field("due", chat.Date, g.Due.String())
	f.gaps(g)
	if states := f.states(g); len(states) > 1 {
		f.field("status", chat.Radio, string(g.Status)).Choices = states
	}
	if known {
		f.shown(chat.Block{Kind: chat.Buttons, ID: "form", Choices: []chat.Choice{
			{Value: f.value("milestones", g.ID, 0), Label: f.text("milestones")},
		}})
	}
	return true
}

// gaps is the field for the gaps that a goal closes: those that are open, and
// those it has already.
func (f *form) gaps(g career.Goal) {
	var choices []chat.Choice
	for _, gap := range f.h.p.Plan.Gaps {
		if gap.Closed.IsZero() || slices.Contains(g.Closes, gap.ID) {
			choices = append(choices, chat.Choice{Value: gap.ID, Label: clip(dialogue.Unmark(f.h.planGapText(gap)), 75), Own: true})
		}
	}
	if len(choices) == 0 {
		return
	}
	fd := f.field("closes", chat.Picks, g.Closes...)
	fd.Choices, fd.Optional = choices[:min(len(choices), 100)], true
}

// states are what can become of a goal: as it is first.
func (f *form) states(g career.Goal) []chat.Choice {
	var to []career.GoalStatus
	switch g.Status {
	case career.Active:
		to = []career.GoalStatus{career.Active, career.Later, career.Achieved, career.Dropped}
	case career.Later:
		to = []career.GoalStatus{career.Later, career.Active, career.Achieved, career.Dropped}
	case career.Dropped:
		to = []career.GoalStatus{career.Dropped, career.Active, career.Later}
	}
	var out []chat.Choice
	for _, s := range to {
		out = append(out, f.choice(string(s)))
	}
	return out
}

// goalVersion is what a goal's form shows of it.
func (f *form) goalVersion() string {
	g, ok := f.h.p.Plan.Goal(f.item)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%q %q %s %q %s", g.Title, g.Measure, g.Due, g.Closes, g.Status)
}

func (f *form) goalTake() error {
	p := &f.h.p.Plan
	had, known := p.Goal(f.item)
	w := career.GoalWords{
		Title: f.needed("title", career.MaxTitle), Measure: f.words("measure", career.MaxMeasure),
		Due: f.coming("due", had.Due), Closes: f.sent["closes"],
	}
	to := career.GoalStatus(f.picked("status"))
	if known && to != "" && to != had.Status {
		f.canBecome(had, to)
	}
	if len(f.errs) > 0 {
		return nil
	}
	if !known {
		return f.goalAdd(w)
	}
	now := f.h.local()
	if err := p.RewordGoal(had.ID, w, now); err != nil {
		return fmt.Errorf("goal of a form: %w", err)
	}
	if to != "" && to != had.Status {
		if err := f.become(had, to); err != nil {
			return err
		}
	}
	if g, _ := p.Goal(had.ID); w.Due != had.Due && g.Status != career.Achieved {
		if finish, ok := g.Finish(); ok && g.Status != career.Dropped && f.preview(finish.ID, w.Due) {
			return nil
		}
		if err := p.SetDue(g.ID, w.Due, now); err != nil {
			return fmt.Errorf("date of a form: %w", err)
		}
	}
	return f.does("form.goal.kept", map[string]any{"title": dialogue.Words(clip(w.Title, 200)), "date": w.Due.Long()})
}

// planByHand makes what is written down next a plan that is kept and reminded of,
// unless a talk is about to make one.
func (h *handling) planByHand() {
	if h.p.Plan.Confirmed.IsZero() && !h.drafting() {
		h.p.Plan.Confirmed = h.now.UTC()
	}
}

// goalAdd writes down a new goal. Where no talk is about to make a plan, this is
// the plan.
func (f *form) goalAdd(w career.GoalWords) error {
	h := f.h
	h.planByHand()
	g, err := h.p.Plan.AddGoal(w, h.local())
	if err != nil {
		f.error("title", "full", map[string]any{"n": itoa(career.MaxGoals)})
		return nil
	}
	h.wordLevels()
	key := "form.goal.added"
	if g.Status == career.Later {
		key = "form.goal.added_later"
	}
	return f.does(key, map[string]any{"title": dialogue.Words(clip(g.Title, 200)), "date": g.Due.Long()})
}

// canBecome says at the field why a goal cannot change like that.
func (f *form) canBecome(g career.Goal, to career.GoalStatus) {
	offered := slices.ContainsFunc(f.states(g), func(c chat.Choice) bool { return c.Value == string(to) })
	if !offered {
		f.error("status", "choice", nil)
		return
	}
	p := f.h.p.Plan // a copy, which is thrown away
	p.Goals = slices.Clone(p.Goals)
	p.Gaps = slices.Clone(p.Gaps)
	for i := range p.Goals {
		p.Goals[i].Milestones = slices.Clone(p.Goals[i].Milestones)
	}
	if _, err := p.MoveGoal(g.ID, to, f.h.local()); err != nil {
		f.error("status", "too_many", map[string]any{"n": itoa(career.MaxActive)})
	}
}

// become changes the status of a goal, with what that brings.
func (f *form) become(g career.Goal, to career.GoalStatus) error {
	h := f.h
	reached, err := h.p.Plan.MoveGoal(g.ID, to, h.local())
	if err != nil {
		return fmt.Errorf("status of a form: %w", err)
	}
	for _, m := range g.Milestones {
		if to == career.Achieved || to == career.Dropped {
			if err := h.closeMilestone(m.ID, ""); err != nil {
				return err
			}
		}
	}
	if reached.Goal == "" {
		return nil
	}
	f.inPlace()
	h.say("nudge.done_goal", map[string]any{"goal": dialogue.Words(clip(g.Title, 200))})
	h.gapsClosed(reached.Gaps)
	if err := h.goalReached(g.ID); err != nil {
		return err
	}
	return h.celebrate(g)
}

// gapsClosed says which gaps are closed now.
func (h *handling) gapsClosed(ids []string) {
	for _, gap := range h.p.Plan.Gaps {
		if slices.Contains(ids, gap.ID) {
			h.say("nudge.gap_closed", map[string]any{"gap": h.planGapText(gap)})
		}
	}
}

// unsaved reports whether the form in which something was tapped holds changes
// that were not sent.
func (h *handling) unsaved(meta string) bool {
	id, _, _ := strings.Cut(meta, ":")
	g, ok := h.p.Plan.Goal(id)
	title, typed := h.e.Form["title"]
	if !ok || !typed {
		return false
	}
	one := func(name string) string { return strings.TrimSpace(strings.Join(h.e.Form[name], "\n")) }
	return strings.Join(title, "\n") != g.Title || one("measure") != strings.TrimSpace(g.Measure) || one("due") != g.Due.String()
}
