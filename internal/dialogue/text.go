package dialogue

import (
	"fmt"
	"strings"

	"waymark/internal/chat"
)

// A person's words travel through templates between these two marks, so that
// what they wrote and what the author formatted can be told apart afterwards.
// Both are private-use code points; they are taken out of what people type.
const (
	ownStart = '\uE000'
	ownEnd   = '\uE001'
)

// Words marks text as a person's own for use as a template's field.
func Words(text string) string {
	if text == "" {
		return ""
	}
	return string(ownStart) + stripMarks(text) + string(ownEnd)
}

// Unmark is marked text without its marks.
func Unmark(text string) string { return stripMarks(text) }

func stripMarks(text string) string {
	return strings.Map(func(r rune) rune {
		if r == ownStart || r == ownEnd {
			return -1
		}
		return r
	}, text)
}

// Blocks turns a rendered text into blocks: a blank line starts a new
// paragraph, lines that begin with "- " are a list, *bold*, _italic_ and
// `code` set the author's words. A person's words are left as they are.
func Blocks(text string) []chat.Block {
	var blocks []chat.Block
	for _, para := range splitOutside(strings.TrimSpace(text), "\n\n") {
		lines := splitOutside(strings.Trim(para, "\n"), "\n")
		var run []string
		flush := func() {
			if len(run) > 0 {
				blocks = append(blocks, chat.Para(Spans(strings.Join(run, "\n"))...))
				run = nil
			}
		}
		var list *chat.Block
		for _, l := range lines {
			if item, ok := strings.CutPrefix(l, "- "); ok {
				flush()
				if list == nil {
					blocks = append(blocks, chat.Block{Kind: chat.Bullets})
					list = &blocks[len(blocks)-1]
				}
				list.Items = append(list.Items, Spans(item))
				continue
			}
			list = nil
			if strings.TrimSpace(l) != "" {
				run = append(run, l)
			}
		}
		flush()
	}
	return blocks
}

// splitOutside cuts text at sep, but not inside a person's words.
func splitOutside(text, sep string) []string {
	var parts []string
	var b strings.Builder
	own := false
	for i := 0; i < len(text); {
		if !own && strings.HasPrefix(text[i:], sep) {
			parts = append(parts, b.String())
			b.Reset()
			i += len(sep)
			continue
		}
		switch {
		case strings.HasPrefix(text[i:], string(ownStart)):
			own = true
		case strings.HasPrefix(text[i:], string(ownEnd)):
			own = false
		}
		b.WriteByte(text[i])
		i++
	}
	return append(parts, b.String())
}

var styles = map[rune]chat.Style{'*': chat.Bold, '_': chat.Italic, '`': chat.Code}

// Spans reads the author's styles and the marks of a person's words.
func Spans(text string) []chat.Span {
	var spans []chat.Span
	var b strings.Builder
	style, own := chat.Plain, false
	flush := func() {
		if b.Len() > 0 {
			spans = append(spans, chat.Span{Text: b.String(), Style: style, Own: own})
			b.Reset()
		}
	}
	rs := []rune(text)
	for i, r := range rs {
		switch {
		case r == ownStart:
			flush()
			own = true
		case r == ownEnd:
			flush()
			own = false
		case own:
			b.WriteRune(r)
		case style == chat.Plain && styles[r] != 0 && opens(rs, i):
			flush()
			style = styles[r]
		case style != chat.Plain && styles[r] == style:
			flush()
			style = chat.Plain
		default:
			b.WriteRune(r)
		}
	}
	flush()
	return spans
}

// opens tells whether the mark at i starts a style: at the start of a word, and
// closed later outside a person's words.
func opens(rs []rune, i int) bool {
	if i+1 >= len(rs) || rs[i+1] == ' ' || (i > 0 && isWordRune(rs[i-1])) {
		return false
	}
	own := false
	for _, r := range rs[i+1:] {
		switch {
		case r == ownStart:
			own = true
		case r == ownEnd:
			own = false
		case !own && r == rs[i]:
			return true
		}
	}
	return false
}

func isWordRune(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127 && r != ownEnd && r != ownStart
}

// JoinAnd is items in words: "a", "a and b", "a, b and c".
func JoinAnd(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}

// MonthsText is a duration in words: "2 years and 6 months".
func MonthsText(n int) string {
	count := func(n int, unit string) string {
		if n == 1 {
			return "1 " + unit
		}
		return fmt.Sprintf("%d %ss", n, unit)
	}
	switch y, m := n/12, n%12; {
	case n == 0:
		return "none"
	case y == 0:
		return count(m, "month")
	case m == 0:
		return count(y, "year")
	default:
		return count(y, "year") + " and " + count(m, "month")
	}
}
