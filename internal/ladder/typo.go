package ladder

import (
	"maps"
	"math/bits"
	"slices"
)

// typos finds the words of an index that a word may be a slip of.
type typos struct {
	byShape map[shape][]spelt
}

// spelt is a way to write a word of the index.
type spelt struct {
	text    string
	letters uint32
	id      int32
}

// shape narrows down what to compare: people seldom get the first letter wrong
// and seldom miss more than two.
type shape struct {
	first  byte
	length int
}

func newTypos(x *index) typos {
	t := typos{byShape: map[shape][]spelt{}}
	add := func(text string, id int32) {
		if len(text) >= 4 && len(text) <= maxWord {
			s := shape{text[0], len(text)}
			t.byShape[s] = append(t.byShape[s], spelt{text, letters(text), id})
		}
	}
	for id, info := range x.info {
		add(info.text, int32(id))
	}
	for _, long := range slices.Sorted(maps.Keys(respelled)) {
		// "administrative" is compared as "admin", but mistyped in full.
		if id, ok := x.ids[canonical(long)]; ok {
			add(squeeze(long), id)
		}
	}
	return t
}

// letters are the letters that a word has, as bits. A slip changes two of them
// at most, so that most words need no closer look.
func letters(w string) uint32 {
	var set uint32
	for i := range len(w) {
		set |= 1 << (w[i] & 31)
	}
	return set
}

// maxWord is the longest word that is compared letter by letter.
const maxWord = 24

// near lists the words that w may be a slip of, those with the fewest slips
// only. A short word may have its letters swapped, a longer one one slip, a long
// one two. Words that are jobs of their own are never slips.
func (t typos) near(w string) (ids []int32, sim float32) {
	if len(w) < 4 || len(w) > maxWord || others[w] || usual[w] {
		return nil, 0
	}
	allowed := 1
	if len(w) >= 8 {
		allowed = 2
	}
	best := allowed + 1
	has := letters(w)
	firsts := []byte{w[0]}
	if w[1] != w[0] {
		firsts = append(firsts, w[1])
	}
	for _, first := range firsts {
		for n := len(w) - allowed; n <= len(w)+allowed; n++ {
			for _, c := range t.byShape[shape{first, n}] {
				if bits.OnesCount32(has^c.letters) > 2*min(best, allowed) {
					continue
				}
				if first != w[0] && c.text[1] != w[0] {
					continue // the first letter may only have changed places
				}
				d := distance(w, c.text, min(best, allowed))
				if d > allowed || (len(w) < 5 || n < 5) && !swapped(w, c.text) {
					continue
				}
				switch {
				case d < best:
					best, ids = d, append(ids[:0], c.id)
				case d == best && !slices.Contains(ids, c.id):
					ids = append(ids, c.id)
				}
			}
		}
	}
	if len(ids) > 4 {
		ids = ids[:4]
	}
	return ids, 1 - 0.08*float32(best)
}

// swapped reports whether two words differ in two neighbouring letters alone.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// slips are letters that take each other's place: neighbours on the keyboard,
// vowels, and letters that sound alike.
var slips = func() [32]uint32 {
	var s [32]uint32
	both := func(a, b byte) {
		s[a&31] |= 1 << (b & 31)
		s[b&31] |= 1 << (a & 31)
	}
	rows := []string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}
	for r, row := range rows {
		for i := range len(row) {
			if i > 0 {
				both(row[i-1], row[i])
			}
			if r > 0 {
				both(row[i], rows[r-1][i])
			}
		}
	}
	for _, group := range []string{"aeiouy", "ckqs", "sz", "fvw", "gj", "dt", "bp", "mn"} {
		for i := range len(group) {
			for j := range i {
				both(group[i], group[j])
			}
		}
	}
	return s
}()

func slip(a, b byte) bool { return slips[a&31]&(1<<(b&31)) != 0 }

// distance counts the letters to insert, delete, swap with their neighbour or
// replace by one that takes its place by mistake, to turn a into b; any other
// letter counts twice. It gives up above limit and then says limit+1.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	var rows [3][maxWord + 3]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 2
			switch {
			case a[i-1] == b[j-1]:
				cost = 0
			case slip(a[i-1], b[j-1]):
				cost = 1
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
