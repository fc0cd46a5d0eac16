package reminder

import (
	"time"

	"waymark/internal/career"
	"waymark/internal/civil"
)

// moment is an occurrence with what decides its fate.
type moment struct {
	Occurrence
	// since is when its reason arose; an At before it is not said any more.
	since time.Time
	asked bool
	mark  Mark
}

// look is everything that is known about a person at one instant.
type look struct {
	hours
	p     career.Plan
	s     Settings
	st    State
	now   time.Time
	today civil.Date // in the person's zone
	// old is the day before which everything has been dealt with.
	old civil.Date
	// until is how far ahead the periodic kinds are listed; each brings its
	// first moment after it as well.
	until time.Time
	found []moment
	// putOff holds, by subject, the moment to which something was put off.
	putOff map[string]time.Time
}

// lookAt collects every occurrence that is neither said nor settled: those that
// are over and have not been reported, those due, and those to come.
func lookAt(p career.Plan, s Settings, st State, now time.Time, ahead time.Duration) *look {
	l := &look{hours: s.hours(), p: p, s: s, st: st, now: now, until: now.Add(ahead)}
	l.today = civil.Of(now.In(l.loc))
	l.old = civil.Of(now.UTC()).AddDays(-keepDays)
	if seen := civil.Of(st.Looked.UTC()); !st.Looked.IsZero() && st.Looked.Before(now) {
		l.old = seen.AddDays(-keepDays)
	}
	for _, a := range st.Asked {
		l.add(source{kind: AskedDate, topic: a.Topic, due: a.On})
	}
	if !p.Content && !p.Confirmed.IsZero() {
		l.goals()
		l.reviews()
		l.risks()
		l.checkIns()
		l.periodic()
	}
	return l
}

// source is a reason to speak up about one date.
type source struct {
	kind                           Kind
	goal, milestone, review, topic string
	due                            civil.Date
	hour                           int       // 0 = the person's hour
	since                          time.Time // see moment
}

func (s source) id() string {
	switch {
	case s.milestone != "":
		return s.milestone
	case s.goal != "":
		return s.goal
	case s.review != "":
		return s.review
	}
	return s.topic
}

// add lists the moments of one source.
func (l *look) add(src source) {
	r, ok := src.kind.Rule()
	if !ok || src.due.IsZero() || l.s.off(r) {
		return
	}
	for _, off := range r.Offsets {
		d := l.move(src.due, off)
		if len(l.st.Snoozed) == 0 && d.AddDays(r.Limit+14).Before(l.old) {
			continue // cheaper than finding the moment; 14 covers weekends and zones
		}
		l.addMoment(src, r, off, d)
	}
}

// move is the day an offset names; it need not be a working day.
func (l *look) move(due civil.Date, off Offset) civil.Date {
	switch {
	case off.Working && off.N > 0:
		return l.step(l.seek(due, 1), off.N) // a Saturday's due is said on Monday
	case off.Working:
		return l.step(due, off.N)
	}
	return due.AddDays(off.N)
}

// addMoment lists one moment, put off or not, unless it is settled.
func (l *look) addMoment(src source, r Rule, off Offset, d civil.Date) {
	o := Occurrence{
		Key: key(src.kind, off.N, src.id(), src.due), Kind: src.kind, Goal: src.goal, Milestone: src.milestone,
		Review: src.review, Topic: src.topic, Offset: off.N, Due: src.due,
	}
	m := moment{since: src.since, asked: r.Asked}
	if to, ok := l.st.Snoozed[hash(o.Key)]; ok {
		o.Key, o.Again = o.Key+"+"+to.String(), true
		m.since, m.asked, d = time.Time{}, true, to
		o.Kind = again(o.Kind, to, o.Due)
	} else if !l.st.Forgot.IsZero() && !o.Due.After(l.st.Forgot) {
		return
	}
	m.mark = l.st.Marks[hash(o.Key)]
	if m.mark.Why.final() {
		return
	}
	o.At, o.Until = l.span(d, o, r.Limit, src.hour)
	if civil.Of(o.Until.UTC()).Before(l.old) {
		return
	}
	m.Occurrence = o
	if o.Again && o.At.After(l.now) {
		if l.putOff == nil {
			l.putOff = map[string]time.Time{}
		}
		if sub := o.subject(); l.putOff[sub].Before(o.At) {
			l.putOff[sub] = o.At
		}
	}
	l.found = append(l.found, m)
}

// span is when an occurrence of day d is said, and when it is over. What is said
// ahead of a date is of no use on the date itself, so a countdown that would
// move there over a weekend moves back instead.
func (l *look) span(d civil.Date, o Occurrence, limit, hour int) (at, until time.Time) {
	if hour == 0 {
		hour = l.hour
	}
	hour = l.within(hour)
	ahead := o.Offset < 0 && d.Before(o.Due)
	if ahead && !l.seek(d, 1).Before(o.Due) {
		d = l.seek(o.Due.AddDays(-1), -1)
	}
	at = l.place(d, hour)
	until = wall(civil.Of(at).AddDays(limit+1), 0, l.loc)
	if start := wall(o.Due, 0, l.loc); ahead && start.Before(until) {
		until = start
	}
	return at, until
}

// again is the kind that is right when a moment about due was put off to day to.
func again(k Kind, to, due civil.Date) Kind {
	switch k {
	case MilestoneAhead, MilestoneDue, MilestoneOverdue:
		switch to.Compare(due) {
		case -1:
			return MilestoneAhead
		case 0:
			return MilestoneDue
		}
		return MilestoneOverdue
	}
	return k
}

func (l *look) goals() {
	active := false
	for _, g := range l.p.Goals {
		switch g.Status {
		case career.Achieved, career.Dropped, career.Later:
			continue
		}
		active = true
		since := changed(later(l.p.Confirmed, g.Created), g.History)
		for _, m := range g.Milestones {
			if m.Open() {
				l.milestone(source{goal: g.ID, milestone: m.ID, due: m.Due, since: changed(since, m.History)}, m.Kind)
			}
		}
		if len(g.Milestones) == 0 {
			l.milestone(source{goal: g.ID, due: g.Due, since: since}, career.Finish)
		}
		l.stale(g)
	}
	if active {
		l.freshStarts()
	}
}

// milestone lists what a milestone of that kind brings.
func (l *look) milestone(src source, kind career.MilestoneKind) {
	kinds := []Kind{MilestoneAhead, MilestoneDue, MilestoneOverdue}
	switch kind {
	case career.Booking:
		kinds = []Kind{ExamBooking, MilestoneOverdue}
	case career.Eligible:
		kinds = []Kind{Eligible}
	}
	for _, k := range kinds {
		src.kind = k
		l.add(src)
	}
}

// stale lists the look at a goal that has not moved, unless something of it
// falls due in the meantime: then its milestones do the talking.
func (l *look) stale(g career.Goal) {
	last := moved(later(l.p.Confirmed, g.Created), g.History)
	for _, m := range g.Milestones {
		last = moved(last, m.History)
		if !m.Done.IsZero() {
			last = later(last, wall(m.Done, 0, time.UTC))
		}
	}
	from := civil.Of(last.UTC())
	due := from.AddDays(staleDays)
	for _, m := range g.Milestones {
		if m.Open() && m.Due.After(from) && !m.Due.After(due.AddDays(14)) {
			return
		}
	}
	if len(g.Milestones) == 0 && !g.Due.IsZero() && !g.Due.After(due.AddDays(14)) {
		return
	}
	l.add(source{kind: StaleGoal, goal: g.ID, due: due, since: last})
}

func (l *look) reviews() {
	for _, r := range l.p.Reviews {
		if r.Held {
			continue
		}
		for _, k := range []Kind{ReviewAhead, ReviewAfter} {
			l.add(source{kind: k, review: r.ID, due: r.Date, since: l.p.Confirmed})
		}
	}
}

func (l *look) risks() {
	for i, r := range l.p.Backup.Risks {
		src := source{kind: BackupTrigger, topic: RiskID(r), due: r.By, since: l.p.Confirmed}
		if !seenBefore(l.p.Backup.Risks[:i], r) {
			l.add(src)
		}
	}
}

// seenBefore reports whether the same risk on the same day is in rs.
func seenBefore(rs []career.Risk, r career.Risk) bool {
	for _, o := range rs {
		if o.Kind == r.Kind && o.By == r.By {
			return true
		}
	}
	return false
}

// checkIns lists the moments of the cadence. Of those that fall on the same
// working day, as the weekend of a daily one, only the last is one.
func (l *look) checkIns() {
	c := l.s.Cadence
	if c.IsZero() {
		return
	}
	hour := l.hour
	if c.Hour != 0 {
		hour = l.within(c.Hour)
	}
	d := c.next(latestDate(l.old.AddDays(-14), civil.Of(l.p.Confirmed.UTC()).AddDays(-1)))
	for {
		following := c.next(d)
		at := l.place(d, hour)
		if !l.place(following, hour).Equal(at) {
			l.add(source{kind: CheckIn, due: d, hour: hour, since: l.p.Confirmed})
			if at.After(l.until) {
				return
			}
		}
		d = following
	}
}

// freshStarts lists the quarters that begin in a plan's life.
func (l *look) freshStarts() {
	settled := civil.Of(l.p.Confirmed.UTC()).AddDays(settledDays)
	d := latestDate(l.old.AddDays(-14), settled)
	q := civil.New(d.Year, (d.Month-1)/3*3+1, 1)
	for ; ; q = q.AddMonths(3) {
		if q.Before(settled) {
			continue
		}
		l.add(source{kind: FreshStart, due: q, since: l.p.Confirmed})
		if l.place(q, l.hour).After(l.until) {
			return
		}
	}
}

// periodic lists what comes by itself: the end of a pause, looks at the gaps.
func (l *look) periodic() {
	l.add(source{kind: PauseOver, due: l.s.PausedUntil})
	open := false
	for _, g := range l.p.Gaps {
		open = open || g.Closed.IsZero()
	}
	if !open {
		return
	}
	start := civil.Of(l.p.Confirmed.UTC())
	n := max(1, start.DaysUntil(l.old.AddDays(-14))/gapDays)
	for ; ; n++ {
		d := start.AddDays(n * gapDays)
		l.add(source{kind: GapCheck, due: d, since: l.p.Confirmed})
		if l.place(d, l.hour).After(l.until) {
			return
		}
	}
}

// changed is the last time a date or status was set, or since.
func changed(since time.Time, hist []career.Change) time.Time {
	for _, c := range hist {
		if c.What != "title" && c.What != "measure" {
			since = later(since, c.At)
		}
	}
	return since
}

// moved is the last time anything was changed, or since.
func moved(since time.Time, hist []career.Change) time.Time {
	for _, c := range hist {
		since = later(since, c.At)
	}
	return since
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func latestDate(a, b civil.Date) civil.Date {
	if a.Before(b) {
		return b
	}
	return a
}
