package workspace_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"waymark/internal/workspace"
)

// dm is the DM of Ana with the bot.
func dm(t *testing.T, w *workspace.Workspace) string {
	t.Helper()
	answer := form(t, w, "conversations.open", url.Values{"users": {workspace.Ana}})
	wantOK(t, "conversations.open", answer)
	return at(answer, "channel", "id").(string)
}

// Every encoding that Slack's clients use reaches the same method.
func TestEncodings(t *testing.T) {
	w := start(t, workspace.Config{})
	wantOK(t, "token in the form", form(t, w, "auth.test", nil))
	wantOK(t, "JSON with a header", post(t, w, "auth.test", object{}))
	for name, request := range map[string]func() *http.Request{
		"form with a header": func() *http.Request {
			r, _ := http.NewRequest(http.MethodPost, w.APIURL()+"users.info", strings.NewReader("user="+workspace.Ana))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
			return r
		},
		"query with a header": func() *http.Request {
			r, _ := http.NewRequest(http.MethodGet, w.APIURL()+"users.info?user="+workspace.Ana, nil)
			return r
		},
		"JSON without a charset": func() *http.Request {
			r, _ := http.NewRequest(http.MethodPost, w.APIURL()+"users.info", strings.NewReader(`{"user":"`+workspace.Ana+`"}`))
			r.Header.Set("Content-Type", "application/json")
			return r
		},
	} {
		r := request()
		r.Header.Set("Authorization", "Bearer "+w.BotToken())
		res, answer := do(t, r)
		wantOK(t, name, answer)
		if at(answer, "user", "name") != "ana" {
			t.Errorf("%s: %v", name, answer)
		}
		if !strings.Contains(res.Header.Get("X-OAuth-Scopes"), "chat:write") || res.Header.Get("X-Accepted-OAuth-Scopes") != "users:read" {
			t.Errorf("%s: scope headers are %v", name, res.Header)
		}
	}
}

func TestMalformedBodies(t *testing.T) {
	w := start(t, workspace.Config{})
	for _, c := range []struct{ kind, body, want string }{
		{"application/json", "{", "invalid_json"},
		{"application/json", "[1]", "json_not_object"},
		{"text/xml", "<x/>", "invalid_post_type"},
		{"application/x-www-form-urlencoded", "a=%zz", "invalid_form_data"},
	} {
		r, _ := http.NewRequest(http.MethodPost, w.APIURL()+"auth.test", strings.NewReader(c.body))
		r.Header.Set("Content-Type", c.kind)
		r.Header.Set("Authorization", "Bearer "+w.BotToken())
		_, answer := do(t, r)
		wantError(t, c.kind+" "+c.body, answer, c.want)
	}
}

func TestTokens(t *testing.T) {
	w := start(t, workspace.Config{})
	for _, c := range []struct{ token, method, want string }{
		{"", "auth.test", "not_authed"},
		{"xoxb-wrong", "auth.test", "invalid_auth"},
		{"", "chat.postMessage", "not_authed"},
		{w.AppToken(), "chat.postMessage", "not_allowed_token_type"},
		{w.BotToken(), "apps.connections.open", "not_allowed_token_type"},
		{"xapp-wrong", "apps.connections.open", "invalid_auth"},
		{w.BotToken(), "team.info", "missing_scope"},
		{w.BotToken(), "assistant.threads.setStatus", "unknown_method"},
	} {
		wantError(t, c.method+" with "+c.token, call(t, w, c.token, c.method, object{"channel": "D1", "text": "x"}), c.want)
	}
	answer := post(t, w, "team.info", nil)
	if answer["needed"] != "team:read" || !strings.Contains(answer["provided"].(string), "chat:write") {
		t.Errorf("missing_scope says %v", answer)
	}
	for fault, want := range map[workspace.Fault]string{
		{Kind: "revoke"}: "invalid_auth",
		{Kind: "missing_scope", Scope: "users:read"}: "missing_scope",
	} {
		if err := w.Inject(fault); err != nil {
			t.Fatal(err)
		}
		wantError(t, fault.Kind, post(t, w, "users.info", object{"user": workspace.Ana}), want)
		if err := w.Inject(workspace.Fault{Kind: "clear"}); err != nil {
			t.Fatal(err)
		}
		wantOK(t, "after "+fault.Kind, post(t, w, "users.info", object{"user": workspace.Ana}))
	}
}

func TestLookups(t *testing.T) {
	w := start(t, workspace.Config{
		Start:  time.Date(2027, 7, 1, 12, 0, 0, 0, time.UTC),
		Scopes: append([]string{"team:read", "channels:read", "channels:history"}, workspace.DefaultScopes...),
	})
	channel := dm(t, w)
	for _, c := range []struct {
		method string
		body   object
		path   []any
		want   any
	}{
		{"api.test", object{"foo": "bar"}, []any{"args", "foo"}, "bar"},
		{"auth.test", nil, []any{"bot_id"}, workspace.BotID},
		{"auth.test", nil, []any{"user_id"}, workspace.BotUserID},
		{"bots.info", object{"bot": workspace.BotID}, []any{"bot", "app_id"}, workspace.AppID},
		{"team.info", nil, []any{"team", "name"}, workspace.TeamName},
		{"users.info", object{"user": workspace.Ana, "include_locale": true}, []any{"user", "locale"}, "en-GB"},
		{"users.info", object{"user": workspace.Ana}, []any{"user", "tz"}, "Europe/Berlin"},
		{"users.info", object{"user": workspace.Ana}, []any{"user", "tz_offset"}, 7200.0}, // summer
		{"users.info", object{"user": workspace.Kim}, []any{"user", "tz_offset"}, -14400.0},
		{"users.info", object{"user": workspace.Guest}, []any{"user", "is_restricted"}, true},
		{"users.info", object{"user": workspace.Stranger}, []any{"user", "is_stranger"}, true},
		{"users.info", object{"user": workspace.OtherBot}, []any{"user", "is_bot"}, true},
		{"users.info", object{"user": workspace.BotUserID}, []any{"user", "profile", "bot_id"}, workspace.BotID},
		{"users.list", object{"limit": 2}, []any{"members", 1, "id"}, workspace.Ana},
		{"conversations.info", object{"channel": channel}, []any{"channel", "user"}, workspace.Ana},
		{"conversations.info", object{"channel": workspace.General}, []any{"channel", "is_member"}, true},
		{"conversations.list", nil, []any{"channels", 0, "name"}, "general"},
		{"conversations.list", object{"types": "im"}, []any{"channels", 0, "user"}, workspace.Ana},
		{"conversations.open", object{"users": workspace.Sam, "return_im": true}, []any{"channel", "user"}, workspace.Sam},
	} {
		answer := post(t, w, c.method, c.body)
		wantOK(t, c.method, answer)
		if got := at(answer, c.path...); got != c.want {
			t.Errorf("%s %v: %v is %v, want %v", c.method, c.body, c.path, got, c.want)
		}
	}
}

func TestLookupErrors(t *testing.T) {
	w := start(t, workspace.Config{})
	if err := w.ChangePerson("kim", func(p *workspace.Person) { p.Deleted = true }); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method string
		body   object
		want   string
	}{
		{"users.info", object{"user": "U0"}, "user_not_found"},
		{"bots.info", object{"bot": "B0"}, "bot_not_found"},
		{"conversations.open", object{"users": "U0"}, "user_not_found"},
		{"conversations.open", object{"users": workspace.OtherBot}, "cannot_dm_bot"},
		{"conversations.open", object{"users": workspace.Kim}, "user_disabled"},
		{"conversations.open", object{}, "users_list_not_supplied"},
		{"conversations.open", object{"channel": "D0"}, "channel_not_found"},
		{"conversations.info", object{"channel": "D0"}, "channel_not_found"},
		{"conversations.info", object{"channel": workspace.General}, "missing_scope"},
		{"conversations.list", object{"types": "dm"}, "invalid_types"},
		{"conversations.history", object{"channel": "D0"}, "channel_not_found"},
		{"conversations.history", object{}, "invalid_arguments"},
		{"conversations.history", object{"channel": workspace.General}, "missing_scope"},
		{"conversations.history", object{"channel": "D01ANAMEYER", "oldest": "soon"}, "invalid_ts_oldest"},
		{"conversations.history", object{"channel": "D01ANAMEYER", "limit": 5000}, "invalid_arguments"},
		{"conversations.history", object{"channel": "D01ANAMEYER", "cursor": "?"}, "invalid_cursor"},
		{"conversations.replies", object{"channel": "D01ANAMEYER", "ts": "1.2"}, "thread_not_found"},
		{"api.test", object{"error": "my_error"}, "my_error"},
	} {
		wantError(t, fmt.Sprint(c.method, c.body), post(t, w, c.method, c.body), c.want)
	}
}

func TestHistoryPages(t *testing.T) {
	w := start(t, workspace.Config{Start: time.Unix(1_800_000_000, 0), FrozenClock: true})
	channel := dm(t, w)
	var all []string
	for i := range 7 {
		all = append(all, say(t, w, fmt.Sprint("line ", i)))
	}
	var got []string
	cursor, pages := "", 0
	for {
		answer := form(t, w, "conversations.history", url.Values{"channel": {channel}, "limit": {"3"}, "cursor": {cursor}})
		wantOK(t, "conversations.history", answer)
		for _, m := range answer["messages"].([]any) {
			got = append(got, at(m, "ts").(string))
		}
		pages++
		cursor = at(answer, "response_metadata", "next_cursor").(string)
		if answer["has_more"] != (cursor != "") {
			t.Errorf("has_more is %v with the cursor %q", answer["has_more"], cursor)
		}
		if cursor == "" {
			break
		}
	}
	if pages != 3 || len(got) != 7 || got[0] != all[6] || got[6] != all[0] {
		t.Errorf("%d pages: %v, want all 7, newest first", pages, got)
	}
	for _, c := range []struct {
		values url.Values
		want   int
	}{
		{url.Values{"oldest": {all[2]}}, 4},
		{url.Values{"oldest": {all[2]}, "inclusive": {"1"}}, 5},
		{url.Values{"oldest": {all[2]}, "latest": {all[4]}}, 1},
		{url.Values{"oldest": {all[2]}, "latest": {all[4]}, "inclusive": {"true"}}, 3},
		{url.Values{"latest": {all[0]}}, 0},
	} {
		c.values.Set("channel", channel)
		answer := form(t, w, "conversations.history", c.values)
		if n := len(answer["messages"].([]any)); n != c.want {
			t.Errorf("history %v has %d messages, want %d", c.values, n, c.want)
		}
	}
}

func TestThreads(t *testing.T) {
	w := start(t, workspace.Config{})
	channel := dm(t, w)
	root := say(t, w, "root")
	if _, err := w.Speak(workspace.Saying{Person: "ana", Text: "in the thread", ThreadTS: root}); err != nil {
		t.Fatal(err)
	}
	wantOK(t, "answer", post(t, w, "chat.postMessage", object{"channel": channel, "text": "answer", "thread_ts": root}))
	lost := post(t, w, "chat.postMessage", object{"channel": channel, "text": "to nothing", "thread_ts": "1.000001"})
	if at(lost, "message", "thread_ts") != nil {
		t.Errorf("an answer to a message that is gone has a thread: %v", lost)
	}
	wantError(t, "thread_ts", post(t, w, "chat.postMessage", object{"channel": channel, "text": "x", "thread_ts": "soon"}), "invalid_thread_ts")
	history := post(t, w, "conversations.history", object{"channel": channel})
	if n := len(history["messages"].([]any)); n != 2 || at(history, "messages", 1, "reply_count") != 2.0 {
		t.Errorf("history shows the thread's answers: %v", history)
	}
	replies := post(t, w, "conversations.replies", object{"channel": channel, "ts": root})
	if n := len(replies["messages"].([]any)); n != 3 || at(replies, "messages", 1, "parent_user_id") != workspace.Ana {
		t.Errorf("replies are %v", replies)
	}
}

func TestChatErrors(t *testing.T) {
	w := start(t, workspace.Config{})
	channel := dm(t, w)
	anas := say(t, w, "mine")
	own := post(t, w, "chat.postMessage", object{"channel": channel, "text": "bot's"})["ts"]
	blocks := func(n int, text string) []any {
		var list []any
		for range n {
			list = append(list, object{"type": "section", "text": object{"type": "mrkdwn", "text": text}})
		}
		return list
	}
	for _, c := range []struct {
		rule   string
		method string
		body   object
		want   string
	}{
		{"no channel", "chat.postMessage", object{"text": "x"}, "invalid_arguments"},
		{"unknown channel", "chat.postMessage", object{"channel": "D0", "text": "x"}, "channel_not_found"},
		{"nothing to say", "chat.postMessage", object{"channel": channel}, "no_text"},
		{"empty blocks and no text", "chat.postMessage", object{"channel": channel, "blocks": []any{}}, "no_text"},
		{"40,001 characters", "chat.postMessage", object{"channel": channel, "text": strings.Repeat("ä", 40_001)}, "msg_too_long"},
		{"51 blocks", "chat.postMessage", object{"channel": channel, "text": "x", "blocks": blocks(51, "a")}, "invalid_blocks"},
		{"13,500 characters in blocks", "chat.postMessage", object{"channel": channel, "text": "x", "blocks": blocks(9, strings.Repeat("a", 1500))}, "msg_blocks_too_long"},
		{"blocks are no list", "chat.postMessage", object{"channel": channel, "text": "x", "blocks": "{}"}, "invalid_blocks_format"},
		{"blocks are no JSON", "chat.postMessage", object{"channel": channel, "text": "x", "blocks": "[{"}, "invalid_blocks_format"},
		{"metadata without a type", "chat.postMessage", object{"channel": channel, "text": "x", "metadata": object{"event_payload": object{}}}, "invalid_metadata_format"},
		{"metadata too large", "chat.postMessage", object{"channel": channel, "text": "x", "metadata": object{"event_type": "t", "event_payload": object{"a": strings.Repeat("x", 9000)}}}, "metadata_too_large"},
		{"update of nothing", "chat.update", object{"channel": channel, "ts": "1.2", "text": "x"}, "message_not_found"},
		{"update of a person's message", "chat.update", object{"channel": channel, "ts": anas, "text": "x"}, "cant_update_message"},
		{"update with 4,001 characters", "chat.update", object{"channel": channel, "ts": own, "text": strings.Repeat("x", 4001)}, "msg_too_long"},
		{"update to nothing", "chat.update", object{"channel": channel, "ts": own}, "no_text"},
		{"update without ts", "chat.update", object{"channel": channel, "text": "x"}, "invalid_arguments"},
		{"update by a person's id", "chat.update", object{"channel": workspace.Ana, "ts": own, "text": "x"}, "channel_not_found"},
		{"delete of a person's message", "chat.delete", object{"channel": channel, "ts": anas}, "cant_delete_message"},
		{"delete of nothing", "chat.delete", object{"channel": channel, "ts": "1.2"}, "message_not_found"},
		{"ephemeral for a stranger in #general", "chat.postEphemeral", object{"channel": workspace.General, "user": workspace.Stranger, "text": "x"}, "user_not_in_channel"},
		{"ephemeral for Sam in Ana's DM", "chat.postEphemeral", object{"channel": channel, "user": workspace.Sam, "text": "x"}, "user_not_in_channel"},
		{"ephemeral for nobody", "chat.postEphemeral", object{"channel": channel, "text": "x"}, "invalid_arguments"},
	} {
		wantError(t, c.rule, post(t, w, c.method, c.body), c.want)
	}
	answer := post(t, w, "chat.postMessage", object{"channel": channel, "text": "x", "blocks": blocks(1, "")})
	if at(answer, "response_metadata", "messages", 0) != "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]" {
		t.Errorf("an empty text is explained with %v", answer)
	}
}

// What chat.update leaves out stays; an empty list of blocks takes them away.
func TestUpdateKeepsWhatItLeavesOut(t *testing.T) {
	w := start(t, workspace.Config{})
	channel := dm(t, w)
	section := []any{object{"type": "section", "block_id": "s", "text": object{"type": "plain_text", "text": "hi"}}}
	sent := post(t, w, "chat.postMessage", object{"channel": channel, "text": "one", "blocks": section,
		"metadata": object{"event_type": "row", "event_payload": object{"id": 7}}})
	wantOK(t, "post", sent)
	wantOK(t, "update", post(t, w, "chat.update", object{"channel": channel, "ts": sent["ts"], "text": "two"}))
	messages, _ := w.Messages("ana")
	if m := messages[0]; m.Text != "two" || len(m.Blocks) != 1 || !m.Edited || m.MetadataID != "7" {
		t.Errorf("after an update of the text: %+v", m)
	}
	wantOK(t, "update", post(t, w, "chat.update", object{"channel": channel, "ts": sent["ts"], "text": "three", "blocks": []any{}}))
	if messages, _ = w.Messages("ana"); len(messages[0].Blocks) != 0 {
		t.Errorf("after an update with no blocks: %+v", messages[0])
	}
}

func TestEphemeralIsSeenByOne(t *testing.T) {
	w := start(t, workspace.Config{Scopes: append([]string{"channels:history"}, workspace.DefaultScopes...)})
	wantOK(t, "ephemeral", post(t, w, "chat.postEphemeral", object{"channel": workspace.General, "user": workspace.Ana, "text": "psst"}))
	for person, want := range map[string]int{"ana": 1, "sam": 0} {
		messages, err := w.ChannelMessages(person, workspace.General)
		if err != nil || len(messages) != want {
			t.Errorf("%s sees %d messages (%v), want %d", person, len(messages), err, want)
		}
	}
	history := post(t, w, "conversations.history", object{"channel": workspace.General})
	if n := len(history["messages"].([]any)); n != 0 {
		t.Errorf("history shows %d ephemeral messages", n)
	}
	if _, err := w.ChannelMessages("pat", workspace.General); err == nil {
		t.Error("a stranger reads #general")
	}
}

func TestFiles(t *testing.T) {
	w := start(t, workspace.Config{})
	channel := dm(t, w)
	content := "name,when\nAna,2027\n"
	ticket := form(t, w, "files.getUploadURLExternal", url.Values{"filename": {"plan.csv"}, "length": {fmt.Sprint(len(content))}})
	wantOK(t, "files.getUploadURLExternal", ticket)
	complete := url.Values{"files": {`[{"id":"` + ticket["file_id"].(string) + `","title":"Your plan"}]`}, "channel_id": {channel}, "initial_comment": {"Here it is"}}
	wantError(t, "completing before the upload", form(t, w, "files.completeUploadExternal", complete), "file_not_found")

	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	part, _ := parts.CreateFormFile("file", "plan.csv")
	_, _ = part.Write([]byte(content))
	_ = parts.Close()
	r, _ := http.NewRequest(http.MethodPost, ticket["upload_url"].(string), &body)
	r.Header.Set("Content-Type", parts.FormDataContentType())
	if res, answer := do(t, r); res.StatusCode != http.StatusOK {
		t.Fatalf("upload: %v", answer)
	}
	done := form(t, w, "files.completeUploadExternal", complete)
	wantOK(t, "files.completeUploadExternal", done)
	messages, _ := w.Messages("ana")
	if m := messages[0]; m.Text != "Here it is" || len(m.Files) != 1 || string(m.Files[0].Content) != content || m.Files[0].Title != "Your plan" {
		t.Errorf("Ana sees %+v", m)
	}
	info := form(t, w, "files.info", url.Values{"file": {ticket["file_id"].(string)}})
	wantOK(t, "files.info", info)
	get, _ := http.NewRequest(http.MethodGet, at(info, "file", "url_private").(string), nil)
	if res, _ := do(t, get); res.StatusCode != http.StatusForbidden {
		t.Errorf("download without a token: HTTP %d", res.StatusCode)
	}
	get.Header.Set("Authorization", "Bearer "+w.BotToken())
	if res, answer := do(t, get); res.StatusCode != http.StatusOK || answer["text"] != content {
		t.Errorf("download: %v", answer)
	}
	wantError(t, "files.info", form(t, w, "files.info", url.Values{"file": {"F0"}}), "file_not_found")
}

func TestResponseURL(t *testing.T) {
	wall := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	w := start(t, workspace.Config{Now: func() time.Time { return wall }})
	a := dial(t, w)
	done := commandLater(w, "/goals", "")
	e := a.next()
	address := at(e, "payload", "response_url").(string)
	a.ack(e, nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	answer := func(body string) (*http.Response, object) {
		r, _ := http.NewRequest(http.MethodPost, address, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		return do(t, r)
	}
	// What slack-go sends: empty members rather than none.
	if res, got := answer(`{"text":"one","blocks":null,"metadata":{"event_type":"","event_payload":null},"replace_original":false}`); res.StatusCode != http.StatusOK || got["text"] != "ok" {
		t.Errorf("first answer: HTTP %d %v", res.StatusCode, got)
	}
	if _, got := answer(`{}`); got["error"] != "no_text" {
		t.Errorf("empty answer: %v", got)
	}
	answer(`{"text":"two","response_type":"in_channel"}`)
	messages, _ := w.Messages("ana")
	if len(messages) != 2 || !messages[0].Ephemeral || messages[1].Ephemeral {
		t.Errorf("Ana sees %+v, want an ephemeral answer and one for all", messages)
	}
	answer(`{"text":"three"}`)
	answer(`{"text":"four"}`)
	if res, got := answer(`{"text":"six"}`); res.StatusCode != http.StatusNotFound || got["error"] != "used_url" {
		t.Errorf("sixth use: HTTP %d %v, want used_url", res.StatusCode, got)
	}
}

func TestResponseURLReplacesAndExpires(t *testing.T) {
	wall := newTime(time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC))
	w := start(t, workspace.Config{Now: wall.now})
	channel := dm(t, w)
	button := []any{object{"type": "actions", "elements": []any{object{"type": "button", "action_id": "b", "text": object{"type": "plain_text", "text": "B"}}}}}
	wantOK(t, "post", post(t, w, "chat.postMessage", object{"channel": channel, "text": "x", "blocks": button}))
	a := dial(t, w)
	a.ack(a.next(), nil) // the post itself
	click := clickLater(w, workspace.Press{Person: "ana", ActionID: "b"})
	e := a.next()
	a.ack(e, nil)
	if err := <-click; err != nil {
		t.Fatal(err)
	}
	use := func(body string) object {
		r, _ := http.NewRequest(http.MethodPost, at(e, "payload", "response_url").(string), strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		_, answer := do(t, r)
		return answer
	}
	use(`{"text":"done","replace_original":true}`)
	messages, _ := w.Messages("ana")
	if len(messages) != 1 || messages[0].Text != "done" || len(messages[0].Actions) != 0 {
		t.Errorf("after replace_original: %+v", messages)
	}
	wall.add(31 * time.Minute)
	wantError(t, "after half an hour", use(`{"text":"late"}`), "expired_url")
	wall.add(-31 * time.Minute)
	use(`{"delete_original":true}`)
	if messages, _ := w.Messages("ana"); len(messages) != 0 {
		t.Errorf("after delete_original: %+v", messages)
	}
}
