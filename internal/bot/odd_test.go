package bot_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"waymark/internal/workspace"
)

// What people type never acts in Slack, wherever the coach repeats it.
func TestOwnWordsNeverAct(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	words := "<!channel> *boss* & <https://evil.example|click> &lt;b&gt; `x` @here :wave:"
	s.say("hi", "start", words, "back", "continue")
	quoted := 0
	for _, m := range s.messages() {
		if m.From != "bot" {
			continue
		}
		blocks, err := json.Marshal(m.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		for _, active := range []string{"<!channel", "<https://evil", `"type":"link"`, `"type":"broadcast"`} {
			if strings.Contains(m.Text, active) || strings.Contains(string(blocks), active) {
				t.Errorf("%q acts in %s\n%s", active, m.Text, blocks)
			}
		}
		if strings.Contains(unescape.Replace(m.Text), "<!channel> *boss* & ") {
			quoted++
		}
	}
	if quoted == 0 {
		t.Error("the coach never repeats the words, so this test shows nothing")
	}
}

// Forty thousand characters are read, answered and kept.
func TestLongText(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi", "start", strings.Repeat("I care for people. ", 2_200)[:40_000])
	s.movesOn("have.job")
	s.say("back")
	s.asks("have.job")
	s.wantLast("I care for people.")
}

// Two quick clicks on one button are one answer.
func TestTwoClicks(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi")
	press, err := find(s.messages(), "Thorough: about 60 questions")
	if err != nil {
		t.Fatal(err)
	}
	press.Stale = true
	for range 2 {
		if err := s.ws.Click(context.Background(), press); err != nil {
			t.Fatal(err)
		}
	}
	s.settle()
	if n := s.count(askJob); n != 1 {
		t.Errorf("two clicks made the coach ask %d times, want once", n)
	}
}

// A button of last month changes nothing, and the person is told.
func TestClickOfLastMonth(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi")
	press, err := find(s.messages(), "Not now")
	if err != nil {
		t.Fatal(err)
	}
	press.Stale = true
	s.say("start", "nurse")
	open := s.movesOn("have.job")
	s.pass(30 * 24 * time.Hour)
	before := len(s.said())
	if err := s.ws.Click(context.Background(), press); err != nil {
		t.Fatal(err)
	}
	// An answer to a click goes its own way, past the outbox.
	s.until("the click is answered", func() bool { return len(s.said()) > before })
	s.say("skip")
	s.movesOn(open)
}

// A file is read as the text that comes with it; a voice clip is declined with
// a word on what to do instead.
func TestFiles(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("hi", "start")
	share := func(u workspace.Upload) {
		t.Helper()
		u.Person = workspace.Ana
		s.pass(time.Minute)
		if _, err := s.ws.ShareFile(u); err != nil {
			t.Fatal(err)
		}
		s.settle()
	}
	share(workspace.Upload{Name: "clip.webm", Type: "audio/webm", Content: "…"})
	s.asks("have.job")
	share(workspace.Upload{Name: "cv.txt", Type: "text/plain", Content: "…", Text: "nurse in a hospital"})
	s.movesOn("have.job")
	s.say("back")
	s.asks("have.job")
	s.wantLast("nurse in a hospital")
}

// People from elsewhere are declined politely, and nothing is kept of them.
func TestStranger(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	if _, err := s.ws.Say(workspace.Stranger, "hi, I want to be a nurse"); err != nil {
		t.Fatal(err)
	}
	answered := func() (answers []string) {
		all, err := s.ws.Messages(workspace.Stranger)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			if m.From == "bot" {
				answers = append(answers, m.Text)
			}
		}
		return answers
	}
	s.until("the stranger is answered", func() bool { return len(answered()) > 0 })
	s.settle()
	answers := answered()
	if len(answers) != 1 || len(questions.On(answers[0])) > 0 {
		t.Errorf("a stranger was told %q, want one polite no", answers)
	}
}

// A mention in a channel is answered for its author alone.
func TestMention(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	if _, err := s.ws.Mention(workspace.Ana, "can you help me?"); err != nil {
		t.Fatal(err)
	}
	seenBy := func(person string) (n int) {
		all, err := s.ws.ChannelMessages(person, workspace.General)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			if m.From == "bot" {
				n++
			}
		}
		return n
	}
	s.until("the mention is answered", func() bool { return seenBy(workspace.Ana) > 0 })
	s.settle()
	if a, k := seenBy(workspace.Ana), seenBy(workspace.Kim); a != 1 || k != 0 {
		t.Errorf("Ana sees %d answers and Kim %d, want 1 and 0", a, k)
	}
}
