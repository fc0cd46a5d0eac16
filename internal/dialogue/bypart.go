package dialogue

import (
	"slices"
	"strings"

	"waymark/internal/reading"
)

// minPart is how many letters a part of a label has, at least, to stand for it:
// "pricing" for "A skill to learn: pricing".
const minPart = 4

// byPart finds the choices that parts of an answer name by a piece of their
// label, where the piece stands in no other label; the parts that name none are
// given back.
func byPart(offered []Picked, parts []string) (ids, rest []string) {
	for _, part := range parts {
		if id := onlyWith(offered, part); id != "" {
			ids = append(ids, id)
		} else {
			rest = append(rest, part)
		}
	}
	return ids, rest
}

// onlyWith is the one choice with these words in its label, "" if there is none
// or more than one.
func onlyWith(offered []Picked, part string) string {
	words := plainWords(part)
	for len(words) > 0 && slices.Contains([]string{"the", "a", "an"}, words[0]) {
		words = words[1:]
	}
	if n := len(words); n > 1 && slices.Contains([]string{"one", "gap", "please"}, words[n-1]) {
		words = words[:n-1]
	}
	piece := " " + strings.Join(words, " ") + " "
	if len([]rune(piece)) < minPart+2 {
		return ""
	}
	found := ""
	for _, o := range offered {
		if !strings.Contains(" "+strings.Join(plainWords(Unmark(o.Label)), " ")+" ", piece) {
			continue
		}
		if found != "" {
			return ""
		}
		found = o.ID
	}
	return found
}

func plainWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(reading.Clean(s)), func(r rune) bool { return strings.ContainsRune(" .,;:!?()\"'“”", r) })
}
