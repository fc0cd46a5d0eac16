package coach

import (
	"regexp"
	"slices"
	"strings"

	"waymark/internal/dialogue"
	"waymark/internal/reading"
	"waymark/internal/reminder"
)

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
		if len(strings.Fields(text)) > maxBegins && !wantsCoaching.MatchString(text) {
			return h.offerStart(nil) // nothing begins unasked
		}
	} else {
		h.say("asks.taken", map[string]any{"job": dialogue.Words(h.facts.Job), "target": dialogue.Words(h.facts.Target)})
	}
	return h.begin()
}

// maxBegins is how many words a message has at most that begins the talk whatever
// it says: "quick", "bring it on". Whoever writes more may only tell something.
const maxBegins = 3

// wantsCoaching is in first words that want something of the coach.
var wantsCoaching = regexp.MustCompile(`(?i)\b(?:help|want|wanna|need|would like|i'?d like|looking for|start|begin|ready|please|advice|quick|quickest|short|shortest|thorough|go|do|coach(?:ing)?|plan|goals?|career)\b`)

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
