package coach

import (
	"slices"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
)

// question is the last paragraph of the question on screen, as marked text; ""
// when there is none. Nothing changes by looking.
func (h *handling) question() string {
	if h.p.Dialogue.Asked == nil {
		return ""
	}
	peek := h.p.Dialogue
	asked := *peek.Asked
	peek.Asked = &asked
	peek.Stack, peek.Past = slices.Clone(peek.Stack), slices.Clone(peek.Past)
	peek.Answers = slices.Clone(peek.Answers)
	r := h.c.book.Ask(&peek, h.input(""), h.env())
	if r.Question == nil || len(r.Question.Blocks) == 0 {
		return ""
	}
	return dialogue.Words(chat.PlainSpans(r.Question.Blocks[len(r.Question.Blocks)-1].Spans))
}
