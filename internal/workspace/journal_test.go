package workspace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/workspace"
)

// A workspace that is opened again on its folder goes on where it was.
func TestRestartFromFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "trial")
	wall := newTime(time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC))
	open := func() *workspace.Workspace {
		w, err := workspace.Start(t.Context(), workspace.Config{Dir: dir, Now: wall.now, Start: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	w := open()
	added, err := w.AddPerson(workspace.Person{Name: "Lee", Zone: "Asia/Tokyo"})
	if err != nil {
		t.Fatal(err)
	}
	a := dial(t, w)
	first := say(t, w, "acknowledged")
	a.ack(a.next(), nil)
	gone := say(t, w, "deleted later")
	a.ack(a.next(), nil)
	if err := w.Delete("ana", gone); err != nil {
		t.Fatal(err)
	}
	a.ack(a.next(), nil)
	answer := post(t, w, "chat.postMessage", object{"channel": workspace.Ana, "text": "old", "metadata": object{"event_type": "row", "event_payload": object{"id": "r"}}})
	a.ack(a.next(), nil)
	wantOK(t, "update", post(t, w, "chat.update", object{"channel": answer["channel"], "ts": answer["ts"], "text": "new"}))
	a.ack(a.next(), nil)
	wantOK(t, "publish", post(t, w, "views.publish", object{"user_id": workspace.Ana, "view": object{"type": "home", "blocks": []any{object{"type": "divider"}}}}))
	wantOK(t, "open", post(t, w, "views.open", object{"trigger_id": trigger(t, w, a), "view": modal("Goal")}))
	quiet(t, w)
	say(t, w, "nobody heard this")
	unheard := eventID(a.next()) // delivered and never acknowledged
	if err := w.SetClock(time.Date(2031, 5, 6, 7, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	before, _ := w.Messages("ana")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}

	wall.add(time.Hour)
	w = open()
	defer w.Close()
	if want := time.Date(2031, 5, 6, 8, 0, 0, 0, time.UTC); !w.Now().Equal(want) {
		t.Errorf("clock is %v an hour later, want %v", w.Now(), want)
	}
	after, _ := w.Messages("ana")
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("Ana's messages changed (-before +after):\n%s", diff)
	}
	if len(after) != 3 || after[0].TS != first || after[1].Text != "new" || after[1].MetadataID != "r" {
		t.Errorf("Ana sees %+v", after)
	}
	if home, _ := w.Home("ana"); home == nil {
		t.Error("the Home tab is gone")
	}
	if views, _ := w.Views("ana"); len(views) != 1 || views[0].Title != "Goal" {
		t.Errorf("open modals are %+v", views)
	}
	if _, err := w.Say(added.ID, "still here"); err != nil {
		t.Errorf("the person who was added: %v", err)
	}
	if err := w.SetClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if ts := say(t, w, "earlier by the clock"); ts <= after[2].TS {
		t.Errorf("ts %s after %s", ts, after[2].TS)
	}
	b := dial(t, w)
	if e := b.next(); eventID(e) != unheard || e["retry_attempt"] == 0.0 {
		t.Errorf("first delivery is %v, want the event that nobody acknowledged", e)
	}
}

// kill -9 leaves the last line cut off: it is left out, the rest is kept.
func TestCutJournalIsRead(t *testing.T) {
	dir := t.TempDir()
	w := start(t, workspace.Config{Dir: dir})
	say(t, w, "one")
	say(t, w, "two")
	name := filepath.Join(dir, "journal.jsonl")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.LastIndex(string(whole), `"two"`)
	at = strings.LastIndex(string(whole[:at]), "\n") + 20 // in the middle of that record
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "journal.jsonl"), whole[:at], 0o600); err != nil {
		t.Fatal(err)
	}
	cut := start(t, workspace.Config{Dir: other})
	messages, _ := cut.Messages("ana")
	if len(messages) == 0 || messages[0].Text != "one" {
		t.Errorf("Ana sees %+v, want her first line", messages)
	}
	for _, m := range messages[1:] {
		if m.Text == "" {
			t.Errorf("half a message was restored: %+v", m)
		}
	}
}

func TestForeignJournalIsRefused(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "journal.jsonl")
	if err := os.WriteFile(name, []byte("hello\nworld\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := workspace.Start(t.Context(), workspace.Config{Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "line 1") || !strings.Contains(err.Error(), "move it away") {
		t.Errorf("Start on a foreign journal: %v, want the line and what to do", err)
	}
	if kept, _ := os.ReadFile(name); string(kept) != "hello\nworld\n" {
		t.Errorf("the foreign file was changed to %q", kept)
	}
}

func TestTakenAddress(t *testing.T) {
	w := start(t, workspace.Config{})
	taken := strings.TrimSuffix(strings.TrimPrefix(w.URL(), "http://"), "/")
	if _, err := workspace.Start(t.Context(), workspace.Config{Listen: taken}); err == nil || !strings.Contains(err.Error(), taken) {
		t.Errorf("Start on a taken address: %v, want an error that names it", err)
	}
}
