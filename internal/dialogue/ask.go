package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"waymark/internal/chat"
	"waymark/internal/civil"
)

// Question is what is asked at the end of a turn.
type Question struct {
	Blocks []chat.Block
	Ask    *chat.Ask
	Show   string // what to show before it
	Key    Key
}

// restate puts what is on screen there again: a confirmation, or the question.
func (t *turn) restate() {
	a := t.st.Asked
	if a == nil || a.Pending == nil {
		t.advance()
		return
	}
	p := *a.Pending
	if top := t.st.Top(); top != nil {
		if route := t.b.walk(t.st, *top); route.next == nil || route.next.key != a.Key { // the answers lead elsewhere now
			t.advance()
			if p.Kind == PendingDefault || p.Kind == PendingPick && p.Key == a.Key {
				return
			}
		}
	}
	t.pend(p)
}

// repose asks the question on screen again as it is, without a confirmation.
func (t *turn) repose() {
	if t.st.Asked != nil {
		t.st.Asked.Pending = nil
	}
	t.advance()
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
	if v.step.From != "" && (v.step.Take != "" || len(asked.Offered) == 0 && !v.step.Own) {
		a := Answer{Key: v.key, At: t.in.Now.UTC(), Offered: asked.Offered}
		for _, o := range asked.Offered {
			o.Note = ""
			a.Value.Choices = append(a.Value.Choices, o)
		}
		t.st.put(a)
		t.st.Asked, t.answered[v.key] = nil, true
		t.res.Changed = append(t.res.Changed, v.key)
		return false
	}
	t.st.Asked = asked
	t.shown()
	t.res.Question = t.question(v, p.view, asked)
	return true
}

// shown numbers what has just come on screen.
func (t *turn) shown() {
	t.st.Seq++
	t.st.Paused = false
	t.st.Asked.Seq, t.st.Asked.At = t.st.Seq, t.in.Now.UTC()
}

// answeredItself reports whether an answer was made by pose, without the person.
func answeredItself(s *Step, a Answer) bool {
	return s.Take != "" || s.From != "" && len(a.Offered) == 0 && a.Words == "" && a.Value.empty() && !a.Value.Skipped && !a.Value.Unsure
}

func (t *turn) offer(v visit, view View) []Picked {
	if v.step.From == "" {
		return v.step.offer()
	}
	if a, ok := t.st.answerTo(v.step, v.key); ok && len(a.Offered) > 0 {
		return a.Offered // asked again after "back": the same offer
	}
	return t.env.Options(v.step.From, view, v.item)
}

// offer is what the step's author offers.
func (s *Step) offer() []Picked {
	var out []Picked
	for _, c := range s.Choices {
		if !c.Typed {
			out = append(out, Picked{ID: c.ID, Label: c.Label})
		}
	}
	return out
}

func (t *turn) question(v visit, view View, asked *Asked) *Question {
	r := t.render(v.step, view, v.item)
	q := &Question{Blocks: Blocks(r.ask), Show: v.step.Show, Key: v.key}
	if t.st.Revisit != nil && *t.st.Revisit == v.key {
		if a, ok := t.st.answerTo(v.step, v.key); ok && !a.Value.Skipped {
			t.line("back", map[string]any{"words": said(a.Value, a.Words), "more": len(t.st.Again) > 0})
		}
	}
	if v.step.Kind != Multi { // of several, the question why says it: the list is long enough
		q.Blocks = slices.Insert(q.Blocks, max(0, len(q.Blocks)-1), noted(asked.Offered)...) // the question stays last
	}
	q.Ask = t.choices(asked.Offered, t.extra(), v.step.Kind == Multi)
	t.elements(q.Ask, v.step)
	return q
}

// extra is what can be tapped under every question.
func (t *turn) extra() []Picked {
	return []Picked{{ID: "c:why", Label: t.text("button_why", nil)}, {ID: "c:skip", Label: t.text("button_skip", nil)}}
}

// elements adds what a kind of question has to tap besides choices.
func (t *turn) elements(a *chat.Ask, s *Step) {
	switch s.Kind {
	case Scale:
		for n := range 11 {
			a.Choices = append(a.Choices, chat.Choice{Value: "q:" + strconv.Itoa(t.st.Seq) + ":n:" + strconv.Itoa(n), Label: strconv.Itoa(n)})
		}
	case Date:
		a.Date = true
		a.Initial = civil.Of(t.in.Now).AddMonths(1).String()
		if s.Toward == "past" {
			a.Initial = civil.Of(t.in.Now).String()
		}
	}
}

func (t *turn) choices(offered, extra []Picked, many bool) *chat.Ask {
	a := &chat.Ask{ID: "q" + strconv.Itoa(t.st.Seq), Many: many}
	add := func(list *[]chat.Choice, from []Picked) {
		for _, o := range from {
			*list = append(*list, chat.Choice{Value: "q:" + strconv.Itoa(t.st.Seq) + ":" + o.ID, Label: tapLabel(Unmark(o.Label)), Own: strings.ContainsRune(o.Label, ownStart)})
		}
	}
	add(&a.Choices, offered)
	add(&a.Extra, extra)
	return a
}

// noted is what is said beside the choices. The choices themselves are read where
// they are tapped, and nowhere else.
func noted(offered []Picked) []chat.Block {
	var out []chat.Block
	for _, o := range offered {
		if o.Note != "" {
			out = append(out, chat.Para(Spans(o.Note)...))
		}
	}
	return out
}

// reasons are what is said beside several choices, for whoever asks why.
func reasons(offered []Picked) string {
	var lines []string
	for i, o := range offered {
		if o.Note != "" {
			lines = append(lines, strconv.Itoa(i+1)+". "+o.Label+". "+o.Note)
		}
	}
	return strings.Join(lines, "\n")
}

// maxTap is how many characters of a choice are shown: what fits on a button or
// beside a box, so that no platform has to list the choices a second time.
const maxTap = 72

// tapLabel is a label as it is shown to tap: its beginning, where it is long. What is
// offered, said back and planned is the whole of it.
func tapLabel(label string) string {
	r := []rune(label)
	if len(r) <= maxTap {
		return label
	}
	head := string(r[:maxTap-1])
	if at := strings.LastIndexByte(head, ' '); at > len(head)/2 {
		head = head[:at]
	}
	return strings.TrimRight(head, " ,;:.(") + "…"
}

// stepView is a step's texts, rendered for where the dialogue stands.
type stepView struct{ ask, why, eg string }

// step renders the texts of the question on screen.
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
