package dialogue

import (
	"errors"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestLevelIsFleschKincaid(t *testing.T) {
	for name, c := range map[string]struct {
		words, sentences, syllables int
		want                        float64
	}{
		"a worked example of the formula": {13, 1, 24, 11.26},
		"two sentences of ten words":      {20, 2, 28, 4.83},
		"never below the first year":      {6, 1, 6, 0},
		"no words":                        {0, 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := level(c.words, c.sentences, c.syllables); math.Abs(got-c.want) > 0.005 {
				t.Errorf("level(%d, %d, %d) = %.3f, want %.2f", c.words, c.sentences, c.syllables, got, c.want)
			}
		})
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"One. Two? Three!":                     {"One.", "Two?", "Three!"},
		"One sentence without an end":          {"One sentence without an end"},
		`Say "yes." Then wait.`:                {`Say "yes."`, "Then wait."},
		"If it is … then I will … go.":         {"If it is … then I will … go."},
		"You can ask why? at any time.":        {"You can ask why? at any time."},
		"Type `back`. *Now* go on.":            {"Type `back`.", "*Now* go on."},
		"A title\n\nA paragraph\nof two lines": {"A title", "A paragraph\nof two lines"},
		"This:\n- one thing\n- another":        {"This:", "one thing", "another"},
		"It takes 2.5 hours. 3 of 4 do it.":    {"It takes 2.5 hours.", "3 of 4 do it."},
	} {
		if diff := cmp.Diff(want, sentences(text)); diff != "" {
			t.Errorf("sentences(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestBare(t *testing.T) {
	for text, want := range map[string]string{
		"Noted: {{.date}}.":                             "Noted: answer.",
		"Hi{{with .name}} {{.}}{{end}}!":                "Hi answer!",
		"{{if .a}}Today{{else}}Yes{{end}} it is.":       "Today it is.\n\nYes",
		"{{if .a}}A{{else if .b}}B{{else}}C{{end}}":     "A\n\nB\n\nC",
		"{{/* a note */}}{{$x := .a}}Go {{$x}} {{- 1}}": "Go answeranswer",
		"{{.broken": "",
	} {
		if got := bare(text); got != want {
			t.Errorf("bare(%q) = %q, want %q", text, got, want)
		}
	}
}

// easyAndHard is a set of prompts with one flow that is easy and one that is not.
var easyAndHard = fstest.MapFS{
	"flows/easy.yaml": {Data: []byte(`flow: easy
steps:
  - id: one
    kind: text
    ask: What is your job, {{.name}}?
    why: I ask so that I know.
    example: For example "cook".
    ack: Good.
  - id: two
    say: That is all.
`)},
	"flows/hard.yaml": {Data: []byte(`flow: hard
steps:
  - id: short
    say: It is so.
  - id: long
    kind: text
    ask: Considering organisational circumstances, which qualifications necessitate supplementary certification?
    why: Comprehensive documentation facilitates systematic individual evaluation.
    example: Professional accreditation.
`)},
	"texts/say.yaml": {Data: []byte("say:\n  hello: Hello.\n  deep:\n    er: Incomprehensible organisational communication.\n")},
}

func TestReadability(t *testing.T) {
	grades, err := Readability(easyAndHard)
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		Name, File                  string
		Flow                        bool
		Questions, Words, Sentences int
	}
	var got []row
	for _, g := range grades {
		got = append(got, row{g.Name, g.File, g.Flow, g.Questions, g.Words, g.Sentences})
	}
	want := []row{
		{"easy", "flows/easy.yaml", true, 1, 18, 5},
		{"hard", "flows/hard.yaml", true, 1, 19, 4},
		{"say", "texts/say.yaml", false, 0, 4, 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("grades (-want +got):\n%s", diff)
	}
	if p, bad := grades[0].Problem(MaxGrade); bad {
		t.Errorf("the easy flow: %s", p)
	}
	p, bad := grades[1].Problem(MaxGrade)
	if !bad {
		t.Fatalf("the hard flow has grade %.1f and passes", grades[1].Level())
	}
	if p.File != "flows/hard.yaml" || p.Line != 7 {
		t.Errorf("problem at %s:%d, want the hardest sentence, flows/hard.yaml:7", p.File, p.Line)
	}
	for _, part := range []string{"flow hard reads at grade ", "at most 8 ", `long, 8 words: "Considering organisational circumstances`, "shorter"} {
		if !strings.Contains(p.What, part) {
			t.Errorf("the problem does not say %q: %s", part, p.What)
		}
	}
	if _, bad := grades[2].Problem(MaxGrade); bad {
		t.Error("a file of texts is graded for information and has a problem all the same")
	}
}

func TestReadabilityTellsWhatCannotBeRead(t *testing.T) {
	broken := fstest.MapFS{"flows/a.yaml": {Data: []byte("flow: [")}, "texts/a.yaml": {Data: []byte("a: b")}}
	_, err := Readability(broken)
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 1 || problems[0].File != "flows/a.yaml" {
		t.Errorf("Readability of a broken file: %v", err)
	}
}

// Somebody who reads English as a second language, at the end of a long day,
// can read every question.
func TestShippedPromptsReadEasily(t *testing.T) {
	grades, err := Readability(os.DirFS("../../prompts"))
	if err != nil {
		t.Fatal(err)
	}
	questions := 0
	for _, g := range grades {
		questions += g.Questions
		if p, bad := g.Problem(MaxGrade); bad {
			t.Error(p)
		}
		// The grade of a few labels or telephone numbers means nothing.
		if !g.Flow && g.Words > 200 && g.Level() > MaxGrade {
			t.Errorf("%s reads at grade %.1f, more than %d", g.File, g.Level(), MaxGrade)
		}
	}
	if questions < 50 {
		t.Errorf("graded %d questions only: flows are missing", questions)
	}
}
