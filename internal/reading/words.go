package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is how many bytes of a message are looked at. Slack's longest
// message has 40,000 characters; what lies beyond is not an answer.
const maxText = 1 << 16

// kind says what a token is made of.
type kind uint8

const (
	word   kind = iota // letters and apostrophes
	number             // decimal digits
	punct              // one other visible character
	emoji              // a run of pictographs, or a Slack code such as :+1:
	line               // a line break
)

// token is a piece of a message with the bytes it was read from.
type token struct {
	kind       kind
	s          string // lower case; typographic apostrophes and dashes made plain
	n          int    // value of a number; -1 if it has more than nine digits
	start, end int    // byte offsets in the text
	upper      bool   // began with a capital letter
}

// lex cuts text into tokens. White space other than line breaks is dropped; a
// letter beside a digit begins a new token, so "9months" and "Q3" are two
// tokens that touch.
func lex(text string) tokens {
	text = clip(text, maxText)
	toks := make(tokens, 0, len(text)/5+4)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		j := i + size
		switch {
		case r == '\n' || r == '\u2028' || r == '\u2029':
			toks = append(toks, token{kind: line, s: "\n", start: i, end: j})
		case unicode.IsSpace(r) || invisible(r):
		case digit(r) >= 0:
			t := token{kind: number, start: i}
			t.n, j = readDigits(text, i)
			t.s, t.end = text[i:j], j
			toks = append(toks, t)
		case unicode.IsLetter(r):
			j = wordEnd(text, j)
			toks = append(toks, token{kind: word, s: mended(foldWord(text[i:j])), start: i, end: j, upper: unicode.IsUpper(r)})
		case r == ':' && slackCode(text[i:]) > 0:
			j = i + slackCode(text[i:])
			toks = append(toks, token{kind: emoji, s: strings.ToLower(text[i:j]), start: i, end: j})
		case pictograph(r):
			j = pictographsEnd(text, j)
			toks = append(toks, token{kind: emoji, s: text[i:j], start: i, end: j})
		default:
			toks = append(toks, token{kind: punct, s: plainPunct(r), start: i, end: j})
		}
		i = j
	}
	return toks
}

// clip cuts text to at most n bytes without cutting a character.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９': // full width, as typed with East Asian keyboards
		return int(r - '０')
	}
	return -1
}

func readDigits(text string, i int) (n, end int) {
	for count := 0; i < len(text); count++ {
		r, size := utf8.DecodeRuneInString(text[i:])
		d := digit(r)
		if d < 0 {
			break
		}
		if n >= 0 {
			n = n*10 + d
		}
		if count >= 9 {
			n = -1
		}
		i += size
	}
	return n, i
}

func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.M, r) && !invisible(r):
		case apostrophe(r) && i+size < len(text):
			if next, _ := utf8.DecodeRuneInString(text[i+size:]); !unicode.IsLetter(next) {
				return i
			}
		default:
			return i
		}
		i += size
	}
	return i
}

func apostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´'
}

// foldWord lower-cases a word; words without capitals and typographic
// apostrophes come back as they are.
func foldWord(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= 'a' && s[i] <= 'z' || s[i] == '\''
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		if apostrophe(r) {
			return '\''
		}
		return unicode.ToLower(r)
	}, s)
}

func plainPunct(r rune) string {
	switch r {
	case '–', '—', '‐', '‑', '−', '―':
		return "-"
	case '’', '‘', '`', '´', 'ʼ':
		return "'"
	case '“', '”', '„', '«', '»':
		return `"`
	case '…':
		return "."
	case '，', '、':
		return ","
	case '；':
		return ";"
	case '？':
		return "?"
	case '！':
		return "!"
	}
	return string(r)
}

// slackCode returns the length of an emoji code such as ":+1:" or
// ":woman-shrugging:" at the start of s, or 0.
func slackCode(s string) int {
	for i := 1; i < len(s) && i < 50; i++ {
		c := s[i]
		switch {
		case c == ':':
			if i == 1 || onlyDigits(s[1:i]) { // a time: 10:30:00
				return 0
			}
			return i + 1
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("_+-'", c) >= 0:
		default:
			return 0
		}
	}
	return 0
}

func onlyDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// pictograph reports whether r is drawn as an emoji rather than read.
func pictograph(r rune) bool {
	switch {
	case r >= 0x1F000 && r <= 0x1FAFF, // faces, hands, flags, things
		r >= 0x2600 && r <= 0x27BF, // symbols and dingbats
		r >= 0x2B00 && r <= 0x2BFF, // arrows and stars
		r >= 0x2190 && r <= 0x21FF, // arrows
		r >= 0x2300 && r <= 0x23FF, // clocks, hourglasses
		r == 0x200D, r == 0xFE0F, r == 0x20E3,
		r >= 0xE0020 && r <= 0xE007F: // parts of flags
		return true
	}
	return false
}

func pictographsEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !pictograph(r) {
			break
		}
		i += size
	}
	return i
}

// invisible reports whether r leaves no mark on the page and does not join
// emoji: control characters, zero-width characters, direction marks, tags.
func invisible(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == 0x200D || r == 0xFE0F:
		return false
	case r == 0x00AD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E,
		r >= 0x2060 && r <= 0x2064, r >= 0x2066 && r <= 0x206F,
		r == 0xFEFF, r == 0xFFFD, r == 0x180E, r == 0x034F:
		return true
	}
	return unicode.IsControl(r)
}

// within1 reports whether a and b differ by at most one edit: a byte added,
// left out, changed, or two neighbours swapped.
func within1(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if i == len(a) {
		return true
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] ||
		i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// sameWord reports whether typed is meant to be want: the same, or one edit
// away when want is long enough (five letters) for that to be a slip.
func sameWord(typed, want string) bool {
	return typed == want || len(want) >= 5 && len(typed) >= 4 && within1(typed, want)
}

// slip returns the one word of known that typed is a slip of. ok is false when
// typed is a known word itself, or when it lies near two.
func slip(typed string, known map[string]bool) (want string, ok bool) {
	if len(typed) < 4 || known[typed] {
		return "", false
	}
	for k := range known {
		if len(k) >= 5 && within1(typed, k) {
			if ok {
				return "", false
			}
			want, ok = k, true
		}
	}
	return want, ok
}

// wordsOf returns the words and numbers of text in lower case, without
// punctuation, emoji and apostrophes ("don't" is "dont").
func wordsOf(text string) []string {
	toks := lex(text)
	out := make([]string, 0, len(toks))
	for _, t := range toks {
		if t.kind == word || t.kind == number {
			out = append(out, strings.ReplaceAll(t.s, "'", ""))
		}
	}
	return out
}

// set makes a lookup of the words in a list separated by spaces.
func set(list string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
