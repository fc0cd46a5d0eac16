package dialogue

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"unicode/utf8"
)

// The limits of a question: what can be read at a glance on a phone, and what
// Slack takes.
const (
	maxAsk     = 600
	maxSay     = 1500
	maxText    = 3000 // Slack's limit for a section
	maxLabel   = 75   // Slack's limit for a button
	maxChoices = 20
)

const kindList = "text, choice, multi, date, duration, number, hours, scale or list"

// check looks at everything that can be known before anybody is asked.
func (b *Book) check() {
	for _, id := range b.vocab.Entries {
		if b.flows[id] == nil && !b.unread {
			b.problem("flows", 0, "the flow %s is missing; the coach opens it by that name", id)
		}
	}
	reached := b.reached()
	for _, f := range b.flows {
		if len(f.Steps) == 0 {
			b.problem(f.file, 1, "flow %s has no steps", f.ID)
			continue
		}
		if !plainID.MatchString(f.ID) {
			b.problem(f.file, 1, "flow name %q: use small letters, digits and _", f.ID)
		}
		if !reached[f.ID] && !b.unread {
			b.problem(f.file, 1, "nothing calls the flow %s; call it from another flow or remove the file", f.ID)
		}
		if f.About == "" {
			b.problem(f.file, 1, "flow %s has no about: a few words for \"we were talking about …\"", f.ID)
		}
		for i := range f.Steps {
			b.checkStep(&f.Steps[i])
		}
		b.checkNames(f)
		b.checkGraph(f)
		b.checkCalls(f)
	}
	for _, s := range b.vocab.Slots {
		if !b.slots[s] && !b.unread {
			b.problem("flows", 0, "no step fills the slot %s, which the plan needs; if a step was renamed, give it slot: %s", s, s)
		}
	}
}

var (
	plainID  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	question = regexp.MustCompile(`\?(["')*_]*)(\s|$)`)
)

func (b *Book) checkStep(s *Step) {
	if s.ID == "" {
		return // that has been said
	}
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
	if does == 0 && len(s.Next) == 0 && s.Ask == "" && s.Each == "" {
		b.at(s, "id", "step %s does nothing: give it kind and ask, or say, call, do, or next", s.ID)
	}
	if s.asks() {
		b.checkQuestion(s)
	} else if key := s.questionKey(); key != "" {
		b.at(s, key, "%s belongs to a question, and step %s has no kind; add kind: %s", key, s.ID, kindList)
	}
	b.checkCall(s)
	if own := []string{holdEffect, restEffect}; s.Do != "" && !slices.Contains(b.vocab.Effects, s.Do) && !slices.Contains(own, s.Do) {
		b.at(s, "do", "do: %s is not something the coach can do; it knows: %s", s.Do, strings.Join(slices.Concat(b.vocab.Effects, own), ", "))
	}
	if s.Show != "" && !slices.Contains(b.vocab.Shows, s.Show) {
		b.at(s, "show", "show: %s is not known; it can show: %s", s.Show, strings.Join(b.vocab.Shows, ", "))
	}
	for _, c := range s.Check {
		if !slices.Contains(b.vocab.Checks, c) {
			b.at(s, "check", "check: %s is not known; there are: %s", c, strings.Join(b.vocab.Checks, ", "))
		}
	}
	b.checkTexts(s)
	b.checkNext(s)
}

// questionKey is a key of the step that only a question has, or "".
func (s *Step) questionKey() string {
	for _, k := range []struct {
		key string
		set bool
	}{
		{"ask", s.Ask != ""}, {"choices", len(s.Choices) > 0}, {"from", s.From != ""}, {"ack", s.Ack != ""}, {"why", s.Why != ""},
		{"example", s.Eg != ""}, {"topics", len(s.Topics) > 0}, {"default", s.Default != ""}, {"slot", s.Slot != ""}, {"was", len(s.Was) > 0},
		{"also", len(s.Also) > 0}, {"show", s.Show != ""}, {"check", len(s.Check) > 0}, {"take", s.Take != ""}, {"own", s.Own}, {"clock", s.Clock},
		{"min", s.Min != 0}, {"max", s.Max != 0}, {"toward", s.Toward != ""}, {"rest", s.Rest},
	} {
		if k.set {
			return k.key
		}
	}
	return ""
}

func (b *Book) checkQuestion(s *Step) {
	if !kinds[s.Kind] {
		b.at(s, "kind", "kind %s is not known; use %s", s.Kind, kindList)
		return
	}
	if slot := s.SlotName(); !plainID.MatchString(slot) {
		b.at(s, "slot", "slot %q: use small letters, digits and _", slot)
	} else if slot == "item" || slot == itemKind || slices.Contains(b.vocab.Fields, slot) {
		b.at(s, cmp.Or(map[bool]string{true: "slot"}[s.Slot != ""], "id"), "the slot %s would hide {{.%s}}, which the coach fills in itself; give it another name", slot, slot)
	}
	b.checkKind(s)
	if s.Take != "" {
		if s.Take != "all" || s.Kind != Multi || s.From == "" {
			b.at(s, "take", "take: all belongs to kind: multi with from")
		}
		return // it is never asked
	}
	for _, need := range []struct{ key, text, what string }{
		{"ask", s.Ask, "the question"}, {"why", s.Why, "why it is asked"}, {"example", s.Eg, "an example of an answer"},
	} {
		if strings.TrimSpace(need.text) == "" {
			b.at(s, "id", "step %s has no %s: %s", s.ID, need.key, need.what)
		}
	}
	if n := len(question.FindAllString(s.Ask, -1)); n > 1 {
		b.at(s, "ask", "there are %d questions in one message; ask one and make the other a step of its own", n)
	}
	if s.Kind == Choice && s.Default == "" && s.From == "" {
		b.at(s, "id", "step %s has no default: the choice offered when two answers were unclear", s.ID)
	}
}

// checkKind refuses what does not go with the kind of question.
func (b *Book) checkKind(s *Step) {
	hasChoices := s.Kind == Choice || s.Kind == Multi
	switch {
	case hasChoices && len(s.Choices) == 0 && s.From == "":
		b.at(s, "kind", "a %s needs choices, or from", s.Kind)
	case !hasChoices && (len(s.Choices) > 0 || s.From != "" || s.Own):
		b.at(s, "kind", "choices, from and own belong to kind: choice or multi")
	case len(s.Choices) > 0 && s.From != "":
		b.at(s, "from", "a step has either choices or from")
	}
	if s.From != "" && !slices.Contains(b.vocab.Providers, s.From) {
		b.at(s, "from", "from: %s is not known; there are: %s", s.From, strings.Join(b.vocab.Providers, ", "))
	}
	if s.Default != "" {
		if _, ok := s.choice(s.Default); !ok {
			b.at(s, "default", "the default %s is not one of the choices", s.Default)
		}
	}
	b.checkChoices(s)
	if s.Min < 0 || s.Max < 0 || s.Max > 0 && s.Min > s.Max {
		b.at(s, "min", "min and max of step %s contradict each other", s.ID)
	}
	if s.Min != 0 && s.Kind != Multi || s.Max != 0 && s.Kind != Multi && s.Kind != List {
		b.at(s, "max", "min belongs to kind: multi, max to multi or list")
	}
	if s.Toward != "" && (s.Kind != Date || s.Toward != "past" && s.Toward != "future") {
		b.at(s, "toward", "toward is past or future, and only for kind: date")
	}
	if s.Clock && s.Kind != Choice {
		b.at(s, "clock", "clock is for kind: choice, whose choices are hours")
	}
	if s.First && s.Kind != Date {
		b.at(s, "first", "first is for kind: date, where the first day of a span is meant")
	}
	if s.Rest && s.Kind != Text && s.Kind != List && !(s.Kind == Choice && s.Own) {
		b.at(s, "rest", "rest is for questions that are answered in own words: kind text or list, or choice with own")
	}
	for kind, step := range s.Also {
		if target := s.flow.byID[step]; kind != Date && kind != Choice && kind != Duration || target == nil || target.Kind != kind || kind == Choice && target.From != "" {
			b.at(s, "also", "also: {%s: %s} cannot be read; write also: {date: step}, also: {duration: step} or also: {choice: step}, with a step of this flow that asks for a date or a length of time, or has choices", kind, step)
		}
	}
}

func (b *Book) checkChoices(s *Step) {
	if len(s.Choices) > maxChoices {
		b.at(s, "choices", "there are %d choices; at most %d can be chosen from", len(s.Choices), maxChoices)
	}
	for i, c := range s.Choices {
		key := "choices." + c.ID
		if !plainID.MatchString(c.ID) {
			b.at(s, "choices", "choice %q: use small letters, digits and _ for its name; people see the label", c.ID)
		}
		if utf8.RuneCountInString(c.Label) > maxLabel || strings.TrimSpace(c.Label) == "" {
			b.at(s, key, "the label of choice %s must have 1 to %d characters, the limit of a button", c.ID, maxLabel)
		}
		for _, d := range s.Choices[:i] {
			if d.ID == c.ID || strings.EqualFold(d.Label, c.Label) {
				b.at(s, key, "choice %s is there twice", c.ID)
			}
			for _, w := range c.Also {
				if slices.ContainsFunc(append([]string{d.Label}, d.Also...), func(have string) bool { return normal(have) == normal(w) }) {
					b.at(s, key, "%q stands for the choices %s and %s", w, d.ID, c.ID)
				}
			}
		}
	}
}

// allowed tells whether a step's text may use a field.
func (b *Book) allowed(field string) bool {
	return b.slots[field] || slices.Contains(b.vocab.Fields, field) || field == "item" || b.unread
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
		var unknown fieldsError
		switch n := utf8.RuneCountInString(t.text); {
		case errors.As(err, &unknown):
			b.at(s, t.key, "%s: %s; it may use: %s, and what the steps before it have asked, by their slots", t.key, err, fieldList(append([]string{"item"}, b.vocab.Fields...)))
		case err != nil:
			b.at(s, t.key, "%s: %s", t.key, err)
		case n > t.limit:
			b.at(s, t.key, "%s has %d characters; at most %d can be read at a glance", t.key, n, t.limit)
		}
		*t.to = parsed
	}
	b.asks[s] = st
}

func (b *Book) checkNext(s *Step) {
	for i, br := range s.Next {
		key := fmt.Sprintf("next[%d]", i)
		last := i == len(s.Next)-1
		if br.Else && !last {
			b.at(s, key, "else must be the last branch")
		}
		if last && !br.Else {
			b.at(s, key, "the branches have no else; say where to go when none of them holds")
		}
		if br.Then != End && s.flow.byID[br.Then] == nil {
			b.at(s, key, "there is no step %s in this flow; go to one of its steps, or to end", br.Then)
		}
		for slot, values := range br.If {
			b.checkCond(s, key, slot, values)
		}
	}
}

func (b *Book) checkCond(s *Step, key, slot string, values []string) {
	if slot == itemKind {
		return
	}
	if !b.slots[slot] {
		if !b.unread {
			b.at(s, key, "if: no step fills the slot %s", slot)
		}
		return
	}
	for _, v := range values {
		switch {
		case compares(v) && !b.fills(slot, func(s *Step) bool { return s.Kind == Number || s.Kind == Hours || s.Kind == Scale }):
			b.at(s, key, "if: %s is no number, so it is never %q", slot, v)
		case condWords[v], compares(v):
		case !b.fills(slot, func(s *Step) bool { _, ok := s.choice(v); return ok || s.From != "" }) && !b.unread:
			b.at(s, key, "if: %s is never %q; write one of its choices, or some, none, skipped, unsure", slot, v)
		}
	}
}

// fills tells whether some step that fills slot is one of those meant.
func (b *Book) fills(slot string, is func(*Step) bool) bool {
	for _, f := range b.flows {
		for i := range f.Steps {
			if s := &f.Steps[i]; s.asks() && s.SlotName() == slot && is(s) {
				return true
			}
		}
	}
	return false
}
