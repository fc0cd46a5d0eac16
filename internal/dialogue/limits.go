package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"waymark/internal/reading"
)

// limitedHours reads hours a week that hold for a while, "only half an hour in
// December", on top of what was said before. Without hours that hold otherwise
// there is nothing that they could be an exception of.
func limitedHours(had Value, text string, in Input) (Value, bool) {
	l, ok := reading.ReadHoursLimit(text, in.Now)
	w, whole := reading.ReadWeek(text)
	if whole && w.Note != "" { // "one hour a week, half an hour in December"
		if n, found := reading.ReadHoursLimit(w.Note, in.Now); found && !n.HasOther {
			l, ok = n, true
			l.Otherwise, l.HasOther = w.Hours, true
		}
	}
	if !ok || !l.HasOther && had.Number <= 0 || l.Hours > 100 || l.Otherwise > 100 {
		return Value{}, false
	}
	v := Value{Number: had.Number, Text: had.Text, Limits: slices.Clone(had.Limits)}
	if l.HasOther && l.Otherwise != had.Number {
		v.Number, v.Text, v.Limits = l.Otherwise, hoursText(l.Otherwise)+" hours a week", nil
		if l.Otherwise == 1 {
			v.Text = "1 hour a week"
		}
	}
	v.Limits = slices.DeleteFunc(v.Limits, func(o Limit) bool { return o.From == l.From })
	v.Limits = append(v.Limits, Limit{From: l.From, To: l.To, Hours: l.Hours})
	return v, true
}

// LimitsText says for which times other hours hold, "" for none.
func (b *Book) LimitsText(limits []Limit) string {
	var out []string
	for _, l := range limits {
		from, to := l.From.Short(), ""
		if !l.To.IsZero() {
			to = l.To.Short()
		}
		if !l.To.IsZero() && l.From.Year == l.To.Year { // the year once
			from = strings.TrimSuffix(from, " "+strconv.Itoa(l.From.Year))
			if l.From.Month == l.To.Month {
				from = strconv.Itoa(l.From.Day)
			}
		}
		out = append(out, b.Text("talk.hours_limit", map[string]any{"hours": hoursText(l.Hours), "from": from, "to": to}))
	}
	return strings.Join(out, ", ")
}
