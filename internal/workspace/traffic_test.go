package workspace_test

import (
	"net/http"
	"strings"
	"testing"

	"waymark/internal/workspace"
)

// What the bot called and was sent shows with what came of it, and again when
// that changes.
func TestTraffic(t *testing.T) {
	w := start(t, workspace.Config{AckTimeout: 1})
	a := dial(t, w)
	say(t, w, "hello")
	a.next() // without an ack
	until(t, "the delivery is given up", func() bool {
		list := w.Traffic(0)
		return len(list) > 1 && list[len(list)-1].Name == "message" && list[1].Outcome == "no ack"
	})
	wantError(t, "chat.update", post(t, w, "chat.update", object{"channel": "D0", "ts": "1.2", "text": "x"}), "channel_not_found")
	list := w.Traffic(0)
	first, last := list[0], list[len(list)-1]
	if !first.FromBot || first.Name != "apps.connections.open" || first.Outcome != "ok" {
		t.Errorf("first exchange is %+v", first)
	}
	if !last.FromBot || last.Name != "chat.update" || last.Outcome != "channel_not_found" || !strings.Contains(string(last.Payload), `"D0"`) {
		t.Errorf("last exchange is %+v", last)
	}
	if again := w.Traffic(last.Change); len(again) != 0 {
		t.Errorf("%d exchanges changed after the last", len(again))
	}
	for path, want := range map[string]int{"traffic?after=0": http.StatusOK, "traffic?after=x": http.StatusBadRequest, "faults": http.StatusOK, "files?person=ana": http.StatusOK, "files?person=nobody": http.StatusNotFound} {
		if status, v := local(t, w, "GET", path, nil); status != want {
			t.Errorf("GET %s: HTTP %d %v, want %d", path, status, v, want)
		}
	}
}

func TestTrafficForgets(t *testing.T) {
	w := start(t, workspace.Config{})
	for range 310 {
		post(t, w, "auth.test", nil)
	}
	list := w.Traffic(0)
	if len(list) != 300 || list[0].N != 11 || list[299].N != 310 {
		t.Errorf("%d exchanges are remembered, from %d to %d, want the last 300", len(list), list[0].N, list[len(list)-1].N)
	}
}

// Every fault that can be called up is listed until it is over.
func TestFaultsAreListed(t *testing.T) {
	w := start(t, workspace.Config{})
	for _, f := range []workspace.Fault{
		{Kind: "lose_acks", Count: 2}, {Kind: "drop", MidFrame: true}, {Kind: "slow", Method: "auth.test", DelayMS: 1},
		{Kind: "revoke", Token: "app"}, {Kind: "missing_scope", Scope: "files:write"},
	} {
		if err := w.Inject(f); err != nil {
			t.Fatal(err)
		}
	}
	var kinds []string
	for _, f := range w.Faults() {
		kinds = append(kinds, f.Kind)
	}
	if got := strings.Join(kinds, " "); got != "lose_acks drop slow revoke missing_scope" {
		t.Errorf("faults are %s", got)
	}
	post(t, w, "auth.test", nil)
	if n := len(w.Faults()); n != 4 {
		t.Errorf("%d faults after one is used up, want 4", n)
	}
	if err := w.Inject(workspace.Fault{Kind: "clear"}); err != nil || len(w.Faults()) != 0 {
		t.Errorf("after clear: %v, %v", w.Faults(), err)
	}
}

func TestViewTooLarge(t *testing.T) {
	w := start(t, workspace.Config{})
	var blocks []any
	for range 90 {
		blocks = append(blocks, object{"type": "section", "text": object{"type": "plain_text", "text": strings.Repeat("x", 3000)}})
	}
	answer := post(t, w, "views.publish", object{"user_id": workspace.Ana, "view": object{"type": "home", "blocks": blocks}})
	wantError(t, "270,000 characters", answer, "view_too_large")
	if err := w.Inject(workspace.Fault{Kind: "slack_error", Method: "views.publish", Name: "rate_limited"}); err != nil {
		t.Fatal(err)
	}
	home := object{"user_id": workspace.Ana, "view": object{"type": "home", "blocks": blocks[:1]}}
	wantError(t, "the next", post(t, w, "views.publish", home), "rate_limited")
	wantOK(t, "the one after", post(t, w, "views.publish", home))
}

// A click in a form carries what is filled in so far, and refuses what the form
// does not have.
func TestClickCarriesTheForm(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	opened := post(t, w, "views.open", object{"trigger_id": trigger(t, w, a), "view": modal("Goal")})
	wantOK(t, "views.open", opened)
	id := at(opened, "view", "id").(string)
	done := clickLater(w, workspace.Press{Person: "ana", ViewID: id, ActionID: "push", Fields: object{"name/text": "Nurse", "kind/pick": "b"}})
	e := a.next()
	a.ack(e, nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	values := at(e, "payload", "view", "state", "values")
	if at(values, "name", "text", "value") != "Nurse" || at(values, "kind", "pick", "selected_option", "value") != "b" {
		t.Errorf("the click carries %v", values)
	}
	if err := w.Click(patience(t), workspace.Press{Person: "ana", ViewID: id, ActionID: "push", Fields: object{"other": "x"}}); err == nil {
		t.Error("a field that the form lacks was filled in")
	}
}
