package coach

import (
	"regexp"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// Edit is a change of the plan that somebody has asked for in words, and that
// waits for their yes.
type Edit struct {
	Kind  string     `cbor:"1,keyasint"`
	Items []EditItem `cbor:"2,keyasint,omitempty"` // what may be meant; one: yes or no
	Words string     `cbor:"3,keyasint,omitempty"` // what was asked for
	Date  civil.Date `cbor:"4,keyasint,omitzero"`
	// Wish is what was wanted about a review besides its day, see wishItem; Settled
	// says that the day was kept, and may still be put right.
	Wish    string `cbor:"6,keyasint,omitempty"`
	Settled bool   `cbor:"7,keyasint,omitempty"`
	// Closes are the gaps that a goal shall close from now on.
	Closes []string `cbor:"5,keyasint,omitempty"`
}

// The kinds of edits.
const (
	editRemove = "remove" // something is taken off the plan
	editCloses = "closes" // a goal closes other gaps than it does
	editAdd    = "add"    // words are put somewhere
	editUndo   = "undo"   // something that was ticked off is open again
	editReview = "review" // the next review is on another day
	editName   = "name"   // what the person is called
	editRename = "rename" // a goal in other words
)

// EditItem is one thing that an edit may be about.
type EditItem struct {
	What string `cbor:"1,keyasint"`
	ID   string `cbor:"2,keyasint,omitempty"`
	// Label is what it is called: marked text.
	Label string `cbor:"3,keyasint,omitempty"`
	// Key is the answer that it is an entry of.
	Key dialogue.Key `cbor:"4,keyasint,omitzero"`
}

// editKey marks what can be tapped below an edit.
const editKey = "e"

// editTexts are what is said about edits, each with the fields it fills in.
const editTexts = `
edit.remove words
edit.which
edit.not_found words more
edit.removed words
edit.kept
edit.gone
edit.closes words old new
edit.closes_set words new
edit.rename old new
edit.renamed new
edit.none
edit.add words
edit.added_list words
edit.added_note words
edit.add_what
edit.undo words
edit.undone words
edit.undone_goal goal
edit.undone_gap gap
edit.nothing_done
edit.review date day
edit.call name
edit.called name
edit.gap words
edit.goal words
edit.step words goal
edit.todo words
edit.entry words
edit.risk words
edit.alternative words
edit.note words
edit.button_neither
edit.button_list
edit.button_goal
edit.button_note
edit.button_undo
edit.button_done
edit.button_here
home.button_undo
`

// edits takes what somebody asks in plain words about the plan itself: to take
// something off it, to put something in, to take a "done" back.
func (h *handling) edits(text string) (done bool, err error) {
	if h.p.Crisis || len(text) > 300 || strings.Contains(strings.TrimSpace(text), "\n") {
		return false, nil
	}
	if mindAlone.MatchString(text) && h.asking() == "" && !h.unspoken() {
		h.say("say.change_target", nil)
		return true, h.flush(nil)
	}
	for _, take := range []func(string) (bool, error){h.takesBackDone, h.callsMe, h.unlinks, h.removesNamed, h.addsEntry, h.addsWords} {
		if done, err := take(text); done || err != nil {
			return done, err
		}
	}
	return false, nil
}

// mindAlone is "I changed my mind" without what it is now.
var mindAlone = regexp.MustCompile(`(?i)^\W*(?:(?:actually|no|wait|hang on|hmm+|oh)\W+)*i(?:['’]?ve| have)? chang(?:ed|e) my mind(?: again)?\W*$`)

// offerEdit puts an edit before the person. The question on screen waits below.
func (h *handling) offerEdit(e Edit, key string, fields map[string]any, choices ...chat.Choice) error {
	if err := h.letEditGo(); err != nil {
		return err
	}
	h.p.Edit = &e
	if len(choices) == 0 {
		choices = []chat.Choice{{Value: "e:0", Label: h.c.text("talk.button_yes", nil)}, {Value: "e:no", Label: h.c.text("talk.button_no", nil)}}
	}
	h.say(key, fields)
	m := chat.Message{}
	for _, l := range h.lines {
		m.Blocks = append(m.Blocks, dialogue.Blocks(l)...)
	}
	h.lines = nil
	m.Ask = &chat.Ask{ID: "e" + itoa(int(h.p.Rows)), Choices: choices}
	return h.post(m, false, []string{editKey})
}

// whichOf are buttons for the things that an edit may be about.
func (h *handling) whichOf(items []EditItem) []chat.Choice {
	var out []chat.Choice
	for i, it := range items {
		out = append(out, chat.Choice{Value: "e:" + itoa(i), Label: clip(dialogue.Unmark(it.Label), 75), Own: true})
	}
	return append(out, chat.Choice{Value: "e:no", Label: h.c.text("edit.button_neither", h.fields())})
}

// letEditGo ends an edit that was not answered.
func (h *handling) letEditGo() error {
	if h.p.Edit == nil || h.p.Edit.Settled {
		h.p.Edit = nil
		return nil
	}
	if e := h.p.Edit; e.Kind == editReview || e.Kind == editAdd || e.Kind == editUndo {
		h.note(e.Words)
	}
	h.p.Edit = nil
	return h.closeScreens(editKey, h.c.text("edit.kept", h.fields()))
}

// settleEdit reads a text as the answer to an edit; false means that it is
// something else, and the edit is let go.
func (h *handling) settleEdit(text string) (done bool, err error) {
	e := h.p.Edit
	if e == nil {
		return false, nil
	}
	if e.Settled {
		h.p.Edit = nil
		if _, refuses := reading.Rejection(text); !refuses && !reading.TakesBack(text) {
			return false, nil
		}
		h.p.Edit = e
		done, err := h.anotherDay(text)
		if !done {
			h.p.Edit = nil
		}
		return done, err
	}
	if e.Kind == editReview {
		if done, err := h.anotherDay(text); done || err != nil {
			return done, err
		}
	}
	if id, ok := reading.Choose(text, h.editOptions(*e)); ok {
		return true, h.clickEdit(id)
	}
	switch a, note := reading.YesNo(text); {
	case a == reading.No && (note == "" || leavesAll.MatchString(text)):
		return true, h.clickEdit("no")
	case a == reading.Yes && note == "" && (len(e.Items) <= 1 || e.Kind == editUndo):
		return true, h.clickEdit("0")
	}
	return false, h.letEditGo()
}

// editOptions are what can be typed below an edit besides yes and no.
func (h *handling) editOptions(e Edit) []reading.Option {
	switch e.Kind {
	case editAdd:
		return []reading.Option{
			{ID: "list", Label: h.c.text("edit.button_list", h.fields()), Also: []string{"list", "my list", "to do", "on the list"}},
			{ID: "goal", Label: h.c.text("edit.button_goal", h.fields()), Also: []string{"goal", "a goal"}},
			{ID: "note", Label: h.c.text("edit.button_note", h.fields()), Also: []string{"note", "a note"}},
		}
	case editUndo:
		return []reading.Option{
			{ID: "0", Label: h.c.text("edit.button_undo", h.fields()), Also: []string{"undo", "take it back"}},
			{ID: "no", Label: h.c.text("edit.button_done", h.fields()), Also: []string{"it is done", "done"}},
			{ID: "here", Label: h.c.text("edit.button_here", h.fields()), Also: []string{"here", "my answer"}},
		}
	}
	if len(e.Items) < 2 {
		return nil
	}
	var out []reading.Option
	for i, it := range e.Items {
		out = append(out, reading.Option{ID: itoa(i), Label: dialogue.Unmark(it.Label)})
	}
	return append(out, reading.Option{ID: "no", Label: h.c.text("edit.button_neither", h.fields()), Also: []string{"none", "neither", "nothing", "no one", "none of them"}})
}

// clickEdit settles an edit: with the number of what is meant, or "no".
func (h *handling) clickEdit(id string) error {
	e := h.p.Edit
	if e == nil || e.Settled {
		return h.stale()
	}
	h.p.Edit = nil
	if id == "no" {
		if err := h.closeScreens(editKey, h.c.text("edit.kept", h.fields())); err != nil {
			return err
		}
		if e.Kind == editReview || e.Kind == editUndo {
			h.note(e.Words)
		}
		return h.reask()
	}
	if err := h.closeScreens(editKey, ""); err != nil {
		return err
	}
	switch e.Kind {
	case editAdd:
		return h.addTo(id, e.Words)
	case editUndo:
		if id == "here" {
			return h.answersHere(e.Words)
		}
		return h.reopen(e.Items[0].ID)
	case editReview:
		if e.Wish != "" {
			return h.dated(e.Date, parseWishItem(e.Wish))
		}
		return h.setReview(e.Date)
	case editName:
		h.called(e.Words)
		return h.reask()
	}
	n := atoi(id)
	if n >= len(e.Items) {
		return h.stale()
	}
	switch e.Kind {
	case editRename:
		return h.rename(e.Items[n], e.Words)
	case editCloses:
		return h.setCloses(e.Items[n], e.Closes)
	}
	return h.remove(e.Items[n])
}

// answersHere takes words that waited below an edit for the answer on screen.
func (h *handling) answersHere(words string) error {
	r := h.c.book.Turn(&h.p.Dialogue, h.input(words), h.env())
	if r.Nothing {
		h.note(words)
		return h.flush(nil)
	}
	return h.follow(r)
}

var (
	callMe = regexp.MustCompile(`(?i)^\W*(?:(?:hi|hello|hey|please|actually|btw|just|oh|and|no|sor+y)\W+)*(?:(?:you (?:can|may) |pls |please )?call me|my name(?:['’]?s| is)(?: actually| not \S+ (?:but|it['’]?s))?|i go by|(?:people|friends|everybody|everyone) calls? me)\s+([\p{L}][\p{L}'’. -]{0,38}?)(?:\s+(?:please|thanks?))?[\s.!]*$`)
	iAm    = regexp.MustCompile(`(?i)^\W*(?:(?:hi|hello|hey|oh|and)\W+)*(?:i['’]?m|i am)\s+([\p{L}][\p{L}'’-]{1,20})[\s.!]*$`)
	// callTimes are what people want to be called besides names: "call me later".
	callTimes = regexp.MustCompile(`(?i)^(?:back|later|again|tomorrow|now|when|if|at|on|in|a|an|the|crazy|old|stupid|names?|maybe|whatever|anything|not)\b`)
)

// callsMe takes "call me Tom": the name that the coach uses from then on. "I'm
// Dani" is one where it begins the name that the platform knows, and is asked
// about at the beginning.
func (h *handling) callsMe(text string) (done bool, err error) {
	if m := callMe.FindStringSubmatch(text); m != nil && !callTimes.MatchString(m[1]) && len(strings.Fields(m[1])) <= 3 {
		h.called(m[1])
		return true, h.reask()
	}
	m := iAm.FindStringSubmatch(text)
	if m == nil {
		return false, nil
	}
	name := strings.ToLower(m[1])
	for _, part := range strings.Fields(strings.ToLower(h.p.Name)) {
		if len(name) > 2 && strings.HasPrefix(part, name) {
			h.called(m[1])
			return true, h.reask()
		}
	}
	if h.asking() != firstFlow+".start" || !isName(m[1]) {
		return false, nil
	}
	return true, h.offerEdit(Edit{Kind: editName, Words: m[1]}, "edit.call", map[string]any{"name": dialogue.Words(capital(m[1]))})
}

// notNames are what people say they are besides a name: how they feel, where they
// stand.
var notNames = regexp.MustCompile(`(?i)^(?:ready|here|back|fine|good|ok|okay|well|in|out|done|lost|new|curious|unsure|sure|sorry|glad|happy|unhappy|content|not|so|very|an?|the|great|bad|alone|old|young|free|nervous|anxious|afraid|angry|mad|sad|sick|ill|late|busy|stuck|still|just|also|too|like|where|.*ing|.*ed)$`)

// isName reports whether the word behind "I'm" can be a name.
func isName(word string) bool { return !notNames.MatchString(word) }

// called makes a name the one that the coach uses.
func (h *handling) called(name string) {
	h.p.Called = capital(strings.TrimRight(strings.TrimSpace(name), ".!,"))
	h.say("edit.called", map[string]any{"name": dialogue.Words(h.p.Called)})
}

// capital is a name as it is written: with a capital letter where it came without.
func capital(name string) string {
	if name == strings.ToLower(name) && name != "" {
		rs := []rune(name)
		return strings.ToUpper(string(rs[0])) + string(rs[1:])
	}
	return name
}

// calledName is what the person is called.
func (p *Person) calledName() string {
	if p.Called != "" {
		return p.Called
	}
	return p.Name
}

// setReview dates the next review and says so.
func (h *handling) setReview(on civil.Date) error {
	if r, ok := career.NextReview(h.p.Plan, h.today()); ok && h.moveReview(r, on) {
		return h.reask()
	}
	r, err := h.p.Plan.SetReview(on, true, h.local())
	if err != nil {
		h.say("edit.gone", nil)
		return h.reask()
	}
	h.say("plan.review", map[string]any{"date": r.Date.Long()})
	h.p.Edit = &Edit{Kind: editReview, Date: on, Settled: true}
	return h.reask()
}

// anotherDay takes "no, the 12th" below the day of a review.
func (h *handling) anotherDay(text string) (done bool, err error) {
	on, ok := dialogue.SameMonth(text, h.p.Edit.Date)
	if !ok {
		a, note := reading.YesNo(text)
		if note == "" || a == reading.Yes {
			return false, nil
		}
		span, found := reading.Deadline(note, reading.DateOptions{Now: h.local(), DayFirst: reading.DateFromLocale(h.p.Locale)})
		if !found || span.Past || len(span.Ambiguous) > 0 {
			return false, nil
		}
		on = span.Latest
	}
	if on.Before(h.today()) {
		return false, nil
	}
	words, wish := h.p.Edit.Words+"\n"+text, h.p.Edit.Wish
	h.p.Edit.Words = "" // they go on with the other day
	return true, h.askReview(on, words, wish)
}

// askReview asks before the next review is dated.
func (h *handling) askReview(on civil.Date, words, wish string) error {
	day := ""
	if dialogue.Weekend(on) {
		day = on.Weekday().String()
	}
	return h.offerEdit(Edit{Kind: editReview, Date: on, Words: strings.TrimSpace(words), Wish: wish}, "edit.review", map[string]any{"date": on.Long(), "day": day})
}

// openGap is a gap that is not closed.
func openGap(g career.Gap) bool { return g.Closed.IsZero() }
