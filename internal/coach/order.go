package coach

import (
	"regexp"
	"slices"
	"strings"

	"waymark/internal/chat"
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
		{words: []string{"goals undo", "goal undo", "undo"}, run: undoOrder},
		{words: []string{"goals", "goal", "status"}, run: goalsOrder, arg: true, shows: true},
		{words: []string{"review"}, run: reviewOrder, shows: true},
		{words: []string{"review export", "prepare export", "export review", "export my review", "review file"}, run: func(h *handling, _ string) error { return h.reviewExport() }, asks: true},
		{words: []string{"review edit", "prepare edit", "edit review", "edit my review"}, run: formOrder("prepare"), shows: true},
		{words: []string{"practise", "practice", "review practise", "review practice", "prepare practise"}, run: practiseOrder, asks: true},
		{words: []string{"prepare", "prepare review", "review prepare"}, run: prepareOrder, asks: true},
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

// addsGoal is "add shift lead as a goal".
var addsGoal = regexp.MustCompile(`(?i)^\W*(?:please\s+|can you\s+|i want to\s+)*(?:add|put|make|set)\s+(\S.{1,200}?)\s+(?:in\s+)?as\s+(?:an?|my|one more|another|a new|my next)\s+goal$`)

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
	if m := addsGoal.FindStringSubmatch(text); m != nil {
		o, _, ok = findOrder("goal add")
		return o, m[1], ok
	}
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
	case "goals all", "review date", "review export", "review edit", "wins", "pay form", "settings", "timeline":
		return arg == ""
	case "goals undo":
		return false // words in the DM are read with what is asked there
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
