package career

import "waymark/internal/civil"

// Facts are the answers on the path a person took through the dialogue, by
// slot: all that the rules of this package derive proposals from.
type Facts struct {
	Slots map[string]Fact
	// Items holds the answers about each item of a list, by slot, then item:
	// Items["goal_due"]["exposure/ask_task"].
	Items map[string]map[string]Fact
}

// Fact is one answer.
type Fact struct {
	ID      AnswerID
	Choices []string // ids of the chosen options, own entries as written
	Labels  []string // the chosen options as the person saw them, in the same order
	Own     []bool   // which of Choices are the person's own words
	Text    string   // a text, or the words as typed
	List    []string
	Date    civil.Date
	Months  int
	Number  float64
	Skipped bool // skipped, or put off
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
