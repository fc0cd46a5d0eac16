package timeline

import (
	"slices"

	"waymark/internal/civil"
)

const (
	margin   = 16 // around everything
	inset    = 8  // from the margin to the ends of the axis: half a point
	rowGap   = 12
	tightGap = 8
	tickIn   = 4 // from a tick to its label
	roomy    = 4 // up to so many goals, labels have two lines
)

// layout places everything that is drawn of p. o has been brought within its
// bounds.
func layout(p Plan, o Options, f *faces) scene {
	p = p.proper()
	c := &canvas{faces: f, labels: o.Labels, y: margin}
	c.width = float64(o.Width)
	c.axis = newAxis(p, margin+inset, c.width-margin-inset, c.labels, f)
	c.heading(p)
	top := c.y
	c.scale()
	gridTop := c.y
	back := len(c.things) // lines go behind what follows
	c.today(p.Today)

	gap, lines := float64(rowGap), 2
	if len(p.Goals) > roomy {
		gap, lines = tightGap, 1
	}
	for i, g := range p.Goals[:min(len(p.Goals), MaxGoals)] {
		c.row(g, p.name(i, c.labels), p.Today, lines)
		c.y += gap
	}
	if len(p.Goals) == 0 {
		c.y = c.line(small, text, c.faces.fit(small, c.labels.NoGoals, c.room()), margin, c.y+tightGap).y1 + rowGap
	}
	if n := len(p.Goals) - MaxGoals; n > 0 {
		c.y = c.line(small, muted, c.faces.fit(small, more(n, c.labels.OneMore, c.labels.More), c.room()), margin, c.y).y1 + gap
	}
	c.reviews(p.Reviews, lines)
	c.things = slices.Insert(c.things, back, c.grid(p.Today, top, gridTop, c.y)...)
	c.legend(p)
	c.height = c.y + margin
	return c.scene
}

// proper is p with dates that exist, counts that add up and goals' titles on one
// line.
func (p Plan) proper() Plan {
	p.Today = proper(p.Today)
	p.Goals = slices.Clone(p.Goals)
	for i := range p.Goals {
		g := &p.Goals[i]
		g.Title, g.Start, g.Due = clean(g.Title), proper(g.Start), proper(g.Due)
		g.Of = max(g.Of, 0)
		g.Done = min(max(g.Done, 0), g.Of)
		g.Milestones = slices.Clone(g.Milestones)
		for k := range g.Milestones {
			m := &g.Milestones[k]
			m.Date, m.State = proper(m.Date), min(max(m.State, Done), Late)
		}
	}
	reviews := make([]civil.Date, 0, len(p.Reviews))
	for _, d := range p.Reviews {
		if d = proper(d); !d.IsZero() {
			reviews = append(reviews, d)
		}
	}
	slices.SortFunc(reviews, civil.Date.Compare)
	p.Reviews = slices.Compact(reviews)
	return p
}

// name is what goal i is called in the picture.
func (p Plan) name(i int, l Labels) string {
	if t := p.Goals[i].Title; t != "" && drawable(t) {
		return t
	}
	return l.numbered(i)
}

// next is the earliest milestone to work on, and its goal; false if none is.
func (p Plan) next() (m Milestone, goal int, ok bool) {
	for i, g := range p.Goals {
		for _, c := range g.Milestones {
			if c.State == Next && (!ok || !c.Date.IsZero() && (m.Date.IsZero() || c.Date.Before(m.Date))) {
				m, goal, ok = c, i, true
			}
		}
	}
	m.Title = clean(m.Title)
	return m, goal, ok
}

func (c *canvas) room() float64 { return c.width - 2*margin }

// heading says what the picture is, when it was drawn, and what comes next.
func (c *canvas) heading(p Plan) {
	date := ""
	if !p.Today.IsZero() {
		date = c.labels.on(c.labels.Date, p.Today)
	}
	date = c.faces.fit(small, date, c.room()/2)
	w := c.faces.width(small, date)
	name := c.faces.fit(heading, c.labels.Heading, c.room()-w-rowGap)
	b := c.line(heading, text, name, margin, c.y)
	c.line(small, muted, date, c.width-margin-w, c.y+(b.y1-b.y0-c.faces.height(small))/2+1)
	c.y = b.y1 + 4
	if m, i, ok := p.next(); ok {
		name := m.Title
		if name == "" || !drawable(name) {
			name = p.name(i, c.labels)
		}
		c.y = c.line(small, text, c.nextStep(name, m.Date), margin, c.y).y1 + 4
	}
	c.y += 8
}

// nextStep shortens the title rather than the date behind it.
func (c *canvas) nextStep(name string, on civil.Date) string {
	if on.IsZero() {
		return c.faces.fit(small, c.labels.Next+": "+name, c.room())
	}
	date := c.labels.on(c.labels.Date, on)
	rest := c.faces.width(small, fill(c.labels.NextStep, "{title}", "", "{date}", date))
	name = c.faces.fit(small, name, max(c.room()-rest, 0))
	return c.faces.fit(small, fill(c.labels.NextStep, "{title}", name, "{date}", date), c.room())
}

// scale is the axis: a line of years where the ticks are finer, and the ticks.
func (c *canvas) scale() {
	a, h := c.axis, c.faces.height(small)
	if !a.long() {
		end := 0.0
		for i, d := range a.ticks {
			if i > 0 && d.Year == a.ticks[i-1].Year {
				continue
			}
			year := units[len(units)-1].label(c.labels, d)
			// The rest of a year has no room if the next begins at once.
			if k := slices.IndexFunc(a.ticks, func(t civil.Date) bool { return t.Year > d.Year }); i == 0 && k > 0 &&
				a.x(a.ticks[k])-a.x(d) < c.faces.width(strong, year)+tickSpace {
				continue
			}
			if x := a.x(d) + tickIn; x >= end && x+c.faces.width(strong, year) <= c.width-margin {
				end = c.line(strong, text, year, x, c.y).x1 + tickSpace
			}
		}
		c.y += h + 1
	}
	for _, d := range a.ticks {
		c.line(small, muted, c.faces.fit(small, a.unit.label(c.labels, d), a.right+inset-a.x(d)-tickIn), a.x(d)+tickIn, c.y)
	}
	c.y += h + 4
}

// today is the word at the top of the line for today.
func (c *canvas) today(today civil.Date) {
	if today.IsZero() {
		return
	}
	word := c.faces.fit(strong, c.labels.Today, c.room()/2)
	w, h := c.faces.width(strong, word), c.faces.height(strong)
	x := min(max(c.axis.x(today)-w/2, margin+7), c.width-margin-w-7)
	pill := box{x - 7, c.y, x + w + 7, c.y + h + 3}
	c.add(thing{form: capsule, at: pill, ink: now})
	c.add(thing{form: letters, at: box{x, c.y + 1.5, x + w, c.y + h + 1.5}, ink: onNow, on: now, text: word, style: strong})
	c.y = pill.y1 + 8
}

// grid is the lines behind the rows: one for each tick and one for today.
func (c *canvas) grid(today civil.Date, top, from, to float64) []thing {
	var lines []thing
	for i, d := range c.axis.ticks {
		start := from
		if i > 0 && d.Year != c.axis.ticks[i-1].Year && !c.axis.long() {
			start = top
		}
		x := c.axis.x(d)
		lines = append(lines, thing{form: rule, at: box{x - 0.5, start, x + 0.5, to}, ink: grid})
	}
	if !today.IsZero() {
		x := c.axis.x(today)
		lines = append(lines, thing{form: rule, at: box{x - 0.75, from + 8, x + 0.75, to}, ink: now})
	}
	return lines
}

// legend names the shapes that occur.
func (c *canvas) legend(p Plan) {
	var used [Late + 1]bool
	for _, g := range p.Goals[:min(len(p.Goals), MaxGoals)] {
		for _, m := range g.Milestones {
			used[m.State] = used[m.State] || !m.Date.IsZero()
		}
	}
	h := c.faces.height(small)
	x, begun := float64(margin), false
	entry := func(word string, draw func(x, y float64)) {
		word = c.faces.fit(small, word, c.room()-22)
		if w := 22 + c.faces.width(small, word); !begun {
			c.y += 6
			begun = true
		} else if x+w > c.width-margin {
			x, c.y = margin, c.y+h+6
		}
		draw(x+8, c.y+h/2)
		x = c.line(small, text, word, x+22, c.y).x1 + 14
	}
	for s, word := range []string{Done: c.labels.Done, Open: c.labels.Open, Next: c.labels.Next, Late: c.labels.Late} {
		if used[s] {
			entry(word, func(x, y float64) { c.mark(point{x: x, n: 1, state: State(s)}, y) })
		}
	}
	if len(p.Reviews) > 0 {
		entry(c.labels.Review, func(x, y float64) { c.mark(point{x: x, n: 1, review: true}, y) })
	}
	if begun {
		c.y += h
	}
}
