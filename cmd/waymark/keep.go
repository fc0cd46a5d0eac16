package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"waymark/internal/bot"
	"waymark/internal/seal"
)

// dataSettings are the flags of everything that looks after the data.
type dataSettings struct {
	Data    string `help:"Folder of the data." default:"data" env:"WAYMARK_DATA"`
	KeyFile string `help:"File of the key under which the data is sealed; without it the one in the data folder." env:"WAYMARK_KEY_FILE" placeholder:"FILE"`
	logSettings
}

// config is what the bot is told of them.
func (s dataSettings) config(o output) (bot.Config, error) {
	log, errs := s.logger(o.log)
	if s.Data == "" {
		errs = append(errs, setting("--data (WAYMARK_DATA)", "is empty: name a folder"))
	}
	return bot.Config{Data: s.Data, KeyFile: s.KeyFile, Log: log}, errors.Join(errs...)
}

// backupCommand is "waymark backup".
type backupCommand struct {
	File string `arg:"" help:"File to write; one that exists is replaced."`
	dataSettings
}

// Help is the longer help.
func (backupCommand) Help() string {
	return `The bot goes on meanwhile; without one that runs the data is copied all the same. Beside FILE, the keys of the data are written to waymark.keys, in the place of those of an earlier backup: keep many copies of the data and only the newest of the keys, so that whoever deletes their data is gone from the earlier copies as well. The master key is in neither.`
}

// Run makes a backup.
func (c backupCommand) Run(ctx context.Context, o output) error {
	cfg, err := c.config(o)
	if err != nil {
		return err
	}
	return say(o)(bot.Backup(ctx, cfg, c.File))
}

// restoreCommand is "waymark restore".
type restoreCommand struct {
	File string `arg:"" help:"File that \"waymark backup\" has written."`
	Keys string `help:"Copy of the keys; without it waymark.keys beside FILE. It is used when the data folder has no keys; else only deletions are taken from it." placeholder:"FILE"`
	dataSettings
}

// Help is the longer help.
func (restoreCommand) Help() string {
	return `Stop the bot first. Every value is opened and checked before anything is replaced; whoever has deleted their data since the backup stays deleted; messages that had not left then are looked up in Slack before they are sent. The data that was there is kept as waymark.db.replaced.`
}

// Run restores a backup.
func (c restoreCommand) Run(ctx context.Context, o output) error {
	cfg, err := c.config(o)
	if err != nil {
		return err
	}
	return say(o)(bot.Restore(ctx, cfg, c.File, c.Keys))
}

// keyNewCommand is "waymark key new".
type keyNewCommand struct {
	File string `arg:"" help:"File to write, for your user alone; one that exists is left as it is."`
}

// Run makes a key.
func (c keyNewCommand) Run(o output) error {
	m, err := seal.NewMaster(rand.Reader)
	if err == nil {
		err = m.Write(c.File)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(o.out, "The key %s is in %s. Keep a copy elsewhere: nothing else opens what is sealed with it.\n", m.ID(), c.File)
	return err
}

// keyRotateCommand is "waymark key rotate".
type keyRotateCommand struct {
	To string `help:"File of the key to change to, made by \"waymark key new\", where the file of the present one cannot be written; without it a new one takes its place." placeholder:"FILE"`
	dataSettings
}

// Help is the longer help.
func (keyRotateCommand) Help() string {
	return `The bot goes on meanwhile. Afterwards the old key opens nothing: neither the data, nor the keys in earlier backups. Make a backup at once.`
}

// Run rotates the key.
func (c keyRotateCommand) Run(ctx context.Context, o output) error {
	cfg, err := c.config(o)
	if err != nil {
		return err
	}
	return say(o)(bot.RotateKey(ctx, cfg, c.To))
}

// healthCommand is "waymark health".
type healthCommand struct {
	Data string `help:"Folder of the data." default:"data" env:"WAYMARK_DATA"`
}

// healthTime bounds the question: whoever watches a bot must not wait for it.
const healthTime = 4 * time.Second

// Help is the longer help.
func (healthCommand) Help() string {
	return `It says what /readyz says, without a port: it asks through the socket in the data folder. The exit code is 0 when the bot is connected to Slack, can write its data, looks for due reminders and its messages leave, and 1 when one of these is not so or no bot answers. The image's health check is this command.`
}

// Run asks the running bot.
func (c healthCommand) Run(ctx context.Context, o output) error {
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	return say(o)(bot.Health(ctx, bot.Config{Data: c.Data}))
}

// say prints what there is to tell.
func say(o output) func(string, error) error {
	return func(answer string, err error) error {
		if err != nil {
			return err
		}
		_, err = io.WriteString(o.out, answer)
		return err
	}
}
