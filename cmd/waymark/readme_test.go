package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// Every setting of what runs for long is in the README with its flag and its
// variable, and every variable there is one that is read.
func TestSettingsAreDocumented(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(raw)
	var cli commands
	parser := kong.Must(&cli, kong.Name("waymark"), kong.Vars{"maxGrade": "8"})
	known := map[string]bool{"SLACK_APP_TOKEN_FILE": true, "SLACK_BOT_TOKEN_FILE": true, "WAYMARK_TEST_NODE": true}
	flags := 0
	for _, leaf := range parser.Model.Leaves(true) {
		for _, f := range leaf.Flags {
			for _, env := range f.Envs {
				known[env] = true
			}
			if name := leaf.Path(); f.Name == "help" || !strings.HasSuffix(name, "serve") && !strings.HasSuffix(name, "try") {
				continue
			}
			flags++
			if !strings.Contains(readme, "| `--"+f.Name+"`") {
				t.Errorf("%s: --%s is not in the README", leaf.Path(), f.Name)
			}
			for _, env := range f.Envs {
				if !strings.Contains(readme, "`"+env+"`") {
					t.Errorf("%s: %s is not in the README", leaf.Path(), env)
				}
			}
		}
	}
	if flags < 15 {
		t.Errorf("looked at %d flags", flags)
	}
	for _, env := range []string{"SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"} {
		known[env] = true // from the environment only
	}
	for _, name := range regexp.MustCompile(`\b(WAYMARK|SLACK)_[A-Z_]*[A-Z]`).FindAllString(readme, -1) {
		if !known[name] {
			t.Errorf("the README speaks of %s, which nothing reads", name)
		}
	}
}

// The README speaks of every command.
func TestCommandsAreDocumented(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var cli commands
	parser := kong.Must(&cli, kong.Name("waymark"), kong.Vars{"maxGrade": "8"})
	leaves := parser.Model.Leaves(true)
	for _, leaf := range leaves {
		if name := leaf.FullPath(); !strings.Contains(string(raw), name) {
			t.Errorf("the README does not speak of %s", name)
		}
	}
	if len(leaves) < 12 {
		t.Errorf("looked at %d commands", len(leaves))
	}
}
