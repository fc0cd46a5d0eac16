package career

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"waymark/internal/civil"
)

// Goal attainment is a level, not pass or fail: how things were when the goal
// was set (−2), begun (−1), the goal itself (0), more or sooner than that (+1)
// and far beyond (+2).
const (
	LowestLevel  = -2
	HighestLevel = 2
)

// ErrRange reports a level, a reading or a wording outside of what there is.
var ErrRange = errors.New("out of range")

// Score is the level a person says a goal has reached.
type Score struct {
	On    civil.Date `cbor:"1,keyasint"`
	Level int        `cbor:"2,keyasint"` // −2 … +2
}

// LevelKeys name the texts, "level.<key>", from which the five levels of a goal
// are first worded, −2 first; the person changes them as they like.
func LevelKeys(g Goal) [5]string {
	kind := "done"
	switch g.Kind {
	case Course:
		kind = "course"
	case Practice:
		kind = "practice"
	case Apply, Wait:
		kind = "role"
	case Talk, Research:
		kind = "learnt"
	}
	return [5]string{"today", kind + "_begun", "goal", kind + "_more", kind + "_beyond"}
}

// SetLevels words the five levels of a goal, −2 first; ErrRange if one of them
// says nothing.
func (p *Plan) SetLevels(id string, levels [5]string) error {
	g := p.goal(id)
	if g == nil {
		return fmt.Errorf("wording the levels of goal %s: %w", id, ErrNotFound)
	}
	for i := range levels {
		if levels[i] = cut(tidy(levels[i]), maxTitle); levels[i] == "" {
			return fmt.Errorf("wording level %+d of goal %s: no words: %w", i+LowestLevel, id, ErrRange)
		}
	}
	g.Levels = levels
	return nil
}

// Level is the wording of a level, "" if it has none or there is no such level.
func (g Goal) Level(n int) string {
	if n < LowestLevel || n > HighestLevel {
		return ""
	}
	return g.Levels[n-LowestLevel]
}

// Score records the level a goal has reached on a day; a second one of the same
// day replaces the first. ErrRange if there is no such level, ErrPast if the day
// is before the goal was set, ErrFuture if it has not come yet, ErrBadTransition
// if the goal was dropped. now is in the person's zone.
func (p *Plan) Score(id string, level int, on civil.Date, now time.Time) error {
	g := p.goal(id)
	var err error
	switch {
	case g == nil:
		err = ErrNotFound
	case g.Status == Dropped:
		err = ErrBadTransition
	case level < LowestLevel || level > HighestLevel:
		err = ErrRange
	case on.After(civil.Of(now)):
		err = ErrFuture
	case !g.Created.IsZero() && on.Before(civil.Of(g.Created.In(now.Location()))):
		err = ErrPast
	}
	if err != nil {
		return fmt.Errorf("scoring goal %s: %w", id, err)
	}
	g.Scores = record(g.Scores, Score{On: on, Level: level}, func(s Score) civil.Date { return s.On })
	return nil
}

// Trend is how a goal's level went, by date; for the person alone.
func Trend(g Goal) []Score { return slices.Clone(g.Scores) }

// Reading is a number a person gave on a scale from 0 to 10.
type Reading struct {
	On civil.Date `cbor:"1,keyasint"`
	N  int        `cbor:"2,keyasint"`
}

// Scale names what a reading is of.
type Scale string

const (
	ClosenessScale Scale = "closeness" // 0 nothing in place, 10 there
	EnergyScale    Scale = "energy"    // for work, lately
)

const maxReading = 10

// lowEnergy is up to which reading the plan makes room for rest first.
const lowEnergy = 4

// AddReading records a number on one of the scales; a second one of the same day
// replaces the first. ErrRange if it is not from 0 to 10, ErrNotFound if there is
// no such scale.
func (p *Plan) AddReading(of Scale, r Reading) error {
	list := p.scale(of)
	if list == nil {
		return fmt.Errorf("reading of %s: %w", of, ErrNotFound)
	}
	if r.N < 0 || r.N > maxReading || r.On.IsZero() {
		return fmt.Errorf("reading of %s: %w", of, ErrRange)
	}
	*list = record(*list, r, func(r Reading) civil.Date { return r.On })
	return nil
}

func (p *Plan) scale(of Scale) *[]Reading {
	switch of {
	case ClosenessScale:
		return &p.Closeness
	case EnergyScale:
		return &p.Energy
	}
	return nil
}

// record is list with v in its place by date, instead of what was there that day.
func record[T any](list []T, v T, on func(T) civil.Date) []T {
	i, same := slices.BinarySearchFunc(list, on(v), func(x T, d civil.Date) int { return on(x).Compare(d) })
	list = slices.Clone(list)
	if same {
		list[i] = v
		return list
	}
	return slices.Insert(list, i, v)
}

// keepReadings is list with those of had whose day it has nothing for.
func keepReadings(list, had []Reading) []Reading {
	for _, r := range had {
		if !slices.ContainsFunc(list, func(o Reading) bool { return o.On == r.On }) {
			list = record(list, r, func(r Reading) civil.Date { return r.On })
		}
	}
	return list
}

// reading is the answer to a question on a scale; false if there is none.
func (f Facts) reading(slot string, on civil.Date) (Reading, bool) {
	if !f.Has(slot) || f.Is(slot, unsure) {
		return Reading{}, false
	}
	n := f.Slots[slot].Number
	r := Reading{On: on, N: int(n + 0.5)}
	return r, n >= 0 && n <= maxReading
}
