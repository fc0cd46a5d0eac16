package coach

import (
	"strconv"

	"waymark/internal/career"
	"waymark/internal/dialogue"
)

// checks are the rules that flows may name for an answer. Each failed letter of
// SMART is one question; relevance is asked by the flow itself.
var checks = []string{"specific", "measurable", "fits", "in_time"}

// check tells what an answer lacks by a rule, as text; "" when it lacks nothing.
func (h *handling) check(rule string, v dialogue.View, item dialogue.Picked, answer dialogue.Value) string {
	switch rule {
	case "specific":
		if !career.Specific(answer.Text) {
			return h.c.text("check.specific", h.fields())
		}
	case "measurable":
		if !career.Measurable(answer.Text) {
			return h.c.text("check.measurable", h.fields())
		}
	case "fits":
		return h.checkFits(v, item, answer)
	case "in_time":
		by := v.Slots["by"].Answer.Value.Date
		if !career.InTime(answer.Date, by) && !by.IsZero() {
			return h.c.text("check.in_time", h.with(map[string]any{"date": by.Long()}))
		}
	}
	return ""
}

// checkFits holds the hours a goal takes until its date against those the
// person has, beside the goals that are planned already.
func (h *handling) checkFits(v dialogue.View, item dialogue.Picked, answer dialogue.Value) string {
	f := facts(v)
	weekly := career.WeeklyHours(f)
	if weekly <= 0 || answer.Date.IsZero() {
		return ""
	}
	g := career.Goal{ID: "new", Kind: career.ActionKind(item.Kind), Due: answer.Date, Status: career.Draft}
	var others []career.Goal
	for _, o := range career.Goals(f, h.c.title(f), h.today()) {
		if _, dated := f.Item("due", o.Action); dated && o.Action != item.ID {
			others = append(others, o)
		}
	}
	if career.Fits(g, weekly, h.today(), others) {
		return ""
	}
	return h.c.text("check.fits", h.with(map[string]any{
		"need": strconv.FormatFloat(max(0.5, float64(int(career.PerWeek(g, h.today())*2+0.5))/2), 'f', -1, 64),
		"have": strconv.FormatFloat(weekly, 'f', -1, 64),
		"date": career.FitDate(g, weekly, h.today(), others).Long(),
	}))
}
