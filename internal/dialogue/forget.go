package dialogue

import "slices"

// heldBy are the answers in force that came in the message ts, or in part.
func (s *State) heldBy(ts string) []Answer {
	var held []Answer
	for _, a := range s.Answers {
		if ts != "" && !a.Replaced && !a.Value.Skipped && a.Words != "" && a.cameIn(ts) {
			held = append(held, a)
		}
	}
	return held
}

func (a Answer) cameIn(ts string) bool {
	return slices.ContainsFunc(a.allParts(), func(p Part) bool { return p.TS == ts })
}

// Held is the question that the message in.TS answered, as marked text, the
// first where it answered several; false when no answer in force came in it.
func (b *Book) Held(st *State, in Input, env Env) (question string, ok bool) {
	t := b.turn(st, in, env)
	for _, a := range st.heldBy(in.TS) {
		if s, ok := b.Step(a.Key.Step); ok {
			view, item := t.context(a.Key)
			return t.render(s, view, item).ask, true
		}
	}
	return "", false
}

// Forget leaves open what the message in.TS answered, as if it had been skipped,
// and takes its words out of everything that was kept of it, earlier versions
// included. Other messages of the same answer stay. False means that no answer
// in force came in that message.
func (b *Book) Forget(st *State, in Input, env Env) (Result, bool) {
	held := st.heldBy(in.TS)
	if len(held) == 0 {
		return Result{}, false
	}
	t := b.turn(st, in, env)
	t.forgetting = true
	paused := st.Paused
	for _, a := range held {
		s, ok := b.Step(a.Key.Step)
		if !ok {
			st.drop(a.Key)
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(a.allParts()), func(p Part) bool { return p.TS == in.TS })
		v, g := Value{Skipped: true}, given{}
		if len(rest) > 0 && (s.Kind == Text || s.Kind == List) {
			v, g = readParts(s, rest), givenIn(rest)
		}
		t.change(s, a.Key, v, g, nil)
	}
	st.Answers = slices.DeleteFunc(st.Answers, func(a Answer) bool { return a.Replaced && a.cameIn(in.TS) })
	if paused {
		st.Paused, t.res.Question = true, nil
	}
	return t.done(), true
}
