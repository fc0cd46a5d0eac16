package workspace_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"waymark/internal/workspace"
)

func inject(t *testing.T, w *workspace.Workspace, f workspace.Fault) {
	t.Helper()
	if err := w.Inject(f); err != nil {
		t.Fatalf("Inject %+v: %v", f, err)
	}
}

func TestRateLimitThroughSlackGo(t *testing.T) {
	w := start(t, workspace.Config{})
	api := client(w)
	inject(t, w, workspace.Fault{Kind: "rate_limit", Method: "chat.postMessage", RetryAfter: 7, Count: 2})
	for range 2 {
		_, _, err := api.PostMessage(workspace.Ana, slack.MsgOptionText("x", false))
		var limited *slack.RateLimitedError
		if !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
			t.Errorf("limited call: %v, want RateLimitedError of 7 s", err)
		}
	}
	if _, _, err := api.PostMessage(workspace.Ana, slack.MsgOptionText("x", false)); err != nil {
		t.Errorf("after two limited calls: %v", err)
	}
	if _, err := api.AuthTest(); err != nil {
		t.Errorf("another method: %v", err)
	}
}

func TestServerErrorAndSlackError(t *testing.T) {
	w := start(t, workspace.Config{})
	api := client(w)
	inject(t, w, workspace.Fault{Kind: "server_error", Status: http.StatusBadGateway})
	var status slack.StatusCodeError
	if _, err := api.AuthTest(); !errors.As(err, &status) || status.Code != http.StatusBadGateway {
		t.Errorf("AuthTest: %v, want HTTP 502", err)
	}
	inject(t, w, workspace.Fault{Kind: "slack_error", Method: "auth.test", Name: "account_inactive"})
	if _, err := api.AuthTest(); err == nil || err.Error() != "account_inactive" {
		t.Errorf("AuthTest: %v, want account_inactive", err)
	}
	if _, err := api.AuthTest(); err != nil {
		t.Errorf("AuthTest afterwards: %v", err)
	}
}

func TestSlowAnswer(t *testing.T) {
	w := start(t, workspace.Config{})
	inject(t, w, workspace.Fault{Kind: "slow", Method: "auth.test", DelayMS: 60_000})
	api := slack.New(w.BotToken(), slack.OptionAPIURL(w.APIURL()), slack.OptionHTTPClient(&http.Client{Timeout: 50 * time.Millisecond}))
	if _, err := api.AuthTest(); err == nil {
		t.Error("an answer that takes a minute came within 50 ms")
	}
}

// The message was posted, the client does not know: the outbox finds it in the
// history by its metadata.
func TestLostAnswer(t *testing.T) {
	for _, kind := range []string{"lose_answer", "accept_late"} {
		t.Run(kind, func(t *testing.T) {
			w := start(t, workspace.Config{})
			api := client(w)
			inject(t, w, workspace.Fault{Kind: kind, Method: "chat.postMessage", DelayMS: 20})
			_, _, err := api.PostMessage(workspace.Ana, slack.MsgOptionText("x", false),
				slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "row", EventPayload: map[string]any{"id": "r1"}}))
			if err == nil {
				t.Fatal("an answer came")
			}
			// The post itself has no bot to acknowledge its event.
			until(t, "the message is posted", func() bool {
				messages, _ := w.Messages("ana")
				return len(messages) == 1
			})
			channel := dm(t, w)
			history, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: channel, IncludeAllMetadata: true})
			if err != nil || len(history.Messages) != 1 || history.Messages[0].Metadata.EventPayload["id"] != "r1" {
				t.Errorf("history is %+v, %v", history, err)
			}
		})
	}
}

func TestUnknownFault(t *testing.T) {
	w := start(t, workspace.Config{})
	for _, f := range []workspace.Fault{{Kind: "meteor"}, {Kind: "slack_error"}, {Kind: "missing_scope"}} {
		if err := w.Inject(f); err == nil {
			t.Errorf("fault %+v was taken", f)
		}
	}
}

// slack-go reconnects after every kind of end, and no event gets lost.
func TestSlackGoSurvivesDisconnects(t *testing.T) {
	w := start(t, workspace.Config{})
	b := connect(t, w, nil)
	for i, f := range []workspace.Fault{
		{Kind: "disconnect", Reason: "warning"},
		{Kind: "disconnect", Reason: "refresh_requested"},
		{Kind: "disconnect", Reason: "link_disabled"},
		{Kind: "drop"},
		{Kind: "drop", MidFrame: true},
	} {
		inject(t, w, f)
		say(t, w, "line "+string(rune('a'+i)))
		quiet(t, w) // also waits until the event found a socket and was acknowledged
	}
	got := make(map[string]bool)
	for _, text := range b.heard() {
		got[text] = true
	}
	if len(got) != 5 {
		t.Errorf("the bot heard %v, want all five lines", b.heard())
	}
}

func TestRevokedAppTokenEndsSlackGo(t *testing.T) {
	w := start(t, workspace.Config{})
	b := connect(t, w, nil)
	inject(t, w, workspace.Fault{Kind: "revoke", Token: "app"})
	inject(t, w, workspace.Fault{Kind: "disconnect"})
	select {
	case err := <-b.ended:
		if err == nil || err.Error() != "invalid_auth" {
			t.Errorf("Run ended with %v, want invalid_auth", err)
		}
	case <-patience(t).Done():
		t.Fatal("Run goes on with a revoked token")
	}
}

// Everything a person can do about their own messages arrives typed.
func TestEditsFilesMentions(t *testing.T) {
	w := start(t, workspace.Config{})
	b := connect(t, w, nil)
	ts := say(t, w, "teh plan")
	if err := w.Edit("ana", ts, "the plan"); err != nil {
		t.Fatal(err)
	}
	if err := w.Unfurl("ana", ts); err != nil {
		t.Fatal(err)
	}
	if err := w.Delete("ana", ts); err != nil {
		t.Fatal(err)
	}
	if err := w.Delete("sam", ts); err == nil {
		t.Error("Sam deleted Ana's message")
	}
	if _, err := w.ShareFile(workspace.Upload{Person: "ana", Name: "cv.txt", Content: "I teach.", Text: "my CV"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Mention("kim", "hi"); err != nil {
		t.Fatal(err)
	}
	if err := w.ChangePerson("ana", func(p *workspace.Person) { p.Zone = "Asia/Tokyo" }); err != nil {
		t.Fatal(err)
	}
	w.RevokeTokens()
	quiet(t, w)
	var got []string
	for _, e := range b.events() {
		switch d := e.Data.(type) {
		case *slackevents.MessageEvent:
			switch d.SubType {
			case "message_changed":
				got = append(got, "changed", d.PreviousMessage.Text+" > "+d.Message.Text)
				if d.Message.Edited == nil {
					t.Error("a changed message carries no edit")
				}
			case "message_deleted":
				got = append(got, "deleted "+d.PreviousMessage.Text)
			case "file_share":
				got = append(got, "file "+d.Message.Files[0].Name+" "+d.Message.Files[0].Mimetype)
			default:
				got = append(got, d.Text)
			}
		case *slackevents.AppMentionEvent:
			got = append(got, "mention "+d.Text)
		case *slackevents.UserChangeEvent:
			got = append(got, "zone "+d.User.TZ)
		case *slackevents.TokensRevokedEvent:
			got = append(got, "revoked")
		default:
			t.Errorf("event %T", d)
		}
	}
	want := "teh plan|changed|teh plan > the plan|changed|the plan > the plan|deleted the plan|file cv.txt text/plain|mention <@" + workspace.BotUserID + "> hi|zone Asia/Tokyo|revoked"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("events are\n%s, want\n%s", s, want)
	}
}

func TestStrangersAndBots(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	if _, err := w.Say("pat", "hello from outside"); err != nil {
		t.Fatal(err)
	}
	e := a.next()
	if at(e, "payload", "is_ext_shared_channel") != true || at(e, "payload", "event", "user_team") == workspace.TeamID {
		t.Errorf("a stranger's message is %v", e)
	}
	a.ack(e, nil)
	if _, err := w.Say("standup", "beep"); err != nil {
		t.Fatal(err)
	}
	e = a.next()
	if at(e, "payload", "event", "bot_id") == nil || at(e, "payload", "event", "client_msg_id") != nil {
		t.Errorf("a bot's message is %v", e)
	}
	a.ack(e, nil)
}

func TestSubscriptions(t *testing.T) {
	w := start(t, workspace.Config{Events: []string{"app_mention"}})
	say(t, w, "not subscribed")
	if n := w.Unacknowledged(); n != 0 {
		t.Errorf("%d events of a subscription the app lacks", n)
	}
}

// With a silent bot, an event is redelivered through slack-go as well.
func TestRedeliveryThroughSlackGo(t *testing.T) {
	w := start(t, workspace.Config{FrozenClock: true, AckTimeout: 50 * time.Millisecond})
	var silent int
	b := connect(t, w, func(b *bot, e socketmode.Event) any {
		if silent++; silent <= 2 {
			return ackNot{}
		}
		return nil
	})
	say(t, w, "hello")
	quiet(t, w)
	if n := w.Redeliver(); n != 1 {
		t.Errorf("Redeliver() = %d, want the one event that waits for its minute", n)
	}
	quiet(t, w)
	list := b.events()
	if len(list) != 3 || list[0].ID != list[2].ID || list[2].Attempt != 2 || list[2].Reason != "timeout" {
		t.Errorf("deliveries are %+v, want the same event three times", list)
	}
}
