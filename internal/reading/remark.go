package reading

import (
	"regexp"
	"strconv"
	"strings"
)

var toldAlready = regexp.MustCompile(`(?i)\b(?:i|we)(?:'ve| have)? (?:already )?(?:told|said|answered|wrote|gave|mentioned)(?: (?:it|that|this|you|to|so))* (?:already|before|twice|above|earlier)\b|\bi(?:'ve| have)? already (?:told|said|answered|wrote|written|gave|mentioned)\b|\byou (?:have )?(?:already )?asked (?:me )?(?:that|this|it) ?(?:already|before|twice)?\b`)

// ToldAlready reports whether somebody complains that they are asked for what they
// have said: "what is 'that'? I told you already: a team of my own".
func ToldAlready(text string) bool {
	return toldAlready.MatchString(strings.ReplaceAll(clip(text, 1000), "’", "'"))
}

var remark = regexp.MustCompile(`(?i)^\W*(?:but|although|though|because|only if|i (?:also )?(?:want|would like|need|think|am|have|don't|do not)|and i|also i)\b`)

// Remark reports whether a part of an answer, set behind a pick, says something
// about it instead of naming one more: "but I also want the roles in between".
func Remark(part string) bool {
	return remark.MatchString(part) && len(wordsOf(clip(part, 1000))) > 2
}

var grouped = regexp.MustCompile(`(^|[^\d.,])\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?($|[^\d.,]|[.,]\D|[.,]$)`)

// Thousands reads the sum in a text that is written in groups of three digits,
// "1.500 Euro" and "1,500": without its separators, with its currency. It is false
// for other numbers, and where nothing says that it is money.
func Thousands(text string) (amount string, ok bool) {
	text = clip(text, 1000)
	if !grouped.MatchString(text) {
		return "", false
	}
	n, currency, ok := Money(text)
	if !ok || n < 1000 || currency == "" && len(wordsOf(text)) > 2 {
		return "", false
	}
	return strings.TrimSpace(strconv.FormatFloat(n, 'f', -1, 64) + " " + currency), true
}
