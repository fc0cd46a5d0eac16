package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"

	"waymark/internal/bot"
	"waymark/internal/dialogue"
	"waymark/internal/slackapp"
	"waymark/prompts"
)

// manifestCommand is "waymark manifest".
type manifestCommand struct {
	Name          string `help:"Name of the app and of its bot." default:"Waymark" env:"WAYMARK_NAME"`
	CommandPrefix string `help:"Put before the slash commands' names: acme- makes /acme-goals." env:"WAYMARK_COMMAND_PREFIX" placeholder:"PREFIX"`
}

// Help is the longer help.
func (manifestCommand) Help() string {
	return `At api.slack.com/apps choose "Create New App", "From a manifest", and paste it. Two apps of one workspace cannot share a slash command; a prefix keeps them apart. Give the bot the same prefix.`
}

// Run prints the manifest.
func (c manifestCommand) Run(o output) error {
	m, err := slackapp.Manifest(slackapp.ManifestOptions{Name: c.Name, CommandPrefix: c.CommandPrefix})
	if err != nil {
		return setting("manifest", "%v", err)
	}
	_, err = o.out.Write(m)
	return err
}

// promptsCheckCommand is "waymark prompts check".
type promptsCheckCommand struct {
	Dir   string  `arg:"" optional:"" help:"Folder with flows/ and texts/; the built-in prompts unless given." env:"WAYMARK_PROMPTS"`
	Grade float64 `help:"Highest reading level of a flow, as a school grade; 0 for prompts in another language than English." default:"${maxGrade}"`
}

// Help is the longer help.
func (promptsCheckCommand) Help() string {
	return `Without problems it prints how hard each flow and each file of texts is to read: the Flesch-Kincaid grade, which is the years of school that an English text asks for. A flow above the limit is a problem here; the bot starts with it all the same.`
}

// Run checks the prompts. Problems go to standard output: they are the answer.
func (c promptsCheckCommand) Run(o output) error {
	_, err := bot.LoadPrompts(c.Dir)
	var problems *bot.PromptsError
	if err != nil && !errors.As(err, &problems) {
		return err
	}
	if problems == nil {
		problems = &bot.PromptsError{Dir: c.Dir}
		if err := c.grade(o, problems); err != nil {
			return err
		}
	}
	if n := len(problems.Problems); n > 0 {
		for _, p := range problems.Lines() {
			fmt.Fprintln(o.out, p)
		}
		return fmt.Errorf("prompts: problems: %d", n)
	}
	fmt.Fprintln(o.out, "prompts: no problems")
	return nil
}

// grade prints how hard prompts are to read, and adds the flows that are harder
// than the limit to problems.
func (c promptsCheckCommand) grade(o output, problems *bot.PromptsError) error {
	if c.Grade <= 0 {
		return nil
	}
	var files fs.FS = prompts.Files
	if c.Dir != "" {
		files = os.DirFS(c.Dir)
	}
	grades, err := dialogue.Readability(files)
	if err != nil {
		return fmt.Errorf("grade prompts: %w", err)
	}
	fmt.Fprintf(o.out, "%-28s %9s %6s %6s\n", "flow or texts", "questions", "words", "grade")
	for _, g := range grades {
		fmt.Fprintf(o.out, "%-28s %9d %6d %6.1f\n", g.File, g.Questions, g.Words, g.Level())
		if p, bad := g.Problem(c.Grade); bad {
			problems.Problems = append(problems.Problems, p)
		}
	}
	return nil
}

// promptsGraphCommand is "waymark prompts graph".
type promptsGraphCommand struct {
	Flow   string `arg:"" help:"The flow to draw, for example first."`
	Dir    string `arg:"" optional:"" help:"Folder with flows/ and texts/; the built-in prompts unless given." env:"WAYMARK_PROMPTS"`
	Format string `help:"text, to read as it is, or mermaid, for a page that makes a picture of it." enum:"text,mermaid" default:"text"`
}

// Help is the longer help.
func (promptsGraphCommand) Help() string {
	return `Draws what a flow asks, in which order and on what condition it goes on, with the flows it calls. GitHub, GitLab and Notion show Mermaid as a picture.`
}

// Run prints the drawing.
func (c promptsGraphCommand) Run(o output) error {
	words, err := bot.LoadPrompts(c.Dir)
	if err != nil {
		return err
	}
	drawing, err := words.Book.Graph(c.Flow, dialogue.Drawing(c.Format))
	if err != nil {
		return err
	}
	_, err = io.WriteString(o.out, drawing)
	return err
}

// promptsExportCommand is "waymark prompts export".
type promptsExportCommand struct {
	Dir string `arg:"" help:"Folder to make."`
}

// Run writes the built-in prompts to a folder that must not exist or be empty.
func (c promptsExportCommand) Run(o output) error {
	if entries, err := os.ReadDir(c.Dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("export prompts: %s is not empty: choose a new folder", c.Dir)
	}
	if err := os.CopyFS(c.Dir, prompts.Files); err != nil {
		var pathErr *fs.PathError
		if errors.As(err, &pathErr) {
			err = pathErr
		}
		return fmt.Errorf("export prompts: %w", err)
	}
	fmt.Fprintf(o.out, "The prompts are in %s. Check them with \"waymark prompts check %s\" after a change.\n", c.Dir, c.Dir)
	return nil
}

// versionCommand is "waymark version".
type versionCommand struct{}

// version is set by the build of a release: -ldflags "-X main.version=v1.2.3".
var version string

// Run prints one line: version, revision, Go version and platform.
func (versionCommand) Run(o output) error {
	info, _ := debug.ReadBuildInfo()
	fmt.Fprintf(o.out, "waymark %s (%s, %s/%s)\n", versionOf(version, info), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// versionOf is the version that the build was given, or what the Go tool noted
// about the source it was built from.
func versionOf(set string, info *debug.BuildInfo) string {
	if set != "" {
		return set
	}
	if info == nil {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	revision, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "-changed"
		}
	}
	if revision == "" {
		return "unknown"
	}
	return revision + dirty
}

// promptsReloadCommand is "waymark prompts reload".
type promptsReloadCommand struct {
	dataSettings
}

// Help is the longer help.
func (promptsReloadCommand) Help() string {
	return `The bot reads the folder it was started with. Prompts with a mistake change nothing: the bot goes on with those it has, and says what is wrong. Check them first with "waymark prompts check".`
}

// Run asks the bot.
func (c promptsReloadCommand) Run(ctx context.Context, o output) error {
	cfg, err := c.config(o)
	if err != nil {
		return err
	}
	return say(o)(bot.ReloadPrompts(ctx, cfg))
}
