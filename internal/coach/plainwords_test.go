package coach

import "testing"

func TestNothingIsNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"nothing, delete it": true, "none": true, "no": true, "delete it": true, "nothing": true,
		"no more overtime": false, "call two friends": false, "delete old mails": false, "that job fair": false,
	} {
		if got := nothingWords.MatchString(text); got != want {
			t.Errorf("%q says that there is nothing: %t, want %t", text, got, want)
		}
	}
}
