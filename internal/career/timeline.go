package career

import (
	"cmp"
	"slices"
	"strconv"

	"waymark/internal/civil"
)

// Rules of the timeline, in days unless they say otherwise.
const (
	firstStepDays = 7
	halfwayFrom   = 42 // goals longer than this are looked at halfway
	fundingDays   = 14 // to ask who pays
	minBuffer     = 14 // after a course, at least
	bufferPercent = 15
	bookingAhead  = 2   // months before the end of a course
	halfwayUnits  = 4   // courses of at least so many months are looked at halfway
	maxMonths     = 600 // longer than anybody plans
	maxUnits      = 72  // milestones of one course
)

// courseEnd is the due date of a course: its last day and a buffer of two weeks
// or 15 percent, whichever is longer.
func courseEnd(start civil.Date, months int) civil.Date {
	end := start.AddMonths(months)
	return end.AddDays(max(minBuffer, (start.DaysUntil(end)*bufferPercent+99)/100))
}

// staggerDays are between the first steps of goals that begin together, so that
// they do not all come on one day.
const staggerDays = 5

// milestones are the dated points on the way to g, by date, none before today
// and none after g is due. eligible is when missing years of experience are
// complete, for goals that wait for them. What only the rules date falls on a
// day of the week that suits, the first step of the nth goal some days after
// those before, and on none of the days taken.
func milestones(g Goal, eligible, today civil.Date, week Week, nth int, taken ...civil.Date) []Milestone {
	b := &timeline{today: today, due: later(g.Due, today), week: week, first: firstStepDays + nth*staggerDays, taken: taken}
	if g.Months > 0 {
		b.course(g)
	} else {
		b.plain(g, eligible)
	}
	b.add(Finish, b.due)
	slices.SortStableFunc(b.list, byDate)
	for i := range b.list {
		b.list[i].ID = g.ID + "." + strconv.Itoa(i+1)
	}
	return b.list
}

// byDate orders milestones by date, on one day as they are worked through.
func byDate(x, y Milestone) int {
	if c := x.Due.Compare(y.Due); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(slices.Index(milestoneKinds, x.Kind), slices.Index(milestoneKinds, y.Kind)),
		cmp.Compare(x.N, y.N),
	)
}

type timeline struct {
	today, due civil.Date
	week       Week
	first      int // days to the first step
	taken      []civil.Date
	list       []Milestone
}

// add appends a milestone, moved into the time between today and the due date.
func (b *timeline) add(kind MilestoneKind, on civil.Date) *Milestone {
	on = later(on, b.today)
	if on.After(b.due) {
		on = b.due
	}
	switch kind {
	case FirstStep, Funds, Halfway, Applying:
		if on.After(b.today) {
			on = b.week.day(on, b.today.AddDays(1), b.due)
		}
	}
	b.list = append(b.list, Milestone{Kind: kind, Due: on})
	return &b.list[len(b.list)-1]
}

// firstStep appends the first step, at most so many days from today.
func (b *timeline) firstStep(most int) {
	on := b.week.day(b.today.AddDays(min(b.first, most)), b.today, b.due)
	for range daysPerWeek {
		next := b.week.from(on.AddDays(1))
		if !slices.Contains(b.taken, on) || !b.today.AddDays(most).After(next) {
			break
		}
		on = next
	}
	b.add(FirstStep, on)
}

// plain: a first step within a week or half of the time, whichever is sooner, a
// look back halfway, and the goal itself. Of a first role, the month to apply in
// stands for the look back: two months ahead, or halfway where that is later.
func (b *timeline) plain(g Goal, eligible civil.Date) {
	days := b.today.DaysUntil(b.due)
	if g.afterYears() && !eligible.IsZero() {
		b.add(Eligible, eligible)
		if g.Kind != Wait {
			return // the role comes before it with steps of its own
		}
	}
	if days > 0 {
		b.firstStep(days / 2)
	}
	switch apply := b.due.AddMonths(-applyAhead); {
	case g.stepping() && days > 2*firstStepDays:
		b.add(Applying, later(apply, b.today.AddDays(days/2)))
	case days > halfwayFrom:
		b.add(Halfway, b.today.AddDays(days/2))
	}
}

// course: one unit a month on the day of the start, each counted from the start
// so that a month's end does not pull the later ones forward; the exam booked
// two months before the end, and a look back halfway. Before it starts: who
// pays, where that is open, or else a first step.
func (b *timeline) course(g Goal) {
	wait := b.today.DaysUntil(g.Start)
	switch {
	case g.Funding == unsure:
		ask := b.today.AddDays(fundingDays)
		if before := g.Start.AddDays(-firstStepDays); before.Before(ask) {
			ask = before
		}
		b.add(Funds, ask)
	case wait > firstStepDays:
		b.firstStep(wait - 1)
	}
	if wait >= 0 {
		b.add(Begin, g.Start)
	}
	units := min(g.Months, maxUnits)
	for n := 1; n <= units; n++ {
		m := b.add(Unit, g.Start.AddMonths(n))
		m.N, m.Of = n, units
	}
	if g.Months > bookingAhead {
		b.add(Booking, g.Start.AddMonths(g.Months-bookingAhead))
	}
	if g.Months >= halfwayUnits {
		b.add(Halfway, g.Start.AddDays(g.Start.DaysUntil(g.Start.AddMonths(g.Months))/2))
	}
}
