package main

import (
	"cmp"
	"context"
	"errors"
	"net"
	"strconv"
	"time"

	"waymark/internal/bot"
	"waymark/internal/slackapp"
)

// serveSettings are the flags of "waymark serve", which "waymark doctor" looks at.
type serveSettings struct {
	Data          string `help:"Folder of the data; made if it is missing." default:"data" env:"WAYMARK_DATA"`
	KeyFile       string `help:"File of the key under which the data is sealed; without it one is made in the data folder." env:"WAYMARK_KEY_FILE" placeholder:"FILE"`
	OpsListen     string `help:"Serve /healthz, /readyz and /metrics on this address, for example 127.0.0.1:9090; without one, none." env:"WAYMARK_OPS_LISTEN" placeholder:"HOST:PORT"`
	RetentionDays string `help:"For how many days the data of somebody whose Slack account was switched off is kept." default:"30" env:"WAYMARK_RETENTION_DAYS" placeholder:"DAYS"`
	APIURL        string `help:"Where Slack's Web API is; for tests." name:"api-url" env:"SLACK_API_URL" placeholder:"URL"`
	promptSettings
}

// config is what the bot is told of them, and of the tokens in the environment.
// Everything that is wrong as it is written is told at once.
func (c serveSettings) config() (cfg bot.Config, errs []error) {
	note := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	cfg = bot.Config{Data: c.Data, KeyFile: c.KeyFile, Prompts: c.Prompts, Rules: c.Rules, CommandPrefix: c.CommandPrefix, Listen: c.OpsListen}
	var err error
	cfg.APIURL, err = apiURL(c.APIURL)
	note(err)
	days, err := strconv.Atoi(cmp.Or(c.RetentionDays, "30")) // a variable may be set to nothing
	if err != nil || days < 1 || days > maxRetention {
		note(setting("--retention-days (WAYMARK_RETENTION_DAYS)", "%q is not a number of days from 1 to %d", c.RetentionDays, maxRetention))
	}
	cfg.Retention = time.Duration(days) * 24 * time.Hour
	if c.OpsListen != "" {
		if _, port, err := net.SplitHostPort(c.OpsListen); err != nil || port == "" {
			note(setting("--ops-listen (WAYMARK_OPS_LISTEN)", "%q is not an address like 127.0.0.1:9090", c.OpsListen))
		}
	}
	cfg.AppToken, err = token(slackapp.AppTokenVariable)
	note(err)
	cfg.BotToken, err = token(slackapp.BotTokenVariable)
	note(err)
	return cfg, errs
}

// maxRetention is ten years, in days.
const maxRetention = 3660

// serveCommand is "waymark serve".
type serveCommand struct {
	serveSettings
	logSettings
}

// Help is the longer help.
func (serveCommand) Help() string {
	return `The two tokens come from the environment only, since other users of a machine can see a command line:

  SLACK_APP_TOKEN   app-level token with the scope connections:write, xapp-…
  SLACK_BOT_TOKEN   Bot User OAuth Token, xoxb-…

Instead of each, the same name with _FILE may name a file that holds the token. HTTPS_PROXY and NO_PROXY are followed. SIGTERM and Ctrl-C stop the bot within ten seconds, with nothing lost.`
}

// Run serves until ctx ends.
func (c serveCommand) Run(ctx context.Context, o output) error {
	log, errs := c.logger(o.log)
	cfg, wrong := c.config()
	errs, cfg.Log = append(errs, wrong...), log
	if c.Data == "" {
		errs = append(errs, setting("--data (WAYMARK_DATA)", "is empty: name a folder"))
	}
	if len(errs) > 0 {
		return errors.Join(append(errs, cfg.Problems())...) // all of it at once
	}
	if adjust != nil {
		if err := adjust(ctx, &cfg); err != nil {
			return err
		}
	}
	return bot.Run(ctx, cfg)
}

// adjust changes what is run. What ships has none; serve_driven.go has one.
var adjust func(ctx context.Context, cfg *bot.Config) error
