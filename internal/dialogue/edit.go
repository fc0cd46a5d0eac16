package dialogue

import (
	"slices"

	"waymark/internal/reading"
)

// Edit takes a message that the person rewrote: the answer it held is read
// anew. False means that the message held nothing that is in force.
func (b *Book) Edit(st *State, in Input, env Env) (Result, bool) {
	t := b.turn(st, in, env)
	if in.TS == "" {
		return Result{}, false
	}
	if t.editOnScreen() {
		return t.done(), true
	}
	i := slices.IndexFunc(st.Answers, func(a Answer) bool {
		return !a.Replaced && slices.ContainsFunc(a.allParts(), func(p Part) bool { return p.TS == in.TS })
	})
	if i < 0 {
		return Result{}, false
	}
	a := st.Answers[i]
	s, ok := b.Step(a.Key.Step)
	if !ok {
		return Result{}, false
	}
	t.reread(s, a)
	return t.done(), true
}

// editOnScreen reads a message anew that the question on screen could not take
// as its answer yet.
func (t *turn) editOnScreen() bool {
	asked := t.st.Asked
	if asked == nil {
		return false
	}
	p := asked.Pending
	unread := slices.IndexFunc(asked.Unread, func(u Part) bool { return u.TS == t.in.TS })
	switch {
	case p != nil && p.TS == t.in.TS && p.Kind == PendingLate:
		again := *p
		again.Words = t.in.Text
		t.pend(again)
		return true
	case p != nil && p.TS == t.in.TS:
		asked.Pending = p.Under
	case unread >= 0:
		asked.Unread = slices.Delete(slices.Clone(asked.Unread), unread, unread+1)
		asked.Attempts = max(0, asked.Attempts-1) // it did not count
		asked.Pending = nil
	default:
		return false
	}
	switch {
	case t.correction():
	case t.st.Top() == nil:
		t.loose(t.in.Text)
		t.st.Asked = nil
	default:
		t.answer(t.given(t.in.Text))
	}
	return true
}

// reread reads an answer anew, one message of which was rewritten.
func (t *turn) reread(s *Step, a Answer) {
	parts := slices.Clone(a.allParts())
	for i := range parts {
		if parts[i].TS == t.in.TS {
			parts[i].Words = t.in.Text
		}
	}
	g := givenIn(parts)
	r := t.rereadParts(s, a, parts, g)
	switch {
	case r.outcome == understood:
		t.change(s, a.Key, r.value, g, r.also)
	case r.outcome == several:
		t.askWhich(s, a.Key, r.picks, g)
	case t.st.Top() != nil && t.st.Top().Instance == a.Key.Instance && t.onTheWay(s, a.Key):
		t.letGo()
		k := a.Key
		k.Step = s.Name()
		t.st.Revisit, t.st.Asked = &k, nil
		t.loose(t.in.Text)
		t.line("edit_unread", nil)
		t.advance()
	default:
		t.loose(t.in.Text)
		t.line("edit_unread", nil)
	}
}

// onTheWay reports whether an answer stands before the question on screen: what
// was told ahead of its question cannot be asked again yet.
func (t *turn) onTheWay(s *Step, k Key) bool {
	k.Step = s.Name()
	return slices.ContainsFunc(t.b.walk(t.st, *t.st.Top()).asked, func(v visit) bool { return v.key == k })
}

func (t *turn) rereadParts(s *Step, a Answer, parts []Part, g given) read {
	if len(parts) > 1 && !a.Value.Skipped && (s.Kind == Text || s.Kind == List) {
		return read{outcome: understood, value: readParts(s, parts)}
	}
	text := g.words
	if len(parts) > 1 {
		text = t.in.Text
	}
	if c, ok := reading.ReadCorrection(text); ok && c.Value != "" {
		text = c.Value // the answer was given as a correction, or is one now
	}
	return readAnswer(s, t.offered(a.Key, s), text, t.in)
}
