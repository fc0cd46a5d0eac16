package coach

import (
	"path"
	"slices"
	"strings"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/holidays"
	"waymark/internal/reminder"
)

// Operator is what whoever runs the bot has set about reminders. It holds
// nothing that a person wrote and is never changed: a new one takes its place.
type Operator struct {
	// Spread is the window over which what comes at the same hour is spread, 0 =
	// not at all.
	Spread time.Duration
	// Groups are those that people may belong to, the ones that count first
	// first.
	Groups []Group
	// Cycles are the review cycles.
	Cycles []Cycle
}

// Group is some of the people.
type Group struct {
	Name string
	// People are platform ids of persons: "U012ABC", or "T012ABC/U012ABC" where
	// there are several workspaces. Zones are patterns of zone names:
	// "Europe/*". Whoever is named or lives in such a zone belongs to it.
	People, Zones []string
	// UserGroups are the platform's own groups of people, by their ids, and Members
	// the ids of the persons in them ("U012ABC"). Unread says that it is not known
	// yet who they are.
	UserGroups []string
	Members    map[string]bool
	Unread     bool
	// Holidays are days of the group's own; nil for none.
	Holidays *holidays.Calendar
	// Region is whose public holidays hold for whoever has not picked a region,
	// "" for none.
	Region string
}

// Cycle is a review cycle and the groups it is for; none means everybody.
type Cycle struct {
	reminder.Cycle
	Groups []string
	// Announce also tells people who have no plan of the cycle's beginning.
	Announce bool
}

// For reports whether a cycle is for the people of a group; "" is the people of
// none.
func (c Cycle) For(group string) bool {
	return len(c.Groups) == 0 || group != "" && slices.Contains(c.Groups, group)
}

// has reports whether somebody belongs to the group.
func (g *Group) has(id chat.PersonID, zone string) bool {
	if g.Members[string(id[strings.LastIndexByte(string(id), '/')+1:])] {
		return true
	}
	named := slices.ContainsFunc(g.People, func(p string) bool {
		return p != "" && strings.HasSuffix("/"+string(id), "/"+p)
	})
	return named || slices.ContainsFunc(g.Zones, func(z string) bool {
		ok, err := path.Match(z, zone)
		return ok && err == nil
	})
}

// groups are those the person belongs to.
func (h *handling) groups() []*Group {
	var out []*Group
	all := h.c.operator().Groups
	for i := range all {
		if all[i].has(h.e.Person, h.p.Settings.Zone) {
			out = append(out, &all[i])
		}
	}
	return out
}

// noRegion is what Settings.Region holds for somebody who keeps no public
// holidays.
const noRegion = "none"

// calendars are the holidays that hold for the person: those of the place they
// picked, or else of their group's, and the group's own days.
func (h *handling) calendars() []*holidays.Calendar {
	region := h.p.Settings.Region
	if region == noRegion {
		return nil
	}
	var out []*holidays.Calendar
	for _, g := range h.groups() {
		if g.Holidays != nil {
			out = append(out, g.Holidays)
		}
		if region == "" {
			region = g.Region
		}
	}
	if c, ok := holidays.ByCode(region); ok {
		out = append(out, c)
	}
	return out
}

// restTime is for how long a question that nobody answers holds back another
// talk.
const restTime = 24 * time.Hour

// settings are the person's, with what the operator and the moment add.
func (h *handling) settings() reminder.Settings {
	s := h.p.Settings
	s.Delay = reminder.Spread(h.e.Person, h.c.operator().Spread)
	for _, c := range h.calendars() {
		s.Holidays = append(s.Holidays, c.Around(h.today())...)
	}
	if a := h.p.Dialogue.Asked; a != nil && !h.p.Dialogue.Paused && !a.At.IsZero() {
		s.Talking = a.At.Add(restTime)
	}
	if h.p.Plan.Content || h.p.Plan.Confirmed.IsZero() {
		for _, c := range h.ownCycles() {
			if on, ok := c.Next(h.today()); ok && c.Announce {
				s.Announced = append(s.Announced, reminder.Announced{Name: c.Name, On: on})
			}
		}
	}
	return s
}

// ownCycles are the review cycles that the person takes part in.
func (h *handling) ownCycles() []Cycle {
	all := h.c.operator().Cycles
	if len(all) == 0 {
		return nil
	}
	groups := h.groups()
	var out []Cycle
	for _, c := range all {
		in := len(c.Groups) == 0 || slices.ContainsFunc(groups, func(g *Group) bool { return slices.Contains(c.Groups, g.Name) })
		if in {
			out = append(out, c)
		}
	}
	return out
}

// unread reports whether a cycle is for a group of which it is not known yet
// whether the person is in it: until then nothing of theirs is changed.
func (h *handling) unread() bool {
	op := h.c.operator()
	return slices.ContainsFunc(op.Groups, func(g Group) bool {
		return g.Unread && !g.has(h.e.Person, h.p.Settings.Zone) &&
			slices.ContainsFunc(op.Cycles, func(c Cycle) bool { return slices.Contains(c.Groups, g.Name) })
	})
}

// announcedAhead is from how many days before its reviews on people are listed to
// whom a cycle is announced: some days before the earliest moment, as days differ
// from zone to zone.
const announcedAhead = 28 + int(ListedAhead/(24*time.Hour)) + 1

// Announcing reports whether anybody may have to be told of a review cycle about
// now, so that whoever works here has to be listed.
func (o *Operator) Announcing(now time.Time) bool {
	today := civil.Of(now.UTC())
	return slices.ContainsFunc(o.Cycles, func(c Cycle) bool {
		on, ok := c.Next(today)
		return ok && c.Announce && today.DaysUntil(on) <= announcedAhead
	})
}

// cycles puts the review cycles into the person's plan: the next date of one
// becomes their next review, unless they have one of their own. A date that
// still is the operator's follows what the operator changes; one that the person
// moved is theirs.
func (h *handling) cycles() {
	p := &h.p.Plan
	if p.Confirmed.IsZero() || p.Content {
		return
	}
	if h.unread() {
		return
	}
	next, name := h.nextCycle()
	for i := range p.Reviews {
		r := &p.Reviews[i]
		switch {
		case r.Held || r.Date.AddDays(lateReview).Before(h.today()):
			continue
		case r.Cycle == "" || r.Date != r.Asked || r.Date.Before(h.today()):
			return // theirs, or over and still to be talked about
		case next.IsZero() && r.Support+r.Improve+r.Help+r.Opening+r.Line == "" && len(r.Edited) == 0:
			p.Reviews = slices.Delete(p.Reviews, i, i+1)
		case !next.IsZero() && (next != r.Date || name != r.Cycle):
			r.History = append(r.History, career.Change{At: h.now.UTC(), What: "cycle", From: r.Date.String(), To: next.String(), Due: r.Date})
			r.Date, r.Asked, r.Cycle = next, next, name
		}
		return
	}
	if next.IsZero() {
		return
	}
	added, err := p.SetReview(next, true, h.local())
	for i := range p.Reviews {
		if r := &p.Reviews[i]; err == nil && r.ID == added.ID {
			r.Cycle, r.Asked = name, next
		}
	}
}

// lateReview is for how many days a review that is over may still be talked
// about before the next one takes its place.
const lateReview = 14

// nextCycle is the next date of the person's cycles, zero for none.
func (h *handling) nextCycle() (next civil.Date, name string) {
	for _, c := range h.ownCycles() {
		if on, ok := c.Next(h.today()); ok && (next.IsZero() || on.Before(next)) {
			next, name = on, c.Name
		}
	}
	return next, name
}
