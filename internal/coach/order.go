package coach

import (
	"slices"
	"strings"

	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// An order is something that can be asked for by a slash command, by the same
// words in the DM, or by a tap that repeats them.
//
// The answer to a slash command rides in its acknowledgement: only that person
// sees it, it cannot be edited, and it is gone after a while. So nothing in it
// depends on its staying: its buttons open a form or say everything they need.
type order struct {
	words []string // what it is called, the first of them in suggestions
	run   func(h *handling, arg string) error
	arg   bool // something may follow the words
	shows bool // nothing changes by it
	asks  bool // the question on screen is put again by itself
}

// orders are what `/career` understands.
func orders() []order {
	return []order{
		{words: []string{"plan", "show", "show plan", "my plan"}, run: planOrder, shows: true},
		{words: []string{"goals all", "all goals", "goal all"}, run: goalsAllOrder, shows: true},
		{words: []string{"goals done", "goal done", "done"}, run: doneOrder, arg: true},
		{words: []string{"goal add", "goals add", "add goal", "add a goal", "new goal", "goal new", "goals new"}, run: goalAddOrder, arg: true},
		{words: []string{"goal edit", "goals edit", "edit goal", "edit goals", "change goal"}, run: goalEditOrder, arg: true},
		{words: []string{"goals", "goal", "status"}, run: goalsOrder, arg: true, shows: true},
		{words: []string{"review"}, run: reviewOrder, shows: true},
		{words: []string{"review date", "date review", "set review"}, run: formOrder("review"), shows: true},
		{words: []string{"backup", "plan b"}, run: func(h *handling, _ string) error { return h.tell(h.backupCard()) }, shows: true},
		{words: []string{"wins", "my wins", "show wins", "show my wins", "list wins"}, run: winsOrder, shows: true},
		{words: []string{"win"}, run: winOrder, arg: true},
		{words: []string{"pay form", "pay comparison", "compare pay"}, run: formOrder("pay"), shows: true},
		{words: []string{"settings", "my settings", "preferences", "change settings", "open settings"}, run: formOrder("settings"), shows: true},
		{words: []string{"pause"}, run: pauseOrder, arg: true},
		{words: []string{"resume", "continue", "unpause"}, run: resumeOrder},
		{words: []string{"timeline", "my timeline", "show timeline", "show my timeline"}, run: func(h *handling, _ string) error { return h.timeline() }, asks: true},
		{words: []string{"export"}, run: (*handling).export, arg: true, asks: true},
		{words: []string{"delete"}, run: func(h *handling, _ string) error { return h.deleteForm() }, asks: true},
		{words: []string{"privacy"}, run: func(h *handling, _ string) error { return h.tellText("say.privacy") }, shows: true},
		{words: []string{"help"}, run: func(h *handling, _ string) error { return h.tellText("order.help") }, shows: true},
	}
}

// findOrder is the order that begins a text: that of the most words.
func findOrder(text string) (o order, arg string, ok bool) {
	said := strings.Fields(text)
	for n := min(len(said), 3); n > 0; n-- {
		name := strings.ToLower(strings.Join(said[:n], " "))
		for _, o := range orders() {
			if slices.Contains(o.words, name) {
				return o, afterFields(text, n), true
			}
		}
	}
	return order{}, "", false
}

// afterFields is text without its first n words.
func afterFields(text string, n int) string {
	for range n {
		text = strings.TrimSpace(text)
		i := strings.IndexAny(text, " \t\n")
		if i < 0 {
			return ""
		}
		text = text[i:]
	}
	return strings.TrimSpace(text)
}

// slash is what a command and its argument are as an order: `/goals done 2` is
// "goals done 2"; false for a command that is none of the coach's.
func slash(command, arg string) (text string, ok bool) {
	arg = strings.TrimSpace(arg)
	switch command {
	case "career":
		if arg == "" {
			return "plan", true
		}
		return arg, true
	case "goals":
		return strings.TrimSpace("goals " + arg), true
	case "win":
		if strings.EqualFold(arg, "help") {
			return "help", true
		}
		return strings.TrimSpace("win " + arg), true
	}
	return "", false
}

// command answers a slash command.
func (h *handling) command() error {
	h.heard()
	h.whispers = true
	if reading.Danger(h.e.Text) == reading.Crisis {
		return h.crisisAside()
	}
	text, ok := slash(h.e.Command, h.e.Text)
	if !ok {
		h.shows = true
		return h.unknown(h.e.Command)
	}
	return h.order(text)
}

// crisisAside answers a sign of danger in a command where it was written, and in
// the DM, where it stays.
func (h *handling) crisisAside() error {
	h.whispers = false
	if err := h.crisis(); err != nil {
		return err
	}
	h.reply.Message = &chat.Message{Blocks: dialogue.Blocks(h.c.text("safety.crisis", h.with(h.contacts())))}
	return nil
}

// order carries out a text that is meant to be an order.
func (h *handling) order(text string) error {
	o, arg, ok := findOrder(text)
	if !ok {
		h.shows = true
		return h.unknown(text)
	}
	h.shows = o.shows
	if err := o.run(h, arg); err != nil {
		return err
	}
	if h.whispers && h.reply.Message == nil && h.reply.Form == nil {
		return h.tellText("home.said_dm") // the answer is a question, and that belongs there
	}
	return nil
}

// spokenOrder is the order that a whole message in the DM is. What the coach has
// known all along as words of a talk stays with package reading.
func spokenOrder(text string) (o order, arg string, ok bool) {
	text = strings.TrimSpace(text)
	if name, rest, slashed := strings.Cut(text, " "); strings.HasPrefix(name, "/") {
		name = strings.ToLower(name)
		text, ok = slash(name[strings.LastIndexAny(name, "/-")+1:], rest)
		if !slashed || !ok || strings.HasSuffix(name, "win") {
			return order{}, "", false // reading knows these
		}
		return findOrder(text)
	}
	text = strings.TrimRight(text, " .!?")
	o, arg, ok = findOrder(text)
	if first, _, _ := strings.Cut(text, " "); strings.EqualFold(first, "done") {
		return order{}, "", false // the answer to a reminder
	}
	if !ok || !whole(o.words[0], arg) {
		return order{}, "", false
	}
	return o, arg, true
}

// whole reports whether an order may be read into a message of the DM: without
// a word too many, so that an answer is not taken for one.
func whole(name, arg string) bool {
	switch name {
	case "goals all", "review date", "wins", "pay form", "settings", "timeline":
		return arg == ""
	case "goals done":
		return arg != ""
	case "goal add":
		return true
	case "goal edit":
		return arg == "" || goalNumber(arg) > 0
	case "goals":
		return goalNumber(arg) > 0
	case "export":
		return slices.Contains(files, strings.ToLower(arg))
	}
	return false
}

// typedOrder obeys an order that was written as a message, and puts the question
// on screen again below the answer.
func (h *handling) typedOrder(text string) (done bool, err error) {
	o, arg, ok := spokenOrder(text)
	if !ok {
		return false, nil
	}
	if err := o.run(h, arg); err != nil {
		return true, err
	}
	if o.asks {
		return true, nil
	}
	return true, h.reask()
}

// clickOrder takes a tap that repeats an order: "c:<order>".
func (h *handling) clickOrder(text string) error {
	h.whispers = h.e.TS == "" // a message that only they see
	return h.order(text)
}

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

// reviewOrder is what to bring to the next review, and the form for its date.
func reviewOrder(h *handling, _ string) error {
	row := chat.Block{Kind: chat.Buttons, ID: "form", Choices: []chat.Choice{{Value: "form:review", Label: h.plain("form.review.name", nil)}}}
	return h.tell(append(h.reviewCard(), row))
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
	h.p.Settings.PausedUntil, h.p.Settings.Paused, h.p.Crisis = civil.Date{}, false, false
	h.keeps = true
	if h.p.Dialogue.Top() != nil {
		return h.steerContinue()
	}
	return h.tellText("home.resumed")
}
