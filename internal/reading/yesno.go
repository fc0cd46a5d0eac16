package reading

import (
	"slices"
	"strings"
)

// Answer is what a reply to a yes-or-no question says.
type Answer int

// The five answers. Unclear means that the text could not be read as any of
// the others; Unsure is an answer: the person does not know.
const (
	Unclear Answer = iota
	Yes
	Partly
	No
	Unsure
)

// String returns the answer's name in lower case.
func (a Answer) String() string {
	return [...]string{"unclear", "yes", "partly", "no", "unsure"}[a]
}

// YesNo reads a reply to a yes-or-no question. note is the rest of what was
// said, "only after the summer" of "yes, but only after the summer", or all of
// it where the answer cannot be cut out of the sentence ("I don't have one").
//
// Being unsure outweighs a reservation, which outweighs a no, which outweighs
// a yes; so no doubt is ever read as consent.
func YesNo(text string) (a Answer, note string) {
	clauses := clausesOf(text)
	if len(clauses) == 0 {
		return emojiAnswer(text)
	}
	short := 0
	for _, c := range clauses {
		short += len(c.words)
	}
	if short <= 5 && len(clauses) > 1 { // "yes, maybe": weigh the whole
		if a, c, end := weigh(clauses); a != Unclear {
			return a, unlessSame(a, noteFrom(text, clauses, c, end))
		}
		return Unclear, ""
	}
	for i, c := range clauses[:min(len(clauses), 4)] {
		a, end, whole := c.answer()
		switch {
		case a != Unclear && whole:
			return a, trimNote(text)
		case a != Unclear:
			return a, unlessSame(a, noteFrom(text, clauses, i, end))
		case !c.filler():
			return Unclear, ""
		}
	}
	return emojiAnswer(text)
}

// weigh gives the answer of several short clauses together: the first of the
// strongest kind.
func weigh(clauses []clause) (a Answer, at, end int) {
	for i, c := range clauses {
		got, e, whole := c.answer()
		if whole {
			e = len(c.words)
		}
		if rank[got] > rank[a] {
			a, at, end = got, i, e
		}
		if got == Unclear && !c.filler() && a == Unclear {
			return Unclear, 0, 0
		}
	}
	return a, at, end
}

var rank = [...]int{Unclear: 0, Yes: 1, No: 2, Partly: 3, Unsure: 4}

// clause is a stretch of words up to a comma, a full stop or a "but".
type clause struct {
	words []string // lower case, without apostrophes
	ends  []int    // byte offset in the text behind each word
}

func clausesOf(text string) []clause {
	var out []clause
	var c clause
	flush := func() {
		if len(c.words) > 0 {
			out = append(out, c)
		}
		c = clause{}
	}
	toks := lex(clip(text, 2000)) // an answer stands at the front
	for i, t := range toks {
		switch {
		case t.kind == line, t.kind == punct && strings.Contains(",.;!?()\"", t.s):
			flush()
		case t.kind == punct && t.s == "-" && !(toks.touch(i) && toks.touch(i+1)):
			flush()
		case t.kind == word && clauseStart[t.s] && len(c.words) > 0:
			flush()
			c.words, c.ends = append(c.words, t.s), append(c.ends, t.end)
		case t.kind == word || t.kind == number:
			c.words, c.ends = append(c.words, answerWord(drawnOut(strings.ReplaceAll(t.s, "'", "")))), append(c.ends, t.end)
		}
		if len(out) == 6 {
			break
		}
	}
	flush()
	return out
}

// drawnOut reads "yeeees" as yes and "noooo" as no.
func drawnOut(w string) string {
	if len(w) < 4 || len(w) > 40 {
		return w
	}
	var b strings.Builder
	for i := 0; i < len(w); {
		j := i
		for j < len(w) && w[j] == w[i] {
			j++
		}
		n := j - i
		if n >= 3 {
			n = 1
		}
		b.WriteString(w[i : i+n])
		i = j
	}
	return b.String()
}

// answerWord mends slips in the short words of an answer, which elsewhere could
// be words of their own.
func answerWord(w string) string {
	if want, ok := answerSlips[w]; ok {
		return want
	}
	return w
}

// filler reports whether the clause says nothing by itself.
func (c clause) filler() bool {
	for _, w := range c.words {
		if !fillers[w] && !(len(w) > 1 && strings.Trim(w, "hm") == "") {
			return false
		}
	}
	return true
}

// answer reads the clause alone. end is the number of words the answer takes;
// whole tells that it runs through the sentence and cannot be cut out.
func (c clause) answer() (a Answer, end int, whole bool) {
	start := 0
	for start < len(c.words) && yesNoLead[c.words[start]] {
		start++
	}
	// Doubts and reservations count wherever they stand in a short clause.
	reach := min(len(c.words), 9)
	for _, kind := range [...]Answer{Unsure, Partly} {
		for i := range reach {
			got, n := answerPhrases.at(c.words, i)
			if n == 1 && frontOnly[c.words[i]] && i > start && !(i == 1 && start == 0) {
				continue
			}
			if n > 0 && got == kind && (i <= start || len(c.words) <= 9) {
				return kind, i + n, false
			}
		}
	}
	for i := 0; i <= start && i < len(c.words); i++ {
		got, n := answerPhrases.at(c.words, i)
		if n == 0 {
			if got, n = wholeAnswers.at(c.words, i); n != len(c.words)-i {
				n = 0
			}
		}
		if n > 0 && got != Unclear {
			rest := i+n < len(c.words)
			if got == Yes && rest && len(c.words)-i-n <= 3 { // "ok no" is a no, "yes of course not" neither
				if b, _, _ := (clause{words: c.words[i+n:]}).answer(); b == No {
					if agreeing[c.words[i]] {
						return No, len(c.words), false
					}
					return Unclear, 0, false
				}
			}
			return got, i + n, got == No && rest && (i > 0 || n == 1 && inSentence[c.words[0]])
		}
		if got == Unclear && n > 0 {
			return Unclear, 0, false
		}
	}
	for i := 0; i <= start && i < len(c.words); i++ {
		if _, n := negatedStart.at(c.words, i); n > 0 {
			return No, len(c.words), len(c.words) > i+n
		}
	}
	return Unclear, 0, false
}

// agreeing are words for yes that may only begin a reply.
var agreeing = set("ok okay okey k kk")

// noteFrom returns the text behind word end of clause i, without the comma or
// the "but" that joins it.
func noteFrom(text string, clauses []clause, i, end int) string {
	if end <= 0 || end > len(clauses[i].ends) {
		return ""
	}
	return trimNote(text[clauses[i].ends[end-1]:])
}

// unlessSame drops a note that only repeats the answer: "yup, sure".
func unlessSame(a Answer, note string) string {
	if len(note) > 30 || note == "" {
		return note
	}
	c := clausesOf(note)
	if len(c) != 1 || len(c[0].words) > 4 {
		return note
	}
	words := c[0].words
	if a == Yes || a == No {
		words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return exclaims[w] })
	}
	if len(words) == 0 {
		return ""
	}
	if again, end, _ := (clause{words: words}).answer(); again == a && end == len(words) {
		return ""
	}
	return note
}

// exclaims are words that only add force: "yes god yes".
var exclaims = set("god omg hell heck oh wow please man gosh jesus damn absolutely really totally")

func trimNote(s string) string {
	s = strings.TrimLeft(s, " \t\n,.;:!?-–—…)")
	for _, but := range [...]string{"but ", "But ", "and "} {
		s = strings.TrimPrefix(s, but)
	}
	if Empty(s) != NotEmpty {
		return ""
	}
	return strings.TrimSpace(s)
}

// emojiAnswer reads a reply that is only an emoji.
func emojiAnswer(text string) (Answer, string) {
	a := Unclear
	for _, t := range lex(clip(text, 2000)) {
		if t.kind == punct && t.s == "?" && a == Unclear && Empty(text) == OnlyMarks {
			return Unsure, ""
		}
		if t.kind != emoji {
			continue
		}
		got := Unclear
		for _, e := range emojiAnswers {
			if strings.Contains(t.s, e.mark) {
				got = e.answer
				break
			}
		}
		if rank[got] > rank[a] {
			a = got
		}
	}
	return a, ""
}
