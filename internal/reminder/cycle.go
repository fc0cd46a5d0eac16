package reminder

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"waymark/internal/civil"
)

// Cycle is when the reviews of an operator's take place: days that are listed or
// that a cron expression names. It is read-only once it is made.
type Cycle struct {
	Name  string
	dates []civil.Date
	cron  cron.Schedule
}

// Announced is a review cycle and its next date.
type Announced struct {
	Name string
	On   civil.Date
}

// ErrCycle reports a review cycle that makes no sense.
var ErrCycle = errors.New("not a review cycle")

// minCycle is how many days two reviews of one cycle are apart at least: the
// countdown to one begins that long before it.
const minCycle = 28

// NewCycle makes a cycle from dates, or from a cron expression of five fields of
// which the last three count: day of month, month, day of week. The error is
// ErrCycle with what to do about it.
func NewCycle(name, expression string, dates []civil.Date) (Cycle, error) {
	c := Cycle{Name: name, dates: slices.Clone(dates)}
	slices.SortFunc(c.dates, civil.Date.Compare)
	c.dates = slices.Compact(c.dates)
	switch {
	case strings.TrimSpace(name) == "":
		return Cycle{}, fmt.Errorf("%w: it needs a name", ErrCycle)
	case expression == "" && len(dates) == 0:
		return Cycle{}, fmt.Errorf("%w: it needs a cron expression or dates", ErrCycle)
	case expression != "" && len(dates) > 0:
		return Cycle{}, fmt.Errorf("%w: it has a cron expression and dates; keep one of the two", ErrCycle)
	}
	if expression != "" {
		var err error
		if c.cron, err = parseCron(expression); err != nil {
			return Cycle{}, err
		}
	}
	return c, c.check()
}

// parseCron reads five fields and nothing else: the parser would take a zone in
// front of them, and panics on a broken one.
func parseCron(expression string) (cron.Schedule, error) {
	fields := strings.Fields(expression)
	if len(fields) != 5 || strings.ContainsAny(expression, "=@") {
		return nil, fmt.Errorf(`%w: a cron expression has five fields, such as "0 9 1 3 *" for 1 March`, ErrCycle)
	}
	s, err := cron.ParseStandard(strings.Join(fields, " "))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCycle, err)
	}
	return s, nil
}

// check looks at the first years of the cycle.
func (c Cycle) check() error {
	last := civil.New(2024, 1, 1)
	first, ok := c.Next(last)
	if !ok {
		return fmt.Errorf("%w: its cron expression never comes", ErrCycle)
	}
	for last = first; ; {
		next, ok := c.Next(last.AddDays(1))
		if !ok || next.After(first.AddDays(5*366)) {
			return nil
		}
		if last.DaysUntil(next) < minCycle {
			return fmt.Errorf("%w: %s and %s are less than %d days apart", ErrCycle, last, next, minCycle)
		}
		last = next
	}
}

// Next is the cycle's first date from d on; ok is false when there is none any
// more.
func (c Cycle) Next(d civil.Date) (next civil.Date, ok bool) {
	if c.cron == nil {
		for _, on := range c.dates {
			if !on.Before(d) {
				return on, true
			}
		}
		return civil.Date{}, false
	}
	t := c.cron.Next(d.At(0, 0, time.UTC).Add(-time.Second))
	return civil.Of(t), !t.IsZero()
}
