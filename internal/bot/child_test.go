package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"waymark/internal/bot"
)

// childAPI, when set, makes this test binary a bot: a process of its own, to be
// killed.
const childAPI = "WAYMARK_TEST_CHILD_API"

func TestMain(m *testing.M) {
	if api := os.Getenv(childEcho); api != "" {
		fmt.Fprintln(os.Stderr, echo(context.Background(), api))
		os.Exit(1)
	}
	if os.Getenv(childAPI) == "" {
		goleak.VerifyTestMain(m,
			goleak.Cleanup(func(code int) {
				http.DefaultClient.CloseIdleConnections() // the tests' own
				os.Exit(code)
			}),
		)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	err := bot.Run(ctx, bot.Config{
		AppToken: os.Getenv("SLACK_APP_TOKEN"), BotToken: os.Getenv("SLACK_BOT_TOKEN"),
		APIURL: os.Getenv(childAPI), Data: os.Getenv("WAYMARK_DATA"), Pace: 10_000,
		Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child is a bot in a process of its own.
type child struct {
	s    *stage
	cmd  *exec.Cmd
	done chan error
}

// spawn starts a child on the stage's data and waits until it is connected.
// api is where it finds Slack; env is added to its environment.
func (s *stage) spawn(api string, env ...string) *child {
	s.t.Helper()
	self, err := os.Executable()
	if err != nil {
		s.t.Fatal(err)
	}
	c := &child{s: s, cmd: exec.Command(self), done: make(chan error, 1)}
	c.cmd.Env = append(os.Environ(), append(env, childAPI+"="+api, "WAYMARK_DATA="+s.data,
		"SLACK_APP_TOKEN="+s.ws.AppToken(), "SLACK_BOT_TOKEN="+s.ws.BotToken())...)
	c.cmd.Stderr = s.log
	if err := c.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	go func() { c.done <- c.cmd.Wait() }()
	s.t.Cleanup(func() { _ = c.cmd.Process.Kill() })
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.ws.WaitConnected(ctx, 1); err != nil {
		s.t.Fatal(err)
	}
	return c
}

// kill ends the child as a power cut would.
func (c *child) kill() {
	c.s.t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		c.s.t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := c.wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		c.s.t.Fatalf("the child ended with %v before it was killed", err)
	}
	c.s.until("the workspace sees that the bot is gone", func() bool { return c.s.ws.Sockets() == 0 })
}

// terminate asks the child to end and returns how long that took.
func (c *child) terminate() time.Duration {
	c.s.t.Helper()
	begin := time.Now()
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		c.s.t.Fatal(err)
	}
	if err := c.wait(); err != nil {
		c.s.t.Fatalf("the child ended with %v", err)
	}
	return time.Since(begin)
}

func (c *child) wait() error {
	c.s.t.Helper()
	select {
	case err := <-c.done:
		return err
	case <-time.After(patience):
		c.s.t.Fatal("the child does not end")
		return nil
	}
}

// until waits until something holds.
func (s *stage) until(what string, holds func() bool) {
	s.t.Helper()
	end := time.Now().Add(patience)
	for !holds() {
		if time.Now().After(end) {
			s.t.Fatalf("waited in vain until %s; the bot has said:\n%s", what, strings.Join(s.said(), "\n---\n"))
		}
		time.Sleep(2 * time.Millisecond)
	}
}
