package career

import (
	"fmt"
	"slices"
	"time"

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

// met is b with the days on which its risks happened, and those on which the
// person wants to look at them, as known from was.
func (b Backup) met(was Backup) Backup {
	b.Risks = slices.Clone(b.Risks)
	for i := range b.Risks {
		for _, r := range was.Risks {
			if r.Kind != b.Risks[i].Kind {
				continue
			}
			if b.Risks[i].Met.IsZero() {
				b.Risks[i].Met = r.Met
			}
			if r.Said && !b.Risks[i].Said {
				b.Risks[i].By, b.Risks[i].Said = r.By, true
			}
		}
	}
	return b
}

// LookAt sets the day on which the person wants to look at the risks that have
// not happened. now is in their zone; ErrPast for a day before today, ErrNotFound
// where there is no such risk.
func (p *Plan) LookAt(on civil.Date, now time.Time) error {
	if on.Before(civil.Of(now)) {
		return fmt.Errorf("dating the look at the backup plan: %w", ErrPast)
	}
	found := false
	for i := range p.Backup.Risks {
		if r := &p.Backup.Risks[i]; r.Met.IsZero() {
			r.By, r.Said, found = on, true, true
		}
	}
	if !found {
		return fmt.Errorf("dating the look at the backup plan: %w", ErrNotFound)
	}
	return nil
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
