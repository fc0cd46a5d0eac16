package dialogue

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// yamlProblem turns an error of the YAML library into file, line and reason.
func (b *Book) yamlProblem(file string, err error) {
	b.unread = true
	line, what := 0, err.Error()
	var ye yaml.Error
	if errors.As(err, &ye) && ye.GetToken() != nil {
		line, what = ye.GetToken().Position.Line, ye.GetMessage()
	}
	if at, inner := b.inside(file); at > 0 {
		line, what = at, inner
	}
	what, _, _ = strings.Cut(what, "\n")
	b.problem(file, line, "%s", plainYAML(what))
}

// inside finds the branch or the choices of a flow that cannot be read: these
// read themselves, and the library does not know where they stand.
func (b *Book) inside(file string) (line int, what string) {
	f := b.files[file]
	if f == nil {
		return 0, ""
	}
	node := func(at string) ast.Node {
		p, err := yaml.PathString(at)
		if err != nil {
			return nil
		}
		n, err := p.FilterFile(f)
		if err != nil {
			return nil
		}
		return n
	}
	try := func(at string, into any) bool {
		n := node(at)
		if n == nil {
			return false
		}
		if err := yaml.NodeToValue(n, into, yaml.Strict()); err != nil {
			line, what = b.line(file, at), err.Error()
			var ye yaml.Error
			if errors.As(err, &ye) {
				what = ye.GetMessage()
			}
		}
		return line > 0
	}
	for i := 0; node(fmt.Sprintf("$.steps[%d]", i)) != nil; i++ {
		step := fmt.Sprintf("$.steps[%d]", i)
		for j := 0; node(fmt.Sprintf("%s.next[%d]", step, j)) != nil; j++ {
			if try(fmt.Sprintf("%s.next[%d]", step, j), new(branchYAML)) {
				return line, what
			}
		}
		if try(step+".choices", new(Choices)) || try(step+".next", new(Next)) {
			return line, what
		}
	}
	return 0, ""
}

// plainYAML says what the YAML library says in words for people who edit texts.
func plainYAML(what string) string {
	if _, key, ok := strings.Cut(what, "unknown field "); ok {
		return "there is no key " + key + nearest(strings.Trim(key, `"`))
	}
	if strings.HasPrefix(what, "cannot unmarshal") {
		switch {
		case strings.HasSuffix(what, "of type int"):
			return "a number is wanted here"
		case strings.HasSuffix(what, "of type bool"):
			return "true or false is wanted here"
		case strings.HasSuffix(what, "of type string"):
			return "a text is wanted here; put it in quotes"
		}
	}
	for _, w := range [][2]string{
		{"where sequence is expected", "a list is wanted here, such as [one, two]"},
		{"where mapping is expected", "names with values are wanted here, such as name: value"},
		{"mapping value is not allowed", "a text with a colon in it must stand in quotes, or on lines of its own below a |"},
		{"could not find flow map content", "a text that begins with {{ must stand in quotes"},
	} {
		if strings.Contains(what, w[0]) {
			return w[1]
		}
	}
	return what
}

// keys are those of flows, steps and branches.
var keys = strings.Fields(`flow about item steps id was slot kind ask why example ack topics names choices from own
	default min max toward check take also show say call each do next if then else`)

// nearest suggests what a key was meant to be.
func nearest(key string) string {
	for _, k := range keys {
		if len(k) > 2 && (strings.HasPrefix(k, key) && len(key) > 1 || strings.HasPrefix(key, k) || sameLetters(k, key)) {
			return "; did you mean " + k + "?"
		}
	}
	return "; a step has " + strings.Join(keys[4:27], ", ")
}

// sameLetters reports whether two words differ by swapped letters or one wrong
// one.
func sameLetters(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	wrong := 0
	for i := range a {
		if a[i] != b[i] {
			wrong++
		}
	}
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return wrong == 1 || slices.Equal(x, y)
}
