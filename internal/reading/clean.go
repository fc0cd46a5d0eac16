package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean returns text in the form the readers expect and the store keeps: valid
// UTF-8, without control and zero-width characters, accents joined to their
// letters, runs of spaces and of blank lines made one, nothing at the ends.
// Emoji and line breaks stay. Cleaning twice is the same as cleaning once.
func Clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n")
	var b strings.Builder
	b.Grow(len(text))
	w := cleaner{out: &b}
	for _, r := range text {
		w.write(r)
	}
	w.flush()
	return strings.TrimSpace(b.String())
}

// cleaner writes runes, holding one back in case an accent follows.
type cleaner struct {
	out     *strings.Builder
	held    rune // a letter that an accent may still join, 0 for none
	space   bool // white space is due before the next visible character
	breaks  int  // line breaks are due before it
	visible bool // something was written before
	emoji   bool // the last character written belongs to an emoji
}

func (c *cleaner) write(r rune) {
	switch {
	case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f' || r == '\u0085':
		c.flush()
		c.breaks++
		return
	case unicode.IsSpace(r):
		c.flush()
		c.space = true
		return
	case invisible(r):
		return
	case r == 0x200D || r == 0xFE0F: // joins or colours an emoji; elsewhere it is noise
		if c.held != 0 || c.space || c.breaks > 0 || !c.emoji {
			return
		}
	case c.held != 0 && unicode.Is(unicode.Mn, r):
		if joined, ok := accents[accent{c.held, r}]; ok {
			c.held = joined
			return
		}
	}
	c.flush()
	if c.visible {
		switch {
		case c.breaks > 0:
			c.out.WriteString("\n\n"[:min(c.breaks, 2)])
		case c.space:
			c.out.WriteByte(' ')
		}
	}
	c.space, c.breaks, c.visible = false, 0, true
	c.held = r
	c.emoji = pictograph(r) || r == '#' || r == '*' || digit(r) >= 0 || r == '©' || r == '®' || r == '™'
	if c.emoji || r >= utf8.RuneSelf {
		c.flush()
	}
}

func (c *cleaner) flush() {
	if c.held != 0 {
		c.out.WriteRune(c.held)
		c.held = 0
	}
}

// accent is a plain letter and the mark typed after it.
type accent struct{ letter, mark rune }

// accents joins the letters of the languages written in Latin script whose
// keyboards type accents apart.
var accents = func() map[accent]rune {
	m := make(map[accent]rune)
	for _, row := range []struct {
		mark            rune
		letters, joined string
	}{
		{0x300, "AEIOUaeiouNn", "ÀÈÌÒÙàèìòùǸǹ"},
		{0x301, "AEIOUYaeiouyCcNnSsZzLlRr", "ÁÉÍÓÚÝáéíóúýĆćŃńŚśŹźĹĺŔŕ"},
		{0x302, "AEIOUaeiou", "ÂÊÎÔÛâêîôû"},
		{0x303, "ANOano", "ÃÑÕãñõ"},
		{0x308, "AEIOUaeiouy", "ÄËÏÖÜäëïöüÿ"},
		{0x30A, "AaUu", "ÅåŮů"},
		{0x327, "CcSs", "ÇçŞş"},
		{0x328, "AaEe", "ĄąĘę"},
		{0x30C, "CcSsZzEeRrNnDd", "ČčŠšŽžĚěŘřŇňĎď"},
		{0x306, "AaGg", "ĂăĞğ"},
		{0x30B, "OoUu", "ŐőŰű"},
		{0x307, "Zz", "Żż"},
	} {
		joined := []rune(row.joined)
		for i, l := range []rune(row.letters) {
			m[accent{l, row.mark}] = joined[i]
		}
	}
	return m
}()

// Emptiness says what a message without words is made of.
type Emptiness int

// A message that has words is NotEmpty; the others cannot answer a question of
// words, though an emoji may answer one of yes or no.
const (
	NotEmpty  Emptiness = iota
	Blank               // nothing visible
	OnlyEmoji           // emoji and perhaps punctuation
	OnlyMarks           // punctuation alone: "...", "?!"
)

// Empty tells whether text has any word or number, and if not, what it has.
func Empty(text string) Emptiness {
	kind := Blank
	for _, t := range lex(text) {
		switch t.kind {
		case word:
			return NotEmpty
		case number:
			return NotEmpty
		case emoji:
			kind = OnlyEmoji
		case punct:
			if kind == Blank {
				kind = OnlyMarks
			}
		}
	}
	return kind
}
