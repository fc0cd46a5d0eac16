package coach

import (
	"maps"
	"strings"
	"testing"
	"time"
)

// quickAnswers are what a typical person says on the quick way, by step.
var quickAnswers = map[string]string{
	"first.start": "start", "have.job": "front desk at a doctor's office", "have.since": "3 years", "have.feels": "job",
	"want.target": "nurse", "want.reason": "being close to patients", "want.by": "end of 2029",
	"quick.same_field": "yes", "quick.stepping": "no", "quick.move_up": "no", "quick.education": "missing", "quick.education_what": "a nursing diploma",
	"quick.experience": "missing", "quick.years_missing": "2 years", "quick.skills": "taking blood", "quick.certificates": "nursing licence", "quick.hours": "3 hours",
	"short.proposed": "1 and 2", "suits.fits": "fits", "short.first_if_then": "If it is Tuesday evening, then I write to one school",
	"short.short_review": "mid February", "short.short_other": "the same job at another clinic", "finish.confirm": "yes", "finish.cadence": "every week",
}

// typed says something and returns the step that is asked then, "" for none.
func (d *desk) typed(t *testing.T, who, text string) string {
	t.Helper()
	if _, err := d.Do(who, "says", text); err != nil {
		t.Fatal(err)
	}
	if a := d.person(t, who).Dialogue.Asked; a != nil {
		return a.Key.Step
	}
	return ""
}

// quickTalk answers what is asked until nothing is, and returns the steps in order.
func quickTalk(t *testing.T, d *desk, who string, answers map[string]string) []string {
	t.Helper()
	var asked []string
	step := d.typed(t, who, "hi")
	for step != "" && len(asked) < 100 {
		asked = append(asked, step)
		text, ok := answers[step]
		if !ok {
			t.Fatalf("no answer to %s, after %v", step, asked)
		}
		step = d.typed(t, who, text)
	}
	return asked
}

// A day that is told along with the rhythm of check-ins is theirs.
func TestQuickWayTakesTheDay(t *testing.T) {
	for said, want := range map[string]time.Weekday{"every week on a monday": time.Monday, "every week": time.Friday} {
		d := newDesk(t, shipped(t))
		answers := maps.Clone(quickAnswers)
		answers["finish.cadence"] = said
		quickTalk(t, d, "ana", answers)
		if got := d.person(t, "ana").Settings.Cadence; got.Every == 0 || got.Weekday != want {
			t.Errorf("%q: check-ins %+v, want them on %s", said, got, want)
		}
	}
}

// The quick way is as short as it is said to be, from hello to the kept plan, and
// what comes of it is a whole plan.
func TestQuickWayIsQuick(t *testing.T) {
	d := newDesk(t, shipped(t))
	asked := quickTalk(t, d, "ana", quickAnswers)
	if got, want := len(asked), 25; got != want {
		t.Errorf("%d questions, want %d: %v", got, want, asked)
	}
	p := d.person(t, "ana")
	plan := p.Plan
	switch {
	case plan.Confirmed.IsZero():
		t.Fatal("the plan is not kept")
	case len(plan.Goals) != 2, len(plan.Reviews) != 1, len(plan.Backup.Alternatives) != 1, plan.Week.Hours != 3, plan.By.IsZero(), plan.Reason == "":
		t.Errorf("plan %+v", plan)
	case plan.Goals[0].IfThen == "" || plan.Goals[0].Due.IsZero() || len(plan.Goals[0].Closes) == 0 || len(plan.Goals[0].Milestones) == 0:
		t.Errorf("first goal %+v", plan.Goals[0])
	case p.Settings.Cadence.IsZero():
		t.Error("no check-ins")
	}
}

// What is told along is not asked: how long, by when.
func TestQuickWayTakesWhatIsTold(t *testing.T) {
	d := newDesk(t, shipped(t))
	answers := map[string]string{}
	for step, text := range quickAnswers {
		answers[step] = text
	}
	answers["have.job"] = "i work in warehous since 2 yers and haf"
	answers["want.target"] = "electrician by april 2028"
	answers["short.proposed"] = "1"
	asked := quickTalk(t, d, "bo", answers)
	if got, want := len(asked), 22; got != want {
		t.Errorf("%d questions, want %d: %v", got, want, asked)
	}
	if p := d.person(t, "bo").Plan; p.Job != "warehous" || p.Target != "electrician" || p.By.Year != 2028 {
		t.Errorf("job %q, target %q by %s", p.Job, p.Target, p.By)
	}
}

// Somebody whose job suits them is at the end after four questions.
func TestQuickWayContent(t *testing.T) {
	d := newDesk(t, shipped(t))
	for _, text := range []string{"hi", "quick", "cook", "2 years", "it suits me"} {
		d.typed(t, "cy", text)
	}
	if step := d.person(t, "cy").Dialogue.Asked.Key.Step; !strings.HasPrefix(step, "content.") {
		t.Errorf("asked %s", step)
	}
}
