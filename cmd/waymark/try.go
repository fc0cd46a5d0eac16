package main

import (
	"context"
	"errors"
	"net"
	"time"

	"waymark/internal/bot"
)

// tryCommand is "waymark try".
type tryCommand struct {
	Listen string `help:"Address of the page; a free port of this machine unless given." default:"127.0.0.1:0" env:"WAYMARK_LISTEN"`
	Data   string `help:"Folder to keep the trial in, so that it can go on later; a temporary one unless given." placeholder:"DIR"`
	Now    string `help:"Where the workspace's clock starts, such as 2027-01-04T09:00:00Z; now unless given." placeholder:"TIME"`
	promptSettings
	logSettings
}

// Help is the longer help.
func (tryCommand) Help() string {
	return `The first line printed is the page's address. The workspace has three people to be, and a clock that can be moved to see reminders come. Everything stays on this machine; nothing is sent to Slack or anywhere else. Whoever can open the page can be anybody in it.`
}

// Run runs the trial until ctx ends.
func (c tryCommand) Run(ctx context.Context, o output) error {
	log, errs := c.logger(o.log)
	cfg := bot.TryConfig{
		Listen: c.Listen, Data: c.Data, Prompts: c.Prompts, Rules: c.Rules, CommandPrefix: c.CommandPrefix, Out: o.out, Log: log,
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		errs = append(errs, setting("--listen (WAYMARK_LISTEN)", "%q is not an address like 127.0.0.1:8080", c.Listen))
	}
	if c.Now != "" {
		var err error
		if cfg.Start, err = time.Parse(time.RFC3339, c.Now); err != nil {
			errs = append(errs, setting("--now", "%q is not a moment like 2027-01-04T09:00:00Z", c.Now))
		} else if y := cfg.Start.Year(); y < 2000 || y > 2199 {
			errs = append(errs, setting("--now", "the workspace's clock goes from 2000 to 2199"))
		}
	}
	if len(errs) > 0 {
		_, promptsErr := bot.LoadPrompts(c.Prompts)
		return errors.Join(append(errs, promptsErr)...)
	}
	return bot.Try(ctx, cfg)
}
