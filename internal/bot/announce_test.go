package bot_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/internal/bot"
	"waymark/internal/workspace"
)

// announced is a cycle four weeks before which, on Monday 30 November at ten, its
// announcement comes.
const announced = `
review_cycles:
  - name: Yearly review
    dates: [2026-12-28]
    announce: true
`

// ruled is a stage with rules, and with user groups that its app may read.
func ruled(t *testing.T, rules string) *stage {
	t.Helper()
	s := newWorkspace(t, func(c *workspace.Config) {
		c.Scopes = append(slices.Clone(workspace.DefaultScopes), "usergroups:read")
	})
	s.rules = filepath.Join(t.TempDir(), "rules.yaml")
	s.writes(rules)
	t.Cleanup(func() {
		if s.bot != nil {
			s.stop()
		}
	})
	return s
}

func (s *stage) writes(rules string) {
	s.t.Helper()
	if err := os.WriteFile(s.rules, []byte(rules), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// joins adds somebody to the workspace.
func (s *stage) joins(p workspace.Person) string {
	s.t.Helper()
	p, err := s.ws.AddPerson(p)
	if err != nil {
		s.t.Fatal(err)
	}
	return p.ID
}

// comes moves the clock to a moment of the workspace.
func (s *stage) comes(at time.Time) {
	s.t.Helper()
	s.pass(at.Sub(s.ws.Now()))
}

// told is how often somebody heard of the reviews, "" for nobody.
func (s *stage) told(people map[string]string) (out string) {
	s.t.Helper()
	for _, name := range slices.Sorted(maps.Keys(people)) {
		for range s.heard(people[name], "Reviews come up at your company on Monday 28 December 2026") {
			out += name + " "
		}
	}
	return strings.TrimSpace(out)
}

func TestACycleIsAnnouncedToPeopleNeverMet(t *testing.T) {
	t.Parallel()
	s := ruled(t, announced)
	people := map[string]string{
		"ana (deleted)": workspace.Ana, "sam (said stop)": workspace.Sam, "kim": workspace.Kim,
		"a guest": workspace.Guest, "a stranger": workspace.Stranger, "a bot": workspace.OtherBot,
		"lee": s.joins(workspace.Person{Name: "Lee"}), "off": s.joins(workspace.Person{Name: "Off", Deleted: true}),
	}
	s.start()
	s.say("hi", "delete everything")
	s.tap("Delete everything")
	if got := s.submit(map[string]any{"sure": []string{"yes"}}); got.Action != "update" {
		t.Fatalf("the form answers %+v", got)
	}
	if _, err := s.ws.Say(workspace.Sam, "stop"); err != nil {
		t.Fatal(err)
	}
	s.settle()
	day := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	s.comes(day.Add(-25 * time.Hour))
	s.restart()
	s.comes(day.Add(-time.Minute))
	if got := s.told(people); got != "" {
		t.Fatalf("before its hour %s heard of it", got)
	}
	s.comes(day.Add(time.Second))
	if got := s.told(people); got != "lee" {
		t.Fatalf("at ten in Berlin %q heard of it, want lee", got)
	}
	s.restart()
	if err := s.ws.Inject(workspace.Fault{Kind: "lose_answer", Method: "chat.postMessage"}); err != nil {
		t.Fatal(err)
	}
	s.comes(day.Add(6*time.Hour + time.Second))
	if got := s.told(people); got != "kim lee" {
		t.Fatalf("at ten in New York %q heard of it, want kim as well", got)
	}
	s.writes(strings.ReplaceAll(announced, "Yearly review", "Annual talks"))
	s.restart()
	if err := s.ws.Inject(workspace.Fault{Kind: "redeliver_last", Count: 5}); err != nil {
		t.Fatal(err)
	}
	for range 8 {
		s.pass(24 * time.Hour)
	}
	if got := s.told(people); got != "kim lee" {
		t.Errorf("after a week, a new name and restarts %q heard of it, want each once", got)
	}
	if n := s.heard(workspace.Ana, "") + s.heard(workspace.Guest, "") + s.heard(people["off"], ""); n != s.heard(workspace.Ana, "") {
		t.Error("somebody who is no member heard something")
	}
	// Whoever has read enough says so.
	if _, err := s.ws.Say(people["lee"], "stop"); err != nil {
		t.Fatal(err)
	}
	s.settle()
	if n := s.heard(people["lee"], "won't write to you any more"); n != 1 {
		t.Errorf("stop is answered %d times", n)
	}
	if log := s.log.String(); strings.Contains(log, "Lee") || strings.Contains(log, "Kim") {
		t.Error("the log has names")
	}
}

func TestNothingIsListedWhereNothingIsAnnounced(t *testing.T) {
	t.Parallel()
	s := ruled(t, strings.ReplaceAll(announced, "true", "false"))
	s.start()
	s.comes(time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC))
	for _, c := range s.ws.Calls() {
		if strings.HasPrefix(c.Method, "users.") || strings.HasPrefix(c.Method, "usergroups.") || strings.HasPrefix(c.Method, "chat.") {
			t.Errorf("the bot called %s", c.Method)
		}
	}
}

func TestAnAnnouncementWithoutTheRightToListPeople(t *testing.T) {
	t.Parallel()
	s := ruled(t, announced)
	s.start()
	if err := s.ws.Inject(workspace.Fault{Kind: "missing_scope", Scope: "users:read"}); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 30, 9, 1, 0, 0, time.UTC)
	s.comes(at)
	if log := s.log.String(); !strings.Contains(log, "not everybody who works here could be listed") || !strings.Contains(log, "err=missing_scope") {
		t.Errorf("the log does not say what is missing:\n%s", log)
	}
	if n := s.heard(workspace.Kim, ""); n != 0 {
		t.Errorf("%d messages", n)
	}
	s.say("hi") // the bot goes on
	s.wantLast("Shall we start?")
	if err := s.ws.Inject(workspace.Fault{Kind: "clear"}); err != nil {
		t.Fatal(err)
	}
	s.comes(at.Add(7 * time.Hour))
	s.pass(2 * time.Minute)
	if n := s.heard(workspace.Kim, "Reviews come up at your company"); n != 1 {
		t.Errorf("once people can be listed, Kim hears of it %d times", n)
	}
}

func TestACycleOfASlackUserGroup(t *testing.T) {
	t.Parallel()
	s := ruled(t, strings.Replace(announced, "    announce", "    groups: [Sales]\n    announce", 1)+`
groups:
  - name: Sales
    user_groups: [S01SALES000]
`)
	people := map[string]string{"sam": workspace.Sam, "lee": s.joins(workspace.Person{Name: "Lee"}), "ana": workspace.Ana}
	if err := s.ws.SetUserGroup("S01SALES000", people["lee"]); err != nil {
		t.Fatal(err)
	}
	if err := s.ws.Inject(workspace.Fault{Kind: "missing_scope", Scope: "usergroups:read"}); err != nil {
		t.Fatal(err)
	}
	s.start()
	s.comes(time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC))
	if got := s.told(people); got != "" {
		t.Errorf("%q heard of it though nobody knows who is in the group", got)
	}
	if log := s.log.String(); !strings.Contains(log, "reinstall the app: it lacks usergroups:read") {
		t.Errorf("the log does not say what is missing:\n%s", log)
	}
	if got := unwell(bot.Examine(t.Context(), s.config())); !strings.Contains(got, "note user group S01SALES000: it cannot be read: missing_scope") {
		t.Errorf("the doctor says\n%s", got)
	}
	if err := s.ws.Inject(workspace.Fault{Kind: "clear"}); err != nil {
		t.Fatal(err)
	}
	s.restart()
	s.settle()
	s.pass(2 * time.Minute)
	if got := s.told(people); got != "lee" {
		t.Errorf("%q heard of it, want who is in the group", got)
	}
	if got := unwell(bot.Examine(t.Context(), s.config())); strings.Contains(got, "user group") {
		t.Errorf("the doctor says\n%s", got)
	}
}
