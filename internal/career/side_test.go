package career

import (
	"fmt"
	"testing"

	"waymark/internal/civil"
)

func TestBackupStaysPutAwayUntilThereIsAReason(t *testing.T) {
	day := func(s string) civil.Date { return on(s) }
	milestone := func(due, done string) Milestone {
		m := Milestone{ID: "g1.1", Due: day(due)}
		if done != "" {
			m.Done = day(done)
		}
		return m
	}
	for _, tc := range []struct {
		rule string
		plan Plan
		want bool
	}{
		{"nothing has happened", Plan{Backup: Backup{Risks: []Risk{{Kind: "layoff"}}}}, false},
		{"a risk has happened", Plan{Backup: Backup{Risks: []Risk{{Kind: "layoff", Met: day("2027-01-04")}}}}, true},
		{"a milestone is a week late", Plan{Goals: []Goal{{Status: Active, Milestones: []Milestone{milestone("2027-01-11", "")}}}}, false},
		{"a milestone is long overdue", Plan{Goals: []Goal{{Status: Active, Milestones: []Milestone{milestone("2027-01-04", "")}}}}, true},
		{"it was late and is done", Plan{Goals: []Goal{{Status: Active, Milestones: []Milestone{milestone("2027-01-04", "2027-01-15")}}}}, false},
		{"it belongs to a goal for later", Plan{Goals: []Goal{{Status: Later, Milestones: []Milestone{milestone("2027-01-04", "")}}}}, false},
		{"a goal was given up", Plan{Goals: []Goal{{Status: Dropped}}}, true},
	} {
		if got := BackupOpen(tc.plan, day("2027-01-18")); got != tc.want {
			t.Errorf("BackupOpen(%s) = %v, want %v", tc.rule, got, tc.want)
		}
	}
}

func TestRiskMetNotesTheFirstDay(t *testing.T) {
	p := Plan{Backup: Backup{Risks: []Risk{{Kind: "layoff"}}}}
	for _, d := range []string{"2027-01-04", "2027-01-09"} {
		if err := p.RiskMet("layoff", on(d)); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.Backup.Risks[0].Met; got != on("2027-01-04") {
		t.Errorf("met on %s, want the first day", got)
	}
	if err := p.RiskMet("flood", on("2027-01-04")); err == nil {
		t.Error("a risk nobody planned for was met")
	}
}

func TestPrepareCollectsWhatCameSinceTheLastReview(t *testing.T) {
	p := Plan{
		Reviews: []Review{{ID: "r1", Date: on("2027-01-10"), Held: true}, {ID: "r2", Date: on("2027-06-10")}},
		Wins:    []Win{{ID: "w1", On: on("2026-12-01")}, {ID: "w2", On: on("2027-03-01")}},
		Gaps:    []Gap{{ID: "a", Closed: on("2027-02-01")}, {ID: "b", Closed: on("2026-11-30")}, {ID: "c"}},
		Goals: []Goal{
			{ID: "g1", Kind: Course, Status: Active, Funding: "unsure", Milestones: []Milestone{
				{ID: "g1.1", Due: on("2027-02-01"), Done: on("2027-02-11")},
				{ID: "g1.2", Due: on("2027-08-01"), History: []Change{{What: changedDue, Due: on("2027-07-01")}}},
				{ID: "g1.3", Due: on("2027-09-01")},
			}},
			{ID: "g2", Status: Dropped},
		},
	}
	got := Prepare(p, p.Reviews[1], on("2027-06-01"))
	want(t, "wins since then", len(got.Wins) == 1 && got.Wins[0].ID == "w2", true)
	want(t, "gaps closed since then", len(got.Closed) == 1 && got.Closed[0].ID == "a", true)
	want(t, "goals that are worked on", len(got.Goals), 1)
	want(t, "who pays", len(got.Funding), 1)
	want(t, "milestones reached", len(got.Met), 1)
	want(t, "what slipped", len(got.Slipped), 2)
	want(t, "done ten days late", got.Slipped[0].Days, 10)
	want(t, "moved by a month", got.Slipped[1].Days, 31)
}

func TestAddContactsNamesNobodyTwice(t *testing.T) {
	var p Plan
	p.AddContacts(Contact{Who: "Jo", How: "coffee"}, Contact{Who: "Kim"}, Contact{})
	p.AddContacts(Contact{Who: "Jo", How: "mail"})
	want(t, "two people", len(p.Network), 2)
	want(t, "the latest way", p.Network[0].How, "mail")
}

func TestWhatMovedTogetherSlippedOnce(t *testing.T) {
	p := stairs()
	if _, err := p.MilestoneDone("g1.1", on("2026-12-12"), noon("2026-12-12")); err != nil {
		t.Fatal(err)
	}
	if err := p.ApplyShifts(Reflow(p, "g1.2", on("2027-02-20")), noon("2026-12-12")); err != nil {
		t.Fatal(err)
	}
	slipped := func() (out []string) {
		for _, s := range Prepare(p, Review{}, on("2026-12-20")).Slipped {
			out = append(out, fmt.Sprint(s.Milestone.ID, " ", s.Days))
		}
		return out
	}
	want(t, "Slipped", slipped(), []string{"g1.1 5", "g1.2 20", "g2.1 16", "g3.1 20", "g4.1 11"})
	p.Reviews = []Review{{ID: "r0", Date: on("2026-12-15"), Held: true}}
	want(t, "what was done before the last review is over", slipped()[0], "g1.2 20")
}

func TestPrepareShowsGrowth(t *testing.T) {
	g := Goal{ID: "g1", Status: Active, Scores: []Score{{on("2027-01-01"), -2}, {on("2027-02-01"), -1}, {on("2027-05-01"), 1}}}
	for _, tc := range []struct{ rule, held, want string }{
		{"since the review before", "2027-03-01", "-1 to 1"},
		{"since the beginning", "", "-2 to 1"},
		{"nothing since", "2027-05-01", ""},
	} {
		p := Plan{Goals: []Goal{g, {ID: "g2", Status: Active, Scores: g.Scores[:1]}}}
		if tc.held != "" {
			p.Reviews = []Review{{ID: "r1", Date: on(tc.held), Held: true}}
		}
		got := ""
		for _, x := range Prepare(p, Review{ID: "r2"}, on("2027-06-01")).Growth {
			got += fmt.Sprint(x.Then.Level, " to ", x.Now.Level)
		}
		want(t, tc.rule, got, tc.want)
	}
}

func TestWhatSideTalksBroughtIsKept(t *testing.T) {
	var p Plan
	p.Mentor, p.Rest = Mentor{Who: "Jo"}, Rest{Free: "Sundays"}
	p.Pay = Pay{Now: map[string]string{"pay": "12 an hour"}}
	p.AddContacts(Contact{Who: "Kim", On: on(today)}, Contact{Who: "kim", How: "mail"})
	p.AddWin(Win{Text: "trained two people", Kind: WinKinds[0]})
	side := func() string {
		return fmt.Sprint(p.Mentor.Who, p.Rest.Free, p.Pay.Now["pay"], p.Network, len(p.Wins))
	}
	before := side()
	want(t, "before", before, "JoSundays12 an hour[{Kim mail "+today+"}] 1")
	p.Suits(Derive(newTalk().pick("change", "no").Facts, titled, on(today)), noon(today))
	want(t, "the job suits", side(), before)
	want(t, "and nothing is to do", fmt.Sprint(p.Content, len(p.Goals), p.Confirmed.IsZero()), "true 0 false")
	p.Confirm(Derive(answers().Facts, titled, on(today)), noon(today))
	want(t, "and a plan after all", side(), before)
	want(t, "is one", fmt.Sprint(p.Content, len(p.Goals)), "false 3")
}

func TestARiskThatHappenedStays(t *testing.T) {
	p := planOf(answers())
	if err := p.RiskMet("layoff", on("2027-01-04")); err != nil {
		t.Fatal(err)
	}
	f := answers().text("head_start", "list ten").pick("risks", "layoff", "exam")
	for _, d := range Diff(p, Derive(f.Facts, titled, on("2027-01-05"))) {
		if err := p.Apply(d, noon("2027-01-05")); err != nil {
			t.Error(err)
		}
	}
	want(t, "Risks", fmt.Sprint(p.Backup.Risks[0].Met, " ", len(p.Backup.Risks), " ", p.Backup.HeadStart), "2027-01-04 2 list ten")
}
