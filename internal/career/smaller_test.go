package career

import (
	"errors"
	"testing"
	"time"

	"waymark/internal/civil"
)

func TestSmallerStep(t *testing.T) {
	now := time.Date(2027, 2, 1, 10, 0, 0, 0, time.UTC)
	today := civil.Of(now)
	tests := []struct {
		name, id, words string
		due             string // of the new step
		steps           int
		err             error
	}{
		{"before a milestone, within the week", "g1.2", "look it up", "2027-02-08", 4, nil},
		{"not after a milestone that is near", "g1.3", "look it up", "2027-02-04", 4, nil},
		{"a first step is put into these words", "g1.1", "look it up", "2027-02-05", 3, nil},
		{"for a goal as a whole", "g1", "look it up", "2027-02-08", 4, nil},
		{"without words there is none", "g1.2", "  ", "", 3, ErrNotFound},
		{"nothing of that name", "g9.1", "look it up", "", 3, ErrNotFound},
		{"a goal that is not worked on", "g2", "look it up", "", 3, ErrBadTransition},
		{"a milestone that is done", "g1.4", "look it up", "", 3, ErrBadTransition},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Plan{Goals: []Goal{
				{ID: "g1", Status: Active, Due: civil.New(2027, 3, 1), Milestones: []Milestone{
					{ID: "g1.3", Kind: Unit, Due: civil.New(2027, 2, 4)}, {ID: "g1.1", Kind: FirstStep, Due: civil.New(2027, 2, 5)},
					{ID: "g1.2", Kind: Finish, Due: civil.New(2027, 3, 1)},
				}},
				{ID: "g2", Status: Later},
			}}
			if tt.id == "g1.4" {
				p.Goals[0].Milestones[0] = Milestone{ID: "g1.4", Done: today}
			}
			m, err := p.SmallerStep(tt.id, tt.words, today, now)
			if !errors.Is(err, tt.err) || (err == nil) != (tt.err == nil) {
				t.Fatalf("SmallerStep = %+v, %v, want %v", m, err, tt.err)
			}
			ms := p.Goals[0].Milestones
			if len(ms) != tt.steps {
				t.Fatalf("%d milestones, want %d", len(ms), tt.steps)
			}
			if err == nil && (m.Due.String() != tt.due || m.Kind != FirstStep || m.Title != tt.words) {
				t.Errorf("step %+v, want it by %s", m, tt.due)
			}
			for i := 1; i < len(ms); i++ {
				if ms[i].Due.Before(ms[i-1].Due) {
					t.Errorf("not by date: %+v", ms)
				}
			}
			seen := map[string]bool{}
			for _, m := range ms {
				if seen[m.ID] {
					t.Errorf("id %s twice", m.ID)
				}
				seen[m.ID] = true
			}
		})
	}
}
