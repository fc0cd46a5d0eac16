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
)

// weekOf is what an answer about weekly hours says besides their number: which
// parts of the week, and what will change them.
func weekOf(a dialogue.Answer) career.Week {
	text := a.Value.Text
	read, ok := reading.ReadWeek(text)
	if !ok {
		return career.Week{}
	}
	var w career.Week
	for i := 0; i < len(read.Parts); {
		part, days := read.Parts[i].Part, []string(nil)
		for ; i < len(read.Parts) && read.Parts[i].Part == part; i++ {
			if d := read.Parts[i].Day; d != "" {
				days = append(days, d)
				w.Days = append(w.Days, weekdays[strings.ToLower(d)])
			} else {
				w.AnyDay = true
			}
		}
		w.Times = append(w.Times, strings.TrimSpace(dialogue.JoinAnd(days)+" "+part))
	}
	slices.Sort(w.Days)
	w.Days = slices.Compact(w.Days)
	for _, l := range a.Value.Limits {
		w.Limits = append(w.Limits, career.HoursLimit(l))
	}
	if len(w.Limits) > 0 { // what will change is understood
		return w
	}
	if w.Note = read.Note; w.Note == "" {
		w.Note = strings.TrimSpace(lateron.FindString(text))
	}
	w.From = monthNamed(w.Note, a.At)
	return w
}

// lateron is what somebody says about a time to come behind their hours: "in May
// the baby comes".
var lateron = regexp.MustCompile(`(?i)\b(in|from|after|until|till|since) (the )?(end of |middle of |start of )?(` + monthNames + `)\b.*$`)

const monthNames = `january|february|march|april|may|june|july|august|september|october|november|december|` +
	`spring|summer|autumn|winter`

var namesMonth = regexp.MustCompile(`(?i)\b(` + monthNames + `)\b`)

// monthNamed is the first day of a month or date that words name, seen from the
// day they were said; none where they name no month. "Within a month" says how
// long something takes, and "I may" says nothing.
func monthNamed(words string, said time.Time) (on civil.Date) {
	if !namesMonth.MatchString(words) {
		return on
	}
	span, ok := reading.Deadline(words, reading.DateOptions{Now: said})
	if !ok || span.Past || len(span.Ambiguous) > 0 {
		return on
	}
	return span.Earliest
}

// weekLines say how much time a week the plan counts on, and what will change it.
func (h *handling) weekLines(p career.Plan) (lines []string) {
	if n := p.Week.Hours; n > 0 {
		lines = append(lines, h.c.text("plan.week", h.with(map[string]any{"hours": strconv.FormatFloat(n, 'f', -1, 64), "words": strings.Join(p.Week.Times, ", "), "limits": h.limitsText(p)})))
	}
	if p.Week.Note != "" {
		lines = append(lines, h.c.text("plan.week_note", h.with(map[string]any{
			"words": dialogue.Words(clip(p.Week.Note, 200)), "date": h.hoursDay(p).Long(),
		})))
	}
	return lines
}

// limitsText says for which times there are other hours, but for those that are
// over.
func (h *handling) limitsText(p career.Plan) string {
	var left []dialogue.Limit
	for _, l := range p.Week.Limits {
		if !l.Over(h.today()) {
			left = append(left, dialogue.Limit(l))
		}
	}
	return h.c.book.LimitsText(left)
}

// hoursTopic is the date on which the hours a week may change.
const hoursTopic = "hours"

// hoursDay is the day on which to ask what has become of the hours a week, none
// where it was not said or has passed.
func (h *handling) hoursDay(p career.Plan) civil.Date {
	if p.Week.From.After(h.today()) {
		return p.Week.From
	}
	return civil.Date{}
}

// askHours asks on the day on which the hours were said to change.
func (h *handling) askHours() { h.p.Reminders.AskOn(hoursTopic, h.hoursDay(h.p.Plan)) }

// dated takes "backup date 1 May", the day on which to look whether something
// that the backup plan is for has happened.
var dated = regexp.MustCompile(`(?i)^\W*backup dates?:? (.{2,60})$`)

func (h *handling) backupDate(text string) (done bool, err error) {
	m := dated.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || len(h.p.Plan.Backup.Risks) == 0 {
		return false, nil
	}
	span, ok := reading.Deadline(m[1], reading.DateOptions{Now: h.local(), DayFirst: reading.DateFromLocale(h.p.Locale)})
	if !ok || len(span.Ambiguous) > 0 || h.p.Plan.LookAt(span.Earliest, h.local()) != nil {
		h.say("plan.look_which", nil)
	} else {
		h.say("plan.look_set", map[string]any{"date": span.Earliest.Long()})
	}
	return true, h.reask()
}
