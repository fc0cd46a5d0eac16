package reading

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Rejected is a message that refuses something said before.
type Rejected struct {
	Rest string // what is said besides the refusal, "evening is 2 hours"; "" for nothing
	// Plain says that the words can mean nothing else ("no no", "that is wrong",
	// "12 is too much"); a single "no" may also answer what is asked.
	Plain bool
	// Old is a number that is refused, "12" of "12 is too much" and of "7, not 12".
	Old string
}

var rejections = newPhrases[bool]().
	add(false, `
		no
		nope
		nah`).
	add(true, `
		no no no?
		no wait|sorry
		sorry|wait no
		nope nope
		no its|it|that|this|thats wrong|not
		no thats|its not right|correct|true
		wrong
		all? wrong|incorrect
		this|that|it is|was wrong|incorrect|false
		is wrong|incorrect
		its|thats wrong|incorrect|false
		this|that|it? is|was not right|correct|true
		its|thats|isnt not? right|correct|true
		not right|correct|true
		sorry? its|it? is not
		you understand|understood|read it|me? wrong
		you got it|me|that wrong
		i not say|said that|this?
		i did not|didnt say that|this?`)

var tooMuch = newPhrases[bool]().add(true, `
	is|are|its|thats way|much? to|too much|many|little|few|less|high|low|long|short
	to|too much|many|little|few
	is|was all? wrong|incorrect|false
	is|was not right|correct|true
	isnt|wasnt right|correct|true`)

// softenings stand in front of a refusal and behind it.
var softenings = set("sorry oh ah ok okay but hey please actually well hm hmm um uh")

// Rejection reads a message that opens by refusing what was said before, "no no,
// 12 is too much. The evening is 2 hours", or sets a number against another, "is
// 7 hours in a week not 12". Whether it is about the question on screen is for
// the caller to find.
func Rejection(text string) (r Rejected, ok bool) {
	if utf8.RuneCountInString(text) > maxCorrection {
		return r, false
	}
	c := correctionReader{text: text, ts: lex(text)}
	i := 0
	for range 4 {
		for softenings[c.ts.at(i).s] || c.ts.at(i).kind == punct && ok && !c.ts.is(i, "(") {
			i++
		}
		words, at := c.words(i, 6)
		plain, n := rejections.at(words, 0)
		if n == 0 {
			break
		}
		r.Plain, ok = r.Plain || plain || ok, true // "no, wrong"
		i = at[n-1] + 1
	}
	i = c.refusedNumber(i, &r, &ok)
	rest, old := c.value(i)
	if old != "" && r.Old == "" && (ok || c.ts.is(0, "is", "it's", "its", "it", "sorry")) {
		if v, n := cardinal(lex(old), 0); n > 0 && v >= 0 {
			r.Old, r.Plain, ok = tidy(old), true, true
			if c.ts.is(i, "is", "it's", "its", "it") {
				i += 1 + b2i(c.ts.is(i, "it") && c.ts.is(i+1, "is"))
				rest, _ = c.value(i)
			}
		}
	}
	if !ok {
		return Rejected{}, false
	}
	r.Rest = rest
	return r, true
}

// refusedNumber steps over "12 is too much" at token i.
func (c correctionReader) refusedNumber(i int, r *Rejected, ok *bool) int {
	k := i
	if _, n := cardinal(c.ts, k); n > 0 {
		k += n
		k += b2i(c.ts.is(k, "hour", "hours", "h", "year", "years", "month", "months", "euro", "euros"))
		if c.ts.is(k, "a", "per", "in", "each", "every") && c.ts.is(k+1, "week", "day", "month") {
			k += 2
		}
	} else if !*ok || !c.ts.is(k, "it", "that", "this", "it's", "that's", "its", "thats", "is", "too", "to") {
		return i
	} else if c.ts.is(k, "it", "that", "this") {
		k++
	}
	words, at := c.words(k, 5)
	_, n := tooMuch.at(words, 0)
	if n == 0 {
		return i
	}
	if k > i && c.ts.at(i).kind == number {
		_, n := cardinal(c.ts, i)
		r.Old = c.text[c.ts[i].start:c.ts[i+max(n, 1)-1].end]
	}
	r.Plain, *ok = true, true
	k = at[n-1] + 1
	for c.ts.is(k, ".", ",", "!", ";", "for", "me") {
		k++
	}
	return k
}

// Asks reports whether the whole message asks something instead of telling it:
// "what paper do I need in Holland?".
func Asks(text string) bool {
	text = strings.TrimSpace(text)
	if !strings.HasSuffix(text, "?") {
		return false
	}
	words := wordsOf(clip(text, 1000))
	for len(words) > 0 && (softenings[words[0]] || words[0] == "and" || words[0] == "so") {
		words = words[1:]
	}
	if len(words) < 3 {
		return false
	}
	switch words[0] {
	case "what", "how":
		return words[1] != "if" && words[1] != "about"
	case "which", "where", "who", "when":
		return true
	}
	return false
}

// UnsureAsking reads "I don't know the name, what paper do I need?": somebody who
// does not know, and asks.
func UnsureAsking(text string) bool {
	clauses := clausesOf(text)
	if len(clauses) < 2 {
		return false
	}
	a, _, _ := clauses[0].answer()
	if a != Unsure {
		return false
	}
	i := strings.IndexAny(text, ",.;!?")
	return i > 0 && Asks(text[i+1:])
}

var ruleWords = set("need needs needed must required require requires allowed necessary obligatory")

// AsksRules reports whether the whole message asks what is needed or allowed
// somewhere: "what paper do I need in Holland?".
func AsksRules(text string) bool {
	return Asks(text) && slices.ContainsFunc(wordsOf(clip(text, 1000)), func(w string) bool { return ruleWords[w] })
}

// Marked reports whether a message opens with words that put something right,
// such as "actually" and "sorry".
func Marked(text string) bool {
	r := correctionReader{text: text, ts: lex(clip(text, 1000))}
	_, mark := r.marks()
	return mark > noMark
}

// NamesHours reports whether a text gives hours that can be nothing else: with
// their unit, as named times or a sum, or as a number that stands alone.
func NamesHours(text string) bool {
	ts := lex(clip(text, 1000))
	if _, _, ok := namedTimes(ts); ok {
		return true
	}
	if _, ok := sumOf(ts); ok {
		return true
	}
	letters := 0
	for i, t := range ts {
		switch t.s {
		case "hour", "hours", "hrs", "hr", "evenings", "mornings", "afternoons":
			return true
		case "h":
			if ts.at(i-1).kind == number {
				return true
			}
		case "it", "is", "i", "have", "only", "just":
			continue
		}
		letters += b2i(t.kind == word)
	}
	return letters == 0
}
