package career

import (
	"errors"
	"testing"
	"time"
)

func TestReopenTakesBackWhatADoneBrought(t *testing.T) {
	now := noon(today)
	p := &Plan{
		Gaps: []Gap{{ID: "certificate:1", Kind: Certificate, Picked: true}},
		Goals: []Goal{
			{ID: "g1", Title: "get the licence", Kind: OwnWords, Status: Active, Closes: []string{"certificate:1"}, Milestones: []Milestone{
				{ID: "g1.1", Kind: FirstStep, Due: on(today)},
				{ID: "g1.2", Kind: Halfway, Due: on(today).AddDays(7)},
				{ID: "g1.3", Kind: Finish, Due: on(today).AddDays(14)},
			}},
			{ID: "g2", Title: "apply", Status: Later, After: []string{"g1"}, Milestones: []Milestone{{ID: "g2.1", Kind: Finish, Due: on(today).AddDays(30)}}},
		},
	}
	if _, err := p.MilestoneDone("g1.1", on(today), now); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if _, err := p.MilestoneDone("g1.3", on(today), now); err != nil {
		t.Fatal(err)
	}
	if err := p.Goals[1].Move(Active, now); err != nil { // it had waited for g1
		t.Fatal(err)
	}
	want(t, "the gap is closed", p.Gaps[0].Closed, on(today))

	id, _, ok := LastDone(*p)
	want(t, "what was done last", id, "g1.3")
	want(t, "there is one", ok, true)
	r, err := p.Reopen(id, now.Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	want(t, "the goal", r.Goal, "g1")
	want(t, "the gaps", r.Gaps, []string{"certificate:1"})
	want(t, "the gap is open", p.Gaps[0].Closed.IsZero(), true)
	want(t, "the goal is worked on", p.Goals[0].Status, Active)
	want(t, "the end is open", p.Goals[0].Milestones[2].Open(), true)
	want(t, "so is what fell away with it", p.Goals[0].Milestones[1].Open(), true)
	want(t, "what was done before stays done", p.Goals[0].Milestones[0].Done, on(today))
	want(t, "the next goal waits again", p.Goals[1].Status, Later)

	if _, err := p.Reopen(id, now); !errors.Is(err, ErrBadTransition) {
		t.Errorf("reopening what is open: %v, want ErrBadTransition", err)
	}
	if _, err := p.Reopen("g9.1", now); !errors.Is(err, ErrNotFound) {
		t.Errorf("reopening what is not there: %v, want ErrNotFound", err)
	}
	if r, err := p.Reopen("g1.1", now); err != nil || r.Goal != "" {
		t.Errorf("reopening one step = %+v, %v, want no goal", r, err)
	}
}
