package chat

import (
	"strconv"
	"strings"
)

// Message is something the coach says.
type Message struct {
	Blocks []Block `cbor:"1,keyasint,omitempty"`
	// Ask holds what can be tapped instead of typed.
	Ask *Ask `cbor:"2,keyasint,omitempty"`
	// Footer is small print below everything.
	Footer []Span `cbor:"3,keyasint,omitempty"`
	// Notice is what a notification, a list of conversations and anything else
	// that cannot show blocks has in place of the message; "" for its words.
	// Who wants their own words out of notifications gets one.
	Notice string `cbor:"4,keyasint,omitempty"`
}

// BlockKind says how a block is set.
type BlockKind int

const (
	// Paragraph is running text.
	Paragraph BlockKind = iota
	// Heading is a short line above a part of the message.
	Heading
	// Bullets and Numbers are lists of Items.
	Bullets
	Numbers
	// Rule is a dividing line.
	Rule
	// Note is a paragraph in small print.
	Note
	// Buttons are a row of Choices that act at once: on a Page, in a Form, or
	// below a part of a message. ID is what Event.Action brings back.
	Buttons
	// Meter shows how far something is: Done of Total, next to Spans, which say
	// the same in words.
	Meter
)

// Block is one part of a message, top to bottom.
type Block struct {
	Kind  BlockKind `cbor:"1,keyasint,omitempty"`
	Spans []Span    `cbor:"2,keyasint,omitempty"`
	Items [][]Span  `cbor:"3,keyasint,omitempty"`
	// ID and Choices are those of Buttons; see Ask.ID.
	ID      string   `cbor:"4,keyasint,omitempty"`
	Choices []Choice `cbor:"5,keyasint,omitempty"`
	// Done and Total are those of a Meter.
	Done  int `cbor:"6,keyasint,omitempty"`
	Total int `cbor:"7,keyasint,omitempty"`
}

// Style is how a span is set.
type Style int

const (
	Plain Style = iota
	Bold
	Italic
	// Code is for what a person can type: `/goals`.
	Code
)

// Span is a run of text of one style and one author.
type Span struct {
	Text  string `cbor:"1,keyasint,omitempty"`
	Style Style  `cbor:"2,keyasint,omitempty"`
	// Own marks words that a person wrote. They are shown exactly as they are
	// and never read as formatting, links or mentions.
	Own bool `cbor:"3,keyasint,omitempty"`
}

// Ask is the part of a message that waits for a tap. Everything in it can be
// typed as well: a choice by its number or its label, a date in words.
type Ask struct {
	// ID is the same for all elements of one question: the occurrence or
	// question it belongs to. It is what makes a button single-use.
	ID      string   `cbor:"1,keyasint,omitempty"`
	Choices []Choice `cbor:"2,keyasint,omitempty"`
	// Many allows several choices, sent together.
	Many bool `cbor:"3,keyasint,omitempty"`
	// Date shows a date picker beside the choices.
	Date bool `cbor:"4,keyasint,omitempty"`
	// Initial is the date the picker opens at (2006-01-02), "" for none.
	Initial string `cbor:"5,keyasint,omitempty"`
	// Extra are choices set apart from the answers: Skip, Why?
	Extra []Choice `cbor:"6,keyasint,omitempty"`
}

// Choice is one thing to tap.
type Choice struct {
	// Value comes back in Event.Values.
	Value string `cbor:"1,keyasint,omitempty"`
	Label string `cbor:"2,keyasint,omitempty"`
	// Own says that the label holds words the person wrote.
	Own bool `cbor:"3,keyasint,omitempty"`
	// Primary sets at most one choice apart.
	Primary bool `cbor:"4,keyasint,omitempty"`
	// Alt is what a screen reader says instead of Label, where several choices
	// in sight read alike: "Done" below each goal. "" leaves it to the platform.
	Alt string `cbor:"5,keyasint,omitempty"`
}

// T is a plain span of the coach's own words.
func T(text string) Span { return Span{Text: text} }

// B is a bold span of the coach's own words.
func B(text string) Span { return Span{Text: text, Style: Bold} }

// Own is a span of a person's words.
func Own(text string) Span { return Span{Text: text, Own: true} }

// Para is a paragraph block.
func Para(spans ...Span) Block { return Block{Spans: spans} }

// Say is a message of one paragraph of the coach's own words.
func Say(text string) Message { return Message{Blocks: []Block{Para(T(text))}} }

// Plain is the whole message as text, one line a paragraph, item or choice: what
// a screen reader, a notification and a transcript show.
func (m Message) Plain() string {
	var b strings.Builder
	for _, bl := range m.Blocks {
		switch bl.Kind {
		case Rule:
			continue
		case Buttons:
			labels := make([]string, len(bl.Choices))
			for i, c := range bl.Choices {
				labels[i] = c.Label
			}
			b.WriteString(strings.Join(labels, " · ") + "\n")
		case Bullets, Numbers:
			for i, it := range bl.Items {
				if bl.Kind == Numbers {
					b.WriteString(strconv.Itoa(i+1) + ". ")
				} else {
					b.WriteString("• ")
				}
				b.WriteString(PlainSpans(it) + "\n")
			}
		default:
			b.WriteString(PlainSpans(bl.Spans) + "\n")
		}
	}
	if m.Ask != nil {
		for i, c := range m.Ask.Choices {
			if _, err := strconv.Atoi(c.Label); err != nil { // a scale is its own numbers
				b.WriteString(strconv.Itoa(i+1) + ". ")
			}
			b.WriteString(c.Label + "\n")
		}
	}
	if len(m.Footer) > 0 {
		b.WriteString(PlainSpans(m.Footer) + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// PlainSpans is the text of spans without their styles; what can be typed stays
// in backquotes, as it reads badly without.
func PlainSpans(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Style == Code {
			b.WriteString("`" + s.Text + "`")
			continue
		}
		b.WriteString(s.Text)
	}
	return b.String()
}
