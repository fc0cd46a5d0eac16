// Package ladder knows career ladders: tracks such as "nursing" or "retail
// sales" with their rungs from the first job to the last. It reads them from
// the files of an operator, finds the rungs that a typed job title may mean,
// and says what lies below, above, between and beside a rung.
//
// Ladders are suggestions made from general knowledge. The package asserts
// nothing about a person or an employer: what Match returns is to be offered,
// with "none of these", and never taken silently. It keeps nothing, asks
// nobody, and does not know the conversation.
package ladder

import "slices"

// Rung is one job on a track. Rungs are plain values and can be compared.
type Rung struct {
	Track     string  // id of the track: "nursing"
	TrackName string  // the same for people: "nursing"
	Title     string  // "Registered nurse"
	N         int     // place on the track, 1 for the first job
	Years     float64 // typical years since the first rung
	Zone      int     // O*NET job zone 1 to 5, 0 when it is not known
}

// Ladders is a checked set of tracks. It does not change once loaded and may be
// used by many goroutines. The zero value has no tracks and matches nothing.
type Ladders struct {
	tracks []*track
	byID   map[string]*track
	titles map[string][]place // by title in small letters: every rung of that title
	index  *index
}

type track struct {
	id, name    string
	related     []string
	rungs       []rung
	file        string
	line        int
	relatedLine int
}

// rung is what a file says about a rung.
type rung struct {
	title string
	also  []string
	home  string // another track whose rung of this title is meant first
	years float64
	soc   string
	zone  int
	line  int
}

// place is a rung's track and its index there.
type place struct {
	track *track
	i     int
}

func (p place) rung() Rung {
	r := &p.track.rungs[p.i]
	return Rung{Track: p.track.id, TrackName: p.track.name, Title: r.title, N: p.i + 1, Years: r.years, Zone: r.zone}
}

// place finds where a rung stands now; an operator may have taken it away since
// it was stored.
func (l *Ladders) place(trackID string, n int) (place, bool) {
	t := l.byID[trackID]
	if t == nil || n < 1 || n > len(t.rungs) {
		return place{}, false
	}
	return place{t, n - 1}, true
}

// Rung is the n-th rung of a track, 1 being the first.
func (l *Ladders) Rung(track string, n int) (Rung, bool) {
	p, ok := l.place(track, n)
	if !ok {
		return Rung{}, false
	}
	return p.rung(), true
}

// Titles counts the different job titles.
func (l *Ladders) Titles() int { return len(l.titles) }

// Below lists the rungs under r on its track, the nearest first, steps of them
// at most. It is empty for a first rung and for a rung that is not known.
func (l *Ladders) Below(r Rung, steps int) []Rung {
	p, ok := l.place(r.Track, r.N)
	if !ok {
		return nil
	}
	var out []Rung
	for i := p.i - 1; i >= 0 && len(out) < steps; i-- {
		out = append(out, place{p.track, i}.rung())
	}
	return out
}

// Next is the rung above r on its track.
func (l *Ladders) Next(r Rung) (Rung, bool) { return l.Rung(r.Track, r.N+1) }

// Between lists the rungs strictly between two, from the lower to the upper. A
// title that stands on several tracks counts wherever it stands: from
// "Administrative assistant" in office work to "Human resources manager" there
// are the rungs of human resources in between. It is empty when no track leads
// from one to the other.
func (l *Ladders) Between(from, to Rung) []Rung {
	end, ok := l.place(to.Track, to.N)
	if !ok {
		return nil
	}
	start := from.N - 1
	if from.Track != to.Track {
		start = end.track.find(from.Title)
	}
	if start < 0 {
		return nil
	}
	var out []Rung
	for i := start + 1; i < end.i; i++ {
		out = append(out, place{end.track, i}.rung())
	}
	return out
}

// find is the index of the rung of that title, -1 when there is none.
func (t *track) find(title string) int {
	return slices.IndexFunc(t.rungs, func(r rung) bool { return r.title == title })
}
