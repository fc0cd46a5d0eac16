package main

import (
	"errors"
	"os"
	"time"

	"waymark/internal/bot"
	"waymark/internal/civil"
	"waymark/internal/rehearsal"
)

// calendarCommand is "waymark calendar".
type calendarCommand struct {
	Plan    string `help:"File of an example plan; a built-in one unless given." placeholder:"FILE"`
	From    string `help:"First day, such as 2027-01-04; today unless given." placeholder:"DATE"`
	To      string `help:"Last day; 90 days later unless given." placeholder:"DATE"`
	Silent  bool   `help:"Show what comes to somebody who answers nothing."`
	All     bool   `help:"Show what is left out as well, and why."`
	Rules   string `help:"File of holidays and review cycles, as for serve." env:"WAYMARK_RULES" placeholder:"FILE"`
	Example bool   `help:"Print the built-in example plan, with every key explained, and end."`
}

// Help is the longer help.
func (calendarCommand) Help() string {
	return `A dry run for whoever decides about settings: it takes an example plan, which is nobody's, and lists every message that plan would bring, with the rule that brings it. Nothing is sent and nobody's data is read. "waymark calendar --example > plan.yaml" makes a file to change.`
}

// Run prints the calendar.
func (c calendarCommand) Run(o output) error {
	if c.Example {
		_, err := o.out.Write(rehearsal.Example)
		return err
	}
	opts := rehearsal.Options{Silent: c.Silent, All: c.All}
	var err error
	opts.From, opts.To, err = c.days(time.Now())
	if err != nil {
		return err
	}
	raw, name := rehearsal.Example, "the built-in example"
	if c.Plan != "" {
		name = c.Plan
		if raw, err = os.ReadFile(c.Plan); err != nil {
			return setting("--plan", "cannot be read: %v", err)
		}
	}
	p, err := rehearsal.Read(raw, name)
	if err != nil {
		return settingError{"--plan", err.Error()}
	}
	if err := c.under(&p, opts.From); err != nil {
		return err
	}
	return rehearsal.Write(o.out, p, opts)
}

// maxCalendar is the longest time that is shown, in days.
const maxCalendar = 3 * 366

// days are the first and the last day.
func (c calendarCommand) days(now time.Time) (from, to civil.Date, err error) {
	read := func(name, s string, otherwise civil.Date) civil.Date {
		if s == "" {
			return otherwise
		}
		d, e := civil.Parse(s)
		if e != nil || d.Year < 2000 || d.Year > 2199 {
			err = errors.Join(err, setting(name, "%q is not a day like 2027-01-04", s))
		}
		return d
	}
	from = read("--from", c.From, civil.Of(now))
	to = read("--to", c.To, from.AddDays(90))
	if n := from.DaysUntil(to); err == nil && (n < 0 || n > maxCalendar) {
		err = setting("--to", "is to be on or after --from, and at most three years later")
	}
	return from, to, err
}

// under puts the operator's rules into the plan: the holidays of its group, and
// the dates of the review cycles, where it has no review of its own.
func (c calendarCommand) under(p *rehearsal.Plan, from civil.Date) error {
	rules, err := bot.ReadRules(c.Rules)
	if err != nil {
		return settingError{"--rules (WAYMARK_RULES)", err.Error()}
	}
	if err := rules.Under(p, from); err != nil {
		return settingError{"--plan", err.Error() + "; name the file with --rules"}
	}
	return nil
}
