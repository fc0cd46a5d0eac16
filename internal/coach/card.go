package coach

import (
	"slices"
	"strconv"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// shownMilestones is how many milestones of a goal a card lists.
const shownMilestones = 16

// card builds a message block by block.
type card struct {
	h      *handling
	blocks []chat.Block
}

func (c *card) heading(key string, fields map[string]any) {
	c.blocks = append(c.blocks, chat.Block{Kind: chat.Heading, Spans: dialogue.Spans(c.h.c.text(key, c.h.with(fields)))})
}

func (c *card) line(key string, fields map[string]any) {
	c.blocks = append(c.blocks, chat.Para(dialogue.Spans(c.h.c.text(key, c.h.with(fields)))...))
}

// lines are several texts in one paragraph, one below the other; empty ones
// are left out.
func (c *card) lines(texts ...string) {
	var spans []chat.Span
	for _, t := range texts {
		if t == "" {
			continue
		}
		if len(spans) > 0 {
			spans = append(spans, chat.T("\n"))
		}
		spans = append(spans, dialogue.Spans(t)...)
	}
	if len(spans) > 0 {
		c.blocks = append(c.blocks, chat.Para(spans...))
	}
}

func (c *card) bullets(items []string) {
	if len(items) == 0 {
		return
	}
	b := chat.Block{Kind: chat.Bullets}
	for _, it := range items {
		b.Items = append(b.Items, dialogue.Spans(it))
	}
	c.blocks = append(c.blocks, b)
}

// if_ is a text of the plan, or "" when its field is empty.
func (h *handling) if_(key, field, value string) string {
	if value == "" {
		return ""
	}
	return h.c.text(key, h.with(map[string]any{field: value}))
}

// planCard is the whole plan, in the person's words. The backup plan of a
// confirmed one stays put away, unless something it was made for has happened.
func (h *handling) planCard(p career.Plan) []chat.Block {
	return h.plan(p, !p.Confirmed.IsZero())
}

func (h *handling) plan(p career.Plan, sealed bool) []chat.Block {
	c := &card{h: h}
	c.rests()
	switch {
	case p.Content:
		c.line("plan.content", nil)
		c.reviews(p)
		return c.blocks
	case p.Job == "" && p.Target == "" && len(p.Goals) == 0:
		c.line("plan.empty", nil)
		return c.blocks
	case p.Confirmed.IsZero():
		c.heading("plan.draft", nil)
	default:
		c.heading("plan.title", nil)
	}
	c.lines(
		h.if_("plan.from", "job", dialogue.Words(clip(p.Job, 300))),
		h.if_("plan.to", "target", dialogue.Words(clip(p.Target, 300))),
		h.if_("plan.by", "date", p.By.Long()),
		h.if_("plan.reason", "reason", dialogue.Words(clip(p.Reason, 300))),
		h.if_("plan.criteria", "words", dialogue.Words(clip(p.Criteria, 300))),
	)
	c.lines(h.weekLines(p)...)
	c.brings()
	c.free(p.Rest)
	c.gaps(p)
	c.tracks(p)
	c.goals(p)
	c.list(p)
	c.reviews(p)
	c.backup(p, sealed && !career.BackupOpen(p, h.today()))
	if n := len(p.Wins); n > 0 {
		c.line("plan.wins", map[string]any{"n": strconv.Itoa(n)})
	}
	return c.blocks
}

// free lists what the person protects from the plan.
func (c *card) free(r career.Rest) {
	var items []string
	for _, words := range []string{r.Free, r.Protected, r.IfThen} {
		if words != "" {
			items = append(items, c.h.c.text("plan.free_item", c.h.with(map[string]any{"words": dialogue.Words(clip(words, 200))})))
		}
	}
	if len(items) > 0 {
		c.heading("plan.free", nil)
		c.bullets(items)
	}
}

func (c *card) gaps(p career.Plan) {
	if len(p.Gaps) == 0 {
		return
	}
	picked := false
	for _, g := range p.Gaps {
		picked = picked || g.Picked
	}
	var items []string
	for _, g := range p.Gaps {
		text := c.h.planGapText(g)
		switch {
		case !g.Closed.IsZero():
			text = c.h.c.text("plan.gap_closed", c.h.with(map[string]any{"gap": text, "date": g.Closed.Short()}))
		case picked && !g.Picked:
			text = c.h.c.text("plan.gap_later", c.h.with(map[string]any{"gap": text}))
		}
		items = append(items, text)
	}
	c.heading("plan.gaps", nil)
	c.bullets(items)
}

func (c *card) goals(p career.Plan) {
	c.heading("plan.goals", nil)
	shown := 0
	for _, g := range p.Goals {
		if g.Status == career.Dropped {
			continue
		}
		shown++
		c.goal(p, g)
	}
	if shown == 0 {
		c.line("plan.no_goals", nil)
	}
	if !p.Eligible.IsZero() {
		c.line("plan.eligible", map[string]any{"date": p.Eligible.Long()})
	}
	for _, x := range career.Conflicts(p) {
		g, _ := p.Goal(x.Goal)
		c.line("conflict."+string(x.Kind), map[string]any{"title": dialogue.Words(g.Title)})
	}
}

func (c *card) goal(p career.Plan, g career.Goal) {
	h := c.h
	title := chat.Span{Text: g.Title, Style: chat.Bold, Own: true}
	spans := []chat.Span{title}
	for _, t := range []string{
		h.place(p, g),
		h.measure(g),
		h.closes(p, g),
		h.if_("plan.due", "date", g.Due.Long()),
		h.if_("plan.if_then", "words", dialogue.Words(clip(g.IfThen, 300))),
	} {
		if t != "" {
			spans = append(append(spans, chat.T("\n")), dialogue.Spans(t)...)
		}
	}
	c.blocks = append(c.blocks, chat.Para(spans...))
	var items []string
	for _, m := range g.Milestones {
		if m.Dropped {
			continue
		}
		key := "plan.milestone_open"
		if !m.Done.IsZero() {
			key = "plan.milestone_done"
		}
		if len(items) == shownMilestones {
			last := g.Milestones[len(g.Milestones)-1]
			items = append(items, h.c.text("plan.milestones_more", h.with(map[string]any{"n": strconv.Itoa(len(g.Milestones) - shownMilestones), "date": last.Due.Short()})))
			break
		}
		items = append(items, h.c.text(key, h.with(map[string]any{"date": m.Due.Short(), "title": h.stepOf(g, m)})))
	}
	c.bullets(items)
}

func (c *card) reviews(p career.Plan) {
	for _, r := range p.Reviews {
		if r.Held {
			continue
		}
		key := "plan.talk"
		if r.Formal {
			key = "plan.review"
		}
		c.line(key, map[string]any{"date": r.Date.Long()})
	}
}

// list is what there is to do besides the goals.
func (c *card) list(p career.Plan) {
	var items []string
	for _, t := range p.List {
		if t.Open() {
			items = append(items, c.h.c.text("list.item", c.h.with(map[string]any{"title": dialogue.Words(clip(t.Text, 200)), "date": t.Due.Short()})))
		}
	}
	if len(items) > 0 {
		c.heading("list.title", nil)
		c.bullets(items)
	}
}

func (c *card) backup(p career.Plan, sealed bool) {
	b := p.Backup
	if len(b.Risks) == 0 && len(b.Alternatives) == 0 && b.HeadStart == "" {
		return
	}
	if sealed {
		c.line("backup.sealed", nil)
		return
	}
	c.heading("plan.backup", nil)
	var items []string
	for _, r := range b.Risks {
		key := "plan.risk"
		if r.Then == "" {
			key = "plan.risk_open"
		}
		items = append(items, c.h.c.text(key, c.h.with(map[string]any{"risk": c.h.riskText(r), "then": dialogue.Words(clip(r.Then, 300)), "date": r.By.Long(), "met": r.Met.Long(), "said": r.Said})))
	}
	c.bullets(items)
	if slices.ContainsFunc(b.Risks, func(r career.Risk) bool { return r.Met.IsZero() }) && !p.Confirmed.IsZero() {
		c.line("plan.look", nil)
	}
	alternatives := make([]string, len(b.Alternatives))
	for i, a := range b.Alternatives {
		alternatives[i] = dialogue.Words(a)
	}
	start := b.HeadStart
	if nothingWords.MatchString(start) {
		start = "" // the answer is kept as it was said, but there is none
	}
	c.lines(
		c.h.if_("plan.alternatives", "words", dialogue.JoinAnd(alternatives)),
		c.h.if_("plan.head_start", "words", dialogue.Words(clip(start, 300))),
	)
}

// backupCard is the backup plan, for who asks to see it.
func (h *handling) backupCard() []chat.Block {
	c := &card{h: h}
	c.backup(h.currentPlan(), false)
	if len(c.blocks) == 0 {
		c.line("backup.none", nil)
	}
	return c.blocks
}

// goalsCard is the status at a glance: what `/goals` answers.
func (h *handling) goalsCard() []chat.Block {
	p := h.currentPlan()
	c := &card{h: h}
	if p.Content {
		c.line("plan.content", nil)
		return c.blocks
	}
	if c.rests() && len(p.Goals) == 0 {
		return c.blocks
	}
	if len(p.Goals) == 0 {
		c.line("goals.none", nil)
		c.list(p)
		c.nextReview(p)
		return c.blocks
	}
	c.heading("goals.title", nil)
	if p.Confirmed.IsZero() {
		c.line("plan.unconfirmed", nil)
	}
	for i, g := range numberedGoals(p) {
		c.status(g, i+1)
	}
	c.list(p)
	c.nextReview(p)
	return c.blocks
}

// status is one goal in a few lines, below its number where there is one.
func (c *card) status(g career.Goal, n int) {
	h := c.h
	var spans []chat.Span
	if n > 0 {
		spans = append(spans, chat.T(itoa(n)+". "))
	}
	title := dialogue.Words(g.Title)
	switch g.Status {
	case career.Achieved:
		spans = append(spans, dialogue.Spans(h.c.text("goals.achieved", h.with(map[string]any{"title": title})))...)
		c.blocks = append(c.blocks, chat.Para(spans...))
		return
	case career.Later:
		spans = append(spans, dialogue.Spans(h.c.text("goals.later", h.with(map[string]any{"title": title})))...)
		c.blocks = append(c.blocks, chat.Para(spans...))
		return
	}
	done, of := career.Progress(g)
	next := ""
	if m, ok := g.Next(h.today()); ok {
		key := "goals.next"
		if m.Due.Before(h.today()) {
			key = "goals.overdue"
		}
		next = h.c.text(key, h.with(map[string]any{"title": h.stepOf(g, m), "date": m.Due.Long()}))
	}
	spans = append(spans, chat.Span{Text: g.Title, Style: chat.Bold, Own: true})
	for _, t := range []string{
		h.c.text("goals.progress", h.with(map[string]any{"done": strconv.Itoa(done), "of": strconv.Itoa(of)})),
		next,
		h.if_("plan.due", "date", g.Due.Long()),
	} {
		if t != "" {
			spans = append(append(spans, chat.T("\n")), dialogue.Spans(t)...)
		}
	}
	c.blocks = append(c.blocks, chat.Para(spans...))
}

func (c *card) nextReview(p career.Plan) {
	r, ok := career.NextReview(p, c.h.today())
	switch {
	case !ok:
		c.line("goals.no_review", nil)
	case r.Formal:
		c.line("goals.review", map[string]any{"date": r.Date.Long(), "days": c.h.days("goals.", r.Date)})
	default:
		c.line("goals.talk", map[string]any{"date": r.Date.Long(), "days": c.h.days("goals.", r.Date)})
	}
}

// milestoneText says what stands at a milestone; marked text.
func (h *handling) milestoneText(g career.Goal, m career.Milestone) string {
	if m.Title != "" {
		return dialogue.Words(m.Title)
	}
	return h.c.text("milestone."+string(m.Kind), map[string]any{
		"title": dialogue.Words(clip(g.Title, 120)), "n": strconv.Itoa(m.N), "of": strconv.Itoa(m.Of),
	})
}

// stepOf is stepText with a first step in words of what is to be done.
func (h *handling) stepOf(g career.Goal, m career.Milestone) string {
	if m.Kind == career.FirstStep && m.Title == "" {
		return h.c.text("begin.first", h.with(map[string]any{"words": h.firstStep(g)}))
	}
	return h.stepText(m)
}

// weekStep is the step of the week, with its goal: a first step in words of what is
// to be done.
func (h *handling) weekStep(g career.Goal, m career.Milestone) string {
	if m.Kind == career.FirstStep && m.Title == "" {
		return h.c.text("begin.of", h.with(map[string]any{"words": h.firstStep(g), "title": dialogue.Words(clip(g.Title, 120))}))
	}
	return h.milestoneText(g, m)
}

// stepText is milestoneText where the goal's title stands above it.
func (h *handling) stepText(m career.Milestone) string {
	if m.Title != "" {
		return dialogue.Words(m.Title)
	}
	return h.c.text("step."+string(m.Kind), map[string]any{"n": strconv.Itoa(m.N), "of": strconv.Itoa(m.Of)})
}

// planGapText names a gap of the plan.
func (h *handling) planGapText(g career.Gap) string {
	return h.c.gapText(g, facts(h.c.book.View(&h.p.Dialogue, h.p.First)))
}

// riskText names a risk: the choice's label, or the person's words.
func (h *handling) riskText(r career.Risk) string {
	if r.Own {
		return dialogue.Words(reading.Deed(r.Kind))
	}
	if s, ok := h.c.book.Step("backup.risks"); ok {
		for _, c := range s.Choices {
			if c.ID == r.Kind {
				return c.Label
			}
		}
	}
	return r.Kind
}

// difference is one change that a correction would bring, old → new.
func (h *handling) difference(d career.Difference) []chat.Span {
	from, to := d.From, d.To
	if !d.FromDate.IsZero() {
		from = d.FromDate.Short()
	}
	if !d.ToDate.IsZero() {
		to = d.ToDate.Short()
	}
	spans := dialogue.Spans(h.c.text("diff."+string(d.Kind), h.fields()))
	if d.Item != "" {
		if g, ok := h.p.Plan.Goal(d.Item); ok {
			spans = append(spans, chat.T(" ("), chat.Own(clip(g.Title, 80)), chat.T(")"))
		}
	}
	if d.Gap != nil {
		spans = append(spans, chat.T(": "))
		return append(spans, dialogue.Spans(h.planGapText(*d.Gap))...)
	}
	if from == "" && to == "" {
		return spans
	}
	spans = append(spans, chat.T(": "))
	if from != "" {
		spans = append(spans, chat.Own(clip(from, 120)), chat.T(" → "))
	}
	return append(spans, chat.Own(clip(to, 120)))
}

// section is a heading with a list below it; without anything to list there is
// neither.
func (c *card) section(key string, items []string) {
	if len(items) > 0 {
		c.heading(key, nil)
		c.bullets(items)
	}
}
