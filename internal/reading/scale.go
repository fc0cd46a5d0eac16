package reading

import (
	"math"
	"slices"
	"strings"
)

// ScaleStatus tells how a scale was answered.
type ScaleStatus int

// A number between the ends, one beyond them, or none that can be read.
const (
	ScaleUnclear ScaleStatus = iota
	ScaleOK
	ScaleOutOfRange
)

// Scale reads an answer on a scale from min to max: "7", "7/10", "about six",
// "6 or 7" (the middle, halves up), "it was 3, now 5" (the last), ":seven:",
// "80%". What counts something else is no answer: a date, a year, a sum, a number
// in a sentence about another matter. An answer on another scale ("3/5" where 10 is asked) is unclear; one
// beyond the ends is out of range and comes back as it was given.
func Scale(text string, min, max int) (n int, status ScaleStatus) {
	ts := lex(text)
	all := numbersIn(ts)
	if len(all) == 0 {
		return scaleWord(ts, min, max)
	}
	found := slices.DeleteFunc(all, func(x numeric) bool { return !onScale(ts, x, min, max) })
	if len(found) == 0 {
		return 0, ScaleUnclear
	}
	x := found[len(found)-1]
	if len(found) == 2 && x.namesScale(ts, min, max) { // "7 on a scale from 0 to 10"
		x = found[0]
	}
	v := x.value
	switch {
	case x.percent && v >= 0 && v <= 100:
		v = float64(min) + v/100*float64(max-min)
	case x.percent, x.of != 0 && x.of != float64(max):
		return 0, ScaleUnclear
	}
	if math.Abs(v) > 1e9 {
		return 0, ScaleOutOfRange
	}
	n = int(math.Floor(v + .5))
	if v < float64(min) || v > float64(max) {
		return n, ScaleOutOfRange
	}
	return n, ScaleOK
}

// namesScale reports whether x is the scale itself rather than an answer:
// "0 to 10", "a scale of 10".
func (x numeric) namesScale(ts tokens, min, max int) bool {
	return x.lo == float64(min) && x.hi == float64(max) && min < max ||
		x.lo == float64(max) && ts.is(x.start-1, "of", "to") && ts.is(x.start-2, "scale")
}

var scaleEnds = map[string]int{
	"zero": -1, "lowest": -1, "minimum": -1, "min": -1, "bottom": -1, "none": -1, "max": 1, "maximum": 1, "highest": 1, "full": 1, "top": 1,
}

// scaleWord reads a short answer that names an end of the scale, or the
// numbers that Slack draws as emoji.
func scaleWord(ts tokens, min, max int) (n int, status ScaleStatus) {
	for _, t := range ts {
		if t.kind == emoji {
			name := strings.Trim(t.s, ":")
			if name == "keycap_ten" || t.s == "🔟" {
				name = "ten"
			}
			if name == "100" || t.s == "💯" {
				return max, ScaleOK
			}
			if v, ok := cardinals[name]; ok {
				if int(v) < min || int(v) > max {
					return int(v), ScaleOutOfRange
				}
				return int(v), ScaleOK
			}
		}
	}
	if len(ts) == 0 || len(ts) > 3 {
		return 0, ScaleUnclear
	}
	switch end := scaleEnds[ts[len(ts)-1].s]; {
	case end < 0:
		return min, ScaleOK
	case end > 0:
		return max, ScaleOK
	}
	return 0, ScaleUnclear
}

// ScaleLoose reports whether an answer on a scale was not one whole number, so
// that the one that was taken is worth saying: "6-7", "6,5".
func ScaleLoose(text string, min, max int) bool {
	ts := lex(text)
	found := slices.DeleteFunc(numbersIn(ts), func(x numeric) bool { return !onScale(ts, x, min, max) })
	if len(found) == 0 {
		return false
	}
	x := found[len(found)-1]
	return x.lo != x.hi || x.value != math.Trunc(x.value)
}

// widest is how far apart the ends of a range on a scale may be.
const widest = 2

// onScale reports whether a number of a message can be an answer on a scale, and
// does not count something else.
func onScale(ts tokens, x numeric, min, max int) bool {
	before, after := ts.at(x.start-1), ts.at(x.end)
	switch {
	case x.lo != x.hi && x.hi-x.lo > widest && !x.namesScale(ts, min, max):
		return false
	case before.kind == punct && strings.Contains("./-:", before.s) && ts.touch(x.start) && ts.at(x.start-2).kind == number && ts.touch(x.start-1):
		return false // the end of a date
	case after.kind == punct && strings.Contains("./-:", after.s) && ts.touch(x.end) && ts.at(x.end+1).kind == number && ts.touch(x.end+1):
		return false // its beginning
	case x.value != math.Trunc(x.value) && after.s == "." && ts.touch(x.end) && x.lo == x.hi && (datePreps[before.s] || before.s == "on"): // on 3.5.
		return false
	case currencies[before.s], currencies[after.s], monthNames[before.s] > 0 && !doubtful[before.s], monthNames[after.s] > 0 && !doubtful[after.s]:
		return false
	case before.s == "not" || before.s == "a" && ts.is(x.start-2, "not"):
		return false
	case x.lo >= minYear && x.lo <= maxYear && len(ts) > 2:
		return false
	}
	if _, n := unitAt(ts, x.end, true); n > 0 {
		return false
	}
	return leads(ts, x)
}

// scaleLeads are the words that lead to a number on a scale.
var scaleLeads = set(`a an the minus i i'm im i'd id am is it it's its was were be would will could say said give gave take rate rather put call make
	about around roughly approximately nearly almost maybe perhaps probably possibly somewhere some like more less between than over under
	on at of to from up down back for my our me myself today now still only just so well ok okay hmm hm um yes yeah sorry oh ah then and or but no
	feel feels think guess energy level number scale score rating answer sure confidence closeness closer close good bad same better worse
	week month currently lately really actually definitely solid strong weak point points that that's this here as least most i'll ill ve i've been go goes went with out`)

// leads reports whether what stands before a number, from the beginning of its
// clause on, leads to an answer on a scale; what stands behind it may tell why.
func leads(ts tokens, x numeric) bool {
	i := x.start - 1
	for words := 0; i >= 0 && ts.at(i).kind == word; i-- {
		if scaleLeads[ts.at(i).s] {
			continue
		}
		if words++; words > 1 || i == x.start-1 { // "week was okayish, 7" is one; "I have 2 kids" is none
			return false
		}
	}
	return i < 0 || ts.at(i).kind != word
}
