package rehearsal

import (
	"errors"
	"strings"
	"testing"

	"waymark/internal/civil"
	"waymark/internal/reminder"
)

func calendar(t testing.TB, p Plan, o Options) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, p, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var firstHalf = Options{From: civil.New(2027, 1, 4), To: civil.New(2027, 6, 30)}

func TestTheExampleIsRead(t *testing.T) {
	p, err := Read(Example, "example")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Career.Goals) != 1 || len(p.Career.Goals[0].Milestones) != 5 || len(p.Career.Reviews) != 1 || p.Holidays != "Bavaria, Germany" {
		t.Errorf("read %+v", p)
	}
	got := calendar(t, p, firstHalf)
	for _, want := range []string{"7 working days before 11 Feb 2027: Earn the HR certificate, Unit 1", "3 days before the review", "a fresh start after a review", "at most 3 messages a week"} {
		if !strings.Contains(got, want) {
			t.Errorf("the calendar has nothing of %q:\n%s", want, got)
		}
	}
}

func TestSettingsShowInTheCalendar(t *testing.T) {
	tests := []struct {
		name, old, new string
		opts           Options
		want, not      string
	}{
		{"a budget of none leaves what was asked for", "budget: 3", "budget: 0", firstHalf, "what was asked for alone", "milestone_ahead"},
		{"a kind that is turned off does not come", "off: []", "off: [milestone_ahead]", firstHalf, "milestone_due", "milestone_ahead"},
		{"somebody who is content hears nothing", "# content: true ", "content: true   ", firstHalf, "Nothing is said.", "check_in"},
		{"a date the person picked comes even then", "# content: true ", "ask_again: [2027-02-10]\ncontent: true   ", firstHalf, "the date that the person picked", "check_in"},
		{"a pause", "# paused_until:", "paused_until:", Options{From: firstHalf.From, To: firstHalf.To, All: true}, "it fell into a pause", "Fri 8 Jan 2027"},
		{"no answers end in silence", "budget: 3", "budget: 3", Options{From: firstHalf.From, To: firstHalf.To, Silent: true, All: true}, "silence, said once", "Fri 11 Jun 2027"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if !strings.Contains(string(Example), tt.old) {
				t.Fatalf("the example has no %q", tt.old)
			}
			p, err := Read([]byte(strings.Replace(string(Example), tt.old, tt.new, 1)), "example")
			if err != nil {
				t.Fatal(err)
			}
			got := calendar(t, p, tt.opts)
			if !strings.Contains(got, tt.want) || strings.Contains(got, tt.not) {
				t.Errorf("want %q and nothing of %q:\n%s", tt.want, tt.not, got)
			}
		})
	}
}

func TestEveryKindHasItsWords(t *testing.T) {
	for _, r := range reminder.Kinds {
		if got := rule(reminder.Occurrence{Kind: r.Kind, Offset: 1}); got == string(r.Kind) {
			t.Errorf("%s has no words", r.Kind)
		}
	}
	for r := reminder.Superseded; r <= reminder.NoBudget; r++ {
		if reasons[r] == "" {
			t.Errorf("the reason %s has no words", r)
		}
	}
}

func TestAPlanThatCannotBeRead(t *testing.T) {
	for _, bad := range []string{"", "goals: x", "confirmed: soon", "confirmed: 2027-01-04\nhour: 99", "confirmed: 2027-01-04\ncheck_in: often", "confirmed: 2027-01-04\ngoals: [{milestones: [{title: x}]}]", "confirmed: 2027-01-04\nregion: Atlantis"} {
		if _, err := Read([]byte(bad), "plan.yaml"); !errors.Is(err, ErrPlan) || !strings.Contains(err.Error(), "plan.yaml") {
			t.Errorf("Read(%q) = %v", bad, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(string(Example))
	f.Add("confirmed: 2027-01-04\npaused_until: 2199-01-01\ncheck_in: every 1 day")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Read([]byte(text), "x")
		if err == nil {
			calendar(t, p, Options{From: civil.New(2027, 1, 4), To: civil.New(2027, 2, 4), All: true})
		}
	})
}
