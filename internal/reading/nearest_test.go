package reading

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	known := []string{"plan", "goals", "goals all", "goals done", "goal add", "goal edit", "review", "backup", "wins", "settings", "pause", "resume", "timeline", "export", "delete", "privacy", "help"}
	for _, c := range []struct{ name, typed, want string }{
		{"a letter left out", "setings", "settings"},
		{"a letter too many", "revieww", "review"},
		{"neighbours swapped", "timelien", "timeline"},
		{"two slips in a long word", "privazi", "privacy"},
		{"capitals", "SETINGS", "settings"},
		{"a beginning", "back", "backup"},
		{"a beginning of three letters", "exp", "export"},
		{"two words", "gaol add", "goal add"},
		{"a word in short", "hlp", "help"},
		{"nothing like it", "dance", ""},
		{"two that are equally near", "goal", ""},
		{"one letter", "p", ""},
		{"no letters", "", ""},
		{"an essay", strings.Repeat("plan ", 100), ""},
		{"an emoji", "🎉🎉", ""},
	} {
		got, ok := Nearest(c.typed, known)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%s: Nearest(%q) = %q, %v, want %q", c.name, c.typed, got, ok, c.want)
		}
	}
}

func FuzzNearest(f *testing.F) {
	for _, s := range []string{"setings", "", "\xff", "🎉", "goal", strings.Repeat("a", 70)} {
		f.Add(s, "settings")
	}
	f.Fuzz(func(t *testing.T, typed, known string) {
		if got, ok := Nearest(typed, []string{known}); ok && got != known {
			t.Errorf("Nearest(%q, %q) = %q", typed, known, got)
		}
	})
}
