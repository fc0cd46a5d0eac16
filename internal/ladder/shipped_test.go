package ladder

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// shipped are the ladders that come with the program.
var shipped = sync.OnceValues(func() (*Ladders, error) { return Load(os.DirFS("../../prompts")) })

func load(t testing.TB) *Ladders {
	t.Helper()
	l, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// shared are names that mean two jobs, both of which are suggested.
var shared = []string{"sales", "salesman", "PM", "PT", "QA specialist", "QA manager", "head of QA"}

func TestEveryNameFindsItsRungFirst(t *testing.T) {
	l := load(t)
	names := 0
	for _, tr := range l.tracks {
		for i, r := range tr.rungs {
			if r.home != "" {
				continue
			}
			want := place{tr, i}.rung()
			for _, name := range append([]string{r.title}, r.also...) {
				names++
				got := l.Match(name, 2)
				if slices.Contains(shared, name) && slices.Contains(got, want) {
					continue
				}
				if len(got) == 0 || got[0] != want {
					t.Errorf("Match(%q) = %s, want %s first; %s names it", name, titles(got), want.Title, tr.file)
				}
			}
		}
	}
	if names < 5000 {
		t.Errorf("looked at %d names only", names)
	}
}

func titles(rungs []Rung) string {
	var out []string
	for _, r := range rungs {
		out = append(out, r.Title)
	}
	return strings.Join(out, ", ")
}
