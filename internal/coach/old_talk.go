package coach

import (
	"time"

	"waymark/internal/dialogue"
)

// olderFlow asks whether words belong to a talk of days ago.
const olderFlow = "older"

// oldTalk is after how long words are no longer taken for the answer to the
// question of a side talk.
const oldTalk = 24 * time.Hour

// outOfTheBlue asks about words that reach a side talk which nobody has gone on
// with for a day: they may be its answer, or about something else.
func (h *handling) outOfTheBlue(text string) (bool, error) {
	st := &h.p.Dialogue
	top := st.Top()
	if top == nil || st.Asked == nil || st.Asked.Pending != nil || !isSideTalk(top.Flow) || st.Asked.At.IsZero() || h.now.Sub(st.Asked.At) < oldTalk {
		return false, nil
	}
	s, ok := h.c.book.Step(st.Asked.Key.Step)
	if !ok || s.Kind != dialogue.Text && s.Kind != dialogue.List {
		return false, nil
	}
	h.note(text)
	h.lines = append(h.lines, h.c.book.Recap(st, h.input(""), h.env()))
	return true, h.start(olderFlow, dialogue.Picked{ID: "older", Label: dialogue.Words(text)})
}

// olderHere gives the words to the question of the talk below.
func (h *handling) olderHere(e dialogue.Effect) error {
	defer func() { h.instead = true }()
	h.closeTalks(func(fr dialogue.Frame) bool { return fr.Instance == e.Frame.Instance })
	h.c.book.Ask(&h.p.Dialogue, h.input(""), h.env())
	return h.follow(h.c.book.Turn(&h.p.Dialogue, h.input(dialogue.Unmark(e.Frame.Item.Label)), h.env()))
}

// olderNew closes the talk below; the words are kept as a note.
func (h *handling) olderNew(e dialogue.Effect) error {
	defer func() { h.instead = true }()
	st := &h.p.Dialogue
	below := ""
	for i, fr := range st.Stack {
		if fr.Instance == e.Frame.Instance && i > 0 {
			below = st.Stack[i-1].Instance
		}
	}
	h.closeTalks(func(fr dialogue.Frame) bool { return fr.Instance == e.Frame.Instance || fr.Instance == below })
	h.say("wish.closed", nil)
	return h.comeBack()
}
