package career

import (
	"fmt"
	"slices"
	"strings"

	"waymark/internal/civil"
)

// Todo is something to do that is not a goal: chosen for a gap, agreed on in a
// review, or a side talk's result. It stays on the list, with or without a date.
type Todo struct {
	// ID is the id of the action it was made from, or one of its own.
	ID   string     `cbor:"1,keyasint"`
	Text string     `cbor:"2,keyasint"` // in plain words, as shown
	Gap  string     `cbor:"3,keyasint,omitempty"`
	From []AnswerID `cbor:"4,keyasint,omitempty"`
	Due  civil.Date `cbor:"5,keyasint,omitzero"`
	Done civil.Date `cbor:"6,keyasint,omitzero"` // zero while open
}

// Open reports whether a thing to do still waits to be done.
func (t Todo) Open() bool { return t.Done.IsZero() }

// derived reports whether a thing to do comes from an action that was chosen,
// rather than from AddTodo.
func (t Todo) derived() bool { return strings.Contains(t.ID, "/") }

// todos are the actions that the person chose and that became no goal.
func todos(f Facts, title func(Action) string, goals []Goal) []Todo {
	var out []Todo
	for _, a := range append(chosen(f), findOut(f)...) {
		t := Todo{ID: a.ID, Text: cut(tidy(a.Words), maxTitle), Gap: a.Gap}
		if title != nil {
			if s := title(a); s != "" {
				t.Text = cut(s, maxTitle)
			}
		}
		if v, ok := f.itemOf("act", []string{a.Gap}); ok {
			t.From = []AnswerID{v.ID}
		}
		// Ids of one and the same answers name the same thing, whatever the goal
		// is called by now.
		goal := slices.ContainsFunc(goals, func(g Goal) bool { return g.Action == t.ID || t.becomes(g) })
		if !goal && t.Text != "" && !slices.ContainsFunc(out, t.same) {
			out = append(out, t)
		}
	}
	return out
}

// becomes reports whether a goal is the same thing to do.
func (t Todo) becomes(g Goal) bool { return t.same(Todo{ID: g.Action, Text: g.Title}) }

// same reports whether two entries are one thing to do. Ids with a number in
// them shift when a list of answers changes, so there the words decide.
func (t Todo) same(o Todo) bool {
	return strings.EqualFold(t.Text, o.Text) || t.ID == o.ID && !strings.ContainsAny(t.ID, "0123456789")
}

// AddTodo puts something on the list under an id of its own, and returns it. What
// is there already and open stays once, with the date and gap it did not have;
// an entry without words is not kept.
func (p *Plan) AddTodo(t Todo) Todo {
	if t.Text = cut(tidy(t.Text), maxTitle); t.Text == "" {
		return Todo{}
	}
	for i := range p.List {
		if have := &p.List[i]; have.Open() && strings.EqualFold(have.Text, t.Text) {
			have.Due = later(have.Due, t.Due)
			if have.Gap == "" {
				have.Gap = t.Gap
			}
			return *have
		}
	}
	t.ID = p.newID("t")
	p.List = append(p.List, t)
	return t
}

// TodoDone ticks something off the list: ErrNotFound if it is not there,
// ErrBadTransition if it is done already.
func (p *Plan) TodoDone(id string, today civil.Date) error {
	i := slices.IndexFunc(p.List, func(t Todo) bool { return t.ID == id })
	switch {
	case i < 0:
		return fmt.Errorf("thing to do %s done: %w", id, ErrNotFound)
	case !p.List[i].Open():
		return fmt.Errorf("thing to do %s done: %w", id, ErrBadTransition)
	}
	p.List[i].Done = today
	return nil
}

// keepTodos puts what is on the list already behind the derived entries of a
// first plan, each thing once.
func (p *Plan) keepTodos(had []Todo) {
	for _, t := range had {
		goal := slices.ContainsFunc(p.Goals, func(g Goal) bool { return t.becomes(g) })
		if !t.derived() && !goal && !slices.ContainsFunc(p.List, t.same) {
			p.List = append(p.List, t)
		}
	}
}

// todos compares the lists: what was chosen since, and what is no longer chosen
// for a gap that something is still chosen for.
func (b *differ) todos() {
	for _, t := range b.now.List {
		if slices.ContainsFunc(b.was.List, t.same) || b.stays(t) {
			continue
		}
		if id, ok := b.ids[t.Gap]; ok {
			t.Gap = id
		}
		b.add(Difference{Kind: DiffTodoNew, Item: t.ID, To: t.Text, Todo: &t})
	}
	for _, t := range b.was.List {
		if !t.Open() || !t.derived() || slices.ContainsFunc(b.now.List, t.same) {
			continue
		}
		goal := slices.ContainsFunc(b.now.Goals, func(g Goal) bool { return t.becomes(g) })
		if !goal && slices.ContainsFunc(b.now.List, func(o Todo) bool { return b.gapID(o.Gap) == t.Gap }) {
			b.add(Difference{Kind: DiffTodoGone, Item: t.ID, From: t.Text})
		}
	}
}

// stays reports whether something to do is a goal of the confirmed plan that is
// not about to fall away.
func (b *differ) stays(t Todo) bool {
	return slices.ContainsFunc(b.was.Goals, func(g Goal) bool { return t.becomes(g) && !b.gone(g) })
}

// gapID is the id that a proposed gap has in the confirmed plan.
func (b *differ) gapID(id string) string {
	if was, ok := b.ids[id]; ok {
		return was
	}
	return id
}

// applyTodo puts something on the list or takes it off.
func (p *Plan) applyTodo(d Difference) error {
	if d.Kind == DiffTodoNew {
		if d.Todo == nil {
			return ErrNotFound
		}
		goal := slices.ContainsFunc(p.Goals, func(g Goal) bool { return d.Todo.becomes(g) && g.unfinished() })
		if goal || slices.ContainsFunc(p.List, d.Todo.same) {
			return ErrBadTransition
		}
		t := *d.Todo
		if slices.ContainsFunc(p.List, func(o Todo) bool { return o.ID == t.ID }) {
			t.ID = t.Gap + "/" + p.newID("t")
		}
		p.List = append(p.List, t)
		return nil
	}
	i := slices.IndexFunc(p.List, func(t Todo) bool { return t.ID == d.Item && t.Text == d.From })
	switch {
	case i < 0:
		return ErrNotFound
	case !p.List[i].Open():
		return ErrBadTransition
	}
	p.List = slices.Delete(slices.Clone(p.List), i, i+1)
	return nil
}

// offList takes what became a goal off the list.
func (p *Plan) offList(g Goal) {
	p.List = slices.DeleteFunc(slices.Clone(p.List), func(t Todo) bool { return t.Open() && t.becomes(g) })
}
