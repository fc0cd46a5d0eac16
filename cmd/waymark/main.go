// Command waymark is a career coach for Slack. It knows flags, environment
// variables and exit codes; what it runs is wired in package bot.
//
// It ends with 0 when all went well, with 2 when the command line or a setting
// is wrong as it is written, so that starting again cannot help, and with 1 for
// everything else.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	_ "time/tzdata" // people's time zones, in images that have none

	"github.com/alecthomas/kong"

	"waymark/internal/dialogue"
	"waymark/internal/slackapp"
)

const about = `Waymark is a career coach for Slack that you host yourself.

Start with "waymark try": a workspace on this machine, to talk to the coach in a browser.`

// commands is the command line.
type commands struct {
	// In a terminal, what a trial logs would hide the page's address.
	Try     tryCommand     `cmd:"" set:"logLevel=warn" help:"Talk to the coach in a browser: a small workspace on this machine."`
	Serve   serveCommand   `cmd:"" set:"logLevel=info" help:"Run the bot in your Slack workspace."`
	Doctor  doctorCommand  `cmd:"" help:"Look at everything that can be wrong, and say what to do about it."`
	Health  healthCommand  `cmd:"" help:"Ask the running bot whether it can do its work."`
	Backup  backupCommand  `cmd:"" set:"logLevel=warn" help:"Copy the data while the bot runs."`
	Restore restoreCommand `cmd:"" set:"logLevel=warn" help:"Put a backup in the place of the data."`
	Key     struct {
		New    keyNewCommand    `cmd:"" help:"Make a key for the data, in a new file."`
		Rotate keyRotateCommand `cmd:"" set:"logLevel=warn" help:"Change the key under which the data is sealed."`
	} `cmd:"" help:"Make or change the key under which the data is sealed."`
	Manifest manifestCommand `cmd:"" help:"Print the app manifest to paste into Slack."`
	Prompts  struct {
		Check  promptsCheckCommand  `cmd:"" help:"Check a folder of prompts and list everything that is wrong with it."`
		Graph  promptsGraphCommand  `cmd:"" help:"Draw a flow: its questions, and which leads where."`
		Reload promptsReloadCommand `cmd:"" set:"logLevel=warn" help:"Have the running bot read its prompts again."`
		Export promptsExportCommand `cmd:"" help:"Write the built-in prompts to a new folder, to change them there."`
	} `cmd:"" help:"Check the coach's words, or export them to change them."`
	Calendar calendarCommand `cmd:"" help:"Show which reminders an example plan would bring, and why."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

// output is where a command prints.
type output struct{ out, log io.Writer }

func main() { os.Exit(run(os.Args[1:], output{os.Stdout, os.Stderr})) }

// run parses args, runs the command and returns the exit code.
func run(args []string, o output) int {
	if len(args) == 0 {
		args = []string{"--help"}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once

	var cli commands
	parser := kong.Must(&cli, kong.Name("waymark"), kong.Description(about), kong.Writers(o.out, o.log), kong.Vars{"maxGrade": strconv.Itoa(dialogue.MaxGrade)},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	command, err := parser.Parse(args)
	if err != nil {
		name := "waymark"
		var parse *kong.ParseError
		if errors.As(err, &parse) && parse.Context.Command() != "" {
			name += " " + parse.Context.Command()
		}
		report(o.log, err)
		fmt.Fprintf(o.log, "Run %q to see what it takes.\n", name+" --help")
		return 2
	}
	command.BindTo(ctx, (*context.Context)(nil))
	command.Bind(o)
	if err := command.Run(); err != nil {
		report(o.log, err)
		return exitCode(err)
	}
	return 0
}

// report prints an error; one that is several gets a line for each.
func report(w io.Writer, err error) {
	lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
	if len(lines) == 1 {
		fmt.Fprintf(w, "waymark: %s\n", lines[0])
		return
	}
	fmt.Fprintf(w, "waymark:\n")
	for _, l := range lines {
		fmt.Fprintf(w, "  %s\n", l)
	}
}

// settingError is a setting that is wrong as it is written.
type settingError struct{ name, problem string }

func (e settingError) Error() string { return e.name + ": " + e.problem }

func setting(name, format string, args ...any) error {
	return settingError{name, fmt.Sprintf(format, args...)}
}

// exitCode is 2 for settings that are wrong as they are written, else 1.
func exitCode(err error) int {
	var s settingError
	var t *slackapp.TokenError
	if errors.As(err, &s) || errors.As(err, &t) && t.Name == "" {
		return 2
	}
	return 1
}
