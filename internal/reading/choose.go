package reading

import (
	"slices"
	"strings"
)

// Option is an answer that was offered on screen.
type Option struct {
	ID    string
	Label string   // as shown
	Also  []string // other words for it
}

// Choose finds the one offered option that text names: by its label or another
// of its words, by number ("2", "the second", "last"), by the beginning of its
// label, or by its label inside a short sentence. One slip in a word of five
// letters or more is forgiven. ok is false when none or several could be meant.
func Choose(text string, options []Option) (id string, ok bool) {
	text = unhedged(nowOf(text))
	words := pick(text)
	if len(words) == 0 || len(options) == 0 {
		return chooseByAnswer(text, options)
	}
	offered := offers(options)
	for _, find := range [...]func([]string, []offer) (int, bool){byLabel, byNumber, byBoth, byNone, byPrefix, bySlip, byMention, byOne} {
		if i, ok := find(words, offered); ok {
			return options[i].ID, true
		}
	}
	return chooseByAnswer(text, options)
}

// maxPick is how many words of a message a choice is looked for in; what is
// longer is an answer in the person's own words.
const maxPick = 24

// pick returns the words that choose, without politeness, and nothing for a
// message too long to be a choice.
func pick(text string) []string {
	words := wordsOf(clip(text, 1000))
	if len(words) > maxPick {
		return nil
	}
	return words
}

// offer is an option reduced to words.
type offer struct {
	labels [][]string // the label first
	raw    [][]string // the same with their articles
}

func offers(options []Option) []offer {
	out := make([]offer, len(options))
	for i, o := range options {
		for _, l := range append([]string{o.Label, o.ID}, o.Also...) {
			if raw := wordsOf(l); len(raw) > 0 {
				out[i].raw = append(out[i].raw, raw)
				out[i].labels = append(out[i].labels, bare(raw))
			}
		}
	}
	return out
}

var afterthoughts = set("please pls thanks thx lol haha duh tbh ofc obviously definitely")

var articles = set("a an the my its it is im more like rather just please")

// bare drops the words in front that do not choose.
func bare(words []string) []string {
	for len(words) > 1 && articles[words[0]] {
		words = words[1:]
	}
	for len(words) > 1 && afterthoughts[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return words
}

// only returns the single option for which is holds.
func only(offered []offer, is func(label []string) bool) (int, bool) {
	found := -1
	for i, o := range offered {
		if slices.ContainsFunc(o.labels, is) || slices.ContainsFunc(o.raw, is) {
			if found >= 0 {
				return 0, false
			}
			found = i
		}
	}
	return found, found >= 0
}

func byLabel(words []string, offered []offer) (int, bool) {
	typed := bare(words)
	return only(offered, func(label []string) bool {
		return slices.Equal(label, typed) || slices.Equal(label, words)
	})
}

// byNumber reads "2", "2.", "number two", "the second one", "last", "b".
func byNumber(words []string, offered []offer) (int, bool) {
	words = bare(words)
	for len(words) > 1 && assents[words[0]] {
		words = words[1:]
	}
	for len(words) > 1 && slices.Contains([]string{"option", "number", "no", "nr", "choice", "answer", "ill", "take", "i", "choose", "pick", "go", "for", "with", "the"}, words[0]) {
		words = words[1:]
	}
	if n := len(words); n > 1 && slices.Contains([]string{"one", "option", "choice"}, words[n-1]) {
		words = words[:n-1]
	}
	if len(words) == 2 && ordinalEnd[words[1]] && onlyDigits(words[0]) {
		words = words[:1]
	}
	if len(words) != 1 {
		return 0, false
	}
	w, n := words[0], 0
	switch v, isCardinal := cardinals[w]; {
	case len(w) <= 3 && onlyDigits(w):
		for _, c := range w {
			n = n*10 + int(c-'0')
		}
	case isCardinal:
		n = int(v)
	case ordinals[w] > 0:
		n = ordinals[w]
	case w == "last" || w == "latter" && len(offered) == 2:
		n = len(offered)
	case w == "former" && len(offered) == 2:
		n = 1
	case len(w) == 1 && w[0] >= 'a' && w[0] <= 'z' && len(offered) <= 26 && !lettered(offered, w):
		n = int(w[0]-'a') + 1
	}
	return n - 1, n >= 1 && n <= len(offered)
}

// assents may stand before a number: "yep the first one".
var assents = set("yes yep yeah yea yup ok okay sure so then")

// byOne reads "the ACLS one": a word or two that stand in one label alone.
func byOne(words []string, offered []offer) (int, bool) {
	for len(words) > 2 && assents[words[0]] {
		words = words[1:]
	}
	for len(words) > 3 && afterthoughts[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	n := len(words)
	if n < 3 || n > 4 || words[0] != "the" && words[0] != "that" || words[n-1] != "one" && words[n-1] != "ones" {
		return 0, false
	}
	named := words[1 : n-1]
	return only(offered, func(label []string) bool { return indexWords(label, named) >= 0 })
}

// byBoth reads "1 yes" and "3 rarely": the number of an option with a yes, or
// with its label, behind it. A number that stands for something else, "1 year",
// has neither.
func byBoth(words []string, offered []offer) (int, bool) {
	if len(words) < 2 || !onlyDigits(words[0]) {
		return 0, false
	}
	i, ok := byNumber(words[:1], offered)
	if !ok {
		return 0, false
	}
	rest := words[1:]
	for _, find := range [...]func([]string, []offer) (int, bool){byLabel, byPrefix, bySlip} {
		if k, named := find(rest, offered); named {
			return i, k == i
		}
	}
	a, note := YesNo(strings.Join(rest, " "))
	return i, a == Yes && note == ""
}

// lettered reports whether some label begins with the letter, so that typing
// it may mean the label and not the place in the list.
func lettered(offered []offer, w string) bool {
	return slices.ContainsFunc(offered, func(o offer) bool {
		return len(o.labels) > 0 && strings.HasPrefix(o.labels[0][0], w)
	})
}

// byPrefix takes the beginning of one label, at least three letters of it or
// its first word.
func byPrefix(words []string, offered []offer) (int, bool) {
	typed := strings.Join(bare(words), " ")
	if len(typed) == 1 { // a letter stands for a label only, not for another word of it
		labels := make([]offer, len(offered))
		for i, o := range offered {
			labels[i].labels = o.labels[:min(1, len(o.labels))]
		}
		offered = labels
	} else if len(typed) < 3 {
		return 0, false
	}
	return only(offered, func(label []string) bool {
		return strings.HasPrefix(strings.Join(label, " "), typed)
	})
}

// byNone reads "none of them" as the option that says none.
func byNone(words []string, offered []offer) (int, bool) {
	if !noneOf(words) {
		return 0, false
	}
	return only(offered, func(label []string) bool { return label[0] == "none" || label[0] == "neither" })
}

func bySlip(words []string, offered []offer) (int, bool) {
	typed := bare(words)
	return only(offered, func(label []string) bool {
		return slices.EqualFunc(typed, label, sameWord) ||
			len(typed) == 1 && len(label) > 1 && len(label[0]) >= 5 && sameWord(typed[0], label[0])
	})
}

var denials = set("not no never isnt dont doesnt neither nor without than instead except arent wasnt")

// byMention finds one label inside a sentence, unless it is denied there. A
// label that lies inside another mentioned label does not count.
func byMention(words []string, offered []offer) (int, bool) {
	if len(words) > 12 {
		return 0, false
	}
	if k := lastCorrection(words); k >= 0 {
		words = words[k+1:]
	}
	found, size := -1, 0
	for i, o := range offered {
		n := 0
		for _, l := range o.labels {
			if k := indexWords(words, l); k >= 0 && !(len(l) == 1 && len(l[0]) < 3) {
				if k > 0 && denials[words[k-1]] || k > 1 && denials[words[k-2]] {
					return 0, false
				}
				n = max(n, len(l))
			}
		}
		switch {
		case n > size:
			found, size = i, n
		case n == size && n > 0:
			found = -2
		}
	}
	return found, found >= 0
}

// lastCorrection returns the place of the last "no", "sorry" or "actually" that
// takes back what stands before it, or -1.
func lastCorrection(words []string) int {
	for i := len(words) - 2; i > 0; i-- {
		switch words[i] {
		case "sorry", "actually", "wait", "meant", "rather":
			return i
		case "no":
			if words[i+1] != "later" && words[i+1] != "more" {
				return i
			}
		}
	}
	return -1
}

// Mentions reports whether words stand in text one after the other, with one
// slip forgiven in each that has five letters or more.
func Mentions(text, words string) bool {
	want := wordsOf(clip(words, 1000))
	return len(want) > 0 && indexWords(wordsOf(clip(text, 1000)), want) >= 0
}

func indexWords(words, label []string) int {
	for i := 0; i+len(label) <= len(words); i++ {
		if slices.EqualFunc(words[i:i+len(label)], label, sameWord) {
			return i
		}
	}
	return -1
}

// plainAnswers are the other words of an option that stand for everything that
// says the same.
var plainAnswers = map[string]bool{"yes": true, "no": true, "not sure": true, "don't know": true, "i don't know": true, "maybe": true}

// chooseByAnswer maps "yep" to the option whose label says yes, or else to the
// one that "yes" is another word for.
func chooseByAnswer(text string, options []Option) (id string, ok bool) {
	a, _ := YesNo(text)
	if a == Unclear {
		return "", false
	}
	says := func(o Option) bool {
		got, note := YesNo(o.Label)
		return got == a && (note == "" || a == Unsure)
	}
	alsoSays := func(o Option) bool {
		return slices.ContainsFunc(o.Also, func(w string) bool {
			got, _ := YesNo(w)
			return got == a && plainAnswers[strings.ToLower(w)]
		})
	}
	for _, is := range [...]func(Option) bool{says, alsoSays} {
		n := 0
		for _, o := range options {
			if is(o) {
				id, n = o.ID, n+1
			}
		}
		switch {
		case n == 1:
			return id, true
		case n > 1:
			return "", false
		}
	}
	return "", false
}
