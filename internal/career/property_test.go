package career

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"waymark/internal/civil"
)

// choiceSlots are what the questions can be answered with, for random answers.
var choiceSlots = map[string][]string{
	"change": {"yes", "curious", "no"}, "same_field": {"yes", "partly", "no", "unsure"}, "stepping": {"yes", "partly", "no", "unsure"},
	"track": {"yes", "no", "unsure"}, "qualify": {"yes", "partly", "no", "unsure"}, "move_up": {"yes", "no", "unsure"},
	"how_often": {"often", "yearly", "rarely", "never", "unsure"}, "tight": {"yes", "no", "unsure"},
	"elsewhere": {"near", "far", "no", "unsure"}, "elsewhere_same": {"same", "better", "unsure"},
	"education": {"have", "partly", "missing", "unsure"}, "experience": {"have", "partly", "missing", "unsure"},
	"has_review": {"yes", "no", "unsure"}, "requirements": {"unsure"},
}

var words = []string{"", " ", "nurse", "own agency", "a first-aid class", "talk to Jo", "Überstunden 🙂", "own:", "x/y", strings.Repeat("long ", 200), "\xff\n", "HR licence"}

// randomTalk answers some of the questions with anything that fits their shape,
// and some of the rest with anything at all.
func randomTalk(r *rand.Rand) *talk {
	f := newTalk()
	word := func() string { return words[r.IntN(len(words))] }
	many := func() (out []string) {
		for range r.IntN(6) {
			out = append(out, word())
		}
		return out
	}
	day := func() civil.Date { return civil.New(2020+r.IntN(15), 1, r.IntN(366)) }
	for _, slot := range slices.Sorted(maps.Keys(choiceSlots)) { // the same seed, the same talk
		options := choiceSlots[slot]
		if r.IntN(3) > 0 {
			f.pick(slot, options[r.IntN(len(options))])
		}
	}
	for _, slot := range []string{"job", "target", "reason", "requirements", "track_change", "differently", "education_what", "head_start"} {
		if r.IntN(3) > 0 {
			f.text(slot, word())
		}
	}
	for _, slot := range []string{"closer", "wanted_jobs", "step_lower", "transfer", "openings", "elsewhere_names", "skills", "certificates", "alternatives"} {
		if r.IntN(3) > 0 {
			f.list(slot, many()...)
		}
	}
	for _, slot := range []string{"by", "review_date", "talk_date"} {
		f.set(slot, Fact{Date: day()})
	}
	f.months("years_need", r.IntN(2000)-100, word()).months("years_have", r.IntN(100)-10, word())
	f.hours(float64(r.IntN(5)))
	f.list("tracks", many()...).pick("active_track", word())
	for _, track := range words {
		if r.IntN(2) == 0 {
			f.item("track_step", track, Fact{Text: word()}).item("track_due", track, Fact{Date: day()}).item("track_by", track, Fact{Date: day()})
		}
	}
	f.set("closeness", Fact{Number: float64(r.IntN(14) - 2)}).set("energy_level", Fact{Number: float64(r.IntN(14) - 2)})
	f.pick("risks", "layoff", "own:"+word())

	var ids []string
	for _, g := range Gaps(f.Facts) {
		if r.IntN(2) == 0 {
			ids = append(ids, g.ID)
		}
		var acts []string
		for _, a := range Actions(g, f.Facts) {
			if r.IntN(2) == 0 {
				acts = append(acts, a.ID)
			}
		}
		f.act(g.ID, append(acts, "own:"+word())...)
	}
	f.pick("gap_pick", append(ids, word())...)
	var goals []string
	for _, a := range ChosenActions(f.Facts) {
		if r.IntN(3) == 0 {
			goals = append(goals, a.ID)
		}
	}
	goals = append(goals, "own:"+word(), word())
	for _, id := range goals {
		if r.IntN(2) == 0 {
			f.item("course_months", id, Fact{Months: r.IntN(120) - 5}).item("course_start", id, Fact{Date: day()}).
				item("employer_pays", id, choice([]string{"yes", "partly", "no", "unsure"}[r.IntN(4)]))
		}
		f.item("due", id, Fact{Date: day()}).item("measure", id, Fact{Text: word()}).item("if_then", id, Fact{Text: word()}).
			item("obstacle", id, Fact{Text: word()}).item("scope", id, choice([]string{"job", "career", "both"}[r.IntN(3)]))
		if r.IntN(2) == 0 {
			f.item("serves", id, choice(goals[r.IntN(len(goals))])).item("closes", id, choice(append(ids, word())...)).item("outcome", id, Fact{Text: word()})
		}
	}
	f.pick("goal_pick", goals...)
	for _, slot := range slices.Sorted(maps.Keys(f.Slots)) {
		switch r.IntN(20) {
		case 0, 1:
			f.skip(slot)
		case 2:
			f.unknown(slot)
		}
	}
	return f
}

// FuzzDerive: whatever is answered, the plan is whole.
func FuzzDerive(f *testing.F) {
	for seed := range uint64(60) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		facts := randomTalk(r)
		day := on(today)
		p := Derive(facts.Facts, titled, day)
		checkGaps(t, facts, p)
		for _, g := range p.Goals {
			checkDraft(t, facts, g, day)
		}
		if n := len(p.Goals); n > 0 {
			checkSmart(t, r, p.Goals[r.IntN(n)], p, day)
		}
		var kept Plan
		kept.Confirm(p, noon(today))
		checkPlan(t, kept)
		if d := Diff(kept, Derive(facts.Facts, titled, day.AddDays(r.IntN(400)))); len(d) > 0 {
			t.Errorf("the same answers on another day make a difference: %v", diffStrings(d))
		}
		other := Derive(randomTalk(r).Facts, titled, day)
		checkCompare(t, p.Gaps, other.Gaps)
		for _, d := range Diff(kept, other) {
			_ = kept.Apply(d, noon(today)) // may be refused, must keep the plan whole
		}
		checkPlan(t, kept)
		live(t, r, &kept)
	})
}

func checkGaps(t *testing.T, f *talk, p Plan) {
	t.Helper()
	keys := TextKeys()
	if len(p.Gaps) > maxGaps {
		t.Errorf("%d gaps", len(p.Gaps))
	}
	seen := map[string]bool{}
	for i, g := range p.Gaps {
		if seen[g.ID] || len(g.From) == 0 || i > 0 && p.Gaps[i-1].Severity < g.Severity {
			t.Errorf("gap %d of %v: repeated, from nothing or out of order", i, gapStrings(p.Gaps))
		}
		seen[g.ID] = true
		if !slices.Contains(keys, "gap."+g.TextKey()) {
			t.Errorf("gap %s has no text %q", g.ID, g.TextKey())
		}
		for _, id := range g.From {
			if !slices.Contains(keys, "evidence."+string(id)) {
				t.Errorf("gap %s comes from %q, which has no text", g.ID, id)
			}
		}
		actions := Actions(g, f.Facts)
		if len(actions) < minActions || len(actions) > maxActions {
			t.Errorf("gap %s has %d actions", g.ID, len(actions))
		}
		for _, a := range actions {
			if seen[a.ID] || a.Template == "" || a.Kind == "" || a.Days < 1 || a.Gap != g.ID {
				t.Errorf("action %+v of gap %s", a, g.ID)
			}
			seen[a.ID] = true
		}
	}
}

// checkDraft checks a goal as it was derived.
func checkDraft(t *testing.T, f *talk, g Goal, day civil.Date) {
	t.Helper()
	if len(g.From) == 0 || g.Due.Before(day) || g.Title == "" || len([]rune(g.Title)) > maxTitle {
		t.Errorf("goal %s: from %v, due %s, %d characters of title", g.ID, g.From, g.Due, len(g.Title))
	}
	n := 0
	for _, m := range g.Milestones {
		if m.Due.Before(day) {
			t.Errorf("milestone %s is due %s, before today", m.ID, m.Due)
		}
		if m.Kind == Unit {
			n++
			if m.N != n || m.Of != min(g.Months, maxUnits) {
				t.Errorf("unit %d of %d, want %d of %d", m.N, m.Of, n, g.Months)
			}
		}
	}
	if n != min(g.Months, maxUnits) {
		t.Errorf("goal %s: %d units for %d months", g.ID, n, g.Months)
	}
}

// checkCompare checks that every gap of then and of now is on one line.
func checkCompare(t *testing.T, then, now []Gap) {
	t.Helper()
	var was, is []string
	for _, c := range Compare(then, now) {
		if c.Then.ID != "" {
			was = append(was, c.Then.ID)
		}
		if c.Now.ID != "" {
			is = append(is, c.Now.ID)
		}
	}
	var all []string
	for _, g := range then {
		all = append(all, g.ID)
	}
	if !slices.Equal(was, all) || len(is) != len(now) {
		t.Errorf("then %v of %v, now %v of %d", was, all, is, len(now))
	}
}

// checkSmart checks that a due date the rules propose is one they accept.
func checkSmart(t *testing.T, r *rand.Rand, g Goal, p Plan, day civil.Date) {
	t.Helper()
	weekly := float64(r.IntN(20)-1) / 2
	was := Smart(g, p, weekly, day)
	due := FitDate(g, weekly, day, p.beside(g))
	if due.IsZero() {
		return
	}
	if g.Due = due; due.Before(day) || !Fits(g, weekly, day, p.beside(g)) {
		t.Errorf("goal %s fits at %s, and does not", g.ID, due)
	}
	if now := Smart(g, p, weekly, day); len(now) > len(was)+1 { // a later date may miss the date to be there
		t.Errorf("goal %s failed %v, and %v once it fits", g.ID, was, now)
	}
}

// checkPlan checks what holds for a confirmed plan at any time.
func checkPlan(t *testing.T, p Plan) {
	t.Helper()
	seen := map[string]bool{}
	id := func(s string) {
		if s == "" || seen[s] {
			t.Errorf("id %q is empty or repeated", s)
		}
		seen[s] = true
	}
	active := 0
	if n := len(Ready(p)); n > 0 && n > MaxActive-p.active() {
		t.Errorf("%d goals are ready, %d active", n, p.active())
	}
	for _, list := range [][]Reading{p.Closeness, p.Energy} {
		for i, r := range list {
			if r.N < 0 || r.N > maxReading || i > 0 && !list[i-1].On.Before(r.On) {
				t.Errorf("readings %v", list)
			}
		}
	}
	for _, g := range p.Gaps {
		id(g.ID)
	}
	names, chosen := map[string]bool{}, 0
	for _, tr := range p.Tracks {
		names[tr.Name] = true
		if tr.Active {
			chosen++
		}
	}
	if n := len(p.Tracks); len(names) != n || n == 1 || n > 0 && chosen != 1 {
		t.Errorf("tracks %v", p.Tracks)
	}
	for _, g := range p.Goals {
		id(g.ID)
		if g.Status == Active {
			active++
			if p.waits(g) {
				t.Errorf("goal %s is active on a track that is not", g.ID)
			}
		}
		for _, link := range append([]string{g.Serves}, g.After...) {
			if _, ok := p.Goal(link); link != "" && !ok || link == g.ID {
				t.Errorf("goal %s is linked to %s", g.ID, link)
			}
		}
		for i, s := range g.Scores {
			if g.Level(s.Level) != g.Levels[s.Level+2] || i > 0 && !g.Scores[i-1].On.Before(s.On) {
				t.Errorf("scores of %s: %v", g.ID, g.Scores)
			}
		}
		finishes := 0
		for i, m := range g.Milestones {
			id(m.ID)
			if i > 0 && m.Due.Before(g.Milestones[i-1].Due) {
				t.Errorf("milestones of %s out of order: %v", g.ID, milestoneStrings(g))
			}
			if m.Open() && m.Due.After(g.Due) && m.Kind != FirstStep { // see SetFirstStep
				t.Errorf("milestone %s is due %s, after its goal, %s", m.ID, m.Due, g.Due)
			}
			if m.Kind == Finish {
				finishes++
				if m.Open() && m.Due != g.Due {
					t.Errorf("finish of %s is due %s, the goal %s", g.ID, m.Due, g.Due)
				}
			}
		}
		if finishes != 1 {
			t.Errorf("goal %s has %d finishes", g.ID, finishes)
		}
	}
	if active > MaxActive {
		t.Errorf("%d active goals", active)
	}
	for _, r := range p.Reviews {
		id(r.ID)
	}
	for _, w := range p.Wins {
		id(w.ID)
	}
	for i, d := range p.List {
		id(d.ID)
		if d.Text == "" || d.Open() && slices.ContainsFunc(p.List[:i], func(o Todo) bool { return o.Open() && o.same(d) }) {
			t.Errorf("%s on the list is empty or there twice: %v", d.ID, listStrings(p.List))
		}
		if i := slices.IndexFunc(p.Goals, func(g Goal) bool { return d.becomes(g) && g.unfinished() }); i >= 0 && d.derived() && d.Open() {
			t.Errorf("%s on the list is the goal %s too", d.ID, p.Goals[i].ID)
		}
	}
}

// live does random things to a plan; whatever happens, it stays whole.
func live(t *testing.T, r *rand.Rand, p *Plan) {
	t.Helper()
	day := on(today)
	for range 30 {
		day = day.AddDays(r.IntN(20))
		now := noon(day.String())
		var ids []string
		for _, g := range p.Goals {
			for _, m := range g.Milestones {
				ids = append(ids, m.ID)
			}
		}
		if len(ids) == 0 {
			return
		}
		m, g := ids[r.IntN(len(ids))], p.Goals[r.IntN(len(p.Goals))].ID
		var err error
		switch r.IntN(12) {
		case 0:
			_, err = p.MilestoneDone(m, day, now)
		case 1:
			err = p.MilestoneNotYet(m, now)
		case 2:
			err = p.MoveMilestone(m, day.AddDays(r.IntN(200)-20), now)
		case 3:
			_, err = p.MoveGoal(g, []GoalStatus{Active, Later, Achieved, Dropped}[r.IntN(4)], now)
		case 4:
			_, err = p.SetReview(day.AddDays(r.IntN(200)-20), r.IntN(2) == 0, now)
		case 5:
			err = p.SetFirstStep("a small step", day, now)
		case 8:
			checkReflow(t, r, p, m, on(today).DaysUntil(day))
		case 9:
			err = p.Score(g, r.IntN(7)-3, day.AddDays(r.IntN(5)-3), now)
		case 10:
			err = p.AddReading(EnergyScale, Reading{On: day, N: r.IntN(14) - 2})
		case 11:
			if n := len(p.Tracks); n > 0 {
				err = p.SwitchTrack(p.Tracks[r.IntN(n)].Name, now)
			}
		case 6:
			p.AddTodo(Todo{Text: words[r.IntN(len(words))], Due: day})
		case 7:
			if n := len(p.List); n > 0 {
				err = p.TodoDone(p.List[r.IntN(n)].ID, day)
			}
		}
		checkPlan(t, *p)
		if err == nil {
			for _, g := range p.Goals {
				if done, of := Progress(g); g.Status == Achieved && done > of {
					t.Errorf("goal %s: %d of %d", g.ID, done, of)
				}
			}
		}
	}
}
