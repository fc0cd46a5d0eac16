package reading

import (
	"regexp"
	"slices"
	"strings"
)

// maxItems is how many items of a list are kept.
const maxItems = 50

// List reads the items that text names, in the person's words, without bullets,
// numbers and lead-ins such as "I need to learn". Lines part items before
// semicolons, those before commas, those before "and"; "and" alone parts two
// items only when each could stand by itself, and never inside a pair that
// belongs together ("research and development"). Words for none give nil.
func List(text string) []string {
	text = strings.TrimSpace(clip(text, maxText))
	if text == "" || noItems(text) {
		return nil
	}
	text = afterColon(text)
	var out []string
	for _, part := range withHearsay(text, splitItems(text)) {
		item := trimItem(part)
		if item == "" || Empty(item) != NotEmpty || noItem[strings.ToLower(item)] || len(out) == maxItems {
			continue
		}
		if !slices.ContainsFunc(out, func(have string) bool { return strings.EqualFold(have, item) }) {
			out = append(out, item)
		}
	}
	return out
}

// hearsay ends a part of a list that says more about the part before it: "vca they
// say" of "safety paper, vca they say".
var hearsay = regexp.MustCompile(`(?i)^(.*?)[\s,]*\b(?:so )?(?:they|people) (?:say|said|tell|told)(?: (?:me|so|it))?[\s.!]*$|^(.*?)[\s,]*\b(?:my|a) \p{L}+ (?:says|said|told me|tells me)(?: so| it)?[\s.!]*$`)

// withHearsay puts each part that was only heard to the one before it, without the
// words for that, as they stand in text.
func withHearsay(text string, parts []string) []string {
	var out []string
	from := 0 // where the last of out begins in text
	at := 0
	for _, p := range parts {
		i := strings.Index(text[at:], p)
		if i < 0 {
			return parts
		}
		start := at + i
		at = start + len(p)
		m := hearsay.FindStringSubmatchIndex(p)
		if m == nil || len(out) == 0 || strings.Contains(text[from:start], "\n") || len(strings.Fields(p)) > 6 {
			out, from = append(out, p), start
			continue
		}
		end := max(m[3], m[5])
		if strings.TrimSpace(p[:end]) != "" {
			out[len(out)-1] = text[from : start+end]
		}
	}
	return out
}

// noItems reports whether text says that there is nothing to list.
func noItems(text string) bool {
	if Empty(text) != NotEmpty {
		return true
	}
	words := wordsOf(clip(text, 200))
	if len(words) > 8 || len(text) > 100 {
		return false
	}
	if _, n := noneWords.at(words, 0); n == len(words) {
		return true
	}
	a, note := YesNo(text)
	return (a == No || a == Unsure) && note == ""
}

// afterColon drops "My skills:" in front of a list.
func afterColon(text string) string {
	head, rest, found := strings.Cut(text, ":")
	words := wordsOf(clip(head, 200))
	if !found || len(words) == 0 || len(words) > 6 {
		return text
	}
	announces := listHeads[words[len(words)-1]] || words[0] == "my" || words[0] == "i" || words[0] == "here"
	if announces && !strings.ContainsAny(head, ",;\n") && strings.TrimSpace(rest) != "" && !strings.Contains(rest, ":") &&
		(rest[0] == ' ' || rest[0] == '\n') {
		return strings.TrimSpace(rest)
	}
	return text
}

// splitItems cuts text at the strongest mark that it has.
func splitItems(text string) []string {
	if strings.ContainsAny(text, "\n") {
		return splitLines(text)
	}
	return splitLine(text)
}

func splitLines(text string) []string {
	var out []string
	lines := strings.Split(text, "\n")
	full := 0
	for _, l := range lines {
		if Empty(l) == NotEmpty {
			full++
		}
	}
	for i, l := range lines {
		l = strings.TrimSpace(l)
		switch {
		case i == 0 && full > 1 && strings.HasSuffix(l, ":"): // a heading
		case full == 1:
			out = append(out, splitLine(l)...)
		default:
			out = append(out, trimBullet(l))
		}
	}
	return out
}

func splitLine(l string) []string {
	if parts := splitNumbered(l); len(parts) > 1 {
		return parts
	}
	l = trimBullet(l)
	for _, bullet := range [...]string{"•", "·", "▪", "◦"} {
		if strings.Contains(l, bullet) {
			return strings.Split(l, bullet)
		}
	}
	if parts := splitAt(l, ";"); len(parts) > 1 {
		return parts
	}
	if strings.Contains(l, " / ") {
		return strings.Split(l, " / ")
	}
	if parts := splitAt(l, ","); len(parts) > 1 {
		parts = rejoin(parts)
		if n := len(parts) - 1; n > 0 {
			return append(parts[:n:n], splitLast(parts[n])...)
		}
		return splitAnd(parts[0])
	}
	return splitAnd(l)
}

// splitNumbered cuts "1. one 2. two" at its numbers.
func splitNumbered(l string) []string {
	ts := lex(l)
	var cuts []int // byte offsets where an item's number begins and ends
	want := 1
	for i, t := range ts {
		letter := t.kind == word && len(t.s) == 1 && t.s[0] == byte('a'+want-1) && want <= 26 && ts.is(i+1, ")")
		if (letter || t.kind == number && t.n == want) && ts.is(i+1, ".", ")") && ts.touch(i+1) && (i == 0 || !ts.touch(i)) && !(ts.touch(i+2) && ts.at(i+2).kind == number) {
			cuts = append(cuts, t.start, ts[i+1].end)
			want++
		}
	}
	if len(cuts) < 4 {
		return nil
	}
	var out []string
	for k := 0; k < len(cuts); k += 2 {
		end := len(l)
		if k+2 < len(cuts) {
			end = cuts[k+2]
		}
		out = append(out, l[cuts[k+1]:end])
	}
	return out
}

// splitAt cuts l at sep, but not inside brackets or numbers ("2,5").
func splitAt(l, sep string) []string {
	var out []string
	from, depth := 0, 0
	ts := lex(l)
	for i, t := range ts {
		switch t.s {
		case "(", "[":
			depth++
		case ")", "]":
			depth = max(depth-1, 0)
		case sep:
			inNumber := ts.at(i-1).kind == number && ts.at(i+1).kind == number && ts.touch(i) && ts.touch(i+1)
			if depth == 0 && !inNumber {
				out = append(out, l[from:t.start])
				from = t.end
			}
		}
	}
	return append(out, l[from:])
}

// rejoin glues back what a comma only interrupted: "a mentor, who knows me".
func rejoin(parts []string) []string {
	var out []string
	for _, p := range parts {
		words := wordsOf(clip(p, 100))
		forExample := len(words) > 2 && (words[0] == "e" && words[1] == "g" || words[0] == "i" && words[1] == "e")
		if len(out) > 0 && len(words) > 1 && (carriesOn[words[0]] || forExample) {
			out[len(out)-1] += "," + p
			continue
		}
		out = append(out, p)
	}
	return out
}

// splitLast cuts the last of several items at its "and": "SQL and Python".
func splitLast(item string) []string {
	if words := wordsOf(clip(item, 100)); len(words) > 0 && (words[0] == "and" || words[0] == "or" || words[0] == "plus") {
		return []string{item}
	}
	if at := joints(item); len(at) > 0 {
		return []string{item[:at[0][0]], item[at[0][1]:]}
	}
	for i, t := range lex(item) {
		if t.s == "or" && i > 0 && t.end < len(item) {
			return []string{item[:t.start], item[t.end:]}
		}
	}
	return []string{item}
}

// splitAnd cuts a line without commas at "and" when both sides could stand
// alone: each begins with a verb, or has three words.
func splitAnd(l string) []string {
	var out []string
	from := 0
	lead := leadIn(l)
	all := joints(l)
	for i, at := range all {
		end := len(l)
		if i+1 < len(all) {
			end = all[i+1][0]
		}
		left, right := l[max(from, min(lead, at[0])):at[0]], l[at[1]:end]
		if standsAlone(left) && standsAlone(right) {
			out = append(out, l[from:at[0]])
			from = at[1]
		}
	}
	return append(out, l[from:])
}

func standsAlone(s string) bool {
	words := wordsOf(clip(s, 200))
	return len(words) >= 3 || len(words) > 0 && verbs[words[0]]
}

// joints returns where "and", "&", "plus" or "as well as" joins two things that
// are not a pair, as byte offsets of the joint.
func joints(l string) [][2]int {
	ts := lex(l)
	var out [][2]int
	depth := 0
	for i, t := range ts {
		switch t.s {
		case "(", "[":
			depth++
		case ")", "]":
			depth = max(depth-1, 0)
		case "and", "&", "plus", "und", "+":
			if depth > 0 || i == 0 || i == len(ts)-1 || t.s == "+" && (ts.touch(i) || ts.touch(i+1)) || t.s == "&" && ts.touch(i) || pair(ts, i) {
				continue
			}
			out = append(out, [2]int{t.start, t.end})
		case "well":
			if ts.is(i-1, "as") && ts.is(i+1, "as") && depth == 0 && i > 1 {
				out = append(out, [2]int{ts[i-1].start, ts[i+1].end})
			}
		}
	}
	return out
}

// pair reports whether the words around the "and" at token i belong together.
func pair(ts tokens, i int) bool {
	p, ok := pairs[ts.at(i-1).s]
	return ok && slices.Contains(p, ts.at(i+1).s)
}

// trimItem drops bullets, joining words, lead-ins and closing punctuation.
func trimItem(s string) string {
	for range 4 {
		before := s
		s = trimBullet(strings.TrimSpace(s))
		s = strings.TrimSpace(strings.TrimRight(s, " ,;."))
		if n := leadIn(s); n > 0 && n < len(s) {
			s = s[n:]
		}
		if s == before {
			break
		}
	}
	return s
}

// trimBullet drops "- ", "• ", "1. ", "2) " and the like from the front.
func trimBullet(s string) string {
	s = strings.TrimSpace(s)
	t := strings.TrimLeft(s, "-–—•·▪◦*>")
	if t != s && (strings.HasPrefix(t, " ") || strings.HasPrefix(s, "•") || strings.HasPrefix(s, "·")) {
		return strings.TrimSpace(t)
	}
	if k := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }); k > 0 && k <= 2 && k+1 < len(s) &&
		(s[k] == '.' || s[k] == ')') && (s[k+1] == ' ' || s[k] == ')') {
		return strings.TrimSpace(s[k+1:])
	}
	return s
}

// leadIn returns how many bytes of s only introduce what follows.
func leadIn(s string) int {
	ts := lex(clip(s, 200))
	var words []string
	var at []int // token of each word
	for i, t := range ts {
		if t.kind == punct && (t.s == "," || t.s == "/" || t.s == "+") {
			break
		}
		if t.kind == word {
			words, at = append(words, strings.ReplaceAll(t.s, "'", "")), append(at, i)
		} else if t.kind == number {
			break
		}
	}
	if len(words) < 2 {
		return 0
	}
	_, n := leadIns.at(words, 0)
	if n == 0 || n >= len(words) || len(words) == n {
		return 0
	}
	return ts[at[n]].start
}
