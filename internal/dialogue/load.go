package dialogue

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Vocabulary is what the application knows and a flow or text may refer to.
type Vocabulary struct {
	Entries   []string // flows that the application opens itself
	Providers []string // what `from:` may name
	Effects   []string // what `do:` may name
	Shows     []string // what `show:` may name
	Checks    []string // what `check:` may name
	Fields    []string // fields every step's texts may use besides the slots
	Slots     []string // slots the application reads; each must be filled somewhere
	// Texts are what it says, each with its fields; "group.*" stands for any
	// text of a group, and for none.
	Texts map[string][]string
}

// Problem is one thing wrong with a folder of prompts.
type Problem struct {
	File string
	Line int // 0 when the whole file is meant
	What string
}

// String is "flows/have.yaml:12: what is wrong and what to do".
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

// Book is a checked set of flows and texts. It does not change once loaded.
type Book struct {
	flows map[string]*Flow
	texts map[string]*template.Template
	slots map[string]bool
	vocab Vocabulary

	asks    map[*Step]stepTexts
	topical map[string]bool // flows that a correction can be about
	files   map[string]*ast.File
	bad     Problems
	// unread says that a file could not be read: what seems to be missing
	// elsewhere may be in it.
	unread bool
}

type stepTexts struct{ ask, why, eg, ack, say *template.Template }

// Load reads flows/*.yaml and texts/*.yaml from fsys and checks them. When
// anything is wrong it returns Problems that list all of it.
func Load(fsys fs.FS, v Vocabulary) (*Book, error) {
	b := &Book{flows: map[string]*Flow{}, texts: map[string]*template.Template{}, slots: map[string]bool{}, vocab: v,
		asks: map[*Step]stepTexts{}, files: map[string]*ast.File{}}
	b.loadFlows(fsys)
	b.loadTexts(fsys)
	b.check()
	if len(b.bad) > 0 {
		slices.SortFunc(b.bad, func(x, y Problem) int {
			return cmp.Or(strings.Compare(x.File, y.File), x.Line-y.Line, strings.Compare(x.What, y.What))
		})
		return nil, slices.Compact(b.bad)
	}
	b.files, b.topical = nil, map[string]bool{}
	for id := range b.flows {
		b.topical[id] = b.hasTopics(id)
	}
	return b, nil
}

func (b *Book) problem(file string, line int, format string, args ...any) {
	b.bad = append(b.bad, Problem{file, line, fmt.Sprintf(format, args...)})
}

func (b *Book) read(fsys fs.FS, pattern string, each func(file string, data []byte)) {
	names, err := fs.Glob(fsys, pattern)
	if err != nil || len(names) == 0 {
		b.unread = true
		b.problem(path.Dir(pattern), 0, "there is no .yaml file in this folder; a set of prompts has flows/ and texts/")
	}
	others, _ := fs.Glob(fsys, strings.TrimSuffix(pattern, ".yaml")+".yml")
	for _, name := range others {
		b.unread = true
		b.problem(name, 0, "only files that end in .yaml are read; rename it to %s", strings.TrimSuffix(path.Base(name), ".yml")+".yaml")
	}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			b.unread = true
			b.problem(name, 0, "cannot be read: %v", err)
			continue
		}
		f, err := parser.ParseBytes(data, 0)
		if err != nil {
			b.yamlProblem(name, err)
			continue
		}
		if len(f.Docs) > 1 {
			b.problem(name, f.Docs[1].GetToken().Position.Line, "what stands below a line of three dashes is not read; make it a file of its own")
		}
		b.files[name] = f
		each(name, data)
	}
}

func (b *Book) loadFlows(fsys fs.FS) {
	b.read(fsys, "flows/*.yaml", func(file string, data []byte) {
		f := &Flow{file: file, byID: map[string]*Step{}}
		if err := yaml.UnmarshalWithOptions(data, f, yaml.Strict()); err != nil {
			b.yamlProblem(file, err)
			return
		}
		if f.ID == "" {
			b.unread = true
			b.problem(file, 1, "the file has no name: start it with flow: %s", strings.TrimSuffix(path.Base(file), ".yaml"))
			return
		}
		if other, ok := b.flows[f.ID]; ok {
			b.unread = true
			b.problem(file, 1, "flow %s is in %s already; give this one another name", f.ID, other.file)
			return
		}
		b.flows[f.ID] = f
		for i := range f.Steps {
			s := &f.Steps[i]
			s.flow, s.index = f, i
			switch {
			case s.ID == "":
				b.at(s, "", "step %d has no id", i+1)
			case s.ID == End:
				b.at(s, "id", "a step cannot be called %q, which ends a flow", End)
			case f.byID[s.ID] != nil:
				b.at(s, "id", "step id %s is used twice in this flow", s.ID)
			}
			f.byID[s.ID] = s
			if s.asks() {
				b.slots[s.SlotName()] = true
			}
		}
	})
}

func (b *Book) loadTexts(fsys fs.FS) {
	seen := map[string]string{}
	b.read(fsys, "texts/*.yaml", func(file string, data []byte) {
		var m yaml.MapSlice
		if err := yaml.UnmarshalWithOptions(data, &m, yaml.UseOrderedMap()); err != nil {
			b.yamlProblem(file, err)
			return
		}
		b.flatten(file, "", m, seen)
	})
	for key := range b.vocab.Texts {
		if _, ok := seen[key]; !ok && !b.unread && !strings.HasSuffix(key, ".*") {
			b.problem("texts", 0, "the text %s is missing; add it to one of the files in this folder", key)
		}
	}
}

func (b *Book) flatten(file, prefix string, m yaml.MapSlice, seen map[string]string) {
	for _, it := range m {
		key := prefix + fmt.Sprint(it.Key)
		switch v := it.Value.(type) {
		case yaml.MapSlice:
			b.flatten(file, key+".", v, seen)
			continue
		case string:
			if other, ok := seen[key]; ok {
				b.textProblem(file, key, "the text %s is in %s already", key, other)
				continue
			}
			seen[key] = file
			b.text(file, key, v)
		default:
			b.textProblem(file, key, "%s is not a text; write it in quotes", key)
		}
	}
}

func (b *Book) textProblem(file, key, format string, args ...any) {
	b.problem(file, b.line(file, "$."+key), format, args...)
}

// text checks one text and keeps it.
func (b *Book) text(file, key, text string) {
	fields, known := b.textFields(key)
	if !known {
		b.textProblem(file, key, "nothing says the text %s; remove it or mend its name", key)
		return
	}
	t, err := compile(key, text, func(f string) bool { return slices.Contains(fields, f) })
	var unknown fieldsError
	switch {
	case strings.TrimSpace(text) == "":
		b.textProblem(file, key, "text %s is empty; write what the coach says", key)
	case utf8.RuneCountInString(text) > maxText:
		b.textProblem(file, key, "text %s has %d characters; Slack shows at most %d in one piece", key, utf8.RuneCountInString(text), maxText)
	case errors.As(err, &unknown):
		b.textProblem(file, key, "text %s: %s; it may use: %s", key, err, fieldList(fields))
	case err != nil:
		b.textProblem(file, key, "text %s: %s", key, err)
	}
	b.texts[key] = t
}

// textFields are the fields of a text, found by its key or by "group.*".
func (b *Book) textFields(key string) ([]string, bool) {
	if f, ok := b.vocab.Texts[key]; ok {
		return f, true
	}
	for i := strings.LastIndex(key, "."); i > 0; i = strings.LastIndex(key[:i], ".") {
		if f, ok := b.vocab.Texts[key[:i]+".*"]; ok {
			return f, true
		}
	}
	return nil, false
}

func fieldList(fields []string) string {
	if len(fields) == 0 {
		return "no fields"
	}
	return "{{." + strings.Join(fields, "}}, {{.") + "}}"
}

// at records a problem of a step, at the line of one of its keys; "next[1]" and
// "choices.yes" are at the line of next or choices where they have none.
func (b *Book) at(s *Step, key, format string, args ...any) {
	p := fmt.Sprintf("$.steps[%d]", s.index)
	outer, _, _ := strings.Cut(strings.ReplaceAll(key, "[", "."), ".")
	line := 0
	for _, k := range []string{"." + key, "." + outer, ".id", ""} {
		if line == 0 && k != "." {
			line = b.line(s.flow.file, p+k)
		}
	}
	b.problem(s.flow.file, line, "%s", fmt.Sprintf(format, args...))
}

func (b *Book) line(file, at string) int {
	f := b.files[file]
	if f == nil {
		return 0
	}
	p, err := yaml.PathString(at)
	if err != nil {
		return 0
	}
	n, err := p.FilterFile(f)
	if err != nil || n == nil || n.GetToken() == nil {
		return 0
	}
	return n.GetToken().Position.Line
}

// Text says one of the application's texts. A key that is not there gives its
// own name, which the checker has excluded for every key the vocabulary lists.
func (b *Book) Text(key string, fields map[string]any) string {
	t, ok := b.texts[key]
	if !ok {
		return key
	}
	return strings.TrimSpace(execute(t, fields))
}

// HasText reports whether there is a text of that key.
func (b *Book) HasText(key string) bool { return b.texts[key] != nil }

// Flow is a flow by its id.
func (b *Book) Flow(id string) (*Flow, bool) {
	f, ok := b.flows[id]
	return f, ok
}

// Step is a step by its name, "flow.step", or by a name it had before.
func (b *Book) Step(name string) (*Step, bool) {
	flow, id, ok := strings.Cut(name, ".")
	f := b.flows[flow]
	if !ok || f == nil {
		return nil, false
	}
	if s := f.byID[id]; s != nil {
		return s, true
	}
	for i := range f.Steps {
		if slices.Contains(f.Steps[i].Was, id) {
			return &f.Steps[i], true
		}
	}
	return nil, false
}
