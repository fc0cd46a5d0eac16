package coach

import (
	"regexp"
	"slices"
	"strings"

	"waymark/internal/dialogue"
	"waymark/internal/reading"
	"waymark/internal/store"
)

// outFlow meets somebody who is about to leave their job on the spot.
const outFlow = "out"

// confide keeps words that were written in distress: for the person and their
// export, never in a list, on the tab or in a reminder.
func (h *handling) confide(text string) {
	h.note(text)
	if n := len(h.p.Notes); n > 0 && h.p.Notes[n-1].Text == text {
		h.p.Notes[n-1].Private = true
	}
}

// listable are the notes that may be shown in a list or taken up later: none that
// was written in distress, and no question to the coach.
func (h *handling) listable() []Note {
	return slices.DeleteFunc(slices.Clone(h.p.Notes), func(n Note) bool {
		return n.Asked || n.Private || reading.Danger(n.Text) > reading.Medical || reading.LowWorth(n.Text) || reading.Weary(n.Text)
	})
}

// alone says a text of care and nothing else, or a short line where it was said
// not long ago. What was written is no answer. The question that was open stays on
// screen, and until it is answered plainly nothing is asked.
func (h *handling) alone(key, text string) error {
	h.confide(text)
	if h.p.Care.lately(key, h.now) {
		h.shortLine()
	} else {
		f := h.contacts()
		f["open"] = h.asking() != ""
		h.say("safety."+key, f)
		h.p.Care.told(key, h.now)
	}
	if h.asking() != "" {
		h.p.Care.Listening, h.p.Care.Waits = true, true
	}
	return h.flush(nil)
}

// tellsWish is what somebody says who tells of more than a feeling.
var tellsWish = regexp.MustCompile(`(?i)\b(?:want|wanna|would like|become|goals?|promot\w*|career|learn|plan|job|years)\b`)

// felt meets words of feeling that answer nothing with one kind line, unless one
// was said to them already.
func (h *handling) felt(text string) error {
	h.confide(text)
	switch {
	case len(h.lines) > 0:
	case h.p.Care.lately("warm", h.now):
		h.shortLine()
	default:
		h.careful("warm")
	}
	return h.flush(nil)
}

// crossed reports whether a text was sent before the question whether they are
// safe was on screen, where nothing has been said since.
func (h *handling) crossed() (bool, error) {
	if h.e.TS == "" || h.p.Care.Row == 0 || h.p.Care.Row != h.p.Rows {
		return false, nil
	}
	rows, err := h.own().rows()
	if err != nil {
		return false, err
	}
	if i := slices.IndexFunc(rows, func(r store.Row) bool { return r.Seq == h.p.Care.Row && r.Parked == "" }); i >= 0 {
		return !rows[i].Attempting || h.e.At.Before(rows[i].Created), nil
	}
	d, err := h.own().delivered()
	return err == nil && d.Last != "" && h.e.TS < d.Last, err
}

// listenTo listens because somebody asks for nothing else.
func (h *handling) listenTo(text string, concern reading.Concern) error {
	h.confide(text)
	h.beginListening()
	if concern == reading.Harassment {
		f := h.contacts()
		f["open"] = false
		h.say("safety.harassment", f)
		h.p.Care.told("harassment", h.now)
	}
	if err := h.retire(""); err != nil {
		return err
	}
	h.closeTalks(func(fr dialogue.Frame) bool { return fr.Flow == "low" || fr.Flow == outFlow })
	h.setAside()
	h.p.Dialogue.Paused = len(h.p.Dialogue.Stack) > 0
	return h.flush(nil)
}

var (
	saysNo     = regexp.MustCompile(`(?i)^\W*(?:no|nope|nah|nein|not really|not literally|of course not|never)\b`)
	justSaying = regexp.MustCompile(`(?i)\b(?:joking|kidding|figure of speech|way of speaking|way of talking|a saying|just saying|exaggerat\w+|venting|didn'?t mean|did not mean|not literally|long day|long week|just tired)\b`)
)

// literally takes what is written at the question whether words were meant
// literally. A second sign of distress, and not knowing, are a yes; whatever says
// neither is asked about once more, with whom to call, and is a yes after that.
func (h *handling) literally(text string, concern reading.Concern) (done bool, err error) {
	a, _ := reading.YesNo(text)
	_, _, isCommand := reading.ReadCommand(text)
	switch {
	case concern == reading.UnclearCrisis:
		h.confide(text)
		h.e.Text = "yes"
		return false, nil
	case concern > reading.NoConcern, h.c.book.Matches(&h.p.Dialogue, text), isCommand && a != reading.Unsure:
		return false, nil
	case saysNo.MatchString(text), justSaying.MatchString(text):
		h.confide(text)
		h.e.Text = "no"
		return false, nil
	case a == reading.Yes && !reading.Nods(text):
		return false, nil
	case a == reading.Unsure, a == reading.Partly, h.p.Care.lately("literal_again", h.now):
		h.confide(text)
		h.e.Text = "yes"
		return false, nil
	case reading.Weary(text), reading.LowWorth(text), reading.GoesOn(text), strings.TrimSpace(text) == "?":
		return false, nil
	}
	h.careful("literal_again")
	h.confide(text)
	return true, h.reask()
}
