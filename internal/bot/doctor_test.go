package bot_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waymark/internal/bot"
	"waymark/internal/coach"
	"waymark/internal/slackapp"
)

// unwell are the findings with a problem, one a line, those that do not keep the
// bot from starting with "note" before them.
func unwell(found []slackapp.Finding) string {
	var b strings.Builder
	for _, f := range found {
		if f.Problem == "" || f.Check == "command names" {
			continue // nobody can look at these: they are always said
		}
		if f.Fix == "" {
			b.WriteString("WITHOUT A FIX ")
		}
		if f.Minor {
			b.WriteString("note ")
		}
		b.WriteString(f.Check + ": " + f.Problem + "\n")
	}
	return b.String()
}

func TestExamineBesideARunningBot(t *testing.T) {
	s := newStage(t, nil)
	s.say("hello")
	cfg := s.config()
	cfg.Now = time.Now // the workspace's Date header is the machine's
	if err := os.Chmod(s.data, 0o700); err != nil {
		t.Fatal(err)
	}
	before := s.messages()
	found := bot.Examine(t.Context(), cfg)
	if got := unwell(found); strings.ReplaceAll(got, "note further scopes", "") == got && got != "" {
		t.Errorf("problems beside a bot that runs well:\n%s", got)
	}
	running := false
	for _, f := range found {
		running = running || strings.HasPrefix(f.Check, "data file (a bot is running on it, process ")
	}
	if !running {
		t.Errorf("it does not say that a bot is running: %v", found)
	}
	if len(s.messages()) != len(before) {
		t.Error("it said something to a person")
	}
	s.say("still there?")
}

func TestExamineTheDataFolder(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, name := range []string{"open", "good", "bad"} {
		if err := os.Mkdir(at(name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(at("open"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"file", "bad/waymark.db"} {
		if err := os.WriteFile(at(name), []byte("no data"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ folder, want string }{
		{"", "data folder: none is named"},
		{at("good"), ""},
		{at("new"), ""},
		{at("no/new"), "data folder: it is not there, and neither is the folder"},
		{at("file"), "data folder: it is a file"},
		{at("open"), "note data folder: other users may look into it (mode 0755)"},
		{at("bad"), "data file: "},
	} {
		var got []string
		for line := range strings.Lines(unwell(bot.Examine(t.Context(), bot.Config{Data: tt.folder, Now: time.Now}))) {
			if strings.Contains(line, "data f") {
				got = append(got, line)
			}
		}
		if strings.Contains(strings.Join(got, ""), "WITHOUT A FIX") {
			t.Errorf("%s: %q", tt.folder, got)
		}
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], tt.want)) {
			t.Errorf("%s: %q, want %q", tt.folder, got, tt.want)
		}
	}
	if _, err := os.Stat(at("new")); err == nil {
		t.Error("it made the data folder: it must change nothing")
	}
}

// Rules, prompts and data of a newer version that cannot be used are found, too,
// each with what to do about it.
func TestExamineWhatTheBotReads(t *testing.T) {
	s := newWorkspace(t, nil)
	s.start()
	s.stop()
	s.knew(append(coach.Fields(), "p.999"))
	cfg := s.config()
	cfg.Rules = filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(cfg.Rules, []byte("spread: 9h\ngroups: 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg.Prompts = filepath.Join(t.TempDir(), "nowhere")
	want := map[string]string{"prompts": "waymark prompts check", "rules": "waymark calendar --rules", "data file": "waymark.db.before"}
	for _, f := range bot.Examine(t.Context(), cfg) {
		if strings.HasPrefix(f.Check, "rules") && (f.Check != "rules" || want["rules"] == "") {
			t.Errorf("the rules are found twice, the second time as %q", f.Check)
		}
		if fix, ok := want[f.Check]; ok && f.Problem != "" && strings.Contains(f.Fix, fix) {
			delete(want, f.Check)
		}
		if f.Problem != "" && f.Fix == "" {
			t.Errorf("%s: %s, without a fix", f.Check, f.Problem)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
	if err := os.WriteFile(cfg.Rules, []byte("spread: 9h\ngroups: [{name: Sales}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, f := range bot.Examine(t.Context(), cfg) {
		if f.Check == "rules" && (!strings.Contains(f.Problem, "9h") || !strings.HasSuffix(f.Problem, "and 1 more")) {
			t.Errorf("of rules with two mistakes it says %q, want the first, and that there is one more", f.Problem)
		}
	}
}
