package dialogue

import (
	"slices"
	"strconv"
)

// letGo ends a confirmation that was not answered. A correction that is dropped
// is said to be, and what was written is kept.
func (t *turn) letGo() {
	if t.st.Asked == nil || t.st.Asked.Pending == nil {
		return
	}
	p := t.st.Asked.Pending
	t.st.Asked.Pending = nil
	for ; p != nil; p = p.Under {
		switch {
		case p.Kind == PendingLate:
			t.keepWithLast(*p)
		case p.Kind == PendingAsked: // it was answered and kept when it came
		case p.Kind == PendingAbout, p.Kind == PendingAside:
			t.loose(p.Words)
		case p.Kind == PendingPick && p.Key == t.st.Asked.Key, p.Kind == PendingDefault:
			t.loose(p.Words)
		default:
			t.line("kept", nil)
			t.loose(p.Words)
		}
	}
}

// settle acts on the choice taken under a confirmation.
func (t *turn) settle(id string) {
	p := *t.st.Asked.Pending
	if !slices.ContainsFunc(p.Offered, func(o Picked) bool { return o.ID == id }) {
		t.res.Stale = true
		return
	}
	s, ok := t.b.Step(p.Key.Step)
	if !ok && p.Kind != PendingRestart { // its step is gone from the file
		t.letGo()
		t.advance()
		return
	}
	switch p.Kind {
	case PendingPick:
		n, err := strconv.Atoi(id[len("p:"):])
		if err != nil || n >= len(p.Values) {
			t.loose(p.Words)
			t.repose()
			return
		}
		t.settleWith(s, p, p.Values[n], given{words: p.Words, ts: p.TS})
	case PendingDefault:
		t.settleDefault(s, p, id)
	case PendingCorrect:
		if id != "p:yes" {
			k := p.Key
			t.st.Dropped = &k
			t.letGo()
			t.advance()
			return
		}
		t.settleWith(s, p, p.Values[0], given{words: p.Words, ts: p.TS})
	case PendingLate:
		t.settleLate(p, id == "p:yes")
	case PendingAbout:
		t.settleAbout(p, id)
	case PendingAside:
		t.settleAside(p, id)
	case PendingAsked:
		t.keepAsked(s, p)
	case PendingRestart:
		t.settleRestart(id == "p:yes")
	}
}

// settleWith takes a value for the answer a confirmation is about: the question
// on screen, or a correction of another.
func (t *turn) settleWith(s *Step, p Pending, v Value, g given) {
	t.st.Asked.Pending = nil
	if t.st.Asked.Key != p.Key || t.st.Top() == nil {
		t.change(s, p.Key, v, g, nil)
		return
	}
	t.store(s, p.Key, v, g, nil)
	t.advance()
}

// settleDefault takes the default, or leaves the question open with everything
// that was said to it.
func (t *turn) settleDefault(s *Step, p Pending, id string) {
	v, shown := Value{Skipped: true}, t.text("button_later", nil)
	if id == "p:default" {
		v, shown = p.Values[0], p.Values[0].display()
	} else {
		t.line("left_open", nil)
	}
	parts := t.st.Asked.Unread
	if t.in.Text != "" {
		parts = append(slices.Clone(parts), Part{TS: t.in.TS, Words: t.in.Text})
	}
	t.st.Asked.Pending = nil
	t.store(s, p.Key, v, givenIn(parts), nil)
	t.res.Said = shown
	t.advance()
}

// settleRestart keeps every answer as history and begins again.
func (t *turn) settleRestart(yes bool) {
	if !yes {
		t.letGo()
		t.advance()
		return
	}
	for _, fr := range t.st.Stack {
		fr.Closed = t.in.Now.UTC()
		t.st.Past = append(t.st.Past, fr)
	}
	t.st.Stack, t.st.Asked, t.st.Revisit, t.st.Again, t.st.Last = nil, nil, nil, nil, nil
	for i := range t.st.Answers {
		t.st.Answers[i].Replaced = true
	}
	t.res.Effects = append(t.res.Effects, Effect{Name: RestartEffect})
}

// RestartEffect is what Turn reports when a person wants to start over and has
// said so twice; the application then opens the first flow again.
const RestartEffect = "restart"
