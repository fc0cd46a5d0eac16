package reading

import (
	"slices"
	"testing"
)

func TestARemarkBehindNumbersIsNoName(t *testing.T) {
	options := []Option{{ID: "a", Label: "Learn Excel"}, {ID: "b", Label: "Ask HR"}, {ID: "c", Label: "Rest"}, {ID: "d", Label: "Read ads"}}
	if id, ok := Choose("1 i guess", options); !ok || id != "a" {
		t.Errorf(`Choose("1 i guess") = %q, %v, want a`, id, ok)
	}
	for text, want := range map[string][]string{
		"1 and 4 no pressure":  {"a", "d"},
		"1, 2 for now, thanks": {"a", "b"},
		"3 maybe":              {"c"},
	} {
		ids, rest, ok := ChooseMany(text, options)
		if !ok || len(rest) > 0 || !slices.Equal(ids, want) {
			t.Errorf("ChooseMany(%q) = %v, %q, %v, want %v and nothing left", text, ids, rest, ok, want)
		}
	}
	if got := unhedged("4 hours maybe"); got != "4 hours maybe" {
		t.Errorf("unhedged takes a remark off what is no list of numbers: %q", got)
	}
}
