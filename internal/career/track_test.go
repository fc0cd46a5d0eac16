package career

import (
	"errors"
	"fmt"
	"testing"
)

// twoTracks is a bartender who also writes.
func twoTracks() *talk {
	return newTalk().text("target", "bar manager").date("by", "2028-12-31").list("tracks", "the bar", "writing").
		pick("active_track", "own:writing").
		item("track_target", "writing", Fact{Text: "live from writing"}).item("track_by", "writing", Fact{Date: on("2029-06-30")}).
		item("track_step", "the bar", Fact{Text: "lead one Friday shift"}).item("track_due", "the bar", Fact{Date: on("2027-02-01")}).
		item("track_step", "own:writing", Fact{Text: "send three articles to magazines"}).
		list("skills", "pitching").pick("gap_pick", "skill:1").act("skill:1", "skill:1/practise").pick("goal_pick", "skill:1/practise")
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
	want(t, "Tracks", trackStrings(p.Tracks), []string{"the bar///false", "writing/live from writing/2029-06-30/true"})
	want(t, "goals of the other track wait", goalStrings(p), []string{"g1 writing active", "g2 the bar later", "g3 writing active"})
	want(t, "the first step of a track", fmt.Sprint(p.Goals[1].Title, "/", p.Goals[1].Due, p.Goals[1].From), "lead one Friday shift/2027-02-01 [track_step@the bar track_due@the bar]")
	if _, err := p.MoveGoal("g2", Active, noon(today)); !errors.Is(err, ErrOtherTrack) {
		t.Errorf("MoveGoal to active on the other track = %v, want ErrOtherTrack", err)
	}

	if err := p.SwitchTrack("The bar", noon("2027-01-02")); err != nil {
		t.Fatal(err)
	}
	want(t, "switched", goalStrings(p), []string{"g1 writing later", "g2 the bar active", "g3 writing later"})
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
	for i, day := range []string{"2029-06-30", "", "2029-06-30"} {
		want(t, "aim of "+p.Goals[i].ID, p.aim(p.Goals[i]).String(), day)
	}
	p.Goals[2].Due = on("2029-07-01")
	want(t, "Conflicts", Conflicts(p), []Conflict{{AfterAim, "g3"}})
	p.Tracks[1].By = Plan{}.By
	want(t, "the active track without a date has the plan's", p.aim(p.Goals[0]), p.By)
}

func TestTracksChange(t *testing.T) {
	p := planOf(twoTracks())
	f := twoTracks().list("tracks", "writing", "teaching").item("track_step", "teaching", Fact{Text: "give one evening class"})
	diffs := Diff(p, Derive(f.Facts, titled, on(today)))
	want(t, "Diff", diffStrings(diffs), []string{"tracks", "goal_new/track:teaching", "goal_gone/g2"})
	want(t, "their names", diffs[0].From+" > "+diffs[0].To, "the bar, writing > writing, teaching")
	for _, d := range diffs {
		if err := p.Apply(d, noon(today)); err != nil {
			t.Error(err)
		}
	}
	want(t, "applied", goalStrings(p), []string{"g1 writing active", "g2  dropped", "g3 writing active", "g4 teaching later"})
	want(t, "the active one stays", p.Tracks[0].Active && !p.Tracks[1].Active, true)

	single := planOf(chooser())
	f = chooser().list("tracks", "one", "two").pick("active_track", "two")
	for _, d := range Diff(single, Derive(f.Facts, titled, on(today))) {
		if err := single.Apply(d, noon(today)); err != nil {
			t.Error(err)
		}
	}
	want(t, "a second track later on", fmt.Sprint(goalStrings(single), trackStrings(single.Tracks)), "[g1 two active] [one///false two///true]")
}

func TestWeekStep(t *testing.T) {
	step := func(day string, p Plan) string {
		t.Helper()
		g, m, ok := WeekStep(p, on(day))
		return fmt.Sprint(g.ID, " ", m.ID, " ", ok)
	}
	p := planOf(twoTracks())
	want(t, "one step in all, on the active track", step(today, p), "g1 g1.1 true")
	p.Goals[0].Status = Later
	want(t, "due within the week", step("2026-11-23", p), "g3 g3.1 true")
	want(t, "or overdue", step("2026-12-05", p), "g3 g3.1 true")
	want(t, "what is due this week goes before what is overdue", step("2026-12-15", p), "g3 g3.2 true")
	if _, err := p.MilestoneDone("g3.1", on(today), noon(today)); err != nil {
		t.Fatal(err)
	}
	want(t, "or the next to come", step("2026-11-23", p), "g3 g3.2 true")
	want(t, "years are no step", step(today, Plan{Confirmed: noon(today), Goals: []Goal{{ID: "g1", Status: Active, Milestones: []Milestone{{ID: "g1.1", Kind: Eligible, Due: on(today)}}}}}), "  false")
	want(t, "no plan, no step", step(today, Plan{}), "  false")
	want(t, "a draft has one too", step(today, Derive(twoTracks().Facts, titled, on(today))), "g1 g1.1 true")
}
