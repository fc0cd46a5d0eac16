package reminder

import (
	"cmp"
	"hash/fnv"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"waymark/internal/career"
	"waymark/internal/civil"
)

// State is what was said to a person and what waits for them. The zero value is
// somebody who has heard nothing. It stays small: what belongs to a moment more
// than keepDays past is forgotten, in a way that cannot make anything be said a
// second time, whatever the clock does. A copy shares the maps of the original:
// change only what a transaction has read for itself.
type State struct {
	// Marks holds what became of occurrences, by hash of the key: a whole key
	// would make up most of the record of a person with a few goals.
	Marks map[uint64]Mark `cbor:"1,keyasint,omitempty"`
	// Forgot is the latest Due of anything said whose mark is gone: nothing
	// about a date up to it is said any more.
	Forgot civil.Date `cbor:"2,keyasint,omitzero"`
	// Looked is when marks were last made; what ended more than keepDays
	// before has been dealt with.
	Looked time.Time `cbor:"3,keyasint,omitzero"`
	// Sent are the moments of the messages that count against the budget.
	Sent []time.Time `cbor:"4,keyasint,omitempty"`
	// Snoozed holds the day something was put off to, by hash of the key
	// without such a day.
	Snoozed map[uint64]civil.Date `cbor:"5,keyasint,omitempty"`
	// Asked are the dates the person picked, one a topic.
	Asked []Asked `cbor:"6,keyasint,omitempty"`
	// Waiting is what the last message was about, until it is answered.
	Waiting []Occurrence `cbor:"7,keyasint,omitempty"`
	// Unanswered counts messages since the person last spoke.
	Unanswered int `cbor:"8,keyasint,omitempty"`
	// AskedLess says that the person was asked about coming less often, and
	// Silent that they were told of silence, since they last spoke.
	AskedLess bool `cbor:"9,keyasint,omitempty"`
	Silent    bool `cbor:"10,keyasint,omitempty"`
	// Streak numbers the times that messages stayed unanswered.
	Streak int `cbor:"11,keyasint,omitempty"`
	// Spoke is when the person last spoke.
	Spoke time.Time `cbor:"12,keyasint,omitzero"`
	// Talked is when the last talk was opened; see Rule.Talks.
	Talked time.Time `cbor:"13,keyasint,omitzero"`
	// Announced are the review cycles that were announced lately, by fingerprint,
	// each with the date that was named.
	Announced []Asked `cbor:"14,keyasint,omitempty"`
}

// Mark is what became of one occurrence.
type Mark struct {
	_    struct{} `cbor:",toarray"`
	Due  int      // the date it is about, in days from 1 January 2001
	Last int      // the last day it matters, likewise
	Why  Reason
}

// Asked is a date that a person picked for a topic, such as a question they put
// off. Topic is an id of the caller's without "/", "@" and "+".
type Asked struct {
	Topic string     `cbor:"1,keyasint"`
	On    civil.Date `cbor:"2,keyasint"`
}

const (
	// keepDays is longer than anything is worth saying (see Rule.Limit). Marks
	// outlive it by forgetDays, as days differ from zone to zone.
	keepDays   = 45
	forgetDays = keepDays + 3
	// maxMarks, maxSent and maxAsked bound the record against plans that are
	// changed all day long; nobody comes near them.
	maxMarks = 400
	maxSent  = 32
	maxAsked = 20

	// betweenTalks is less than a day, which may have 23 hours.
	betweenTalks = 20 * time.Hour

	askLessAfter = 2 // unanswered messages
	silentAfter  = 4
)

// Say records that occ was said at now in one message. It must be saved in the
// transaction that sends the message. Without occurrences it does nothing.
func (st *State) Say(occ []Occurrence, now time.Time) {
	if len(occ) == 0 {
		return
	}
	asked := false
	for _, o := range occ {
		st.mark(o, Said, now)
		if o.Kind == CycleBegins {
			st.Announced = append(slices.Clone(st.Announced), Asked{o.Topic, o.Due})
		}
		r, _ := o.Kind.Rule()
		asked = asked || (r.Asked || o.Again) && o.Kind != CheckIn
		if r.Talks {
			st.Talked = now.UTC()
		}
		st.AskedLess = st.AskedLess || o.Kind == LessOften
		st.Silent = st.Silent || o.Kind == GoingSilent
	}
	if !asked { // a check-in needs no budget, but leaves that much less for the rest of the week
		st.Sent = append(st.Sent, now.UTC())
	}
	st.Waiting = slices.Clone(occ)
	st.Unanswered++
	st.prune(now)
}

// Unsay takes back what Say recorded at said about a message that has not left
// and will not: its occurrences may be said again, and it counts neither as
// unanswered nor against the budget.
func (st *State) Unsay(keys []string, said time.Time) {
	found := false
	for _, k := range keys {
		h := hash(k)
		if st.Marks[h].Why != Said {
			continue
		}
		delete(st.Marks, h)
		found = true
		o, _ := ParseKey(k)
		st.AskedLess = st.AskedLess && o.Kind != LessOften
		st.Silent = st.Silent && o.Kind != GoingSilent
		st.Announced = slices.DeleteFunc(slices.Clone(st.Announced), func(a Asked) bool { return o.Kind == CycleBegins && a == Asked{o.Topic, o.Due} })
		if r, _ := o.Kind.Rule(); r.Talks {
			st.Talked = time.Time{}
		}
		st.Answered(k)
	}
	if !found {
		return
	}
	st.Unanswered = max(0, st.Unanswered-1)
	// The store keeps microseconds.
	st.Sent = slices.DeleteFunc(slices.Clone(st.Sent), func(t time.Time) bool { return t.Sub(said).Abs() < time.Millisecond })
}

// announcedAs reports whether the reviews of a cycle on a date were announced
// before as something else. A cycle may get another name, or another date, between
// its announcement and its day: on the same date, or as the same cycle less than
// minCycle days after, they are the same reviews. What became of an occurrence of
// just that name and date is told by its mark.
func (st *State) announcedAs(topic string, on civil.Date) bool {
	return !slices.Contains(st.Announced, Asked{topic, on}) && slices.ContainsFunc(st.Announced, func(a Asked) bool {
		return a.On == on || a.Topic == topic && on.Before(a.On.AddDays(minCycle))
	})
}

// LastAnnounced is the latest date of reviews that were announced lately, zero for
// none.
func (st *State) LastAnnounced() (last civil.Date) {
	for _, a := range st.Announced {
		if a.On.After(last) {
			last = a.On
		}
	}
	return last
}

// Tells reports whether the occurrence with that key counts as said; what is long
// past is forgotten.
func (st *State) Tells(key string) bool { return st.Marks[hash(key)].Why == Said }

// Drop records what Due gave up, so that it is reported once.
func (st *State) Drop(dropped []Dropped, now time.Time) {
	for _, d := range dropped {
		st.mark(d.Occurrence, d.Reason, now)
	}
	st.prune(now)
}

// Heard records that the person spoke: nothing counts as unanswered any more,
// and silence ends. Waiting stays, since what they said may be the answer.
func (st *State) Heard(now time.Time) {
	st.Spoke = now.UTC()
	if st.Unanswered >= askLessAfter {
		st.Streak++
	}
	st.Unanswered, st.AskedLess, st.Silent = 0, false, false
}

// Answered takes an occurrence off Waiting.
func (st *State) Answered(key string) {
	st.Waiting = slices.DeleteFunc(slices.Clone(st.Waiting), func(o Occurrence) bool { return o.Key == key })
}

// Snooze puts the occurrence with that key off to a day, in place of an earlier
// such wish about the same occurrence. It comes once more then, if there still
// is a reason; until then nothing else about the same thing does.
func (st *State) Snooze(key string, until civil.Date) {
	if o, ok := ParseKey(key); !ok || o.Kind == LessOften || o.Kind == GoingSilent {
		return
	}
	if st.Snoozed == nil {
		st.Snoozed = map[uint64]civil.Date{}
	}
	st.Snoozed[hash(base(key))] = until
	st.Answered(key)
}

// AskOn makes topic come up on a day the person picked, in place of an earlier
// day for it; the zero date takes it back.
func (st *State) AskOn(topic string, on civil.Date) {
	st.Asked = slices.DeleteFunc(slices.Clone(st.Asked), func(a Asked) bool { return a.Topic == topic })
	if on.IsZero() {
		return
	}
	if len(st.Asked) >= maxAsked {
		st.Asked = slices.Delete(st.Asked, 0, 1)
	}
	st.Asked = append(st.Asked, Asked{topic, on})
}

// RiskID is the fingerprint that stands for a risk in keys, where the person's
// words must not be.
func RiskID(r career.Risk) string { return fingerprint(r.Kind) }

func fingerprint(words string) string { return strconv.FormatUint(hash(words), 36) }

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

func (st *State) mark(o Occurrence, why Reason, now time.Time) {
	if st.Marks == nil {
		st.Marks = map[uint64]Mark{}
	}
	last := max(day(o.Due), day(civil.Of(o.Until.UTC())), day(civil.Of(now.UTC())))
	st.Marks[hash(o.Key)] = Mark{Due: day(o.Due), Last: last, Why: why}
}

// prune forgets what no longer matters at now.
func (st *State) prune(now time.Time) {
	st.Looked = now.UTC()
	today := civil.Of(now.UTC())
	old := today.AddDays(-forgetDays)
	for k, m := range st.Marks {
		if m.Last < day(old) {
			st.forget(k, m)
		}
	}
	if len(st.Marks) > maxMarks {
		// What was never said goes first: forgetting it mutes nothing.
		age := func(k uint64) int {
			if m := st.Marks[k]; m.Why.final() {
				return m.Last
			}
			return math.MinInt
		}
		keys := slices.SortedFunc(maps.Keys(st.Marks), func(a, b uint64) int {
			return cmp.Or(cmp.Compare(age(a), age(b)), cmp.Compare(a, b))
		})
		for _, k := range keys[:len(keys)-maxMarks] {
			st.forget(k, st.Marks[k])
		}
	}
	maps.DeleteFunc(st.Snoozed, func(_ uint64, d civil.Date) bool { return d.Before(old) })
	st.Asked = slices.DeleteFunc(st.Asked, func(a Asked) bool { return a.On.Before(old) })
	st.Announced = slices.DeleteFunc(st.Announced, func(a Asked) bool { return a.On.Before(old) })
	// A moment ahead of now is from a clock that was set back; it counts.
	week := now.AddDate(0, 0, -9)
	st.Sent = slices.DeleteFunc(st.Sent, func(t time.Time) bool { return t.Before(week) })
	if n := len(st.Sent) - maxSent; n > 0 {
		st.Sent = slices.Delete(st.Sent, 0, n)
	}
}

func (st *State) forget(k uint64, m Mark) {
	if d := dateOf(m.Due); m.Why.final() && st.Forgot.Before(d) {
		st.Forgot = d
	}
	delete(st.Marks, k)
}
