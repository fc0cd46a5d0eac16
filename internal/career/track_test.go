package career

import (
	"errors"
	"fmt"
	"testing"
)

// twoTracks is a bartender who also writes.
func twoTracks() *talk {
	return newTalk().text("target", "bar manager").date("by", "2028-12-31").list("tracks", "the bar", "writing").
		pick("active_track", "own:Writing").
		item("track_target", "writing", Fact{Text: "live from writing"}).item("track_by", "writing", Fact{Date: on("2029-06-30")}).
		item("track_step", "own:writing", Fact{Text: "send three articles to magazines"}).item("track_due", "writing", Fact{Date: on("2027-02-01")}).
		list("skills", "leading").pick("gap_pick", "skill:1").act("skill:1", "skill:1/practise", "skill:1/skill_mentor").
		pick("goal_pick", "skill:1/practise", "skill:1/skill_mentor")
}

func trackStrings(list []CareerTrack) []string {
	var out []string
	for _, t := range list {
		out = append(out, fmt.Sprint(t.Name, "/", t.Target, "/", t.By, "/", t.Active))
	}
	return out
}

func goalStrings(p Plan) []string {
	var out []string
	for _, g := range p.Goals {
		out = append(out, fmt.Sprint(g.ID, " ", g.Track, " ", g.Status))
	}
	return out
}

func TestTracks(t *testing.T) {
	p := planOf(twoTracks())
	want(t, "Tracks", trackStrings(p.Tracks), []string{"the bar/bar manager//false", "writing/live from writing/2029-06-30/true"})
	want(t, "the talk is about the first; its goals wait while another is active", goalStrings(p), []string{"g1 the bar later", "g2 the bar later", "g3 writing active"})
	want(t, "what to reach on another", fmt.Sprint(p.Goals[2].Title, "/", p.Goals[2].Due, p.Goals[2].From), "send three articles to magazines/2027-02-01 [track_step@own:writing track_due@writing]")
	if _, err := p.MoveGoal("g2", Active, noon(today)); !errors.Is(err, ErrOtherTrack) {
		t.Errorf("MoveGoal to active on the other track = %v, want ErrOtherTrack", err)
	}

	if err := p.SwitchTrack("The bar", noon("2027-01-02")); err != nil {
		t.Fatal(err)
	}
	want(t, "switched", goalStrings(p), []string{"g1 the bar active", "g2 the bar active", "g3 writing later"})
	want(t, "with history", p.History[len(p.History)-1].To, "the bar")
	want(t, "switching to what is active changes nothing", fmt.Sprint(p.SwitchTrack("the bar", noon(today)), len(p.History)), "<nil> 1")
	if err := p.SwitchTrack("dancing", noon(today)); !errors.Is(err, ErrNotFound) {
		t.Errorf("SwitchTrack(dancing) = %v", err)
	}
	want(t, "an answer does not switch back", diffStrings(Diff(p, Derive(twoTracks().Facts, titled, on("2027-01-02")))), nil)

	one := Derive(newTalk().list("tracks", "the bar").Facts, titled, on(today))
	want(t, "one track needs no name", len(one.Tracks), 0)
	first := Derive(newTalk().text("target", "bar manager").list("tracks", "the bar", "writing").Facts, titled, on(today))
	want(t, "the first is active unless they said otherwise", trackStrings(first.Tracks), []string{"the bar/bar manager//true", "writing///false"})
	_, ok := Plan{}.ActiveTrack()
	want(t, "no tracks, no active one", ok, false)
}

func TestTracksHaveTheirOwnDate(t *testing.T) {
	p := Derive(twoTracks().Facts, titled, on(today))
	for i, day := range []string{"2028-12-31", "2028-12-31", "2029-06-30"} {
		want(t, "aim of "+p.Goals[i].ID, p.aim(p.Goals[i]).String(), day)
	}
	p.Goals[2].Due = on("2029-07-01")
	want(t, "Conflicts", Conflicts(p), []Conflict{{AfterAim, "g3"}})
	p.Tracks[1].By = Plan{}.By
	want(t, "another track without a date has none", p.aim(p.Goals[2]).IsZero(), true)
}

func TestTracksChange(t *testing.T) {
	p := planOf(twoTracks())
	f := twoTracks().text("target", "restaurant manager").list("tracks", "the bar", "teaching").item("track_step", "teaching", Fact{Text: "give one evening class"})
	diffs := Diff(p, Derive(f.Facts, titled, on(today)))
	want(t, "Diff", diffStrings(diffs), []string{"target", "tracks", "goal_new/track:teaching", "goal_gone/g3"})
	want(t, "their names", diffs[1].From+" > "+diffs[1].To, "the bar, writing > the bar, teaching")
	for _, d := range diffs {
		if err := p.Apply(d, noon(today)); err != nil {
			t.Error(err)
		}
	}
	want(t, "applied", goalStrings(p), []string{"g1 the bar active", "g2 the bar active", "g3  dropped", "g4 teaching later"})
	want(t, "the active one is gone, so the first is", trackStrings(p.Tracks), []string{"the bar/restaurant manager//true", "teaching///false"})

	p = planOf(twoTracks())
	want(t, "the target is the plan's and the first track's", diffStrings(Diff(p, Derive(twoTracks().text("target", "restaurant manager").Facts, titled, on(today)))), []string{"target"})

	single := planOf(chooser())
	f = chooser().list("tracks", "one", "two").pick("active_track", "two")
	for _, d := range Diff(single, Derive(f.Facts, titled, on(today))) {
		if err := single.Apply(d, noon(today)); err != nil {
			t.Error(err)
		}
	}
	want(t, "a second track later on", fmt.Sprint(goalStrings(single), trackStrings(single.Tracks)), "[g1 one later] [one///false two///true]")
}

func TestWeekStep(t *testing.T) {
	step := func(p Plan) string {
		t.Helper()
		g, m, ok := WeekStep(p)
		return fmt.Sprint(g.ID, " ", m.ID, " ", ok)
	}
	p := planOf(twoTracks().pick("active_track", "the bar").due("skill:1/practise", "2026-12-20").due("skill:1/skill_mentor", "2026-12-12"))
	want(t, "one step in all, on the active track", step(p), "g1 g1.1 true")
	if _, err := p.MilestoneDone("g1.1", on(today), noon(today)); err != nil {
		t.Fatal(err)
	}
	want(t, "the earliest that is open, due this week or overdue", step(p), "g2 g2.1 true")
	if _, err := p.MilestoneDone("g2.2", on(today), noon(today)); err != nil {
		t.Fatal(err)
	}
	want(t, "or the next to come", step(p), "g1 g1.2 true")
	want(t, "years are no step", step(Plan{Confirmed: noon(today), Goals: []Goal{{ID: "g1", Status: Active, Milestones: []Milestone{{ID: "g1.1", Kind: Eligible, Due: on(today)}}}}}), "  false")
	want(t, "no plan, no step", step(Plan{}), "  false")
	want(t, "a draft has one too", step(Derive(twoTracks().Facts, titled, on(today))), "g3 g3.1 true")
}
