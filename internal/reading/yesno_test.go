package reading

import (
	"strings"
	"testing"
)

func TestYesNo(t *testing.T) {
	for _, r := range table(t, "yesno.txt") {
		a, note := YesNo(r.text)
		got := a.String()
		if note != "" {
			got += ": " + note
		}
		r.errorf(t, "YesNo", got)
	}
}

func FuzzYesNoKeepsTheNoteInThePersonsWords(f *testing.F) {
	for _, s := range []string{"yes but only after the summer", "yes, maybe", ":+1:", "not", "no no no", "...", "yes\nno"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, note := YesNo(text)
		if !strings.Contains(text, note) {
			t.Errorf("YesNo(%q): note %q is not part of it", text, note)
		}
		if a == Unclear && note != "" {
			t.Errorf("YesNo(%q) is unclear with note %q", text, note)
		}
	})
}
