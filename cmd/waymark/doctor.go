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
	JSON bool `help:"Print the findings as JSON." name:"json"`
	serveSettings
}

// Help is the longer help.
func (doctorCommand) Help() string {
	return `It reads the same flags and variables as "waymark serve", looks at everything that can be wrong (tokens, scopes, Socket Mode, command names, the clock, prompts, rules, the data folder, its key, the disk, whether Slack takes every message and form) and says what to do about each. It sends nothing to anybody, changes nothing, and may run beside a bot. The exit code is 1 when something would keep the bot from working.`
}

// errUnwell says that the doctor found something; it was printed already.
var errUnwell = errors.New("something above needs mending")

// Run looks at everything and prints what it found.
func (c doctorCommand) Run(ctx context.Context, o output) error {
	var found []slackapp.Finding
	cfg, errs := c.config()
	for _, err := range errs {
		found = append(found, slackapp.Finding{Check: "settings", Problem: err.Error(), Fix: "set it anew; waymark serve --help says what it takes"})
	}
	found = append(found, bot.Examine(ctx, cfg)...)
	var err error
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
