package slackapp_test

import (
	"errors"
	"testing"

	"waymark/internal/chat"
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

func TestClear(t *testing.T) {
	b := connected(t, nil)
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
