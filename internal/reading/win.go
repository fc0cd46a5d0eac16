package reading

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxWin is how many characters a win has at most that is told in one message.
const maxWin = 3000

var (
	winMarked = regexp.MustCompile(`(?is)^\W*(?:(?:please|pls|hi|hello|hey|ok|and|also|another|a|my|new|i had|i have|i've got|here is|here's|today'?s|this week'?s|(?:log|add|note|record|keep|save)(?: this| it| that)?(?: as)?)[\s,]+)*(?:a\s+|my\s+)?win(?:\s+(?:today|this week|for you|for the list|to keep|to note))?\s*(?::|[-–—]\s|,\s)\s*(.+)$`)
	// winWon is told with what was won: "I won a thing: we kept the library".
	winWon   = regexp.MustCompile(`(?is)^\W*(?:(?:oh|hi|hello|hey|ok|well|and|but|so|today|yesterday|actually)[\s,]+)*(?:i|we)(?:'ve| have)?(?: just| finally)? won(?: (?:a|an|one|another|the|some|little|small|big))+ (?:thing|things|one|battle|fight|victory)\s*(?::|[-–—]\s)\s*(.+)$`)
	winPlain = regexp.MustCompile(`(?is)^\W*win\s+(\S.+)$`)
	winLast  = regexp.MustCompile(`(?i)\b(?:(?:that|this|it|what i (?:said|wrote|told you)) (?:was|is|were|should be|counts as)|(?:keep|note|save|log|record|add|put|count) (?:it|that|this|them)(?: down| please)? (?:as|to)) (?:a|my|one of my) wins?\b|(?:keep|note|save|add|put) (?:it|that|this) (?:on|to|in) (?:my|the) (?:list of )?wins\b`)
)

// ReadWin reads a win that is told in one message, whatever its length: "win: the
// roof is mended", "I have a win: …", and "win" before a whole sentence about the
// past. "Win a first client" is none.
func ReadWin(text string) (what string, ok bool) {
	if utf8.RuneCountInString(text) > maxWin {
		return "", false
	}
	for _, re := range []*regexp.Regexp{winMarked, winWon} {
		if m := re.FindStringSubmatch(text); m != nil && Empty(m[1]) == NotEmpty {
			return strings.TrimSpace(m[1]), true
		}
	}
	m := winPlain.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	words := wordsOf(clip(m[1], 300))
	for i, w := range words {
		if i > 0 && w == "to" { // what is still to be won
			return "", false
		}
		if tellsDone(w) && (i > 1 && len(words) > 3 || i == 0 && len(words) > 1) {
			return strings.TrimSpace(m[1]), true
		}
	}
	return "", false
}

var winAim = set("a an the my our more over back this that it at in on to with and or is was would will some any new")

// BareWin reads "win fridge log all green this week": the word and what it was,
// without a verb. It is for where no question is open, as "win a client" is an aim.
func BareWin(text string) (what string, ok bool) {
	rest, found := strings.CutPrefix(strings.ToLower(text), "win ")
	words := wordsOf(clip(rest, 300))
	if !found || utf8.RuneCountInString(text) > maxWin || len(words) < 3 || winAim[words[0]] {
		return "", false
	}
	return strings.TrimSpace(text[len("win "):]), true
}

// KeepsWin reports whether a message asks to keep what was said last as a win:
// "that was a win, please keep it".
func KeepsWin(text string) bool {
	return utf8.RuneCountInString(text) < 200 && winLast.MatchString(text)
}
