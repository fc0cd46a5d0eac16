package reading

import "math"

var (
	sayingAgain = set("so ( = that's thats means makes total together altogether")
	hedging     = set("maybe perhaps possibly sometimes rather")
	roughly     = set("about around only just at most least up is in it's its")
)

// said takes a length of n tokens at token i that says once more what was counted
// before: in other words, "so 1 hour a week", or less surely, "maybe 0,5 to 1
// hour", and as the end of a range, "half an hour to 1 hour". Of what differs the
// lower counts.
func (r *weekReader) said(i, n int, hours float64, what measured) bool {
	if !r.found || what != inHours || r.length == 0 && r.total == 0 {
		return false
	}
	k := i - 1
	to := r.ts.is(k, "to", "-", "till") && r.length > 0 && !r.onDays && !r.rated && r.in == inHours
	for !to && k > i-4 && roughly[r.ts.at(k).s] {
		k--
	}
	w := r.ts.at(k).s
	apart := r.ts.at(k-1).kind == punct || w == "("
	again := sayingAgain[w] && (apart || w != "that's")
	hedged := hedging[w] && apart
	if !to && !again && !hedged || r.dayFollows(i+n) {
		return false
	}
	before, at := r.total, r.at
	r.add()
	if to {
		r.total = before + math.Min(hours, r.total-before)
		r.rangeAt, r.rangeEnd = at, i+n
		return true
	}
	if hedged {
		if r.total != hours {
			r.rangeAt, r.rangeEnd = at, i+n
		}
		hours = math.Min(hours, r.total)
	}
	r.total = hours
	return true
}

// dayFollows reports whether a day or a part of one stands right behind a length,
// which is then one more.
func (r *weekReader) dayFollows(k int) bool {
	for r.ts.is(k, "on", "in", "the", "every", "each", "a") {
		k++
	}
	s := r.ts.at(k).s
	return dayName[s] > 0 || partNames[s] != ""
}

// rangeIn finds a range of numbers with what it counts: "0,5 to 1 hour", "3-5".
func rangeIn(ts tokens) (i, n int) {
	for i = range ts {
		lo, hi, _, n := numeral(ts, i)
		if n == 0 || hi <= lo {
			continue
		}
		if u, m := unitAt(ts, i+n, true); u == hours || u == minutes || u == days {
			return i, n + m
		}
		return i, n
	}
	return 0, 0
}

var seasons = set("spring summer autumn winter christmas holidays holiday vacation easter")

// namesTime reports whether the tokens from i to j name a time of the year, or one
// that passes: "in December", "next month".
func namesTime(ts tokens, i, j int) bool {
	for ; i < j; i++ {
		t := ts.at(i)
		switch {
		case monthNames[t.s] > 0 && (!doubtful[t.s] || datePreps[ts.at(i-1).s]), seasons[t.s]:
			return true
		case (t.s == "week" || t.s == "month") && ts.is(i-1, "this", "next"):
			return true
		}
	}
	return false
}

// forATime returns the token at which a clause begins that holds for a time only,
// behind a clause with a length of time that holds for good; 0 for none.
func forATime(ts tokens) int {
	begun, counted := 0, false
	for i := 1; i <= len(ts); i++ {
		if i < len(ts) && !(ts.is(i, ",", ";", ".", "(", "but", "\n") && !(ts.touch(i) && ts.touch(i+1) && ts.at(i+1).kind == number)) {
			continue
		}
		now := namesTime(ts, begun, i)
		if counted && now {
			return begun
		}
		counted = counted || !now && countsTime(ts, begun, i)
		begun = i + 1
	}
	return 0
}

func countsTime(ts tokens, i, j int) bool {
	for ; i < j; i++ {
		if _, _, _, n := timeSpent(ts, i); n > 0 {
			return true
		}
		if _, n := cardinal(ts, i); n > 0 && j-i <= 2 {
			return true
		}
	}
	return false
}

// HoursForATime reads hours that are said for a time only: "actually only half an
// hour in December". note is what was said, without what it opens with.
func HoursForATime(text string) (note string, ok bool) {
	r := correctionReader{text: text, ts: lex(clip(text, 1000))}
	i, _ := r.marks()
	if i >= len(r.ts) || !namesTime(r.ts, i, len(r.ts)) {
		return "", false
	}
	if forATime(r.ts[i:]) > 0 || !countsTime(r.ts, i, len(r.ts)) {
		return "", false
	}
	return tidy(text[r.ts[i].start:]), true
}
