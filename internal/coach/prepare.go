package coach

import (
	"slices"
	"strconv"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/store"
)

// The parts of a preparation, in the order in which they are shown. Each is
// drafted from the plan as it is, until the person puts words of their own in its
// place.
const (
	partProgress = "progress"
	partWins     = "wins"
	partSlipped  = "slipped"
	partGrowth   = "growth"
	partSupport  = "support"
	partImprove  = "improve"
	partHelp     = "help"
	partFunding  = "funding"
)

var prepareParts = []string{partProgress, partWins, partSlipped, partGrowth, partSupport, partImprove, partHelp, partFunding}

// undated is the kind of a preparation for which no day is known: it asks for one.
const undated = "undated"

// preparing is what the talk that prepares a review is about.
func (h *handling) preparing() dialogue.Picked {
	if r, _ := h.reviewToPrepare(); r.Date.Before(h.today()) {
		return dialogue.Picked{Kind: undated}
	}
	return dialogue.Picked{}
}

// reviewToPrepare is the review that was not held, also while the plan is a
// draft.
func (h *handling) reviewToPrepare() (career.Review, bool) {
	if r, ok := h.nextReview(); ok {
		return r, true
	}
	return career.NextReview(h.currentPlan(), h.today())
}

// prepared reports whether the person has put anything of their own into the
// preparation of a review that is still to come.
func (h *handling) prepared() bool {
	r, ok := h.nextReview()
	return ok && !r.Date.Before(h.today()) && (r.Support+r.Improve+r.Help+r.Opening+r.Line != "" || len(r.Edited) > 0)
}

// preparation is what to bring to a review.
type preparation struct {
	h    *handling
	r    career.Review
	plan career.Plan
	prep career.Preparation
	max  int // characters of one thing that is shown
}

func (h *handling) preparation(most int) preparation {
	p := h.currentPlan()
	r, _ := h.reviewToPrepare()
	return preparation{h: h, r: r, plan: p, prep: career.Prepare(p, r, h.today()), max: most}
}

// text is one of the author's texts about the person's words.
func (p preparation) text(key string, f map[string]any) string { return p.h.c.text(key, p.h.with(f)) }

// own are words of the person's.
func (p preparation) own(words string) string { return dialogue.Words(clip(words, p.max)) }

// part is a part as it is: in the person's words, or as a draft.
func (p preparation) part(name string) []string {
	words, edited := p.r.Edited[name]
	if !edited {
		return p.draft(name)
	}
	var items []string
	for line := range strings.Lines(words) {
		if line = strings.TrimSpace(line); line != "" {
			items = append(items, p.own(line))
		}
	}
	return items
}

// draft is a part as the plan has it.
func (p preparation) draft(name string) []string {
	switch name {
	case partProgress:
		return p.progress()
	case partWins:
		return p.wins()
	case partSlipped:
		return p.slipped()
	case partGrowth:
		return p.growth()
	case partFunding:
		var items []string
		for _, g := range p.prep.Funding {
			items = append(items, p.text("review.funding", map[string]any{"title": p.own(g.Title)}))
		}
		return items
	}
	return []string{p.ask(name)}
}

// ask is one of the three things to ask for.
func (p preparation) ask(name string) string {
	said := map[string]string{partSupport: p.r.Support, partImprove: p.r.Improve, partHelp: p.r.Help}[name]
	if said != "" {
		return p.own(said)
	}
	words := ""
	switch name {
	case partSupport:
		words = p.plan.Target
	case partHelp:
		if g, m, ok := career.NextMilestone(p.plan, p.h.today()); ok {
			return p.text("review.help_draft", map[string]any{"words": p.h.milestoneText(g, m)})
		}
	}
	return p.text("review."+name+"_draft", map[string]any{"words": p.own(words)})
}

func (p preparation) progress() []string {
	var items []string
	for _, g := range p.prep.Goals {
		done, of := career.Progress(g)
		items = append(items, p.text("review.line", map[string]any{"title": p.own(g.Title), "done": strconv.Itoa(done), "of": strconv.Itoa(of)}))
	}
	return items
}

func (p preparation) wins() []string {
	var items []string
	for _, w := range p.prep.Wins {
		items = append(items, p.h.winText(w))
	}
	if how := p.h.strength(); how != "" {
		items = append(items, p.text("review.strength", map[string]any{"words": how}))
	}
	return items
}

// slipped are what took longer, with what got in the way where a check-in has
// asked.
func (p preparation) slipped() []string {
	var items []string
	for _, s := range p.prep.Slipped {
		days := p.text("review.slip_days", map[string]any{"n": strconv.Itoa(s.Days)})
		items = append(items, p.text("review.slip", map[string]any{"title": p.h.milestoneText(s.Goal, s.Milestone), "words": days, "why": p.h.inTheWay(s.Milestone.ID)}))
	}
	return items
}

// growth is what has become of the person since the review before: gaps closed,
// levels climbed, milestones reached.
func (p preparation) growth() []string {
	var items []string
	for _, g := range p.prep.Closed {
		items = append(items, p.text("plan.gap_closed", map[string]any{"gap": p.h.planGapText(g), "date": g.Closed.Short()}))
	}
	for _, g := range p.prep.Growth {
		items = append(items, p.text("review.level", map[string]any{"title": p.own(g.Goal.Title), "then": itoa(g.Then.Level + 3), "now": itoa(g.Now.Level + 3)}))
	}
	for _, m := range p.prep.Met {
		g, _, _ := p.plan.Milestone(m.ID)
		items = append(items, p.text("review.met", map[string]any{"date": m.Done.Short(), "title": p.h.milestoneText(g, m)}))
	}
	return items
}

// inTheWay is what the person last said got in the way of a step, "" if nothing.
func (h *handling) inTheWay(milestone string) string {
	why := ""
	for _, a := range h.p.Dialogue.Answers {
		if a.Key.Item == milestone && a.Key.Step == "check_in.obstacle" && !a.Replaced {
			why = dialogue.Words(clip(saidText(a.Value), 200))
		}
	}
	return why
}

// blocks are the whole preparation.
func (p preparation) blocks() []chat.Block {
	c := &card{h: p.h}
	c.heading("review.title", nil)
	c.nextReview(p.plan)
	c.section("review.progress", p.part(partProgress))
	c.section("review.wins", p.part(partWins))
	if _, edited := p.r.Edited[partWins]; !edited && len(p.wins()) == 0 {
		c.line("review.nothing", nil)
	}
	c.section("review.slipped", p.part(partSlipped))
	c.section("review.growth", p.part(partGrowth))
	c.section("review.asks", p.asks())
	return c.blocks
}

// asks are what to ask for, who pays among it, and how to begin.
func (p preparation) asks() []string {
	var items []string
	for _, name := range []string{partSupport, partImprove, partHelp} {
		said := map[string]string{partSupport: p.r.Support, partImprove: p.r.Improve, partHelp: p.r.Help}[name]
		for _, words := range p.part(name) {
			if _, edited := p.r.Edited[name]; edited || said != "" {
				words = p.text("review."+name, map[string]any{"words": words})
			}
			items = append(items, words)
		}
	}
	items = append(items, p.part(partFunding)...)
	if p.r.Opening != "" {
		items = append(items, p.text("review.first", map[string]any{"words": p.own(p.r.Opening)}))
	}
	if p.r.Line != "" {
		items = append(items, p.text("review.strongest", map[string]any{"words": p.own(p.r.Line)}))
	}
	return items
}

// shownPrepared is how many characters of one thing a card shows.
const shownPrepared = 300

// reviewCard is what to bring to the next review.
func (h *handling) reviewCard() []chat.Block { return h.preparation(shownPrepared).blocks() }

// strength is how the job leads further, in the person's words: material for a
// review.
func (h *handling) strength() string {
	s, ok := h.c.book.View(&h.p.Dialogue, h.p.First).Slots["stepping_how"]
	if !ok || s.Answer.Value.Text == "" {
		return ""
	}
	return dialogue.Words(clip(s.Answer.Value.Text, 300))
}

// dateReview gives the review, or the talk that stands for it, its day.
func (h *handling) dateReview(v dialogue.View) {
	if on := value(v, "prep_when").Date; !on.IsZero() {
		h.planByHand()
		_, _ = h.p.Plan.SetReview(on, choiceID(v, "prep_kind") == "review", h.local()) // in the future, as read
	}
}

// keepPreparation writes down what the person will ask for in the next review,
// or in a talk where there is none.
func (h *handling) keepPreparation(v dialogue.View) {
	said := map[string]string{
		partSupport: value(v, "prep_support").Text, partImprove: value(v, "prep_improve").Text, partHelp: value(v, "prep_help").Text,
	}
	opening := value(v, "prep_first").Text
	if opening == "" && said[partSupport]+said[partImprove]+said[partHelp] == "" {
		return // a preparation that was skipped takes nothing away
	}
	r := h.p.Plan.ToPrepare()
	r.Support, r.Improve, r.Help, r.Opening = said[partSupport], said[partImprove], said[partHelp], opening
	for name, words := range said {
		if words != "" {
			delete(r.Edited, name)
		}
	}
}

// keepPractice says back the strongest line of a practice, and keeps it.
func (h *handling) keepPractice(v dialogue.View) {
	line := career.Strongest(value(v, "practise_gone").Text, value(v, "practise_want").Text, value(v, "practise_need").Text)
	if line == "" {
		h.say("review.no_line", nil)
		return
	}
	h.p.Plan.ToPrepare().Line = line
	h.say("review.strongest_back", map[string]any{"words": dialogue.Words(clip(line, shownPrepared))})
}

// reviewExport sends the preparation as a file to the DM.
func (h *handling) reviewExport() error {
	if !h.known || h.unspoken() {
		return h.here("export.nothing")
	}
	row := store.Row{Kind: store.File, File: fileReview, Batch: strconv.FormatUint(h.p.Rows, 10), Message: h.c.message("export.ready_one", h.fields())}
	if _, err := h.row(row); err != nil {
		return err
	}
	return h.elsewhere("export.coming")
}

// prepareFields are the parts of the preparation to edit; where no day is known,
// the day as well.
func (f *form) prepareFields() bool {
	p := f.h.preparation(maxPart)
	if p.r.Date.Before(f.h.today()) {
		f.says("form.prepare.no_date", nil)
		f.field("date", chat.Date).Optional = true
		f.field("kind", chat.Radio, "talk").Choices = []chat.Choice{f.choice("formal"), f.choice("talk")}
	}
	for _, name := range prepareParts {
		fd := f.field(name, chat.Lines, p.typed(name))
		fd.Optional, fd.MaxLength = true, maxLines
	}
	return true
}

// maxPart is how many characters of one thing a form holds, and maxItems how many
// things of one part: both together stay below maxLines.
const (
	maxPart  = 190
	maxItems = 14
)

// typed is a part as it stands in a form: one thing a line. Of too many the
// latest are there.
func (p preparation) typed(name string) string {
	if words, edited := p.r.Edited[name]; edited {
		return words
	}
	if said := map[string]string{partSupport: p.r.Support, partImprove: p.r.Improve, partHelp: p.r.Help}[name]; said != "" {
		return clip(said, maxLines)
	}
	items := p.draft(name)
	if n := len(items) - maxItems; n > 0 {
		items = items[n:]
	}
	out := make([]string, len(items))
	for i, it := range items {
		out[i] = clip(strings.ReplaceAll(dialogue.Unmark(it), "\n", " "), maxPart)
	}
	return strings.Join(out, "\n")
}

func (f *form) prepareVersion() string {
	p := f.h.preparation(maxPart)
	parts := []string{p.r.ID, p.r.Date.String()}
	for _, name := range prepareParts {
		parts = append(parts, p.typed(name))
	}
	return strings.Join(parts, "\x00")
}

// prepareTake keeps what was changed; what was left as it was drafted goes on
// following the plan.
func (f *form) prepareTake() error {
	h := f.h
	p := h.preparation(maxPart)
	words := map[string]string{}
	for _, name := range prepareParts {
		words[name] = f.words(name, maxLines)
	}
	day, dated := f.day("date")
	if dated && day.Before(h.today()) {
		f.error("date", "past", map[string]any{"date": h.today().Long()})
	}
	if len(f.errs) > 0 {
		return nil
	}
	if dated {
		h.planByHand()
		if _, err := h.p.Plan.SetReview(day, f.picked("kind") == "formal", h.local()); err != nil {
			return err
		}
	}
	r := h.p.Plan.ToPrepare()
	for _, name := range prepareParts {
		if words[name] == strings.TrimSpace(p.typed(name)) {
			continue
		}
		if r.Edited == nil {
			r.Edited = map[string]string{}
		}
		r.Edited[name] = words[name]
	}
	if err := f.does("form.prepare.kept", nil); err != nil || f.home {
		return err
	}
	return h.tell(append(h.reviewCard(), h.reviewButtons()))
}

// reviewButtons are what can be done with a preparation. They say everything
// that they need, since they may stand under an answer that only one person
// sees.
func (h *handling) reviewButtons() chat.Block {
	button := func(value, key string) chat.Choice { return chat.Choice{Value: value, Label: h.plain(key, nil)} }
	return chat.Block{Kind: chat.Buttons, ID: "form", Choices: slices.Clip([]chat.Choice{
		button("form:prepare", "form.prepare.name"), button("c:practise", "button.practise"), button("c:review export", "button.review_file"),
		button("form:review", "form.review.name"),
	})}
}
