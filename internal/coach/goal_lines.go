package coach

import (
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// place says where a goal stands among the others: for the job that is there
// rather than for the career that is wanted, on which of several tracks, and
// whether it waits.
func (h *handling) place(p career.Plan, g career.Goal) string {
	var out []string
	if g.Scope == career.JobGoal {
		to, _ := p.Goal(g.Serves)
		out = append(out, h.c.text("plan.for_job", h.with(map[string]any{"goal": dialogue.Words(clip(to.Title, 120))})))
	}
	if len(p.Tracks) > 0 {
		out = append(out, h.if_("plan.on_track", "words", dialogue.Words(g.Track)))
	}
	if g.Status == career.Later {
		out = append(out, h.c.text("plan.goal_later", h.fields()))
	}
	return strings.Join(slices.DeleteFunc(out, func(s string) bool { return s == "" }), " ")
}

// measure says how a goal is seen to be done; where nobody said it, a course is
// seen by its end and a role by its contract.
func (h *handling) measure(g career.Goal) string {
	switch {
	case g.Measure == "" && g.Kind == career.Course:
		return h.c.text("plan.measure_course", h.fields())
	case g.Measure == "" && g.Kind == career.Apply:
		return h.c.text("plan.measure_role", h.fields())
	}
	return h.if_("plan.measure", "words", h.measured(g))
}

// closes names the gaps that a goal closes.
func (h *handling) closes(p career.Plan, g career.Goal) string {
	var out []string
	for _, gap := range p.Gaps {
		if slices.Contains(g.Closes, gap.ID) {
			out = append(out, h.planGapText(gap))
		}
	}
	return h.if_("plan.closes", "words", strings.Join(out, "; "))
}

// tracks lists the tracks of somebody who follows more than one.
func (c *card) tracks(p career.Plan) {
	var items []string
	for _, t := range p.Tracks {
		key := "plan.track"
		if t.Active {
			key = "plan.track_active"
		}
		items = append(items, c.h.c.text(key, c.h.with(map[string]any{"words": dialogue.Words(clip(t.Name, 120)), "target": dialogue.Words(clip(t.Target, 120))})))
	}
	if len(items) > 0 {
		c.heading("plan.tracks", nil)
		c.bullets(items)
	}
}

// brings are the next level, and the strengths, skills and earlier jobs that the
// person has named.
func (c *card) brings() {
	v := c.h.c.book.View(&c.h.p.Dialogue, c.h.p.First)
	var have []string
	for _, slot := range []string{"close_why", "skills_have", "transfer", "earlier"} {
		if a, ok := v.Slots[slot]; ok && !a.Answer.Value.Unsure {
			have = append(have, a.Answer.Value.List...)
			if t := strings.TrimSpace(a.Answer.Value.Text); t != "" && len(a.Answer.Value.List) == 0 {
				have = append(have, t)
			}
		}
	}
	var words []string
	for _, w := range have {
		if w = dialogue.Words(clip(w, 120)); !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if next, ok := v.Slots["next_level"]; ok && strings.TrimSpace(next.Answer.Value.Text) != "" {
		c.line("plan.next_level", map[string]any{"words": dialogue.Words(clip(reading.Name(next.Answer.Value.Text), 120))})
	}
	var also []string
	for _, slot := range []string{"job", "target"} {
		for _, w := range reading.ToldAlong(value(v, slot).Text) {
			also = append(also, dialogue.Words(clip(w, 120)))
		}
	}
	if len(also) > 0 {
		c.line("plan.also", map[string]any{"words": strings.Join(also, "; ")})
	}
	if a, ok := v.Slots["same_field"]; ok && strings.HasPrefix(a.Key.Step, "quick.") {
		c.line("plan.quick", nil)
	}
	if len(words) > 0 {
		c.line("plan.brings", map[string]any{"words": dialogue.JoinAnd(words)})
	}
}

// nextRole is the level after the present job as a goal to pick, where it was
// named in a word or a few and no role in between stands for it.
func (h *handling) nextRole(v dialogue.View) []dialogue.Picked {
	words := reading.Name(value(v, "next_level").Text)
	if words == "" || len(strings.Fields(words)) > nextRoleWords || len(h.rolesBetween(v)) > 0 {
		return nil
	}
	label := h.c.text("offer.next_role", h.with(map[string]any{"words": words}))
	return []dialogue.Picked{{ID: "own:" + label, Label: label, Own: true, Kind: "own"}}
}

// nextRoleWords is how many words the name of a role has; more are a sentence.
const nextRoleWords = 4

// onePoint is the answer to what would be one point more, as a goal to pick: it
// is often the first thing to do.
func (h *handling) onePoint(v dialogue.View) []dialogue.Picked {
	words := strings.TrimSpace(value(v, "close_more").Text)
	if words == "" || len([]rune(words)) > 120 {
		return nil
	}
	return []dialogue.Picked{{ID: "own:" + words, Label: dialogue.Words(reading.Deed(words)), Own: true, Kind: "own"}}
}
