package importtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// clockFile is the one file below internal/ that reads the wall clock.
const clockFile = "internal/bot/clock.go"

// readsClock lists where a file reads the wall clock: every mention of
// time.Now, time.Since or time.Until, called or passed on.
func readsClock(fset *token.FileSet, f *ast.File) []string {
	name := ""
	for _, imp := range f.Imports {
		if imp.Path.Value == `"time"` {
			name = "time"
			if imp.Name != nil {
				name = imp.Name.Name
			}
		}
	}
	var found []string
	ast.Inspect(f, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || !slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && name != "" && x.Name == name {
			found = append(found, fmt.Sprintf("line %d: time.%s", fset.Position(sel.Pos()).Line, sel.Sel.Name))
		}
		return true
	})
	return found
}

func TestNobodyReadsTheWallClock(t *testing.T) {
	top := root(t)
	files := 0
	for _, dir := range []string{"internal", "prompts"} {
		err := filepath.WalkDir(filepath.Join(top, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			rel, _ := filepath.Rel(top, path)
			if filepath.ToSlash(rel) == clockFile {
				return nil
			}
			files++
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, where := range readsClock(fset, f) {
				t.Errorf("%s, %s: take the time as an argument or from a Now function", rel, where)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 50 {
		t.Errorf("looked at %d files only: the walk misses the tree", files)
	}
}

func TestReadsClockFinds(t *testing.T) {
	for src, want := range map[string][]string{
		`import "time"; var t = time.Now()`:                {"line 1: time.Now"},
		`import "time"; var f func() time.Time = time.Now`: {"line 1: time.Now"},
		`import clock "time"; var f = clock.Now`:           {"line 1: time.Now"},
		`import "time"; var d = time.Since(t)`:             {"line 1: time.Since"},
		`import "time"; var d = time.Hour`:                 nil,
		`var d = s.Now()`:                                  nil,
		`import "time"; var d = cfg.Now().Add(time.Hour)`:  nil,
	} {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "x.go", "package x; "+src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, readsClock(fset, f)); diff != "" {
			t.Errorf("readsClock(%s) (-want +got):\n%s", src, diff)
		}
	}
}
