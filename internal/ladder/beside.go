package ladder

import (
	"cmp"
	"slices"
)

// general are occupations so wide that two jobs sharing one need have nothing
// else in common.
var general = map[string]bool{
	"11-1021.00": true, // general and operations managers
	"11-9111.00": true, // medical and health services managers
	"11-9151.00": true, // social and community service managers
	"11-9199.00": true, // managers, all other
	"13-1199.00": true, // business operations specialists, all other
	"43-1011.00": true, // supervisors of office workers
	"47-1011.00": true, // supervisors of construction trades
	"49-1011.00": true, // supervisors of mechanics
	"51-1011.00": true, // supervisors of production workers
}

// Alternatives lists rungs of other tracks that come close to target, the
// closest first, one for each track and n at most: the same title reached along
// another road, what a track leads to that branches off here, the same
// occupation, then the rung of a related track that asks for about as much. It
// is empty for a rung that is not known.
func (l *Ladders) Alternatives(target Rung, n int) []Rung {
	at, ok := l.place(target.Track, target.N)
	if !ok {
		return nil
	}
	type candidate struct {
		place
		score float64
	}
	var found []candidate
	for _, t := range l.tracks {
		if t == at.track {
			continue
		}
		best := candidate{}
		for i := range t.rungs {
			if s := at.closeness(place{t, i}); s > best.score {
				best = candidate{place{t, i}, s}
			}
		}
		if best.score > 0 {
			found = append(found, best)
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	var out []Rung
	seen := map[string]bool{}
	for _, c := range found {
		if len(out) >= n {
			break
		}
		if r := c.rung(); !seen[r.Title] { // the same job on two other tracks is one choice
			seen[r.Title] = true
			out = append(out, r)
		}
	}
	return out
}

// closeness says how good an alternative p is for a, 0 when it is none.
func (a place) closeness(p place) float64 {
	ra, rp := &a.track.rungs[a.i], &p.track.rungs[p.i]
	score := 0.0
	switch {
	case a.track.find(rp.title) >= 0:
		// Another road only if something else leads there.
		if rp.title != ra.title || p.i == 0 || a.track.find(p.track.rungs[p.i-1].title) >= 0 {
			return 0
		}
		score = 8
	case p.track.find(ra.title) >= 0 && p.i > 0 && a.track.find(p.track.rungs[p.i-1].title) >= 0:
		score = 6 // the first rung after the two tracks part
	case ra.soc != "" && rp.soc == ra.soc && !general[ra.soc]:
		score = 4
	}
	related := slices.Index(a.track.related, p.track.id)
	switch {
	case related >= 0:
		score += max(2-0.1*float64(related), 1) // named in the order of likeness
	case slices.Contains(p.track.related, a.track.id):
		score++
	case score == 0:
		return 0
	}
	return max(score-a.distance(p), 0.01)
}

// distance says how much further up or down p stands than a, 0 for a peer and
// below 1 always: by years, by preparation needed, and by place on the track.
func (a place) distance(p place) float64 {
	ra, rp := &a.track.rungs[a.i], &p.track.rungs[p.i]
	d := min(abs(ra.years-rp.years), 12) / 12 * 0.4
	if ra.zone > 0 && rp.zone > 0 {
		d += abs(float64(ra.zone-rp.zone)) / 4 * 0.3
	}
	return d + abs(a.height()-p.height())*0.25
}

// height is where on its track a rung stands, 0 at the bottom and 1 at the top.
func (a place) height() float64 {
	return float64(a.i) / float64(max(len(a.track.rungs)-1, 1))
}

func abs(x float64) float64 { return max(x, -x) }
