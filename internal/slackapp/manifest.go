package slackapp

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// scopes are what the bot token must be allowed to do; Check compares them with
// what Slack says the token has.
var scopes = []string{
	"app_mentions:read", // a mention gets a short answer
	"chat:write",        // post and update
	"commands",          // slash commands
	"im:history",        // message.im, and finding a message again after a crash
	"im:write",          // open the DM
	"users:read",        // name, zone, language; who is a guest or from outside
}

// optionalScopes are asked for, but Check does without them.
var optionalScopes = []string{
	// Pictures and exports; without it they are declined in words.
	"files:write",
	// Slack ties reading metadata to it without saying whether that holds for
	// an app's own messages.
	"metadata.message:read",
	// Who is in one of Slack's own user groups, where an operator names one.
	"usergroups:read",
}

// botEvents are the events the app subscribes to.
var botEvents = []string{"app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked", "user_change"}

// commands are the slash commands, without prefix.
var commands = []struct{ name, description, hint string }{
	{"career", "See your career plan, or go on where we stopped", "[plan | goals | goal add | review | backup | wins | timeline | settings | pause [until] | resume | export | delete | privacy | help]"},
	{"goals", "See your goals, the next milestones and your next review", "[done … | all | goal number | help]"},
	{"win", "Note something that went well, for your next review", "[what went well]"},
}

// shortcuts are what Slack's own menus offer.
var shortcuts = []shortcutEntry{
	{Name: "Talk to the coach", Type: "global", Callback: shortcutTalk, Description: "Go on with your career plan in a direct message"},
	{Name: "Save as a win", Type: "message", Callback: shortcutWin, Description: "Keep what you did for your next review; only you can see it"},
}

// Commands are the slash commands of an app with this prefix, as people type
// them: "/acme-goals".
func Commands(prefix string) []string {
	out := make([]string, len(commands))
	for i, c := range commands {
		out[i] = "/" + prefix + c.name
	}
	return out
}

// ManifestOptions are what differs from one installation to the next.
type ManifestOptions struct {
	Name          string // the app's and the bot's name; "" = "Waymark"
	CommandPrefix string // put before each command's name: "acme-"
}

var commandPrefix = regexp.MustCompile(`^[a-z0-9_-]*$`)

// Manifest is the app manifest to paste into Slack, as indented JSON: a plain
// bot over Socket Mode. It fails on a name or a prefix that Slack would refuse.
func Manifest(o ManifestOptions) ([]byte, error) {
	name := strings.TrimSpace(o.Name)
	if name == "" {
		name = "Waymark"
	}
	if n := length(name); n > maxAppName {
		return nil, fmt.Errorf("app name has %d characters: Slack allows %d", n, maxAppName)
	}
	if err := checkPrefix(o.CommandPrefix); err != nil {
		return nil, err
	}
	m := manifest{Metadata: version{2, 1}}
	m.Display.Name = name
	m.Display.Description = "A private career coach: from the job you have to the career you want, one small step at a time"
	m.Display.LongDescription = longDescription
	m.Display.BackgroundColor = "#1f4d3a"
	m.Features.AppHome = appHome{HomeTab: true, MessagesTab: true}
	m.Features.BotUser = botUser{DisplayName: name, AlwaysOnline: true}
	for _, c := range commands {
		m.Features.SlashCommands = append(m.Features.SlashCommands, slashCommand{
			Command: "/" + o.CommandPrefix + c.name, Description: c.description, UsageHint: c.hint, ShouldEscape: true,
		})
	}
	m.Features.Shortcuts = shortcuts
	m.OAuth.Scopes.Bot = slices.Sorted(slices.Values(slices.Concat(scopes, optionalScopes)))
	m.Settings.EventSubscriptions.BotEvents = botEvents
	m.Settings.Interactivity.IsEnabled = true
	m.Settings.SocketMode = true
	out, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode manifest: %w", err)
	}
	return append(out, '\n'), nil
}

func checkPrefix(prefix string) error {
	if !commandPrefix.MatchString(prefix) {
		return fmt.Errorf("command prefix %q: only lower-case letters, digits, - and _ are allowed", prefix)
	}
	for _, c := range Commands(prefix) {
		if n := length(c); n > maxCommandName {
			return fmt.Errorf("command %s has %d characters: Slack allows %d, choose a shorter prefix", c, n, maxCommandName)
		}
	}
	return nil
}

const longDescription = `Waymark is a career coach in your direct messages. It asks one short question at a time: what you do now, where you would like to be, what stands between the two. Together you turn that into a few goals with dates and small milestones, and a plan B. Then it helps you keep the plan: a nudge when a milestone comes near, a look back before your review, a place to note what went well.

The Home tab shows your goals, your next step and your next review. "Save as a win" in the menu of any message keeps it for your review. You can export or delete everything in one step.

You can stop, skip, go back or correct anything at any time, and "I only want a job" is a complete answer.

Waymark gives nobody (manager, HR, administrator) a way to read what you write. Two exceptions: your company's Slack owners may be able to export Slack messages, including direct messages with a bot, and whoever runs the server holds the key and the tokens.`

// manifest is schema 2 of Slack's app manifest, as far as it is used here.
// slack-go's own type leaves out every false, but messages_tab_read_only_enabled
// must be said: without it people may find that they cannot type.
type manifest struct {
	Metadata version `json:"_metadata"`
	Display  struct {
		Name            string `json:"name"`
		Description     string `json:"description"`
		LongDescription string `json:"long_description"`
		BackgroundColor string `json:"background_color"`
	} `json:"display_information"`
	Features struct {
		AppHome       appHome         `json:"app_home"`
		BotUser       botUser         `json:"bot_user"`
		Shortcuts     []shortcutEntry `json:"shortcuts"`
		SlashCommands []slashCommand  `json:"slash_commands"`
	} `json:"features"`
	OAuth struct {
		Scopes struct {
			Bot []string `json:"bot"`
		} `json:"scopes"`
	} `json:"oauth_config"`
	Settings struct {
		EventSubscriptions struct {
			BotEvents []string `json:"bot_events"`
		} `json:"event_subscriptions"`
		Interactivity struct {
			IsEnabled bool `json:"is_enabled"`
		} `json:"interactivity"`
		OrgDeploy     bool `json:"org_deploy_enabled"`
		SocketMode    bool `json:"socket_mode_enabled"`
		TokenRotation bool `json:"token_rotation_enabled"`
	} `json:"settings"`
}

type version struct {
	Major int `json:"major_version"`
	Minor int `json:"minor_version"`
}

type appHome struct {
	HomeTab     bool `json:"home_tab_enabled"`
	MessagesTab bool `json:"messages_tab_enabled"`
	ReadOnly    bool `json:"messages_tab_read_only_enabled"`
}

type botUser struct {
	DisplayName  string `json:"display_name"`
	AlwaysOnline bool   `json:"always_online"`
}

type shortcutEntry struct {
	Name        string `json:"name"`
	Type        string `json:"type"` // global or message
	Callback    string `json:"callback_id"`
	Description string `json:"description"`
}

type slashCommand struct {
	Command      string `json:"command"`
	Description  string `json:"description"`
	UsageHint    string `json:"usage_hint"`
	ShouldEscape bool   `json:"should_escape"`
}
