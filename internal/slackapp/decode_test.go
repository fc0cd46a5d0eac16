package slackapp

import (
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func noonAlways() time.Time { return noon }

func newApp(t *testing.T) *App {
	t.Helper()
	a, err := New(Config{Handler: nobody, Now: noonAlways, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	a.self.Store(&identity{team: "T1", user: "UBOT", bot: "B1"})
	return a
}

// event is what the Handler would get for an inner event, nil for nothing.
func event(t *testing.T, inner string) *chat.Event {
	t.Helper()
	outer := `{"type":"event_callback","team_id":"T1","event_id":"Ev1","event_time":1700000000,"event":` + inner + `}`
	a := newApp(t)
	j := a.decode(envelope{Type: typeEvent, ID: "e1", Payload: json.RawMessage(outer)}, receipt{envelope: "e1"})
	if len(j.receipts) != 1 {
		t.Errorf("%d receipts, want the envelope's own", len(j.receipts))
	}
	if len(j.events) == 0 {
		return nil
	}
	return &j.events[0]
}

func TestMessagesThatAreNotThePersons(t *testing.T) {
	for name, inner := range map[string]string{
		"our own message":            `{"type":"message","channel":"D1","channel_type":"im","user":"UBOT","text":"hi","ts":"1.1"}`,
		"a bot's message":            `{"type":"message","channel":"D1","channel_type":"im","user":"U1","bot_id":"B9","text":"hi","ts":"1.1"}`,
		"a bot_message":              `{"type":"message","subtype":"bot_message","channel":"D1","channel_type":"im","bot_id":"B9","text":"hi","ts":"1.1"}`,
		"a message in a channel":     `{"type":"message","channel":"C1","channel_type":"channel","user":"U1","text":"hi","ts":"1.1"}`,
		"a message in a group DM":    `{"type":"message","channel":"G1","channel_type":"mpim","user":"U1","text":"hi","ts":"1.1"}`,
		"a join":                     `{"type":"message","subtype":"channel_join","channel":"D1","channel_type":"im","user":"U1","text":"joined","ts":"1.1"}`,
		"our own update":             `{"type":"message","subtype":"message_changed","channel":"D1","channel_type":"im","message":{"user":"UBOT","bot_id":"B1","text":"b","edited":{"user":"UBOT","ts":"2.2"},"ts":"1.1"},"previous_message":{"user":"UBOT","text":"a","ts":"1.1"},"ts":"2.2"}`,
		"a link preview":             `{"type":"message","subtype":"message_changed","channel":"D1","channel_type":"im","message":{"user":"U1","text":"a","ts":"1.1"},"previous_message":{"user":"U1","text":"a","ts":"1.1"},"ts":"2.2"}`,
		"a preview after an edit":    `{"type":"message","subtype":"message_changed","channel":"D1","channel_type":"im","message":{"user":"U1","text":"a","edited":{"user":"U1","ts":"1.9"},"ts":"1.1"},"previous_message":{"user":"U1","text":"a","edited":{"user":"U1","ts":"1.9"},"ts":"1.1"},"ts":"2.2"}`,
		"an edit by somebody else":   `{"type":"message","subtype":"message_changed","channel":"D1","channel_type":"im","message":{"user":"U1","text":"b","edited":{"user":"U2","ts":"1.9"},"ts":"1.1"},"previous_message":{"user":"U1","text":"a","ts":"1.1"},"ts":"2.2"}`,
		"a deletion of ours":         `{"type":"message","subtype":"message_deleted","channel":"D1","channel_type":"im","deleted_ts":"1.1","previous_message":{"user":"UBOT","bot_id":"B1","text":"a","ts":"1.1"},"ts":"2.2"}`,
		"a deletion without a trace": `{"type":"message","subtype":"message_deleted","channel":"D1","channel_type":"im","deleted_ts":"1.1","ts":"2.2"}`,
		"a bot's mention":            `{"type":"app_mention","channel":"C1","user":"U1","bot_id":"B9","text":"<@UBOT>","ts":"1.1"}`,
		"an edited mention":          `{"type":"app_mention","channel":"C1","user":"U1","edited":{"user":"U1","ts":"1.2"},"text":"<@UBOT>","ts":"1.1"}`,
		"our own tab":                `{"type":"app_home_opened","user":"UBOT","channel":"D1","tab":"home","event_ts":"1.1"}`,
		"another event":              `{"type":"reaction_added","user":"U1","reaction":"tada","event_ts":"1.1"}`,
	} {
		if e := event(t, inner); e != nil {
			t.Errorf("%s: %+v, want nothing", name, e)
		}
	}
}

func TestMessagesOfThePerson(t *testing.T) {
	for name, tt := range map[string]struct {
		inner string
		want  chat.Event
	}{
		"a broadcast from a thread": {
			`{"type":"message","subtype":"thread_broadcast","channel":"D1","channel_type":"im","user":"U1","text":"hi","ts":"1700000001.5","thread_ts":"1.0"}`,
			chat.Event{Kind: chat.Text, Channel: "D1", TS: "1700000001.5", Text: "hi", At: time.Unix(1700000001, 5e8).UTC()}},
		"a deleted message with replies": {
			`{"type":"message","subtype":"message_changed","channel":"D1","channel_type":"im","message":{"user":"USLACKBOT","subtype":"tombstone","text":"gone","ts":"1.1"},"previous_message":{"user":"U1","text":"a","ts":"1.1"},"event_ts":"1700000003.000000","ts":"2.2"}`,
			chat.Event{Kind: chat.Deleted, Channel: "D1", TS: "1.1", At: time.Unix(1700000003, 0).UTC()}},
		"an edit, at the time of the edit": {
			`{"type":"message","subtype":"message_changed","channel":"D1","channel_type":"im","message":{"user":"U1","text":"R&amp;D","edited":{"user":"U1","ts":"1700000002.000000"},"ts":"1.1"},"previous_message":{"user":"U1","text":"a","ts":"1.1"},"ts":"2.2"}`,
			chat.Event{Kind: chat.Edited, Channel: "D1", TS: "1.1", Text: "R&D", At: time.Unix(1700000002, 0).UTC()}},
		"a file of an unknown kind": {
			`{"type":"message","subtype":"file_share","channel":"D1","channel_type":"im","user":"U1","text":"","files":[{"id":"F1"}],"ts":"x"}`,
			chat.Event{Kind: chat.Text, Channel: "D1", TS: "x", Attachment: "application/octet-stream", At: time.Unix(1700000000, 0).UTC()}},
	} {
		t.Run(name, func(t *testing.T) {
			tt.want.ID, tt.want.Person = "Ev1", "-/T1/U1"
			got := event(t, tt.inner)
			if got == nil {
				t.Fatal("no event")
			}
			if diff := cmp.Diff(tt.want, *got); diff != "" {
				t.Errorf("event differs (-want +got):\n%s", diff)
			}
		})
	}
}

// Events, commands and clicks leave out different parts of who somebody is; the
// name must be the same all the same.
func TestPersonIsTheSameEverywhere(t *testing.T) {
	id := &identity{team: "T1", enterprise: "E1"}
	for _, got := range []chat.PersonID{id.person("E1", "T1", "U1"), id.person("", "T1", "U1"), id.person("", "", "U1")} {
		if got != "E1/T1/U1" {
			t.Errorf("person %q, want E1/T1/U1", got)
		}
	}
	if got := id.person("", "T2", "U1"); got != "-/T2/U1" {
		t.Errorf("somebody of another workspace: %q", got)
	}
	if got := userOf("E1/T1/U1"); got != "U1" {
		t.Errorf("userOf = %q", got)
	}
}

func interaction(t *testing.T, js string) *job {
	t.Helper()
	var c slack.InteractionCallback
	if err := json.Unmarshal([]byte(js), &c); err != nil {
		t.Fatal(err)
	}
	a := newApp(t)
	return a.decodeInteraction(a.self.Load(), c, receipt{envelope: "e1"})
}

func TestClicksOnOtherElements(t *testing.T) {
	act := func(a string) string {
		return `{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1","team_id":"T1"},"container":{"type":"message","message_ts":"1.1","channel_id":"D1"},"actions":[` + a + `]}`
	}
	for name, tt := range map[string]struct {
		js     string
		action string
		values []string
	}{
		"radio buttons": {act(`{"type":"radio_buttons","action_id":"r","block_id":"b","selected_option":{"value":"x","text":{"type":"plain_text","text":"X"}},"action_ts":"1700000000.1"}`), "r", []string{"x"}},
		"an overflow":   {act(`{"type":"overflow","action_id":"o","block_id":"b","selected_option":{"value":"del","text":{"type":"plain_text","text":"Delete"}},"action_ts":"1700000000.1"}`), "o", []string{"del"}},
		"a time":        {act(`{"type":"timepicker","action_id":"t","block_id":"b","selected_time":"09:30","action_ts":"1700000000.1"}`), "t", []string{"09:30"}},
		"a button":      {act(`{"type":"button","action_id":"choice.1","block_id":"choices:a:b/c","value":"yes","action_ts":"1700000000.1"}`), "a:b/c", []string{"yes"}},
		"a person":      {act(`{"type":"users_select","action_id":"u","block_id":"b","selected_user":"U7","action_ts":"1700000000.1"}`), "u", []string{"U7"}},
	} {
		t.Run(name, func(t *testing.T) {
			j := interaction(t, tt.js)
			if len(j.events) != 1 {
				t.Fatalf("%d events", len(j.events))
			}
			e := j.events[0]
			if e.Action != tt.action || !slices.Equal(e.Values, tt.values) || e.Channel != "D1" || e.TS != "1.1" || e.Person != "-/T1/U1" || e.At != time.Unix(1700000000, 1e8).UTC() {
				t.Errorf("event %+v, want %s with %v", e, tt.action, tt.values)
			}
			if again := interaction(t, tt.js); again.id != j.id || !strings.Contains(string(j.id), "1700000000.1:U1") {
				t.Errorf("ids %q and %q, want the same", j.id, again.id)
			}
		})
	}
}

func TestTwoActionsInOneClick(t *testing.T) {
	j := interaction(t, `{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1"},"container":{"type":"message","message_ts":"1.1","channel_id":"D1"},"actions":[
		{"type":"button","action_id":"a","block_id":"b","value":"1","action_ts":"1.2"},{"type":"button","action_id":"c","block_id":"b","value":"2","action_ts":"1.2"}]}`)
	if len(j.events) != 2 || len(j.receipts) != 1 || j.events[0].ID == j.events[1].ID {
		t.Errorf("job %+v, want two events and one acknowledgement", j)
	}
}

func TestClickOnEphemeralMessage(t *testing.T) {
	j := interaction(t, `{"type":"block_actions","team":null,"enterprise":null,"user":{"id":"U1","team_id":"T1"},"container":{"type":"message","message_ts":"1.1","channel_id":"C1","is_ephemeral":true},"channel":{"id":"C1"},"actions":[
		{"type":"button","action_id":"choice.1","block_id":"choices:q","value":"1","action_ts":"1.2"}]}`)
	if e := j.events[0]; e.Channel != "" || e.TS != "" || j.channel != "C1" || e.Person != "-/T1/U1" {
		t.Errorf("event %+v answered in %q, want no place to update and an answer in C1", e, j.channel)
	}
}

func TestSubmission(t *testing.T) {
	j := interaction(t, `{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"view":{"id":"V1","callback_id":"goal","private_metadata":"g7","state":{"values":{
		"title":{"v":{"type":"plain_text_input","value":"Lead & learn"}},
		"due":{"v":{"type":"datepicker","selected_date":"2027-03-01"}},
		"days":{"v":{"type":"checkboxes","selected_options":[{"value":"mo","text":{"type":"plain_text","text":"Mon"}},{"value":"tu","text":{"type":"plain_text","text":"Tue"}}]}},
		"note":{"v":{"type":"plain_text_input","value":null}}}}}}`)
	want := chat.Event{ID: "env:e1", Kind: chat.Submitted, Person: "-/T1/U1", At: noon, Action: "goal", Meta: "g7", Form: map[string][]string{
		"title": {"Lead & learn"}, "due": {"2027-03-01"}, "days": {"mo", "tu"}, "note": nil,
	}}
	if diff := cmp.Diff(want, j.events[0]); diff != "" {
		t.Errorf("event differs (-want +got):\n%s", diff)
	}
	if !slices.Equal(j.fields, []string{"days", "due", "note", "title"}) || j.answer != byForm {
		t.Errorf("fields %v", j.fields)
	}
}

func TestInteractionsWithoutUse(t *testing.T) {
	for _, kind := range []string{"shortcut", "message_action", "view_closed", "block_suggestion"} {
		j := interaction(t, `{"type":"`+kind+`","team":{"id":"T1"},"user":{"id":"U1"}}`)
		if len(j.events) != 0 || len(j.receipts) != 1 {
			t.Errorf("%s: %+v, want an acknowledgement alone", kind, j)
		}
	}
}

func TestOutsider(t *testing.T) {
	self, org := &identity{team: "T1"}, &identity{team: "T1", enterprise: "E1"}
	for _, tt := range []struct {
		name string
		u    slack.User
		self *identity
		want chat.Outsider
	}{
		{"a colleague", slack.User{TeamID: "T1"}, self, chat.Member},
		{"a stranger", slack.User{TeamID: "T1", IsStranger: true}, self, chat.Stranger},
		{"of another workspace, not flagged", slack.User{TeamID: "T9"}, self, chat.Stranger},
		{"of another workspace of the organization", slack.User{TeamID: "T2", Enterprise: slack.EnterpriseUser{EnterpriseID: "E1"}}, org, chat.Member},
		{"of the organization itself", slack.User{TeamID: "E1"}, org, chat.Member},
		{"of another organization", slack.User{TeamID: "T2", Enterprise: slack.EnterpriseUser{EnterpriseID: "E2"}}, org, chat.Stranger},
		{"a guest", slack.User{TeamID: "T1", IsRestricted: true}, self, chat.Guest},
		{"a single-channel guest", slack.User{TeamID: "T1", IsUltraRestricted: true}, self, chat.Guest},
		{"a bot", slack.User{TeamID: "T1", IsBot: true}, self, chat.Bot},
		{"Slackbot, which is not flagged", slack.User{ID: "USLACKBOT"}, self, chat.Bot},
		{"a deactivated account", slack.User{TeamID: "T1", Deleted: true}, self, chat.Gone},
		{"before we know who we are", slack.User{TeamID: "T1"}, nil, chat.Member},
	} {
		if got := outsider(&tt.u, tt.self); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestTimeOf(t *testing.T) {
	for ts, want := range map[string]time.Time{
		"1700000000.123456": time.Unix(1700000000, 123456000).UTC(),
		"1700000000":        time.Unix(1700000000, 0).UTC(),
		"1700000000.5":      time.Unix(1700000000, 5e8).UTC(),
	} {
		if got, ok := timeOf(ts); !ok || !got.Equal(want) {
			t.Errorf("timeOf(%q) = %v, %v, want %v", ts, got, ok, want)
		}
	}
	for _, ts := range []string{"", "x", "-1.0", "0"} {
		if got, ok := timeOf(ts); ok {
			t.Errorf("timeOf(%q) = %v", ts, got)
		}
	}
}
