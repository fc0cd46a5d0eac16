package dialogue

import (
	"slices"
	"strings"

	"waymark/internal/reading"
)

// correction looks for "actually my review is in January": a step by its
// topics, and a new answer to it. Without a topic it is the answer given last.
func (t *turn) correction() bool {
	c, ok := reading.ReadCorrection(t.in.Text)
	if !ok {
		return false
	}
	if c.Topic == "" {
		return t.correctLast(c.Value)
	}
	for _, cand := range t.byTopic(c.Topic) {
		r := readAnswer(cand.step, cand.offered, c.Value, t.in)
		if r.outcome == understood && !r.value.Unsure {
			t.propose(cand, r.value)
			return true
		}
		if r.outcome == several && t.st.Asked != nil {
			t.askWhichFor(cand, r.picks)
			return true
		}
	}
	return false
}

// candidate is a step that a correction may be about.
type candidate struct {
	key     Key
	step    *Step
	offered []Picked
	score   int
	asked   bool
}

// byTopic finds the steps whose topics are in the subject of a correction: the
// best match first, then what was answered, then what is still to come.
func (t *turn) byTopic(subject string) []candidate {
	subject = normal(subject)
	var found []candidate
	add := func(v visit, asked bool) {
		if n := topicScore(v.step, subject); n > 0 {
			found = append(found, candidate{v.key, v.step, t.offered(v.key, v.step), n, asked})
		}
	}
	frames := slices.Clone(t.st.Past)
	frames = append(frames, t.st.Stack...)
	slices.Reverse(frames)
	seen := map[string]bool{}
	for _, fr := range frames {
		p := t.b.walk(t.st, fr)
		for _, v := range p.asked {
			add(v, true)
			seen[v.step.Name()] = true
		}
		if !fr.Closed.IsZero() {
			continue
		}
		for _, s := range t.b.ahead(fr.Flow) {
			if !seen[s.Name()] {
				add(visit{key: Key{Instance: fr.Instance, Step: s.Name()}, step: s}, false)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return b.score - a.score })
	return found
}

func (t *turn) offered(k Key, s *Step) []Picked {
	if a, ok := t.st.Answer(k); ok && len(a.Offered) > 0 {
		return a.Offered
	}
	var out []Picked
	for _, c := range s.Choices {
		out = append(out, Picked{ID: c.ID, Label: c.Label})
	}
	return out
}

// ahead are the questions of a flow and those it calls, but for those asked
// once per item.
func (b *Book) ahead(flow string) []*Step {
	var out []*Step
	f := b.flows[flow]
	if f == nil {
		return nil
	}
	for i := range f.Steps {
		switch s := &f.Steps[i]; {
		case s.asks() && s.From == "":
			out = append(out, s)
		case s.Call != "" && s.Each == "":
			out = append(out, b.ahead(s.Call)...)
		}
	}
	return out
}

func topicScore(s *Step, subject string) int {
	best := 0
	for _, topic := range s.Topics {
		if topic = normal(topic); containsWords(subject, topic) && len(topic) > best {
			best = len(topic)
		}
	}
	return best
}

func containsWords(text, words string) bool {
	return strings.Contains(" "+text+" ", " "+words+" ")
}

func normal(s string) string {
	s = strings.ToLower(s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	}), " ")
}

// correctLast reads "no, I meant nurse" as a new answer to the last question.
func (t *turn) correctLast(value string) bool {
	if t.st.Last == nil {
		return false
	}
	a, ok := t.st.Answer(*t.st.Last)
	s, found := t.b.Step(t.st.Last.Step)
	if !ok || !found {
		return false
	}
	cand := candidate{key: a.Key, step: s, offered: t.offered(a.Key, s)}
	switch r := readAnswer(s, cand.offered, value, t.in); r.outcome {
	case understood:
		t.propose(cand, r.value)
	case several:
		t.askWhichFor(cand, r.picks)
	default:
		return false
	}
	return true
}

// propose shows old and new and waits for a yes. A correction of the question
// on screen is simply its answer.
func (t *turn) propose(c candidate, v Value) {
	if t.st.Asked != nil && t.st.Asked.Key == c.key {
		t.store(c.step, c.key, v, t.in.Text, nil)
		t.advance()
		return
	}
	old := ""
	if a, ok := t.st.Answer(c.key); ok {
		old = said(a.Value, a.Words)
	}
	t.pend(Pending{Kind: PendingCorrect, Key: c.key, Values: []Value{v}, Words: t.in.Text, Offered: t.yesNo()},
		t.text("correct", map[string]any{"topic": topicName(c.step), "old": old, "new": said(v, v.Text)}))
}

func topicName(s *Step) string {
	name := strings.ReplaceAll(s.ID, "_", " ")
	if len(s.Topics) > 0 {
		name = s.Topics[0]
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

func (t *turn) askWhichFor(c candidate, picks []Value) {
	screen := t.st.Asked
	if screen == nil {
		screen = &Asked{Key: c.key}
		t.st.Asked = screen
	}
	onScreen := screen.Key
	screen.Key = c.key
	t.askWhich(c.step, picks, t.in.Text)
	screen.Key = onScreen
}

func (t *turn) settleCorrection(p Pending, yes bool) {
	s, ok := t.b.Step(p.Key.Step)
	if !yes || !ok {
		t.line("kept", nil)
		t.repose()
		return
	}
	t.change(s, p.Key, p.Values[0], p.Words)
}

// change puts a new answer in place of an old one and walks again from there.
func (t *turn) change(s *Step, k Key, v Value, words string) {
	last, asked := t.st.Last, t.st.Asked
	t.store(s, k, v, words, nil)
	if s.Kind != Date {
		t.line("corrected", map[string]any{"topic": topicName(s), "new": said(v, v.Text)})
	}
	t.st.Last = last
	if asked != nil && asked.Key != k {
		t.st.Asked = asked
	}
	delete(t.answered, k) // what lies behind a corrected answer has been said before
	t.repose()
}

// late takes a text that was sent before the question on screen appeared: it
// belongs to the answer before. It is added there, or asked about.
func (t *turn) late() bool {
	if t.st.Asked == nil || reading.Greeting(t.in.Text) {
		return t.st.Asked != nil
	}
	if t.st.Last != nil {
		s, ok := t.b.Step(t.st.Last.Step)
		a, has := t.st.Answer(*t.st.Last)
		if ok && has && !a.Value.Skipped && (s.Kind == Text || s.Kind == List) {
			t.addTo(s, a)
			return true
		}
	}
	t.pend(Pending{Kind: PendingLate, Key: t.st.Asked.Key, Words: t.in.Text, Offered: t.yesNo()},
		t.text("late", map[string]any{"words": Words(t.in.Text), "question": t.stepAsk()}))
	return true
}

func (t *turn) stepAsk() string {
	if s, _, ok := t.current(); ok {
		return t.step(s).ask
	}
	return ""
}

func (t *turn) addTo(s *Step, a Answer) {
	v := a.Value
	v.Unsure = false
	if s.Kind == List {
		v.List = append(slices.Clone(v.List), reading.List(t.in.Text)...)
	} else {
		v.Text = strings.TrimSpace(v.Text + "\n" + reading.Clean(t.in.Text))
	}
	asked := t.st.Asked
	t.st.put(Answer{Key: a.Key, Value: v, Words: strings.TrimSpace(a.Words + "\n" + t.in.Text), At: t.in.Now.UTC(), TS: t.in.TS})
	t.res.Changed = append(t.res.Changed, a.Key)
	t.line("added", map[string]any{"words": Words(t.in.Text)})
	t.st.Asked = asked
	t.repose()
}

func (t *turn) settleLate(p Pending, yes bool) {
	if yes {
		t.answer(p.Words)
		return
	}
	if t.st.Last != nil { // not an answer to anything; it stays with what came before
		if i := t.st.find(*t.st.Last); i >= 0 {
			t.st.Answers[i].Words = strings.TrimSpace(t.st.Answers[i].Words + "\n" + p.Words)
		}
	}
	t.line("noted", nil)
	t.repose()
}

// Edit takes a message that the person rewrote: the answer it held is read
// anew. False means that the message held no answer in force.
func (b *Book) Edit(st *State, in Input, env Env) (Result, bool) {
	t := b.turn(st, in, env)
	i := slices.IndexFunc(st.Answers, func(a Answer) bool { return a.TS == in.TS && !a.Replaced })
	if i < 0 || in.TS == "" {
		return Result{}, false
	}
	a := st.Answers[i]
	s, ok := b.Step(a.Key.Step)
	if !ok {
		return Result{}, false
	}
	r := readAnswer(s, t.offered(a.Key, s), in.Text, in)
	switch {
	case r.outcome == understood:
		t.change(s, a.Key, r.value, in.Text)
	case st.Top() != nil && st.Top().Instance == a.Key.Instance:
		k := a.Key
		st.Revisit, st.Asked = &k, nil
		t.line("edit_unread", nil)
		t.advance()
	default:
		t.line("edit_unread", nil)
	}
	return t.res, true
}

// Matches reports whether text is one of the choices on screen, word for word
// or by number, so that a choice wins over a command of the same name.
func (b *Book) Matches(st *State, text string) bool {
	if st.Asked == nil || st.Paused {
		return false
	}
	have := normal(text)
	if have == "" {
		return false
	}
	offered := st.Asked.Offered
	if st.Asked.Pending != nil {
		offered = st.Asked.Pending.Offered
	}
	s, _ := b.Step(st.Asked.Key.Step)
	for _, o := range offered {
		if normal(Unmark(o.Label)) == have {
			return true
		}
		if s == nil {
			continue
		}
		if c, ok := s.choice(o.ID); ok && slices.ContainsFunc(c.Also, func(w string) bool { return normal(w) == have }) {
			return true
		}
	}
	return false
}
