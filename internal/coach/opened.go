package coach

import (
	"slices"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
)

// opened shows somebody who opens the tab what is known now, and welcomes
// whoever opens the tab or the DM for the first time: once, and then never
// again until they say or tap something.
func (h *handling) opened() error {
	switch h.e.Action {
	case chat.TabHome:
		h.p.Home.Opened, h.p.Home.Notice = true, ""
	case chat.TabMessages:
	default:
		return nil
	}
	if !h.p.Home.Welcomed.IsZero() || !h.unspoken() || h.p.Rows > 0 {
		h.same = h.e.Action == chat.TabMessages
		return nil
	}
	if h.e.Channel != "" {
		h.meets(h.e.Channel)
	}
	h.p.Home.Welcomed = h.now.UTC()
	return h.postWelcome("welcome.hello", h.welcomeChoices())
}

func (h *handling) postWelcome(key string, choices []chat.Choice) error {
	m := chat.Message{Blocks: dialogue.Blocks(h.c.text(key, h.fields()))}
	m.Ask = &chat.Ask{ID: welcomeKey, Choices: choices}
	return h.post(m, false, []string{welcomeKey})
}

// welcomeChoices are what can be tapped under the welcome.
func (h *handling) welcomeChoices() []chat.Choice {
	choice := func(verb string) chat.Choice {
		return chat.Choice{Value: welcomeKey + ":" + verb, Label: h.c.text("welcome.button_"+verb, h.fields())}
	}
	start := choice("start")
	start.Primary = true
	return []chat.Choice{start, choice("look"), choice("later"), choice("thorough")}
}

// clickWelcome takes a tap under the welcome.
func (h *handling) clickWelcome(verb string) error {
	known := func(c chat.Choice) bool { return c.Value == welcomeKey+":"+verb }
	if !h.waits(welcomeKey) || !slices.ContainsFunc(h.welcomeChoices(), known) {
		return h.stale()
	}
	label := h.c.text("welcome.button_"+verb, h.fields())
	if err := h.closeWelcome(label); err != nil {
		return err
	}
	switch verb {
	case "start":
		return h.begin()
	case "thorough":
		return h.beginBy("thorough")
	case "look":
		choices := h.welcomeChoices()
		return h.postWelcome("welcome.look", []chat.Choice{choices[0], choices[2], choices[3]})
	}
	h.noNews()
	h.say("welcome.later", nil)
	return h.flush(nil)
}

// closeWelcome takes the buttons off the welcome; label says what was tapped, ""
// when something else was said.
func (h *handling) closeWelcome(label string) error {
	note := ""
	if label != "" {
		note = h.c.text("say.answered", h.with(map[string]any{"words": label}))
	}
	return h.closeScreens(welcomeKey, note)
}

// begin opens the first talk for somebody who has been welcomed: that told them
// already what the talk begins with, so it goes on as if they had chosen the quick way.
func (h *handling) begin() error { return h.beginBy("quick") }

// beginBy is begin, by one of the ways that the first question offers.
func (h *handling) beginBy(way string) error {
	if h.p.First.Instance != "" {
		return h.steerContinue()
	}
	if h.p.Home.Welcomed.IsZero() {
		return h.start(firstFlow, dialogue.Picked{})
	}
	if err := h.closeWelcome(""); err != nil {
		return err
	}
	first := h.opening(firstFlow, dialogue.Picked{})
	r := h.c.book.Start(&h.p.Dialogue, first, h.input(""), h.envOf(append(h.p.Dialogue.Stack[:len(h.p.Dialogue.Stack):len(h.p.Dialogue.Stack)], first)))
	asked := h.p.Dialogue.Asked
	if asked == nil || asked.Key.Step != firstFlow+".start" {
		return h.follow(r) // the flow begins otherwise in the operator's words
	}
	in := h.input("")
	in.Seq, in.Values = asked.Seq, []string{way}
	started := h.c.book.Turn(&h.p.Dialogue, in, h.env())
	if started.Stale {
		return h.follow(r)
	}
	started.Said = "" // that question was never on screen
	return h.follow(started)
}
