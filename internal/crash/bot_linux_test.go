package crash

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"waymark/internal/workspace"
)

// patience is how long anything may take that is waited for.
const patience = 40 * time.Second

// build makes the binary that is killed.
func build(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "waymark")
	cmd := exec.Command("go", "build", "-tags", "driven", "-o", path, "waymark/cmd/waymark")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build the bot: %v\n%s", err, out)
	}
	return path
}

// side is a workspace and the bot in it, which runs in a process of its own.
type side struct {
	t      *testing.T
	name   string
	binary string
	data   string   // where the test finds the data folder
	inside string   // where the bot does, the same unless it has a disk of its own
	wrap   []string // the command that runs the bot there, nil = none
	ws     *workspace.Workspace
	relay  *relay
	log    *tail

	reviving sync.Mutex

	mu    sync.Mutex
	now   time.Time // what the bot's clock shows
	cmd   *exec.Cmd
	clock io.WriteCloser // where a running bot is told the time
	told  *bufio.Reader  // where it says that it knows
	dead  chan struct{}  // closed when the process has ended
	ended error          // how, once dead is closed
	moves int            // of the clock in this process's life
}

func newSide(t *testing.T, name, binary string, ackTimeout time.Duration) *side {
	t.Helper()
	s := &side{t: t, name: name, binary: binary, data: filepath.Join(t.TempDir(), "data"), log: &tail{}, now: begin}
	s.inside = s.data
	ws, err := workspace.Start(context.Background(), workspace.Config{
		Now: time.Now, Start: begin, FrozenClock: true, AckTimeout: ackTimeout,
		// Each redelivery at once, and more of them than Slack has: a bot that is
		// killed four times over one event is nothing that Slack would wait for.
		Retries: make([]time.Duration, 100),
		Scopes:  append([]string{"metadata.message:read"}, workspace.DefaultScopes...),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.Close() })
	s.ws = ws
	s.relay = newRelay(t, ws.URL())
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the end of the log of the %s:\n%s", name, s.log.all())
		}
		s.kill()
	})
	return s
}

// start starts the bot's process, without waiting for anything.
func (s *side) start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	cmd := s.command("serve", "--ops-listen", "127.0.0.1:0")
	clock, err := cmd.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	said, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	cmd.Stderr = s.log.fresh()
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	dead := make(chan struct{})
	s.cmd, s.clock, s.told, s.dead, s.moves = cmd, clock, bufio.NewReader(said), dead, 0
	s.tell()
	go func() {
		s.ended = cmd.Wait()
		close(dead)
	}()
}

// command is the binary with the settings of this side.
func (s *side) command(args ...string) *exec.Cmd {
	args = slices.Concat(s.wrap, []string{s.binary}, args)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "WAYMARK_DATA="+s.inside, "SLACK_API_URL="+s.relay.api(),
		"SLACK_APP_TOKEN="+s.ws.AppToken(), "SLACK_BOT_TOKEN="+s.ws.BotToken())
	return cmd
}

// tell tells the process what time it is and waits until it knows; s.mu is held.
// One that has just been killed hears nothing and says nothing.
func (s *side) tell() {
	_, _ = fmt.Fprintln(s.clock, s.now.Format(time.RFC3339Nano))
	_, _ = s.told.ReadString('\n')
}

// move moves the clock of the workspace and, if it is alive, of the bot.
func (s *side) move(to time.Time) {
	s.t.Helper()
	if err := s.ws.SetClock(to); err != nil {
		s.t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = to
	s.moves++
	s.tell()
}

// kill ends the bot as a power cut would, if it is alive, and returns when it is
// gone.
func (s *side) kill() {
	s.mu.Lock()
	cmd, dead := s.cmd, s.dead
	s.mu.Unlock()
	if cmd == nil {
		return
	}
	_ = cmd.Process.Kill() // an error means that it has ended
	<-dead
}

// killed tells whether the bot was killed and has not been started since; that
// it ended in any other way is an error.
func (s *side) killed() (bool, error) {
	s.mu.Lock()
	dead := s.dead
	s.mu.Unlock()
	select {
	case <-dead:
	default:
		return false, nil
	}
	var exit *exec.ExitError
	if errors.As(s.ended, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
		return true, nil
	}
	return true, fmt.Errorf("the %s ended by itself: %w", s.name, s.ended)
}

// stop ends the bot in order.
func (s *side) stop() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	select {
	case <-s.dead:
	case <-time.After(patience):
		s.t.Fatalf("the %s does not end", s.name)
	}
	if s.ended != nil {
		s.t.Fatalf("the %s ended with %v", s.name, s.ended)
	}
}

var (
	served  = regexp.MustCompile(`msg="health and metrics are served" address=(\S+)`)
	ticked  = regexp.MustCompile(`(?m)^waymark_ticks_total\{outcome="ok"\} (\d+)`)
	waiting = regexp.MustCompile(`(?m)^waymark_outbox_people (\d+)`)
)

// ask reads what the bot serves for operators; "" when it serves nobody now.
func (s *side) ask(path string) (status int, body string) {
	at := served.FindStringSubmatch(s.log.String())
	if at == nil {
		return 0, ""
	}
	resp, err := http.Get("http://" + at[1] + path)
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close()
	return resp.StatusCode, bodyOf(resp)
}

// settled tells whether the bot has nothing more to do: everything that is due
// was looked at after the last move of the clock, every event is acknowledged and
// no message waits to leave.
func (s *side) settled() bool {
	s.mu.Lock()
	ticks := 1 + s.moves // one when it starts, and one for each move
	s.mu.Unlock()
	if s.ws.Sockets() == 0 || s.ws.Unacknowledged() > 0 {
		return false
	}
	_, body := s.ask("/metrics")
	n, waits := ticked.FindStringSubmatch(body), waiting.FindStringSubmatch(body)
	return n != nil && waits != nil && number(n[1]) >= ticks && number(waits[1]) == 0
}

func number(digits string) (n int) {
	_, _ = fmt.Sscan(digits, &n) // the pattern has looked
	return n
}

// tail keeps the log of the running process and the end of what the ones before
// it said.
type tail struct {
	mu  sync.Mutex
	old string
	now *bytes.Buffer
}

// fresh begins the log of a new process.
func (l *tail) fresh() io.Writer {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now != nil {
		l.old += l.now.String() + "-- killed --\n"
		l.old = l.old[max(0, len(l.old)-8<<10):]
	}
	l.now = &bytes.Buffer{}
	return &part{l, l.now}
}

// String is the log of the running process.
func (l *tail) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now.String()
}

func (l *tail) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.old + l.now.String()
}

// part is where one process logs.
type part struct {
	l *tail
	b *bytes.Buffer
}

func (p *part) Write(b []byte) (int, error) {
	p.l.mu.Lock()
	defer p.l.mu.Unlock()
	return p.b.Write(b)
}

// bodyOf reads an answer of the workspace's local interface.
func bodyOf(resp *http.Response) string {
	raw, _ := io.ReadAll(resp.Body) // for an error's text only
	return strings.TrimSpace(string(raw))
}
