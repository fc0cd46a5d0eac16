package dialogue

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"waymark/internal/reading"
)

// given is what a person gave an answer in.
type given struct {
	words string
	ts    string
	parts []Part // where it came in several messages
}

// given is words that came in the message of this turn.
func (t *turn) given(words string) given { return given{words: words, ts: t.in.TS} }

// givenIn is an answer made of several messages.
func givenIn(parts []Part) given {
	var words []string
	for _, p := range parts {
		words = append(words, p.Words)
	}
	g := given{words: strings.TrimSpace(strings.Join(words, "\n"))}
	if len(parts) > 0 {
		g.ts = parts[len(parts)-1].TS
	}
	if len(parts) > 1 {
		g.parts = slices.Clone(parts)
	}
	return g
}

// allParts are the messages an answer came in.
func (a Answer) allParts() []Part {
	if len(a.Parts) > 0 {
		return a.Parts
	}
	return []Part{{TS: a.TS, Words: a.Words}}
}

// answer reads what was given as the answer to the question on screen.
func (t *turn) answer(g given) {
	s, ok := t.current()
	if ok && t.st.Revisit != nil && *t.st.Revisit == t.st.Asked.Key && slices.Contains([]string{"keep", "keep it", "keep that", "same", "the same"}, normal(g.words)) {
		t.waited = nil
		t.skip()
		return
	}
	if !ok { // the step is gone from its file, or nothing is open
		t.loose(g.words)
		t.advance()
		return
	}
	t.take(s, readAnswer(s, t.st.Asked.Offered, g.words, t.in), g)
}

// take acts on what was read.
func (t *turn) take(s *Step, r read, g given) {
	if t.st.Asked.Pending != nil {
		t.st.Asked.Pending = nil
	}
	switch r.outcome {
	case understood:
		if t.lacks(s, r.value, g) {
			return
		}
		t.store(s, t.st.Asked.Key, r.value, g, r.also)
		if reading.UnsureAsking(g.words) {
			t.line("to_find_out", nil)
		}
		if r.remark != "" {
			t.loose(r.remark)
			t.line("as_note", nil)
		}
		t.advance()
		t.tellsMore(s, r.value, g)
	case several:
		t.askWhich(s, t.st.Asked.Key, r.picks, g)
	case noneKnown:
		t.unread(g)
		t.offerDefault()
	case past:
		t.again("past", map[string]any{"date": r.value.Date.Long()}, g)
	case needsBirthday:
		t.again("needs_birthday", nil, g)
	case outOfRange:
		t.again("range", map[string]any{"example": t.step(s).eg}, g)
	case complains:
		t.told(s, g)
	case asksBack:
		t.again("not_known", map[string]any{"example": t.step(s).eg}, g)
	case tooFew:
		t.again("too_few", map[string]any{"min": strconv.Itoa(s.Min)}, g)
	case tooMany:
		t.again("too_many", map[string]any{"max": strconv.Itoa(s.Max)}, g)
	default:
		t.unclear(s, g)
	}
}

// maxChecked is how often an answer is asked for again because it lacks
// something; then it is kept as it is.
const maxChecked = 2

// lacks asks again when an answer does not meet the step's checks. What was
// said stays with the question. The same answer once more is meant as it is.
func (t *turn) lacks(s *Step, v Value, g given) bool {
	if len(s.Check) == 0 || v.Unsure || v.Skipped {
		return false
	}
	asked := t.st.Asked
	again := len(asked.Unread) > 0 && normal(asked.Unread[len(asked.Unread)-1].Words) == normal(g.words)
	view, item := t.context(asked.Key)
	for _, rule := range s.Check {
		line := t.env.Check(rule, view, item, v)
		if line == "" {
			continue
		}
		if asked.Checked >= maxChecked || again && asked.Checked > 0 {
			t.line("as_draft", nil)
			return false
		}
		asked.Checked++
		asked.Unread = append(asked.Unread, Part{TS: g.ts, Words: g.words})
		t.res.Lines = append(t.res.Lines, line)
		t.repose()
		return true
	}
	return false
}

// again repeats the question after a line that says what is off. After the
// second time the way out is offered.
func (t *turn) again(key string, fields map[string]any, g given) {
	t.unread(g)
	t.line(key, fields)
	if t.st.Asked.Attempts > 2 {
		t.offerDefault()
		return
	}
	t.repose()
}

// unclear asks once more with an example, then offers the default or "later",
// and never a third time.
func (t *turn) unclear(s *Step, g given) {
	t.unread(g)
	if s.Show != "" { // nothing but a clear yes confirms what is shown
		t.loose(g.words)
		t.st.Asked.Unread = t.st.Asked.Unread[:len(t.st.Asked.Unread)-1]
		t.line("not_in_plan", nil)
		t.repose()
		return
	}
	if t.st.Asked.Attempts > 1 {
		t.offerDefault()
		return
	}
	t.line("unclear", map[string]any{"example": t.step(s).eg})
	t.repose()
}

// told takes a complaint that something is asked again: the words are kept, and
// the question says what it is about.
func (t *turn) told(s *Step, g given) {
	t.st.Asked.Attempts++
	t.loose(g.words)
	t.line("told", nil)
	t.res.Lines = append(t.res.Lines, t.step(s).why)
	t.repose()
}

// unread keeps what could not be read with the question: should it stay open,
// the words stay with it, and when the message is rewritten, it is read anew.
func (t *turn) unread(g given) {
	t.st.Asked.Attempts++
	t.st.Asked.Unread = append(t.st.Asked.Unread, Part{TS: g.ts, Words: g.words})
}

// loose hands words to the application that became part of no answer.
func (t *turn) loose(words string) {
	if strings.TrimSpace(words) != "" {
		t.res.Loose = append(t.res.Loose, words)
	}
}

// store keeps an answer and says what has to be said back.
func (t *turn) store(s *Step, k Key, v Value, g given, also *Also) {
	a := Answer{Key: k, Value: v, Words: g.words, At: t.in.Now.UTC(), TS: g.ts, Parts: g.parts}
	onScreen := t.st.Asked != nil && t.st.Asked.Key == k
	if old, had := t.st.answerTo(s, k); had {
		a.Offered = old.Offered
	}
	if s.From != "" && onScreen {
		a.Offered = t.st.Asked.Offered
	}
	t.put(s, a)
	last := k
	t.st.Last = &last
	if t.st.Revisit != nil && *t.st.Revisit == k {
		t.st.Revisit = nil
		t.stepAgain()
	}
	if onScreen {
		t.res.Said = said(v, g.words)
		t.st.Asked = nil
	}
	t.sayBack(s, k, v)
	if s.Kind == Scale && !t.correcting && reading.ScaleLoose(g.words, 0, 10) {
		t.line("scale_back", map[string]any{"n": v.Text})
	}
	t.storeAlso(s, k, g, also)
}

// storeAlso keeps the second fact of an answer, unless it was told already in
// another message.
func (t *turn) storeAlso(s *Step, k Key, g given, also *Also) {
	if also == nil {
		return
	}
	target := s.flow.byID[also.Step]
	k.Step = target.Name()
	if old, has := t.st.answerTo(target, k); has && (old.TS != g.ts || g.ts == "") {
		return
	}
	t.put(target, Answer{Key: k, Value: also.Value, Words: g.words, At: t.in.Now.UTC(), TS: g.ts})
	t.sayBack(target, k, also.Value)
	if target.Kind == Choice {
		t.line("date_back", map[string]any{"date": also.Value.display()})
	}
}

// put makes an answer the one in force.
func (t *turn) put(s *Step, a Answer) {
	t.st.forget(s, a.Key) // also under a name the step had before
	t.st.put(a)
	t.answered[a.Key] = true
	t.res.Changed = append(t.res.Changed, a.Key)
}

// said is an answer as it is shown in place of the buttons and quoted: what was
// taken, or the words for it.
func said(v Value, words string) string {
	bare := v.Months > 0 && !strings.ContainsFunc(v.Text, unicode.IsLetter) // "3", with its unit asked for
	if d := v.display(); d != "" && (len(v.Choices) > 0 || !v.Date.IsZero() || bare) {
		return d
	}
	if v.Text != "" {
		return Words(v.Text)
	}
	return Words(words)
}

// frame is the flow instance of that name, open or closed.
func (t *turn) frame(instance string) (fr Frame, open bool) {
	for _, fr := range slices.Backward(t.st.Stack) {
		if fr.Instance == instance {
			return fr, true
		}
	}
	for _, fr := range slices.Backward(t.st.Past) {
		if fr.Instance == instance {
			return fr, false
		}
	}
	return Frame{}, false
}

// context is what is known where an answer belongs, and the item it is about.
func (t *turn) context(k Key) (View, Picked) {
	fr, _ := t.frame(k.Instance)
	p := t.b.through(t.st, fr)
	for _, v := range p.asked {
		if v.key == k {
			return p.view, v.item
		}
	}
	if p.next != nil && p.next.key == k {
		return p.view, p.next.item
	}
	return p.view, Picked{ID: k.Item}
}
