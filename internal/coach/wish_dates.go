package coach

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/internal/career"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
	"waymark/internal/reminder"
)

// usualAhead is how many days before a review somebody is reminded who wants
// nothing else.
var usualAhead = []int{14, 3, 1}

// keepReview writes down the day of the next review and says it back, with the
// days on which there will be a reminder. Whoever has a plan gets the countdown
// of the plan, unless they named days of their own.
func (h *handling) keepReview(day civil.Date, before int) error {
	r, err := h.p.Plan.SetReview(day, true, h.local())
	if err != nil {
		return err
	}
	h.comesBack()
	ahead := r.Ahead
	switch {
	case before > 0:
		ahead = []int{before}
	case h.p.Plan.Content || h.p.Plan.Confirmed.IsZero():
		ahead = usualAhead
	}
	h.setAhead(r.ID, ahead)
	if len(ahead) == 0 {
		h.say("wish.noted_plan", map[string]any{"date": day.Long()})
		return nil
	}
	h.say("wish.noted", map[string]any{"date": day.Long(), "when": h.reviewDays()})
	return nil
}

// setAhead sets how many days before a review its reminders come; those that
// have passed are left out, so that none comes late.
func (h *handling) setAhead(id string, ahead []int) {
	for i := range h.p.Plan.Reviews {
		if r := &h.p.Plan.Reviews[i]; r.ID == id {
			left := h.today().DaysUntil(r.Date)
			r.Ahead = slices.DeleteFunc(slices.Clone(ahead), func(n int) bool { return n >= left })
		}
	}
}

// notedReview makes a review of the day that was noted for a question which the
// talk never came to.
func (h *handling) notedReview() (career.Review, bool) {
	for _, a := range slices.Backward(h.p.Dialogue.Answers) {
		if a.Key.Instance != h.p.First.Instance || a.Key.Step != "review.review_date" || a.Replaced || a.Value.Date.Before(h.today()) {
			continue
		}
		r, err := h.p.Plan.SetReview(a.Value.Date, true, h.local())
		return r, err == nil
	}
	return career.Review{}, false
}

// pickedDays are all the days on which somebody hears from the coach who wants
// nothing but what they asked for.
func (h *handling) pickedDays() string {
	var days []string
	for _, a := range h.p.Reminders.Asked {
		if !a.On.Before(h.today()) {
			days = append(days, a.On.Long())
		}
	}
	if review := h.reviewDays(); review != "" {
		days = append(days, review)
	}
	return dialogue.JoinAnd(days)
}

// pickedReview reports whether an occurrence is of a review whose reminders the
// person asked for.
func (h *handling) pickedReview(o reminder.Occurrence) bool {
	return slices.ContainsFunc(h.p.Plan.Reviews, func(r career.Review) bool { return o.Review != "" && r.ID == o.Review && len(r.Ahead) > 0 })
}

// reviewDays are the days on which the reminders of the next review come, as one
// text; "" for none.
func (h *handling) reviewDays() string {
	r, ok := career.NextReview(h.p.Plan, h.today())
	if !ok || len(r.Ahead) == 0 {
		return ""
	}
	alone := career.Plan{Content: true, Reviews: []career.Review{r}}
	var days []string
	for _, m := range reminder.Rehearse(func(time.Time) career.Plan { return alone }, h.settings(), reminder.State{}, h.now, r.Date.At(0, 0, h.p.zone()), true) {
		for _, o := range m.Say {
			if o.Kind == reminder.ReviewAhead {
				days = append(days, dayAndMonth(civil.Of(m.At.In(h.p.zone()))))
			}
		}
	}
	return dialogue.JoinAnd(days)
}

func dayAndMonth(d civil.Date) string {
	return d.Weekday().String() + " " + strconv.Itoa(d.Day) + " " + d.Month.String()
}

var movesDate = regexp.MustCompile(`(?i)^\W*(?:(?:please|can you|could you|actually|then|no|ok|and)\b[\s,]*)*(?:change|move|set|put|make|shift)\s+(?:(?:the|my|that|this)\s+)?(review|appraisal|date|day|reminder|it|that)(?:\s+(?:date|day))?\s+(?:to|for|on|back to)\s+(.{3,60})$`)

// movesDate changes the one date that is kept for a person, where no question is
// open: "change the date to 5 March".
func (h *handling) movesDate(text string) (bool, error) {
	m := movesDate.FindStringSubmatch(strings.TrimRight(text, " .!?"))
	if m == nil || h.asking() != "" {
		return false, nil
	}
	span, ok := reading.Deadline(m[2], reading.DateOptions{Now: h.local(), DayFirst: reading.DateFromLocale(h.p.Locale)})
	r, has := career.NextReview(h.p.Plan, h.today())
	i := slices.IndexFunc(h.p.Reminders.Asked, func(a reminder.Asked) bool { return a.Topic == askAgain && !a.On.Before(h.today()) })
	review := strings.EqualFold(m[1], "review") || strings.EqualFold(m[1], "appraisal")
	switch {
	case !ok || !has && i < 0, !review && !h.p.Plan.Content && !h.p.Plan.Confirmed.IsZero(): // a plan has other dates
		return false, nil
	case span.Past:
		h.say("talk.past", map[string]any{"date": span.Latest.Long()})
	case span.Precision != reading.Day || len(span.Ambiguous) > 0, has && i >= 0 && !review:
		h.say("wish.which_date", nil)
	case has && (review || i < 0) && unusualDay(span.Latest, text):
		return true, h.askReview(span.Latest, text, "")
	case has && (review || i < 0):
		if !h.moveReview(r, span.Latest) {
			return false, nil
		}
	default:
		old := h.p.Reminders.Asked[i].On
		h.p.Reminders.AskOn(askAgain, span.Latest)
		h.say("wish.ask_moved", map[string]any{"old": old.Long(), "date": span.Latest.Long()})
	}
	return true, h.flush(nil)
}

// moveReview gives the next review another day, with its reminders, and says so; a
// message that puts the day right may follow.
func (h *handling) moveReview(r career.Review, to civil.Date) bool {
	if _, err := h.p.Plan.SetReview(to, r.Formal, h.local()); err != nil {
		return false
	}
	if len(r.Ahead) > 0 {
		h.setAhead(r.ID, aheadAgain(r.Ahead))
	}
	h.p.Edit = &Edit{Kind: editReview, Date: to, Settled: true}
	h.say("wish.moved", map[string]any{"old": r.Date.Long(), "date": to.Long(), "when": h.reviewDays()})
	return true
}

// unusualDay reports whether a review would be on a weekend that nobody named: then
// it is asked about.
func unusualDay(on civil.Date, words string) bool {
	return dialogue.Weekend(on) && !strings.Contains(strings.ToLower(words), strings.ToLower(on.Weekday().String()[:3]))
}

// aheadAgain are the days ahead for a review that has been moved: those a person
// named themselves, or the usual ones, also where some of them had passed.
func aheadAgain(has []int) []int {
	if slices.Contains(usualAhead, has[len(has)-1]) {
		return usualAhead
	}
	return has
}
