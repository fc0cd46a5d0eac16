package workspace_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"waymark/internal/workspace"
)

// local calls /_local/ and gives the status and the answer.
func local(t *testing.T, w *workspace.Workspace, method, path string, body any) (int, any) {
	t.Helper()
	var text string
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		text = string(b)
	}
	r, err := http.NewRequestWithContext(patience(t), method, w.URL()+"_local/"+path, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var v any
	if err := json.NewDecoder(res.Body).Decode(&v); err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return res.StatusCode, v
}

// A whole talk over the JSON API alone, as the page has it.
func TestLocalAPI(t *testing.T) {
	w := start(t, workspace.Config{Start: time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC), FrozenClock: true})
	connect(t, w, func(b *bot, e socketmode.Event) any {
		switch data := e.Data.(type) {
		case slack.SlashCommand:
			return map[string]any{"text": "ran " + data.Command}
		case slack.InteractionCallback:
			if data.Type == slack.InteractionTypeBlockActions {
				a := data.ActionCallback.BlockActions[0]
				_, _, _ = b.api.PostMessage(data.User.ID, slack.MsgOptionText("picked "+a.SelectedOption.Value+a.SelectedDate, false))
			}
		}
		if m := message(e); m != nil {
			_, _, err := b.api.PostMessage(m.Channel, slack.MsgOptionText("Which?", false), slack.MsgOptionBlocks(
				slack.NewActionBlock("q",
					slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain("Pick"), "which",
						slack.NewOptionBlockObject("n", plain("Nurse"), nil), slack.NewOptionBlockObject("c", plain("Cook"), nil)),
					slack.NewDatePickerBlockElement("when"))))
			if err != nil {
				b.t.Errorf("PostMessage: %v", err)
			}
		}
		return nil
	})
	ok := func(method, path string, body any) any {
		t.Helper()
		status, v := local(t, w, method, path, body)
		if status != http.StatusOK {
			t.Fatalf("%s %s %v: HTTP %d %v", method, path, body, status, v)
		}
		return v
	}
	said := ok("POST", "say", object{"person": "Ana", "text": "hi"})
	ok("GET", "quiet?ms=30", nil)
	list := ok("GET", "messages?person=ana", nil)
	if at(list, 0, "ts") != at(said, "ts") || at(list, 0, "from") != "person" || at(list, 1, "from") != "bot" {
		t.Errorf("messages are %v", list)
	}
	for path, want := range map[string]any{"action_id": "which", "type": "static_select", "label": "Pick", "block_id": "q"} {
		if got := at(list, 1, "actions", 0, path); got != want {
			t.Errorf("action's %s is %v, want %v", path, got, want)
		}
	}
	if at(list, 1, "actions", 0, "options", 1, "value") != "c" {
		t.Errorf("options are %v", at(list, 1, "actions", 0))
	}
	ok("POST", "click", object{"person": "ana", "ts": at(list, 1, "ts"), "action_id": "which", "value": "Cook"})
	ok("POST", "click", object{"person": "ana", "channel": at(list, 1, "channel"), "ts": at(list, 1, "ts"), "action_id": "when", "value": "2027-05-01"})
	ran := ok("POST", "command", object{"person": "ana", "command": "/goals", "text": ""})
	ok("GET", "quiet?ms=30", nil)
	list = ok("GET", "messages?person="+workspace.Ana, nil)
	var texts []string
	for _, m := range list.([]any) {
		texts = append(texts, at(m, "text").(string))
		if at(m, "ts") == at(ran, "ts") && at(m, "ephemeral") != true {
			t.Errorf("the reply to a command is %v", m)
		}
	}
	if got := strings.Join(texts, "|"); got != "hi|Which?|picked c|picked 2027-05-01|ran /goals" {
		t.Errorf("Ana sees %s", got)
	}
	if at(list, 1, "actions", 0, "picked", "selected_option", "value") != "c" {
		t.Errorf("the select shows %v", at(list, 1, "actions", 0, "picked"))
	}
	ok("POST", "edit", object{"person": "ana", "ts": at(said, "ts"), "text": "hello"})
	if list = ok("GET", "messages?person=ana", nil); at(list, 0, "edited") != true || at(list, 0, "text") != "hello" {
		t.Errorf("after an edit: %v", at(list, 0))
	}
	ok("POST", "delete", object{"person": "ana", "ts": at(said, "ts")})
	ok("POST", "mention", object{"person": "kim", "text": "hi"})
	ok("POST", "file", object{"person": "ana", "name": "cv.txt", "content": "I teach", "mimetype": "text/plain"})
	ok("POST", "open_home", object{"person": "ana"})
	ok("POST", "zone", object{"person": "ana", "zone": "Asia/Tokyo"})
	if p := ok("POST", "person", object{"name": "Lee"}); at(p, "channel") == nil {
		t.Errorf("added %v", p)
	}
	if people := ok("GET", "people", nil); at(people, 0, "name") != "Ana" || at(people, 0, "zone") != "Asia/Tokyo" || at(people, 6, "name") != "Lee" {
		t.Errorf("people are %v", people)
	}
	if now := ok("POST", "clock", object{"advance": "24h"}); at(now, "now") != "2027-01-05T09:00:00Z" {
		t.Errorf("clock is %v", now)
	}
	if now := ok("POST", "clock", object{"now": "2027-03-01T08:00:00+01:00"}); at(now, "now") != "2027-03-01T07:00:00Z" {
		t.Errorf("clock is %v", now)
	}
	ok("POST", "fault", object{"kind": "clear"})
	ok("GET", "views?person=ana", nil)
}

func TestLocalErrors(t *testing.T) {
	w := start(t, workspace.Config{Commands: workspace.Commands("/goals")})
	for _, c := range []struct {
		method, path string
		body         any
		status       int
		says         string
	}{
		{"POST", "say", object{"person": "nobody", "text": "x"}, 404, "no person"},
		{"POST", "say", object{"person": "ana", "text": "  "}, 400, "no_text"},
		{"POST", "say", object{"person": "ana", "text": strings.Repeat("x", 40_001)}, 400, "msg_too_long"},
		{"POST", "say", object{"person": "ana", "txt": "x"}, 400, "unknown field"},
		{"POST", "say", object{"person": "ana", "text": "x", "thread_ts": "1.2"}, 404, "no message"},
		{"POST", "say", object{"person": "ana", "text": "x", "channel": "D01SAMWEBER"}, 404, "channel_not_found"},
		{"POST", "say", nil, 400, "JSON"},
		{"POST", "command", object{"person": "ana", "command": "/other"}, 400, "not a valid command"},
		{"POST", "command", object{"person": "ana", "command": "goals"}, 400, "slash"},
		{"POST", "command", object{"person": "ana", "command": "/goals"}, 409, "dispatch_failed"},
		{"POST", "click", object{"person": "ana", "action_id": "x"}, 404, "no message has"},
		{"POST", "click", object{"person": "ana", "ts": "1.2", "action_id": "x"}, 404, "message_not_found"},
		{"POST", "click", object{"person": "ana", "view_id": "V0", "action_id": "x"}, 404, "no view"},
		{"POST", "submit", object{"person": "ana", "view_id": "V0"}, 404, "no view"},
		{"POST", "close", object{"person": "ana", "view_id": "V0"}, 404, "no view"},
		{"POST", "edit", object{"person": "ana", "ts": "1.2", "text": "x"}, 404, "no message"},
		{"POST", "file", object{"person": "ana"}, 400, "name"},
		{"POST", "person", object{}, 400, "name"},
		{"POST", "person", object{"name": "Ana"}, 400, "already"},
		{"POST", "person", object{"name": "Lee", "zone": "Mars/Base"}, 400, "not known"},
		{"POST", "zone", object{"person": "ana", "zone": "Mars/Base"}, 400, "not known"},
		{"POST", "clock", object{}, 400, "advance"},
		{"POST", "clock", object{"advance": "soon"}, 400, "soon"},
		{"POST", "clock", object{"now": "1970-01-01T00:00:00Z"}, 400, "2000"},
		{"POST", "clock", object{"next": true}, 404, "nothing is due"},
		{"POST", "fault", object{"kind": "meteor"}, 400, "meteor"},
		{"GET", "messages?person=nobody", nil, 404, "no person"},
		{"GET", "messages?person=ana&channel=D01SAMWEBER", nil, 404, "channel_not_found"},
		{"GET", "home?person=ana", nil, 404, "no Home"},
		{"GET", "quiet?ms=x", nil, 400, "milliseconds"},
	} {
		status, v := local(t, w, c.method, c.path, c.body)
		text, _ := at(v, "error").(string)
		if status != c.status || !strings.Contains(text, c.says) {
			t.Errorf("%s %s %.80v: HTTP %d %q, want %d and %q", c.method, c.path, c.body, status, text, c.status, c.says)
		}
	}
}

func TestQuietWaitsForTheBot(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	say(t, w, "hello")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := w.Quiet(ctx, time.Millisecond); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Quiet with an event unanswered: %v", err)
	}
	if status, v := local(t, w, "GET", "quiet?ms=1&timeout=20", nil); status != http.StatusRequestTimeout {
		t.Errorf("quiet: HTTP %d %v, want 408", status, v)
	}
	a.ack(a.next(), nil)
	quiet(t, w)
}

func TestCallsAreJSONLinesWithoutTokens(t *testing.T) {
	w := start(t, workspace.Config{})
	if _, _, err := client(w).PostMessage(workspace.Ana, slack.MsgOptionText("hi", false)); err != nil {
		t.Fatal(err)
	}
	res, err := http.Get(w.URL() + "_local/calls")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	n := 0
	for lines.Scan() {
		n++
		m := decode(lines.Bytes())
		if m["method"] != "chat.postMessage" || at(m, "payload", "text") != "hi" || at(m, "response", "ok") != true || at(m, "payload", "token") != nil {
			t.Errorf("call is %s", lines.Text())
		}
	}
	if n != 1 {
		t.Errorf("%d calls, want one", n)
	}
}

func TestOtherSitesAreRefused(t *testing.T) {
	w := start(t, workspace.Config{})
	r, _ := http.NewRequest(http.MethodPost, w.URL()+"_local/say", strings.NewReader(`{"person":"ana","text":"x"}`))
	r.Header.Set("Origin", "https://evil.example")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if res, _ := do(t, r); res.StatusCode != http.StatusForbidden {
		t.Errorf("a foreign page's request: HTTP %d", res.StatusCode)
	}
	r, _ = http.NewRequest(http.MethodGet, w.URL()+"_local/people", nil)
	r.Host = "rebound.example"
	if res, _ := do(t, r); res.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("a request for a foreign host name: HTTP %d", res.StatusCode)
	}
}

// Many people at once: every line is heard once and answered in its own DM.
func TestManyPeople(t *testing.T) {
	const n = 200
	w := start(t, workspace.Config{})
	connect(t, w, func(b *bot, e socketmode.Event) any {
		if m := message(e); m != nil {
			if _, _, err := b.api.PostMessage(m.Channel, slack.MsgOptionText("to "+m.Text, false)); err != nil {
				b.t.Errorf("PostMessage: %v", err)
			}
		}
		return nil
	})
	for i := range n {
		if _, err := w.AddPerson(workspace.Person{Name: fmt.Sprintf("p%d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		if _, err := w.Say(fmt.Sprintf("p%d", i), fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	quiet(t, w)
	for i := range n {
		messages, err := w.Messages(fmt.Sprintf("p%d", i))
		if err != nil || len(messages) != 2 || messages[1].Text != fmt.Sprint("to ", i) {
			t.Fatalf("p%d sees %+v, %v", i, messages, err)
		}
	}
}

// Somebody who leaves the page while a command runs still gets its reply.
func TestReplyArrivesAfterThePageWasLeft(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	ctx, leave := context.WithCancel(t.Context())
	gone := make(chan error, 1)
	go func() {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL()+"_local/command", strings.NewReader(`{"person":"ana","command":"/goals"}`))
		if err == nil {
			_, err = http.DefaultClient.Do(r)
		}
		gone <- err
	}()
	e := a.next()
	leave()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Fatalf("the request ended with %v", err)
	}
	a.ack(e, object{"text": "one goal"})
	until(t, "the reply shows", func() bool {
		messages, _ := w.Messages("ana")
		return len(messages) == 1 && messages[0].Text == "one goal"
	})
}
