package dialogue

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

// functions are those a text may use. Others could cut into a person's words
// and the marks around them.
var functions = map[string]bool{"and": true, "or": true, "not": true, "eq": true, "ne": true, "lt": true, "le": true, "gt": true, "ge": true}

// fieldsError reports fields that a text may not use.
type fieldsError []string

func (e fieldsError) Error() string { return "unknown field {{." + strings.Join(e, "}}, {{.") + "}}" }

// compile parses a template and refuses every field but those allowed, and
// everything that a plain text has no use for.
func compile(name, text string, allowed func(string) bool) (*template.Template, error) {
	if strings.ContainsAny(text, string(ownStart)+string(ownEnd)) {
		return nil, errors.New("the text holds a character that is reserved; type it anew instead of copying it")
	}
	t, err := template.New(name).Option("missingkey=zero").Parse(text)
	if err != nil {
		return nil, plainError(name, err)
	}
	if t.Tree == nil || t.Root == nil {
		return t, nil
	}
	var used, unknown fieldsError
	var bad error
	walkNodes(t.Root, func(n parse.Node) {
		var field string
		switch n := n.(type) {
		case *parse.FieldNode:
			field = n.Ident[0]
		case *parse.VariableNode:
			if n.Ident[0] == "$" && len(n.Ident) > 1 {
				field = n.Ident[1]
			}
		case *parse.IdentifierNode:
			if !functions[n.Ident] {
				bad = fmt.Errorf("{{%s}} cannot be used in a text; there are {{if}}, {{with}}, {{else}}, {{end}} and the words or, and, not, eq", n.Ident)
			}
		case *parse.RangeNode, *parse.TemplateNode, *parse.ChainNode:
			bad = fmt.Errorf("%s cannot be used in a text; there are {{if}}, {{with}}, {{else}} and {{end}}", clipped(n.String()))
		}
		switch {
		case field == "":
		case allowed(field):
			used = append(used, field)
		case !slices.Contains(unknown, field):
			unknown = append(unknown, field)
		}
	})
	switch {
	case len(unknown) > 0:
		return nil, unknown
	case bad != nil:
		return nil, bad
	case len(t.Templates()) > 1:
		return nil, errors.New("{{define}} and {{block}} cannot be used in a text")
	}
	return t, try(t, used)
}

// try fills a template in with words, with numbers and with nothing, to find
// what would fail only in the middle of a talk.
func try(t *template.Template, used []string) error {
	fill := func(v any) error {
		fields := map[string]any{}
		for _, f := range used {
			fields[f] = v
		}
		return t.Execute(io.Discard, fields)
	}
	if fill(Words("word")) == nil && fill("") == nil || fill(2) == nil && fill(0) == nil {
		return nil
	}
	return plainError(t.Name(), fill(Words("word")))
}

// plainError is a template's error without the library's own words around it.
func plainError(name string, err error) error {
	msg := strings.TrimPrefix(err.Error(), "template: "+name+":")
	if _, rest, ok := strings.Cut(msg, ": executing "); ok {
		if _, rest, ok = strings.Cut(rest, " at "); ok {
			return fmt.Errorf("cannot be filled in: %s", strings.TrimSuffix(rest, " in type interface {}"))
		}
	}
	if _, rest, ok := strings.Cut(msg, ": "); ok {
		msg = rest
	}
	if strings.Contains(msg, "unexpected EOF") {
		msg = "an {{if}} or {{with}} has no {{end}}"
	}
	return errors.New(msg)
}

func clipped(s string) string {
	if s, _, _ = strings.Cut(s, "\n"); len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}

func walkNodes(n parse.Node, visit func(parse.Node)) {
	visit(n)
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walkNodes(c, visit)
		}
	case *parse.ActionNode:
		walkNodes(n.Pipe, visit)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			for _, a := range c.Args {
				walkNodes(a, visit)
			}
		}
	case *parse.IfNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.WithNode:
		walkBranch(&n.BranchNode, visit)
	}
}

func walkBranch(n *parse.BranchNode, visit func(parse.Node)) {
	walkNodes(n.Pipe, visit)
	if n.List != nil {
		walkNodes(n.List, visit)
	}
	if n.ElseList != nil {
		walkNodes(n.ElseList, visit)
	}
}

// onePoint is a sentence that ends in words of the person's own that end like one.
var onePoint = regexp.MustCompile(`([.!?…]` + string(ownEnd) + `)\.`)

// execute fills a template in. The checker has tried every template; should one
// fail all the same, the text is cut short there.
func execute(t *template.Template, fields map[string]any) string {
	var b strings.Builder
	_ = t.Execute(&b, fields)
	return onePoint.ReplaceAllString(b.String(), "$1")
}
