package dialogue

import (
	"maps"
	"slices"
)

// reached are the flows that can come up: those that the application opens and
// those called from them.
func (b *Book) reached() map[string]bool {
	seen := map[string]bool{}
	for _, id := range b.vocab.Entries {
		b.called(id, seen)
	}
	return seen
}

// called adds a flow and all it calls to seen.
func (b *Book) called(id string, seen map[string]bool) {
	f := b.flows[id]
	if f == nil || seen[id] {
		return
	}
	seen[id] = true
	for i := range f.Steps {
		b.called(f.Steps[i].Call, seen)
	}
}

// checkNames refuses an earlier name of a step that would take the answer of
// another.
func (b *Book) checkNames(f *Flow) {
	claimed := map[string]string{}
	for i := range f.Steps {
		s := &f.Steps[i]
		for _, was := range s.Was {
			if f.byID[was] != nil {
				b.at(s, "was", "was: %s is a step of its own in this flow, so its answer is not free", was)
			} else if by := claimed[was]; by != "" {
				b.at(s, "was", "was: %s is what step %s was already; an answer belongs to one step", was, by)
			}
			claimed[was] = s.ID
		}
	}
}

// checkCall looks at a step that calls another flow.
func (b *Book) checkCall(s *Step) {
	called := b.flows[s.Call]
	switch {
	case s.Each != "" && s.Call == "":
		b.at(s, "each", "each says for what a flow is called; add call: and the flow")
	case s.Call == "":
	case called == nil:
		if !b.unread {
			b.at(s, "call", "there is no flow %s to call", s.Call)
		}
	case s.Each == "" && called.Item != "":
		b.at(s, "call", "flow %s is asked once for each %s; add each: %s", s.Call, called.Item, called.Item)
	case s.Each != "" && called.Item != s.Each:
		b.at(s, "each", "flow %s is called for each %s but does not say so; add item: %s at its top", s.Call, s.Each, s.Each)
	}
	switch {
	case s.Each == "":
	case !b.slots[s.Each]:
		if !b.unread {
			b.at(s, "each", "each: %s: no step fills that slot", s.Each)
		}
	case !b.fills(s.Each, func(s *Step) bool { return s.Kind == Multi || s.Kind == Choice }):
		b.at(s, "each", "each: %s has no choices to go through; its step must be kind: multi", s.Each)
	}
}

// targets are the steps that can follow s; the end is left out.
func (s *Step) targets() []*Step {
	var out []*Step
	if len(s.Next) == 0 && s.index+1 < len(s.flow.Steps) {
		return []*Step{&s.flow.Steps[s.index+1]}
	}
	for _, br := range s.Next {
		if t := s.flow.byID[br.Then]; t != nil {
			out = append(out, t)
		}
	}
	return out
}

// checkGraph refuses steps that cannot be reached and loops: a step's answer is
// kept under its name, so coming to it again would ask nothing, for ever.
func (b *Book) checkGraph(f *Flow) {
	const open, done = 1, 2
	mark := map[*Step]int{}
	var visit func(s *Step)
	visit = func(s *Step) {
		mark[s] = open
		for _, t := range s.targets() {
			switch mark[t] {
			case open:
				b.at(s, "next", "step %s leads back to %s, which has its answer by then: a loop that never asks; make a new step instead", s.ID, t.ID)
			case 0:
				visit(t)
			}
		}
		mark[s] = done
	}
	visit(&f.Steps[0])
	if slices.ContainsFunc(f.Steps, (Step).dangles) {
		return // what the missing steps would lead to is not known
	}
	for i := range f.Steps {
		if mark[&f.Steps[i]] == 0 {
			b.at(&f.Steps[i], "id", "step %s cannot be reached: no step leads to it", f.Steps[i].ID)
		}
	}
}

// dangles reports whether s leads to a step that is not there.
func (s Step) dangles() bool {
	return slices.ContainsFunc(s.Next, func(br Branch) bool { return br.Then != End && s.flow.byID[br.Then] == nil })
}

// checkCalls refuses flows that call each other in a circle, and a flow that is
// called a second time on the same way: its questions have their answers then.
func (b *Book) checkCalls(f *Flow) {
	inside := func(s *Step) map[string]bool {
		seen := map[string]bool{}
		b.called(s.Call, seen)
		return seen
	}
	said := map[*Step]bool{}
	for i := range f.Steps {
		s := &f.Steps[i]
		if s.Call == "" {
			continue
		}
		first := inside(s)
		if first[f.ID] {
			b.at(s, "call", "flow %s calls %s, which leads back to %s: it would never end", f.ID, s.Call, f.ID)
			continue
		}
		for _, later := range s.after() {
			for _, id := range slices.Sorted(maps.Keys(inside(later))) {
				if first[id] && !said[later] {
					said[later] = true
					b.at(later, "call", "flow %s has been gone through by then, in step %s, and asks nothing a second time", id, s.ID)
				}
			}
		}
	}
}

// after are the steps that can come after s.
func (s *Step) after() []*Step {
	var out []*Step
	var add func(s *Step)
	add = func(s *Step) {
		for _, t := range s.targets() {
			if !slices.Contains(out, t) {
				out = append(out, t)
				add(t)
			}
		}
	}
	add(s)
	return out
}
