package timeline

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"waymark/internal/civil"
)

const (
	laneHigh = 22 // the bar and the points on it
	barHigh  = 12
	minBar   = 12
	labelGap = 8 // between two labels
	minor    = 1000
)

func (l Labels) numbered(i int) string { return fill(l.Goal, "{n}", strconv.Itoa(i+1)) }

// row is a goal: its name and count, its bar with points, and their labels in
// at most the given number of lines.
func (c *canvas) row(g Goal, name string, today civil.Date, lines int) {
	count := ""
	if g.Of > 0 && g.Done == g.Of {
		count = c.labels.AllDone
	} else if g.Of > 0 {
		count = c.labels.count(g.Done, g.Of)
	}
	count = c.faces.fit(small, count, c.room()/2)
	w := c.faces.width(small, count)
	b := c.line(title, text, c.faces.fit(title, name, c.room()-w-rowGap), margin, c.y)
	c.line(small, muted, count, c.width-margin-w, b.y1-c.faces.height(small)-1)
	c.y = b.y1 + 4

	ps := points(g.Milestones, c.axis)
	end := c.bar(g, ps, today)
	c.points(ps)
	c.y += laneHigh + 2
	c.notes(c.goalNotes(g, ps, end), lines)
}

// bar draws the time of a goal and how much of its way is done, and returns
// both of its ends.
func (c *canvas) bar(g Goal, ps []point, today civil.Date) [2]float64 {
	from, to := g.Start, g.Due
	if from.IsZero() {
		from = begin(g, today)
	}
	t := thing{form: bar, line: 1.25, ink: edge}
	x0, x1 := c.axis.left, c.axis.right
	if !from.IsZero() {
		x0, t.cutLeft = c.axis.x(from), from.Before(c.axis.from)
	}
	if !to.IsZero() {
		x1, t.cutRight = c.axis.x(to), to.After(c.axis.to)
	} else {
		t.cutRight = true // it goes on, nobody knows until when
	}
	x0 = min(x0, x1)
	x1 = min(max(x1, x0+minBar), c.axis.right+inset)
	x0 = min(x0, x1-minBar)
	y := c.y + laneHigh/2
	t.at = box{x0, y - barHigh/2, x1, y + barHigh/2}
	back := t
	back.ink, back.line = track, 0
	c.add(back)
	if g.Done > 0 && !to.IsZero() { // half of a time without an end is nowhere
		part := t
		part.ink, part.line = done, 0
		part.at.x1 = max(x0+(x1-x0)*float64(g.Done)/float64(g.Of), x0+minBar)
		part.cutRight = t.cutRight && g.Done == g.Of
		c.add(part)
	}
	if to.IsZero() {
		c.add(thing{form: dashes, ink: edge, at: box{x0, t.at.y0, x1, t.at.y0 + 1.5}})
		c.add(thing{form: dashes, ink: edge, at: box{x0, t.at.y1 - 1.5, x1, t.at.y1}})
	} else {
		c.add(t)
	}
	return [2]float64{x0, x1}
}

// begin is where the bar of a goal without a start begins.
func begin(g Goal, today civil.Date) civil.Date {
	first := today
	for _, m := range g.Milestones {
		if !m.Date.IsZero() && (first.IsZero() || m.Date.Before(first)) {
			first = m.Date
		}
	}
	if first.IsZero() || !g.Due.IsZero() && g.Due.Before(first) {
		return g.Due
	}
	return first
}

// points draws what stands on a bar or line at c.y.
func (c *canvas) points(ps []point) {
	y := c.y + laneHigh/2
	for _, p := range ps {
		if p.n == 1 {
			c.mark(p, y)
			continue
		}
		all := box{p.x - p.wide()/2, y - 10, p.x + p.wide()/2, y + 10}
		c.add(thing{form: capsule, at: all, ink: ground})
		c.add(thing{form: capsule, at: all, ink: edge, line: 1.25})
		one := p
		one.n, one.x = 1, all.x0+12
		c.shape(one, y)
		w, h := c.faces.width(strong, p.others()), c.faces.height(strong)
		x := (all.x0 + 20 + all.x1 - 4 - w) / 2
		c.add(thing{form: letters, at: box{x, y - h/2, x + w, y + h/2}, ink: text, on: ground, text: p.others(), style: strong})
	}
}

// mark draws one point on a little ground of its own, so that it stands out from
// the bar.
func (c *canvas) mark(p point, y float64) {
	switch {
	case p.review:
		c.add(thing{form: rule, at: box{p.x - 6, y - 8, p.x + 7, y + 8}, ink: ground})
	case p.state == Next:
		c.add(thing{form: diamond, at: around(p.x, y, 9), ink: ground})
	case p.state == Late:
		c.add(thing{form: triangle, at: around(p.x, y, 8.75), ink: ground})
	default:
		c.add(thing{form: disc, at: around(p.x, y, 8), ink: ground})
	}
	c.shape(p, y)
}

// shape draws what tells one state from another.
func (c *canvas) shape(p point, y float64) {
	at := func(half float64) box { return around(p.x, y, half) }
	switch {
	case p.review:
		c.add(thing{form: pennant, at: at(7), ink: review})
	case p.state == Done:
		c.add(thing{form: disc, at: at(6.75), ink: done})
		c.add(thing{form: tick, at: at(6.75), ink: ground, line: 1.75})
	case p.state == Next:
		c.add(thing{form: diamond, at: at(8), ink: next})
		c.add(thing{form: disc, at: at(2.25), ink: ground})
	case p.state == Late:
		c.add(thing{form: triangle, at: at(7.5), ink: late})
		c.add(thing{form: bang, at: at(7.5), ink: ground})
	default:
		c.add(thing{form: ring, at: at(5.75), ink: edge, line: 2})
	}
}

// note is a label that waits for a place below x.
type note struct {
	text   string
	x      float64
	ink    ink
	style  style
	weight int // the lightest is placed first; from minor on, on the first line only
}

// when writes a day as exactly as the axis shows it.
func (c *canvas) when(d civil.Date) string {
	switch {
	case !c.axis.shows(d):
		return c.labels.on(c.labels.Date, d)
	case c.axis.long():
		return c.labels.on(c.labels.Month, d)
	}
	return c.labels.on(c.labels.Day, d)
}

// goalNotes are the labels of a goal: what is late and next, its due date, then
// the days of what is open and of what is done.
func (c *canvas) goalNotes(g Goal, ps []point, ends [2]float64) []note {
	var ns []note
	due := !g.Due.IsZero()
	for i, p := range ps {
		n := note{text: c.when(p.date), x: p.x, ink: muted, style: small}
		switch p.state {
		case Late:
			n.text, n.ink, n.style, n.weight = fill(c.labels.LateSince, "{date}", n.text), late, strong, 0
		case Next:
			n.text, n.ink, n.style, n.weight = fill(c.labels.NextOn, "{date}", n.text), next, strong, 1
		case Open:
			n.weight = minor + i
			if p.date == g.Due {
				n.text, n.weight, due = fill(c.labels.DueOn, "{date}", n.text), 2, false
			}
		default:
			n.weight = math.MaxInt - i
		}
		if p.state != Open && p.date == g.Due {
			due = false // its label says the day
		}
		ns = append(ns, n)
	}
	if due {
		ns = append(ns, note{text: fill(c.labels.DueOn, "{date}", c.when(g.Due)), x: ends[1], ink: muted, style: small, weight: 2})
	}
	if g.Due.IsZero() {
		ns = append(ns, note{text: c.labels.NoDate, x: ends[1], ink: muted, style: small, weight: 2})
	}
	return ns
}

// notes places labels below c.y, the important first, each where it covers no
// other; those without a place are left out.
func (c *canvas) notes(ns []note, lines int) {
	slices.SortStableFunc(ns, func(a, b note) int { return cmp.Compare(a.weight, b.weight) })
	h := c.faces.height(small)
	var taken []box
	low := c.y
	for _, n := range ns {
		n.text = c.faces.fit(n.style, n.text, c.room())
		allowed := lines
		if n.weight >= minor {
			allowed = 1
		}
		if at, ok := c.free(n, taken, allowed); ok {
			taken = append(taken, at)
			c.line(n.style, n.ink, n.text, at.x0, at.y0)
			low = max(low, at.y0+h)
		}
	}
	c.y = low
}

// free is a place for n: below its point, else to one side of it, else a line
// further down.
func (c *canvas) free(n note, taken []box, lines int) (box, bool) {
	w, h := c.faces.width(n.style, n.text), c.faces.height(small)
	for line := range lines {
		y := c.y + float64(line)*(h+1)
		for _, x := range []float64{n.x - w/2, n.x - 8, n.x + 8 - w} {
			x = min(max(x, margin), c.width-margin-w)
			at := box{x, y, x + w, y + h}
			wide := box{x - labelGap, y, x + w + labelGap, y + h}
			if !slices.ContainsFunc(taken, wide.meets) {
				return at, true
			}
		}
	}
	return box{}, false
}

// reviews is the row of review dates on the axis.
func (c *canvas) reviews(dates []civil.Date, lines int) {
	var ms []Milestone
	for _, d := range dates {
		if !d.Before(c.axis.from) {
			ms = append(ms, Milestone{Date: d, State: Open})
		}
	}
	if len(ms) == 0 {
		return
	}
	c.y = c.line(title, text, c.faces.fit(title, c.labels.Reviews, c.room()), margin, c.y).y1 + 4
	y := c.y + laneHigh/2
	c.add(thing{form: rule, at: box{c.axis.left, y - 0.75, c.axis.right, y + 0.75}, ink: edge})
	ps := points(ms, c.axis)
	var ns []note
	for i, p := range ps {
		ps[i].review = true
		ns = append(ns, note{text: c.when(p.date), x: p.x, ink: muted, style: small, weight: i})
	}
	c.points(ps)
	c.y += laneHigh + 2
	c.notes(ns, lines)
	c.y += rowGap
}
