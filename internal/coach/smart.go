package coach

import (
	"math"
	"strconv"

	"waymark/internal/career"
	"waymark/internal/dialogue"
)

// checks are the rules that flows may name for an answer. Each failed letter of
// SMART is one question; relevance is asked by the flow itself.
var checks = []string{"specific", "measurable", "in_time", "step"}

// check tells what an answer lacks by a rule, as text; "" when it lacks nothing.
func (h *handling) check(rule string, v dialogue.View, _ dialogue.Picked, answer dialogue.Value) string {
	switch rule {
	case "specific":
		if !career.Specific(answer.Text) {
			return h.c.text("check.specific", h.fields())
		}
	case "measurable":
		if !career.Measurable(answer.Text) {
			return h.c.text("check.measurable", h.fields())
		}
	case "step":
		if noStep(answer.Text) == correction {
			return h.c.text("check.step", h.fields())
		}
	case "in_time":
		by := v.Slots["by"].Answer.Value.Date
		if !career.InTime(answer.Date, by) && !by.IsZero() {
			return h.c.text("check.in_time", h.with(map[string]any{"date": by.Long()}))
		}
	}
	return ""
}

// fit offers what may give way when a goal needs more hours until its date than
// the person has, beside the goals that are planned already; nothing when it
// fits.
func (h *handling) fit(v dialogue.View, item dialogue.Picked) []dialogue.Picked {
	f := facts(v)
	weekly := career.WeeklyHours(f)
	due, ok := f.Item("due", item.ID)
	if weekly <= 0 || !ok || due.Date.IsZero() {
		return nil
	}
	g := career.Goal{ID: "new", Kind: career.ActionKind(item.Kind), Due: due.Date, Status: career.Draft}
	var others []career.Goal
	for _, o := range career.Goals(f, h.c.title(f), h.today()) {
		if _, dated := f.Item("due", o.Action); dated && o.Action != item.ID {
			others = append(others, o)
		}
	}
	if career.Fits(g, career.WeeklyUntil(f, h.today(), g.Due), h.today(), others) {
		return nil
	}
	offer := func(id string, fields map[string]any) dialogue.Picked {
		return dialogue.Picked{ID: id, Label: h.c.text("offer.fit_"+id, h.with(fields))}
	}
	hours := math.Ceil(career.PerWeek(g, h.today())*2) / 2
	out := []dialogue.Picked{offer("later", map[string]any{"words": career.FitDateIn(f, g, h.today(), others).Long()})}
	return append(out, offer("smaller", nil), offer("more", map[string]any{"words": strconv.FormatFloat(hours, 'f', -1, 64)}), offer("keep", nil))
}
