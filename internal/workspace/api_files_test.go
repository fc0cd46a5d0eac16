package workspace_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"

	"waymark/internal/workspace"
)

// upload sends a file as the bot does before it shares it, and gives its id.
func upload(t *testing.T, w *workspace.Workspace, name, alt string, content []byte) string {
	t.Helper()
	ticket := form(t, w, "files.getUploadURLExternal", url.Values{
		"filename": {name}, "length": {fmt.Sprint(len(content))}, "alt_txt": {alt},
	})
	wantOK(t, "files.getUploadURLExternal", ticket)
	r, _ := http.NewRequest(http.MethodPost, ticket["upload_url"].(string), bytes.NewReader(content))
	if res, answer := do(t, r); res.StatusCode != http.StatusOK {
		t.Fatalf("upload %s: HTTP %d %v", name, res.StatusCode, answer)
	}
	return ticket["file_id"].(string)
}

// dot is a picture of that size.
func dot(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// share completes an upload.
func share(t *testing.T, w *workspace.Workspace, more url.Values, ids ...string) object {
	t.Helper()
	var list []string
	for _, id := range ids {
		list = append(list, `{"id":"`+id+`"}`)
	}
	more.Set("files", "["+strings.Join(list, ",")+"]")
	return form(t, w, "files.completeUploadExternal", more)
}

func TestPictureWithItsDescription(t *testing.T) {
	w := start(t, workspace.Config{})
	channel := dm(t, w)
	content := dot(t, 3, 2)
	id := upload(t, w, "timeline.png", "Two goals until May", content)
	blocks := `[{"type":"section","text":{"type":"plain_text","text":"Your timeline"}}]`
	wantOK(t, "share", share(t, w, url.Values{"channel_id": {channel}, "blocks": {blocks}}, id))
	history := post(t, w, "conversations.history", object{"channel": channel})
	for key, want := range map[string]any{"alt_txt": "Two goals until May", "original_w": 3.0, "original_h": 2.0, "mimetype": "image/png"} {
		if got := at(history, "messages", 0, "files", 0, key); got != want {
			t.Errorf("history gives the picture's %s as %v, want %v", key, got, want)
		}
	}
	if got := at(history, "messages", 0, "blocks", 0, "text", "text"); got != "Your timeline" {
		t.Errorf("the message beside the picture says %v", got)
	}
	files, err := w.Files("ana")
	if err != nil || len(files) != 1 || files[0].Alt != "Two goals until May" {
		t.Fatalf("Ana's files are %+v, %v", files, err)
	}
	for person, want := range map[string]int{"ana": http.StatusOK, "sam": http.StatusNotFound, "nobody": http.StatusNotFound} {
		r, _ := http.NewRequest(http.MethodGet, w.URL()+"_local/files/"+id+"?person="+person, nil)
		if res, _ := do(t, r); res.StatusCode != want {
			t.Errorf("%s opens Ana's picture: HTTP %d, want %d", person, res.StatusCode, want)
		} else if want == http.StatusOK && (res.Header.Get("Content-Type") != "image/png" || res.Header.Get("Content-Disposition") != "") {
			t.Errorf("the picture comes with %v", res.Header)
		}
	}
}

// A file's content never becomes part of the page.
func TestOtherFilesAreDownloaded(t *testing.T) {
	w := start(t, workspace.Config{})
	channel := dm(t, w)
	for name, kind := range map[string]string{"page.html": "text/html; charset=utf-8", "drawing.svg": "image/svg+xml", "plan.ics": "", "größe 1.md": ""} {
		id := upload(t, w, name, "", []byte("<script>alert(1)</script>"))
		wantOK(t, "share "+name, share(t, w, url.Values{"channel_id": {channel}}, id))
		r, _ := http.NewRequest(http.MethodGet, w.URL()+"_local/files/"+id+"?person=ana", nil)
		res, _ := do(t, r)
		if kind != "" && res.Header.Get("Content-Type") != kind {
			t.Errorf("%s is served as %s", name, res.Header.Get("Content-Type"))
		}
		if d := res.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment") || !strings.HasSuffix(d, url.PathEscape(path.Base(name))) {
			t.Errorf("%s is served with %q", name, d)
		}
		if res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be sniffed", name)
		}
	}
}

func TestFileErrors(t *testing.T) {
	w := start(t, workspace.Config{})
	channel := dm(t, w)
	id := upload(t, w, "plan.md", "", []byte("plan"))
	if _, err := w.ShareFile(workspace.Upload{Person: "ana", Name: "cv.txt", Content: "I teach"}); err != nil {
		t.Fatal(err)
	}
	theirs, _ := w.Files("ana")
	for _, c := range []struct {
		rule, method string
		args         url.Values
		want         string
	}{
		{"no length", "files.getUploadURLExternal", url.Values{"filename": {"x"}}, "invalid_arguments"},
		{"nothing to upload", "files.getUploadURLExternal", url.Values{"filename": {"x"}, "length": {"0"}}, "invalid_arguments"},
		{"a description of 1001 characters", "files.getUploadURLExternal", url.Values{"filename": {"x"}, "length": {"1"}, "alt_txt": {strings.Repeat("ä", 1001)}}, "alt_txt_too_large"},
		{"no files", "files.completeUploadExternal", url.Values{"files": {"[]"}}, "invalid_arguments"},
		{"a file without an id", "files.completeUploadExternal", url.Values{"files": {`[{"title":"x"}]`}}, "invalid_arguments"},
		{"an unknown file", "files.completeUploadExternal", url.Values{"files": {`[{"id":"F0"}]`}}, "file_not_found"},
		{"a person's file", "files.completeUploadExternal", url.Values{"files": {`[{"id":"` + theirs[0].ID + `"}]`}}, "file_not_found"},
		{"a person instead of a channel", "files.completeUploadExternal", url.Values{"files": {`[{"id":"` + id + `"}]`}, "channel_id": {workspace.Ana}}, "channel_not_found"},
		{"a channel without the bot", "files.completeUploadExternal", url.Values{"files": {`[{"id":"` + id + `"}]`}, "channel_id": {workspace.Team}}, "not_in_channel"},
		{"an unknown thread", "files.completeUploadExternal", url.Values{"files": {`[{"id":"` + id + `"}]`}, "channel_id": {channel}, "thread_ts": {"1.2"}}, "thread_not_found"},
		{"blocks that Slack refuses", "files.completeUploadExternal", url.Values{"files": {`[{"id":"` + id + `"}]`}, "channel_id": {channel}, "blocks": {`[{"type":"section"}]`}}, "invalid_blocks"},
		{"deleting an unknown file", "files.delete", url.Values{"file": {"F0"}}, "file_not_found"},
		{"deleting a person's file", "files.delete", url.Values{"file": {theirs[0].ID}}, "cant_delete_file"},
		{"deleting nothing", "files.delete", nil, "invalid_arguments"},
	} {
		wantError(t, c.rule, form(t, w, c.method, c.args), c.want)
	}
	wantError(t, "a JSON body", post(t, w, "files.getUploadURLExternal", object{"filename": "x", "length": 1}), "invalid_arguments")
	if m, _ := w.Messages("ana"); len(m) != 1 {
		t.Errorf("refused files were shared: Ana sees %d messages", len(m))
	}
	if err := w.Inject(workspace.Fault{Kind: "missing_scope", Scope: "files:write"}); err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{"files.getUploadURLExternal", "files.completeUploadExternal", "files.delete"} {
		answer := form(t, w, method, url.Values{"filename": {"x"}, "length": {"1"}})
		wantError(t, method+" without its scope", answer, "missing_scope")
		if answer["needed"] != "files:write" {
			t.Errorf("%s says %v", method, answer)
		}
	}
}

// A message that was nothing but the file goes with it; another keeps its words.
func TestFilesDelete(t *testing.T) {
	dir := t.TempDir()
	w := start(t, workspace.Config{Dir: dir})
	channel := dm(t, w)
	bare, said := upload(t, w, "a.md", "", []byte("a")), upload(t, w, "b.md", "", []byte("b"))
	wantOK(t, "share", share(t, w, url.Values{"channel_id": {channel}}, bare))
	wantOK(t, "share", share(t, w, url.Values{"channel_id": {channel}, "initial_comment": {"Your plan"}}, said))
	for _, id := range []string{bare, said} {
		wantOK(t, "files.delete", post(t, w, "files.delete", object{"file": id}))
		wantError(t, "files.info after that", form(t, w, "files.info", url.Values{"file": {id}}), "file_not_found")
		wantError(t, "twice", post(t, w, "files.delete", object{"file": id}), "file_not_found")
	}
	check := func(w *workspace.Workspace) {
		t.Helper()
		history := post(t, w, "conversations.history", object{"channel": channel})
		list := history["messages"].([]any)
		if len(list) != 1 || at(list, 0, "text") != "Your plan" || at(list, 0, "files", 0, "mode") != "tombstone" {
			t.Errorf("history is %v, want the words and a tombstone", list)
		}
		if files, _ := w.Files("ana"); len(files) != 0 {
			t.Errorf("Ana still has %v", files)
		}
	}
	check(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	check(start(t, workspace.Config{Dir: dir}))
}

// In a channel without the bot people talk, use shortcuts and run commands; the
// bot hears nothing else of it and cannot write there.
func TestChannelWithoutTheBot(t *testing.T) {
	w := start(t, workspace.Config{Scopes: append([]string{"channels:read", "channels:history"}, workspace.DefaultScopes...),
		Events: append([]string{"message.channels"}, workspace.DefaultEvents...)})
	ts, err := w.Speak(workspace.Saying{Person: "sam", Channel: workspace.Team, Text: "Well done Ana! @Waymark"})
	if err != nil {
		t.Fatal(err)
	}
	if n := w.Unacknowledged(); n != 0 {
		t.Errorf("%d events of a channel that the bot is not in", n)
	}
	for _, c := range []struct {
		method string
		body   object
		want   string
	}{
		{"chat.postMessage", object{"channel": workspace.Team, "text": "x"}, "not_in_channel"},
		{"chat.postMessage", object{"channel": "#team", "text": "x"}, "not_in_channel"},
		{"chat.postEphemeral", object{"channel": workspace.Team, "user": workspace.Ana, "text": "x"}, "not_in_channel"},
		{"conversations.history", object{"channel": workspace.Team}, "not_in_channel"},
		{"conversations.replies", object{"channel": workspace.Team, "ts": ts}, "not_in_channel"},
		{"chat.getPermalink", object{"channel": workspace.Team, "message_ts": ts}, "channel_not_found"},
		{"chat.getPermalink", object{"channel": workspace.General, "message_ts": ts}, "message_not_found"},
	} {
		wantError(t, c.method, post(t, w, c.method, c.body), c.want)
	}
	info := post(t, w, "conversations.info", object{"channel": workspace.Team})
	if at(info, "channel", "is_member") != false {
		t.Errorf("conversations.info says %v", info)
	}
	if _, err := w.ChannelMessages("pat", workspace.Team); err == nil {
		t.Error("a stranger reads #team")
	}
	a := dial(t, w)
	done := later(func(ctx context.Context) error { return w.Shortcut(ctx, "ana", "save_win", workspace.Team, ts) })
	e := a.next()
	a.ack(e, nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if at(e, "payload", "type") != "message_action" || at(e, "payload", "channel", "name") != "team" ||
		at(e, "payload", "message", "user") != workspace.Sam || at(e, "payload", "user", "id") != workspace.Ana {
		t.Errorf("the shortcut sent %v", e)
	}
}

func TestPermalink(t *testing.T) {
	w := start(t, workspace.Config{})
	ts := say(t, w, "hi")
	answer := post(t, w, "chat.getPermalink", object{"channel": dm(t, w), "message_ts": ts})
	wantOK(t, "chat.getPermalink", answer)
	want := "https://" + workspace.TeamDomain + ".slack.com/archives/" + dm(t, w) + "/p" + strings.ReplaceAll(ts, ".", "")
	if answer["permalink"] != want {
		t.Errorf("permalink is %v, want %s", answer["permalink"], want)
	}
}

// A deleted message with answers leaves a tombstone, which is a change.
func TestDeletedRootOfAThread(t *testing.T) {
	w := start(t, workspace.Config{})
	a := dial(t, w)
	root := say(t, w, "a secret")
	a.ack(a.next(), nil)
	if _, err := w.Speak(workspace.Saying{Person: "ana", Text: "an answer", ThreadTS: root}); err != nil {
		t.Fatal(err)
	}
	a.ack(a.next(), nil)
	if err := w.Delete("ana", root); err != nil {
		t.Fatal(err)
	}
	e := at(a.next(), "payload", "event")
	if at(e, "subtype") != "message_changed" || at(e, "message", "subtype") != "tombstone" || at(e, "previous_message", "text") != "a secret" {
		t.Errorf("deleting the root sent %v", e)
	}
	if m, _ := w.Messages("ana"); len(m) != 2 || strings.Contains(fmt.Sprint(m[0]), "secret") || m[0].From != "slack" {
		t.Errorf("Ana sees %+v", m)
	}
	if err := w.Delete("ana", root); err == nil {
		t.Error("a tombstone was deleted")
	}
}
