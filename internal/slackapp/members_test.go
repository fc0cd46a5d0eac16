package slackapp_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

// groupScopes lets the app read user groups.
func groupScopes(w *workspace.Config, _ *slackapp.Config) {
	w.Scopes = append(slices.Clone(workspace.DefaultScopes), "usergroups:read")
}

// TestMembersAreFullMembersOnly lists a workspace of three pages in which Slack
// asks to wait before the second.
func TestMembersAreFullMembersOnly(t *testing.T) {
	b := newBench(t, nil)
	for i := range 450 {
		_, err := b.ws.AddPerson(workspace.Person{Name: fmt.Sprint("P", i), ID: fmt.Sprintf("U02%08d", i), Deleted: i%100 == 0, Zone: "Asia/Tokyo"})
		b.must(err)
	}
	zones := map[chat.PersonID]string{}
	began := time.Now()
	first := true
	b.must(b.app.Members(t.Context(), func(p chat.PersonID, pr chat.Profile) error {
		if first {
			first = false
			b.must(b.ws.Inject(workspace.Fault{Kind: "rate_limit", Method: "users.list", RetryAfter: 1}))
		}
		if _, twice := zones[p]; twice || pr.Outsider != chat.Member {
			t.Errorf("%s is listed twice, or as %d", p, pr.Outsider)
		}
		zones[p] = pr.Zone
		return nil
	}))
	if want := 3 + 445; len(zones) != want || zones["-/"+workspace.TeamID+"/"+workspace.Kim] != "America/New_York" {
		t.Errorf("%d members, want %d: Ana, Sam, Kim and those whose account is on", len(zones), want)
	}
	for _, other := range []string{workspace.Guest, workspace.Stranger, workspace.OtherBot, workspace.BotUserID, "U0200000100"} {
		if _, ok := zones[chat.PersonID("-/"+workspace.TeamID+"/"+other)]; ok {
			t.Errorf("%s is listed", other)
		}
	}
	if waited := time.Since(began); waited < time.Second {
		t.Errorf("Slack asked to wait for a second, and %s later all was listed", waited)
	}
	calls := slices.DeleteFunc(b.ws.Calls(), func(c workspace.Call) bool { return c.Method != "users.list" })
	if len(calls) != 4 {
		t.Errorf("users.list was called %d times, want three pages and one again", len(calls))
	}
	stop := errors.New("stop")
	if err := b.app.Members(t.Context(), func(chat.PersonID, chat.Profile) error { return stop }); err != stop {
		t.Errorf("Members = %v, want the error of the one who was called", err)
	}
}

func TestGroupMembers(t *testing.T) {
	b := newBench(t, groupScopes)
	b.must(b.ws.SetUserGroup("S01SALES000", workspace.Ana, workspace.Kim))
	b.must(b.ws.ChangePerson(workspace.Kim, func(p *workspace.Person) { p.Deleted = true }))
	b.must(b.ws.Inject(workspace.Fault{Kind: "rate_limit", Method: "usergroups.users.list", RetryAfter: 1}))
	got, err := b.app.GroupMembers(t.Context(), "S01SALES000")
	if err != nil || strings.Join(got, " ") != workspace.Ana {
		t.Errorf("GroupMembers = %q, %v", got, err)
	}
	want := func(group, name string) {
		t.Helper()
		_, err := b.app.GroupMembers(t.Context(), group)
		var e *chat.SendError
		if !errors.As(err, &e) || e.Name != name || !strings.Contains(err.Error(), group) {
			t.Errorf("GroupMembers(%s) = %v, want %s", group, err, name)
		}
	}
	want("S01NOBODY00", "no_such_subteam")
	b.must(b.ws.Inject(workspace.Fault{Kind: "missing_scope", Scope: "usergroups:read"}))
	want("S01SALES000", "missing_scope")
	b.must(b.ws.Inject(workspace.Fault{Kind: "missing_scope", Scope: "users:read"}))
	var e *chat.SendError
	if err := b.app.Members(t.Context(), func(chat.PersonID, chat.Profile) error { return nil }); !errors.As(err, &e) || e.Name != "missing_scope" {
		t.Errorf("Members without users:read = %v", err)
	}
}
