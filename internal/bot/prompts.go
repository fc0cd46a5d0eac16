package bot

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"waymark/internal/coach"
	"waymark/internal/dialogue"
	"waymark/internal/ladder"
	"waymark/prompts"
)

// Prompts are the words the coach works with.
type Prompts struct {
	Book    *dialogue.Book
	Ladders *ladder.Ladders
}

// LoadPrompts reads and checks the prompts of a folder, "" standing for the
// embedded ones. When something is wrong with them the error is a
// *PromptsError; another error says why the folder cannot be read at all.
func LoadPrompts(dir string) (Prompts, error) {
	var files fs.FS = prompts.Files
	if dir != "" {
		info, err := os.Stat(dir)
		if err != nil {
			return Prompts{}, fmt.Errorf("read prompts: %w", err)
		}
		if !info.IsDir() {
			return Prompts{}, fmt.Errorf("read prompts: %s is no folder; name the folder that holds flows/ and texts/", dir)
		}
		files = os.DirFS(dir)
	}
	book, err := dialogue.Load(files, coach.Vocabulary())
	var problems dialogue.Problems
	if err != nil && !errors.As(err, &problems) {
		return Prompts{}, err
	}
	ladders, err := ladder.Load(files)
	var steps ladder.Problems
	if err != nil && !errors.As(err, &steps) {
		return Prompts{}, err
	}
	for _, p := range steps {
		problems = append(problems, dialogue.Problem{File: p.File, Line: p.Line, What: p.What})
	}
	if len(problems) > 0 {
		slices.SortStableFunc(problems, func(a, b dialogue.Problem) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.What, b.What))
		})
		return Prompts{}, &PromptsError{Dir: dir, Problems: problems}
	}
	return Prompts{book, ladders}, nil
}

// PromptsError is everything that is wrong with a folder of prompts.
type PromptsError struct {
	Dir      string // "" for the embedded prompts
	Problems dialogue.Problems
}

// Lines has one for each problem, "dir/flows/have.yaml:12: what is wrong", so
// that an editor can go there.
func (e *PromptsError) Lines() []string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		p.File = filepath.Join(e.Dir, p.File)
		lines[i] = p.String()
	}
	return lines
}

// Error is the lines.
func (e *PromptsError) Error() string { return strings.Join(e.Lines(), "\n") }
