package reminder

import (
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/career"
	"waymark/internal/civil"
)

// at reads "2027-02-08 10:00" on the wall clock of zone.
func at(t testing.TB, s, zoneName string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zoneName)
	if err != nil {
		t.Fatal(err)
	}
	v, err := time.ParseInLocation("2006-01-02 15:04", s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func date(t testing.TB, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// planOf is a plan confirmed long ago with one goal and these milestones.
func planOf(confirmed time.Time, ms ...career.Milestone) career.Plan {
	return career.Plan{
		Confirmed: confirmed,
		Goals:     []career.Goal{{ID: "g1", Status: career.Active, Created: confirmed, Milestones: ms}},
	}
}

// listing is one line an occurrence: wall time, key, and the wall time of Until.
func listing(occ []Occurrence, loc *time.Location) []string {
	const f = "Mon 2006-01-02 15:04"
	var out []string
	for _, o := range occ {
		out = append(out, o.At.In(loc).Format(f)+" "+o.Key+" until "+o.Until.In(loc).Format(f))
	}
	return out
}

func TestMoments(t *testing.T) {
	onlyKinds := func(keep ...Kind) (off []Kind) {
		for _, r := range Kinds {
			if !slices.Contains(keep, r.Kind) {
				off = append(off, r.Kind)
			}
		}
		return off
	}
	milestones := onlyKinds(MilestoneAhead, MilestoneDue, MilestoneOverdue, ExamBooking, Eligible)
	tests := []struct {
		name     string
		now      string
		settings Settings
		change   func(*career.Plan, *Settings, *State)
		want     string
	}{
		{
			name:     "a milestone comes 7 and 1 working days ahead, on the day, and 1 and 7 working days after",
			now:      "2027-01-11 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: milestones},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Goals[0].Milestones = []career.Milestone{{ID: "g1.2", Due: date(t, "2027-02-11")}}
			},
			want: `
				Tue 2027-02-02 10:00 milestone_ahead/7/g1.2@2027-02-11 until Sat 2027-02-06 00:00
				Wed 2027-02-10 10:00 milestone_ahead/1/g1.2@2027-02-11 until Thu 2027-02-11 00:00
				Thu 2027-02-11 10:00 milestone_due/g1.2@2027-02-11 until Mon 2027-02-15 00:00
				Fri 2027-02-12 10:00 milestone_overdue/1/g1.2@2027-02-11 until Sat 2027-03-06 00:00
				Mon 2027-02-22 10:00 milestone_overdue/7/g1.2@2027-02-11 until Tue 2027-03-16 00:00`,
		},
		{
			name:     "due on a Saturday is said on Monday, and overdue counts from there",
			now:      "2027-02-01 08:00",
			settings: Settings{Zone: "America/New_York", Off: milestones},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Goals[0].Milestones = []career.Milestone{{ID: "g1.1", Due: date(t, "2027-02-13")}}
			},
			want: `
				Thu 2027-02-04 10:00 milestone_ahead/7/g1.1@2027-02-13 until Mon 2027-02-08 00:00
				Fri 2027-02-12 10:00 milestone_ahead/1/g1.1@2027-02-13 until Sat 2027-02-13 00:00
				Mon 2027-02-15 10:00 milestone_due/g1.1@2027-02-13 until Fri 2027-02-19 00:00
				Tue 2027-02-16 10:00 milestone_overdue/1/g1.1@2027-02-13 until Wed 2027-03-10 00:00
				Wed 2027-02-24 10:00 milestone_overdue/7/g1.1@2027-02-13 until Thu 2027-03-18 00:00`,
		},
		{
			name:     "a person's own days and holidays are the working days",
			now:      "2027-02-01 08:00",
			settings: Settings{Zone: "Asia/Jerusalem", Off: milestones, Days: 1<<0 | 1<<1 | 1<<2 | 1<<3 | 1<<4, Hour: 14},
			change: func(p *career.Plan, s *Settings, _ *State) {
				p.Goals[0].Milestones = []career.Milestone{{ID: "g1.1", Due: date(t, "2027-02-14")}} // a Sunday
				s.Holidays = []civil.Date{date(t, "2027-02-11")}                                     // the Thursday before
			},
			want: `
				Tue 2027-02-02 14:00 milestone_ahead/7/g1.1@2027-02-14 until Sat 2027-02-06 00:00
				Wed 2027-02-10 14:00 milestone_ahead/1/g1.1@2027-02-14 until Sun 2027-02-14 00:00
				Sun 2027-02-14 14:00 milestone_due/g1.1@2027-02-14 until Thu 2027-02-18 00:00
				Mon 2027-02-15 14:00 milestone_overdue/1/g1.1@2027-02-14 until Tue 2027-03-09 00:00
				Tue 2027-02-23 14:00 milestone_overdue/7/g1.1@2027-02-14 until Wed 2027-03-17 00:00`,
		},
		{
			name:     "where the coach may speak on two days a week, working days ahead stay working days",
			now:      "2026-11-26 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: milestones, Days: 1<<time.Friday | 1<<time.Sunday},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Confirmed, p.Goals[0].Created = at(t, "2026-11-23 09:00", berlin), at(t, "2026-11-23 09:00", berlin)
				p.Goals[0].Milestones = []career.Milestone{{ID: "g1.1", Due: date(t, "2026-12-24")}} // a Thursday
			},
			want: `
				Sun 2026-12-13 10:00 milestone_ahead/7/g1.1@2026-12-24 until Thu 2026-12-17 00:00
				Sun 2026-12-20 10:00 milestone_ahead/1/g1.1@2026-12-24 until Thu 2026-12-24 00:00
				Fri 2026-12-25 10:00 milestone_due/g1.1@2026-12-24 until Tue 2026-12-29 00:00
				Fri 2027-01-01 10:00 milestone_overdue/1/g1.1@2026-12-24 until Sat 2027-01-23 00:00
				Fri 2027-01-08 10:00 milestone_overdue/7/g1.1@2026-12-24 until Sat 2027-01-30 00:00`,
		},
		{
			name:     "booking an exam and reaching eligibility have kinds of their own",
			now:      "2027-01-11 08:00",
			settings: Settings{Zone: "Pacific/Kiritimati", Off: milestones},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Goals[0].Milestones = []career.Milestone{
					{ID: "g1.1", Kind: career.Booking, Due: date(t, "2027-02-10")},
					{ID: "g1.2", Kind: career.Eligible, Due: date(t, "2027-02-01")},
				}
			},
			want: `
				Mon 2027-02-01 10:00 exam_booking/7/g1.1@2027-02-10 until Tue 2027-02-09 00:00
				Mon 2027-02-01 10:00 eligible/g1.2@2027-02-01 until Tue 2027-02-23 00:00
				Wed 2027-02-10 10:00 exam_booking/g1.1@2027-02-10 until Thu 2027-02-18 00:00
				Thu 2027-02-11 10:00 milestone_overdue/1/g1.1@2027-02-10 until Fri 2027-03-05 00:00
				Fri 2027-02-19 10:00 milestone_overdue/7/g1.1@2027-02-10 until Sat 2027-03-13 00:00`,
		},
		{
			name:     "a review counts down 28, 14, 3, 1 days and is asked about the day after",
			now:      "2027-01-04 08:00",
			settings: Settings{Zone: "Australia/Lord_Howe", Off: onlyKinds(ReviewAhead, ReviewAfter)},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Reviews = []career.Review{{ID: "r1", Date: date(t, "2027-02-11")}, {ID: "r0", Date: date(t, "2027-02-11"), Held: true}}
			},
			want: `
				Thu 2027-01-14 10:00 review_ahead/28/r1@2027-02-11 until Wed 2027-01-20 00:00
				Thu 2027-01-28 10:00 review_ahead/14/r1@2027-02-11 until Wed 2027-02-03 00:00
				Mon 2027-02-08 10:00 review_ahead/3/r1@2027-02-11 until Thu 2027-02-11 00:00
				Wed 2027-02-10 10:00 review_ahead/1/r1@2027-02-11 until Thu 2027-02-11 00:00
				Fri 2027-02-12 10:00 review_after/1/r1@2027-02-11 until Sat 2027-02-27 00:00`,
		},
		{
			name:     "the day before a Monday's review is the Friday, never the Monday",
			now:      "2027-02-05 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(ReviewAhead)},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Reviews = []career.Review{{ID: "r1", Date: date(t, "2027-02-08")}}
			},
			want: `
				Fri 2027-02-05 10:00 review_ahead/1/r1@2027-02-08 until Mon 2027-02-08 00:00
				Fri 2027-02-05 10:00 review_ahead/3/r1@2027-02-08 until Mon 2027-02-08 00:00`,
		},
		{
			name:     "a monthly check-in keeps the 31st, is clamped in short months and leaves weekends",
			now:      "2027-01-30 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(CheckIn), Cadence: Cadence{Every: 1, Unit: Month, Hour: 15, Start: date(t, "2026-12-31")}},
			want: `
				Mon 2027-02-01 15:00 check_in@2027-01-31 until Sun 2027-02-07 00:00
				Mon 2027-03-01 15:00 check_in@2027-02-28 until Sun 2027-03-07 00:00
				Wed 2027-03-31 15:00 check_in@2027-03-31 until Tue 2027-04-06 00:00
				Fri 2027-04-30 15:00 check_in@2027-04-30 until Thu 2027-05-06 00:00`,
		},
		{
			name:     "a daily check-in does not pile up over the weekend",
			now:      "2027-02-04 11:00",
			settings: Settings{Zone: "America/New_York", Off: onlyKinds(CheckIn), Cadence: Cadence{Every: 1, Unit: Day, Start: date(t, "2027-02-03")}},
			change:   func(_ *career.Plan, s *Settings, st *State) { s.Holidays = days(t, "2027-02-10", 90) },
			want: `
				Thu 2027-02-04 10:00 check_in@2027-02-04 until Wed 2027-02-10 00:00
				Fri 2027-02-05 10:00 check_in@2027-02-05 until Thu 2027-02-11 00:00
				Mon 2027-02-08 10:00 check_in@2027-02-08 until Sun 2027-02-14 00:00
				Tue 2027-02-09 10:00 check_in@2027-02-09 until Mon 2027-02-15 00:00`,
		},
		{
			name:     "gaps are looked at every 91 days, a quarter is a fresh start once the plan has settled",
			now:      "2027-03-08 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(GapCheck, FreshStart)},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Confirmed = at(t, "2027-03-08 07:00", "Europe/Berlin")
				p.Gaps = []career.Gap{{ID: "skill:1"}}
			},
			want: `
				Mon 2027-06-07 10:00 gap_check@2027-06-07 until Tue 2027-06-22 00:00`,
		},
		{
			name:     "a quarter begins on its first working day",
			now:      "2027-03-08 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(GapCheck, FreshStart)},
			change: func(p *career.Plan, s *Settings, _ *State) {
				p.Gaps = []career.Gap{{ID: "skill:1", Closed: date(t, "2027-01-01")}}
				s.Holidays = []civil.Date{date(t, "2027-04-01")}
			},
			want: `Fri 2027-04-02 10:00 fresh_start@2027-04-01 until Thu 2027-04-08 00:00`,
		},
		{
			name:     "a goal that has not moved for six weeks and has nothing coming is stale once",
			now:      "2027-03-08 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(StaleGoal)},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				moved := []career.Change{{At: at(t, "2027-03-01 10:00", "UTC"), What: "title"}}
				p.Goals = []career.Goal{
					{ID: "g1", Status: career.Active, History: moved},
					{ID: "g2", Status: career.Active, History: moved, Milestones: []career.Milestone{{ID: "g2.1", Due: date(t, "2027-04-20")}}},
					{ID: "g3", Status: career.Later, History: moved},
					{ID: "g4", Status: career.Active, Milestones: []career.Milestone{{ID: "g4.1", Done: date(t, "2027-03-03")}}},
				}
			},
			want: `
				Mon 2027-04-12 10:00 stale_goal/g1@2027-04-12 until Tue 2027-04-27 00:00
				Wed 2027-04-14 10:00 stale_goal/g4@2027-04-14 until Thu 2027-04-29 00:00`,
		},
		{
			name:     "the end of a pause, a risk's day and an asked date come on their day",
			now:      "2027-03-08 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(PauseOver, BackupTrigger), PausedUntil: civil.Date{Year: 2027, Month: 3, Day: 20}},
			change: func(p *career.Plan, _ *Settings, st *State) {
				p.Backup.Risks = []career.Risk{{Kind: "layoff", By: date(t, "2027-04-05")}, {Kind: "layoff", By: date(t, "2027-04-05")}}
				st.AskOn("plan", date(t, "2027-05-01"))
			},
			want: `
				Mon 2027-03-22 10:00 pause_over@2027-03-20 until Tue 2027-03-30 00:00
				Mon 2027-04-05 10:00 backup_trigger/` + RiskID(career.Risk{Kind: "layoff"}) + `@2027-04-05 until Tue 2027-04-20 00:00
				Mon 2027-05-03 10:00 asked_date/plan@2027-05-01 until Thu 2027-06-03 00:00`,
		},
		{
			name:     "what is done, dropped, ended or put aside brings nothing",
			now:      "2027-02-01 08:00",
			settings: Settings{Zone: "Europe/Berlin"},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				due := date(t, "2027-02-11")
				m := []career.Milestone{{ID: "x.1", Due: due}}
				p.Goals = []career.Goal{
					{ID: "g1", Status: career.Achieved, Milestones: m}, {ID: "g2", Status: career.Dropped, Milestones: m},
					{ID: "g3", Status: career.Later, Milestones: m, Due: due},
					{ID: "g4", Status: career.Active, Created: at(t, "2027-01-31 08:00", "UTC"), Milestones: []career.Milestone{
						{ID: "g4.1", Due: due, Done: date(t, "2027-01-31")}, {ID: "g4.2", Due: due, Dropped: true}, {ID: "g4.3"},
						{ID: "g4.4", Due: date(t, "2027-07-05")},
					}},
				}
			},
			want: `
				Mon 2027-03-15 10:00 stale_goal/g4@2027-03-14 until Tue 2027-03-30 00:00
				Thu 2027-04-01 10:00 fresh_start@2027-04-01 until Wed 2027-04-07 00:00`,
		},
		{
			name:     "a goal without milestones is its own",
			now:      "2027-02-01 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(MilestoneDue, StaleGoal)},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Goals[0].Due = date(t, "2027-02-11")
			},
			want: `Thu 2027-02-11 10:00 milestone_due/g1@2027-02-11 until Mon 2027-02-15 00:00`,
		},
		{
			name:     "moments that were over when the date was set do not come",
			now:      "2027-02-08 14:30",
			settings: Settings{Zone: "Europe/Berlin", Off: milestones},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Confirmed = at(t, "2027-02-08 14:00", "Europe/Berlin")
				p.Goals[0].Milestones = []career.Milestone{
					{ID: "g1.1", Due: date(t, "2027-02-08")}, // its hour was this morning
					{ID: "g1.2", Due: date(t, "2027-02-09"), History: []career.Change{{At: at(t, "2027-02-08 14:29", "Europe/Berlin"), What: "due"}}},
				}
			},
			want: `
				Tue 2027-02-09 10:00 milestone_due/g1.2@2027-02-09 until Sat 2027-02-13 00:00
				Tue 2027-02-09 10:00 milestone_overdue/1/g1.1@2027-02-08 until Wed 2027-03-03 00:00
				Wed 2027-02-10 10:00 milestone_overdue/1/g1.2@2027-02-09 until Thu 2027-03-04 00:00
				Wed 2027-02-17 10:00 milestone_overdue/7/g1.1@2027-02-08 until Thu 2027-03-11 00:00
				Thu 2027-02-18 10:00 milestone_overdue/7/g1.2@2027-02-09 until Fri 2027-03-12 00:00`,
		},
		{
			name:     "the step of an if-then plan comes three working days after the one before was done, unless it is near",
			now:      "2027-01-11 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(NextStep)},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Goals[0].IfThen = "If it is Monday, then I read"
				p.Goals[0].Milestones = []career.Milestone{{ID: "g1.1", Due: date(t, "2027-01-08"), Done: date(t, "2027-01-08")}, {ID: "g1.2", Due: date(t, "2027-03-11")}}
				near, no := p.Goals[0], p.Goals[0]
				near.ID, near.Milestones = "g2", []career.Milestone{{ID: "g2.1", Due: date(t, "2027-01-08"), Done: date(t, "2027-01-08")}, {ID: "g2.2", Due: date(t, "2027-01-22")}}
				no.ID, no.IfThen = "g3", ""
				p.Goals = append(p.Goals, near, no)
			},
			want: `Wed 2027-01-13 10:00 next_step/3/g1.2@2027-01-08 until Sun 2027-01-17 00:00`,
		},
		{
			name:     "a fresh start comes with the quarter, when a pause is over, and on a Monday after a review",
			now:      "2027-03-02 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(FreshStart), PausedUntil: civil.Date{Year: 2027, Month: 3, Day: 16}},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Reviews = []career.Review{{ID: "r1", Date: date(t, "2027-03-04"), Held: true}, {ID: "r2", Date: date(t, "2027-03-05")}}
			},
			want: `
				Mon 2027-03-08 10:00 fresh_start/r1@2027-03-08 until Sun 2027-03-14 00:00
				Tue 2027-03-16 10:00 fresh_start/pause@2027-03-16 until Mon 2027-03-22 00:00
				Thu 2027-04-01 10:00 fresh_start@2027-04-01 until Wed 2027-04-07 00:00`,
		},
		{
			name:     "a review talked over late brings no fresh start that is over",
			now:      "2027-03-10 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(FreshStart), Holidays: days(t, "2027-03-20", 100)},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				held := career.Change{At: at(t, "2027-03-09 15:00", "Europe/Berlin"), What: "held"}
				p.Reviews = []career.Review{{ID: "r1", Date: date(t, "2027-03-04"), Held: true, History: []career.Change{held}}}
			},
			want: ``,
		},
		{
			name:     "the years of experience are complete, with or without a goal that waits for them; a risk that has come is not asked about",
			now:      "2027-02-01 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(Eligible, BackupTrigger)},
			change: func(p *career.Plan, _ *Settings, _ *State) {
				p.Eligible = date(t, "2027-02-11")
				p.Backup.Risks = []career.Risk{{Kind: "layoff", By: date(t, "2027-02-05"), Met: date(t, "2027-01-20")}}
			},
			want: `Thu 2027-02-11 10:00 eligible/plan@2027-02-11 until Fri 2027-03-05 00:00`,
		},
		{
			name:     "a person's delay moves their moments inside the hour, and never out of their hours",
			now:      "2027-02-01 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(MilestoneDue, PauseOver), Hour: 16, Delay: 59 * time.Minute, PausedUntil: civil.Date{Year: 2027, Month: 2, Day: 4}},
			change: func(p *career.Plan, s *Settings, _ *State) {
				p.Goals[0].Milestones = []career.Milestone{{ID: "g1.1", Due: date(t, "2027-02-11")}}
			},
			want: `
				Thu 2027-02-04 16:59 pause_over@2027-02-04 until Fri 2027-02-12 00:00
				Thu 2027-02-11 16:59 milestone_due/g1.1@2027-02-11 until Mon 2027-02-15 00:00`,
		},
		{
			name:     "a delay that would end after the person's hours is left out",
			now:      "2027-02-01 08:00",
			settings: Settings{Zone: "Europe/Berlin", Off: onlyKinds(MilestoneDue), Hour: 16, Delay: 61 * time.Minute},
			change: func(p *career.Plan, s *Settings, _ *State) {
				p.Goals[0].Milestones = []career.Milestone{{ID: "g1.1", Due: date(t, "2027-02-11")}}
			},
			want: `Thu 2027-02-11 16:00 milestone_due/g1.1@2027-02-11 until Mon 2027-02-15 00:00`,
		},
		{
			name:     "somebody who is content hears only of the dates they asked for",
			now:      "2027-02-01 08:00",
			settings: Settings{Zone: "Europe/Berlin", Cadence: Cadence{Every: 1, Unit: Week}, PausedUntil: civil.Date{Year: 2027, Month: 2, Day: 3}},
			change: func(p *career.Plan, _ *Settings, st *State) {
				p.Content = true
				p.Reviews = []career.Review{{ID: "r1", Date: date(t, "2027-02-11")}}
				st.AskOn("plan", date(t, "2027-03-01"))
			},
			want: `Mon 2027-03-01 10:00 asked_date/plan@2027-03-01 until Thu 2027-04-01 00:00`,
		},
		{
			name:     "so does somebody whose plan is a draft",
			now:      "2027-02-01 08:00",
			settings: Settings{Zone: "Europe/Berlin", Cadence: Cadence{Every: 1, Unit: Week}},
			change: func(p *career.Plan, _ *Settings, st *State) {
				p.Confirmed = time.Time{}
				st.AskOn("plan", date(t, "2027-04-01"))
				st.AskOn("plan", date(t, "2027-03-01")) // changes it, adds none
				st.AskOn("other", date(t, "2027-03-02"))
				st.AskOn("other", civil.Date{})
			},
			want: `Mon 2027-03-01 10:00 asked_date/plan@2027-03-01 until Thu 2027-04-01 00:00`,
		},
		{
			name:     "only what I ask for leaves check-ins and asked dates",
			now:      "2027-02-01 11:00",
			settings: Settings{Zone: "Europe/Berlin", Budget: OnlyAsked, Cadence: Cadence{Every: 4, Unit: Week, Weekday: time.Friday, Start: civil.Date{Year: 2027, Month: 2, Day: 1}}},
			change: func(p *career.Plan, s *Settings, _ *State) {
				p.Reviews = []career.Review{{ID: "r1", Date: date(t, "2027-02-11")}}
				s.Holidays = days(t, "2027-03-06", 100)
			},
			want: `
				Fri 2027-03-05 10:00 check_in@2027-03-05 until Thu 2027-03-11 00:00`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			loc := zone(tt.settings.Zone)
			p, s, st := planOf(at(t, "2026-12-01 09:00", tt.settings.Zone)), tt.settings, State{}
			if tt.change != nil {
				tt.change(&p, &s, &st)
			}
			got := listing(All(p, s, st, at(t, tt.now, tt.settings.Zone)), loc)
			var want []string
			for line := range strings.Lines(strings.TrimSpace(tt.want)) {
				want = append(want, strings.TrimSpace(line))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("All at %s (-want +got):\n%s", tt.now, diff)
			}
		})
	}
}

// days are n dates from the first on.
func days(t testing.TB, first string, n int) (out []civil.Date) {
	for i := range n {
		out = append(out, date(t, first).AddDays(i))
	}
	return out
}

func TestKindsTable(t *testing.T) {
	seen := map[Kind]bool{}
	for _, r := range Kinds {
		if seen[r.Kind] {
			t.Errorf("%s stands in the table twice", r.Kind)
		}
		seen[r.Kind] = true
		if r.Limit+7 >= keepDays {
			t.Errorf("%s is worth saying for %d days; its mark must be kept longer than that", r.Kind, r.Limit)
		}
		if len(r.Offsets) > 0 && r.Limit < 1 {
			t.Errorf("%s has moments but no limit", r.Kind)
		}
	}
	if _, ok := Kind("nothing").Rule(); ok {
		t.Error("an unknown kind has a rule")
	}
}

func TestKeysReadBack(t *testing.T) {
	p := planOf(at(t, "2026-12-01 09:00", "UTC"),
		career.Milestone{ID: "g1.1", Due: date(t, "2027-02-11")},
		career.Milestone{ID: "g1.2", Due: date(t, "2027-02-12"), Kind: career.Booking},
		career.Milestone{ID: "g1.3", Due: date(t, "2027-02-15"), Kind: career.Eligible})
	p.Goals = append(p.Goals, career.Goal{ID: "g2", Status: career.Active, Due: date(t, "2027-02-16")}, career.Goal{ID: "g3", Status: career.Active},
		career.Goal{ID: "g4", Status: career.Active, IfThen: "If it is Monday, then I read", Created: at(t, "2027-01-04 07:00", "UTC"),
			Milestones: []career.Milestone{{ID: "g4.1", Due: date(t, "2027-03-11")}}})
	p.Reviews = []career.Review{{ID: "r1", Date: date(t, "2027-02-11")}, {ID: "r0", Date: date(t, "2027-01-07"), Held: true}}
	p.Backup.Risks = []career.Risk{{Kind: "the firm @ 12/2027+ closes", Own: true, By: date(t, "2027-02-11")}}
	p.Gaps = []career.Gap{{ID: "skill"}}
	s := Settings{Cadence: Cadence{Every: 1, Unit: Week}, PausedUntil: date(t, "2027-01-20")}
	s.Announced = []Announced{{"Yearly @ review", date(t, "2027-02-11")}}
	var st State
	st.AskOn("plan", date(t, "2027-01-22"))
	now := at(t, "2027-01-04 08:00", "UTC")
	st.Snooze("review_ahead/14/r1@2027-02-11", date(t, "2027-01-29"))
	kinds := map[Kind]bool{}
	for _, o := range All(p, s, st, now) {
		kinds[o.Kind] = true
		got, ok := ParseKey(o.Key)
		o.At, o.Until = time.Time{}, time.Time{}
		if diff := cmp.Diff(o, got); !ok || diff != "" {
			t.Errorf("ParseKey(%q), ok %t (-want +got):\n%s", o.Key, ok, diff)
		}
		if strings.Contains(o.Key, "closes") {
			t.Errorf("key %q holds the person's words", o.Key)
		}
	}
	if len(kinds) != len(Kinds)-2 {
		t.Errorf("the plan brings %d kinds, want all but less_often and going_silent: %v", len(kinds), kinds)
	}
	for _, bad := range []string{"", "@", "milestone_due", "milestone_due/g1.1@", "nothing/g1@2027-02-11", "check_in@soon"} {
		if _, ok := ParseKey(bad); ok {
			t.Errorf("ParseKey(%q) is ok", bad)
		}
	}
}

func FuzzParseKey(f *testing.F) {
	for _, s := range []string{"milestone_ahead/7/g1.2@2027-02-11", "milestone_ahead/7/g1.2@2027-02-11+2027-02-09", "asked_date/a/b@2027-01-01", "@+", "exam_booking/7@2027-01-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		o, ok := ParseKey(s)
		if ok && (o.Key != s || o.Due.IsZero()) {
			t.Errorf("ParseKey(%q) = %+v", s, o)
		}
		if base(base(s)) != base(s) && ok && !strings.Contains(base(s), "+") {
			t.Errorf("base of %q is not stable", s)
		}
	})
}
