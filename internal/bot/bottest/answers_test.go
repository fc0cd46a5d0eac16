package bottest

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"waymark/prompts"
)

// few are flows with a question that holds another one, two that ask alike, one
// with fields, and one with too few words.
func few(t *testing.T) Questions {
	t.Helper()
	q, err := ReadQuestions(fstest.MapFS{"flows/a.yaml": {Data: []byte(`
flow: a
steps:
  - id: hello
    say: Hello there, this is no question
  - id: start
    ask: Shall we start?
  - id: look
    ask: |
      You can say ` + "`skip`" + `. This is how it goes.

      Shall we start?
  - id: what
    ask: What?
`)}, "flows/b.yaml": {Data: []byte(`
flow: b
steps:
  - id: start
    ask: Shall we  start?
  - id: done
    ask: "*{{.item}}* {{with .reason}}Because: {{.}}. {{end}}How is it done?"
  - id: when
    ask: "{{if .away}}When will you be away for long?{{else}}When is the talk to be, roughly?{{end}}"
`)}})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestOn(t *testing.T) {
	q := few(t)
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"nothing":                       {"", nil},
		"what is only said":             {"Hello there, this is no question", nil},
		"a question of too few words":   {"What?", nil},
		"two that ask alike":            {"Hello! Shall we start?\n1. Start", []string{"a.start", "b.start"}},
		"one that holds another":        {"You can say skip. This is how it goes.\nShall we start?", []string{"a.look"}},
		"marks do not count":            {"*You* can say `skip`. This is how it goes.", []string{"a.look"}},
		"with a field that is filled":   {"*Volunteer* Because: I care. How is it done?", []string{"b.done"}},
		"with a field that is not":      {"How is it\ndone?\nSkip", []string{"b.done"}},
		"the one way of two":            {"When will you be away for long?", []string{"b.when"}},
		"the other way of two":          {"When is the talk to be, roughly?", []string{"b.when"}},
		"only a part of the same words": {"How is it", nil},
	} {
		if diff := cmp.Diff(c.want, q.On(c.text)); diff != "" {
			t.Errorf("%s: On(%q) (-want +got):\n%s", name, c.text, diff)
		}
	}
}

func TestWords(t *testing.T) {
	q := few(t)
	for step, want := range map[string]string{
		"b.done": "How is it done?", "a.look": "You can say skip. This is how it goes.", "a.what": "", "a.hello": "",
	} {
		if got := q.Words(step); got != want {
			t.Errorf("Words(%s) = %q, want %q", step, got, want)
		}
	}
}

func TestAnswers(t *testing.T) {
	a, err := few(t).Answers(map[string][]string{"b.start": {"yes", "no"}, "b.done": {"it is"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"b.start yes", "b.start no", "a.start skip"} {
		if step, answer, ok := a.Next("Shall we start?"); !ok || step+" "+answer != want {
			t.Errorf("Next: %s %s, %t, want %s", step, answer, ok, want)
		}
	}
	if step, answer, ok := a.Next("Goodbye"); ok {
		t.Errorf("no question was answered with %s %s", step, answer)
	}
	if got, want := a.Left(), []string{"b.done: it is"}; !slices.Equal(got, want) {
		t.Errorf("Left() = %q, want %q", got, want)
	}
	if _, err := few(t).Answers(map[string][]string{"a.hello": {"hi"}}); err == nil || !strings.Contains(err.Error(), "a.hello") {
		t.Errorf("an answer to a step that asks nothing: %v, want an error that names it", err)
	}
}

func TestReadQuestionsRefusesWhatIsNoFlow(t *testing.T) {
	if _, err := ReadQuestions(fstest.MapFS{"flows/a.yaml": {Data: []byte("steps: 7")}}); err == nil || !strings.Contains(err.Error(), "flows/a.yaml") {
		t.Errorf("error %v, want one that names the file", err)
	}
}

// Every question that ships can be told from the others, but for those that ask
// in the same words.
func TestShippedQuestions(t *testing.T) {
	q := Shipped()
	flows, err := fs.Glob(prompts.Files, "flows/*.yaml")
	if err != nil || len(q) < 3*len(flows) {
		t.Fatalf("%d questions in %d flows (%v): most are missed", len(q), len(flows), err)
	}
	for _, one := range q {
		if !slices.Contains(q.On("Noted.\n"+one.words+"\nSkip"), one.step) {
			t.Errorf("%q is not taken for %s", one.words, one.step)
		}
	}
}
