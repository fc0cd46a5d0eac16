package bot

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/store"
)

const someRules = `
spread: 30m
groups:
  - name: Bavaria
    people: [U012ABC]
    zones: [Europe/*]
    holidays: bavaria.ics
    region: bayern
review_cycles:
  - name: Yearly review
    cron: "0 9 1 3 *"
  - name: Half-year talk
    dates: [2027-09-01]
    groups: [Bavaria]
    announce: true
`

const someICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270104\r\nSUMMARY:Founders' day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// writeRules writes files into a new folder and returns the path of rules.yaml.
func writeRules(t *testing.T, rules string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"rules.yaml": rules, "bavaria.ics": someICS} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "rules.yaml")
}

func TestReadRules(t *testing.T) {
	r, err := ReadRules(writeRules(t, someRules))
	if err != nil {
		t.Fatal(err)
	}
	op := r.Operator
	if op.Spread != 30*time.Minute || len(op.Groups) != 1 || len(op.Cycles) != 2 || r.Print == "" {
		t.Fatalf("read %+v", op)
	}
	if g := op.Groups[0]; g.Region != "DE-BY" || g.Holidays.Name() != "Bavaria" || len(g.Holidays.In(2027)) != 1 {
		t.Errorf("group %+v", g)
	}
	if c := op.Cycles[1]; !c.Announce || c.Groups[0] != "Bavaria" {
		t.Errorf("cycle %+v", c)
	}
	for _, nothing := range []string{"", writeRules(t, ""), writeRules(t, "# nothing yet\n")} {
		if r, err := ReadRules(nothing); err != nil || r.Operator == nil {
			t.Errorf("ReadRules(%q) = %+v, %v", nothing, r, err)
		}
	}
}

func TestReadRulesTellsEverythingThatIsWrong(t *testing.T) {
	tests := []struct {
		name, rules string
		want        []string
	}{
		{"a key that is none", "sprad: 5m\n", []string{"rules.yaml", "sprad"}},
		{"no YAML", "spread: [", []string{"rules.yaml"}},
		{"a long window and a group without people", "spread: 9h\ngroups: [{name: a}]\n", []string{`spread: "9h"`, "groups[0]: it has nobody"}},
		{"groups", "groups:\n- {name: a, zones: ['[']}\n- {name: a, people: [U1], region: Atlantis, holidays: none.ics}\n", []string{
			"groups[0]: zones", "groups[1]: name: every group needs one", `region: "Atlantis"`, "holidays: open"}},
		{"a user group by its name", "groups: [{name: a, user_groups: ['@sales']}]\n", []string{`groups[0]: user_groups: "@sales"`}},
		{"cycles", "review_cycles:\n- {name: a, cron: '* * * * *'}\n- {name: a, dates: [soon], groups: [x]}\n- {name: b}\n", []string{
			"review_cycles[0]: not a review cycle", `dates: "soon"`, `no group "x"`, "another cycle has it", "review_cycles[2]: not a review cycle: it needs"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadRules(writeRules(t, tt.rules))
			if !errors.Is(err, ErrRules) {
				t.Fatalf("ReadRules = %v", err)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("nothing of %q in:\n%v", want, err)
				}
			}
		})
	}
	if _, err := ReadRules(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, ErrRules) {
		t.Errorf("a missing file: %v", err)
	}
}

// TestChangedRulesAreInForceForEverybody changes the file under a running
// rulebook: within a minute everybody is looked at once, also after a restart in
// between, and a file that makes no sense changes nothing.
func TestChangedRulesAreInForceForEverybody(t *testing.T) {
	file, data := writeRules(t, someRules), t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s, err := store.Open(t.Context(), kv.NewMemory(), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []chat.PersonID{"-/T1/U1", "-/T1/U2", "-/T1/U3"} {
			if err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.Save(id, map[int]int{1: 1}) }); err != nil {
				t.Fatal(err)
			}
		}
		var looked atomic.Int64
		handle := func(_ context.Context, e chat.Event) (chat.Reply, error) {
			if e.Kind != chat.Due || e.ID == "" {
				t.Errorf("event %+v", e)
			}
			looked.Add(1)
			return chat.Reply{}, nil
		}
		run := func() (stop func()) {
			b, err := openRules(Config{Rules: file, Data: data, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan struct{})
			go func() { defer close(done); b.watch(ctx, s, handle) }()
			synctest.Wait()
			return func() { cancel(); <-done }
		}
		check := func(when string, want int64) {
			t.Helper()
			time.Sleep(2 * watchEvery)
			synctest.Wait()
			if got := looked.Swap(0); got != want {
				t.Errorf("%s: %d people looked at, want %d", when, got, want)
			}
		}
		write := func(text string) {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		stop := run()
		check("at the first start", 3)
		check("with nothing changed", 0)
		write(strings.Replace(someRules, "30m", "40m", 1))
		check("after a change", 3)
		write("sprad: 1m")
		check("after a mistake", 0)
		write(strings.Replace(someRules, "30m", "40m", 1))
		check("after the mistake was taken back", 0)
		stop()
		stop = run()
		check("after a restart", 0)
		stop()
		if err := os.WriteFile(filepath.Join(filepath.Dir(file), "bavaria.ics"), []byte(strings.Replace(someICS, "0104", "0105", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		stop = run()
		check("after a calendar changed while it was down", 3)
		stop()
	})
}
