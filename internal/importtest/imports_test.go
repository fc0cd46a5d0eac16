package importtest

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// root is the folder of go.mod.
func root(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Dir(strings.TrimSpace(string(out)))
}

// ours are all packages of the module as they are built, and a function that
// knows the standard library.
func ours(t *testing.T) ([]pkg, func(string) bool) {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-deps", "-json=ImportPath,Standard,Imports", "./...")
	cmd.Dir, cmd.Stderr = root(t), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	std := map[string]bool{"C": true, "unsafe": true}
	var pkgs []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Standard   bool
			Imports    []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("read go list: %v", err)
		}
		std[p.ImportPath] = p.Standard
		if path, ok := own(p.ImportPath); ok {
			pkgs = append(pkgs, pkg{path, p.Imports})
		}
	}
	return pkgs, func(path string) bool { return std[path] }
}

func TestImports(t *testing.T) {
	pkgs, isStd := ours(t)
	for _, v := range violations(pkgs, isStd) {
		t.Error(v)
	}
}

// The table and the tree must know each other: a rule for a package that is
// gone, or an owner that does not use its library, is a rule that cannot fail.
func TestRulesAreAboutSomething(t *testing.T) {
	pkgs, _ := ours(t)
	find := func(path string) (pkg, bool) {
		i := slices.IndexFunc(pkgs, func(p pkg) bool { return p.path == path })
		if i < 0 {
			return pkg{}, false
		}
		return pkgs[i], true
	}
	for _, r := range rules {
		for _, path := range append(slices.Concat(r.never, r.may), r.pkg) {
			if _, ok := find(path); !ok && path != "*" {
				t.Errorf("the rule of %s names %s: there is no such package", r.pkg, path)
			}
		}
	}
	for library, owner := range owners {
		p, ok := find(owner)
		if !ok || !slices.ContainsFunc(p.imports, func(imp string) bool { return within(imp, library) }) {
			t.Errorf("%s does not use %s, which only it may", owner, library)
		}
	}
}

func TestViolationsAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		pkgs []pkg
		want []string
	}{
		"standard library": {[]pkg{{"internal/career", []string{"time"}}}, nil},
		"calendar dates":   {[]pkg{{"internal/reading", []string{"waymark/internal/civil"}}}, nil},
		"a folder of its own": {
			[]pkg{{"internal/workspace", []string{"waymark/internal/workspace/blockkit", "github.com/coder/websocket/wsjson"}}}, nil,
		},
		"prompts": {
			[]pkg{{"prompts", []string{"waymark/internal/chat"}}},
			[]string{"prompts must never import internal/chat: it does through internal/chat"},
		},
		"a module in career": {
			[]pkg{{"internal/career", []string{"golang.org/x/text"}}},
			[]string{"internal/career imports golang.org/x/text: only the standard library is allowed"},
		},
		"another package in a corner": {
			[]pkg{{"internal/kv/kvtest", []string{"waymark/internal/chat"}}},
			[]string{"internal/kv/kvtest must never import internal/chat: it does through internal/chat"},
		},
		"through another package": {
			[]pkg{{"internal/store", []string{"waymark/internal/x"}}, {"internal/x", []string{"waymark/internal/kv/boltkv"}}},
			[]string{"internal/store must never import internal/kv/boltkv: it does through internal/x"},
		},
		"a library that belongs to one": {
			[]pkg{{"internal/coach", []string{"go.etcd.io/bbolt/errors"}}},
			[]string{"internal/coach imports go.etcd.io/bbolt/errors: only internal/kv/boltkv may"},
		},
		"the client in the workspace": {
			[]pkg{{"internal/workspace", []string{"github.com/slack-go/slack"}}},
			[]string{
				"internal/workspace imports github.com/slack-go/slack: only internal/slackapp may",
				"internal/workspace imports github.com/slack-go/slack: only the standard library is allowed",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := violations(c.pkgs, func(path string) bool { return path == "time" })
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}
