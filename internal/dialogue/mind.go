package dialogue

import (
	"slices"
	"strings"

	"waymark/internal/civil"
	"waymark/internal/reading"
)

// aimTopic is the topic of the question where somebody wants to get.
const aimTopic = "target"

// mind takes "I changed my mind, I want to be a data analyst": another aim, shown
// beside the one before. What was said in front of it answers what is asked.
func (t *turn) mind() bool {
	m, ok := reading.ReadMind(t.in.Text)
	if !ok {
		return false
	}
	aim, ok := t.aim()
	if !ok || t.st.Asked != nil && t.st.Asked.Key == aim.key {
		return false
	}
	a, _ := t.st.answerTo(aim.step, aim.key)
	value, known := t.saidBefore(aim, m.Value)
	if !known && m.Old != "" { // "instead of data analyst"
		_, known = t.saidBefore(aim, m.Old)
	}
	date := readDate(&Step{Kind: Date}, value, t.in)
	if !known && (date.outcome == understood && date.value.Date != (civil.Date{}) || a.Value.empty()) {
		return false
	}
	r := readAnswer(aim.step, aim.offered, value, t.in)
	if r.outcome != understood || r.value.Unsure {
		return false
	}
	if m.Head != "" {
		return t.mindAfter(m, aim, r.value, known)
	}
	s, open := t.current()
	if !known && !m.Certain && open && s.inOwnWords() {
		t.askAbout([]meantStep{{candidate: aim, value: r.value}}, true)
		return true
	}
	t.propose(aim, r.value)
	return true
}

// mindAfter keeps what was said before a change of mind as the answer to the
// question on screen, and shows the change above the next one.
func (t *turn) mindAfter(m reading.Mind, aim candidate, v Value, known bool) bool {
	s, open := t.current()
	if !open || t.st.Asked.Pending != nil || !known && !m.Certain {
		return false
	}
	r := readAnswer(s, t.st.Asked.Offered, m.Head, t.in)
	if r.outcome != understood || r.value.Unsure {
		return false
	}
	t.take(s, r, given{words: m.Head, ts: t.in.TS})
	if t.st.Asked == nil || t.st.Asked.Pending != nil {
		return true // the rest is kept with what waits
	}
	t.propose(aim, v)
	return true
}

// aim is the answer that says where the person wants to get.
func (t *turn) aim() (candidate, bool) {
	for _, c := range t.byTopic(aimTopic) {
		if c.answered && c.step.Kind == Text {
			return c, true
		}
	}
	return candidate{}, false
}

// saidBefore is how the person named something before that they now name in short,
// "data" for "data analyst".
func (t *turn) saidBefore(c candidate, words string) (full string, ok bool) {
	want := strings.Fields(normal(words))
	for _, a := range slices.Backward(t.st.Answers) {
		if a.Key.Step != c.key.Step || a.Value.Text == "" {
			continue
		}
		have := normal(a.Value.Text)
		if len(want) > 0 && !slices.ContainsFunc(want, func(w string) bool { return !containsWords(have, w) }) {
			return a.Value.Text, true
		}
	}
	return words, false
}
