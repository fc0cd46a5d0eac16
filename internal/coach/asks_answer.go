package coach

import (
	"slices"
	"strings"
	"unicode"

	"waymark/internal/career"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

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
