package coach

import (
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/dialogue"
)

// providers are what flows may offer choices from.
var providers = []string{
	"gaps", "actions", "goals", "proposed", "proposal", // from the answers
	"gaps_none", "career_goals", "fit", "tracks", "other_tracks",
	"active_goals", "levels", "chosen_levels", "reflow", "open_gaps", "reached_gaps", "risks", "pay_lines", // from the plan
	"job_titles", "target_titles", "lower", "alternatives", "leap", // from the ladders
}

// none is the way out of a list of suggestions.
func (h *handling) none(key string) dialogue.Picked {
	return dialogue.Picked{ID: "none", Label: h.c.text(key, h.fields())}
}

// offered are the choices of a question about to be asked. Which gap a goal closes
// is no question where it was named for one, and otherwise one of names alone.
func (h *handling) offered(from string, v dialogue.View, item dialogue.Picked) []dialogue.Picked {
	if from != "gaps_none" {
		return h.options(from, v, item)
	}
	if gap, _, made := strings.Cut(item.ID, "/"); made && closesGap(v, gap) {
		return nil
	}
	out := h.options(from, v, item)
	for i := range out {
		out[i].Note = ""
	}
	return out
}

// options are the choices that are derived when a question is asked.
func (h *handling) options(from string, v dialogue.View, item dialogue.Picked) []dialogue.Picked {
	switch from {
	case "goals":
		return slices.Concat(h.c.options(from, v, item), h.rolesBetween(v), h.nextRole(v), h.onePoint(v))
	case "gaps_none":
		return append(h.withoutGaps(h.c.options("gaps", v, item), v), h.none("offer.no_gap"))
	case "gaps":
		return h.withoutGaps(h.c.options(from, v, item), v)
	case "proposal":
		return h.proposal(v, item)
	case "fit":
		return h.fit(v, item)
	case "career_goals":
		return h.careerGoals(v, item)
	case "tracks", "other_tracks":
		return h.tracks(from, v)
	case "active_goals":
		return h.activeGoals()
	case "levels":
		return h.levels(item.ID)
	case "chosen_levels":
		if c := v.Slots["which_goal"].Answer.Value.Choices; len(c) > 0 {
			return append(h.levels(c[0].ID), dialogue.Picked{ID: "fine", Label: h.c.text("offer.levels_fine", h.fields())})
		}
		return nil
	case "reflow":
		return h.reflow(v, item)
	case "open_gaps":
		return h.openGaps()
	case "reached_gaps":
		return h.reachedGaps(item.ID)
	case "job_titles", "target_titles", "lower", "alternatives", "leap":
		return h.ladder(from, v)
	case "risks":
		return h.risks()
	case "pay_lines":
		return h.payLines()
	}
	return h.c.options(from, v, item)
}

// closesGap reports whether the answers show a gap of that id.
func closesGap(v dialogue.View, id string) bool {
	return slices.ContainsFunc(career.Gaps(facts(v)), func(g career.Gap) bool { return g.ID == id })
}

// careerGoals are the other goals that were picked, for a goal of the job to
// serve.
func (h *handling) careerGoals(v dialogue.View, item dialogue.Picked) []dialogue.Picked {
	var out []dialogue.Picked
	for _, c := range v.Slots["goal_pick"].Answer.Value.Choices {
		if c.ID != item.ID {
			out = append(out, dialogue.Picked{ID: c.ID, Label: c.Label})
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, h.none("offer.job_alone"))
}

func (h *handling) tracks(from string, v dialogue.View) []dialogue.Picked {
	names := v.Slots["tracks"].Answer.Value.List
	if from == "other_tracks" && len(names) > 0 {
		names = names[1:] // the first is the one this talk is about
	}
	var out []dialogue.Picked
	for _, n := range names {
		out = append(out, dialogue.Picked{ID: n, Label: dialogue.Words(n)})
	}
	return out
}

func (h *handling) activeGoals() []dialogue.Picked {
	var out []dialogue.Picked
	for _, g := range h.p.Plan.Goals {
		if g.Status == career.Active {
			out = append(out, dialogue.Picked{ID: g.ID, Label: dialogue.Words(g.Title), Kind: string(g.Kind)})
		}
	}
	return out
}

func (h *handling) openGaps() []dialogue.Picked {
	var out []dialogue.Picked
	for _, g := range h.p.Plan.Gaps {
		if g.Closed.IsZero() {
			out = append(out, dialogue.Picked{ID: g.ID, Label: h.planGapText(g)})
		}
	}
	return out
}

func (h *handling) risks() []dialogue.Picked {
	var out []dialogue.Picked
	for _, r := range h.p.Plan.Backup.Risks {
		out = append(out, dialogue.Picked{ID: r.Kind, Label: h.riskText(r)})
	}
	return out
}

func (h *handling) payLines() []dialogue.Picked {
	var out []dialogue.Picked
	for _, k := range career.PayLines {
		out = append(out, dialogue.Picked{ID: k, Label: h.c.text("pay."+k, h.fields())})
	}
	return out
}
