package coach

import (
	"context"
	"strings"
	"testing"

	"waymark/internal/career"
	"waymark/internal/store"
	"waymark/internal/transcript"
)

// TestExamples runs the worked examples of the coaching method as whole talks,
// from hello to the plan in print.
func TestExamples(t *testing.T) {
	book := shipped(t)
	transcript.Run(t, "testdata/examples/*.txt", func(t *testing.T) transcript.Driver {
		d := newDesk(t, book)
		name := t.Name()[strings.LastIndexByte(t.Name(), '/')+1:]
		check, ok := examples[name]
		if !ok {
			t.Fatalf("no rules for the example %s", name)
		}
		t.Cleanup(func() { check(t, d) })
		return d
	})
}

// examples are what must come of each example, whatever its words are.
var examples = map[string]func(*testing.T, *desk){
	"1_front_desk":               frontDesk,
	"2_administrative_assistant": assistant,
	"3_sales_associate":          salesAssociate,
	"4_bartender":                bartender,
	"5_developer":                developer,
	"6_accountant":               accountant,
	"7_writer_and_bartender":     writer,
	"8_ice_cream_shop":           iceCream,
}

// person is what the coach keeps about somebody.
func (d *desk) person(t *testing.T, who string) (p Person) {
	t.Helper()
	if err := d.coach.store.View(context.Background(), func(tx *store.Tx) error { _, err := tx.Person(personOf(who), &p); return err }); err != nil {
		t.Fatal(err)
	}
	return p
}

// planned is the plan that somebody confirmed, complete in what every plan has.
func planned(t *testing.T, d *desk, who string) career.Plan {
	t.Helper()
	plan := d.person(t, who).Plan
	if plan.Confirmed.IsZero() {
		t.Fatal("the plan is not confirmed")
	}
	for _, g := range plan.Goals {
		switch {
		case g.Due.IsZero() || len(g.Milestones) == 0:
			t.Errorf("%q has no date or no milestones", g.Title)
		case g.Status == career.Active && g.IfThen == "":
			t.Errorf("%q has no if-then plan", g.Title)
		case g.Status == career.Active && g.Scope != career.JobGoal && len(g.Closes) == 0:
			t.Errorf("%q closes no gap", g.Title)
		case g.Status == career.Active && g.Kind != career.Course && g.Kind != career.Apply && g.Measure == "":
			t.Errorf("%q has no measure", g.Title)
		}
	}
	if len(plan.Backup.Risks) == 0 || len(plan.Backup.Alternatives) == 0 || plan.Backup.HeadStart == "" {
		t.Errorf("backup %+v, want risks, other roads and a head start", plan.Backup)
	}
	for _, r := range plan.Backup.Risks {
		if r.Then == "" {
			t.Errorf("no plan for the risk %s", r.Kind)
		}
	}
	return plan
}

// goalWith is the goal with these words in its title.
func goalWith(t *testing.T, p career.Plan, words string) career.Goal {
	t.Helper()
	for _, g := range p.Goals {
		if strings.Contains(strings.ToLower(g.Title), strings.ToLower(words)) {
			return g
		}
	}
	t.Fatalf("no goal about %q", words)
	return career.Goal{}
}

func gapKinds(p career.Plan) map[string]bool {
	out := map[string]bool{}
	for _, g := range p.Gaps {
		out[string(g.Kind)] = true
		out[g.TextKey()] = true
	}
	return out
}

func wantGaps(t *testing.T, p career.Plan, keys ...string) {
	t.Helper()
	have := gapKinds(p)
	for _, k := range keys {
		if !have[k] {
			t.Errorf("no gap %s among %v", k, have)
		}
	}
}

// unitDays are the days of a course's units.
func unitDays(g career.Goal) []string {
	var out []string
	for _, m := range g.Milestones {
		if m.Kind == career.Unit {
			out = append(out, m.Due.Short())
		}
	}
	return out
}

// wantWords looks for words in a list, in the order of neither.
func wantWords(t *testing.T, what string, list []string, words ...string) {
	t.Helper()
	all := strings.ToLower(strings.Join(list, " | "))
	for _, w := range words {
		if !strings.Contains(all, w) {
			t.Errorf("%s: %q, want %q in it", what, all, w)
		}
	}
}

func risks(p career.Plan) (out []string) {
	for _, r := range p.Backup.Risks {
		out = append(out, r.Kind+": "+r.Then)
	}
	return out
}

func todoTexts(p career.Plan) (out []string) {
	for _, x := range p.List {
		out = append(out, x.Text)
	}
	return out
}

// Nine months from 11 January are nine milestones on the 11th; nursing needs
// schooling that bars the way; the backup names a medical assistant and another
// clinic.
func frontDesk(t *testing.T, d *desk) {
	p := planned(t, d, "nkechi")
	wantGaps(t, p, "exposure", "education")
	if g := p.Gaps[0]; g.Kind != career.Education || g.Severity != career.Blocking {
		t.Errorf("the first gap is %s %s, want schooling that is in the way", g.Severity, g.Kind)
	}
	want := "11 Feb 2027, 11 Mar 2027, 11 Apr 2027, 11 May 2027, 11 Jun 2027, 11 Jul 2027, 11 Aug 2027, 11 Sep 2027, 11 Oct 2027"
	if got := strings.Join(unitDays(goalWith(t, p, "access to nursing")), ", "); got != want {
		t.Errorf("units on %s, want %s", got, want)
	}
	goalWith(t, p, "volunteer")
	wantWords(t, "other roads", p.Backup.Alternatives, "medical assistant", "another clinic")
}

// The manager's role comes three years after the assistant's, with a certificate
// and the talk with the manager before.
func assistant(t *testing.T, d *desk) {
	p := planned(t, d, "dora")
	wantGaps(t, p, "experience", "certificate")
	first, then := goalWith(t, p, "Start as HR assistant"), goalWith(t, p, "HR manager")
	if eligible := first.Due.AddMonths(36); p.Eligible != eligible || then.Due.Before(eligible) {
		t.Errorf("enough experience on %s and the manager's role by %s, want from %s", p.Eligible.Short(), then.Due.Short(), eligible.Short())
	}
	if then.Status != career.Later {
		t.Errorf("the manager's role is %s, want it to wait for the first role", then.Status)
	}
	if got := unitDays(goalWith(t, p, "certificate")); len(got) != 6 {
		t.Errorf("units of the certificate %v, want six", got)
	}
	goalWith(t, p, "Tell your manager")
	wantWords(t, "other roads", p.Backup.Alternatives, "another employer", "payroll", "training")
	if r := p.Reviews[0]; r.Support == "" || r.Opening == "" || !r.Formal {
		t.Errorf("review %+v, want it prepared", r)
	}
}

// Few posts, tightly held, are a red flag; a leadership course, a mentor, more
// responsibility, and a move to the side are planned.
func salesAssociate(t *testing.T, d *desk) {
	p := planned(t, d, "marcus")
	wantGaps(t, p, "openings_tight")
	lead := goalWith(t, p, "sales lead")
	if want := lead.Due.AddMonths(24); p.Eligible != want {
		t.Errorf("enough experience on %s, want two years after becoming lead: %s", p.Eligible.Short(), want.Short())
	}
	if got := unitDays(goalWith(t, p, "leadership course")); len(got) != 4 {
		t.Errorf("units of the course %v, want four", got)
	}
	wantWords(t, "the list", todoTexts(p), "regional lead denise", "train the new hires", "applications to other employers")
	wantWords(t, "risks", risks(p), "no_opening: move sideways to volt city")
}

// Another field: what is known there counts, the choice has criteria, a first
// role comes before the one wanted.
func bartender(t *testing.T, d *desk) {
	p := planned(t, d, "tomasz")
	wantGaps(t, p, "entry", "experience")
	if p.Criteria == "" {
		t.Error("no criteria for the choice")
	}
	first, then := goalWith(t, p, "Start as"), goalWith(t, p, "Move on to this role")
	if then.Due.Before(first.Due.AddMonths(24)) {
		t.Errorf("the role by %s, want two years of sales after %s", then.Due.Short(), first.Due.Short())
	}
	wantWords(t, "stories", []string{goalWith(t, p, "short story").Title}, "knowing drinks")
	wantWords(t, "the list", todoTexts(p), "own test")
}

// Work of one's own: a first client, savings, a contract that a professional has
// read.
func developer(t *testing.T, d *desk) {
	p := planned(t, d, "priya")
	wantGaps(t, p, "track_business")
	for _, words := range []string{"first client", "Save enough", "checked by a professional"} {
		goalWith(t, p, words)
	}
	wantWords(t, "other roads", p.Backup.Alternatives, "freelance", "tech lead")
}

// The goal for the job is kept apart from the career goal that it serves.
func accountant(t *testing.T, d *desk) {
	p := planned(t, d, "wei")
	job, post := goalWith(t, p, "without errors"), goalWith(t, p, "senior accountant")
	if job.Scope != career.JobGoal || job.Serves != post.ID || post.Scope != career.CareerGoal {
		t.Errorf("job goal %s serving %q, career goal %s %q", job.Scope, job.Serves, post.Scope, post.ID)
	}
	if len(p.Wins) != 1 {
		t.Errorf("%d wins, want the one that was told", len(p.Wins))
	}
}

// Two tracks with goals of their own; one is active, and the one step of the week
// is for it.
func writer(t *testing.T, d *desk) {
	p := planned(t, d, "lena")
	active, ok := p.ActiveTrack()
	if !ok || len(p.Tracks) != 2 || active.Name != "writing" {
		t.Fatalf("tracks %+v, want two with writing active", p.Tracks)
	}
	of := map[string]int{}
	for _, g := range p.Goals {
		of[g.Track]++
		if g.Track != active.Name && g.Status != career.Later {
			t.Errorf("%q is %s, want goals of the other track to wait", g.Title, g.Status)
		}
	}
	if of["writing"] == 0 || of["bar work"] == 0 {
		t.Errorf("goals by track %v, want some on both", of)
	}
	if g, _, ok := career.WeekStep(p); !ok || g.Track != active.Name {
		t.Errorf("the step of the week is of %q", g.Track)
	}
	for _, m := range d.shown["Dlena"] {
		if said := m.m.Plain(); strings.Contains(said, "step of your goal") && strings.Contains(said, "cocktail") {
			t.Errorf("a reminder about the track that waits: %s", said)
		}
	}
}

// Content with a job: no plan, and nothing is sent in the year after.
func iceCream(t *testing.T, d *desk) {
	p := d.person(t, "gary")
	if !p.Plan.Content || len(p.Plan.Goals) > 0 {
		t.Errorf("content %v with %d goals", p.Plan.Content, len(p.Plan.Goals))
	}
	year := d.now.AddDate(1, 0, 0).Format("2006-01-02 15:04")
	before := len(d.shown["Dgary"])
	if err := d.moveTo(year); err != nil {
		t.Fatal(err)
	}
	if after := len(d.shown["Dgary"]); after != before {
		t.Errorf("%d messages in a year nobody asked for", after-before)
	}
}
