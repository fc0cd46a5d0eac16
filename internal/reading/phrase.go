package reading

import (
	"slices"
	"strings"
)

// phrases finds fixed wordings in a list of words. A wording is written as
// words separated by spaces, where a|b is either word, a word ending in * any
// word that begins so, a word ending in ? one that may be missing, and ~ up to
// three words of any kind within a sentence.
type phrases[T any] struct {
	byFirst map[string][]wording[T]
	byStem  []wording[T] // first word ends in *
}

type wording[T any] struct {
	slots []slot
	tag   T
}

type slot struct {
	words    []string
	optional bool
	gap      bool
}

// sentenceEnd stands between the words of two sentences where a caller wants
// gaps to stop there.
const sentenceEnd = "."

// newPhrases returns an empty set of wordings.
func newPhrases[T any]() *phrases[T] {
	return &phrases[T]{byFirst: make(map[string][]wording[T])}
}

// add puts in wordings, one a line, under tag.
func (p *phrases[T]) add(tag T, lines string) *phrases[T] {
	for l := range strings.Lines(lines) {
		w := wording[T]{tag: tag}
		for _, f := range strings.Fields(l) {
			s := slot{gap: f == "~"}
			if strings.HasSuffix(f, "?") && len(f) > 1 {
				s.optional, f = true, f[:len(f)-1]
			}
			s.words = strings.Split(f, "|")
			w.slots = append(w.slots, s)
		}
		if len(w.slots) > 0 {
			p.index(w)
		}
	}
	return p
}

// index files w under the words it can begin with.
func (p *phrases[T]) index(w wording[T]) {
	for i, s := range w.slots {
		for _, first := range s.words {
			v := wording[T]{slots: w.slots[i:], tag: w.tag}
			if strings.HasSuffix(first, "*") {
				p.byStem = append(p.byStem, v)
			} else {
				p.byFirst[first] = append(p.byFirst[first], v)
			}
		}
		if !s.optional {
			return
		}
	}
}

// at returns the tag and the length of the longest wording that begins at word
// i, earlier ones winning among equals, and 0 when none does.
func (p *phrases[T]) at(words []string, i int) (tag T, n int) {
	if i >= len(words) {
		return tag, 0
	}
	for _, w := range p.byFirst[words[i]] {
		if m := match(w.slots, words[i:]); m > n {
			tag, n = w.tag, m
		}
	}
	for _, w := range p.byStem {
		if m := match(w.slots, words[i:]); m > n {
			tag, n = w.tag, m
		}
	}
	return tag, n
}

// match returns how many words the slots take from the front of words, 0 when
// they do not match, the longest way when there are several.
func match(slots []slot, words []string) int {
	best := 0
	matchFrom(slots, words, 0, &best)
	return best
}

func matchFrom(slots []slot, words []string, n int, best *int) {
	if len(slots) == 0 {
		*best = max(*best, n)
		return
	}
	s := slots[0]
	if s.gap {
		for k := 0; k <= 3 && n+k <= len(words); k++ {
			matchFrom(slots[1:], words, n+k, best)
			if n+k < len(words) && words[n+k] == sentenceEnd {
				break
			}
		}
		return
	}
	if s.optional {
		matchFrom(slots[1:], words, n, best)
	}
	if n < len(words) && s.takes(words[n]) {
		matchFrom(slots[1:], words, n+1, best)
	}
}

func (s slot) takes(w string) bool {
	return slices.ContainsFunc(s.words, func(want string) bool {
		if stem, ok := strings.CutSuffix(want, "*"); ok {
			return strings.HasPrefix(w, stem)
		}
		return w == want
	})
}

// vocabulary collects the words of at least five letters that the wordings are
// made of, so that a slip in one can be mended.
func (p *phrases[T]) vocabulary() map[string]bool {
	v := make(map[string]bool)
	for _, ws := range p.byFirst {
		for _, w := range ws {
			for _, s := range w.slots {
				for _, word := range s.words {
					if len(word) >= 5 && !strings.HasSuffix(word, "*") {
						v[word] = true
					}
				}
			}
		}
	}
	return v
}
