package slackapp_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

// aPage is a tab with each kind of block, and two rows that bring back the same id.
func aPage() chat.Page {
	return chat.Page{Blocks: []chat.Block{
		{Kind: chat.Heading, Spans: []chat.Span{chat.T("Your plan")}},
		chat.Para(chat.T("Lead "), chat.Own("*a* <!channel> team & more")),
		{Kind: chat.Meter, Spans: []chat.Span{chat.T("2 of 4 steps")}, Done: 2, Total: 4},
		{Kind: chat.Buttons, ID: "home", Choices: []chat.Choice{{Value: "done:m1", Label: "Done"}, {Value: "form:goal", Label: "Edit"}}},
		{Kind: chat.Rule},
		{Kind: chat.Buttons, ID: "home", Choices: []chat.Choice{{Value: "form:settings", Label: "Settings"}}},
		{Kind: chat.Note, Spans: []chat.Span{chat.T("Only you can read this.")}},
	}}
}

func aForm() chat.Form {
	return chat.Form{
		Name: "goal", Meta: "g7.3", Title: "Edit your goal", Send: "Save", Cancel: "Cancel",
		Fields: []chat.Field{
			{Name: "title", Label: "What do you want?", Value: []string{"Lead <!channel>"}, MaxLength: 200, Placeholder: "Lead a team"},
			{Name: "why", Kind: chat.Lines, Label: "Why?", Optional: true, Hint: "One line is enough."},
			{Name: "due", Kind: chat.Date, Label: "By when?", Value: []string{"2027-03-01"}},
			{Name: "gap", Kind: chat.Pick, Label: "Which gap does it close?", Choices: choices(12), Value: []string{"v12"}},
			{Name: "size", Kind: chat.Radio, Label: "How big?", Choices: choices(3), Value: []string{"v1"}},
			{Name: "days", Kind: chat.Picks, Label: "On which days?", Choices: choices(5), Value: []string{"v1", "v5", "gone"}, Optional: true},
			{Name: "tags", Kind: chat.Picks, Label: "Which skills?", Choices: choices(11), Value: []string{"v11"}, Optional: true},
			{Name: "hours", Kind: chat.Number, Label: "Hours a week", Value: []string{"2.5"}, Min: 0, Max: 40},
			{Kind: chat.Shown, Block: chat.Para(chat.T("Steps"))},
			{Kind: chat.Shown, Block: chat.Block{Kind: chat.Buttons, ID: "steps", Choices: []chat.Choice{{Value: "add", Label: "Add a step"}}}},
		},
	}
}

func choices(n int) []chat.Choice {
	out := make([]chat.Choice, n)
	for i := range out {
		out[i] = chat.Choice{Value: fmt.Sprint("v", i+1), Label: fmt.Sprint("Choice ", i+1)}
	}
	return out
}

func opens(f chat.Form) func(context.Context, chat.Event) (chat.Reply, error) {
	return func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{Form: &f}, nil }
}

// home is what Ana sees on the coach's tab.
func (b *bench) home() workspace.View {
	b.t.Helper()
	v, err := b.ws.Home(workspace.Ana)
	b.must(err)
	if v == nil {
		b.t.Fatal("no tab was published")
	}
	return *v
}

// form is the one form that Ana sees.
func (b *bench) form() workspace.View {
	b.t.Helper()
	var v []workspace.View
	b.until("a form is open", func() (open bool) {
		var err error
		v, err = b.ws.Views(workspace.Ana)
		b.must(err)
		return len(v) > 0
	})
	return v[len(v)-1]
}

func (b *bench) submit(v workspace.View, values map[string]any) workspace.Submission {
	b.t.Helper()
	s, err := b.ws.Submit(b.t.Context(), workspace.Ana, v.ID, values)
	b.must(err)
	return s
}

// shown is everything in a view as JSON, to look for words in.
func shown(t *testing.T, v workspace.View) string {
	t.Helper()
	js, err := json.Marshal(v.Blocks)
	if err != nil {
		t.Fatal(err)
	}
	return string(js)
}

func TestPublishAndClickOnTheTab(t *testing.T) {
	b := connected(t, nil)
	b.must(b.ws.OpenHome(workspace.Ana))
	if e := b.next(); e.Kind != chat.Opened || e.Action != chat.TabHome || e.Person != ana {
		t.Fatalf("event %+v, want the tab opened", e)
	}
	for range 2 { // twice is the same as once
		b.must(b.app.Publish(t.Context(), ana, aPage()))
	}
	v := b.home()
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, ViewID: v.ID, ActionID: "choice.1", Value: "form:settings"}))
	e := b.next()
	if e.Kind != chat.Click || e.Action != "home" || !slices.Equal(e.Values, []string{"form:settings"}) || e.View != v.ID || e.Channel != "" || e.TS != "" {
		t.Errorf("event %+v, want the click on the tab", e)
	}
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, ViewID: v.ID, ActionID: "choice.1", Value: "done:m1"}))
	if again := b.next(); again.ID == e.ID || again.Values[0] != "done:m1" {
		t.Errorf("event %+v, want another one than %s", again, e.ID)
	}
}

func TestFormFromTheTabAndBack(t *testing.T) {
	b := connected(t, nil)
	b.must(b.app.Publish(t.Context(), ana, aPage()))
	b.answers(opens(aForm()))
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, ViewID: b.home().ID, ActionID: "choice.2"}))
	b.next()
	v := b.form()
	if v.Title != "Edit your goal" || v.Submit != "Save" || v.Close != "Cancel" || v.Callback != "goal" {
		t.Errorf("form %+v", v)
	}
	b.answers(nil)
	if s := b.submit(v, map[string]any{"why": "It is time.", "days": []string{"v2"}}); s.Action != "closed" {
		t.Errorf("submission %+v, want the form closed", s)
	}
	e := b.next()
	want := map[string][]string{
		"title": {"Lead <!channel>"}, "why": {"It is time."}, "due": {"2027-03-01"}, "gap": {"v12"}, "size": {"v1"},
		"days": {"v2"}, "tags": {"v11"}, "hours": {"2.5"},
	}
	if diff := cmp.Diff(want, e.Form); diff != "" || e.Kind != chat.Submitted || e.Action != "goal" || e.Meta != "g7.3" {
		t.Errorf("event %+v; form differs (-want +got):\n%s", e, diff)
	}
}

func TestFormFromACommandAndAShortcut(t *testing.T) {
	b := connected(t, nil)
	b.answers(opens(aForm()))
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "settings")
	b.must(err)
	b.next()
	v := b.form()
	b.must(b.ws.CloseView(t.Context(), workspace.Ana, v.ID))
	b.must(b.ws.Shortcut(t.Context(), workspace.Ana, "talk", "", ""))
	if e := b.next(); e.Kind != chat.Shortcut || e.Action != chat.ShortcutTalk || e.Channel != "" {
		t.Errorf("event %+v", e)
	}
	if again := b.form(); again.ID == v.ID {
		t.Error("the shortcut opened no form")
	}
}

func TestButtonsOfAFormChangeIt(t *testing.T) {
	b := connected(t, nil)
	b.answers(opens(aForm()))
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "goal add")
	b.must(err)
	b.next()
	v := b.form()
	more := aForm()
	more.Title, more.Meta = "Page 2", "g7.3 p2"
	b.answers(opens(more))
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, ViewID: v.ID, ActionID: "choice.1"}))
	e := b.next()
	if e.Kind != chat.Click || e.Action != "steps" || e.View != v.ID || e.Meta != "g7.3" || !slices.Equal(e.Form["title"], []string{"Lead <!channel>"}) {
		t.Errorf("event %+v, want the click with what is filled in", e)
	}
	b.until("the form has changed", func() bool { return b.form().Title == "Page 2" })
	if b.form().ID != v.ID {
		t.Error("another form was opened, want the same one changed")
	}
}

func TestSubmissionIsAnsweredInTheForm(t *testing.T) {
	b := connected(t, nil)
	b.answers(opens(aForm()))
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "goal add")
	b.must(err)
	b.next()
	v := b.form()

	b.answers(func(context.Context, chat.Event) (chat.Reply, error) {
		return chat.Reply{FormErrors: map[string]string{"due": "That day is over.", "nowhere": "Something else."}}, nil
	})
	s := b.submit(v, nil)
	if s.Action != "errors" || s.Errors["due"] != "That day is over." || s.Errors["hours"] != "Something else." {
		t.Errorf("submission %+v, want the errors at the fields", s)
	}
	first := b.next()

	receipt := chat.Form{Name: "receipt", Title: "Deleted", Cancel: "Close", Fields: []chat.Field{{Kind: chat.Shown, Block: chat.Para(chat.T("All is gone."))}}}
	b.answers(opens(receipt))
	if s := b.submit(v, map[string]any{"due": "2027-04-01"}); s.Action != "update" {
		t.Errorf("submission %+v, want the form replaced", s)
	}
	if second := b.next(); second.ID == first.ID {
		t.Error("a form filled in differently is another event")
	}
	if r := b.form(); r.ID != v.ID || r.Title != "Deleted" || r.Submit != "" || !strings.Contains(shown(t, r), "All is gone.") {
		t.Errorf("form %+v, want the receipt in its place", r)
	}
}

// After an error at a field Slack sends the same view again: what is filled in
// decides whether it is the same event.
func TestSubmittedTwiceIsOneEvent(t *testing.T) {
	b := connected(t, nil)
	b.answers(opens(aForm()))
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "goal add")
	b.must(err)
	b.next()
	v := b.form()
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) {
		return chat.Reply{FormErrors: map[string]string{"due": "That day is over."}}, nil
	})
	b.submit(v, nil)
	one := b.next()
	b.submit(v, nil)
	two := b.next()
	if one.ID != two.ID || strings.Contains(string(one.ID), "Lead") || !strings.HasPrefix(string(one.ID), "form:"+v.ID) {
		t.Errorf("ids %q and %q, want the same one, made of the view", one.ID, two.ID)
	}
}

func TestReplyToAClickInAView(t *testing.T) {
	b := connected(t, nil)
	b.must(b.app.Publish(t.Context(), ana, aPage()))
	b.answers(says("Well done."))
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, ViewID: b.home().ID, ActionID: "choice.1", Value: "done:m1"}))
	b.next()
	if v := b.form(); v.Title != slackapp.DefaultLabels().Notice || v.Submit != "" || !strings.Contains(shown(t, v), "Well done.") {
		t.Errorf("view %+v, want the reply above the tab", v)
	}
	if m, err := b.ws.Messages(workspace.Ana); err != nil || len(m) != 0 {
		t.Errorf("messages %v, error %v, want nothing in the DM", m, err)
	}
}

func TestFormThatDoesNotOpenIsSaid(t *testing.T) {
	for _, name := range []string{"expired_trigger_id", "exchanged_trigger_id", "rate_limited"} {
		t.Run(name, func(t *testing.T) {
			b := connected(t, nil)
			b.must(b.ws.Inject(workspace.Fault{Kind: "slack_error", Method: "views.open", Name: name}))
			b.answers(opens(aForm()))
			_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "settings")
			b.must(err)
			b.until("it is said", func() bool {
				m, err := b.ws.Messages(workspace.Ana)
				b.must(err)
				return len(m) > 0
			})
			if m := b.last(); m.Text != slackapp.DefaultLabels().NoForm || !m.Ephemeral {
				t.Errorf("message %+v, want one line that says so", m)
			}
			b.quiet()
			if n := len(b.ws.CallsOf("views.open")); n != 1 {
				t.Errorf("%d attempts, want 1", n)
			}
		})
	}
}

func TestMessageShortcut(t *testing.T) {
	b := connected(t, nil)
	hers, err := b.ws.Say(workspace.Ana, "I gave the *talk* &amp; it went <well>")
	b.must(err)
	b.next()
	channel, his := b.post(chat.Say("You did well."))
	for _, tt := range []struct{ ts, text string }{{hers, "I gave the *talk* &amp; it went <well>"}, {his, ""}} {
		b.must(b.ws.Shortcut(t.Context(), workspace.Ana, "save_win", channel, tt.ts))
		e := b.next()
		link := "https://" + workspace.TeamDomain + ".slack.com/archives/" + channel + "/p" + strings.ReplaceAll(tt.ts, ".", "")
		if e.Kind != chat.Shortcut || e.Action != chat.ShortcutWin || e.Text != tt.text || e.Link != link || e.Channel != "" || e.TS != "" {
			t.Errorf("event %+v, want the link %s and only Ana's own words", e, link)
		}
	}
}
