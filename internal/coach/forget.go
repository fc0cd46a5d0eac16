package coach

import (
	"slices"
	"strings"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// Messages with these keys wait for a tap; see Screen.Keys.
const (
	welcomeKey = "w"
	forgetKey  = "f:" // and the id of the message that was taken back
)

// deleted offers to forget the answer that came in a message which the person
// has taken back. A message that answered nothing, or an answer that was changed
// since, needs no question.
func (h *handling) deleted() error {
	key := forgetKey + h.e.TS
	if h.p.Crisis || h.waits(key) {
		return nil
	}
	question, ok := h.c.book.Held(&h.p.Dialogue, h.input(""), h.env())
	if !ok {
		return nil
	}
	if blocks := dialogue.Blocks(question); len(blocks) > 0 { // what leads to the question is not needed again
		question = dialogue.Words(chat.PlainSpans(blocks[len(blocks)-1].Spans))
	}
	m := chat.Message{Blocks: dialogue.Blocks(h.c.text("forget.ask", h.with(map[string]any{"question": question})))}
	m.Ask = &chat.Ask{ID: key, Choices: h.forgetChoices(h.e.TS)}
	return h.post(m, false, []string{key})
}

func (h *handling) forgetChoices(ts string) []chat.Choice {
	return []chat.Choice{
		{Value: "f:forget:" + ts, Label: h.c.text("forget.button_forget", h.fields())},
		{Value: "f:keep:" + ts, Label: h.c.text("forget.button_keep", h.fields())},
	}
}

// clickForget takes a tap under the offer: "<verb>:<id of the message>".
func (h *handling) clickForget(rest string) error {
	verb, ts, _ := strings.Cut(rest, ":")
	known := func(c chat.Choice) bool { return c.Value == "f:"+rest }
	if !h.waits(forgetKey+ts) || !slices.ContainsFunc(h.forgetChoices(ts), known) {
		return h.stale()
	}
	note := h.c.text("say.answered", h.with(map[string]any{"words": h.c.text("forget.button_"+verb, h.fields())}))
	if err := h.closeScreens(forgetKey+ts, note); err != nil {
		return err
	}
	if verb != "forget" {
		h.say("forget.kept", nil)
		return h.flush(nil)
	}
	in := h.input("")
	in.TS = ts
	r, ok := h.c.book.Forget(&h.p.Dialogue, in, h.env())
	if !ok {
		h.say("forget.gone", nil)
		return h.flush(nil)
	}
	h.say("forget.done", nil)
	return h.follow(r)
}

// typedChoice takes a text for a choice under the welcome or under an offer to
// forget, by its label; of the welcome also by its number and by what means the
// same where the first talk asks.
func (h *handling) typedChoice(text string) (done bool, err error) {
	for _, s := range slices.Backward(slices.Clone(h.p.Screens)) {
		for _, key := range s.Keys {
			choices, numbers := []chat.Choice(nil), false
			switch ts, forget := strings.CutPrefix(key, forgetKey); {
			case key == welcomeKey:
				choices, numbers = h.welcomeChoices(), true
			case forget:
				choices = h.forgetChoices(ts)
			}
			for i, c := range choices {
				kind, rest, _ := strings.Cut(c.Value, ":")
				also := numbers && (strings.TrimSpace(text) == itoa(i+1) || h.alsoWelcome(rest, text))
				if same(text, c.Label) || also {
					if kind == welcomeKey {
						return true, h.clickWelcome(rest)
					}
					return true, h.clickForget(rest)
				}
			}
		}
	}
	return false, nil
}

// alsoWelcome reports whether a text is another way to say a choice of the
// welcome, as the first question of the first talk has it.
func (h *handling) alsoWelcome(verb, text string) bool {
	s, ok := h.c.book.Step(firstFlow + ".start")
	if !ok {
		return false
	}
	for _, c := range s.Choices {
		if c.ID == verb && slices.ContainsFunc(c.Also, func(w string) bool { return same(text, w) }) {
			return true
		}
	}
	return false
}

// same reports whether a text is a label, whatever its case and its marks.
func same(text, label string) bool {
	bare := func(s string) string { return strings.Trim(strings.ToLower(reading.Clean(s)), " .!") }
	return bare(text) == bare(label)
}
