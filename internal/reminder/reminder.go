// Package reminder knows when the coach speaks up: what a plan brings and when,
// the hours, days and pauses of a person, how many messages are enough, and
// what became of each occasion.
//
// The rules are pure. From a plan, what the person chose (Settings) and what
// was said (State), Due tells what to say now as one message, and Next when to
// look again. Nobody keeps a list of future reminders that a change of plan
// could leave stale: an occurrence is derived each time, named by a key that
// holds kind, thing and date, and said at most once.
//
// The Scheduler turns the minutes of the clock into events: it asks a wake
// index who is due and hands each of them to the chat handler, which decides
// afresh inside its own transaction. It is the only user of cron.
//
// What a message says, how it leaves and where anything is stored is not known
// here.
package reminder

import (
	"slices"
	"strconv"
	"time"

	"waymark/internal/career"
	"waymark/internal/civil"
)

// Horizon is how far ahead All looks.
const Horizon = 92 * 24 * time.Hour

// All is every occurrence that is not yet said and is due or comes within
// Horizon, by time. It lists what hours, days and switches allow and leaves out
// of account what only the day itself can tell: pause, silence and budget.
func All(p career.Plan, s Settings, st State, now time.Time) []Occurrence {
	l := lookAt(p, s, st, now, Horizon)
	var out []Occurrence
	for _, m := range l.found {
		if _, gone := l.gone(m); !gone && !m.At.After(l.until) {
			out = append(out, m.Occurrence)
		}
	}
	slices.SortFunc(out, byTime)
	return out
}

// Due is what to say now, as one message and the most important first, and what
// to give up, with the reason. Nothing is said outside of the person's hours and
// days, in a pause, in silence or over budget; it waits until it is over. Of
// several moments about one thing the latest is said. Whoever sends the message
// records both results with State.Say and State.Drop in one transaction.
//
// A person who left two messages unanswered is asked once whether the coach
// shall come less often, with whatever comes next; after four they hear once
// that it goes silent. A plan that is not confirmed, or a person who is content
// or silent, brings the dates they asked for and nothing else.
func Due(p career.Plan, s Settings, st State, now time.Time) (say []Occurrence, drop []Dropped) {
	l := lookAt(p, s, st, now, 0)
	var ready []moment
	for _, m := range l.found {
		if m.At.After(now) {
			continue
		}
		if why, gone := l.gone(m); !gone {
			ready = append(ready, m)
		} else if m.mark.Why == 0 {
			drop = append(drop, Dropped{m.Occurrence, why})
		}
	}
	ready = l.allowed(ready)
	ready, over := latest(ready)
	for _, m := range over {
		drop = append(drop, Dropped{m.Occurrence, Superseded})
	}
	for _, m := range ready {
		say = append(say, m.Occurrence)
	}
	if len(say) > 0 {
		say = l.unanswered(say)
	}
	slices.SortFunc(say, byWeight)
	slices.SortFunc(drop, func(a, b Dropped) int { return byTime(a.Occurrence, b.Occurrence) })
	return say, drop
}

// Next is the next moment to look at the person, always later than now; false
// if only something they do can bring one. What is due at now and was not
// recorded as said is looked at again a minute later.
func Next(p career.Plan, s Settings, st State, now time.Time) (time.Time, bool) {
	if s.Paused {
		return time.Time{}, false
	}
	l := lookAt(p, s, st, now, 0)
	var next time.Time
	for _, m := range l.found {
		if _, gone := l.gone(m); gone || l.muted(m) {
			continue
		}
		if t := l.ready(m); t.Before(m.Until) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	if next.IsZero() {
		return time.Time{}, false
	}
	if !next.After(now) {
		next = now.Add(time.Minute)
	}
	return next, true
}

// gone reports whether an occurrence is given up at the latest at its moment.
func (l *look) gone(m moment) (why Reason, gone bool) {
	if m.At.Before(m.since) {
		return SetLate, true
	}
	if to, ok := l.putOff[m.subject()]; ok && m.At.Before(to) {
		return PutOff, true
	}
	if l.now.Before(m.Until) {
		return 0, false
	}
	switch {
	case l.s.Paused, !l.s.PausedUntil.IsZero() && !m.Until.After(l.place(l.s.PausedUntil, l.hour)):
		return InPause, true
	case l.muted(m):
		return InSilence, true
	case !m.asked && l.free(civil.Of(m.At.In(l.loc))).After(civil.Of(m.Until.In(l.loc)).AddDays(-1)):
		return NoBudget, true
	}
	return Late, true
}

// muted reports whether silence keeps m back: everything but the dates that the
// person picked themselves.
func (l *look) muted(m moment) bool { return l.st.Silent && m.Kind != AskedDate }

// paused reports whether d lies in the pause.
func (l *look) paused(d civil.Date) bool { return l.s.Paused || d.Before(l.s.PausedUntil) }

// allowed is what of ready may be said now. A message that was asked for takes
// the rest along whatever the budget says: it comes anyway.
func (l *look) allowed(ready []moment) []moment {
	if l.paused(l.today) || !l.open(l.now) {
		return nil
	}
	ready = slices.DeleteFunc(ready, l.muted)
	asked := slices.ContainsFunc(ready, func(m moment) bool { return m.asked })
	if !asked && l.free(l.today).After(l.today) {
		return nil
	}
	return ready
}

// free is the first day from d on with room in the budget: fewer messages on it
// and the six days before than the person wants. A message that a clock since
// set back has dated later counts as well.
func (l *look) free(d civil.Date) civil.Date {
	for range 2 * 7 {
		n, first := 0, d
		for _, t := range l.st.Sent {
			on := civil.Of(t.In(l.loc))
			if diff := on.DaysUntil(d); diff > -7 && diff < 7 {
				if n == 0 || on.Before(first) {
					first = on
				}
				n++
			}
		}
		if n < l.s.budget() || l.s.Budget < 0 {
			return d
		}
		d = latestDate(d.AddDays(1), first.AddDays(7))
	}
	return d
}

// ready is the earliest moment, not before now, at which Due would say m.
func (l *look) ready(m moment) time.Time {
	t := later(m.At, l.now)
	if d := civil.Of(t.In(l.loc)); l.paused(d) {
		t = l.place(l.s.PausedUntil, l.hour)
	}
	if d := civil.Of(t.In(l.loc)); !m.asked {
		if free := l.free(d); free.After(d) {
			t = l.place(free, l.hour)
		}
	}
	if !l.open(t) {
		t = l.next(t)
	}
	return t
}

// latest keeps, of each subject, the moment that comes last.
func latest(ready []moment) (keep, over []moment) {
	best := map[string]moment{}
	for _, m := range ready {
		if b, ok := best[m.subject()]; !ok || m.after(b) {
			best[m.subject()] = m
		}
	}
	for _, m := range ready {
		if best[m.subject()].Key == m.Key {
			keep = append(keep, m)
		} else {
			over = append(over, m)
		}
	}
	return keep, over
}

// after reports whether m says more about its subject's present than o.
func (m moment) after(o moment) bool {
	if c := m.At.Compare(o.At); c != 0 {
		return c > 0
	}
	if c := m.Due.AddDays(m.Offset).Compare(o.Due.AddDays(o.Offset)); c != 0 {
		return c > 0
	}
	return m.Key > o.Key
}

// unanswered adds the question whether to come less often, or puts the word of
// farewell in the place of what was not asked for.
func (l *look) unanswered(say []Occurrence) []Occurrence {
	extra := Occurrence{Due: l.today, At: l.now, Until: wall(l.today.AddDays(1), 0, l.loc)}
	switch n := l.st.Unanswered; {
	case l.st.Silent:
		return say
	case n >= silentAfter:
		extra.Kind = GoingSilent
		say = slices.DeleteFunc(say, func(o Occurrence) bool { return o.Kind != AskedDate })
	case n >= askLessAfter && !l.st.AskedLess:
		extra.Kind = LessOften
	default:
		return say
	}
	extra.Key = key(extra.Kind, 0, strconv.Itoa(l.st.Streak), l.today)
	return append(say, extra)
}
