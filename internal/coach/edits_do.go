package coach

import (
	"regexp"
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// Unwanted is a gap that the person took off their plan, whatever their answers say.
type Unwanted struct {
	Kind  career.GapKind `cbor:"1,keyasint"`
	Words string         `cbor:"2,keyasint,omitempty"`
	About string         `cbor:"3,keyasint,omitempty"`
}

// unwanted reports whether a gap was taken off the plan.
func (p *Person) unwanted(g career.Gap) bool {
	return slices.ContainsFunc(p.Unwanted, func(u Unwanted) bool {
		return u.Kind == g.Kind && u.About == g.About && strings.EqualFold(u.Words, g.Words)
	})
}

// withoutUnwanted takes out of a draft what the person took off the plan.
func (h *handling) withoutUnwanted(draft career.Plan) career.Plan {
	if len(h.p.Unwanted) == 0 {
		return draft
	}
	var gone []string
	draft.Gaps = slices.DeleteFunc(slices.Clone(draft.Gaps), func(g career.Gap) bool {
		if !h.p.unwanted(g) {
			return false
		}
		gone = append(gone, g.ID)
		return true
	})
	for i := range draft.Goals {
		g := &draft.Goals[i]
		g.Closes = slices.DeleteFunc(slices.Clone(g.Closes), func(id string) bool { return slices.Contains(gone, id) })
	}
	return draft
}

// withoutGaps takes the unwanted gaps out of an offer of gaps.
func (h *handling) withoutGaps(offer []dialogue.Picked, v dialogue.View) []dialogue.Picked {
	if len(h.p.Unwanted) == 0 {
		return offer
	}
	for _, g := range career.Gaps(facts(v)) {
		if h.p.unwanted(g) {
			offer = slices.DeleteFunc(offer, func(p dialogue.Picked) bool { return p.ID == g.ID })
		}
	}
	return offer
}

// remove takes one thing off the plan and says so.
func (h *handling) remove(it EditItem) error {
	draft := h.drafting() || h.p.Plan.Confirmed.IsZero()
	ok := true
	switch it.What {
	case "gap":
		ok = h.removeGap(it.ID)
	case "goal":
		if draft {
			return h.unpick(it)
		}
		ok = h.removeGoal(it.ID)
	case "step":
		if ok = h.dropStep(it.ID); ok {
			return h.reask() // it has said so
		}
	case "todo":
		ok = h.removeTodo(it)
		if !ok && draft {
			return h.unpick(it)
		}
	case "risk", "entry":
		return h.unpick(it)
	case "note":
		n := atoi(it.ID)
		if ok = n < len(h.p.Notes); ok {
			h.p.Notes = slices.Delete(h.p.Notes, n, n+1)
		}
	}
	if !ok {
		h.say("edit.gone", nil)
		return h.reask()
	}
	h.say("edit.removed", map[string]any{"words": it.Label})
	if it.What == "gap" && h.p.Dialogue.Asked != nil {
		h.p.Dialogue.Asked.Offered = h.withoutGaps(h.p.Dialogue.Asked.Offered, h.c.book.View(&h.p.Dialogue, h.p.First))
	}
	return h.reask()
}

func (h *handling) removeGap(id string) bool {
	p := h.currentPlan()
	i := slices.IndexFunc(p.Gaps, func(g career.Gap) bool { return g.ID == id && openGap(g) })
	if i < 0 {
		return false
	}
	g := p.Gaps[i]
	if !h.p.unwanted(g) {
		h.p.Unwanted = append(h.p.Unwanted, Unwanted{Kind: g.Kind, Words: g.Words, About: g.About})
	}
	_ = h.p.Plan.Apply(career.Difference{Kind: career.DiffGapGone, Item: id, From: g.Words, Gap: &g}, h.local()) // a draft has none there
	return true
}

func (h *handling) removeGoal(id string) bool {
	if _, err := h.p.Plan.MoveGoal(id, career.Dropped, h.local()); err != nil {
		return false
	}
	for _, g := range h.p.Plan.Goals {
		if g.ID == id {
			for _, m := range g.Milestones {
				_ = h.closeMilestone(m.ID, h.c.text("edit.gone", h.fields())) // its reminders are over
			}
		}
	}
	return true
}

func (h *handling) removeTodo(it EditItem) bool {
	t, ok := h.todoByID(it.ID)
	return ok && h.p.Plan.Apply(career.Difference{Kind: career.DiffTodoGone, Item: t.ID, From: t.Text}, h.local()) == nil
}

// unpick takes something out of the answers that a plan is made of: an entry of a
// list, or something that was picked.
func (h *handling) unpick(it EditItem) error {
	if h.p.First.Instance == "" {
		h.say("edit.gone", nil)
		return h.reask()
	}
	action, text := it.ID, it.name()
	for _, g := range h.currentPlan().Goals {
		if it.What == "goal" && g.ID == it.ID {
			action = g.Action
		}
	}
	v := h.c.book.View(&h.p.Dialogue, h.p.First)
	var changed []dialogue.Slot
	take := func(s dialogue.Slot) {
		val := s.Answer.Value
		n := len(val.List) + len(val.Choices)
		val.List = slices.DeleteFunc(slices.Clone(val.List), func(w string) bool { return it.What == "entry" && strings.EqualFold(w, text) })
		val.Choices = slices.DeleteFunc(slices.Clone(val.Choices), func(c dialogue.Picked) bool {
			return c.ID == action || c.Own && strings.EqualFold(dialogue.Unmark(c.Label), text)
		})
		if len(val.List)+len(val.Choices) < n {
			val.Text = strings.Join(val.List, ", ")
			s.Answer.Value = val
			changed = append(changed, s)
		}
	}
	if it.Key.Step != "" {
		for _, s := range allSlots(v) {
			if s.Key == it.Key {
				take(s)
			}
		}
	} else {
		for _, slot := range []string{"goal_pick", "act", "risks", "alternatives"} {
			if it.What == "goal" && slot != "goal_pick" || it.What == "todo" && slot != "act" || it.What == "risk" && slot != "risks" {
				continue
			}
			if s, ok := v.Slots[slot]; ok {
				take(s)
			}
			for _, s := range v.Items[slot] {
				take(s)
			}
		}
	}
	if len(changed) == 0 {
		h.say("edit.gone", nil)
		return h.reask()
	}
	var last dialogue.Result
	for i, s := range changed {
		r := h.c.book.Change(&h.p.Dialogue, s.Key, s.Answer.Value, h.c.text("edit.none", h.fields()), h.input(""), h.env())
		if i > 0 {
			r.Changed, r.Effects = append(last.Changed, r.Changed...), append(last.Effects, r.Effects...)
		}
		last = r
	}
	last.Lines = []string{h.c.text("edit.removed", h.with(map[string]any{"words": it.Label}))}
	return h.follow(last)
}

// allSlots are the answers of a view, in no order.
func allSlots(v dialogue.View) []dialogue.Slot {
	var out []dialogue.Slot
	for _, s := range v.Slots {
		out = append(out, s)
	}
	for _, items := range v.Items {
		for _, s := range items {
			out = append(out, s)
		}
	}
	return out
}

// unlinksWords are "the shadowing one doesn't close the schooling gap".
var unlinksWords = regexp.MustCompile(`(?i)^\W*(?:(?:no|but|btw|actually|sor+y|hey|by the way)\W+)*(?:(?:the|my|that)\s+)?(.{2,120}?)(?:\s+(?:one|goal|step))?\s+(does ?n['’]?o?t|do(?:es)? not|don['’]?t|doesnt|dont|won['’]?t|will not|wont|can['’]?t|cannot|isn['’]?t|is not)?\s*(?:closes?|closing|about|for)\s+(?:(?:the|my|any|a)\s+)?(.{2,120}?)(?:\s+gaps?)?(?:\s*,?\s*(?:btw|by the way|though|at all|anyway))?[\s.!]*$`)

// unlinks takes "the shadowing one doesn't close the schooling gap": what a goal
// closes, shown old and new.
func (h *handling) unlinks(text string) (done bool, err error) {
	m := unlinksWords.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || h.drafting() || h.p.Plan.Confirmed.IsZero() || !strings.Contains(strings.ToLower(text), "clos") {
		return false, nil
	}
	goals, gaps := h.thingsNamed(m[1], "goal"), h.thingsNamed(m[3], "gap")
	if len(gaps) == 0 { // "the schooling gap" names its kind
		for _, w := range nameWords(m[3]) {
			if k := kindWords[w]; k != "" && k != "gap" {
				gaps = append(gaps, h.thingsNamed("", k)...)
			}
		}
	}
	if len(goals) != 1 || goals[0].What != "goal" || len(gaps) != 1 || gaps[0].What != "gap" {
		return false, nil
	}
	g, _ := h.p.Plan.Goal(goals[0].ID)
	id := gaps[0].ID
	closes := slices.DeleteFunc(slices.Clone(g.Closes), func(c string) bool { return c == id })
	if m[2] == "" {
		closes = append(closes, id)
	}
	f := map[string]any{"words": dialogue.Words(clip(g.Title, 200)), "old": h.gapNames(g.Closes), "new": h.gapNames(closes)}
	if slices.Equal(closes, g.Closes) {
		h.say("edit.closes_set", f)
		return true, h.reask()
	}
	return true, h.offerEdit(Edit{Kind: editCloses, Items: goals, Words: text, Closes: closes}, "edit.closes", f)
}

func (h *handling) gapNames(ids []string) string {
	var out []string
	for _, g := range h.p.Plan.Gaps {
		if slices.Contains(ids, g.ID) {
			out = append(out, h.planGapText(g))
		}
	}
	if len(out) == 0 {
		return h.c.text("edit.none", h.fields())
	}
	return strings.Join(out, "; ")
}

// setCloses makes a goal close other gaps than it did.
func (h *handling) setCloses(it EditItem, closes []string) error {
	g, ok := h.p.Plan.Goal(it.ID)
	if !ok || h.p.Plan.RewordGoal(g.ID, career.GoalWords{Title: g.Title, Measure: g.Measure, Closes: closes}, h.local()) != nil {
		h.say("edit.gone", nil)
		return h.reask()
	}
	h.say("edit.closes_set", map[string]any{"words": dialogue.Words(clip(g.Title, 200)), "new": h.gapNames(closes)})
	return h.reask()
}

// rename puts a goal into other words.
func (h *handling) rename(it EditItem, title string) error {
	g, ok := h.p.Plan.Goal(it.ID)
	if !ok || h.p.Plan.RewordGoal(g.ID, career.GoalWords{Title: title, Measure: g.Measure, Closes: g.Closes}, h.local()) != nil {
		h.say("edit.gone", nil)
		return h.reask()
	}
	h.say("edit.renamed", map[string]any{"new": dialogue.Words(clip(title, 200))})
	return h.reask()
}

// addsAs is "add first aid as a skill" and "add the certificate first aid".
var addsAs = regexp.MustCompile(`(?i)^\W*(?:(?:please|can you|could you|also|and|i want to)\W+)*(?:add|put(?: in)?|note)\s+(?:(?:an?|the|my|one more|another)\s+)?(?:(skill|certificate|certification|licen[cs]e)\s*:?\s+(\S.{1,120}?)|(\S.{1,120}?)\s+(?:as|to)\s+(?:an?|the|my|one more|another)?\s*(?:missing )?(skill|certificate|certification|licen[cs]e)s?)[\s.!]*$`)

// addsEntry puts one more skill or certificate to those that are asked for.
func (h *handling) addsEntry(text string) (done bool, err error) {
	m := addsAs.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || h.p.First.Instance == "" {
		return false, nil
	}
	slot := "certificates"
	if strings.HasPrefix(strings.ToLower(m[1]+m[4]), "skill") {
		slot = "skills"
	}
	s, ok := h.c.book.View(&h.p.Dialogue, h.p.First).Slots[slot]
	if !ok {
		return false, nil
	}
	all := append(slices.Clone(s.Answer.Value.List), strings.TrimSpace(m[2]+m[3]))
	r, ok := h.c.book.Correct(&h.p.Dialogue, s.Key, strings.Join(all, "\n"), h.input(text), h.env())
	if !ok {
		return false, nil
	}
	return true, h.follow(r)
}

var (
	// putsIn is "I also want 85k a year, put that in", toList "add a mentor to my list".
	putsIn = regexp.MustCompile(`(?i)^(?:(.*?)\s*[,.;:!–]+\s*|\W*)(?:(?:please|can you|and|so|then)\s+)*(?:put|add|include)\s+(?:that|this|it)(?:\s+(?:in|down|too|as well|to (?:the|my) (?:plan|list)|in (?:the|my) (?:plan|list)|on (?:the|my) (?:plan|list)))+(?:\s+(?:please|too|as well))?[\s.!]*$`)
	toList = regexp.MustCompile(`(?i)^\W*(?:(?:please|can you|could you|also|and)\W+)*(?:put|add|write)\s+(\S.{1,200}?)\s+(?:to|on|in|into|onto)\s+(?:the|my)\s+(plan|(?:to-?do )?list|to-?dos?|notes?)[\s.!]*$`)
	asksIt = regexp.MustCompile(`(?i)^\W*(?:i (?:also )?(?:want|need|would like|['’]d like)(?: to have)?|also|and|oh)\s+(?:also\s+)?`)
)

// addsWords takes what somebody wants put into the plan, and asks where where that
// was not said.
func (h *handling) addsWords(text string) (done bool, err error) {
	text = strings.TrimSpace(text)
	words := ""
	if m := toList.FindStringSubmatch(text); m != nil {
		switch where := strings.ToLower(m[2]); {
		case strings.HasPrefix(where, "note"):
			return true, h.addTo("note", m[1])
		case where != "plan":
			return true, h.addTo("list", m[1])
		}
		words = m[1]
	} else if m := putsIn.FindStringSubmatch(text); m != nil {
		words = strings.TrimSpace(m[1])
		if words == "" && len(h.p.Notes) > 0 {
			words = h.p.Notes[len(h.p.Notes)-1].Text
		}
		if words == "" {
			if h.asking() != "" {
				return false, nil
			}
			h.say("edit.add_what", nil)
			return true, h.reask()
		}
	} else {
		return false, nil
	}
	short := strings.TrimSpace(asksIt.ReplaceAllString(words, ""))
	if short == "" {
		short = words
	}
	e := Edit{Kind: editAdd, Words: short}
	var choices []chat.Choice
	for _, o := range h.editOptions(e) {
		choices = append(choices, choiceOf(o))
	}
	return true, h.offerEdit(e, "edit.add", map[string]any{"words": dialogue.Words(clip(short, 300))}, choices...)
}

// addTo puts words where they were asked to be.
func (h *handling) addTo(where, words string) error {
	words = reading.Clean(words)
	switch where {
	case "list":
		t := h.p.Plan.AddTodo(career.Todo{Text: words})
		h.say("edit.added_list", map[string]any{"words": dialogue.Words(clip(t.Text, 300))})
	case "goal":
		if h.drafting() || h.p.Plan.Confirmed.IsZero() {
			t := h.p.Plan.AddTodo(career.Todo{Text: words})
			h.say("edit.added_list", map[string]any{"words": dialogue.Words(clip(t.Text, 300))})
			break
		}
		return h.goalNamed(words)
	default:
		h.note(words)
		h.say("edit.added_note", map[string]any{"words": dialogue.Words(clip(words, 300))})
	}
	return h.reask()
}

// goalNamed opens the form for a new goal with its title filled in, or keeps the
// words and offers the form where it cannot be opened.
func (h *handling) goalNamed(title string) error {
	if h.e.Kind == chat.Click {
		f := &form{h: h, name: "goal", token: h.formToken(), sent: map[string][]string{"title": {title}}}
		h.reply.Form = f.show()
		h.note(title)
		return h.reask()
	}
	if err := goalAddOrder(h, title); err != nil {
		return err
	}
	return h.reask()
}
