package coach

import (
	"strings"
	"time"

	"waymark/internal/career"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// toldWin keeps "win: …" as a win, whatever its length and whatever is asked. A
// sentence without a mark is left to a question that takes any words.
func (h *handling) toldWin(text string) (done bool, err error) {
	words, ok := reading.ReadWin(text)
	if st := &h.p.Dialogue; !ok && (st.Asked == nil || st.Paused) {
		words, ok = reading.BareWin(strings.TrimSpace(text))
	}
	if !ok {
		return false, nil
	}
	if s, open := h.c.book.Step(h.asking()); open && !strings.ContainsAny(text, ":,-–—") && (s.Kind == dialogue.Text || s.Kind == dialogue.List || s.Own) {
		return false, nil
	}
	h.lines = append(h.lines, h.win(words))
	return true, h.reask()
}

// lastWin keeps what was said last as a win: "that was a win". If it had been
// taken for an answer, the question is asked again.
func (h *handling) lastWin(text string) (bool, error) {
	if !reading.KeepsWin(text) {
		return false, nil
	}
	words, answer := h.saidLast()
	if words == "" {
		h.say("wish.win_none", nil)
		return true, h.reask()
	}
	if answer != nil {
		answer.Replaced = true
		h.p.Dialogue.Asked = nil
	}
	if n := len(h.p.Plan.Wins); n > 0 && h.p.Plan.Wins[n-1].Text == words {
		h.say("say.win_again", nil)
		return true, h.comeBack()
	}
	h.p.Plan.AddWin(career.Win{On: civil.Of(h.local()), Text: words})
	h.p.WinAt = h.now.UTC()
	h.say("say.win_kept", map[string]any{"words": dialogue.Words(clip(words, 300))})
	return true, h.comeBack()
}

// recentWords is how long ago something was said that "that" can still mean.
const recentWords = 24 * time.Hour

// saidLast is what the person wrote last that is no command: a note, or an answer
// in own words, which is returned with it while its talk is open.
func (h *handling) saidLast() (words string, answer *dialogue.Answer) {
	var at time.Time
	if notes := h.listable(); len(notes) > 0 {
		words, at = notes[len(notes)-1].Text, notes[len(notes)-1].At
	}
	st := &h.p.Dialogue
	for i := range st.Answers {
		a := &st.Answers[i]
		if a.Replaced || a.Value.Text == "" || len(a.Value.Choices) > 0 || a.At.Before(at) {
			continue
		}
		words, at, answer = a.Words, a.At, nil
		if top := st.Top(); top != nil && top.Instance == a.Key.Instance {
			answer = a
		}
	}
	if h.now.Sub(at) > recentWords {
		return "", nil
	}
	if told, ok := reading.ReadWin(words); ok {
		words = told
	}
	return reading.Clean(words), answer
}
