package export

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
)

func TestMarkdown(t *testing.T) {
	bullets := func(items ...string) chat.Block {
		b := chat.Block{Kind: chat.Bullets}
		for _, it := range items {
			b.Items = append(b.Items, []chat.Span{chat.Own(it)})
		}
		return b
	}
	heading := func(text string) chat.Block { return chat.Block{Kind: chat.Heading, Spans: []chat.Span{chat.T(text)}} }
	for name, c := range map[string]struct {
		blocks []chat.Block
		want   string
	}{
		"nothing":                    {nil, ""},
		"the first heading is title": {[]chat.Block{heading("Plan"), heading("Goals"), chat.Para(chat.T("None."))}, "# Plan\n\n## Goals\n\nNone.\n"},
		"words cannot be a heading":  {[]chat.Block{chat.Para(chat.Own("# big"))}, "\\# big\n"},
		"nor a list":                 {[]chat.Block{chat.Para(chat.Own("- a\n+ b\n3. c\n4) d"))}, "\\- a  \n\\+ b  \n3\\. c  \n4\\) d\n"},
		"nor a heading by underline": {[]chat.Block{chat.Para(chat.Own("a\n=== \n---"))}, "a  \n\\===  \n\\---\n"},
		"nor a link or a style":      {[]chat.Block{chat.Para(chat.Own("[x](http://y) *b* <b> `c` a|b ~~d~~ &lt;"))}, "\\[x\\](http://y) \\*b\\* \\<b\\> \\`c\\` a\\|b \\~\\~d\\~\\~ \\&lt;\n"},
		"a quote is none":            {[]chat.Block{chat.Para(chat.Own("> said"))}, "\\> said\n"},
		"a word with underscores":    {[]chat.Block{chat.Para(chat.Own("snake_case _it_"))}, "snake_case \\_it\\_\n"},
		"bold stands beside words":   {[]chat.Block{chat.Para(chat.B(" Goal "), chat.T("by May"))}, "**Goal** by May\n"},
		"bold ends with its line":    {[]chat.Block{chat.Para(chat.B("one\ntwo"), chat.T("\nthree"))}, "**one**  \n**two**  \nthree\n"},
		"a list of lines":            {[]chat.Block{bullets("one\nmore", "", "two")}, "- one  \n  more\n- two\n"},
		"code stays as it is":        {[]chat.Block{chat.Para(chat.T("say "), chat.Span{Text: "a_b*", Style: chat.Code})}, "say `a_b*`\n"},
		"backquotes make no code":    {[]chat.Block{chat.Para(chat.Span{Text: "a`b", Style: chat.Code})}, "a\\`b\n"},
		"other line ends and bells":  {[]chat.Block{chat.Para(chat.Own("a\r\nb\u2028c\x07d\te"))}, "a  \nb  \ncd e\n"},
		"buttons cannot be read":     {[]chat.Block{{Kind: chat.Buttons, Choices: []chat.Choice{{Label: "Go"}}}, {Kind: chat.Rule}}, "---\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, string(Markdown(c.blocks))); diff != "" {
				t.Errorf("Markdown (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzMarkdown: whatever a person writes, it is one paragraph of text in which
// nothing acts, and no letter of it is missing.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"# a", "1. b", "a\n\nb", "```\ncode", "<script>", "![x](y)", "a\\", "* * *", "\u202eabc", "\xff", "::: note", "| a | b |"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		got := string(Markdown([]chat.Block{chat.Para(chat.Own(words))}))
		for line := range strings.SplitSeq(strings.TrimSuffix(got, "\n"), "\n") {
			if line == "" && got != "" {
				t.Fatalf("a blank line parts %q", got)
			}
			if strings.HasPrefix(line, " ") || line != "" && strings.ContainsRune("#-+=>*", rune(line[0])) {
				t.Fatalf("line %q begins with something that acts", line)
			}
		}
		for i, r := range got {
			if strings.ContainsRune("`*[]<>|~&", r) && backslashes(got[:i])%2 == 0 {
				t.Fatalf("%q is not escaped in %q", r, got)
			}
		}
		letters := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					return r
				}
				return -1
			}, s)
		}
		if letters(got) != letters(words) {
			t.Fatalf("letters of %q are not those of %q", got, words)
		}
	})
}

// backslashes is how many stand at the end of s.
func backslashes(s string) int { return len(s) - len(strings.TrimRight(s, `\`)) }
