package coach

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"waymark/internal/reminder"
)

// takeHours reads the hours and days.
func (f *form) takeHours(s *reminder.Settings) {
	hour, from, to := f.clock("hour", 23), f.clock("from", 23), f.clock("to", 24)
	var days reminder.Days
	for _, v := range f.sent["days"] {
		i := slices.IndexFunc(week, func(d time.Weekday) bool { return dayValue(d) == v })
		if i < 0 {
			f.error("days", "choice", nil)
			return
		}
		days |= 1 << week[i]
	}
	switch {
	case days == 0:
		f.error("days", "no_day", nil)
	case len(f.errs) > 0:
	case from >= to:
		f.error("to", "order", map[string]any{"from": clock(from)})
	case hour < from || hour >= to:
		f.error("hour", "between", map[string]any{"from": clock(from), "to": clock(to)})
	case hour == 0:
		f.error("hour", "midnight", nil) // 0 stands for no choice
	}
	s.Hour, s.From, s.To, s.Days = hour, from, to, days
}

var writesHour = regexp.MustCompile(`^(\d{1,2})(?:[:.h](\d{2})?)?\s*(?:o'?clock|uhr)?\s*([ap])?\.?(?:m\.?)?$`)

// clock reads a full hour of the day up to most: "9", "09:00", "9 am", "17h".
func (f *form) clock(name string, most int) int {
	m := writesHour.FindStringSubmatch(strings.ToLower(f.line(name)))
	if m == nil {
		f.error(name, "hour", nil)
		return 0
	}
	n := atoi(m[1])
	if m[3] != "" {
		if n < 1 || n > 12 {
			f.error(name, "hour", nil)
			return 0
		}
		n %= 12
		if m[3] == "p" {
			n += 12
		}
	}
	switch {
	case n > most:
		f.error(name, "hour", nil)
	case m[2] != "" && m[2] != "00":
		f.error(name, "full_hour", nil)
	}
	return n
}

// takeZone reads a zone of the person's own; without one, that of the platform
// holds.
func (f *form) takeZone(s *reminder.Settings) string {
	name := f.line("zone")
	if name == "" {
		if p := f.h.e.Profile; p != nil && p.Zone != "" {
			s.Zone = p.Zone
		} else if f.h.p.ZoneOwn != "" {
			s.Zone = f.h.p.ZoneSeen
		}
		return ""
	}
	zone, ok := zoneNamed(name)
	if !ok {
		f.error("zone", "zone", nil)
		return f.h.p.ZoneOwn
	}
	s.Zone = zone
	return zone
}

// zoneNamed is a zone by its IANA name, in any case and with spaces.
func zoneNamed(name string) (string, bool) {
	parts := strings.Split(strings.ToLower(strings.Join(strings.Fields(name), "_")), "/")
	for i, p := range parts {
		words := strings.FieldsFunc(p, func(r rune) bool { return r == '_' })
		for j, w := range words {
			if !smallWords[w] {
				words[j] = strings.ToUpper(w[:1]) + w[1:]
			}
		}
		parts[i] = strings.Join(words, "_")
	}
	for _, n := range []string{name, strings.ToUpper(name), strings.Join(parts, "/")} {
		if strings.EqualFold(n, "local") || strings.ContainsAny(n, ".\\") {
			continue
		}
		if loc, err := time.LoadLocation(n); err == nil && n != "" {
			return loc.String(), true
		}
	}
	return "", false
}

// smallWords stay small in the names of zones: America/Port_of_Spain.
var smallWords = map[string]bool{"of": true, "es": true, "au": true, "da": true}

// week is Monday to Sunday.
var week = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func dayValue(d time.Weekday) string { return strings.ToLower(d.String()) }

func dayValues(d reminder.Days) []string {
	var out []string
	for _, wd := range week {
		if d.Has(wd) {
			out = append(out, dayValue(wd))
		}
	}
	return out
}
