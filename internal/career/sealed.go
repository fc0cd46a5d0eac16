package career

import (
	"fmt"
	"slices"

	"waymark/internal/civil"
)

// failedAfter is how many working days a milestone may be late before the
// backup plan comes into view.
const failedAfter = 7

// BackupOpen reports whether there is a reason to show the backup plan: a risk
// that was planned for has happened, a milestone is long overdue, or a goal was
// given up. Otherwise it stays put away, so that it does not become the plan.
func BackupOpen(p Plan, today civil.Date) bool {
	for _, r := range p.Backup.Risks {
		if !r.Met.IsZero() {
			return true
		}
	}
	for _, g := range p.Goals {
		if g.Status == Dropped {
			return true
		}
		if g.Status != Active {
			continue
		}
		for _, m := range g.Milestones {
			if m.Open() && m.Due.AddWorkingDays(failedAfter).Before(today) {
				return true
			}
		}
	}
	return false
}

// met is b with the days on which its risks happened, as known from was.
func (b Backup) met(was Backup) Backup {
	b.Risks = slices.Clone(b.Risks)
	for i := range b.Risks {
		for _, r := range was.Risks {
			if r.Kind == b.Risks[i].Kind && b.Risks[i].Met.IsZero() {
				b.Risks[i].Met = r.Met
			}
		}
	}
	return b
}

// RiskMet notes that a risk has happened; kind is Risk.Kind. ErrNotFound if no
// plan was made for it.
func (p *Plan) RiskMet(kind string, today civil.Date) error {
	for i := range p.Backup.Risks {
		if r := &p.Backup.Risks[i]; r.Kind == kind {
			if r.Met.IsZero() {
				r.Met = today
			}
			return nil
		}
	}
	return fmt.Errorf("risk of the backup plan: %w", ErrNotFound)
}
