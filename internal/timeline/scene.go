package timeline

// box is a place on the picture in points, from the top left.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) grow(by float64) box { return box{b.x0 - by, b.y0 - by, b.x1 + by, b.y1 + by} }

func (b box) meets(o box) bool {
	return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1
}

// around is the square with the middle x, y.
func around(x, y, half float64) box { return box{x - half, y - half, x + half, y + half} }

// form is what a thing looks like.
type form int

const (
	rule     form = iota // a filled rectangle
	dashes               // a line of dashes, as wide as its box
	bar                  // ends round, but where it is cut
	capsule              // ends round
	disc                 // a milestone that is done
	tick                 // the mark on it
	ring                 // open
	diamond              // next
	triangle             // late
	bang                 // the mark on it
	pennant              // a review
	letters              // text
)

// thing is one mark on the picture.
type thing struct {
	form form
	at   box
	ink  ink
	line float64 // width of the outline; 0: filled
	// cutLeft and cutRight say that a bar goes on past the end of the axis.
	cutLeft, cutRight bool

	// Letters only.
	text  string
	style style
	on    ink  // what is behind them
	patch bool // paint what is behind them first, over any line
}

// scene is a picture before it is painted: things from back to front.
type scene struct {
	width, height float64
	things        []thing
}

func (s *scene) add(t thing) { s.things = append(s.things, t) }

// canvas is a scene that is being laid out.
type canvas struct {
	scene
	faces  *faces
	labels Labels
	axis   axis
	y      float64 // where the next line begins
}

// line sets text with its left end at x and its top at y, and returns its box.
func (c *canvas) line(st style, in ink, text string, x, y float64) box {
	b := box{x, y, x + c.faces.width(st, text), y + c.faces.height(st)}
	if text != "" {
		c.add(thing{form: letters, at: b, ink: in, text: text, style: st, on: ground, patch: true})
	}
	return b
}
