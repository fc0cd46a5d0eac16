package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"waymark/internal/bot"
	"waymark/internal/slackapp"
)

// doctorCommand is "waymark doctor".
type doctorCommand struct {
	Data    string `help:"Folder of the data." default:"data" env:"WAYMARK_DATA"`
	KeyFile string `help:"File of the key under which the data is sealed; without it the one in the data folder." env:"WAYMARK_KEY_FILE" placeholder:"FILE"`
	APIURL  string `help:"Where Slack's Web API is; for tests." name:"api-url" env:"SLACK_API_URL" placeholder:"URL"`
	JSON    bool   `help:"Print the findings as JSON." name:"json"`
	promptSettings
}

// Help is the longer help.
func (doctorCommand) Help() string {
	return `It reads the same flags and variables as "waymark serve", looks at everything that can be wrong (tokens, scopes, Socket Mode, the clock, prompts, the data folder, the disk, whether Slack takes every message and form) and says what to do about each. It sends nothing to anybody, changes nothing, and may run beside a bot. The exit code is 1 when something would keep the bot from working.`
}

// errUnwell says that the doctor found something; it was printed already.
var errUnwell = errors.New("something above needs mending")

// Run looks at everything and prints what it found.
func (c doctorCommand) Run(ctx context.Context, o output) error {
	cfg := bot.Config{Data: c.Data, KeyFile: c.KeyFile, Prompts: c.Prompts, CommandPrefix: c.CommandPrefix}
	var found []slackapp.Finding
	note := func(check string, err error) {
		if err != nil {
			found = append(found, slackapp.Finding{Check: check, Problem: err.Error()})
		}
	}
	var err error
	cfg.APIURL, err = apiURL(c.APIURL)
	note("settings", err)
	cfg.AppToken, err = token(slackapp.AppTokenVariable)
	note("settings", err)
	cfg.BotToken, err = token(slackapp.BotTokenVariable)
	note("settings", err)
	found = append(found, bot.Examine(ctx, cfg)...)
	if c.JSON {
		err = json.NewEncoder(o.out).Encode(found)
	} else {
		err = printFindings(o.out, found)
	}
	if err != nil {
		return fmt.Errorf("print the findings: %w", err)
	}
	for _, f := range found {
		if f.Problem != "" && !f.Minor {
			return errUnwell
		}
	}
	return nil
}

// printFindings prints a line for each finding, and one below for the fix.
func printFindings(w io.Writer, found []slackapp.Finding) error {
	for _, f := range found {
		mark, text := "ok     ", f.Check
		switch {
		case f.Problem != "" && f.Minor:
			mark = "note   "
		case f.Problem != "":
			mark = "PROBLEM"
		}
		if f.Problem != "" {
			text += ": " + f.Problem
		}
		if _, err := fmt.Fprintf(w, "%s  %s\n", mark, text); err != nil {
			return err
		}
		if f.Fix != "" && f.Problem != "" {
			if _, err := fmt.Fprintf(w, "         → %s\n", f.Fix); err != nil {
				return err
			}
		}
	}
	return nil
}
