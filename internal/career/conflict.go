package career

// ConflictKind says how dates of a plan do not fit together.
type ConflictKind string

const (
	// YearsDecide: a goal is due later than the person said, because the years
	// of experience it waits for are not complete before.
	YearsDecide ConflictKind = "years"
	// AfterAim: a goal is due after the date of the whole plan, or of its track.
	AfterAim ConflictKind = "aim"
	// ExperienceAfterAim: the experience asked for is complete only after the
	// date of the whole plan; a leap rather than a step.
	ExperienceAfterAim ConflictKind = "experience"
)

// Conflict is something in a plan to be said to the person and left to them to
// settle: later, smaller or another way.
type Conflict struct {
	Kind ConflictKind
	Goal string // id of the goal, "" for the plan as a whole
}

// Conflicts are the dates of the unfinished goals that do not fit together.
func Conflicts(p Plan) []Conflict {
	var out []Conflict
	if !p.By.IsZero() && p.Eligible.After(p.By) {
		out = append(out, Conflict{Kind: ExperienceAfterAim})
	}
	for _, g := range p.Goals {
		if g.Status == Achieved || g.Status == Dropped {
			continue
		}
		by := p.aim(g)
		switch {
		case g.afterYears() && !g.Said.IsZero() && g.Said.Before(p.Eligible):
			out = append(out, Conflict{Kind: YearsDecide, Goal: g.ID})
		case g.afterYears() && p.Eligible.After(by):
			// said for the whole plan
		case !by.IsZero() && g.Due.After(by):
			out = append(out, Conflict{Kind: AfterAim, Goal: g.ID})
		}
	}
	return out
}
