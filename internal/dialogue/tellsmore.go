package dialogue

import (
	"regexp"
	"strings"

	"waymark/internal/civil"
	"waymark/internal/reading"
)

// clauseEnd is what stands between an answer and what is told along with it.
var clauseEnd = regexp.MustCompile(`(?i)[,;:.…]+\s+|\s+[-–—]\s+|…+\s*|\s+because\s+`)

// tellsMore takes what was said behind an answer for the next question, where it
// fits that one and says so: "yes, in February", "not yet, no time". What does not
// fit stays with the words of the answer.
func (t *turn) tellsMore(answered *Step, v Value, g given) {
	if t.st.Asked == nil || t.st.Asked.Pending != nil || t.st.Revisit != nil || answered.Kind != Choice || v.Skipped || v.Unsure || len(g.parts) > 0 {
		return
	}
	next, ok := t.current()
	rest := t.behindAnswer(answered, v, g.words)
	if !ok || next == answered || rest == "" {
		return
	}
	if k := t.st.Asked.Key; t.st.find(k) >= 0 { // asked again
		return
	}
	r, ok := t.fits(next, rest)
	if !ok || t.lacksAny(next, r.value) {
		return
	}
	said := t.res.Said
	t.line("told_along", map[string]any{"words": Words(rest)})
	t.store(next, t.st.Asked.Key, r.value, given{words: rest, ts: g.ts}, r.also)
	t.res.Said, t.res.Question = said, nil
	t.advance()
}

// lacksAny reports whether an answer would have to be asked for again.
func (t *turn) lacksAny(s *Step, v Value) bool {
	view, item := t.context(t.st.Asked.Key)
	for _, rule := range s.Check {
		if t.env.Check(rule, view, item, v) != "" {
			return true
		}
	}
	return false
}

// behindAnswer is what stands in an answer behind the words that choose.
func (t *turn) behindAnswer(s *Step, v Value, words string) string {
	words = strings.TrimSpace(words)
	if len(v.Choices) != 1 || v.Choices[0].Own || strings.Contains(words, "\n") {
		return ""
	}
	label := Unmark(v.Choices[0].Label)
	behind := func(rest string) string {
		if rest = strings.TrimSpace(rest); rest == "" || reading.Mentions(label, rest) {
			return "" // the choice itself
		}
		return rest
	}
	for _, at := range clauseEnd.FindAllStringIndex(words, 3) {
		head := strings.Trim(words[:at[0]], " ,;:.")
		r := readChoice(s, t.offeredOf(s, v), head)
		if head != "" && r.outcome == understood && r.value.Choices[0].ID == v.Choices[0].ID {
			return behind(words[at[1]:])
		}
	}
	if _, note := reading.YesNo(words); len(note) < len(words) && (v.Choices[0].ID == "yes" || v.Choices[0].ID == "no") {
		return behind(note)
	}
	return ""
}

// offeredOf are the choices an answer was taken from.
func (t *turn) offeredOf(s *Step, v Value) []Picked {
	if s.From == "" {
		return s.offer()
	}
	return v.Choices
}

// fits reads what was told along as the answer to the next question. It is
// strict: words that could answer anything answer only a question that says so.
func (t *turn) fits(s *Step, rest string) (read, bool) {
	r := readAnswer(s, t.st.Asked.Offered, rest, t.in)
	if r.outcome != understood || r.value.Unsure || r.value.empty() {
		return r, false
	}
	switch s.Kind {
	case Date:
		return r, r.value.Date != (civil.Date{})
	case Hours:
		return r, reading.NamesHours(rest)
	case Choice:
		if r.value.Choices[0].Own {
			return r, s.Rest
		}
		return r, yesNoID(rest) == "" || s.Rest
	case Text, List:
		return r, s.Rest && len(strings.Fields(rest)) >= 2 && !reading.ChangesAtWork(rest)
	}
	return r, false
}
