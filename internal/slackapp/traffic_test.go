package slackapp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

// givenID is a block_id that the workspace gave to a block without one.
var givenID = regexp.MustCompile(`"block_id":"[A-Z0-9]{5}",`)

// Everything the app sends to Slack in one visit is kept as it was sent, a call a
// line, so that a change of it is seen, and so that the lines can be checked
// against Slack's published types.
func TestTraffic(t *testing.T) {
	b := connected(t, func(w *workspace.Config, a *slackapp.Config) {
		w.Now, w.Random = nil, rand.NewChaCha8([32]byte{1})
		a.Pace = 1000
	})
	visit(b)
	var got bytes.Buffer
	for _, c := range b.ws.Calls() {
		var payload map[string]any
		if err := json.Unmarshal(c.Payload, &payload); err != nil {
			t.Fatal(err)
		}
		for key, value := range payload {
			if text, ok := value.(string); ok && json.Valid([]byte(text)) && text[0] > '9' { // blocks in a form body
				payload[key] = json.RawMessage(text)
			}
			if key == "inclusive" || key == "include_all_metadata" { // a form has no booleans
				payload[key] = value == "1"
			}
		}
		if payload["trigger_id"] != nil { // made of the real time
			payload["trigger_id"] = "1.1.trigger"
		}
		line, err := json.Marshal(map[string]any{"method": c.Method, "payload": payload})
		if err != nil {
			t.Fatal(err)
		}
		got.Write(append(givenID.ReplaceAll(line, nil), '\n'))
	}
	file := filepath.Join("testdata", "traffic.jsonl")
	if slackapp.Update() {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", file, diff)
	}
}

// visit is one person's visit to everything that the coach can show.
func visit(b *bench) {
	b.t.Helper()
	step := func(h func(context.Context, chat.Event) (chat.Reply, error), do func() error) {
		b.t.Helper()
		b.answers(h)
		b.must(do())
		b.next()
		b.quiet()
	}
	ctx := b.t.Context()
	click := func(view, action, value string) func() error {
		return func() error {
			return b.ws.Click(ctx, workspace.Press{Person: workspace.Ana, ViewID: view, ActionID: action, Value: value})
		}
	}
	command := func(text string) func() error {
		return func() error { _, err := b.ws.Command(ctx, workspace.Ana, "/acme-career", text); return err }
	}

	step(nil, func() error { return b.ws.OpenHome(workspace.Ana) })
	b.must(b.app.Publish(ctx, ana, aPage()))
	b.must(b.app.Publish(ctx, ana, chat.Page{}))
	b.must(b.app.Publish(ctx, ana, aPage()))
	step(says("Well done."), click(b.home().ID, "choice.1", "done:m1"))
	step(opens(aForm()), click(b.home().ID, "choice.2", ""))
	step(opens(aForm()), click(b.form().ID, "choice.1", ""))
	step(says("One step is added."), click(b.form().ID, "choice.1", ""))
	step(opens(chat.Form{Name: "delete", Title: "Delete everything", Cancel: "Cancel", Send: "Delete", Fields: []chat.Field{
		{Kind: chat.Shown, Block: chat.Block{Kind: chat.Bullets, Items: [][]chat.Span{{chat.T("your answers")}, {chat.T("your goals")}}}},
	}}), command("delete"))
	step(nil, func() error { return b.ws.Shortcut(ctx, workspace.Ana, "talk", "", "") })

	channel, err := b.app.Open(ctx, ana)
	b.must(err)
	ts, err := b.app.Post(ctx, channel, "row1", chat.Message{
		Blocks: []chat.Block{
			{Kind: chat.Meter, Spans: []chat.Span{chat.T("1 of 2 steps")}, Done: 1, Total: 2},
			{Kind: chat.Buttons, ID: "goal", Choices: choices(2)},
			{Kind: chat.Numbers, Items: [][]chat.Span{{chat.Own("Lead <!channel>")}}},
		},
		Ask:    &chat.Ask{ID: "q1", Choices: choices(12), Many: true, Extra: choices(1)},
		Footer: []chat.Span{chat.T("Type "), {Text: "help", Style: chat.Code}},
	})
	b.must(err)
	b.must(b.app.Update(ctx, channel, ts, chat.Say("Thank you.")))
	id, err := b.app.Upload(ctx, aPicture)
	b.must(err)
	b.must(b.app.Share(ctx, channel, id, aPicture, chat.Message{Blocks: []chat.Block{
		chat.Para(chat.T("Your timeline.")), {Kind: chat.Buttons, ID: "file", Choices: choices(1)},
	}}))
	if _, ok, err := b.app.Shared(ctx, channel, ts, id); !ok || err != nil {
		b.t.Errorf("shared: %v, error %v", ok, err)
	}
	b.must(b.app.Clear(ctx, channel))
}
