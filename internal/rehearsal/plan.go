package rehearsal

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/goccy/go-yaml"

	"waymark/internal/career"
	"waymark/internal/civil"
	"waymark/internal/holidays"
	"waymark/internal/reminder"
)

// Example is a plan file with every key, explained.
//
//go:embed example.yaml
var Example []byte

// Plan is an example plan of nobody in particular.
type Plan struct {
	Career   career.Plan
	Settings reminder.Settings
	State    reminder.State
	Holidays string // whose holidays are kept, "" for none's
	Group    string // the group of the operator's that it stands for, "" for none
}

type planAt = career.Plan

// ErrPlan reports a plan file that cannot be read.
var ErrPlan = errors.New("the example plan cannot be used")

// date is a day as it is written in a plan file.
type date struct{ civil.Date }

// UnmarshalYAML reads "2027-02-11".
func (d *date) UnmarshalYAML(raw []byte) error {
	v, err := civil.Parse(strings.Trim(strings.TrimSpace(string(raw)), `"'`))
	if err != nil || v.Year < 2000 || v.Year > 2199 {
		return errors.New("a date is written 2027-02-11")
	}
	d.Date = v
	return nil
}

// planFile is a plan file as it is written.
type planFile struct {
	Zone      string          `yaml:"zone"`
	From      int             `yaml:"from"`
	To        int             `yaml:"to"`
	Hour      int             `yaml:"hour"`
	Budget    *int            `yaml:"budget"`
	Region    string          `yaml:"region"`
	Group     string          `yaml:"group"`
	CheckIn   string          `yaml:"check_in"`
	Off       []reminder.Kind `yaml:"off"`
	Pause     date            `yaml:"paused_until"`
	Confirmed date            `yaml:"confirmed"`
	Content   bool            `yaml:"content"`
	Gaps      bool            `yaml:"open_gaps"`
	Eligible  date            `yaml:"eligible"`
	AskAgain  []date          `yaml:"ask_again"`
	Reviews   []struct {
		Date date `yaml:"date"`
		Held bool `yaml:"held"`
	} `yaml:"reviews"`
	Risks []struct {
		Name string `yaml:"name"`
		By   date   `yaml:"by"`
	} `yaml:"risks"`
	Goals []struct {
		Title      string `yaml:"title"`
		IfThen     string `yaml:"if_then"`
		Due        date   `yaml:"due"`
		Milestones []struct {
			Title string               `yaml:"title"`
			Kind  career.MilestoneKind `yaml:"kind"`
			Due   date                 `yaml:"due"`
			Done  date                 `yaml:"done"`
		} `yaml:"milestones"`
	} `yaml:"goals"`
}

// Read reads a plan file; name is what errors call it. The error is ErrPlan with
// the line, or with everything that is wrong.
func Read(raw []byte, name string) (Plan, error) {
	var f planFile
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return Plan{}, fmt.Errorf("%w: %s: %s", ErrPlan, name, strings.TrimSpace(yaml.FormatError(err, false, false)))
	}
	var p Plan
	wrong := append(p.settings(&f), p.plan(&f)...)
	if len(wrong) > 0 {
		return Plan{}, fmt.Errorf("%w: %s:\n%s", ErrPlan, name, strings.Join(wrong, "\n"))
	}
	return p, nil
}

// settings takes over what the person has chosen.
func (p *Plan) settings(f *planFile) (wrong []string) {
	s := &p.Settings
	s.Zone, s.From, s.To, s.Hour, s.Off, s.PausedUntil = f.Zone, f.From, f.To, f.Hour, f.Off, f.Pause.Date
	if f.Zone != "" && s.Location().String() != f.Zone {
		wrong = append(wrong, fmt.Sprintf("zone: %q is not a zone such as Europe/Berlin", f.Zone))
	}
	if f.From < 0 || f.To > 24 || f.From > f.To || f.Hour < 0 || f.Hour > 23 {
		wrong = append(wrong, "from, to, hour: hours are 0 to 24, from before to")
	}
	if f.Budget != nil {
		if s.Budget = *f.Budget; s.Budget <= 0 {
			s.Budget = reminder.OnlyAsked
		}
	}
	for _, k := range f.Off {
		if r, ok := k.Rule(); !ok || r.Fixed {
			wrong = append(wrong, fmt.Sprintf("off: there is no kind %q that can be turned off", k))
		}
	}
	if f.CheckIn != "" {
		c, err := reminder.ParseCadence(f.CheckIn)
		if err != nil {
			wrong = append(wrong, "check_in: "+err.Error())
		}
		if s.Cadence = c; c.Start.IsZero() {
			s.Cadence.Start = f.Confirmed.Date
		}
	}
	if f.Region != "" {
		r, ok := holidays.Find(f.Region)
		if !ok {
			wrong = append(wrong, fmt.Sprintf("region: %q is not known; use a code such as DE-BY", f.Region))
		}
		s.Region = r.Code
		p.Keep(r.Code)
	}
	p.Group = f.Group
	return wrong
}

// The years of which holidays are known to a rehearsal.
const (
	firstYear = 2024
	lastYear  = 2050
)

// Keep adds the public holidays of a region, by its code.
func (p *Plan) Keep(region string) {
	if c, ok := holidays.ByCode(region); ok {
		p.KeepAll(c)
	}
}

// KeepAll adds the holidays of a calendar.
func (p *Plan) KeepAll(c *holidays.Calendar) {
	for year := firstYear; year <= lastYear; year++ {
		for _, d := range c.In(year) {
			p.Settings.Holidays = append(p.Settings.Holidays, d.Date)
		}
	}
	if p.Holidays != "" {
		p.Holidays += " and "
	}
	p.Holidays += c.Name()
}

// plan takes over goals, reviews and the rest.
func (p *Plan) plan(f *planFile) (wrong []string) {
	if f.Confirmed.IsZero() {
		return []string{"confirmed: say on which day the plan was made, such as 2027-01-04"}
	}
	c := &p.Career
	c.Confirmed = f.Confirmed.At(12, 0, p.Settings.Location()).UTC()
	c.Content, c.Eligible = f.Content, f.Eligible.Date
	if f.Gaps {
		c.Gaps = []career.Gap{{ID: "skill", Kind: career.Skill}}
	}
	for i, g := range f.Goals {
		id := fmt.Sprintf("g%d", i+1)
		goal := career.Goal{ID: id, Title: g.Title, IfThen: g.IfThen, Due: g.Due.Date, Status: career.Active, Created: c.Confirmed}
		for j, m := range g.Milestones {
			if m.Due.IsZero() {
				wrong = append(wrong, fmt.Sprintf("goals[%d].milestones[%d]: due: say on which day", i, j))
			}
			goal.Milestones = append(goal.Milestones, career.Milestone{
				ID: fmt.Sprintf("%s.%d", id, j+1), Title: m.Title, Kind: m.Kind, Due: m.Due.Date, Done: m.Done.Date,
			})
		}
		c.Goals = append(c.Goals, goal)
	}
	for i, r := range f.Reviews {
		p.Review(r.Date.Date)
		c.Reviews[i].Held = r.Held
	}
	for _, r := range f.Risks {
		c.Backup.Risks = append(c.Backup.Risks, career.Risk{Kind: r.Name, Own: true, By: r.By.Date})
	}
	for i, d := range f.AskAgain {
		p.State.AskOn(fmt.Sprintf("asked%d", i+1), d.Date)
	}
	return wrong
}

// Review adds a review on a day.
func (p *Plan) Review(on civil.Date) {
	p.Career.Reviews = append(p.Career.Reviews, career.Review{ID: fmt.Sprintf("r%d", len(p.Career.Reviews)+1), Date: on, Formal: true})
}
