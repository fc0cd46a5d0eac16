package career

import (
	"slices"

	"waymark/internal/civil"
)

// Hours a goal takes beside work, by kind. They are rules of thumb to tell "not
// in these weeks" from "easily", said to the person as "about"; nobody is held
// to them.
const (
	courseHours   = 16 // a month: an evening of two hours a week, and as much again of homework
	courseUnknown = 24 // a course of no known length: about six weeks of the above
	talkHours     = 2  // prepare what to ask, half an hour to an hour of talk, note what was said
	researchHours = 4  // ten job ads or three programmes at a quarter of an hour each, and a page of notes
	practiceHours = 8  // an hour a week for eight weeks, the length of a habit
	applyHours    = 10 // a curriculum vitae, two applications of three hours, an interview
	waitHours     = 0  // years pass in the job itself
	ownHours      = 6  // not known what it is: between a talk and a habit
)

// usable is the share of the hours named that a plan may fill: weeks with a cold
// or a visit in them come for certain, only not when.
const usable = 0.85

const daysPerWeek = 7

// fitYears is how far ahead FitDate looks; what needs longer is not a goal yet.
const fitYears = 5

// Effort is how many hours the whole of a goal takes, by its kind.
func Effort(g Goal) float64 {
	switch g.Kind {
	case Course:
		if g.Months > 0 {
			return float64(min(g.Months, maxMonths)) * courseHours
		}
		return courseUnknown
	case Talk:
		return talkHours
	case Research:
		return researchHours
	case Practice:
		return practiceHours
	case Apply:
		return applyHours
	case Wait:
		return waitHours
	default:
		return ownHours
	}
}

// left is what remains of a goal's effort: none of what is achieved or dropped,
// and of a course the units that are not done.
func left(g Goal) float64 {
	if g.Status == Achieved || g.Status == Dropped {
		return 0
	}
	done, of := 0, 0
	for _, m := range g.Milestones {
		if m.Dropped || g.Kind == Course && g.Months > 0 && m.Kind != Unit {
			continue
		}
		of++
		if !m.Done.IsZero() {
			done++
		}
	}
	if of == 0 {
		return Effort(g)
	}
	return Effort(g) * float64(of-done) / float64(of)
}

// WeeklyHours are the hours a week the person can give; -1 while that is not
// known. Zero is an answer: it means that nothing fits yet.
func WeeklyHours(f Facts) float64 {
	if !f.Has("hours") || f.Is("hours", unsure) {
		return -1
	}
	return max(0, f.Slots["hours"].Number)
}

// PerWeek is about how many hours a week a goal takes from today, or from the
// start of its course, until it is due.
func PerWeek(g Goal, today civil.Date) float64 {
	return left(g) / weeks(begins(g, today), g.Due)
}

// Fits reports whether what is left of g can be done by its due date in the
// weekly hours a person has, with 15 percent to spare, beside others, the goals
// worked on at the same time; g itself may be among them. A course takes its
// hours as it runs; everything else that is due no later than g is done first.
// Weekly hours below zero are not known, and then nothing speaks against it.
func Fits(g Goal, weekly float64, today civil.Date, others []Goal) bool {
	need := left(g)
	if weekly < 0 || need == 0 {
		return true
	}
	from := begins(g, today)
	for _, o := range others {
		if o.ID != g.ID {
			need += load(o, from, g.Due, today)
		}
	}
	return need <= weekly*weeks(from, g.Due)*usable
}

// FitDate is the earliest due date from today on at which g fits and none of
// others stops fitting because of it, after its course is over and the goals it
// waits for are due; none if there is no such day within five years.
func FitDate(g Goal, weekly float64, today civil.Date, others []Goal) civil.Date {
	due := today
	if g.Months > 0 {
		due = later(due, courseEnd(later(g.Start, today), g.Months))
	}
	for _, o := range others {
		if slices.Contains(g.After, o.ID) && left(o) > 0 {
			due = later(due, o.Due)
		}
	}
	need := left(g)
	if need > 0 && weekly == 0 {
		return civil.Date{}
	}
	if alone := need / weekly / usable * daysPerWeek; weekly > 0 && alone < daysPerWeek*53*fitYears {
		due = later(due, begins(g, today).AddDays(int(alone)-daysPerWeek))
	}
	all := append(slices.DeleteFunc(slices.Clone(others), func(o Goal) bool { return o.ID == g.ID }), g)
	others, mine := all[:len(all)-1], &all[len(all)-1]
	fitted := slices.DeleteFunc(slices.Clone(others), func(o Goal) bool { return !Fits(o, weekly, today, others) })
	for end := due.AddMonths(12 * fitYears); !due.After(end); due = due.AddDays(1) {
		mine.Due = due
		if Fits(*mine, weekly, today, others) &&
			!slices.ContainsFunc(fitted, func(o Goal) bool { return !Fits(o, weekly, today, all) }) {
			return due
		}
	}
	return civil.Date{}
}

// begins is when work on a goal can begin: today, or the first day of a course.
func begins(g Goal, today civil.Date) civil.Date {
	if g.Kind == Course {
		return later(g.Start, today)
	}
	return today
}

// weeks are the weeks from one day to another, at least one: the hours of a week
// can be spent on any of its days.
func weeks(from, to civil.Date) float64 {
	return max(1, float64(from.DaysUntil(to))/daysPerWeek)
}

// load is what another goal takes of the hours between two days.
func load(o Goal, from, to, today civil.Date) float64 {
	if o.Kind != Course && o.Due.After(to) {
		return 0 // can be done afterwards
	}
	start := begins(o, today)
	days := start.DaysUntil(o.Due)
	if days <= 0 {
		return left(o)
	}
	shared := later(start, from).DaysUntil(earlier(o.Due, to))
	return left(o) * float64(max(0, shared)) / float64(days)
}

// earlier is the earlier of two dates.
func earlier(x, y civil.Date) civil.Date {
	if y.Before(x) {
		return y
	}
	return x
}
