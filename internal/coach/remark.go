package coach

import (
	"strings"

	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// factWords is from how many words on what stands behind a yes or a no is a fact
// worth a note.
const factWords = 4

// withRemark keeps the fact that was told along with a yes or a no, "yes, my boss
// retires in March 2028", where no question has taken it up.
func (h *handling) withRemark(asked *dialogue.Key, text string, r dialogue.Result) dialogue.Result {
	if asked == nil || len(r.Changed) != 1 || r.Changed[0] != *asked || len(r.Loose) > 0 {
		return r
	}
	s, ok := h.c.book.Step(asked.Step)
	if !ok || s.Kind != dialogue.Choice || s.Own || s.Aside || strings.HasPrefix(asked.Step, "check_in.") {
		return r
	}
	a, note := reading.YesNo(text)
	if a == reading.Unclear || len(strings.Fields(note)) < factWords || len(note)+3 > len(strings.TrimSpace(text)) {
		return r
	}
	given, ok := h.p.Dialogue.Answer(*asked)
	if !ok || len(given.Value.Choices) != 1 || given.Value.Choices[0].ID != a.String() {
		return r
	}
	r.Loose = append(r.Loose, note)
	r.Lines = append([]string{h.c.text("say.fact_kept", h.with(map[string]any{"words": dialogue.Words(clip(note, 300))}))}, r.Lines...)
	return r
}
