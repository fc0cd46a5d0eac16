package career

import (
	"slices"
	"strconv"
	"strings"

	"waymark/internal/civil"
)

// DiffKind says what a corrected answer would change in a confirmed plan.
type DiffKind string

// The kinds of differences, in the order in which Diff names them.
const (
	DiffContent    DiffKind = "content"     // the job is enough now, or no longer
	DiffJob        DiffKind = "job"         // From, To
	DiffTarget     DiffKind = "target"      // From, To
	DiffReason     DiffKind = "reason"      // From, To
	DiffBy         DiffKind = "by"          // FromDate, ToDate
	DiffCriteria   DiffKind = "criteria"    // From, To
	DiffTracks     DiffKind = "tracks"      // From, To: their names; Tracks, Of
	DiffEligible   DiffKind = "eligible"    // FromDate, ToDate; moves the goals that wait for it
	DiffGapNew     DiffKind = "gap_new"     // Gap
	DiffGapGone    DiffKind = "gap_gone"    // Gap
	DiffGapChanged DiffKind = "gap_changed" // From, To: its words; Gap as it would be
	DiffGoalNew    DiffKind = "goal_new"    // Goal, To: its title
	DiffGoalGone   DiffKind = "goal_gone"   // From: its title
	DiffTodoNew    DiffKind = "todo_new"    // Todo, To: its words
	DiffTodoGone   DiffKind = "todo_gone"   // From: its words
	DiffTitle      DiffKind = "title"       // of a goal: From, To
	DiffMeasure    DiffKind = "measure"     // of a goal: From, To
	DiffIfThen     DiffKind = "if_then"     // of a goal: From, To
	DiffServes     DiffKind = "serves"      // of a goal for the job: From, To: titles of the goals for the career; Goal
	DiffObstacle   DiffKind = "obstacle"    // of a goal: From, To
	DiffDue        DiffKind = "due"         // of a goal: FromDate, ToDate
	DiffCourse     DiffKind = "course"      // start or length: FromDate, ToDate are the starts; Goal has the new milestones
	DiffFunding    DiffKind = "funding"     // From, To: choice ids
	DiffReview     DiffKind = "review"      // FromDate (none: new), ToDate
	DiffBackup     DiffKind = "backup"      // Backup
)

// Difference is one thing that the answers say otherwise than the confirmed
// plan. It is offered to the person and takes effect by Plan.Apply, never by itself.
type Difference struct {
	ID       string        `cbor:"1,keyasint"` // kind, or "kind/item"
	Kind     DiffKind      `cbor:"2,keyasint"`
	Item     string        `cbor:"3,keyasint,omitempty"` // id of the goal, gap or review of the confirmed plan
	From     string        `cbor:"4,keyasint,omitempty"`
	To       string        `cbor:"5,keyasint,omitempty"`
	FromDate civil.Date    `cbor:"6,keyasint,omitzero"`
	ToDate   civil.Date    `cbor:"7,keyasint,omitzero"`
	Gap      *Gap          `cbor:"8,keyasint,omitempty"`
	Goal     *Goal         `cbor:"9,keyasint,omitempty"`
	Review   *Review       `cbor:"10,keyasint,omitempty"`
	Backup   *Backup       `cbor:"11,keyasint,omitempty"`
	Months   int           `cbor:"12,keyasint,omitempty"` // DiffEligible: months of experience still to come
	Todo     *Todo         `cbor:"13,keyasint,omitempty"`
	Tracks   []CareerTrack `cbor:"14,keyasint,omitempty"`

	Of map[string]string `cbor:"15,keyasint,omitempty"` // DiffTracks: goal id to the name of its track
}

// Diff is what proposed, derived from the answers as they are now, would change
// in a confirmed plan. Only what the answers changed is named: a date the person
// moved, a goal that is achieved or dropped and a gap that is closed stay as
// they are, and an answer that was skipped takes nothing away. A plan that was
// never confirmed has no differences; it is derived anew.
func Diff(confirmed, proposed Plan) []Difference {
	if confirmed.Confirmed.IsZero() {
		return nil
	}
	proposed.Goals = slices.DeleteFunc(slices.Clone(proposed.Goals), func(g Goal) bool { return g.Action == "" }) // not from answers
	b := &differ{was: confirmed, now: proposed}
	if confirmed.Content != proposed.Content {
		b.add(Difference{Kind: DiffContent, From: strconv.FormatBool(confirmed.Content), To: strconv.FormatBool(proposed.Content)})
	}
	if proposed.Content {
		return b.list
	}
	b.lines()
	b.gaps()
	b.goals()
	b.todos()
	b.review()
	b.backup()
	return b.list
}

type differ struct {
	was, now Plan
	list     []Difference
	ids      map[string]string // gap id as proposed → as in the confirmed plan
}

func (b *differ) add(d Difference) {
	d.ID = string(d.Kind)
	if d.Item != "" {
		d.ID += "/" + d.Item
	}
	b.list = append(b.list, d)
}

// text adds a difference between two wordings; an empty new one is none.
func (b *differ) text(kind DiffKind, item, from, to string) {
	if to != "" && from != to {
		b.add(Difference{Kind: kind, Item: item, From: from, To: to})
	}
}

// lines are the plan's own lines.
func (b *differ) lines() {
	b.text(DiffJob, "", b.was.Job, b.now.Job)
	b.text(DiffTarget, "", b.was.Target, b.now.Target)
	b.text(DiffReason, "", b.was.Reason, b.now.Reason)
	if !b.now.By.IsZero() && b.was.By != b.now.By {
		b.add(Difference{Kind: DiffBy, FromDate: b.was.By, ToDate: b.now.By})
	}
	b.text(DiffCriteria, "", b.was.Criteria, b.now.Criteria)
	b.tracks()
	if (b.was.Missing != b.now.Missing || b.restarts()) && !b.now.Eligible.IsZero() && b.was.Eligible != b.now.Eligible {
		b.add(Difference{Kind: DiffEligible, FromDate: b.was.Eligible, ToDate: b.now.Eligible, Months: b.now.Missing})
	}
}

// restarts reports whether the answers about the first role, from which years of
// experience count, have changed.
func (b *differ) restarts() bool {
	for _, g := range b.now.Goals {
		i := slices.IndexFunc(b.was.Goals, func(o Goal) bool { return o.Action == g.Action })
		if g.stepping() && (i < 0 || b.was.Goals[i].unfinished() && !g.Said.IsZero() && b.was.Goals[i].Said != g.Said) {
			return true
		}
	}
	return slices.ContainsFunc(b.was.Goals, func(g Goal) bool { return g.stepping() && b.gone(g) })
}

// gaps matches by wording where a kind can come more than once, as numbers shift
// when an entry is taken out of a list; otherwise by id.
func (b *differ) gaps() {
	b.ids = map[string]string{}
	matched := map[string]bool{}
	var fresh []Gap
	for _, g := range b.now.Gaps {
		at := slices.IndexFunc(b.was.Gaps, func(o Gap) bool { return !matched[o.ID] && sameGap(o, g) })
		if at < 0 {
			fresh = append(fresh, g)
			continue
		}
		was := b.was.Gaps[at]
		matched[was.ID], b.ids[g.ID] = true, was.ID
		if was.Closed.IsZero() && (was.Words != g.Words || was.About != g.About) {
			g.ID = was.ID
			b.add(Difference{Kind: DiffGapChanged, Item: was.ID, From: was.Words, To: g.Words, Gap: &g})
		}
	}
	for _, g := range fresh {
		id := b.freeGapID(g)
		b.ids[g.ID], g.ID = id, id
		b.add(Difference{Kind: DiffGapNew, Item: id, To: g.Words, Gap: &g})
	}
	for _, g := range b.was.Gaps {
		if !matched[g.ID] && g.Closed.IsZero() && len(g.From) > 0 {
			b.add(Difference{Kind: DiffGapGone, Item: g.ID, From: g.Words, Gap: &g})
		}
	}
}

func sameGap(x, y Gap) bool {
	if x.Kind != y.Kind {
		return false
	}
	if x.Kind == Skill || x.Kind == Certificate {
		return strings.EqualFold(x.Words, y.Words)
	}
	return x.ID == y.ID
}

// freeGapID is g's id, with the next number where another gap has it.
func (b *differ) freeGapID(g Gap) string {
	taken := map[string]bool{}
	for _, o := range b.was.Gaps {
		taken[o.ID] = true
	}
	for _, d := range b.list {
		taken[d.Item] = taken[d.Item] || d.Kind == DiffGapNew
	}
	id := g.ID
	for n := 1; taken[id]; n++ {
		id = string(g.Kind) + ":" + strconv.Itoa(n)
	}
	return id
}

// goals matches by the action a goal was made from.
func (b *differ) goals() {
	if len(b.now.Goals) == 0 {
		return
	}
	for _, g := range b.now.Goals {
		at := slices.IndexFunc(b.was.Goals, func(o Goal) bool { return o.Action == g.Action })
		if at < 0 {
			g = cloneGoal(g)
			for i, id := range g.Closes {
				g.Closes[i] = b.ids[id]
			}
			g.Serves = b.goalID(g.Serves)
			b.add(Difference{Kind: DiffGoalNew, Item: g.Action, To: g.Title, ToDate: g.Due, Goal: &g})
		} else if was := b.was.Goals[at]; was.unfinished() {
			b.goal(was, g)
		}
	}
	for _, g := range b.was.Goals {
		if b.gone(g) {
			b.add(Difference{Kind: DiffGoalGone, Item: g.ID, From: g.Title, FromDate: g.Due})
		}
	}
}

// gone reports whether a goal of the confirmed plan is no longer picked.
func (b *differ) gone(g Goal) bool {
	return len(b.now.Goals) > 0 && g.Action != "" && g.unfinished() &&
		!slices.ContainsFunc(b.now.Goals, func(o Goal) bool { return o.Action == g.Action })
}

func (g Goal) unfinished() bool { return g.Status == Active || g.Status == Later }

// goal compares what the answers said about a goal then and now.
func (b *differ) goal(was, now Goal) {
	if was.Words != now.Words {
		b.add(Difference{Kind: DiffTitle, Item: was.ID, From: was.Title, To: now.Title, Goal: &now})
	}
	b.text(DiffMeasure, was.ID, was.Measure, now.Measure)
	b.text(DiffIfThen, was.ID, was.IfThen, now.IfThen)
	b.serves(was, now)
	b.text(DiffObstacle, was.ID, was.Obstacle, now.Obstacle)
	dated := !now.Said.IsZero() && was.Said != now.Said
	switch {
	case now.Months > 0 && (was.Months != now.Months || dated):
		b.add(Difference{Kind: DiffCourse, Item: was.ID, FromDate: was.Start, ToDate: now.Start, Goal: &now})
	case now.Months == 0 && dated:
		b.add(Difference{Kind: DiffDue, Item: was.ID, FromDate: was.Due, ToDate: now.Due, Goal: &now})
	}
	b.text(DiffFunding, was.ID, was.Funding, now.Funding)
}

// serves compares what a goal is for. A goal it is to serve that is itself new
// is not there to be linked to yet.
func (b *differ) serves(was, now Goal) {
	to := b.goalID(now.Serves)
	if was.Scope == now.Scope && was.Serves == to || now.Serves != "" && to == "" {
		return
	}
	now.Serves = to
	from, _ := b.was.Goal(was.Serves)
	onto, _ := b.was.Goal(to)
	b.add(Difference{Kind: DiffServes, Item: was.ID, From: from.Title, To: onto.Title, Goal: &now})
}

// goalID is the id that a proposed goal has in the confirmed plan, "" if it is
// not there.
func (b *differ) goalID(id string) string {
	g, ok := b.now.Goal(id)
	if !ok {
		return ""
	}
	if i := slices.IndexFunc(b.was.Goals, func(o Goal) bool { return o.Action == g.Action }); i >= 0 {
		return b.was.Goals[i].ID
	}
	return ""
}

// review compares the date as answered, so that one the person moved stays.
func (b *differ) review() {
	if len(b.now.Reviews) == 0 {
		return
	}
	now := b.now.Reviews[0]
	if slices.ContainsFunc(b.was.Reviews, func(r Review) bool { return r.Asked == now.Asked }) {
		return
	}
	d := Difference{Kind: DiffReview, ToDate: now.Date, Review: &now}
	if at := slices.IndexFunc(b.was.Reviews, func(r Review) bool { return !r.Held }); at >= 0 {
		was := b.was.Reviews[at]
		if was.Date == now.Date && was.Formal == now.Formal {
			return
		}
		d.Item, d.FromDate = was.ID, was.Date
	}
	b.add(d)
}

// backup is one difference as a whole; when to look at a risk again is not part
// of the answers.
func (b *differ) backup() {
	was, now := b.was.Backup, b.now.Backup
	if len(now.Risks) == 0 {
		now.Risks = was.Risks
	}
	if len(now.Alternatives) == 0 {
		now.Alternatives = was.Alternatives
	}
	if now.HeadStart == "" {
		now.HeadStart = was.HeadStart
	}
	sameRisks := slices.EqualFunc(was.Risks, now.Risks, func(x, y Risk) bool {
		return x.Kind == y.Kind && x.Then == y.Then
	})
	if !sameRisks || !slices.Equal(was.Alternatives, now.Alternatives) || was.HeadStart != now.HeadStart {
		b.add(Difference{Kind: DiffBackup, Backup: &now})
	}
}
