package career

import (
	"strings"

	"waymark/internal/civil"
)

// Facts are the answers on the path a person took through the dialogue, by
// slot: all that the rules of this package derive proposals from.
type Facts struct {
	Slots map[string]Fact
	// Items holds the answers about each item of a list, by slot, then item:
	// Items["due"]["exposure/ask_task"]. Items are named by gap ids (act), by
	// action ids (measure, due, if_then, obstacle, course_months, course_start,
	// employer_pays, scope, serves, closes, outcome), by risk ids (risk_then), by the track's words
	// (track_target, track_by, track_step, track_due), and where the person wrote
	// an entry of their own by that entry as it stands in Choices.
	Items map[string]map[string]Fact
	// Week is what the answer about hours says besides their number.
	Week Week
}

// Fact is one answer.
type Fact struct {
	ID      AnswerID
	Choices []string // ids of the chosen options, own entries as "own:" and the words
	Labels  []string // the chosen options as the person saw them, in the same order
	Own     []bool   // which of Choices are the person's own words
	Text    string   // a text, or the words as typed
	List    []string
	Date    civil.Date
	Months  int
	Number  float64
	Skipped bool // skipped, or put off; with the choice "unsure" it is "I don't know"
}

// Is reports whether slot was answered with one of the given choices.
func (f Facts) Is(slot string, choices ...string) bool {
	for _, have := range f.Slots[slot].Choices {
		for _, c := range choices {
			if have == c {
				return true
			}
		}
	}
	return false
}

// Has reports whether slot holds an answer that was not skipped.
func (f Facts) Has(slot string) bool {
	v, ok := f.Slots[slot]
	return ok && !v.Skipped
}

// Item is the answer to slot about one item.
func (f Facts) Item(slot, item string) (Fact, bool) {
	v, ok := f.Items[slot][item]
	return v, ok && !v.Skipped
}

// Answered reports whether slot has an answer, be it "I don't know": that
// brings no value, so Has is false for it where no option says it, but it is
// something to find out, and not the same as skipping.
func (f Facts) Answered(slot string) bool { return f.Has(slot) || f.Is(slot, unsure) }

// said is Is for answers that were not skipped.
func (f Facts) said(slot string, choices ...string) bool {
	return f.Answered(slot) && f.Is(slot, choices...)
}

// words are what was typed as slot's answer, "" when that was skipped or is
// "I don't know".
func (f Facts) words(slot string) string {
	if !f.Has(slot) || f.Is(slot, unsure) {
		return ""
	}
	return tidy(f.Slots[slot].Text)
}

// list is slot's list without empty and repeated entries, in the order given.
func (f Facts) list(slot string) []string {
	if !f.Has(slot) || f.Is(slot, unsure) {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, w := range f.Slots[slot].List {
		w = tidy(w)
		if key := strings.ToLower(w); w != "" && !seen[key] {
			seen[key] = true
			out = append(out, w)
		}
	}
	return out
}

// source names the answer to slot; facts that carry no id are named after it.
func (f Facts) source(slot string) AnswerID {
	if id := f.Slots[slot].ID; id != "" {
		return id
	}
	return AnswerID(slot)
}

// itemOf is the answer to slot about the first of items that has one.
func (f Facts) itemOf(slot string, items []string) (Fact, bool) {
	for _, item := range items {
		if v, ok := f.Item(slot, item); ok {
			if v.ID == "" {
				v.ID = AnswerID(slot + "@" + item)
			}
			return v, true
		}
	}
	return Fact{}, false
}

// ownPrefix begins the id of an entry in the person's own words.
const ownPrefix = "own:"

// own reports whether the i-th choice is in the person's own words, and says
// those.
func (v Fact) own(i int) (words string, ok bool) {
	c := v.Choices[i]
	if !strings.HasPrefix(c, ownPrefix) && (i >= len(v.Own) || !v.Own[i]) {
		return "", false
	}
	if words = tidy(strings.TrimPrefix(c, ownPrefix)); words == "" && i < len(v.Labels) {
		words = tidy(v.Labels[i])
	}
	return words, true
}

// ownName is the name that stands for the i-th choice where that is in the
// person's own words: what they saw of it.
func (v Fact) ownName(i int) (words string, ok bool) {
	words, ok = v.own(i)
	if name := v.label(i); ok && name != "" {
		words = name
	}
	return words, ok
}

// label is what the person saw of the i-th choice.
func (v Fact) label(i int) string {
	if i < len(v.Labels) {
		return tidy(v.Labels[i])
	}
	return ""
}

// unsure is the choice id of "I don't know" in every question.
const unsure = "unsure"

// maxWords keeps what a person wrote short enough to stand inside a title.
const maxWords = 200

// tidy is a person's wording on one line, at most maxWords characters.
func tidy(s string) string { return cut(strings.Join(strings.Fields(s), " "), maxWords) }

// cut shortens s to at most n characters.
func cut(s string, n int) string {
	s = strings.ToValidUTF8(s, "")
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}
