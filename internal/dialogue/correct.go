package dialogue

import (
	"regexp"
	"slices"
	"strings"

	"waymark/internal/reading"
)

// correction looks for "actually my review is in January": a step by its
// topics, and a new answer to it. Without a topic it is the answer given last.
func (t *turn) correction() bool {
	c, ok := reading.ReadCorrection(t.in.Text)
	if !ok {
		return t.labelled() || t.addsRole()
	}
	if c.Topic == "" {
		return t.correctOld(c) || t.correctLast(c)
	}
	if goalNumbered.MatchString(c.Topic) {
		return false // the application knows what its number stands for
	}
	found := t.byTopic(c.Topic)
	for _, cand := range found {
		if c.Value != "" && t.proposeFrom(cand, c.Value) {
			return true
		}
	}
	if c.Value != "" {
		return false
	}
	for _, cand := range found {
		if cand.answered {
			t.letGo()
			t.pend(Pending{Kind: PendingAnew, Key: cand.key, Words: t.in.Text, TS: t.in.TS, Offered: cand.offered})
			return true
		}
	}
	return false
}

var goalNumbered = regexp.MustCompile(`(?i)\bgoal #?\d`)

// proposeFrom reads a corrected value; false when it is none for that step.
func (t *turn) proposeFrom(c candidate, text string) bool {
	switch r := readAnswer(c.step, c.offered, text, t.in); {
	case r.outcome == understood && !r.value.Unsure:
		t.propose(c, r.value)
	case r.outcome == several:
		t.letGo()
		t.askWhich(c.step, c.key, r.picks, t.given(t.in.Text))
	default:
		return false
	}
	return true
}

// candidate is a step that a correction may be about.
type candidate struct {
	key      Key
	step     *Step
	offered  []Picked
	score    int
	answered bool
}

// byTopic finds the steps whose topics are in the subject of a correction: the
// best match first, then what was answered, the latest flow first and of a
// flow's items the one answered last, then what is still to come.
func (t *turn) byTopic(subject string) []candidate {
	subject = normal(subject)
	return t.candidates(func(s *Step) int { return topicScore(s, subject) })
}

// candidates are the steps with a score, in the order of byTopic. Of several that
// fill the same slot only the first is one: that which was answered.
func (t *turn) candidates(score func(*Step) int) []candidate {
	var found []candidate
	add := func(k Key, s *Step, answered bool) {
		if n := score(s); n > 0 {
			found = append(found, candidate{k, s, t.offered(k, s), n, answered})
		}
	}
	frames := slices.Concat(t.st.Past, t.st.Stack)
	for _, fr := range slices.Backward(frames) {
		if !t.b.topical[fr.Flow] {
			continue // years of check-ins, none of which can be meant
		}
		seen := map[string]bool{}
		for _, v := range slices.Backward(t.b.through(t.st, fr).asked) {
			add(v.key, v.step, true)
			seen[v.step.SlotName()] = true
		}
		if !fr.Closed.IsZero() {
			continue
		}
		for _, s := range t.b.ahead(fr.Flow) {
			if !seen[s.SlotName()] {
				add(Key{Instance: fr.Instance, Step: s.Name(), Item: fr.Item.ID}, s, false)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		switch {
		case a.score != b.score:
			return b.score - a.score
		case a.answered != b.answered && a.answered:
			return -1
		case a.answered != b.answered:
			return 1
		}
		return 0
	})
	return found
}

// offered are the choices that an answer was, or would be, taken from.
func (t *turn) offered(k Key, s *Step) []Picked {
	if t.st.Asked != nil && t.st.Asked.Key == k {
		return t.st.Asked.Offered
	}
	if a, ok := t.st.answerTo(s, k); ok && len(a.Offered) > 0 {
		return a.Offered
	}
	return s.offer()
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

// hasTopics reports whether a correction can be about a question of a flow or
// of those it calls.
func (b *Book) hasTopics(flow string) bool {
	f := b.flows[flow]
	return f != nil && slices.ContainsFunc(f.Steps, func(s Step) bool {
		return len(s.Topics) > 0 || s.Call != "" && b.hasTopics(s.Call)
	})
}

func topicScore(s *Step, subject string) int {
	best := 0
	for _, topic := range s.Topics {
		topic = normal(topic)
		if topic != "" && (containsWords(subject, topic) || reading.Mentions(subject, topic)) && len(topic) > best {
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

// correctOld reads "sorry, it's Berlin, not Bonn" as a change of the latest
// answer in own words that holds the old ones; the rest of it stays.
func (t *turn) correctOld(c reading.Correction) bool {
	top := t.st.Top()
	if c.Old == "" || top == nil {
		return false
	}
	for _, v := range slices.Backward(t.b.through(t.st, *top).asked) {
		a, ok := t.st.answerTo(v.step, v.key)
		if !ok || v.step.Kind != Text && v.step.Kind != List {
			continue
		}
		if text, ok := replaceWords(a.Value.Text, c.Old, c.Value); ok {
			return t.proposeFrom(candidate{key: v.key, step: v.step}, text)
		}
	}
	return false
}

// replaceWords puts words in place of others, wherever those stand in text as
// whole words.
func replaceWords(text, old, with string) (string, bool) {
	re, err := regexp.Compile(`(?i)(^|[^\pL\pN])` + regexp.QuoteMeta(old) + `($|[^\pL\pN])`)
	if err != nil || !re.MatchString(text) {
		return text, false
	}
	return re.ReplaceAllString(text, "${1}"+strings.ReplaceAll(with, "$", "$$")+"${2}"), true
}

// correctLast reads "no, I meant nurse" as a new answer to the last question.
func (t *turn) correctLast(c reading.Correction) bool {
	if t.st.Last == nil {
		return false
	}
	a, ok := t.st.Answer(*t.st.Last)
	s, found := t.b.Step(t.st.Last.Step)
	if !ok || !found || c.Old != "" && (s.Kind == Text || s.Kind == List) { // it does not hold the old words
		return false
	}
	return t.proposeFrom(candidate{key: a.Key, step: s, offered: t.offered(a.Key, s)}, c.Value)
}

// propose shows old and new and waits for a yes. A correction of the question
// on screen is simply its answer.
func (t *turn) propose(c candidate, v Value) {
	if t.st.Asked != nil && t.st.Asked.Key == c.key && t.st.Top() != nil {
		t.st.Asked.Pending = nil
		t.store(c.step, c.key, v, t.given(t.in.Text), nil)
		t.advance()
		return
	}
	if a, ok := t.st.answerTo(c.step, c.key); ok && a.Value.same(v) && (!v.empty() || a.Words != "" && (c.step.Kind == List || c.step.Kind == Multi)) {
		t.line("already", map[string]any{"topic": t.topicName(c.step, c.key), "value": t.saysValue(c.step, v, t.in.Text)})
		t.loose(t.in.Text)
		t.restate()
		return
	}
	t.letGo()
	if weekend(v.Date) && !v.Date.IsZero() && slices.ContainsFunc(c.step.names(), func(n string) bool { return n == "review" || n == "talk" }) {
		t.line("weekend", map[string]any{"day": v.Date.Weekday().String()})
	}
	t.pend(Pending{Kind: PendingCorrect, Key: c.key, Values: []Value{v}, Words: t.in.Text, TS: t.in.TS, Offered: t.yesNo()})
}

// topicName is what a correction calls its step, with the item where there are
// several of them.
func (t *turn) topicName(s *Step, k Key) string {
	name := strings.ReplaceAll(s.ID, "_", " ")
	if len(s.Topics) > 0 {
		name = s.Topics[0]
	}
	name = strings.ToUpper(name[:1]) + strings.ReplaceAll(name[1:], " i ", " I ")
	if _, item := t.context(k); item.Label != "" {
		name += " (" + item.Label + ")"
	}
	return name
}

// answerAnew reads the new answer to a question that was asked again because a
// correction did not bring it.
func (t *turn) answerAnew(p Pending) {
	s, ok := t.b.Step(p.Key.Step)
	if ok {
		r := readAnswer(s, p.Offered, t.in.Text, t.in)
		switch {
		case r.outcome == understood:
			t.settleWith(s, p, r.value, t.given(t.in.Text))
			return
		case r.outcome == several:
			t.askWhich(s, p.Key, r.picks, t.given(t.in.Text))
			return
		case p.Tries == 0:
			p.Tries++
			view, item := t.context(p.Key)
			t.line("unclear", map[string]any{"example": t.render(s, view, item).eg})
			t.pend(p)
			return
		}
	}
	t.letGo()
	t.loose(t.in.Text)
	t.advance()
}

func (t *turn) clickAnew(p Pending) {
	s, ok := t.b.Step(p.Key.Step)
	if !ok {
		t.res.Stale = true
		return
	}
	r, words, ok := t.readClick(s, p.Offered)
	if !ok || r.outcome != understood {
		t.res.Stale = true
		return
	}
	t.settleWith(s, p, r.value, given{words: words})
}
