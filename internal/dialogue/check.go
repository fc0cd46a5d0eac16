package dialogue

import (
	"regexp"
	"slices"
	"strings"
	"text/template"
	"unicode/utf8"
)

// The limits of a question: what can be read at a glance on a phone.
const (
	maxAsk   = 600
	maxSay   = 1500
	maxLabel = 75 // Slack's limit for a button
)

// check looks at everything that can be known before anybody is asked.
func (b *Book) check() {
	called := map[string]bool{}
	for _, id := range b.vocab.Entries {
		called[id] = true
		if b.flows[id] == nil {
			b.problem("flows", 0, "the flow %s is missing; the coach opens it by that name", id)
		}
	}
	for _, f := range b.flows {
		for i := range f.Steps {
			called[f.Steps[i].Call] = true
		}
	}
	for _, f := range b.flows {
		if len(f.Steps) == 0 {
			b.problem(f.file, 1, "flow %s has no steps", f.ID)
			continue
		}
		if !called[f.ID] {
			b.problem(f.file, 1, "nothing calls the flow %s; call it from another flow or remove the file", f.ID)
		}
		if f.About == "" {
			b.problem(f.file, 1, "flow %s has no about: a few words for \"we were talking about …\"", f.ID)
		}
		for i := range f.Steps {
			b.checkStep(&f.Steps[i])
		}
		if len(b.bad) == 0 {
			b.checkGraph(f)
		}
	}
	for _, s := range b.vocab.Slots {
		if !b.slots[s] {
			b.problem("flows", 0, "no step fills the slot %s, which the plan needs; a step was renamed: give it slot: %s", s, s)
		}
	}
	if len(b.bad) == 0 {
		b.checkCalls()
	}
}

var (
	plainID  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	question = regexp.MustCompile(`\?(["')*_]*)(\s|$)`)
)

func (b *Book) checkStep(s *Step) {
	if !plainID.MatchString(s.ID) {
		b.at(s, "id", "step id %q: use small letters, digits and _", s.ID)
	}
	does := 0
	for _, on := range []bool{s.asks(), s.Say != "", s.Call != "", s.Do != ""} {
		if on {
			does++
		}
	}
	if does > 1 {
		b.at(s, "id", "step %s does more than one thing; it either asks (kind), says, calls or does", s.ID)
	}
	if does == 0 && len(s.Next) == 0 {
		b.at(s, "id", "step %s does nothing: give it kind and ask, or say, call, do, or next", s.ID)
	}
	if s.asks() {
		b.checkQuestion(s)
	} else if s.Ask != "" || len(s.Choices) > 0 || s.From != "" {
		b.at(s, "id", "step %s has a question but no kind; add kind: text, choice, multi, date, duration, number, hours, scale or list", s.ID)
	}
	if s.Call != "" && b.flows[s.Call] == nil {
		b.at(s, "call", "there is no flow %s to call", s.Call)
	}
	if s.Each != "" {
		if !b.slots[s.Each] {
			b.at(s, "each", "each: %s: no step fills that slot", s.Each)
		} else if f := b.flows[s.Call]; f != nil && f.Item != s.Each {
			b.at(s, "each", "flow %s is called for each %s but does not say so; add item: %s at its top", s.Call, s.Each, s.Each)
		}
	}
	if s.Do != "" && !slices.Contains(b.vocab.Effects, s.Do) && s.Do != holdEffect && s.Do != restEffect {
		b.at(s, "do", "do: %s is not something the coach can do; it knows: %s", s.Do, strings.Join(slices.Concat(b.vocab.Effects, []string{holdEffect, restEffect}), ", "))
	}
	if s.Show != "" && !slices.Contains(b.vocab.Shows, s.Show) {
		b.at(s, "show", "show: %s is not known; it can show: %s", s.Show, strings.Join(b.vocab.Shows, ", "))
	}
	for _, c := range s.Check {
		if !slices.Contains(b.vocab.Checks, c) {
			b.at(s, "check", "check: %s is not known; there are: %s", c, strings.Join(b.vocab.Checks, ", "))
		}
	}
	if s.Take != "" && (s.Take != "all" || s.Kind != Multi || s.From == "") {
		b.at(s, "take", "take: all belongs to kind: multi with from")
	}
	b.checkTexts(s)
	b.checkNext(s)
}

func (b *Book) checkQuestion(s *Step) {
	if !kinds[s.Kind] {
		b.at(s, "kind", "kind %s is not known; use text, choice, multi, date, duration, number, hours, scale or list", s.Kind)
		return
	}
	if s.Take != "" {
		return // it is never asked
	}
	for _, need := range []struct{ key, text, what string }{
		{"ask", s.Ask, "the question"}, {"why", s.Why, "why it is asked"}, {"example", s.Eg, "an example of an answer"},
	} {
		if strings.TrimSpace(need.text) == "" {
			b.at(s, "id", "step %s has no %s: %s", s.ID, need.key, need.what)
		}
	}
	if n := utf8.RuneCountInString(s.Ask); n > maxAsk {
		b.at(s, "ask", "the question has %d characters; at most %d can be read at a glance", n, maxAsk)
	}
	if n := len(question.FindAllString(s.Ask, -1)); n > 1 {
		b.at(s, "ask", "there are %d questions in one message; ask one and make the other a step of its own", n)
	}
	hasChoices := s.Kind == Choice || s.Kind == Multi
	switch {
	case hasChoices && len(s.Choices) == 0 && s.From == "":
		b.at(s, "kind", "a %s needs choices, or from", s.Kind)
	case !hasChoices && (len(s.Choices) > 0 || s.From != "" || s.Own):
		b.at(s, "kind", "choices, from and own belong to kind: choice or multi")
	}
	if s.From != "" && !slices.Contains(b.vocab.Providers, s.From) {
		b.at(s, "from", "from: %s is not known; there are: %s", s.From, strings.Join(b.vocab.Providers, ", "))
	}
	if s.Kind == Choice && s.Default == "" && s.From == "" {
		b.at(s, "id", "step %s has no default: the choice offered when two answers were unclear", s.ID)
	}
	if s.Default != "" {
		if _, ok := s.choice(s.Default); !ok {
			b.at(s, "default", "the default %s is not one of the choices", s.Default)
		}
	}
	for i, c := range s.Choices {
		if utf8.RuneCountInString(c.Label) > maxLabel || c.Label == "" {
			b.at(s, "choices", "the label of choice %s must have 1 to %d characters, the limit of a button", c.ID, maxLabel)
		}
		for _, d := range s.Choices[:i] {
			if d.ID == c.ID || strings.EqualFold(d.Label, c.Label) {
				b.at(s, "choices", "choice %s is there twice", c.ID)
			}
		}
	}
	if s.Min < 0 || s.Max < 0 || s.Max > 0 && s.Min > s.Max {
		b.at(s, "id", "min and max of step %s contradict each other", s.ID)
	}
	if s.Toward != "" && (s.Kind != Date || s.Toward != "past" && s.Toward != "future") {
		b.at(s, "toward", "toward is past or future, and only for kind: date")
	}
	for kind, step := range s.Also {
		if target := s.flow.byID[step]; target == nil || target.Kind != kind {
			b.at(s, "also", "also: {%s: %s} must name a step of this flow that asks for a %s", kind, step, kind)
		}
	}
}

// allowed tells whether a step's text may use a field.
func (b *Book) allowed(field string) bool {
	return b.slots[field] || slices.Contains(b.vocab.Fields, field) || field == "item"
}

func (b *Book) checkTexts(s *Step) {
	var st stepTexts
	for _, t := range []struct {
		key, text string
		limit     int
		to        **template.Template
	}{
		{"ask", s.Ask, maxAsk, &st.ask}, {"why", s.Why, maxSay, &st.why}, {"example", s.Eg, maxSay, &st.eg},
		{"ack", s.Ack, maxSay, &st.ack}, {"say", s.Say, maxSay, &st.say},
	} {
		if t.text == "" {
			continue
		}
		parsed, err := compile(s.Name()+"."+t.key, t.text, b.allowed)
		if err != nil {
			b.at(s, t.key, "%s: %s", t.key, cleanTemplateError(err))
			continue
		}
		if n := utf8.RuneCountInString(t.text); n > t.limit {
			b.at(s, t.key, "%s has %d characters; at most %d", t.key, n, t.limit)
		}
		*t.to = parsed
	}
	b.asks[s] = st
}

func (b *Book) checkNext(s *Step) {
	for i, br := range s.Next {
		last := i == len(s.Next)-1
		if br.Else && !last {
			b.at(s, "next", "else must be the last branch")
		}
		if last && !br.Else {
			b.at(s, "next", "the branches have no else; say where to go when none of them holds")
		}
		if br.Then != End && s.flow.byID[br.Then] == nil {
			b.at(s, "next", "there is no step %s in this flow", br.Then)
		}
		for slot, values := range br.If {
			b.checkCond(s, slot, values)
		}
	}
}

func (b *Book) checkCond(s *Step, slot string, values []string) {
	if slot == itemKind {
		return
	}
	if !b.slots[slot] {
		b.at(s, "next", "if: no step fills the slot %s", slot)
		return
	}
	for _, v := range values {
		if condWords[v] || compares(v) || b.offers(slot, v) {
			continue
		}
		b.at(s, "next", "if: %s is never %q; it is not one of its choices", slot, v)
	}
}

// offers tells whether some step that fills slot has that choice.
func (b *Book) offers(slot, id string) bool {
	for _, f := range b.flows {
		for i := range f.Steps {
			if s := &f.Steps[i]; s.asks() && s.SlotName() == slot {
				if _, ok := s.choice(id); ok {
					return true
				}
			}
		}
	}
	return false
}

// targets are the steps that can follow s; nil stands for the end.
func (s *Step) targets() []*Step {
	if len(s.Next) == 0 {
		if s.index+1 < len(s.flow.Steps) {
			return []*Step{&s.flow.Steps[s.index+1]}
		}
		return []*Step{nil}
	}
	var out []*Step
	for _, br := range s.Next {
		out = append(out, s.flow.byID[br.Then])
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
			switch {
			case t == nil:
			case mark[t] == open:
				b.at(s, "next", "step %s leads back to %s, which has its answer by then: a loop that never asks; make a new step instead", s.ID, t.ID)
			case mark[t] == 0:
				visit(t)
			}
		}
		mark[s] = done
	}
	visit(&f.Steps[0])
	for i := range f.Steps {
		if mark[&f.Steps[i]] == 0 {
			b.at(&f.Steps[i], "id", "step %s cannot be reached: no step leads to it", f.Steps[i].ID)
		}
	}
}

// checkCalls refuses flows that call each other in a circle.
func (b *Book) checkCalls() {
	var visit func(f *Flow, above []string)
	visit = func(f *Flow, above []string) {
		for i := range f.Steps {
			s := &f.Steps[i]
			if s.Call == "" {
				continue
			}
			if slices.Contains(above, s.Call) {
				b.at(s, "call", "flow %s is called from inside itself", s.Call)
				return
			}
			visit(b.flows[s.Call], append(slices.Clone(above), s.Call))
		}
	}
	for _, id := range b.vocab.Entries {
		if f := b.flows[id]; f != nil {
			visit(f, []string{id})
		}
	}
}
