package coach

import (
	"reflect"
	"strconv"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/export"
	"waymark/internal/store"
	"waymark/internal/timeline"
)

// timeline sends the picture of the plan to the DM. It is drawn when it leaves.
func (h *handling) timeline() error {
	if !h.known || len(homeGoalsOf(h.currentPlan())) == 0 {
		return h.here("timeline.none")
	}
	if _, err := h.row(store.Row{Kind: store.File, File: fileTimeline}); err != nil {
		return err
	}
	return h.elsewhere("timeline.coming")
}

// timelineFile is the picture, if it is to be drawn, and the same in words beside
// it.
func (h *handling) timelineFile(draw bool) (made madeFile, err error) {
	p := h.currentPlan()
	goals := homeGoalsOf(p)
	if len(goals) == 0 {
		m := h.c.message("timeline.none", h.fields())
		return madeFile{instead: &m}, nil
	}
	drawn := h.drawn(p, goals)
	made.beside = short(chat.Message{Blocks: h.timelineList(drawn)})
	if draw {
		made.file.Alt = timeline.Alt(drawn, h.labels())
		made.file.Data, err = timeline.Draw(drawn, timeline.Options{Theme: timeline.Neutral, Labels: h.labels()})
	}
	return made, err
}

// labels are the words in the picture: of each field of timeline.Labels the text
// "picture.<field>", where {n}, {date} and so on keep their places.
func (h *handling) labels() (l timeline.Labels) {
	v := reflect.ValueOf(&l).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.String {
			f.SetString(h.c.text("picture."+export.Name(v.Type().Field(i).Name), nil))
		}
	}
	copy(l.Months[:], strings.Fields(h.c.text("picture.months", nil)))
	return l
}

// drawn is a plan as it is drawn, goal by goal in the given order.
func (h *handling) drawn(p career.Plan, goals []career.Goal) timeline.Plan {
	today := h.today()
	out := timeline.Plan{Today: today}
	for _, g := range goals {
		bar := timeline.Goal{Title: g.Title, Start: g.Start, Due: g.Due}
		bar.Done, bar.Of = career.Progress(g)
		next, open := g.Next(today)
		for _, m := range g.Milestones {
			if m.Dropped {
				continue
			}
			point := timeline.Milestone{Title: dialogue.Unmark(h.stepText(m)), Date: m.Due, State: stateOf(m, today)}
			if open && m.ID == next.ID && point.State == timeline.Open {
				point.State = timeline.Next
			}
			if !m.Done.IsZero() {
				point.Date = m.Done
			}
			bar.Milestones = append(bar.Milestones, point)
		}
		out.Goals = append(out.Goals, bar)
	}
	for _, r := range p.Reviews {
		if !r.Held && !r.Date.IsZero() {
			out.Reviews = append(out.Reviews, r.Date)
		}
	}
	return out
}

func stateOf(m career.Milestone, today civil.Date) timeline.State {
	switch {
	case !m.Done.IsZero():
		return timeline.Done
	case !m.Due.IsZero() && m.Due.Before(today):
		return timeline.Late
	}
	return timeline.Open
}

// timelineList says what the picture shows, with the goals in the same order and
// under the same numbers.
func (h *handling) timelineList(p timeline.Plan) []chat.Block {
	c := &card{h: h}
	c.line("timeline.list", nil)
	for i, g := range p.Goals {
		if i == timeline.MaxGoals {
			c.line("timeline.more_goals", map[string]any{"n": strconv.Itoa(len(p.Goals) - i)})
			break
		}
		c.lines(
			h.c.text("timeline.goal", h.with(map[string]any{"n": strconv.Itoa(i + 1), "title": dialogue.Words(clip(g.Title, 200))})),
			h.dueAndProgress(g),
		)
		c.bullets(h.points(g))
	}
	var dates []string
	for _, d := range p.Reviews {
		dates = append(dates, d.Long())
	}
	if len(dates) > 0 {
		c.line("timeline.reviews", map[string]any{"words": strings.Join(dates, ", ")})
	}
	return c.blocks
}

func (h *handling) dueAndProgress(g timeline.Goal) string {
	parts := []string{h.c.text("timeline.no_date", h.fields())}
	if !g.Due.IsZero() {
		parts[0] = h.c.text("timeline.due", h.with(map[string]any{"date": g.Due.Long()}))
	}
	if g.Of > 0 {
		parts = append(parts, h.c.text("timeline.progress", h.with(map[string]any{"done": strconv.Itoa(g.Done), "of": strconv.Itoa(g.Of)})))
	}
	return strings.Join(parts, ", ")
}

// points are the milestones of a goal in words.
func (h *handling) points(g timeline.Goal) []string {
	keys := map[timeline.State]string{timeline.Done: "timeline.done", timeline.Open: "timeline.open", timeline.Next: "timeline.next", timeline.Late: "timeline.late"}
	var items []string
	for i, m := range g.Milestones {
		if i == shownMilestones {
			last := g.Milestones[len(g.Milestones)-1].Date.Long()
			return append(items, h.c.text("timeline.more", h.with(map[string]any{"n": strconv.Itoa(len(g.Milestones) - i), "date": last})))
		}
		items = append(items, h.c.text(keys[m.State], h.with(map[string]any{"title": dialogue.Words(m.Title), "date": m.Date.Long()})))
	}
	return items
}
