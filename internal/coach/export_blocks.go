package coach

import (
	"cmp"
	"strings"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
)

// exportCard builds what a person reads of an export. Other than on the cards of
// the chat, nothing in it is cut or left out to be short.
type exportCard struct{ card }

// exportBlocks are the plan and what was said, to read.
func (h *handling) exportBlocks() []chat.Block {
	p := h.currentPlan()
	c := &exportCard{card{h: h}}
	c.heading("export.heading", nil)
	c.line("export.made", map[string]any{"date": h.today().Long()})
	switch {
	case p.Content:
		c.line("export.content", nil)
	case p.Confirmed.IsZero():
		c.line("export.draft", nil)
	}
	c.lines(
		c.own("plan.from", "job", p.Job),
		c.own("plan.to", "target", p.Target),
		h.if_("plan.by", "date", p.By.Long()),
		c.own("plan.reason", "reason", p.Reason),
		c.own("plan.criteria", "words", p.Criteria),
	)
	c.brings()
	c.card.gaps(p)
	c.card.tracks(p)
	c.goalsInFull(p)
	c.todos(p)
	c.reviewsInFull(p)
	c.backup(p, false)
	c.winsInFull(p)
	c.people(p)
	c.rest(p)
	if len(p.Pay.Now)+len(p.Pay.Offer) > 0 {
		c.blocks = append(c.blocks, h.payCard()...)
	}
	c.trends(p)
	c.answers()
	c.notes()
	return c.blocks
}

// own is a text with the person's words in its field, "" without any.
func (c *exportCard) own(key, field, words string) string {
	return c.h.if_(key, field, dialogue.Words(strings.TrimSpace(words)))
}

func (c *exportCard) text(key string, fields map[string]any) string {
	return c.h.c.text(key, c.h.with(fields))
}

func (c *exportCard) goalsInFull(p career.Plan) {
	if len(p.Goals) == 0 {
		return
	}
	c.heading("plan.goals", nil)
	for _, g := range p.Goals {
		c.goalInFull(p, g)
	}
	if !p.Eligible.IsZero() {
		c.line("plan.eligible", map[string]any{"date": p.Eligible.Long()})
	}
}

func (c *exportCard) goalInFull(p career.Plan, g career.Goal) {
	h := c.h
	c.blocks = append(c.blocks, chat.Para(chat.Span{Text: g.Title, Style: chat.Bold, Own: true}))
	measure := c.own("plan.measure", "words", g.Measure)
	if measure == "" {
		measure = h.measure(g)
	}
	c.lines(
		c.status(g), h.place(p, g), measure, h.closes(p, g),
		h.if_("plan.due", "date", g.Due.Long()),
		c.own("plan.if_then", "words", g.IfThen),
		c.own("export.obstacle", "words", g.Obstacle),
		c.own("export.funding", "words", g.Funding),
	)
	var items []string
	for _, m := range g.Milestones {
		key := "export.step_open"
		switch {
		case !m.Done.IsZero():
			key = "export.step_done"
		case m.Dropped:
			key = "export.step_dropped"
		}
		items = append(items, c.text(key, map[string]any{"date": m.Due.Long(), "title": h.stepText(m), "done": m.Done.Long()}))
	}
	c.bullets(items)
	c.levels(g)
}

func (c *exportCard) status(g career.Goal) string {
	switch g.Status {
	case career.Achieved:
		return c.text("export.achieved", nil)
	case career.Dropped:
		return c.text("export.dropped", nil)
	case career.Later:
		return "" // place says so
	}
	done, of := career.Progress(g)
	return c.text("export.active", map[string]any{"done": itoa(done), "of": itoa(of)})
}

// levels are what five degrees of success mean for a goal, and which were
// reached when.
func (c *exportCard) levels(g career.Goal) {
	var items []string
	for i, words := range g.Levels {
		if words != "" {
			items = append(items, c.text("export.level", map[string]any{"n": itoa(i + 1), "words": dialogue.Words(words)}))
		}
	}
	if len(items)+len(g.Scores) > 0 {
		c.line("export.levels", nil) // parts the two lists
	}
	for _, s := range g.Scores {
		items = append(items, c.text("export.reached", map[string]any{"date": s.On.Long(), "n": itoa(s.Level + 3)}))
	}
	c.bullets(items)
}

func (c *exportCard) todos(p career.Plan) {
	var items []string
	for _, t := range p.List {
		items = append(items, c.text("export.todo", map[string]any{"title": dialogue.Words(t.Text), "date": t.Due.Long(), "done": t.Done.Long()}))
	}
	c.section("list.title", items)
}

func (c *exportCard) reviewsInFull(p career.Plan) {
	if len(p.Reviews) > 0 {
		c.heading("export.reviews", nil)
	}
	for _, r := range p.Reviews {
		key, held := "export.talk", ""
		if r.Formal {
			key = "export.review"
		}
		if r.Held {
			held = "yes"
		}
		c.lines(
			c.text(key, map[string]any{"date": r.Date.Long(), "held": held}),
			c.own("review.support", "words", r.Support),
			c.own("review.improve", "words", r.Improve),
			c.own("review.help", "words", r.Help),
			c.own("export.opening", "words", r.Opening),
			c.own("review.strongest", "words", r.Line),
			c.own("export.said", "words", r.Said),
			c.own("export.agreed", "words", r.Agreed),
		)
		for _, part := range prepareParts {
			if words := r.Edited[part]; words != "" {
				c.line("export.edited", map[string]any{"part": c.text("form.prepare."+part, nil), "words": dialogue.Words(words)})
			}
		}
	}
}

func (c *exportCard) winsInFull(p career.Plan) {
	if len(p.Wins) > 0 {
		c.heading("export.wins", nil)
	}
	for _, w := range p.Wins {
		c.lines(
			c.text("export.win", map[string]any{"date": w.On.Long(), "words": dialogue.Words(w.Text)}),
			c.own("export.win_for", "words", w.For),
			c.own("export.win_result", "words", w.Result),
			c.own("export.win_skill", "words", w.Skill),
			c.own("export.win_link", "words", w.Link),
		)
	}
}

func (c *exportCard) people(p career.Plan) {
	var items []string
	for _, n := range p.Network {
		items = append(items, c.text("export.contact", map[string]any{"words": dialogue.Words(n.Who), "how": dialogue.Words(n.How), "date": n.On.Long()}))
	}
	mentor := []string{c.own("export.mentor", "words", p.Mentor.Who), c.own("export.message", "words", p.Mentor.Message)}
	if len(items) == 0 && mentor[0]+mentor[1] == "" {
		return
	}
	c.heading("export.people", nil)
	c.lines(mentor...)
	c.bullets(items)
}

func (c *exportCard) rest(p career.Plan) {
	r := p.Rest
	if r == (career.Rest{}) {
		return
	}
	c.heading("export.rest", nil)
	c.lines(
		c.own("export.drains", "words", r.Drains), c.own("export.free", "words", r.Free), c.own("export.delegate", "words", r.Delegate),
		c.own("export.protected", "words", r.Protected), c.own("export.if_then", "words", r.IfThen),
	)
}

func (c *exportCard) trends(p career.Plan) {
	var items []string
	for _, r := range p.Closeness {
		items = append(items, c.text("export.closeness", map[string]any{"date": r.On.Long(), "n": itoa(r.N)}))
	}
	for _, r := range p.Energy {
		items = append(items, c.text("export.energy", map[string]any{"date": r.On.Long(), "n": itoa(r.N)}))
	}
	c.section("export.trend", items)
}

// answers are those in force, each with its question.
func (c *exportCard) answers() {
	first, asked := true, c.h.questions()
	for _, a := range c.h.p.Dialogue.Answers {
		said, question := c.answer(a), lastLine(asked(a))
		if a.Replaced || said == "" || a.Value.Skipped && question == "" {
			continue
		}
		if first {
			c.heading("export.answers", nil)
		}
		first = false
		spans := []chat.Span{chat.B(cmp.Or(question, a.Key.Step))}
		for _, t := range []string{c.own("export.about", "words", c.h.aboutOf(a)), said} {
			if t != "" {
				spans = append(append(spans, chat.T("\n")), dialogue.Spans(t)...)
			}
		}
		c.blocks = append(c.blocks, chat.Para(spans...))
	}
}

// answer is what was said, and how it was typed where that reads otherwise.
func (c *exportCard) answer(a dialogue.Answer) string {
	said, typed := strings.TrimSpace(dialogue.Unmark(a.Said())), strings.TrimSpace(a.Words)
	switch {
	case a.Value.Skipped:
		return c.text("export.skipped", map[string]any{"date": c.day(a.At)})
	case said == "":
		said = typed
	}
	if same(said, typed) {
		typed = ""
	}
	if said == "" {
		return ""
	}
	return c.text("export.answer", map[string]any{"date": c.day(a.At), "words": dialogue.Words(said), "typed": dialogue.Words(typed)})
}

// lastLine is a question without what leads to it.
func lastLine(s string) string { return s[strings.LastIndexByte(s, '\n')+1:] }

func (c *exportCard) notes() {
	var items []string
	for _, n := range c.h.p.Notes {
		items = append(items, c.text("export.note", map[string]any{"date": c.day(n.At), "words": dialogue.Words(n.Text)}))
	}
	c.section("export.notes", items)
}

// day is the day of a moment where the person is.
func (c *exportCard) day(at time.Time) string {
	return civil.Of(at.In(c.h.p.zone())).Short()
}
