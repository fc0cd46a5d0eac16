package coach

import (
	"slices"

	"waymark/internal/career"
	"waymark/internal/dialogue"
)

// proposal is how a goal could be seen to be done, its first step and its date,
// to be confirmed with one tap or changed. The date is kept with the choice.
func (h *handling) proposal(v dialogue.View, item dialogue.Picked) []dialogue.Picked {
	goals := career.Goals(facts(v), h.c.title(facts(v)), h.today())
	at := slices.IndexFunc(goals, func(g career.Goal) bool { return g.Action == item.ID })
	if at < 0 {
		return nil
	}
	g := goals[at]
	if by := value(v, "by").Date; by.After(h.today()) && by.Before(g.Due) {
		g.Due = by
	}
	note := h.c.text("offer.proposal", h.with(map[string]any{"measure": h.measured(g), "first": h.firstStep(g), "date": g.Due.Long()}))
	return []dialogue.Picked{
		{ID: "fits", Label: h.c.text("offer.fits", h.fields()), Note: note, Kind: g.Due.String()},
		{ID: "change", Label: h.c.text("offer.fits_not", h.fields())},
	}
}

// measured is how a goal is seen to be done: in the person's words, or as it is
// proposed for its kind.
func (h *handling) measured(g career.Goal) string {
	if g.Measure != "" {
		return dialogue.Words(clip(g.Measure, 300))
	}
	return h.c.text("measure."+kindOf(g), h.fields())
}

// firstStep is a small beginning for a goal that has none in the person's words.
func (h *handling) firstStep(g career.Goal) string {
	if key := "begin." + g.Template(); h.c.book.HasText(key) {
		return h.c.text(key, h.with(map[string]any{"words": dialogue.Words(clip(g.Words, 120))}))
	}
	return h.c.text("begin.kind_"+kindOf(g), h.fields())
}

// kindOf is the kind of a goal that has texts; of another version's, "own".
func kindOf(g career.Goal) string {
	switch g.Kind {
	case career.Course, career.Talk, career.Research, career.Practice, career.Apply, career.Wait:
		return string(g.Kind)
	}
	return string(career.OwnWords)
}
