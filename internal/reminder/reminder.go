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
)

// Horizon is how far ahead All looks.
const Horizon = 92 * 24 * time.Hour

// All is every occurrence that is not yet said and is due or comes within
// Horizon, by time. It lists what hours, days and switches allow and leaves out
// of account what only the day itself can tell: pause, silence and budget.
func All(p career.Plan, s Settings, st State, now time.Time) []Occurrence {
	l := lookAt(p, s, st, now, Horizon)
	var out []Occurrence
	for _, m := range l.upTo(l.until) {
		if _, gone := l.gone(m); !gone {
			out = append(out, m.Occurrence)
		}
	}
	slices.SortFunc(out, byTime)
	return out
}

// Due is what to say now, as one message and the most important first, and what
// to give up, with the reason. Nothing is said outside of the person's hours and
// days, in a pause, in silence or over budget; it waits until it is over. Of
// several moments about one thing the latest is said. Where the budget is nearly
// spent, what is about its very day has it: see Rule.Prompt. What would open a talk
// waits while another is going on, and one talk is opened a day. Whoever sends the message
// records both results with State.Say and State.Drop in one transaction.
//
// A person who left two messages unanswered is asked once whether the coach
// shall come less often, with whatever comes next; after four they hear once
// that it goes silent. A plan that is not confirmed, or a person who is content
// or silent, brings the dates they asked for, reviews among them, and nothing
// else; whether to come less often is not asked about those.
func Due(p career.Plan, s Settings, st State, now time.Time) (say []Occurrence, drop []Dropped) {
	l := lookAt(p, s, st, now, 0)
	var ready []moment
	for _, m := range l.upTo(l.today) {
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
	for _, m := range oneTalk(ready) {
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
	l.byDay()
	var next time.Time
	for _, ld := range l.leads {
		if !next.IsZero() && ld.day > l.on(next) {
			break // nothing is said before its day
		}
		if l.over(ld) {
			continue
		}
		m, ok := l.realize(ld)
		if !ok || l.muted(m) {
			continue
		}
		if _, gone := l.gone(m); gone {
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
	case l.s.Paused, l.paused(l.on(m.Until) - 1):
		return InPause, true
	case l.muted(m):
		return InSilence, true
	case !m.asked && l.free(l.on(m.At)) >= l.on(m.Until):
		return NoBudget, true
	}
	return Late, true
}

// muted reports whether silence keeps m back: everything but the dates that the
// person picked themselves.
func (l *look) muted(m moment) bool { return l.st.Silent && !l.picked(m.Occurrence) }

// picked reports whether the person picked the date of o themselves and asked to
// hear of it.
func (l *look) picked(o Occurrence) bool {
	return o.Kind == AskedDate || o.Kind == ReviewAhead && slices.ContainsFunc(l.p.Reviews, func(r career.Review) bool { return r.ID == o.Review && len(r.Ahead) > 0 })
}

// paused reports whether day d lies in the pause.
func (l *look) paused(d int) bool {
	return l.s.Paused || !l.s.PausedUntil.IsZero() && d < day(l.s.PausedUntil)
}

// allowed is what of ready may be said now. A message that was asked for takes
// the rest along whatever the budget says: it comes anyway.
func (l *look) allowed(ready []moment) []moment {
	if l.paused(l.today) || !l.open(l.now) {
		return nil
	}
	ready = slices.DeleteFunc(ready, func(m moment) bool { return l.muted(m) || m.talks && l.now.Before(l.talkFrom()) })
	if !slices.ContainsFunc(ready, func(m moment) bool { return m.asked || l.room(m, l.today) == l.today }) {
		return nil
	}
	return ready
}

// talkFrom is from when on a talk may be opened. A talk that a clock since set
// back has dated later holds back none.
func (l *look) talkFrom() time.Time {
	if l.st.Talked.IsZero() || l.st.Talked.After(l.now) {
		return l.s.Talking
	}
	return later(l.s.Talking, l.st.Talked.Add(betweenTalks))
}

// oneTalk leaves, of what would open a talk, the most important; the rest comes
// another day.
func oneTalk(ready []moment) []moment {
	first := ""
	best := len(Kinds)
	for _, m := range ready {
		if r := ranks[m.Kind]; m.talks && (r < best || r == best && m.Key < first) {
			first, best = m.Key, r
		}
	}
	return slices.DeleteFunc(ready, func(m moment) bool { return m.talks && m.Key != first })
}

// room is the first day from d on on which the budget lets m be said: it leaves
// room for what is more urgent (see Rule.urgency), about something else, and comes
// within the week. It comes along with that, or after it.
func (l *look) room(m moment, d int) int {
	d = l.free(d)
	if m.urgency == onItsDay || l.s.Budget < 0 {
		return d
	}
	for range 2 * 7 {
		if l.sent(d)+l.expected(d, m) < l.s.budget() {
			return d
		}
		d = l.free(d + 1)
	}
	return d
}

// sent is how many messages count against the budget of day d.
func (l *look) sent(d int) int {
	n := 0
	for _, t := range l.st.Sent {
		if on := l.on(t); on > d-7 && on < d+7 {
			n++
		}
	}
	return n
}

// expected is on how many of the six days after d something more urgent than m
// comes, about something else, that needs the budget.
func (l *look) expected(d int, than moment) int {
	var days []int
	for _, ld := range l.leads {
		if Kinds[ranks[l.sources[ld.source].kind]].urgency(ld.offset) <= than.urgency || ld.again || ld.day <= d || ld.day >= d+7 || slices.Contains(days, ld.day) {
			continue
		}
		m, ok := l.realize(ld)
		if !ok || m.asked || m.subject() == than.subject() || l.muted(m) || l.paused(ld.day) {
			continue
		}
		if _, gone := l.gone(m); !gone {
			days = append(days, ld.day)
		}
	}
	return len(days)
}

// free is the first day from d on with room in the budget: fewer messages on it
// and the six days before than the person wants. A message that a clock since
// set back has dated later counts as well.
func (l *look) free(d int) int {
	for range 2 * 7 {
		n, first := 0, d
		for _, t := range l.st.Sent {
			if on := l.on(t); on > d-7 && on < d+7 {
				n++
				first = min(first, on)
			}
		}
		if n < l.s.budget() || l.s.Budget < 0 {
			return d
		}
		d = max(d+1, first+7)
	}
	return d
}

// ready is the earliest moment, not before now, at which Due would say m.
func (l *look) ready(m moment) time.Time {
	t := later(m.At, l.now)
	if m.talks {
		t = later(t, l.talkFrom())
	}
	if l.paused(l.on(t)) {
		t = l.place(day(l.s.PausedUntil), l.hour)
	}
	if d := l.on(t); !m.asked {
		if free := l.room(m, d); free > d {
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
	if m.Again != o.Again {
		return m.Again
	}
	if a, b := day(m.Due)+m.Offset, day(o.Due)+o.Offset; a != b {
		return a > b
	}
	return m.Key > o.Key
}

// unanswered adds the question whether to come less often, or puts the word of
// farewell in the place of what was not asked for.
func (l *look) unanswered(say []Occurrence) []Occurrence {
	extra := Occurrence{Due: dateOf(l.today), At: l.now, Until: wall(dateOf(l.today+1), 0, l.loc)}
	switch n := l.st.Unanswered; {
	case l.st.Silent, !slices.ContainsFunc(say, func(o Occurrence) bool { return !l.picked(o) }):
		return say
	case n >= silentAfter:
		extra.Kind = GoingSilent
		say = slices.DeleteFunc(say, func(o Occurrence) bool { return !l.picked(o) })
	case n >= askLessAfter && !l.st.AskedLess:
		extra.Kind = LessOften
	default:
		return say
	}
	extra.Key = key(extra.Kind, 0, strconv.Itoa(l.st.Streak), extra.Due)
	return append(say, extra)
}
