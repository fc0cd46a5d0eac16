package bot_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waymark/internal/bot"
	"waymark/prompts"
)

// rewrite changes words in a file of the stage's prompts.
func (s *stage) rewrite(file, old, words string) {
	s.t.Helper()
	path := filepath.Join(s.prompts, file)
	raw, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	if !strings.Contains(string(raw), old) {
		s.t.Fatalf("%s has no %q", file, old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(raw), old, words, 1)), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func TestPromptsAreReadAgainWhileTheBotRuns(t *testing.T) {
	s := newWorkspace(t, nil)
	s.prompts = filepath.Join(t.TempDir(), "prompts")
	if err := os.CopyFS(s.prompts, prompts.Files); err != nil {
		t.Fatal(err)
	}
	if _, err := bot.ReloadPrompts(t.Context(), s.config()); err == nil || !strings.Contains(err.Error(), "no bot is running") {
		t.Errorf("reload without a bot: %v", err)
	}
	s.start()
	t.Cleanup(s.stop)
	const before, after = "What is your job today?", "What do you do for work these days?"
	s.say("hi", "Start")
	s.wantLast(before)

	s.rewrite("flows/have.yaml", before, after)
	s.rewrite("flows/have.yaml", "steps:", "stebs:")
	if _, err := bot.ReloadPrompts(t.Context(), s.config()); err == nil || !strings.Contains(err.Error(), "the bot goes on with the prompts it has") || !strings.Contains(err.Error(), "have.yaml") {
		t.Errorf("reload of prompts with a mistake: %v", err)
	}
	s.say("why?")
	if last := s.last(); strings.Contains(last, after) {
		t.Errorf("prompts with a mistake are in use: %s", last)
	}

	s.rewrite("flows/have.yaml", "stebs:", "steps:")
	const picks, day = "Pick a date", "Which day"
	s.rewrite("texts/screen.yaml", picks, day)
	form := func(want, not string) {
		t.Helper()
		s.command("/career goal add Lead the late shift")
		if shown := blocksOf(t, s.view()); !strings.Contains(shown, want) || strings.Contains(shown, not) {
			t.Errorf("the form shows %s\nwant %q, not %q", shown, want, not)
		}
	}
	form(picks, day)
	answer, err := bot.ReloadPrompts(t.Context(), s.config())
	if err != nil || !strings.Contains(answer, s.prompts) {
		t.Fatalf("reload: %q, %v", answer, err)
	}
	s.say("say that again")
	s.wantLast(after)
	s.say("receptionist at a clinic")
	if last := s.last(); strings.Contains(last, after) {
		t.Errorf("the talk does not go on: %s", last)
	}
	form(day, picks) // the words beside the coach's own as well
}
