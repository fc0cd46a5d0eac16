package slackapp

import (
	"strings"
	"testing"
)

// What is logged and counted as an error's name never quotes what was sent.
func TestNameOf(t *testing.T) {
	for _, c := range []struct{ rule, said, want string }{
		{"a name that is known is that name", "channel_not_found", "channel_not_found"},
		{"a name that is new is that name", "quantum_leap_2", "quantum_leap_2"},
		{"what follows a known name is left out", "invalid_blocks: no text like \"my boss\"", "invalid_blocks"},
		{"what follows a limit is left out", "ratelimited, my boss", "ratelimited"},
		{"words that begin like a name are none", "my boss said", unnamed},
		{"a capital makes it words", "Boss", unnamed},
		{"a line break makes it words", "invalid\nboss", unnamed},
		{"more than a name's length is none", strings.Repeat("a", 200), unnamed},
		{"nothing is no name", "", unnamed},
	} {
		if got := nameOf(c.said); got != c.want {
			t.Errorf("%s: nameOf(%q) = %q, want %q", c.rule, c.said, got, c.want)
		}
	}
}
