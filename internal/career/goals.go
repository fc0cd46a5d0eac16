package career

import (
	"cmp"
	"slices"
	"strconv"

	"waymark/internal/civil"
)

const (
	maxTitle   = 300 // characters of a goal's title
	defaultDay = 28  // days for an action that says nothing about its time
	courseLead = 28  // days until a course begins, where no start was named
)

// ChosenActions are the person's list of things to do: what they picked for
// each gap, own entries included, in the order of the gaps they picked. The
// same action picked for two gaps stands there once. Where they picked nothing,
// the list offers the first actions of their gaps, and without any gap what
// shows and asks for the next step; so it is never empty.
func ChosenActions(f Facts) []Action {
	out := chosen(f)
	if len(out) > 0 {
		return out
	}
	for _, g := range workedOn(f) {
		b := actionList{list: append(out, Actions(g, f)[:minActions]...)}
		b.unique()
		out = b.list
	}
	if len(out) > 0 {
		return out
	}
	return general()
}

// chosen are the actions that the person picked or named for their gaps, each
// once.
func chosen(f Facts) []Action {
	var out []Action
	for _, g := range workedOn(f) {
		for _, a := range picked(g, f) {
			if !slices.ContainsFunc(out, func(o Action) bool { return sameAction(o, a) }) {
				out = append(out, a)
			}
		}
	}
	return out
}

// general are the actions for a person without a gap: show what you can do and
// ask for the step. They belong to no gap.
func general() []Action {
	b := &actionList{gap: "plan"}
	b.add("review_talk", "")
	b.add("ask_step", "")
	b.add("collect_win", "")
	b.add("mentor", "")
	for i := range b.list {
		b.list[i].Gap = ""
	}
	return b.list
}

// workedOn are the gaps that were picked, in that order, then those that were
// not but have actions all the same.
func workedOn(f Facts) []Gap {
	gaps := Gaps(f)
	var out []Gap
	take := func(id string) {
		if i := slices.IndexFunc(gaps, func(g Gap) bool { return g.ID == id }); i >= 0 {
			if !slices.ContainsFunc(out, func(g Gap) bool { return g.ID == id }) {
				out = append(out, gaps[i])
			}
		}
	}
	if f.Has("gap_pick") {
		for _, id := range f.Slots["gap_pick"].Choices {
			take(id)
		}
	}
	for _, g := range gaps {
		if _, ok := f.Item("act", g.ID); ok || proposedFor(f, g.ID) {
			take(g.ID)
		}
	}
	return out
}

// picked are the actions chosen for one gap. An option that the rules no longer
// offer stays as it was worded when it was picked.
func picked(g Gap, f Facts) []Action {
	v, ok := f.Item("act", g.ID)
	if !ok {
		return nil
	}
	var out []Action
	offered, n := Actions(g, f), 0
	for i, id := range v.Choices {
		a := Action{ID: id, Gap: g.ID, Kind: OwnWords, Days: defaultDay}
		if words, own := v.ownName(i); own {
			n++
			a.ID, a.Words = g.ID+"/own:"+strconv.Itoa(n), words
		} else if at := slices.IndexFunc(offered, func(o Action) bool { return o.ID == id }); at >= 0 {
			a = offered[at]
		} else {
			a.Words = v.label(i)
		}
		if a.Template != "" || a.Words != "" {
			out = append(out, a)
		}
	}
	return out
}

// sameAction reports whether two actions are one and the same thing to do.
func sameAction(x, y Action) bool {
	return x.ID == y.ID || x.Template == y.Template && x.Words == y.Words
}

// Goals are the goals the person picked, with their milestones up to the due
// date, all as drafts. title says an action in words. What the person skipped
// gets a default; dates that have passed become today.
func Goals(f Facts, title func(Action) string, today civil.Date) []Goal {
	m := &goalMaker{f: f, title: title, today: today, chosen: append(ChosenActions(f), Proposed(f)...), items: map[string][]string{}}
	var pick Fact
	if f.Has("goal_pick") {
		pick = f.Slots["goal_pick"]
	}
	var goals []Goal
	taken := map[string]bool{}
	for i := range pick.Choices {
		a, items, ok := m.action(pick, i)
		if !ok || taken[a.ID] {
			continue
		}
		taken[a.ID] = true
		g := m.goal(a, items, "g"+strconv.Itoa(len(goals)+1))
		m.items[g.ID] = items
		goals = append(goals, g)
	}
	m.waits(goals)
	goals = m.tracked(m.wanted(goals))
	order(goals)
	m.schedule(goals)
	m.lay(goals)
	m.serve(goals)
	return goals
}

// lay puts the milestones of all goals on the map, the most pressing goal first:
// the first steps of those that begin together come one after the other.
func (m *goalMaker) lay(goals []Goal) {
	at := make([]int, len(goals))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(x, y int) int { return cmp.Compare(m.pressing(goals[y]), m.pressing(goals[x])) })
	var first []civil.Date
	for _, i := range at {
		g := &goals[i]
		g.Milestones = milestones(*g, m.eligible, m.today, m.weekFor(*g), min(len(first), MaxActive-1), first...)
		if s := slices.IndexFunc(g.Milestones, func(o Milestone) bool { return o.Kind == FirstStep }); s >= 0 {
			first = append(first, g.Milestones[s].Due)
		}
	}
}

// goalMaker turns picked actions into goals.
type goalMaker struct {
	f        Facts
	title    func(Action) string
	today    civil.Date
	chosen   []Action
	eligible civil.Date
	items    map[string][]string // goal id to the names under which its answers may stand
}

// action is the i-th pick, and the names under which its answers may stand.
func (m *goalMaker) action(pick Fact, i int) (Action, []string, bool) {
	id := pick.Choices[i]
	items := []string{id}
	if words, own := pick.own(i); own {
		items = append(items, words, ownPrefix+words, ownPrefix+strconv.Itoa(i+1))
		words, _ = pick.ownName(i)
		return Action{ID: id, Kind: OwnWords, Words: words, Days: defaultDay}, items, words != ""
	}
	if at := slices.IndexFunc(m.chosen, func(a Action) bool { return a.ID == id }); at >= 0 {
		return m.chosen[at], items, true
	}
	words := pick.label(i)
	return Action{ID: id, Kind: OwnWords, Words: words, Days: defaultDay}, items, words != ""
}

// goal is one goal without its milestones.
func (m *goalMaker) goal(a Action, items []string, id string) Goal {
	g := Goal{ID: id, Status: Draft, Scope: CareerGoal, Kind: a.Kind, Action: a.ID, Words: a.Words}
	if m.title != nil {
		g.Title = cut(m.title(a), maxTitle)
	}
	if g.Title == "" {
		g.Title = cut(a.Words, maxTitle)
	}
	g.From = append(g.From, m.f.source("goal_pick"))
	m.link(&g, a)
	if v, ok := m.f.itemOf("measure", items); ok {
		g.Measure = tidy(v.Text)
	}
	if v, ok := m.f.itemOf("if_then", items); ok {
		g.IfThen = cut(v.Text, maxTitle)
	} else if id == "g1" && m.f.Has("first_if_then") { // asked once, for the first goal
		g.IfThen = cut(m.f.Slots["first_if_then"].Text, maxTitle)
	}
	if v, ok := m.f.itemOf("obstacle", items); ok {
		g.Obstacle = cut(tidy(v.Text), maxTitle)
	}
	if v, ok := m.f.itemOf("scope", items); ok && len(v.Choices) > 0 {
		if s := Scope(v.Choices[0]); s == JobGoal || s == BothGoal {
			g.Scope = s
		}
	}
	if v, ok := m.f.itemOf("closes", items); ok {
		m.closes(&g, v)
	}
	if v, ok := m.f.itemOf("outcome", items); ok && tidy(v.Text) != "" {
		g.Title, g.Words = cut(tidy(v.Text), maxTitle), tidy(v.Text)
	}
	if v, ok := m.f.itemOf("course_months", items); ok && v.Months > 0 {
		g.Kind, g.Months = Course, min(v.Months, maxMonths)
	}
	if g.Kind == Course {
		m.course(&g, items)
	}
	if g.Months == 0 {
		m.due(&g, a, items)
	}
	return g
}

// link notes which gaps a goal closes and which answers it comes from.
func (m *goalMaker) link(g *Goal, a Action) {
	for _, gap := range workedOn(m.f) {
		same := gap.ID == a.Gap || slices.ContainsFunc(picked(gap, m.f), func(o Action) bool { return sameAction(o, a) })
		if !same {
			continue
		}
		g.Closes = append(g.Closes, gap.ID)
		if v, ok := m.f.itemOf("act", []string{gap.ID}); ok {
			g.From = append(g.From, v.ID)
		}
		for _, id := range gap.From {
			if !slices.Contains(g.From, id) {
				g.From = append(g.From, id)
			}
		}
	}
}

// closes notes the gap that the person says a goal closes, which may be another
// than the one it was named for, or none.
func (m *goalMaker) closes(g *Goal, v Fact) {
	if len(v.Choices) == 0 || slices.Contains(v.Choices, unsure) {
		return
	}
	g.Closes, g.From = nil, append(g.From, v.ID)
	for _, gap := range Gaps(m.f) {
		if slices.Contains(v.Choices, gap.ID) {
			g.Closes = append(g.Closes, gap.ID)
		}
	}
}

// course fills in start, end and who pays.
func (m *goalMaker) course(g *Goal, items []string) {
	if v, ok := m.f.itemOf("employer_pays", items); ok && len(v.Choices) > 0 {
		g.Funding = v.Choices[0]
	}
	if v, ok := m.f.itemOf("course_start", items); ok && !v.Date.IsZero() {
		g.Start, g.Said = v.Date, v.Date
	}
	if g.Months == 0 {
		return
	}
	if g.Start.IsZero() {
		g.Start = m.today.AddDays(courseLead)
	}
	g.Due = later(courseEnd(g.Start, g.Months), m.today)
}

// due fills in the due date of a goal whose length is not given in months.
func (m *goalMaker) due(g *Goal, a Action, items []string) {
	if v, ok := m.f.itemOf("due", items); ok && !v.Date.IsZero() {
		g.Due, g.Said = later(v.Date, m.today), v.Date
		return
	}
	if v, ok := m.f.itemOf("fits", items); ok && v.Date.After(m.today) {
		g.Due, g.Said = v.Date, v.Date // as it was proposed and confirmed
		return
	}
	days := a.Days
	if days <= 0 {
		days = defaultDay
	}
	g.Due = m.weekFor(*g).from(later(g.Start, m.today).AddDays(days))
	if r, ok := review(m.f); ok && a.Template == "review_talk" && !r.Date.Before(m.today) {
		g.Due = r.Date // the talk with the manager belongs into the review
	}
}

// waits dates the years of experience. They count from today, or from the first
// job in the new field where that is a goal too. Years cannot be hurried: an
// earlier date than theirs becomes theirs, and a month to apply in.
func (m *goalMaker) waits(goals []Goal) {
	m.eligible = eligible(m.f, goals, m.today)
	if m.eligible.IsZero() {
		return
	}
	for i := range goals {
		if g := &goals[i]; g.Kind == Wait && (g.Said.IsZero() || g.Due.Before(m.eligible)) {
			g.Due = g.afterYearsDue(m.eligible)
		}
	}
}

// eligible is the day on which the missing years of experience are complete,
// counted from today, or from the start of the first role in which they count.
func eligible(f Facts, goals []Goal, today civil.Date) civil.Date {
	n := missingMonths(f)
	if n == 0 {
		return civil.Date{}
	}
	from := today
	for _, g := range goals {
		first := f.said("same_field", "no") && g.Kind == Apply && slices.Contains(g.Closes, string(Entry))
		if (first || g.stepping() || f.Slots["years_have"].Months == 0 && g.isRole(f.words("next_level"))) && !g.afterYears() {
			from = later(from, g.Due)
		}
	}
	return from.AddMonths(n)
}

// serve links goals for the job to the goal for the career that the person says
// they serve, by its item. "None" or a skipped question leaves one standing
// alone; where nobody asked it leads to the first goal for the career.
func (m *goalMaker) serve(goals []Goal) {
	career := func(g Goal) bool { return g.Scope != JobGoal && g.Kind != Wait }
	for i := range goals {
		g := &goals[i]
		if g.Scope != JobGoal {
			continue
		}
		said, asked := m.serves(*g)
		to := slices.IndexFunc(goals, func(o Goal) bool {
			return career(o) && (!asked || slices.Contains(said, o.Action))
		})
		if to >= 0 {
			g.Serves = goals[to].ID
		}
	}
}

// serves are the items that a goal is said to serve; asked is false where that
// was no question.
func (m *goalMaker) serves(g Goal) (items []string, asked bool) {
	for _, item := range m.items[g.ID] {
		if v, ok := m.f.Items["serves"][item]; ok {
			if v.Skipped {
				return nil, true
			}
			return v.Choices, true
		}
	}
	return nil, false
}

// later is the later of two dates; no date is earlier than any.
func later(x, y civil.Date) civil.Date {
	if x.IsZero() || !y.IsZero() && x.Before(y) {
		return y
	}
	return x
}
