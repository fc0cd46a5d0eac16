package dialogue

import (
	"slices"

	"waymark/internal/reading"
)

// Asked puts what is on screen there again after a question to the coach that
// came instead of an answer. Where the answer would be in own words, words can be
// kept as the answer after all; "" offers nothing of the kind. The words
// themselves are for the application to keep.
func (b *Book) Asked(st *State, words string, in Input, env Env) Result {
	t := b.turn(st, in, env)
	s, ok := t.current()
	free := ok && (s.Kind == Text || s.Kind == List)
	switch {
	case st.Asked != nil && st.Asked.Pending != nil && st.Asked.Pending.Kind != PendingAsked && st.Asked.Pending.Kind != PendingDefault:
		t.restate() // something else waits for a word
	case !free || words == "":
		t.repose()
	default:
		t.pend(Pending{Kind: PendingAsked, Key: st.Asked.Key, Words: words, TS: in.TS, Offered: []Picked{{ID: "p:keep", Label: t.text("button_keep", nil)}}})
	}
	if q := t.res.Question; q != nil { // what leads to the question was said before
		for len(q.Blocks) > 1 && q.Blocks[0].Kind == q.Blocks[len(q.Blocks)-1].Kind {
			q.Blocks = q.Blocks[1:]
		}
	}
	return t.done()
}

// AskedBefore are the words that may be kept as the answer to the question on
// screen, "" for none.
func (s *State) AskedBefore() string {
	if s.Asked == nil || s.Asked.Pending == nil || s.Asked.Pending.Kind != PendingAsked {
		return ""
	}
	return s.Asked.Pending.Words
}

// Changes reports whether a text changes an answer given before, so that the
// dialogue takes it for that whatever else it may be. Nothing changes by asking.
func (b *Book) Changes(st *State, in Input, env Env) bool {
	if st.Asked == nil && st.Top() == nil && len(st.Answers) == 0 {
		return false
	}
	try := *st
	if st.Asked != nil {
		asked := *st.Asked
		asked.Pending = nil
		try.Asked = &asked
	}
	try.Stack, try.Answers, try.Past, try.Again = slices.Clone(st.Stack), slices.Clone(st.Answers), slices.Clone(st.Past), slices.Clone(st.Again)
	t := b.turn(&try, in, env)
	return t.mind() || t.named() || t.correction() || t.amend()
}

// Foretell keeps words as the answer to a step in own words that fr has not come
// to yet, so that it is not asked for there. Unknown steps and other kinds are left
// alone.
func (b *Book) Foretell(st *State, fr Frame, step, words string, in Input) {
	if s, ok := b.Step(step); ok && s.Kind == Text {
		st.put(Answer{Key: Key{Instance: fr.Instance, Step: s.Name()}, Value: Value{Text: words}, Words: words, At: in.Now.UTC(), TS: in.TS})
	}
}

// answersAfterAsking takes what is written where a question to the coach may be
// kept as the answer: the word for that, the same words once more, or the answer.
func (t *turn) answersAfterAsking(p Pending) bool {
	if _, ok := reading.Choose(t.in.Text, t.pendingOptions(&p)); ok || normal(t.in.Text) == normal(p.Words) {
		t.settle("p:keep")
		return true
	}
	t.st.Asked.Pending = nil
	return false
}

// keepAsked keeps words with a question in them as the answer.
func (t *turn) keepAsked(s *Step, p Pending) {
	clean := reading.Clean(p.Words)
	v := Value{Text: clean}
	if s.Kind == List {
		if v.List = reading.List(clean); len(v.List) == 0 {
			v.List = []string{clean}
		}
	}
	t.take(s, read{outcome: understood, value: v}, given{words: p.Words, ts: p.TS})
}
