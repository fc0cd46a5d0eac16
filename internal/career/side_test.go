package career

import (
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
