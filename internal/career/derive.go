package career

import (
	"slices"

	"waymark/internal/civil"
)

// backupCheck is after how many months a risk is looked at again.
const backupCheck = 3

// Derive is the draft of a plan that the answers so far add up to; it is whole
// at any point of the dialogue, with whatever is known by then. title says an
// action in words. It knows nothing of a plan that was confirmed before: see
// Diff for what an answer would change there.
func Derive(f Facts, title func(Action) string, today civil.Date) Plan {
	p := Plan{
		Job:      f.words("job"),
		Target:   f.words("target"),
		Reason:   f.words("reason"),
		Criteria: f.words("differently"),
		Content:  f.said("change", "no"),
	}
	if f.Has("by") {
		p.By = f.Slots["by"].Date
	}
	p.Week = week(f)
	p.Gaps = Gaps(f)
	if f.Has("gap_pick") {
		for i := range p.Gaps {
			p.Gaps[i].Picked = slices.Contains(f.Slots["gap_pick"].Choices, p.Gaps[i].ID)
		}
	}
	for i := range p.Gaps {
		p.Gaps[i].Picked = p.Gaps[i].Picked || proposedFor(f, p.Gaps[i].ID)
	}
	p.Tracks = tracks(f)
	p.Goals = Goals(f, title, today)
	p.List = todos(f, title, p.Goals)
	if r, ok := f.reading("closeness", today); ok {
		p.Closeness = []Reading{r}
	}
	if r, ok := f.reading("energy_level", today); ok {
		p.Energy = []Reading{r}
	}
	p.Missing = missingMonths(f)
	p.Eligible = eligible(f, p.Goals, today)
	if r, ok := review(f); ok {
		p.Reviews = []Review{r}
	}
	p.Backup = backup(f, p.By, today)
	p.NextID = max(len(p.Goals), len(p.Reviews)) + 1
	return p
}

// riskLife is the risk that health or family needs the person.
const riskLife = "life"

// look dates the look at a risk by what the person said themselves, the first
// such date that is still to come.
func (r *Risk) look(on, today civil.Date) {
	if !r.Said && on.After(today) {
		r.By, r.Said = on, true
	}
}

// review is the next review, or the talk that stands for it where the job has
// none.
func review(f Facts) (Review, bool) {
	r := Review{ID: "r1"}
	switch {
	case (f.said("has_review", "yes") || !f.Answered("has_review")) && f.Has("review_date"):
		r.Date, r.Formal = f.Slots["review_date"].Date, true
	case f.Has("talk_date"):
		r.Date = f.Slots["talk_date"].Date
	}
	r.Asked = r.Date
	return r, !r.Date.IsZero()
}

// backup is the other road: what to do for each risk, when to look whether it
// has come, and the head start.
func backup(f Facts, by, today civil.Date) Backup {
	b := Backup{Alternatives: f.list("alternatives"), HeadStart: f.words("head_start")}
	if !f.Has("risks") {
		return b
	}
	check := today.AddMonths(backupCheck)
	if by.After(today) && by.Before(check) {
		check = by
	}
	risks := f.Slots["risks"]
	for i, id := range risks.Choices {
		if id == unsure {
			continue
		}
		r, items := Risk{Kind: id, By: check}, []string{id}
		if words, own := risks.own(i); own {
			r.Kind, r.Own = words, true
			items = append(items, words, ownPrefix+words)
		}
		if v, ok := f.itemOf("risk_then", items); ok {
			r.Then = tidy(v.Text)
			r.look(v.Date, today)
		}
		if id == riskLife {
			r.look(f.Week.From, today)
		}
		if r.Kind != "" {
			b.Risks = append(b.Risks, r)
		}
	}
	return b
}
