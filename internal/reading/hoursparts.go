package reading

import (
	"slices"
	"strconv"
	"strings"
)

// WeekPart is a part of a week that somebody named: "Tuesday evening".
type WeekPart struct {
	Day   string  // "Tuesday"; "" where only the part of a day was named
	Part  string  // "evening", "night", "morning", "afternoon"; "" for the day alone
	Hours float64 // how long, in hours
	Said  bool    // the hours were said, not counted by convention
}

// Name is what the part is called: "Tuesday evening", "Saturday".
func (p WeekPart) Name() string { return strings.TrimSpace(p.Day + " " + p.Part) }

var dayTitles = [...]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

var partNames = map[string]string{
	"evening": "evening", "evenings": "evening", "night": "night", "nights": "night",
	"morning": "morning", "mornings": "morning", "afternoon": "afternoon", "afternoons": "afternoon",
}

// partReader reads a list of named times: "evening Tuesday and Thursday and
// Saturday morning", "Tuesday evening 2 hours, Saturday morning 3 hours". Its
// grammar is narrow: what it cannot follow to the end of a sentence is left to
// the reader of lengths.
type partReader struct {
	ts    tokens
	parts []WeekPart
}

// namedTimes reads the named times that text begins with, up to the end of the
// text or of a sentence; note is where what is said behind them begins, or -1.
func namedTimes(ts tokens) (parts []WeekPart, note int, ok bool) {
	r := partReader{ts: ts}
	i := 0
	for {
		for r.ts.is(i, ",", ";", "&", "+", "and", "plus", "also", "then", "on", "the", "every", "each", "in", "my", "maybe", "i", "can", "have", "\n") {
			i++
		}
		n := r.item(i, false)
		if n == 0 {
			return nil, -1, false
		}
		i += n
		if i >= len(ts) || i == len(ts)-1 && ts.is(i, ".", "!") {
			return r.parts, -1, true
		}
		if k, says := r.behind(i); says {
			return r.parts, k, true
		}
	}
}

// behind reports whether what follows token i is another matter, which begins at
// token k: no more times are named in it.
func (r *partReader) behind(i int) (k int, says bool) {
	if !r.ts.is(i, ".", "!", ";", "\n", ",", "but", "(") {
		return 0, false
	}
	k = i + b2i(!r.ts.is(i, "but"))
	for j := k; j < len(r.ts); j++ {
		t := r.ts[j]
		if t.kind == number || dayName[t.s] > 0 || partNames[t.s] != "" || t.s == "hour" || t.s == "hours" {
			return 0, false
		}
	}
	return k, k < len(r.ts)
}

// item reads one named time with its hours at token i. loose takes a part of a
// day without the day as well, "the evening is 2 hours", but only with hours.
func (r *partReader) item(i int, loose bool) int {
	k := i
	lead := partNames[r.ts.at(k).s]
	if lead != "" {
		k++
		k += b2i(r.ts.is(k, "of", "on"))
	}
	var days []string
	for len(days) < 7 && dayName[r.ts.at(k).s] == 1 {
		days = append(days, dayTitles[weekdayOf(r.ts.at(k).s)])
		k++
		if r.ts.is(k, "and", "&", ",", "/") && dayName[r.ts.at(k+1).s] == 1 && !r.timesFollow(k+2) {
			k++
		}
	}
	if len(days) == 0 && !(loose && lead != "") {
		return 0
	}
	trail := ""
	if len(days) > 0 {
		if trail = partNames[r.ts.at(k).s]; trail != "" {
			k++
		}
	}
	said, n := r.length(k)
	if n == 0 && (loose || lead == "" && trail == "") {
		return 0
	}
	k += n
	if len(days) == 0 {
		days = []string{""}
	}
	for j, d := range days {
		p := WeekPart{Day: d, Part: lead}
		last := j == len(days)-1
		if trail != "" && (lead == "" || last) {
			p.Part = trail
		}
		if n > 0 && (lead == "" || trail == "" || last) {
			p.Hours, p.Said = said, true
		} else {
			p.Hours = partHours(p.Part)
		}
		r.parts = append(r.parts, p)
	}
	return k - i
}

// timesFollow reports whether a day has a length of its own: "Monday and Tuesday
// 2 hours" is one for both, "Monday 2 hours, Tuesday 3" is read day by day.
func (r *partReader) timesFollow(k int) bool {
	_, n := r.length(k)
	return n > 0 && r.ts.is(k-2, ",")
}

// length reads the hours beside a named time: "2 hours", "is 2 hours only",
// "(3 h)".
func (r *partReader) length(k int) (hours float64, n int) {
	i := k
	comma := r.ts.is(i, ",")
	i += b2i(comma)
	for r.ts.is(i, "is", "are", "for", ":", "=", "(", "-", "about", "only", "it's", "its", "just", "take", "takes") {
		i++
	}
	h, per, what, size := timeSpent(r.ts, i)
	i += size
	if size == 0 || per != 0 || what != inHours || comma && !r.ts.is(i, "each") {
		return 0, 0
	}
	for r.ts.is(i, "only", "each", ")", "max") {
		i++
	}
	return h, i - k
}

func partHours(part string) float64 {
	switch part {
	case "evening", "night":
		return eveningHours
	}
	return halfDayHours
}

// weekOf adds up named times.
func weekOf(parts []WeekPart) (w WeekTime) {
	w.Parts = parts
	for _, p := range parts {
		w.Hours += p.Hours
		w.Evenings = w.Evenings || !p.Said && partHours(p.Part) == eveningHours
		w.HalfDays = w.HalfDays || !p.Said && partHours(p.Part) == halfDayHours
	}
	return w
}

// Named is the times one by one with their hours, in words that ReadWeek reads
// back: "Tuesday evening 2 hours, Saturday morning 3 hours".
func (w WeekTime) Named() string {
	var out []string
	for _, p := range w.Parts {
		out = append(out, p.Name()+" "+strconv.FormatFloat(p.Hours, 'f', -1, 64)+" hours")
	}
	return strings.Join(out, ", ")
}

// AdjustWeek reads a correction of single times of a week that was named before:
// of "Tuesday evening and Saturday morning", "the evening is 3 hours" changes the
// first. It is false unless every time it gives is one that was named.
func AdjustWeek(before, text string) (w WeekTime, ok bool) {
	was, _, ok := namedTimes(lex(before))
	if !ok {
		return w, false
	}
	r := partReader{ts: lex(text)}
	for i := 0; i < len(r.ts); {
		i += max(1, r.item(i, true))
	}
	if len(r.parts) == 0 {
		return w, false
	}
	now := slices.Clone(was)
	for _, p := range r.parts {
		hit := false
		for i := range now {
			if p.Said && (p.Day == "" || p.Day == now[i].Day) && (p.Part == "" || p.Part == now[i].Part) {
				now[i].Hours, now[i].Said, hit = p.Hours, true, true
			}
		}
		if !hit {
			return w, false
		}
	}
	return weekOf(now), true
}

// sumOf reads "2 + 2 + 3", also with its result behind: "2 + 2 + 3 is 7, not 9".
// A result that is not the sum makes it unreadable.
func sumOf(ts tokens) (total float64, ok bool) {
	i := 0
	for ts.is(i, "it", "is", "it's", "its", "i", "have", "that", "that's", "so") {
		i++
	}
	for n := 0; ; n++ {
		v, size := cardinal(ts, i)
		if size == 0 {
			return 0, false
		}
		total += v
		i += size
		i += b2i(ts.is(i, "hour", "hours", "h", "hrs"))
		if ts.is(i, "+", "plus") {
			i++
			continue
		}
		if n == 0 {
			return 0, false
		}
		break
	}
	if !ts.is(i, "is", "=", "makes", "are") {
		return total, i >= len(ts) || ts.is(i, ".", ",", "not", "a", "per", "in", "every", "each", "!")
	}
	v, size := cardinal(ts, i+1)
	return total, size > 0 && v == total
}
