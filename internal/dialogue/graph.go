package dialogue

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Drawing is how a flow is drawn.
type Drawing string

// The ways of drawing a flow.
const (
	DrawText    Drawing = "text"    // an indented list, to read in a terminal or a mail
	DrawMermaid Drawing = "mermaid" // a Mermaid flowchart, which GitHub, GitLab and Notion show as a picture
)

// Graph draws a flow for the people who edit it: its steps in the order of the
// file, what each asks or does, where it leads and on what condition. The flows
// it calls are drawn inside it, and those they call are only named.
func (b *Book) Graph(flow string, as Drawing) (string, error) {
	f := b.flows[flow]
	if f == nil {
		return "", fmt.Errorf("draw flow %s: there is no such flow; there are: %s", flow, strings.Join(b.FlowIDs(), ", "))
	}
	switch as {
	case DrawText:
		return b.drawText(f), nil
	case DrawMermaid:
		return b.drawMermaid(f), nil
	}
	return "", fmt.Errorf("draw flow %s as %q: draw it as %s or %s", flow, as, DrawText, DrawMermaid)
}

// FlowIDs are the ids of all flows, sorted.
func (b *Book) FlowIDs() []string {
	return slices.Sorted(maps.Keys(b.flows))
}

// exit is one way out of a step. A nil step is the end of the flow.
type exit struct {
	to   *Step
	when string // in words; empty when it is the only way
}

// exits are the ways out of a step, in order.
func (b *Book) exits(s *Step) []exit {
	switch {
	case len(s.Next) > 0:
	case s.index+1 < len(s.flow.Steps):
		return []exit{{to: &s.flow.Steps[s.index+1]}}
	default:
		return []exit{{}}
	}
	var out []exit
	for _, br := range s.Next {
		words := "otherwise"
		switch {
		case !br.Else:
			words = "if " + b.inWords(s, br.If)
		case len(s.Next) == 1:
			words = ""
		}
		out = append(out, exit{s.flow.byID[br.Then], words})
	}
	return out
}

// inWords says a condition of step s: `the answer is "Yes" or "Partly"`.
func (b *Book) inWords(s *Step, c Cond) string {
	var parts []string
	for _, slot := range slices.Sorted(maps.Keys(c)) {
		parts = append(parts, b.slotInWords(s, slot, c[slot]))
	}
	return strings.Join(parts, "; and ")
}

func (b *Book) slotInWords(s *Step, slot string, values []string) string {
	if slot == itemKind {
		return "its kind is " + strings.Join(values, " or ")
	}
	answer, about := "the answer", ""
	if slot != s.SlotName() {
		answer, about = "the answer to "+b.asker(s, slot), " to "+b.asker(s, slot)
	}
	var same, other []string
	for _, v := range values {
		label, isChoice := b.label(s, slot, v)
		op, n, isNumber := comparison(v)
		switch {
		case isChoice:
			same = append(same, `"`+label+`"`)
		case isNumber:
			other = append(other, fmt.Sprintf("%s is %s %g", answer, map[string]string{"<": "below", "<=": "at most", ">": "above", ">=": "at least"}[op], n))
		case v == "some":
			other = append(other, "there was an answer"+about)
		case v == "none":
			other = append(other, "there was no answer"+about)
		case v == "skipped":
			other = append(other, "the question"+about+" was skipped")
		case v == "unsure":
			other = append(other, answer+` was "I don't know"`)
		default:
			same = append(same, `"`+v+`"`)
		}
	}
	if len(same) > 0 {
		other = append([]string{answer + " is " + strings.Join(same, " or ")}, other...)
	}
	return strings.Join(other, ", or ")
}

// asker names the step that fills a slot: one of the same flow by its id, one
// of another flow with that flow.
func (b *Book) asker(s *Step, slot string) string {
	if t := s.flow.fills(slot); t != nil {
		return t.ID
	}
	for _, id := range b.FlowIDs() {
		if t := b.flows[id].fills(slot); t != nil {
			return t.Name()
		}
	}
	return slot
}

func (f *Flow) fills(slot string) *Step {
	for i := range f.Steps {
		if s := &f.Steps[i]; s.asks() && s.SlotName() == slot {
			return s
		}
	}
	return nil
}

// label is the text on the button of a choice of slot, as step s would offer it.
func (b *Book) label(s *Step, slot, id string) (string, bool) {
	if s.asks() && s.SlotName() == slot {
		if c, ok := s.choice(id); ok {
			return c.Label, true
		}
	}
	for _, flow := range append([]string{s.flow.ID}, b.FlowIDs()...) {
		f := b.flows[flow]
		for i := range f.Steps {
			if t := &f.Steps[i]; t.asks() && t.SlotName() == slot {
				if c, ok := t.choice(id); ok {
					return c.Label, true
				}
			}
		}
	}
	return "", false
}

var kindWords = map[Kind]string{
	Text: "asks for own words", Choice: "asks for one choice", Multi: "asks for one or more choices", Date: "asks for a day",
	Duration: "asks how long", Number: "asks for a number", Hours: "asks for hours a week", Scale: "asks for 0 to 10", List: "asks for a list",
}

// does says what a step is, and then what it says, if it says something.
func (b *Book) does(s *Step) (what, says string) {
	switch {
	case s.asks() && s.Take != "":
		return "takes all " + s.From + ", without asking", ""
	case s.asks():
		return s.asksFor(), oneLine(s.Ask)
	case s.Say != "":
		return "says", oneLine(s.Say)
	case s.Call != "" && s.Each != "":
		return fmt.Sprintf("goes through the flow %s, once for each %s", b.named(s.Call), b.asker(s, s.Each)), ""
	case s.Call != "":
		return "goes through the flow " + b.named(s.Call), ""
	case s.Do == holdEffect:
		return "waits until the person comes back", ""
	case s.Do == restEffect:
		return "asks nothing more until the person writes", ""
	case s.Do != "":
		return "does " + s.Do, ""
	}
	return "decides", ""
}

// asksFor is what kind of answer a question wants, and what is done around it.
func (s *Step) asksFor() string {
	parts := []string{kindWords[s.Kind]}
	if s.Show != "" {
		parts = append(parts, "the "+s.Show+" is shown first")
	}
	if len(s.Check) > 0 {
		parts = append(parts, "checked: "+strings.Join(s.Check, ", "))
	}
	for _, kind := range slices.Sorted(maps.Keys(s.Also)) {
		parts = append(parts, fmt.Sprintf("a %s in the answer is taken for %s", kind, s.Also[kind]))
	}
	return strings.Join(parts, "; ")
}

func (b *Book) named(flow string) string {
	if f := b.flows[flow]; f != nil && f.About != "" {
		return flow + " (" + f.About + ")"
	}
	return flow
}

// taps are a question's choices: what can be tapped, and whether own words count.
func (s *Step) taps() string {
	var taps []string
	for _, c := range s.Choices {
		taps = append(taps, "["+c.Label+"]")
	}
	if s.From != "" && s.Take == "" {
		taps = append(taps, "["+s.From+", as known by then]")
	}
	if s.Own {
		taps = append(taps, "[own words]")
	}
	return strings.Join(taps, " ")
}

var fieldName = regexp.MustCompile(`\.(\w+)`)

// oneLine is a text on one line, the names of its fields in braces.
func oneLine(text string) string {
	text = fill(text, func(action string) string {
		if m := fieldName.FindStringSubmatch(action); m != nil {
			return "{" + m[1] + "}"
		}
		return "{" + action + "}"
	})
	return strings.Join(strings.Fields(text), " ")
}

// drawText draws a flow as a numbered list.
func (b *Book) drawText(f *Flow) string {
	var t strings.Builder
	fmt.Fprintf(&t, "%s\nAfter a step without an arrow comes the step below it.\n", b.named(f.ID))
	b.listSteps(&t, f, "", "", true)
	return t.String()
}

func (b *Book) listSteps(t *strings.Builder, f *Flow, indent, number string, expand bool) {
	for i := range f.Steps {
		s := &f.Steps[i]
		n := fmt.Sprintf("%s%d", number, i+1)
		what, says := b.does(s)
		fmt.Fprintf(t, "\n%s%s %s: %s\n", indent, n, s.ID, what)
		for _, l := range []string{says, s.taps()} {
			if l != "" {
				fmt.Fprintf(t, "%s    %s\n", indent, l)
			}
		}
		if called := b.flows[s.Call]; s.Call != "" && expand && called != nil {
			b.listSteps(t, called, indent+"    ", n+".", false)
			if len(s.Next) > 0 {
				fmt.Fprintf(t, "\n%s    after %s:\n", indent, s.Call)
			}
		}
		for _, e := range b.exits(s) {
			if line := e.arrow(s, number); line != "" {
				fmt.Fprintf(t, "%s    → %s\n", indent, line)
			}
		}
	}
}

// arrow is empty for the step that follows in the file anyway.
func (e exit) arrow(s *Step, number string) string {
	to := "end of " + s.flow.ID
	if e.to != nil {
		if e.when == "" && e.to.index == s.index+1 {
			return ""
		}
		to = fmt.Sprintf("%s%d %s", number, e.to.index+1, e.to.ID)
	}
	if e.when == "" {
		return to
	}
	return to + ", " + e.when
}

// longest is how much of a text a box of a chart shows, in characters.
const longest = 120

// drawMermaid draws a flow as a Mermaid flowchart. Steps have numbers for ids:
// some words, such as "end", mean something to Mermaid.
func (b *Book) drawMermaid(f *Flow) string {
	var t strings.Builder
	fmt.Fprintf(&t, "flowchart TD\n")
	fmt.Fprintf(&t, "    start([%s]) --> s1\n", quoted(b.named(f.ID)))
	b.chartSteps(&t, f, "s", "finish", "    ", true)
	fmt.Fprintf(&t, "    finish([%s])\n", quoted("end of "+f.ID))
	return t.String()
}

func (b *Book) chartSteps(t *strings.Builder, f *Flow, prefix, finish, indent string, expand bool) {
	for i := range f.Steps {
		s := &f.Steps[i]
		id := fmt.Sprintf("%s%d", prefix, i+1)
		from := id
		fmt.Fprintf(t, "%s%s%s\n", indent, id, b.box(s))
		if called := b.flows[s.Call]; s.Call != "" && expand && called != nil {
			from = id + "_finish"
			fmt.Fprintf(t, "%ssubgraph %s_flow [%s]\n", indent, id, quoted(b.named(s.Call)))
			b.chartSteps(t, called, id+"_", from, indent+"    ", false)
			fmt.Fprintf(t, "%s    %s([%s])\n%send\n", indent, from, quoted("end of "+s.Call), indent)
			fmt.Fprintf(t, "%s%s --> %s_1\n", indent, id, id)
		}
		for _, e := range b.exits(s) {
			to := finish
			if e.to != nil {
				to = fmt.Sprintf("%s%d", prefix, e.to.index+1)
			}
			label := ""
			if e.when != "" {
				label = "|" + quoted(e.when) + "|"
			}
			fmt.Fprintf(t, "%s%s -->%s %s\n", indent, from, label, to)
		}
	}
}

// box is a step's shape: round for questions, doubled for flows, slanted for
// what is done, a diamond where the way parts.
func (b *Book) box(s *Step) string {
	what, says := b.does(s)
	text := s.ID + ": " + what
	for _, l := range []string{shorten(says, longest), shorten(s.taps(), longest)} {
		if l != "" {
			text += "\n" + l
		}
	}
	q := quoted(text)
	switch {
	case s.asks():
		return "(" + q + ")"
	case s.Call != "":
		return "[[" + q + "]]"
	case s.Do != "":
		return "[/" + q + "/]"
	case s.Say != "":
		return "[" + q + "]"
	}
	return "{" + q + "}"
}

// mermaidText keeps what people wrote from meaning anything to Mermaid or to the
// HTML it makes.
var mermaidText = strings.NewReplacer("#", "#35;", "&", "#amp;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "`", "#96;", "\\", "#92;", "\n", "<br>")

func quoted(text string) string { return `"` + mermaidText.Replace(text) + `"` }
