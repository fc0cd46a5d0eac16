package coach

import (
	"regexp"
	"strings"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
	"waymark/internal/reminder"
)

// movesGoal is "change goal 2 date to end of March", in some of its wordings.
var movesGoal = regexp.MustCompile(`(?i)^\W*(?:(?:please|can you|could you|i want to|actually|change|move|set|put|update|make|postpone|the|my|date|due date|deadline|of|for)\s+)*goal\s*(?:no\.?|number|#)?\s*(\d{1,2})\b(?:'s)?[\s,:=]*(?:(?:due|date|deadline|is|to|by|until|on|at|should|be|in)\b[\s,:=]*)*(.+)$`)

// changesGoal is an order to change a goal in some other way.
var changesGoal = regexp.MustCompile(`(?i)^\W*(?:please\s+)?(?:change|rename|edit|reword|update)\b`)

// goalDate gives one goal another date, where a message names the goal by its
// number and can be read as a date: what else moves is shown before anything
// does.
func (h *handling) goalDate(text string) (done bool, err error) {
	m := movesGoal.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return h.namedGoalDate(text)
	}
	if h.p.First.Instance == "" && len(h.p.Plan.Goals) == 0 {
		return false, nil
	}
	if _, ok := reading.Deadline(m[2], reading.DateOptions{Now: h.local(), DayFirst: reading.DateFromLocale(h.p.Locale), BareDuration: true}); !ok {
		if h.p.Dialogue.Asked != nil || !changesGoal.MatchString(text) {
			return false, nil
		}
		h.note(text) // a form cannot be filled in from here
		return true, goalEditOrder(h, m[1])
	}
	g, ok := h.goalAt(atoi(m[1]))
	if !ok {
		return true, h.noSuchGoal(atoi(m[1]))
	}
	return h.dateGoal(g, m[2], text)
}

var (
	// namesGoalDate is "change the date of the rest goal to end of january", and
	// movesNamed "move the rest goal to january".
	namesGoalDate = regexp.MustCompile(`(?i)^\W*(?:(?:please|can you|could you|i want to|actually|so)\W+)*(?:change|move|set|put|update|postpone|shift|make)\s+(?:the\s+|my\s+)?(?:due\s+)?(?:date|deadline|end)\s+(?:of|for)\s+(?:the\s+|my\s+)?(.{2,120}?)\s+(?:to|until|till|into|for|as|be)\s+(.{2,60})$`)
	movesNamed    = regexp.MustCompile(`(?i)^\W*(?:(?:please|can you|could you|i want to|actually|so)\W+)*(?:change|move|set|put|postpone|shift|push)\s+(?:the\s+|my\s+)?(.{2,120}?)\s+goal(?:['’]s)?(?:\s+(?:due\s+)?(?:date|deadline))?\s+(?:to|until|till|into|for|on|by)\s+(.{2,60})$`)
	aimNames      = regexp.MustCompile(`(?i)^(?:career|target|whole|plan|review|appraisal|talk|course|exam)?\s*(?:goal|plan|target)?$`)
)

// namedGoalDate gives the goal that is called by its name another date.
func (h *handling) namedGoalDate(text string) (done bool, err error) {
	m := namesGoalDate.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		m = movesNamed.FindStringSubmatch(strings.TrimSpace(text))
	}
	if m == nil || aimNames.MatchString(m[1]) {
		return h.renamesNamed(text)
	}
	if _, ok := reading.Deadline(m[2], reading.DateOptions{Now: h.local(), DayFirst: reading.DateFromLocale(h.p.Locale), BareDuration: true}); !ok {
		return h.renamesNamed(text)
	}
	found := h.thingsNamed(m[1], "goal")
	if len(found) != 1 {
		if !strings.Contains(strings.ToLower(text), "goal") || len(numberedGoals(h.currentPlan())) == 0 || h.drafting() {
			return false, nil
		}
		if err := goalEditOrder(h, ""); err != nil { // which one is asked, no other is moved
			return true, err
		}
		return true, h.reask()
	}
	g, ok := h.currentPlan().Goal(found[0].ID)
	if !ok {
		return false, nil
	}
	return h.dateGoal(g, m[2], text)
}

// renamesGoalNamed is "change the volunteer goal to two evenings at the hospice".
var renamesGoalNamed = regexp.MustCompile(`(?i)^\W*(?:(?:please|can you|could you|i want to|actually|so)\W+)*(?:change|rename|reword|make)\s+(?:the\s+|my\s+)?(.{2,120}?)\s+goal\s+(?:to|into|as)\s+(\S.{2,200})$`)

// renamesNamed puts the goal that is called by its name into other words, once that
// is agreed.
func (h *handling) renamesNamed(text string) (done bool, err error) {
	m := renamesGoalNamed.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || aimNames.MatchString(m[1]) || goalNumber(m[1]) > 0 || ordinals[strings.ToLower(m[1])] > 0 || h.drafting() || h.p.Plan.Confirmed.IsZero() {
		return false, nil
	}
	found := h.thingsNamed(m[1], "goal")
	if len(found) != 1 || found[0].What != "goal" {
		if len(numberedGoals(h.p.Plan)) == 0 {
			return false, nil
		}
		if err := goalEditOrder(h, ""); err != nil { // the other goals stay as they are
			return true, err
		}
		return true, h.reask()
	}
	return true, h.offerEdit(Edit{Kind: editRename, Items: found, Words: m[2]}, "edit.rename", map[string]any{"old": dialogue.Words(found[0].name()), "new": dialogue.Words(m[2])})
}

// dateGoal shows what another date of a goal moves.
func (h *handling) dateGoal(g career.Goal, when, text string) (done bool, err error) {
	if _, confirmed := h.p.Plan.Goal(g.ID); !confirmed || h.drafting() {
		k := h.c.book.View(&h.p.Dialogue, h.p.First).Items["due"][g.Action].Key
		r, ok := h.c.book.Correct(&h.p.Dialogue, k, when, h.input(text), h.env())
		if !ok {
			return false, nil
		}
		return true, h.follow(r)
	}
	finish, ok := g.Finish()
	if !ok {
		return true, h.sayCard(h.goalCard(g))
	}
	fr := h.opening("new_date", dialogue.Picked{ID: finish.ID, Label: h.milestoneText(g, finish)})
	opened := h.c.book.Start(&h.p.Dialogue, fr, h.input(""), h.env())
	for _, words := range opened.Loose {
		h.note(words)
	}
	r := h.c.book.Turn(&h.p.Dialogue, h.input(when), h.env())
	r.Said = "" // its question was never shown
	return true, h.follow(r)
}

// sayAim says back what the plan leads to.
func (h *handling) sayAim() error {
	p := h.currentPlan()
	by := ""
	if !p.By.IsZero() {
		by = p.By.Long()
	}
	h.say("say.aim", map[string]any{"target": dialogue.Words(clip(p.Target, 200)), "date": by, "reason": dialogue.Words(clip(p.Reason, 200))})
	return h.reask()
}

// shownNotes is how many notes are shown to who asks for their answers.
const shownNotes = 20

// answersCard is the plan with the notes: words that answered nothing.
func (h *handling) answersCard() []chat.Block {
	c := &card{h: h, blocks: h.planCard(h.currentPlan())}
	notes := h.listable()
	var items []string
	for _, n := range notes[max(0, len(notes)-shownNotes):] {
		items = append(items, h.c.text("notes.item", h.with(map[string]any{"words": dialogue.Words(clip(n.Text, 300))})))
	}
	if len(items) > 0 {
		c.heading("notes.title", nil)
		c.bullets(items)
	}
	return c.blocks
}

// takesHour makes an hour the one that is liked best; one outside of the hours
// in which the coach may speak makes them longer, since the person named it.
func (h *handling) takesHour(hour int) {
	s := &h.p.Settings
	from, to, _, _ := s.Hours()
	s.Hour = hour
	if hour >= from && hour < to || hour == 0 {
		return
	}
	s.From, s.To = min(from, hour), max(to, hour+1)
	h.say("say.hours_wider", map[string]any{"from": clock(s.From), "to": clock(s.To)})
}

// takesDay lets the coach speak on a day of the week that the person named.
func (h *handling) takesDay(day time.Weekday) {
	s := &h.p.Settings
	_, _, _, days := s.Hours()
	if days.Has(day) {
		return
	}
	s.Days = days | reminder.Days(1<<day)
	h.say("say.days_wider", map[string]any{"day": h.dayNames(reminder.Days(1 << day))})
}

// mayAnswer reports whether a word that opens a talk of its own could also be the
// answer to the question on screen: "pay" to what is missing today, "a mentor" to
// what one could do.
func (h *handling) mayAnswer(cmd reading.Command) bool {
	switch kind := h.c.book.OwnWords(&h.p.Dialogue); cmd {
	case reading.Pay, reading.Balance, reading.Responsibility:
		return kind != ""
	case reading.Mentor, reading.Network, reading.Learn:
		return kind != "" && kind != dialogue.Text
	}
	return false
}
