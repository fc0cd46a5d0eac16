package coach

import (
	"strconv"
	"strings"

	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// homeTaps are what the coach's own tab does when something on it is tapped, by
// the part of "h:<verb>:<argument>". What it comes to is shown there; what needs
// an answer is asked in the DM.
var homeTaps = map[string]func(h *handling, arg string) error{
	"done":     (*handling).homeDone,
	"undo":     func(h *handling, _ string) error { return undoOrder(h, "") },
	"continue": func(h *handling, _ string) error { return h.homeTalk() },
	"start":    func(h *handling, _ string) error { return h.homeTalk() },
	"resume":   func(h *handling, _ string) error { return h.homeResume() },
	"look":     func(h *handling, _ string) error { h.lookAround(); return nil },
	"plan":     func(h *handling, _ string) error { h.showPlan(); return nil },
	"more":     (*handling).homeMore,
}

// clickHome takes a tap on the coach's tab: "<verb>:<argument>".
func (h *handling) clickHome(rest string) error {
	verb, arg, _ := strings.Cut(rest, ":")
	tap, ok := homeTaps[verb]
	if !ok {
		return nil // a button of an older version of the tab, which is shown anew
	}
	h.p.Home.Notice, h.inPlace = "", true
	if err := tap(h, arg); err != nil {
		return err
	}
	if h.posted {
		h.notice(h.c.text("home.said_dm", h.fields()))
	}
	return nil
}

// notice adds to what the tab says about the last thing done there.
func (h *handling) notice(text string) {
	if h.p.Home.Notice != "" {
		h.p.Home.Notice += "\n\n"
	}
	h.p.Home.Notice += text
}

func (h *handling) homeDone(id string) error {
	h.p.Reminders.Heard(h.now)
	label := h.c.text("say.answered", h.with(map[string]any{"words": h.c.text("button.done", h.fields())}))
	if err := h.closeMilestone(id, label); err != nil {
		return err
	}
	return h.milestoneDone(id)
}

// homeTalk goes on with the talk in the DM, or begins the first one.
func (h *handling) homeTalk() error {
	h.heard()
	h.endRest()
	h.inPlace = false // the question belongs into the DM, with what leads to it
	if h.p.First.Instance == "" {
		return h.begin()
	}
	if h.p.Dialogue.Top() == nil {
		return nil // answered meanwhile; the tab is shown anew
	}
	return h.steerContinue()
}

func (h *handling) steerContinue() error {
	in := h.input("")
	in.Command = reading.Continue
	return h.follow(h.c.book.Turn(&h.p.Dialogue, in, h.env()))
}

func (h *handling) homeResume() error {
	h.heard()
	h.comesBack()
	h.p.Settings.PausedUntil = civil.Date{}
	h.notice(h.c.text("home.resumed", h.fields()))
	return nil
}

// homeMore turns to a page of goals, counted from 1.
func (h *handling) homeMore(arg string) error {
	n, err := strconv.Atoi(arg)
	if err == nil {
		h.p.Home.Page = min(max(n-1, 0), homePages(h.currentPlan())-1)
	}
	return nil
}

// showPlan opens the whole plan above the tab.
func (h *handling) showPlan() {
	h.shown("plan", "home.plan", h.planCard(h.currentPlan()))
}

// lookAround opens the example above the tab.
func (h *handling) lookAround() {
	h.shown("look", "home.button_look", dialogue.Blocks(h.c.text("welcome.look", h.fields())))
}

// shown opens blocks to be looked at, and nothing else.
func (h *handling) shown(name, title string, blocks []chat.Block) {
	blocks = short(chat.Message{Blocks: blocks}).Blocks
	f := &chat.Form{Name: name, Title: h.c.text(title, h.fields()), Cancel: h.c.text("home.close", h.fields())}
	for i, b := range blocks {
		f.Fields = append(f.Fields, chat.Field{Name: "shown" + itoa(i), Kind: chat.Shown, Block: b})
	}
	h.reply.Form = f
}
