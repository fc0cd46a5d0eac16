package importtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// module is how the import paths of our own packages begin.
const module = "waymark"

// pkg is what the rules look at: one package without its tests.
type pkg struct {
	path    string   // below the module: "internal/career"
	imports []string // import paths as written in its files
}

// A rule says what a package and the folders below it must never import.
type rule struct {
	pkg string
	// never lists packages of ours, below the module, that must not be reached,
	// directly or through others. "*" stands for all of ours but those in may
	// and those below pkg itself.
	never []string
	may   []string
	// std allows the standard library and nothing else from outside, besides
	// the modules in libraries.
	std       bool
	libraries []string
}

// rules is the table of imports.
var rules = []rule{
	{pkg: "prompts", never: []string{"*"}},
	{pkg: "internal/civil", never: []string{"*"}, std: true},
	{pkg: "internal/career", never: []string{"*"}, may: []string{"internal/civil"}, std: true},
	{pkg: "internal/chat", never: []string{"*"}, std: true},
	{pkg: "internal/reading", never: []string{"*"}, may: []string{"internal/civil"}, std: true},
	{pkg: "internal/holidays", never: []string{"*"}, may: []string{"internal/civil"}, std: true, libraries: []string{"github.com/rickar/cal/v2", "github.com/arran4/golang-ical"}},
	{pkg: "internal/export", never: []string{"*"}, may: []string{"internal/chat", "internal/civil"}, std: true, libraries: []string{"github.com/arran4/golang-ical"}},
	{pkg: "internal/ladder", never: []string{"*"}, std: true, libraries: []string{"github.com/goccy/go-yaml"}},
	{pkg: "internal/dialogue", never: []string{"internal/store", "internal/coach", "internal/slackapp", "internal/reminder"}},
	{pkg: "internal/kv", never: []string{"*"}},
	{pkg: "internal/seal", never: []string{"*"}},
	{pkg: "internal/control", never: []string{"*"}, std: true},
	{pkg: "internal/store", never: []string{"internal/coach", "internal/slackapp", "internal/reminder", "internal/kv/boltkv"}},
	{pkg: "internal/rehearsal", never: []string{"internal/store", "internal/coach", "internal/slackapp", "internal/dialogue"}},
	{pkg: "internal/reminder", never: []string{"internal/store", "internal/coach", "internal/slackapp", "internal/dialogue"}},
	{pkg: "internal/coach", never: []string{"internal/slackapp", "internal/workspace", "internal/kv/boltkv"}},
	{pkg: "internal/slackapp", never: []string{"internal/store", "internal/dialogue", "internal/career", "internal/coach"}},
	{pkg: "internal/timeline", never: []string{"*"}, may: []string{"internal/civil"}, std: true, libraries: []string{"golang.org/x/image", "github.com/rivo/uniseg"}},
	{pkg: "internal/ops", never: []string{"*"}, may: []string{"internal/chat"}},
	{pkg: "internal/workspace", never: []string{"*"}, std: true, libraries: []string{"github.com/coder/websocket"}},
}

// owners says which package alone may use a library.
var owners = map[string]string{
	"github.com/slack-go/slack":  "internal/slackapp",
	"github.com/robfig/cron/v3":  "internal/reminder",
	"go.etcd.io/bbolt":           "internal/kv/boltkv",
	"github.com/rickar/cal/v2":   "internal/holidays",
	"github.com/tink-crypto":     "internal/seal",
	"golang.org/x/image":         "internal/timeline",
	"github.com/prometheus":      "internal/ops",
	"github.com/coder/websocket": "internal/workspace",

	"github.com/gorilla/websocket": "internal/slackapp",
	"github.com/alecthomas/kong":   "cmd/waymark",
}

// violations lists every import of pkgs that rules and owners forbid, sorted.
// isStd tells the standard library from modules.
func violations(pkgs []pkg, isStd func(path string) bool) []string {
	byPath := map[string]pkg{}
	for _, p := range pkgs {
		byPath[p.path] = p
	}
	bad := map[string]bool{}
	for _, p := range pkgs {
		for _, r := range rules {
			if within(p.path, r.pkg) {
				r.check(p, byPath, isStd, bad)
			}
		}
		for _, imp := range p.imports {
			for library, owner := range owners {
				if within(imp, library) && !within(p.path, owner) {
					bad[fmt.Sprintf("%s imports %s: only %s may", p.path, imp, owner)] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(bad))
}

// check adds what p breaks of r to bad.
func (r rule) check(p pkg, byPath map[string]pkg, isStd func(string) bool, bad map[string]bool) {
	for _, imp := range p.imports {
		if _, ours := own(imp); r.std && !ours && !isStd(imp) && !slices.ContainsFunc(r.libraries, func(l string) bool { return within(imp, l) }) {
			bad[fmt.Sprintf("%s imports %s: only the standard library is allowed", p.path, imp)] = true
		}
	}
	for path, via := range reach(p, byPath) {
		if r.forbids(path) {
			bad[fmt.Sprintf("%s must never import %s: it does through %s", p.path, path, via)] = true
		}
	}
}

func (r rule) forbids(path string) bool {
	for _, n := range r.never {
		if within(path, n) || n == "*" && !within(path, r.pkg) && !slices.ContainsFunc(r.may, func(m string) bool { return within(path, m) }) {
			return true
		}
	}
	return false
}

// reach is every package of ours that p depends on, with the import of p that
// leads there.
func reach(p pkg, byPath map[string]pkg) map[string]string {
	found := map[string]string{}
	var walk func(from pkg, via string)
	walk = func(from pkg, via string) {
		for _, imp := range from.imports {
			path, ours := own(imp)
			if !ours {
				continue
			}
			first := via
			if first == "" {
				first = path
			}
			if _, seen := found[path]; !seen {
				found[path] = first
				walk(byPath[path], first)
			}
		}
	}
	walk(p, "")
	return found
}

// own strips the module from an import path of ours.
func own(imp string) (path string, ok bool) { return strings.CutPrefix(imp, module+"/") }

// within reports whether path is dir or lies below it.
func within(path, dir string) bool { return path == dir || strings.HasPrefix(path, dir+"/") }
