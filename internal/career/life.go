package career

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/internal/civil"
)

// Errors of the life cycle, for errors.Is. Nothing has changed when one of them
// is returned.
var (
	// ErrBadTransition reports a status change the life cycle forbids, such as
	// reopening an achieved goal or a milestone that is done.
	ErrBadTransition = errors.New("transition not allowed")
	// ErrNotFound reports an id that the plan does not have.
	ErrNotFound = errors.New("not in the plan")
	// ErrPast reports a date before today where only a later one makes sense.
	ErrPast = errors.New("date has passed")
	// ErrFuture reports a date after today where only what has been counts.
	ErrFuture = errors.New("date has not come yet")
	// ErrTooMany reports one active goal more than MaxActive.
	ErrTooMany = errors.New("too many active goals")
)

// MaxActive is how many goals a person works on at a time; the others wait.
const MaxActive = 3

// What a Change changed.
const (
	changedStatus = "status"
	changedDue    = "due"
	changedDone   = "done"
	notYet        = "not_yet"
	dropped       = "dropped"
)

// moves are the status changes that are allowed.
var moves = map[GoalStatus][]GoalStatus{
	Draft:   {Active, Later, Dropped},
	Active:  {Later, Achieved, Dropped},
	Later:   {Active, Achieved, Dropped},
	Dropped: {Active, Later},
}

// Move changes the goal's status, or returns ErrBadTransition. Whoever holds a
// plan uses Plan.MoveGoal, which also ticks off gaps.
func (g *Goal) Move(to GoalStatus, now time.Time) error {
	if !slices.Contains(moves[g.Status], to) {
		return fmt.Errorf("goal %s: %s to %s: %w", g.ID, g.Status, to, ErrBadTransition)
	}
	g.History = append(g.History, Change{At: now.UTC(), What: changedStatus, From: string(g.Status), To: string(to)})
	g.Status = to
	if to == Achieved {
		for i := range g.Milestones {
			if m := &g.Milestones[i]; m.Open() {
				m.drop(now)
			}
		}
	}
	return nil
}

// Confirm makes draft the person's plan. A plan that was confirmed before keeps
// what was done and moved since, and takes over what the answers changed; wins,
// readings, the list and what side talks brought are always kept. The first MaxActive goals become active.
func (p *Plan) Confirm(draft Plan, now time.Time) {
	if !p.Confirmed.IsZero() && !(p.Content && len(p.Goals) == 0) && !p.byHand() {
		// A change that no longer applies has been overtaken by what the person
		// did in the meantime, which stands.
		for _, d := range Diff(*p, draft) {
			_ = p.Apply(d, now)
		}
		p.Week = draft.Week // a fact, nothing that was agreed on
		p.Confirmed = now.UTC()
		return
	}
	had := *p
	*p = clone(draft)
	p.keepSide(had)
	p.Confirmed = now.UTC()
	for i := range p.Goals {
		p.start(&p.Goals[i], now)
	}
}

// start moves a draft goal to active, or to later where there is no room, its
// track is not the active one, or it is a role to come after another.
func (p *Plan) start(g *Goal, now time.Time) {
	if g.Status != Draft {
		return
	}
	g.Created = now.UTC()
	to := Active
	if p.active() >= MaxActive || p.waits(*g) || g.Kind == Apply && p.early(*g) {
		to = Later
	}
	_ = g.Move(to, now) // a draft may become either
}

func (p *Plan) active() int {
	n := 0
	for _, g := range p.Goals {
		if g.Status == Active {
			n++
		}
	}
	return n
}

// Reached is what a step of the person completed.
type Reached struct {
	Goal string   // id of the goal that is achieved now, "" if none
	Gaps []string // ids of the gaps that are closed now
}

// MoveGoal changes a goal's status and ticks off the gaps that closes.
// Activating a fourth goal returns ErrTooMany, one of a track that is not active
// ErrOtherTrack.
func (p *Plan) MoveGoal(id string, to GoalStatus, now time.Time) (Reached, error) {
	g := p.goal(id)
	if g == nil {
		return Reached{}, fmt.Errorf("moving goal %s: %w", id, ErrNotFound)
	}
	if to == Active && g.Status != Active && p.active() >= MaxActive {
		return Reached{}, fmt.Errorf("goal %s: %s to %s: %w", g.ID, g.Status, to, ErrTooMany)
	}
	if to == Active && p.waits(*g) {
		return Reached{}, fmt.Errorf("goal %s: %s to %s: %w", g.ID, g.Status, to, ErrOtherTrack)
	}
	if err := g.Move(to, now); err != nil {
		return Reached{}, err
	}
	if g.unfinished() {
		p.offList(*g)
	}
	return p.reached(g, civil.Of(now)), nil
}

// reached closes the gaps of g if it is achieved and was the last goal to close
// them.
func (p *Plan) reached(g *Goal, today civil.Date) Reached {
	var r Reached
	if g.Status == Achieved {
		r.Goal = g.ID
	}
	for i := range p.Gaps {
		gap := &p.Gaps[i]
		if slices.Contains(g.Closes, gap.ID) && gap.Closed.IsZero() && p.closed(*gap) {
			gap.Closed = today
			r.Gaps = append(r.Gaps, gap.ID)
		}
	}
	return r
}

// closed reports whether every goal that works on a gap is achieved and one of
// them can close it. Dropped goals do not count, neither for nor against.
func (p *Plan) closed(gap Gap) bool {
	enough := false
	for _, g := range p.Goals {
		if g.Status == Dropped || !slices.Contains(g.Closes, gap.ID) {
			continue
		}
		if g.Status != Achieved {
			return false
		}
		enough = enough || canClose(g.Kind, gap.Kind)
	}
	return enough
}

// MayClose reports whether a goal that is reached may have closed a gap: it works
// on it, and whatever else does is reached, too.
func MayClose(p Plan, g Goal, gap Gap) bool {
	return slices.Contains(g.Closes, gap.ID) && p.closed(gap)
}

// canClose tells whether a goal of that kind, once achieved, closes such a gap.
// A talk or some reading closes a gap in what one knows, and brings any other
// nearer; years of experience are only closed by the years.
func canClose(goal ActionKind, gap GapKind) bool {
	switch {
	case gap == Information || goal == OwnWords:
		return true
	case gap == Experience:
		return goal == Wait || goal == Apply
	}
	return goal != Talk && goal != Research
}

// MilestoneDone ticks off a milestone. Its goal is achieved when nothing is left
// open, or when this was the goal itself.
func (p *Plan) MilestoneDone(id string, today civil.Date, now time.Time) (Reached, error) {
	g, m, err := p.open(id)
	if err != nil {
		return Reached{}, fmt.Errorf("milestone %s done: %w", id, err)
	}
	m.Done = today
	m.History = append(m.History, Change{At: now.UTC(), What: changedDone, Due: m.Due})
	last := m.Kind == Finish || !slices.ContainsFunc(g.Milestones, Milestone.Open)
	if !last {
		return Reached{}, nil
	}
	if err := g.Move(Achieved, now); err != nil {
		return Reached{}, err
	}
	return p.reached(g, today), nil
}

// MilestoneNotYet notes that a milestone was asked about and is still open.
func (p *Plan) MilestoneNotYet(id string, now time.Time) error {
	_, m, err := p.open(id)
	if err != nil {
		return fmt.Errorf("milestone %s not yet: %w", id, err)
	}
	m.History = append(m.History, Change{At: now.UTC(), What: notYet, Due: m.Due})
	return nil
}

// MoveMilestone gives an open milestone another date; now is in the person's
// zone. The finish takes the goal's due date along. No open milestone is ever
// after the finish: one that is moved beyond it takes it along, and a finish
// that is moved forward takes along those it passes.
func (p *Plan) MoveMilestone(id string, to civil.Date, now time.Time) error {
	g, m, err := p.open(id)
	if err == nil && to.Before(civil.Of(now)) {
		err = ErrPast
	}
	if err != nil {
		return fmt.Errorf("moving milestone %s: %w", id, err)
	}
	m.move(to, now)
	if m.Kind == Begin {
		g.Start = to
	}
	if m.Kind == Finish || to.After(g.Due) {
		g.end(to, now)
	}
	slices.SortStableFunc(g.Milestones, byDate)
	return nil
}

// end moves the goal's due date, its finish, and whatever is open after that.
func (g *Goal) end(to civil.Date, now time.Time) {
	if g.Due != to {
		g.History = append(g.History, Change{At: now.UTC(), What: changedDue, From: g.Due.String(), To: to.String(), Due: g.Due})
		g.Due = to
	}
	for i := range g.Milestones {
		if m := &g.Milestones[i]; m.Open() && (m.Kind == Finish || m.Due.After(to)) {
			m.move(to, now)
		}
	}
}

func (m *Milestone) move(to civil.Date, now time.Time) {
	if m.Due == to {
		return
	}
	m.History = append(m.History, Change{At: now.UTC(), What: changedDue, From: m.Due.String(), To: to.String(), Due: m.Due})
	m.Due = to
}

func (m *Milestone) drop(now time.Time) {
	m.History = append(m.History, Change{At: now.UTC(), What: dropped, Due: m.Due})
	m.Dropped = true
}

// SetFirstStep makes words the first step, within the week, of the goal whose
// step comes next: the smaller step of somebody who was not sure of that one. For
// a goal that is overdue it stands after the due date, which stays as agreed.
func (p *Plan) SetFirstStep(words string, today civil.Date, now time.Time) error {
	words = tidy(words)
	next, _, named := NextMilestone(*p, today)
	for i := range p.Goals {
		g := &p.Goals[i]
		if g.Status != Active || words == "" || named && g.ID != next.ID {
			continue
		}
		at := slices.IndexFunc(g.Milestones, func(m Milestone) bool { return m.Kind == FirstStep && m.Open() })
		if at < 0 {
			due := today.AddDays(firstStepDays)
			if g.Due.Before(due) {
				due = later(g.Due, today)
			}
			g.Milestones = append(g.Milestones, Milestone{ID: g.nextID(), Kind: FirstStep, Due: due})
			at = len(g.Milestones) - 1
		}
		m := &g.Milestones[at]
		m.History = append(m.History, Change{At: now.UTC(), What: "title", From: m.Title, To: words, Due: m.Due})
		m.Title = words
		slices.SortStableFunc(g.Milestones, byDate)
		return nil
	}
	return fmt.Errorf("naming a first step: active goal %w", ErrNotFound)
}

// nextID is a milestone id that the goal has never had.
func (g *Goal) nextID() string {
	n := 0
	for _, m := range g.Milestones {
		if k, err := strconv.Atoi(strings.TrimPrefix(m.ID, g.ID+".")); err == nil {
			n = max(n, k)
		}
	}
	return g.ID + "." + strconv.Itoa(n+1)
}

// AddWin keeps a win under a new id, and returns it.
func (p *Plan) AddWin(w Win) Win {
	w.ID = p.newID("w")
	p.Wins = append(p.Wins, w)
	return w
}

// newID is an id that no goal, win or review of this plan has had.
func (p *Plan) newID(prefix string) string {
	p.NextID = max(p.NextID, 1)
	id := prefix + strconv.Itoa(p.NextID)
	p.NextID++
	return id
}

// SetReview dates the next review: it moves the one that has not been held, or
// adds one. now is in the person's zone.
func (p *Plan) SetReview(date civil.Date, formal bool, now time.Time) (Review, error) {
	if date.Before(civil.Of(now)) {
		return Review{}, fmt.Errorf("dating a review: %w", ErrPast)
	}
	for i := range p.Reviews {
		if r := &p.Reviews[i]; !r.Held {
			r.move(date, now)
			r.Formal = formal
			return *r, nil
		}
	}
	r := Review{ID: p.newID("r"), Date: date, Formal: formal}
	p.Reviews = append(p.Reviews, r)
	return r, nil
}

func (r *Review) move(to civil.Date, now time.Time) {
	if r.Date != to {
		r.History = append(r.History, Change{At: now.UTC(), What: changedDue, From: r.Date.String(), To: to.String(), Due: r.Date})
		r.Date = to
	}
}

// ReviewHeld notes what was said and agreed in a review. Answers may come one by
// one: an empty one leaves what is there.
func (p *Plan) ReviewHeld(id, said, agreed string) error {
	for i := range p.Reviews {
		if r := &p.Reviews[i]; r.ID == id {
			r.Held = true
			if said != "" {
				r.Said = said
			}
			if agreed != "" {
				r.Agreed = agreed
			}
			return nil
		}
	}
	return fmt.Errorf("review %s held: %w", id, ErrNotFound)
}

// goal is the goal with that id, nil if there is none.
func (p *Plan) goal(id string) *Goal {
	for i := range p.Goals {
		if p.Goals[i].ID == id {
			return &p.Goals[i]
		}
	}
	return nil
}

// open finds an open milestone of an active goal: ErrNotFound if there is no
// such milestone, ErrBadTransition if it is done or its goal is not worked on.
func (p *Plan) open(id string) (*Goal, *Milestone, error) {
	for i := range p.Goals {
		g := &p.Goals[i]
		for j := range g.Milestones {
			m := &g.Milestones[j]
			if m.ID != id {
				continue
			}
			if g.Status != Active || !m.Open() {
				return nil, nil, ErrBadTransition
			}
			return g, m, nil
		}
	}
	return nil, nil, ErrNotFound
}
