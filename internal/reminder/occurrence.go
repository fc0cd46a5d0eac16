package reminder

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"waymark/internal/civil"
)

// Occurrence is one reason to speak up at one moment.
type Occurrence struct {
	// Key names "this kind about this thing at this date" for good:
	// "milestone_ahead/7/g1.2@2027-02-11", and with the date it was put off to
	// behind it: "milestone_ahead/7/g1.2@2027-02-11+2027-02-09". It holds no
	// word of the person's.
	Key  string `cbor:"1,keyasint"`
	Kind Kind   `cbor:"2,keyasint"`
	// Goal, Milestone and Review are ids, each "" if it is not about one.
	Goal      string `cbor:"3,keyasint,omitempty"`
	Milestone string `cbor:"4,keyasint,omitempty"`
	Review    string `cbor:"5,keyasint,omitempty"`
	// Topic is what an asked date is about, the fingerprint of a risk (see RiskID)
	// or of a review cycle, or what a moment of the whole plan is about.
	Topic string `cbor:"6,keyasint,omitempty"`
	// Offset is the one of Kinds, in days or working days.
	Offset int `cbor:"7,keyasint,omitempty"`
	// Again says that the person put it off to this moment.
	Again bool `cbor:"8,keyasint,omitempty"`
	// Due is the date it is about.
	Due civil.Date `cbor:"9,keyasint,omitzero"`
	// At is when to say it, and Until when it is no longer worth saying
	// (exclusive). A message may leave up to Until; check before sending late.
	At    time.Time `cbor:"10,keyasint,omitzero"`
	Until time.Time `cbor:"11,keyasint,omitzero"`
}

// key builds Occurrence.Key of an occurrence that was not put off.
func key(k Kind, offset int, id string, due civil.Date) string {
	var b strings.Builder
	b.WriteString(string(k))
	if offset != 0 {
		b.WriteByte('/')
		b.WriteString(strconv.Itoa(max(offset, -offset)))
	}
	if id != "" {
		b.WriteByte('/')
		b.WriteString(id)
	}
	b.WriteByte('@')
	b.WriteString(due.String())
	return b.String()
}

// base is a key without the date it was put off to.
func base(key string) string {
	at := strings.LastIndexByte(key, '@')
	if plus := strings.LastIndexByte(key, '+'); at >= 0 && plus > at {
		return key[:plus]
	}
	return key
}

// ParseKey reads a key back into kind, ids, offset and date, so that a button
// that carries one can be understood long after the message was sent. At and
// Until are not in it. A goal without milestones is a Goal alone.
func ParseKey(k string) (o Occurrence, ok bool) {
	o.Key = k
	b := base(k)
	o.Again = b != k
	at := strings.LastIndexByte(b, '@')
	if at < 0 {
		return Occurrence{}, false
	}
	due, err := civil.Parse(b[at+1:])
	kind, rest, _ := strings.Cut(b[:at], "/")
	r, known := Kind(kind).Rule()
	if err != nil || !known {
		return Occurrence{}, false
	}
	o.Kind, o.Due = r.Kind, due
	for _, off := range r.Offsets {
		n := strconv.Itoa(max(off.N, -off.N))
		if head, id, found := strings.Cut(rest, "/"); found && off.N != 0 && head == n {
			o.Offset, rest = off.N, id
			break
		}
	}
	o.name(rest)
	return o, true
}

// name fills in the field that id belongs to, by kind.
func (o *Occurrence) name(id string) {
	switch o.Kind {
	case ReviewAhead, ReviewAfter:
		o.Review = id
	case StaleGoal:
		o.Goal = id
	case AskedDate, BackupTrigger, CycleBegins:
		o.Topic = id
	case FreshStart:
		if o.Review = id; id == afterPause {
			o.Topic, o.Review = id, ""
		}
	case MilestoneAhead, MilestoneDue, MilestoneOverdue, ExamBooking, NextStep, Eligible:
		if id == wholePlan {
			o.Topic = id
			return
		}
		o.Goal = id
		if dot := strings.LastIndexByte(id, '.'); dot >= 0 {
			o.Goal, o.Milestone = id[:dot], id
		}
	}
}

// subject is what an occurrence is about, whatever its kind and date: of one
// subject only the latest moment is said, and putting off one moment puts off
// those before it.
func (o Occurrence) subject() string {
	switch {
	case o.Kind == FreshStart:
		return string(o.Kind)
	case o.Milestone != "":
		return "m/" + o.Milestone
	case o.Review != "":
		return "r/" + o.Review
	case o.Kind == StaleGoal:
		return "s/" + o.Goal
	case o.Goal != "":
		return "m/" + o.Goal
	case o.Topic != "":
		return string(o.Kind) + "/" + o.Topic
	}
	return string(o.Kind)
}

// byTime orders by moment, then importance.
func byTime(a, b Occurrence) int {
	return cmp.Or(a.At.Compare(b.At), byWeight(a, b))
}

// byWeight orders the most important first.
func byWeight(a, b Occurrence) int {
	return cmp.Or(cmp.Compare(ranks[a.Kind], ranks[b.Kind]), a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key))
}

// Reason says why an occurrence was never said.
type Reason uint8

const (
	Said       Reason = iota + 1 // it was; never in a Dropped
	Superseded                   // a later moment about the same thing was said
	PutOff                       // the person put that thing off to a later day
	SetLate                      // its moment was over when the plan or the date was set
	Late                         // its limit passed, as after an outage
	InPause                      // its limit passed in a pause
	InSilence                    // its limit passed while the coach was silent
	NoBudget                     // its limit passed while the budget was spent
)

var reasonNames = [...]string{
	Said: "said", Superseded: "superseded", PutOff: "put_off", SetLate: "set_late",
	Late: "late", InPause: "in_pause", InSilence: "in_silence", NoBudget: "no_budget",
}

// String is the reason in one word, for logs and the calendar.
func (r Reason) String() string {
	if int(r) < len(reasonNames) && reasonNames[r] != "" {
		return reasonNames[r]
	}
	return "reason " + strconv.Itoa(int(r))
}

// final reports whether an occurrence with this mark stays unsaid for good. One
// that merely was late may still be said when a clock that ran ahead is set
// right.
func (r Reason) final() bool { return r == Said || r == Superseded || r == PutOff }

// Dropped is an occurrence that will not be said, and why.
type Dropped struct {
	Occurrence
	Reason Reason
}
