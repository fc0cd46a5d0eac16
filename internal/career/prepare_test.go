package career

import (
	"testing"
	"time"

	"waymark/internal/civil"
)

func TestStrongest(t *testing.T) {
	tests := []struct {
		name    string
		answers []string
		want    string
	}{
		{"nothing was said", []string{"", " \n "}, ""},
		{"one line is it", []string{"fine"}, "fine"},
		{"a figure says more", []string{"It went well. I trained 3 new people. They stayed.", "a lead role"}, "I trained 3 new people."},
		{"asking says more", []string{"I like the team a lot.", "Time. Could you free my Friday mornings for the course?"}, "Could you free my Friday mornings for the course?"},
		{"of equals the last", []string{"I want to lead the morning shift.", "I want to learn the roster."}, "I want to learn the roster."},
		{"a point inside a number ends nothing", []string{"I cut the wait by 2.5 minutes"}, "I cut the wait by 2.5 minutes"},
		{"a speech is no line", []string{
			"I want one two three four five six seven eight nine ten one two three four five six seven eight nine ten one two three four five six seven eight nine ten one two three four five six seven eight 9 ten",
			"good"}, "good"},
		{"signs alone are no line", []string{"?! ... 12"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Strongest(tt.answers...); got != tt.want {
				t.Errorf("Strongest(%q) = %q, want %q", tt.answers, got, tt.want)
			}
		})
	}
}

// TestAPreparationOutlivesThePlanItWasMadeBefore confirms a plan with a review
// after the review was prepared.
func TestAPreparationOutlivesThePlanItWasMadeBefore(t *testing.T) {
	var p Plan
	r := p.ToPrepare()
	r.Support, r.Edited = "time for the course", map[string]string{"wins": "trained Kim"}
	if again := p.ToPrepare(); again.ID != r.ID || len(p.Reviews) != 1 {
		t.Fatalf("a second preparation is for %+v", p.Reviews)
	}
	now := time.Date(2027, 1, 4, 10, 0, 0, 0, time.UTC)
	p.Confirm(Plan{Reviews: []Review{{ID: "r1", Date: civil.New(2027, 3, 1), Formal: true}}}, now)
	if got := p.Reviews[0]; len(p.Reviews) != 1 || got.Support == "" || got.Edited["wins"] == "" || got.Date != civil.New(2027, 3, 1) {
		t.Errorf("reviews %+v", p.Reviews)
	}
}
