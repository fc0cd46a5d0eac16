package reminder

// Kind says why the coach speaks up.
type Kind string

// The kinds of occurrences; Kinds says when each comes.
const (
	AskedDate        Kind = "asked_date"        // a date the person picked: "ask me again in March"
	ReviewAhead      Kind = "review_ahead"      // a review is near
	MilestoneDue     Kind = "milestone_due"     // a milestone is due today
	ExamBooking      Kind = "exam_booking"      // an exam has to be booked
	MilestoneAhead   Kind = "milestone_ahead"   // a milestone is near
	NextStep         Kind = "next_step"         // the step of an if-then plan whose turn it is
	ReviewAfter      Kind = "review_after"      // a review is over: what was said, what was agreed?
	MilestoneOverdue Kind = "milestone_overdue" // a milestone's date has passed
	BackupTrigger    Kind = "backup_trigger"    // the day to look whether a risk has happened
	Eligible         Kind = "eligible"          // enough years of experience to apply
	CheckIn          Kind = "check_in"          // the check-in of the person's cadence
	PauseOver        Kind = "pause_over"        // the pause the person took ends today
	StaleGoal        Kind = "stale_goal"        // a goal without a date has not moved for weeks
	GapCheck         Kind = "gap_check"         // are the gaps still the same?
	FreshStart       Kind = "fresh_start"       // a new quarter, after a review, after a pause
	CycleBegins      Kind = "cycle_begins"      // reviews are near, for somebody without a plan
	LessOften        Kind = "less_often"        // two messages without an answer: shall I come less often?
	GoingSilent      Kind = "going_silent"      // four of them: said once, then nothing until spoken to
)

// Offset is one moment of a kind, counted from the date it is about.
type Offset struct {
	N       int  // days; negative = before
	Working bool // N counts the person's working days
}

// Rule says when a kind comes and how it is treated.
type Rule struct {
	Kind Kind
	// Offsets are empty for the kinds that Due adds to a message by itself.
	Offsets []Offset
	// Limit is for how many days after its moment it is still worth saying. A
	// moment before the date it is about also ends with the start of that date.
	Limit int
	// Asked kinds come because the person asked for them: they need no budget.
	Asked bool
	// Talks kinds open a talk of their own: they wait while another one is
	// going on (see Settings.Talking), and one comes a day.
	Talks bool
	// Prompt kinds are about their very day. Where the week's budget is nearly
	// spent, the others leave them what is left of it, and come along with them;
	// and so do those of them that count down to a day to those that are about it.
	Prompt bool
	// Fixed kinds cannot be turned off.
	Fixed bool
}

// Kinds holds every kind, the most important first.
var Kinds = []Rule{
	{Kind: AskedDate, Offsets: []Offset{{}}, Limit: 30, Asked: true, Fixed: true},
	{Kind: ReviewAhead, Offsets: []Offset{{N: -28}, {N: -14}, {N: -3}, {N: -1}}, Limit: 5, Prompt: true},
	{Kind: MilestoneDue, Offsets: []Offset{{}}, Limit: 3, Prompt: true},
	{Kind: ExamBooking, Offsets: []Offset{{N: -7, Working: true}, {}}, Limit: 7, Prompt: true},
	{Kind: MilestoneAhead, Offsets: []Offset{{N: -7, Working: true}, {N: -1, Working: true}}, Limit: 3},
	{Kind: ReviewAfter, Offsets: []Offset{{N: 1}}, Limit: 14, Prompt: true, Talks: true},
	// A milestone that has passed unnoticed is still worth a word when the week's
	// budget has room again.
	{Kind: MilestoneOverdue, Offsets: []Offset{{N: 1, Working: true}, {N: 7, Working: true}}, Limit: 21},
	{Kind: BackupTrigger, Offsets: []Offset{{}}, Limit: 14},
	{Kind: Eligible, Offsets: []Offset{{}}, Limit: 21},
	{Kind: NextStep, Offsets: []Offset{{N: 3, Working: true}}, Limit: 3},
	{Kind: CheckIn, Offsets: []Offset{{}}, Limit: 5, Asked: true, Talks: true},
	{Kind: PauseOver, Offsets: []Offset{{}}, Limit: 7, Asked: true},
	{Kind: StaleGoal, Offsets: []Offset{{}}, Limit: 14},
	{Kind: GapCheck, Offsets: []Offset{{}}, Limit: 14, Talks: true},
	{Kind: FreshStart, Offsets: []Offset{{}}, Limit: 5},
	{Kind: CycleBegins, Offsets: []Offset{{N: -28}}, Limit: 14},
	{Kind: LessOften, Fixed: true},
	{Kind: GoingSilent, Fixed: true},
}

// Days that the periodic kinds are apart.
const (
	staleDays   = 42 // a goal without movement
	gapDays     = 91 // between two looks at the gaps
	settledDays = 28 // a plan younger than this needs no fresh start
	digestDays  = 4  // from a review to the Monday of the fresh start after it, at least
)

// ranks are the places of the kinds in Kinds.
var ranks = func() map[Kind]int {
	m := make(map[Kind]int, len(Kinds))
	for i, r := range Kinds {
		m[r.Kind] = i
	}
	return m
}()

// How little a moment can wait; see Rule.urgency.
const (
	canWait = iota
	countsDown
	onItsDay
)

// urgency says how little a moment of the rule can wait. Each leaves room in the
// budget for what is more urgent.
func (r *Rule) urgency(offset int) int {
	switch {
	case !r.Prompt:
		return canWait
	case offset < 0:
		return countsDown
	}
	return onItsDay
}

// Rule returns the kind's row of Kinds; ok is false for an unknown kind.
func (k Kind) Rule() (r Rule, ok bool) {
	i, ok := ranks[k]
	if !ok {
		return Rule{}, false
	}
	return Kinds[i], true
}
