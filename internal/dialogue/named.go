package dialogue

import (
	"slices"
	"strings"

	"waymark/internal/reading"
)

// named takes "change my job to head chef" and "actually certificates: none": a
// correction that calls its answer by the name people use for it. Unlike a topic,
// which may stand anywhere in a subject, the name has to be all there is.
func (t *turn) named() bool {
	n, ok := reading.ReadNaming(t.in.Text)
	if !ok || goalNumbered.MatchString(t.in.Text) || !n.Plain && t.st.Asked != nil {
		return false
	}
	found := t.byName(n.Label)
	for _, c := range found {
		if n.Value == "" {
			break
		}
		v, picks, ok := t.readNamed(c, n.Value)
		switch {
		case !ok:
			continue
		case len(picks) > 0:
			t.letGo()
			t.askWhich(c.step, c.key, picks, t.given(t.in.Text))
		case t.mayBeLife(c), !n.Order && n.The && t.tellsHere(c):
			t.askAbout([]meantStep{{candidate: c, value: v}}, true)
		default:
			t.propose(c, v)
		}
		return true
	}
	for _, c := range found {
		if c.answered && n.Plain {
			t.letGo()
			if n.Value != "" {
				t.loose(t.in.Text) // it cannot be read as one
			}
			t.pend(Pending{Kind: PendingAnew, Key: c.key, Words: t.in.Text, TS: t.in.TS, Offered: c.offered})
			return true
		}
	}
	return false
}

// mayBeLife reports whether a change that is asked for could also be the answer on
// screen: "change my job to nurse" is what some people want to do.
func (t *turn) mayBeLife(c candidate) bool {
	s, ok := t.current()
	if !ok || !s.Rest && !s.Own || t.st.Asked.Key == c.key {
		return false
	}
	return slices.ContainsFunc(c.step.names(), func(name string) bool { return reading.LifeWord(name) })
}

// tellsHere reports whether a sentence about something in own words may also be
// the answer on screen: "no, the job is boring".
func (t *turn) tellsHere(c candidate) bool {
	s, ok := t.current()
	return ok && s.inOwnWords() && c.step.Kind == Text && t.st.Asked.Key != c.key
}

// readNamed reads the new value of a step; picks where it can be read in more
// than one way.
func (t *turn) readNamed(c candidate, text string) (v Value, picks []Value, ok bool) {
	if c.step.Kind == Text {
		if rest, cut := strings.CutPrefix(text, "in "); cut && !strings.HasPrefix(rest, "order ") {
			text = rest
		}
	}
	if c.step.Kind == Hours {
		a, _ := t.st.answerTo(c.step, c.key)
		if v, ok := t.valueFor(c.step, a, text); ok {
			return v, nil, true
		}
	}
	r := readAnswer(c.step, c.offered, text, t.in)
	switch {
	case r.outcome == several:
		return v, r.picks, true
	case r.outcome == understood && !r.value.Unsure:
		return r.value, nil, true
	}
	return v, nil, false
}

// names are what people call the answer to a step.
func (s *Step) names() []string { return slices.Concat(s.Names, s.Topics) }

// byName finds the steps that go by a name, as byTopic orders them. A slip is
// forgiven where nothing is called exactly so.
func (t *turn) byName(label string) []candidate {
	want := nameKey(label)
	if want == "" {
		return nil
	}
	var all []string
	found := t.candidates(func(s *Step) int {
		keys := s.nameKeys()
		all = append(all, keys...)
		return b2i(slices.Contains(keys, want))
	})
	if len(found) > 0 {
		return found
	}
	slices.Sort(all)
	near, ok := reading.Nearest(want, slices.Compact(all))
	if !ok || len(near) < 4 || strings.ContainsAny(want, "0123456789") {
		return nil
	}
	return t.candidates(func(s *Step) int { return b2i(slices.Contains(s.nameKeys(), near)) })
}

func (s *Step) nameKeys() []string {
	var keys []string
	for _, n := range s.names() {
		keys = append(keys, nameKey(n))
	}
	return keys
}

// nameKey is a name without the words and endings that make no difference: "the
// date of my reviews" and "review date" are one.
func nameKey(name string) string {
	var words []string
	for _, w := range strings.Fields(normal(name)) {
		switch w {
		case "my", "the", "our", "of", "a", "an", "is", "in", "for", "current", "present", "new", "old", "answer", "about":
			continue
		}
		if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
			w = w[:len(w)-1]
		}
		words = append(words, w)
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
