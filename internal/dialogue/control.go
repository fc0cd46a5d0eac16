package dialogue

import (
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
	case reading.Skip:
		t.skip()
	case reading.Why:
		t.explain("why")
	case reading.Example:
		t.explain("example")
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
	t.st.Paused = false
	if t.st.Asked != nil && t.st.Asked.Pending != nil {
		t.repose() // back from a confirmation is the question itself
		return
	}
	p := t.b.walk(t.st, *top)
	if len(p.asked) == 0 {
		t.line("back_first", nil)
		t.advance()
		return
	}
	k := p.asked[len(p.asked)-1].key
	t.st.Revisit, t.st.Asked = &k, nil
	t.advance()
}

// skip leaves the question unanswered; asked again after "back", its answer
// stays.
func (t *turn) skip() {
	s, _, ok := t.current()
	if !ok {
		t.res.Nothing = true
		return
	}
	k := t.st.Asked.Key
	if t.st.Revisit != nil && *t.st.Revisit == k {
		t.st.Revisit, t.st.Asked = nil, nil
		t.advance()
		return
	}
	t.store(s, k, Value{Skipped: true}, "", nil)
	t.res.Said = t.text("skipped", nil)
	t.advance()
}

func (t *turn) explain(what string) {
	s, _, ok := t.current()
	if !ok {
		t.res.Nothing = true
		return
	}
	v := t.step(s)
	if what == "why" {
		t.res.Lines = append(t.res.Lines, v.why)
	} else {
		t.res.Lines = append(t.res.Lines, v.eg)
	}
	t.repose()
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
	t.st.Paused = false
	p := t.b.walk(t.st, *top)
	if len(p.asked) > 0 {
		t.recap(*top)
	}
	t.opened = len(p.asked) == 0
	t.repose()
}

func (t *turn) askRestart() {
	if len(t.st.Answers) == 0 {
		t.res.Nothing = true
		return
	}
	t.st.Paused = false
	t.pend(Pending{Kind: PendingRestart, Offered: t.yesNo()}, t.text("restart", nil))
}

func (t *turn) yesNo() []Picked {
	return []Picked{{ID: "p:yes", Label: t.text("button_yes", nil)}, {ID: "p:no", Label: t.text("button_no", nil)}}
}

// click takes a tap on the question on screen.
func (t *turn) click() {
	a := t.st.Asked
	if a == nil || a.Seq != t.in.Seq || len(t.in.Values) == 0 && (a.Pending != nil) {
		t.res.Stale = true
		return
	}
	if a.Pending != nil {
		t.settle(t.in.Values[0], false)
		return
	}
	s, _, ok := t.current()
	if !ok {
		t.res.Stale = true
		return
	}
	if len(t.in.Values) == 1 && t.clickControl(s, t.in.Values[0]) {
		return
	}
	var v Value
	for _, id := range t.in.Values {
		p, ok := picked(a.Offered, id)
		if !ok {
			t.res.Stale = true
			return
		}
		v.Choices = append(v.Choices, p)
	}
	if s.Kind == Multi {
		t.take(s, limits(s, v), v.display())
		return
	}
	t.take(s, read{outcome: understood, value: v}, v.display())
}

// clickControl takes taps that are no choice: Skip, Why?, a picked day, a
// number on a scale.
func (t *turn) clickControl(s *Step, value string) bool {
	switch {
	case value == "c:skip":
		t.skip()
	case value == "c:why":
		t.explain("why")
	case strings.HasPrefix(value, "n:") && s.Kind == Scale:
		n, err := strconv.Atoi(value[2:])
		if err != nil || n < 0 || n > 10 {
			t.res.Stale = true
			return true
		}
		t.take(s, read{outcome: understood, value: Value{Number: float64(n), Text: value[2:]}}, value[2:])
	case s.Kind == Date:
		d, err := civil.Parse(value)
		switch {
		case err != nil:
			t.res.Stale = true
		case s.Toward != "past" && d.Before(civil.Of(t.in.Now)):
			t.take(s, read{outcome: past, value: Value{Date: d}}, value)
		default:
			t.take(s, read{outcome: understood, value: Value{Date: d}}, d.Long())
		}
	default:
		return false
	}
	return true
}

// pending reads a text as the answer to the confirmation on screen; false means
// that it is something else, for the question underneath.
func (t *turn) pending() bool {
	p := t.st.Asked.Pending
	var opts []reading.Option
	for _, o := range p.Offered {
		opts = append(opts, reading.Option{ID: o.ID, Label: Unmark(o.Label)})
	}
	if id, ok := reading.Choose(t.in.Text, opts); ok {
		t.settle(id, true)
		return true
	}
	if id := yesNoID(t.in.Text); id == "yes" || id == "no" {
		switch {
		case p.Kind == PendingDefault && id == "yes" && len(p.Values) > 0:
			t.settle("p:default", true)
			return true
		case p.Kind == PendingDefault:
			t.settle("p:later", true)
			return true
		case p.Kind != PendingPick:
			t.settle("p:"+id, true)
			return true
		}
	}
	return t.pendingUnread(p)
}

// pendingUnread decides about a text that settles nothing.
func (t *turn) pendingUnread(p *Pending) bool {
	switch p.Kind {
	case PendingDefault:
		// A fresh answer that can be read is welcome; anything else is "later".
		s, ok := t.b.Step(p.Key.Step)
		if ok {
			if r := readAnswer(s, t.st.Asked.Offered, t.in.Text, t.in); r.outcome == understood {
				t.st.Asked.Pending = nil
				return false
			}
		}
		t.settle("p:later", true)
		return true
	case PendingPick:
		t.st.Asked.Pending = nil
		return false
	}
	p.Tries++
	if p.Tries > 1 {
		t.settle("p:no", true)
		return true
	}
	again := *p
	t.line("yes_or_no", nil)
	t.pend(again, t.text("confirm_again", nil))
	return true
}

// settle acts on the choice taken under a confirmation.
func (t *turn) settle(id string, typed bool) {
	p := *t.st.Asked.Pending
	if _, ok := picked(p.Offered, id); !ok {
		t.res.Stale = true
		return
	}
	t.st.Asked.Pending = nil
	switch p.Kind {
	case PendingPick:
		t.settlePick(p, id)
	case PendingDefault:
		s, _ := t.b.Step(p.Key.Step)
		v := Value{Skipped: true}
		if id == "p:default" {
			v = p.Values[0]
		} else {
			t.line("left_open", nil)
		}
		t.store(s, p.Key, v, t.in.Text, nil)
		t.advance()
	case PendingCorrect:
		t.settleCorrection(p, id == "p:yes")
	case PendingLate:
		t.settleLate(p, id == "p:yes")
	case PendingRestart:
		t.settleRestart(id == "p:yes")
	}
}

func (t *turn) settlePick(p Pending, id string) {
	n, err := strconv.Atoi(strings.TrimPrefix(id, "p:"))
	s, ok := t.b.Step(p.Key.Step)
	if err != nil || !ok || n >= len(p.Values) {
		t.repose()
		return
	}
	if t.st.Asked.Key != p.Key { // a correction, not the question on screen
		t.change(s, p.Key, p.Values[n], p.Words)
		return
	}
	t.store(s, p.Key, p.Values[n], p.Words, nil)
	t.advance()
}

// settleRestart keeps every answer as history and begins again.
func (t *turn) settleRestart(yes bool) {
	if !yes {
		t.line("kept", nil)
		t.repose()
		return
	}
	t.st.Stack, t.st.Asked, t.st.Revisit, t.st.Last = nil, nil, nil, nil
	for i := range t.st.Answers {
		t.st.Answers[i].Replaced = true
	}
	t.res.Effects = append(t.res.Effects, Effect{Name: RestartEffect})
}

// RestartEffect is what Turn reports when a person wants to start over and has
// said so twice; the application then opens the first flow again.
const RestartEffect = "restart"
