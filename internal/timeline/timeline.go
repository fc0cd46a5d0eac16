// Package timeline draws a career plan: goals as bars, milestones as points on
// them, reviews, and today, as a PNG for a chat message, with the sentence that
// says the same to who cannot see it.
//
// It knows how a plan is laid out on a small screen: which dates fit on an axis,
// what to leave out when it is crowded, which glyphs can be drawn. The state of
// a milestone is its shape and words; colour only repeats it. What a milestone,
// a goal or a review is, and when one is late, it is told. It keeps nothing,
// reads no clock, and draws the same picture for the same input.
package timeline

import (
	"bytes"
	"fmt"
	"image/png"

	"waymark/internal/civil"
)

// Plan is what is drawn. Dates before the year 1900 or after 2199 count as none.
type Plan struct {
	Today   civil.Date // zero: no line for today
	Goals   []Goal     // in the order they are shown; the first MaxGoals are
	Reviews []civil.Date
}

// Goal is one bar.
type Goal struct {
	// Title is what the person calls it. It is shortened where it is too long;
	// where the font lacks a glyph of it, the goal is shown as "Goal 2", so the
	// message beside the picture numbers its goals in the same order.
	Title string
	Start civil.Date // zero: begins with its first milestone or today
	Due   civil.Date // zero: no date yet
	// Done of Of steps are reached, which fills the bar; Of 0 says nothing.
	Done, Of   int
	Milestones []Milestone // in any order; those without a date are not points
}

// Milestone is one point on a goal's bar.
type Milestone struct {
	Title string
	Date  civil.Date // when it is due, or was reached
	State State
}

// State is where a milestone stands.
type State int

// The states of a milestone, the most urgent last: where several share a place,
// the last of them is shown.
const (
	Done State = iota
	Open
	Next // the one to work on
	Late // open, and its day has passed
)

// MaxGoals is how many goals have room; the others are counted in one line.
const MaxGoals = 8

// Theme is a set of colours.
type Theme int

// The themes. Both paint their own ground, so either can be read whatever
// colours the reader's screen has; Neutral is the one to send where that is not
// known.
const (
	Neutral Theme = iota
	Dark
)

// Options say how a plan is drawn. The zero value is right for a phone.
type Options struct {
	Width  int // in points, 320 to 800; 0 is 360
	Scale  int // pixels to a point, 1 to 4; 0 is 2
	Theme  Theme
	Labels Labels // words left empty are English
}

// within brings the options into their bounds.
func (o Options) within() Options {
	if o.Width == 0 {
		o.Width = 360
	}
	if o.Scale == 0 {
		o.Scale = 2
	}
	o.Width, o.Scale = min(max(o.Width, 320), 800), min(max(o.Scale, 1), 4)
	if o.Theme != Dark {
		o.Theme = Neutral
	}
	o.Labels = o.Labels.drawable()
	return o
}

// Draw is the picture of p as a PNG, Width times Scale pixels wide and as high
// as it needs to be. It fails only if the fonts built in cannot be read.
func Draw(p Plan, o Options) ([]byte, error) {
	o = o.within()
	faces, err := newFaces(o.Scale)
	if err != nil {
		return nil, fmt.Errorf("draw a plan: %w", err)
	}
	var out bytes.Buffer
	quick := png.Encoder{CompressionLevel: png.BestSpeed} // a third less time for 4 % more bytes
	if err := quick.Encode(&out, paint(layout(p, o, faces), o, faces)); err != nil {
		return nil, fmt.Errorf("write the picture of a plan: %w", err)
	}
	return out.Bytes(), nil
}
