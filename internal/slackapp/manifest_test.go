package slackapp

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

func TestManifest(t *testing.T) {
	js, err := Manifest(ManifestOptions{CommandPrefix: "acme-"})
	if err != nil {
		t.Fatal(err)
	}
	var m slack.Manifest
	if err := json.Unmarshal(js, &m); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(m.Settings.EventSubscriptions.BotEvents, botEvents) || !m.Settings.SocketModeEnabled || !m.Settings.Interactivity.IsEnabled || m.Settings.TokenRotationEnabled {
		t.Errorf("settings %+v", m.Settings)
	}
	for _, s := range slices.Concat(scopes, optionalScopes) {
		if !slices.Contains(m.OAuthConfig.Scopes.Bot, s) {
			t.Errorf("scope %s is missing", s)
		}
	}
	if !m.Features.AppHome.HomeTabEnabled || !m.Features.AppHome.MessagesTabEnabled || !strings.Contains(string(js), `"messages_tab_read_only_enabled": false`) {
		t.Errorf("people could not write: %+v", m.Features.AppHome)
	}
	if m.Features.AgentView != nil || m.Features.AssistantView != nil {
		t.Error("the app must be a plain bot")
	}
	var names []string
	for _, c := range m.Features.SlashCommands {
		names = append(names, c.Command)
		if !c.ShouldEscape || c.Description == "" || c.UsageHint == "" || length(c.UsageHint) > maxUsageHint || c.Url != "" {
			t.Errorf("command %+v", c)
		}
	}
	if want := []string{"/acme-career", "/acme-goals", "/acme-win"}; !slices.Equal(names, want) || !slices.Equal(Commands("acme-"), want) {
		t.Errorf("commands %v and %v, want %v", names, Commands("acme-"), want)
	}
	var callbacks []string
	for _, s := range m.Features.Shortcuts {
		callbacks = append(callbacks, string(s.Type)+" "+s.CallbackID)
		if s.Name == "" || length(s.Name) > maxShortcutName || s.Description == "" || length(s.Description) > maxShortcutText {
			t.Errorf("shortcut %+v", s)
		}
	}
	if want := []string{"global talk", "message save_win"}; !slices.Equal(callbacks, want) {
		t.Errorf("shortcuts %v, want %v", callbacks, want)
	}
	if n := length(m.Display.Description); n > maxDescription {
		t.Errorf("description has %d characters", n)
	}
	if n := length(m.Display.LongDescription); n < minLongDescription || n > maxLongDescription {
		t.Errorf("long description has %d characters", n)
	}
	if m.Display.Name != "Waymark" || m.Features.BotUser.DisplayName != "Waymark" {
		t.Errorf("names %q and %q", m.Display.Name, m.Features.BotUser.DisplayName)
	}
}

func TestManifestLimits(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	for _, tt := range []struct {
		name string
		o    ManifestOptions
		ok   bool
	}{
		{"longest name", ManifestOptions{Name: long(maxAppName)}, true},
		{"name too long", ManifestOptions{Name: long(maxAppName + 1)}, false},
		{"longest prefix", ManifestOptions{CommandPrefix: long(maxCommandName - len("/career"))}, true},
		{"prefix too long", ManifestOptions{CommandPrefix: long(maxCommandName - len("/career") + 1)}, false},
		{"capitals", ManifestOptions{CommandPrefix: "Acme"}, false},
		{"a slash", ManifestOptions{CommandPrefix: "/acme"}, false},
	} {
		if _, err := Manifest(tt.o); (err == nil) != tt.ok {
			t.Errorf("%s: error %v", tt.name, err)
		}
	}
}
