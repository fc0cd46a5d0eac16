package coach

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"waymark/internal/reading"
)

// contactKinds are whom the coach may name when something is not for a coach.
var contactKinds = []string{"emergency", "crisis_line", "health", "workplace", "legal"}

// anyPlace is the place of the contacts that hold everywhere.
const anyPlace = "default"

// contacts are the operator's contacts for where the person is: where they said
// they are, or else by their zone, its region, or the default. A place without a
// contact of a kind gets the one of the wider place; a kind that nobody filled
// in is "". guessed says that the emergency number was taken from the zone that
// the platform tells, which may not be where they are.
func (h *handling) contacts() map[string]any {
	zone, told := h.p.Settings.Zone, h.p.Care.Place != "" || h.p.ZoneOwn != ""
	switch {
	case h.p.Care.Place != "":
		zone = h.p.Care.Place
	case !told:
		if place, sure := h.placeTold(); place != "" {
			zone, told = place, sure
		}
	}
	region, _, _ := strings.Cut(zone, "/")
	out := map[string]any{"guessed": false}
	for _, kind := range contactKinds {
		out[kind] = ""
		for _, place := range []string{zone, region, anyPlace} {
			if key := "contacts." + place + "." + kind; place != "" && h.c.book.HasText(key) {
				out[kind] = h.c.text(key, nil)
				if kind == "emergency" {
					out["guessed"] = place != anyPlace && !told
				}
				break
			}
		}
	}
	return out
}

// worksIn is where a job is that somebody names: "call centre agent in Manila".
var worksIn = regexp.MustCompile(`(?i)\bin\s+(?:the\s+)?([\p{L}]+(?:[ -][\p{L}]+){0,2})`)

// placeTold is the place that somebody named in passing as where they live, or
// where their job is, the last one that is known; "" for none. sure says that
// they live there in so many words.
func (h *handling) placeTold() (place string, sure bool) {
	var at time.Time
	hears := func(said string, when time.Time, plainly bool) {
		if said == "" || when.Before(at) || sure && !plainly {
			return
		}
		p := h.placeNamed(said)
		if p == "" {
			p = zoneCalled(placeWords(said))
		}
		if p != "" && (plainly || place == "" || !sure) {
			place, at, sure = p, when, plainly
		}
	}
	for _, n := range h.p.Notes {
		hears(reading.LivesIn(n.Text), n.At, true)
	}
	for _, a := range h.p.Dialogue.Answers {
		if a.Replaced || a.Value.Skipped {
			continue
		}
		hears(reading.LivesIn(a.Words), a.At, true)
		if m := worksIn.FindStringSubmatch(a.Words); m != nil && (a.Key.Step == "have.job" || a.Key.Step == "have.field") {
			hears(m[1], a.At, false)
		}
	}
	return place, sure
}

// saysWhere takes a place that somebody names as where they are: then its
// contacts are named from here on, and no number that is another country's.
func (h *handling) saysWhere(text string) bool {
	place := h.placeNamed(text)
	if place == "" && reading.OtherNumber(text) {
		place = anyPlace
	}
	if place == "" || place == h.p.Care.Place {
		return false
	}
	h.p.Care.Place = place
	return true
}

// placeNamed is the place of the contacts, or the zone, that a text names; ""
// for none. The cities are those that zones are called after, the countries
// those that the contacts have names of.
func (h *handling) placeNamed(text string) string {
	words := " " + strings.Join(placeWords(text), " ") + " "
	said := reading.Place(text)
	if said != "" {
		words += strings.Join(placeWords(said), " ") + " "
	}
	best, length := "", 0
	for _, key := range h.c.book.TextsBelow("contacts.") {
		place, kind, _ := strings.Cut(strings.TrimPrefix(key, "contacts."), ".")
		names := []string{place[strings.LastIndexByte(place, '/')+1:]}
		if kind == "names" {
			names = append(names, strings.Split(h.c.text(key, nil), ",")...)
		}
		for _, name := range names {
			name = strings.Join(placeWords(name), " ")
			if name != "" && name != anyPlace && len(name) > length && strings.Contains(words, " "+name+" ") {
				best, length = place, len(name)
			}
		}
	}
	if best != "" || said == "" {
		return best
	}
	return zoneCalled(strings.Fields(said))
}

// regions are the first parts of the names of zones.
var regions = []string{"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}

// zoneCalled is the zone that is called after a city of up to so many words, ""
// for none.
func zoneCalled(words []string) string {
	for n := len(words); n > 0; n-- {
		parts := slices.Clone(words[:n])
		for i, w := range parts {
			r := []rune(w)
			parts[i] = strings.ToUpper(string(r[:1])) + string(r[1:])
		}
		for _, region := range regions {
			zone := region + "/" + strings.Join(parts, "_")
			if _, err := time.LoadLocation(zone); err == nil {
				return zone
			}
		}
	}
	return ""
}

// placeWords are the words of a text or a name in lower case.
func placeWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return strings.ContainsRune(" _-,.;:!?()\n\t\"", r)
	})
}
