package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The image cannot be built here, but what it relies on can be looked at: the Go
// version, the sources, commands that exist, a user without rights, a folder that
// is theirs, and nothing sent to the builder that is not needed.
func TestImage(t *testing.T) {
	read := func(name string) string {
		t.Helper()
		raw, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	file := read("Dockerfile")
	find := func(pattern string) []string {
		t.Helper()
		m := regexp.MustCompile(`(?m)` + pattern).FindStringSubmatch(file)
		if m == nil {
			t.Fatalf("the Dockerfile has no %s", pattern)
		}
		return m
	}
	version := find(`^FROM golang:(\S+) AS build`)[1]
	if want := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read("go.mod"))[1]; version != want {
		t.Errorf("the image is built with Go %s, the module wants %s", version, want)
	}
	find(`CGO_ENABLED=0 go build -trimpath`)
	if user := find(`^USER (\d+):(\d+)$`); user[1] == "0" || user[2] == "0" {
		t.Errorf("the bot runs as %s:%s", user[1], user[2])
	} else if owner := find(`--chown=(\d+):(\d+) /out/data /data`); owner[1] != user[1] || owner[2] != user[2] {
		t.Errorf("the folder of the data belongs to %s, the bot runs as %s", owner[1], user[1])
	}
	if data := find(`^ENV WAYMARK_DATA=(\S+)`)[1]; data != find(`^VOLUME (\S+)`)[1] {
		t.Errorf("the data is in %s, which is no volume", data)
	}

	allowed := strings.Fields(read(".dockerignore"))
	if allowed[0] != "*" {
		t.Error("everything is sent to the builder, keys and data too")
	}
	for _, m := range regexp.MustCompile(`(?m)^COPY ([^-\n].*) \S+$`).FindAllStringSubmatch(file, -1) {
		for _, source := range strings.Fields(m[1]) {
			if _, err := os.Stat(filepath.Join("../..", source)); err != nil {
				t.Errorf("COPY %s: %v", source, err)
			}
			if !strings.Contains(strings.Join(allowed, " ")+" ", "!"+source+" ") {
				t.Errorf("COPY %s: .dockerignore keeps it back", source)
			}
		}
	}

	var health, serve []string
	for _, c := range []struct {
		list string
		to   *[]string
	}{{find(`^HEALTHCHECK .* CMD (\[.*\])$`)[1], &health}, {find(`^CMD (\[.*\])$`)[1], &serve}} {
		if err := json.Unmarshal([]byte(c.list), c.to); err != nil {
			t.Fatalf("%s: %v", c.list, err)
		}
	}
	var out bytes.Buffer
	t.Setenv("WAYMARK_DATA", t.TempDir())
	if code := run(health[1:], output{&out, &out}); code != 1 || !strings.Contains(out.String(), "no bot is running") {
		t.Errorf("the health check without a bot: exit code %d, %s", code, &out)
	}
	out.Reset()
	t.Setenv("SLACK_APP_TOKEN", "")
	t.Setenv("SLACK_BOT_TOKEN", "")
	if code := run(serve, output{&out, &out}); code != 2 || !strings.Contains(out.String(), "SLACK_BOT_TOKEN is empty") {
		t.Errorf("the command without tokens: exit code %d, %s", code, &out)
	}
}
