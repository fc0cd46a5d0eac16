package coach

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/holidays"
	"waymark/internal/reading"
	"waymark/internal/reminder"
)

// Whole messages that set something about reminders. They are long enough, or
// exact enough, not to be an answer to a question.
var (
	turnsWords   = regexp.MustCompile(`(?i)^(?:please )?(?:turn|switch) (on|off) (.{1,60})$`)
	turnsLast    = regexp.MustCompile(`(?i)^(?:please )?(?:turn|switch) (.{1,60}) (on|off)$`)
	budgetWords  = regexp.MustCompile(`(?i)^(?:at most )?(\d{1,2}|no) (?:reminders?|messages?) (?:a|per) week$`)
	holidayWords = regexp.MustCompile(`(?i)^(?:public )?holidays?(?: (?:of|in|for))? (.{1,60})$`)
	quietWords   = regexp.MustCompile(`(?i)^(keep|show) my words (?:out of|in) (?:my )?notifications?$`)
)

// reminderTexts are the texts of reminders and of what is set about them, each
// with the fields it fills in.
const reminderTexts = `
nudge.late date
nudge.slipped
nudge.kept_win goal
nudge.snoozed date
nudge.smaller title date
nudge.no_smaller
button.smaller
button.tomorrow
button.next_week
button.another_day
button.settings
button.prepare
button.this
nudge.late_today
nudge.also_one title goal date
nudge.also_past title goal date
nudge.also_more n
nudge.also_check_in
nudge.also_review date
nudge.told_reason
nudge.ahead_in_days n
nudge.ahead_tomorrow
nudge.ahead_today
nudge.step_ahead title date
nudge.done_still title date
nudge.told_not_done title date
nudge.told_partly title
nudge.told_open title date
nudge.review_content date when
nudge.review_ready date when
button.open_prepared
nudge.cycle_begins date
unmet.announce dates
unmet.and
unmet.button_start
unmet.button_stop
unmet.stopped
remind.title
remind.on kind
remind.off kind
remind.when days from to hour zone
remind.budget n
remind.only_asked
remind.how
remind.turned_off kind
remind.turned_on kind
remind.all_off
remind.all_on
remind.unknown_kind
remind.holidays words name date
remind.no_holidays
remind.pick_region code words
remind.region_parts code words
remind.unknown_region
remind.hours_set days from to hour zone
remind.which_zone words
remind.zone_set zone
remind.words_kept
remind.words_shown
remind.notice_milestone
remind.notice
`

// maxBudget is the most messages a week that can be asked for.
const maxBudget = 20

// reminderWords obeys a message that sets something about reminders; done is
// false for every other message.
func (h *handling) reminderWords(text string) (done bool, err error) {
	text = strings.Trim(reading.Clean(text), " .!?")
	idle := h.p.Dialogue.Asked == nil || h.p.Dialogue.Paused
	switch lower := strings.ToLower(text); {
	case lower == "reminders" && idle:
		return true, h.sayCard(h.reminderCard())
	case lower == "holidays" && idle:
		h.lines = append(h.lines, h.holidayLine())
		return true, h.reask()
	}
	if m := turnsWords.FindStringSubmatch(text); m != nil {
		return h.turn(strings.EqualFold(m[1], "on"), m[2])
	}
	if m := turnsLast.FindStringSubmatch(text); m != nil {
		return h.turn(strings.EqualFold(m[2], "on"), m[1])
	}
	if m := quietWords.FindStringSubmatch(text); m != nil {
		h.p.Settings.Quiet = strings.EqualFold(m[1], "keep")
		key := "remind.words_shown"
		if h.p.Settings.Quiet {
			key = "remind.words_kept"
		}
		h.say(key, nil)
		return true, h.reask()
	}
	if m := budgetWords.FindStringSubmatch(text); m != nil {
		h.setBudget(m[1])
		return true, h.reask()
	}
	if m := holidayWords.FindStringSubmatch(text); m != nil {
		return h.setRegion(m[1])
	}
	return h.hourWords(text)
}

// turn switches a kind of reminder on or off, or all of them. Other things that
// one can turn off are no reminders.
func (h *handling) turn(on bool, name string) (done bool, err error) {
	opts := []reading.Option{{ID: "all", Label: "all reminders", Also: []string{"reminders", "everything", "all"}}}
	for _, r := range reminder.Kinds {
		if !r.Fixed {
			opts = append(opts, reading.Option{ID: string(r.Kind), Label: h.c.text("kind."+string(r.Kind), h.fields())})
		}
	}
	id, ok := reading.Choose(name, opts)
	if !ok {
		if h.p.Dialogue.Asked != nil && !h.p.Dialogue.Paused {
			return false, nil // it may be an answer
		}
		h.say("remind.unknown_kind", nil)
		return true, h.flush(nil)
	}
	s := &h.p.Settings
	switch {
	case id == "all" && on:
		s.Off = nil
		if s.Budget < 0 {
			s.Budget = 0
		}
		h.comesBack()
		h.say("remind.all_on", nil)
	case id == "all":
		s.Budget = reminder.OnlyAsked
		h.say("remind.all_off", nil)
	default:
		s.Off = slices.DeleteFunc(slices.Clone(s.Off), func(k reminder.Kind) bool { return k == reminder.Kind(id) })
		key := "remind.turned_on"
		if !on {
			s.Off = append(s.Off, reminder.Kind(id))
			key = "remind.turned_off"
		}
		h.say(key, map[string]any{"kind": h.c.text("kind."+id, h.fields())})
	}
	return true, h.reask()
}

// setBudget sets how many messages a week may come unasked; none means only what
// was asked for.
func (h *handling) setBudget(words string) {
	n := min(atoi(words), maxBudget)
	h.p.Settings.Budget = n
	if n <= 0 {
		h.p.Settings.Budget = reminder.OnlyAsked
	}
	h.lines = append(h.lines, h.budgetLine())
}

func (h *handling) budgetLine() string {
	n := h.p.Settings.Budget
	if n < 0 {
		return h.c.text("remind.only_asked", h.fields())
	}
	if n == 0 {
		n = reminder.DefaultBudget
	}
	return h.c.text("remind.budget", h.with(map[string]any{"n": strconv.Itoa(n)}))
}

// setRegion picks the place whose public holidays are kept. A name that is no
// place may be an answer to the question on screen.
func (h *handling) setRegion(name string) (done bool, err error) {
	if slices.Contains([]string{"none", "off", "nowhere"}, strings.ToLower(name)) {
		h.p.Settings.Region = noRegion
		h.say("remind.no_holidays", nil)
		return true, h.reask()
	}
	r, ok := holidays.Find(name)
	if !ok {
		if h.p.Dialogue.Asked != nil && !h.p.Dialogue.Paused {
			return false, nil
		}
		h.say("remind.unknown_region", nil)
		return true, h.flush(nil)
	}
	h.p.Settings.Region = r.Code
	h.lines = append(h.lines, h.holidayLine())
	if parts := holidays.Parts(r.Code); len(parts) > 0 {
		h.say("remind.region_parts", map[string]any{"code": parts[0].Code, "words": parts[0].Name})
	}
	return true, h.reask()
}

// holidayLine says which holidays hold for the person, where they come from, and
// which is the next.
func (h *handling) holidayLine() string {
	if h.p.Settings.Region == noRegion {
		return h.c.text("remind.no_holidays", h.fields())
	}
	var names []string
	var next holidays.Day
	for _, c := range h.calendars() {
		names = append(names, c.Name())
		for year := h.today().Year; year <= h.today().Year+1; year++ {
			for _, d := range c.In(year) {
				if !d.Date.Before(h.today()) && (next.Date.IsZero() || d.Date.Before(next.Date)) {
					next = d
				}
			}
		}
	}
	if len(names) == 0 {
		guess, _ := holidays.Find(holidays.Guess(h.p.Settings.Zone))
		return h.c.text("remind.pick_region", h.with(map[string]any{"code": guess.Code, "words": guess.Name}))
	}
	return h.c.text("remind.holidays", h.with(map[string]any{"words": dialogue.JoinAnd(names), "name": next.Name, "date": next.Date.Long()}))
}

// reminderCard is what comes unasked, when, and how to change it.
func (h *handling) reminderCard() []chat.Block {
	c := &card{h: h}
	c.heading("remind.title", nil)
	s := h.p.Settings
	var items []string
	for _, r := range reminder.Kinds {
		if r.Fixed || r.Kind == reminder.CycleBegins && len(h.c.operator().Cycles) == 0 {
			continue
		}
		key := "remind.on"
		if slices.Contains(s.Off, r.Kind) {
			key = "remind.off"
		}
		items = append(items, h.c.text(key, h.with(map[string]any{"kind": h.c.text("kind."+string(r.Kind), h.fields())})))
	}
	c.bullets(items)
	from, to, hour, days := s.Hours()
	var names []string
	for _, wd := range []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday} {
		if days.Has(wd) {
			names = append(names, wd.String())
		}
	}
	c.line("remind.when", map[string]any{
		"days": dialogue.JoinAnd(names), "from": strconv.Itoa(from), "to": strconv.Itoa(to), "hour": strconv.Itoa(hour), "zone": h.p.zone().String(),
	})
	c.lines(h.budgetLine(), h.holidayLine())
	key := "remind.words_shown"
	if s.Quiet {
		key = "remind.words_kept"
	}
	c.line(key, nil)
	c.line("remind.how", nil)
	return c.blocks
}

// hush keeps the person's words out of what a notification shows, if they want
// it so. The message itself is as it is.
func (h *handling) hush(m *chat.Message) {
	if !h.p.Settings.Quiet {
		return
	}
	key := "remind.notice"
	if h.nudging != nil && h.nudging.milestone {
		key = "remind.notice_milestone"
	}
	m.Notice = h.c.text(key, h.fields())
}
