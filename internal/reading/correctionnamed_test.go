package reading

import (
	"strings"
	"testing"
)

func TestReadNaming(t *testing.T) {
	for _, r := range table(t, "naming.txt") {
		n, ok := ReadNaming(r.text)
		got := strings.TrimSpace(n.Label + " => " + n.Value)
		if n.Plain {
			got = "! " + got
		}
		if !ok {
			got = "-"
		}
		r.errorf(t, "ReadNaming", got)
	}
}

func TestReadMind(t *testing.T) {
	for _, r := range table(t, "mind.txt") {
		m, ok := ReadMind(r.text)
		got := m.Value
		if m.Old != "" {
			got += " (was " + m.Old + ")"
		}
		if m.Head != "" {
			got += " [" + m.Head + "]"
		}
		if m.Certain {
			got = "! " + got
		}
		if !ok {
			got = "-"
		}
		r.errorf(t, "ReadMind", got)
	}
}

func FuzzReadNamingKeepsThePersonsWords(f *testing.F) {
	for _, s := range []string{"change my job to", "actually my hours: 4", "but the field is wrong", "no need for a certificate", "make my the to to"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, ok := ReadNaming(text)
		if !ok && n != (Naming{}) {
			t.Errorf("ReadNaming(%q) = %+v, false", text, n)
		}
		if !strings.Contains(text, n.Label) || n.Value != "none" && !strings.Contains(text, n.Value) {
			t.Errorf("ReadNaming(%q) = %+v is not part of it", text, n)
		}
	})
}

func FuzzReadMindKeepsThePersonsWords(f *testing.F) {
	for _, s := range []string{"I changed my mind, make it data after all", "2 years, but no, I'm going back to nursing", "instead of instead of", "make it not not"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := ReadMind(text)
		if !ok && m != (Mind{}) || ok && m.Value == "" {
			t.Errorf("ReadMind(%q) = %+v, %v", text, m, ok)
		}
		for _, s := range []string{m.Head, m.Value, m.Old} {
			if !strings.Contains(text, s) {
				t.Errorf("ReadMind(%q): %q is not part of it", text, s)
			}
		}
	})
}
