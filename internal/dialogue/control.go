package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"waymark/internal/civil"
	"waymark/internal/reading"
)

// control obeys the commands that steer the dialogue itself.
func (t *turn) control() bool {
	switch t.in.Command {
	case reading.Back:
		t.back()
	case reading.Skip, reading.Later:
		t.skip()
	case reading.Why, reading.Example, reading.Explain:
		t.explain()
	case reading.HowLong:
		t.howLong()
	case reading.Pause:
		t.pause()
	case reading.Continue:
		t.resume()
	case reading.StartOver:
		t.askRestart()
	default:
		return false
	}
	return true
}

// back goes to the answer before the question on screen and asks it again.
func (t *turn) back() {
	top := t.st.Top()
	if top == nil {
		t.res.Nothing = true
		return
	}
	if t.st.Asked != nil && t.st.Asked.Pending != nil && t.st.Asked.Pending.Kind != PendingAsked {
		t.letGo() // back from a confirmation is the question itself
		t.advance()
		return
	}
	p := t.b.walk(t.st, *top)
	for i := len(p.asked) - 1; i >= 0; i-- {
		v := p.asked[i]
		if a, ok := t.st.answerTo(v.step, v.key); ok && !answeredItself(v.step, a) {
			k := v.key
			if t.st.Revisit != nil {
				t.st.Again = append(t.st.Again, *t.st.Revisit)
			}
			t.st.Revisit, t.st.Asked = &k, nil
			t.advance()
			return
		}
	}
	t.line("back_first", nil)
	t.advance()
}

// stepAgain goes on to the answer after the one that was shown again, where
// "back" has stepped over several and it is still on the way.
func (t *turn) stepAgain() {
	for n := len(t.st.Again); n > 0 && t.st.Revisit == nil; n = len(t.st.Again) {
		k := t.st.Again[n-1]
		t.st.Again = t.st.Again[:n-1]
		if top := t.st.Top(); top != nil && slices.ContainsFunc(t.b.walk(t.st, *top).asked, func(v visit) bool { return v.key == k }) {
			t.st.Revisit = &k
		}
	}
}

// roughCount does not promise more than is known: beyond ten, it counts in fives.
func roughCount(n int) int {
	if n > 10 {
		return (n + 2) / 5 * 5
	}
	return max(n, 1)
}

// howLong says about how many questions are still to come.
func (t *turn) howLong() {
	if t.st.Top() == nil {
		t.res.Nothing = true
		return
	}
	t.line("how_long", map[string]any{"n": strconv.Itoa(roughCount(t.b.remaining(t.st)))})
	t.restate()
}

// skip leaves the question unanswered; asked again after "back", its answer
// stays. Under a confirmation it is a no.
func (t *turn) skip() {
	s, ok := t.current()
	switch {
	case t.st.Asked == nil:
		t.res.Nothing = true
		return
	case t.in.Late: // meant for the question before; this one has not been seen yet
		t.restate()
		return
	case t.pendingOther() != nil:
		t.letGo()
		t.advance()
		return
	case !ok:
		t.advance()
		return
	}
	k := t.st.Asked.Key
	if t.st.Revisit != nil && *t.st.Revisit == k {
		t.st.Revisit, t.st.Asked = nil, nil
		t.stepAgain()
		t.advance()
		return
	}
	parts := t.st.Asked.Unread
	if p := t.st.Asked.Pending; p != nil && p.Words != "" && p.Kind != PendingAsked {
		parts = append(parts, Part{TS: p.TS, Words: p.Words})
	}
	g := givenIn(parts)
	g.ts = t.in.TS // rewriting "skip" answers after all
	t.store(s, k, Value{Skipped: true}, g, nil)
	t.res.Said = t.text("skipped", nil)
	t.advance()
}

// pendingOther is the confirmation on screen when it is about something else
// than the question.
func (t *turn) pendingOther() *Pending {
	if t.st.Asked == nil || t.st.Asked.Pending == nil || t.aboutScreen(t.st.Asked.Pending) {
		return nil
	}
	return t.st.Asked.Pending
}

// aboutScreen reports whether a confirmation is about the answer to the
// question on screen.
func (t *turn) aboutScreen(p *Pending) bool {
	return p.Key == t.st.Asked.Key && (p.Kind == PendingPick || p.Kind == PendingDefault || p.Kind == PendingAsked)
}

func (t *turn) explain() {
	s, ok := t.current()
	var v stepView
	switch p := t.pendingOther(); {
	case p != nil && p.Kind == PendingAnew:
		if s, ok = t.b.Step(p.Key.Step); ok {
			view, item := t.context(p.Key)
			v = t.render(s, view, item)
		}
	case p != nil:
		t.line("yes_or_no", nil)
		t.restate()
		return
	case ok:
		v = t.step(s)
	}
	if !ok {
		t.res.Nothing = true
		return
	}
	if t.in.Command != reading.Example {
		t.res.Lines = append(t.res.Lines, v.why)
		if because := reasons(t.st.Asked.Offered); because != "" && s.Kind == Multi && t.pendingOther() == nil {
			t.res.Lines = append(t.res.Lines, because)
		}
	}
	if t.in.Command == reading.Example || t.in.Command == reading.Explain {
		t.res.Lines = append(t.res.Lines, v.eg)
	}
	t.restate()
}

func (t *turn) pause() {
	if t.st.Top() == nil {
		t.res.Nothing = true
		return
	}
	t.st.Paused = true
	t.line("paused", nil)
}

// resume comes back to the question after one line of recap.
func (t *turn) resume() {
	top := t.st.Top()
	if top == nil {
		t.res.Nothing = true
		return
	}
	if t.st.Revisit != nil && t.in.Command == reading.Continue { // enough of looking back
		t.letGo()
		t.st.Revisit, t.st.Again, t.st.Asked = nil, nil, nil
	}
	if p := t.b.walk(t.st, *top); len(p.asked) > 0 {
		t.recap(*top)
	}
	t.restate()
}

// wake takes what is written where no question is on screen because the person
// had put the talk off: they want to go on. What they write may be the answer
// at once ("ok, start now").
func (t *turn) wake() {
	if t.correction() || t.amend() {
		return
	}
	t.advance()
	s, ok := t.current()
	if ok && s.Kind == Choice {
		if r := readAnswer(s, t.st.Asked.Offered, t.in.Text, t.in); r.outcome == understood {
			t.res = Result{}
			t.take(s, r, t.given(t.in.Text))
			return
		}
	}
	t.loose(t.in.Text)
}

func (t *turn) askRestart() {
	switch {
	case len(t.st.Answers) > 0:
		t.letGo()
		t.pend(Pending{Kind: PendingRestart, Offered: t.yesNo()})
	case t.st.Top() != nil:
		t.restate() // it is the first question already
	default:
		t.res.Nothing = true
	}
}

// click takes a tap on what is on screen.
func (t *turn) click() {
	a := t.st.Asked
	if a == nil || a.Seq != t.in.Seq {
		t.res.Stale = true
		return
	}
	if len(t.in.Values) == 0 {
		t.clickNothing()
		return
	}
	switch value := t.in.Values[0]; {
	case value == "c:skip":
		t.skip()
		return
	case value == "c:why":
		t.explain()
		return
	case a.Pending != nil && a.Pending.Kind == PendingAnew:
		t.clickAnew(*a.Pending)
		return
	case a.Pending != nil:
		t.settle(value)
		return
	}
	s, ok := t.current()
	if !ok {
		t.res.Stale = true
		return
	}
	r, words, ok := t.readClick(s, a.Offered)
	if !ok {
		t.res.Stale = true
		return
	}
	t.take(s, r, given{words: words})
}

// clickNothing takes a menu of several that was sent with nothing picked.
func (t *turn) clickNothing() {
	s, ok := t.current()
	if !ok || s.Kind != Multi || t.st.Asked.Pending != nil {
		t.res.Stale = true
		return
	}
	t.take(s, limits(s, Value{}), given{})
}

// readClick reads what was tapped: choices, a picked day, a number on a scale.
// It is false for what was not there to tap.
func (t *turn) readClick(s *Step, offered []Picked) (r read, words string, ok bool) {
	switch value := t.in.Values[0]; s.Kind {
	case Scale:
		n, err := strconv.Atoi(strings.TrimPrefix(value, "n:"))
		return read{outcome: understood, value: Value{Number: float64(n), Text: value[min(2, len(value)):]}}, strconv.Itoa(n), err == nil && n >= 0 && n <= 10
	case Date:
		d, err := civil.Parse(value)
		if err == nil && s.Toward != "past" && d.Before(civil.Of(t.in.Now)) {
			return read{outcome: past, value: Value{Date: d}}, value, true
		}
		return read{outcome: understood, value: Value{Date: d}}, d.Long(), err == nil
	case Choice, Multi:
		var v Value
		for _, id := range t.in.Values {
			p, found := picked(offered, id)
			if !found {
				return read{}, "", false
			}
			v.add(p)
		}
		if s.Kind == Choice {
			return read{outcome: understood, value: v}, Unmark(v.display()), len(v.Choices) == 1
		}
		return limits(s, v), Unmark(v.display()), true
	}
	return read{}, "", false
}
