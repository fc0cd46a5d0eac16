package dialogue

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

// Kind says how the answer to a step is read and what can be tapped.
type Kind string

// The kinds of questions.
const (
	Text     Kind = "text"     // own words
	Choice   Kind = "choice"   // one of the choices
	Multi    Kind = "multi"    // several of the choices
	Date     Kind = "date"     // a day, or a span whose end is taken
	Duration Kind = "duration" // months
	Number   Kind = "number"
	Hours    Kind = "hours" // hours a week
	Scale    Kind = "scale" // 0 to 10
	List     Kind = "list"  // several things in own words
)

var kinds = map[Kind]bool{Text: true, Choice: true, Multi: true, Date: true, Duration: true, Number: true, Hours: true, Scale: true, List: true}

// Flow is a part of the talk: steps in order, from the first to one without a
// next.
type Flow struct {
	ID    string `yaml:"flow"`
	About string `yaml:"about"` // a few words for recaps: "what you have today"
	// Item is the slot whose items this flow is called for, once each.
	Item  string `yaml:"item"`
	Steps []Step `yaml:"steps"`

	file string
	byID map[string]*Step
}

// Step is one point of a flow. It asks (kind, ask), says, calls another flow,
// does something, or only branches.
type Step struct {
	ID   string   `yaml:"id"`
	Was  []string `yaml:"was"`  // earlier ids of this step
	Slot string   `yaml:"slot"` // what it fills; the id if empty
	Kind Kind     `yaml:"kind"`
	Ask  string   `yaml:"ask"`
	Why  string   `yaml:"why"`
	Eg   string   `yaml:"example"`
	Ack  string   `yaml:"ack"` // said after the answer
	// Topics are what a correction of the answer may be about, in words that stand
	// in its subject; Names are what people call the answer, "job": words that mean
	// it only where they are the whole of a name, "change my job to …".
	Topics []string `yaml:"topics"`
	Names  []string `yaml:"names"`
	// Choices in the order they are shown; From names a provider of choices
	// that are derived when the question is asked.
	Choices Choices `yaml:"choices"`
	From    string  `yaml:"from"`
	Own     bool    `yaml:"own"` // own words are an answer too
	// Clock takes any full hour of the day as an answer besides the choices, which
	// are hours called h9, h14: "7 in the evening" is h19.
	Clock   bool   `yaml:"clock"`
	Default string `yaml:"default"` // the choice offered after two unclear answers
	Min     int    `yaml:"min"`
	Max     int    `yaml:"max"`
	Toward  string `yaml:"toward"` // for dates: "past" or the default "future"
	// First takes the first day of a span that was named ("in September"): a
	// start, where other dates are ends.
	First bool `yaml:"first"`
	// Check names rules of the application that an answer should meet. Twice it
	// is asked again with what is missing, then the answer is kept as it is.
	Check []string `yaml:"check"`
	// Take "all" answers a derived multi choice with everything offered, without
	// asking: the items for a flow that is called for each.
	Take string `yaml:"take"`
	// Also reads a second fact from the same answer: {date: course_start}, or a
	// choice that is named in it: {choice: day}.
	Also map[Kind]string `yaml:"also"`
	// Rest takes what was said behind the answer before, "partly, the diploma is
	// missing", for the answer in own words that is asked for here.
	Rest bool   `yaml:"rest"`
	Show string `yaml:"show"` // what is shown before the question: "plan"
	// Quotes says that the answer is said or written to somebody else, so that a
	// question in it is part of it and not one to the coach.
	Quotes bool `yaml:"quotes"`

	// Aside says that the answer steers the talk and tells nothing about the
	// person ("Start"): recaps leave it out.
	Aside bool `yaml:"aside"`

	Say  string `yaml:"say"`
	Call string `yaml:"call"`
	Each string `yaml:"each"` // call once for each choice in this slot
	Do   string `yaml:"do"`

	Next Next `yaml:"next"`

	flow  *Flow
	index int
}

// Name is the step's name across flows: "have.job".
func (s *Step) Name() string { return s.flow.ID + "." + s.ID }

// SlotName is the slot the step fills.
func (s *Step) SlotName() string {
	if s.Slot != "" {
		return s.Slot
	}
	return s.ID
}

func (s *Step) asks() bool { return s.Kind != "" }

func (s *Step) choice(id string) (ChoiceDef, bool) {
	for _, c := range s.Choices {
		if c.ID == id {
			return c, true
		}
	}
	return ChoiceDef{}, false
}

// ChoiceDef is one choice as the flow's author wrote it.
type ChoiceDef struct {
	ID    string
	Label string
	Also  []string // other words for it
	Typed bool     // taken when it is typed, and not shown
}

// Choices keeps the order of the file.
type Choices []ChoiceDef

// UnmarshalYAML reads {id: Label} or {id: {label: …, also: […]}}.
func (c *Choices) UnmarshalYAML(data []byte) error {
	var m yaml.MapSlice
	if err := yaml.Unmarshal(data, &m); err != nil {
		return err
	}
	for _, it := range m {
		def := ChoiceDef{ID: fmt.Sprint(it.Key)}
		switch v := it.Value.(type) {
		case string:
			def.Label = v
		case map[string]any:
			for k, x := range v {
				switch k {
				case "label":
					def.Label = fmt.Sprint(x)
				case "typed":
					def.Typed, _ = x.(bool)
				case "also":
					list, ok := x.([]any)
					if !ok {
						return fmt.Errorf("choice %s: also is a list of words", def.ID)
					}
					for _, w := range list {
						def.Also = append(def.Also, fmt.Sprint(w))
					}
				default:
					return fmt.Errorf("choice %s: unknown key %q; a choice has label, also and typed", def.ID, k)
				}
			}
		default:
			return fmt.Errorf("choice %s: write a label, or {label: …, also: […]}", def.ID)
		}
		*c = append(*c, def)
	}
	return nil
}

// Branch leads on when its condition holds. A nil If always holds.
type Branch struct {
	If   Cond
	Then string
	Else bool
}

// Next is where a step leads: empty means the following step of the file, or
// the end after the last one.
type Next []Branch

// End is the step id that ends a flow.
const End = "end"

// UnmarshalYAML reads "next: id" or a list of {if: …, then: id} and {else: id}.
func (n *Next) UnmarshalYAML(data []byte) error {
	var id string
	if err := yaml.Unmarshal(data, &id); err == nil && !strings.HasPrefix(strings.TrimSpace(string(data)), "-") {
		*n = Next{{Then: id, Else: true}}
		return nil
	}
	var list []branchYAML
	if err := yaml.UnmarshalWithOptions(data, &list, yaml.Strict()); err != nil {
		return err
	}
	for _, y := range list {
		br, err := y.branch()
		if err != nil {
			return err
		}
		*n = append(*n, br)
	}
	return nil
}

// branchYAML is a branch as it is written.
type branchYAML struct {
	If   map[string]any `yaml:"if"`
	Then string         `yaml:"then"`
	Else string         `yaml:"else"`
}

// UnmarshalYAML refuses what is neither {if: …, then: id} nor {else: id}.
func (y *branchYAML) UnmarshalYAML(data []byte) error {
	type plain branchYAML
	if err := yaml.UnmarshalWithOptions(data, (*plain)(y), yaml.Strict()); err != nil {
		return err
	}
	_, err := y.branch()
	return err
}

func (y *branchYAML) branch() (Branch, error) {
	switch {
	case y.Else != "" && (y.If != nil || y.Then != ""):
		return Branch{}, errors.New("a branch has either if and then, or else")
	case y.Else != "":
		return Branch{Then: y.Else, Else: true}, nil
	case y.Then == "" || y.If == nil:
		return Branch{}, errors.New("a branch needs if and then: {if: {slot: choice}, then: step}")
	}
	br := Branch{If: Cond{}, Then: y.Then}
	for slot, v := range y.If {
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for _, x := range list {
			br.If[slot] = append(br.If[slot], fmt.Sprint(x))
		}
	}
	return br, nil
}

// Cond holds when every slot in it has one of the values listed for it: a
// choice's id; "some" or "none" (an answer with or without content); "skipped";
// "unsure"; or a comparison such as "<7".
type Cond map[string][]string

var condWords = map[string]bool{"some": true, "none": true, "skipped": true, "unsure": true}
