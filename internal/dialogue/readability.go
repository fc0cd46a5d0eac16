package dialogue

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// MaxGrade is the highest school grade a flow in English should need.
const MaxGrade = 8

// Grade is how hard a flow, or a file of texts, is to read.
type Grade struct {
	Name      string // the flow's id, or the name of the file of texts
	File      string // "flows/have.yaml"
	Flow      bool   // a flow; false for a file of texts
	Questions int    // how many of its steps ask
	Words     int
	Sentences int
	Syllables int
	Hardest   []Sentence // up to three, the hardest first
}

// Sentence is one sentence of a flow or a file of texts.
type Sentence struct {
	Text  string // with a placeholder where a field stands
	Where string // the step's id or the text's key
	Line  int    // of the file
	Words int

	syllables int
}

// Level is the Flesch-Kincaid grade: the years of school in the USA that an
// English text asks for, from 0.
func (g Grade) Level() float64 { return level(g.Words, g.Sentences, g.Syllables) }

func level(words, sentences, syllables int) float64 {
	if words == 0 {
		return 0
	}
	perSentence := float64(words) / float64(max(sentences, 1))
	perWord := float64(syllables) / float64(words)
	return max(0, 0.39*perSentence+11.8*perWord-15.59)
}

// Problem tells what to do about a flow that is harder to read than the grade
// limit; false when it is not.
func (g Grade) Problem(limit float64) (Problem, bool) {
	if !g.Flow || g.Level() <= limit {
		return Problem{}, false
	}
	var hard []string
	for _, s := range g.Hardest {
		hard = append(hard, fmt.Sprintf("%s, %d words: %q", s.Where, s.Words, shorten(s.Text, 60)))
	}
	return Problem{g.File, g.Hardest[0].Line, fmt.Sprintf("flow %s reads at grade %.1f; at most %g can be read by nearly everybody. Make these sentences shorter or use shorter words: %s",
		g.Name, g.Level(), limit, strings.Join(hard, "; "))}, true
}

func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:n-1])) + "…"
}

// Readability grades every flow (its questions with why and example, and what it
// says) and every file of texts, in the order of their files. It is apart from
// Load because the formula only knows English: prompts in another language must
// start all the same.
func Readability(fsys fs.FS) ([]Grade, error) {
	b := &Book{flows: map[string]*Flow{}, slots: map[string]bool{}, files: map[string]*ast.File{}}
	b.loadFlows(fsys)
	var grades []Grade
	for _, f := range b.flows {
		grades = append(grades, b.gradeFlow(f))
	}
	b.read(fsys, "texts/*.yaml", func(file string, data []byte) {
		var m yaml.MapSlice
		if err := yaml.UnmarshalWithOptions(data, &m, yaml.UseOrderedMap()); err != nil {
			b.yamlProblem(file, err)
			return
		}
		g := Grade{Name: strings.TrimSuffix(path.Base(file), ".yaml"), File: file}
		b.gradeTexts(&g, "", m)
		grades = append(grades, g)
	})
	if len(b.bad) > 0 {
		return nil, b.bad
	}
	slices.SortFunc(grades, func(x, y Grade) int { return cmp.Compare(x.File, y.File) })
	for i := range grades {
		grades[i].sortHardest()
	}
	return grades, nil
}

func (b *Book) gradeFlow(f *Flow) Grade {
	g := Grade{Name: f.ID, File: f.file, Flow: true}
	for i := range f.Steps {
		s := &f.Steps[i]
		if s.asks() && s.Ask != "" {
			g.Questions++
		}
		for _, t := range []struct{ key, text string }{{"ask", s.Ask}, {"why", s.Why}, {"example", s.Eg}, {"ack", s.Ack}, {"say", s.Say}} {
			if t.text != "" {
				g.add(s.ID, b.line(f.file, fmt.Sprintf("$.steps[%d].%s", i, t.key)), t.text)
			}
		}
	}
	return g
}

func (b *Book) gradeTexts(g *Grade, prefix string, m yaml.MapSlice) {
	for _, it := range m {
		key := prefix + fmt.Sprint(it.Key)
		switch v := it.Value.(type) {
		case yaml.MapSlice:
			b.gradeTexts(g, key+".", v)
		case string:
			g.add(key, b.line(g.File, "$."+key), v)
		}
	}
}

// add counts a template's text. One that cannot be parsed counts for nothing:
// Load says what is wrong with it.
func (g *Grade) add(where string, line int, text string) {
	for _, t := range sentences(bare(text)) {
		s := Sentence{Text: t, Where: where, Line: line}
		for _, w := range words(t) {
			s.Words++
			s.syllables += spoken(w)
		}
		if s.Words == 0 {
			continue
		}
		g.Sentences++
		g.Words += s.Words
		g.Syllables += s.syllables
		g.Hardest = append(g.Hardest, s)
	}
}

// sortHardest keeps the sentences that add most to the grade: the long ones, and
// those of long words.
func (g *Grade) sortHardest() {
	slices.SortStableFunc(g.Hardest, func(x, y Sentence) int { return cmp.Compare(y.syllables, x.syllables) })
	g.Hardest = g.Hardest[:min(len(g.Hardest), 3)]
}

// placeholder stands for whatever a field is filled with.
const placeholder = "answer"

// bare is a template's text without its actions. Where it branches, the first
// branch is taken as it stands and the others follow as texts of their own.
func bare(text string) string {
	return fill(text, func(string) string { return placeholder })
}

// fill is a template's text with something in the place of each field; place is
// given what the action says, such as ".item", or what its dot stands for.
func fill(text string, place func(action string) string) string {
	t, err := compile("text", text, func(string) bool { return true })
	if err != nil || t.Tree == nil || t.Root == nil {
		return ""
	}
	var b strings.Builder
	type other struct {
		nodes *parse.ListNode
		dot   string
	}
	var others []other
	var write func(n parse.Node, dot string)
	branch := func(n *parse.BranchNode, dot, inside string) {
		write(n.List, inside)
		if n.ElseList != nil {
			others = append(others, other{n.ElseList, dot})
		}
	}
	write = func(n parse.Node, dot string) {
		switch n := n.(type) {
		case *parse.ListNode:
			for _, c := range n.Nodes {
				write(c, dot)
			}
		case *parse.TextNode:
			b.Write(n.Text)
		case *parse.ActionNode:
			action := n.Pipe.String()
			if action == "." {
				action = dot
			}
			if len(n.Pipe.Decl) == 0 {
				b.WriteString(place(action))
			}
		case *parse.IfNode:
			branch(&n.BranchNode, dot, dot)
		case *parse.WithNode:
			branch(&n.BranchNode, dot, n.Pipe.String())
		case *parse.RangeNode:
			branch(&n.BranchNode, dot, n.Pipe.String())
		}
	}
	write(t.Root, ".")
	for len(others) > 0 {
		next := others[0]
		others = others[1:]
		b.WriteString("\n\n")
		write(next.nodes, next.dot)
	}
	return b.String()
}

var (
	newParagraph = regexp.MustCompile(`\n\s*\n|\n\s*- `)
	// A sentence ends at a mark that is followed by a space and something other
	// than a small letter: "If it is … then" goes on.
	sentenceEnd = regexp.MustCompile("[.!?…]+[\"'”’)*_`]*\\s+")
)

// sentences cuts a text at the ends of sentences, paragraphs and list items.
func sentences(text string) []string {
	var out []string
	for _, para := range newParagraph.Split(text, -1) {
		start := 0
		for _, m := range sentenceEnd.FindAllStringIndex(para, -1) {
			rest := strings.TrimLeft(para[m[1]:], "\"'“‘(*_`")
			if r, _ := utf8.DecodeRuneInString(rest); unicode.IsLower(r) {
				continue
			}
			out = append(out, strings.TrimSpace(para[start:m[1]]))
			start = m[1]
		}
		out = append(out, strings.TrimSpace(para[start:]))
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// words are the words and numbers of a sentence.
func words(sentence string) []string {
	return slices.DeleteFunc(strings.Fields(sentence), func(w string) bool {
		return !strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	})
}

var wordPart = regexp.MustCompile(`\p{L}[\p{L}'’]*|\d`)

// spoken is how many syllables a word has when it is read aloud: "first-aid" is
// read as two words, "HR" and "911" letter by letter.
func spoken(word string) int {
	n := 0
	for _, p := range wordPart.FindAllString(word, -1) {
		if len(p) <= 3 && len(p) > 1 && p == strings.ToUpper(p) {
			n += len(p)
		} else {
			n += syllables(strings.ToLower(p))
		}
	}
	return n
}
