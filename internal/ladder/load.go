package ladder

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Problem is one thing wrong with a folder of ladders.
type Problem struct {
	File string // below the folder of prompts: "ladders/health.yaml"
	Line int    // 0 when the whole file is meant
	What string // what is wrong and what to do
}

// String is "ladders/health.yaml:12: what is wrong and what to do".
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.What
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.What)
}

// Problems is everything that is wrong, in the order of files and lines.
type Problems []Problem

// Error lists every problem on a line of its own.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Load reads ladders/*.yaml from a folder of prompts and checks them. A folder
// without ladders/ gives Ladders that are empty. When anything is wrong it
// returns Problems that list all of it.
func Load(fsys fs.FS) (*Ladders, error) {
	ld := &loader{l: &Ladders{byID: map[string]*track{}, titles: map[string][]place{}}}
	entries, err := fs.ReadDir(fsys, "ladders")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, Problems{{File: "ladders", What: fmt.Sprintf("cannot be read: %v", err)}}
	}
	for _, e := range entries {
		name := path.Join("ladders", e.Name())
		switch path.Ext(name) {
		case ".yaml":
			ld.file(fsys, name)
		case ".yml":
			ld.problem(name, 0, "only files that end in .yaml are read; rename it")
		}
	}
	ld.check()
	if len(ld.bad) > 0 {
		slices.SortStableFunc(ld.bad, func(a, b Problem) int {
			if c := strings.Compare(a.File, b.File); c != 0 {
				return c
			}
			return a.Line - b.Line
		})
		return nil, ld.bad
	}
	ld.l.index = newIndex(ld.l)
	return ld.l, nil
}

// loader turns files into tracks and collects what is wrong with them. It walks
// the parsed file by itself, as a decoder would stop at the first mistake.
type loader struct {
	l    *Ladders
	bad  Problems
	name string // the file being read
}

func (ld *loader) problem(file string, line int, format string, args ...any) {
	ld.bad = append(ld.bad, Problem{file, line, fmt.Sprintf(format, args...)})
}

// at records a problem at a node of the file being read.
func (ld *loader) at(n ast.Node, format string, args ...any) {
	ld.problem(ld.name, line(n), format, args...)
}

func line(n ast.Node) int {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		n = m.Values[0].Key
	}
	if n == nil || n.GetToken() == nil {
		return 0
	}
	return n.GetToken().Position.Line
}

func (ld *loader) file(fsys fs.FS, name string) {
	ld.name = name
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		ld.problem(name, 0, "cannot be read: %v", err)
		return
	}
	f, err := parser.ParseBytes(data, 0)
	if err != nil {
		line, what := 0, err.Error()
		var ye yaml.Error
		if errors.As(err, &ye) && ye.GetToken() != nil {
			line, what = ye.GetToken().Position.Line, ye.GetMessage()
		}
		what, _, _ = strings.Cut(what, "\n")
		ld.problem(name, line, "this is not YAML: %s", what)
		return
	}
	for _, doc := range f.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.CommentType || doc.Body.Type() == ast.NullType {
			continue
		}
		list, ok := doc.Body.(*ast.SequenceNode)
		if !ok {
			ld.at(doc.Body, "the file is not a list of tracks; start each with - track: its-name")
			continue
		}
		for _, n := range list.Values {
			ld.track(n)
		}
	}
}

func (ld *loader) track(n ast.Node) {
	t := &track{file: ld.name, line: line(n)}
	ok := ld.fields(n, "a track", map[string]func(ast.Node){
		"track":   func(v ast.Node) { t.id = ld.text(v, "track") },
		"name":    func(v ast.Node) { t.name = ld.text(v, "name") },
		"related": func(v ast.Node) { t.related, t.relatedLine = ld.texts(v, "related"), line(v) },
		"rungs":   func(v ast.Node) { t.rungs = ld.rungs(v) },
	})
	if ok {
		ld.l.tracks = append(ld.l.tracks, t)
	}
}

func (ld *loader) rungs(n ast.Node) []rung {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		ld.at(n, "rungs is not a list; start each rung with - title: a job")
		return nil
	}
	var out []rung
	for _, v := range list.Values {
		if r, ok := ld.rung(v); ok {
			out = append(out, r)
		}
	}
	return out
}

// rung is false for what is no rung at all, once that is told.
func (ld *loader) rung(n ast.Node) (rung, bool) {
	r := rung{line: line(n), years: -1}
	titled := false
	ok := ld.fields(n, "a rung", map[string]func(ast.Node){
		"title": func(v ast.Node) { r.title, titled = ld.text(v, "title"), true },
		"also":  func(v ast.Node) { r.also = ld.texts(v, "also") },
		"home":  func(v ast.Node) { r.home = ld.text(v, "home") },
		"soc":   func(v ast.Node) { r.soc = ld.text(v, "soc") },
		"years": func(v ast.Node) {
			if err := yaml.NodeToValue(v, &r.years); err != nil || !(r.years >= 0 && r.years <= 60) {
				r.years = 0
				ld.at(v, "years is not a number of years from 0 to 60")
			}
		},
		"zone": func(v ast.Node) {
			if err := yaml.NodeToValue(v, &r.zone); err != nil || r.zone < 1 || r.zone > 5 {
				r.zone = 0
				ld.at(v, "zone is not 1, 2, 3, 4 or 5; leave it out when it is not known")
			}
		},
	})
	if ok && !titled {
		ld.at(n, "the rung has no title; add title: and what the job is called")
	}
	return r, ok && r.title != ""
}

// fields hands the value of each key to the function of that name. It is false
// for what has no keys.
func (ld *loader) fields(n ast.Node, what string, known map[string]func(ast.Node)) bool {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		ld.at(n, "%s has no keys; it may have: %s", what, keys(known))
		return false
	}
	for _, kv := range m.Values {
		key := kv.Key.String()
		if take, ok := known[key]; ok {
			take(kv.Value)
		} else {
			ld.at(kv.Key, "%s has no key %s; it may have: %s", what, key, keys(known))
		}
	}
	return true
}

func keys(known map[string]func(ast.Node)) string {
	var names []string
	for k := range known {
		names = append(names, k)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func (ld *loader) text(n ast.Node, key string) string {
	switch n.Type() {
	case ast.StringType, ast.LiteralType, ast.IntegerType, ast.FloatType:
		var s string
		if err := yaml.NodeToValue(n, &s); err == nil {
			return strings.Join(strings.Fields(s), " ")
		}
	case ast.NullType:
		ld.at(n, "%s is empty; fill it in or remove it", key)
		return ""
	}
	ld.at(n, "%s is not a text; write it in quotes", key)
	return ""
}

// texts reads names written with commas between them, or as a list.
func (ld *loader) texts(n ast.Node, key string) []string {
	var out []string
	if _, ok := n.(*ast.MappingNode); ok {
		ld.at(n, "%s is not a list of names; write them with commas between", key)
		return nil
	}
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		for s := range strings.SplitSeq(ld.text(n, key), ",") {
			if s = strings.TrimSpace(s); s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	for _, v := range list.Values {
		if s := ld.text(v, key); s != "" {
			out = append(out, s)
		}
	}
	return out
}
