package holidays

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	ics "github.com/arran4/golang-ical"

	"waymark/internal/civil"
)

// Bounds of what a file may hold.
const (
	maxBytes  = 4 << 20
	maxEvents = 5000
	maxSpan   = 366 // days of one event
)

// ErrICS reports a file that is no iCalendar file, or holds something that
// cannot be taken for a holiday with certainty.
var ErrICS = errors.New("not a holiday calendar")

// ReadICS reads an iCalendar file of whole-day events; name is what the calendar
// is called. Events with a clock time are appointments and are left out, and so
// are cancelled ones; what repeats must do so on the same date of every year, as
// public holidays of a fixed date are written. Everything else is refused with
// ErrICS and the event's number in the file, never its words.
func ReadICS(r io.Reader, name string) (*Calendar, error) {
	limited := &io.LimitedReader{R: r, N: maxBytes + 1}
	file, err := ics.ParseCalendar(limited)
	if limited.N == 0 {
		return nil, fmt.Errorf("read the calendar: larger than %d MB: %w", maxBytes>>20, ErrICS)
	}
	if err != nil {
		return nil, fmt.Errorf("read the calendar: %w; export it as iCalendar (.ics)", ErrICS)
	}
	list := file.Events()
	if len(list) == 0 || len(list) > maxEvents {
		return nil, fmt.Errorf("read the calendar: %d events, want 1 to %d: %w", len(list), maxEvents, ErrICS)
	}
	var events []event
	for i, e := range list {
		ev, use, err := readEvent(e)
		if err != nil {
			return nil, fmt.Errorf("read the calendar: event %d: %w: %w", i+1, ErrICS, err)
		}
		if use {
			events = append(events, ev)
		}
	}
	return newCalendar(name, func(year int) []Day {
		var out []Day
		for i := range events {
			out = events[i].in(year, out)
		}
		return out
	}), nil
}

// event is one entry of a file.
type event struct {
	name   string
	from   civil.Date
	days   int
	every  int          // years; 0 = once
	until  civil.Date   // last start, zero = no end
	count  int          // how often, 0 = no end
	except []civil.Date // starts that are left out
}

// in appends the days of the event that lie in a year.
func (e *event) in(year int, out []Day) []Day {
	add := func(from civil.Date) {
		if slices.Contains(e.except, from) {
			return
		}
		for i := range e.days {
			if d := from.AddDays(i); d.Year == year {
				out = append(out, Day{d, e.name})
			}
		}
	}
	if e.every == 0 {
		add(e.from)
		return out
	}
	// One that began in the year before may reach into this one.
	for n, y := 0, e.from.Year; y <= year; n, y = n+1, y+e.every {
		start := civil.New(y, e.from.Month, e.from.Day)
		if e.count > 0 && n >= e.count || !e.until.IsZero() && start.After(e.until) {
			break
		}
		if y >= year-2 && start.Day == e.from.Day { // 29 February comes in leap years
			add(start)
		}
	}
	return out
}

// readEvent reads one event; use is false for one that is no holiday.
func readEvent(e *ics.VEvent) (ev event, use bool, err error) {
	start := e.GetProperty(ics.ComponentPropertyDtStart)
	if start == nil {
		return ev, false, errors.New("no DTSTART")
	}
	if s := e.GetProperty(ics.ComponentPropertyStatus); s != nil && strings.EqualFold(s.Value, "CANCELLED") {
		return ev, false, nil
	}
	if strings.Contains(start.Value, "T") {
		return ev, false, nil // an appointment
	}
	if ev.from, err = icsDate(start.Value); err != nil {
		return ev, false, err
	}
	if s := e.GetProperty(ics.ComponentPropertySummary); s != nil {
		ev.name = s.Value
	}
	if ev.days, err = length(e, ev.from); err != nil {
		return ev, false, err
	}
	for _, p := range e.GetProperties(ics.ComponentPropertyExdate) {
		for v := range strings.SplitSeq(p.Value, ",") {
			d, err := icsDate(v)
			if err != nil {
				return ev, false, err
			}
			ev.except = append(ev.except, d)
		}
	}
	if len(e.GetProperties(ics.ComponentPropertyRdate)) > 0 {
		return ev, false, errors.New("RDATE is not understood; write each date as an event")
	}
	if r := e.GetProperty(ics.ComponentPropertyRrule); r != nil {
		err = ev.repeat(r.Value)
	}
	return ev, err == nil, err
}

// length is how many days an event lasts: up to DTEND, which is the first day
// after it, or DURATION in days or weeks, or one.
func length(e *ics.VEvent, from civil.Date) (int, error) {
	n := 1
	if end := e.GetProperty(ics.ComponentPropertyDtEnd); end != nil {
		to, err := icsDate(end.Value)
		if err != nil {
			return 0, err
		}
		n = max(1, from.DaysUntil(to)) // some write the day itself
		if to.Before(from) {
			return 0, errors.New("DTEND is before DTSTART")
		}
	} else if d := e.GetProperty(ics.ComponentPropertyDuration); d != nil {
		var unit string
		if _, err := fmt.Sscanf(d.Value, "P%d%1s", &n, &unit); err != nil || n < 1 || n > maxSpan || unit != "D" && unit != "W" {
			return 0, errors.New("DURATION is not in days or weeks")
		}
		if unit == "W" {
			n *= 7
		}
	}
	if n > maxSpan {
		return 0, fmt.Errorf("it lasts %d days", n)
	}
	return n, nil
}

// repeat reads a rule that says "every year on this date" in one of its ways.
func (ev *event) repeat(rule string) error {
	for part := range strings.SplitSeq(rule, ";") {
		key, value, _ := strings.Cut(part, "=")
		n, numErr := strconv.Atoi(value)
		ok := false
		switch strings.ToUpper(key) {
		case "FREQ":
			ok = strings.EqualFold(value, "YEARLY")
			ev.every = max(ev.every, 1)
		case "INTERVAL":
			ok = numErr == nil && n >= 1 && n <= 100
			ev.every = n
		case "COUNT":
			ok = numErr == nil && n >= 1
			ev.count = n
		case "UNTIL":
			d, err := icsDate(value)
			ok, ev.until = err == nil, d
		case "BYMONTH":
			ok = numErr == nil && n == int(ev.from.Month)
		case "BYMONTHDAY":
			ok = numErr == nil && n == ev.from.Day
		case "WKST":
			ok = true // matters for weeks only
		}
		if !ok {
			return fmt.Errorf("the part %q of its RRULE is not understood; write each date as an event", strings.ToUpper(key))
		}
	}
	if ev.every == 0 {
		return errors.New("its RRULE has no FREQ")
	}
	return nil
}

// icsDate reads 20270101, and of 20270101T235959Z the day.
func icsDate(s string) (civil.Date, error) {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "T")
	if len(s) != 8 {
		return civil.Date{}, errors.New("a date is not of the form 20270101")
	}
	d, err := civil.Parse(s[:4] + "-" + s[4:6] + "-" + s[6:])
	if err != nil || d.Year < 1900 || d.Year > 2200 {
		return civil.Date{}, errors.New("a date is not of the form 20270101")
	}
	return d, nil
}
