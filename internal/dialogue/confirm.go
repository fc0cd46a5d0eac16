package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"waymark/internal/civil"
	"waymark/internal/reading"
)

// pend puts a confirmation on screen, or puts it there again.
func (t *turn) pend(p Pending) {
	if t.st.Asked == nil {
		t.st.Asked = &Asked{}
	}
	t.st.Asked.Pending = &p
	t.shown()
	ask, s := t.pendingText(p)
	t.res.Question = &Question{Blocks: Blocks(ask), Ask: t.choices(p.Offered, nil, false), Key: p.Key}
	if p.Kind == PendingAsked {
		t.res.Question.Ask = t.choices(p.Offered, t.extra(), false)
	}
	if p.Kind == PendingAnew {
		t.res.Question.Ask = t.choices(p.Offered, t.extra(), s.Kind == Multi)
		if a, ok := t.st.answerTo(s, p.Key); ok {
			t.line("back", map[string]any{"words": said(a.Value, a.Words), "more": false})
		}
		t.elements(t.res.Question.Ask, s)
	}
}

// pendingText is what a confirmation asks, and the step it is about.
func (t *turn) pendingText(p Pending) (string, *Step) {
	s, ok := t.b.Step(p.Key.Step)
	if p.Kind == PendingRestart || !ok {
		return t.text("restart", nil), nil
	}
	switch p.Kind {
	case PendingPick:
		if s.Kind == Duration && len(p.Values) > 0 && p.Values[0].Months == 0 {
			return t.text("which_length", nil), s
		}
		if s.Kind == Duration {
			return t.text("which_unit", nil), s
		}
		return t.text("which_date", nil), s
	case PendingCorrect:
		old := ""
		if a, ok := t.st.answerTo(s, p.Key); ok {
			old = t.saysValue(s, a.Value, a.Words)
		}
		return t.text("correct", map[string]any{"topic": t.topicName(s, p.Key), "old": old, "new": t.saysValue(s, p.Values[0], p.Words)}), s
	case PendingAbout:
		return t.text("about", nil), s
	case PendingAside:
		return t.text("aside", map[string]any{"words": Words(p.Words)}), s
	case PendingDefault:
		label := ""
		if c, ok := s.choice(s.Default); ok {
			label = c.Label
		}
		return t.text(t.wayOut(), map[string]any{"default": label}), s
	case PendingAsked:
		return t.step(s).ask, s
	case PendingLate:
		return t.text("late", map[string]any{"words": Words(p.Words), "question": t.step(s).ask}), s
	default: // PendingAnew
		view, item := t.context(p.Key)
		return t.render(s, view, item).ask, s
	}
}

// meaning is a value as it is read back in a correction: what was understood,
// not the sentence around it.
func meaning(v Value, words string) string {
	if d := v.display(); d != "" {
		return d
	}
	return Words(words)
}

// saysValue is a value as it is read back: hours as they were counted.
func (t *turn) saysValue(s *Step, v Value, words string) string {
	if s.Kind == Hours && !v.Skipped && !v.Unsure {
		return t.text("hours_week", map[string]any{"hours": hoursText(v.Number), "words": Words(hoursNote(v)), "limits": t.b.LimitsText(v.Limits)})
	}
	if (s.Kind == List || s.Kind == Multi) && v.empty() && !v.Skipped && !v.Unsure {
		return t.text("none", nil)
	}
	return meaning(v, words)
}

// wayOut is the text that offers the default or "later": to somebody who does
// not know it is another one than after answers that could not be read.
func (t *turn) wayOut() string {
	if n := len(t.st.Asked.Unread); n > 0 && dontKnow(reading.Clean(t.st.Asked.Unread[n-1].Words)) {
		return "unsure_last"
	}
	return "unclear_last"
}

// offerDefault offers the way out after answers that could not be read.
func (t *turn) offerDefault() {
	s, ok := t.current()
	if !ok {
		return
	}
	if t.st.Revisit != nil && *t.st.Revisit == t.st.Asked.Key { // there is an answer already
		for _, p := range t.st.Asked.Unread {
			t.loose(p.Words)
		}
		t.line("kept", nil)
		t.st.Revisit, t.st.Asked = nil, nil
		t.stepAgain()
		t.advance()
		return
	}
	var offered []Picked
	var values []Value
	if c, has := s.choice(s.Default); has {
		offered = append(offered, Picked{ID: "p:default", Label: t.text("take", map[string]any{"default": c.Label})})
		values = append(values, Value{Choices: []Picked{{ID: c.ID, Label: c.Label}}})
	}
	offered = append(offered, Picked{ID: "p:later", Label: t.text("button_later", nil)})
	t.pend(Pending{Kind: PendingDefault, Key: t.st.Asked.Key, Values: values, Offered: offered})
}

// askWhich lets the person pick among readings of what they wrote.
func (t *turn) askWhich(s *Step, k Key, picks []Value, g given) {
	var offered []Picked
	for i, v := range picks {
		label := v.Date.Long()
		if s.Kind == Duration {
			label = MonthsText(v.Months)
		}
		offered = append(offered, Picked{ID: "p:" + strconv.Itoa(i), Label: label})
	}
	offered = append(offered, Picked{ID: "p:other", Label: t.text("button_other", nil)})
	t.pend(Pending{Kind: PendingPick, Key: k, Values: picks, Words: g.words, TS: g.ts, Offered: offered})
}

func (t *turn) yesNo() []Picked {
	return []Picked{{ID: "p:yes", Label: t.text("button_yes", nil)}, {ID: "p:no", Label: t.text("button_no", nil)}}
}

// shortWords are what people type for the buttons under a confirmation, besides
// the labels.
func shortWords(p *Pending, s *Step, id string) []string {
	switch {
	case id == "p:later":
		return []string{"later", "leave it", "leave it open", "skip"}
	case id == "p:here":
		return []string{"here", "my answer", "it is my answer", "answer", "this question"}
	case id == "p:note":
		return []string{"note", "keep it", "just a note", "neither"}
	case id == "p:keep":
		return []string{"keep it", "keep that", "that is my answer", "it is my answer", "my answer"}
	case id == "p:talk":
		return []string{"talk", "talk about it", "side talk"}
	case id == "p:other":
		return []string{"other", "another", "something else", "neither"}
	case id == "p:default" && s != nil:
		c, _ := s.choice(s.Default)
		return append([]string{c.Label, "take it"}, c.Also...)
	case p.Kind == PendingPick && s != nil && s.Kind == Duration:
		return [][]string{{"months", "month"}, {"years", "year"}}[min(1, int(id[len(id)-1]-'0'))]
	}
	return nil
}

func (t *turn) pendingOptions(p *Pending) []reading.Option {
	s, _ := t.b.Step(p.Key.Step)
	var opts []reading.Option
	for _, o := range p.Offered {
		opts = append(opts, reading.Option{ID: o.ID, Label: Unmark(o.Label), Also: shortWords(p, s, o.ID)})
	}
	return opts
}

// pending reads a text as the answer to the confirmation on screen; false means
// that it is something else, for the question underneath.
func (t *turn) pending() bool {
	p := t.st.Asked.Pending
	if p.Kind == PendingAsked {
		return t.answersAfterAsking(*p)
	}
	if t.correctsPending(p) {
		return true
	}
	if p.Kind == PendingAnew {
		t.answerAnew(*p)
		return true
	}
	if id, ok := reading.Choose(t.in.Text, t.pendingOptions(p)); ok && !t.noBut(p, id) {
		t.settle(id)
		return true
	}
	if p.Kind == PendingAbout || p.Kind == PendingAside {
		return t.pendingChoice(p) || t.pendingUnread(p)
	}
	if p.Kind == PendingDefault && t.answersAfterNo(*p) {
		return true
	}
	if id := yesNoID(t.in.Text); (id == "yes" || id == "no") && p.Kind != PendingPick {
		if p.Kind == PendingDefault {
			id = map[bool]string{true: "default", false: "later"}[id == "yes" && len(p.Values) > 0]
		}
		if !t.noBut(p, "p:"+id) {
			t.settle("p:" + id)
		}
		return true
	}
	return t.pendingUnread(p)
}

// noBut reads "no, in February" under a correction as the right value.
func (t *turn) noBut(p *Pending, id string) bool {
	if p.Kind != PendingCorrect || id != "p:no" {
		return false
	}
	s, ok := t.b.Step(p.Key.Step)
	_, note := reading.YesNo(t.in.Text)
	if !ok || note == "" || (s.Kind == Text || s.Kind == List) && !strings.ContainsAny(note, "0123456789") { // "no, leave it" is no list
		return false
	}
	return t.proposeAgain(s, p, note)
}

// correctsPending takes a correction of what is being confirmed, "no, I meant
// February", and a correction of something else instead.
func (t *turn) correctsPending(p *Pending) bool {
	if t.namesOther(p) || t.limitsPending(p) {
		return true
	}
	c, ok := reading.ReadCorrection(t.in.Text)
	if !ok || c.Value == "" && c.Topic == "" {
		return false
	}
	s, found := t.b.Step(p.Key.Step)
	if c.Topic == "" {
		return found && (p.Kind == PendingCorrect || p.Kind == PendingPick) && t.proposeAgain(s, p, c.Value)
	}
	if len(t.byTopic(c.Topic)) == 0 {
		return false
	}
	return t.otherwise(t.correction)
}

// namesOther takes a correction that names another answer than the one that is
// being confirmed, and a change of mind.
func (t *turn) namesOther(p *Pending) bool {
	if n, ok := reading.ReadNaming(t.in.Text); ok && n.Plain && n.Value != "" && len(t.byName(n.Label)) > 0 {
		return t.otherwise(t.named)
	}
	_, ok := reading.ReadMind(t.in.Text)
	return ok && p.Kind != PendingAnew && t.otherwise(t.mind)
}

// limitsPending takes hours that hold for a while into the hours that are being
// confirmed.
func (t *turn) limitsPending(p *Pending) bool {
	s, ok := t.b.Step(p.Key.Step)
	if !ok || s.Kind != Hours || p.Kind != PendingCorrect {
		return false
	}
	v, ok := limitedHours(p.Values[0], t.in.Text, t.in)
	if !ok {
		return false
	}
	g := givenIn([]Part{{TS: p.TS, Words: p.Words}, {TS: t.in.TS, Words: t.in.Text}})
	again := *p
	again.Values, again.Words, again.Tries = []Value{v}, g.words, 0
	t.pend(again)
	return true
}

// otherwise lets a confirmation go for something else, where that is taken.
func (t *turn) otherwise(take func() bool) bool {
	under := *t.st.Asked
	t.letGo()
	if take() {
		return true
	}
	t.st.Asked = &under
	t.res.Lines, t.res.Loose = nil, nil
	return false
}

// proposeAgain puts another value into the confirmation on screen.
func (t *turn) proposeAgain(s *Step, p *Pending, text string) bool {
	g := givenIn([]Part{{TS: p.TS, Words: p.Words}, {TS: t.in.TS, Words: t.in.Text}})
	if len(p.Values) > 0 {
		text = t.sameMonth(s, text, p.Values[0].Date)
	}
	switch r := readAnswer(s, t.offered(p.Key, s), text, t.in); {
	case r.outcome == several:
		t.askWhich(s, p.Key, r.picks, g)
	case r.outcome != understood || r.value.Unsure:
		return false
	case p.Kind == PendingPick:
		t.settleWith(s, *p, r.value, g)
	default:
		again := *p
		again.Values, again.Words, again.Tries = []Value{r.value}, g.words, 0
		t.pend(again)
	}
	return true
}

// sameMonth puts the month that is being spoken of to a day that came without one:
// "no, the 12th".
func (t *turn) sameMonth(s *Step, text string, of civil.Date) string {
	if on, ok := SameMonth(text, of); ok && s.Kind == Date && !on.Before(civil.Of(t.in.Now)) {
		return on.String()
	}
	return text
}

// pendingUnread decides about a text that settles nothing.
func (t *turn) pendingUnread(p *Pending) bool {
	s, ok := t.b.Step(p.Key.Step)
	if ok && (p.Kind == PendingDefault || p.Kind == PendingPick) {
		// A fresh answer that can be read is welcome.
		switch r := readAnswer(s, t.offered(p.Key, s), t.in.Text, t.in); r.outcome {
		case understood:
			t.settleWith(s, *p, r.value, t.given(t.in.Text))
			return true
		case several:
			t.askWhich(s, p.Key, r.picks, t.given(t.in.Text))
			return true
		}
	}
	switch {
	case p.Kind == PendingDefault:
		t.settle("p:later") // never a third time
		return true
	case p.Kind == PendingPick && t.st.Asked.Key == p.Key:
		t.st.Asked.Unread = append(t.st.Asked.Unread, Part{TS: p.TS, Words: p.Words})
		t.st.Asked.Pending = nil
		return false
	}
	if p.Tries == 0 && p.Kind != PendingAbout && p.Kind != PendingAside {
		if p.Kind == PendingCorrect && t.answersUnder(*p) {
			return true
		}
		again := *p
		again.Tries++
		t.line("yes_or_no", nil)
		t.pend(again)
		return true
	}
	// They would rather go on: nothing is changed, and what they wrote is read
	// as the answer to the question underneath.
	t.letGo()
	if t.st.Top() == nil && p.Kind == PendingAbout {
		t.st.Asked = nil
		return false
	}
	if t.st.Top() == nil {
		t.loose(t.in.Text)
		t.st.Asked = nil
		return true
	}
	if t.st.Asked == nil || t.st.Asked.Key == (Key{}) {
		t.loose(t.in.Text)
		t.repose()
		return true
	}
	return false
}

// answersAfterNo takes "no, 12" under an offered default for the answer behind
// the no.
func (t *turn) answersAfterNo(p Pending) bool {
	s, ok := t.b.Step(p.Key.Step)
	a, note := reading.YesNo(t.in.Text)
	if !ok || a != reading.No || note == "" || s.inOwnWords() {
		return false
	}
	r := readAnswer(s, t.offered(p.Key, s), note, t.in)
	if r.outcome != understood || r.value.Unsure {
		return false
	}
	t.settleWith(s, p, r.value, t.given(t.in.Text))
	return true
}

// answersUnder takes a text for the question below a correction, where it can
// be nothing else ("end of 2027", for a date), and comes back to the correction.
func (t *turn) answersUnder(p Pending) bool {
	s, ok := t.current()
	if !ok || s.Kind == Text || s.Kind == List || s.Own {
		return false
	}
	r := readAnswer(s, t.st.Asked.Offered, t.in.Text, t.in)
	if r.outcome != understood || r.value.Unsure {
		return false
	}
	t.take(s, r, t.given(t.in.Text))
	if t.st.Asked == nil || t.st.Asked.Pending == nil {
		t.pend(p)
	}
	return true
}

// Matches reports whether text is one of the choices on screen, word for word,
// so that a choice wins over a command of the same name.
func (b *Book) Matches(st *State, text string) bool {
	have := normal(text)
	if st.Asked == nil || st.Paused || have == "" {
		return false
	}
	is := func(w string) bool { return normal(w) == have }
	if p := st.Asked.Pending; p != nil {
		s, _ := b.Step(p.Key.Step)
		return slices.ContainsFunc(p.Offered, func(o Picked) bool {
			return is(Unmark(o.Label)) || slices.ContainsFunc(shortWords(p, s, o.ID), is)
		})
	}
	s, ok := b.Step(st.Asked.Key.Step)
	return slices.ContainsFunc(st.Asked.Offered, func(o Picked) bool {
		if is(Unmark(o.Label)) || !ok {
			return is(Unmark(o.Label))
		}
		c, _ := s.choice(o.ID)
		return slices.ContainsFunc(c.Also, is) || s.From != "" && is(o.ID) // "later" may be a choice before it is a command
	})
}
