package reading

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Naming is a message that calls something by its name and says what it is or
// shall become: "change my job to head chef", "actually my hours are 4 a week".
type Naming struct {
	Label string // what it is called, "job"; without "my" and "the"
	Value string // what it becomes, "head chef"; "" when it is only said to be wrong
	// Plain says that the words can hardly be anything else: they are an order, or
	// open by taking something back. A plain "my job is hard" tells something.
	Plain bool
	// Order says that it asks for a change, The that it is called "the" something,
	// which people also do in plain talk.
	Order, The bool
}

var changeVerbs = set("change set make update put correct fix edit switch replace adjust")

// labelWords is how many words a name has at most.
const labelWords = 5

// ReadNaming reads a message that names something and says what it is. Whether
// there is anything of that name is for the caller to find.
func ReadNaming(text string) (n Naming, ok bool) {
	if utf8.RuneCountInString(text) > maxCorrection || strings.Contains(strings.TrimSpace(text), "\n") {
		return n, false
	}
	r := correctionReader{text: text, ts: lex(text)}
	i, mark := r.marks()
	i = r.asking(i)
	if changeVerbs[r.ts.at(i).s] {
		n, ok = r.naming(i+1, true, "to", "into", "as", ":", "=", "with", "is", "are", ",")
		n.Order = ok
		return n, ok
	}
	if n, ok := r.needsNone(i, mark); ok {
		return n, true
	}
	_, refused := Rejection(text)
	plain := mark > noMark || refused || i > 0 && r.ts.is(0, "but")
	n, ok = r.naming(i, plain, "is", "are", "was", "were", "should", ":", "=", "isnt", "isn't")
	if !ok || !n.Plain && !r.ts.is(i, "my", "the", "our") {
		return Naming{}, false
	}
	return n, true
}

// asking steps over "please", "can you" and "I want to".
func (r correctionReader) asking(i int) int {
	words, at := r.words(i, 12)
	k := 0
	for range 3 {
		n := 0
		if k < len(words) {
			n = leadLength(words[k:])
		}
		if n == 0 {
			break
		}
		k += n
	}
	if k == 0 || k >= len(at) {
		return i
	}
	return at[k]
}

// naming reads the name from token i on, one of the words that end it, and what
// stands behind.
func (r correctionReader) naming(i int, plain bool, ends ...string) (n Naming, ok bool) {
	the := r.ts.is(i, "the", "that")
	i += b2i(r.ts.is(i, "my", "the", "our", "that"))
	i += b2i(r.ts.is(i, "current", "present", "answer") && !r.ts.is(i+1, ends...))
	i += b2i(r.ts.is(i, "about")) + b2i(r.ts.is(i, "about") && r.ts.is(i+1, "my", "the"))
	if r.ts.at(i).kind != word {
		return Naming{}, false
	}
	for k := i + 1; k <= i+labelWords && k < len(r.ts); k++ {
		if !r.ts.is(k, ends...) {
			if r.ts.at(k).kind == punct && !r.ts.is(k, "-", "'") {
				return Naming{}, false
			}
			continue
		}
		label := tidy(r.text[r.ts[i].start:r.ts[k].start])
		if n, ok := r.itIsWrong(label, k+1); ok {
			return n, true
		}
		next := k + 1
		for r.ts.is(next, "be", "now", "actually", "really", "to", "is", "it", "it's", ":", "only") && !r.ts.is(next+1, "") {
			if r.ts.is(next, "to") && !r.ts.is(k, "should", "is", "are", "was") || r.ts.is(next, "only") && !r.ts.is(next+1, ":") {
				break
			}
			if r.ts.is(next, "to") && r.ts.is(k, "is", "are", "was") {
				break // "my reason is to be near people"
			}
			next++
		}
		value, _ := r.value(next)
		if value == "" || label == "" {
			return Naming{}, false
		}
		return Naming{Label: label, Value: value, Plain: plain, The: the}, true
	}
	return Naming{}, false
}

// itIsWrong reads what stands behind "the field is": "wrong, it is outsourcing".
func (r correctionReader) itIsWrong(label string, k int) (n Naming, ok bool) {
	k += b2i(r.ts.is(k, "all", "quite", "not"))
	if !r.ts.is(k, "wrong", "incorrect", "right", "correct", "false", "mistaken") || r.ts.is(k, "right", "correct") && !r.ts.is(k-1, "not", "isnt", "isn't") {
		return n, false
	}
	k++
	for r.ts.at(k).kind == punct || r.ts.is(k, "it", "it's", "its", "is", "should", "be", "that", "i", "meant") {
		if k >= len(r.ts) {
			break
		}
		k++
	}
	value, _ := r.value(k)
	if label == "" {
		return Naming{}, false
	}
	return Naming{Label: label, Value: value, Plain: true}, true
}

// needsNone reads "actually I need no certificate": there is none.
func (r correctionReader) needsNone(i int, mark strength) (n Naming, ok bool) {
	words, at := r.words(i, 6)
	_, k := needlessPhrases.at(words, 0)
	if k == 0 || k >= len(at) || mark == noMark && !r.ts.is(0, "i") {
		return n, false
	}
	for k < len(at) && slices.Contains([]string{"a", "any", "the", "such"}, words[k]) {
		k++
	}
	if k >= len(at) || len(r.ts)-at[k] > labelWords {
		return n, false
	}
	return Naming{Label: tidy(r.text[r.ts[at[k]].start:]), Value: "none", Plain: mark > noMark}, true
}

var needlessPhrases = newPhrases[bool]().add(true, `
	i need no
	i dont|not need
	i do not need
	there is no
	there are no
	no need for|of
	it needs|asks for? no`)
