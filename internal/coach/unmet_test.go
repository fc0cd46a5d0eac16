package coach

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/kv"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// announcing is a desk with a cycle of the first of March that is announced, four
// weeks before.
func announcing(t *testing.T, change func(*Cycle)) (*desk, *Operator) {
	t.Helper()
	d := newDesk(t, shipped(t))
	c := cycle(t, "Yearly", nil, civil.New(2027, 3, 1), civil.New(2028, 3, 1))
	c.Announce = true
	if change != nil {
		change(&c)
	}
	op := &Operator{Cycles: []Cycle{c}, Groups: []Group{{Name: "Sales", People: []string{"Ukim"}}, {Name: "Berlin", Zones: []string{"Europe/Berlin"}}}}
	d.coach.operator = func() *Operator { return op }
	d.at("2027-01-31 12:00")
	return d, op
}

// lists has the platform list somebody.
func (d *desk) lists(who string, change func(*chat.Profile)) {
	d.t.Helper()
	e := d.event(who, chat.Listed)
	e.Channel = ""
	if change != nil {
		change(e.Profile)
	}
	if _, err := d.handle(e, true); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) moves(to string) {
	d.t.Helper()
	if err := d.moveTo(to); err != nil {
		d.t.Fatal(err)
	}
}

// left are the keys of the store that name somebody, by their kind, and whether
// there is a wake entry.
func (d *desk) left(who string) (kinds string) {
	d.t.Helper()
	err := d.db.View(context.Background(), func(tx kv.Reader) error {
		kinds = ""
		return tx.Scan(nil, nil, func(k, _ []byte) (bool, error) {
			if strings.Contains(string(k), string(personOf(who))) {
				kinds += string(k[:1])
			}
			return true, nil
		})
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return kinds
}

const announcedText = "Reviews come up at your company on Monday 1 March 2027"

func TestWhoIsToldOfACycle(t *testing.T) {
	tests := []struct {
		name   string
		cycle  func(*Cycle)
		before func(d *desk)
		who    func(*chat.Profile)
		want   bool
	}{
		{"somebody the coach has never met", nil, nil, nil, true},
		{"nobody where the operator has not switched it on", func(c *Cycle) { c.Announce = false }, nil, nil, false},
		{"somebody of the cycle's group", func(c *Cycle) { c.Groups = []string{"Berlin"} }, nil, nil, true},
		{"nobody of another group", func(c *Cycle) { c.Groups = []string{"Sales"} }, nil, nil, false},
		{"no guest", nil, nil, func(p *chat.Profile) { p.Outsider = chat.Guest }, false},
		{"no stranger", nil, nil, func(p *chat.Profile) { p.Outsider = chat.Stranger }, false},
		{"no bot", nil, nil, func(p *chat.Profile) { p.Outsider = chat.Bot }, false},
		{"nobody whose account is off", nil, nil, func(p *chat.Profile) { p.Outsider = chat.Gone }, false},
		{"nobody who has deleted their data", nil, func(d *desk) {
			d.says("ana", "hi", true)
			e := d.event("ana", chat.Submitted)
			e.Action, e.View, e.Form = deleteName, "V1", map[string][]string{deleteSure: {deleteYes}}
			if _, err := d.handle(e, true); err != nil {
				d.t.Fatal(err)
			}
			d.shown["Dana"] = nil
		}, nil, false},
		{"nobody who said stop before they said anything else", nil, func(d *desk) {
			d.says("ana", "stop", true)
			d.shown["Dana"] = nil
		}, nil, false},
		{"nobody who said stop in the first talk", nil, func(d *desk) {
			d.says("ana", "hi", true)
			d.says("ana", "stop", true)
			d.says("ana", "thanks", true)
			d.shown["Dana"] = nil
		}, nil, false},
		{"nobody who tapped Not now", nil, func(d *desk) {
			e := d.event("ana", chat.Opened)
			e.Action = chat.TabMessages
			if _, err := d.handle(e, true); err != nil {
				d.t.Fatal(err)
			}
			if e, err := d.tap("ana", "taps", "Not now"); err != nil {
				d.t.Fatal(err)
			} else if _, err := d.handle(e, true); err != nil {
				d.t.Fatal(err)
			}
			d.shown["Dana"] = nil
		}, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, _ := announcing(t, tt.cycle)
			if tt.before != nil {
				d.at("2027-01-27 12:00")
				tt.before(d)
				d.moves("2027-01-31 12:00")
			}
			d.lists("ana", tt.who)
			d.moves("2027-02-01 09:59")
			d.lists("ana", tt.who)
			if got := d.posts("ana"); len(got) > 0 {
				t.Fatalf("before its hour: %q", got)
			}
			d.moves("2027-02-01 10:00")
			d.lists("ana", tt.who)
			d.moves("2027-02-14 12:00")
			d.lists("ana", tt.who)
			d.moves("2027-02-28 12:00")
			got := strings.Join(d.posts("ana"), "\n")
			if n := strings.Count(got, "1 March 2027"); n != map[bool]int{true: 1}[tt.want] || tt.want && !strings.Contains(got, announcedText) {
				t.Errorf("said %q", got)
			}
			if kinds := d.left("ana"); !tt.want && tt.before == nil && kinds != "" {
				t.Errorf("of somebody who is not told, %q is kept", kinds)
			}
		})
	}
}

// TestAnAnnouncementComesOnce lists somebody again and again, with what may happen
// in between.
func TestAnAnnouncementComesOnce(t *testing.T) {
	tests := []struct {
		name string
		then func(d *desk, op *Operator) // on 10 February
		want int
	}{
		{"nothing happens", func(*desk, *Operator) {}, 1},
		{"the bot starts anew", func(d *desk, op *Operator) { d.restart(); d.coach.operator = func() *Operator { return op } }, 1},
		{"the cycle gets another name", func(d *desk, op *Operator) {
			op.Cycles[0] = cycle(d.t.(*testing.T), "Annual talks", nil, civil.New(2027, 3, 1))
			op.Cycles[0].Announce = true
		}, 1},
		{"the cycle gets a later date", func(d *desk, op *Operator) {
			op.Cycles[0] = cycle(d.t.(*testing.T), "Yearly", nil, civil.New(2027, 3, 15))
			op.Cycles[0].Announce = true
		}, 1},
		{"the clock is set back", func(d *desk, _ *Operator) { d.at("2027-01-31 12:00") }, 1},
		{"they open the tab", func(d *desk, _ *Operator) {
			e := d.event("ana", chat.Opened)
			e.Action = chat.TabHome
			if _, err := d.handle(e, true); err != nil {
				d.t.Fatal(err)
			}
		}, 1},
		{"another cycle follows soon", func(d *desk, op *Operator) {
			c := cycle(d.t.(*testing.T), "Pay", nil, civil.New(2027, 3, 22))
			c.Announce = true
			op.Cycles = append(op.Cycles, c)
		}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, op := announcing(t, nil)
			d.lists("ana", nil)
			d.moves("2027-02-10 12:00")
			if got := d.posts("ana"); len(got) != 1 {
				t.Fatalf("on 1 February: %q", got)
			}
			tt.then(d, op)
			for _, day := range []string{"02-10", "02-11", "02-15", "02-22", "03-01", "03-30", "04-12", "05-20"} {
				d.moves("2027-" + day + " 13:00")
				d.due("ana", true)
				d.lists("ana", nil)
			}
			if got := d.posts("ana"); len(got) != tt.want {
				t.Errorf("until summer: %d messages, want %d: %q", len(got), tt.want, got)
			}
		})
	}
}

func TestWhatIsKeptOfSomebodyUnmet(t *testing.T) {
	d, _ := announcing(t, nil)
	d.lists("ana", nil)
	check := func(when, kinds string) {
		t.Helper()
		if got := d.left("ana"); got != kinds {
			t.Errorf("%s the store has keys of the kinds %q, want %q", when, got, kinds)
		}
		if p := d.person(t, "ana"); p.Name != "" || p.Locale != "" || p.Channel != "" || !p.Met.IsZero() || len(p.Screens) > 0 || len(p.Replies) > 0 || len(p.Seen) > 0 {
			t.Errorf("%s there is more of them than their zone and what was announced: %+v", when, p)
		}
	}
	check("before the announcement", "pw")
	d.moves("2027-02-02 12:00")
	check("after it", "dpw")
	e := d.event("ana", chat.ProfileChanged)
	e.Profile.Zone = "America/New_York"
	if _, err := d.handle(e, true); err != nil {
		t.Fatal(err)
	}
	e = d.event("ana", chat.Opened)
	e.Action = chat.TabMessages
	if _, err := d.handle(e, true); err != nil {
		t.Fatal(err)
	}
	check("after they moved and looked at it", "dpw")
	d.moves("2027-03-28 12:00")
	check("until four weeks after the reviews", "dpw")
	d.moves("2027-03-29 12:00")
	if got := d.left("ana"); got != "" {
		t.Errorf("after that, %q is kept", got)
	}
	t.Run("and nothing when there is nothing left to announce", func(t *testing.T) {
		for name, change := range map[string]func(d *desk, op *Operator){
			"it is taken back":         func(_ *desk, op *Operator) { op.Cycles = nil },
			"it is switched off":       func(_ *desk, op *Operator) { op.Cycles[0].Announce = false },
			"their account is off":     func(d *desk, _ *Operator) { d.changes("ana", chat.Gone) },
			"they are only guests now": func(d *desk, _ *Operator) { d.changes("ana", chat.Guest) },
		} {
			d, op := announcing(t, nil)
			d.lists("ana", nil)
			change(d, op)
			d.due("ana", true)
			d.moves("2027-02-10 12:00")
			if got, said := d.left("ana"), d.posts("ana"); got != "" || len(said) > 0 {
				t.Errorf("%s: %q is kept, %q was said", name, got, said)
			}
		}
	})
}

// changes has the platform say what somebody is now.
func (d *desk) changes(who string, to chat.Outsider) {
	d.t.Helper()
	e := d.event(who, chat.ProfileChanged)
	e.Profile.Outsider = to
	if _, err := d.handle(e, true); err != nil {
		d.t.Fatal(err)
	}
}

func TestStopAfterAnAnnouncement(t *testing.T) {
	typed := func(d *desk) { d.says("ana", "stop", true) }
	tapped := func(d *desk) {
		e, err := d.tap("ana", "taps", "Never write to me")
		if err != nil {
			d.t.Fatal(err)
		}
		if _, err := d.handle(e, true); err != nil {
			d.t.Fatal(err)
		}
	}
	for name, stop := range map[string]func(*desk){"typed": typed, "tapped": tapped} {
		t.Run(name, func(t *testing.T) {
			d, op := announcing(t, nil)
			d.lists("ana", nil)
			d.moves("2027-02-02 12:00")
			stop(d)
			got := d.posts("ana")
			if len(got) != 2 || !strings.Contains(got[1], "won't write to you any more") {
				t.Fatalf("said %q", got)
			}
			if name == "tapped" && slices.ContainsFunc(d.shown["Dana"][0].m.Blocks, func(b chat.Block) bool { return b.Kind == chat.Buttons }) {
				t.Errorf("what was tapped still has its buttons: %q", got[0])
			}
			d.moves("2027-02-04 12:00")
			if kinds := d.left("ana"); kinds != "n" {
				t.Errorf("two days later the store has keys of the kinds %q, want the note alone", kinds)
			}
			d.at("2028-02-02 08:00")
			d.lists("ana", nil)
			d.moves("2028-02-20 12:00")
			if got := d.posts("ana"); len(got) != 2 {
				t.Errorf("a year later: %q", got[2:])
			}
			// Who comes back by themselves is welcome, and still hears of no cycle.
			d.at("2028-02-20 12:30")
			d.says("ana", "hi", true)
			n := len(d.posts("ana"))
			op.Cycles[0] = cycle(t, "Yearly", nil, civil.New(2029, 3, 1))
			op.Cycles[0].Announce = true
			d.moves("2029-03-02 12:00")
			if got := d.posts("ana"); n != 3 || len(got) != n {
				t.Errorf("after they came back: %q", got[2:])
			}
			if p := d.person(t, "ana"); p.Unmet != nil || strings.Contains(d.left("ana"), "n") {
				t.Error("who came back is still kept as somebody unmet")
			}
		})
	}
}

// TestStopHoldsWhateverBecomesOfTheAccount has somebody say stop and be no member
// for a while, before a note is all that is kept of them.
func TestStopHoldsWhateverBecomesOfTheAccount(t *testing.T) {
	for name, to := range map[string]chat.Outsider{"switched off": chat.Gone, "a guest's": chat.Guest} {
		t.Run(name, func(t *testing.T) {
			d, _ := announcing(t, nil)
			d.at("2027-01-31 12:00")
			d.says("ana", "stop", true)
			d.changes("ana", to)
			if kinds := d.left("ana"); kinds != "n" {
				t.Errorf("the store has keys of the kinds %q, want the note alone", kinds)
			}
			said := len(d.posts("ana"))
			d.changes("ana", chat.Member)
			d.lists("ana", nil)
			d.moves("2027-02-14 12:00")
			if got := d.posts("ana"); len(got) != said {
				t.Errorf("once they are a member again: %q", got[said:])
			}
		})
	}
}

func TestWhoAnswersAnAnnouncementIsMet(t *testing.T) {
	for name, answer := range map[string]func(d *desk){
		"hi": func(d *desk) { d.says("ana", "hi", true) },
		"Start": func(d *desk) {
			e, err := d.tap("ana", "taps", "Start")
			if err != nil {
				d.t.Fatal(err)
			}
			if _, err := d.handle(e, true); err != nil {
				d.t.Fatal(err)
			}
		},
	} {
		d, _ := announcing(t, nil)
		d.lists("ana", nil)
		d.moves("2027-02-02 12:00")
		answer(d)
		p := d.person(t, "ana")
		if p.Unmet != nil || p.Name != "Ana" || p.Met.IsZero() || p.Dialogue.Asked == nil || len(p.Settings.Off) > 0 {
			t.Errorf("%s: the record is %+v", name, p)
		}
		if got := d.posts("ana"); len(got) != 2 {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestAnnouncementsAreSpread switches an announcement on when its moment is over:
// who is listed then is told within the operator's window, or in it on the next
// working day.
func TestAnnouncementsAreSpread(t *testing.T) {
	tests := []struct{ name, listed, from, to string }{
		{"in time", "2027-01-31 12:00", "2027-02-01 10:00", "2027-02-01 12:00"},
		{"in their hours", "2027-02-03 11:00", "2027-02-03 11:00", "2027-02-03 13:00"},
		{"in the evening", "2027-02-03 18:00", "2027-02-04 10:00", "2027-02-04 12:00"},
		{"late in the afternoon", "2027-02-03 16:59", "2027-02-03 16:59", "2027-02-04 12:00"},
		{"at the weekend", "2027-02-06 12:00", "2027-02-08 10:00", "2027-02-08 12:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, op := announcing(t, nil)
			op.Spread = 2 * time.Hour
			d.at(tt.listed)
			var at []time.Time
			for _, who := range strings.Fields("a b c d e f g h i j k l m n o p q r s t") {
				d.at(tt.listed)
				d.lists("crowd"+who, nil)
				d.due("crowd"+who, true) // as when the rules were read again
			}
			if len(d.shown) > 0 && tt.name != "in their hours" {
				t.Fatalf("%d were told at once", len(d.shown))
			}
			for len(at) < 20 {
				next, ok, err := d.coach.store.NextWake(context.Background())
				if err != nil || !ok || next.Sub(d.now) > 14*24*time.Hour {
					t.Fatalf("%d were told, the next wake is at %s (%v)", len(at), next, err)
				}
				if d.now.Before(next) {
					d.now = next
				}
				before := len(d.shown)
				if err := d.tick(); err != nil {
					t.Fatal(err)
				}
				for range len(d.shown) - before {
					at = append(at, d.now)
				}
			}
			berlin := reminder.Settings{Zone: "Europe/Berlin"}.Location()
			first, last := at[0].In(berlin).Format("2006-01-02 15:04"), at[len(at)-1].In(berlin).Format("2006-01-02 15:04")
			if first < tt.from || last > tt.to || at[len(at)-1].Sub(at[0]) < 20*time.Minute {
				t.Errorf("told between %s and %s, want it spread from %s to %s", first, last, tt.from, tt.to)
			}
		})
	}
}

// TestAnAnnouncementThatCannotLeaveIsDecidedAgain takes a cycle back while its
// announcement waits for a platform that does not answer.
func TestAnAnnouncementThatCannotLeaveIsDecidedAgain(t *testing.T) {
	d, op := announcing(t, nil)
	d.lists("ana", nil)
	d.at("2027-02-01 10:00")
	d.due("ana", false)
	op.Cycles[0].Announce = false
	d.deliver(personOf("ana"))
	if got, kinds := d.posts("ana"), d.left("ana"); len(got) > 0 || kinds != "" {
		t.Errorf("said %q, kept %q", got, kinds)
	}
}

// TestExpiredPeopleWhoSaidStopStayLeftAlone: what they said outlives their record.
func TestExpiredPeopleWhoSaidStopStayLeftAlone(t *testing.T) {
	d, _ := announcing(t, nil)
	d.at("2026-11-30 12:00")
	d.says("ana", "hi", true)
	d.says("ana", "stop", true)
	d.changes("ana", chat.Gone)
	d.moves("2027-01-30 12:00")
	hushed := false
	if err := d.coach.store.View(t.Context(), func(tx *store.Tx) (err error) {
		hushed, err = tx.Hushed(personOf("ana"))
		return err
	}); err != nil || !hushed {
		t.Errorf("a month after their account was switched off, Hushed = %t, %v", hushed, err)
	}
}
