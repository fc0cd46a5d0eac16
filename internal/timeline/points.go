package timeline

import (
	"cmp"
	"slices"
	"strconv"

	"waymark/internal/civil"
)

const (
	pointWide = 16 // a point with the space around it
	bunchWide = 43 // several in one, with the number of the others
	digitWide = 8  // more where that has two digits
	maxOthers = 99
	pointGap  = 2
	maxShift  = 7 // how far a point may be moved aside for its neighbours
)

// point is what stands at one place of a bar: a milestone, or several that are
// too close to be told apart.
type point struct {
	x      float64 // its middle
	n      int
	state  State      // the most urgent of them
	date   civil.Date // the first day with that state
	last   civil.Date
	want   float64 // where it would stand if it were alone
	review bool
}

func (p point) wide() float64 {
	switch {
	case p.n > 10:
		return bunchWide + digitWide
	case p.n > 1:
		return bunchWide
	}
	return pointWide
}

// others is what a bunch says of those whose shape is not shown.
func (p point) others() string { return "+" + strconv.Itoa(min(p.n-1, maxOthers)) }

// with is p and q, its right neighbour, in one.
func (p point) with(q point) point {
	if q.state > p.state {
		p.state, p.date = q.state, q.date
	}
	p.want = (p.want*float64(p.n) + q.want*float64(q.n)) / float64(p.n+q.n)
	p.n += q.n
	if q.last.After(p.last) {
		p.last = q.last
	}
	return p
}

// points places milestones on an axis so that none covers another: those that
// are close move aside a little, those that are closer still become one.
func points(ms []Milestone, a axis) []point {
	ms = slices.DeleteFunc(slices.Clone(ms), func(m Milestone) bool { return m.Date.IsZero() })
	slices.SortStableFunc(ms, func(x, y Milestone) int {
		return cmp.Or(x.Date.Compare(y.Date), cmp.Compare(x.State, y.State))
	})
	var ps []point
	for _, m := range ms {
		p := point{n: 1, state: m.State, date: m.Date, last: m.Date, want: a.x(m.Date)}
		if k := len(ps) - 1; k >= 0 && p.want-ps[k].want < 1 {
			ps[k] = ps[k].with(p)
			continue
		}
		ps = append(ps, p)
	}
	for !spread(ps, a) {
		k := 0 // the closest two
		for i := range len(ps) - 1 {
			if ps[i+1].want-ps[i].want < ps[k+1].want-ps[k].want {
				k = i
			}
		}
		ps[k] = ps[k].with(ps[k+1])
		ps = slices.Delete(ps, k+1, k+2)
	}
	return ps
}

// spread sets x of ps as near to where they want to be as their widths allow,
// and reports whether that is near enough. One alone always is.
//
// With the widths taken off, the places must not fall from left to right and
// should be close to the wanted ones: least squares under an order, which pooling
// neighbours that are out of order solves.
func spread(ps []point, a axis) bool {
	type pool struct {
		sum float64
		n   int
	}
	var pools []pool
	offset := make([]float64, len(ps))
	for i, p := range ps {
		if i > 0 {
			offset[i] = offset[i-1] + (ps[i-1].wide()+p.wide())/2 + pointGap
		}
		pools = append(pools, pool{p.want - offset[i], 1})
		for k := len(pools) - 1; k > 0 && pools[k-1].sum/float64(pools[k-1].n) >= pools[k].sum/float64(pools[k].n); k-- {
			pools[k-1].sum += pools[k].sum
			pools[k-1].n += pools[k].n
			pools = pools[:k]
		}
	}
	if len(ps) == 0 {
		return true
	}
	lo := a.left - pointWide/2 + ps[0].wide()/2
	hi := a.right + pointWide/2 - ps[len(ps)-1].wide()/2 - offset[len(ps)-1]
	near, i := lo <= hi, 0
	for _, q := range pools {
		for range q.n {
			base := max(min(q.sum/float64(q.n), hi), lo)
			ps[i].x = base + offset[i]
			free := (ps[i].wide() - pointWide) / 2 // a wide one at the edge cannot but stand further in
			if d := ps[i].x - ps[i].want; d > maxShift+free || d < -maxShift-free {
				near = false
			}
			i++
		}
	}
	return near || len(ps) == 1
}
