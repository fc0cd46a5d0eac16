package coach

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/internal/dialogue"
	"waymark/internal/reading"
	"waymark/internal/reminder"
)

const anHour = `\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|o'?clock|h)?|noon|midnight`

// What people write about when to be written to.
var (
	quietStart  = regexp.MustCompile(`(?i)\b(?:do ?n[o']?t|don't|dont|do not|never|no|not|stop|quit)\b(?:\W+\w+){0,2}?\W+(?:messag|msg|writ|text|ping|contact|nudg|remind|bother|disturb|dm|send)\w*`)
	wantsStart  = regexp.MustCompile(`(?i)^\W*(?:(?:please|pls|ok|and|so|only|just|you can|can you|could you)\W+)*(?:(?:message|msg|write|text|ping|contact|nudge|remind|dm|ask|check in)(?: (?:to|with))? me\b|(?:make|change|set|move) (?:it|that|this|the (?:time|hour|reminders?|messages?))\b)`)
	hoursRange  = regexp.MustCompile(`(?i)\b(?:between|from)\s+(` + anHour + `)\s*(?:and|to|until|till|-|–)\s*(` + anHour + `)`)
	hourBefore  = regexp.MustCompile(`(?i)\b(?:before|until|till)\s+(` + anHour + `)`)
	hourAfter   = regexp.MustCompile(`(?i)\b(?:after|later than|past)\s+(` + anHour + `)`)
	hourAlone   = regexp.MustCompile(`(?i)\b(\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|o'?clock)|\d{1,2}:\d\d|noon)`)
	hourAt      = regexp.MustCompile(`(?i)\bat (\d{1,2})\b`)
	onlyDays    = regexp.MustCompile(`(?i)\bonly\b`)
	hourClauses = regexp.MustCompile(`(?i)[,;.!\n]+(?:\s|$)|\bbut\b|\band (?:make|text|message|write|only|not|no)\b`)
)

// hourWords takes what somebody writes about the hours, days and the time zone in
// which to be written to, and says it back. done is false for everything else.
func (h *handling) hourWords(text string) (done bool, err error) {
	if len(text) > 200 || h.p.Plan.Confirmed.IsZero() && !h.p.Plan.Content {
		return false, nil
	}
	set := false
	for _, c := range hourClauses.Split(text, -1) {
		switch {
		case quietStart.MatchString(c):
			set = h.quietIn(c) || set
		case wantsStart.MatchString(c):
			set = h.wantsAt(c) || set
		}
	}
	if !set {
		return false, nil
	}
	unclear := h.zoneIn(text)
	from, to, hour, _ := h.p.Settings.Hours()
	h.say("remind.hours_set", map[string]any{
		"days": h.dayNames(h.p.Settings.Days), "from": clock(from), "to": clock(to), "hour": clock(hour), "zone": h.p.zone().String(),
	})
	if unclear != "" {
		h.say("remind.which_zone", map[string]any{"words": unclear})
	}
	return true, h.reask()
}

// quietIn keeps out of the hours and days that a part of a message names; false
// if it names none.
func (h *handling) quietIn(clause string) bool {
	s := &h.p.Settings
	from, to, _, days := s.Hours()
	said := false
	a, b := 0, 0
	if m := hoursRange.FindStringSubmatch(clause); m != nil {
		a, b, said = twoHours(m[1], m[2])
	} else if m := hourBefore.FindStringSubmatch(clause); m != nil {
		b, said = reading.Hour(m[1])
		said = said && b > 0
	} else if m := hourAfter.FindStringSubmatch(clause); m != nil {
		a, said = reading.Hour(m[1])
		b, said = 24, said && a > 0
	}
	if said {
		s.From, s.To = outside(from, to, a, b)
	}
	named := daysNamed(clause)
	if left := days &^ named; left != 0 && named != 0 {
		s.Days = left
	}
	return said || named != 0
}

// wantsAt takes the hour and the days that a part of a message asks for.
func (h *handling) wantsAt(clause string) bool {
	s := &h.p.Settings
	set := false
	if m := hoursRange.FindStringSubmatch(clause); m != nil {
		if a, b, ok := twoHours(m[1], m[2]); ok && a < b {
			s.From, s.To, set = a, b, true
		}
	} else if hour, ok := hourIn(clause); ok && hour > 0 {
		h.takesHour(hour)
		set = true
	}
	if days := daysNamed(clause); days != 0 {
		_, _, _, had := s.Hours()
		if s.Days = had | days; onlyDays.MatchString(clause) {
			s.Days = days
		}
		set = true
	}
	return set
}

// hourIn is the hour of the day in a longer text.
func hourIn(text string) (hour int, ok bool) {
	m := hourAlone.FindString(text)
	if m == "" {
		if at := hourAt.FindStringSubmatch(text); at != nil {
			m = at[1]
		}
	}
	if m == "" {
		return 0, false
	}
	return reading.Hour(m)
}

// twoHours reads both ends of a range; "8 and 3pm" begins in the morning.
func twoHours(x, y string) (a, b int, ok bool) {
	a, okA := reading.Hour(x)
	b, okB := reading.Hour(y)
	if b == 0 && strings.Contains(strings.ToLower(y), "midnight") {
		b, okB = 24, true
	}
	return a, b, okA && okB && a != b
}

// outside is what is left of the hours from one to another without those from a to
// b, which may go over midnight: the longer part, or where none is left the eight
// hours after.
func outside(from, to, a, b int) (int, int) {
	if a > b {
		from, to = max(from, b), min(to, a)
		if from < to {
			return from, to
		}
		return b, a
	}
	before, after := min(to, a)-from, to-max(from, b)
	switch {
	case before > 0 && before >= after:
		return from, min(to, a)
	case after > 0:
		return max(from, b), to
	case b < 24:
		return b, min(24, b+8)
	}
	return max(0, a-8), a
}

// daysNamed are the days of the week in a text.
func daysNamed(text string) (days reminder.Days) {
	for _, w := range strings.FieldsFunc(strings.ToLower(text), notLetter) {
		switch w {
		case "weekend", "weekends":
			days |= 1<<time.Saturday | 1<<time.Sunday
		case "weekday", "weekdays":
			days |= reminder.DefaultDays
		}
		if d, ok := weekdays[strings.TrimSuffix(w, "s")]; ok {
			days |= 1 << d
		}
	}
	return days
}

// zoneIn takes the time zone that a text names, by a city, a country or its usual
// name. unclear is a place with several.
func (h *handling) zoneIn(text string) (unclear string) {
	zone, unclear := zoneSaid(text)
	h.takesZone(zone)
	return unclear
}

// zoneSaid is the zone that a text names, "" for none; unclear is a place that has
// several.
func zoneSaid(text string) (zone, unclear string) {
	words := placeWords(text)
	for i := range words {
		for n := min(3, len(words)-i); n > 0; n-- {
			name := strings.Join(words[i:i+n], " ")
			if z, ok := zonesByName[name]; ok {
				return z, ""
			}
			if slices.Contains(severalZones, name) {
				unclear = strings.ToUpper(name[:1]) + name[1:]
				continue
			}
			if n == 1 && len(name) < 4 || slices.Contains(notPlaces, words[i]) {
				continue
			}
			if z := zoneCalled(words[i : i+n]); z != "" {
				return z, ""
			}
		}
	}
	return "", unclear
}

// notPlaces are words that zones are called after, too.
var notPlaces = []string{"christmas", "easter", "wake", "midway", "reunion", "center", "central", "eastern", "mountain", "pacific", "jersey"}

// severalZones are countries with more than one time zone.
var severalZones = []string{"australia", "usa", "america", "united states", "canada", "brazil", "mexico", "russia", "indonesia"}

// zonesByName are time zones as people call them, with large cities and countries
// that no zone is called after.
var zonesByName = map[string]string{
	"central time": "America/Chicago", "central": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago",
	"eastern time": "America/New_York", "eastern": "America/New_York", "est": "America/New_York", "edt": "America/New_York",
	"pacific time": "America/Los_Angeles", "pacific": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
	"mountain time": "America/Denver", "mountain": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver",
	"gmt": "Europe/London", "bst": "Europe/London", "utc": "UTC", "cet": "Europe/Paris", "cest": "Europe/Paris", "ist": "Asia/Kolkata",
	"aest": "Australia/Sydney", "aedt": "Australia/Sydney", "jst": "Asia/Tokyo", "sgt": "Asia/Singapore", "pht": "Asia/Manila",
	"philippines": "Asia/Manila", "germany": "Europe/Berlin", "france": "Europe/Paris", "spain": "Europe/Madrid", "italy": "Europe/Rome",
	"uk": "Europe/London", "england": "Europe/London", "britain": "Europe/London", "ireland": "Europe/Dublin", "india": "Asia/Kolkata",
	"japan": "Asia/Tokyo", "china": "Asia/Shanghai", "korea": "Asia/Seoul", "poland": "Europe/Warsaw", "austria": "Europe/Vienna",
	"switzerland": "Europe/Zurich", "netherlands": "Europe/Amsterdam", "belgium": "Europe/Brussels", "sweden": "Europe/Stockholm",
	"norway": "Europe/Oslo", "denmark": "Europe/Copenhagen", "finland": "Europe/Helsinki", "greece": "Europe/Athens", "turkey": "Europe/Istanbul",
	"nigeria": "Africa/Lagos", "kenya": "Africa/Nairobi", "south africa": "Africa/Johannesburg", "egypt": "Africa/Cairo", "morocco": "Africa/Casablanca",
	"vietnam": "Asia/Ho_Chi_Minh", "thailand": "Asia/Bangkok", "new zealand": "Pacific/Auckland", "argentina": "America/Argentina/Buenos_Aires",
	"colombia": "America/Bogota", "peru": "America/Lima", "ukraine": "Europe/Kyiv", "romania": "Europe/Bucharest", "portugal": "Europe/Lisbon",
	"san francisco": "America/Los_Angeles", "la": "America/Los_Angeles", "seattle": "America/Los_Angeles", "nyc": "America/New_York", "boston": "America/New_York",
	"miami": "America/New_York", "atlanta": "America/New_York", "washington": "America/New_York", "philadelphia": "America/New_York",
	"houston": "America/Chicago", "dallas": "America/Chicago", "austin": "America/Chicago", "texas": "America/Chicago", "mumbai": "Asia/Kolkata",
	"delhi": "Asia/Kolkata", "bangalore": "Asia/Kolkata", "bengaluru": "Asia/Kolkata", "beijing": "Asia/Shanghai", "munich": "Europe/Berlin",
	"hamburg": "Europe/Berlin", "frankfurt": "Europe/Berlin", "barcelona": "Europe/Madrid", "milan": "Europe/Rome", "cebu": "Asia/Manila",
	"canberra": "Australia/Sydney", "montreal": "America/Toronto", "cape town": "Africa/Johannesburg", "abuja": "Africa/Lagos", "hanoi": "Asia/Ho_Chi_Minh",
}

// hourWithZone takes the time zone out of an answer to the question for an hour,
// says it back, and leaves the hour: "10am Melbourne time".
func (h *handling) hourWithZone(text string) string {
	a := h.p.Dialogue.Asked
	if a == nil || h.p.Dialogue.Paused || a.Pending != nil || a.Key.Step != "finish.hour" {
		return text
	}
	zone, unclear := zoneSaid(text)
	if unclear != "" && zone == "" {
		h.say("remind.which_zone", map[string]any{"words": unclear})
	}
	if zone == "" {
		return text
	}
	h.takesZone(zone)
	h.say("remind.zone_set", map[string]any{"zone": zone})
	if hour, ok := hourIn(text); ok {
		return strconv.Itoa(hour) + ":00"
	}
	return dialogue.Unmark(text)
}
