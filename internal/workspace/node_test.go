package workspace_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"waymark/internal/workspace"
)

// nodePackages names a folder in which the packages of testdata/node/package.json
// are installed.
const nodePackages = "WAYMARK_TEST_NODE"

// Slack's own clients for Node take the workspace for Slack: each script in
// testdata/node is one of them, used as its documentation says.
func TestNodeClients(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no Node found: on Debian, apt-get install nodejs")
	}
	packages := os.Getenv(nodePackages)
	if packages == "" {
		t.Skip(nodePackages + " names no folder with Slack's packages: copy testdata/node/package.json to one and run npm install --ignore-scripts there")
	}
	for _, script := range []string{"web-api.mjs", "socket-mode.mjs", "bolt.mjs"} {
		t.Run(script, func(t *testing.T) {
			t.Parallel()
			w := start(t, workspace.Config{Now: time.Now, Scopes: append([]string{"team:read"}, workspace.DefaultScopes...)})
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, node, filepath.Join("testdata", "node", script))
			cmd.Env = append(os.Environ(), nodePackages+"="+packages, "WAYMARK_URL="+w.URL(),
				"SLACK_BOT_TOKEN="+w.BotToken(), "SLACK_APP_TOKEN="+w.AppToken())
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", script, err, out)
			}
		})
	}
}
