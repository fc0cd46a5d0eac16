package coach

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"waymark/internal/dialogue"
)

// Everything the coach can say, for the tests of tone: the texts and flows as
// they are written, and the conversations of the other tests.

// utterance is something the coach says, and where that is written.
type utterance struct{ where, text string }

// textFiles are the texts of prompts/texts by their keys, as they are written.
func textFiles(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	var flatten func(prefix string, m map[string]any)
	flatten = func(prefix string, m map[string]any) {
		for k, v := range m {
			switch v := v.(type) {
			case string:
				texts[prefix+k] = v
			case map[string]any:
				flatten(prefix+k+".", v)
			}
		}
	}
	for _, file := range matching(t, "../../prompts/texts/*.yaml") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := yaml.Unmarshal(data, &m); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		flatten("", m)
	}
	return texts
}

func matching(t *testing.T, patterns ...string) []string {
	t.Helper()
	var files []string
	for _, p := range patterns {
		found, err := filepath.Glob(p)
		if err != nil || len(found) == 0 {
			t.Fatalf("nothing matches %s (%v)", p, err)
		}
		files = append(files, found...)
	}
	return files
}

// shippedSteps are the steps of every shipped flow.
func shippedSteps(t *testing.T) []*dialogue.Step {
	t.Helper()
	b := shipped(t)
	var steps []*dialogue.Step
	for _, id := range b.FlowIDs() {
		f, _ := b.Flow(id)
		for i := range f.Steps {
			steps = append(steps, &f.Steps[i])
		}
	}
	return steps
}

// stepTexts are all the words of a step.
func stepTexts(s *dialogue.Step) []string {
	texts := []string{s.Ask, s.Why, s.Eg, s.Ack, s.Say}
	for _, c := range s.Choices {
		texts = append(texts, c.Label)
	}
	return slices.DeleteFunc(texts, func(s string) bool { return strings.TrimSpace(s) == "" })
}

// written is all that the flows and texts can make the coach say.
func written(t *testing.T) []utterance {
	t.Helper()
	var all []utterance
	for _, s := range shippedSteps(t) {
		for _, text := range stepTexts(s) {
			all = append(all, utterance{"step " + s.Name(), text})
		}
	}
	for key, text := range textFiles(t) {
		all = append(all, utterance{"text " + key, text})
	}
	if len(all) < 500 {
		t.Fatalf("found %d utterances only", len(all))
	}
	return all
}

// conversation is a transcript, read back.
type conversation struct {
	file     string
	typed    []string // what people typed, in order
	messages []message
	echoes   []echo
}

// message is one message of the coach.
type message struct {
	line  int
	lines []string // its paragraphs and list items, "coach: " taken off
	asks  bool     // it ends with a question
	taps  string
}

// echo is how an answer is written under its question.
type echo struct {
	line    int
	typed   string // "" for a tap
	shown   string
	offered string // all that could be tapped until then
}

var tapsLine = regexp.MustCompile(`^(\[.*\]|\(several\)|\(Why do you ask\?\)|\(Skip\)|\[pick a day\])( |$)`)

var numbered = regexp.MustCompile(`^\d+\. (.*)`)

// conversations are the transcripts of all packages in which the shipped flows
// are played.
func conversations(t *testing.T) []conversation {
	t.Helper()
	var all []conversation
	for _, file := range matching(t, "../coach/testdata/talks/*.txt", "../bot/testdata/talks/*.txt", "../dialogue/testdata/shipped/*.txt") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, readConversation(file, string(data)))
	}
	return all
}

func readConversation(file, text string) conversation {
	c := conversation{file: file}
	_, talk, _ := strings.Cut(text, "-- talk --\n")
	n := strings.Count(text[:len(text)-len(talk)], "\n")
	last := ""
	open := false // whether the last message goes on
	offered := ""
	for line := range strings.Lines(talk) {
		n++
		line = strings.TrimRight(line, "\n")
		body, indented := strings.CutPrefix(line, "    ")
		if !indented {
			open = false
			typed := typedIn(line)
			c.typed = append(c.typed, typed...)
			last = ""
			if len(typed) == 1 && !strings.HasPrefix(line, "!") {
				last = typed[0]
			}
			continue
		}
		speaker, said, speaks := strings.Cut(body, ": ")
		switch {
		case speaks && (speaker == "coach" || speaker == "only you"):
			c.messages = append(c.messages, message{line: n, lines: []string{said}})
			open = true
		case strings.HasPrefix(body, "(You: ") || strings.HasPrefix(body, "(edited) You: "):
			shown := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(body, "(edited) You: "), "(You: "), ")")
			c.echoes = append(c.echoes, echo{n, last, shown, offered})
			open = false
		case open && strings.HasPrefix(body, "  "):
			// Over sockets the fallback text repeats what can be tapped.
			if l := strings.TrimPrefix(body, "  "); l != "Why do you ask? · Skip" {
				m := &c.messages[len(c.messages)-1]
				m.lines = append(m.lines, l)
				if label := numbered.FindStringSubmatch(l); label != nil {
					offered += "[" + label[1] + "]"
				}
			}
		case open && tapsLine.MatchString(body):
			m := &c.messages[len(c.messages)-1]
			m.asks, m.taps = true, body
			open = false
			offered += body
		default:
			open = false
		}
	}
	return c
}

// typedIn is what a person typed in a line of a transcript; nothing for taps,
// picks, commands other than a win, and most of what only drivers do.
func typedIn(line string) []string {
	switch {
	case line == "" || strings.HasPrefix(line, "@") || strings.HasPrefix(line, "#"):
		return nil
	case strings.HasPrefix(line, "! after "):
		return strings.Split(strings.TrimPrefix(line, "! after "), " | ")
	case strings.HasPrefix(line, "! quickly "):
		_, both, _ := strings.Cut(line, ": ")
		return strings.Split(both, " || ")
	}
	_, text, _ := strings.Cut(line, ":")
	text = strings.TrimPrefix(text, " ")
	if strings.HasPrefix(line, "! shortcut ") {
		_, words, _ := strings.Cut(strings.TrimPrefix(text, "win "), " ")
		return []string{words}
	}
	if fields, ok := strings.CutPrefix(text, "{"); ok {
		var typed []string
		for field := range strings.SplitSeq(strings.TrimSuffix(fields, "}"), " | ") {
			_, value, _ := strings.Cut(field, ": ")
			typed = append(typed, value)
		}
		return typed
	}
	if win, ok := strings.CutPrefix(text, "/win "); ok {
		return []string{win}
	}
	if strings.HasPrefix(text, "[") || strings.HasPrefix(text, "<") || strings.HasPrefix(text, "/") {
		return nil
	}
	return []string{text}
}

// spoken is every message of the conversations, with what people typed taken
// out, since their words are theirs.
func spoken(t *testing.T) []utterance {
	t.Helper()
	var all []utterance
	for _, c := range conversations(t) {
		var cut []string
		for _, typed := range c.typed {
			if strings.Contains(typed, " ") {
				cut = append(cut, typed, "…")
			}
		}
		theirs := strings.NewReplacer(cut...)
		for _, m := range c.messages {
			all = append(all, utterance{lineOf(c.file, m.line), theirs.Replace(strings.Join(m.lines, "\n"))})
		}
	}
	if len(all) < 500 {
		t.Fatalf("found %d messages only", len(all))
	}
	return all
}

func lineOf(file string, line int) string {
	return strings.TrimPrefix(file, "../") + ":" + strconv.Itoa(line)
}
