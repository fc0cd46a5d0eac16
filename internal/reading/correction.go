package reading

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Correction is a change to something said before.
type Correction struct {
	Topic string // what it is about, "my review"; "" when not said
	Value string // the new value, "in January"; "" when only the topic was named
	Old   string // what it replaces, when said: "Bonn" of "Berlin, not Bonn"
}

// maxCorrection is how many characters a correction has at most.
const maxCorrection = 240

// ReadCorrection tells whether text puts right something said before, by its
// wording alone: "actually my review is in January", "no wait, I meant nurse",
// "sorry, it's Berlin not Bonn", "change my target to lead nurse". What the
// topic is in the plan is for the caller to find.
func ReadCorrection(text string) (c Correction, ok bool) {
	if utf8.RuneCountInString(text) > maxCorrection || strings.Contains(strings.TrimSpace(text), "\n") {
		return c, false
	}
	r := correctionReader{text: text, ts: lex(text)}
	if c, ok = r.change(); ok {
		return c, true
	}
	i, mark := r.marks()
	for _, read := range [...]func(int, strength) (Correction, bool){r.about, r.meant, r.wrote, r.wanted, r.subject, r.contrast, r.bareValue} {
		if c, ok = read(i, mark); ok {
			return c, true
		}
	}
	return Correction{}, false
}

// strength is how plainly the opening words say that something is put right.
type strength int

const (
	noMark strength = iota
	softMark
	firmMark // takes the last thing back: "no wait", "scratch that"
)

type correctionReader struct {
	text string
	ts   tokens
}

var markPhrases = newPhrases[strength]().
	add(softMark, `
		actually
		wait
		sorry
		oops
		whoops
		ah|oh|hm|hmm|um|so|but
		no
		hold on
		i made a? mistake
		mistake
		i wrote|typed wrong
		on second thought|thoughts
		thinking about it
		that was|is|s wrong
		thats wrong|not right|incorrect
		i misspoke|mistyped
		excuse me
		pardon
		ahem
		by the way
		btw`).
	add(firmMark, `
		no wait
		wait no
		wait sorry
		sorry no
		no sorry
		oh wait
		oops no
		scratch that
		forget that
		strike that
		correction
		my mistake|bad
		typo
		let me correct that|myself|it
		i have to correct myself
		i need to correct that|something`)

// marks reads the opening words; i is the token after them.
func (r correctionReader) marks() (i int, mark strength) {
	for range 4 {
		words, at := r.words(i, 8)
		s, n := markPhrases.at(words, 0)
		if n == 0 {
			return i, mark
		}
		mark = max(mark, s)
		if s == softMark && (words[0] == "ah" || words[0] == "oh" || words[0] == "but" || words[0] == "so" || words[0] == "hm" || words[0] == "hmm" || words[0] == "um") {
			mark = max(mark-1, noMark) // an interjection alone marks nothing
		}
		i = at[n-1] + 1
		for r.ts.at(i).kind == punct && !r.ts.is(i, "(") || r.ts.at(i).kind == emoji {
			i++
		}
	}
	return i, mark
}

// words returns up to n words from token i on, and their tokens.
func (r correctionReader) words(i, n int) (words []string, at []int) {
	for ; i < len(r.ts) && len(words) < n; i++ {
		if t := r.ts[i]; t.kind == word || t.kind == number {
			words, at = append(words, strings.ReplaceAll(t.s, "'", "")), append(at, i)
		}
	}
	return words, at
}

// about reads "about my review: it's in June".
func (r correctionReader) about(i int, _ strength) (c Correction, ok bool) {
	if !r.ts.is(i, "about", "regarding", "concerning", "for", "re", "as") {
		return c, false
	}
	i += 1 + b2i(r.ts.is(i, "as"))
	if !r.ts.is(i, "my", "the", "our") {
		return c, false
	}
	for k := i + 2; k <= i+5 && k < len(r.ts); k++ {
		if !r.ts.is(k, ":", ",") {
			continue
		}
		isIt := r.ts.is(k+1, "it's", "its", "that's") || r.ts.is(k+1, "it", "that") && r.ts.is(k+2, "is")
		if r.ts.is(k, ",") && !isIt {
			return c, false
		}
		next := k + 1
		if isIt {
			next += 1 + b2i(r.ts.is(k+1, "it", "that"))
		}
		value, old := r.value(next)
		return Correction{Topic: r.text[r.ts[i].start:r.ts[k-1].end], Value: value, Old: old}, value != ""
	}
	return c, false
}

var isVerbs = newPhrases[bool]().add(true, `
	is|are|was|were actually|really|now?
	will be actually|now?
	should be|say|read
	should have been
	has|have moved|changed|been? moved? to?
	moved to
	got|was|were|been moved|postponed|changed|shifted to
	has|have been moved|postponed|changed|shifted to
	has|have moved|changed to
	takes place
	starts|begins|ends
	isnt ~ but`)

// subject reads "my review is in January".
func (r correctionReader) subject(i int, mark strength) (c Correction, ok bool) {
	if !r.ts.is(i, "my", "the", "our", "that") {
		return c, false
	}
	words, at := r.words(i, 12)
	for k := 2; k <= 5 && k < len(words); k++ {
		_, n := isVerbs.at(words, k)
		if n == 0 || k+n >= len(words) || n > 3 && words[k] == "isnt" {
			continue
		}
		topic := r.text[r.ts[at[0]].start:r.ts[at[k-1]].end]
		if strings.ContainsAny(topic, ",;:.!?") {
			return c, false
		}
		verb := words[k : k+n]
		value, old := r.value(at[k+n-1] + 1)
		if words[k] == "starts" || words[k] == "begins" || words[k] == "ends" {
			value, old = r.value(at[k+n-1] + 1)
		}
		said := mark > noMark || old != "" || slices.Contains(verb, "actually") || slices.Contains(verb, "should") || slices.Contains(verb, "moved") || slices.Contains(verb, "now") || slices.Contains(verb, "postponed") || r.endsWith("sorry") || r.endsWith("instead")
		if value == "" || !said {
			return c, false
		}
		return Correction{Topic: topic, Value: value, Old: old}, true
	}
	return c, false
}

func (r correctionReader) endsWith(w string) bool {
	for i := len(r.ts) - 1; i >= 0; i-- {
		if r.ts[i].kind == word {
			return r.ts[i].s == w
		}
	}
	return false
}

// contrast reads "sorry, it's Berlin not Bonn" and "sorry, not Bonn but
// Berlin".
func (r correctionReader) contrast(i int, mark strength) (c Correction, ok bool) {
	if mark == noMark {
		return c, false
	}
	k := i
	switch {
	case r.ts.is(k, "it's", "its", "that's", "thats", "i'm", "im"):
		k++
	case r.ts.is(k, "it", "that", "i") && r.ts.is(k+1, "is", "was", "am", "will"):
		k += 2
		k += b2i(r.ts.is(k, "be"))
	}
	if r.ts.is(k, "not") {
		return r.notBut(k)
	}
	value, old := r.value(k)
	if value == "" || len(wordsOf(value)) > 8 {
		return c, false
	}
	taken := r.ts.is(0, "sorry", "wait", "oops", "whoops", "correction") || mark == firmMark
	if old == "" && !(k > i && taken) {
		return c, false
	}
	if a, _ := YesNo(value); a != Unclear && old == "" || old == "" && states[wordsOf(value)[0]] {
		return c, false
	}
	return Correction{Value: value, Old: old}, true
}

// What people say they are when they excuse themselves: "sorry, I'm late".
var states = set("late busy tired back sick ill confused lost new slow afraid away out off here bad so too very just still really stuck going trying")

// notBut reads "not Bonn but Berlin" and "not Bonn, Berlin".
func (r correctionReader) notBut(k int) (c Correction, ok bool) {
	for j := k + 2; j < len(r.ts) && j < k+8; j++ {
		if !r.ts.is(j, "but", ",") {
			continue
		}
		next := j + 1
		for r.ts.is(next, "but", "its", "it's", "it", "is") {
			next++
		}
		if next >= len(r.ts) {
			return c, false
		}
		value, _ := r.value(next)
		return Correction{Value: value, Old: strings.TrimSpace(r.text[r.ts[k+1].start:r.ts[j].start])}, value != ""
	}
	return c, false
}

// bareValue reads "no wait, nurse": a short value after words that take the
// last one back.
func (r correctionReader) bareValue(i int, mark strength) (c Correction, ok bool) {
	if mark != firmMark || i >= len(r.ts) {
		return c, false
	}
	if r.ts.is(i-1, "no") { // "sorry, no idea" takes nothing back
		if _, note := YesNo(r.text[r.ts[i-1].start:]); note == "" {
			return c, false
		}
	}
	value, old := r.value(i)
	if n := len(wordsOf(value)); n == 0 || n > 6 {
		return c, false
	}
	if a, _ := YesNo(value); a != Unclear {
		return c, false
	}
	if _, _, command := ReadCommand(value); command {
		return c, false
	}
	if words := wordsOf(value); pronouns[words[0]] || slices.Contains([]string{"what", "why", "how", "can", "could", "let", "my"}, words[0]) {
		return c, false
	}
	return Correction{Value: value, Old: old}, true
}

// value returns the text from token i to the end without closing punctuation,
// and what it is set against: "Berlin" and "Bonn" of "Berlin, not Bonn".
func (r correctionReader) value(i int) (value, old string) {
	for r.ts.is(i, ",", ":", "-", ".", `"`, "'") || r.ts.is(i, "actually") {
		i++
	}
	if i >= len(r.ts) {
		return "", ""
	}
	from := r.ts[i].start
	for j := i + 1; j < len(r.ts); j++ {
		t := r.ts[j]
		size := 0
		switch {
		case t.s == "not" && j+1 < len(r.ts) && !r.ts.is(j-1, "or", "if", "do", "is", "am", "are", "did", "have", "has", "can", "could", "would", "should", "will") && !r.ts.is(j+1, "sure", "really", "yet", "only", "just", "merely", "always"):
			size = 1
		case t.s == "instead" && r.ts.is(j+1, "of"), t.s == "rather" && r.ts.is(j+1, "than"):
			size = 2
		}
		if size > 0 && j+size < len(r.ts) {
			return tidy(r.text[from:t.start]), tidy(r.text[r.ts[j+size].start:])
		}
	}
	value = tidy(r.text[from:])
	if cut, found := strings.CutSuffix(value, " instead"); found {
		value = tidy(cut)
	}
	return value, ""
}

func tidy(s string) string {
	s = strings.Trim(s, " \t,;:.!?-–—\"'“”")
	for _, w := range [...]string{", please", " please", ", sorry", " sorry", ", thanks"} {
		if len(s) > len(w) && strings.EqualFold(s[len(s)-len(w):], w) {
			s = s[:len(s)-len(w)]
		}
	}
	return strings.TrimSpace(s)
}
