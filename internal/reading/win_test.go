package reading

import "testing"

func TestWinInWords(t *testing.T) {
	for _, c := range []struct{ text, arg string }{
		{"win trained two new colleagues", "trained two new colleagues"},
		{"win closed October without one correction", "closed October without one correction"},
		{"Win I led the morning meeting", "I led the morning meeting"},
		{"win a first client", ""},
		{"win back my evenings", ""},
		{"win need", ""},
	} {
		cmd, arg, _ := ReadCommand(c.text)
		if got := cmd == Win; got != (c.arg != "") || got && arg != c.arg {
			t.Errorf("%q read as %q %q, want the win %q", c.text, cmd, arg, c.arg)
		}
	}
}
