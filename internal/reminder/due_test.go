package reminder

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"waymark/internal/career"
	"waymark/internal/civil"
)

const berlin = "Europe/Berlin"

// keys is "key key …" of what is said and "key:reason …" of what is dropped.
func keys(say []Occurrence, drop []Dropped) (said, dropped string) {
	var a, b []string
	for _, o := range say {
		a = append(a, o.Key)
	}
	for _, d := range drop {
		b = append(b, d.Key+":"+d.Reason.String())
	}
	return strings.Join(a, " "), strings.Join(b, " ")
}

func TestDue(t *testing.T) {
	const due = "2027-02-11" // a Thursday
	milestone := planOf(at(t, "2026-12-01 09:00", berlin), career.Milestone{ID: "g1.1", Due: date(t, due)})
	sent := func(days ...string) (out []time.Time) {
		for _, d := range days {
			out = append(out, at(t, d+" 10:00", berlin))
		}
		return out
	}
	tests := []struct {
		name string
		plan career.Plan
		s    Settings
		st   State
		now  string
		say  string
		drop string
		next string // "" = never
	}{
		{
			name: "before its moment there is nothing", plan: milestone,
			now: "2027-02-02 09:59", next: "2027-02-02 10:00",
		},
		{
			name: "at its moment it is said", plan: milestone,
			now: "2027-02-02 10:00", say: "milestone_ahead/7/g1.1@2027-02-11", next: "2027-02-10 10:00",
		},
		{
			name: "after an outage within its limit it is said late, in working hours", plan: milestone,
			now: "2027-02-03 16:59", say: "milestone_ahead/7/g1.1@2027-02-11", next: "2027-02-10 10:00",
		},
		{
			name: "outside of working hours it waits for the next day", plan: milestone,
			now: "2027-02-03 17:00", next: "2027-02-04 10:00",
		},
		{
			name: "on a weekend it waits; past its limit it is dropped", plan: milestone,
			now: "2027-02-06 10:00", drop: "milestone_ahead/7/g1.1@2027-02-11:late", next: "2027-02-10 10:00",
		},
		{
			name: "of several moments about one milestone the latest is said", plan: milestone,
			now: "2027-02-12 10:00", say: "milestone_overdue/1/g1.1@2027-02-11",
			drop: "milestone_ahead/7/g1.1@2027-02-11:late milestone_ahead/1/g1.1@2027-02-11:late milestone_due/g1.1@2027-02-11:superseded",
			next: "2027-02-22 10:00",
		},
		{
			name: "after seven working days overdue there is silence about it", plan: milestone,
			now: "2027-02-22 10:00", say: "milestone_overdue/7/g1.1@2027-02-11",
			drop: "milestone_ahead/7/g1.1@2027-02-11:late milestone_ahead/1/g1.1@2027-02-11:late milestone_due/g1.1@2027-02-11:late milestone_overdue/1/g1.1@2027-02-11:superseded",
		},
		{
			name: "in a pause nothing is said, and its end is the next moment", plan: milestone,
			s:   Settings{PausedUntil: date(t, "2027-02-05")},
			now: "2027-02-02 10:00", next: "2027-02-05 10:00",
		},
		{
			name: "what a pause outlasted is dropped for it", plan: milestone,
			s:   Settings{PausedUntil: date(t, "2027-02-10")},
			now: "2027-02-10 10:00", say: "milestone_ahead/1/g1.1@2027-02-11 pause_over@2027-02-10",
			drop: "milestone_ahead/7/g1.1@2027-02-11:in_pause", next: "2027-02-11 10:00",
		},
		{
			name: "paused until spoken to, nothing comes, not even an asked date", plan: milestone,
			s: Settings{Paused: true}, st: State{Asked: []Asked{{"plan", date(t, "2027-02-02")}}},
			now: "2027-02-02 10:00",
		},
		{
			name: "a spent budget holds it back until there is room", plan: milestone,
			s: Settings{Budget: 2}, st: State{Sent: sent("2027-01-28", "2027-02-01")},
			now: "2027-02-02 10:00", next: "2027-02-04 10:00",
		},
		{
			name: "a budget without room before the limit drops it", plan: milestone,
			s: Settings{Budget: 1}, st: State{Sent: sent("2027-02-01")},
			now: "2027-02-06 10:00", drop: "milestone_ahead/7/g1.1@2027-02-11:no_budget", next: "2027-02-10 10:00",
		},
		{
			name: "a message seven days ago leaves room at any hour", plan: milestone,
			s: Settings{Budget: 1}, st: State{Sent: []time.Time{at(t, "2027-01-26 16:50", berlin)}},
			now: "2027-02-02 10:00", say: "milestone_ahead/7/g1.1@2027-02-11", next: "2027-02-10 10:00",
		},
		{
			name: "what was asked for comes in spite of the budget and takes the rest along", plan: milestone,
			s: Settings{Budget: 1}, st: State{Sent: sent("2027-02-01"), Asked: []Asked{{"plan", date(t, "2027-02-02")}}},
			now: "2027-02-02 10:00", say: "asked_date/plan@2027-02-02 milestone_ahead/7/g1.1@2027-02-11", next: "2027-02-10 10:00",
		},
		{
			name: "what was asked for is looked at before there is room for the rest", plan: milestone,
			s: Settings{Budget: 1}, st: State{Sent: sent("2027-01-29"), Asked: []Asked{{"plan", date(t, "2027-02-03")}}},
			now: "2027-02-02 10:00", next: "2027-02-03 10:00",
		},
		{
			name: "two messages unanswered: the third asks whether to come less often", plan: milestone,
			st:  State{Unanswered: 2, Streak: 3},
			now: "2027-02-02 10:00", say: "milestone_ahead/7/g1.1@2027-02-11 less_often/3@2027-02-02", next: "2027-02-10 10:00",
		},
		{
			name: "asked once about less often, not again", plan: milestone,
			st:  State{Unanswered: 3, AskedLess: true},
			now: "2027-02-02 10:00", say: "milestone_ahead/7/g1.1@2027-02-11", next: "2027-02-10 10:00",
		},
		{
			name: "four messages unanswered: silence is said, once, and then kept", plan: milestone,
			st:  State{Unanswered: 4, AskedLess: true},
			now: "2027-02-02 10:00", say: "going_silent/0@2027-02-02",
		},
		{
			name: "in silence the dates a person picked still come", plan: milestone,
			st:  State{Unanswered: 5, Silent: true, Asked: []Asked{{"plan", date(t, "2027-02-15")}}},
			now: "2027-02-08 10:00", drop: "milestone_ahead/7/g1.1@2027-02-11:in_silence", next: "2027-02-15 10:00",
		},
		{
			name: "five missed weekly check-ins are one", plan: career.Plan{Confirmed: at(t, "2027-01-01 09:00", berlin)},
			s:   Settings{Cadence: Cadence{Every: 1, Unit: Week, Weekday: time.Monday, Start: date(t, "2027-01-01")}},
			now: "2027-02-02 11:00", say: "check_in@2027-02-01",
			drop: "check_in@2027-01-11:late check_in@2027-01-18:late check_in@2027-01-25:late",
			next: "2027-02-08 10:00",
		},
		{
			name: "missed check-ins still worth saying are one as well", plan: career.Plan{Confirmed: at(t, "2027-01-01 09:00", berlin)},
			s:   Settings{Cadence: Cadence{Every: 2, Unit: Day, Start: date(t, "2027-01-26")}},
			now: "2027-02-02 11:00", say: "check_in@2027-02-01",
			drop: "check_in@2027-01-28:superseded", next: "2027-02-03 10:00",
		},
		{
			name: "what comes together is one message, the most important first",
			plan: career.Plan{
				Confirmed: at(t, "2026-12-01 09:00", berlin),
				Goals: []career.Goal{{ID: "g1", Status: career.Active, Milestones: []career.Milestone{
					{ID: "g1.1", Due: date(t, "2027-02-11")}, {ID: "g1.2", Due: date(t, "2027-02-12")}, {ID: "g1.3", Due: date(t, "2027-02-10")},
				}}},
				Reviews: []career.Review{{ID: "r1", Date: date(t, "2027-02-12")}},
			},
			s:   Settings{Cadence: Cadence{Every: 1, Unit: Week, Weekday: time.Thursday, Start: date(t, "2027-02-04")}},
			st:  State{Looked: at(t, "2027-02-11 00:00", berlin)},
			now: "2027-02-11 10:00",
			say: "review_ahead/1/r1@2027-02-12 milestone_due/g1.1@2027-02-11 milestone_ahead/1/g1.2@2027-02-12 milestone_overdue/1/g1.3@2027-02-10 check_in@2027-02-11",
			drop: "review_ahead/28/r1@2027-02-12:late review_ahead/14/r1@2027-02-12:late milestone_ahead/7/g1.3@2027-02-10:late milestone_ahead/7/g1.1@2027-02-11:late" +
				" milestone_ahead/7/g1.2@2027-02-12:late review_ahead/3/r1@2027-02-12:superseded milestone_ahead/1/g1.3@2027-02-10:late" +
				" milestone_due/g1.3@2027-02-10:superseded milestone_ahead/1/g1.1@2027-02-11:late",
			next: "2027-02-12 10:00",
		},
		{
			name: "a plan made after the moment does not bring it up",
			plan: planOf(at(t, "2027-02-10 12:00", berlin), career.Milestone{ID: "g1.1", Due: date(t, due)}),
			now:  "2027-02-10 12:01", next: "2027-02-11 10:00",
			drop: "milestone_ahead/7/g1.1@2027-02-11:set_late milestone_ahead/1/g1.1@2027-02-11:set_late",
		},
		{
			name: "a check-in waits for the end of a talk, a milestone does not",
			plan: milestone,
			s:    Settings{Cadence: Cadence{Every: 1, Unit: Week, Weekday: time.Tuesday, Start: date(t, "2027-01-25")}, Talking: at(t, "2027-02-02 14:20", berlin)},
			now:  "2027-02-02 10:00", say: "milestone_ahead/7/g1.1@2027-02-11", next: "2027-02-02 14:20",
		},
		{
			name: "a check-in that waited comes when the talk is over",
			plan: career.Plan{Confirmed: at(t, "2027-01-31 09:00", berlin)},
			s:    Settings{Cadence: Cadence{Every: 1, Unit: Week, Weekday: time.Tuesday, Start: date(t, "2027-01-25")}, Talking: at(t, "2027-02-02 14:20", berlin)},
			now:  "2027-02-02 14:20", say: "check_in@2027-02-02", next: "2027-02-09 10:00",
		},
		{
			name: "the empty person hears nothing, ever", now: "2027-02-02 10:00",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, st := tt.s, tt.st
			s.Zone, s.Off = berlin, []Kind{FreshStart, StaleGoal}
			now := at(t, tt.now, berlin)
			say, drop := Due(tt.plan, s, st, now)
			gotSay, gotDrop := keys(say, drop)
			if gotSay != tt.say {
				t.Errorf("Due at %s says\n got %q\nwant %q", tt.now, gotSay, tt.say)
			}
			if gotDrop != tt.drop {
				t.Errorf("Due at %s drops\n got %q\nwant %q", tt.now, gotDrop, tt.drop)
			}
			st.Say(say, now)
			st.Drop(drop, now)
			if say, drop := Due(tt.plan, s, st, now); len(say)+len(drop) > 0 {
				t.Errorf("Due once more: %v, %v", say, drop)
			}
			next, ok := Next(tt.plan, s, st, now)
			if got := wallOrNever(next, ok); got != tt.next {
				t.Errorf("Next after %s = %s, want %s", tt.now, got, tt.next)
			}
		})
	}
}

func wallOrNever(t time.Time, ok bool) string {
	if !ok {
		return ""
	}
	return t.In(zone(berlin)).Format("2006-01-02 15:04")
}

func TestNextOfSomethingDueButNotRecordedIsAMinuteLater(t *testing.T) {
	p := planOf(at(t, "2026-12-01 09:00", berlin), career.Milestone{ID: "g1.1", Due: date(t, "2027-02-11")})
	now := at(t, "2027-02-02 10:00", berlin)
	got, ok := Next(p, Settings{Zone: berlin}, State{}, now)
	if want := now.Add(time.Minute); !ok || !got.Equal(want) {
		t.Errorf("Next = %v, %t, want %v", got, ok, want)
	}
}

func TestSnoozeEditsAndNeverAdds(t *testing.T) {
	p := planOf(at(t, "2026-12-01 09:00", berlin), career.Milestone{ID: "g1.1", Due: date(t, "2027-02-11")})
	s := Settings{Zone: berlin, Budget: 1, Off: []Kind{FreshStart, StaleGoal}}
	var st State
	// look records what is due at a moment and returns it.
	look := func(when string) string {
		now := at(t, when, berlin)
		say, drop := Due(p, s, st, now)
		st.Say(say, now)
		st.Drop(drop, now)
		st.Heard(now)
		a, b := keys(say, drop)
		return strings.TrimSpace(a + " / " + b)
	}
	steps := []struct {
		name, key, to string // snooze first, if there is a key
		at, want      string
	}{
		{name: "said", at: "2027-02-02 10:00", want: "milestone_ahead/7/g1.1@2027-02-11 /"},
		{name: "put off by a day", key: "milestone_ahead/7/g1.1@2027-02-11", to: "2027-02-03", at: "2027-02-02 12:00", want: "/"},
		{name: "put off again instead", key: "milestone_ahead/7/g1.1@2027-02-11", to: "2027-02-12", at: "2027-02-03 10:00", want: "/"},
		{name: "nothing else about it comes meanwhile", at: "2027-02-10 10:00", want: "/ milestone_ahead/1/g1.1@2027-02-11:put_off"},
		{name: "not on its day either", at: "2027-02-11 10:00", want: "/ milestone_due/g1.1@2027-02-11:put_off"},
		{name: "once more on the day, whatever the budget, in words that fit it", at: "2027-02-12 10:00",
			want: "milestone_ahead/7/g1.1@2027-02-11+2027-02-12 / milestone_overdue/1/g1.1@2027-02-11:superseded"},
		{name: "put off a third time, by the key of the second", key: "milestone_ahead/7/g1.1@2027-02-11+2027-02-12", to: "2027-02-15", at: "2027-02-15 10:00",
			want: "milestone_ahead/7/g1.1@2027-02-11+2027-02-15 /"},
		{name: "what comes after is untouched", at: "2027-02-22 10:00", want: "milestone_overdue/7/g1.1@2027-02-11 /"},
		{name: "an unknown key adds nothing", key: "milestone_due/g9.1@2027-02-11", to: "2027-02-23", at: "2027-02-23 10:00", want: "/"},
		{name: "a question of the coach's own cannot be put off", key: "less_often/0@2027-02-11", to: "2027-02-24", at: "2027-02-24 10:00", want: "/"},
	}
	for _, step := range steps {
		if step.key != "" {
			st.Snooze(step.key, date(t, step.to))
		}
		if got := look(step.at); got != strings.TrimSpace(step.want) {
			t.Errorf("%s: at %s\n got %q\nwant %q", step.name, step.at, got, step.want)
		}
	}
	if n := len(st.Snoozed); n != 2 {
		t.Errorf("%d snoozes recorded, want one for the milestone and one for the unknown key", n)
	}
}

func TestSnoozedKindFollowsTheDate(t *testing.T) {
	p := planOf(at(t, "2026-12-01 09:00", berlin), career.Milestone{ID: "g1.1", Due: date(t, "2027-02-11")})
	for to, want := range map[string]Kind{"2027-02-10": MilestoneAhead, "2027-02-11": MilestoneDue, "2027-02-12": MilestoneOverdue} {
		var st State
		st.Snooze("milestone_ahead/7/g1.1@2027-02-11", date(t, to))
		say, _ := Due(p, Settings{Zone: berlin}, st, at(t, to+" 10:00", berlin))
		if len(say) != 1 || say[0].Kind != want || !say[0].Again {
			t.Errorf("put off to %s: %+v, want one %s", to, say, want)
		}
	}
}

func TestSnoozeOfWhatIsDoneBringsNothing(t *testing.T) {
	p := planOf(at(t, "2026-12-01 09:00", berlin), career.Milestone{ID: "g1.1", Due: date(t, "2027-02-11")})
	var st State
	st.Snooze("milestone_due/g1.1@2027-02-11", date(t, "2027-02-15"))
	p.Goals[0].Milestones[0].Done = date(t, "2027-02-12")
	if say, _ := Due(p, Settings{Zone: berlin}, st, at(t, "2027-02-15 10:00", berlin)); len(say) > 0 {
		t.Errorf("said %v about a milestone that is done", say)
	}
}

func TestClockChanges(t *testing.T) {
	tests := []struct {
		name, zone string
		date       string
		hour       int
		want       string // RFC 3339
	}{
		{"a gap ends where the clock goes on (Berlin)", "Europe/Berlin", "2027-03-28", 2, "2027-03-28T03:00:00+02:00"},
		{"an hour after the gap is itself", "Europe/Berlin", "2027-03-28", 10, "2027-03-28T10:00:00+02:00"},
		{"of a repeated hour it is the first (Berlin)", "Europe/Berlin", "2027-10-31", 2, "2027-10-31T02:00:00+02:00"},
		{"the day of the change back keeps its wall time", "Europe/Berlin", "2027-10-31", 10, "2027-10-31T10:00:00+01:00"},
		{"a gap in New York", "America/New_York", "2027-03-14", 2, "2027-03-14T03:00:00-04:00"},
		{"a repeated hour in New York", "America/New_York", "2027-11-07", 1, "2027-11-07T01:00:00-04:00"},
		{"a gap in Sydney", "Australia/Sydney", "2027-10-03", 2, "2027-10-03T03:00:00+11:00"},
		{"a repeated hour in Sydney", "Australia/Sydney", "2027-04-04", 2, "2027-04-04T02:00:00+11:00"},
		{"half an hour is skipped on Lord Howe", "Australia/Lord_Howe", "2027-10-03", 2, "2027-10-03T02:30:00+11:00"},
		{"half an hour is repeated on Lord Howe: two o'clock is not", "Australia/Lord_Howe", "2027-04-04", 2, "2027-04-04T02:00:00+10:30"},
		{"midnight is skipped in Beirut", "Asia/Beirut", "2027-03-28", 0, "2027-03-28T01:00:00+03:00"},
		{"Kiritimati is a day ahead of everybody", "Pacific/Kiritimati", "2027-01-04", 10, "2027-01-04T10:00:00+14:00"},
		{"a dropped day ends where the next begins (Apia)", "Pacific/Apia", "2011-12-30", 10, "2011-12-31T00:00:00+14:00"},
		{"no change at all", "UTC", "2027-03-28", 2, "2027-03-28T02:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			loc, err := time.LoadLocation(tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			if got := wall(date(t, tt.date), tt.hour, loc).Format(time.RFC3339); got != tt.want {
				t.Errorf("wall(%s, %d, %s) = %s, want %s", tt.date, tt.hour, tt.zone, got, tt.want)
			}
		})
	}
}

func TestEveryHourOfAYearIsOneWallTime(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca"} {
		loc := zone(name)
		first := map[string]time.Time{} // the first moment at which each wall hour shows
		for u := at(t, "2027-01-01 00:00", "UTC"); u.Year() == 2027; u = u.Add(15 * time.Minute) {
			k := u.In(loc).Format("2006-01-02 15:04")
			if _, ok := first[k]; !ok {
				first[k] = u
			}
		}
		for d := date(t, "2027-01-03"); d.Year == 2027 && d.Before(date(t, "2027-12-30")); d = d.AddDays(1) {
			for h := range 24 {
				got := wall(d, h, loc)
				want, ok := first[d.String()+" "+time.Date(0, 1, 1, h, 0, 0, 0, time.UTC).Format("15:04")]
				if ok && !got.Equal(want) {
					t.Errorf("%s: wall(%s, %d) = %s, want %s", name, d, h, got, want.In(loc))
				}
				if !ok && (civil.Of(got) != d || got.Sub(d.At(h, 0, loc)).Abs() > time.Hour) {
					t.Errorf("%s: wall(%s, %d) = %s for a skipped hour", name, d, h, got)
				}
			}
		}
	}
}

func TestADroppedDayIsSaidOnTheNextAtTheRightHour(t *testing.T) {
	// Samoa had no 30 December 2011, a Friday.
	p := planOf(at(t, "2011-12-01 09:00", "UTC"), career.Milestone{ID: "g1.1", Due: date(t, "2011-12-30")})
	s := Settings{Zone: "Pacific/Apia", Days: 0x7f}
	for _, o := range All(p, s, State{}, at(t, "2011-12-20 09:00", "UTC")) {
		if o.Kind == MilestoneDue {
			if got := o.At.In(zone(s.Zone)).Format("2006-01-02 15:04"); got != "2011-12-31 10:00" {
				t.Errorf("due on the dropped day is said at %s", got)
			}
			return
		}
	}
	t.Error("nothing is said about the dropped day")
}

func TestWhatDidNotLeaveIsAsIfItWasNeverSaid(t *testing.T) {
	p := planOf(at(t, "2026-12-01 09:00", berlin), career.Milestone{ID: "g1.1", Due: date(t, "2027-02-11")})
	s, now := Settings{Zone: berlin}, at(t, "2027-02-02 10:00", berlin)
	for _, unanswered := range []int{0, 2, 4} {
		st := State{Unanswered: unanswered, Sent: []time.Time{now.AddDate(0, 0, -1)}}
		say, drop := Due(p, s, st, now)
		st.Drop(drop, now)
		before := st
		before.Marks, before.Sent, before.Asked = maps.Clone(st.Marks), slices.Clone(st.Sent), slices.Clone(st.Asked)
		st.Say(say, now)
		var said []string
		for _, o := range say {
			said = append(said, o.Key)
		}
		st.Unsay(said, now)
		if diff := cmp.Diff(before, st, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(Mark{}, "_")); diff != "" {
			t.Errorf("%d unanswered: a message taken back leaves something (-want +got):\n%s", unanswered, diff)
		}
	}
}

func TestUnknownZoneIsUTC(t *testing.T) {
	for _, name := range []string{"", "Local", "Nowhere/At_All", "../../etc/passwd"} {
		if got := zone(name); got != time.UTC {
			t.Errorf("zone(%q) = %v, want UTC", name, got)
		}
	}
}

func TestAMoveToAnotherZoneSaysNothingTwice(t *testing.T) {
	p := planOf(at(t, "2026-12-01 09:00", "UTC"), career.Milestone{ID: "g1.1", Due: date(t, "2027-02-11")})
	var st State
	now := at(t, "2027-02-02 10:00", "Pacific/Kiritimati")
	say, drop := Due(p, Settings{Zone: "Pacific/Kiritimati"}, st, now)
	if len(say) != 1 {
		t.Fatalf("said %v in Kiritimati, want one", say)
	}
	st.Say(say, now)
	st.Drop(drop, now)
	s := Settings{Zone: "America/New_York"}
	next, ok := Next(p, s, st, now)
	if got := next.In(zone(s.Zone)).Format("2006-01-02 15:04"); !ok || got != "2027-02-10 10:00" {
		t.Errorf("Next in New York = %s, %t", got, ok)
	}
	if say, _ := Due(p, s, st, at(t, "2027-02-02 10:00", "America/New_York")); len(say) > 0 {
		t.Errorf("said again in New York: %v", say)
	}
}

func TestHoursAreAlwaysSensible(t *testing.T) {
	tests := []struct {
		name           string
		s              Settings
		from, to, hour int
	}{
		{"nothing chosen", Settings{}, 9, 17, 10},
		{"an hour before work is moved to its start", Settings{From: 8, To: 12, Hour: 6}, 8, 12, 8},
		{"an hour after work is moved to its last", Settings{From: 8, To: 12, Hour: 20}, 8, 12, 11},
		{"from midnight", Settings{From: 0, To: 6, Hour: 2}, 0, 6, 2},
		{"upside down", Settings{From: 17, To: 9, Hour: 12}, 9, 17, 12},
		{"out of range", Settings{From: -3, To: 30, Hour: -1}, 9, 17, 9},
	}
	for _, tt := range tests {
		if h := tt.s.hours(); h.from != tt.from || h.to != tt.to || h.hour != tt.hour {
			t.Errorf("%s: %d to %d, at %d; want %d to %d, at %d", tt.name, h.from, h.to, h.hour, tt.from, tt.to, tt.hour)
		}
	}
}

func TestHolidaysWithoutEndDoNotHang(t *testing.T) {
	s := Settings{Holidays: days(t, "2027-01-01", 3000)}
	p := planOf(at(t, "2026-12-01 09:00", "UTC"), career.Milestone{ID: "g1.1", Due: date(t, "2027-02-11")})
	now := at(t, "2027-02-02 10:00", "UTC")
	if next, ok := Next(p, s, State{}, now); ok && !next.After(now) {
		t.Errorf("Next = %v", next)
	}
}

func TestAnAnswerEndsSilence(t *testing.T) {
	now := at(t, "2027-02-02 10:00", berlin)
	st := State{Unanswered: 5, AskedLess: true, Silent: true, Streak: 1, Waiting: []Occurrence{{Key: "a"}, {Key: "b"}}}
	st.Heard(now)
	st.Answered("a")
	want := State{Streak: 2, Spoke: now.UTC(), Waiting: []Occurrence{{Key: "b"}}}
	if diff := cmp.Diff(want, st, cmp.AllowUnexported(Mark{})); diff != "" {
		t.Errorf("after an answer (-want +got):\n%s", diff)
	}
}

func TestSayingNothingChangesNothing(t *testing.T) {
	var st State
	st.Say(nil, at(t, "2027-02-02 10:00", berlin))
	if diff := cmp.Diff(State{}, st, cmp.AllowUnexported(Mark{})); diff != "" {
		t.Errorf("after saying nothing (-want +got):\n%s", diff)
	}
}

func TestForgettingMakesNothingComeBack(t *testing.T) {
	p := planOf(at(t, "2026-12-01 09:00", berlin), career.Milestone{ID: "g1.1", Due: date(t, "2027-02-11")})
	s := Settings{Zone: berlin}
	var st State
	now := at(t, "2027-02-11 10:00", berlin)
	say, drop := Due(p, s, st, now)
	if a, _ := keys(say, drop); a != "milestone_due/g1.1@2027-02-11" {
		t.Fatalf("said %q", a)
	}
	st.Say(say, now)
	st.Drop(drop, now)
	later := now.AddDate(1, 0, 0)
	_, drop = Due(p, s, st, later)
	st.Drop(drop, later)
	if _, kept := st.Marks[hash("milestone_due/g1.1@2027-02-11")]; kept {
		t.Error("the mark is still there after a year")
	}
	say, _ = Due(p, s, st, now) // the clock was a year ahead and is set back
	if a, _ := keys(say, nil); a != "" {
		t.Errorf("said again after the clock went back: %q", a)
	}
}

func TestAClockThatRanAheadCostsNothing(t *testing.T) {
	p := planOf(at(t, "2026-12-01 09:00", berlin), career.Milestone{ID: "g1.1", Due: date(t, "2027-02-11")})
	s := Settings{Zone: berlin}
	var st State
	ahead := at(t, "2028-06-01 10:00", berlin)
	say, drop := Due(p, s, st, ahead)
	st.Say(say, ahead)
	st.Drop(drop, ahead)
	now := at(t, "2027-02-11 10:00", berlin)
	if a, _ := keys(Due(p, s, st, now)); a != "milestone_due/g1.1@2027-02-11" {
		t.Errorf("set back to the day of the milestone, the coach says %q", a)
	}
}

func TestStateStaysSmall(t *testing.T) {
	p := planOf(at(t, "2026-12-01 09:00", berlin))
	s := Settings{Zone: berlin, Cadence: Cadence{Every: 1, Unit: Day}}
	var st State
	now := at(t, "2027-01-01 10:00", berlin)
	for i := range 3 * 365 {
		// The person moves the same milestone again and again.
		p.Goals[0].Milestones = []career.Milestone{{ID: "g1.1", Due: civil.Of(now).AddDays(i % 9)}}
		say, drop := Due(p, s, st, now)
		st.Say(say, now)
		st.Drop(drop, now)
		st.Snooze("milestone_due/g1.1@"+civil.Of(now).String(), civil.Of(now).AddDays(3))
		st.AskOn("topic "+now.String(), civil.Of(now))
		st.Heard(now)
		now = now.AddDate(0, 0, 1)
	}
	if len(st.Marks) > maxMarks || len(st.Sent) > 10 || len(st.Snoozed) > forgetDays+4 || len(st.Asked) > maxAsked {
		t.Errorf("after three years: %d marks, %d sent, %d snoozed, %d asked", len(st.Marks), len(st.Sent), len(st.Snoozed), len(st.Asked))
	}
	say, drop := []Occurrence(nil), []Dropped(nil)
	for i := range 10 * maxMarks {
		drop = append(drop, Dropped{Occurrence{Key: string(MilestoneDue) + "/x@" + epoch.AddDays(10000+i).String(), Due: civil.Of(now)}, Late})
	}
	said := Occurrence{Key: "milestone_due/y@2027-01-01", Kind: MilestoneDue, Due: civil.Of(now)}
	st.Say(append(say, said), now)
	st.Drop(drop, now)
	if _, kept := st.Marks[hash(said.Key)]; !kept || len(st.Marks) > maxMarks {
		t.Errorf("%d marks, what was said kept: %t; want at most %d and what was said among them", len(st.Marks), kept, maxMarks)
	}
}
