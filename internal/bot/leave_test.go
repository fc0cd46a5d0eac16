package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image/png"
	"strings"
	"testing"

	"waymark/internal/kv"
	"waymark/internal/store"
	"waymark/internal/workspace"
)

// files are those that Ana sees, by name.
func (s *stage) files() map[string]workspace.File {
	s.t.Helper()
	all, err := s.ws.Files(workspace.Ana)
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string]workspace.File{}
	for _, f := range all {
		out[f.Name] = f
	}
	return out
}

// shownBlocks is what the bot's messages to Ana show, as JSON.
func (s *stage) shownBlocks() string {
	s.t.Helper()
	var all []any
	for _, m := range s.messages() {
		if m.From == "bot" {
			all = append(all, m.Blocks)
		}
	}
	raw, err := json.Marshal(all)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(raw)
}

// kept is how many messages of the bot Slack keeps for Ana; those that only she
// sees it forgets by itself.
func (s *stage) kept() int {
	n := 0
	for _, m := range s.messages() {
		if m.From == "bot" && !m.Ephemeral {
			n++
		}
	}
	return n
}

// withGoal gives Ana an answer of her own and a goal with a date.
func (s *stage) withGoal() {
	s.t.Helper()
	s.say("hi", "start", "nurse *and* <!channel> hero")
	s.command("/career goal add Lead the late shift")
	s.closed(s.submit(map[string]any{"due": "2027-03-01"}))
}

// An export arrives as three files that hold what Ana said, and a picture as one
// more, with what it shows in words.
func TestExportArrives(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.withGoal()
	s.command("/career export")
	got := s.files()
	if len(got) != 3 {
		t.Fatalf("Ana sees %d files, want three", len(got))
	}
	var doc struct {
		Format string
		Record struct {
			Plan struct{ Goals []struct{ Title string } }
		}
		Answers []struct{ Question, Words string }
	}
	if err := json.Unmarshal(got["career-data.json"].Content, &doc); err != nil {
		t.Fatalf("the JSON cannot be read: %v", err)
	}
	if doc.Format != "waymark-export" || len(doc.Record.Plan.Goals) != 1 || doc.Record.Plan.Goals[0].Title != "Lead the late shift" {
		t.Errorf("the JSON holds %+v", doc)
	}
	if n := len(doc.Answers); n == 0 || doc.Answers[n-1].Words != "nurse *and* <!channel> hero" || doc.Answers[n-1].Question == "" {
		t.Errorf("the JSON holds the answers %+v", doc.Answers)
	}
	for name, want := range map[string]string{
		"career-plan.md":   `nurse \*and\* \<!channel\> hero`,
		"career-dates.ics": "DTSTART;VALUE=DATE:20270301\r\n",
	} {
		if !bytes.Contains(got[name].Content, []byte(want)) {
			t.Errorf("%s does not hold %q:\n%s", name, want, got[name].Content)
		}
	}
	if n := strings.Count(s.shownBlocks(), "part of this chat now"); n != 1 {
		t.Errorf("where the files live now is said %d times, want once", n)
	}
	s.command("/career timeline")
	picture := s.files()["career-timeline.png"]
	if _, err := png.Decode(bytes.NewReader(picture.Content)); err != nil {
		t.Errorf("the picture cannot be read: %v", err)
	}
	if !strings.Contains(picture.Alt, "Lead the late shift, due 1 Mar 2027") {
		t.Errorf("the picture is described as %q", picture.Alt)
	}
}

// The tab's own buttons do the same.
func TestExportFromTheTab(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.withGoal()
	s.say("/career goal add Learn to bake")
	s.opens(workspace.Ana)
	s.presses("Export")
	s.tabShows(workspace.Ana, "under Messages")
	if n := len(s.files()); n != 3 {
		t.Errorf("Ana sees %d files, want three", n)
	}
}

// Without the permission for files Ana is told so once, in words that somebody
// can act on.
func TestExportWithoutPermission(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.withGoal()
	if err := s.ws.Inject(workspace.Fault{Kind: "missing_scope", Scope: "files:write"}); err != nil {
		t.Fatal(err)
	}
	s.command("/career export")
	s.wantLast("missing_scope", "whoever runs this bot")
	if n := s.count("missing_scope"); n != 1 || len(s.files()) != 0 {
		t.Errorf("told %d times, %d files", n, len(s.files()))
	}
	if err := s.ws.Inject(workspace.Fault{Kind: "clear"}); err != nil {
		t.Fatal(err)
	}
	s.say("export")
	if n := len(s.files()); n != 3 {
		t.Errorf("with the permission Ana sees %d files, want three", n)
	}
}

// Ana deletes everything: nothing of her is left, neither in the data nor of the
// bot in Slack, and a hello begins anew.
func TestDeleteThenHello(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.opens(workspace.Ana)
	s.withGoal()
	s.command("/career export")
	s.say("delete everything")
	s.tap("Delete everything")
	if got := s.submit(map[string]any{}); got.Action != "errors" {
		t.Fatalf("without a yes the form answers %+v", got)
	}
	got := s.submit(map[string]any{"sure": []string{"yes"}, "clear": []string{"yes"}})
	if got.Action != "update" {
		t.Fatalf("the form answers %+v, want a receipt in its place", got)
	}
	if receipt := blocksOf(t, s.view()); !strings.Contains(receipt, "Everything about you is deleted") {
		t.Errorf("the receipt is %s", receipt)
	}
	s.until("the messages are gone", func() bool { return s.kept() == 0 && len(s.files()) == 0 })
	s.tabShows(workspace.Ana, "Look around")
	if tab := s.tab(workspace.Ana); strings.Contains(tab, "late shift") {
		t.Errorf("the tab still shows %s", tab)
	}
	s.settle()
	if err := s.ws.Inject(workspace.Fault{Kind: "redeliver_last"}); err != nil {
		t.Fatal(err)
	}
	s.settle()
	if n := s.kept(); n != 0 {
		t.Errorf("an event of before made the bot say %d messages", n)
	}
	s.stop()
	s.inData(func(file kv.Store, _ *store.Store) {
		err := file.View(context.Background(), func(r kv.Reader) error {
			return r.Scan(nil, nil, func(k, _ []byte) (bool, error) {
				if bytes.Contains(k, []byte(workspace.Ana)) && k[0] != 'g' && k[0] != 'n' {
					t.Errorf("the key %q is still there", k)
				}
				return true, nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	s.start()
	s.say("hi")
	s.wantLast("Shall we start?")
	s.say("start")
	s.asks("have.job")
}
