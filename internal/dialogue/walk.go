package dialogue

import (
	"slices"
	"strconv"
	"strings"
)

// itemKind is a slot every flow called for items has: what sort of item it is.
const itemKind = "item_kind"

// holdEffect forgets the answer that led to it and pauses: the question is
// there again when the person comes back.
const holdEffect = "hold"

// restEffect lets the talk below rest when the flow on top ends: the person is
// not asked on, but comes back to it when they write.
const restEffect = "rest"

// Slot is the answer that fills a slot on the path taken.
type Slot struct {
	Key    Key
	Answer Answer
}

// View is what the answers on the path say, by slot; Items holds the answers
// of steps asked once per item, by slot, then item.
type View struct {
	Slots map[string]Slot
	Items map[string]map[string]Slot
}

// visit is one step on the path, with the item it is about.
type visit struct {
	key  Key
	step *Step
	item Picked
	// behind is what is said and done between this question and the next.
	behind []visit
}

// route is the way through a flow instance as the answers determine it.
type route struct {
	asked []visit // answered questions, in order
	next  *visit  // the first question without an answer; nil at the end
	trail []visit // what is said and done before the first question and, once there are answers, behind the last
	view  View
}

// walk follows a frame's flow from its first step to the question that comes
// next. It reads nothing but answers.
func (b *Book) walk(st *State, fr Frame) route { return b.follow(st, fr, false) }

// through walks on past questions without an answer, as if they were not there:
// what a flow holds does not vanish because a question was added to its file, or
// because the person went back.
func (b *Book) through(st *State, fr Frame) route { return b.follow(st, fr, true) }

func (b *Book) follow(st *State, fr Frame, through bool) route {
	w := walker{book: b, st: st, fr: fr, through: through}
	w.p.view = View{Slots: map[string]Slot{}, Items: map[string]map[string]Slot{}}
	if f := b.flows[fr.Flow]; f != nil {
		w.flow(f, fr.Item)
	}
	return w.p
}

// fewItems is how many gaps or goals are counted on where they are not known yet.
const fewItems = 2

// remaining is about how many questions are still to come in the open flows: on
// the way that the answers so far determine, with a few items for what is asked
// once for each.
func (b *Book) remaining(st *State) int {
	n := 0
	for _, fr := range st.Stack {
		w := walker{book: b, st: st, fr: fr, through: true}
		w.p.view = View{Slots: map[string]Slot{}, Items: map[string]map[string]Slot{}}
		if f := b.flows[fr.Flow]; f != nil {
			w.flow(f, fr.Item)
		}
		n += w.missing + w.none*fewItems
	}
	return n
}

type walker struct {
	book    *Book
	st      *State
	fr      Frame
	through bool
	p       route
	missing int // questions without an answer that were walked past
	none    int // calls for items that are not known yet
}

// flow walks one flow, for one item where it is called for items; false means
// that the walk has stopped at a question.
func (w *walker) flow(f *Flow, item Picked) bool {
	s := &f.Steps[0]
	for range len(f.Steps) + 1 {
		if !w.step(s, item) {
			return false
		}
		if s = w.follow(s, item); s == nil {
			return true
		}
	}
	return true
}

func (w *walker) step(s *Step, item Picked) bool {
	switch {
	case s.asks():
		return w.question(s, item)
	case s.Call != "" && s.Each != "":
		if _, known := w.p.view.Slots[s.Each]; !known && w.through {
			w.none += len(w.book.ahead(s.Call))
		}
		for _, it := range w.lookup(s.Each, item).Value.Choices {
			if !w.flow(w.book.flows[s.Call], it) {
				return false
			}
		}
	case s.Call != "":
		return w.flow(w.book.flows[s.Call], item)
	case s.Say != "" || s.Do != "":
		w.p.trail = append(w.p.trail, visit{key: w.key(s, item), step: s, item: item})
	}
	return true
}

func (w *walker) key(s *Step, item Picked) Key {
	return Key{Instance: w.fr.Instance, Step: s.Name(), Item: item.ID}
}

func (w *walker) question(s *Step, item Picked) bool {
	v := visit{key: w.key(s, item), step: s, item: item}
	a, ok := w.st.answerTo(s, v.key)
	again := w.st.Revisit != nil && *w.st.Revisit == v.key
	if (!ok || again) && w.p.next == nil {
		w.p.next = &v
	}
	switch {
	case !ok:
		w.missing++
		return w.through
	case again && !w.through:
		return false
	}
	if n := len(w.p.asked); n > 0 {
		w.p.asked[n-1].behind = w.p.trail
	}
	w.p.asked = append(w.p.asked, v)
	w.p.trail = nil
	slot := Slot{v.key, a}
	if item.ID != "" {
		m := w.p.view.Items[s.SlotName()]
		if m == nil {
			m = map[string]Slot{}
			w.p.view.Items[s.SlotName()] = m
		}
		m[item.ID] = slot
	} else {
		w.p.view.Slots[s.SlotName()] = slot
	}
	return true
}

// answerTo is the answer in force to a step, under its name or one it had
// before.
func (s *State) answerTo(step *Step, k Key) (Answer, bool) {
	if i := s.findTo(step, k); i >= 0 {
		return s.Answers[i], true
	}
	return Answer{}, false
}

func (s *State) findTo(step *Step, k Key) int {
	k.Step = step.Name()
	if i := s.find(k); i >= 0 {
		return i
	}
	for _, was := range step.Was {
		k.Step = step.flow.ID + "." + was
		if i := s.find(k); i >= 0 {
			return i
		}
	}
	return -1
}

// forget turns the answer in force to a step into history, so that it is asked
// again.
func (s *State) forget(step *Step, k Key) {
	for i := s.findTo(step, k); i >= 0; i = s.findTo(step, k) {
		s.Answers[i].Replaced = true
	}
}

// lookup is the answer in a slot as seen from an item: its own answers first.
func (w *walker) lookup(slot string, item Picked) Answer {
	if item.ID != "" {
		if s, ok := w.p.view.Items[slot][item.ID]; ok {
			return s.Answer
		}
	}
	return w.p.view.Slots[slot].Answer
}

// follow is the step after s; nil is the end of the flow.
func (w *walker) follow(s *Step, item Picked) *Step {
	if len(s.Next) == 0 {
		if s.index+1 < len(s.flow.Steps) {
			return &s.flow.Steps[s.index+1]
		}
		return nil
	}
	for _, br := range s.Next {
		if br.Else || w.holds(br.If, item) {
			return s.flow.byID[br.Then]
		}
	}
	return nil
}

func (w *walker) holds(c Cond, item Picked) bool {
	for slot, values := range c {
		ok := false
		for _, v := range values {
			if slot == itemKind {
				ok = ok || item.Kind == v
			} else {
				ok = ok || w.lookup(slot, item).Value.is(v)
			}
		}
		if !ok {
			return false
		}
	}
	return true
}

// is tells whether a value meets one word of a condition.
func (v Value) is(word string) bool {
	switch {
	case word == "skipped" && v.Skipped, word == "some" && !v.empty(), word == "none" && v.empty(), word == "unsure" && v.Unsure:
		return true
	case compares(word):
		return !v.Skipped && !v.Unsure && compare(v.Number, word)
	}
	return slices.ContainsFunc(v.Choices, func(c Picked) bool { return c.ID == word })
}

// empty reports whether a value holds nothing to go on.
func (v Value) empty() bool {
	return v.Skipped || v.Unsure || len(v.Choices) == 0 && len(v.List) == 0 && v.Text == "" && v.Date.IsZero() && v.Months == 0 && v.Number == 0
}

func compares(word string) bool {
	_, _, ok := comparison(word)
	return ok
}

func comparison(word string) (op string, n float64, ok bool) {
	for _, op := range []string{"<=", ">=", "<", ">"} {
		if rest, found := strings.CutPrefix(word, op); found {
			n, err := strconv.ParseFloat(strings.TrimSpace(rest), 64)
			return op, n, err == nil
		}
	}
	return "", 0, false
}

func compare(have float64, word string) bool {
	switch op, n, _ := comparison(word); op {
	case "<=":
		return have <= n
	case ">=":
		return have >= n
	case "<":
		return have < n
	case ">":
		return have > n
	}
	return false
}

// View is what the answers of a flow instance say, also when it is closed.
func (b *Book) View(st *State, fr Frame) View { return b.through(st, fr).view }

// fields are what the texts of a step may say: every slot, the person's words
// marked as theirs, and what the application adds.
func (b *Book) fields(view View, item Picked, extra map[string]any) map[string]any {
	m := make(map[string]any, len(b.slots)+len(extra)+2)
	for slot := range b.slots {
		m[slot] = ""
		if s, ok := view.Slots[slot]; ok {
			m[slot] = s.Answer.Value.display()
		}
		if s, ok := view.Items[slot][item.ID]; ok && item.ID != "" {
			m[slot] = s.Answer.Value.display()
		}
	}
	m["item"] = item.Label
	for k, v := range extra {
		m[k] = v
	}
	return m
}
