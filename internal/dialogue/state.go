// Package dialogue is how the coach talks: the flow language in which the
// questions are written (parsed and checked here), and the state machine that
// takes a flow and the answers so far to the next question.
//
// The position in a conversation is never stored. Stored are the answers, the
// stack of open flows and what is on screen; the next question is the first
// unanswered step on the path that the flow and the answers determine. So back,
// skip, correct, resume and restart are one operation: change the answers, walk
// again. Nothing here does I/O, reads a clock or knows a chat platform's forms.
package dialogue

import (
	"slices"
	"time"

	"waymark/internal/civil"
)

// Key names an answer: the flow instance it was given in, the step as
// "flow.step", and the item for steps that are asked once per item.
type Key struct {
	Instance string `cbor:"1,keyasint"`
	Step     string `cbor:"2,keyasint"`
	Item     string `cbor:"3,keyasint,omitempty"`
}

// Picked is a choice that was offered or taken. An entry of the person's own
// has the ID "own:" and their words.
type Picked struct {
	ID    string `cbor:"1,keyasint"`
	Label string `cbor:"2,keyasint,omitempty"` // marked text, see Words
	Own   bool   `cbor:"3,keyasint,omitempty"` // typed instead of taken from the offer
	Kind  string `cbor:"4,keyasint,omitempty"` // what sort of item it is, for conditions
	Note  string `cbor:"5,keyasint,omitempty"` // said beside it where the offer is listed; marked text
}

// Value is what an answer says once it has been read.
type Value struct {
	Choices []Picked   `cbor:"1,keyasint,omitempty"`
	Text    string     `cbor:"2,keyasint,omitempty"`
	List    []string   `cbor:"3,keyasint,omitempty"`
	Date    civil.Date `cbor:"4,keyasint,omitzero"`
	Months  int        `cbor:"5,keyasint,omitempty"` // a duration
	Number  float64    `cbor:"6,keyasint,omitempty"`
	Unsure  bool       `cbor:"7,keyasint,omitempty"` // "I don't know"
	Skipped bool       `cbor:"8,keyasint,omitempty"`
	// Limits are the times for which other hours a week hold.
	Limits []Limit `cbor:"9,keyasint,omitempty"`
}

// Limit is how many hours a week there are from one day to another; no To means
// from then on.
type Limit struct {
	From  civil.Date `cbor:"1,keyasint,omitzero"`
	To    civil.Date `cbor:"2,keyasint,omitzero"`
	Hours float64    `cbor:"3,keyasint,omitempty"`
}

// Answer is one answer as it was given. A replaced one stays as history.
type Answer struct {
	Key      Key       `cbor:"1,keyasint"`
	Value    Value     `cbor:"2,keyasint"`
	Words    string    `cbor:"3,keyasint,omitempty"` // as typed
	At       time.Time `cbor:"4,keyasint"`
	TS       string    `cbor:"5,keyasint,omitempty"` // the message it came in, for edits
	Offered  []Picked  `cbor:"6,keyasint,omitempty"` // what was offered, where the offer was derived
	Replaced bool      `cbor:"7,keyasint,omitempty"`
	Parts    []Part    `cbor:"8,keyasint,omitempty"` // the messages it came in, where there were several
}

// Part is one of several messages that an answer came in.
type Part struct {
	TS    string `cbor:"1,keyasint,omitempty"`
	Words string `cbor:"2,keyasint"`
}

// Frame is one open flow. Item is what it is about, for flows such as "a new
// date for a milestone".
type Frame struct {
	Flow     string    `cbor:"1,keyasint"`
	Instance string    `cbor:"2,keyasint"`
	Item     Picked    `cbor:"3,keyasint,omitzero"`
	Opened   time.Time `cbor:"4,keyasint,omitzero"`
	Closed   time.Time `cbor:"5,keyasint,omitzero"`
	// Resting says that the person had paused when another flow opened on top:
	// when that one closes, this one does not start to ask by itself.
	Resting bool `cbor:"6,keyasint,omitempty"`
}

// PendingKind says what a pending confirmation is about.
type PendingKind int

const (
	// NoPending: the question itself is on screen.
	NoPending PendingKind = iota
	// PendingPick: one of several readings has to be picked ("4 March or 3 April?").
	PendingPick
	// PendingCorrect: a correction waits for a yes.
	PendingCorrect
	// PendingDefault: after two unclear answers, the default or "later".
	PendingDefault
	// PendingLate: a text that was sent before the question appeared.
	PendingLate
	// PendingRestart: "start over" waits for a yes.
	PendingRestart
	// PendingAnew: a correction named what is wrong but not what is right
	// ("change my target"), so that question is asked again.
	PendingAnew
	// PendingAbout: a text may be about an earlier answer; which one is asked.
	PendingAbout
	// PendingAside: a word may be the answer or may open a talk of its own.
	PendingAside
	// PendingAsked: what was taken for a question to the coach may be the answer
	// after all. The question stays open with a button for that.
	PendingAsked
)

// Pending is a confirmation on top of the question on screen.
type Pending struct {
	Kind    PendingKind `cbor:"1,keyasint"`
	Key     Key         `cbor:"2,keyasint,omitzero"`   // the answer it is about
	Values  []Value     `cbor:"3,keyasint,omitempty"`  // the readings to pick from
	Words   string      `cbor:"4,keyasint,omitempty"`  // as typed
	TS      string      `cbor:"5,keyasint,omitempty"`  // and in which message
	Also    *Also       `cbor:"6,keyasint,omitempty"`  // a second fact of the same answer
	Offered []Picked    `cbor:"7,keyasint,omitempty"`  // the choices shown
	Tries   int         `cbor:"8,keyasint,omitempty"`  // unclear answers to it so far
	Under   *Pending    `cbor:"9,keyasint,omitempty"`  // the confirmation it was put on top of
	Keys    []Key       `cbor:"10,keyasint,omitempty"` // the answers it may be about, one for each of Values
}

// Also is a second fact found in the answer to one question.
type Also struct {
	Step  string `cbor:"1,keyasint"`
	Value Value  `cbor:"2,keyasint"`
}

// Asked is the question on screen.
type Asked struct {
	// Seq numbers questions of one person; buttons carry it, which makes them
	// single-use.
	Seq      int       `cbor:"1,keyasint"`
	Key      Key       `cbor:"2,keyasint"`
	Attempts int       `cbor:"3,keyasint,omitempty"` // unclear answers so far
	Offered  []Picked  `cbor:"4,keyasint,omitempty"` // what was offered
	Pending  *Pending  `cbor:"5,keyasint,omitempty"`
	At       time.Time `cbor:"6,keyasint,omitzero"`
	Checked  int       `cbor:"8,keyasint,omitempty"` // answers that did not meet the step's checks
	Unread   []Part    `cbor:"7,keyasint,omitempty"` // what was said to it and could not be read
}

// State is where one person's dialogue stands.
type State struct {
	Stack   []Frame  `cbor:"1,keyasint,omitempty"` // open flows, the one on top last
	Answers []Answer `cbor:"2,keyasint,omitempty"` // in the order they were given
	Asked   *Asked   `cbor:"3,keyasint,omitempty"`
	// Revisit names the answered step that is asked again after "back".
	Revisit *Key    `cbor:"4,keyasint,omitempty"`
	Paused  bool    `cbor:"5,keyasint,omitempty"`
	Seq     int     `cbor:"6,keyasint,omitempty"`
	Past    []Frame `cbor:"7,keyasint,omitempty"` // closed flows
	// Last is the answer given last, for "no, I meant …" and for texts that
	// were sent before the question on screen appeared.
	Last *Key `cbor:"8,keyasint,omitempty"`
	// Again are the answers that were stepped over by "back", the one to be shown
	// next last: they come again one by one.
	Again []Key `cbor:"9,keyasint,omitempty"`
	// Dropped is the answer that a correction was about in the turn before, be it
	// taken or not: "no, 1500" is still about that one.
	Dropped *Key `cbor:"10,keyasint,omitempty"`
}

// Top is the open flow on top of the stack, or nil.
func (s *State) Top() *Frame {
	if len(s.Stack) == 0 {
		return nil
	}
	return &s.Stack[len(s.Stack)-1]
}

// Answer is the answer in force for key.
func (s *State) Answer(k Key) (Answer, bool) {
	if i := s.find(k); i >= 0 {
		return s.Answers[i], true
	}
	return Answer{}, false
}

func (s *State) find(k Key) int {
	for i := len(s.Answers) - 1; i >= 0; i-- {
		if s.Answers[i].Key == k && !s.Answers[i].Replaced {
			return i
		}
	}
	return -1
}

// put stores an answer; one in force for the same key becomes history.
func (s *State) put(a Answer) {
	s.drop(a.Key)
	s.Answers = append(s.Answers, a)
}

// drop turns the answer in force for k into history, so that it is asked again.
func (s *State) drop(k Key) {
	if i := s.find(k); i >= 0 {
		s.Answers[i].Replaced = true
	}
}

// open puts a flow on top of the stack.
func (s *State) open(f Frame) {
	if top := s.Top(); top != nil {
		top.Resting = s.Paused
	}
	s.Stack = append(s.Stack, f)
	s.Asked, s.Revisit, s.Again, s.Paused = nil, nil, nil, false
}

// same reports whether two values say the same, in whatever words.
func (v Value) same(o Value) bool {
	if v.Skipped != o.Skipped || v.Unsure != o.Unsure || v.Date != o.Date || v.Months != o.Months || v.Number != o.Number ||
		hoursNote(v) != hoursNote(o) || !slices.Equal(v.Limits, o.Limits) || !slices.Equal(v.List, o.List) || !slices.EqualFunc(v.Choices, o.Choices, func(a, b Picked) bool { return a.ID == b.ID }) {
		return false
	}
	inWords := len(v.Choices) == 0 && len(v.List) == 0 && v.Date.IsZero() && v.Months == 0 && v.Number == 0
	return !inWords || v.Text == o.Text
}

// display is a value as the person would say it, with their own words marked.
func (v Value) display() string {
	switch {
	case v.Skipped, v.Unsure:
		return ""
	case len(v.Choices) > 0:
		var labels []string
		for _, c := range v.Choices {
			labels = append(labels, c.Label)
		}
		return JoinAnd(labels)
	case !v.Date.IsZero():
		return v.Date.Long()
	case len(v.List) > 0:
		var items []string
		for _, it := range v.List {
			items = append(items, Words(it))
		}
		return JoinAnd(items)
	case v.Months > 0:
		return MonthsText(v.Months)
	case v.Text != "":
		return Words(v.Text)
	}
	return ""
}
