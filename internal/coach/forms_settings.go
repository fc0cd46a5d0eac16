package coach

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/holidays"
	"waymark/internal/reminder"
)

// cadences are the choices for check-ins.
var cadences = []string{"none", "weekly", "two_weeks", "monthly", "quarterly"}

// settingsFields are a person's choices about when and why the coach writes.
func (f *form) settingsFields() bool {
	s := f.h.p.Settings
	from, to, hour, days := s.Hours()
	f.field("hour", chat.Line, clock(hour)).MaxLength = 20
	on := f.field("days", chat.Picks, dayValues(days)...)
	for _, d := range week {
		on.Choices = append(on.Choices, chat.Choice{Value: dayValue(d), Label: d.String()})
	}
	f.field("from", chat.Line, clock(from)).MaxLength = 20
	f.field("to", chat.Line, clock(to)).MaxLength = 20
	zone := f.field("zone", chat.Line, f.h.p.ZoneOwn)
	zone.Optional, zone.MaxLength, zone.Placeholder = true, 100, s.Zone
	budget := f.field("budget", chat.Number, itoa(budgetOf(s)))
	budget.Max = maxBudget
	f.cadenceFields(s.Cadence)
	until := f.field("until", chat.Date, f.pausedUntil().String())
	until.Optional = true
	f.kindsField(s.Off)
	quiet := "shown"
	if s.Quiet {
		quiet = "hidden"
	}
	f.field("words", chat.Radio, quiet).Choices = []chat.Choice{f.choice("shown"), f.choice("hidden")}
	f.regionField(s.Region)
	return true
}

// cadenceFields are how often and on which day check-ins come. One that is none
// of the choices stays on offer.
func (f *form) cadenceFields(c reminder.Cadence) {
	has := cadenceName(c)
	fd := f.field("cadence", chat.Pick, has)
	for _, name := range cadences {
		fd.Choices = append(fd.Choices, chat.Choice{Value: name, Label: f.text("cadence_" + name)})
	}
	if has == "as_is" {
		fd.Choices = append(fd.Choices, chat.Choice{Value: has, Label: f.text("cadence_as_is")})
	}
	on := c.Weekday
	if c.IsZero() {
		on = time.Monday
	}
	day := f.field("day", chat.Pick, dayValue(on))
	for _, d := range week {
		day.Choices = append(day.Choices, chat.Choice{Value: dayValue(d), Label: d.String()})
	}
}

// cadenceName is the choice that a cadence is, "as_is" if it is none of them.
func cadenceName(c reminder.Cadence) string {
	if c.IsZero() {
		return "none"
	}
	for _, name := range cadences {
		if o, err := reminder.ParseCadence(name); err == nil && o.Every == c.Every && o.Unit == c.Unit {
			return name
		}
	}
	return "as_is"
}

// pausedUntil is the end of a pause that goes on.
func (f *form) pausedUntil() civil.Date {
	if until := f.h.p.Settings.PausedUntil; until.After(f.h.today()) {
		return until
	}
	return civil.Date{}
}

// settingsVersion is what the form shows; what was chosen elsewhere meanwhile,
// such as a pause, must not be undone by an older form.
func (f *form) settingsVersion() string {
	s := f.h.p.Settings
	from, to, hour, days := s.Hours()
	return fmt.Sprintf("%d %d %d %d %q %d %v %s %q %v %q", from, to, hour, days, f.h.p.ZoneOwn, s.Budget, s.Cadence, f.pausedUntil(), s.Off, s.Quiet, s.Region)
}

func (f *form) settingsTake() error {
	h := f.h
	s := h.p.Settings
	f.takeHours(&s)
	zone := f.takeZone(&s)
	f.takeBudget(&s)
	f.takeCadence(&s)
	if until, ok := f.day("until"); ok && !until.After(h.today()) {
		f.error("until", "not_after", map[string]any{"date": h.today().Long()})
	} else if ok || !f.pausedUntil().IsZero() {
		s.PausedUntil = until
	}
	f.takeKinds(&s)
	switch f.picked("words") {
	case "shown", "hidden":
		s.Quiet = f.picked("words") == "hidden"
	default:
		f.error("words", "choice", nil)
	}
	f.takeRegion(&s)
	if len(f.errs) > 0 {
		return nil
	}
	if zone != "" && h.p.ZoneOwn == "" {
		h.p.ZoneSeen = h.p.Settings.Zone
	}
	h.p.Settings, h.p.ZoneOwn = s, zone
	if s.Budget < 0 && s.Cadence.IsZero() {
		return f.does("form.settings.kept_asked", map[string]any{"days": h.dayNames(s.Days), "hour": clock(s.Hour), "zone": s.Zone, "date": f.pausedUntil().Long()})
	}
	return f.does("form.settings.kept", map[string]any{"hour": clock(s.Hour), "days": h.dayNames(s.Days), "zone": s.Zone, "date": f.pausedUntil().Long()})
}

// regionField is the place whose public holidays are kept.
func (f *form) regionField(code string) {
	name := code
	if r, ok := holidays.Find(code); ok {
		name = r.Name
	}
	fd := f.field("region", chat.Line, name)
	fd.Optional, fd.MaxLength = true, 100
	if r, ok := holidays.Find(holidays.Guess(f.h.p.Settings.Zone)); ok {
		fd.Placeholder = r.Name
	}
}

func (f *form) takeRegion(s *reminder.Settings) {
	name := f.line("region")
	switch r, ok := holidays.Find(name); {
	case name == "":
		s.Region = ""
	case strings.EqualFold(name, noRegion):
		s.Region = noRegion
	case ok:
		s.Region = r.Code
	default:
		f.error("region", "region", nil)
	}
}

func (f *form) takeBudget(s *reminder.Settings) {
	n, err := strconv.Atoi(f.line("budget"))
	switch {
	case err != nil || n < 0 || n > maxBudget:
		f.error("budget", "number", map[string]any{"n": itoa(maxBudget)})
	case n == 0:
		s.Budget = reminder.OnlyAsked
	case n != budgetOf(*s):
		s.Budget = n
	}
}

// takeCadence reads how often check-ins come. What was not changed keeps the day
// it counts from.
func (f *form) takeCadence(s *reminder.Settings) {
	name := f.picked("cadence")
	day := slices.IndexFunc(week, func(d time.Weekday) bool { return dayValue(d) == f.picked("day") })
	if day < 0 {
		f.error("day", "choice", nil)
		return
	}
	if name != cadenceName(s.Cadence) {
		c, err := reminder.ParseCadence(name)
		if err != nil || !slices.Contains(cadences, name) {
			f.error("cadence", "choice", nil)
			return
		}
		c.Hour, c.Start = s.Cadence.Hour, f.h.today()
		if name == "none" {
			c = reminder.Cadence{}
		}
		s.Cadence = c
	}
	if !s.Cadence.IsZero() {
		s.Cadence.Weekday = week[day]
	}
}

// kinds are the reasons to write that can be turned off.
func (h *handling) kinds() []reminder.Kind {
	var out []reminder.Kind
	for _, r := range reminder.Kinds {
		if !r.Fixed && (r.Kind != reminder.CycleBegins || len(h.c.operator().Cycles) > 0) {
			out = append(out, r.Kind)
		}
	}
	return out
}

// kindsField are the reasons to write, those that are on picked.
func (f *form) kindsField(off []reminder.Kind) {
	var on []string
	var choices []chat.Choice
	for _, k := range f.h.kinds() {
		if !slices.Contains(off, k) {
			on = append(on, string(k))
		}
		choices = append(choices, chat.Choice{Value: string(k), Label: f.h.plain("kind."+string(k), nil)})
	}
	fd := f.field("about", chat.Picks, on...)
	fd.Choices, fd.Optional = choices, true
}

// takeKinds turns kinds on and off. What the form does not show stays as it is.
func (f *form) takeKinds(s *reminder.Settings) {
	shown := f.h.kinds()
	off := slices.DeleteFunc(slices.Clone(s.Off), func(k reminder.Kind) bool { return slices.Contains(shown, k) })
	for _, k := range shown {
		if !slices.Contains(f.sent["about"], string(k)) {
			off = append(off, k)
		}
	}
	for _, v := range f.sent["about"] {
		if !slices.Contains(shown, reminder.Kind(v)) {
			f.error("about", "choice", nil)
		}
	}
	s.Off = off
}

// budgetOf is the number of messages a week, 0 = what is asked for alone.
func budgetOf(s reminder.Settings) int {
	switch {
	case s.Budget < 0:
		return 0
	case s.Budget == 0:
		return reminder.DefaultBudget
	}
	return s.Budget
}
