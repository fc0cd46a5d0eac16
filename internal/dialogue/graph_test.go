package dialogue

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml/ast"
	"github.com/google/go-cmp/cmp"

	_ "waymark/internal/transcript" // defines -update
)

// everyStep has a flow with every kind of step and of way on, and text that
// would mean something to Mermaid or to HTML.
var everyStep = fstest.MapFS{
	"flows/day.yaml": {Data: []byte(`flow: day
about: one "day" <b>&amp; night
steps:
  - id: hello
    say: |
      Hi{{with .name}} {{.}}{{end}}! It is {{or .mood "a day"}}.

      Say ` + "`back`" + ` #1 \ or "wait".
  - id: mood
    kind: choice
    own: true
    ask: How <i>is</i> it? "Good" & fine.
    why: I ask because.
    example: Type "good".
    choices: {good: "Good; really", bad: Bad, unsure: I'm not sure}
    default: good
    next:
      - if: {mood: [good, skipped]}
        then: tasks
      - if: {mood: unsure}
        then: rest
      - else: energy
  - id: energy
    kind: scale
    ask: How much?
    why: I ask because.
    example: A number.
    next:
      - if: {energy: ["<=3", none], mood: bad}
        then: rest
      - if: {energy: unsure}
        then: tasks
      - else: tasks
  - id: rest
    do: hold
    next: end
  - id: tasks
    kind: multi
    from: things
    show: plan
    check: [possible]
    ask: Which ones?
    why: I ask because.
    example: Type 1.
  - id: everything
    slot: all_tasks
    kind: multi
    from: things
    take: all
  - id: per_task
    call: task
    each: all_tasks
    next:
      - if: {length: [some]}
        then: end
      - else: bye
  - id: bye
    do: wave
`)},
	"flows/task.yaml": {Data: []byte(`flow: task
about: one thing
item: all_tasks
steps:
  - id: kind
    next:
      - if: {item_kind: [chore, errand]}
        then: length
      - else: deeper
  - id: length
    kind: duration
    also: {date: from_day}
    ask: How long does {{.item}} take?
    why: I ask because.
    example: For example "a year".
  - id: from_day
    kind: date
    ask: From when?
    why: I ask because.
    example: For example "May".
    next: end
  - id: deeper
    call: deep
`)},
	"flows/deep.yaml": {Data: []byte(`flow: deep
about: far down
steps:
  - id: one
    say: Down here.
`)},
	"texts/say.yaml": {Data: []byte("say: {bye: Bye.}\n")},
}

func TestGraph(t *testing.T) {
	own, err := Load(everyStep, Vocabulary{
		Entries: []string{"day"}, Providers: []string{"things"}, Effects: []string{"wave"}, Shows: []string{"plan"}, Checks: []string{"possible"},
		Fields: []string{"name"}, Texts: map[string][]string{"say.bye": nil},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		book *Book
		flow string
		as   Drawing
		file string
	}{
		{own, "day", DrawText, "day.txt"},
		{own, "day", DrawMermaid, "day.mmd"},
		{shippedFlows(t), "literal", DrawText, "literal.txt"},
		{shippedFlows(t), "literal", DrawMermaid, "literal.mmd"},
	} {
		t.Run(c.file, func(t *testing.T) {
			got, err := c.book.Graph(c.flow, c.as)
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "graph", c.file)
			if f := flag.Lookup("update"); f.Value.String() == "true" {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("Graph(%q, %q) (-want +got); if that is right, run with -update:\n%s", c.flow, c.as, diff)
			}
		})
	}
}

func TestGraphOfWhatIsNotThere(t *testing.T) {
	b := shippedFlows(t)
	if _, err := b.Graph("nowhere", DrawText); err == nil || !strings.Contains(err.Error(), "there are: ") || !strings.Contains(err.Error(), "literal") {
		t.Errorf("Graph of a flow that is not there: %v; want the flows that are", err)
	}
	if _, err := b.Graph("literal", "svg"); err == nil || !strings.Contains(err.Error(), "text or mermaid") {
		t.Errorf("Graph in a form that is not there: %v; want the forms that are", err)
	}
}

// Whatever the flows become, every one can be drawn, and no text of theirs
// breaks out of its box.
func TestGraphOfEveryShippedFlow(t *testing.T) {
	b := shippedFlows(t)
	for _, id := range b.FlowIDs() {
		text, err := b.Graph(id, DrawText)
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.flows[id].Steps {
			if s := b.flows[id].Steps[i].ID; !strings.Contains(text, " "+s+": ") {
				t.Errorf("the drawing of %s has no step %s", id, s)
			}
		}
		chart, err := b.Graph(id, DrawMermaid)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(chart) {
			if n := strings.Count(line, `"`); n != 0 && n != 2 {
				t.Errorf("%s: a line with %d quotation marks: %s", id, n, line)
			}
			for rest, at := line, 0; ; rest = rest[at+1:] {
				if at = strings.IndexByte(rest, '#'); at < 0 {
					break
				}
				if end := strings.IndexByte(rest[at:], ';'); end < 2 || end > 5 {
					t.Errorf("%s: a # that is no character code: %s", id, line)
				}
			}
		}
	}
}

// shippedFlows are the shipped flows with every word they refer to allowed:
// what the application knows is not known here.
func shippedFlows(t *testing.T) *Book {
	t.Helper()
	b := &Book{flows: map[string]*Flow{}, slots: map[string]bool{}, files: map[string]*ast.File{}}
	b.loadFlows(os.DirFS("../../prompts"))
	if len(b.bad) > 0 {
		t.Fatal(b.bad)
	}
	return b
}
