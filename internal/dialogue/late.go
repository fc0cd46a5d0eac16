package dialogue

import (
	"slices"
	"strings"

	"waymark/internal/reading"
)

// late takes a text that was sent before the question on screen appeared: it
// belongs to the answer before. It is added there, or asked about.
func (t *turn) late() bool {
	asked := t.st.Asked
	switch {
	case asked == nil:
		return false
	case reading.Greeting(t.in.Text), reading.Thanks(t.in.Text):
		return true // the question that crossed it is the reply
	case t.correction(), t.refusesBefore():
		return true
	}
	if t.st.Last != nil {
		s, ok := t.b.Step(t.st.Last.Step)
		a, has := t.st.Answer(*t.st.Last)
		if ok && has && !a.Value.Skipped && (s.Kind == Text || s.Kind == List) {
			t.addTo(s, a)
			return true
		}
	}
	p := Pending{Kind: PendingLate, Key: asked.Key, Words: t.in.Text, TS: t.in.TS, Offered: t.yesNo(), Under: asked.Pending}
	if was := asked.Pending; was != nil && was.Kind == PendingLate { // a third message of the same kind
		p.Words, p.TS, p.Under = was.Words+"\n"+t.in.Text, was.TS, was.Under
	}
	t.pend(p)
	return true
}

// addTo makes a text part of an answer already given.
func (t *turn) addTo(s *Step, a Answer) {
	parts := append(slices.Clone(a.allParts()), Part{TS: t.in.TS, Words: t.in.Text})
	g := givenIn(parts)
	t.put(s, Answer{Key: a.Key, Value: readParts(s, parts), Words: g.words, At: t.in.Now.UTC(), TS: g.ts, Parts: g.parts, Offered: a.Offered})
	clear(t.answered) // what lies behind the answer has been said before
	t.line("added", map[string]any{"words": Words(t.in.Text)})
	t.restate()
}

// readParts reads an answer in own words that came in several messages.
func readParts(s *Step, parts []Part) Value {
	var v Value
	var texts []string
	for _, p := range parts {
		text := reading.Clean(p.Words)
		if s.Kind == List {
			for _, item := range reading.List(text) {
				if !slices.Contains(v.List, item) {
					v.List = append(v.List, item)
				}
			}
		}
		texts = append(texts, text)
	}
	if s.Kind != List || len(v.List) > 0 {
		v.Text = strings.TrimSpace(strings.Join(texts, "\n"))
	}
	return v
}

func (t *turn) settleLate(p Pending, yes bool) {
	t.st.Asked.Pending = p.Under
	if !yes {
		t.keepWithLast(p)
		t.line("noted", nil)
		t.restate()
		return
	}
	t.answer(given{words: p.Words, ts: p.TS})
	// A correction that waited below is still to be confirmed.
	for u := p.Under; u != nil; u = u.Under {
		if u.Kind == PendingCorrect && t.st.Asked != nil && t.st.Asked.Pending == nil {
			t.pend(*u)
			return
		}
	}
}

// keepWithLast keeps words that answer nothing with the answer they followed.
func (t *turn) keepWithLast(p Pending) {
	if t.st.Last != nil {
		if i := t.st.find(*t.st.Last); i >= 0 {
			a := &t.st.Answers[i]
			a.Words = strings.TrimSpace(a.Words + "\n" + p.Words)
			return
		}
	}
	t.loose(p.Words)
}
