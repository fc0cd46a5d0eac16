// Package career is the domain model of career coaching: the gaps between the
// job a person has and the career they want, the actions and goals that close
// them, the milestones on the way, the reviews in which they are talked about,
// and the backup plan.
//
// It holds facts and rules, nothing else. Its functions take the time they need
// as an argument and touch no storage, network or chat platform, so every rule
// can be tested with plain values. Texts are not its business either: it names
// gaps and actions by kind and hands over the person's own words; prompts/ says
// them.
package career

import (
	"time"

	"waymark/internal/civil"
)

// AnswerID names the answer a fact comes from: the slot, and for answers about
// one item of a list "slot@item".
type AnswerID string

// GapKind says what is missing.
type GapKind string

// The kinds of gaps; each has at least one action.
const (
	Exposure    GapKind = "exposure"    // right field, but the work leads elsewhere
	Track       GapKind = "track"       // the job is not on a path people are promoted along
	Entry       GapKind = "entry"       // does not qualify for jobs in the wanted field yet
	Openings    GapKind = "openings"    // few ways up, tightly held, or none here
	Education   GapKind = "education"   // schooling
	Experience  GapKind = "experience"  // years in the right role
	Skill       GapKind = "skill"       // something to learn
	Certificate GapKind = "certificate" // a certificate or licence
	Network     GapKind = "network"     // people
	Balance     GapKind = "balance"     // no hours or energy left
	Information GapKind = "information" // does not know yet what is asked
)

// Severity says how much a gap is in the way.
type Severity int

const (
	Nice Severity = iota + 1
	Slows
	Blocking
)

// Gap is one difference between what a person has and what they want.
type Gap struct {
	// ID is stable for the same answers: the kind, or where a kind can come
	// more than once "kind:n" (one per skill and certificate, in the order they
	// were named) or "kind:about" (information).
	ID       string     `cbor:"1,keyasint"`
	Kind     GapKind    `cbor:"2,keyasint"`
	Severity Severity   `cbor:"3,keyasint"`
	Words    string     `cbor:"4,keyasint,omitempty"` // the person's own words for it; may be empty
	About    string     `cbor:"5,keyasint,omitempty"` // what an information gap is about, or which case of its kind a gap is
	From     []AnswerID `cbor:"6,keyasint,omitempty"` // the answers it comes from, at least one
	Closed   civil.Date `cbor:"7,keyasint,omitzero"`  // when it was ticked off
	Picked   bool       `cbor:"8,keyasint,omitempty"` // to be worked on first
}

// ActionKind says how an action is planned.
type ActionKind string

const (
	Course   ActionKind = "course"   // lasts months, has a start and a price
	Talk     ActionKind = "talk"     // with a person
	Research ActionKind = "research" // find out
	Practice ActionKind = "practice" // do it at work or beside it, again and again
	Apply    ActionKind = "apply"    // for a role
	Wait     ActionKind = "wait"     // years that must pass in the right role
	OwnWords ActionKind = "own"      // what the person named themselves
)

// Action is something to do about a gap.
type Action struct {
	// ID is stable for the same gap: "<gap id>/<template>".
	ID       string     `cbor:"1,keyasint"`
	Gap      string     `cbor:"2,keyasint"`
	Kind     ActionKind `cbor:"3,keyasint"`
	Template string     `cbor:"4,keyasint,omitempty"` // names its text in prompts/, "" for OwnWords
	Words    string     `cbor:"5,keyasint,omitempty"` // the person's words that go into the text, or the whole of an own action
	Days     int        `cbor:"6,keyasint,omitempty"` // default time to do it, from today
}

// Scope keeps goals for the job one has apart from goals for the career.
type Scope string

const (
	CareerGoal Scope = "career"
	JobGoal    Scope = "job"
	BothGoal   Scope = "both" // counts as one for the career, too
)

// GoalStatus is where a goal stands in its life; see Goal.Move.
type GoalStatus string

const (
	Draft    GoalStatus = "draft"
	Active   GoalStatus = "active"
	Later    GoalStatus = "later" // kept for when there is room
	Achieved GoalStatus = "achieved"
	Dropped  GoalStatus = "dropped"
)

// Goal is something to reach by a date, and how somebody else would see it.
type Goal struct {
	ID         string      `cbor:"1,keyasint"`
	Title      string      `cbor:"2,keyasint"` // as agreed with the person, at most 300 characters
	Measure    string      `cbor:"3,keyasint,omitempty"`
	Due        civil.Date  `cbor:"4,keyasint,omitzero"`
	Status     GoalStatus  `cbor:"5,keyasint"`
	Scope      Scope       `cbor:"6,keyasint,omitempty"`
	Kind       ActionKind  `cbor:"7,keyasint,omitempty"`
	Closes     []string    `cbor:"8,keyasint,omitempty"` // gap ids
	From       []AnswerID  `cbor:"9,keyasint,omitempty"`
	Milestones []Milestone `cbor:"10,keyasint,omitempty"` // by date
	IfThen     string      `cbor:"11,keyasint,omitempty"` // implementation intention, word for word
	Created    time.Time   `cbor:"12,keyasint,omitzero"`
	History    []Change    `cbor:"13,keyasint,omitempty"`
	Start      civil.Date  `cbor:"14,keyasint,omitzero"` // of a course
	Months     int         `cbor:"15,keyasint,omitempty"`
	Funding    string      `cbor:"16,keyasint,omitempty"` // does the employer pay: yes, partly, no, unsure

	// What the goal was made from, so that a later correction of an answer can
	// be told from a change that the person made to the goal itself.
	Action string     `cbor:"17,keyasint,omitempty"` // id of the action; "" for goals that come from no answer
	Words  string     `cbor:"18,keyasint,omitempty"` // the person's words inside the title
	Said   civil.Date `cbor:"19,keyasint,omitzero"`  // the date they gave: of a course its start, otherwise the due date

	Serves string `cbor:"20,keyasint,omitempty"` // of a job goal: id of the career goal it serves, "" if it stands alone

	// Obstacle is what in themselves could stop the person, in their words.
	Obstacle string `cbor:"21,keyasint,omitempty"`
	// After are the goals that come first: this one begins when they are done.
	After []string `cbor:"22,keyasint,omitempty"`
	// Levels word what −2 … +2 mean for this goal, −2 first; empty until they
	// are worded. Scores are the levels it has reached, by date.
	Levels [5]string `cbor:"23,keyasint,omitzero"`
	Scores []Score   `cbor:"24,keyasint,omitempty"`
	Track  string    `cbor:"25,keyasint,omitempty"` // name of its track, where there are several
}

// MilestoneKind says what stands at a milestone, so that a text can be chosen.
type MilestoneKind string

const (
	FirstStep MilestoneKind = "first"    // the smallest beginning
	Begin     MilestoneKind = "start"    // first day of a course
	Unit      MilestoneKind = "unit"     // unit N of Of of a course
	Booking   MilestoneKind = "booking"  // book the exam
	Halfway   MilestoneKind = "halfway"  // look back and adjust
	Finish    MilestoneKind = "finish"   // the goal itself
	Eligible  MilestoneKind = "eligible" // enough years of experience
	Funds     MilestoneKind = "funding"  // ask who pays, before enrolling
	Applying  MilestoneKind = "apply"    // the month to apply in, ahead of a role
)

// Milestone is a dated point on the way to a goal.
type Milestone struct {
	ID      string        `cbor:"1,keyasint"` // "<goal id>.<n>", never reused
	Kind    MilestoneKind `cbor:"2,keyasint"`
	Title   string        `cbor:"3,keyasint,omitempty"` // set when the person named it; otherwise the text of its kind
	N       int           `cbor:"4,keyasint,omitempty"`
	Of      int           `cbor:"5,keyasint,omitempty"`
	Due     civil.Date    `cbor:"6,keyasint,omitzero"`
	Done    civil.Date    `cbor:"7,keyasint,omitzero"` // zero while open
	Dropped bool          `cbor:"8,keyasint,omitempty"`
	History []Change      `cbor:"9,keyasint,omitempty"`
}

// Open reports whether a milestone still waits to be reached.
func (m Milestone) Open() bool { return m.Done.IsZero() && !m.Dropped }

// Change is one entry of a history: what a date or status was, and since when
// it is something else.
type Change struct {
	At   time.Time  `cbor:"1,keyasint"`
	What string     `cbor:"2,keyasint"` // "due", "status", "done", "not_yet", "dropped", "title", "measure", …
	From string     `cbor:"3,keyasint,omitempty"`
	To   string     `cbor:"4,keyasint,omitempty"`
	Due  civil.Date `cbor:"5,keyasint,omitzero"`
}

// Review is a performance review, or a talk with whoever decides.
type Review struct {
	ID     string     `cbor:"1,keyasint"`
	Date   civil.Date `cbor:"2,keyasint,omitzero"`
	Formal bool       `cbor:"3,keyasint,omitempty"` // false: a talk, where the job has no reviews
	Said   string     `cbor:"4,keyasint,omitempty"` // the day after: what was said
	Agreed string     `cbor:"5,keyasint,omitempty"` // and what was agreed
	Held   bool       `cbor:"6,keyasint,omitempty"`

	Asked   civil.Date `cbor:"7,keyasint,omitzero"` // the date as answered; Date may have been moved since
	History []Change   `cbor:"8,keyasint,omitempty"`
	// What the person prepared to ask and say, in their words.
	Support string `cbor:"20,keyasint,omitempty"`
	Improve string `cbor:"21,keyasint,omitempty"`
	Help    string `cbor:"22,keyasint,omitempty"`
	Opening string `cbor:"23,keyasint,omitempty"`
	// Edited are the parts of the preparation that the person wrote themselves
	// in place of what was drafted, one item a line; "" is a part left out.
	Edited map[string]string `cbor:"26,keyasint,omitempty"`
	// Line is the strongest thing they said when they practised.
	Line string `cbor:"27,keyasint,omitempty"`
	// Cycle is the name of the review cycle the date comes from, "" for a date
	// of the person's own.
	Cycle string `cbor:"24,keyasint,omitempty"`
	// Ahead is how many days before the date the person asked to be reminded,
	// the most first; such reminders come whatever else is quiet. Empty: they
	// asked for nothing of the kind.
	Ahead []int `cbor:"25,keyasint,omitempty"`
}

// Risk is something that could get in the way, and the plan for that case.
type Risk struct {
	Kind string     `cbor:"1,keyasint"`           // choice id, or the person's words
	Own  bool       `cbor:"2,keyasint,omitempty"` // Kind is the person's words
	Then string     `cbor:"3,keyasint,omitempty"` // what they will do then
	By   civil.Date `cbor:"4,keyasint,omitzero"`  // when to look whether it has happened
	Met  civil.Date `cbor:"5,keyasint,omitzero"`  // when it happened
	Said bool       `cbor:"6,keyasint,omitempty"` // By is the person's own date, not the coach's
}

// Backup is another road to the same career, made in advance.
type Backup struct {
	Risks        []Risk   `cbor:"1,keyasint,omitempty"`
	Alternatives []string `cbor:"2,keyasint,omitempty"`
	HeadStart    string   `cbor:"3,keyasint,omitempty"`
}

// Win is something the person did that is worth remembering.
type Win struct {
	ID   string     `cbor:"1,keyasint"`
	On   civil.Date `cbor:"2,keyasint"`
	Text string     `cbor:"3,keyasint"`
	Kind string     `cbor:"4,keyasint,omitempty"` // one of WinKinds
	Link string     `cbor:"5,keyasint,omitempty"`
	Goal string     `cbor:"6,keyasint,omitempty"`

	For    string `cbor:"7,keyasint,omitempty"` // whom it helped
	Result string `cbor:"8,keyasint,omitempty"` // in numbers, where there are any
	Skill  string `cbor:"9,keyasint,omitempty"` // what it shows
}

// Plan is what a person wants and has agreed to do about it.
type Plan struct {
	Job       string        `cbor:"1,keyasint,omitempty"`
	Target    string        `cbor:"2,keyasint,omitempty"`
	Reason    string        `cbor:"3,keyasint,omitempty"`
	By        civil.Date    `cbor:"4,keyasint,omitzero"`
	Gaps      []Gap         `cbor:"5,keyasint,omitempty"`
	Goals     []Goal        `cbor:"6,keyasint,omitempty"`
	Reviews   []Review      `cbor:"7,keyasint,omitempty"`
	Backup    Backup        `cbor:"8,keyasint,omitempty"`
	Wins      []Win         `cbor:"9,keyasint,omitempty"`
	Criteria  string        `cbor:"10,keyasint,omitempty"` // what to choose differently this time
	Confirmed time.Time     `cbor:"11,keyasint,omitzero"`  // zero: a draft derived from the answers so far
	Content   bool          `cbor:"12,keyasint,omitempty"` // the job is enough; no reminders
	NextID    int           `cbor:"13,keyasint,omitempty"` // numbers for new goals, wins, reviews
	Eligible  civil.Date    `cbor:"14,keyasint,omitzero"`  // when the years of experience asked for are complete
	History   []Change      `cbor:"15,keyasint,omitempty"` // of the plan's own lines, such as its target
	Missing   int           `cbor:"16,keyasint,omitempty"` // months of experience still to come when Eligible was reckoned
	List      []Todo        `cbor:"17,keyasint,omitempty"` // things to do that are no goals
	Closeness []Reading     `cbor:"18,keyasint,omitempty"` // to the aim, by date; see AddReading
	Energy    []Reading     `cbor:"19,keyasint,omitempty"` // for work, by date
	Tracks    []CareerTrack `cbor:"20,keyasint,omitempty"` // several, one of them active; or none

	// Week is the time a week that the person has for it.
	Week Week `cbor:"40,keyasint,omitzero"`

	// What side talks have brought.
	Mentor  Mentor    `cbor:"30,keyasint,omitzero"`
	Network []Contact `cbor:"31,keyasint,omitempty"`
	Rest    Rest      `cbor:"32,keyasint,omitzero"`
	Pay     Pay       `cbor:"33,keyasint,omitempty"`
}
