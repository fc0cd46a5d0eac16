package reminder

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"waymark/internal/civil"
)

// Unit is what a cadence counts.
type Unit int

const (
	Day Unit = iota + 1
	Week
	Month
)

var unitNames = [...]string{Day: "day", Week: "week", Month: "month"}

// Cadence is "every n days, weeks or months" on wall dates; the zero value is
// never. Cron expressions cannot say "every two weeks" and leave out months
// without a 31st.
type Cadence struct {
	Every   int          `cbor:"1,keyasint,omitempty"` // 1 to MaxEvery
	Unit    Unit         `cbor:"2,keyasint,omitempty"`
	Weekday time.Weekday `cbor:"3,keyasint,omitempty"` // of weeks only
	Hour    int          `cbor:"4,keyasint,omitempty"` // 1 to 23; 0 = the person's hour
	// Start is the day it was chosen. The first moment lies a whole interval
	// after it, months keep its day of the month, and "every two weeks" counts
	// from it. Zero counts from Monday 1 January 2001.
	Start civil.Date `cbor:"5,keyasint,omitzero"`
}

// MaxEvery is the largest Cadence.Every.
const MaxEvery = 52

// ErrCadence reports a text that is no cadence.
var ErrCadence = errors.New(`not a cadence: write none, daily, weekly, two_weeks, monthly, quarterly or "every 3 weeks", then perhaps "on friday", "at 15", "from 2027-01-31"`)

// IsZero reports whether c never comes.
func (c Cadence) IsZero() bool {
	return c.Every < 1 || c.Every > MaxEvery || c.Unit < Day || c.Unit > Month
}

// Next is the first moment after the given one, on the wall clock of loc; the
// zero time for a cadence that never comes.
func (c Cadence) Next(after time.Time, loc *time.Location) time.Time {
	if c.IsZero() {
		return time.Time{}
	}
	hour := c.Hour
	if hour < 1 || hour > 23 {
		hour = DefaultHour
	}
	d := civil.Of(after.In(loc)).AddDays(-2) // a zone may have dropped a day
	for {
		d = c.next(d)
		if t := wall(d, hour, loc); t.After(after) {
			return t
		}
	}
}

// next is the first date of c after d. c must not be zero.
func (c Cadence) next(d civil.Date) civil.Date {
	start := c.Start
	if start.IsZero() {
		start = epoch
	}
	if d.Before(start) {
		d = start
	}
	switch c.Unit {
	case Day:
		return start.AddDays((start.DaysUntil(d)/c.Every + 1) * c.Every)
	case Week:
		// first is the first such weekday a whole interval after the start: what
		// was agreed yesterday needs no look back today.
		period := 7 * c.Every
		first := start.AddDays(period)
		first = first.AddDays(int(c.Weekday-first.Weekday()+7) % 7)
		if d.Before(first) {
			return first
		}
		return first.AddDays((first.DaysUntil(d)/period + 1) * period)
	}
	months := (d.Year-start.Year)*12 + int(d.Month-start.Month)
	k := months / c.Every
	for !start.AddMonths(k * c.Every).After(d) {
		k++
	}
	return start.AddMonths(k * c.Every)
}

// cadenceNames are the cadences with a word of their own.
var cadenceNames = []struct {
	name  string
	every int
	unit  Unit
}{
	{"daily", 1, Day}, {"weekly", 1, Week}, {"two_weeks", 2, Week},
	{"monthly", 1, Month}, {"quarterly", 3, Month},
}

// String is the text ParseCadence reads: "weekly on friday at 15 from
// 2027-01-31", with what is default left out; "none" for the zero value.
func (c Cadence) String() string {
	if c.IsZero() {
		return "none"
	}
	s := fmt.Sprintf("every %d %ss", c.Every, unitNames[c.Unit])
	for _, n := range cadenceNames {
		if n.every == c.Every && n.unit == c.Unit {
			s = n.name
		}
	}
	if c.Unit == Week && c.Weekday != time.Monday {
		s += " on " + strings.ToLower(c.Weekday.String())
	}
	if c.Hour > 0 {
		s += " at " + strconv.Itoa(c.Hour)
	}
	if !c.Start.IsZero() {
		s += " from " + c.Start.String()
	}
	return s
}

// ParseCadence reads what String writes. A cadence of weeks is on Monday if
// nothing else is said. The error is ErrCadence and does not repeat the text.
func ParseCadence(text string) (Cadence, error) {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return Cadence{}, ErrCadence
	}
	if words[0] == "none" && len(words) == 1 {
		return Cadence{}, nil
	}
	c, words, ok := parseUnit(words)
	for ok && len(words) >= 2 {
		ok = c.parseDetail(words[0], words[1])
		words = words[2:]
	}
	if !ok || len(words) != 0 {
		return Cadence{}, ErrCadence
	}
	return c, nil
}

// parseUnit reads the words before "on", "at" and "from".
func parseUnit(words []string) (c Cadence, rest []string, ok bool) {
	for _, n := range cadenceNames {
		if words[0] == n.name {
			c, rest = Cadence{Every: n.every, Unit: n.unit}, words[1:]
		}
	}
	if words[0] == "every" && len(words) >= 3 {
		n, err := strconv.Atoi(words[1])
		if err != nil {
			return Cadence{}, nil, false
		}
		c, rest = Cadence{Every: n}, words[3:]
		for u := Day; u <= Month; u++ {
			if strings.TrimSuffix(words[2], "s") == unitNames[u] {
				c.Unit = u
			}
		}
	}
	if c.Unit == Week {
		c.Weekday = time.Monday
	}
	return c, rest, !c.IsZero()
}

// parseDetail reads one of "on friday", "at 15" and "from 2027-01-31", each of
// which may come once.
func (c *Cadence) parseDetail(word, value string) bool {
	switch word {
	case "on":
		for wd := time.Sunday; wd <= time.Saturday; wd++ {
			if c.Unit == Week && value == strings.ToLower(wd.String()) {
				c.Weekday = wd
				return true
			}
		}
	case "at":
		h, err := strconv.Atoi(value)
		if err == nil && h >= 1 && h <= 23 && c.Hour == 0 {
			c.Hour = h
			return true
		}
	case "from":
		d, err := civil.Parse(value)
		if err == nil && d.Year >= 1900 && d.Year <= 2200 && c.Start.IsZero() {
			c.Start = d
			return true
		}
	}
	return false
}
