package coach

import (
	"slices"
	"strings"
	"time"

	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// literalFlow asks whether words are meant literally.
const literalFlow = "literal"

// Care is what is kept about how somebody is met for whom it is hard.
type Care struct {
	// Place is where they said they are: a place of the contacts or a zone.
	Place string `cbor:"1,keyasint,omitempty"`
	// Listening says that nothing is asked of them until they want to go on: what
	// they write is kept and met with a short line.
	Listening bool `cbor:"2,keyasint,omitempty"`
	// Lines counts the short lines, so that they vary.
	Lines int `cbor:"3,keyasint,omitempty"`
	// Away says that their boss shouts at them or worse: no talk with that person
	// is proposed.
	Away bool `cbor:"5,keyasint,omitempty"`
	// Row is the outbox row of the message that asked last whether they are safe.
	Row uint64 `cbor:"6,keyasint,omitempty"`
	// Waits says that a question is on screen that nobody presses them to answer:
	// a plain answer to it, or a tap, ends the listening.
	Waits bool `cbor:"7,keyasint,omitempty"`
	// Told is when each text of care was said last.
	Told map[string]time.Time `cbor:"4,keyasint,omitempty"`
}

// again is how long a text of care is not said a second time.
const again = time.Hour

func (c *Care) told(key string, now time.Time) {
	if c.Told == nil {
		c.Told = map[string]time.Time{}
	}
	c.Told[key] = now.UTC()
}

// lately reports whether a text of care was said within the last hour.
func (c *Care) lately(key string, now time.Time) bool { return c.within(key, again, now) }

// aDay is how long nobody is told a second time to reach a person, unless what
// they write shows danger or asks for it.
const aDay = 24 * time.Hour

// within reports whether a text of care was said no longer ago than that.
func (c *Care) within(key string, span time.Duration, now time.Time) bool {
	at, ok := c.Told[key]
	return ok && now.Sub(at) < span
}

// shortLine says one of the short human lines, each after the other. Whoever has
// just said that somebody is with them is not sent to look for somebody.
func (h *handling) shortLine() {
	lines := h.c.book.TextsBelow("safety.listen_")
	if !h.p.Care.lately("company", h.now) {
		lines = append(lines, h.c.book.TextsBelow("safety.alone_")...)
	}
	if len(lines) == 0 {
		return
	}
	h.say(lines[h.p.Care.Lines%len(lines)], nil)
	h.p.Care.Lines++
}

// looks are the commands that only show something, or that must never wait.
// "help" is none of them: here it is a cry.
var looks = map[reading.Command]bool{
	reading.ShowPlan: true, reading.ShowAnswers: true, reading.Status: true, reading.Privacy: true,
	reading.Export: true, reading.Delete: true,
}

// afterCrisis keeps planning at rest until the person says otherwise. What they
// ask is answered; whatever else they write is kept and met with a short line.
func (h *handling) afterCrisis(text string, concern reading.Concern) (done bool, err error) {
	cmd, _, _ := reading.ReadCommand(text)
	a, _ := reading.YesNo(text)
	short := len(strings.Fields(text)) < 4
	first := h.p.Care.Lines == 0 && !h.p.Care.lately("safe", h.now) // it was asked whether they are safe
	if first && short && a != reading.No && concern < reading.UnclearCrisis {
		crossed, err := h.crossed()
		if err != nil {
			return true, err
		}
		if crossed { // it answers nothing: the question was not on screen yet
			h.confide(text)
			return true, nil
		}
	}
	moved := h.saysWhere(text)
	switch {
	case cmd == reading.Continue, reading.GoesOn(text) && concern != reading.UnclearCrisis:
		return true, h.goOn(text)
	case looks[cmd]:
		return false, nil
	case reading.AsksForSomebody(text):
		if concern == reading.UnclearCrisis {
			h.careful("crisis_again")
		}
		h.sayLine(false)
	case reading.AsksWhoKnows(text) && concern != reading.UnclearCrisis:
		h.careful("told")
	case moved:
		h.sayPlace()
	case concern == reading.UnclearCrisis, cmd == reading.Help && len(text) > 3, first && (a == reading.No || a == reading.Unsure) && short:
		h.careful("crisis_again")
	case reading.HasCompany(text):
		h.careful("company")
	case first && reading.Nods(text) && !h.p.Care.lately("crisis_ask", h.now): // no yes
		h.careful("crisis_ask")
		h.confide(text)
		if err := h.flush(nil); err != nil {
			return true, err
		}
		h.p.Care.Row = h.p.Rows
		return true, nil
	case first && reading.Nods(text):
		h.careful("stays")
	case reading.Thanks(text):
		h.say("say.thanks", nil)
	case h.p.Care.lately("safe", h.now) && reading.SaysSafe(text):
		h.shortLine()
	case reading.SaysSafe(text), first && reading.SaysYes(text):
		h.careful("safe")
	case reading.Recovers(text) && concern < reading.UnclearCrisis:
		h.careful("calmer")
	case !h.p.Care.lately("crisis", h.now) && !h.p.Care.within("crisis_more", aDay, h.now):
		h.careful("crisis_more")
	default:
		h.shortLine()
	}
	h.confide(text)
	return true, h.flush(nil)
}

// sayPlace names the number of where somebody says they are, if it is known.
func (h *handling) sayPlace() {
	if h.knowsNumber() {
		h.careful("place")
		return
	}
	h.careful("place_unknown")
}

// knowsNumber reports whether there is an emergency number of the place where
// somebody says they are.
func (h *handling) knowsNumber() bool {
	place := h.p.Care.Place
	if place == anyPlace {
		return false
	}
	region, _, _ := strings.Cut(place, "/")
	return slices.ContainsFunc([]string{place, region}, func(p string) bool {
		return h.c.book.HasText("contacts." + p + ".emergency")
	})
}

// sayLine answers a question for a crisis line or a number to call, as often as it
// is asked. No number is named that is another country's. open says that a
// question is on screen which can wait.
func (h *handling) sayLine(open bool) {
	f := h.contacts()
	f["open"] = open
	f["unknown"] = h.p.Care.Place != "" && !h.knowsNumber()
	h.say("safety.line", f)
	h.p.Care.told("line", h.now)
}

// listen takes what is written while nothing is asked: it is kept and met with
// a short line, until the person says that they want to go on. A command is
// obeyed, since it is plain what it wants.
func (h *handling) listen(text string, concern reading.Concern) (done bool, err error) {
	cmd, _, isCommand := reading.ReadCommand(text)
	_, _, isOrder := spokenOrder(text)
	switch {
	case cmd == reading.Continue, reading.GoesOn(text):
		return true, h.goOn(text)
	case reading.ReadSteer(text) == reading.Ends:
		return false, nil
	case h.p.Care.Waits && concern == reading.NoConcern && h.answersPlainly(text):
		h.p.Care.Listening, h.p.Care.Waits = false, false
		return false, nil
	case isCommand && (cmd.SideTalk() && cmd != reading.Win && cmd != reading.Backup || cmd == reading.StartOver):
		h.p.Care.Listening, h.p.Care.Waits = false, false
		return false, nil
	case isOrder, looks[cmd], cmd == reading.Win, cmd == reading.Backup, cmd == reading.Stop, cmd == reading.Pause, cmd == reading.Later, cmd == reading.Help && len(strings.TrimSpace(text)) > 2:
		h.p.Settings.Paused = true
		return false, nil
	case reading.AsksForSomebody(text):
		h.saysWhere(text)
		h.sayLine(false)
	case reading.AsksWhoKnows(text):
		h.careful("told")
	case reading.HasCompany(text):
		h.careful("company")
	case concern == reading.Legal:
		h.careful("legal")
	case concern == reading.Medical:
		h.careful("medical")
	case concern == reading.Harassment && !h.p.Care.lately("harassment", h.now):
		h.careful("harassment")
	case concern == reading.Burnout && !h.p.Care.lately("burnout_rest", h.now):
		h.p.Care.Waits = false
		h.careful("burnout_rest")
	case reading.LowWorth(text) && !h.p.Care.lately("worth", h.now):
		h.careful("worth")
	case reading.AsksAboutQuitting(text):
		h.careful("quit_later")
	case reading.Thanks(text):
		h.say("say.thanks", nil)
	case reading.Greeting(text):
		h.careful("hello")
	case (reading.SaysSafe(text) || reading.Recovers(text)) && concern == reading.NoConcern:
		h.careful("calmer")
	default:
		h.shortLine()
	}
	if !reading.Thanks(text) && !reading.Greeting(text) {
		h.confide(text)
	}
	h.p.Settings.Paused = true // speaking ends other pauses
	return true, h.flush(nil)
}

// answersPlainly reports whether a text can be nothing but the answer to the
// question on screen: a choice, a number, a date.
func (h *handling) answersPlainly(text string) bool {
	s, ok := h.c.book.Step(h.asking())
	return ok && s.Kind != dialogue.Text && s.Kind != dialogue.List && !s.Own && h.c.book.Reads(&h.p.Dialogue, h.input(text))
}

// beginListening stops asking because the person chose to be listened to.
func (h *handling) beginListening() {
	h.p.Care.Listening, h.p.Care.Waits, h.p.Settings.Paused = true, false, true
	h.careful("listening")
}

// goOn ends the rest: one warm line, and then the question that was open. After
// a crisis, a plan that is there already is only pointed to.
func (h *handling) goOn(text string) error {
	wasCrisis := h.p.Crisis
	h.endRest()
	if _, _, bare := reading.ReadCommand(text); !bare {
		h.confide(text)
	}
	h.careful("back")
	if top := h.p.Dialogue.Top(); top != nil && top.Flow == "low" { // they have chosen
		if err := h.retire(""); err != nil {
			return err
		}
		h.setAside()
		h.closeTalks(func(fr dialogue.Frame) bool { return fr.Flow == "low" })
		return h.startSmall()
	}
	open := h.p.Dialogue.Top() != nil
	switch {
	case wasCrisis && !h.p.Plan.Confirmed.IsZero():
		h.say("safety.back_plan", map[string]any{"open": open})
		h.setAside()
		return h.flush(nil)
	case open:
		return h.steerContinue()
	case h.p.First.Instance == "":
		return h.begin()
	}
	return h.flush(nil)
}

// takesUp goes on with somebody for whom it goes better, where nothing rests and
// nothing is open: with the plan that is there, or small.
func (h *handling) takesUp(text string) error {
	h.confide(text)
	h.careful("back")
	if h.p.Plan.Confirmed.IsZero() {
		return h.startSmall()
	}
	h.say("safety.back_plan", map[string]any{"open": h.p.Dialogue.Top() != nil})
	return h.flush(nil)
}

// endRest lets planning and reminders go on.
func (h *handling) endRest() {
	h.p.Crisis, h.p.Care.Listening, h.p.Care.Waits, h.p.Stopped = false, false, false, false
	h.p.Settings.PausedUntil, h.p.Settings.Paused = civil.Date{}, false
	h.closeLiteral()
}

// rests says on a card that planning rests, if it does.
func (c *card) rests() bool {
	switch {
	case c.h.p.Crisis:
		c.line("safety.rests", nil)
	case c.h.p.Care.Listening:
		c.line("safety.rests_listening", nil)
	default:
		return false
	}
	return true
}

// resting reports whether the question on screen rests, or is about how they are.
func (h *handling) resting() bool {
	top := h.p.Dialogue.Top()
	return top == nil || h.p.Dialogue.Paused || top.Flow == literalFlow
}

// startSmall goes on from the choice of somebody who was low: with the first
// question of the first talk, or with the plan that is there.
func (h *handling) startSmall() error {
	defer func() { h.moved = true }()
	switch {
	case h.p.First.Instance == "":
		return h.begin()
	case !h.p.Plan.Confirmed.IsZero():
		h.say("safety.back_plan", map[string]any{"open": h.p.Dialogue.Top() != nil})
		h.setAside()
		return h.flush(nil)
	case h.p.Dialogue.Asked != nil && strings.HasPrefix(h.p.Dialogue.Asked.Key.Step, "first."):
		return h.follow(h.c.book.Turn(&h.p.Dialogue, h.input("start"), h.env()))
	}
	return h.steerContinue()
}

// closeLiteral ends the question whether words were meant literally: it is
// answered by what came after it.
func (h *handling) closeLiteral() {
	st := &h.p.Dialogue
	top := st.Top()
	if top == nil || top.Flow != literalFlow {
		return
	}
	fr := *top
	fr.Closed = h.now.UTC()
	h.setAside()
	st.Stack = st.Stack[:len(st.Stack)-1]
	st.Past = append(st.Past, fr)
	st.Paused = len(st.Stack) > 0
}

// setAside takes the question off the screen. It is asked again when the talk
// goes on; what was said to it and could not be read stays with the notes.
func (h *handling) setAside() {
	st := &h.p.Dialogue
	if st.Asked == nil {
		return
	}
	for _, part := range st.Asked.Unread {
		h.note(part.Words)
	}
	for p := st.Asked.Pending; p != nil; p = p.Under {
		if p.Kind != dialogue.PendingAnew && p.Kind != dialogue.PendingAsked {
			h.note(p.Words)
		}
	}
	st.Asked, st.Paused = nil, len(st.Stack) > 0
}
