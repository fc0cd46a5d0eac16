package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"waymark/internal/civil"
)

// Calendar is the dates of one person.
type Calendar struct {
	Name  string
	Owner string // who it belongs to; goes into the ids of events, hashed
	Made  time.Time
	// Events must not be empty: a calendar without any is none.
	Events []Event
}

// Event is one whole day.
type Event struct {
	// ID is the same for the same thing each time, so that a calendar that has
	// the event already takes the new date over; unique for one owner.
	ID string
	On civil.Date
	// Title is one line; Note may be empty.
	Title, Note string
	// Moved is how often the date was changed before; of two versions of an
	// event a calendar keeps the one that was moved more often.
	Moved int
}

// ICS writes a calendar as RFC 5545 wants it: published, each event one whole
// day that leaves the person free, without alarms. Events without a date are
// left out. It fails for a calendar without any event.
func ICS(c Calendar) ([]byte, error) {
	cal := ics.NewCalendarFor("Waymark")
	cal.SetProductId("-//Waymark//Career plan//EN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetCalscale("GREGORIAN")
	cal.SetXWRCalName(tidy(c.Name))
	for _, e := range c.Events {
		if !e.On.IsZero() {
			cal.AddVEvent(event(c, e))
		}
	}
	if len(cal.Components) == 0 {
		return nil, fmt.Errorf("write calendar: it has no dates")
	}
	var b bytes.Buffer
	if err := cal.SerializeTo(&b, ics.WithNewLine("\r\n"), ics.WithLineLength(75)); err != nil {
		return nil, fmt.Errorf("write calendar: %w", err)
	}
	return b.Bytes(), nil
}

func event(c Calendar, e Event) *ics.VEvent {
	sum := sha256.Sum256([]byte(c.Owner + "\x00" + e.ID))
	v := ics.NewEvent(hex.EncodeToString(sum[:16]) + "@waymark")
	v.SetDtStampTime(c.Made)
	v.SetAllDayStartAt(e.On.At(0, 0, time.UTC))
	v.SetAllDayEndAt(e.On.AddDays(1).At(0, 0, time.UTC)) // the end is the first day that is not part of it
	v.SetSummary(strings.ReplaceAll(tidy(e.Title), "\n", " "))
	if note := tidy(e.Note); note != "" {
		v.SetDescription(note)
	}
	v.SetSequence(e.Moved)
	v.SetClass(ics.ClassificationPrivate)
	v.SetTimeTransparency(ics.TransparencyTransparent)
	return v
}

// tidy is text as the format takes it: whole letters, no control characters but
// line ends.
func tidy(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\r', r == '\u2028', r == '\u2029', r == '\u0085':
			return '\n'
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
