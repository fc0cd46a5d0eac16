package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"waymark/internal/workspace"
)

// patience is how long something may take that is only waited for.
const patience = 20 * time.Second

// trial is a running "waymark try".
type trial struct {
	t    *testing.T
	cmd  *exec.Cmd
	url  string
	done chan error
	rest *lines // of what it prints after the address
	log  *lines
}

// lines collects what a process prints.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

var pageAddress = regexp.MustCompile(`^http://127\.0\.0\.1:\d+/$`)

// try starts "waymark try" with temporary files in temp and reads its first line.
func try(t *testing.T, temp string, args ...string) *trial {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "waymark") // the name makes the test binary the command
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	tr := &trial{t: t, cmd: exec.Command(name, append([]string{"try"}, args...)...), done: make(chan error, 1), rest: &lines{}, log: &lines{}}
	tr.cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	tr.cmd.Stderr = tr.log
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	tr.cmd.Stdout = in
	if err := tr.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = in.Close()
	t.Cleanup(func() { _ = tr.cmd.Process.Kill(); _ = out.Close() })
	go func() { tr.done <- tr.cmd.Wait() }()
	if err := out.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(out)
	first, err := r.ReadString('\n')
	if err != nil {
		t.Fatalf("read the first line: %v\n%s", err, tr.log)
	}
	_ = out.SetReadDeadline(time.Time{})
	go func() { _, _ = io.Copy(tr.rest, r) }()
	if tr.url = strings.TrimSuffix(first, "\n"); !pageAddress.MatchString(tr.url) {
		t.Fatalf("first line %q, want the page's address alone", first)
	}
	return tr
}

// kill ends the trial as a power cut would.
func (tr *trial) kill() {
	tr.t.Helper()
	if err := tr.cmd.Process.Kill(); err != nil {
		tr.t.Fatal(err)
	}
	<-tr.done
}

// terminate ends the trial with a signal and expects exit code 0.
func (tr *trial) terminate(sig os.Signal) {
	tr.t.Helper()
	if err := tr.cmd.Process.Signal(sig); err != nil {
		tr.t.Fatal(err)
	}
	select {
	case err := <-tr.done:
		if err != nil {
			tr.t.Fatalf("the trial ended with %v\n%s", err, tr.log)
		}
	case <-time.After(patience):
		tr.t.Fatalf("the trial does not end\n%s", tr.log)
	}
}

// post calls the workspace's own interface.
func (tr *trial) post(path string, body any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	res, err := http.Post(tr.url+"_local/"+path, "application/json", bytes.NewReader(raw))
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", path, res.Status, answer)
	}
	return err
}

func (tr *trial) get(path string, into any) error {
	res, err := http.Get(tr.url + path)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, res.Status)
	}
	return json.NewDecoder(res.Body).Decode(into)
}

// said is what the bot has said to a person, in order.
func (tr *trial) said(person string) []string {
	tr.t.Helper()
	var all []workspace.Message
	if err := tr.get("_local/messages?person="+url.QueryEscape(person), &all); err != nil {
		tr.t.Fatal(err)
	}
	var out []string
	for _, m := range all {
		if m.From == "bot" {
			out = append(out, m.Text)
		}
	}
	return out
}

// last is what the bot has said to Ana last.
func (tr *trial) last() string {
	tr.t.Helper()
	all := tr.said("ana")
	if len(all) == 0 {
		tr.t.Fatal("the bot has said nothing")
	}
	return all[len(all)-1]
}

// hear says something as Ana and waits for an answer that contains part.
func (tr *trial) hear(text, part string) {
	tr.t.Helper()
	before := len(tr.said("ana"))
	if err := tr.post("say", map[string]string{"person": "ana", "text": text}); err != nil {
		tr.t.Fatal(err)
	}
	until(tr.t, "the bot says "+part, func() bool {
		all := tr.said("ana")
		return len(all) > before && strings.Contains(all[len(all)-1], part)
	})
}

func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	end := time.Now().Add(patience)
	for !holds() {
		if time.Now().After(end) {
			t.Fatalf("waited in vain until %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// Without a data folder a trial leaves nothing behind.
func TestTryLeavesNothing(t *testing.T) {
	t.Parallel()
	temp := t.TempDir()
	tr := try(t, temp)
	res, err := http.Get(tr.url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if log := tr.log.String(); log != "" {
		t.Errorf("besides the address a terminal shows\n%s", log)
	}
	page, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || !bytes.Contains(page, []byte("<title>")) {
		t.Errorf("the page answers %s, %v:\n%.300s", res.Status, err, page)
	}
	tr.hear("hi", questions.Words("first.start"))
	if files, err := os.ReadDir(temp); err != nil || len(files) != 1 {
		t.Errorf("a running trial keeps %v in the temporary folder (%v), want one folder", files, err)
	}
	tr.terminate(os.Interrupt)
	if files, err := os.ReadDir(temp); err != nil || len(files) != 0 {
		t.Errorf("an ended trial left %v behind (%v)", files, err)
	}
}

// With a data folder a trial that was killed goes on where it was, and so does
// its clock.
func TestTryGoesOn(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "trial")
	start := []string{"--data", data, "--now", "2027-01-04T09:00:00Z"}
	tr := try(t, t.TempDir(), start...)
	tr.hear("hi", questions.Words("first.start"))
	tr.hear("start", questions.Words("have.job"))
	if err := tr.post("clock", map[string]string{"advance": "240h"}); err != nil {
		t.Fatal(err)
	}
	tr.kill()

	tr = try(t, t.TempDir(), start...)
	var clock struct{ Now time.Time }
	if err := tr.get("_local/clock", &clock); err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2027, 1, 14, 9, 0, 0, 0, time.UTC); clock.Now.Before(want) || clock.Now.After(want.Add(time.Hour)) {
		t.Errorf("the clock went on at %v, want %v", clock.Now, want)
	}
	if got := tr.said("ana"); len(got) != 2 {
		t.Errorf("the conversation went on with %d messages, want 2", len(got))
	}
	tr.hear("nurse", "")
	if got, first := questions.On(tr.last()), "have.job"; len(got) == 0 || got[0] == first {
		t.Errorf("the answer to %s is followed by the question of %q, want the next one", first, got)
	}
	if got := tr.said("sam"); len(got) != 0 {
		t.Errorf("Sam sees %q", got)
	}
	tr.terminate(syscall.SIGTERM)
}

func TestTryRefusesAnAddressInUse(t *testing.T) {
	t.Parallel()
	first := try(t, t.TempDir())
	address := strings.TrimSuffix(strings.TrimPrefix(first.url, "http://"), "/")
	temp := t.TempDir()
	cmd := exec.Command(first.cmd.Path, "try", "--listen", address)
	cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("a second trial at %s: %v, want exit code 1", address, err)
	}
	if !strings.Contains(string(out), address) || !strings.Contains(string(out), "in use") {
		t.Errorf("a second trial at %s says %q, want that the address is in use", address, out)
	}
	if files, err := os.ReadDir(temp); err != nil || len(files) != 0 {
		t.Errorf("it left %v behind (%v)", files, err)
	}
	first.terminate(syscall.SIGTERM)
}
