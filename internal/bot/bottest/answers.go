// Package bottest answers the coach's questions for tests that talk with a whole
// bot. It tells by the prompts which question is on screen and answers by that
// question's step, so that one question more or fewer, another order or other
// words break no test. It is for tests only.
package bottest

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"waymark/internal/dialogue"
	"waymark/prompts"
)

// Skip is the answer to every question that a table does not name.
const Skip = "skip"

// tellable is how many bytes of a question must be the author's own words; with
// fewer it cannot be told from other text.
const tellable = 10

// Questions are the questions of a folder of prompts.
type Questions []question

// question is the longest stretch of a step's question that always reads the
// same; a question that is asked in one of two ways has two.
type question struct{ step, words string }

// Shipped are the questions of the built-in prompts. It panics when they cannot be
// read, which their own tests rule out.
func Shipped() Questions {
	q, err := ReadQuestions(prompts.Files)
	if err != nil {
		panic(err)
	}
	return q
}

// ReadQuestions reads the questions of the flows in a folder of prompts.
func ReadQuestions(folder fs.FS) (Questions, error) {
	files, err := fs.Glob(folder, "flows/*.yaml")
	if err != nil {
		return nil, err
	}
	var q Questions
	for _, file := range files {
		raw, err := fs.ReadFile(folder, file)
		if err != nil {
			return nil, err
		}
		var flow dialogue.Flow
		if err := yaml.Unmarshal(raw, &flow); err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
		for _, s := range flow.Steps {
			for _, ask := range variants(s.Ask) {
				if words := constant(ask); len(words) >= tellable {
					q = append(q, question{flow.ID + "." + s.ID, words})
				}
			}
		}
	}
	// The longest first: a question may hold another one.
	slices.SortStableFunc(q, func(a, b question) int { return cmp.Compare(len(b.words), len(a.words)) })
	return q, nil
}

// either is the part of a template that reads in one of two ways.
var either = regexp.MustCompile(`(?s)\{\{if [^}]*\}\}(.*?)\{\{else\}\}(.*?)\{\{end\}\}`)

// variants are the two ways in which a template reads, or itself.
func variants(template string) []string {
	if !either.MatchString(template) {
		return []string{template}
	}
	return []string{either.ReplaceAllString(template, "$1"), either.ReplaceAllString(template, "$2")}
}

// changing is what stands between the stretches of a template that always read
// the same.
var changing = regexp.MustCompile(`\{\{.*?\}\}|\n`)

// constant is the longest stretch of a template that always reads the same.
func constant(template string) string {
	longest := ""
	for _, part := range changing.Split(template, -1) {
		if part = flat(part); len(part) > len(longest) {
			longest = part
		}
	}
	return longest
}

// flat is text without marks and line breaks.
func flat(text string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("*", "", "`", "").Replace(text)), " ")
}

// On names the steps, such as "have.job", whose question text may hold: none, or
// all that ask in the same words.
func (q Questions) On(text string) []string {
	text = flat(text)
	var steps []string
	found := ""
	for _, one := range q {
		if found == "" && strings.Contains(text, one.words) {
			found = one.words
		}
		if found != "" && one.words == found {
			steps = append(steps, one.step)
		}
	}
	return steps
}

// Words is the longest stretch of a step's question that always reads the same; ""
// when the step asks nothing that could be told from other text.
func (q Questions) Words(step string) string {
	for _, one := range q {
		if one.step == step {
			return one.words
		}
	}
	return ""
}

// Answers is what a person answers, by step; the second time a step asks it gets
// its second answer. Everything else is answered with Skip.
type Answers struct {
	questions Questions
	left      map[string][]string
}

// Answers makes a table of answers. It refuses steps that ask nothing.
func (q Questions) Answers(table map[string][]string) (*Answers, error) {
	a := &Answers{q, map[string][]string{}}
	for step, list := range table {
		if q.Words(step) == "" {
			return nil, fmt.Errorf("an answer to %s: no question of the prompts is called so", step)
		}
		a.left[step] = slices.Clone(list)
	}
	return a, nil
}

// Next is the answer to the question on screen, whose text is given, and the step
// that asks it; ok is false when there is no question in it.
func (a *Answers) Next(text string) (step, answer string, ok bool) {
	steps := a.questions.On(text)
	if len(steps) == 0 {
		return "", "", false
	}
	for _, step := range steps {
		if list := a.left[step]; len(list) > 0 {
			a.left[step] = list[1:]
			return step, list[0], true
		}
	}
	return steps[0], Skip, true
}

// Left lists the answers that nobody has asked for, "have.job: nurse", sorted.
func (a *Answers) Left() []string {
	var out []string
	for step, list := range a.left {
		for _, answer := range list {
			out = append(out, step+": "+answer)
		}
	}
	slices.Sort(out)
	return out
}
