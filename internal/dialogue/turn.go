package dialogue

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/internal/chat"
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
}

// Env is what the application derives for the dialogue.
type Env struct {
	// Options gives the choices of a provider for the question about to be
	// asked. They are stored with the question.
	Options func(from string, v View, item Picked) []Picked
	Fields  map[string]any // see Vocabulary.Fields
}

// Effect is something the flow asks the application to do.
type Effect struct {
	Name  string
	Frame Frame
	View  View
}

// Question is what is asked at the end of a turn.
type Question struct {
	Blocks []chat.Block
	Ask    *chat.Ask
	Show   string // what to show before it
	Key    Key
}

// Result is what follows from one turn.
type Result struct {
	// Lines are said before the question: marked text, a paragraph each.
	Lines    []string
	Question *Question
	Effects  []Effect
	Closed   []Frame // flows that came to their end
	Changed  []Key   // answers that were given, replaced or taken back
	Stale    bool    // a click on a question that is no longer on screen
	// Nothing says that there was no open question to make sense of the text.
	Nothing bool
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
}

func (b *Book) turn(st *State, in Input, env Env) *turn {
	return &turn{b: b, st: st, in: in, env: env, answered: map[Key]bool{}}
}

// Start opens a flow on top of what is open and asks its first question.
func (b *Book) Start(st *State, fr Frame, in Input, env Env) Result {
	t := b.turn(st, in, env)
	fr.Opened = in.Now.UTC()
	st.Open(fr)
	t.opened = true
	t.advance()
	return t.res
}

// Resume asks the question again at which the person stopped, after one line of
// recap.
func (b *Book) Resume(st *State, in Input, env Env) Result {
	t := b.turn(st, in, env)
	t.resume()
	return t.res
}

// Ask poses the question on screen once more, without any recap.
func (b *Book) Ask(st *State, in Input, env Env) Result {
	t := b.turn(st, in, env)
	t.advance()
	return t.res
}

// Turn takes what a person did to the next question. Precedence: control
// command, correction, answer, unclear.
func (b *Book) Turn(st *State, in Input, env Env) Result {
	t := b.turn(st, in, env)
	switch {
	case in.Seq != 0:
		t.click()
	case t.control():
	case st.Paused && (st.Asked == nil || reading.Greeting(in.Text) || reading.Thanks(in.Text)):
		t.resume()
	case st.Asked != nil && st.Asked.Pending == nil && !in.Late && reading.Greeting(in.Text):
		t.resume()
	case in.Late && t.late():
	case st.Asked != nil && st.Asked.Pending != nil && t.pending():
	case t.correction():
	case st.Asked == nil:
		t.res.Nothing = true
	default:
		st.Paused = false
		t.answer(in.Text)
	}
	return t.res
}

// text says one of the dialogue's own texts.
func (t *turn) text(key string, fields map[string]any) string { return t.b.Text("talk."+key, fields) }

func (t *turn) line(key string, fields map[string]any) {
	t.res.Lines = append(t.res.Lines, t.text(key, fields))
}

// current is the step on screen with its path.
func (t *turn) current() (*Step, route, bool) {
	if t.st.Asked == nil || t.st.Top() == nil {
		return nil, route{}, false
	}
	p := t.b.walk(t.st, *t.st.Top())
	s, ok := t.b.Step(t.st.Asked.Key.Step)
	return s, p, ok
}

// answer reads text as the answer to the question on screen.
func (t *turn) answer(text string) {
	s, _, ok := t.current()
	if !ok {
		t.advance()
		return
	}
	t.take(s, readAnswer(s, t.st.Asked.Offered, text, t.in), text)
}

// take acts on what was read.
func (t *turn) take(s *Step, r read, words string) {
	switch r.outcome {
	case understood:
		t.store(s, t.st.Asked.Key, r.value, words, r.also)
		t.advance()
	case several:
		t.askWhich(s, r.picks, words)
	case past:
		t.again("past", map[string]any{"date": r.value.Date.Long()})
	case outOfRange:
		t.again("range", map[string]any{"example": t.step(s).eg})
	case tooFew:
		t.again("too_few", map[string]any{"min": strconv.Itoa(s.Min)})
	case tooMany:
		t.again("too_many", map[string]any{"max": strconv.Itoa(s.Max)})
	default:
		t.unclear(s)
	}
}

// store keeps an answer and says what has to be said back.
func (t *turn) store(s *Step, k Key, v Value, words string, also *Also) {
	a := Answer{Key: k, Value: v, Words: words, At: t.in.Now.UTC(), TS: t.in.TS}
	if s.From != "" && t.st.Asked != nil && t.st.Asked.Key == k {
		a.Offered = t.st.Asked.Offered
	}
	t.st.put(a)
	t.answered[k] = true
	t.res.Changed = append(t.res.Changed, k)
	if t.st.Revisit != nil && *t.st.Revisit == k {
		t.st.Revisit = nil
	}
	if t.st.Asked != nil && t.st.Asked.Key == k {
		t.res.Said = said(v, words)
		t.st.Asked = nil
	}
	t.sayBack(s, k, v)
	if also != nil {
		target := s.flow.byID[also.Step]
		k.Step = target.Name()
		if _, has := t.st.Answer(k); !has {
			last := t.st.Last
			t.st.put(Answer{Key: k, Value: also.Value, Words: words, At: t.in.Now.UTC(), TS: t.in.TS})
			t.st.Last = last
			t.answered[k] = true
			t.res.Changed = append(t.res.Changed, k)
			t.sayBack(target, k, also.Value)
		}
	}
}

// said is an answer as it is shown in place of the buttons.
func said(v Value, words string) string {
	if d := v.display(); d != "" && (len(v.Choices) > 0 || !v.Date.IsZero()) {
		return d
	}
	return Words(words)
}

// sayBack says the step's own acknowledgement; a date is always said back with
// its weekday.
func (t *turn) sayBack(s *Step, k Key, v Value) {
	if v.Skipped || v.Unsure {
		return
	}
	if ack := t.b.asks[s].ack; ack != nil {
		view := View{}
		if top := t.st.Top(); top != nil {
			view = t.b.walk(t.st, *top).view
		}
		f := t.b.fields(view, Picked{ID: k.Item}, t.env.Fields)
		f[s.SlotName()] = v.display()
		t.res.Lines = append(t.res.Lines, strings.TrimSpace(execute(ack, f)))
		return
	}
	switch {
	case s.Kind == Date:
		t.line("date_back", map[string]any{"date": v.Date.Long()})
	case s.Kind == Hours:
		t.line("hours_back", map[string]any{"hours": number(v.Number)})
	}
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// stepView is a step's texts, rendered for where the dialogue stands.
type stepView struct{ ask, why, eg string }

func (t *turn) step(s *Step) stepView {
	view, item := View{}, Picked{}
	if top := t.st.Top(); top != nil {
		p := t.b.walk(t.st, *top)
		view = p.view
		if p.next != nil && p.next.step == s {
			item = p.next.item
		}
	}
	return t.render(s, view, item)
}

func (t *turn) render(s *Step, view View, item Picked) stepView {
	f := t.b.fields(view, item, t.env.Fields)
	st := t.b.asks[s]
	var v stepView
	if st.ask != nil {
		v.ask = strings.TrimSpace(execute(st.ask, f))
	}
	if st.why != nil {
		v.why = strings.TrimSpace(execute(st.why, f))
	}
	if st.eg != nil {
		v.eg = strings.TrimSpace(execute(st.eg, f))
	}
	return v
}

// again repeats the question after a line that says what is off.
func (t *turn) again(key string, fields map[string]any) {
	t.line(key, fields)
	t.st.Asked.Attempts++
	if t.st.Asked.Attempts > 2 {
		t.offerDefault()
		return
	}
	t.repose()
}

// unclear asks once more with an example, then offers the default or "later",
// and never a third time.
func (t *turn) unclear(s *Step) {
	t.st.Asked.Attempts++
	if t.st.Asked.Attempts > 1 {
		t.offerDefault()
		return
	}
	t.line("unclear", map[string]any{"example": t.step(s).eg})
	t.repose()
}

func (t *turn) offerDefault() {
	s, _, ok := t.current()
	if !ok {
		return
	}
	label := ""
	var offered []Picked
	var values []Value
	if c, has := s.choice(s.Default); has {
		label = c.Label
		offered = append(offered, Picked{ID: "p:default", Label: t.text("take", map[string]any{"default": label})})
		p, _ := picked(t.st.Asked.Offered, s.Default)
		values = append(values, Value{Choices: []Picked{p}})
	}
	offered = append(offered, Picked{ID: "p:later", Label: t.text("button_later", nil)})
	t.pend(Pending{Kind: PendingDefault, Key: t.st.Asked.Key, Values: values, Offered: offered},
		t.text("unclear_last", map[string]any{"default": label}))
}

// askWhich lets the person pick among readings of what they wrote.
func (t *turn) askWhich(s *Step, picks []Value, words string) {
	var offered []Picked
	key := "which_date"
	for i, v := range picks {
		label := v.Date.Long()
		if s.Kind == Duration {
			label, key = MonthsText(v.Months), "which_unit"
		}
		offered = append(offered, Picked{ID: "p:" + strconv.Itoa(i), Label: label})
	}
	offered = append(offered, Picked{ID: "p:other", Label: t.text("button_other", nil)})
	t.pend(Pending{Kind: PendingPick, Key: t.st.Asked.Key, Values: picks, Words: words, Offered: offered}, t.text(key, nil))
}

// pend puts a confirmation on screen.
func (t *turn) pend(p Pending, ask string) {
	if t.st.Asked == nil {
		t.st.Asked = &Asked{}
	}
	p.TS = t.in.TS
	t.st.Asked.Pending = &p
	t.st.Seq++
	t.st.Asked.Seq, t.st.Asked.At = t.st.Seq, t.in.Now.UTC()
	t.res.Question = &Question{Blocks: Blocks(ask), Ask: t.choices(p.Offered, nil, false), Key: p.Key}
}

func (t *turn) choices(offered, extra []Picked, many bool) *chat.Ask {
	a := &chat.Ask{ID: "q" + strconv.Itoa(t.st.Seq), Many: many}
	add := func(list *[]chat.Choice, from []Picked) {
		for _, o := range from {
			*list = append(*list, chat.Choice{Value: "q:" + strconv.Itoa(t.st.Seq) + ":" + o.ID, Label: Unmark(o.Label), Own: strings.ContainsRune(o.Label, ownStart)})
		}
	}
	add(&a.Choices, offered)
	add(&a.Extra, extra)
	return a
}

// repose asks the question on screen again as it is.
func (t *turn) repose() {
	if t.st.Asked != nil {
		t.st.Asked.Pending = nil
	}
	t.advance()
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
			t.close(top)
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
				t.st.drop(p.asked[n-1].key)
			}
			t.st.Asked, t.st.Paused = nil, true
			return true
		default:
			t.res.Effects = append(t.res.Effects, Effect{v.step.Do, top, p.view})
		}
	}
	return false
}

func (t *turn) close(top Frame) {
	t.st.Stack = t.st.Stack[:len(t.st.Stack)-1]
	top.Closed = t.in.Now.UTC()
	t.st.Past = append(t.st.Past, top)
	t.res.Closed = append(t.res.Closed, top)
	t.st.Asked, t.st.Revisit, t.opened = nil, nil, false
	if under := t.st.Top(); under != nil {
		t.recap(*under)
	}
}

func (t *turn) recap(fr Frame) {
	about := ""
	if p := t.b.walk(t.st, fr); p.next != nil {
		about = p.next.step.flow.About
	} else if f := t.b.flows[fr.Flow]; f != nil {
		about = f.About
	}
	last := ""
	if t.st.Last != nil {
		if a, ok := t.st.Answer(*t.st.Last); ok && a.Key.Instance == fr.Instance {
			last = said(a.Value, a.Words)
		}
	}
	t.line("recap", map[string]any{"about": about, "last": last})
}

// pose puts a question on screen; false means that it answered itself, because
// there was nothing to choose from.
func (t *turn) pose(p route) bool {
	v := *p.next
	asked := t.st.Asked
	if asked == nil || asked.Key != v.key {
		asked = &Asked{Key: v.key, Offered: t.offer(v, p.view)}
	}
	asked.Pending = nil
	if v.step.From != "" && len(asked.Offered) == 0 && !v.step.Own {
		t.st.Asked = asked
		t.store(v.step, v.key, Value{}, "", nil)
		return false
	}
	t.st.Asked = asked
	t.st.Seq++
	asked.Seq, asked.At = t.st.Seq, t.in.Now.UTC()
	t.res.Question = t.question(v, p.view, asked)
	return true
}

func (t *turn) offer(v visit, view View) []Picked {
	if v.step.From != "" {
		if a, ok := t.st.Answer(v.key); ok && len(a.Offered) > 0 {
			return a.Offered // asked again after "back": the same offer
		}
		return t.env.Options(v.step.From, view, v.item)
	}
	var out []Picked
	for _, c := range v.step.Choices {
		out = append(out, Picked{ID: c.ID, Label: c.Label})
	}
	return out
}

func (t *turn) question(v visit, view View, asked *Asked) *Question {
	r := t.render(v.step, view, v.item)
	q := &Question{Blocks: Blocks(r.ask), Show: v.step.Show, Key: v.key}
	if t.st.Revisit != nil && *t.st.Revisit == v.key {
		if a, ok := t.st.Answer(v.key); ok {
			t.line("back", map[string]any{"words": said(a.Value, a.Words)})
		}
	}
	if list := notes(asked.Offered); list != nil {
		q.Blocks = slices.Insert(q.Blocks, max(0, len(q.Blocks)-1), *list) // the question stays last
	}
	extra := []Picked{{ID: "c:why", Label: t.text("button_why", nil)}, {ID: "c:skip", Label: t.text("button_skip", nil)}}
	q.Ask = t.choices(asked.Offered, extra, v.step.Kind == Multi)
	if v.step.Kind == Scale {
		for n := 0; n <= 10; n++ {
			q.Ask.Choices = append(q.Ask.Choices, chat.Choice{Value: "q:" + strconv.Itoa(t.st.Seq) + ":n:" + strconv.Itoa(n), Label: strconv.Itoa(n)})
		}
	}
	if v.step.Kind == Date {
		q.Ask.Date = true
		q.Ask.Initial = civil.Of(t.in.Now).AddMonths(1).String()
		if v.step.Toward == "past" {
			q.Ask.Initial = civil.Of(t.in.Now).String()
		}
	}
	return q
}

// notes lists derived choices with what is said beside them.
func notes(offered []Picked) *chat.Block {
	if !slices.ContainsFunc(offered, func(o Picked) bool { return o.Note != "" }) {
		return nil
	}
	bl := chat.Block{Kind: chat.Numbers}
	for _, o := range offered {
		text := "*" + strings.ReplaceAll(o.Label, "*", "") + "*"
		if strings.ContainsRune(o.Label, ownStart) {
			text = o.Label
		}
		item := Spans(text)
		if o.Note != "" {
			item = append(item, chat.T(". "))
			item = append(item, Spans(o.Note)...)
		}
		bl.Items = append(bl.Items, item)
	}
	return &bl
}
