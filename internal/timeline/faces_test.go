package timeline

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

func testFaces(t testing.TB) *faces {
	t.Helper()
	f, err := newFaces(2)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFit(t *testing.T) {
	f := testFaces(t)
	for name, c := range map[string]struct {
		in   string
		room float64
		want string
	}{
		"fits":                {"Learn Go", 200, "Learn Go"},
		"empty":               {"", 0, ""},
		"cut":                 {"Learn Go well", 76, "Learn G…"},
		"no space at the cut": {"Learn Go well", 62, "Learn…"},
		"no room at all":      {"Learn Go", 0, "…"},
	} {
		if got := f.fit(title, c.in, c.room); got != c.want {
			t.Errorf("%s: fit(%q, %v) = %q, want %q", name, c.in, c.room, got, c.want)
		}
	}
}

// What people see as one character is kept or dropped as one.
func TestFitCutsBetweenCharacters(t *testing.T) {
	f := testFaces(t)
	s := strings.Repeat("e\u0301👩‍👩‍👧🇩🇪", 6)
	for room := 10.0; room < f.width(title, s); room += 3 {
		got := f.fit(title, s, room)
		kept := strings.TrimSuffix(got, "…")
		rest := s[len(kept):]
		if !strings.HasPrefix(s, kept) || uniseg.GraphemeClusterCount(kept)+uniseg.GraphemeClusterCount(rest) != uniseg.GraphemeClusterCount(s) {
			t.Fatalf("fit(%q, %v) = %q: cut inside a character", s, room, got)
		}
		if w := f.width(title, got); w > room && kept != "" {
			t.Fatalf("fit(%q, %v) = %q is %v wide", s, room, got, w)
		}
	}
}

func TestDrawable(t *testing.T) {
	for s, want := range map[string]bool{
		"Learn Go":         true,
		"Größe, naïve, œ":  true,
		"Сертификат Ελλάς": true,
		"“quotes” – 50 %…": true,
		"":                 true,
		"日本語":              false,
		"مهندس":            false,
		"עברית":            false,
		"हिन्दी":           false,
		"Go 🚀":             false,
		"cafe\u0301":       false,
		"a\u202eb":         false,
		"a\nb":             false,
		"\xff":             false,
		"\ufffd":           false,
	} {
		if got := drawable(s); got != want {
			t.Errorf("drawable(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Learn Go":          "Learn Go",
		"  a\r\n\tb\u00a0 ": "a b",
		"a\u202eb\u2066c":   "abc",
		"\x00\x1b[1m":       "[1m",
		"👩\u200d👧":          "👩\u200d👧",
		"\u200b":            "",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}
