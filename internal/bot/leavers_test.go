package bot_test

import (
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/coach"
	"waymark/internal/kv"
	"waymark/internal/store"
	"waymark/internal/workspace"
)

// silently is a workspace that tells nothing of changed accounts, as Slack tells
// nothing to a bot that was down for longer than it tries.
func silently(c *workspace.Config) {
	var kept []string
	for _, e := range workspace.DefaultEvents {
		if e != "user_change" {
			kept = append(kept, e)
		}
	}
	c.Events = kept
}

// account switches Ana's account off or on.
func (s *stage) account(off bool) {
	s.t.Helper()
	if err := s.ws.ChangePerson(workspace.Ana, func(p *workspace.Person) { p.Deleted = off }); err != nil {
		s.t.Fatal(err)
	}
}

// anas is what is kept of Ana, with the bot stopped; nil = nothing.
func (s *stage) anas() (p *coach.Person) {
	s.t.Helper()
	s.inData(func(_ kv.Store, data *store.Store) {
		for id, record := range records(s.t, data) {
			if id == chat.PersonID("-/"+workspace.TeamID+"/"+workspace.Ana) {
				p = &record
			}
		}
	})
	return p
}

// nextDue waits until the next thing that is due is in this window: when the data
// of somebody who left is deleted, or a reminder.
func (s *stage) nextDue(what string, holds func(time.Duration) bool) {
	s.t.Helper()
	s.until(what, func() bool {
		at, ok := s.bot.NextDue()
		return ok && holds(at.Sub(s.ws.Now()))
	})
}

// nothingDue tells whether nobody is waited for any more.
func (s *stage) nothingDue() bool {
	_, ok := s.bot.NextDue()
	return !ok
}

// Ana's account is switched off while the bot is down, and Slack never tells. It
// is noticed all the same, nothing is said to her any more, and when the time is
// up her data is gone.
func TestAccountSwitchedOffWhileTheBotWasDown(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, silently)
	s.leavers = time.Millisecond
	s.start()
	s.say("hi", "start", "nurse")
	s.stop()
	s.account(true)
	s.start()
	s.nextDue("it is noticed that Ana left", func(d time.Duration) bool { return d == 30*24*time.Hour })
	before := len(s.messages())
	s.pass(29 * 24 * time.Hour)
	s.stop()
	if p := s.anas(); p == nil || p.Left.IsZero() {
		t.Fatalf("a day before the time is up there is %+v, want her record, and that she left", p)
	}
	s.start()
	s.pass(25 * time.Hour)
	s.until("her data is deleted", s.nothingDue)
	s.stop()
	if p := s.anas(); p != nil {
		t.Errorf("after the time there is %+v, want nothing", p)
	}
	if n := len(s.messages()); n != before {
		t.Errorf("there are %d messages, before she left %d", n, before)
	}
}

// Her account is switched on again while the bot is down: nothing is deleted.
func TestAccountSwitchedOnWhileTheBotWasDown(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, silently)
	s.leavers = time.Millisecond
	s.start()
	s.say("hi", "start", "nurse")
	s.stop()
	s.account(true)
	s.start()
	month := func(d time.Duration) bool { return d == 30*24*time.Hour }
	s.nextDue("it is noticed that Ana left", month)
	s.stop()
	s.account(false)
	s.start()
	s.until("it is noticed that Ana is back", func() bool {
		at, ok := s.bot.NextDue()
		return !ok || !month(at.Sub(s.ws.Now()))
	})
	s.stop()
	if p := s.anas(); p == nil || !p.Left.IsZero() || p.Back.IsZero() {
		t.Errorf("there is %+v, want her record, and that she is back", p)
	}
	s.start()
	s.say("goals")
	if n := s.count("Your account was switched off on"); n != 1 {
		t.Errorf("she is told %d times what became of her data, want once", n)
	}
	s.stop()
}

// A retention that was made shorter holds for those who left before, too.
func TestShorterRetention(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, silently)
	s.leavers, s.retention = time.Millisecond, 90*24*time.Hour
	s.start()
	s.say("hi", "start", "nurse")
	s.stop()
	s.account(true)
	s.start()
	s.nextDue("it is noticed that Ana left", func(d time.Duration) bool { return d == 90*24*time.Hour })
	s.stop()
	if err := s.ws.Advance(20 * 24 * time.Hour); err != nil {
		t.Fatal(err)
	}
	s.retention = 30 * 24 * time.Hour
	s.start()
	s.nextDue("the shorter time is in force", func(d time.Duration) bool { return d == 10*24*time.Hour })
	s.pass(10 * 24 * time.Hour)
	s.until("her data is deleted", s.nothingDue)
	s.stop()
	if p := s.anas(); p != nil {
		t.Errorf("after the shorter time there is %+v, want nothing", p)
	}
}

// The bot was down for longer than the retention, and in that time Ana's account
// was switched on again: nothing is deleted before Slack was asked.
func TestBackWhileTheBotWasDownForLong(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, silently)
	s.leavers = time.Millisecond
	s.start()
	s.say("hi", "start", "nurse")
	s.stop()
	s.account(true)
	s.start()
	s.nextDue("it is noticed that Ana left", func(d time.Duration) bool { return d == 30*24*time.Hour })
	s.stop()
	if err := s.ws.Advance(40 * 24 * time.Hour); err != nil {
		t.Fatal(err)
	}
	s.account(false)
	s.leavers = time.Hour // the first look at what is due comes before Slack was asked
	s.start()
	s.nextDue("it is put off", func(d time.Duration) bool { return d > 0 })
	s.stop()
	if p := s.anas(); p == nil {
		t.Fatal("her data was deleted although her account is on")
	}
	s.leavers = time.Millisecond
	s.start()
	s.until("it is noticed that Ana is back", func() bool {
		at, ok := s.bot.NextDue()
		return !ok || at.Sub(s.ws.Now()) != time.Hour
	})
	s.say("goals")
	if n := s.count("Your account was switched off on"); n != 1 {
		t.Errorf("she is told %d times what became of her data, want once", n)
	}
	s.stop()
}

// Slack has said that Ana's account is off, and then does not say any more, while
// it is switched on again: what it said before is not believed for good.
func TestBackWhileSlackDoesNotSay(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, silently)
	s.leavers = time.Hour // only the looks below
	s.start()
	s.say("hi", "start", "nurse")
	look := func(wantFailed int) {
		t.Helper()
		if failed, err := s.bot.LookAtAccounts(t.Context()); failed != wantFailed || err != nil {
			t.Fatalf("%d accounts not looked at, %v, want %d", failed, err, wantFailed)
		}
		s.settle()
	}
	s.account(true)
	look(0)
	s.nextDue("it is noticed that Ana left", func(d time.Duration) bool { return d == 30*24*time.Hour })
	look(0) // now it is known to be so
	s.account(false)
	if err := s.ws.Inject(workspace.Fault{Kind: "slack_error", Method: "users.info", Name: "internal_error"}); err != nil {
		t.Fatal(err)
	}
	look(1)
	s.pass(31 * 24 * time.Hour)
	s.stop()
	if p := s.anas(); p == nil {
		t.Error("her data was deleted although her account is on")
	}
}
