package control_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waymark/internal/control"
)

// serve answers in dir until the test ends or stop is called.
func serve(t *testing.T, dir string, handlers map[string]control.Handler) (stop func()) {
	t.Helper()
	s, err := control.Listen(dir, handlers, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Serve: %v", err)
		}
		ended <- nil
	}
	t.Cleanup(stop)
	return stop
}

func ask(t *testing.T, dir, name, argument string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return control.Ask(ctx, dir, name, argument)
}

// Questions are answered, also in folders with long names, by the bot's own user
// alone, and only while there is a bot.
func TestAsk(t *testing.T) {
	for name, dir := range map[string]string{"a short path": short(t), "a long path": filepath.Join(t.TempDir(), strings.Repeat("long/", 40))} {
		t.Run(name, func(t *testing.T) {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			if _, err := ask(t, dir, "echo", ""); !errors.Is(err, control.ErrNobody) {
				t.Errorf("Ask before anybody listens = %v, want ErrNobody", err)
			}
			boom := errors.New("no room on that disk")
			handlers := map[string]control.Handler{
				"echo":  func(_ context.Context, argument string) (string, error) { return "heard " + argument, nil },
				"fails": func(context.Context, string) (string, error) { return "", boom },
			}
			var stop func()
			for range 2 { // the second finds the socket of the first, as after a kill
				stop = serve(t, dir, handlers)
			}
			info, err := os.Stat(filepath.Join(dir, "waymark.sock"))
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the socket has mode %v, %v, want 600", info.Mode(), err)
			}
			if got, err := ask(t, dir, "echo", "a file with spaces & more"); got != "heard a file with spaces & more" || err != nil {
				t.Errorf("Ask = %q, %v", got, err)
			}
			if _, err := ask(t, dir, "fails", ""); err == nil || err.Error() != boom.Error() {
				t.Errorf("Ask = %v, want the bot's own words", err)
			}
			for _, c := range [][2]string{{"unknown", ""}, {"echo", strings.Repeat("x", 1<<20)}} {
				if got, err := ask(t, dir, c[0], c[1]); err == nil {
					t.Errorf("Ask %s = %q, want it refused", c[0], got)
				}
			}
			stop()
			if _, err := ask(t, dir, "echo", ""); !errors.Is(err, control.ErrNobody) {
				t.Errorf("Ask after the end = %v, want ErrNobody", err)
			}
		})
	}
	if _, err := ask(t, filepath.Join(t.TempDir(), "nowhere"), "echo", ""); !errors.Is(err, control.ErrNobody) {
		t.Errorf("Ask where there is no folder = %v, want ErrNobody", err)
	}
}

// short is a folder whose path is short wherever tests run.
func short(t *testing.T) string {
	dir, err := os.MkdirTemp("", "c")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// What is being done when the bot stops, or whoever asked gives up, is told to
// stop, and waited for.
func TestStop(t *testing.T) {
	for name, end := range map[string]func(stop, giveUp func()){
		"the bot stops":           func(stop, _ func()) { stop() },
		"whoever asked goes away": func(_, giveUp func()) { giveUp() },
	} {
		t.Run(name, func(t *testing.T) {
			dir := short(t)
			begun, ended := make(chan bool), make(chan bool, 1)
			stop := serve(t, dir, map[string]control.Handler{"wait": func(ctx context.Context, _ string) (string, error) {
				close(begun)
				<-ctx.Done()
				ended <- true
				return "", ctx.Err()
			}})
			ctx, cancel := context.WithCancel(context.Background())
			asked := make(chan error, 1)
			go func() { _, err := control.Ask(ctx, dir, "wait", ""); asked <- err }()
			<-begun
			end(stop, cancel)
			<-ended
			if err := <-asked; err == nil {
				t.Error("Ask = nil for what was not done")
			}
			cancel()
		})
	}
}

// A folder in which no socket can be made is said.
func TestListenRefuses(t *testing.T) {
	if _, err := control.Listen(filepath.Join(t.TempDir(), "nowhere"), nil, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Listen in no folder = %v, want ErrNotExist", err)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "waymark.sock", "a folder in its place"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := control.Listen(dir, nil, nil); err == nil {
		t.Error("Listen works where the socket cannot be")
	}
}
