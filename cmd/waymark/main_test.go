package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"waymark/internal/kv"
	"waymark/internal/kv/boltkv"
	"waymark/internal/seal"
	"waymark/internal/store"
	"waymark/internal/workspace"
)

var update = flag.Bool("update", false, "rewrite the expected files of the scripts")

// TestMain makes the test binary a waymark, too: started under that name it is
// the command.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"waymark": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"workspace": startWorkspace,
			"data":      makeData,
		},
		Setup: func(e *testscript.Env) error {
			// Nothing that a developer has set may reach the scripts.
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
	})
}

// exits runs a program and expects an exit code: exits 2 waymark serve.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("run %s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// startWorkspace starts a local workspace for the rest of the script and sets
// SLACK_API_URL and the tokens to it.
func startWorkspace(ts *testscript.TestScript, neg bool, args []string) {
	ws, err := workspace.Start(context.Background(), workspace.Config{Now: time.Now})
	ts.Check(err)
	ts.Defer(func() { _ = ws.Close() })
	ts.Setenv("SLACK_API_URL", ws.APIURL())
	ts.Setenv("SLACK_APP_TOKEN", ws.AppToken())
	ts.Setenv("SLACK_BOT_TOKEN", ws.BotToken())
}

// makeData makes a data folder: "data held DIR" keeps its file open for the rest
// of the script, "data newer DIR" makes it one of the next version, "data made
// DIR" leaves it as it is.
func makeData(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: data made|held|newer DIR")
	}
	dir := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(dir, 0o700))
	file, err := boltkv.Open(filepath.Join(dir, "waymark.db"), boltkv.Options{})
	ts.Check(err)
	ctx := context.Background()
	keys, err := seal.Open(seal.Options{Path: filepath.Join(dir, "waymark.keys"), KeyFile: filepath.Join(dir, "waymark.key"), Generate: true})
	ts.Check(err)
	ts.Check(keys.Close())
	_, err = store.Open(ctx, file, store.Options{Keys: keys})
	ts.Check(err)
	switch args[0] {
	case "made":
		ts.Check(file.Close())
	case "held":
		ts.Defer(func() { _ = file.Close() })
	case "newer":
		ts.Check(file.Update(ctx, func(tx kv.Tx) error { return raiseLayout(tx) }))
		ts.Check(file.Close())
	default:
		ts.Fatalf("unknown kind of data %q", args[0])
	}
}

// raiseLayout adds one to the version that a fresh store has noted, its only
// entry.
func raiseLayout(tx kv.Tx) error {
	now := binary.BigEndian.AppendUint64(nil, store.Layout)
	raised := 0
	err := tx.Scan(nil, nil, func(k, v []byte) (bool, error) {
		if !bytes.Equal(v, now) {
			return true, nil
		}
		raised++
		return true, tx.Put(k, binary.BigEndian.AppendUint64(nil, store.Layout+1))
	})
	if err == nil && raised != 1 {
		err = errors.New("the store's version was not found")
	}
	return err
}
