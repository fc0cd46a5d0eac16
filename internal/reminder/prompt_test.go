package reminder

import (
	"strings"
	"testing"
	"time"

	"waymark/internal/career"
)

// TestWhatIsAboutItsDayIsNotDelayed lives through a week in which a risk and the
// years of experience come up before the day after a review, with a budget for
// fewer messages: the day after has its message, and takes the rest along.
func TestWhatIsAboutItsDayIsNotDelayed(t *testing.T) {
	confirmed := at(t, "2026-12-01 09:00", berlin)
	review := career.Review{ID: "r1", Date: date(t, "2027-02-11")}                                // a Thursday
	risk := career.Risk{Kind: "layoff", By: date(t, "2027-02-09")}                                // the Tuesday before
	said := career.Milestone{ID: "g1.1", Due: date(t, "2027-02-12"), Title: "a date they picked"} // the Friday after
	tests := []struct {
		name string
		plan career.Plan
		s    Settings
		want string // what is said, by day
	}{
		{
			name: "with room for all, each has its day",
			plan: career.Plan{Confirmed: confirmed, Reviews: []career.Review{review}, Backup: career.Backup{Risks: []career.Risk{risk}}},
			s:    Settings{Zone: berlin, Off: []Kind{ReviewAhead}},
			want: "9:backup_trigger 12:review_after",
		},
		{
			name: "the last message of the week is left to the day after a review",
			plan: career.Plan{Confirmed: confirmed, Reviews: []career.Review{review}, Backup: career.Backup{Risks: []career.Risk{risk}}},
			s:    Settings{Zone: berlin, Off: []Kind{ReviewAhead}, Budget: 1},
			want: "12:review_after+backup_trigger",
		},
		{
			name: "and to a date of the person's own",
			plan: career.Plan{Confirmed: confirmed, Backup: career.Backup{Risks: []career.Risk{risk}},
				Goals: []career.Goal{{ID: "g1", Status: career.Active, Created: confirmed, Milestones: []career.Milestone{said}}}},
			s:    Settings{Zone: berlin, Off: []Kind{MilestoneAhead, StaleGoal}, Budget: 1},
			want: "12:milestone_due+backup_trigger",
		},
		{
			name: "a countdown leaves the last message of the week to the day of a milestone",
			plan: career.Plan{Confirmed: confirmed, Reviews: []career.Review{review}, Backup: career.Backup{Risks: []career.Risk{risk}},
				Goals: []career.Goal{{ID: "g1", Status: career.Active, Created: confirmed, Milestones: []career.Milestone{said}}}},
			s:    Settings{Zone: berlin, Off: []Kind{MilestoneAhead, StaleGoal}, Budget: 2},
			want: "8:review_ahead 12:milestone_due+review_after+backup_trigger",
		},
		{
			name: "with room for all, the countdown comes to its end",
			plan: career.Plan{Confirmed: confirmed, Reviews: []career.Review{review},
				Goals: []career.Goal{{ID: "g1", Status: career.Active, Created: confirmed, Milestones: []career.Milestone{said}}}},
			s:    Settings{Zone: berlin, Off: []Kind{MilestoneAhead, StaleGoal}, Budget: 3},
			want: "8:review_ahead 10:review_ahead 12:milestone_due+review_after",
		},
		{
			name: "two countdowns leave it as well",
			plan: career.Plan{Confirmed: confirmed, Reviews: []career.Review{review},
				Goals: []career.Goal{
					{ID: "g1", Status: career.Active, Created: confirmed, Milestones: []career.Milestone{said}},
					{ID: "g2", Status: career.Active, Created: confirmed, Milestones: []career.Milestone{{ID: "g2.1", Due: date(t, "2027-02-18"), Kind: career.Booking}}},
				}},
			s:    Settings{Zone: berlin, Off: []Kind{MilestoneAhead, StaleGoal}, Budget: 2},
			want: "8:review_ahead 12:milestone_due+exam_booking+review_after",
		},
		{
			name: "a countdown has its day before what can wait",
			plan: career.Plan{Confirmed: confirmed, Reviews: []career.Review{review}, Backup: career.Backup{Risks: []career.Risk{risk}}},
			s:    Settings{Zone: berlin, Off: []Kind{ReviewAfter}, Budget: 2},
			want: "8:review_ahead 10:review_ahead+backup_trigger",
		},
		{
			name: "a week that holds more such days than messages is filled by them alone",
			plan: career.Plan{Confirmed: confirmed, Backup: career.Backup{Risks: []career.Risk{risk}},
				Goals: []career.Goal{{ID: "g1", Status: career.Active, Created: confirmed, Milestones: []career.Milestone{
					{ID: "g1.1", Due: date(t, "2027-02-09")}, {ID: "g1.2", Due: date(t, "2027-02-11")}, {ID: "g1.3", Due: date(t, "2027-02-12")}}}}},
			s:    Settings{Zone: berlin, Off: []Kind{MilestoneAhead, MilestoneOverdue, StaleGoal}, Budget: 2},
			want: "9:milestone_due+backup_trigger 11:milestone_due",
		},
		{
			name: "what is turned off has nothing left to it",
			plan: career.Plan{Confirmed: confirmed, Reviews: []career.Review{review}, Backup: career.Backup{Risks: []career.Risk{risk}}},
			s:    Settings{Zone: berlin, Off: []Kind{ReviewAhead, ReviewAfter}, Budget: 1},
			want: "9:backup_trigger",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			from := at(t, "2027-02-08 00:00", berlin)
			tt.s.Off = append(tt.s.Off, FreshStart)
			var got []string
			for _, l := range Rehearse(func(time.Time) career.Plan { return tt.plan }, tt.s, State{}, from, from.AddDate(0, 0, 5), true) {
				var kinds []string
				for _, o := range l.Say {
					kinds = append(kinds, string(o.Kind))
				}
				if len(kinds) > 0 {
					got = append(got, l.At.In(from.Location()).Format("2:")+strings.Join(kinds, "+"))
				}
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("said %q, want %q", s, tt.want)
			}
		})
	}
}

// TestADueDayIsNotLostWithTheBudget cuts the budget to one message a week two
// days before a milestone, on a day on which one was sent: the milestone is
// spoken of as soon as there is room, and what was not said has its reason.
func TestADueDayIsNotLostWithTheBudget(t *testing.T) {
	confirmed := at(t, "2026-11-16 09:00", berlin)
	p := planOf(confirmed,
		career.Milestone{ID: "g1.1", Due: date(t, "2026-12-09")}, career.Milestone{ID: "g1.2", Due: date(t, "2026-12-18")})
	s := Settings{Zone: berlin, Budget: 1, Off: []Kind{FreshStart, StaleGoal, MilestoneAhead}}
	st := State{Sent: []time.Time{at(t, "2026-12-07 10:00", berlin)}}
	from := at(t, "2026-12-07 12:00", berlin)
	var said, dropped []string
	for _, l := range Rehearse(func(time.Time) career.Plan { return p }, s, st, from, from.AddDate(0, 0, 14), true) {
		for _, o := range l.Say {
			said = append(said, l.At.In(from.Location()).Format("2:")+o.Key)
		}
		for _, d := range l.Drop {
			dropped = append(dropped, d.Key+":"+d.Reason.String())
		}
	}
	if got, want := strings.Join(said, " "), "18:milestone_due/g1.2@2026-12-18 18:milestone_overdue/7/g1.1@2026-12-09"; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
	if got, want := strings.Join(dropped, " "), "milestone_due/g1.1@2026-12-09:no_budget milestone_overdue/1/g1.1@2026-12-09:superseded"; got != want {
		t.Errorf("dropped %q, want %q", got, want)
	}
}
