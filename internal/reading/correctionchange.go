package reading

import (
	"slices"
)

// What a plan holds and a person may ask to change.
var planWords = set("target goal goals date review answer answers title role timeline deadline reason field hours milestone milestones job employer course start exam step track energy score number level duration cost name aim plan cadence day because why money budget place distance care energy skills certificates experience risk risks measure stage track reminder")

// What people change in their lives, not in their plan.
var lifeWords = set("career careers life lives world mind way industry profession behaviour behavior habits lifestyle sector jobs employers myself direction attitude things something everything")

// namesPlan reports whether something a plan holds is named before what it
// becomes: "next level to team lead".
func namesPlan(words []string) bool {
	for i, w := range words[:min(len(words), 4)] {
		if planWords[w] {
			return true
		}
		if i > 0 && (w == "to" || w == "into") {
			break
		}
	}
	return false
}

// changeSaid reads "change hours, is 7 hours in a week not 12": what it becomes
// in a clause of its own.
func (r correctionReader) changeSaid(words []string, at []int, first int) (c Correction, ok bool) {
	for j := first; j < len(words)-1 && j <= first+3 && words[j] != "to" && words[j] != "into"; j++ {
		next := at[j] + 1
		comma := r.ts.is(next, ",", ":", ".", "-", "=") && r.ts.at(at[j]).kind == word
		next += b2i(comma)
		is := r.ts.is(next, "is", "it's", "its", "are") || comma && r.ts.is(next, "it", "that") && r.ts.is(next+1, "is")
		if !comma && !is {
			continue
		}
		if !namesPlan(words[first:j+1]) || !comma && j == first && !planWords[words[j]] {
			return c, false
		}
		if is {
			next += 1 + b2i(r.ts.is(next, "it", "that"))
		}
		if !comma && r.ts.at(next).kind != number {
			return c, false
		}
		value, old := r.value(next)
		return Correction{Topic: r.text[r.ts[at[first]].start:r.ts[at[j]].end], Value: value, Old: old}, value != ""
	}
	return c, false
}

// change reads "change my target to lead nurse", "please set my review to 3
// May", "I want to change my goal".
func (r correctionReader) change() (c Correction, ok bool) {
	words, at := r.words(0, 24)
	k, toCoach := 0, false
	for range 3 {
		if k >= len(words) {
			return c, false
		}
		n := leadLength(words[k:])
		if n == 0 {
			break
		}
		toCoach = toCoach || words[k] == "please" || words[k] == "can" || words[k] == "could"
		k += n
	}
	if k+2 >= len(words) || !slices.Contains([]string{"change", "update", "correct", "set", "fix", "edit", "replace", "move"}, words[k]) ||
		!slices.Contains([]string{"my", "the", "our", "that"}, words[k+1]) && !namesPlan(words[k+1:]) {
		return c, false
	}
	verb, first := words[k], k+1
	if c, ok := r.changeSaid(words, at, first); ok {
		return c, true
	}
	end, to := first+1, -1
	if planWords[words[first]] {
		end = first // "change goal 2 to June"
	}
	inPlan := false
	for ; end < len(words) && end <= first+5; end++ {
		w := words[end]
		if w == "to" || w == "into" || w == "from" || w == "with" && verb == "replace" {
			to = end
			break
		}
		inPlan = inPlan || planWords[w]
		if lifeWords[w] || (w == "job" || w == "field" || w == "employer") && !toCoach && !slices.Contains(words[first:end], "answer") {
			return c, false
		}
	}
	if end == first || end == first+1 && !planWords[words[first]] || to < 0 && end < len(words) || !inPlan && (verb != "change" || to < 0) {
		return c, false
	}
	if to < 0 && planWords[words[first]] && len(words)-first > 3 { // "change money is hard for me"
		return c, false
	}
	c.Topic = r.text[r.ts[at[first]].start:r.ts[at[end-1]].end]
	if to < 0 {
		return c, verb == "change" || verb == "correct" || verb == "edit"
	}
	if words[to] == "from" {
		j := to + 1 + slices.Index(words[to+1:], "to")
		if j <= to+1 || j+1 >= len(words) {
			return Correction{}, false
		}
		c.Old = tidy(r.text[r.ts[at[to+1]].start:r.ts[at[j]].start])
		to = j
	}
	if to+1 >= len(at) {
		return c, inPlan
	}
	value, old := r.value(at[to+1])
	c.Value = value
	if old != "" {
		c.Old = old
	}
	return c, value != ""
}

// LifeWord reports whether a name is also one for what people change in their
// lives: "change my job to nurse".
func LifeWord(name string) bool {
	return lifeWords[name] || name == "job" || name == "field" || name == "employer"
}
