package dialogue

import (
	"slices"
	"strings"
	"time"

	"waymark/internal/civil"
	"waymark/internal/reading"
)

// Input is what a person did, as far as the dialogue is concerned.
type Input struct {
	Text    string
	TS      string          // the message it came in
	Now     time.Time       // in the person's zone
	Command reading.Command // a control command instead of an answer; "" for none
	// Seq and Values come from a click: the question it belonged to and what
	// was taken.
	Seq    int
	Values []string
	// Late says that the text was sent before the question on screen appeared.
	Late     bool
	DayFirst *bool // how the person reads 03/04; nil: ask
	// Birthday, when known, makes "before I turn 30" a date.
	Birthday civil.Date
	// Aside is the flow that the text opens, when it is a single word that could
	// also be the answer to a question in free text; "" for none.
	Aside string
}

// Env is what the application derives for the dialogue.
type Env struct {
	// Options gives the choices of a provider for the question about to be
	// asked. They are stored with the question.
	Options func(from string, v View, item Picked) []Picked
	Fields  map[string]any // see Vocabulary.Fields
	// Check tells what an answer lacks by a rule, as marked text to say before
	// the question is asked again; "" when it lacks nothing.
	Check func(rule string, v View, item Picked, answer Value) string
}

// Effect is something the flow asks the application to do. When an answer is
// changed later, what it led to is asked for again.
type Effect struct {
	Name  string
	Frame Frame
	View  View
}

// Result is what follows from one turn.
type Result struct {
	// Lines are said before the question: marked text, a paragraph each.
	Lines    []string
	Question *Question
	Effects  []Effect
	Changed  []Key // answers that were given, replaced or taken back
	Stale    bool  // a click on a question that is no longer on screen
	// Nothing says that there was no open question to make sense of the text.
	Nothing bool
	// Loose is what the person wrote that became part of no answer although
	// there was a question; the application keeps it, so that nothing is lost.
	Loose []string
	// Said is what the question on screen was answered with, marked, for
	// showing in place of its buttons; "" when it was not answered.
	Said string
}

type turn struct {
	b        *Book
	st       *State
	in       Input
	env      Env
	res      Result
	answered map[Key]bool // in this turn
	opened   bool         // a flow was opened or came back in this turn
	// correcting says that an answer given before is being changed.
	correcting bool
	// forgetting says that the person takes back what they said: nothing is said
	// back of it.
	forgetting bool
	waited     []Part // words that were on screen and in no answer yet
	noted      string // the note of hours that are being changed
	dropped    *Key   // the answer that a correction was about in the turn before
}

func (b *Book) turn(st *State, in Input, env Env) *turn {
	return &turn{b: b, st: st, in: in, env: env, answered: map[Key]bool{}, waited: st.waiting()}
}

// waiting are the words on screen that are in no answer yet: to be read better,
// or to be confirmed.
func (s *State) waiting() []Part {
	if s.Asked == nil {
		return nil
	}
	parts := slices.Clone(s.Asked.Unread)
	for p := s.Asked.Pending; p != nil; p = p.Under {
		if p.Kind != PendingAnew && p.Kind != PendingAsked { // those were kept when they were written
			parts = append(parts, Part{TS: p.TS, Words: p.Words})
		}
	}
	return parts
}

// done is what the turn came to. Words that waited on screen and went nowhere
// are handed to the application.
func (t *turn) done() Result {
	for _, p := range t.waited {
		holds := func(words string) bool { return strings.Contains(words, p.Words) }
		kept := p.TS != "" && p.TS == t.in.TS || slices.ContainsFunc(t.res.Loose, holds) ||
			slices.ContainsFunc(t.st.waiting(), func(now Part) bool { return holds(now.Words) }) ||
			slices.ContainsFunc(t.st.Answers, func(a Answer) bool { return holds(a.Words) })
		if !kept {
			t.loose(p.Words)
		}
	}
	return t.res
}

// Start opens a flow on top of what is open and asks its first question.
func (b *Book) Start(st *State, fr Frame, in Input, env Env) Result {
	t := b.turn(st, in, env)
	t.letGo()
	fr.Opened = in.Now.UTC()
	st.open(fr)
	t.opened = true
	t.advance()
	return t.done()
}

// Ask puts what is on screen there once more, without any recap.
func (b *Book) Ask(st *State, in Input, env Env) Result {
	t := b.turn(st, in, env)
	t.restate()
	return t.done()
}

// Turn takes what a person did to the next question. Precedence: control
// command, correction, answer, unclear; a confirmation on screen comes before
// the question it is about.
func (b *Book) Turn(st *State, in Input, env Env) Result {
	t := b.turn(st, in, env)
	t.dropped, st.Dropped = st.Dropped, nil
	switch {
	case in.Seq != 0:
		t.click()
	case t.control():
	case in.Late && t.late():
	case t.pleasantry():
	case st.Paused && st.Asked == nil && st.Top() != nil && (t.mind() || t.named()):
	case st.Paused && st.Asked == nil && st.Top() != nil:
		t.wake()
	case st.Asked != nil && st.Asked.Pending != nil && t.pending():
	case t.afterRefusal():
	case t.aside():
	case t.mind(), t.named():
	case t.correction():
	case t.amend():
	case st.Asked == nil:
		t.res.Nothing = true
	default:
		t.answer(t.given(in.Text))
	}
	return t.done()
}

// pleasantry takes a greeting and a thank-you for what they are, whatever is
// asked, unless they are among the choices. A greeting comes back to where the
// person stopped.
func (t *turn) pleasantry() bool {
	switch {
	case t.st.Top() == nil || t.b.Matches(t.st, t.in.Text):
		return false
	case reading.Greeting(t.in.Text):
		t.resume()
	case reading.Thanks(t.in.Text):
		t.res.Nothing = true // the application answers it; the question stays on screen
	default:
		return false
	}
	return true
}

// text says one of the dialogue's own texts.
func (t *turn) text(key string, fields map[string]any) string { return t.b.Text("talk."+key, fields) }

func (t *turn) line(key string, fields map[string]any) {
	t.res.Lines = append(t.res.Lines, t.text(key, fields))
}

// current is the step on screen.
func (t *turn) current() (*Step, bool) {
	if t.st.Asked == nil || t.st.Top() == nil {
		return nil, false
	}
	return t.b.Step(t.st.Asked.Key.Step)
}

// advance walks to the next question, says and does what lies on the way, and
// closes what has come to its end.
func (t *turn) advance() {
	for t.st.Top() != nil {
		top := *t.st.Top()
		p := t.b.walk(t.st, top)
		fresh := len(p.asked) == 0 && t.opened || len(p.asked) > 0 && t.answered[p.asked[len(p.asked)-1].key]
		if fresh && t.trail(top, p) {
			return
		}
		if p.next == nil {
			if t.close(top) {
				return
			}
			continue
		}
		if t.pose(p) {
			return
		}
	}
	t.st.Asked = nil
}

// trail says and does what lies between the last answer and the next question;
// true means that the dialogue holds here.
func (t *turn) trail(top Frame, p route) bool {
	for _, v := range p.trail {
		switch {
		case v.step.Say != "":
			f := t.b.fields(p.view, v.item, t.env.Fields)
			t.res.Lines = append(t.res.Lines, strings.TrimSpace(execute(t.b.asks[v.step].say, f)))
		case v.step.Do == holdEffect:
			if n := len(p.asked); n > 0 {
				t.st.forget(p.asked[n-1].step, p.asked[n-1].key)
			}
			t.st.Asked, t.st.Paused = nil, true
			return true
		case v.step.Do == restEffect:
			if n := len(t.st.Stack); n > 1 {
				t.st.Stack[n-2].Resting = true
			}
		default:
			t.res.Effects = append(t.res.Effects, Effect{v.step.Do, top, p.view})
		}
	}
	return false
}

// close ends the flow on top; true means that the one below rests.
func (t *turn) close(top Frame) bool {
	t.st.Stack = t.st.Stack[:len(t.st.Stack)-1]
	top.Closed = t.in.Now.UTC()
	t.st.Past = append(t.st.Past, top)
	t.st.Asked, t.st.Revisit, t.st.Again, t.opened = nil, nil, nil, false
	under := t.st.Top()
	if under == nil {
		return false
	}
	if under.Resting {
		under.Resting, t.st.Paused = false, true
		return true
	}
	t.recap(*under)
	return false
}

// recap is one line about where the person stopped in a flow.
func (t *turn) recap(fr Frame) {
	about := ""
	if p := t.b.walk(t.st, fr); p.next != nil {
		about = p.next.step.flow.About
	} else if f := t.b.flows[fr.Flow]; f != nil {
		about = f.About
	}
	t.line("recap", map[string]any{"about": about, "last": t.lastSaid(fr)})
}

// lastSaid is what the person told last in a flow, "" if nothing: steering the
// talk, leaving a question out and not knowing are nothing to come back to.
func (t *turn) lastSaid(fr Frame) string {
	if t.st.Last == nil || t.st.Last.Instance != fr.Instance {
		return ""
	}
	s, known := t.b.Step(t.st.Last.Step)
	a, ok := t.st.Answer(*t.st.Last)
	if !ok || !known || s.Aside || a.Value.Skipped || a.Value.Unsure {
		return ""
	}
	last := said(a.Value, a.Words)
	if cut, ends := strings.CutSuffix(last, "."+string(ownEnd)); ends { // the sentence around it has its own
		last = strings.TrimRight(cut, ".") + string(ownEnd)
	}
	return last
}

// Recap is one line on where the talk stands, as marked text; "" when nothing
// is open.
func (b *Book) Recap(st *State, in Input, env Env) string {
	t := b.turn(st, in, env)
	if top := st.Top(); top != nil {
		t.recap(*top)
	}
	return strings.Join(t.res.Lines, "\n\n")
}
