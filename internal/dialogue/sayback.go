package dialogue

import (
	"strconv"
	"strings"
	"time"

	"waymark/internal/civil"
	"waymark/internal/reading"
)

// sayBack says the step's own acknowledgement. A date, a duration and hours are
// never taken without being said back, a date with its weekday.
func (t *turn) sayBack(s *Step, k Key, v Value) {
	if v.Skipped || v.Unsure {
		return
	}
	switch ack := t.b.asks[s].ack; {
	case ack != nil:
		view, item := t.context(k)
		f := t.b.fields(view, item, t.env.Fields)
		f[s.SlotName()] = v.display()
		t.res.Lines = append(t.res.Lines, strings.TrimSpace(execute(ack, f)))
	case t.correcting: // the correction says it itself
		return
	default:
		t.sayBackPlain(s, v)
	}
	t.sayCounted(s, v)
}

// sayHow adds to a correction what it does not show: what an evening was counted
// as, how far away a date is.
func (t *turn) sayHow(s *Step, v Value) {
	if s.Kind == Hours && !v.Skipped && !v.Unsure {
		t.hoursCounted(v)
	}
	t.sayAmount(s, v)
	t.sayCounted(s, v)
}

func (t *turn) sayCounted(s *Step, v Value) {
	words := counted(s, v, t.in)
	if words == "" {
		return
	}
	if d, _, _ := reading.ReadDuration(v.Text, t.in.Now); d.Range {
		t.line("counted_range", map[string]any{"words": Words(d.Text), "long": words})
		return
	}
	t.line("counted", map[string]any{"words": words})
}

// sayBackPlain is what is said where the step has no words for it.
func (t *turn) sayBackPlain(s *Step, v Value) {
	switch {
	case s.Kind == Date:
		t.line("date_back", map[string]any{"date": v.Date.Long()})
	case s.Kind == Duration && v.Months > 0:
		if d, _, ok := reading.ReadDuration(v.Text, t.in.Now); ok && d.Months == 0 && d.Days > 0 && d.Days < 28 {
			t.line("duration_back", map[string]any{"words": Words(d.Text), "about": ""}) // a month is only what it is planned with
			break
		}
		about := ""
		if roughly(v, t.in.Now) {
			about = "yes"
		}
		t.line("duration_back", map[string]any{"words": MonthsText(v.Months), "about": about})
	case s.Kind == Duration:
		if _, _, ok := reading.ReadDuration(v.Text, t.in.Now); ok { // "3 days", and not "none"
			t.line("duration_short", nil)
		}
	case s.Kind == Hours:
		t.line("hours_back", map[string]any{"hours": hoursText(v.Number), "limits": t.b.LimitsText(v.Limits)})
		t.hoursCounted(v)
	}
	t.sayAmount(s, v)
}

// sayAmount says how a sum with a separator was read: in "1.500 Euro" the point is
// one for some and the end of the whole number for others.
func (t *turn) sayAmount(s *Step, v Value) {
	if amount, ok := reading.Thousands(v.Text); ok && s.Kind == Text {
		t.line("amount_back", map[string]any{"amount": Words(amount)})
	}
}

// roughly reports whether what was said is only nearly the months that were
// taken: "since 2019", "10 days".
func roughly(v Value, now time.Time) bool {
	d, _, ok := reading.ReadDuration(v.Text, now)
	return ok && (d.Approx || d.Days > 0 || d.Months != v.Months)
}

// keepNote keeps what will change the hours, unless it was kept before.
func (t *turn) keepNote(note string) {
	if note == "" || note == t.noted {
		return
	}
	t.line("hours_note", map[string]any{"words": Words(note)})
	t.loose(note) // it outlives the number
}

// hoursNote is what holds for a time only: "in December half an hour".
func hoursNote(v Value) string {
	if len(v.Limits) > 0 { // it was understood, and says so itself
		return ""
	}
	if w, ok := reading.ReadWeek(v.Text); ok && w.Hours == v.Number {
		return w.Note
	}
	return ""
}

func hoursText(h float64) string { return strconv.FormatFloat(h, 'f', -1, 64) }

// hoursCounted says what an evening, a morning and a day were counted as.
func (t *turn) hoursCounted(v Value) {
	w, ok := reading.ReadWeek(v.Text)
	if !ok || w.Hours != v.Number {
		return
	}
	if w.Range != "" {
		t.line("hours_range", map[string]any{"words": Words(w.Range)})
	}
	defer t.keepNote(hoursNote(v))
	var parts []string
	for _, p := range w.Parts {
		parts = append(parts, t.text("count_part", map[string]any{"hours": hoursText(p.Hours), "part": p.Name()}))
	}
	if len(parts) > 0 {
		t.line("counted_as", map[string]any{"words": JoinAnd(parts)})
		return
	}
	for _, p := range []struct {
		named bool
		key   string
		hours float64
	}{
		{w.Evenings, "count_evening", reading.EveningHours},
		{w.HalfDays, "count_half_day", reading.HalfDayHours},
		{w.Days, "count_day", reading.WorkingDayHours},
	} {
		if p.named {
			parts = append(parts, t.text(p.key, map[string]any{"hours": hoursText(p.hours)}))
		}
	}
	if len(parts) > 0 {
		t.line("counted_as", map[string]any{"words": JoinAnd(parts)})
	}
}

// counted is the time from today that a date was counted by, where it is not
// plain from the words: the longer end of "2-3 years", years with a half.
func counted(s *Step, v Value, in Input) string {
	if s.Kind != Date || v.Text == "" {
		return ""
	}
	d, _, isLong := reading.ReadDuration(v.Text, in.Now)
	span, isDate := reading.Deadline(v.Text, reading.DateOptions{Now: in.Now, DayFirst: in.DayFirst, BareDuration: true, Birthday: in.Birthday})
	if !isLong || !isDate || d.Months == 0 || span.Past || len(span.Ambiguous) > 0 || v.Date != lastDay(span, civil.Of(in.Now)) {
		return ""
	}
	today, months := civil.Of(in.Now), 0
	for months < maxMonths && today.AddMonths(months).Before(span.Latest) {
		months++
	}
	broken := months > 12 && months%12 != 0
	if today.AddMonths(months) != span.Latest || span.Earliest == span.Latest && !broken {
		return ""
	}
	return MonthsText(months)
}
