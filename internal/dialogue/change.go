package dialogue

import (
	"regexp"
	"slices"
	"strconv"

	"waymark/internal/civil"
)

// change puts a new answer in place of an old one and walks again from there.
func (t *turn) change(s *Step, k Key, v Value, g given, also *Also) {
	fr, open := t.frame(k.Instance)
	var before []visit
	old, had := t.st.answerTo(s, k)
	if had {
		t.noted = hoursNote(old.Value)
		before = t.behind(fr, open, k)
	}
	last, asked, lines := t.st.Last, t.st.Asked, len(t.res.Lines)
	t.correcting = true
	t.store(s, k, v, g, also)
	t.correcting = false
	if len(t.res.Lines) == lines && !t.forgetting {
		t.line("corrected", map[string]any{"topic": t.topicName(s, k), "new": t.saysValue(s, v, g.words), "old": old.Words})
		t.sayHow(s, v)
	}
	t.st.Last, t.st.Dropped = last, &k
	if asked != nil && asked.Key != k {
		t.st.Asked, t.res.Said = asked, ""
		if on, ok := t.b.Step(asked.Key.Step); ok && on.From != "" && !t.forgetting && !(had && old.Value.same(v)) {
			t.st.Asked = nil // what it offers comes from the answers
		}
	}
	clear(t.answered)                                             // what lies behind a corrected answer has been said before,
	if had && !old.Value.same(v) && t.redo(fr, open, k, before) { // unless it is new
		t.st.Paused = t.st.Top() != nil
		return
	}
	t.restate()
}

// behind is what is said and done between an answer and the next question.
func (t *turn) behind(fr Frame, open bool, k Key) []visit {
	p := t.b.through(t.st, fr)
	if open {
		p = t.b.walk(t.st, fr)
	}
	for i, v := range p.asked {
		switch {
		case v.key != k:
		case i == len(p.asked)-1:
			return p.trail
		default:
			return v.behind
		}
	}
	return nil
}

// redo sees to it that what a changed answer leads to happens: on a new way
// everything that is said and done there, on the old one what is done, since
// that was done with the old answer. True means that the talk rests then.
func (t *turn) redo(fr Frame, open bool, k Key, before []visit) (rests bool) {
	behind := t.behind(fr, open, k)
	sameWay := slices.EqualFunc(before, behind, func(a, b visit) bool { return a.key == b.key })
	if top := t.st.Top(); !sameWay && open && top.Instance == fr.Instance {
		t.answered[k] = true
		return false
	}
	view := t.b.through(t.st, fr).view
	for _, v := range behind {
		switch v.step.Do {
		case "", holdEffect:
		case restEffect:
			rests = true
		default:
			t.res.Effects = append(t.res.Effects, Effect{v.step.Do, fr, view})
		}
	}
	return rests
}

// Correct puts a new value before the person for an answer that was given; false
// when the text cannot be read as one.
func (b *Book) Correct(st *State, k Key, text string, in Input, env Env) (Result, bool) {
	t := b.turn(st, in, env)
	s, ok := b.Step(k.Step)
	if !ok || !t.proposeFrom(candidate{key: k, step: s, offered: t.offered(k, s)}, text) {
		return Result{}, false
	}
	return t.done(), true
}

// Change puts a value in place of an answer that was given, without asking: the
// application has done that. words are what it is shown as where the value is
// empty.
func (b *Book) Change(st *State, k Key, v Value, words string, in Input, env Env) Result {
	t := b.turn(st, in, env)
	s, ok := b.Step(k.Step)
	if !ok {
		return Result{}
	}
	g := given{words: words}
	if v.Text != "" {
		g.words = v.Text
	}
	t.change(s, k, v, g, nil)
	return t.done()
}

// OwnWords is the kind of the question on screen where it can be answered with
// anything that is written, "" for any other.
func (b *Book) OwnWords(st *State) Kind {
	if st.Asked == nil || st.Paused || st.Asked.Pending != nil && st.Asked.Pending.Kind != PendingAsked {
		return ""
	}
	if s, ok := b.Step(st.Asked.Key.Step); ok && s.inOwnWords() {
		return s.Kind
	}
	return ""
}

var dayAlone = regexp.MustCompile(`(?i)^\W*(?:(?:no|nope|sor+y|wait|but|i meant?|it['’]?s|it is|is|on|actually|make it|not that,?)\W+)*(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)?\W*$`)

// SameMonth reads a day of the month without one, "no, the 12th", as that day of
// the month that is being spoken of.
func SameMonth(text string, of civil.Date) (on civil.Date, ok bool) {
	m := dayAlone.FindStringSubmatch(text)
	if m == nil || of.IsZero() {
		return on, false
	}
	day, err := strconv.Atoi(m[1])
	if err != nil || day < 1 || day > 31 {
		return on, false
	}
	on = civil.New(of.Year, of.Month, day)
	return on, on.Month == of.Month
}

// Weekend reports whether a day is a Saturday or a Sunday.
func Weekend(d civil.Date) bool { return weekend(d) }
