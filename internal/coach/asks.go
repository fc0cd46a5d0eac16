package coach

import (
	"regexp"
	"slices"
	"strings"

	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// askTexts are what is said to questions that somebody puts to the coach, each
// with the fields it fills in. Words of the trade have a text each below
// asks.word.
const askTexts = `
asks.what
asks.time
asks.writes
asks.opinion
asks.facts words open
asks.pay
asks.money
asks.jobs
asks.document
asks.offtopic
asks.idea
asks.other
asks.may
asks.mine
asks.ideas
asks.talk
asks.there
asks.words
asks.change
asks.unknown_word words
asks.between words job target
asks.between_none job target
asks.between_unknown job target
asks.next title date
asks.next_none
asks.next_talk
asks.risk
asks.risks words
asks.noted words
asks.taken job target
asks.start
asks.word.*
`

// maxAnswered is how many questions of one message are answered.
const maxAnswered = 3

// asked answers what a message asks of the coach, before any of it becomes the
// answer to a question. told is what is left to be read as that; done says that
// nothing is. What was asked is kept, out of sight.
func (h *handling) asked(text string) (told string, done bool, err error) {
	asks, told := h.asksOf(text)
	h.asks = asks
	if len(asks) == 0 {
		return text, false, nil
	}
	if s, ok := h.c.book.Step(h.asking()); ok && s.From == "leap" && asks[0].Kind == reading.AskBetween && wantsThem.MatchString(text) {
		return "", true, h.choose("yes", text)
	}
	told, after := h.answerBeside(asks, told)
	for i, a := range asks {
		if a.Kind == reading.AskNext && told != "" && h.asking() != "" {
			continue // what follows from the answer says it
		}
		if !slices.ContainsFunc(asks[:i], func(b reading.Ask) bool { return b.Kind == a.Kind && b.Term == a.Term }) && i < maxAnswered {
			h.answerAsk(a)
		}
	}
	if told != "" {
		for _, a := range asks {
			h.noteAsked(a.Text)
		}
		return told, false, nil
	}
	h.noteAsked(text)
	return "", true, h.backToQuestion(asks, after)
}

// wantsThem takes roles in between that are offered: "I want the two roles in
// between".
var wantsThem = regexp.MustCompile(`(?i)^\W*(?:(?:yes|ok|but)\W+)*i(?:'d| would)? (?:want|like|need)\b`)

// asksOf are the questions of a message that the coach has to answer, none where
// the message is something else: an answer that is a question by nature, a change
// of what was said, a button.
func (h *handling) asksOf(text string) (asks []reading.Ask, told string) {
	st := &h.p.Dialogue
	asks, told = reading.AskedOf(text)
	if len(asks) == 0 || h.p.Crisis || h.c.book.Matches(st, text) || same(st.AskedBefore(), text) || reading.ToldAlready(text) {
		return nil, text
	}
	s, open := h.c.book.Step(h.asking())
	weak := !slices.ContainsFunc(asks, func(a reading.Ask) bool { return !h.mayBeTold(a) })
	switch {
	case open && s.Quotes && slices.ContainsFunc(asks, func(a reading.Ask) bool { return a.Kind != reading.AskPrivacy }):
		return nil, text // a question to somebody else
	case open && inWords(s) && slices.ContainsFunc(asks, func(a reading.Ask) bool { return a.Bare }) && !aboutToday(s):
		return nil, text // "write my CV" is a step where steps are asked for
	case open && inWords(s) && reading.UnsureAsking(text) && !slices.ContainsFunc(asks, func(a reading.Ask) bool { return a.Kind != reading.AskFacts }):
		return nil, text // it is kept as something to find out
	case open && !inWords(s) && weak && told == "" && !(s.Kind == dialogue.Choice && asks[0].Kind == reading.AskOpinion) && h.c.book.Reads(st, h.input(text)):
		return nil, text // "would June be fine?"
	case weak && h.c.book.Changes(st, h.input(text), h.env()):
		return nil, text
	}
	return asks, told
}

// mayBeTold reports whether a question is of a kind that changes and answers take
// the form of, too.
func (h *handling) mayBeTold(a reading.Ask) bool {
	return slices.Contains([]reading.AskKind{reading.AskOther, reading.AskIdea, reading.AskFacts, reading.AskOpinion, reading.AskPay, reading.AskThere}, a.Kind)
}

// inWords reports whether any words can answer a step.
func inWords(s *dialogue.Step) bool {
	return s.Kind == dialogue.Text || s.Kind == dialogue.List || s.Own
}

// aboutToday reports whether a step asks for facts and wishes, not for something
// to do.
func aboutToday(s *dialogue.Step) bool {
	flow, _, _ := strings.Cut(s.Name(), ".")
	return flow == "have" || flow == "want"
}

// answerBeside decides what becomes of the words beside a question: whoever asks
// what a word means has not answered yet. after are words that may be kept as the
// answer all the same, "" for none.
func (h *handling) answerBeside(asks []reading.Ask, told string) (rest, after string) {
	st := &h.p.Dialogue
	s, open := h.c.book.Step(h.asking())
	if told == "" {
		return "", ""
	}
	if !open {
		return told, ""
	}
	unclear := slices.ContainsFunc(asks, func(a reading.Ask) bool { return aboutQuestion(a) || a.Kind == reading.AskWords })
	switch {
	case !inWords(s) && !h.c.book.Reads(st, h.input(told)):
		return "", ""
	case inWords(s) && unclear:
		return "", told
	}
	return told, ""
}

// aboutQuestion reports whether the question on screen is what is asked about.
func aboutQuestion(a reading.Ask) bool {
	return a.Kind == reading.AskMeaning || a.Kind == reading.AskWhy || a.Kind == reading.AskExample
}

// mayBeKept reports whether a question to the coach can be what somebody answers
// with, so that they are asked.
func mayBeKept(a reading.Ask) bool {
	switch a.Kind {
	case reading.AskOther, reading.AskIdea, reading.AskFacts, reading.AskOpinion, reading.AskPay, reading.AskRisk:
		return true
	}
	return a.Bare
}

// backToQuestion comes back to what was on screen; keep are words that may be its
// answer.
func (h *handling) backToQuestion(asks []reading.Ask, keep string) error {
	st := &h.p.Dialogue
	switch {
	case h.p.First.Instance == "" && !h.p.Plan.Content && h.p.Plan.Confirmed.IsZero() && st.Top() == nil:
		return h.offerStart(asks)
	case st.Asked == nil || st.Paused:
		return h.flush(nil)
	}
	if len(asks) > 0 && keep == "" && !slices.ContainsFunc(asks, func(a reading.Ask) bool { return !mayBeKept(a) }) {
		keep = h.e.Text
	}
	return h.follow(h.c.book.Asked(st, keep, h.input(""), h.env()))
}

// noteAsked keeps a question among the notes, where it is not shown as one.
func (h *handling) noteAsked(text string) {
	if n := len(h.p.Notes); reading.Clean(text) != "" {
		h.note(text)
		h.p.Notes[n].Asked = true
	}
}

// keptAfterAll takes a question off the notes that became the answer after all.
func (h *handling) keptAfterAll(said string) {
	if n := len(h.p.Notes) - 1; n >= 0 && said != "" && h.p.Notes[n].Asked && h.p.Notes[n].Text == dialogue.Unmark(said) {
		h.p.Notes = h.p.Notes[:n]
	}
}
