package bot

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"waymark/internal/civil"
	"waymark/internal/coach"
	"waymark/internal/holidays"
	"waymark/internal/reminder"
)

// ErrRules reports a file of rules that makes no sense.
var ErrRules = errors.New("the rules for reminders cannot be used")

// maxSpread is the longest window that reminders may be spread over: the shortest
// working day that people may set.
const maxSpread = 4 * time.Hour

// userGroupID is how Slack names its user groups.
var userGroupID = regexp.MustCompile(`^S[A-Z0-9]{6,}$`)

// Rules are what an operator sets about reminders: groups with their holidays,
// review cycles, and the window to spread what comes at once.
type Rules struct {
	Operator *coach.Operator
	// Print is the same for files that hold the same.
	Print string
}

// rulesFile is the file as it is written.
type rulesFile struct {
	Spread string `yaml:"spread"`
	Groups []struct {
		Name   string   `yaml:"name"`
		People []string `yaml:"people"`
		Zones  []string `yaml:"zones"`
		// UserGroups are ids of Slack's own user groups.
		UserGroups []string `yaml:"user_groups"`
		Holidays   string   `yaml:"holidays"`
		Region     string   `yaml:"region"`
	} `yaml:"groups"`
	Cycles []struct {
		Name     string   `yaml:"name"`
		Cron     string   `yaml:"cron"`
		Dates    []string `yaml:"dates"`
		Groups   []string `yaml:"groups"`
		Announce bool     `yaml:"announce"`
	} `yaml:"review_cycles"`
}

// ReadRules reads the rules in a YAML file, and the calendar files it names, from
// its own folder on. The error is ErrRules with everything that is wrong; "" is
// a file without rules.
func ReadRules(file string) (Rules, error) {
	r := rulesReader{dir: filepath.Dir(file), print: fnv.New128a(), op: &coach.Operator{}}
	if file == "" {
		return Rules{Operator: r.op}, nil
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return Rules{}, fmt.Errorf("%w: %w", ErrRules, err)
	}
	r.print.Write(raw)
	var f rulesFile
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return Rules{}, fmt.Errorf("%w: %s: %s", ErrRules, file, strings.TrimSpace(yaml.FormatError(err, false, false)))
	}
	r.read(&f)
	if len(r.wrong) > 0 {
		return Rules{}, fmt.Errorf("%w: %s:\n%s", ErrRules, file, strings.Join(r.wrong, "\n"))
	}
	return Rules{Operator: r.op, Print: fmt.Sprintf("%x", r.print.Sum(nil))}, nil
}

// rulesReader turns a file into rules and collects what is wrong with it.
type rulesReader struct {
	dir   string
	print interface {
		io.Writer
		Sum([]byte) []byte
	}
	op    *coach.Operator
	wrong []string
}

func (r *rulesReader) problem(format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Sprintf(format, args...))
}

func (r *rulesReader) read(f *rulesFile) {
	if f.Spread != "" {
		d, err := time.ParseDuration(f.Spread)
		if err != nil || d < 0 || d > maxSpread {
			r.problem("spread: %q is not a time such as 30m, up to %s", f.Spread, maxSpread)
		}
		r.op.Spread = d
	}
	names := map[string]bool{}
	for i, g := range f.Groups {
		where := fmt.Sprintf("groups[%d]", i)
		if g.Name == "" || names[g.Name] {
			r.problem("%s: name: every group needs one of its own", where)
		}
		names[g.Name] = true
		if len(g.People) == 0 && len(g.Zones) == 0 && len(g.UserGroups) == 0 {
			r.problem("%s: it has nobody; name people by their Slack ids, zones such as Europe/*, or user groups by their ids", where)
		}
		for _, id := range g.UserGroups {
			if !userGroupID.MatchString(id) {
				r.problem("%s: user_groups: %q is not the id of one of Slack's user groups, such as S012ABCDEF", where, id)
			}
		}
		for _, z := range g.Zones {
			if _, err := path.Match(z, "Europe/Berlin"); err != nil {
				r.problem("%s: zones: %q is not a pattern such as Europe/*", where, z)
			}
		}
		group := coach.Group{Name: g.Name, People: g.People, Zones: g.Zones, UserGroups: g.UserGroups, Unread: len(g.UserGroups) > 0, Holidays: r.calendar(where, g.Name, g.Holidays)}
		if g.Region != "" {
			region, ok := holidays.Find(g.Region)
			if !ok {
				r.problem("%s: region: %q is not known; use a code such as DE-BY", where, g.Region)
			}
			group.Region = region.Code
		}
		r.op.Groups = append(r.op.Groups, group)
	}
	for i, c := range f.Cycles {
		where := fmt.Sprintf("review_cycles[%d]", i)
		var dates []civil.Date
		for _, s := range c.Dates {
			d, err := civil.Parse(s)
			if err != nil {
				r.problem("%s: dates: %q is not of the form 2027-03-01", where, s)
				continue
			}
			dates = append(dates, d)
		}
		for _, g := range c.Groups {
			if !names[g] {
				r.problem("%s: groups: there is no group %q", where, g)
			}
		}
		if slices.ContainsFunc(r.op.Cycles, func(o coach.Cycle) bool { return o.Name == c.Name }) {
			r.problem("%s: name: another cycle has it, too", where)
		}
		if len(dates) < len(c.Dates) {
			continue
		}
		cycle, err := reminder.NewCycle(c.Name, c.Cron, dates)
		if err != nil {
			r.problem("%s: %v", where, err)
		}
		r.op.Cycles = append(r.op.Cycles, coach.Cycle{Cycle: cycle, Groups: c.Groups, Announce: c.Announce})
	}
}

// calendar reads the calendar file of a group, nil if it has none.
func (r *rulesReader) calendar(where, name, file string) *holidays.Calendar {
	if file == "" {
		return nil
	}
	if !filepath.IsAbs(file) {
		file = filepath.Join(r.dir, file)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		r.problem("%s: holidays: %v", where, err)
		return nil
	}
	r.print.Write(raw)
	c, err := holidays.ReadICS(bytes.NewReader(raw), name)
	if err != nil {
		r.problem("%s: holidays: %s: %v", where, file, err)
	}
	return c
}
