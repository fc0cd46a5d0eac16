package reminder

import (
	"sync"
	"time"

	"waymark/internal/civil"
)

// zones keeps the zones already read: reading one costs more than everything
// else that is decided about a person.
var zones sync.Map

// zone is the location of an IANA name. A name that is empty or unknown means
// UTC, and so does "Local": a server's own zone is nobody's.
func zone(name string) *time.Location {
	if name == "" || name == "Local" {
		return time.UTC
	}
	if l, ok := zones.Load(name); ok {
		return l.(*time.Location)
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	zones.Store(name, l)
	return l
}

// wall is the moment at which a clock in loc shows hour o'clock on d. Of an
// hour that a clock change repeats it is the first, and for one that is skipped
// the moment at which the clock jumps over it; time.Date promises neither.
func wall(d civil.Date, hour int, loc *time.Location) time.Time {
	t := d.At(hour, 0, loc)
	start, end := t.ZoneBounds()
	want := d.At(hour, 0, time.UTC)
	have := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
	switch {
	case have.After(want) && !start.IsZero():
		return start
	case have.Before(want) && !end.IsZero():
		return end
	}
	if start.IsZero() {
		return t
	}
	_, now := t.Zone()
	_, before := start.Add(-time.Second).Zone()
	if twin := t.Add(time.Duration(now-before) * time.Second); twin.Before(start) {
		return twin
	}
	return t
}

// epoch is day 0, a Monday.
var epoch = civil.Date{Year: 2001, Month: time.January, Day: 1}

const epochUnix = 978307200

// day numbers the days, so that a thousand of them are cheap to move about.
func day(d civil.Date) int {
	return int((d.At(0, 0, time.UTC).Unix() - epochUnix) / (24 * 60 * 60))
}

// dateOf is the date of a day's number.
func dateOf(d int) civil.Date {
	return civil.Of(time.Unix(epochUnix+int64(d)*24*60*60, 0).UTC())
}

// weekday is the day of the week of a day's number.
func weekday(d int) time.Weekday { return time.Weekday(((d+1)%7 + 7) % 7) }
