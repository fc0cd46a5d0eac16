package ladder

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

func folder(a *txtar.Archive) fs.FS {
	fsys := fstest.MapFS{}
	for _, f := range a.Files {
		if f.Name != "problems" {
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return fsys
}

// Each archive is a folder with everything that is wrong with it.
func TestLoadListsEveryProblem(t *testing.T) {
	files, err := os.ReadDir("testdata")
	if err != nil || len(files) < 3 {
		t.Fatalf("testdata has %d files: %v", len(files), err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".txtar") {
			continue
		}
		t.Run(strings.TrimSuffix(f.Name(), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile("testdata/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			want := ""
			for _, f := range a.Files {
				if f.Name == "problems" {
					want = strings.TrimSpace(string(f.Data))
				}
			}
			l, err := Load(folder(a))
			var got Problems
			if !errors.As(err, &got) || l != nil {
				t.Fatalf("Load = %v, %v, want problems", l, err)
			}
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got.Error(), "\n")); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAFolderNeedsNoLadders(t *testing.T) {
	for name, fsys := range map[string]fs.FS{
		"no folder":        fstest.MapFS{"flows/a.yaml": {Data: []byte("flow: a")}},
		"an empty folder":  fstest.MapFS{"ladders": {Mode: fs.ModeDir}},
		"other files":      fstest.MapFS{"ladders/README.md": {Data: []byte("notes")}},
		"only a comment":   fstest.MapFS{"ladders/a.yaml": {Data: []byte("# nothing yet\n")}},
		"an empty file":    fstest.MapFS{"ladders/a.yaml": {}},
		"an empty list":    fstest.MapFS{"ladders/a.yaml": {Data: []byte("[]\n")}},
		"a document's end": fstest.MapFS{"ladders/a.yaml": {Data: []byte("---\n")}},
	} {
		l, err := Load(fsys)
		if err != nil || l.Titles() != 0 || l.Match("nurse", 5) != nil {
			t.Errorf("%s: Load = %v, %v, want none", name, l, err)
		}
	}
}

// A list may be written with brackets, with dashes or with commas alone.
func TestNamesMayBeWrittenInThreeWays(t *testing.T) {
	l, err := Load(fstest.MapFS{"ladders/a.yaml": {Data: []byte(`
- track: glass
  name: glass
  rungs:
    - title: Glass blower
      also: glass artist, lampworker,
        glass bender
      years: 0
    - title: Master of glass
      also: [glassmaster, "gaffer"]
      years: 3.5
    - title: Owner of a glassworks
      also:
        - glass entrepreneur
        - 7 Sisters glass
      years: 10
      soc: 51-9195.04
      zone: 3
`)}})
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]Rung{
		"glass bender":       {"glass", "glass", "Glass blower", 1, 0, 0},
		"lampworker":         {"glass", "glass", "Glass blower", 1, 0, 0},
		"gaffer":             {"glass", "glass", "Master of glass", 2, 3.5, 0},
		"glass entrepreneur": {"glass", "glass", "Owner of a glassworks", 3, 10, 3},
		"7 sisters glass":    {"glass", "glass", "Owner of a glassworks", 3, 10, 3},
	} {
		if diff := cmp.Diff([]Rung{want}, l.Match(typed, 1)); diff != "" {
			t.Errorf("Match(%q) (-want +got):\n%s", typed, diff)
		}
	}
}

// Whatever is in a file, it loads or says why not.
func FuzzLoad(f *testing.F) {
	f.Add([]byte("- track: a\n  name: a\n  rungs:\n    - {title: One, years: 0}\n    - {title: Two, years: 1}\n"))
	for _, s := range []string{"", "-", "- - -", "- track", "- track: [a]", "a: b", "- {track: a, rungs: {a: b}}", "- &a {track: *a}",
		"- track: !!binary a", "- <<: {track: a}", "- track: |\n    a\n  rungs: [1, 2]", "? a\n: b", "--- a\n--- b", "- track: a\n  rungs:\n  - title:\n      a: b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Load(fstest.MapFS{"ladders/a.yaml": {Data: data}})
		var ps Problems
		if err != nil && (!errors.As(err, &ps) || len(ps) == 0) {
			t.Fatalf("Load fails without problems: %v", err)
		}
		for _, p := range ps {
			if p.File != "ladders/a.yaml" || p.What == "" || p.Line < 0 {
				t.Errorf("a problem that helps nobody: %+v", p)
			}
		}
		if err == nil {
			l.Match("nurse", 5)
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(os.DirFS("../../prompts")); err != nil {
			b.Fatal(err)
		}
	}
}
