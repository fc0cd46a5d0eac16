package slackapp

import (
	"strings"
	"testing"
)

func TestReadable(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"entities", "R&amp;D &lt;3 &gt; money", "R&D <3 > money"},
		{"a typed entity is unescaped once", "&amp;lt;b&amp;gt;", "&lt;b&gt;"},
		{"a person with a name", "ask <@U1|ana>", "ask @ana"},
		{"a person without", "ask <@U1>", "ask @U1"},
		{"a channel", "in <#C1|general>", "in #general"},
		{"a channel without a name", "in <#C1|>", "in #channel"},
		{"everybody", "<!channel> <!here>", "@channel @here"},
		{"a group", "<!subteam^S1|@hr-team>", "@hr-team"},
		{"a group without a name", "<!subteam^S1>", "@subteam"},
		{"a date", "<!date^1700000000^{date}|14 Nov>", "14 Nov"},
		{"an address as typed", "<http://example.com|example.com>", "example.com"},
		{"an address alone", "<https://example.com/a?b=1&amp;c=2>", "https://example.com/a?b=1&c=2"},
		{"a link with another text", "<https://example.com|our ladder>", "our ladder (https://example.com)"},
		{"an e-mail address", "<mailto:a@b.example|a@b.example>", "a@b.example"},
		{"a label holds entities", "<https://x.example|R&amp;D>", "R&D (https://x.example)"},
		{"nothing to do", "lead a team", "lead a team"},
		{"an open bracket", "a < b", "a < b"},
		{"empty brackets", "a <> b", "a <> b"},
		{"a bracket within", "a <b <@U1>", "a <b @U1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := readable(tt.in); got != tt.want {
				t.Errorf("readable(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// What a person types reaches us as they typed it, whatever it is.
func FuzzReadableUndoesEscaping(f *testing.F) {
	for _, s := range []string{"<!channel>", "&lt;", "a & b < c > d", "<@U1>", "&amp;amp;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if got := readable(escape(typed)); got != typed {
			t.Errorf("readable(escape(%q)) = %q", typed, got)
		}
		readable(typed) // whatever else arrives: no panic
	})
}

func TestWithoutMention(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"<@UBOT> hello", "hello"},
		{"  <@UBOT|waymark>  hello ", "hello"},
		{"hello <@UBOT>", "hello <@UBOT>"},
		{"<@UOTHER> hello", "<@UOTHER> hello"},
		{"<@UBOT", "<@UBOT"},
		{"<@UBOT>", ""},
	} {
		if got := withoutMention(tt.in, "UBOT"); got != tt.want {
			t.Errorf("withoutMention(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	if got := withoutMention("<@> x", ""); !strings.Contains(got, "<@>") {
		t.Errorf("without knowing the bot nothing is cut, got %q", got)
	}
}
