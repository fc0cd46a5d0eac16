package reading

import "slices"

// takingBack are the words that open a complaint or a correction; "so", "but" and
// "by the way" open anything.
var takingBack = newPhrases[bool]().add(true, `
	no
	nope
	actually
	sorry
	wait
	hold|hang on
	oops
	i meant
	i mean
	what i meant
	wrong
	thats|this|that|its|it wrong|incorrect
	that|this|it is|was wrong|incorrect
	thats|its|isnt not
	that|this|it is|was not
	that|this|it isnt|wasnt
	not true|right|correct
	you got|understood me|it|that wrong
	mistake
	my mistake|bad`)

// TakesBack reports whether a message opens like a correction or a complaint of
// something said before, and is more than a no, an apology or "I don't know".
func TakesBack(text string) bool {
	words := wordsOf(clip(text, 1000))
	for len(words) > 0 && slices.Contains([]string{"oh", "ah", "hm", "hmm", "um", "hey", "but", "well", "ok"}, words[0]) {
		words = words[1:]
	}
	_, n := takingBack.at(words, 0)
	if n == 0 || len(words) <= n || len(List(text)) == 0 {
		return false
	}
	rest := words[n:]
	for { // "no, sorry, nothing"
		_, more := takingBack.at(rest, 0)
		if more == 0 {
			break
		}
		rest = rest[more:]
	}
	if len(rest) == 0 || backed[rest[0]] {
		return false
	}
	r := correctionReader{text: text, ts: lex(clip(text, 1000))}
	if i, _ := r.marks(); i < len(r.ts) {
		text = text[r.ts[i].start:]
	}
	a, note := YesNo(text)
	return a != Unsure || note != "" && len(wordsOf(text)) > 6
}

// backed are words that make a plain answer of what opens like a correction: "no
// idea", "sorry, nothing", "no money for courses".
var backed = set("idea clue nothing none nobody one problem money time need plan experience particular specific special real more much thanks thank not dont nope late busy tired i'm im skip")
