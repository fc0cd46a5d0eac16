package coach

import (
	"regexp"
	"strings"

	"waymark/internal/dialogue"
	"waymark/internal/reading"
	"waymark/internal/reminder"
)

// Wishes in plain words that no command is spelled like.
var (
	lessWords    = regexp.MustCompile(`(?i)^\W*(?:please\W+)?(?:can you\W+)?(?:(?:remind|ask|write|message|ping)(?: to)?(?: me)? (?:less|less often|not so often|not so much)|(?:less|fewer) (?:reminders|messages|check-?ins)|too many (?:reminders|messages|check-?ins)|not so (?:often|many reminders))(?: please)?\W*$`)
	howOften     = regexp.MustCompile(`(?i)\b(?:every (day|week|month)|every (?:2|two|second|other) weeks?|(daily|weekly|fortnightly|biweekly|monthly))\b`)
	aboutComing  = regexp.MustCompile(`(?i)\b(?:remind|ask|check|write|message|ping|not too (?:much|often)|wake up|come back)\b`)
	leavesAll    = regexp.MustCompile(`(?i)^\W*(?:(?:no|please|just|ok)\W+)*leave (?:it|that|everything|all)(?: (?:as (?:it|they) (?:is|was|are|were)|alone|like (?:this|that)))?\W*$`)
	ordinalGoal  = regexp.MustCompile(`(?i)^\W*(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th) goal (?:should|shall|must|has to|is|to|reads?)\b`)
	renamesGoal  = regexp.MustCompile(`(?i)^\W*(?:please )?(?:rename|reword) (?:the |my )?(?:goal )?(?:number |no\.? ?|#)?(\d|first|second|third|fourth)\b`)
	onlyThatGoal = regexp.MustCompile(`(?i)^\W*(?:no\W+)?(?:i )?(?:only )?(?:mean|meant) (?:only )?(?:the )?(first|second|third|fourth)(?: one| goal)?\W*$`)
)

// nothingWords say that there is nothing of the kind: "nothing, delete it".
var nothingWords = regexp.MustCompile(`(?i)^\W*(?:nothing|none|no|nope)?(?:\W+(?:please )?)?(?:delete|remove|drop)?(?: (?:it|that|this))?\W*$`)

// ordinals are the numbers of goals as words.
var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

// plainWords takes wishes about the coach itself and about one goal.
func (h *handling) plainWords(text string) (done bool, err error) {
	idle := h.p.Dialogue.Asked == nil || h.p.Dialogue.Paused
	switch {
	case len(text) > 200:
	case idle && lessWords.MatchString(text):
		h.shows = true
		return true, h.sayCard(h.reminderCard())
	case idle && howOften.MatchString(text) && aboutComing.MatchString(text) && !h.p.Plan.Confirmed.IsZero():
		return true, h.comesAs(text)
	}
	return h.oneGoal(text)
}

// comesAs sets how often the coach asks, and at which hour, as somebody said it,
// and says it back.
func (h *handling) comesAs(text string) error {
	said := strings.ToLower(howOften.FindString(text))
	c := reminder.Cadence{Every: 1, Unit: reminder.Week, Weekday: h.p.Settings.Cadence.Weekday, Start: h.today()}
	switch {
	case strings.Contains(said, "day") || strings.Contains(said, "daily"):
		c.Unit = reminder.Day
	case strings.Contains(said, "month"):
		c.Unit = reminder.Month
	case said != "weekly" && said != "every week":
		c.Every = 2
	}
	if h.p.Settings.Cadence.IsZero() {
		c.Weekday = h.local().Weekday()
	}
	h.p.Settings.Cadence = c
	if m := clockPlace.FindStringSubmatch(text); m != nil {
		h.takesZone(zoneCalled(strings.Fields(strings.ToLower(m[1]))))
	}
	if m := clockTime.FindString(text); m != "" {
		if hour, ok := reading.Hour(m); ok {
			h.takesHour(hour)
		}
	}
	_, _, hour, _ := h.p.Settings.Hours()
	h.say("say.comes", map[string]any{"words": h.cadenceText(c), "hour": clock(hour), "place": h.p.zone().String()})
	return h.reask()
}

// clockTime is an hour of the day as it stands in a longer text.
var clockTime = regexp.MustCompile(`(?i)\b\d{1,2}(?::\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|o'?clock)|\b\d{1,2}:\d\d\b`)

// clockPlace is the place named right behind an hour: "4pm manila".
var clockPlace = regexp.MustCompile(`(?i)\b\d{1,2}(?::\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|o'?clock)\s+(?:in |here in )?(\p{L}+(?: \p{L}+)?)`)

// takesZone makes a zone the person's own, over the one that the platform tells.
func (h *handling) takesZone(zone string) {
	if zone == "" || zone == h.p.Settings.Zone {
		return
	}
	if h.p.ZoneOwn == "" {
		h.p.ZoneSeen = h.p.Settings.Zone
	}
	h.p.Settings.Zone, h.p.ZoneOwn = zone, zone
}

// oneGoal opens the form of the goal that is named by its place, so that no
// other goal changes with it. The words are kept, since a form cannot be filled
// in from here.
func (h *handling) oneGoal(text string) (done bool, err error) {
	if h.drafting() || h.p.Plan.Confirmed.IsZero() {
		return false, nil
	}
	asked := h.p.Dialogue.Asked
	pending := asked != nil && asked.Pending != nil && asked.Pending.Kind != dialogue.PendingAsked
	var m []string
	for _, re := range []*regexp.Regexp{ordinalGoal, renamesGoal, onlyThatGoal} {
		if re == onlyThatGoal && !pending || re != onlyThatGoal && asked != nil && !pending && !h.p.Dialogue.Paused {
			continue
		}
		if m = re.FindStringSubmatch(text); m != nil {
			break
		}
	}
	if m == nil {
		return false, nil
	}
	n := ordinals[strings.ToLower(m[1])]
	if n == 0 {
		n = atoi(m[1])
	}
	h.note(text)
	if pending {
		for p := asked.Pending; p != nil; p = p.Under {
			h.note(p.Words)
		}
		asked.Pending = nil
		if h.p.Dialogue.Top() == nil {
			h.p.Dialogue.Asked = nil
		}
	}
	if err := goalEditOrder(h, itoa(n)); err != nil {
		return true, err
	}
	h.shows = false // the note is kept
	return true, h.reask()
}

// leavesAsItIs reports whether "leave it" says no to a change that waits for a yes.
func (h *handling) leavesAsItIs(text string) bool {
	a := h.p.Dialogue.Asked
	return a != nil && a.Pending != nil && a.Pending.Kind == dialogue.PendingCorrect && leavesAll.MatchString(text)
}
