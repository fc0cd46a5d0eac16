package dialogue

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestCheck loads folders of prompts that are wrong. Each archive of
// testdata/check says what it shows, holds the files that differ from
// testdata/small (an empty one is taken away, DELETE takes all), and ends with
// everything that Load has to say, which -update rewrites.
func TestCheck(t *testing.T) {
	files, err := filepath.Glob("testdata/check/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives (%v)", err)
	}
	update := flag.Lookup("update").Value.String() == "true"
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fsys, want := wrong(t, ar)
			_, err = Load(fsys, smallVocabulary())
			if err == nil {
				t.Fatal("nothing was found wrong")
			}
			got := err.Error() + "\n"
			if update {
				if want == "" {
					ar.Files = append(ar.Files, txtar.File{Name: "problems"})
				}
				ar.Files[len(ar.Files)-1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// wrong is the folder of an archive, and what is expected to be wrong with it.
func wrong(t *testing.T, ar *txtar.Archive) (fsys fstest.MapFS, want string) {
	fsys = prompts(t, "testdata/small")
	for _, f := range ar.Files {
		switch {
		case f.Name == "problems":
			want = string(f.Data)
		case f.Name == "DELETE":
			clear(fsys)
		case len(f.Data) == 0:
			delete(fsys, f.Name)
		default:
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return fsys, want
}

// What is wrong is listed in the same order every time, whatever order maps are
// gone through in.
func TestCheckIsStable(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/check/missing.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys, _ := wrong(t, ar)
	_, first := Load(fsys, smallVocabulary())
	for range 20 {
		if _, again := Load(fsys, smallVocabulary()); again.Error() != first.Error() {
			t.Fatalf("first:\n%v\nthen:\n%v", first, again)
		}
	}
}
