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

func TestReadWinThatWasWon(t *testing.T) {
	for text, want := range map[string]string{
		"I won a thing: we kept the mobile library funded": "we kept the mobile library funded",
		"we've won a small battle - the roof is paid":      "the roof is paid",
		"I won a thing":           "",
		"I won a contract: Volvo": "",
		"I had a fight: my boss":  "",
	} {
		if got, ok := ReadWin(text); got != want || ok != (want != "") {
			t.Errorf("ReadWin(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
}

func TestWinWithoutAVerb(t *testing.T) {
	for text, want := range map[string]string{
		"win fridge log all green this week": "fridge log all green this week",
		"Win Zoë's thank-you card":           "Zoë's thank-you card",
		"win a client for the new shop":      "",
		"win back my evenings soon":          "",
		"win or lose":                        "",
		"win big":                            "",
		"winter is coming soon":              "",
	} {
		if got, ok := BareWin(text); got != want || ok != (want != "") {
			t.Errorf("BareWin(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
}
