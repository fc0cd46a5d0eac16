package coach

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"waymark/internal/career"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
	"waymark/internal/reminder"
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

// offerStart offers the first talk to somebody whose first words asked something:
// it begins when they say so.
func (h *handling) offerStart(asks []reading.Ask) error {
	if slices.Contains(h.p.Settings.Off, reminder.CycleBegins) {
		return h.flush(nil) // they have said no to it, and know how to begin
	}
	if !h.p.Home.Welcomed.IsZero() {
		if err := h.flush(nil); err != nil {
			return err
		}
		if err := h.closeWelcome(""); err != nil {
			return err
		}
		return h.postWelcome("asks.start", h.welcomeChoices())
	}
	inWelcome := func(a reading.Ask) bool {
		return a.Kind == reading.AskWhat || a.Kind == reading.AskPrivacy || a.Kind == reading.AskTime
	}
	if len(asks) > 0 && !slices.ContainsFunc(asks, func(a reading.Ask) bool { return !inWelcome(a) }) {
		h.lines = nil // the welcome says all of it
	}
	if err := h.flush(nil); err != nil {
		return err
	}
	h.p.Home.Welcomed = h.now.UTC()
	return h.postWelcome("welcome.hello", h.welcomeChoices())
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

// answerAsk says what there is to say to one question.
func (h *handling) answerAsk(a reading.Ask) {
	words := map[string]any{"words": dialogue.Words(strings.TrimRight(clip(a.Text, 200), " ?!."))} // one question at a time is asked, and it is ours
	switch a.Kind {
	case reading.AskPrivacy:
		h.say("say.privacy", nil)
	case reading.AskWrites:
		if h.p.First.Instance == "" && h.p.Plan.Confirmed.IsZero() {
			h.say("asks.what", nil)
			return
		}
		h.say("asks.writes", nil)
	case reading.AskTime:
		h.saySteered(reading.HowLong, "asks.time")
	case reading.AskWhy:
		h.saySteered(reading.Why, h.noQuestion())
	case reading.AskExample:
		h.saySteered(reading.Example, h.noQuestion())
	case reading.AskMeaning:
		h.sayMeaning(a)
	case reading.AskBetween:
		h.sayBetween()
	case reading.AskNext:
		h.sayNext()
	case reading.AskRisk:
		h.sayRisks()
	case reading.AskFacts:
		s, ok := h.c.book.Step(h.asking())
		words["open"] = ok && inWords(s)
		h.say("asks.facts", words)
	default:
		h.say("asks."+string(a.Kind), nil)
	}
}

// saySteered says what the dialogue says to a command, or other where no question
// is open.
func (h *handling) saySteered(cmd reading.Command, other string) {
	if h.asking() == "" {
		h.say(other, nil)
		return
	}
	in := h.input("")
	in.Command = cmd
	h.lines = append(h.lines, h.c.book.Turn(&h.p.Dialogue, in, h.env()).Lines...)
}

// noQuestion is the text for somebody who asks about a question while none is
// open.
func (h *handling) noQuestion() string {
	if h.p.First.Instance == "" {
		return "asks.what"
	}
	return "say.nothing_asked"
}

// sayMeaning explains a word: one of the trade from its text, one of the question
// by what the question is for.
func (h *handling) sayMeaning(a reading.Ask) {
	if key := h.wordText(a.Term); key != "" {
		h.say(key, nil)
		if h.inQuestion(a.Term) {
			h.saySteered(reading.Example, "")
		}
		return
	}
	if h.asking() != "" && (a.Term == "" || h.inQuestion(a.Term)) {
		h.saySteered(reading.Explain, "")
		return
	}
	if a.Term == "" {
		h.say(h.noQuestion(), nil)
		return
	}
	h.say("asks.unknown_word", map[string]any{"words": dialogue.Words(clip(a.Term, 60))})
}

// wordText is the text about a word of the trade, "" for none; several may be in
// what was asked, and the longest is meant.
func (h *handling) wordText(term string) string {
	const prefix = "asks.word."
	best := ""
	for _, key := range h.c.book.TextsBelow(prefix) {
		name := strings.ReplaceAll(strings.TrimPrefix(key, prefix), "_", " ")
		if (reading.Mentions(term, name) || reading.Mentions(term, name+"s")) && len(key) > len(best) {
			best = key
		}
	}
	return best
}

// inQuestion reports whether a word that is asked about stands in the question on
// screen or on one of its buttons.
func (h *handling) inQuestion(term string) bool {
	s, ok := h.c.book.Step(h.asking())
	if !ok {
		return false
	}
	text := strings.ToLower(h.question() + " " + s.Eg + " " + s.ID + " " + strings.Join(s.Topics, " "))
	for _, c := range s.Choices {
		text += " " + strings.ToLower(c.Label)
	}
	said := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(strings.Fields(term), func(w string) bool { return len(w) > 2 && slices.Contains(said, w) })
}

// sayBetween names the roles between the job and the one that is wanted, as far
// as the ladders know them.
func (h *handling) sayBetween() {
	v := h.c.book.View(&h.p.Dialogue, h.p.First)
	job, known := h.rung(v, "job_title")
	target, ok := h.rung(v, "target_title")
	f := map[string]any{"job": dialogue.Words(clip(value(v, "job").Text, 80)), "target": dialogue.Words(clip(value(v, "target").Text, 80))}
	if !known || !ok {
		h.say("asks.between_unknown", f)
		return
	}
	between := aFew(h.c.ladders.Between(job, target))
	if len(between) == 0 {
		h.say("asks.between_none", f)
		return
	}
	var names []string
	for _, r := range between {
		names = append(names, lowerFirst(r.Title))
	}
	f["words"] = dialogue.JoinAnd(names)
	h.say("asks.between", f)
}

// sayNext tells the next step of the plan.
func (h *handling) sayNext() {
	if g, m, ok := career.NextMilestone(h.p.Plan, h.today()); ok {
		h.say("asks.next", map[string]any{"title": h.milestoneText(g, m), "date": m.Due.Long()})
		return
	}
	if h.asking() != "" {
		h.say("asks.next_talk", nil)
		return
	}
	h.say("asks.next_none", nil)
}

// sayRisks tells what could get in the way, as the person has said it.
func (h *handling) sayRisks() {
	var risks []string
	for _, r := range h.currentPlan().Backup.Risks {
		risks = append(risks, h.riskText(r))
	}
	if len(risks) == 0 {
		h.say("asks.risk", nil)
		return
	}
	h.say("asks.risks", map[string]any{"words": dialogue.JoinAnd(risks)})
}

// firstWords takes what somebody says before anything was asked of them. Whoever
// greets is begun with; whoever tells something or wants nothing is told how to
// begin.
func (h *handling) firstWords(text string) error {
	a, _ := reading.YesNo(text)
	switch {
	case len(h.asks) > 0: // what they told besides is known when they start
		if reading.ReadBeginnings(text) == (reading.Beginnings{}) {
			h.noteAsked(text)
		} else {
			h.note(text)
		}
		return h.offerStart(h.asks)
	case reading.Greeting(text), reading.Thanks(text), a == reading.Yes && len(strings.Fields(text)) <= maxRefusal:
		return h.begin()
	case a == reading.No && len(strings.Fields(text)) <= maxRefusal:
		h.note(text)
		h.noNews()
		h.say("welcome.later", nil)
		return h.flush(nil)
	}
	h.note(text)
	if h.facts = reading.ReadBeginnings(text); h.facts == (reading.Beginnings{}) {
		h.say("asks.noted", map[string]any{"words": dialogue.Words(clip(text, 200))})
	} else {
		h.say("asks.taken", map[string]any{"job": dialogue.Words(h.facts.Job), "target": dialogue.Words(h.facts.Target)})
	}
	return h.begin()
}

// foretold puts what was told before the first talk began where that talk asks
// for it: with the words that begin it, or in a note before.
func (h *handling) foretold(fr dialogue.Frame) {
	none := reading.Beginnings{}
	for i := 0; i < len(h.p.Notes) && h.facts == none && len(h.p.Dialogue.Answers) == 0; i++ {
		if h.facts = reading.ReadBeginnings(h.p.Notes[i].Text); h.facts != none {
			h.say("asks.taken", map[string]any{"job": dialogue.Words(h.facts.Job), "target": dialogue.Words(h.facts.Target)})
		}
	}
	for step, words := range map[string]string{"have.job": h.facts.Job, "want.target": h.facts.Target} {
		if words != "" {
			h.c.book.Foretell(&h.p.Dialogue, fr, step, words, h.input(h.e.Text))
		}
	}
}

// maxRefusal is how many words a message has at most that says no and nothing
// else.
const maxRefusal = 6
