package timeline

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"

	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// painter turns a scene into pixels.
type painter struct {
	img   *image.RGBA
	inks  [inks]color.RGBA
	faces *faces
	scale float64
	rast  vector.Rasterizer
	dx    float64 // where the rasterizer's corner is, in pixels
	dy    float64
}

func paint(s scene, o Options, f *faces) *image.RGBA {
	p := &painter{faces: f, scale: float64(o.Scale), inks: colours[o.Theme]}
	p.img = image.NewRGBA(image.Rect(0, 0, int(s.width*p.scale), int(math.Ceil(s.height*p.scale))))
	draw.Draw(p.img, p.img.Rect, image.NewUniform(p.inks[ground]), image.Point{}, draw.Src)
	for _, t := range s.things {
		p.thing(t)
	}
	return p.img
}

func (p *painter) thing(t thing) {
	if t.form == letters {
		p.letters(t)
		return
	}
	b := t.at.grow(t.line + 1)
	area := image.Rect(int(math.Floor(b.x0*p.scale)), int(math.Floor(b.y0*p.scale)), int(math.Ceil(b.x1*p.scale)), int(math.Ceil(b.y1*p.scale)))
	p.rast.Reset(area.Dx(), area.Dy())
	p.dx, p.dy = float64(area.Min.X), float64(area.Min.Y)
	p.outline(t)
	p.rast.Draw(p.img, area, image.NewUniform(p.inks[t.ink]), image.Point{})
}

// letters are set glyph by glyph from the left end of their box, with the
// baseline where the tallest letters fill the box evenly.
func (p *painter) letters(t thing) {
	if t.patch {
		p.thing(thing{form: rule, at: t.at.grow(1.5), ink: t.on})
	}
	face := p.faces.of[t.style]
	size := sizes[t.style].size
	dot := fixed.Point26_6{
		X: fixed.Int26_6(math.Round(t.at.x0 * p.scale * 64)),
		Y: fixed.I(int(math.Round((t.at.y0 + t.at.y1 + size*0.72) / 2 * p.scale))),
	}
	src := image.NewUniform(p.inks[t.ink])
	for _, r := range t.text {
		dr, mask, maskp, advance, ok := face.Glyph(dot, r)
		if ok {
			draw.DrawMask(p.img, dr, src, image.Point{}, mask, maskp, draw.Over)
		}
		dot.X += advance
	}
}

// at gives the rasterizer's coordinates of a place.
func (p *painter) at(x, y float64) (float32, float32) {
	return float32(x*p.scale - p.dx), float32(y*p.scale - p.dy)
}

// polygon adds a closed path through corners x, y, x, y, …
func (p *painter) polygon(xy ...float64) {
	p.rast.MoveTo(p.at(xy[0], xy[1]))
	for i := 2; i < len(xy); i += 2 {
		p.rast.LineTo(p.at(xy[i], xy[i+1]))
	}
	p.rast.ClosePath()
}

// outline adds the path of t.
func (p *painter) outline(t thing) {
	b := t.at
	x, y, r := (b.x0+b.x1)/2, (b.y0+b.y1)/2, (b.y1-b.y0)/2
	switch t.form {
	case rule:
		p.polygon(b.x0, b.y0, b.x1, b.y0, b.x1, b.y1, b.x0, b.y1)
	case dashes:
		for d := b.x0; d < b.x1; d += 8 {
			e := min(d+5, b.x1)
			p.polygon(d, b.y0, e, b.y0, e, b.y1, d, b.y1)
		}
	case bar, capsule:
		p.rounded(b, !t.cutLeft, !t.cutRight, false)
		if t.line > 0 {
			p.rounded(b.grow(-t.line), !t.cutLeft, !t.cutRight, true)
		}
	case disc:
		p.rounded(b, true, true, false)
	case ring:
		p.rounded(b.grow(t.line/2), true, true, false)
		p.rounded(b.grow(-t.line/2), true, true, true)
	case tick:
		p.stroke(t.line, x-r*0.45, y+r*0.02, x-r*0.12, y+r*0.36)
		p.stroke(t.line, x-r*0.16, y+r*0.40, x+r*0.46, y-r*0.34)
	case diamond:
		p.polygon(x, y-r, x+r, y, x, y+r, x-r, y)
	case triangle:
		p.polygon(x, y-r, x+r*1.05, y+r*0.85, x-r*1.05, y+r*0.85)
	case bang:
		p.polygon(x-1, y-r*0.38, x+1, y-r*0.38, x+0.7, y+r*0.28, x-0.7, y+r*0.28)
		p.rounded(around(x, y+r*0.56, 1), true, true, false)
	case pennant:
		p.polygon(x-4.5, y-r, x-2.75, y-r, x-2.75, y+r, x-4.5, y+r)
		p.polygon(x-2.75, y-r, x+r-0.5, y-r*0.42, x-2.75, y+r*0.16)
	}
}

// stroke adds a straight line of a width.
func (p *painter) stroke(width, x0, y0, x1, y1 float64) {
	l := math.Hypot(x1-x0, y1-y0)
	nx, ny := -(y1-y0)/l*width/2, (x1-x0)/l*width/2
	p.polygon(x0+nx, y0+ny, x0-nx, y0-ny, x1-nx, y1-ny, x1+nx, y1+ny)
}

// rounded adds a rectangle whose left and right ends are half circles, or
// straight. Backwards it cuts a hole.
func (p *painter) rounded(b box, left, right, backwards bool) {
	r := min(b.y1-b.y0, b.x1-b.x0) / 2
	if r <= 0 {
		return
	}
	k := r * 0.5523 // how a cubic curve bends most like a quarter of a circle
	var path []curve
	straight := func(x0, y0, x1, y1 float64) { path = append(path, curve{x0, y0, x0, y0, x1, y1, x1, y1}) }
	straight(b.x0+r, b.y0, b.x1-r, b.y0)
	if right {
		path = append(path,
			curve{b.x1 - r, b.y0, b.x1 - r + k, b.y0, b.x1, b.y0 + r - k, b.x1, b.y0 + r},
			curve{b.x1, b.y1 - r, b.x1, b.y1 - r + k, b.x1 - r + k, b.y1, b.x1 - r, b.y1})
	} else {
		straight(b.x1-r, b.y0, b.x1, b.y0)
		straight(b.x1, b.y0, b.x1, b.y1)
		straight(b.x1, b.y1, b.x1-r, b.y1)
	}
	straight(b.x1-r, b.y1, b.x0+r, b.y1)
	if left {
		path = append(path,
			curve{b.x0 + r, b.y1, b.x0 + r - k, b.y1, b.x0, b.y1 - r + k, b.x0, b.y1 - r},
			curve{b.x0, b.y0 + r, b.x0, b.y0 + r - k, b.x0 + r - k, b.y0, b.x0 + r, b.y0})
	} else {
		straight(b.x0+r, b.y1, b.x0, b.y1)
		straight(b.x0, b.y1, b.x0, b.y0)
		straight(b.x0, b.y0, b.x0+r, b.y0)
	}
	p.follow(path, backwards)
}

// curve is a cubic curve: x, y of its start, two handles and its end.
type curve [8]float64

// follow adds a closed path of curves, in their order or the other way round.
func (p *painter) follow(path []curve, backwards bool) {
	if backwards {
		slices.Reverse(path)
		for i, c := range path {
			path[i] = curve{c[6], c[7], c[4], c[5], c[2], c[3], c[0], c[1]}
		}
	}
	p.rast.MoveTo(p.at(path[0][0], path[0][1]))
	for _, c := range path {
		ax, ay := p.at(c[2], c[3])
		bx, by := p.at(c[4], c[5])
		x, y := p.at(c[6], c[7])
		p.rast.CubeTo(ax, ay, bx, by, x, y)
	}
	p.rast.ClosePath()
}
