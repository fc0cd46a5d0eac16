package slackapp_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"waymark/internal/chat"
	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

var aPicture = chat.File{Name: "timeline.png", Title: "Your timeline", Alt: "Two goals, the first done.", Data: []byte("\x89PNG\r\n\x1a\n and so on")}

func TestUploadThenShare(t *testing.T) {
	b := connected(t, nil)
	channel, err := b.app.Open(t.Context(), ana)
	b.must(err)
	_, before := b.post(chat.Say("Here it comes."))
	id, err := b.app.Upload(t.Context(), aPicture)
	b.must(err)
	if _, ok, err := b.app.Shared(t.Context(), channel, before, id); ok || err != nil {
		t.Errorf("shared: %v, error %v, before it was shared", ok, err)
	}
	b.must(b.app.Share(t.Context(), channel, id, aPicture, chat.Say("Your timeline. Goal 1: done.")))
	m := b.last()
	if len(m.Files) != 1 || m.Files[0].Title != "Your timeline" || m.Files[0].Alt != aPicture.Alt || string(m.Files[0].Content) != string(aPicture.Data) {
		t.Errorf("message %+v, want the picture", m)
	}
	if ts, ok, err := b.app.Shared(t.Context(), channel, before, id); ts != m.TS || !ok || err != nil {
		t.Errorf("shared: %q %v, error %v, want %s", ts, ok, err, m.TS)
	}
	if _, ok, err := b.app.Shared(t.Context(), channel, m.TS, id); ok || err != nil {
		t.Errorf("shared: %v, error %v, after the message itself", ok, err)
	}
}

func TestLongAltText(t *testing.T) {
	b := connected(t, nil)
	channel, err := b.app.Open(t.Context(), ana)
	b.must(err)
	f := aPicture
	f.Title = ""
	for _, n := range []int{1000, 1001} { // the most that Slack takes, and one more
		f.Alt = strings.Repeat("é", n)
		id, err := b.app.Upload(t.Context(), f)
		b.must(err)
		b.must(b.app.Share(t.Context(), channel, id, f, chat.Say("Here.")))
		got := b.last().Files[0]
		if utf8.RuneCountInString(got.Alt) != 1000 || strings.HasSuffix(got.Alt, "…") != (n > 1000) || got.Title != f.Name {
			t.Errorf("at %d: title %q, alt text of %d characters", n, got.Title, utf8.RuneCountInString(got.Alt))
		}
	}
}

func TestUploadWithoutTheScope(t *testing.T) {
	b := connected(t, nil)
	b.must(b.ws.Inject(workspace.Fault{Kind: "missing_scope", Scope: "files:write"}))
	_, err := b.app.Upload(t.Context(), aPicture)
	var se *chat.SendError
	if !errors.As(err, &se) || se.Name != "missing_scope" || !se.Permanent || se.Unknown {
		t.Errorf("Upload: %+v, want a permanent missing_scope", err)
	}
	if _, err := b.app.Upload(t.Context(), chat.File{Name: "a.md"}); !errors.As(err, &se) || !se.Permanent {
		t.Errorf("Upload of nothing: %v, want a permanent error", err)
	}
}

func TestFileFaults(t *testing.T) {
	for _, tt := range []struct {
		name      string
		fault     workspace.Fault
		permanent bool
		unknown   bool
	}{
		{"uploads are off", workspace.Fault{Kind: "slack_error", Name: "file_uploads_disabled"}, true, false},
		{"the upload is too old", workspace.Fault{Kind: "slack_error", Name: "file_not_found"}, true, false},
		{"Slack does not know", workspace.Fault{Kind: "slack_error", Name: "internal_error"}, false, true},
		{"asked to wait", workspace.Fault{Kind: "slack_error", Name: "ratelimited"}, false, false},
		{"the answer is lost", workspace.Fault{Kind: "lose_answer"}, false, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := connected(t, nil)
			channel, err := b.app.Open(t.Context(), ana)
			b.must(err)
			id, err := b.app.Upload(t.Context(), aPicture)
			b.must(err)
			tt.fault.Method = "files.completeUploadExternal"
			b.must(b.ws.Inject(tt.fault))
			err = b.app.Share(t.Context(), channel, id, aPicture, chat.Say("Your timeline."))
			var se *chat.SendError
			if !errors.As(err, &se) || se.Permanent != tt.permanent || se.Unknown != tt.unknown {
				t.Fatalf("Share: %+v, want permanent %v, unknown %v", err, tt.permanent, tt.unknown)
			}
			_, ok, err := b.app.Shared(t.Context(), channel, "", id)
			if want := tt.fault.Kind == "lose_answer"; ok != want || err != nil {
				t.Errorf("shared: %v, error %v, want %v", ok, err, want)
			}
		})
	}
}

// Doing it again does no harm, so nothing is unknown about an upload.
func TestUploadThatIsNotAnswered(t *testing.T) {
	b := connected(t, nil)
	b.must(b.ws.Inject(workspace.Fault{Kind: "lose_answer", Method: "files.getUploadURLExternal"}))
	_, err := b.app.Upload(t.Context(), aPicture)
	var se *chat.SendError
	if !errors.As(err, &se) || se.Unknown || se.Permanent {
		t.Errorf("Upload: %+v, want an error worth doing it again", err)
	}
}

// What Clear could not finish it finishes the next time, and what Slack never
// deletes keeps it from nothing else.
func TestClearGoesOn(t *testing.T) {
	b := connected(t, func(_ *workspace.Config, c *slackapp.Config) { c.Pace = 1000 })
	channel, _ := b.post(chat.Say("0"))
	for i := range 4 {
		b.post(chat.Say(strconv.Itoa(i + 1)))
	}
	left := func() int {
		m, err := b.ws.Messages(workspace.Ana)
		b.must(err)
		return len(m)
	}
	b.must(b.ws.Inject(workspace.Fault{Kind: "server_error", Method: "chat.delete"}))
	if err := b.app.Clear(t.Context(), channel); err == nil || left() != 5 {
		t.Errorf("Clear: %v with %d left, want an error and all of them", err, left())
	}
	b.must(b.ws.Inject(workspace.Fault{Kind: "slack_error", Method: "chat.delete", Name: "cant_delete_message"}))
	b.must(b.app.Clear(t.Context(), channel))
	m, err := b.ws.Messages(workspace.Ana)
	b.must(err)
	if len(m) != 1 || m[0].Text != "4" {
		t.Errorf("left: %+v, want the one that Slack did not delete", m)
	}
	b.must(b.app.Clear(t.Context(), channel))
	if left() != 0 {
		t.Errorf("%d left", left())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.app.Clear(ctx, channel); err == nil {
		t.Error("Clear: no error though it could not look")
	}
}

func TestClearOfALongHistory(t *testing.T) {
	b := connected(t, func(_ *workspace.Config, c *slackapp.Config) { c.Pace = 10_000 })
	channel, err := b.app.Open(t.Context(), ana)
	b.must(err)
	for i := range 450 { // three pages
		if i%2 == 0 {
			b.post(chat.Say("More."))
			continue
		}
		_, err := b.ws.Say(workspace.Ana, "ok")
		b.must(err)
	}
	b.must(b.app.Clear(t.Context(), channel))
	m, err := b.ws.Messages(workspace.Ana)
	b.must(err)
	if len(m) != 225 || slices.ContainsFunc(m, func(m workspace.Message) bool { return m.From != "person" }) {
		t.Errorf("%d messages left, want Ana's 225", len(m))
	}
}

func TestClear(t *testing.T) {
	b := connected(t, func(_ *workspace.Config, c *slackapp.Config) { c.Pace = 1000 })
	ts, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	b.next()
	channel, _ := b.post(chat.Say("One."))
	id, err := b.app.Upload(t.Context(), aPicture)
	b.must(err)
	b.must(b.app.Share(t.Context(), channel, id, aPicture, chat.Say("Two.")))
	b.post(chat.Say("Three."))
	b.must(b.ws.Inject(workspace.Fault{Kind: "rate_limit", Method: "chat.delete", RetryAfter: 1}))
	for range 2 { // twice is the same as once
		b.must(b.app.Clear(t.Context(), channel))
		m, err := b.ws.Messages(workspace.Ana)
		b.must(err)
		if len(m) != 1 || m[0].TS != ts {
			t.Errorf("left: %+v, want Ana's own message alone", m)
		}
	}
	if f, err := b.ws.Files(workspace.Ana); err != nil || len(f) != 0 {
		t.Errorf("left: %d files, error %v", len(f), err)
	}
}
