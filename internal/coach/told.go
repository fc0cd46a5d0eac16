package coach

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"waymark/internal/career"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// toldFlow asks whether something is done or was a step on the way.
const toldFlow = "told"

// verdict is what a part of a report says about the thing that it names.
type verdict int

const (
	mentioned verdict = iota // it is spoken of, no more
	toCome                   // it is still to come
	open                     // not yet
	partly
	finished
)

var (
	clauseEnds = regexp.MustCompile(`(?i)[.,;!?\n]+|\b(?:but|and|then|lol|also)\b`)
	saysOpen   = regexp.MustCompile(`(?i)\b(?:not|no|nothing|never|yet|didn'?t|don'?t|haven'?t|hasn'?t|couldn'?t|can'?t|wasn'?t|isn'?t|forgot|failed|still have to|still need)\b`)
	saysPartly = regexp.MustCompile(`(?i)\b(?:kind ?of|kinda|sort ?of|sorta|partly|part of|half|halfway|almost|nearly|a bit|a little|some of|started|began|begun|working on|under way)\b`)
	saysLater  = regexp.MustCompile(`(?i)\b(?:will|'ll|gonna|going to|tomorrow|next (?:week|month|time)|want|wanna|plan to|should|must|need|have to|would|could|maybe|if|when|can i|shall)\b`)
	saysDone   = regexp.MustCompile(`(?i)\b(?:done|did|finished|complete|completed|sent|wrote|written|asked|texted|called|phoned|emailed|e-mailed|mailed|messaged|talked|spoke|spoken|met|booked|registered|applied|enrolled|signed (?:up|in)|passed|bought|paid for|read|told|got|made|submitted|handed in|learn(?:ed|t)|watched|visited|practised|practiced|collected|updated|checked)\b`)
	// wholeDone is a report that something is done and says nothing else.
	wholeDone = regexp.MustCompile(`(?i)^\W*(?:yes\W+|yep\W+|yeah\W+)?(?:i\W+)?(?:(?:have|'ve|just|already|all|actually|finally)\W+)*(?:(?:did|done|finished|completed)(?:\W+(?:it|that|this|all|everything))?|(?:it|that|this)(?:'s| is| was)?\W+(?:all\W+)?(?:done|finished|complete))(?:\W+(?:now|already|today|yesterday|twice|again|even|lol|:\)|!))*\W*$`)
)

// verdictOf is what a part of a report says.
func verdictOf(clause string) verdict {
	switch {
	case saysOpen.MatchString(clause):
		return open
	case saysPartly.MatchString(clause):
		return partly
	case saysLater.MatchString(clause):
		return toCome
	case saysDone.MatchString(clause):
		return finished
	}
	return mentioned
}

// toldOf is what a report says about one step.
type toldOf struct {
	step
	v verdict
}

// stepTold takes a report of progress in somebody's own words, while no other
// question is open than how a step went: each step that the words name is
// credited as far as they say, and nothing else is. done is false for words that
// report nothing, and for those that are an answer as they are.
func (h *handling) stepTold(text string) (done bool, err error) {
	if done, err := h.looksBack(text); done || err != nil {
		return done, err
	}
	asked := h.p.Dialogue.Asked
	if asked != nil && !h.p.Dialogue.Paused && asked.Pending == nil && asked.Key.Step == "check_in.next_step" && stepOrders.MatchString(text) {
		return h.orderAtStep(text)
	}
	talk := asked != nil && !h.p.Dialogue.Paused
	if h.p.Plan.Confirmed.IsZero() || h.p.Plan.Content || len(text) > 400 || strings.Contains(text, "?") || talk && (!asksHowItWent(asked) || asked.Pending != nil) {
		return false, nil
	}
	if len(contentWords(text)) == 0 {
		return false, nil // "done", "not yet"
	}
	about := h.toldAbout(talk)
	found := h.stepsTold(text, about)
	if len(found) == 0 {
		return h.toldUnnamed(text, about, talk)
	}
	if !slices.ContainsFunc(found, func(t toldOf) bool { return t.v == finished || t.v == partly || t.m.ID == about.m.ID && t.v != toCome }) {
		return false, nil // a wish, or a plan
	}
	return true, h.credit(found, about, talk)
}

// stepOrders are what the step that is overdue is listed with; none is a step itself.
var stepOrders = regexp.MustCompile(`(?i)^\W*(?:a )?(?:new date|change date|another date|smaller step|smaller|done)\W*$`)

// orderAtStep takes such words at the question for the next step for the step that
// is overdue.
func (h *handling) orderAtStep(text string) (done bool, err error) {
	for _, s := range h.nextSteps(numberedGoals(h.p.Plan)) {
		if s.m.Due.Before(h.today()) {
			if err := h.leaveCheckIn(""); err != nil {
				return true, err
			}
			return h.answersOverdue(text)
		}
	}
	return false, nil
}

// asksHowItWent reports whether the question on screen is how a step went.
func asksHowItWent(a *dialogue.Asked) bool {
	return a.Key.Step == "check_in.went" || a.Key.Step == "check_in.going"
}

// toldAbout is the step that is asked about: by a check-in, or by the last
// reminder.
func (h *handling) toldAbout(talk bool) step {
	id := ""
	if top := h.p.Dialogue.Top(); talk && top != nil {
		id = top.Item.ID
	}
	for _, o := range h.p.Reminders.Waiting {
		if _, m, ok := h.p.Plan.Milestone(o.Milestone); id == "" && ok && m.Open() {
			id = m.ID
		}
	}
	g, m, _ := h.p.Plan.Milestone(id)
	return step{g, m}
}

// stepsTold are the open steps that a report names, each once, with what it says.
// A part without a name, between parts that have one, speaks of the step that is
// asked about.
func (h *handling) stepsTold(text string, about step) []toldOf {
	var out []toldOf
	for _, clause := range clauseEnds.Split(text, -1) {
		s, ok := h.stepLike(clause, about)
		if !ok {
			continue
		}
		v := verdictOf(clause)
		if i := slices.IndexFunc(out, func(t toldOf) bool { return t.m.ID == s.m.ID }); i < 0 {
			out = append(out, toldOf{s, v})
		} else if out[i].v < partly || v == partly || v == open { // a doubt weighs more than a yes
			out[i].v = v
		}
	}
	return out
}

// stepLike is the open step that words name best; false if none or two alike are.
// The words of a step of its own stand for it; the next step of a goal, and its
// end, go by the name of the goal.
func (h *handling) stepLike(clause string, about step) (best step, ok bool) {
	words, top, twice := contentWords(clause), 0, false
	for _, g := range h.p.Plan.Goals {
		if g.Status != career.Active {
			continue
		}
		next, _ := g.Next(h.today())
		for _, m := range g.Milestones {
			if !m.Open() || m.Kind == career.Eligible {
				continue
			}
			title := m.Title
			if title == "" {
				if m.ID != next.ID && m.ID != about.m.ID {
					continue
				}
				title = g.Title + " " + g.IfThen
			}
			n := 2 * sharedWords(words, contentWords(title))
			if n > 0 && m.ID == about.m.ID {
				n++ // of two alike, the one that is asked about
			}
			switch {
			case n > top:
				best, top, twice = step{g, m}, n, false
			case n == top && n > 0:
				twice = true
			}
		}
	}
	return best, top > 0 && !twice
}

// credit ticks off what is said to be done, counts what is partly done, and asks
// about a goal's end, which only a clear word about it reaches.
func (h *handling) credit(found []toldOf, about step, talk bool) error {
	var ask *step
	mine := false
	for _, t := range found {
		mine = mine || t.m.ID == about.m.ID
		last := t.m.Kind == career.Finish || lastOpen(t.g, t.m)
		switch {
		case t.v == finished && !last:
			if err := h.closeMilestone(t.m.ID, ""); err != nil {
				return err
			}
			if _, err := h.p.Plan.MilestoneDone(t.m.ID, h.today(), h.local()); err != nil {
				continue // done or dropped by the part before
			}
			h.say("nudge.done", map[string]any{"title": h.milestoneText(t.g, t.m)})
		case t.v == finished || t.v == mentioned && t.m.ID == about.m.ID:
			ask = &step{t.g, t.m}
		case t.v == partly:
			_ = h.p.Plan.MilestoneNotYet(t.m.ID, h.local()) // open, as found
			h.say("nudge.told_partly", map[string]any{"title": h.milestoneText(t.g, t.m)})
		case t.v == open:
			_ = h.p.Plan.MilestoneNotYet(t.m.ID, h.local())
			h.say("nudge.told_open", map[string]any{"title": h.milestoneText(t.g, t.m), "date": t.m.Due.Long()})
		}
	}
	if talk && mine {
		if err := h.leaveCheckIn(about.m.ID); err != nil {
			return err
		}
		talk = false
	}
	switch {
	case ask != nil:
		return h.start(toldFlow, dialogue.Picked{ID: ask.m.ID, Label: h.milestoneText(ask.g, ask.m)})
	case talk:
		return h.reask()
	}
	return h.flush(nil)
}

// lastOpen reports whether nothing else of the goal is open.
func lastOpen(g career.Goal, m career.Milestone) bool {
	return !slices.ContainsFunc(g.Milestones, func(o career.Milestone) bool { return o.ID != m.ID && o.Open() })
}

// toldUnnamed takes a report that names no step. That something is done is an
// answer where it says nothing else; more words, or none that say so, are asked
// about before a goal ends by them.
func (h *handling) toldUnnamed(text string, about step, talk bool) (done bool, err error) {
	v := verdictOf(text)
	switch {
	case about.m.ID == "" && !talk && v == finished && h.soundsDone(text):
		if next := h.nextSteps(numberedGoals(h.p.Plan)); len(next) > 0 {
			h.note(text)
			return true, h.offerSteps("order.which_step", nil, next)
		}
	case about.m.ID == "" || wholeDone.MatchString(text):
	case v == finished || v == mentioned && h.readsAsDone(text):
		if about.m.Kind != career.Finish && !lastOpen(about.g, about.m) && v == finished {
			return false, nil
		}
		h.note(text)
		if err := h.leaveCheckIn(about.m.ID); err != nil {
			return true, err
		}
		return true, h.start(toldFlow, dialogue.Picked{ID: about.m.ID, Label: h.milestoneText(about.g, about.m)})
	}
	return false, nil
}

// tellsDeed is a report of what somebody did themselves.
var tellsDeed = regexp.MustCompile(`(?i)^\W*(?:(?:ok|hey|hi|so|yes|yep|and|btw)\W+)*i\W+(?:(?:have|'ve|just|already|finally|also)\W+)*(?:did|finished|completed|done)\b`)

func (h *handling) soundsDone(text string) bool { return tellsDeed.MatchString(text) }

// readsAsDone reports whether the words would be taken for "done" by a "yes" or
// the like in them.
func (h *handling) readsAsDone(text string) bool {
	verb, ok := reading.Choose(text, []reading.Option{
		{ID: "done", Label: "Done", Also: nudgeWords["done"]}, {ID: "not_yet", Label: "Not yet", Also: nudgeWords["not_yet"]},
	})
	return ok && verb == "done"
}

// toldWay keeps a milestone open that a step on the way was reported for.
func (h *handling) toldWay(id string) {
	g, m, ok := h.p.Plan.Milestone(id)
	if !ok || h.p.Plan.MilestoneNotYet(id, h.local()) != nil {
		h.say("nudge.gone", nil)
		return
	}
	h.say("nudge.told_not_done", map[string]any{"title": h.milestoneText(g, m), "date": m.Due.Long()})
}

// emptyWords say nothing about which step is meant.
var emptyWords = wordSet(`a about after again all already also am an and any are as at away back bad be been before began begun bit but by can
	complete completed could day days did didn do does doing don done down even few fine finish finished first for from get goal going good got great
	half halfway had happy has have haven he her here him his how i if im in into is it its just kind kinda last later like little lol long lot made
	make many maybe me met milestone month more morning much my nearly new next no nope not nothing now of off ok okay on one only open or other our
	out over part partly please pretty really right same say says she should small so some someone something sort sorta started step steps still such
	sure task than thanks that the their them then there these they thing things think this those time times to today together too twice under until up
	ve very was way we week weeks well went were what when where which while will with work worked working would yeah yep yes yesterday yet you your
	told asked wrote written sent texted called said did't evening month monday tuesday wednesday thursday friday saturday sunday moment`)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// contentWords are the words of a text that may name a step.
func contentWords(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(dialogue.Unmark(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len([]rune(w)) > 2 && !emptyWords[w] && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// sharedWords is how many words stand in both lists, as they are, with an ending
// more, or mistyped by a letter.
func sharedWords(said, title []string) int {
	n := 0
	for _, w := range said {
		if slices.ContainsFunc(title, func(t string) bool { return alike(w, t) }) {
			n++
		}
	}
	return n
}

func singular(w string) string {
	if stem, ok := strings.CutSuffix(w, "ies"); ok {
		return stem + "y"
	}
	if len(w) > 3 && !strings.HasSuffix(w, "ss") {
		return strings.TrimSuffix(w, "s")
	}
	return w
}

func alike(a, b string) bool {
	a, b = singular(a), singular(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	switch {
	case a == b, len(a) > 3 && len(b)-len(a) < 3 && strings.HasPrefix(b, a): // ask, asked
		return true
	case len(a) < 5:
		return false
	}
	_, near := reading.Nearest(a, []string{b})
	return near
}

// snoozedTo takes a day that is named where it is asked when to come back: "on
// Thursday".
func (h *handling) snoozedTo(text string) (done bool, err error) {
	a := h.p.Dialogue.Asked
	if a == nil || h.p.Dialogue.Paused || a.Pending != nil || a.Key.Step != "snooze.snooze_when" || h.dayIn(text).IsZero() {
		return false, nil
	}
	switch verb, ok := reading.Choose(text, []reading.Option{{ID: "tomorrow", Label: "Tomorrow"}, {ID: "week", Label: "In a week", Also: []string{"next week", "a week"}}}); {
	case ok && verb != "":
		return false, nil
	}
	r := h.c.book.Turn(&h.p.Dialogue, h.input("another day"), h.env())
	next := h.c.book.Turn(&h.p.Dialogue, h.input(text), h.env())
	next.Effects = append(r.Effects, next.Effects...)
	next.Said = dialogue.Words(text)
	return true, h.follow(next)
}
