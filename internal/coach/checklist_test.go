package coach

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/dialogue"
)

// methodIDs are the points of the coaching method: the sources' questions,
// branches, advice, examples, ideas and tone, one id each.
const methodIDs = `
S3.0.a S3.0.b S3.0.c S3.0.d
S3.D.a S3.D.b S3.D.c S3.D.d S3.D.e S3.D.f S3.D.g
S3.W.a S3.W.b S3.W.c S3.W.d S3.W.e
S3.1.0 S3.1.a S3.1.b S3.1.b2 S3.1.b3 S3.1.c S3.1.d S3.1.d2 S3.1.e S3.1.e2 S3.1.e3 S3.1.e4
S3.1.f S3.1.f1 S3.1.f2 S3.1.f3 S3.1.g S3.1.g2 S3.1.h S3.1.h2 S3.1.h3 S3.1.h4
S3.2.0 S3.2.a S3.2.a2 S3.2.b S3.2.c S3.2.c2 S3.2.c3
S3.3.0 S3.3.a S3.3.b S3.3.c S3.4.0 S3.4.a S3.4.b S3.4.c S3.5
S2.C.a S2.C.b S2.C.c S2.D.1 S2.D.2 S2.D.3 S2.D.4 S2.D.5 S2.D.6 S2.D.7 S2.1 S2.2 S2.3 S2.4 S2.5
S0.1 S0.2 S0.3 S0.4 S0.5 S0.5.a S0.5.b S0.5.c S0.6.a S0.6.b S0.6.c S0.7 S0.8
S1.1 S1.2 S1.3 S1.4 S1.5 S1.6 S1.7 S1.8 S1.9 S1.10 S1.11 S1.12
`

// never are the points that the coach must not show.
var never = []string{"S1.12", "S3.D.d"}

// checklistRow is one point of the method and where a person meets it.
type checklistRow struct {
	line     int
	id, mark string
	proofs   []string
}

// readChecklist reads testdata/checklist.tsv: the points, and those that the
// head of the file names as missing.
func readChecklist(t *testing.T) (rows []checklistRow, missing []string) {
	t.Helper()
	data, err := os.ReadFile("testdata/checklist.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\n")
		if rest, ok := strings.CutPrefix(line, "# missing:"); ok {
			missing = append(missing, strings.Fields(rest)...)
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 4 || slices.Contains(f, "") {
			t.Fatalf("testdata/checklist.tsv:%d: want id, mark, what it is about and at least one proof, with one tab between them", n)
		}
		rows = append(rows, checklistRow{n, f[0], f[1], f[3:]})
	}
	return rows, missing
}

// TestChecklist keeps the promise that a person meets every point of the method:
// each id has a proof, and no proof is about something that is gone.
func TestChecklist(t *testing.T) {
	rows, listed := readChecklist(t)
	p := newProver(t)
	var ids, missing, hidden []string
	for _, r := range rows {
		ids = append(ids, r.id)
		if r.mark == "never" {
			hidden = append(hidden, r.id)
		} else if r.mark != "show" {
			t.Errorf("line %d: %s is marked %q; a point is marked show or never", r.line, r.id, r.mark)
		}
		for _, proof := range r.proofs {
			if proof == "missing" {
				missing = append(missing, r.id)
				continue
			}
			if err := p.check(proof); err != nil {
				t.Errorf("line %d: %s: %s: %v", r.line, r.id, proof, err)
			}
		}
	}
	if diff := cmp.Diff(strings.Fields(methodIDs), ids); diff != "" {
		t.Errorf("the ids of the table (-want +got):\n%s", diff)
	}
	slices.Sort(hidden)
	if diff := cmp.Diff(never, hidden); diff != "" {
		t.Errorf("what is never shown (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(listed, missing); diff != "" {
		t.Errorf("the head of the table lists what is missing, and that list may only become shorter (-listed +missing):\n%s", diff)
	}
}

// A proof is one of
//
//	text:FLOW.STEP contains "…"        a step's question, why, example, choices or what it says
//	text:KEY contains "…"              one of the texts, by its key
//	talk:FILE has "…"                  a line that the coach says in a conversation below internal/
//	rule:TestName in DIR               a test
//	rule:TestName in DIR has "…"       a test whose file holds this, such as the name of a row
var proofForm = regexp.MustCompile(`^(text|talk|rule):(\S+)(?: in (\S+))?(?: (?:contains|has) (".+"))?$`)

// prover looks proofs up.
type prover struct {
	book  *dialogue.Book
	texts map[string]string
	tests map[string]map[string]string // folder, name of the test, source of its file
}

func newProver(t *testing.T) *prover {
	return &prover{shipped(t), textFiles(t), map[string]map[string]string{}}
}

func (p *prover) check(proof string) error {
	m := proofForm.FindStringSubmatch(proof)
	if m == nil {
		return fmt.Errorf("not a proof that can be read")
	}
	kind, name, dir, words := m[1], m[2], m[3], ""
	if m[4] != "" {
		var err error
		if words, err = strconv.Unquote(m[4]); err != nil {
			return fmt.Errorf("%s: %w", m[4], err)
		}
	}
	var where string
	switch kind {
	case "text":
		where = p.said(name)
	case "talk":
		where = coachLines(filepath.Join("..", name))
	case "rule":
		if dir == "" {
			return fmt.Errorf("say in which folder the test is")
		}
		source, ok := p.testsOf(dir)[name]
		if !ok {
			return fmt.Errorf("there is no such test")
		}
		if words == "" {
			return nil
		}
		where = source
	}
	if where == "" {
		return fmt.Errorf("there is no %s of that name", kind)
	}
	if words == "" || !strings.Contains(flat(where), flat(words)) {
		return fmt.Errorf("the words are not there")
	}
	return nil
}

// said is everything a step or a text says; empty when there is none.
func (p *prover) said(name string) string {
	if s, ok := p.book.Step(name); ok {
		return strings.Join(stepTexts(s), "\n")
	}
	return p.texts[name]
}

// coachLines are the lines of a conversation that the coach says.
func coachLines(file string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "    ") {
			out = append(out, line)
		}
	}
	return strings.Join(out, "")
}

// testsOf are the tests of a folder, by name, with the source of their file.
func (p *prover) testsOf(dir string) map[string]string {
	if tests, ok := p.tests[dir]; ok {
		return tests
	}
	tests := map[string]string{}
	p.tests[dir] = tests
	files, _ := filepath.Glob(filepath.Join("..", "..", dir, "*_test.go"))
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, source, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && strings.HasPrefix(fn.Name.Name, "Test") {
				tests[fn.Name.Name] = string(source)
			}
		}
	}
	return tests
}

// flat is a text on one line.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestProofsCanFail(t *testing.T) {
	p := newProver(t)
	for proof, want := range map[string]string{
		`text:have.job contains "What is your job today?"`: "",
		`text:have.job contains "What is your shoe size?"`: "the words are not there",
		`text:have.job`:                                                       "the words are not there",
		`text:have.gone contains "job"`:                                       "no text of that name",
		`text:say.privacy contains "Two exceptions"`:                          "the words are not there",
		`text:say.privacy contains "There are two exceptions"`:                "",
		`talk:coach/testdata/talks/content.txt has "is a complete answer"`:    "",
		`talk:coach/testdata/talks/content.txt has "ana: ice-cream shop"`:     "the words are not there",
		`talk:coach/testdata/talks/gone.txt has "is a complete answer"`:       "no talk of that name",
		`rule:TestProofsCanFail in internal/coach`:                            "",
		`rule:TestProofsCanFail in internal/coach has "TestProofsCanFail in"`: "",
		`rule:TestThatIsGone in internal/coach`:                               "no such test",
		`rule:TestProofsCanFail`:                                              "in which folder",
		`hope: it is somewhere`:                                               "not a proof",
	} {
		err := p.check(proof)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("check(%s) = %v, want %q", proof, err, want)
		}
	}
}
