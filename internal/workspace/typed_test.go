package workspace

import (
	"regexp"
	"testing"
	"unicode/utf8"
)

func TestReadTyped(t *testing.T) {
	for _, c := range []struct{ rule, typed, want, again string }{
		{"plain", "hello", "hello", "hello"},
		{"escaped once", "a & b < c > d &amp;", "a &amp; b &lt; c &gt; d &amp;amp;", "a & b < c > d &amp;"},
		{"a broadcast cannot act", "<!channel> <@U1>", "&lt;!channel&gt; &lt;@U1&gt;", "<!channel> <@U1>"},
		{"emoji by name", "👍 ok", ":+1: ok", ":+1: ok"},
		{"link", "see https://e.com/a?b=1&c=2, ok", "see <https://e.com/a?b=1&amp;c=2>, ok", "see https://e.com/a?b=1&c=2, ok"},
		{"mail", "ask a.b@e.com", "ask <mailto:a.b@e.com|a.b@e.com>", "ask a.b@e.com"},
		{"the bot's name", "@Waymark hi", "<@" + BotUserID + "> hi", "@Waymark hi"},
	} {
		text, elements := readTyped(c.typed)
		if text != c.want || len(elements) == 0 {
			t.Errorf("%s: readTyped(%q) = %q with %d elements, want %q", c.rule, c.typed, text, len(elements), c.want)
		}
		if got := untyped(text); got != c.again {
			t.Errorf("%s: untyped(%q) = %q, want %q", c.rule, text, got, c.again)
		}
	}
}

// ours are the only angle brackets that a typed text may get.
var ours = regexp.MustCompile(`<https?://[^<>|]*>|<mailto:[^<>|]*\|[^<>|]*>|<@` + BotUserID + `>`)

// Nothing that a person types can mention others, and no text grows without bound.
func FuzzReadTyped(f *testing.F) {
	for _, s := range []string{"", "<!channel>", "https://e.com|x>", "a@b.c|d>", "@Waymark@Waymark", "👍🏽", "\xff<"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		text, _ := readTyped(typed)
		if rest := ours.ReplaceAllString(text, ""); regexp.MustCompile(`[<>]`).MatchString(rest) {
			t.Errorf("readTyped(%q) = %q has brackets of its own", typed, text)
		}
		if utf8.ValidString(typed) && !utf8.ValidString(text) {
			t.Errorf("readTyped(%q) = %q is no text any more", typed, text)
		}
	})
}

func TestParseTS(t *testing.T) {
	for _, c := range []struct {
		ts   string
		want int64
		ok   bool
	}{
		{"1800000000.000100", 1_800_000_000_000_100, true},
		{"1800000000", 1_800_000_000_000_000, true},
		{"1800000000.1", 1_800_000_000_100_000, true},
		{"0", 0, true},
		{"", 0, false}, {"now", 0, false}, {"-1.0", 0, false}, {"1.-00001", 0, false},
		{"1.1234567", 0, false}, {"99999999999999999999", 0, false},
	} {
		got, ok := parseTS(c.ts)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("parseTS(%q) = %d, %v, want %d, %v", c.ts, got, ok, c.want, c.ok)
		}
	}
}
