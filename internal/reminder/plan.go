package reminder

import (
	"time"

	"waymark/internal/career"
	"waymark/internal/civil"
)

// source is a reason to speak up about one date.
type source struct {
	kind                           Kind
	goal, milestone, review, topic string
	due                            civil.Date
	hour                           int       // 0 = the person's hour
	since                          time.Time // see moment
	// ahead are the days before due that the person asked for, in place of the
	// offsets of the kind; empty for none.
	ahead []int
}

// What the moments of a whole plan are about.
const (
	wholePlan  = "plan"
	afterPause = "pause"
)

func (s *source) id() string {
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

// list adds everything that the plan, the cadence and the person's wishes bring.
func (l *look) list() {
	for _, a := range l.st.Asked {
		l.add(source{kind: AskedDate, topic: a.Topic, due: a.On})
	}
	for _, a := range l.s.Announced {
		if topic := fingerprint(a.Name); !l.st.announcedAs(topic, a.On) {
			l.add(source{kind: CycleBegins, topic: topic, due: a.On})
		}
	}
	l.askedReviews()
	if l.p.Content {
		return
	}
	l.add(source{kind: PauseOver, due: l.s.PausedUntil}) // a first talk can be paused, too
	if l.p.Confirmed.IsZero() {
		return
	}
	l.goals()
	l.reviews()
	l.risks()
	l.checkIns()
	l.gaps()
}

func (l *look) goals() {
	active := false
	for i := range l.p.Goals {
		g := &l.p.Goals[i]
		switch g.Status {
		case career.Achieved, career.Dropped, career.Later:
			continue
		}
		active = true
		since := changed(later(l.p.Confirmed, g.Created), g.History)
		for j := range g.Milestones {
			if m := &g.Milestones[j]; m.Open() {
				l.milestone(source{goal: g.ID, milestone: m.ID, due: m.Due, since: changed(since, m.History)}, m.Kind)
			}
		}
		if len(g.Milestones) == 0 {
			l.milestone(source{goal: g.ID, due: g.Due, since: since}, career.Finish)
		}
		l.nextStep(g)
		l.stale(g)
	}
	if active {
		l.freshStarts()
	}
	l.eligible()
}

// nextStep lists the reminder of an if-then plan: some working days after the
// step before was done, the one whose turn it is. A step that is near speaks for
// itself.
func (l *look) nextStep(g *career.Goal) {
	if g.IfThen == "" || l.p.Confirmed.IsZero() {
		return
	}
	var next *career.Milestone
	last := later(l.p.Confirmed, g.Created)
	for i := range g.Milestones {
		m := &g.Milestones[i]
		if m.Open() && m.Kind != career.Eligible && next == nil {
			next = m
		}
		if !m.Done.IsZero() {
			last = later(last, wall(m.Done, 0, time.UTC))
		}
	}
	if next == nil || next.Due.IsZero() {
		return
	}
	from, ahead := day(civil.Of(last.UTC())), Kinds[ranks[MilestoneAhead]].Offsets[0]
	if l.move(from, Kinds[ranks[NextStep]].Offsets[0]) >= l.move(day(next.Due), ahead) {
		return
	}
	l.add(source{kind: NextStep, goal: g.ID, milestone: next.ID, due: dateOf(from), since: last})
}

// eligible lists the day on which the years of experience are complete, unless
// a goal has it among its milestones.
func (l *look) eligible() {
	for i := range l.p.Goals {
		for j := range l.p.Goals[i].Milestones {
			if l.p.Goals[i].Milestones[j].Kind == career.Eligible {
				return
			}
		}
	}
	l.add(source{kind: Eligible, topic: wholePlan, due: l.p.Eligible, since: changed(l.p.Confirmed, l.p.History)})
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
func (l *look) stale(g *career.Goal) {
	last := moved(later(l.p.Confirmed, g.Created), g.History)
	for i := range g.Milestones {
		m := &g.Milestones[i]
		last = moved(last, m.History)
		if !m.Done.IsZero() {
			last = later(last, wall(m.Done, 0, time.UTC))
		}
	}
	from := day(civil.Of(last.UTC()))
	due := from + staleDays
	for i := range g.Milestones {
		if m := &g.Milestones[i]; m.Open() && day(m.Due) > from && day(m.Due) <= due+14 {
			return
		}
	}
	if len(g.Milestones) == 0 && !g.Due.IsZero() && day(g.Due) <= due+14 {
		return
	}
	l.add(source{kind: StaleGoal, goal: g.ID, due: dateOf(due), since: last})
}

func (l *look) reviews() {
	for _, r := range l.p.Reviews {
		if r.Held {
			continue
		}
		for _, k := range []Kind{ReviewAhead, ReviewAfter} {
			if k == ReviewAhead && len(r.Ahead) > 0 {
				continue // see askedReviews
			}
			l.add(source{kind: k, review: r.ID, due: r.Date, since: l.p.Confirmed})
		}
	}
}

// askedReviews lists the reminders of reviews that the person asked for, which
// is all that somebody hears who is content or has no plan.
func (l *look) askedReviews() {
	for _, r := range l.p.Reviews {
		if !r.Held && len(r.Ahead) > 0 {
			l.add(source{kind: ReviewAhead, review: r.ID, due: r.Date, ahead: r.Ahead, since: changed(time.Time{}, r.History)})
		}
	}
}

// risks lists the days to look whether a risk has happened; the same risk on
// the same day is one.
func (l *look) risks() {
	seen := map[string]bool{}
	for _, r := range l.p.Backup.Risks {
		if !r.Met.IsZero() {
			continue
		}
		id := RiskID(r)
		if k := id + r.By.String(); !seen[k] {
			seen[k] = true
			l.add(source{kind: BackupTrigger, topic: id, due: r.By, since: l.p.Confirmed})
		}
	}
}

// start is the first day on which something periodic could still matter.
func (l *look) start() int { return max(l.old-14, day(civil.Of(l.p.Confirmed.UTC()))-1) }

// checkIns lists the moments of the cadence. Of those that fall on the same
// working day, as the weekend of a daily one, only the last is one.
func (l *look) checkIns() {
	c := l.s.Cadence
	if c.IsZero() {
		return
	}
	d := c.next(dateOf(l.start()))
	for {
		following := c.next(d)
		on := l.seek(day(d), 1)
		if l.seek(day(following), 1) != on {
			l.add(source{kind: CheckIn, due: d, hour: c.Hour, since: l.p.Confirmed})
			if on > l.until {
				return
			}
		}
		d = following
	}
}

// freshStarts lists the quarters that begin in a plan's life, the end of a pause,
// and the Monday after a review that has been talked over.
func (l *look) freshStarts() {
	l.add(source{kind: FreshStart, topic: afterPause, due: l.s.PausedUntil})
	for i := range l.p.Reviews {
		if r := &l.p.Reviews[i]; r.Held && !r.Date.IsZero() {
			d := day(r.Date) + digestDays
			for weekday(d) != time.Monday {
				d++
			}
			l.add(source{kind: FreshStart, review: r.ID, due: dateOf(d), since: changed(l.p.Confirmed, r.History)})
		}
	}
	settled := day(civil.Of(l.p.Confirmed.UTC())) + settledDays
	d := dateOf(max(l.start(), settled))
	q := civil.New(d.Year, (d.Month-1)/3*3+1, 1)
	for ; ; q = q.AddMonths(3) {
		if day(q) < settled {
			continue
		}
		l.add(source{kind: FreshStart, due: q, since: l.p.Confirmed})
		if l.seek(day(q), 1) > l.until {
			return
		}
	}
}

// gaps lists the looks at the gaps, if any is open.
func (l *look) gaps() {
	open := false
	for i := range l.p.Gaps {
		open = open || l.p.Gaps[i].Closed.IsZero()
	}
	if !open {
		return
	}
	confirmed := day(civil.Of(l.p.Confirmed.UTC()))
	for n := max(1, (l.start()-confirmed)/gapDays); ; n++ {
		d := confirmed + n*gapDays
		l.add(source{kind: GapCheck, due: dateOf(d), since: l.p.Confirmed})
		if l.seek(d, 1) > l.until {
			return
		}
	}
}

// changed is the last time a date or status was set, or since.
func changed(since time.Time, hist []career.Change) time.Time {
	for i := range hist {
		if c := &hist[i]; c.What != "title" && c.What != "measure" {
			since = later(since, c.At)
		}
	}
	return since
}

// moved is the last time anything was changed, or since.
func moved(since time.Time, hist []career.Change) time.Time {
	for i := range hist {
		since = later(since, hist[i].At)
	}
	return since
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
