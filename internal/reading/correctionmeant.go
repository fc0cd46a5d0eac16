package reading

import "slices"

var meantPhrases = newPhrases[bool]().add(true, `
	i meant to? say|write|type?
	what i meant is|was
	i should have said|written
	i wanted to say|write
	that|it should be|say|read
	that|it should have been|said|read
	it has to be
	that|it was supposed to be
	make that`)

// meant reads "I meant nurse", "that should be 3 May", "no, I mean nurse".
func (r correctionReader) meant(i int, mark strength) (c Correction, ok bool) {
	words, at := r.words(i, 8)
	_, n := meantPhrases.at(words, 0)
	if n == 0 && mark > noMark {
		n = r.markedMeant(words)
	}
	if n == 0 || n > len(at) {
		return c, false
	}
	value, old := r.value(at[n-1] + 1)
	if value == "" || len(wordsOf(value)) > 10 {
		return c, false
	}
	return Correction{Value: value, Old: old}, true
}

// wrote reads "sorry, I wrote 5 but it is 6", "I said June but I meant July".
func (r correctionReader) wrote(i int, mark strength) (c Correction, ok bool) {
	if !r.ts.is(i, "i") || !r.ts.is(i+1, "wrote", "typed", "said", "put", "answered") {
		return c, false
	}
	for j := i + 3; j < len(r.ts) && j < i+8; j++ {
		if !r.ts.is(j, "but") {
			continue
		}
		words, at := r.words(j+1, 6)
		needs, n := insteadPhrases.at(words, 0)
		if n == 0 || n >= len(at) || mark < needs {
			return c, false
		}
		value, _ := r.value(at[n])
		return Correction{Value: value, Old: tidy(r.text[r.ts[i+2].start:r.ts[j].start])}, value != "" && len(wordsOf(value)) <= 8
	}
	return c, false
}

// insteadPhrases lead to the right value; the tag is the mark they need in
// front, as "it is" also carries on a plain sentence.
var insteadPhrases = newPhrases[strength]().
	add(softMark, `
		it is|was
		its
		that is`).
	add(noMark, `
		it|that should be
		i meant|mean
		i meant|mean to say|write
		should be
		the right one|number|answer|date|word is`)

var wantedPhrases = newPhrases[bool]().add(true, `
	i want|wanted|need|needed|plan|planned|hope|hoped|like|will to? be|get|arrive there
	i would|d like|love to? be|get|arrive there
	id like|love to? be|get|arrive there`)

// wanted reads "actually I want to be there in 4 years": "be there" is what it
// is about.
func (r correctionReader) wanted(i int, mark strength) (c Correction, ok bool) {
	if mark == noMark {
		return c, false
	}
	words, at := r.words(i, 10)
	_, n := wantedPhrases.at(words, 0)
	if n == 0 || n >= len(at) {
		return c, false
	}
	value, old := r.value(at[n])
	return Correction{Topic: r.text[r.ts[at[n-2]].start:r.ts[at[n-1]].end], Value: value, Old: old}, value != ""
}

// markedMeant reads the wordings that are fillers unless something marks them.
func (r correctionReader) markedMeant(words []string) int {
	for _, w := range [...][]string{{"i", "mean"}, {"make", "it"}, {"rather"}} {
		if len(words) > len(w) && slices.Equal(words[:len(w)], w) {
			return len(w)
		}
	}
	return 0
}
