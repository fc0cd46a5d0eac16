package coach

import (
	"bytes"
	"image/png"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/career"
	"waymark/internal/civil"
	"waymark/internal/store"
	"waymark/internal/timeline"
)

// Every word in the picture comes from the prompts, and those that are shipped
// are the ones it was drawn with.
func TestPictureLabels(t *testing.T) {
	h := &handling{c: newDesk(t, shipped(t)).coach}
	got := h.labels()
	v := reflect.ValueOf(got)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("no text for %s", v.Type().Field(i).Name)
		}
	}
	if diff := cmp.Diff(timeline.English(), got); diff != "" {
		t.Errorf("labels (-English +shipped):\n%s", diff)
	}
}

func TestDrawnPlan(t *testing.T) {
	d := newDesk(t, shipped(t))
	p := plannedPerson()
	p.Plan.Goals[0].Milestones[0].Done = civil.New(2026, 11, 20)
	p.Plan.Goals[0].Milestones[1].Due = civil.New(2026, 11, 22) // yesterday
	p.Plan.Goals[1].Milestones[1].Dropped = true
	p.Plan.Goals = append([]career.Goal{
		{ID: "g3", Title: "Let go", Status: career.Dropped}, {ID: "g4", Title: "For later", Status: career.Later},
	}, p.Plan.Goals...)
	h := &handling{c: d.coach, p: p, now: d.now, known: true}
	got := h.drawn(p.Plan, homeGoalsOf(p.Plan))
	want := timeline.Plan{
		Today: civil.New(2026, 11, 23),
		Goals: []timeline.Goal{
			{Title: "Compare three programmes", Due: civil.New(2026, 12, 14), Done: 1, Of: 3, Milestones: []timeline.Milestone{
				{Title: "First small step", Date: civil.New(2026, 11, 20), State: timeline.Done},
				{Title: "Ask two nurses", Date: civil.New(2026, 11, 22), State: timeline.Late},
				{Title: "Finish", Date: civil.New(2026, 12, 14), State: timeline.Open},
			}},
			{Title: "Volunteer at a clinic", Due: civil.New(2027, 3, 31), Of: 2, Milestones: []timeline.Milestone{
				{Title: "First small step", Date: civil.New(2027, 1, 11), State: timeline.Next},
				{Title: "Finish", Date: civil.New(2027, 3, 31), State: timeline.Open},
			}},
			{Title: "For later"},
		},
		Reviews: []civil.Date{civil.New(2027, 2, 19)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("drawn (-want +got):\n%s", diff)
	}
	made, err := d.coach.makeFile(ana, p, store.Row{File: fileTimeline})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(made.file.Data)); err != nil {
		t.Errorf("the picture cannot be read: %v", err)
	}
	for _, part := range []string{"Goal 1: Compare three programmes, due 14 Dec 2026, 1 of 3 done, 1 late", "Goal 3: For later"} {
		if !strings.Contains(made.file.Alt, part) {
			t.Errorf("the picture is described as %q, want %q in it", made.file.Alt, part)
		}
	}
	list := made.beside.Plain()
	for _, part := range []string{
		"1. Compare three programmes\ndue Monday 14 December 2026, 1 of 3 done", "First small step: done",
		"Ask two nurses: was planned for Sunday 22 November 2026", "First small step: next, Monday 11 January 2027", "3. For later\nno date yet",
		"Reviews: Friday 19 February 2027",
	} {
		if !strings.Contains(list, part) {
			t.Errorf("beside it stands\n%s\nwant %q in it", list, part)
		}
	}
}
