package coach

import (
	"regexp"
	"strings"

	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// contactKinds are whom the coach may name when something is not for a coach.
var contactKinds = []string{"emergency", "crisis_line", "health", "workplace", "legal"}

// contacts are the operator's contacts for where the person is: by their zone,
// its region, or the default. A place without a contact of a kind gets the one
// of the wider place; a kind that nobody filled in is "".
func (h *handling) contacts() map[string]any {
	zone := h.p.Settings.Zone
	region, _, _ := strings.Cut(zone, "/")
	out := map[string]any{}
	for _, kind := range contactKinds {
		out[kind] = ""
		for _, place := range []string{zone, region, "default"} {
			if key := "contacts." + place + "." + kind; place != "" && h.c.book.HasText(key) {
				out[kind] = h.c.text(key, nil)
				break
			}
		}
	}
	return out
}

// careful says a text of the safety group with the contacts filled in.
func (h *handling) careful(key string) { h.say("safety."+key, h.contacts()) }

// safety looks for signs of distress before anything else.
func (h *handling) safety(text string) (done bool, err error) {
	concern := reading.Danger(text)
	if h.p.Crisis && concern != reading.Crisis {
		return h.afterCrisis(text)
	}
	switch concern {
	case reading.Crisis:
		return true, h.crisis()
	case reading.UnclearCrisis:
		if top := h.p.Dialogue.Top(); top == nil || top.Flow != "literal" {
			h.note(text)
			return true, h.start("literal", dialogue.Picked{})
		}
		if a, _ := reading.YesNo(text); a != reading.No { // a second sign is an answer to what was asked after the first
			h.note(text)
			h.e.Text = "yes"
		}
	case reading.Burnout:
		return h.exhausted(text)
	case reading.Harassment:
		return h.beside("harassment", text)
	case reading.Legal:
		return h.beside("legal", text)
	case reading.Medical:
		return h.beside("medical", text)
	}
	return h.aside(text)
}

// Words that ask about other people, and words that let off steam. They are
// narrow on purpose: what they miss is read as any other answer.
var (
	asksAboutOthers = regexp.MustCompile(`(?i)^\W*(what (did|does|do|has|have) (?:my )?\w+(?: \w+)? (say|said|tell|told|write|written|wrote|answer|think|want)|(can|could) you (see|read|tell me|show me) what (?:my )?\w+|show me (?:my )?\w+'s (plan|answers|goals))\b`)
	letsOffSteam    = regexp.MustCompile(`(?i)\b(i hate (this|my) (job|boss|place|company|work)|(so|totally) (fed up|sick of|angry|furious)|i('m| am) (fed up|sick of|furious|done with)|this is (bullshit|crap|a joke)|what a (shit|crap)\w*)`)
)

// aside answers what is no answer and no danger: questions about other people,
// and anger.
func (h *handling) aside(text string) (done bool, err error) {
	switch {
	case len(text) < 200 && asksAboutOthers.MatchString(text):
		h.careful("others") // a question to the coach is no answer to one of its own
		h.note(text)
		return true, h.reask()
	case letsOffSteam.MatchString(text):
		return h.beside("venting", text)
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
	h.note(text)
	h.careful("burnout_rest")
	return true, h.pause("")
}

// beside says what a coach has to leave to others. Where the question takes own
// words, what was written is its answer all the same; otherwise it is kept, and
// the question stands as it was. A question about facts is not answered by
// telling of harassment.
func (h *handling) beside(key, text string) (done bool, err error) {
	h.careful(key)
	asked := h.p.Dialogue.Asked
	if asked == nil {
		h.note(text)
		return true, h.flush(nil)
	}
	about, _, _ := strings.Cut(asked.Key.Step, ".")
	if s, ok := h.c.book.Step(asked.Key.Step); ok && asked.Pending == nil && !(key == "harassment" && about == "have") && (s.Kind == dialogue.Text || s.Kind == dialogue.List) {
		return false, nil
	}
	h.note(text)
	return true, h.reask()
}

// afterCrisis keeps planning at rest until the person says otherwise: whatever
// else they write is kept and answered by staying there.
func (h *handling) afterCrisis(text string) (done bool, err error) {
	if cmd, _, ok := reading.ReadCommand(text); ok && cmd == reading.Continue {
		h.p.Crisis = false
		return false, nil
	}
	h.note(text)
	h.careful("crisis_more")
	return true, h.flush(nil)
}

// crisis stops all planning and all reminders until the person says otherwise.
func (h *handling) crisis() error {
	h.note(h.e.Text)
	h.p.Crisis = true
	h.p.Dialogue.Paused = len(h.p.Dialogue.Stack) > 0
	h.lines = nil
	if err := h.retire(""); err != nil {
		return err
	}
	h.careful("crisis")
	return h.flush(nil)
}
