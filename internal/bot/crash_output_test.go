package bot_test

import (
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"waymark/internal/workspace"
)

// A bot that crashes in the middle of what somebody said prints what each of its
// goroutines was doing, and none of their words, nor a token.
func TestCrashOutputTellsNothing(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, running)
	c := s.spawn(s.ws.APIURL())
	s.hear("hi", greeting)
	s.hear("start", askJob)
	c.terminate()
	tap := newTap(t, s.ws.APIURL(), "chat.postMessage", false)
	c = s.spawn(tap.url(), "GOTRACEBACK=all")
	if _, err := s.ws.Say(workspace.Ana, secret); err != nil {
		t.Fatal(err)
	}
	<-tap.held // the answer to it is on its way
	if err := c.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := c.wait(); !errors.As(err, &exit) || exit.ExitCode() != 2 {
		t.Fatalf("the child ended with %v, want a crash", err)
	}
	out := s.log.String()
	if n := strings.Count(out, "\ngoroutine "); n < 10 || !strings.Contains(out, "slackapp.") || !strings.Contains(out, "coach.") {
		t.Fatalf("%d goroutines were printed, want all:\n%s", n, out)
	}
	for _, word := range []string{secret, "tired", "night shifts", s.ws.AppToken(), s.ws.BotToken()} {
		if strings.Contains(out, word) {
			t.Errorf("the output of the crash holds %q", word)
		}
	}
	s.noFileTells(s.data, secret)
}
