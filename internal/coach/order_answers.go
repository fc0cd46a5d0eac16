package coach

import (
	"strings"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// unknown says that an order makes no sense, and which one is nearest or what
// there is.
func (h *handling) unknown(words string) error {
	near, ok := nearestOrder(words)
	if h.e.Kind == chat.Command && h.e.Text != "" {
		words = h.e.Text // as it was typed
	}
	blocks := dialogue.Blocks(h.c.text("order.unknown", h.with(map[string]any{"words": dialogue.Words(clip(words, 200)), "near": near})))
	if !ok {
		return h.tell(append(blocks, dialogue.Blocks(h.c.text("order.help", h.fields()))...))
	}
	row := chat.Block{Kind: chat.Buttons, ID: "order", Choices: []chat.Choice{{Value: "c:" + near, Label: near}}}
	return h.tell(append(blocks, row))
}

// nearestOrder is the order that mistyped words are most like. What follows an
// order is not looked at, and nothing that deletes is suggested by a tap.
func nearestOrder(text string) (string, bool) {
	said := strings.Fields(text)
	var names []string
	for _, o := range orders() {
		if o.words[0] != "delete" && o.words[0] != "win" {
			names = append(names, o.words[0])
		}
	}
	for n := min(len(said), 2); n > 0; n-- {
		typed := strings.Join(said[:n], " ")
		if near, ok := reading.Nearest(typed, names); ok && near != strings.ToLower(typed) { // otherwise it is the rest that makes no sense
			return near, true
		}
	}
	return "", false
}

// tell shows blocks: in the reply to a command, in the DM otherwise.
func (h *handling) tell(blocks []chat.Block) error {
	if len(blocks) == 0 {
		return nil
	}
	if !h.whispers {
		return h.post(chat.Message{Blocks: blocks}, false, nil)
	}
	if h.reply.Message == nil {
		h.reply.Message = &chat.Message{}
	}
	h.reply.Message.Blocks = append(h.reply.Message.Blocks, blocks...)
	return nil
}

func (h *handling) tellText(key string) error {
	return h.tell(dialogue.Blocks(h.c.text(key, h.fields())))
}

// wantsForm opens a form, or where a message asked for it, offers the button
// that does.
func (h *handling) wantsForm(name, meta string) error {
	if h.e.Kind == chat.Command || h.e.Kind == chat.Click {
		h.reply.Form = h.openForm(name, meta)
		return nil
	}
	label := h.plain("form."+name+".name", nil)
	if name == "goal" && meta == "" {
		label = h.plain("form.goal.name_new", nil)
	}
	blocks := dialogue.Blocks(h.c.text("form.offer", h.fields()))
	return h.tell(append(blocks, chat.Block{Kind: chat.Buttons, ID: "form", Choices: []chat.Choice{{Value: strings.TrimSuffix("form:"+name+":"+meta, ":"), Label: label}}}))
}

func formOrder(name string) func(*handling, string) error {
	return func(h *handling, _ string) error { return h.wantsForm(name, "") }
}

func planOrder(h *handling, _ string) error {
	return h.tell(append(h.planCard(h.currentPlan()), h.standing()...))
}

// reviewOrder is what to bring to the next review, and what can be done with it.
func reviewOrder(h *handling, _ string) error {
	return h.tell(append(h.reviewCard(), h.reviewButtons()))
}

// shownWinsAsked is how many wins are listed for who asks for them.
const shownWinsAsked = 15

// winsOrder lists the wins, the latest first.
func winsOrder(h *handling, _ string) error {
	c := &card{h: h}
	wins := h.p.Plan.Wins
	var items []string
	for i := len(wins) - 1; i >= 0 && len(items) < shownWinsAsked; i-- {
		items = append(items, h.winText(wins[i]))
	}
	if len(items) == 0 {
		c.line("order.wins_none", nil)
	} else {
		c.heading("order.wins", map[string]any{"n": itoa(len(wins))})
		c.bullets(items)
	}
	c.blocks = append(c.blocks, chat.Block{Kind: chat.Buttons, ID: "form", Choices: []chat.Choice{{Value: "form:win", Label: h.plain("form.win.name", nil)}}})
	return h.tell(c.blocks)
}

// winOrder keeps a win, or opens the form for one.
func winOrder(h *handling, words string) error {
	if reading.Clean(words) == "" {
		h.shows = true
		return h.wantsForm("win", "")
	}
	return h.tell(dialogue.Blocks(h.win(words)))
}

func pauseOrder(h *handling, arg string) error {
	h.keeps = true // also of somebody who has not said anything else
	for _, w := range []string{"until ", "till ", "for ", "to "} {
		if len(arg) > len(w) && strings.EqualFold(arg[:len(w)], w) {
			arg = arg[len(w):]
			break
		}
	}
	return h.pause(strings.TrimSpace(arg))
}

// resumeOrder ends a pause and goes on with what was paused.
func resumeOrder(h *handling, _ string) error {
	h.keeps = true
	if h.p.Crisis || h.p.Care.Listening {
		return h.goOn(string(reading.Continue))
	}
	h.endRest()
	if h.p.Dialogue.Top() != nil {
		return h.steerContinue()
	}
	return h.tellText("home.resumed")
}

func practiseOrder(h *handling, _ string) error { return h.start("practise", dialogue.Picked{}) }

func prepareOrder(h *handling, _ string) error { return h.start("prepare", dialogue.Picked{}) }
