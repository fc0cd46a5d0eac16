package reading

import (
	"testing"
	"unicode/utf8"
)

func TestReadCommand(t *testing.T) {
	for _, r := range table(t, "command.txt") {
		c, arg, ok := ReadCommand(r.text)
		got := string(c)
		if arg != "" {
			got += ": " + arg
		}
		if !ok {
			got = "-"
		}
		r.errorf(t, "ReadCommand", got)
	}
}

func FuzzReadCommandTakesShortMessagesOnly(f *testing.F) {
	for _, s := range []string{"skip", "pause until Monday", "/", "/win x", "win:", "log a win", "please please please", "?", "can we", "pause until"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, arg, ok := ReadCommand(text)
		if ok && (c == "" || utf8.RuneCountInString(Clean(text)) > maxCommand) {
			t.Errorf("ReadCommand(%q) = %q, true", text, c)
		}
		if !ok && (c != "" || arg != "") {
			t.Errorf("ReadCommand(%q) = %q, %q, false", text, c, arg)
		}
	})
}
