package coach

import (
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// facts turns the answers on the path taken into what the career rules read.
func facts(v dialogue.View) career.Facts {
	f := career.Facts{Slots: map[string]career.Fact{}, Items: map[string]map[string]career.Fact{}}
	for slot, s := range v.Slots {
		f.Slots[slot] = named(slot, fact(career.AnswerID(slot), s.Answer))
		if slot == "hours" {
			f.Week = weekOf(s.Answer)
		}
	}
	for slot, items := range v.Items {
		f.Items[slot] = map[string]career.Fact{}
		for item, s := range items {
			a := named(slot, fact(career.AnswerID(slot+"@"+item), s.Answer))
			switch slot {
			case "risk_then":
				a.Date = monthNamed(a.Text, s.Answer.At)
				a.Text = reading.Then(a.Text)
			case "fits": // the date that was proposed travels with the choice
				if c := s.Answer.Value.Choices; len(c) > 0 {
					a.Date, _ = civil.Parse(c[0].Kind)
				}
			case "outcome", "track_step":
				a.Text = reading.Deed(a.Text)
			case "if_then":
				a.Text = reading.IfThen(a.Text)
			}
			f.Items[slot][item] = a
		}
	}
	return f
}

// The answers that are names in a plan, and those that are lists of names. What
// was said stays with the answer; the plan says the name in it.
var (
	nameSlots = []string{"job", "target", "next_level", "education_what", "track_target"}
	listSlots = []string{"skills", "certificates", "step_lower", "wanted_jobs", "elsewhere_names", "openings"}
)

// named is an answer with the name in it for its words, where it is one.
func named(slot string, a career.Fact) career.Fact {
	switch {
	case slices.Contains(nameSlots, slot) && a.Text != "" && len(a.Choices) == 0:
		a.Text = reading.Name(a.Text)
	case slices.Contains(listSlots, slot) && len(a.List) > 0 && len(a.Choices) == 0:
		a.List = reading.Names(a.List)
	}
	return a
}

func fact(id career.AnswerID, a dialogue.Answer) career.Fact {
	v := a.Value
	out := career.Fact{ID: id, Text: v.Text, List: v.List, Date: v.Date, Months: v.Months, Number: v.Number, Skipped: v.Skipped}
	for _, c := range v.Choices {
		out.Choices = append(out.Choices, c.ID)
		out.Labels = append(out.Labels, dialogue.Unmark(c.Label))
		out.Own = append(out.Own, c.Own)
	}
	if len(out.List) == 0 { // a list that was picked from suggestions
		for i, c := range v.Choices {
			if c.ID != "none" {
				out.List = append(out.List, out.Labels[i])
			}
		}
	}
	if v.Unsure {
		out.Skipped = len(v.Choices) == 0
		out.Choices = append(out.Choices, "unsure")
		out.Labels = append(out.Labels, "")
		out.Own = append(out.Own, false)
	}
	return out
}

// options are the choices that are derived when a question is asked.
func (c *Coach) options(from string, v dialogue.View, item dialogue.Picked) []dialogue.Picked {
	f := facts(v)
	var out []dialogue.Picked
	switch from {
	case "gaps":
		for _, g := range career.Gaps(f) {
			out = append(out, dialogue.Picked{ID: g.ID, Label: c.gapText(g, f), Note: c.evidence(g, f), Kind: string(g.Kind)})
		}
	case "actions":
		for _, g := range career.Gaps(f) {
			if g.ID == item.ID {
				for _, a := range career.Actions(g, f) {
					out = append(out, dialogue.Picked{ID: a.ID, Label: c.actionText(a, f), Kind: string(a.Kind)})
				}
			}
		}
	case "proposed":
		for _, a := range career.Proposed(f) {
			out = append(out, dialogue.Picked{ID: a.ID, Label: c.actionText(a, f), Kind: string(a.Kind)})
		}
	case "goals":
		for _, a := range career.ChosenActions(f) {
			out = append(out, dialogue.Picked{ID: a.ID, Label: c.actionText(a, f), Kind: string(a.Kind)})
		}
	}
	return out
}

// careerFields are the fields of the texts that name gaps, actions and
// milestones. The person's own words are marked as theirs.
func careerFields(words, about string, f career.Facts) map[string]any {
	field := func(slot string) string {
		if !f.Has(slot) {
			return ""
		}
		return dialogue.Words(f.Slots[slot].Text)
	}
	return map[string]any{
		"words": dialogue.Words(words), "about": about,
		"target": field("target"), "field": field("field"), "job": field("job"),
	}
}

func (c *Coach) gapText(g career.Gap, f career.Facts) string {
	return c.book.Text("gap."+g.TextKey(), careerFields(g.Words, g.About, f))
}

func (c *Coach) actionText(a career.Action, f career.Facts) string {
	if a.Template == "" {
		return dialogue.Words(a.Words)
	}
	key := "action." + a.Template
	if c.away && c.book.HasText(key+"_away") {
		key += "_away"
	}
	return c.book.Text(key, careerFields(a.Words, "", f))
}

// title is an action as the title of a goal: plain text.
func (c *Coach) title(f career.Facts) func(career.Action) string {
	return func(a career.Action) string { return dialogue.Unmark(c.actionText(a, f)) }
}

// evidence says which answer a gap comes from, in the person's words.
func (c *Coach) evidence(g career.Gap, f career.Facts) string {
	for _, from := range g.From {
		slot := string(from)
		key := "evidence." + slot
		if !c.book.HasText(key) {
			continue
		}
		words := answerWords(f.Slots[slot])
		if words == "" {
			continue
		}
		return c.book.Text(key, nil) + " " + words
	}
	return ""
}

func answerWords(a career.Fact) string {
	switch {
	case a.Months > 0:
		return dialogue.MonthsText(a.Months)
	case len(a.Labels) > 0 && a.Labels[0] != "":
		if len(a.Own) > 0 && a.Own[0] {
			return dialogue.Words(a.Labels[0])
		}
		return a.Labels[0]
	case a.Text != "":
		return dialogue.Words(a.Text)
	case len(a.List) > 0:
		return dialogue.Words(strings.Join(a.List, ", "))
	}
	return ""
}

// draft is the plan that a talk's answers add up to.
func (c *Coach) draft(v dialogue.View, today civil.Date) career.Plan {
	f := facts(v)
	return career.Derive(f, c.title(f), today)
}
