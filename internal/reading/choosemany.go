package reading

import (
	"slices"
	"strings"
)

var (
	everyWord = [][]string{{"all"}, {"everything"}, {"every", "one"}, {"everyone"}, {"all", "of", "them"}, {"all", "of", "the", "above"}, {"all", "of", "it"}, {"each"}, {"the", "lot"}}
	butWord   = set("but except besides without not")
)

// ChooseMany finds the offered options that text names: "1 and 3", "2-4",
// "salary, the second one", "all", "all but 2", "none". ids come in the order
// in which they were offered, once each; rest holds the parts that name none
// of them, in the person's words. ok is false when nothing was found; "none"
// is found, with no ids.
func ChooseMany(text string, options []Option) (ids []string, rest []string, ok bool) {
	text = unhedged(text)
	if id, ok := Choose(text, options); ok && !hasSeveral(text) {
		return []string{id}, nil, true
	}
	picked := make([]bool, len(options))
	words := bare(pick(text))
	switch {
	case noneOf(words):
		return nil, nil, len(options) > 0
	case len(options) == 2 && len(words) > 0 && words[0] == "both" && len(words) <= 3:
		return []string{options[0].ID, options[1].ID}, nil, true
	}
	if all, but := allBut(words); all {
		for i := range picked {
			picked[i] = true
		}
		if but != "" {
			out, _, found := ChooseMany(but, options)
			if !found {
				return nil, nil, false
			}
			for i, o := range options {
				picked[i] = !slices.Contains(out, o.ID)
			}
		}
		return chosen(options, picked), nil, len(options) > 0
	}
	text = clip(text, 4000)
	strong := strongParts(text)
	for _, part := range strong {
		rest = append(rest, pickParts(part, len(strong) > 1, options, picked)...)
	}
	ids = chosen(options, picked)
	return ids, rest, len(ids) > 0
}

// strongParts cuts text at line breaks, else at semicolons, else at numbering,
// as commas then stand inside the parts.
func strongParts(text string) []string {
	var parts []string
	if parts = strings.Split(text, "\n"); len(parts) == 1 {
		if parts = splitAt(text, ";"); len(parts) == 1 {
			parts = splitNumbered(text)
		}
	}
	if len(parts) < 2 {
		return []string{text}
	}
	for i, p := range parts {
		parts[i] = trimBullet(p)
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return Empty(p) != NotEmpty })
	if len(parts) == 0 { // "1) 2)" numbers nothing
		return []string{text}
	}
	return parts
}

// pickParts marks the options that text names and returns what names none. Text
// that others stand beside, whole, is one entry as long as nothing in it is an
// option.
func pickParts(text string, whole bool, options []Option, picked []bool) (rest []string) {
	if whole && pickPart(text, options, picked) {
		return nil
	}
	from, to, any := -1, 0, false
	flush := func() {
		if from < 0 {
			return
		}
		run := strings.TrimSpace(text[from:to])
		if items := List(run); len(items) > 0 && !whole {
			rest = append(rest, items...)
		} else {
			rest = append(rest, run)
		}
		from = -1
	}
	for _, p := range choiceParts(text) {
		if pickPart(text[p[0]:p[1]], options, picked) {
			any = true
			flush()
			continue
		}
		if from < 0 {
			from = p[0]
		}
		to = p[1]
	}
	if !any && whole {
		return []string{strings.TrimSpace(text)}
	}
	flush()
	return rest
}

func chosen(options []Option, picked []bool) []string {
	var ids []string
	for i, o := range options {
		if picked[i] {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// hasSeveral reports whether text may name more than one option, so that one
// mention is not taken for the whole answer.
func hasSeveral(text string) bool {
	n := 0
	for _, t := range lex(clip(text, 1000)) {
		switch {
		case t.kind == number:
			n++
		case t.s == "," || t.s == ";" || t.s == "+" || t.s == "&" || t.s == "and" || t.kind == line:
			return true
		}
	}
	return n > 1
}

func noneOf(words []string) bool {
	return len(words) > 0 && len(words) <= 5 && (words[0] == "none" || words[0] == "nothing" || words[0] == "neither") && !slices.Contains(words, "but")
}

// allBut reads "all", and "all but the second" with what is left out.
func allBut(words []string) (all bool, but string) {
	for _, w := range everyWord {
		if len(words) < len(w) || !slices.Equal(words[:len(w)], w) {
			continue
		}
		switch rest := words[len(w):]; {
		case len(rest) == 0:
			all, but = true, ""
		case butWord[rest[0]]:
			rest = rest[1:]
			if len(rest) > 1 && rest[0] == "for" {
				rest = rest[1:]
			}
			all, but = true, strings.Join(rest, " ")
		case len(rest) <= 2 && !onlyDigits(rest[0]):
			all = all || rest[0] == "please" || rest[0] == "of"
		}
	}
	return all, but
}

// choiceParts cuts text at commas, "and", line breaks and between numbers, and
// returns where its parts begin and end.
func choiceParts(text string) (parts [][2]int) {
	from := 0
	cut := func(end, next int) {
		if Empty(text[from:end]) == NotEmpty {
			parts = append(parts, [2]int{from, end})
		}
		from = next
	}
	ts := lex(text)
	for i, t := range ts {
		switch {
		case t.s == "," || t.s == ";" || t.s == "+" || t.s == "&" || t.s == "and" || t.s == "plus" || t.kind == line, t.s == "/" && ts.at(i+1).kind == number:
			cut(t.start, t.end)
		case t.kind == number && !ts.touch(i) && (ts.at(i-1).kind == number || ts.is(i-1, ")", ".") && ts.at(i-2).kind == number):
			cut(t.start, t.start)
		}
	}
	cut(len(text), len(text))
	return parts
}

// pickPart marks the option that part names, or all of "2-4".
func pickPart(part string, options []Option, picked []bool) bool {
	ts := lex(part)
	if len(ts) == 3 && ts.is(1, "-", "to") && ts[0].kind == number && ts[2].kind == number {
		from, to := ts[0].n, ts[2].n
		if from < 1 || to > len(options) || from > to {
			return false
		}
		for i := from; i <= to; i++ {
			picked[i-1] = true
		}
		return true
	}
	id, ok := Choose(part, options)
	if !ok {
		return false
	}
	for i, o := range options {
		if o.ID == id {
			picked[i] = true
			break
		}
	}
	return true
}
