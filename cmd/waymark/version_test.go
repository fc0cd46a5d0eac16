package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionOf(t *testing.T) {
	vcs := func(revision, modified string) *debug.BuildInfo {
		return &debug.BuildInfo{Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: revision}, {Key: "vcs.modified", Value: modified},
		}}
	}
	for name, c := range map[string]struct {
		set  string
		info *debug.BuildInfo
		want string
	}{
		"the release's own word counts":  {"v1.2.3", vcs("0123456789abcdef", "false"), "v1.2.3"},
		"installed as a module":          {"", &debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}}, "v1.2.3"},
		"built from a clone":             {"", vcs("0123456789abcdef", "false"), "0123456789ab"},
		"built from a changed clone":     {"", vcs("0123456789abcdef", "true"), "0123456789ab-changed"},
		"built without version control":  {"", &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "unknown"},
		"a revision shorter than twelve": {"", vcs("01234", "false"), "01234"},
		"no build information":           {"", nil, "unknown"},
	} {
		if got := versionOf(c.set, c.info); got != c.want {
			t.Errorf("%s: versionOf(%q, …) = %q, want %q", name, c.set, got, c.want)
		}
	}
}
