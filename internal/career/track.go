package career

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/internal/civil"
)

// CareerTrack is one of several careers a person follows at a time, each with an
// aim and goals of its own. One of them is active: its goals are worked on,
// those of the others wait, so that a week holds one step in all.
type CareerTrack struct {
	Name   string     `cbor:"1,keyasint"` // in the person's words
	Target string     `cbor:"2,keyasint,omitempty"`
	By     civil.Date `cbor:"3,keyasint,omitzero"`
	Active bool       `cbor:"4,keyasint,omitempty"`
}

// ErrOtherTrack reports a goal that waits because another track is active; see
// Plan.SwitchTrack.
var ErrOtherTrack = errors.New("another track is active")

const (
	maxTracks   = 5
	trackPrefix = "track:" // begins the Action of a goal that a track's first step became
)

// tracks are those the person named, if there are several, one of them active:
// the one they said, or else the first. The first is what the talk is about, so
// target and date of the plan are its own.
func tracks(f Facts) []CareerTrack {
	names := f.list("tracks")
	if len(names) < 2 {
		return nil
	}
	names = names[:min(len(names), maxTracks)]
	active := slices.IndexFunc(names, func(n string) bool {
		return slices.ContainsFunc(f.Slots["active_track"].Choices, func(c string) bool {
			return strings.EqualFold(tidy(strings.TrimPrefix(c, ownPrefix)), n)
		})
	})
	if active < 0 || !f.Has("active_track") {
		active = 0
	}
	var out []CareerTrack
	for i, n := range names {
		t := CareerTrack{Name: n, Active: i == active}
		if v, ok := f.itemOf("track_target", trackItems(n, i)); ok {
			t.Target = tidy(v.Text)
		}
		if v, ok := f.itemOf("track_by", trackItems(n, i)); ok {
			t.By = v.Date
		}
		if i == 0 && t.Target == "" {
			t.Target = f.words("target")
		}
		out = append(out, t)
	}
	return out
}

// trackItems are the names under which the answers about the i-th track may
// stand.
func trackItems(name string, i int) []string {
	n := strconv.Itoa(i + 1)
	return []string{name, ownPrefix + name, ownPrefix + n, n}
}

// tracked puts the goals that were picked on the first track, which the talk is
// about, and adds what a person wants to reach on the others as a goal each.
func (m *goalMaker) tracked(goals []Goal) []Goal {
	all := tracks(m.f)
	for i := range goals {
		if len(all) > 0 {
			goals[i].Track = all[0].Name
		}
	}
	for i, t := range all {
		items := trackItems(t.Name, i)
		step, ok := m.f.itemOf("track_step", items)
		title := cut(tidy(step.Text), maxTitle)
		if !ok || title == "" || slices.ContainsFunc(goals, func(g Goal) bool { return strings.EqualFold(g.Title, title) }) {
			continue
		}
		g := Goal{ID: "g" + strconv.Itoa(len(goals)+1), Status: Draft, Scope: CareerGoal, Kind: OwnWords, Track: t.Name,
			Action: trackPrefix + t.Name, Title: title, Words: title, From: []AnswerID{step.ID}, Due: m.today.AddDays(defaultDay)}
		if v, ok := m.f.itemOf("track_due", items); ok && !v.Date.IsZero() {
			g.Due, g.Said = later(v.Date, m.today), v.Date
			g.From = append(g.From, v.ID)
		}
		goals = append(goals, g)
	}
	return goals
}

// ActiveTrack is the track that is worked on; false if there are not several.
func (p Plan) ActiveTrack() (CareerTrack, bool) {
	i := slices.IndexFunc(p.Tracks, func(t CareerTrack) bool { return t.Active })
	if i < 0 {
		return CareerTrack{}, false
	}
	return p.Tracks[i], true
}

// waits reports whether a goal belongs to a track that is not active.
func (p Plan) waits(g Goal) bool {
	t, ok := p.ActiveTrack()
	return ok && g.Track != "" && g.Track != t.Name
}

// SwitchTrack makes another track the active one: its goals are taken up as far
// as there is room, those of the others wait. ErrNotFound if there is no such
// track; nothing changes if it is active already.
func (p *Plan) SwitchTrack(name string, now time.Time) error {
	to := slices.IndexFunc(p.Tracks, func(t CareerTrack) bool { return strings.EqualFold(t.Name, name) })
	switch {
	case to < 0:
		return fmt.Errorf("switching tracks: %w", ErrNotFound)
	case p.Tracks[to].Active:
		return nil
	}
	was, _ := p.ActiveTrack()
	p.Tracks = slices.Clone(p.Tracks)
	for i := range p.Tracks {
		p.Tracks[i].Active = i == to
	}
	p.History = append(p.History, Change{At: now.UTC(), What: "track", From: was.Name, To: p.Tracks[to].Name})
	p.settle(now)
	p.takeUp(p.Tracks[to].Name, now)
	return nil
}

// takeUp makes goals of a track active as far as there is room.
func (p *Plan) takeUp(track string, now time.Time) {
	for i := range p.Goals {
		g := &p.Goals[i]
		if g.Status == Later && g.Track == track && p.active() < MaxActive && !p.early(*g) {
			_ = g.Move(Active, now) // later may become active
		}
	}
}

// settle lets the active goals of tracks that are not active wait.
func (p *Plan) settle(now time.Time) {
	for i := range p.Goals {
		if g := &p.Goals[i]; g.Status == Active && p.waits(*g) {
			_ = g.Move(Later, now) // active may become later
		}
	}
}

// WeekStep is the one step of this week, of all goals that are worked on: the
// earliest, so that one which is overdue is not passed over in silence. The day on
// which years are complete is no step.
func WeekStep(p Plan) (Goal, Milestone, bool) {
	var bestG Goal
	var best Milestone
	found := false
	for _, g := range p.Goals {
		if !p.worked(g) {
			continue
		}
		for _, m := range g.Milestones {
			if m.Open() && m.Kind != Eligible && (!found || m.Due.Before(best.Due)) {
				bestG, best, found = g, m, true
			}
		}
	}
	return bestG, best, found
}

// tracks compares the tracks as named; which of them is active the person says
// by SwitchTrack, and target and date of the first are the plan's, so those are
// not compared.
func (b *differ) tracks() {
	said := func(list []CareerTrack) []CareerTrack {
		list = slices.Clone(list)
		for i := range list {
			list[i].Active = false
			if i == 0 {
				list[i] = CareerTrack{Name: list[i].Name}
			}
		}
		return list
	}
	if len(b.now.Tracks) == 0 || slices.Equal(said(b.was.Tracks), said(b.now.Tracks)) {
		return
	}
	d := Difference{Kind: DiffTracks, From: trackNames(b.was.Tracks), To: trackNames(b.now.Tracks), Tracks: b.now.Tracks, Of: map[string]string{}}
	for _, g := range b.now.Goals {
		if i := slices.IndexFunc(b.was.Goals, func(o Goal) bool { return o.Action == g.Action }); i >= 0 && g.Track != "" {
			d.Of[b.was.Goals[i].ID] = g.Track
		}
	}
	b.add(d)
}

func trackNames(list []CareerTrack) string {
	var names []string
	for _, t := range list {
		names = append(names, t.Name)
	}
	return strings.Join(names, ", ")
}

// applyTracks takes over the tracks. The one that is active stays so if it is
// still there.
func (p *Plan) applyTracks(d Difference, now time.Time) error {
	if len(d.Tracks) == 0 {
		return ErrNotFound
	}
	was, had := p.ActiveTrack()
	p.Tracks = slices.Clone(d.Tracks)
	if stays := slices.IndexFunc(p.Tracks, func(t CareerTrack) bool { return t.Name == was.Name }); had && stays >= 0 {
		for i := range p.Tracks {
			p.Tracks[i].Active = i == stays
		}
	}
	for i := range p.Goals {
		g := &p.Goals[i]
		if t, ok := d.Of[g.ID]; ok {
			g.Track = t
		} else if !slices.ContainsFunc(p.Tracks, func(t CareerTrack) bool { return t.Name == g.Track }) {
			g.Track = ""
		}
	}
	p.History = append(p.History, Change{At: now.UTC(), What: string(d.Kind), From: d.From, To: d.To})
	p.settle(now)
	if is, _ := p.ActiveTrack(); had && is.Name != was.Name {
		p.takeUp(is.Name, now)
	}
	return nil
}
