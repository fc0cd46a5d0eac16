package career

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"waymark/internal/civil"
)

// How much a person can write into a plan by hand.
const (
	MaxTitle      = maxTitle // characters of a title
	MaxMeasure    = 1000     // characters of how a goal can be seen
	MaxGoals      = 60       // of a plan, without those that were dropped
	MaxMilestones = 200      // of a goal, without those that were dropped
)

// Errors of what a person writes into a plan by hand, for errors.Is; nothing has
// changed then.
var (
	// ErrNoTitle reports a title without words.
	ErrNoTitle = errors.New("title is empty")
	// ErrTooLong reports words beyond MaxTitle or MaxMeasure.
	ErrTooLong = errors.New("too long")
	// ErrFull reports one entry more than MaxGoals or MaxMilestones.
	ErrFull = errors.New("no room for more")
)

// ownGoal begins the ids of goals that a person wrote down themselves, so that
// none of them is ever the id of a goal that answers bring.
const ownGoal = "o"

// GoalWords are what a person can set on a goal by hand.
type GoalWords struct {
	Title, Measure string
	Due            civil.Date
	Closes         []string // ids of gaps of the plan
}

// oneLine is a person's wording on one line, of any length.
func oneLine(s string) string { return strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ") }

// check tidies the words and tells what is wrong with them.
func (w *GoalWords) check() error {
	w.Title, w.Measure = oneLine(w.Title), oneLine(w.Measure)
	switch {
	case w.Title == "":
		return ErrNoTitle
	case utf8.RuneCountInString(w.Title) > MaxTitle, utf8.RuneCountInString(w.Measure) > MaxMeasure:
		return ErrTooLong
	}
	return nil
}

// AddGoal adds a goal of the person's own with a first step and an end, and
// returns it. A plan that was content with
// the job no longer is. The goal becomes active where there is room, and waits otherwise; in a
// plan that is not confirmed yet it stays a draft. now is in the person's zone.
func (p *Plan) AddGoal(w GoalWords, now time.Time) (Goal, error) {
	err := w.check()
	today := civil.Of(now)
	switch {
	case err != nil:
	case w.Due.Before(today):
		err = ErrPast
	case p.count() >= MaxGoals:
		err = ErrFull
	}
	if err != nil {
		return Goal{}, fmt.Errorf("adding a goal: %w", err)
	}
	g := Goal{
		ID: p.newID(ownGoal), Status: Draft, Scope: CareerGoal, Kind: OwnWords, Created: now.UTC(),
		Title: w.Title, Words: w.Title, Measure: w.Measure, Due: w.Due, Said: w.Due, Closes: p.known(w.Closes),
	}
	g.Milestones = milestones(g, civil.Date{}, today, p.Week, 0)
	if !p.Confirmed.IsZero() {
		p.start(&g, now)
	}
	p.Goals = append(p.Goals, g)
	p.Content = false // there is something to work on now
	p.offList(g)
	return g, nil
}

// count is how many goals there are that were not dropped.
func (p *Plan) count() int {
	n := 0
	for _, g := range p.Goals {
		if g.Status != Dropped {
			n++
		}
	}
	return n
}

// known are those of some gap ids that the plan has, each once.
func (p *Plan) known(gaps []string) []string {
	var out []string
	for _, g := range p.Gaps {
		if slices.Contains(gaps, g.ID) {
			out = append(out, g.ID)
		}
	}
	return out
}

// RewordGoal replaces title, measure and gaps of a goal that is not achieved, and
// keeps the old words as history. Its date stays: see SetDue.
func (p *Plan) RewordGoal(id string, w GoalWords, now time.Time) error {
	g, err := p.editable(id)
	if err == nil {
		err = w.check()
	}
	if err != nil {
		return fmt.Errorf("changing goal %s: %w", id, err)
	}
	note := func(what, from, to string) {
		if from != to {
			g.History = append(g.History, Change{At: now.UTC(), What: what, From: from, To: to, Due: g.Due})
		}
	}
	note(string(DiffTitle), g.Title, w.Title)
	note(string(DiffMeasure), g.Measure, w.Measure)
	// A gap that the plan no longer has stays linked: nobody took it away here.
	var closes []string
	for _, c := range g.Closes {
		if !slices.ContainsFunc(p.Gaps, func(gap Gap) bool { return gap.ID == c }) {
			closes = append(closes, c)
		}
	}
	g.Title, g.Measure, g.Closes = w.Title, w.Measure, append(closes, p.known(w.Closes)...)
	return nil
}

// SetDue gives a goal that is not achieved another end, which takes along its finish and
// whatever is open after that; nothing else moves, see Reflow. now is in the
// person's zone.
func (p *Plan) SetDue(id string, to civil.Date, now time.Time) error {
	g, err := p.editable(id)
	if err == nil && to.Before(civil.Of(now)) {
		err = ErrPast
	}
	if err != nil {
		return fmt.Errorf("dating goal %s: %w", id, err)
	}
	g.end(to, now)
	slices.SortStableFunc(g.Milestones, byDate)
	return nil
}

// Finish is the open milestone that stands for the goal itself; ok is false
// where there is none.
func (g Goal) Finish() (m Milestone, ok bool) {
	i := slices.IndexFunc(g.Milestones, func(m Milestone) bool { return m.Kind == Finish && m.Open() })
	if i < 0 {
		return Milestone{}, false
	}
	return g.Milestones[i], true
}

// OwnStep is the kind of a milestone that a person wrote down themselves.
const OwnStep MilestoneKind = "own"

// AddMilestone adds a milestone of the person's own to a goal that is not achieved. One
// after the end of the goal takes the end along. now is in the person's zone.
func (p *Plan) AddMilestone(goal, title string, due civil.Date, now time.Time) (Milestone, error) {
	g, err := p.editable(goal)
	if err == nil {
		err = checkTitle(&title, due, now)
	}
	if err == nil {
		if _, of := Progress(*g); of >= MaxMilestones {
			err = ErrFull
		}
	}
	if err != nil {
		return Milestone{}, fmt.Errorf("adding a milestone to goal %s: %w", goal, err)
	}
	m := Milestone{ID: g.nextID(), Kind: OwnStep, Title: title, Due: due}
	g.Milestones = append(g.Milestones, m)
	if due.After(g.Due) {
		g.end(due, now)
	}
	slices.SortStableFunc(g.Milestones, byDate)
	return m, nil
}

func checkTitle(title *string, due civil.Date, now time.Time) error {
	*title = oneLine(*title)
	switch {
	case *title == "":
		return ErrNoTitle
	case utf8.RuneCountInString(*title) > MaxTitle:
		return ErrTooLong
	case due.Before(civil.Of(now)):
		return ErrPast
	}
	return nil
}

// NameMilestone puts an open milestone into other words.
func (p *Plan) NameMilestone(id, title string, now time.Time) error {
	_, m, err := p.openStep(id)
	if title = oneLine(title); err == nil {
		switch {
		case title == "":
			err = ErrNoTitle
		case utf8.RuneCountInString(title) > MaxTitle:
			err = ErrTooLong
		}
	}
	if err != nil {
		return fmt.Errorf("naming milestone %s: %w", id, err)
	}
	if m.Title != title {
		m.History = append(m.History, Change{At: now.UTC(), What: string(DiffTitle), From: m.Title, To: title, Due: m.Due})
		m.Title = title
	}
	return nil
}

// DateMilestone gives an open milestone another date, like MoveMilestone, also in
// a goal that is kept for later or in a draft.
func (p *Plan) DateMilestone(id string, to civil.Date, now time.Time) error {
	g, m, err := p.openStep(id)
	if err == nil && to.Before(civil.Of(now)) {
		err = ErrPast
	}
	if err != nil {
		return fmt.Errorf("dating milestone %s: %w", id, err)
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

// DropMilestone takes an open milestone off the way. The end of a goal cannot be
// dropped, it is the goal: ErrBadTransition.
func (p *Plan) DropMilestone(id string, now time.Time) error {
	_, m, err := p.openStep(id)
	if err == nil && m.Kind == Finish {
		err = ErrBadTransition
	}
	if err != nil {
		return fmt.Errorf("dropping milestone %s: %w", id, err)
	}
	m.drop(now)
	return nil
}

// openStep finds an open milestone of a goal that can be changed.
func (p *Plan) openStep(id string) (*Goal, *Milestone, error) {
	g, m := p.find(id)
	switch {
	case m == nil:
		return nil, nil, ErrNotFound
	case !m.Open() || !g.unfinished() && g.Status != Draft:
		return nil, nil, ErrBadTransition
	}
	return g, m, nil
}

// editable is a goal that is not achieved; one that was let go may be taken up
// again in other words.
func (p *Plan) editable(id string) (*Goal, error) {
	g := p.goal(id)
	switch {
	case g == nil:
		return nil, ErrNotFound
	case g.Status == Achieved:
		return nil, ErrBadTransition
	}
	return g, nil
}

// own are the goals that the person wrote down themselves. They come from no
// answer, so that a plan derived from answers has to be given them.
func (p Plan) own() []Goal {
	var out []Goal
	for _, g := range p.Goals {
		if n, ok := strings.CutPrefix(g.ID, ownGoal); ok {
			if _, err := strconv.Atoi(n); err == nil {
				out = append(out, g)
			}
		}
	}
	return out
}

// byHand reports whether all there is to a plan was written down by the person,
// before any talk made one.
func (p Plan) byHand() bool {
	return p.Job == "" && p.Target == "" && len(p.Gaps) == 0 && len(p.own()) == len(p.Goals)
}

// KeepOwn adds to a plan what had holds of goals that the person wrote down
// themselves, and the review they have dated where the plan has none.
func (p *Plan) KeepOwn(had Plan) {
	if len(p.Reviews) == 0 {
		p.Reviews = slices.Clone(had.Reviews)
	} else if r, was := p.openReview(), had.openReview(); r != nil && was != nil && r.Support+r.Improve+r.Help+r.Opening+r.Line == "" {
		r.prepare(*was)
	}
	for _, g := range had.own() {
		if p.goal(g.ID) == nil {
			p.Goals = append(p.Goals, cloneGoal(g))
		}
	}
	p.NextID = max(p.NextID, had.NextID)
}
