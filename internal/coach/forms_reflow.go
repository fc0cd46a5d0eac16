package coach

import (
	"fmt"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
)

// preview shows what else moves when a milestone gets a later date, before
// anything does; false when nothing else would.
func (f *form) preview(milestone string, to civil.Date) bool {
	if len(career.Reflow(f.h.p.Plan, milestone, to)) < 2 {
		return false
	}
	next := &form{h: f.h, name: "reflow", item: milestone, page: f.page, home: f.home, date: to.String(), token: f.h.formToken()}
	f.h.reply.Form = next.show()
	return true
}

// reflowFields are the dates that would move, old → new.
func (f *form) reflowFields() bool {
	to, err := civil.Parse(f.date)
	_, m, ok := f.h.p.Plan.Milestone(f.item)
	if err != nil || !ok || !m.Open() {
		return false
	}
	shifts := career.Reflow(f.h.p.Plan, f.item, to)
	if len(shifts) == 0 {
		return false
	}
	f.says("form.reflow.says", map[string]any{"date": to.Long()})
	list := chat.Block{Kind: chat.Bullets}
	for i, s := range shifts {
		if i == maxShifts {
			list.Items = append(list.Items, dialogue.Spans(f.h.c.text("form.reflow.more", f.h.with(map[string]any{"n": itoa(len(shifts) - i)}))))
			break
		}
		list.Items = append(list.Items, append(dialogue.Spans(f.h.shiftText(s, shifts[0].Goal)), chat.T(": "+s.From.Short()+" → "+s.To.Short())))
	}
	f.shown(list)
	f.field("how", chat.Radio, "all").Choices = []chat.Choice{
		{Value: "all", Label: f.h.plain("offer.reflow_all", nil)},
		{Value: "one", Label: f.h.plain("offer.reflow_one", nil)},
		{Value: "leave", Label: f.h.plain("offer.reflow_leave", nil)},
	}
	return true
}

// maxShifts is how many dates a preview lists.
const maxShifts = 30

// planVersion is every date of the plan: a preview is about all of them.
func (f *form) planVersion() string {
	var b strings.Builder
	for _, g := range f.h.p.Plan.Goals {
		fmt.Fprintf(&b, "%s %s %s", g.ID, g.Status, g.Due)
		for _, m := range g.Milestones {
			fmt.Fprintf(&b, " %s %s %v", m.ID, m.Due, m.Open())
		}
	}
	return b.String() + f.date
}

func (f *form) reflowTake() error {
	h := f.h
	to, err := civil.Parse(f.date)
	if err != nil {
		return nil
	}
	g, m, _ := h.p.Plan.Milestone(f.item)
	switch f.picked("how") {
	case "all":
		err = h.p.Plan.ApplyShifts(career.Reflow(h.p.Plan, f.item, to), h.local())
	case "one":
		err = h.p.Plan.DateMilestone(f.item, to, h.local())
	case "leave":
	default:
		f.error("how", "choice", nil)
		return nil
	}
	if err != nil {
		f.error("how", "past", map[string]any{"date": h.today().Long()}) // midnight has passed since
		return nil
	}
	if f.page > 0 { // it came from the list
		list := &form{h: h, name: "milestones", item: g.ID, page: f.page, home: f.home, token: h.formToken()}
		h.reply.Form = list.show()
	}
	if f.picked("how") == "leave" {
		return f.does("nudge.no_date", nil)
	}
	return f.does("nudge.moved", map[string]any{"title": h.stepText(m), "goal": dialogue.Words(g.Title), "old": m.Due.Short(), "date": to.Long()})
}
