package career

import (
	"slices"
	"strings"
	"testing"
)

// example is a person of the worked examples: what they answered, and what must
// come of it.
type example struct {
	who     string
	f       *talk
	gaps    []string // "id severity", all of them
	actions []string // ids that must be offered
	goals   []string // titles
	check   func(*testing.T, Plan)
}

// TestWorkedExamples follows eight people from their answers to their plan.
func TestWorkedExamples(t *testing.T) {
	for _, e := range []example{frontDesk(), assistant(), salesAssociate(), bartender(), developer(), accountant(), writer(), iceCream()} {
		t.Run(e.who, func(t *testing.T) {
			p := Derive(e.f.Facts, titled, on(today))
			want(t, "gaps", gapStrings(p.Gaps), e.gaps)
			var offered []string
			for _, g := range p.Gaps {
				offered = append(offered, actionIDs(Actions(g, e.f.Facts))...)
			}
			for _, id := range e.actions {
				if !slices.Contains(offered, id) {
					t.Errorf("offered %v, want %s among them", offered, id)
				}
			}
			var titles []string
			for _, g := range p.Goals {
				titles = append(titles, g.Title)
			}
			want(t, "goals", strings.Join(titles, "; "), strings.Join(e.goals, "; "))
			if e.check != nil {
				e.check(t, p)
			}
		})
	}
}

func units(g Goal) int {
	n := 0
	for _, m := range g.Milestones {
		if m.Kind == Unit {
			n++
		}
	}
	return n
}

func frontDesk() example {
	const course = "exposure/idea_class"
	return example{
		who: "front desk at a doctor's office who wants to be a nurse",
		f: newTalk().text("job", "front desk at a doctor's office").text("field", "health care").text("target", "nurse").
			pick("same_field", "yes").pick("stepping", "no").
			list("closer", "volunteer at a clinic", "take a nursing class").pick("track", "yes").
			pick("move_up", "yes").pick("how_often", "yearly").pick("tight", "no").pick("elsewhere", "near").list("elsewhere_names", "city clinic").
			pick("education", "missing").text("education_what", "a nursing diploma").pick("experience", "have").
			pick("gap_pick", "education", "exposure").act("education", "education/compare_programmes").act("exposure", "exposure/idea", course).
			pick("goal_pick", course, "exposure/idea").course(course, "2027-01-11", 9, "unsure").due("exposure/idea", "2027-03-01").
			pick("risks", "exam").item("risk_then", "exam", Fact{Text: "work as a medical assistant first"}).
			list("alternatives", "medical assistant", "another clinic"),
		gaps:    []string{"education blocking", "exposure slows", "openings nice"},
		actions: []string{"exposure/idea", course, "exposure/ask_task", "education/compare_programmes", "education/ask_funding", "education/schooling"},
		goals:   []string{"idea_class: take a nursing class", "idea: volunteer at a clinic"},
		check: func(t *testing.T, p Plan) {
			want(t, "nine months, nine milestones", units(p.Goals[0]), 9)
			want(t, "the first of them", p.Goals[0].Milestones[2].Due, on("2027-02-11"))
			want(t, "alternatives", p.Backup.Alternatives, []string{"medical assistant", "another clinic"})
		},
	}
}

func assistant() example {
	return example{
		who: "administrative assistant, HR assistant, HR manager",
		f: newTalk().text("target", "HR manager").pick("same_field", "yes").pick("stepping", "yes").pick("track", "yes").
			pick("move_up", "yes").list("openings", "HR assistant").pick("how_often", "unsure").pick("tight", "no").
			pick("elsewhere", "near").list("elsewhere_names", "the town hall").
			pick("education", "have").pick("experience", "missing").months("years_need", 36, "3 years").months("years_have", 12, "one year").
			list("skills").list("certificates", "HR certificate").
			pick("gap_pick", "certificate:1", "experience").act("certificate:1", "certificate:1/ask_refund").act("experience", "experience/wait_years", "experience/review_talk").
			pick("goal_pick", "certificate:1/ask_refund", "experience/wait_years", "experience/review_talk").
			pick("has_review", "yes").date("review_date", "2027-01-20").
			list("alternatives", "payroll", "training"),
		gaps:    []string{"experience slows", "certificate:1 slows", "openings nice", "information:openings nice"},
		actions: []string{"certificate:1/ask_refund", "certificate:1/certificate", "information:openings/openings_page", "experience/review_talk", "openings/contact_at"},
		goals:   []string{"ask_refund: HR certificate", "wait_years: 3 years", "review_talk"},
		check: func(t *testing.T, p Plan) {
			want(t, "the years place the manager step", p.Eligible, on("2028-11-22"))
			want(t, "the talk is in the review", p.Goals[2].Due, on("2027-01-20"))
		},
	}
}

func salesAssociate() example {
	return example{
		who: "sales associate, sales lead, head of department",
		f: newTalk().text("target", "sales lead").pick("same_field", "yes").pick("stepping", "yes").
			pick("track", "unsure").text("track_change", "lead a shift first").
			pick("move_up", "yes").list("openings", "shift lead").pick("how_often", "rarely").pick("tight", "yes").
			pick("elsewhere", "far").list("elsewhere_names", "the store in Leeds").
			list("skills", "leading people").
			pick("gap_pick", "openings", "skill:1").act("openings", "openings/successor_talk", "openings/contact_at").act("skill:1", "skill:1/skill_course", "skill:1/skill_mentor").
			pick("goal_pick", "openings/successor_talk", "skill:1/skill_mentor"),
		gaps:    []string{"information:track slows", "openings slows", "skill:1 slows"},
		actions: []string{"openings/ask_opening", "openings/successor_talk", "openings/contact_at", "openings/two_applications", "information:track/ask_promoted", "information:track/change_track", "skill:1/skill_course", "skill:1/skill_mentor"},
		goals:   []string{"successor_talk", "skill_mentor: leading people"},
		check: func(t *testing.T, p Plan) {
			want(t, "the red flag is named", p.Gaps[1].TextKey(), "openings_tight")
		},
	}
}

func bartender() example {
	return example{
		who: "bartender who wants to sell drinks",
		f: newTalk().text("job", "bartender").text("target", "drinks sales").pick("same_field", "no").
			pick("why_job", "income").text("differently", "look at the hours first").
			list("transfer", "knowing drinks", "talking to guests").list("wanted_jobs", "sales rep").
			text("requirements", "two years in sales").pick("qualify", "no").list("step_lower", "shop assistant in a wine shop").
			pick("move_up", "no").pick("elsewhere", "no").pick("elsewhere_same", "better").
			pick("experience", "missing").months("years_need", 24, "2 years").months("years_have", 0, "none").
			pick("gap_pick", "entry", "experience").act("entry", "entry/apply_lower", "entry/stories").act("experience", "experience/wait_years").
			pick("goal_pick", "entry/apply_lower", "experience/wait_years").due("entry/apply_lower", "2027-03-31"),
		gaps:    []string{"entry blocking", "experience slows", "openings nice"},
		actions: []string{"entry/apply_lower", "entry/stories", "entry/own_test", "entry/read_ads"},
		goals:   []string{"apply_lower: shop assistant in a wine shop", "wait_years: 2 years"},
		check: func(t *testing.T, p Plan) {
			want(t, "criteria", p.Criteria, "look at the hours first")
			want(t, "two years from the stepping role", p.Eligible, on("2029-03-31"))
		},
	}
}

func developer() example {
	return example{
		who: "developer who wants an agency of their own",
		f: newTalk().text("job", "developer").text("target", "run my own agency").pick("same_field", "yes").pick("stepping", "partly").pick("track", "yes").
			pick("move_up", "yes").pick("how_often", "often").pick("tight", "no").pick("elsewhere", "no").
			pick("gap_pick", "track").act("track", "track/first_client", "track/savings", "track/contract_check").
			pick("goal_pick", "track/first_client", "track/savings", "track/contract_check").
			list("alternatives", "freelance", "tech lead"),
		gaps:    []string{"exposure slows", "track slows"},
		actions: []string{"track/first_client", "track/savings", "track/contract_check", "track/mentor_owner"},
		goals:   []string{"first_client", "savings", "contract_check"},
		check: func(t *testing.T, p Plan) {
			want(t, "without an employer", p.Gaps[1].TextKey(), "track_business")
		},
	}
}

func accountant() example {
	const reports = "own:error-free reports before the deadline"
	return example{
		who: "accountant with a goal for the job and one for the career",
		f: newTalk().text("target", "head of accounting").pick("same_field", "yes").pick("stepping", "yes").pick("track", "no").text("track_change", "lead a project").
			pick("gap_pick", "track").act("track", "track/responsibility").
			pick("goal_pick", reports, "track/responsibility").item("scope", reports, choice("job")).
			item("measure", reports, Fact{Text: "no corrections in March"}).due(reports, "2027-03-31"),
		gaps:    []string{"track slows"},
		actions: []string{"track/change_track", "track/responsibility", "track/review_talk"},
		goals:   []string{"error-free reports before the deadline", "responsibility"},
		check: func(t *testing.T, p Plan) {
			want(t, "kept apart", []Scope{p.Goals[0].Scope, p.Goals[1].Scope}, []Scope{JobGoal, CareerGoal})
			want(t, "and linked", p.Goals[0].Serves, "g2")
		},
	}
}

func writer() example {
	return example{
		who: "freelance writer and bartender, two tracks",
		f: newTalk().text("job", "bartender").text("target", "freelance writer").pick("same_field", "no").
			list("wanted_jobs", "copywriter").text("requirements", "a portfolio").pick("qualify", "partly").list("step_lower").
			hours(4).list("tracks", "writing", "the bar").item("track_step", "the bar", Fact{Text: "lead the Friday bar team"}).
			pick("gap_pick", "track", "entry").act("track", "track/first_client").
			pick("goal_pick", "track/first_client"),
		gaps:    []string{"entry slows", "track slows"},
		actions: []string{"entry/list_lower", "track/first_client"},
		goals:   []string{"first_client", "lead the Friday bar team"},
		check: func(t *testing.T, p Plan) {
			p.Confirm(p, noon(today))
			want(t, "separate goals, one track at a time", goalStrings(p), []string{"g1 writing active", "g2 the bar later"})
			g, _, ok := WeekStep(p)
			want(t, "one step a week in all", ok && g.ID == "g1", true)
		},
	}
}

func iceCream() example {
	return example{
		who: "part-time in an ice cream shop, and content",
		f:   newTalk().text("job", "ice cream seller").pick("feels_like", "job").pick("change", "no").pick("content_help", "nothing"),
		check: func(t *testing.T, p Plan) {
			want(t, "content", p.Content, true)
			want(t, "no goals, no reviews", len(p.Goals)+len(p.Reviews), 0)
		},
	}
}
