package coach

import (
	"fmt"
	"strconv"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reminder"
)

const (
	// homeGoalsShown is how many goals a page of the tab holds; all of it must
	// stay within what a platform takes, whatever the goals are called.
	homeGoalsShown = 4
	homeTodosShown = 5
)

func itoa(n int) string { return strconv.Itoa(n) }

// homeGoalsOf are the goals in the order in which the tab shows them: those
// that are worked on, those that wait, those that are reached.
func homeGoalsOf(p career.Plan) []career.Goal {
	var out []career.Goal
	for _, statuses := range [][]career.GoalStatus{{career.Active, career.Draft}, {career.Later}, {career.Achieved}} {
		for _, g := range p.Goals {
			for _, s := range statuses {
				if g.Status == s {
					out = append(out, g)
				}
			}
		}
	}
	return out
}

// homePages is how many pages the goals of a plan take, at least one.
func homePages(p career.Plan) int {
	return max(1, (len(homeGoalsOf(p))+homeGoalsShown-1)/homeGoalsShown)
}

func (b *homePage) homeGoals(p career.Plan) {
	h := b.h
	all, pages := homeGoalsOf(p), homePages(p)
	at := min(max(h.p.Home.Page, 0), pages-1)
	draft := p.Confirmed.IsZero()
	switch {
	case draft && len(all) == 0:
		return
	case draft:
		b.heading("home.goals_draft", nil)
		b.line("plan.unconfirmed", nil)
	case pages > 1:
		b.heading("home.goals_page", map[string]any{"n": itoa(at + 1), "of": itoa(pages)})
	default:
		b.heading("home.goals", nil)
	}
	if len(all) == 0 {
		b.line("plan.no_goals", nil)
	}
	for i, g := range all[at*homeGoalsShown : min(len(all), (at+1)*homeGoalsShown)] {
		b.homeGoal(p, g, i)
	}
	var turn []chat.Choice
	if at > 0 {
		turn = append(turn, h.tap("back", "h:more:"+itoa(at)))
	}
	if at < pages-1 {
		turn = append(turn, h.tap("next", "h:more:"+itoa(at+2)))
	}
	if len(turn) > 0 {
		b.buttons("pages", turn...)
	}
	if draft {
		return
	}
	row := []chat.Choice{h.tap("goal", "form:goal")}
	if len(all) > 0 {
		row = append([]chat.Choice{h.tap("plan", "h:plan"), h.tap("timeline", "timeline")}, row...)
	}
	b.buttons("goals", row...)
}

// homeGoal is one goal: how far it is in words and as a bar, what comes next,
// and the person's own plan for it.
func (b *homePage) homeGoal(p career.Plan, g career.Goal, at int) {
	h := b.h
	done, of := career.Progress(g)
	switch g.Status {
	case career.Achieved:
		b.line("goals.achieved", map[string]any{"title": dialogue.Words(g.Title)})
		return
	case career.Later:
		b.line("goals.later", map[string]any{"title": dialogue.Words(g.Title)})
		b.buttons("goal"+itoa(at), h.named("edit", "form:goal:"+g.ID, g.Title))
		return
	}
	b.blocks = append(b.blocks, chat.Para(chat.Span{Text: g.Title, Style: chat.Bold, Own: true}))
	if of > 0 {
		words := h.c.text("goals.progress", h.with(map[string]any{"done": itoa(done), "of": itoa(of)}))
		b.blocks = append(b.blocks, chat.Block{Kind: chat.Meter, Spans: dialogue.Spans(words), Done: done, Total: of})
	}
	next := ""
	m, open := g.Next(h.today())
	if open {
		key := "goals.next"
		if m.Due.Before(h.today()) {
			key = "goals.overdue"
		}
		next = h.c.text(key, h.with(map[string]any{"title": h.stepText(m), "date": m.Due.Long()}))
	}
	b.lines(next, h.if_("plan.due", "date", g.Due.Long()), h.place(p, g), h.if_("plan.if_then", "words", dialogue.Words(clip(g.IfThen, 300))))
	if p.Confirmed.IsZero() {
		return // what is not agreed yet cannot be ticked off
	}
	var row []chat.Choice
	if open {
		row = append(row, h.named("done", "h:done:"+m.ID, h.milestoneText(g, m)))
	}
	b.buttons("goal"+itoa(at), append(row, h.named("edit", "form:goal:"+g.ID, g.Title))...)
}

// todos are the first things to do besides the goals.
func (b *homePage) todos(p career.Plan) {
	var items []string
	for _, t := range p.List {
		if t.Open() && len(items) < homeTodosShown {
			items = append(items, b.h.c.text("list.item", b.h.with(map[string]any{"title": dialogue.Words(clip(t.Text, 200)), "date": t.Due.Short()})))
		}
	}
	b.section("list.title", items)
}

// settings are the person's choices in words.
func (b *homePage) settings() {
	h := b.h
	s := h.p.Settings
	b.heading("home.settings", nil)
	from, to, hour := s.From, s.To, s.Hour
	if from < 0 || to > 24 || from >= to {
		from, to = reminder.DefaultFrom, reminder.DefaultTo
	}
	if hour == 0 {
		hour = reminder.DefaultHour
	}
	hour = min(max(hour, from), to-1)
	lines := []string{
		h.c.text("home.when", h.with(map[string]any{"days": h.dayNames(s.Days), "from": clock(from), "to": clock(to), "hour": clock(hour), "zone": s.Zone})),
		h.budgetText(s.Budget),
		h.cadenceText(s.Cadence),
	}
	if h.p.Plan.Content {
		lines = []string{h.c.text("home.no_reminders", h.with(map[string]any{"when": h.pickedDays()}))}
	}
	b.lines(lines...)
	b.buttons("settings", h.tap("settings", "form:settings"))
}

// clock is an hour of the day, 0 to 24.
func clock(hour int) string { return fmt.Sprintf("%02d:00", hour) }

func (h *handling) dayNames(d reminder.Days) string {
	if d&0x7f == 0 || d == reminder.DefaultDays {
		return h.c.text("home.weekdays", h.fields())
	}
	var names []string
	for i := range 7 {
		if wd := time.Weekday((i + 1) % 7); d.Has(wd) { // Monday first
			names = append(names, wd.String())
		}
	}
	return dialogue.JoinAnd(names)
}

func (h *handling) budgetText(n int) string {
	switch {
	case n < 0:
		return h.c.text("home.budget_none", h.fields())
	case n == 0:
		n = reminder.DefaultBudget
	}
	return h.c.text("home.budget", h.with(map[string]any{"n": itoa(n)}))
}

func (h *handling) cadenceText(c reminder.Cadence) string {
	if c.IsZero() {
		return h.c.text("home.no_cadence", h.fields())
	}
	key := map[reminder.Unit]string{reminder.Day: "home.every_day", reminder.Week: "home.every_week", reminder.Month: "home.every_month"}[c.Unit]
	return h.c.text(key, h.with(map[string]any{"n": itoa(c.Every), "day": c.Weekday.String()}))
}
