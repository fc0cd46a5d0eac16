package career

import (
	"fmt"
	"testing"
)

const today = "2026-11-22"

// oneGoal is what picking a single own goal makes.
func oneGoal(t *testing.T, f *talk) Goal {
	t.Helper()
	goals := Goals(f.Facts, titled, on(today))
	if len(goals) != 1 {
		t.Fatalf("Goals = %d goals, want 1", len(goals))
	}
	return goals[0]
}

func TestMilestones(t *testing.T) {
	own := func() *talk { return newTalk().pick("goal_pick", "own:write a guide") }
	const id = "own:write a guide"
	for _, tc := range []struct {
		rule string
		f    *talk
		due  string
		want []string
	}{
		{"a first step within a week, a look back after six weeks", own().due(id, "2027-02-22"), "2027-02-22",
			[]string{"first 2026-11-30", "halfway 2027-01-07", "finish 2027-02-22"}},
		{"six weeks need no look back", own().due(id, "2027-01-03"), "2027-01-03", []string{"first 2026-11-30", "finish 2027-01-03"}},
		{"a day more does", own().due(id, "2027-01-04"), "2027-01-04", []string{"first 2026-11-30", "halfway 2026-12-14", "finish 2027-01-04"}},
		{"half of a short time", own().due(id, "2026-11-26"), "2026-11-26", []string{"first 2026-11-24", "finish 2026-11-26"}},
		{"due today", own().due(id, today), today, []string{"finish 2026-11-22"}},
		{"a date that has passed is today", own().due(id, "2026-10-01"), today, []string{"finish 2026-11-22"}},
		{"no date said: four weeks", own(), "2026-12-21", []string{"first 2026-11-30", "finish 2026-12-21"}},
		{"month ends are clamped, each counted from the start", own().course(id, "2027-01-31", 3, "yes"), "2027-05-14",
			[]string{"first 2026-11-30", "start 2027-01-31", "unit 1/3 2027-02-28", "booking 2027-02-28", "unit 2/3 2027-03-31", "unit 3/3 2027-04-30", "finish 2027-05-14"}},
		{"two months are too short for an exam to be booked ahead", own().course(id, "2026-12-01", 2, "no"), "2027-02-15",
			[]string{"first 2026-11-30", "start 2026-12-01", "unit 1/2 2027-01-01", "unit 2/2 2027-02-01", "finish 2027-02-15"}},
		{"who pays is asked before the start", own().course(id, "2026-12-05", 1, "unsure"), "2027-01-19",
			[]string{"funding 2026-11-30", "start 2026-12-05", "unit 1/1 2027-01-05", "finish 2027-01-19"}},
		{"or within two weeks", own().course(id, "2027-06-01", 1, "unsure"), "2027-07-15",
			[]string{"funding 2026-12-07", "start 2027-06-01", "unit 1/1 2027-07-01", "finish 2027-07-15"}},
		{"a course that is running: what has passed is today", own().course(id, "2026-09-10", 3, "unsure"), "2026-12-24",
			[]string{"funding 2026-11-22", "unit 1/3 2026-11-22", "unit 2/3 2026-11-22", "booking 2026-11-22", "unit 3/3 2026-12-10", "finish 2026-12-24"}},
		{"a course that is over", own().course(id, "2025-01-01", 2, "yes"), today,
			[]string{"unit 1/2 2026-11-22", "unit 2/2 2026-11-22", "finish 2026-11-22"}},
		{"a course without a start begins in four weeks", own().item("course_months", id, Fact{Months: 1}), "2027-02-03",
			[]string{"first 2026-11-30", "start 2026-12-20", "unit 1/1 2027-01-20", "finish 2027-02-03"}},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			g := oneGoal(t, tc.f)
			want(t, "Due", g.Due, on(tc.due))
			want(t, "milestones", milestoneStrings(g), tc.want)
			for i, m := range g.Milestones {
				want(t, "id", m.ID, fmt.Sprint("g1.", i+1))
			}
		})
	}
}

// TestNineMonthCourse is the worked example: from 11 January, nine months.
func TestNineMonthCourse(t *testing.T) {
	f := newTalk().list("certificates", "HR certificate").pick("gap_pick", "certificate:1").
		act("certificate:1", "certificate:1/certificate").pick("goal_pick", "certificate:1/certificate").
		course("certificate:1/certificate", "2027-01-11", 9, "partly").
		item("if_then", "certificate:1/certificate", Fact{Text: "If it is Tuesday, then I read a chapter"}).
		item("obstacle", "certificate:1/certificate", Fact{Text: "I put off what I\nam not good at"})
	g := oneGoal(t, f)
	want(t, "kind, title", fmt.Sprint(g.Kind, "/", g.Title), "course/certificate: HR certificate")
	want(t, "start, months, funding", fmt.Sprint(g.Start, g.Months, g.Funding), "2027-01-11 9partly")
	want(t, "closes", g.Closes, []string{"certificate:1"})
	want(t, "from", g.From, []AnswerID{"goal_pick", "act@certificate:1", "certificates"})
	want(t, "if-then", g.IfThen, "If it is Tuesday, then I read a chapter")
	want(t, "obstacle", g.Obstacle, "I put off what I am not good at")
	want(t, "milestones", milestoneStrings(g), []string{
		"first 2026-12-01", "start 2027-01-11",
		"unit 1/9 2027-02-11", "unit 2/9 2027-03-11", "unit 3/9 2027-04-11", "unit 4/9 2027-05-11",
		"halfway 2027-06-01", "unit 5/9 2027-06-11", "unit 6/9 2027-07-11", "unit 7/9 2027-08-11", "booking 2027-08-11",
		"unit 8/9 2027-09-11", "unit 9/9 2027-10-11", "finish 2027-11-21",
	})
}

func TestExperienceIsDated(t *testing.T) {
	const wait = "experience/wait_years"
	base := func() *talk {
		return newTalk().pick("experience", "partly").months("years_need", 24, "2 years").months("years_have", 18, "a year and a half").
			pick("gap_pick", "experience").act("experience", wait).pick("goal_pick", wait)
	}
	for _, tc := range []struct {
		rule string
		f    *talk
		due  string
		want []string
	}{
		{"the missing years from today, and a month to apply", base(), "2027-06-22",
			[]string{"first 2026-11-30", "halfway 2027-03-08", "eligible 2027-05-22", "finish 2027-06-22"}},
		{"a later date stays", base().due(wait, "2027-12-31"), "2027-12-31",
			[]string{"first 2026-11-30", "eligible 2027-05-22", "halfway 2027-06-14", "finish 2027-12-31"}},
		{"years cannot be hurried", base().due(wait, "2027-01-31"), "2027-06-22",
			[]string{"first 2026-11-30", "halfway 2027-03-08", "eligible 2027-05-22", "finish 2027-06-22"}},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			g := oneGoal(t, tc.f)
			want(t, "Due", g.Due, on(tc.due))
			want(t, "milestones", milestoneStrings(g), tc.want)
		})
	}

	t.Run("they count from the first job in the new field", func(t *testing.T) {
		f := base().pick("same_field", "no").pick("qualify", "no").list("step_lower", "ward clerk").
			pick("gap_pick", "entry", "experience").act("entry", "entry/apply_lower").
			pick("goal_pick", wait, "entry/apply_lower").due("entry/apply_lower", "2027-03-01")
		p := Derive(f.Facts, titled, on(today))
		want(t, "Eligible", p.Eligible, on("2027-09-01"))
		want(t, "Due of the wait", p.Goals[0].Due, on("2027-10-01"))
	})
	t.Run("on the map even where no goal waits for it", func(t *testing.T) {
		f := newTalk().pick("experience", "missing").months("years_need", 12, "a year")
		want(t, "Eligible", Derive(f.Facts, titled, on(today)).Eligible, on("2027-11-22"))
	})
	t.Run("enough years need no date", func(t *testing.T) {
		f := newTalk().pick("experience", "partly").months("years_need", 12, "a year").months("years_have", 36, "three")
		want(t, "Eligible", Derive(f.Facts, titled, on(today)).Eligible.IsZero(), true)
	})
}

func TestChosenActions(t *testing.T) {
	gaps := func() *talk {
		return newTalk().pick("track", "no").pick("move_up", "no").list("skills", "SQL")
	}
	for _, tc := range []struct {
		rule string
		f    *talk
		want []string
	}{
		{"in the order the gaps were picked, own entries numbered", gaps().pick("gap_pick", "skill:1", "track").
			act("track", "track/ask_promoted").act("skill:1", "own:ask Ben", "skill:1/practise", "own:read a book"),
			[]string{"skill:1/own:1", "skill:1/practise", "skill:1/own:2", "track/ask_promoted"}},
		{"the same thing for two gaps once", gaps().pick("gap_pick", "track", "openings").
			act("track", "track/review_talk").act("openings", "openings/review_talk", "openings/map_path"),
			[]string{"track/review_talk", "openings/map_path"}},
		{"a gap the answers no longer show drops out with its actions", gaps().pick("gap_pick", "exposure", "track").
			act("exposure", "exposure/shadow").act("track", "track/mentor"), []string{"track/mentor"}},
		{"nothing picked for the gaps: their first actions", gaps().pick("gap_pick", "skill:1"),
			[]string{"skill:1/practise", "skill:1/skill_course"}},
		{"no gap: show it and ask for the step", newTalk(),
			[]string{"plan/review_talk", "plan/ask_step", "plan/collect_win", "plan/mentor"}},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			want(t, "ChosenActions", actionIDs(ChosenActions(tc.f.Facts)), tc.want)
		})
	}

	t.Run("an option that is no longer offered stays as it was worded", func(t *testing.T) {
		f := gaps().pick("gap_pick", "track")
		f.item("act", "track", Fact{Choices: []string{"track/older"}, Labels: []string{"Do the older thing"}, Own: []bool{false}})
		got := ChosenActions(f.Facts)
		want(t, "ChosenActions", got, []Action{{ID: "track/older", Gap: "track", Kind: OwnWords, Words: "Do the older thing", Days: defaultDay}})
	})
}

func TestGoals(t *testing.T) {
	f := newTalk().pick("track", "no").pick("move_up", "no").
		pick("gap_pick", "track", "openings").act("track", "track/review_talk", "own:ask  Ben").act("openings", "openings/review_talk").
		pick("goal_pick", "track/review_talk", "track/own:1", "own:error-free reports before the deadline").
		item("measure", "track/own:1", Fact{Text: "Ben said yes or no"}).
		item("scope", "own:error-free reports before the deadline", choice("job")).
		pick("has_review", "yes").date("review_date", "2027-02-12")
	goals := Goals(f.Facts, titled, on(today))
	want(t, "number of goals", len(goals), 3)
	want(t, "a talk with the manager goes into the review", goals[0].Due, on("2027-02-12"))
	want(t, "one goal for two gaps", goals[0].Closes, []string{"track", "openings"})
	want(t, "from all its answers", goals[0].From, []AnswerID{"goal_pick", "act@track", "track", "act@openings", "move_up"})
	want(t, "own words", fmt.Sprint(goals[1].Title, "/", goals[1].Kind, "/", goals[1].Measure), "ask Ben/own/Ben said yes or no")
	want(t, "a goal for the job is kept apart", goals[2].Scope, JobGoal)
	want(t, "and linked to the career", goals[2].Serves, "g1")
	want(t, "and needs no gap", len(goals[2].Closes), 0)
	for _, g := range goals {
		want(t, "status of "+g.ID, g.Status, Draft)
	}

	again := Goals(f.Facts, titled, on(today))
	want(t, "the same answers make the same goals", fmt.Sprint(again), fmt.Sprint(goals))

	t.Run("no title, no harm", func(t *testing.T) {
		got := Goals(f.Facts, nil, on(today))
		want(t, "title", got[1].Title, "ask Ben")
	})
	t.Run("picked twice is one goal", func(t *testing.T) {
		f.pick("goal_pick", "own:a", "own:a")
		want(t, "goals", len(Goals(f.Facts, titled, on(today))), 1)
	})
	t.Run("answers about own goals are found by their words too", func(t *testing.T) {
		f := newTalk().pick("goal_pick", "own:write a guide").due("write a guide", "2027-01-01")
		want(t, "Due", oneGoal(t, f).Due, on("2027-01-01"))
	})
}

func TestDerive(t *testing.T) {
	f := newTalk().text("job", "waiter").text("target", "restaurant lead").text("reason", "a say").date("by", "2028-12-31").
		pick("track", "no").pick("tight", "yes").pick("gap_pick", "openings").text("differently", "ask for a trial day").
		pick("has_review", "no").date("talk_date", "2027-01-31").
		pick("risks", "layoff", "own:the chef leaves").item("risk_then", "layoff", Fact{Text: "write to Jo"}).
		item("risk_then", "own:the chef leaves", Fact{Text: "follow the chef"}).
		list("alternatives", "hotel", "own place").text("head_start", "list five places")
	p := Derive(f.Facts, titled, on(today))
	want(t, "lines", fmt.Sprint(p.Job, "/", p.Target, "/", p.Reason, "/", p.By, "/", p.Criteria), "waiter/restaurant lead/a say/2028-12-31/ask for a trial day")
	want(t, "a talk where there are no reviews", p.Reviews, []Review{{ID: "r1", Date: on("2027-01-31"), Asked: on("2027-01-31")}})
	want(t, "backup", p.Backup, Backup{
		Risks: []Risk{
			{Kind: "layoff", Then: "write to Jo", By: on("2027-02-22")},
			{Kind: "the chef leaves", Own: true, Then: "follow the chef", By: on("2027-02-22")},
		},
		Alternatives: []string{"hotel", "own place"}, HeadStart: "list five places",
	})
	var picked []string
	for _, g := range p.Gaps {
		if g.Picked {
			picked = append(picked, g.ID)
		}
	}
	want(t, "picked", picked, []string{"openings"})
	want(t, "gaps", len(p.Gaps), 2)
	want(t, "a draft", p.Confirmed.IsZero() && !p.Content, true)

	content := Derive(newTalk().text("job", "ice cream seller").pick("change", "no").Facts, titled, on(today))
	want(t, "content", content.Content, true)
	want(t, "nothing to do", len(content.Gaps)+len(content.Goals)+len(content.Reviews), 0)

	empty := Derive(Facts{}, titled, on(today))
	want(t, "no answers yet", len(empty.Gaps)+len(empty.Goals), 0)

	want(t, "not knowing is no risk", len(Derive(newTalk().pick("risks", "unsure").Facts, titled, on(today)).Backup.Risks), 0)

	f.date("by", "2026-12-24")
	p = Derive(f.Facts, titled, on(today))
	want(t, "a risk is looked at by the end at the latest", p.Backup.Risks[0].By, on("2026-12-24"))
	want(t, "no goals without a pick", len(p.Goals), 0)
}

func TestGoalsForTheJob(t *testing.T) {
	const reports, guide = "own:no errors in March", "own:write a guide"
	f := func() *talk {
		return newTalk().pick("track", "no").pick("gap_pick", "track").act("track", "track/mentor", "track/responsibility").
			pick("goal_pick", reports, "track/mentor", "track/responsibility", guide).item("scope", reports, choice("job"))
	}
	for _, tc := range []struct {
		rule string
		f    *talk
		want string
	}{
		{"nobody asked: the first goal for the career", f(), "job/g2"},
		{"the one they said", f().item("serves", reports, choice("track/responsibility")), "job/g3"},
		{"an own one", f().item("serves", reports, choice(guide)), "job/g4"},
		{"none: it stands alone", f().item("serves", reports, choice("none")), "job/"},
		{"skipped: it stands alone", f().item("serves", reports, Fact{Skipped: true}), "job/"},
		{"not itself", f().item("serves", reports, choice(reports)), "job/"},
		{"not another one for the job", f().item("scope", guide, choice("job")).item("serves", reports, choice(guide)), "job/"},
		{"for both it needs no other", f().item("scope", reports, choice("both")), "both/"},
		{"and can be served", f().item("scope", guide, choice("both")).item("serves", reports, choice(guide)), "job/g4"},
		{"for the career", f().item("scope", reports, choice("career")), "career/"},
	} {
		g := Goals(tc.f.Facts, titled, on(today))[0]
		want(t, tc.rule, fmt.Sprint(g.Scope, "/", g.Serves), tc.want)
	}
}

func TestAnswersToTheLettersOfSmart(t *testing.T) {
	const id = "own:be better"
	f := newTalk().pick("track", "no").pick("tight", "yes").pick("goal_pick", id).
		item("outcome", id, Fact{Text: "lead one team meeting a month"}).item("closes", id, choice("track", "luck"))
	g := oneGoal(t, f)
	want(t, "what will be done is the title", g.Title, "lead one team meeting a month")
	want(t, "the gap it closes", g.Closes, []string{"track"})
	want(t, "and where that comes from", g.From, []AnswerID{"goal_pick", "closes@own:be better"})
	want(t, "in the person's words", g.Words, "lead one team meeting a month")
	want(t, "skipped, it keeps its title", oneGoal(t, newTalk().pick("goal_pick", id).item("outcome", id, Fact{Skipped: true})).Title, "be better")
}
