package importtest

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// top is what stands at the top of the tree, besides names with a dot.
var top = []string{"Dockerfile", "LICENSE", "README.md", "cmd", "go.mod", "go.sum", "internal", "prompts"}

func TestTopLevel(t *testing.T) {
	var names []string
	for _, name := range entries(t) {
		if !strings.HasPrefix(name, ".") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff(top, slices.Compact(names)); diff != "" {
		t.Errorf("top of the tree (-want +got):\n%s", diff)
	}
}

// entries are the names at the top of the tree that belong to the project. Where
// git knows them, what it is told to ignore (a built binary, trial data) is left
// out; an unpacked release has no git and nothing to ignore.
func entries(t *testing.T) []string {
	t.Helper()
	dir := root(t)
	if _, err := os.Stat(dir + "/.git"); err == nil {
		cmd := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard")
		cmd.Dir = dir
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("git ls-files: %v", err)
		}
		var names []string
		for line := range strings.Lines(string(out)) {
			name, _, _ := strings.Cut(strings.TrimSpace(line), "/")
			names = append(names, name)
		}
		return names
	}
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}
