package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

// TryConfig is what a trial needs to know.
type TryConfig struct {
	Listen        string    // address of the page; "" = a free loopback port
	Data          string    // folder of the bot's and the workspace's data; "" = a temporary one, removed at the end
	Start         time.Time // where the workspace's clock starts; zero = now
	Prompts       string    // folder of flows/ and texts/; "" = the embedded ones
	Rules         string    // file of holidays and review cycles; "" = none
	CommandPrefix string
	Out           io.Writer // gets the page's address as its first line
	Log           *slog.Logger
}

// readyWithin is how long a trial waits for its own bot to connect before it
// prints the page's address.
const readyWithin = 10 * time.Second

// trialPace is how many messages a second the bot may send to one DM of a
// trial: the local workspace, unlike Slack, minds no pace.
const trialPace = 100

// Try runs a local workspace and a bot that is connected to it until ctx ends.
// In a given data folder both keep what they know, so that a trial that was
// killed goes on where it was.
func Try(ctx context.Context, cfg TryConfig) (err error) {
	if cfg.Data == "" {
		dir, err := os.MkdirTemp("", "waymark-try-")
		if err != nil {
			return fmt.Errorf("make a temporary data folder: %w", err)
		}
		defer os.RemoveAll(dir)
		cfg.Data = dir
	}
	t, err := startTrial(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.workspace.Close()) }()
	ready, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	if err := t.bot.Ready(ready); err != nil {
		return errors.Join(fmt.Errorf("connect the bot to its own workspace: %w", err), t.bot.Stop())
	}
	fmt.Fprintf(cfg.Out, "%s\nOpen this page to talk to the coach. Ctrl-C ends the trial.\n", t.workspace.URL())
	return t.bot.Wait()
}

// trial is a workspace and the bot in it.
type trial struct {
	workspace *workspace.Workspace
	bot       *Bot
}

func startTrial(ctx context.Context, cfg TryConfig) (*trial, error) {
	app, err := readManifest(cfg.CommandPrefix)
	if err != nil {
		return nil, err
	}
	// The data first: whoever holds it holds the workspace's folder, too.
	data, err := openFolder(ctx, Config{Data: cfg.Data, Log: cfg.Log})
	if err != nil {
		_, promptsErr := LoadPrompts(cfg.Prompts)
		return nil, errors.Join(promptsErr, err)
	}
	home := filepath.Join(cfg.Data, "workspace")
	if err := os.MkdirAll(home, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("make the workspace's folder: %w", err), data.Close())
	}
	var running atomic.Pointer[Bot] // the workspace is there before the bot is
	// The workspace must outlive ctx until the bot has said its last words.
	ws, err := workspace.Start(context.WithoutCancel(ctx), workspace.Config{
		Listen: cfg.Listen, Dir: home, Now: wallClock, Start: cfg.Start, Log: cfg.Log,
		Pages:    calendarPages(&running),
		Commands: app.commands, Shortcuts: app.shortcuts, Scopes: app.scopes, Events: app.events,
		OnClock: func(time.Time) {
			if b := running.Load(); b != nil {
				b.ClockMoved()
			}
		},
		NextDue: func() (time.Time, bool) {
			b := running.Load()
			if b == nil {
				return time.Time{}, false
			}
			return b.NextDue()
		},
	})
	if err != nil {
		return nil, errors.Join(err, data.Close())
	}
	b, err := start(ctx, Config{
		AppToken: ws.AppToken(), BotToken: ws.BotToken(), APIURL: ws.APIURL(),
		Prompts: cfg.Prompts, Rules: cfg.Rules, CommandPrefix: cfg.CommandPrefix, Now: ws.Now, Log: cfg.Log, Pace: trialPace, Leavers: -1,
	}, data, nil)
	if err != nil {
		return nil, errors.Join(err, ws.Close())
	}
	running.Store(b)
	return &trial{ws, b}, nil
}

// app is what the workspace is told about the bot: what its manifest declares.
type app struct {
	commands       []workspace.Command
	shortcuts      []workspace.Shortcut
	scopes, events []string
}

// readManifest installs the bot into the local workspace with the manifest that
// an administrator pastes into Slack, so that a scope or an event it lacks is
// missed here, too.
func readManifest(prefix string) (*app, error) {
	raw, err := slackapp.Manifest(slackapp.ManifestOptions{CommandPrefix: prefix})
	if err != nil {
		return nil, err
	}
	var m struct {
		Features struct {
			Commands []struct {
				Command     string `json:"command"`
				Description string `json:"description"`
				Hint        string `json:"usage_hint"`
			} `json:"slash_commands"`
			Shortcuts []struct {
				Name        string `json:"name"`
				Kind        string `json:"type"`
				CallbackID  string `json:"callback_id"`
				Description string `json:"description"`
			} `json:"shortcuts"`
		} `json:"features"`
		OAuth struct {
			Scopes struct {
				Bot []string `json:"bot"`
			} `json:"scopes"`
		} `json:"oauth_config"`
		Settings struct {
			Subscriptions struct {
				Events []string `json:"bot_events"`
			} `json:"event_subscriptions"`
		} `json:"settings"`
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, fmt.Errorf("read the app's manifest: %w", err)
	}
	a := &app{scopes: m.OAuth.Scopes.Bot, events: m.Settings.Subscriptions.Events}
	for _, c := range m.Features.Commands {
		a.commands = append(a.commands, workspace.Command{Name: c.Command, Description: c.Description, Hint: c.Hint})
	}
	for _, s := range m.Features.Shortcuts {
		a.shortcuts = append(a.shortcuts, workspace.Shortcut{
			CallbackID: s.CallbackID, Name: s.Name, Description: s.Description, OnMessage: s.Kind == "message",
		})
	}
	return a, nil
}
