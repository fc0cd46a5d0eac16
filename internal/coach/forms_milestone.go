package coach

import (
	"fmt"
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
)

// pageOfMilestones is how many milestones a form shows at a time: each takes
// two blocks, and a view has room for a hundred.
const pageOfMilestones = 10

// listed are the milestones of a goal that were not dropped.
func listed(g career.Goal) []career.Milestone {
	return slices.DeleteFunc(slices.Clone(g.Milestones), func(m career.Milestone) bool { return m.Dropped })
}

// milestonesFields lists the milestones of a goal, page by page, from the page
// of the next one on.
func (f *form) milestonesFields() bool {
	g, ok := f.h.p.Plan.Goal(f.item)
	if !ok {
		return false
	}
	all := listed(g)
	pages := max(1, (len(all)+pageOfMilestones-1)/pageOfMilestones)
	if f.page < 1 {
		f.page = 1
		if next, ok := g.Next(f.h.today()); ok {
			f.page += slices.IndexFunc(all, func(m career.Milestone) bool { return m.ID == next.ID }) / pageOfMilestones
		}
	}
	f.page = min(f.page, pages)
	f.shown(chat.Block{Kind: chat.Heading, Spans: []chat.Span{chat.Own(clip(g.Title, 140))}})
	done, of := career.Progress(g)
	f.says("goals.progress", map[string]any{"done": itoa(done), "of": itoa(of)})
	editable := changeable(g)
	for i, m := range all[(f.page-1)*pageOfMilestones : min(len(all), f.page*pageOfMilestones)] {
		f.milestoneRow(g, m, editable, i)
	}
	if len(all) == 0 {
		f.says("form.milestones.none", nil)
	}
	var row []chat.Choice
	if editable {
		row = append(row, chat.Choice{Value: f.value("milestone", g.ID, f.page), Label: f.text("add")})
	}
	if pages > 1 {
		f.says("form.milestones.page", map[string]any{"n": itoa(f.page), "of": itoa(pages)})
	}
	if f.page > 1 {
		row = append(row, chat.Choice{Value: f.value("milestones", g.ID, f.page-1), Label: f.text("before")})
	}
	if f.page < pages {
		row = append(row, chat.Choice{Value: f.value("milestones", g.ID, f.page+1), Label: f.text("next")})
	}
	if len(row) > 0 {
		f.shown(chat.Block{Kind: chat.Buttons, ID: "form.pages", Choices: row})
	}
	return true
}

// milestoneRow is one milestone with what can be done about it.
func (f *form) milestoneRow(g career.Goal, m career.Milestone, editable bool, at int) {
	key := "plan.milestone_open"
	if !m.Open() {
		key = "plan.milestone_done"
	}
	f.says(key, map[string]any{"date": m.Due.Short(), "title": f.h.stepText(m)})
	if !m.Open() || !editable {
		return
	}
	button := func(form, label string) chat.Choice {
		return chat.Choice{Value: f.value(form, m.ID, f.page), Label: f.text(label), Alt: f.text(label) + ": " + f.named(m)}
	}
	var row []chat.Choice
	if g.Status == career.Active {
		row = append(row, button("tick", "done"))
	}
	row = append(row, button("milestone", "edit"))
	f.shown(chat.Block{Kind: chat.Buttons, ID: fmt.Sprint("form.", at), Choices: row})
}

// tick ticks a milestone off and shows the list again. One that is not open any
// more is left as it is.
func (f *form) tick() bool {
	g, m, ok := f.h.p.Plan.Milestone(f.item)
	if !ok {
		return false
	}
	if m.Open() && g.Status == career.Active {
		f.inPlace()
		if err := f.h.tickOff(m.ID); err != nil {
			f.h.failed = err
		}
	}
	f.name, f.item = "milestones", g.ID
	f.out.Name, f.out.Title = f.name, f.text("name")
	return f.milestonesFields()
}

// changeable reports whether the milestones of a goal can be changed: those of
// one that is reached or was let go cannot.
func changeable(g career.Goal) bool { return g.Status != career.Achieved && g.Status != career.Dropped }

// goalOf is the goal of a milestone's form: its item is a milestone, or the goal
// that a new one is for.
func (f *form) goalOf() (g career.Goal, m career.Milestone, ok bool) {
	if strings.Contains(f.item, ".") {
		return f.h.p.Plan.Milestone(f.item)
	}
	g, ok = f.h.p.Plan.Goal(f.item)
	return g, career.Milestone{}, ok
}

// milestoneFields is one milestone, or a new one.
func (f *form) milestoneFields() bool {
	g, m, ok := f.goalOf()
	if !ok || m.Dropped {
		return false
	}
	f.says("form.milestone.of", map[string]any{"goal": dialogue.Words(clip(g.Title, 140))})
	known := m.ID != ""
	if known && !m.Open() || !changeable(g) {
		switch {
		case !known || m.Open():
			f.says("form.milestone.closed", nil)
		default:
			f.says("plan.milestone_done", map[string]any{"date": m.Due.Short(), "title": f.h.stepText(m)})
		}
		f.out.Send, f.out.Cancel = "", f.h.plain("form.close", nil)
		return true
	}
	title, due := "", g.Due.String()
	if known {
		title, due = f.named(m), m.Due.String()
	} else {
		f.out.Title = f.text("name_new")
	}
	f.field("title", chat.Line, title).MaxLength = career.MaxTitle
	f.field("due", chat.Date, due)
	if states := f.steps(g, m); len(states) > 1 {
		f.field("state", chat.Radio, "open").Choices = states
	}
	return true
}

// named is how a milestone is called, as plain text.
func (f *form) named(m career.Milestone) string { return dialogue.Unmark(f.h.stepText(m)) }

// steps are what can become of a milestone.
func (f *form) steps(g career.Goal, m career.Milestone) []chat.Choice {
	if m.ID == "" || !m.Open() {
		return nil
	}
	out := []chat.Choice{f.choice("open")}
	if g.Status == career.Active {
		out = append(out, f.choice("done"))
	}
	if m.Kind != career.Finish {
		out = append(out, f.choice("remove"))
	}
	return out
}

func (f *form) milestoneVersion() string {
	g, m, ok := f.goalOf()
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s %s %q %s %s %v", g.ID, g.Status, m.Title, m.Due, m.Done, m.Dropped)
}

func (f *form) milestoneTake() error {
	h, p, now := f.h, &f.h.p.Plan, f.h.local()
	g, m, _ := f.goalOf()
	title, due := f.needed("title", career.MaxTitle), f.coming("due", m.Due)
	state := f.picked("state")
	if state != "" && state != "open" && !slices.ContainsFunc(f.steps(g, m), func(c chat.Choice) bool { return c.Value == state }) {
		f.error("state", "choice", nil)
	}
	if len(f.errs) > 0 {
		return nil
	}
	if m.ID == "" {
		added, err := p.AddMilestone(g.ID, title, due, now)
		if err != nil {
			f.error("title", "full", map[string]any{"n": itoa(career.MaxMilestones)})
			return nil
		}
		return f.backToList(g.ID, "form.milestone.added", title, added.Due.Long())
	}
	if title != f.named(m) {
		if err := p.NameMilestone(m.ID, title, now); err != nil {
			return fmt.Errorf("title of a form: %w", err)
		}
	}
	switch {
	case state == "remove":
		if err := h.closeMilestone(m.ID, ""); err != nil {
			return err
		}
		if err := p.DropMilestone(m.ID, now); err != nil {
			return fmt.Errorf("milestone of a form: %w", err)
		}
		return f.backToList(g.ID, "form.milestone.removed", title, "")
	case state == "done":
		f.inPlace()
		if err := h.tickOff(m.ID); err != nil {
			return err
		}
		return f.backToList(g.ID, "", "", "")
	case due != m.Due:
		if f.preview(m.ID, due) {
			return nil
		}
		if err := p.DateMilestone(m.ID, due, now); err != nil {
			return fmt.Errorf("date of a form: %w", err)
		}
	}
	return f.backToList(g.ID, "form.milestone.kept", title, due.Long())
}

// backToList says what was done and shows the list again in the place of the
// form.
func (f *form) backToList(goal, key, title, date string) error {
	list := &form{h: f.h, name: "milestones", item: goal, page: f.page, home: f.home, token: f.h.formToken()}
	f.h.reply.Form = list.show()
	if key == "" {
		return nil
	}
	return f.does(key, map[string]any{"title": dialogue.Words(clip(title, 200)), "date": date})
}
