package slackapp

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClip(t *testing.T) {
	family := "👨‍👩‍👧‍👦" // 11 UTF-16 units, one letter to a reader
	for _, tt := range []struct {
		name, in string
		limit    int
		want     string
	}{
		{"what fits is left alone", "abc", 3, "abc"},
		{"what does not ends in an ellipsis", "abcd", 3, "ab…"},
		{"an accent stays with its letter", "cafe\u0301s au lait", 5, "caf…"},
		{"a family is not split", "a" + family + "b", 12, "a…"},
		{"a family that fits stays", "a" + family + "bc", 13, "a" + family + "…"},
		{"a flag is not split", "🇩🇪🇫🇷", 5, "🇩🇪…"},
		{"nothing fits", family, 5, "…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := clip(tt.in, tt.limit); got != tt.want {
				t.Errorf("clip(%q, %d) = %q, want %q", tt.in, tt.limit, got, tt.want)
			}
		})
	}
}

func FuzzClip(f *testing.F) {
	f.Add("hello", 3)
	f.Add("👨‍👩‍👧‍👦x", 4)
	f.Add("e\u0301\u0301\u0301\u0301", 2)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		if limit < 1 || limit > 100 || !utf8.ValidString(s) {
			return
		}
		if got := clip(s, limit); length(got) > limit || !utf8.ValidString(got) {
			t.Errorf("clip(%q, %d) = %q of length %d", s, limit, got, length(got))
		}
		if got := split(s, limit+1); strings.Join(got, "") != s {
			t.Errorf("split(%q, %d) = %q loses something", s, limit+1, got)
		}
		for _, piece := range split(s, limit+1) {
			if length(piece) > limit+1 {
				t.Errorf("split(%q, %d) has a piece of length %d", s, limit+1, length(piece))
			}
		}
	})
}

func TestLengthCountsUTF16(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "ä": 1, "😀": 2, "a\xffb": 3} {
		if got := length(s); got != want {
			t.Errorf("length(%q) = %d, want %d", s, got, want)
		}
	}
}
