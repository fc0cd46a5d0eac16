package coach

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"waymark/internal/career"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
	"waymark/internal/reminder"
)

// The flows for somebody who wants no more than they name.
const (
	enoughFlow   = "enough"    // content as things are: what was asked for, or on with the questions
	wishFlow     = "wish"      // a review was named in the middle of a talk
	wishOnlyFlow = "wish_only" // a review, and nothing besides
	wishDayFlow  = "wish_day"  // a review whose day is not known yet
)

// wishTexts are what is said about such wishes, each with the fields it fills in.
const wishTexts = `
wish.noted date when
wish.noted_plan date
wish.only when date
wish.fewer date when
wish.held
wish.quiet
wish.moved old date when
wish.which_date
wish.ask_moved old date
wish.writes when
wish.writes_none
wish.writes_more
wish.writes_item date kind
wish.picked
wish.operator
wish.hello date when
wish.closed
wish.complete
wish.no_day
wish.win_none
`

// wishes takes what a person says about wanting no more, and about a review of
// theirs, whatever is asked. It is never the answer to a question that it does
// not fit.
func (h *handling) wishes(text string) (done bool, err error) {
	if h.p.Crisis {
		return false, nil
	}
	w, ok := reading.ReadReviewWish(text)
	content := reading.Content(text)
	if cmd, _, is := reading.ReadCommand(text); is && !(content && cmd == reading.Stop) {
		return false, nil
	}
	switch {
	case ok && w.Held:
		return h.reviewOver(text, content)
	case ok && w.NotNow && h.p.First.Instance != "" && !w.Prepare && !content:
		return false, nil // it answers what is asked
	case ok && h.answersReview(w, text):
		return false, nil
	case ok:
		return h.wishReview(text, w, content)
	case content:
		return h.content(text)
	}
	for _, take := range []func(string) (bool, error){h.fewerReminders, h.movesDate, h.asksWhen, h.asksOperator, h.lastWin} {
		if done, err := take(text); done || err != nil {
			return done, err
		}
	}
	return false, nil
}

// reviewSteps ask about a review themselves.
var reviewSteps = []string{"review.", "after_review.", "wish_day.", "prepare.prep_when", "check_in.", "month.", "quarter."}

// answersReview reports whether a message about a review belongs to the dialogue:
// as the answer to the question on screen, or as a correction of an answer that
// the plan is made of.
func (h *handling) answersReview(w reading.ReviewWish, text string) bool {
	st := &h.p.Dialogue
	if a := st.Asked; a != nil && !st.Paused && slices.ContainsFunc(reviewSteps, func(s string) bool { return strings.HasPrefix(a.Key.Step, s) }) {
		return true
	}
	if w.Prepare || h.p.First.Instance == "" {
		return false
	}
	top := st.Top()
	if top != nil && top.Instance == h.p.First.Instance && reading.Marked(text) {
		return true // "actually my review is in January" is noted for the plan
	}
	v := h.c.book.View(st, h.p.First)
	if value(v, "review_date").Date.IsZero() && value(v, "talk_date").Date.IsZero() {
		return false
	}
	return top == nil && reading.Marked(text) || top != nil && top.Instance == h.p.First.Instance
}

// asking is the step of the question on screen, "" for none.
func (h *handling) asking() string {
	if a := h.p.Dialogue.Asked; a != nil && !h.p.Dialogue.Paused {
		return a.Key.Step
	}
	return ""
}

// content takes "I am happy as I am": a complete answer, with the choice to leave
// it at that.
func (h *handling) content(text string) (bool, error) {
	top := h.p.Dialogue.Top()
	switch step := h.asking(); {
	case step == "have.change":
		return true, h.choose("no", text)
	case strings.HasPrefix(step, enoughFlow+"."), strings.HasPrefix(step, wishFlow+"."), strings.HasPrefix(step, wishOnlyFlow+"."):
		return true, h.choose("only", text)
	case strings.HasPrefix(step, "content."):
		return false, nil
	case strings.HasPrefix(step, "prepare."), strings.HasPrefix(step, "practise."), strings.HasPrefix(step, "review."):
		h.note(text)
		if refusesMore.MatchString(text) {
			return true, h.endKindly(text)
		}
		return true, h.steer(reading.Skip) // nothing of that kind
	case top == nil && (h.p.First.Instance != "" || h.p.Plan.Content || !h.p.Plan.Confirmed.IsZero()):
		return false, nil
	}
	if slices.ContainsFunc(h.p.Dialogue.Past, func(fr dialogue.Frame) bool { return fr.Flow == enoughFlow && !fr.Closed.Before(h.p.First.Opened) }) {
		h.note(text)
		if err := h.retire(""); err != nil {
			return true, err
		}
		h.onlyAsked() // it was asked once already
		return true, h.flush(nil)
	}
	h.note(text)
	return true, h.start(enoughFlow, dialogue.Picked{})
}

// refusesMore is said by somebody who wants no more questions, rather than
// nothing of what was asked for.
var refusesMore = regexp.MustCompile(`(?i)\b(?:stop|leave me|let me be|no more questions|enough|don'?t want|do not want)\b`)

// choose answers the question on screen with one of its choices; the words are
// kept.
func (h *handling) choose(id, words string) error {
	h.note(words)
	in := h.input("")
	in.Seq, in.Values = h.p.Dialogue.Asked.Seq, []string{id}
	return h.follow(h.c.book.Turn(&h.p.Dialogue, in, h.env()))
}

// wishReview keeps a review that was named, and offers to prepare for it.
func (h *handling) wishReview(text string, w reading.ReviewWish, content bool) (bool, error) {
	span, found := reading.Deadline(w.When, reading.DateOptions{Now: h.local(), DayFirst: reading.DateFromLocale(h.p.Locale)})
	known, has := career.NextReview(h.p.Plan, h.today())
	only := w.Only || content
	quiet := w.Quiet || (content || w.NotNow) && !w.Prepare
	switch {
	case !found && !w.Prepare && w.Before == 0:
		if content {
			return h.content(text)
		}
		return false, nil
	case !found && has && w.Before == 0:
		h.note(text)
		if content {
			h.say("wish.complete", nil)
		}
		return true, h.afterWish(wishItem{only: only, prepare: w.Prepare, quiet: quiet})
	case !found && has:
		span = reading.Span{Earliest: known.Date, Latest: known.Date}
	case !found || span.Precision != reading.Day || len(span.Ambiguous) > 0 || span.Past:
		if found && span.Past {
			h.say("talk.past", map[string]any{"date": span.Latest.Long()})
		}
		h.note(text)
		if content {
			h.say("wish.complete", nil)
		}
		return true, h.start(wishDayFlow, dialogue.Picked{ID: wishItem{only, w.Prepare, quiet, w.Before}.String()})
	}
	h.note(text)
	if content && !quiet {
		h.say("wish.complete", nil)
	}
	item := wishItem{only, w.Prepare, quiet, w.Before}
	if has && known.Date != span.Latest && unusualDay(span.Latest, text) {
		return true, h.askReview(span.Latest, text, item.String()) // few reviews are on a Saturday
	}
	return true, h.dated(span.Latest, item)
}

// dated keeps the day of a review and goes on with what was wanted about it.
func (h *handling) dated(day civil.Date, item wishItem) error {
	said := len(h.lines)
	if err := h.keepReview(day, item.before); err != nil {
		h.say("wish.quiet", nil)
		return h.comeBack()
	}
	if item.quiet {
		h.lines = h.lines[:said] // it is said back with what comes of it
	}
	h.p.Edit = &Edit{Kind: editReview, Date: day, Wish: item.String(), Settled: true}
	return h.afterWish(item)
}

// wishItem is what was wanted about a review besides its day; it is kept as the
// item of the flow that asks for the day.
type wishItem struct {
	only, prepare bool
	quiet         bool // nothing is to be asked
	before        int
}

func (w wishItem) String() string {
	mode := "also"
	if w.only {
		mode = "only"
	}
	if w.prepare {
		mode += "+prepare"
	}
	if w.quiet {
		mode += "+quiet"
	}
	return mode + "/" + strconv.Itoa(w.before)
}

func parseWishItem(id string) wishItem {
	mode, before, _ := strings.Cut(id, "/")
	return wishItem{only: strings.HasPrefix(mode, "only"), prepare: strings.Contains(mode, "+prepare"), quiet: strings.HasSuffix(mode, "+quiet"), before: atoi(before)}
}

// afterWish goes on once a review is kept: with the offer to prepare, or with
// what was open.
func (h *handling) afterWish(w wishItem) error {
	top := h.p.Dialogue.Top()
	first := strings.HasPrefix(h.asking(), firstFlow+".")
	switch {
	case w.quiet:
		if err := h.retire(""); err != nil {
			return err
		}
		h.onlyAsked()
		return h.flush(nil)
	case top == nil && (h.p.Plan.Content || !h.p.Plan.Confirmed.IsZero()):
		if w.prepare {
			return h.start("prepare", dialogue.Picked{})
		}
		return h.flush(nil)
	case top == nil, first, w.only:
		return h.start(wishOnlyFlow, dialogue.Picked{})
	case h.asking() == "prepare.prep_kind": // it asks about what is known now
		h.closeTalks(func(fr dialogue.Frame) bool { return fr.Instance == top.Instance })
		return h.start("prepare", dialogue.Picked{})
	case top.Flow == "prepare":
		return h.comeBack()
	case w.prepare:
		return h.start(wishFlow, dialogue.Picked{})
	}
	return h.comeBack()
}

// comeBack says what waits and puts the question of the flow on top on screen.
func (h *handling) comeBack() error {
	if h.p.Dialogue.Top() == nil || h.p.Dialogue.Paused {
		return h.flush(nil)
	}
	return h.follow(h.c.book.Ask(&h.p.Dialogue, h.input(""), h.env()))
}

// wishDated takes the day that was asked for. The flow that asked holds, so that
// what comes next is decided here.
func (h *handling) wishDated(e dialogue.Effect) error {
	h.closeTalks(func(fr dialogue.Frame) bool { return fr.Instance == e.Frame.Instance })
	defer func() { h.instead = true }()
	item := parseWishItem(e.Frame.Item.ID)
	day := e.View.Items["review_day"][e.Frame.Item.ID].Answer.Value.Date
	if day.IsZero() {
		h.say("wish.no_day", nil)
		return h.afterWish(item)
	}
	return h.dated(day, item)
}

// closeTalks closes the open talks that are named, and nothing else of them.
func (h *handling) closeTalks(which func(dialogue.Frame) bool) {
	st := &h.p.Dialogue
	var open []dialogue.Frame
	for _, fr := range st.Stack {
		if !which(fr) {
			open = append(open, fr)
			continue
		}
		fr.Closed = h.now.UTC()
		st.Past = append(st.Past, fr)
	}
	if len(open) == len(st.Stack) {
		return
	}
	st.Stack, st.Asked, st.Revisit, st.Again, st.Paused = open, nil, nil, nil, false
	if top := st.Top(); top != nil && top.Resting {
		top.Resting, st.Paused = false, true
	}
}

// onlyAsked ends everything that is open: the person wants what they asked for
// and nothing else. A plan that was confirmed stays as it is.
func (h *handling) onlyAsked() {
	draft := h.draft()
	h.closeTalks(func(dialogue.Frame) bool { return true })
	h.p.Dialogue.Paused = false
	if p := &h.p.Plan; p.Confirmed.IsZero() || p.Content {
		p.Suits(career.Plan{Job: draft.Job, Reviews: draft.Reviews, Closeness: draft.Closeness, Energy: draft.Energy, NextID: draft.NextID}, h.local())
	} else {
		h.p.Settings.Budget, h.p.Settings.Cadence = reminder.OnlyAsked, reminder.Cadence{}
	}
	r, ok := career.NextReview(h.p.Plan, h.today())
	if !ok {
		r, ok = h.notedReview()
	}
	if ok && len(r.Ahead) == 0 {
		h.setAhead(r.ID, usualAhead)
	}
	f := map[string]any{"when": h.reviewDays(), "date": ""}
	if ok {
		f["date"] = r.Date.Long()
	}
	h.say("wish.only", f)
}

// reviewOver takes "I have had the appraisal": it is noted as held, and whoever
// wants no more hears no more of it.
func (h *handling) reviewOver(text string, content bool) (bool, error) {
	top := h.p.Dialogue.Top()
	r, ok := h.nextReview()
	if !ok || top != nil && !h.p.Dialogue.Paused && !isSideTalk(top.Flow) {
		return false, nil
	}
	if h.p.Plan.Content || content || h.p.Plan.Confirmed.IsZero() {
		_ = h.p.Plan.ReviewHeld(r.ID, text, "") // there is one of that id
		h.closeTalks(func(fr dialogue.Frame) bool { return isSideTalk(fr.Flow) })
		h.say("wish.held", nil)
		return true, h.flush(nil)
	}
	h.note(text)
	return true, h.start("after_review", dialogue.Picked{ID: r.ID})
}

// isSideTalk reports whether a flow is one that a person opens by the way.
func isSideTalk(flow string) bool {
	if slices.Contains([]string{"win", enoughFlow, wishFlow, wishOnlyFlow, wishDayFlow}, flow) {
		return true
	}
	for _, f := range sideTalks {
		if f == flow {
			return true
		}
	}
	return false
}

// goesOn takes up what was open before a wish, or begins where nothing was.
func (h *handling) goesOn(e dialogue.Effect) error {
	defer func() { h.instead = true }()
	h.closeTalks(func(fr dialogue.Frame) bool { return fr.Instance == e.Frame.Instance })
	if h.p.Dialogue.Top() == nil {
		return h.start(firstFlow, dialogue.Picked{})
	}
	h.p.Dialogue.Paused = false
	return h.comeBack()
}

// greetContent greets somebody who wants nothing but what they asked for.
func (h *handling) greetContent() {
	if r, ok := career.NextReview(h.p.Plan, h.today()); ok && len(r.Ahead) > 0 {
		h.say("wish.hello", map[string]any{"date": r.Date.Long(), "when": h.reviewDays()})
		return
	}
	h.say("say.hello_content", nil)
}
