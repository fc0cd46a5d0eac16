// Package transcript runs golden conversations: text files that read as a story
// and fail when the coach says something else. It is for tests only.
//
// A file starts with what it proves. After a line "-- talk --" come the turns: a
// line at the margin is what somebody does, the indented lines below it are what
// follows. Running the tests with -update rewrites the indented lines only.
//
//	Ana says hi and is asked what she has.
//	-- talk --
//	ana: hi
//	    coach: Hi Ana! …
//	    [Start] [Not now]
//	ana: [Start]
//	    …
//	@ 2027-01-11 09:30
//	    …
//
// What can be done: "name: text" says something, "name: [Label]" taps,
// "name: <2027-01-11>" picks a day, "name: /goals" runs a command,
// "name: {title: Lead a shift}" fills in a form and sends it,
// "name (edits): new text" rewrites what was said last, "@ date hour" moves the
// clock, and "! word …" is whatever else the driver offers, such as a restart.
package transcript

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
)

var update = flag.Bool("update", false, "rewrite the indented lines of transcripts")

// Driver does what the lines of a transcript say and returns what follows, a
// line each, without indentation.
type Driver interface {
	// Do carries out one line. who is "" for lines that begin with @ or !, whose
	// verb is "@" or "!"; otherwise the verb is "says", "taps", "picks",
	// "commands", "sends" or "edits".
	Do(who, verb, arg string) ([]string, error)
}

// Run runs every transcript that matches pattern, each with a driver of its own.
func Run(t *testing.T, pattern string, open func(t *testing.T) Driver) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcript matches %s (%v)", pattern, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { runFile(t, file, open(t)) })
	}
}

func runFile(t *testing.T, file string, d Driver) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := play(string(data), d)
	if err != nil {
		t.Fatalf("%s: %v\nso far:\n%s", file, err, got)
	}
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(string(data), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s: the talk went another way (-want +got); if that is right, run with -update and read the change:\n%s", file, diff)
	}
}

// play does what the lines at the margin say and returns the file as it should
// read; on an error, as far as it came.
func play(file string, d Driver) (string, error) {
	head, talk, ok := strings.Cut(file, "-- talk --\n")
	if !ok || strings.TrimSpace(head) == "" {
		return "", errors.New("wants a line that says what it proves, then -- talk --")
	}
	var got strings.Builder
	got.WriteString(head + "-- talk --\n")
	for line := range strings.Lines(talk) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "    ") || strings.TrimSpace(line) == "" {
			continue
		}
		got.WriteString(line + "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		out, err := do(d, line)
		if err != nil {
			return got.String(), fmt.Errorf("%q: %w", line, err)
		}
		for _, l := range out {
			got.WriteString(strings.TrimRight("    "+l, " ") + "\n")
		}
	}
	return got.String(), nil
}

func do(d Driver, line string) ([]string, error) {
	if verb := line[:1]; verb == "@" || verb == "!" {
		return d.Do("", verb, strings.TrimSpace(line[1:]))
	}
	who, arg, ok := strings.Cut(line, ":")
	if !ok {
		return nil, fmt.Errorf("not a turn; write name: text")
	}
	arg = strings.ReplaceAll(strings.TrimPrefix(arg, " "), `\n`, "\n")
	if name, edits := strings.CutSuffix(who, " (edits)"); edits {
		return d.Do(name, "edits", arg)
	}
	switch {
	case strings.HasPrefix(arg, "[") && strings.HasSuffix(arg, "]"):
		return d.Do(who, "taps", arg[1:len(arg)-1])
	case strings.HasPrefix(arg, "<") && strings.HasSuffix(arg, ">"):
		return d.Do(who, "picks", arg[1:len(arg)-1])
	case strings.HasPrefix(arg, "/"):
		return d.Do(who, "commands", arg[1:])
	case strings.HasPrefix(arg, "{") && strings.HasSuffix(arg, "}"):
		return d.Do(who, "sends", arg[1:len(arg)-1])
	}
	return d.Do(who, "says", arg)
}

// Lines is a message as a transcript shows it.
func Lines(speaker string, m chat.Message) []string {
	bare := m
	bare.Ask = nil
	var out []string
	for i, l := range strings.Split(bare.Plain(), "\n") {
		if i == 0 {
			l = speaker + ": " + l
		} else {
			l = "  " + l
		}
		out = append(out, l)
	}
	if m.Ask == nil {
		return out
	}
	var taps []string
	for _, c := range m.Ask.Choices {
		taps = append(taps, "["+c.Label+"]")
	}
	if m.Ask.Date {
		taps = append(taps, "[pick a day]")
	}
	if m.Ask.Many {
		taps = append(taps, "(several)")
	}
	for _, c := range m.Ask.Extra {
		taps = append(taps, "("+c.Label+")")
	}
	return append(out, strings.Join(taps, " "))
}
