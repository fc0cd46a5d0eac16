package workspace_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"waymark/internal/workspace"
)

// modal is a small form.
func modal(title string) object {
	return object{
		"type": "modal", "callback_id": "goal", "title": object{"type": "plain_text", "text": title},
		"submit": object{"type": "plain_text", "text": "Save"}, "notify_on_close": true,
		"blocks": []any{
			object{"type": "input", "block_id": "name", "label": object{"type": "plain_text", "text": "Name"},
				"element": object{"type": "plain_text_input", "action_id": "text", "max_length": 10}},
			object{"type": "input", "block_id": "kind", "optional": true, "label": object{"type": "plain_text", "text": "Kind"},
				"element": object{"type": "static_select", "action_id": "pick", "options": []any{
					object{"text": object{"type": "plain_text", "text": "Course"}, "value": "c"},
					object{"text": object{"type": "plain_text", "text": "Book"}, "value": "b"},
				}}},
			object{"type": "actions", "block_id": "more", "elements": []any{
				object{"type": "button", "action_id": "push", "text": object{"type": "plain_text", "text": "More"}},
			}},
		},
	}
}

// trigger runs a command and gives its trigger id.
func trigger(t *testing.T, w *workspace.Workspace, a *app) string {
	t.Helper()
	done := commandLater(w, "/goals", "")
	e := a.next()
	a.ack(e, nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	return at(e, "payload", "trigger_id").(string)
}

func TestTriggerIsForOneUseWithinThreeSeconds(t *testing.T) {
	wall := newTime(time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC))
	w := start(t, workspace.Config{Now: wall.now})
	a := dial(t, w)
	id := trigger(t, w, a)
	bad := modal("A title that is much too long to fit")
	wantError(t, "a refused view", post(t, w, "views.open", object{"trigger_id": id, "view": bad}), "invalid_arguments")
	wantOK(t, "views.open", post(t, w, "views.open", object{"trigger_id": id, "view": modal("Goal")}))
	wantError(t, "second use", post(t, w, "views.open", object{"trigger_id": id, "view": modal("Goal")}), "exchanged_trigger_id")
	wantError(t, "unknown", post(t, w, "views.open", object{"trigger_id": "1.2.3", "view": modal("Goal")}), "invalid_trigger_id")
	id = trigger(t, w, a)
	wall.add(3001 * time.Millisecond)
	wantError(t, "after three seconds", post(t, w, "views.open", object{"trigger_id": id, "view": modal("Goal")}), "expired_trigger_id")
}

func TestSubmit(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	opened := post(t, w, "views.open", object{"trigger_id": trigger(t, w, a), "view": modal("Goal")})
	wantOK(t, "views.open", opened)
	id := at(opened, "view", "id").(string)
	submit := func(values object) (<-chan workspace.Submission, <-chan error) {
		got := make(chan workspace.Submission, 1)
		return got, later(func(ctx context.Context) error {
			s, err := w.Submit(ctx, "ana", id, values)
			got <- s
			return err
		})
	}
	for rule, values := range map[string]object{
		"a required field is empty": {},
		"eleven characters":         {"text": "hello world"},
	} {
		s, err := w.Submit(patience(t), "ana", id, values)
		if err != nil || s.Action != "errors" || s.Errors["name"] == "" {
			t.Errorf("%s: %+v, %v, want an error of the form itself", rule, s, err)
		}
	}
	if _, err := w.Submit(patience(t), "ana", id, object{"pick": "x"}); err == nil {
		t.Error("an option that is not offered was picked")
	}

	got, done := submit(object{"name": "Nurse", "kind/pick": "Book"})
	e := a.next()
	if at(e, "payload", "type") != "view_submission" || e["accepts_response_payload"] != true ||
		at(e, "payload", "view", "state", "values", "name", "text", "value") != "Nurse" ||
		at(e, "payload", "view", "state", "values", "kind", "pick", "selected_option", "value") != "b" {
		t.Errorf("submission is %v", e)
	}
	a.ack(e, object{"response_action": "errors", "errors": object{"name": "Taken"}})
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if s := <-got; s.Action != "errors" || s.Errors["name"] != "Taken" {
		t.Errorf("submission with errors: %+v", s)
	}

	got, done = submit(object{})
	a.ack(a.next(), object{"response_action": "errors", "errors": object{"more": "not an input"}})
	if err := <-done; err == nil {
		t.Errorf("errors on a block that is no input: %+v, want trouble", <-got)
	}

	_, done = submit(object{})
	a.ack(a.next(), object{"response_action": "update", "view": modal("Second")})
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	views, _ := w.Views("ana")
	if len(views) != 1 || views[0].Title != "Second" || views[0].ID != id || views[0].Errors != nil {
		t.Errorf("after an update: %+v", views)
	}

	_, done = submit(object{"text": "x"})
	a.ack(a.next(), object{"response_action": "push", "view": modal("On top")})
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if views, _ = w.Views("ana"); len(views) != 2 || views[1].Title != "On top" {
		t.Fatalf("after a push: %+v", views)
	}
	if _, err := w.Submit(patience(t), "ana", id, nil); err == nil {
		t.Error("a modal under another was submitted")
	}

	id = views[1].ID
	_, done = submit(object{"text": "x"})
	a.ack(a.next(), object{}) // what Node sends for an empty ack: closes this one
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if views, _ = w.Views("ana"); len(views) != 1 {
		t.Errorf("after an empty ack: %+v", views)
	}

	id = views[0].ID
	_, done = submit(object{"text": "x"})
	a.ack(a.next(), object{"response_action": "clear"})
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if views, _ = w.Views("ana"); len(views) != 0 {
		t.Errorf("after clear: %+v", views)
	}
}

func TestPushLimitAndClose(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	first := trigger(t, w, a)
	wantError(t, "push without a modal", post(t, w, "views.push", object{"trigger_id": first, "view": modal("x")}), "not_found")
	wantOK(t, "views.open", post(t, w, "views.open", object{"trigger_id": trigger(t, w, a), "view": modal("1")}))
	push := func() object {
		views, _ := w.Views("ana")
		done := clickLater(w, workspace.Press{Person: "ana", ViewID: views[len(views)-1].ID, ActionID: "push"})
		e := a.next()
		if at(e, "payload", "container", "type") != "view" || at(e, "payload", "message") != nil {
			t.Errorf("click in a modal is %v", e)
		}
		a.ack(e, nil)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		return post(t, w, "views.push", object{"trigger_id": at(e, "payload", "trigger_id"), "view": modal("next")})
	}
	wantOK(t, "views.push", push())
	third := push()
	wantOK(t, "views.push", third)
	if at(third, "view", "previous_view_id") == nil || at(third, "view", "root_view_id") == at(third, "view", "id") {
		t.Errorf("third view is %v", third)
	}
	wantError(t, "fourth", push(), "push_limit_reached")

	done := later(func(ctx context.Context) error {
		return w.CloseView(ctx, "ana", at(third, "view", "id").(string))
	})
	e := a.next()
	if at(e, "payload", "type") != "view_closed" || at(e, "payload", "is_cleared") != false {
		t.Errorf("closing sent %v", e)
	}
	a.ack(e, nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if views, _ := w.Views("ana"); len(views) != 2 {
		t.Errorf("%d modals after closing one of three", len(views))
	}
}

func TestViewsUpdate(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	named := modal("Goal")
	named["external_id"] = "goal-1"
	opened := post(t, w, "views.open", object{"trigger_id": trigger(t, w, a), "view": named})
	wantOK(t, "views.open", opened)
	hash := at(opened, "view", "hash")
	wantError(t, "same external id", post(t, w, "views.open", object{"trigger_id": trigger(t, w, a), "view": named}), "duplicate_external_id")
	wantOK(t, "by id", post(t, w, "views.update", object{"view_id": at(opened, "view", "id"), "hash": hash, "view": named}))
	wantError(t, "old hash", post(t, w, "views.update", object{"view_id": at(opened, "view", "id"), "hash": hash, "view": named}), "hash_conflict")
	wantOK(t, "by external id", post(t, w, "views.update", object{"external_id": "goal-1", "view": named}))
	wantError(t, "unknown view", post(t, w, "views.update", object{"view_id": "V0", "view": named}), "not_found")
	wantError(t, "no view named", post(t, w, "views.update", object{"view": named}), "invalid_arguments")
	wantError(t, "a home view instead", post(t, w, "views.update", object{"external_id": "goal-1", "view": object{"type": "home", "blocks": []any{}}}), "invalid_arguments")
}

func TestHomeTab(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	home := object{"type": "home", "blocks": []any{object{"type": "actions", "elements": []any{
		object{"type": "button", "action_id": "plan", "text": object{"type": "plain_text", "text": "Plan"}}}}}}
	if v, err := w.Home("ana"); v != nil || err != nil {
		t.Errorf("home before it was published: %+v, %v", v, err)
	}
	if err := w.OpenHome("ana"); err != nil {
		t.Fatal(err)
	}
	e := a.next()
	if at(e, "payload", "event", "type") != "app_home_opened" || at(e, "payload", "event", "tab") != "home" || at(e, "payload", "event", "view") != nil {
		t.Errorf("opening the Home tab sent %v", e)
	}
	a.ack(e, nil)
	published := post(t, w, "views.publish", object{"user_id": workspace.Ana, "view": home})
	wantOK(t, "views.publish", published)
	hash := at(published, "view", "hash")
	wantOK(t, "with the hash", post(t, w, "views.publish", object{"user_id": workspace.Ana, "view": home, "hash": hash}))
	wantError(t, "with an old hash", post(t, w, "views.publish", object{"user_id": workspace.Ana, "view": home, "hash": hash}), "hash_conflict")
	wantError(t, "for nobody", post(t, w, "views.publish", object{"user_id": "U0", "view": home}), "user_not_found")
	wantError(t, "a modal", post(t, w, "views.publish", object{"user_id": workspace.Ana, "view": modal("x")}), "invalid_arguments")
	v, err := w.Home("ana")
	if err != nil || len(v.Actions) != 1 {
		t.Fatalf("Ana's home is %+v, %v", v, err)
	}
	done := clickLater(w, workspace.Press{Person: "ana", ViewID: v.ID, ActionID: "plan"})
	e = a.next()
	if at(e, "payload", "view", "id") != v.ID || at(e, "payload", "trigger_id") == nil {
		t.Errorf("click on the Home tab is %v", e)
	}
	a.ack(e, nil)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// The whole round through slack-go: a command opens a modal, its submission is
// refused once, then accepted.
func TestModalThroughSlackGo(t *testing.T) {
	w := start(t, workspace.Config{})
	tries := 0
	connect(t, w, func(b *bot, e socketmode.Event) any {
		switch data := e.Data.(type) {
		case slack.SlashCommand:
			view := slack.ModalViewRequest{
				Type: slack.VTModal, CallbackID: "c", Title: plain("Goal"), Submit: plain("Save"), Close: plain("Cancel"),
				Blocks: slack.Blocks{BlockSet: []slack.Block{
					slack.NewInputBlock("b", plain("Name"), nil, slack.NewPlainTextInputBlockElement(nil, "a")),
				}},
			}
			if _, err := b.api.OpenView(data.TriggerID, view); err != nil {
				b.t.Errorf("OpenView: %v", err)
			}
		case slack.InteractionCallback:
			tries++
			if v := data.View.State.Values["b"]["a"].Value; v != "Nurse" {
				b.t.Errorf("submitted %q", v)
			}
			if tries == 1 {
				return slack.NewErrorsViewSubmissionResponse(map[string]string{"b": "Again, please"})
			}
		}
		return nil
	})
	if _, err := w.Command(patience(t), "ana", "/goals", "new"); err != nil {
		t.Fatal(err)
	}
	views, err := w.Views("ana")
	if err != nil || len(views) != 1 {
		t.Fatalf("views: %+v, %v", views, err)
	}
	var got []string
	for range 2 {
		s, err := w.Submit(patience(t), "ana", views[0].ID, object{"a": "Nurse"})
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s.Action)
	}
	if diff := cmp.Diff([]string{"errors", "closed"}, got); diff != "" {
		t.Errorf("submissions (-want +got):\n%s", diff)
	}
}

func TestShortcuts(t *testing.T) {
	w := start(t, workspace.Config{Shortcuts: []workspace.Shortcut{
		{CallbackID: "talk"}, {CallbackID: "log_win", OnMessage: true},
	}})
	a := dial(t, w)
	ts := say(t, w, "I shipped it")
	a.ack(a.next(), nil)
	for _, c := range []struct{ id, ts, want string }{{"talk", "", "shortcut"}, {"log_win", ts, "message_action"}} {
		done := later(func(ctx context.Context) error { return w.Shortcut(ctx, "ana", c.id, "", c.ts) })
		e := a.next()
		if at(e, "payload", "type") != c.want || at(e, "payload", "callback_id") != c.id || at(e, "payload", "trigger_id") == nil {
			t.Errorf("shortcut is %v, want a %s", e, c.want)
		}
		a.ack(e, nil)
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	for _, c := range []struct{ id, ts string }{{"other", ""}, {"log_win", ""}, {"talk", ts}} {
		if err := w.Shortcut(patience(t), "ana", c.id, "", c.ts); err == nil {
			t.Errorf("the app has no shortcut %q there (message %q), and it was used", c.id, c.ts)
		}
	}
}

func TestBlocksValidate(t *testing.T) {
	w := start(t, workspace.Config{})
	good, _ := json.Marshal(modal("Goal"))
	wantOK(t, "a good view", post(t, w, "blocks.validate", object{"view": string(good)}))
	answer := post(t, w, "blocks.validate", object{"blocks": `[{"type":"section"}]`})
	wantError(t, "an empty section", answer, "invalid_blocks")
	if at(answer, "errors", 0, "pointer") != "/blocks/0" {
		t.Errorf("errors are %v", answer["errors"])
	}
	wantError(t, "nothing", post(t, w, "blocks.validate", nil), "invalid_arguments")
}
