package workspace_test

import (
	"net/url"
	"slices"
	"testing"

	"waymark/internal/workspace"
)

// Whoever listens hears of each message that the bot posts, and of no other.
func TestOnPosted(t *testing.T) {
	var heard []string
	w := start(t, workspace.Config{OnPosted: func(channel, ts string) { heard = append(heard, channel+" "+ts) }})
	if _, err := w.Say(workspace.Ana, "hello"); err != nil {
		t.Fatal(err)
	}
	channel := dm(t, w)
	answer := form(t, w, "chat.postMessage", url.Values{"channel": {channel}, "text": {"heard hello"}})
	wantOK(t, "chat.postMessage", answer)
	ts := at(answer, "ts").(string)
	wantOK(t, "chat.update", form(t, w, "chat.update", url.Values{"channel": {channel}, "ts": {ts}, "text": {"changed"}}))
	if want := []string{channel + " " + ts}; !slices.Equal(heard, want) {
		t.Errorf("heard of %q, want %q", heard, want)
	}
}
