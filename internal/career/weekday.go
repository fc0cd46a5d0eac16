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

// weekdayLike is the day of the week whose name a word is, or nearly is.
func weekdayLike(word string) []time.Weekday {
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := strings.ToLower(d.String())
		most := 1
		switch {
		case d == time.Wednesday:
			most = 2 // "wensday"
		case d == time.Sunday || d == time.Monday:
			most = 0 // one letter apart from each other
		}
		if strings.HasSuffix(word, "day") && word[0] == name[0] && lettersApart(word, name) <= most {
			return []time.Weekday{d}
		}
	}
	return nil
}

// lettersApart is how many letters have to be put in, taken out or changed to
// make one word the other.
func lettersApart(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
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
