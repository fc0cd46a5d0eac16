package export

import (
	"strconv"
	"strings"
	"unicode"

	"waymark/internal/chat"
)

// Markdown writes blocks as CommonMark: the first heading as the title, the
// others below it. Words that are a person's own, or that are not set in a
// style, are escaped, so that they read as they were written. Buttons and meters
// are not part of what can be read, but for a meter's words.
func Markdown(blocks []chat.Block) []byte {
	w := &markdown{level: "# "}
	for _, b := range blocks {
		w.block(b)
	}
	return []byte(w.b.String())
}

type markdown struct {
	b     strings.Builder
	level string // of the next heading
}

// part puts a blank line before anything but the first part.
func (w *markdown) part(text string) {
	if text == "" {
		return
	}
	if w.b.Len() > 0 {
		w.b.WriteString("\n")
	}
	w.b.WriteString(text + "\n")
}

func (w *markdown) block(b chat.Block) {
	switch b.Kind {
	case chat.Heading:
		if text := oneLine(inline(b.Spans)); text != "" {
			w.part(w.level + text)
			w.level = "## "
		}
	case chat.Bullets, chat.Numbers:
		var items []string
		for i, it := range b.Items {
			mark := "- "
			if b.Kind == chat.Numbers {
				mark = strconv.Itoa(i+1) + ". "
			}
			if text := lines(inline(it), strings.Repeat(" ", len(mark))); text != "" {
				items = append(items, mark+text)
			}
		}
		w.part(strings.Join(items, "\n"))
	case chat.Rule:
		w.part("---")
	case chat.Buttons:
	default:
		w.part(lines(inline(b.Spans), ""))
	}
}

// inline sets spans, each line of them as it is.
func inline(spans []chat.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(styled(s))
	}
	return b.String()
}

// styled is one span. Marks of a style must not stand beside a space.
func styled(s chat.Span) string {
	mark := map[chat.Style]string{chat.Bold: "**", chat.Italic: "*"}[s.Style]
	bare := strings.TrimSpace(s.Text)
	switch {
	case s.Style == chat.Code && !strings.ContainsAny(s.Text, "`\n"):
		return "`" + s.Text + "`"
	case mark == "" || bare == "":
		return escape(s.Text)
	}
	from := strings.Index(s.Text, bare)
	var out []string
	for line := range strings.SplitSeq(bare, "\n") { // a style ends with its line
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, mark+escape(line)+mark)
		}
	}
	return s.Text[:from] + strings.Join(out, "\n") + s.Text[from+len(bare):]
}

// escape takes what acts within a line out of action.
func escape(s string) string {
	var b strings.Builder
	rs := []rune(s)
	for i, r := range rs {
		switch r {
		case '\\', '`', '*', '[', ']', '<', '>', '|', '~', '&':
			b.WriteByte('\\')
		case '_': // acts only at the edge of a word
			if i == 0 || i == len(rs)-1 || !wordy(rs[i-1]) || !wordy(rs[i+1]) {
				b.WriteByte('\\')
			}
		case '\r', '\u0085', '\u2028', '\u2029', '\v', '\f':
			r = '\n'
			if rs[i] == '\r' && i+1 < len(rs) && rs[i+1] == '\n' {
				continue
			}
		case '\t':
			r = ' '
		}
		if r != '\n' && unicode.IsControl(r) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// lines sets text line by line, each but the first behind indent, and takes what
// acts at the beginning of a line out of action. A line ends where it ended:
// two spaces keep it from running on.
func lines(text, indent string) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, begin(line))
		}
	}
	return strings.Join(out, "  \n"+indent)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// begin escapes what would make a line a heading, a list or a rule.
func begin(line string) string {
	if strings.HasPrefix(line, "**") { // a style of ours
		return line
	}
	if strings.ContainsRune("#+-=", rune(line[0])) {
		return `\` + line
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if digits > 0 && digits < len(line) && (line[digits] == '.' || line[digits] == ')') {
		return line[:digits] + `\` + line[digits:]
	}
	return line
}
