package soak

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"waymark/internal/workspace"
)

// patience is how long an answer may take before it counts as missing.
const patience = 30 * time.Second

// process is a bot in a process of its own.
type process struct {
	t      testing.TB
	binary string
	built  time.Duration // how long it took to build
	data   string
	cmd    *exec.Cmd
	log    *buffer
	ended  chan error
}

// serve builds the binary, starts it in a workspace on a data folder and waits
// until it is connected.
func serve(t testing.TB, ws *workspace.Workspace, data string) *process {
	t.Helper()
	p := &process{t: t, binary: filepath.Join(t.TempDir(), "waymark"), data: data, log: &buffer{}, ended: make(chan error, 1)}
	began := time.Now()
	if out, err := exec.Command("go", "build", "-o", p.binary, "waymark/cmd/waymark").CombinedOutput(); err != nil {
		t.Fatalf("build the bot: %v\n%s", err, out)
	}
	p.built = time.Since(began)
	p.cmd = exec.Command(p.binary, "serve", "--ops-listen", "127.0.0.1:0")
	p.cmd.Env = append(os.Environ(), "WAYMARK_DATA="+p.data, "SLACK_API_URL="+ws.APIURL(),
		"SLACK_APP_TOKEN="+ws.AppToken(), "SLACK_BOT_TOKEN="+ws.BotToken())
	p.cmd.Stderr = p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.cmd.Wait() }()
	t.Cleanup(func() { _ = p.cmd.Process.Kill() }) // has ended, unless the test failed
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := ws.WaitConnected(ctx, 1); err != nil {
		t.Fatalf("%v; the bot says\n%s", err, p.log)
	}
	return p
}

// stop ends the bot in order.
func (p *process) stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	select {
	case err := <-p.ended:
		if err != nil {
			p.t.Errorf("the bot ended with %v", err)
		}
	case <-time.After(patience):
		p.t.Error("the bot does not end")
	}
}

// backup has the running bot copy its data.
func (p *process) backup() error {
	cmd := exec.Command(p.binary, "backup", "--data", p.data, filepath.Join(filepath.Dir(p.data), "copy"))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("backup: %w: %s", err, out)
	}
	return nil
}

var served = regexp.MustCompile(`msg="health and metrics are served" address=(\S+)`)

// sample is what a bot takes at a moment.
type sample struct {
	at         time.Duration // since the beginning
	goroutines float64
	memory     float64 // of its own, in bytes; pages of files do not count
	heap       float64 // in use, in bytes
	file       float64 // the data file, in bytes
}

func (p *process) sample() (s sample, err error) {
	if s.goroutines, err = p.metric(`go_goroutines (\S+)`); err != nil {
		return s, err
	}
	if s.heap, err = p.metric(`go_memstats_heap_inuse_bytes (\S+)`); err != nil {
		return s, err
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return s, err
	}
	info, err := os.Stat(filepath.Join(p.data, "waymark.db"))
	if err != nil {
		return s, err
	}
	s.file = float64(info.Size())
	s.memory, err = find(status, `RssAnon:\s+(\d+) kB`)
	s.memory *= 1 << 10
	return s, err
}

// metric is the number that the bot serves in a line.
func (p *process) metric(line string) (float64, error) {
	at := served.FindStringSubmatch(p.log.String())
	if at == nil {
		return 0, fmt.Errorf("the bot does not say where its metrics are:\n%s", p.log)
	}
	resp, err := http.Get("http://" + at[1] + "/metrics")
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	metrics, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err
	}
	return find(metrics, line)
}

// find is the number that a line shows.
func find(text []byte, line string) (float64, error) {
	m := regexp.MustCompile(`(?m)^` + line).FindSubmatch(text)
	if m == nil {
		return 0, fmt.Errorf("no line like %q", line)
	}
	return strconv.ParseFloat(string(m[1]), 64)
}

// buffer is a log that is read while it is written.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
