package coach

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// planned writes somebody with a plan into the store: a milestone on Thursday 10
// December 2026, of which they are told on Tuesday 1 December, at ten.
func (d *desk) planned(who string, change func(*Person)) {
	d.t.Helper()
	p := Person{
		Name: "Ana", Channel: "D" + who, Met: d.now,
		Settings: reminder.Settings{Zone: "Europe/Berlin", Off: []reminder.Kind{reminder.FreshStart, reminder.StaleGoal, reminder.GapCheck}},
		Plan: career.Plan{Confirmed: d.now, Goals: []career.Goal{{ID: "g1", Title: "Lead the morning shift", Status: career.Active, Created: d.now, Milestones: []career.Milestone{
			{ID: "g1.1", Kind: career.FirstStep, Title: "Ask Jo", Due: civil.New(2026, 12, 10)},
			{ID: "g1.2", Kind: career.Finish, Due: civil.New(2027, 6, 10)},
		}}}},
	}
	if change != nil {
		change(&p)
	}
	err := d.coach.store.Update(context.Background(), func(tx *store.Tx) error { return tx.Save(personOf(who), &p) })
	if err != nil {
		d.t.Fatal(err)
	}
	d.due(who, true)
}

func (d *desk) due(who string, deliver bool) {
	d.t.Helper()
	d.seq++
	e := chat.Event{ID: chat.EventID("due-" + d.ts()), Kind: chat.Due, Person: personOf(who), At: d.now}
	if _, err := d.handle(e, deliver); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) says(who, text string, deliver bool) {
	d.t.Helper()
	e := d.event(who, chat.Text)
	e.Text, e.TS = text, d.ts()
	if _, err := d.handle(e, deliver); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) at(s string) {
	d.t.Helper()
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		d.t.Fatal(err)
	}
	if d.now, err = time.ParseInLocation("2006-01-02 15:04", s, loc); err != nil {
		d.t.Fatal(err)
	}
}

// posts are the messages that reached the person, as text.
func (d *desk) posts(who string) []string {
	var out []string
	for _, p := range d.shown["D"+who] {
		out = append(out, p.m.Plain())
	}
	return out
}

func TestAReminderWhoseReasonIsGoneIsNotSent(t *testing.T) {
	tests := []struct {
		name      string
		change    func(*Person)
		meanwhile func(d *desk)
		sent      string // what the last message that is sent holds, "" for none at all
		not       string
	}{
		{name: "nothing happened meanwhile", sent: "Ask Jo"},
		{
			name: "the milestone was done", not: "comes up", sent: "Done",
			meanwhile: func(d *desk) { d.says("ana", "done", false) },
		},
		{
			name: "the person paused", not: "comes up", sent: "Paused",
			meanwhile: func(d *desk) { d.says("ana", "pause", false) },
		},
		{
			name: "the kind was turned off", not: "comes up", sent: "Turned off",
			meanwhile: func(d *desk) { d.says("ana", "turn off milestones ahead", false) },
		},
		{
			name: "danger was spoken of", not: "comes up", sent: "safe right now",
			meanwhile: func(d *desk) { d.says("ana", "I want to kill myself", false) },
		},
		{
			name: "it is night", not: "comes up",
			meanwhile: func(d *desk) { d.at("2026-12-02 03:00") },
		},
		{
			name: "it is the weekend", not: "comes up",
			meanwhile: func(d *desk) { d.at("2026-12-05 12:00") },
		},
		{
			name: "its limit has passed", not: "comes up",
			meanwhile: func(d *desk) { d.at("2026-12-07 12:00") },
		},
		{
			name: "hours later on the same day it says so", sent: "earlier today",
			meanwhile: func(d *desk) { d.at("2026-12-01 14:00") },
		},
		{
			name: "a day later it says so", sent: "This message was meant for Tuesday 1 December 2026",
			meanwhile: func(d *desk) { d.at("2026-12-02 14:00") },
		},
		{
			name: "a check-in at night leaves no question open",
			change: func(p *Person) {
				p.Settings.Cadence = reminder.Cadence{Every: 1, Unit: reminder.Week, Weekday: time.Tuesday, Start: civil.New(2026, 11, 24)}
			},
			not: "How did it go", meanwhile: func(d *desk) { d.at("2026-12-02 03:00") },
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, shipped(t))
			d.planned("ana", tt.change)
			d.at("2026-12-01 10:00")
			d.due("ana", false) // the platform is out of order
			if got := d.posts("ana"); len(got) > 0 {
				t.Fatalf("sent already: %q", got)
			}
			if tt.meanwhile != nil {
				tt.meanwhile(d)
			}
			d.deliver(personOf("ana"))
			got := d.posts("ana")
			if all := strings.Join(got, "\n"); tt.not != "" && strings.Contains(all, tt.not) {
				t.Errorf("sent all the same:\n%s", all)
			}
			if tt.sent == "" && len(got) > 0 || tt.sent != "" && (len(got) == 0 || !strings.Contains(got[len(got)-1], tt.sent)) {
				t.Errorf("sent %q, want %q", got, tt.sent)
			}
			p := d.person(t, "ana")
			if tt.sent == "" {
				if r := p.Reminders; r.Unanswered != 0 || len(r.Sent) > 0 || len(r.Waiting) > 0 {
					t.Errorf("what was not sent counts: %+v", r)
				}
				if len(p.Screens) > 0 || p.Dialogue.Asked != nil || len(p.Dialogue.Stack) > 0 {
					t.Errorf("what was not sent is on screen: %+v, %+v", p.Screens, p.Dialogue)
				}
				if !p.Wake.After(d.now) {
					t.Errorf("the next look is at %v, now is %v", p.Wake, d.now)
				}
			}
		})
	}
}

func TestWhatWaitedForTheMorningComesOnceAndSaysThatItIsLate(t *testing.T) {
	d := newDesk(t, shipped(t))
	d.planned("ana", nil)
	d.at("2026-12-01 10:00")
	d.due("ana", false)
	d.at("2026-12-02 03:00")
	d.deliver(personOf("ana"))
	if err := d.moveTo("2026-12-02 12:00"); err != nil {
		t.Fatal(err)
	}
	got := d.posts("ana")
	if len(got) != 1 || !strings.Contains(got[0], "Ask Jo") {
		t.Errorf("sent %q, want it once", got)
	}
}

func TestAReminderThatSlackMayHaveTakenIsNotTakenBack(t *testing.T) {
	d := newDesk(t, shipped(t))
	d.planned("ana", nil)
	d.at("2026-12-01 10:00")
	d.due("ana", false)
	d.fail = []error{&chat.SendError{Name: "timeout", Unknown: true}}
	d.coach.deliver(context.Background(), d, personOf("ana"))
	d.at("2026-12-02 03:00")
	d.deliver(personOf("ana"))
	if got := d.posts("ana"); len(got) != 1 {
		t.Errorf("sent %q, want it once", got)
	}
	if p := d.person(t, "ana"); p.Reminders.Unanswered != 1 || len(p.Reminders.Sent) != 1 {
		t.Errorf("what was sent does not count: %+v", p.Reminders)
	}
}

func TestAReminderThatWasRefusedForSureWaitsForTheMorning(t *testing.T) {
	d := newDesk(t, shipped(t))
	d.planned("ana", nil)
	d.at("2026-12-01 10:00")
	d.due("ana", false)
	d.fail = []error{&chat.SendError{Name: "ratelimited", RetryAfter: time.Second, Err: errors.New("429")}}
	d.coach.deliver(context.Background(), d, personOf("ana"))
	d.shown["Dana"] = nil // it never arrived
	d.at("2026-12-02 03:00")
	d.deliver(personOf("ana"))
	if got := d.posts("ana"); len(got) != 0 {
		t.Errorf("sent at night: %q", got)
	}
}

func TestAnOutageEndsInOneMessage(t *testing.T) {
	d := newDesk(t, shipped(t))
	d.planned("ana", func(p *Person) {
		p.Plan.Reviews = []career.Review{{ID: "r1", Date: civil.New(2026, 12, 23), Formal: true}}
		p.Plan.Backup.Risks = []career.Risk{{Kind: "layoff", Then: "I call Kim", By: civil.New(2026, 12, 8)}}
		p.Settings.Cadence = reminder.Cadence{Every: 1, Unit: reminder.Day, Start: civil.New(2026, 11, 23)}
	})
	d.at("2026-12-09 11:00") // nobody has looked since 23 November
	d.due("ana", true)
	got := d.posts("ana")
	if len(got) != 1 {
		t.Fatalf("%d messages after the outage, want one: %q", len(got), got)
	}
	for _, want := range []string{"This message was meant for", "Ask Jo", "Your review, ", "How is it going?"} {
		if !strings.Contains(got[0], want) {
			t.Errorf("the catch-up says nothing of %q:\n%s", want, got[0])
		}
	}
	d.at("2026-11-25 11:00") // a clock set back says nothing of it again
	d.due("ana", true)
	if all := strings.Join(d.posts("ana")[1:], "\n"); strings.Contains(all, "Ask Jo") {
		t.Errorf("said again after the clock went back:\n%s", all)
	}
}

func TestWhoIsContentOrHasNeverSpokenHearsNothing(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Person)
		want   int // messages in a year
	}{
		{"content", func(p *Person) { p.Plan.Content = true }, 0},
		{"content, with a date they picked", func(p *Person) {
			p.Plan.Content = true
			p.Reminders.AskOn(askAgain, civil.New(2027, 3, 1))
		}, 1},
		{"never spoke, has looked at the tab", func(p *Person) { *p = Person{Settings: reminder.Settings{Zone: "Europe/Berlin"}} }, 0},
		{"talked, but has no plan", func(p *Person) { p.Plan.Confirmed = time.Time{} }, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, shipped(t))
			d.planned("ana", func(p *Person) {
				p.Settings.Cadence = reminder.Cadence{Every: 1, Unit: reminder.Week, Start: civil.New(2026, 11, 23)}
				p.Plan.Reviews = []career.Review{{ID: "r1", Date: civil.New(2027, 2, 11)}}
				tt.change(p)
			})
			if err := d.moveTo("2027-11-23 12:00"); err != nil {
				t.Fatal(err)
			}
			if got := d.shown["Dana"]; len(got) != tt.want {
				t.Errorf("%d messages in a year, want %d: %q", len(got), tt.want, d.posts("ana"))
			}
		})
	}
}
