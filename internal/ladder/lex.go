package ladder

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is read of a text: a title stands at its beginning, and whoever pastes a
// page gets the same answer as for its first lines.
const (
	maxBytes  = 400
	maxTokens = 40
)

// Marks between the parts of a text. They cannot be typed as words.
const (
	markPart = "," // , ; / | ( ) : and the like
	markAnd  = "&" // and, or, &, +
)

// lex cuts a text into words in canonical form, with marks between its parts.
func lex(text string) []string {
	text = head(text, maxBytes)
	var out []string
	var b strings.Builder
	short := false // the last word was a short form, so that a dot only ends it
	flush := func() {
		if b.Len() > 0 {
			_, short = shortForms[b.String()]
			out = append(out, words(b.String())...)
			b.Reset()
		}
	}
	runes := []rune(text)
	for i, r := range runes {
		prev, next := at(runes, i-1), at(runes, i+1)
		switch r = unicode.ToLower(r); {
		case isApostrophe(r):
			// "doctor's" is "doctor" and "I'm" is "im".
			if unicode.ToLower(next) == 's' && !isWord(at(runes, i+2)) {
				flush()
			}
		case r == 's' && isApostrophe(prev) && !isWord(next):
		case isWord(r):
			if r < utf8.RuneSelf {
				b.WriteByte(byte(r))
			} else {
				b.WriteString(fold(r))
			}
		case (r == '+' || r == '#') && b.Len() == 1: // C++, C#
			b.WriteRune(r)
		case r == '+' && b.Len() == 2 && prev == '+':
			b.WriteRune(r)
		case r == '.' && b.Len() > 0 && isWord(next) && loneLetters(runes, i): // R.N.
		case r == '&' && b.Len() == 1 && isWord(next) && !isWord(at(runes, i+2)): // L&D
			b.WriteRune(r)
		default:
			flush()
			if r != '.' || !short {
				out = mark(out, r, prev, next)
			}
		}
		if len(out) >= maxTokens {
			return out[:maxTokens]
		}
	}
	flush()
	return out[:min(len(out), maxTokens)]
}

// head is the first n bytes of text at most, whole characters.
func head(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

func at(runes []rune, i int) rune {
	if i < 0 || i >= len(runes) {
		return 0
	}
	return runes[i]
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´' }

// loneLetters reports whether the dot at i stands between single letters.
func loneLetters(runes []rune, i int) bool {
	return !isWord(at(runes, i-2)) && !isWord(at(runes, i+2))
}

// mark adds what a character between words says about the parts of the text.
func mark(out []string, r, prev, next rune) []string {
	m := ""
	switch r {
	case ',', ';', '/', '|', '(', ')', '[', ']', ':', '\n', '•', '–', '—', '\\', '>', '!', '?':
		m = markPart
	case '-', '.':
		if unicode.IsSpace(next) && (r == '.' || unicode.IsSpace(prev)) {
			m = markPart
		}
	case '&', '+':
		m = markAnd
	}
	if m == "" || len(out) == 0 {
		return out
	}
	if last := out[len(out)-1]; last == markPart || last == markAnd {
		return out
	}
	return append(out, m)
}

// folds are the letters with accents of the languages written in Latin script.
var folds = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ı': "i", 'þ': "th", 'ð': "d"}
	for plain, accented := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćčĉ", "d": "ď", "e": "èéêëēĕėęě", "g": "ğĝģ", "i": "ìíîïīĭį", "l": "ĺľļ",
		"n": "ñńňņ", "o": "òóôõöōŏő", "r": "ŕřŗ", "s": "śšşș", "t": "ťţț", "u": "ùúûüūŭůűų", "y": "ýÿ", "z": "źžż",
	} {
		for _, r := range accented {
			m[r] = plain
		}
	}
	return m
}()

// fold writes a small letter without its accent; a mark that was typed apart
// from its letter is dropped.
func fold(r rune) string {
	if s, ok := folds[r]; ok {
		return s
	}
	if unicode.Is(unicode.Mn, r) {
		return ""
	}
	return string(r)
}
