// Package rehearsal shows what reminders a plan would bring, before anybody
// gets one: it reads an example plan, lives through the days with the rules of
// package reminder, and says of every message and of everything left out why.
//
// It knows no person's data and sends nothing.
package rehearsal

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"waymark/internal/civil"
	"waymark/internal/reminder"
)

// Options say what is shown.
type Options struct {
	From, To civil.Date // To inclusive
	Silent   bool       // the person answers nothing
	All      bool       // also what is left out
}

// Write lists what the plan brings, one line each.
func Write(w io.Writer, p Plan, o Options) error {
	loc := p.Settings.Location()
	from, to := o.From.At(0, 0, loc), o.To.AddDays(1).At(0, 0, loc)
	looks := reminder.Rehearse(p.at, p.Settings, p.State, from, to, !o.Silent)
	var b strings.Builder
	b.WriteString(p.header(o) + "\n\n")
	messages := 0
	var days []civil.Date
	for _, l := range looks {
		if len(l.Say) > 0 {
			messages++
			days = append(days, civil.Of(l.At.In(loc)))
		}
		p.look(&b, l, o)
	}
	if len(looks) == 0 || messages == 0 {
		b.WriteString("Nothing is said.\n")
	}
	fmt.Fprintf(&b, "\n%d messages in %d days, at most %d within seven days.\n", messages, o.From.DaysUntil(o.To)+1, busiest(days))
	_, err := io.WriteString(w, b.String())
	return err
}

// header says under which settings.
func (p Plan) header(o Options) string {
	from, to, hour, _ := p.Settings.Hours()
	parts := []string{
		fmt.Sprintf("%s to %s", o.From.Short(), o.To.Short()), p.Settings.Location().String(),
		fmt.Sprintf("%d to %d o'clock, best at %d", from, to, hour),
	}
	switch n := p.Settings.Budget; {
	case n < 0:
		parts = append(parts, "what was asked for alone")
	case n == 0:
		n = reminder.DefaultBudget
		fallthrough
	default:
		parts = append(parts, fmt.Sprintf("at most %d messages a week", n))
	}
	if p.Holidays != "" {
		parts = append(parts, "holidays: "+p.Holidays)
	}
	if o.Silent {
		parts = append(parts, "nothing is answered")
	} else {
		parts = append(parts, "every message is answered")
	}
	return strings.Join(parts, "; ")
}

const stamp = "Mon 2 Jan 2006 15:04"

// look writes one message, and what was left out.
func (p Plan) look(b *strings.Builder, l reminder.Rehearsed, o Options) {
	loc := p.Settings.Location()
	at := fmt.Sprintf("%-22s", l.At.In(loc).Format(stamp))
	for i, occ := range l.Say {
		if i > 0 {
			at = strings.Repeat(" ", len(at)) // in the same message
		}
		fmt.Fprintf(b, "%s %-18s %s\n", at, occ.Kind, p.why(occ))
	}
	if !o.All {
		return
	}
	drop := slices.Clone(l.Drop)
	for _, d := range drop {
		fmt.Fprintf(b, "%-22s %-18s %s: %s\n", "not on "+d.At.In(loc).Format("2 Jan 2006"), d.Kind, p.why(d.Occurrence), reasons[d.Reason])
	}
}

// reasons say why something was left out.
var reasons = map[reminder.Reason]string{
	reminder.Superseded: "a later moment about the same thing is said",
	reminder.PutOff:     "it was put off",
	reminder.SetLate:    "its moment was over when the date was set",
	reminder.Late:       "it is no longer worth saying",
	reminder.InPause:    "it fell into a pause",
	reminder.InSilence:  "the coach is silent until it is spoken to",
	reminder.NoBudget:   "the week's messages were spent",
}

// why says in words which rule brings an occurrence.
func (p Plan) why(o reminder.Occurrence) string {
	about := ""
	if g, m, ok := p.Career.Milestone(o.Milestone); ok {
		about = ": " + g.Title
		if m.Title != "" {
			about += ", " + m.Title
		}
	} else if g, ok := p.Career.Goal(o.Goal); ok {
		about = ": " + g.Title
	}
	return rule(o) + about
}

// rule is the rule of an occurrence.
func rule(o reminder.Occurrence) string {
	on := o.Due.Short()
	switch o.Kind {
	case reminder.AskedDate:
		return "the date that the person picked"
	case reminder.ReviewAhead:
		return fmt.Sprintf("%d days before the review on %s", -o.Offset, on)
	case reminder.ReviewAfter:
		return "the day after the review on " + on + ": what was said, what was agreed?"
	case reminder.MilestoneAhead, reminder.MilestoneDue, reminder.MilestoneOverdue, reminder.ExamBooking:
		switch {
		case o.Offset < 0:
			return fmt.Sprintf("%d working days before %s", -o.Offset, on)
		case o.Offset > 0:
			return fmt.Sprintf("%d working days after %s", o.Offset, on)
		}
		return "its day, " + on
	case reminder.NextStep:
		return fmt.Sprintf("the if-then plan, %d working days after the step before it on %s", o.Offset, on)
	case reminder.CheckIn:
		return "the check-in that the person chose"
	case reminder.BackupTrigger:
		return "the day to see whether a risk has come, " + on
	case reminder.Eligible:
		return "the years of experience are complete on " + on
	case reminder.PauseOver:
		return "the pause that the person took is over"
	case reminder.StaleGoal:
		return "nothing has moved for six weeks"
	case reminder.GapCheck:
		return "three months since the last look at the gaps"
	case reminder.FreshStart:
		switch {
		case o.Review != "":
			return "a fresh start after a review"
		case o.Topic != "":
			return "a fresh start after a pause"
		}
		return "a new quarter"
	case reminder.CycleBegins:
		return "reviews come up on " + on + ", announced to who has no plan"
	case reminder.LessOften:
		return "two messages were not answered: shall it come less often?"
	case reminder.GoingSilent:
		return "four messages were not answered: silence, said once"
	}
	return string(o.Kind)
}

// busiest is the largest number of days within seven of them.
func busiest(days []civil.Date) int {
	most := 0
	for i := range days {
		n := 0
		for _, d := range days[i:] {
			if days[i].DaysUntil(d) < 7 {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// at is the plan as it is at a moment: what is done later is still open.
func (p Plan) at(now time.Time) (plan planAt) {
	today := civil.Of(now.In(p.Settings.Location()))
	plan = p.Career
	plan.Goals = slices.Clone(plan.Goals)
	for i := range plan.Goals {
		g := &plan.Goals[i]
		g.Milestones = slices.Clone(g.Milestones)
		for j := range g.Milestones {
			if m := &g.Milestones[j]; m.Done.After(today) {
				m.Done = civil.Date{}
			}
		}
	}
	plan.Reviews = slices.Clone(plan.Reviews)
	for i := range plan.Reviews {
		r := &plan.Reviews[i]
		r.Held = r.Held && r.Date.AddDays(1).Before(today)
	}
	return plan
}
