package dialogue

import (
	"maps"
	"slices"
	"strings"

	"waymark/internal/reading"
)

// Reads reports whether text can be read as the answer to what is on screen: to
// the confirmation, where there is one, or else to the question. Whatever is
// written answers a question in own words.
func (b *Book) Reads(st *State, in Input) bool {
	if st.Asked == nil || st.Paused {
		return false
	}
	t := b.turn(st, in, Env{})
	if p := st.Asked.Pending; p != nil && p.Kind != PendingAsked {
		_, chosen := reading.Choose(in.Text, t.pendingOptions(p))
		return chosen || yesNoID(in.Text) != ""
	}
	s, ok := t.current()
	if !ok {
		return false
	}
	return s.inOwnWords() || readAnswer(s, st.Asked.Offered, in.Text, in).outcome == understood
}

// TextsBelow are the keys of the texts that begin with prefix, in order.
func (b *Book) TextsBelow(prefix string) []string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(b.texts)) {
		if strings.HasPrefix(key, prefix) {
			out = append(out, key)
		}
	}
	return out
}
