package career

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// weekdaysNamed are the days of the week that words name, as people type them:
// "every second Friday", "tusday evening", "on weekends". Short forms that are
// words of their own, such as "sat" and "sun", name none.
func weekdaysNamed(words string) []time.Weekday {
	var out []time.Weekday
	for _, w := range strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch w {
		case "weekend", "weekends":
			out = append(out, time.Saturday, time.Sunday)
		case "tue", "tues":
			out = append(out, time.Tuesday)
		case "thu", "thur", "thurs":
			out = append(out, time.Thursday)
		case "fri", "fridays":
			out = append(out, time.Friday)
		default:
			out = append(out, weekdayLike(strings.TrimSuffix(w, "s"))...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// weekdayLike is the day of the week whose name a word is, or nearly is: it begins
// like it and ends in "day" ("tusday", "saterday").
func weekdayLike(word string) []time.Weekday {
	if !strings.HasSuffix(word, "day") || len(word) < len("monday")-1 || len(word) > len("wednesday")+1 || word == "weekday" {
		return nil
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.HasPrefix(word, strings.ToLower(d.String()[:2])) {
			return []time.Weekday{d}
		}
	}
	return nil
}

// weekFor is the time of the week for one goal: the days that its if-then plan
// names, or else those of the whole plan.
func (m *goalMaker) weekFor(g Goal) Week { return week(m.f).forGoal(g) }

// forGoal is w with the days that the if-then plan of a goal names.
func (w Week) forGoal(g Goal) Week {
	if days := weekdaysNamed(g.IfThen); len(days) > 0 {
		w.Days, w.AnyDay = days, false
	}
	return w
}
