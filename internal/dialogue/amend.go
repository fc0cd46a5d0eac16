package dialogue

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"waymark/internal/civil"
	"waymark/internal/reading"
)

// maxMeant is how many earlier answers a loose correction is offered for.
const maxMeant = 3

// amend looks for a correction that is worded too loosely to be read as one: an
// utterance that refuses what was said back, or that gives an earlier answer a
// new value. It is never taken for the answer to a question in free text, nor
// kept aside without a word: it changes what it is plainly about once the person
// agrees, and is asked about otherwise.
func (t *turn) amend() bool {
	s, open := t.current()
	refused, isRefusal := reading.Rejection(t.in.Text)
	text := t.in.Text
	if isRefusal {
		text = refused.Rest // what is refused is no value
	}
	free := open && s.inOwnWords()
	atPlan := open && s.Kind == Choice && s.Show != ""
	marked := isRefusal || reading.Marked(t.in.Text)
	if open && !free && !refused.Plain {
		if r := readAnswer(s, t.st.Asked.Offered, t.in.Text, t.in); r.outcome != unclear {
			return false
		}
	}
	if goalNumbered.MatchString(t.in.Text) {
		return false
	}
	found := t.meant(text, hint{refusal: isRefusal, plain: refused.Plain, marked: marked, alone: !open || atPlan})
	switch {
	case len(found) == 0 && atPlan && refused.Plain: // "no, I did not say later" takes nothing
		t.unclear(s, t.given(t.in.Text))
		return true
	case len(found) == 0:
		return free && t.whichAnswer()
	case len(found) == 1 && found[0].anew && found[0].score == 0 && free && t.whichAnswer():
		return true
	case len(found) == 1 && !found[0].anew && (!free || t.refusesLast(found[0], refused)):
		t.propose(found[0].candidate, found[0].value)
		return true
	}
	t.askAbout(found, free)
	return true
}

// whichAnswer asks which answer a text is about that opens like a correction and
// fits none, "no! he only pays": the last three, or the question on screen.
func (t *turn) whichAnswer() bool {
	r, refuses := reading.Rejection(t.in.Text)
	plainNo := refuses && !r.Plain && !strings.Contains(t.in.Text, "!")
	if !reading.TakesBack(t.in.Text) || plainNo && t.asksYesNo() {
		return false
	}
	if s, ok := t.current(); ok {
		offered := func(c Picked) bool { return !c.Own }
		switch r := readAnswer(s, t.st.Asked.Offered, t.in.Text, t.in); {
		case r.outcome != understood:
		case len(s.Check) > 0 && t.lacksAny(s, r.value):
			return false // the question itself does not take it
		case slices.ContainsFunc(r.value.Choices, offered):
			return false // "no opening, layoff" are choices
		}
	}
	var found []meantStep
	for _, a := range slices.Backward(t.st.Answers) {
		s, ok := t.b.Step(a.Key.Step)
		if !ok || a.Replaced || a.Value.Skipped || s.Aside || s.Show != "" || a.Words == "" || a.Key == t.st.Asked.Key || s.From != "" && !s.Own && s.Kind == Choice {
			continue
		}
		if _, open := t.frame(a.Key.Instance); !open && len(found) > 0 {
			break
		}
		found = append(found, meantStep{candidate: candidate{key: a.Key, step: s, offered: t.offered(a.Key, s), answered: true}, anew: true})
		if len(found) == maxMeant {
			break
		}
	}
	if len(found) == 0 {
		return false
	}
	t.askAbout(found, true)
	return true
}

// asksYesNo reports whether the question on screen can be answered with a no.
func (t *turn) asksYesNo() bool {
	s, ok := t.current()
	if !ok {
		return false
	}
	ask := strings.TrimSpace(t.step(s).ask)
	for _, end := range []string{"\n", ". ", "! "} {
		if at := strings.LastIndex(strings.TrimRight(ask, ".?! "), end); at >= 0 && strings.Contains(ask[at:], "?") {
			ask = strings.TrimSpace(ask[at+len(end):])
		}
	}
	return yesNoAsk.MatchString(ask)
}

var yesNoAsk = regexp.MustCompile(`(?i)^\W*(?:and |or |then )?(?:is|are|do|does|did|can|could|have|has|would|will|was|were|shall|should)\b`)

// refusesBefore takes a late "no, that is too much" for a correction.
func (t *turn) refusesBefore() bool {
	_, refuses := reading.Rejection(t.in.Text)
	return refuses && t.amend()
}

// refusesLast reports whether a text can be about nothing but the answer given
// last: it names a number of it as wrong, or single times of it.
func (t *turn) refusesLast(m meantStep, refused reading.Rejected) bool {
	return refused.Plain && t.st.Last != nil && m.key == *t.st.Last && refused.Rest != ""
}

// inOwnWords reports whether anything that is written can be the step's answer.
func (s *Step) inOwnWords() bool { return s.Kind == Text || s.Kind == List || s.Own }

// meantStep is an earlier answer that a text may be about, with the value it
// gives it; anew says that the text names the answer alone.
type meantStep struct {
	candidate
	value Value
	anew  bool
}

// hint is what a text shows of being a correction besides what it holds.
type hint struct {
	refusal bool // it refuses something
	plain   bool // and can mean nothing else
	marked  bool // it opens like a correction
	alone   bool // there is no question that it could answer
}

// meant are the answers that a text may be about: those that it gives a value,
// or else those that it only names, where it can be no answer.
func (t *turn) meant(text string, h hint) []meantStep {
	loose := h.alone || h.marked
	subject := normal(t.in.Text)
	var valued, named []meantStep
	t.eachStep(func(k Key, s *Step, a Answer) {
		last := t.st.Last != nil && k == *t.st.Last
		given := !a.At.IsZero()
		m := meantStep{candidate: candidate{key: k, step: s, offered: t.offered(k, s), score: namedScore(s, subject), answered: given}}
		v, ok := t.valueFor(s, a, text)
		if (h.alone && s.Kind == Text || loose && s.Kind == Choice) && given {
			v, ok = t.saysAnew(s, m.offered, text)
		}
		switch {
		case t.st.Asked != nil && t.st.Asked.Key == k && t.st.Asked.Pending == nil:
		case ok && (m.score > 0 && (loose || last) || last && h.refusal || loose && s.Kind == Hours && a.Value.Number > 0):
			m.value = v
			valued = append(valued, m)
		case s.Show != "" || s.Aside || !given:
		case (h.alone || h.plain) && m.score > 0, last && h.plain && !h.alone:
			m.anew = true
			named = append(named, m)
		}
	})
	found := valued
	if len(found) == 0 {
		found = named
	}
	slices.SortStableFunc(found, func(a, b meantStep) int { return b.score - a.score })
	if n := len(found); n > 1 && found[0].score > found[1].score && !found[0].anew {
		found = found[:1] // the one that is named
	}
	return found[:min(len(found), maxMeant)]
}

// everyday are topics that stand in a sentence about anything.
var everyday = []string{"because", "why", "care", "talk", "change", "place", "stage", "track"}

// namedScore is how well a whole sentence names a step.
func namedScore(s *Step, subject string) int {
	plain := *s
	plain.Topics = slices.DeleteFunc(slices.Clone(s.Topics), func(topic string) bool { return slices.Contains(everyday, topic) })
	return topicScore(&plain, subject)
}

// eachStep visits the answers that a correction can be about, the latest first,
// each slot once, and then what is still to come, without an answer.
func (t *turn) eachStep(visit func(Key, *Step, Answer)) {
	seen := map[string]bool{}
	for _, fr := range slices.Backward(slices.Concat(t.st.Past, t.st.Stack)) {
		if !t.b.topical[fr.Flow] {
			continue
		}
		for _, v := range slices.Backward(t.b.through(t.st, fr).asked) {
			if a, ok := t.st.answerTo(v.step, v.key); ok && !seen[v.step.SlotName()] && len(v.step.Topics) > 0 {
				seen[v.step.SlotName()] = true
				visit(v.key, v.step, a)
			}
		}
		if !fr.Closed.IsZero() {
			continue
		}
		for _, s := range t.b.ahead(fr.Flow) {
			if k := (Key{Instance: fr.Instance, Step: s.Name(), Item: fr.Item.ID}); !seen[s.SlotName()] && len(s.Topics) > 0 {
				seen[s.SlotName()] = true
				visit(k, s, Answer{})
			}
		}
	}
}

// valueFor reads in a text what a step may be given by it. It is strict: words
// that any question could be answered with are no value.
func (t *turn) valueFor(s *Step, a Answer, text string) (Value, bool) {
	switch s.Kind {
	case Hours:
		if v, ok := limitedHours(a.Value, text, t.in); ok {
			return v, true
		}
		if note, ok := reading.HoursForATime(text); ok {
			return Value{Number: a.Value.Number, Text: hoursText(a.Value.Number) + " hours a week; " + note}, a.Value.Number > 0
		}
		if w, ok := reading.AdjustWeek(a.Value.Text, text); ok {
			named := w.Named()
			if note := hoursNote(a.Value); note != "" {
				named += "; " + note
			}
			return Value{Number: w.Hours, Text: named}, true
		}
		w, ok := reading.ReadWeek(text)
		return Value{Number: w.Hours, Text: text}, ok && w.Hours <= 100 && reading.NamesHours(text)
	case Date:
		r := readDate(s, text, t.in)
		if r.outcome != understood || r.value.Date == (civil.Date{}) {
			return Value{}, false
		}
		return r.value, true
	case Duration:
		d, unitless, ok := reading.ReadDuration(text, t.in.Now)
		r := readDuration(text, t.in.Now)
		if zero := zeroTime.FindString(text); zero != "" {
			return Value{Text: zero}, true
		}
		return r.value, ok && !unitless && (d.Months > 0 || d.Days > 0) && r.outcome == understood
	case Scale:
		r := readKind(s, nil, text, t.in)
		return r.value, r.outcome == understood && len(strings.Fields(text)) <= 3
	}
	return Value{}, false
}

// zeroTime is no time at all, said as a length of it.
var zeroTime = regexp.MustCompile(`(?i)\b(?:0|zero) ?(?:years?|yrs?|months?)\b`)

var saysIs = regexp.MustCompile(`(?i)^\W*(?:(?:actually|sorry|no|but)\W+)*(?:my|the)\s+(.{2,40}?)\s*(?:\bis\b|\bare\b|:|=)\s*(?:now\s+)?(.+)$`)

// saysAnew reads "my reason is to work with my hands" and "the day is Friday" for
// a question in free text or with choices.
func (t *turn) saysAnew(s *Step, offered []Picked, text string) (Value, bool) {
	m := saysIs.FindStringSubmatch(text)
	if m == nil || topicScore(s, normal(m[1])) == 0 {
		return Value{}, false
	}
	r := readKind(s, offered, m[2], t.in)
	return r.value, r.outcome == understood && !r.value.Unsure
}

// askAbout asks which earlier answer a text is about, or whether it answers the
// question on screen.
func (t *turn) askAbout(found []meantStep, here bool) {
	t.letGo()
	p := Pending{Kind: PendingAbout, Words: t.in.Text, TS: t.in.TS}
	for i, m := range found {
		label := t.topicName(m.step, m.key)
		switch a, ok := t.st.answerTo(m.step, m.key); {
		case !m.anew:
			label += ": " + t.saysValue(m.step, m.value, t.in.Text)
		case ok && len(m.step.Topics) == 0: // its id alone says little
			label += ": " + clipWords(said(a.Value, a.Words))
		}
		p.Keys, p.Values = append(p.Keys, m.key), append(p.Values, m.value)
		p.Offered = append(p.Offered, Picked{ID: "p:" + strconv.Itoa(i), Label: label})
	}
	p.Key = p.Keys[0]
	if here {
		p.Offered = append(p.Offered, Picked{ID: "p:here", Label: t.text("button_here", nil)})
	}
	p.Offered = append(p.Offered, Picked{ID: "p:note", Label: t.text("button_note", nil)})
	t.pend(p)
}

// clipWords cuts long words for a button.
func clipWords(marked string) string {
	rs := []rune(Unmark(marked))
	if len(rs) > maxOnButton {
		rs = append(rs[:maxOnButton-1], '…')
	}
	return Words(string(rs))
}

// maxOnButton is how many characters of an answer stand on a button.
const maxOnButton = 40

// settleAbout acts on what a loose correction was said to be about.
func (t *turn) settleAbout(p Pending, id string) {
	switch id {
	case "p:here":
		t.st.Asked.Pending = nil
		t.answer(given{words: p.Words, ts: p.TS})
		return
	case "p:note":
		t.st.Asked.Pending = nil
		t.loose(p.Words)
		t.line("as_note", nil)
		t.goOn()
		return
	}
	n, err := strconv.Atoi(strings.TrimPrefix(id, "p:"))
	s, ok := t.b.Step(p.Keys[min(max(n, 0), len(p.Keys)-1)].Step)
	if err != nil || n >= len(p.Keys) || !ok {
		t.letGo()
		t.goOn()
		return
	}
	k, v := p.Keys[n], p.Values[n]
	if v.empty() {
		t.loose(p.Words)
		t.st.Asked.Pending = nil
		t.pend(Pending{Kind: PendingAnew, Key: k, Words: p.Words, TS: p.TS, Offered: t.offered(k, s)})
		return
	}
	p.Key = k
	t.settleWith(s, p, v, given{words: p.Words, ts: p.TS})
}

// goOn puts the question underneath on screen again, if there is one.
func (t *turn) goOn() {
	if t.st.Top() == nil {
		t.st.Asked = nil
		return
	}
	t.repose()
}

// pendingChoice reads a plain yes or no under a question with choices of its own.
func (t *turn) pendingChoice(p *Pending) bool {
	offers := func(id string) bool { return slices.ContainsFunc(p.Offered, func(o Picked) bool { return o.ID == id }) }
	a, note := reading.YesNo(t.in.Text)
	switch {
	case note != "":
		return false
	case a == reading.Yes && p.Kind == PendingAside:
		t.settle("p:here")
	case a == reading.Yes && len(p.Keys) == 1:
		t.settle("p:0")
	case a == reading.Yes: // to which?
		t.pend(*p)
	case a == reading.No && p.Kind == PendingAside:
		t.settle("p:talk")
	case a == reading.No && offers("p:here"):
		t.settle("p:here")
	case a == reading.No:
		t.settle("p:note")
	default:
		return false
	}
	return true
}

// AsideEffect is what Turn reports when a word that opens a talk of its own was
// meant as that; the frame names the flow.
const AsideEffect = "aside"

// aside asks whether a single word that could open a talk of its own is the
// answer to a question in free text.
func (t *turn) aside() bool {
	s, ok := t.current()
	if t.in.Aside == "" || !ok || !s.inOwnWords() || t.st.Asked.Pending != nil || t.st.Paused {
		return false
	}
	t.pend(Pending{Kind: PendingAside, Key: t.st.Asked.Key, Words: t.in.Text, TS: t.in.TS, Values: []Value{{Text: t.in.Aside}}, Offered: []Picked{
		{ID: "p:here", Label: t.text("button_here", nil)},
		{ID: "p:talk", Label: t.text("button_talk", nil)},
	}})
	return true
}

func (t *turn) settleAside(p Pending, id string) {
	t.st.Asked.Pending = nil
	if id == "p:here" {
		t.answer(given{words: p.Words, ts: p.TS})
		return
	}
	t.waited = nil // the word was an order
	t.res.Effects = append(t.res.Effects, Effect{Name: AsideEffect, Frame: Frame{Flow: p.Values[0].Text}})
}
