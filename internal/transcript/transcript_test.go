package transcript

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
)

// echo says what it was asked to do.
type echo struct{ did []string }

func (e *echo) Do(who, verb, arg string) ([]string, error) {
	e.did = append(e.did, who+"|"+verb+"|"+arg)
	if arg == "fail" {
		return nil, errors.New("cannot")
	}
	return []string{verb + " " + arg, "", "  in a list"}, nil
}

func TestLinesAreActions(t *testing.T) {
	for line, want := range map[string]string{
		"ana: hi":                    "ana|says|hi",
		"ana: one\\ntwo":             "ana|says|one\ntwo",
		"ana:":                       "ana|says|",
		"ana: at 10: yes":            "ana|says|at 10: yes",
		"ana: [Yes]":                 "ana|taps|Yes",
		"ana: [A] [B]":               "ana|taps|A] [B",
		"ana: [half":                 "ana|says|[half",
		"ana: <2027-01-11>":          "ana|picks|2027-01-11",
		"ana: <!channel> hello":      "ana|says|<!channel> hello",
		"ana: /goals all":            "ana|commands|goals all",
		"ana: {title: x | due: }":    "ana|sends|title: x | due: ",
		"ana (edits): nurse":         "ana|edits|nurse",
		"@ 2027-01-11 09:30":         "|@|2027-01-11 09:30",
		"! restart":                  "|!|restart",
		"! quickly ana: a || b: [c]": "|!|quickly ana: a || b: [c]",
	} {
		d := &echo{}
		if _, err := do(d, line); err != nil || len(d.did) != 1 || d.did[0] != want {
			t.Errorf("do(%q) = %q, %v, want %q", line, d.did, err, want)
		}
	}
	if _, err := do(&echo{}, "no colon"); err == nil {
		t.Error("a line that is no turn was accepted")
	}
}

func TestPlay(t *testing.T) {
	const head = "It proves something.\nOn two lines.\n-- talk --\n"
	for name, c := range map[string]struct{ file, want string }{
		"what follows is written below, indented":         {head + "ana: a\n", head + "ana: a\n    says a\n\n      in a list\n"},
		"what was written below before is no turn":        {head + "ana: a\n    coach: old\n    ana: b\n", head + "ana: a\n    says a\n\n      in a list\n"},
		"a comment stays, and an empty line goes":         {head + "# why\n\n# how\n", head + "# why\n# how\n"},
		"the last line needs no line break":               {head + "# why", head + "# why\n"},
		"nothing has to be said":                          {head, head},
		"what follows has no spaces at the end of a line": {head + "ana: \n", head + "ana: \n    says\n\n      in a list\n"},
	} {
		if got, err := play(c.file, &echo{}); err != nil || got != c.want {
			t.Errorf("%s: %v\n%s", name, err, cmp.Diff(c.want, got))
		}
	}
}

func TestPlayRefuses(t *testing.T) {
	for name, c := range map[string]struct{ file, so string }{
		"no talk":                       {"It proves something.\nana: a\n", ""},
		"nothing that it proves":        {"\n-- talk --\nana: a\n", ""},
		"a line that is no turn":        {"x\n-- talk --\nana: a\nwhat\n", "ana: a\n    says a\n\n      in a list\nwhat\n"},
		"something that cannot be done": {"x\n-- talk --\n! fail\nana: a\n", "! fail\n"},
	} {
		got, err := play(c.file, &echo{})
		if err == nil || !strings.HasSuffix(got, c.so) {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

// What a run writes with -update is what a run without it accepts.
func TestUpdate(t *testing.T) {
	file := filepath.Join(t.TempDir(), "talk.txt")
	if err := os.WriteFile(file, []byte("x\n-- talk --\nana: a\n    coach: old\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	was := *update
	defer func() { *update = was }()
	open := func(*testing.T) Driver { return &echo{} }
	*update = true
	Run(t, file, open)
	*update = false
	Run(t, file, open)
	data, err := os.ReadFile(file)
	if err != nil || string(data) != "x\n-- talk --\nana: a\n    says a\n\n      in a list\n" {
		t.Errorf("after -update: %q, %v", data, err)
	}
}

func TestLines(t *testing.T) {
	m := chat.Message{
		Blocks: []chat.Block{chat.Para(chat.T("Hello "), chat.Own("Ana")), {Kind: chat.Bullets, Items: [][]chat.Span{{chat.T("one")}}}},
		Ask: &chat.Ask{
			Choices: []chat.Choice{{Label: "Yes"}, {Label: "No"}}, Date: true, Many: true, Extra: []chat.Choice{{Label: "Skip"}},
		},
	}
	want := []string{"coach: Hello Ana", "  • one", "[Yes] [No] [pick a day] (several) (Skip)"}
	if diff := cmp.Diff(want, Lines("coach", m)); diff != "" {
		t.Error(diff)
	}
	m.Ask = nil
	if diff := cmp.Diff(want[:2], Lines("coach", m)); diff != "" {
		t.Error(diff)
	}
}
