package coach

import (
	"regexp"
	"strings"

	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// careful says a text of the safety group with the contacts filled in.
func (h *handling) careful(key string) {
	h.say("safety."+key, h.contacts())
	h.p.Care.told(key, h.now)
}

// safety looks for signs of distress before anything else.
func (h *handling) safety(text string) (done bool, err error) {
	concern := reading.Danger(text)
	if concern == reading.Harassment && harmfulBoss.MatchString(text) {
		h.p.Care.Away = true
		h.c = h.c.awayFrom(h.p)
	}
	asking := h.p.Dialogue.Top() != nil && h.p.Dialogue.Top().Flow == literalFlow && h.p.Dialogue.Asked != nil && !h.p.Dialogue.Paused
	switch {
	case concern == reading.Crisis:
		return true, h.crisis()
	case h.p.Crisis:
		return h.afterCrisis(text, concern)
	case concern < reading.UnclearCrisis && !h.p.Care.Listening && reading.AsksToListen(text) && !h.c.book.Matches(&h.p.Dialogue, text):
		return true, h.listenTo(text, concern)
	case h.p.Care.Listening && concern != reading.UnclearCrisis && !asking:
		return h.listen(text, concern)
	case concern < reading.UnclearCrisis && reading.AsksForLine(text) && !h.c.book.Matches(&h.p.Dialogue, text):
		return true, h.line(text, asking)
	case asking:
		if done, err := h.literally(text, concern); done || err != nil || h.e.Text != text {
			return done, err
		}
	}
	switch concern {
	case reading.UnclearCrisis:
		h.confide(text)
		if reading.AsksForLine(text) { // the number first, and the question all the same
			h.saysWhere(text)
			h.sayLine(false)
		}
		return true, h.start(literalFlow, dialogue.Picked{})
	case reading.Burnout:
		return h.exhausted(text)
	case reading.Harassment:
		return true, h.alone("harassment", text)
	case reading.Legal:
		return h.beside("legal", text)
	case reading.Medical:
		return h.beside("medical", text)
	}
	return h.aside(text)
}

// line answers a question for a number to call, whatever is open. A question
// about the plan can wait then; the one whether they are safe stands.
func (h *handling) line(text string, literal bool) error {
	h.confide(text)
	h.saysWhere(text)
	waits := h.asking() != "" && !literal
	h.sayLine(waits)
	if literal {
		return h.reask()
	}
	if waits {
		h.p.Care.Listening, h.p.Care.Waits = true, true
	}
	return h.flush(nil)
}

// Words that ask about other people, and words that let off steam. They are
// narrow on purpose: what they miss is read as any other answer.
var (
	asksAboutOthers = regexp.MustCompile(`(?i)^\W*(what (did|does|do|has|have) (?:my )?\w+(?: \w+)? (say|said|tell|told|write|written|wrote|answer|think|want)|(can|could) you (see|read|tell me|show me) what (?:my )?\w+|show me (?:my )?\w+'s (plan|answers|goals))\b`)
	letsOffSteam    = regexp.MustCompile(`(?i)\b(i hate (this|my) (job|boss|place|company|work)|(so|totally) (fed up|sick of|angry|furious)|i('m| am) (fed up|sick of|furious|done with)|this is (bullshit|crap|a joke)|what a (shit|crap)\w*)`)
)

// harmfulBoss is told where it is a boss who shouts, or "he" and nobody else who
// is named.
var (
	harmfulBoss = regexp.MustCompile(`(?i)\b(boss|manager|lead|leader|supervisor|director|owner|chef|head|superior|(he|she) (always |just |only |constantly )*(shouts?|screams?|yells?|shouted|screamed|yelled))\b`)
	refusesTalk = regexp.MustCompile(`(?i)^\W*(?:(?:no|but|please|and)\W+)*(?:i )?(?:do not|don'?t|dont|never|won'?t|wont|can'?t|cant|will not)(?: (?:want|wanna|like|dare))?(?: to)? (?:talk|speak)(?: (?:to|with))?(?: (?:him|her|them|my \w+|the \w+|anyone|anybody|that person))?(?: any ?more| again| about it| about that)?\W*$`)
)

// noTalk accepts that somebody does not want to talk with their boss: the
// question for a day of that talk is left out, and none is proposed.
func (h *handling) noTalk(text string) (done bool, err error) {
	asked := h.p.Dialogue.Asked
	if asked == nil || h.p.Dialogue.Paused || !refusesTalk.MatchString(text) || len(text) > 200 {
		return false, nil
	}
	h.p.Care.Away = true
	h.c = h.c.awayFrom(h.p)
	h.careful("no_talk")
	h.note(text)
	if asked.Key.Step == "review.talk_date" {
		return true, h.steer(reading.Skip)
	}
	return true, h.reask()
}

// aside answers what is no answer and no danger: questions about other people
// and whether to quit, anger, and being low.
func (h *handling) aside(text string) (done bool, err error) {
	switch {
	case len(text) < 200 && asksAboutOthers.MatchString(text):
		h.careful("others") // a question to the coach is no answer to one of its own
		h.note(text)
		return true, h.reask()
	case reading.WantsOut(text) && h.asking() != "leaving.leave_safely":
		h.confide(text)
		return true, h.start(outFlow, dialogue.Picked{})
	case reading.AsksAboutQuitting(text):
		h.note(text)
		return true, h.start("leaving", dialogue.Picked{})
	case reading.LowWorth(text):
		return true, h.alone("worth", text)
	case letsOffSteam.MatchString(text):
		return h.beside("venting", text)
	case refusesTalk.MatchString(text):
		return h.noTalk(text)
	case reading.AsksIfTold(text):
		h.careful("told")
		h.confide(text)
		return true, h.reask()
	case h.asking() == lowWish && reading.GoesOn(text):
		return true, h.goOn(text)
	case h.asking() == "" && reading.GoesOn(text) && (reading.Recovers(text) || reading.SaysSafe(text)):
		return true, h.takesUp(text)
	case h.asking() == lowWish && reading.Feels(text):
		h.confide(text)
		h.shortLine()
		return true, h.flush(nil)
	case reading.Weary(text):
		return h.low(text)
	}
	return false, nil
}

// exhausted stops asking: plans can wait, and nothing is made of what was
// written. Where no question is open there is nothing to stop.
func (h *handling) exhausted(text string) (done bool, err error) {
	asked := h.p.Dialogue.Asked
	if asked == nil || h.p.Dialogue.Paused || strings.HasPrefix(asked.Key.Step, "balance.") {
		return h.beside("burnout", text)
	}
	h.confide(text)
	h.careful("burnout_rest")
	h.p.Care.Listening, h.p.Care.Waits = true, false
	if err := h.retire(""); err != nil {
		return true, err
	}
	return true, h.pause("")
}

// beside says what a coach has to leave to others, and in other words when that
// was said not long ago. Where the question takes own words, what was written is
// its answer all the same, unless it asks something; otherwise it is kept, and
// the question stands as it was.
func (h *handling) beside(key, text string) (done bool, err error) {
	matter := key == "legal" || key == "medical"
	switch {
	case !matter && h.p.Care.lately(key, h.now):
		h.shortLine()
	default:
		h.careful(key)
	}
	asked := h.p.Dialogue.Asked
	if asked == nil {
		h.note(text)
		return true, h.flush(nil)
	}
	asks := matter && reading.Question(text)
	if h.c.book.OwnWords(&h.p.Dialogue) != "" && !asks {
		if s, ok := h.c.book.Step(asked.Key.Step); ok && (s.Kind == dialogue.Text || s.Kind == dialogue.List) {
			return false, nil
		}
	}
	h.note(text)
	return true, h.reask()
}

// lowWish is the question what would be good for somebody who is low.
const lowWish = "low.low_wish"

// low meets somebody who is low with a warm line. Before a talk has begun it is
// left to them what happens next; later on, what they wrote may be an answer all
// the same.
func (h *handling) low(text string) (done bool, err error) {
	asked := h.p.Dialogue.Asked
	if asked == nil && h.p.Dialogue.Top() == nil && !h.waitsForTap() && (!h.p.Plan.Confirmed.IsZero() || h.p.Plan.Content) {
		return true, h.felt(text) // there is a plan, and nothing to choose
	}
	begun := asked != nil && !h.p.Dialogue.Paused
	if begun && (strings.HasPrefix(asked.Key.Step, "first.") || asked.Key.Step == lowWish) {
		begun = asked.Key.Step == lowWish
	}
	facts := begun && strings.HasPrefix(asked.Key.Step, "have.")
	answer := begun && !(facts && h.c.book.OwnWords(&h.p.Dialogue) != "") && h.c.book.Reads(&h.p.Dialogue, h.input(text)) || !begun && h.waitsForTap()
	switch {
	case !begun && !answer:
		h.confide(text)
		return true, h.start("low", dialogue.Picked{})
	case h.p.Care.lately("warm", h.now):
		if answer {
			return false, nil
		}
		h.shortLine()
	default:
		h.careful("warm")
	}
	if answer {
		return false, nil
	}
	h.confide(text)
	return true, h.reask()
}

// waitsForTap reports whether a reminder waits for its answer.
func (h *handling) waitsForTap() bool {
	for _, s := range h.p.Screens {
		if !s.Question && len(s.Keys) > 0 {
			return true
		}
	}
	return false
}

// crisis stops all planning and all reminders until the person says otherwise.
// The contacts are named in full once an hour at most.
func (h *handling) crisis() error {
	h.confide(h.e.Text)
	h.p.Crisis = true
	h.closeLiteral()
	h.p.Dialogue.Paused = len(h.p.Dialogue.Stack) > 0
	h.lines = nil
	h.saysWhere(h.e.Text)
	if err := h.retire(""); err != nil {
		return err
	}
	if h.p.Care.lately("crisis", h.now) {
		h.careful("crisis_again")
	} else {
		h.careful("crisis")
		h.p.Care.Lines = 0
	}
	if err := h.flush(nil); err != nil {
		return err
	}
	h.p.Care.Row = h.p.Rows
	return nil
}
