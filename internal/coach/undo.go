package coach

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

var (
	// undoWords take something back, whenever they are said; wrongWords do so right
	// after it.
	undoWords  = regexp.MustCompile(`(?i)^\W*(?:(?:sor+y|oops|no|wait|please|oh|can you|could you)\W+)*(?:undo(?: (?:it|that|this|last|the last(?: one| step)?|(?:the |my )?["“]?done["”]?))?|take (?:the |that |my )?["“]?done["”]? back|(?:please )?(?:re-?open|open) (?:the |that |my )?(?:gap|goal|step|milestone|it)(?: again)?)\W*$`)
	wrongWords = regexp.MustCompile(`(?i)^\W*(?:(?:sor+y|oops|no|wait|please|oh|but)\W+)*(?:(?:i )?(?:have |just )?(?:press|pressed|click|clicked|tap|tapped|hit|push|pushed|typed?)(?: on)?(?: the)? wrong\b.*|(?:(?:it|that|this|step|the step|word step|work step) ?(?:is|['’]?s|was)? ?)?(?:is )?not (?:yet )?(?:done|finished|ready)(?: yet)?|(?:that|it|this) (?:was|is) (?:a |by )?(?:mistake|wrong|accident)|by (?:mistake|accident)|wrong (?:button|one)|take (?:it|that) back|(?:i )?(?:did ?n['’]?t|did not|have ?n['’]?t|have not|not) (?:do|done|did|finish|finished) (?:it|that|this)(?: yet)?)\W*$`)
)

// How long after a "done" words are taken to be about it.
const (
	undoable = 7 * 24 * time.Hour // for those that ask for it
	fresh    = 30 * time.Minute   // for those that may mean something else
)

// takesBackDone takes "undo" and "I pressed wrong" after a "done", and asks whether
// a refusal means that: "no! I don't have the certificate".
func (h *handling) takesBackDone(text string) (done bool, err error) {
	id, at, ok := career.LastDone(h.p.Plan)
	age := h.now.Sub(at)
	undo := undoWords.MatchString(text)
	switch {
	case ok && age < undoable && undo && (age < fresh || h.asking() == "" || !isUndoOnly(text)):
		return true, h.reopen(id)
	case undo && h.asking() == "" && h.p.Dialogue.Top() == nil && !h.p.Plan.Confirmed.IsZero():
		h.say("edit.nothing_done", nil)
		return true, h.reask()
	case !ok || age > fresh:
		return false, nil
	case wrongWords.MatchString(text) && h.asking() != checkInFlow+".went":
		return true, h.reopen(id)
	}
	step := h.asking()
	if !strings.HasPrefix(step, "reached.") && step != checkInFlow+".helped" || !reading.TakesBack(text) {
		return false, nil
	}
	g, m, _ := h.p.Plan.Milestone(id)
	e := Edit{Kind: editUndo, Items: []EditItem{{What: "step", ID: id}}, Words: text}
	var choices []chat.Choice
	for _, o := range h.editOptions(e) {
		choices = append(choices, choiceOf(o))
	}
	return true, h.offerEdit(e, "edit.undo", map[string]any{"words": h.milestoneText(g, m)}, choices...)
}

// isUndoOnly reports whether a text is the single word, which also takes back an
// answer of a talk.
func isUndoOnly(text string) bool { return same(text, "undo") || same(text, "undo that") }

func choiceOf(o reading.Option) chat.Choice { return chat.Choice{Value: "e:" + o.ID, Label: o.Label} }

// reopen takes back that a step is done, with all that it brought: the goal, the
// gaps, the question that celebrates it and the win that came of that.
func (h *handling) reopen(id string) error {
	g, m, ok := h.p.Plan.Milestone(id)
	on := m.Done
	back, err := h.p.Plan.Reopen(id, h.local())
	if !ok || err != nil {
		h.say("edit.nothing_done", nil)
		return h.reask()
	}
	if len(h.p.Offered) > 0 { // what the end of the goal would have changed
		h.p.Offered = nil
		if err := h.closeScreens("d", h.c.text("say.changed_left", h.fields())); err != nil {
			return err
		}
	}
	if err := h.leaveReached(g.ID); err != nil {
		return err
	}
	if err := h.leaveCheckIn(id); err != nil {
		return err
	}
	if back.Goal != "" {
		h.p.Plan.Wins = slices.DeleteFunc(slices.Clone(h.p.Plan.Wins), func(w career.Win) bool {
			return w.Goal == g.ID && w.Text == g.Title && !w.On.Before(on)
		})
	}
	h.say("edit.undone", map[string]any{"words": h.milestoneText(g, m)})
	if back.Goal != "" {
		h.say("edit.undone_goal", map[string]any{"goal": dialogue.Words(clip(g.Title, 200))})
	}
	for _, gap := range h.p.Plan.Gaps {
		if slices.Contains(back.Gaps, gap.ID) {
			h.say("edit.undone_gap", map[string]any{"gap": h.planGapText(gap)})
		}
	}
	return h.reask()
}

// leaveReached closes the talk that celebrates a goal.
func (h *handling) leaveReached(goal string) error {
	over := func(fr dialogue.Frame) bool { return fr.Flow == "reached" && fr.Item.ID == goal }
	if !slices.ContainsFunc(h.p.Dialogue.Stack, over) {
		return nil
	}
	if top := h.p.Dialogue.Top(); over(*top) {
		if err := h.retire(""); err != nil {
			return err
		}
	}
	h.closeTalks(over)
	return nil
}

// undoOrder is `/goals undo`, and the button of that name on the tab.
func undoOrder(h *handling, _ string) error {
	id, at, ok := career.LastDone(h.p.Plan)
	if !ok || h.now.Sub(at) > undoable {
		h.say("edit.nothing_done", nil)
		return h.flush(nil)
	}
	return h.reopen(id)
}
