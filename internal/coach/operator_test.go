package coach

import (
	"strings"
	"testing"

	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/holidays"
	"waymark/internal/reminder"
)

func cycle(t *testing.T, name string, groups []string, dates ...civil.Date) Cycle {
	t.Helper()
	c, err := reminder.NewCycle(name, "", dates)
	if err != nil {
		t.Fatal(err)
	}
	return Cycle{Cycle: c, Groups: groups}
}

// under puts rules in force and has the person looked at, as after a change of
// configuration.
func (d *desk) under(op *Operator) {
	d.coach.operator = func() *Operator { return op }
	d.due("ana", true)
}

func TestReviewCyclesBecomeReviews(t *testing.T) {
	march, may := civil.New(2027, 3, 1), civil.New(2027, 5, 3)
	yearly := func(on civil.Date, groups ...string) *Operator {
		return &Operator{
			Groups: []Group{{Name: "Berlin", Zones: []string{"Europe/Berlin"}}, {Name: "Sales", People: []string{"Ukim"}}},
			Cycles: []Cycle{cycle(t, "Yearly", groups, on)},
		}
	}
	tests := []struct {
		name string
		do   func(d *desk)
		want string // date and cycle of the reviews
	}{
		{"a cycle for everybody", func(d *desk) { d.under(yearly(march)) }, "2027-03-01 Yearly"},
		{"one of the person's group", func(d *desk) { d.under(yearly(march, "Sales", "Berlin")) }, "2027-03-01 Yearly"},
		{"one of another group", func(d *desk) { d.under(yearly(march, "Sales")) }, ""},
		{"a date that the operator moves, moves", func(d *desk) { d.under(yearly(march)); d.under(yearly(may)) }, "2027-05-03 Yearly"},
		{"a cycle that is taken back is gone", func(d *desk) { d.under(yearly(march)); d.under(&Operator{}) }, ""},
		{"as long as it is not known who is in the group, nothing of theirs changes", func(d *desk) {
			d.under(yearly(march))
			op := yearly(may, "Guild")
			op.Groups = append(op.Groups, Group{Name: "Guild", UserGroups: []string{"S012ABC"}, Unread: true})
			d.under(op)
		}, "2027-03-01 Yearly"},
		{"one of the platform's own groups", func(d *desk) {
			op := yearly(may, "Guild")
			op.Groups = append(op.Groups, Group{Name: "Guild", UserGroups: []string{"S012ABC"}, Members: map[string]bool{"Uana": true}})
			d.under(op)
		}, "2027-05-03 Yearly"},
		{"somebody who is not in it", func(d *desk) {
			op := yearly(may, "Guild")
			op.Groups = append(op.Groups, Group{Name: "Guild", UserGroups: []string{"S012ABC"}, Members: map[string]bool{"Ukim": true}})
			d.under(op)
		}, ""},
		{"a date that the person moved is theirs", func(d *desk) {
			d.under(yearly(march))
			d.says("ana", "my review is on 12 April 2027", true)
			d.under(yearly(may))
		}, "2027-04-12 Yearly"},
		{"a date of the person's own comes first", func(d *desk) {
			d.says("ana", "my review is on 12 April 2027", true)
			d.under(yearly(march))
		}, "2027-04-12 "},
		{"once it is over and nobody talked about it, the next takes its place", func(d *desk) {
			op := &Operator{Cycles: []Cycle{cycle(t, "Yearly", nil, march, civil.New(2028, 3, 1))}}
			d.under(op)
			d.at("2027-04-01 12:00")
			d.under(op)
		}, "2028-03-01 Yearly"},
		{"in the days after it, it is still talked about", func(d *desk) {
			op := &Operator{Cycles: []Cycle{cycle(t, "Yearly", nil, march, civil.New(2028, 3, 1))}}
			d.under(op)
			d.at("2027-03-04 12:00")
			d.under(op)
		}, "2027-03-01 Yearly"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, shipped(t))
			d.planned("ana", func(p *Person) { p.First = dialogue.Frame{Flow: firstFlow, Instance: "first-1"} })
			tt.do(d)
			var got []string
			for _, r := range d.person(t, "ana").Plan.Reviews {
				got = append(got, r.Date.String()+" "+r.Cycle)
			}
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("reviews %q, want %q", got, tt.want)
			}
		})
	}
}

func TestACycleCountsDownAndIsAnnouncedOnlyWhereThatIsWanted(t *testing.T) {
	march := civil.New(2027, 3, 1)
	tests := []struct {
		name     string
		content  bool
		announce bool
		want     string
	}{
		{"with a plan it counts down", false, false, "Your review is on Monday 1 March 2027"},
		{"somebody who is content hears nothing", true, false, ""},
		{"unless the operator announces it", true, true, "reviews come up on Monday 1 March 2027"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, shipped(t))
			d.planned("ana", func(p *Person) {
				p.Plan.Goals = nil
				p.Plan.Content = tt.content
			})
			c := cycle(t, "Yearly", nil, march)
			c.Announce = tt.announce
			d.under(&Operator{Cycles: []Cycle{c}})
			if err := d.moveTo("2027-02-10 12:00"); err != nil {
				t.Fatal(err)
			}
			got := strings.Join(d.posts("ana"), "\n")
			if !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
				t.Errorf("said %q, want %q", got, tt.want)
			}
		})
	}
}

// TestHolidaysHoldRemindersBack moves a nudge from Tuesday 1 December, which is
// a holiday for some.
func TestHolidaysHoldRemindersBack(t *testing.T) {
	const ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261201\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	own, err := holidays.ReadICS(strings.NewReader(ics), "the Berlin office")
	if err != nil {
		t.Fatal(err)
	}
	group := &Operator{Groups: []Group{{Name: "Berlin", Zones: []string{"Europe/*"}, Holidays: own, Region: "DE-BE"}}}
	tests := []struct {
		name, region, zone string
		op                 *Operator
		want               string // when it comes
		says               string // what "holidays" says
	}{
		{"no holidays at all", "", "Europe/Berlin", nil, "2026-12-01 10:00", "No public holidays are picked"},
		{"the group's own day", "", "Europe/Berlin", group, "2026-11-30 10:00", "the Berlin office and Berlin, Germany"},
		{"with a region of their own, the group's day still counts", "FR", "Europe/Berlin", group, "2026-11-30 10:00", "the Berlin office and France"},
		{"who wants none has none", "none", "Europe/Berlin", group, "2026-12-01 10:00", "no public holidays"},
		{"another group's day is none of theirs", "", "America/New_York", group, "2026-12-01 10:00", "No public holidays are picked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, shipped(t))
			if tt.op != nil {
				d.coach.operator = func() *Operator { return tt.op }
			}
			d.planned("ana", func(p *Person) { p.Settings.Region, p.Settings.Zone = tt.region, tt.zone })
			p := d.person(t, "ana")
			if got := p.Wake.In(p.zone()).Format("2006-01-02 15:04"); got != tt.want {
				t.Errorf("the next look is at %s, want %s", got, tt.want)
			}
			e := d.event("ana", chat.Text)
			e.Text, e.TS, e.Profile.Zone = "holidays", d.ts(), tt.zone
			if _, err := d.handle(e, true); err != nil {
				t.Fatal(err)
			}
			if got := d.posts("ana"); len(got) != 1 || !strings.Contains(got[0], tt.says) {
				t.Errorf("holidays says %q, want %q", got, tt.says)
			}
		})
	}
}

func TestACheckInWaitsForTheEndOfATalk(t *testing.T) {
	d := newDesk(t, shipped(t))
	d.planned("ana", func(p *Person) {
		p.Plan.Goals = nil
		p.Settings.Cadence = reminder.Cadence{Every: 1, Unit: reminder.Week, Weekday: 2, Start: civil.New(2026, 11, 23)}
	})
	if err := d.moveTo("2026-12-01 09:30"); err != nil {
		t.Fatal(err)
	}
	d.shown["Dana"] = nil
	d.says("ana", "mentor", true)
	if err := d.moveTo("2026-12-01 16:00"); err != nil {
		t.Fatal(err)
	}
	if got := d.posts("ana"); len(got) != 1 {
		t.Fatalf("in the middle of a talk: %q", got)
	}
	if err := d.moveTo("2026-12-02 16:00"); err != nil {
		t.Fatal(err)
	}
	if got := d.posts("ana"); len(got) != 2 || !strings.Contains(got[1], "How did it go?") {
		t.Errorf("a day later: %q", got)
	}
}

func TestAMoveOfThePersonMovesTheHour(t *testing.T) {
	d := newDesk(t, shipped(t))
	d.planned("ana", nil)
	e := d.event("ana", chat.ProfileChanged)
	e.Profile.Zone = "America/New_York"
	if _, err := d.handle(e, true); err != nil {
		t.Fatal(err)
	}
	p := d.person(t, "ana")
	if got := p.Wake.In(p.zone()).Format("2006-01-02 15:04 MST"); got != "2026-12-01 10:00 EST" {
		t.Errorf("after a move the next look is at %s", got)
	}
}
