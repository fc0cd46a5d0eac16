package reminder

import (
	"cmp"
	"slices"
	"time"

	"waymark/internal/career"
)

// look is everything that is known about a person at one instant. A person is
// looked at with every message they write, so it works on numbered days and
// makes moments and keys only of what may matter.
type look struct {
	hours
	p     career.Plan
	s     Settings
	st    State
	now   time.Time
	today int
	// old is the day before which everything has been dealt with, and until the
	// last day that is asked about: each periodic kind is listed up to the
	// first day after it.
	old, until int
	sources    []source
	leads      []lead
	// putOff holds, by subject, the moment to which something was put off.
	putOff map[string]time.Time
}

// lead is the day of a possible occurrence: one offset of a source.
type lead struct {
	source int // index in look.sources
	day    int
	offset int
	again  bool
}

// moment is an occurrence with what decides its fate.
type moment struct {
	Occurrence
	// since is when its reason arose; an At before it is not said any more.
	since   time.Time
	asked   bool
	talks   bool // see Rule.Talks
	urgency int  // see Rule.urgency
	mark    Mark
}

// lookAt finds the day of everything the plan brings, be it said or not.
func lookAt(p career.Plan, s Settings, st State, now time.Time, ahead time.Duration) *look {
	l := &look{hours: s.hours(), p: p, s: s, st: st, now: now}
	l.today, l.until = l.on(now), l.on(now.Add(ahead))
	l.old = l.today - keepDays
	if !st.Looked.IsZero() && st.Looked.Before(now) {
		l.old = l.on(st.Looked) - keepDays
	}
	n := 16
	for i := range p.Goals {
		n += 3*len(p.Goals[i].Milestones) + 4
	}
	l.sources, l.leads = make([]source, 0, n), make([]lead, 0, 2*n)
	l.list()
	return l
}

// add lists the days of one source.
func (l *look) add(src source) {
	r := &Kinds[ranks[src.kind]]
	picked := len(src.ahead) > 0 && !slices.Contains(l.s.Off, src.kind)
	if src.due.IsZero() || l.s.off(r) && !picked {
		return
	}
	l.sources = append(l.sources, src)
	due := day(src.due)
	offsets := r.Offsets
	if len(src.ahead) > 0 {
		offsets = make([]Offset, len(src.ahead))
		for i, n := range src.ahead {
			offsets[i] = Offset{N: -n}
		}
	}
	for _, off := range offsets {
		ld := lead{source: len(l.sources) - 1, offset: off.N, day: l.move(due, off)}
		if len(l.st.Snoozed) > 0 {
			l.snooze(&ld)
		}
		if ld.day+r.Limit+1 >= l.old {
			l.leads = append(l.leads, ld)
		}
	}
}

// move is the day on which the coach may speak that an offset names. A countdown
// that would get to the date itself over a weekend moves back instead: ahead is
// of no use then. Where the coach may speak on few days, working days ahead are
// said on the last of them that is not too late.
func (l *look) move(due int, off Offset) int {
	var d int
	switch {
	case off.Working && off.N > 0:
		d = l.step(l.seek(due, 1), off.N) // a Saturday's due is said on Monday
	case off.Working:
		d = l.seek(l.step(due, off.N), -1)
	default:
		d = due + off.N
	}
	d = l.seek(d, 1)
	if off.N < 0 && d >= due {
		d = l.seek(due-1, -1)
	}
	return d
}

// snooze moves a lead to the day it was put off to, if it was.
func (l *look) snooze(ld *lead) {
	src := l.sources[ld.source]
	to, ok := l.st.Snoozed[hash(key(src.kind, ld.offset, src.id(), src.due))]
	if !ok {
		return
	}
	ld.again, ld.day = true, l.seek(day(to), 1)
	m, ok := l.realize(*ld)
	if !ok || !m.At.After(l.now) {
		return
	}
	if l.putOff == nil {
		l.putOff = map[string]time.Time{}
	}
	if sub := m.subject(); l.putOff[sub].Before(m.At) {
		l.putOff[sub] = m.At
	}
}

// upTo lists what comes up to a day and is not settled.
func (l *look) upTo(last int) []moment {
	var out []moment
	for _, ld := range l.leads {
		if ld.day > last {
			continue
		}
		if m, ok := l.realize(ld); ok {
			out = append(out, m)
		}
	}
	return out
}

// over reports whether a lead is surely past its limit.
func (l *look) over(ld lead) bool {
	return ld.day+Kinds[ranks[l.sources[ld.source].kind]].Limit+1 < l.today
}

// byDay sorts the leads.
func (l *look) byDay() {
	slices.SortFunc(l.leads, func(a, b lead) int { return cmp.Compare(a.day, b.day) })
}

// realize makes the moment of a lead; false if it is settled for good.
func (l *look) realize(ld lead) (moment, bool) {
	src := &l.sources[ld.source]
	if !ld.again && !l.st.Forgot.IsZero() && !src.due.After(l.st.Forgot) {
		return moment{}, false
	}
	r := &Kinds[ranks[src.kind]]
	m := moment{since: src.since, asked: r.Asked || len(src.ahead) > 0, talks: r.Talks, urgency: r.urgency(ld.offset)}
	m.Occurrence = Occurrence{
		Key: key(src.kind, ld.offset, src.id(), src.due), Kind: src.kind, Goal: src.goal, Milestone: src.milestone,
		Review: src.review, Topic: src.topic, Offset: ld.offset, Due: src.due,
	}
	if ld.again {
		to := l.st.Snoozed[hash(m.Key)]
		m.Key, m.Again = m.Key+"+"+to.String(), true
		m.since, m.asked = time.Time{}, true
		m.Kind = again(m.Kind, day(to), day(src.due))
	}
	m.mark = l.st.Marks[hash(m.Key)]
	if m.mark.Why.final() {
		return moment{}, false
	}
	l.span(&m.Occurrence, ld.day, r.Limit, src.hour)
	return m, l.on(m.Until) >= l.old
}

// span sets when an occurrence of day d is said, and when it is over.
func (l *look) span(o *Occurrence, d, limit, hour int) {
	if hour == 0 {
		hour = l.hour
	}
	o.At = l.place(d, l.within(hour))
	o.Until = wall(dateOf(l.on(o.At)+limit+1), 0, l.loc)
	if o.Offset < 0 && d < day(o.Due) {
		if start := wall(o.Due, 0, l.loc); start.Before(o.Until) {
			o.Until = start
		}
	}
}

// again is the kind that is right when a moment about due was put off to day to.
func again(k Kind, to, due int) Kind {
	switch k {
	case MilestoneAhead, MilestoneDue, MilestoneOverdue:
		switch cmp.Compare(to, due) {
		case -1:
			return MilestoneAhead
		case 0:
			return MilestoneDue
		}
		return MilestoneOverdue
	}
	return k
}
