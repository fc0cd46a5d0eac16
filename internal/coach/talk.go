package coach

import (
	"slices"
	"strings"
	"unicode/utf8"

	"waymark/internal/career"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// firstFlow is the talk that makes a plan.
const firstFlow = "first"

// longText is from how many characters on a message is said to be long.
const longText = 4000

// text handles what a person wrote, in this order: safety, command, correction
// and answer, and what is none of these.
func (h *handling) text() error {
	recap := h.recap()
	h.heard()
	text := h.e.Text
	if reading.Clean(text) == "" {
		return h.wordless()
	}
	if done, err := h.safety(text); done || err != nil {
		return err
	}
	text = h.e.Text // safety reads a second sign as a yes to its question
	if utf8.RuneCountInString(text) > longText {
		h.say("say.long", nil)
	}
	text, done, err := h.birthday(text)
	if done || err != nil {
		return err
	}
	if done, err := h.settleEdit(text); done || err != nil {
		return err
	}
	if !h.c.book.Matches(&h.p.Dialogue, text) {
		if done, err := h.steers(text); done || err != nil {
			return err
		}
		if done, err := h.edits(text); done || err != nil {
			return err
		}
		if done, err := h.typedChoice(text); done || err != nil {
			return err
		}
		if done, err := h.toldWin(text); done || err != nil {
			return err
		}
		if done, err := h.wishes(text); done || err != nil {
			return err
		}
		if strings.EqualFold(strings.Trim(reading.Clean(text), " .!?"), "trend") {
			return h.sayCard(h.trendCard())
		}
		if done, err := h.removesStep(text); done || err != nil {
			return err
		}
		if done, err := h.backupDate(text); done || err != nil {
			return err
		}
		switch flow := spokenFlow(text); {
		case flow != "" && !h.p.Plan.Confirmed.IsZero():
			return h.start(flow, h.about(flow, ""))
		case flow != "" && h.p.First.Instance != "":
			h.say("say.plan_first", nil)
			return h.reask()
		}
		if done, err := h.typedOrder(text); done || err != nil {
			return err
		}
		if done, err := h.reminderWords(text); done || err != nil {
			return err
		}
		if done, err := h.goalDate(text); done || err != nil {
			return err
		}
		if done, err := h.plainWords(text); done || err != nil {
			return err
		}
		if cmd, arg, ok := reading.ReadCommand(text); ok {
			if done, err := h.typed(cmd, arg); done || err != nil {
				return err
			}
		}
	}
	if done, err := h.stepTold(text); done || err != nil {
		return err
	}
	if done, err := h.snoozedTo(text); done || err != nil {
		return err
	}
	if text, done, err = h.asked(text); done || err != nil {
		return err
	}
	if done, err := h.answersNudge(text); done || err != nil {
		return err
	}
	if h.leavesAsItIs(text) {
		text = "no"
	}
	if done, err := h.outOfTheBlue(text); done || err != nil {
		return err
	}
	text = h.hourWithZone(text)
	in := h.input(text)
	late, err := h.late()
	if err != nil {
		return err
	}
	in.Late = late
	var asked *dialogue.Key
	if a := h.p.Dialogue.Asked; a != nil {
		asked = &a.Key
	}
	r := h.c.book.Turn(&h.p.Dialogue, in, h.env())
	if r.Nothing {
		return h.nothingOpen(text)
	}
	r = h.withReason(asked, text, h.withRemark(asked, text, r))
	if recap != "" && !slices.Contains(r.Lines, recap) {
		h.lines = append(h.lines, recap)
	}
	return h.follow(r)
}

// recap is one line on where the talk stands for somebody who speaks for the
// first time since this process began; "" for everybody else.
func (h *handling) recap() string {
	spoke := h.p.Reminders.Spoke
	if spoke.IsZero() || !spoke.Before(h.c.started) || h.p.Dialogue.Asked == nil {
		return ""
	}
	return h.c.book.Recap(&h.p.Dialogue, h.input(""), h.env())
}

// wordless answers a message without words: a file, a clip, nothing at all.
func (h *handling) wordless() error {
	switch {
	case strings.HasPrefix(h.e.Attachment, "audio/"), strings.HasPrefix(h.e.Attachment, "video/"):
		h.say("say.no_voice", nil)
	case h.e.Attachment != "":
		h.say("say.no_file", nil)
	default:
		h.say("say.empty", nil)
	}
	if h.p.Dialogue.Asked != nil && !h.p.Dialogue.Paused {
		return h.follow(h.c.book.Ask(&h.p.Dialogue, h.input(""), h.env()))
	}
	return h.flush(nil)
}

// late reports whether a text was sent before the question on screen appeared.
func (h *handling) late() (bool, error) {
	var screen *Screen
	for i := range h.p.Screens {
		if h.p.Screens[i].Question {
			screen = &h.p.Screens[i]
		}
	}
	if screen == nil || h.e.TS == "" {
		return false, nil
	}
	d, err := h.own().delivered()
	if err != nil {
		return false, err
	}
	if ts, ok := d.TS(screen.ID); ok {
		return h.e.TS < ts, nil
	}
	rows, err := h.own().rows()
	if err != nil {
		return false, err
	}
	for _, r := range rows {
		if r.ID != screen.ID || r.Parked != "" {
			continue
		}
		// Being sent right now, it may have been read already: then only what
		// was sent before it was even written is late.
		return !r.Attempting || h.e.At.Before(r.Created), nil
	}
	return false, nil
}

// note keeps words that answered nothing.
func (h *handling) note(text string) {
	if reading.Clean(text) != "" {
		h.p.Notes = append(h.p.Notes, Note{At: h.now.UTC(), Text: text})
	}
}

// nothingOpen makes sense of words that no question waits for.
func (h *handling) nothingOpen(text string) error {
	switch {
	case h.p.First.Instance == "" && !h.p.Plan.Content && h.p.Plan.Confirmed.IsZero() && reading.Feels(text) && !tellsWish.MatchString(text):
		h.confide(text)
		return h.start("low", dialogue.Picked{})
	case h.p.First.Instance == "" && !h.p.Plan.Content && (h.p.Plan.Confirmed.IsZero() || !reading.Feels(text)):
		return h.firstWords(text)
	case reading.Thanks(text):
		h.say("say.thanks", nil)
	case h.p.Plan.Content && reading.Greeting(text):
		h.greetContent()
	case reading.Greeting(text):
		next := ""
		if _, m, ok := career.NextMilestone(h.p.Plan, h.today()); ok {
			g, _, _ := h.p.Plan.Milestone(m.ID)
			next = h.milestoneText(g, m) + ", " + m.Due.Long()
		}
		h.say("say.hello_again", map[string]any{"next": next})
	default:
		if done, err := h.correctClosed(text); done || err != nil {
			return err
		}
		if reading.Feels(text) {
			return h.felt(text)
		}
		h.note(text)
		if len(h.asks) == 0 {
			h.say("say.nothing_open", nil)
		}
	}
	return h.flush(nil)
}

// correctClosed takes facts that need no question: "my review is on 12 March".
func (h *handling) correctClosed(text string) (bool, error) {
	lower := strings.ToLower(text)
	if !strings.Contains(lower, "review") && !strings.Contains(lower, "appraisal") {
		return false, nil
	}
	span, ok := reading.Deadline(text, reading.DateOptions{Now: h.local(), DayFirst: reading.DateFromLocale(h.p.Locale)})
	if !ok || span.Past || len(span.Ambiguous) > 0 {
		return false, nil
	}
	return true, h.askReview(span.Latest, text, "")
}

// edited takes a message that was rewritten as a correction of its answer.
func (h *handling) edited() error {
	h.heard()
	if reading.Danger(h.e.Text) == reading.Crisis {
		return h.crisis()
	}
	r, ok := h.c.book.Edit(&h.p.Dialogue, h.input(h.e.Text), h.env())
	if !ok {
		return nil
	}
	return h.follow(r)
}

// click handles a tap on one of our messages.
func (h *handling) click() error {
	if h.fromBefore() {
		m := h.c.message("delete.old", h.fields())
		h.reply.Message = &m
		return nil
	}
	if len(h.e.Values) > 0 {
		if rest, ok := strings.CutPrefix(h.e.Values[0], "h:"); ok { // looking at the tab ends no pause
			return h.clickHome(rest)
		}
		if rest, ok := strings.CutPrefix(h.e.Values[0], "form:"); ok { // neither does looking at a form
			h.p.Reminders.Heard(h.now)
			return h.clickForm(rest)
		}
	}
	h.heard()
	if len(h.e.Values) == 0 { // a menu sent with nothing picked
		seq, _ := strings.CutPrefix(h.e.Action, "q")
		return h.turnClick(seq, nil)
	}
	kind, rest, _ := strings.Cut(h.e.Values[0], ":")
	switch kind {
	case "export":
		return h.export(rest)
	case "timeline":
		return h.timeline()
	case "q":
		return h.clickQuestion()
	case "n":
		return h.clickNudge(rest)
	case "d":
		return h.clickDifference(rest)
	case "f":
		return h.clickForget(rest)
	case "g":
		return h.clickStep(rest)
	case "s":
		return h.clickRemove(rest)
	case "c":
		return h.clickOrder(rest)
	case editKey:
		return h.clickEdit(rest)
	case unmetKey:
		return h.clickUnmet(rest)
	case welcomeKey:
		return h.clickWelcome(rest)
	}
	if seq, ok := strings.CutPrefix(h.e.Action, "q"); ok { // a date picker holds a date alone
		return h.turnClick(seq, h.e.Values)
	}
	return h.stale()
}

// clickQuestion takes taps whose values are "q:<number>:<choice>".
func (h *handling) clickQuestion() error {
	var seq string
	var ids []string
	for _, v := range h.e.Values {
		parts := strings.SplitN(v, ":", 3)
		if len(parts) != 3 || seq != "" && parts[1] != seq {
			return h.stale()
		}
		seq = parts[1]
		ids = append(ids, parts[2])
	}
	return h.turnClick(seq, ids)
}

func (h *handling) turnClick(seq string, ids []string) error {
	in := h.input("")
	in.Seq, in.Values = atoi(seq), ids
	if in.Seq == 0 {
		return h.stale()
	}
	if err := h.letEditGo(); err != nil {
		return err
	}
	r := h.c.book.Turn(&h.p.Dialogue, in, h.env())
	if !r.Stale && !h.resting() {
		h.p.Care.Listening, h.p.Care.Waits = false, false // whoever taps an answer goes on
	}
	if r.Stale {
		return h.stale()
	}
	return h.follow(r)
}

// stale answers a tap on something that is over; only that person sees it.
func (h *handling) stale() error {
	m := h.c.message("say.closed", nil)
	h.reply.Message = &m
	return nil
}

// closeScreens takes the buttons off the messages that carry a key, but for those
// of other milestones that are still open.
func (h *handling) closeScreens(key, note string) error {
	var kept []Screen
	for _, s := range h.p.Screens {
		if !slices.Contains(s.Keys, key) {
			kept = append(kept, s)
			continue
		}
		if left, a := h.stillAsked(s.Keys, key); a != nil {
			var err error
			if s, err = h.redrawAsked(s, note, a); err != nil {
				return err
			}
			s.Keys = left
			kept = append(kept, s)
			continue
		}
		if err := h.redraw(s, note); err != nil {
			return err
		}
	}
	h.p.Screens = kept
	return nil
}
