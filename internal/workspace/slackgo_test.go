package workspace_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"waymark/internal/workspace"
)

// A person's line reaches the real client, its answer reaches the person.
func TestTalkThroughSlackGo(t *testing.T) {
	w := start(t, workspace.Config{})
	b := connect(t, w, func(b *bot, e socketmode.Event) any {
		if m := message(e); m != nil {
			_, _, err := b.api.PostMessage(m.Channel, slack.MsgOptionText("You said "+m.Text, false),
				slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "outbox", EventPayload: map[string]any{"id": "row-1"}}))
			if err != nil {
				b.t.Errorf("PostMessage: %v", err)
			}
		}
		return nil
	})
	ts, err := w.Say("ana", "hi & <!channel> 👍 see https://example.com/a?b=1&c=2.")
	if err != nil {
		t.Fatal(err)
	}
	quiet(t, w)
	want := "hi &amp; &lt;!channel&gt; :+1: see <https://example.com/a?b=1&amp;c=2>."
	if diff := cmp.Diff([]string{want}, b.heard()); diff != "" {
		t.Errorf("the bot heard (-want +got):\n%s", diff)
	}
	messages, err := w.Messages(workspace.Ana)
	if err != nil {
		t.Fatal(err)
	}
	if len(messages) != 2 {
		t.Fatalf("Ana sees %d messages, want 2: %+v", len(messages), messages)
	}
	if messages[0].TS != ts || messages[0].From != "person" {
		t.Errorf("first message is %+v, want Ana's with ts %s", messages[0], ts)
	}
	if m := messages[1]; m.From != "bot" || m.Text != "You said "+want || m.MetadataID != "row-1" {
		t.Errorf("answer is %+v", m)
	}
	if sams, _ := w.Messages("sam"); len(sams) != 0 {
		t.Errorf("Sam sees %d messages of Ana's DM", len(sams))
	}
	history, err := b.api.GetConversationHistory(&slack.GetConversationHistoryParameters{
		ChannelID: messages[0].Channel, Oldest: ts, IncludeAllMetadata: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(history.Messages) != 1 || history.Messages[0].Metadata.EventPayload["id"] != "row-1" {
		t.Errorf("history after %s is %+v, want the answer alone with its metadata", ts, history.Messages)
	}
}

// The reply to a command rides in its ack and is seen by that person only.
func TestCommandReplyRidesInAck(t *testing.T) {
	w := start(t, workspace.Config{Commands: workspace.Commands("/goals")})
	connect(t, w, func(b *bot, e socketmode.Event) any {
		c, ok := e.Data.(slack.SlashCommand)
		if !ok {
			return nil
		}
		if c.Command != "/goals" || c.Text != "a &lt; b" || c.UserID != workspace.Ana || c.ChannelName != "directmessage" {
			b.t.Errorf("command is %+v", c)
		}
		if !e.Request.AcceptsResponsePayload {
			b.t.Error("a command's ack takes no payload")
		}
		return map[string]any{"text": "No goals yet"}
	})
	ts, err := w.Command(patience(t), "ana", "/goals", " a < b ")
	if err != nil {
		t.Fatal(err)
	}
	messages, _ := w.Messages("ana")
	if len(messages) != 1 || messages[0].TS != ts || !messages[0].Ephemeral || messages[0].Text != "No goals yet" {
		t.Errorf("Ana sees %+v, want the ephemeral reply %s", messages, ts)
	}
	if _, err := w.Command(patience(t), "ana", "/goal", ""); err == nil || !strings.Contains(err.Error(), "not a valid command") {
		t.Errorf("unknown command: %v, want a refusal", err)
	}
}

// A click carries what was pressed; the bot replaces the buttons.
func TestClickAndUpdate(t *testing.T) {
	w := start(t, workspace.Config{})
	b := connect(t, w, func(b *bot, e socketmode.Event) any {
		cb, ok := e.Data.(slack.InteractionCallback)
		if !ok {
			return nil
		}
		a := cb.ActionCallback.BlockActions[0]
		_, _, _, err := b.api.UpdateMessage(cb.Channel.ID, cb.Message.Timestamp,
			slack.MsgOptionText("picked "+a.ActionID+" "+a.Value+a.SelectedDate, false), slack.MsgOptionBlocks())
		if err != nil {
			b.t.Errorf("UpdateMessage: %v", err)
		}
		return nil
	})
	channel, _, _, err := b.api.OpenConversation(&slack.OpenConversationParameters{Users: []string{workspace.Ana}})
	if err != nil {
		t.Fatal(err)
	}
	_, ts, err := b.api.PostMessage(channel.ID, slack.MsgOptionText("Which?", false), slack.MsgOptionBlocks(
		slack.NewSectionBlock(mrkdwn("Which?"), nil, nil),
		slack.NewActionBlock("q1", slack.NewButtonBlockElement("yes", "q1-yes", plain("Yes")), slack.NewDatePickerBlockElement("when"))))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Click(patience(t), workspace.Press{Person: "ana", TS: ts, ActionID: "when", Value: "2027-02-30"}); err == nil {
		t.Error("30 February was picked")
	}
	if err := w.Click(patience(t), workspace.Press{Person: "ana", TS: ts, ActionID: "when", Value: "2027-02-11"}); err != nil {
		t.Fatal(err)
	}
	quiet(t, w)
	messages, _ := w.Messages("ana")
	m := messages[0]
	if m.Text != "picked when 2027-02-11" || !m.Edited || len(m.Actions) != 0 {
		t.Errorf("after the click the message is %+v", m)
	}
	var missing *workspace.Error
	if err := w.Click(patience(t), workspace.Press{Person: "ana", TS: ts, ActionID: "yes"}); !errors.As(err, &missing) {
		t.Errorf("pressing a button that is gone: %v, want an error", err)
	}
	if err := w.Click(patience(t), workspace.Press{Person: "ana", TS: ts, ActionID: "yes", Stale: true}); err != nil {
		t.Errorf("pressing it before the update showed: %v", err)
	}
}

// Slack tells apps about their own messages and changes, too.
func TestOwnMessagesComeBack(t *testing.T) {
	w := start(t, workspace.Config{})
	b := connect(t, w, nil)
	people := w.People()
	_, ts, err := b.api.PostMessage(people[0].Channel, slack.MsgOptionText("one", false))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := b.api.UpdateMessage(people[0].Channel, ts, slack.MsgOptionText("two", false)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.api.DeleteMessage(people[0].Channel, ts); err != nil {
		t.Fatal(err)
	}
	quiet(t, w)
	var kinds []string
	for _, e := range b.events() {
		m := e.Data.(*slackevents.MessageEvent)
		kinds = append(kinds, m.SubType+" "+m.ChannelType)
		if m.SubType == "" && m.BotID != workspace.BotID {
			t.Errorf("own message came without its bot id: %+v", m)
		}
	}
	want := []string{" im", "message_changed im", "message_deleted im"}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

// The workspace's clock can be moved; message timestamps never go backwards.
func TestTimestampsGrowWhenTheClockGoesBack(t *testing.T) {
	noon := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	var told time.Time
	w := start(t, workspace.Config{Start: noon, FrozenClock: true, OnClock: func(now time.Time) { told = now }})
	first, _ := w.Say("ana", "one")
	if first != "1803902400.000000" {
		t.Errorf("first ts is %s, want that of %v", first, noon)
	}
	if err := w.Advance(-24 * time.Hour); err != nil {
		t.Fatal(err)
	}
	if want := noon.Add(-24 * time.Hour); !w.Now().Equal(want) || !told.Equal(want) {
		t.Errorf("clock is %v, OnClock was told %v, want %v", w.Now(), told, want)
	}
	last := first
	for range 3 {
		ts, _ := w.Say("ana", "more")
		if ts <= last {
			t.Errorf("ts %s after %s", ts, last)
		}
		last = ts
	}
	if err := w.SetClock(time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)); err == nil {
		t.Error("the clock went to 1970")
	}
}
