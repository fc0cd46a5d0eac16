package timeline

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

const (
	altLimit   = 1000 // characters; chat platforms refuse more
	altTitle   = 60   // characters of a title, as people count them
	altReviews = 4
)

// Alt says in at most 1,000 characters what the picture of p shows: each goal
// with its date, how far it is, what is late and what is next, then the reviews
// that come. It has the person's own words, whatever glyphs they need. Empty
// labels are English.
func Alt(p Plan, l Labels) string {
	p, l = p.proper(), l.written()
	said := []string{l.Heading + "."}
	if !p.Today.IsZero() {
		said = append(said, fill(l.AltToday, "{date}", l.on(l.Date, p.Today)))
	}
	if len(p.Goals) == 0 {
		said = append(said, l.NoGoals)
	}
	last := l.altReviews(p)
	left := altLimit - utf8.RuneCountInString(strings.Join(said, " ")) - utf8.RuneCountInString(last) - 1
	for i, g := range p.Goals {
		s := l.altGoal(i, g)
		need := utf8.RuneCountInString(s) + 1
		after := 0 // room for the line about those that follow
		if n := len(p.Goals) - i - 1; n > 0 {
			after = utf8.RuneCountInString(more(n, l.AltOneMore, l.AltMore)) + 1
		}
		if i == MaxGoals || need+after > left {
			said = append(said, more(len(p.Goals)-i, l.AltOneMore, l.AltMore))
			break
		}
		left -= need
		said = append(said, s)
	}
	if last != "" {
		said = append(said, last)
	}
	return cut(strings.Join(said, " "), altLimit)
}

// altGoal is the sentence about goal i.
func (l Labels) altGoal(i int, g Goal) string {
	name := l.numbered(i)
	if g.Title != "" {
		name = fill(l.AltGoal, "{n}", strconv.Itoa(i+1), "{title}", short(g.Title))
	}
	parts := []string{name}
	if g.Due.IsZero() {
		parts = append(parts, l.AltNoDate)
	} else {
		parts = append(parts, fill(l.AltDue, "{date}", l.on(l.Date, g.Due)))
	}
	if g.Of > 0 {
		parts = append(parts, l.count(g.Done, g.Of))
	}
	late := 0
	for _, m := range g.Milestones {
		if m.State == Late {
			late++
		}
	}
	if late > 0 {
		parts = append(parts, fill(l.AltLate, "{n}", strconv.Itoa(late)))
	}
	if m, _, ok := (Plan{Goals: []Goal{g}}).next(); ok && m.Title != "" && !m.Date.IsZero() {
		parts = append(parts, fill(l.AltNext, "{title}", short(m.Title), "{date}", l.on(l.Date, m.Date)))
	} else if ok && !m.Date.IsZero() {
		parts = append(parts, fill(l.AltNextOn, "{date}", l.on(l.Date, m.Date)))
	}
	return strings.Join(parts, ", ") + "."
}

// altReviews is the sentence about the reviews from today on.
func (l Labels) altReviews(p Plan) string {
	var dates []string
	for _, d := range p.Reviews {
		if !d.Before(p.Today) && len(dates) < altReviews {
			dates = append(dates, l.on(l.Date, d))
		}
	}
	if len(dates) == 0 {
		return ""
	}
	return fill(l.AltReviews, "{date}", strings.Join(dates, ", "))
}

// short is a title cut after altTitle characters as people count them.
func short(s string) string {
	g := uniseg.NewGraphemes(s)
	for n := 0; g.Next(); n++ {
		if n == altTitle {
			from, _ := g.Positions()
			return strings.TrimRight(s[:from], " ,.;:-") + "…"
		}
	}
	return s
}

// cut is s in at most limit characters as platforms count them, without a part
// of what a person sees as one.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	end, used := 0, 1
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if used += len(g.Runes()); used > limit {
			break
		}
		_, end = g.Positions()
	}
	return s[:end] + "…"
}
