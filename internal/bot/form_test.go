package bot_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/internal/workspace"
)

// view is the form that Ana sees on top; it fails when there is none.
func (s *stage) view() workspace.View {
	s.t.Helper()
	all, err := s.ws.Views(workspace.Ana)
	if err != nil || len(all) == 0 {
		s.t.Fatalf("Ana sees no form, %v", err)
	}
	return all[len(all)-1]
}

// submit sends the form that Ana sees.
func (s *stage) submit(values map[string]any) workspace.Submission {
	s.t.Helper()
	got, err := s.ws.Submit(context.Background(), workspace.Ana, s.view().ID, values)
	if err != nil {
		s.t.Fatalf("Submit: %v", err)
	}
	s.settle()
	return got
}

// command runs a slash command of Ana's.
func (s *stage) command(line string) {
	s.t.Helper()
	s.pass(time.Minute)
	name, text, _ := strings.Cut(line, " ")
	if _, err := s.ws.Command(context.Background(), workspace.Ana, name, text); err != nil {
		s.t.Fatalf("%s: %v", line, err)
	}
	s.settle()
}

// blocksOf is what a form shows, as JSON.
func blocksOf(t *testing.T, v workspace.View) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v.Blocks); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// tap presses the newest button with that label among Ana's messages.
func (s *stage) tap(label string) {
	s.t.Helper()
	p, err := find(s.messages(), label)
	if err == nil {
		err = s.ws.Click(context.Background(), p)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.settle()
}

// press presses the first button with that label in a form.
func (s *stage) press(v workspace.View, label string) {
	s.t.Helper()
	i := slices.IndexFunc(v.Actions, func(a workspace.Action) bool { return a.Label == label })
	if i < 0 {
		s.t.Fatalf("no button %q in the form %s", label, blocksOf(s.t, v))
	}
	a := v.Actions[i]
	p := workspace.Press{Person: workspace.Ana, ViewID: v.ID, ActionID: a.ActionID, BlockID: a.BlockID}
	if err := s.ws.Click(context.Background(), p); err != nil {
		s.t.Fatal(err)
	}
	s.settle()
}

// closed fails unless a form was taken and went away.
func (s *stage) closed(got workspace.Submission) {
	s.t.Helper()
	if got.Action != "closed" && got.Action != "clear" {
		s.t.Fatalf("the form answers %+v, want it closed", got)
	}
	if all, err := s.ws.Views(workspace.Ana); err != nil || len(all) > 0 {
		s.t.Fatalf("Ana sees %d forms still, %v", len(all), err)
	}
}

// The settings are one form: what cannot be comes back at its field, what was
// saved is there after a restart.
func TestSettingsForm(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.command("/career settings")
	got := s.submit(map[string]any{"hour": "25:00", "zone": "Atlantis"})
	if got.Action != "errors" || got.Errors["hour"] == "" || got.Errors["zone"] == "" || len(got.Errors) != 2 {
		t.Fatalf("25:00 in Atlantis is answered with %+v", got)
	}
	s.closed(s.submit(map[string]any{"hour": "4 pm", "zone": "Asia/Tokyo", "budget": "0", "days": []string{"monday", "friday"}}))
	s.wantLast("Monday and Friday", "16:00", "Asia/Tokyo")
	s.restart()
	s.command("/career settings")
	state := blocksOf(t, s.view())
	for _, want := range []string{"16:00", "Asia/Tokyo"} {
		if !strings.Contains(state, want) {
			t.Errorf("after a restart the form does not show %q: %s", want, state)
		}
	}
}

// A goal is added by a command, found by its number, and changed by the button
// of a reply that only Ana sees.
func TestGoalForm(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.command("/career goal add Lead the *morning* <!channel> shift")
	if got := s.submit(map[string]any{"due": "2026-11-01"}); got.Errors["due"] == "" {
		t.Fatalf("a day that has passed is answered with %+v", got)
	}
	s.closed(s.submit(map[string]any{"due": "2027-03-01"}))
	s.wantLast("A new goal is on your plan: Lead the *morning* <!channel> shift")
	s.command("/goals 1")
	s.tap("Change this goal")
	s.closed(s.submit(map[string]any{"title": "Lead the late shift"}))
	s.wantLast("Lead the late shift")
	s.command("/goals 1")
	s.tap("Milestones")
	s.press(s.view(), "Add a milestone")
	if got := s.submit(map[string]any{"title": "Ask Kim", "due": "2026-12-01"}); got.Action != "update" {
		t.Fatalf("a new milestone is answered with %+v, want the list", got)
	}
	if list := blocksOf(t, s.view()); !strings.Contains(list, "Ask Kim") {
		t.Errorf("the list does not show the new milestone: %s", list)
	}
	s.press(s.view(), "Done")
	if list := blocksOf(t, s.view()); !strings.Contains(list, "(done)") {
		t.Errorf("the list does not show what is done: %s", list)
	}
	if err := s.ws.CloseView(context.Background(), workspace.Ana, s.view().ID); err != nil {
		t.Fatal(err)
	}
	s.command("/goals")
	s.wantLast("Lead the late shift", "of 4 milestones done")
}

// What becomes of a form that was opened on the tab shows there, and is not said
// again in the DM.
func TestFormOnTheTab(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.command("/career goal add Learn to bake")
	s.closed(s.submit(map[string]any{"due": "2027-03-01"}))
	s.opens(workspace.Ana)
	s.tabShows(workspace.Ana, "Learn to bake")
	before := len(s.said())
	s.presses("Edit")
	s.closed(s.submit(map[string]any{"title": "Learn to bake bread"}))
	s.tabShows(workspace.Ana, "Your goal is saved: ")
	s.presses("Settings")
	s.closed(s.submit(map[string]any{"budget": "0"}))
	s.tabShows(workspace.Ana, "Saved. I write on", "No messages but those you ask for")
	if got := s.said()[before:]; len(got) > 0 {
		t.Errorf("in the DM it says %q, too", got)
	}
}

// A form that is older than another choice is shown again with what was typed,
// and does not undo that choice.
func TestStaleForm(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.command("/career settings")
	s.command("/career pause until 10 January 2027")
	if got := s.submit(map[string]any{"hour": "4 pm"}); got.Action != "update" {
		t.Fatalf("the older form is answered with %+v, want it shown again", got)
	}
	again := blocksOf(t, s.view())
	for _, want := range []string{"changed since you opened it", "4 pm"} {
		if !strings.Contains(again, want) {
			t.Errorf("the form shown again does not hold %q: %s", want, again)
		}
	}
	s.closed(s.submit(map[string]any{"until": "2027-01-10"}))
	s.wantLast("16:00", "Sunday 10 January 2027")
}

// "Save as a win" keeps the link of any message, and its words only if they are
// Ana's own; it works where the bot is no member.
func TestWinShortcut(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	mine, err := s.ws.Speak(workspace.Saying{Person: workspace.Ana, Channel: workspace.Team, Text: "We shipped & nobody was paged!"})
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := s.ws.Speak(workspace.Saying{Person: workspace.Sam, Channel: workspace.Team, Text: "Ana saved the release"})
	if err != nil {
		t.Fatal(err)
	}
	for ts, c := range map[string]struct{ shows, hides string }{
		mine: {"We shipped & nobody was paged!", "Ana saved"}, theirs: {"/archives/" + workspace.Team, "Ana saved"},
	} {
		if err := s.ws.Shortcut(context.Background(), workspace.Ana, "save_win", workspace.Team, ts); err != nil {
			t.Fatal(err)
		}
		s.settle()
		form := blocksOf(t, s.view())
		if !strings.Contains(form, c.shows) || strings.Contains(form, c.hides) {
			t.Errorf("the form holds %s, want %q and not %q", form, c.shows, c.hides)
		}
		s.closed(s.submit(map[string]any{"words": "my words"}))
		s.wantLast("Kept as a win: my words")
	}
	s.command("/career wins")
	s.wantLast("Your wins, 2 so far")
}

// "Talk to the coach" begins the talk in the DM and says where.
func TestTalkShortcut(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	if err := s.ws.Shortcut(context.Background(), workspace.Ana, "talk", "", ""); err != nil {
		t.Fatal(err)
	}
	s.settle()
	s.wantLast("Shall we start?")
	if where := blocksOf(t, s.view()); !strings.Contains(where, "direct messages") {
		t.Errorf("the view says %s", where)
	}
}

// A form whose answer was lost is sent again by the person, and counts once.
func TestFormSentTwice(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(c *workspace.Config) { c.AckTimeout = time.Second })
	s.command("/win")
	id := s.view().ID
	if err := s.ws.Inject(workspace.Fault{Kind: "lose_acks", Count: 1}); err != nil {
		t.Fatal(err)
	}
	values := map[string]any{"words": "Trained two colleagues"}
	if got, err := s.ws.Submit(context.Background(), workspace.Ana, id, values); err == nil && got.Action == "closed" {
		t.Fatalf("the first try answers %+v, want its answer lost", got)
	}
	if _, err := s.ws.Submit(context.Background(), workspace.Ana, id, values); err != nil {
		t.Fatal(err)
	}
	s.settle()
	if n := s.count("Kept as a win: Trained two colleagues"); n != 1 {
		t.Errorf("said %d times that it is kept, want once", n)
	}
	s.command("/career wins")
	s.wantLast("Your wins, 1 so far")
}

// Every form is one that Slack takes.
func TestFormsOpen(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	for command, title := range map[string]string{
		"/win": "Log a win", "/career review date": "Your next review", "/career compare pay": "Pay, side by side", "/career settings": "Settings", "/career goal add": "A new goal",
	} {
		s.command(command)
		if got := s.view().Title; got != title {
			t.Errorf("%s opens %q, want %q", command, got, title)
		}
		if err := s.ws.CloseView(context.Background(), workspace.Ana, s.view().ID); err != nil {
			t.Fatal(err)
		}
	}
}
