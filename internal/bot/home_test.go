package bot_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/store"
	"waymark/internal/workspace"
)

// tab is what somebody's Home tab shows, as the JSON of its blocks; "" before
// it was published.
func (s *stage) tab(person string) string {
	s.t.Helper()
	v, err := s.ws.Home(person)
	if err != nil {
		s.t.Fatal(err)
	}
	if v == nil {
		return ""
	}
	raw, err := json.Marshal(v.Blocks)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(raw)
}

// tabShows waits until somebody's tab holds all parts.
func (s *stage) tabShows(person string, parts ...string) {
	s.t.Helper()
	s.until("the tab shows "+strings.Join(parts, ", "), func() bool {
		tab := s.tab(person)
		return tab != "" && !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(tab, p) })
	})
}

// opens opens somebody's Home tab and waits for what follows.
func (s *stage) opens(person string) {
	s.t.Helper()
	if err := s.ws.OpenHome(person); err != nil {
		s.t.Fatal(err)
	}
	s.settle()
}

// presses presses the first button of Ana's tab with that label.
func (s *stage) presses(label string) {
	s.t.Helper()
	v, err := s.ws.Home(workspace.Ana)
	if err != nil || v == nil {
		s.t.Fatalf("no tab, %v", err)
	}
	i := slices.IndexFunc(v.Actions, func(a workspace.Action) bool { return a.Label == label })
	if i < 0 {
		s.t.Fatalf("no button %q on the tab %s", label, s.tab(workspace.Ana))
	}
	a := v.Actions[i]
	p := workspace.Press{Person: workspace.Ana, ViewID: v.ID, ActionID: a.ActionID, BlockID: a.BlockID}
	if err := s.ws.Click(context.Background(), p); err != nil {
		s.t.Fatal(err)
	}
	s.settle()
}

const welcome = "I'm a career coach bot, not a person"

// The tab is there as soon as it is opened, with one welcome in the DM; what is
// pressed on it shows on it.
func TestHomeTab(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.opens(workspace.Ana)
	s.tabShows(workspace.Ana, "Look around", "gives nobody a way to read")
	s.wantLast(welcome, "How to stop")
	s.presses("Look around")
	if v, err := s.ws.Views(workspace.Ana); err != nil || len(v) != 1 || v[0].Submit != "" {
		t.Errorf("looking around opens %+v, %v, want one view to look at", v, err)
	}
	s.presses("Start")
	s.asks("have.job")
	s.tabShows(workspace.Ana, "Hello Ana", "What is your job today?", "Continue")
	s.say("front desk")
	s.tabShows(workspace.Ana, "front desk")
	if n := s.count(welcome); n != 1 {
		t.Errorf("%d welcomes, want one", n)
	}
}

// A plan shows on the tab; a milestone that is done is done there.
func TestHomeDone(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	d := &driver{stage: s}
	table := map[string][]string{}
	for step, answers := range firstTalk {
		for _, a := range answers {
			if !strings.HasPrefix(a, "!") {
				table[step] = append(table[step], a)
			}
		}
	}
	// Typed; what taps look like is tried elsewhere.
	table["choose.gap_pick"], table["act.act"] = []string{"1 and 3"}, []string{"1", "volunteer at a clinic"}
	if _, err := s.ws.Say(workspace.Ana, "hi"); err != nil {
		t.Fatal(err)
	}
	s.settle()
	if err := d.converse("ana", table); err != nil {
		t.Fatal(err)
	}
	if calls := s.ws.CallsOf("views.publish"); len(calls) > 0 {
		t.Errorf("%d pages were published before anybody looked", len(calls))
	}
	before := len(s.said())
	s.opens(workspace.Ana)
	s.tabShows(workspace.Ana, "Your next step", "Compare three programmes", "0 of 2 milestones done", "If it is Tuesday evening")
	s.presses("Done")
	s.tabShows(workspace.Ana, "Done: ", "1 of 2 milestones done")
	if after := s.said(); len(after) != before {
		t.Errorf("what was done on the tab is said in the DM, too: %q", after[before:])
	}
	s.restart()
	s.opens(workspace.Ana)
	s.tabShows(workspace.Ana, "1 of 2 milestones done")
}

// Opening again, twice and by a redelivery brings no second welcome; "Not now"
// is the last word.
func TestOneWelcome(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	for range 2 {
		s.opens(workspace.Ana)
		if err := s.ws.OpenMessages(workspace.Ana); err != nil {
			t.Fatal(err)
		}
	}
	s.ws.RedeliverLast(4)
	s.settle()
	s.restart()
	s.opens(workspace.Ana)
	if n := s.count(welcome); n != 1 {
		t.Fatalf("%d welcomes, want one", n)
	}
	p, err := find(s.messages(), "Not now")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ws.Click(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s.settle()
	n := len(s.said())
	for range 30 {
		s.pass(24 * time.Hour)
	}
	s.opens(workspace.Ana)
	if got := s.said(); len(got) != n {
		t.Errorf("after \"Not now\" came %q", got[n:])
	}
	s.say("hi")
	s.asks("have.job")
}

// The welcome comes in the DM as well, when that is opened first.
func TestWelcomeInDM(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	if err := s.ws.OpenMessages(workspace.Ana); err != nil {
		t.Fatal(err)
	}
	s.until("the welcome is there", func() bool { return len(s.said()) == 1 })
	s.wantLast(welcome)
	if tab := s.tab(workspace.Ana); tab != "" {
		t.Errorf("a tab that nobody opened: %s", tab)
	}
}

// Slack refuses a page for a while, for good, or not at all.
func TestHomeFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fault workspace.Fault
		shown bool
	}{
		{"rate limited", workspace.Fault{Kind: "rate_limit", Method: "views.publish", RetryAfter: 1}, true},
		{"a conflict", workspace.Fault{Kind: "slack_error", Method: "views.publish", Name: "hash_conflict"}, true},
		{"no such user", workspace.Fault{Kind: "slack_error", Method: "views.publish", Name: "user_not_found"}, false},
		{"the answer is lost", workspace.Fault{Kind: "lose_answer", Method: "views.publish"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, nil)
			if err := s.ws.Inject(c.fault); err != nil {
				t.Fatal(err)
			}
			if err := s.ws.OpenHome(workspace.Ana); err != nil {
				t.Fatal(err)
			}
			s.until("the welcome is there", func() bool { return s.count(welcome) == 1 })
			if c.shown {
				s.tabShows(workspace.Ana, "Hello")
			} else {
				s.until("the bot gave up", func() bool { return strings.Contains(s.log.String(), "page cannot be published") })
			}
			s.stop()
			s.inData(func(_ kv.Store, data *store.Store) {
				if left, err := data.Homes(context.Background(), "", 10); err != nil || len(left) > 0 && !c.shown {
					t.Errorf("marks %q, %v", left, err)
				}
			})
		})
	}
}

// Strangers are declined, on the tab too, and nothing of them is kept; guests
// are people of the workspace. Slack opens nothing for a deactivated account.
func TestHomeOfOthers(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.opens(workspace.Stranger)
	s.tabShows(workspace.Stranger, "people of this workspace")
	s.opens(workspace.Guest)
	s.tabShows(workspace.Guest, "Look around")
	s.stop()
	s.inData(func(_ kv.Store, data *store.Store) {
		kept := records(t, data)
		for id := range kept {
			if !strings.HasSuffix(string(id), workspace.Guest) {
				t.Errorf("a record of %s", id)
			}
		}
		if len(kept) != 1 {
			t.Errorf("%d records, want that of the guest", len(kept))
		}
	})
}

// A bot that is killed before its page was taken publishes it after the start.
func TestKilledBeforePublish(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, running)
	tap := newTap(t, s.ws.APIURL(), "views.publish", false)
	c := s.spawn(tap.url())
	if err := s.ws.OpenHome(workspace.Ana); err != nil {
		t.Fatal(err)
	}
	<-tap.held
	c.kill()
	if tab := s.tab(workspace.Ana); tab != "" {
		t.Fatalf("the tab was published: %s", tab)
	}
	c = s.spawn(s.ws.APIURL())
	s.tabShows(workspace.Ana, "Hello")
	s.until("the welcome is there", func() bool { return s.count(welcome) == 1 })
	c.terminate()
	s.inData(func(_ kv.Store, data *store.Store) {
		left := []chat.PersonID{}
		if got, err := data.Homes(context.Background(), "", 10); err != nil || len(got) > 0 {
			t.Errorf("marks %q, %v, want %q", got, err, left)
		}
	})
}

// A message that is deleted in Slack offers to forget the answer.
func TestDeletedAnswer(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi", "start")
	s.pass(time.Minute)
	ts, err := s.ws.Say(workspace.Ana, "front desk at a clinic")
	if err != nil {
		t.Fatal(err)
	}
	s.settle()
	if err := s.ws.Delete(workspace.Ana, ts); err != nil {
		t.Fatal(err)
	}
	s.settle()
	s.wantLast("You took a message back", "What is your job today?")
	p, err := find(s.messages(), "Forget it")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ws.Click(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s.settle()
	s.wantLast("Forgotten")
	s.stop()
	s.inData(func(_ kv.Store, data *store.Store) {
		for _, p := range records(t, data) {
			for _, a := range p.Dialogue.Answers {
				if strings.Contains(a.Words+a.Value.Text, "front desk") {
					t.Errorf("still kept: %+v", a)
				}
			}
		}
	})
}
