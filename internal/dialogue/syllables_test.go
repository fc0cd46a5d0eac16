package dialogue

import (
	"strings"
	"testing"
)

// syllableTable lists words by how many syllables they have: the coach's trade,
// and the traps of English spelling.
var syllableTable = map[int]string{
	1: `a the be I coach's asked called changed helped named planned played said wished makes takes times moves whole role whose eye
		hours league does goes you job goal gap month`,
	2: `about answer between career coaching colleague employ forward going language likely lately matter milestone wanted
		needed number often people placement pages chances boxes table centre titles title titled project question review
		saying simple someone something sometimes studied teacher timeline today trying useful client quiet being beyond
		business every namely safety careful senior driver`,
	3: `advantage another area behaviour company condition customer dialogue difficult easier employer everyone everywhere
		example idea important improvement interview manager period position remember somebody various video whoever
		interested management employee`,
	4: `actually certificate community education experience information obligation occupation priority society
		territory january everybody accountancy`,
	5: `opportunity qualification university organisation`,
	6: `responsibility`,
}

func TestSyllables(t *testing.T) {
	for want, list := range syllableTable {
		for _, w := range strings.Fields(list) {
			if got := syllables(strings.ToLower(w)); got != want {
				t.Errorf("syllables(%q) = %d, want %d", w, got, want)
			}
		}
	}
}

func TestSpoken(t *testing.T) {
	for word, want := range map[string]int{
		"first-aid": 2, "HR": 2, "911": 3, `"nurse",`: 1, "*People*": 2, "/goals": 1, "Slack's": 1, "colleagues’": 2, "…": 0, "I": 1,
	} {
		if got := spoken(word); got != want {
			t.Errorf("spoken(%q) = %d, want %d", word, got, want)
		}
	}
}

func FuzzSyllables(f *testing.F) {
	for _, list := range syllableTable {
		for _, w := range strings.Fields(list) {
			f.Add(w)
		}
	}
	f.Add("'s")
	f.Add("Grüße")
	f.Fuzz(func(t *testing.T, word string) {
		if n := syllables(word); n < 1 || n > 2*len(word)+1 {
			t.Errorf("syllables(%q) = %d", word, n)
		}
	})
}
