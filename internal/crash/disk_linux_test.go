package crash

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

var unmounted = flag.Bool("unmounted", false, "have the disk tests do with limits and modes of files, as where no disk can be mounted")

// disk is a disk of its own for one bot, which a test can fill and lock.
type disk interface {
	fill()         // takes all room that is left
	free()         // gives it back
	lock()         // nothing can be written; nobody may have a file open
	unlock()       // it can again
	full() string  // what the bot says of the one
	stuck() string // and of the other
	// put replaces a file, as the bot's user would.
	put(path string, content []byte) error
}

// ownDisk gives a side a disk of its own: memory, mounted where only those in the
// same namespace see it, so that nothing is left behind. Where nothing can be
// mounted, as in a container without rights, it is one in all that the bot can
// tell: files cannot grow, and later not be written.
func ownDisk(t *testing.T, s *side, size string) disk {
	t.Helper()
	if *unmounted {
		return newLimited(t, s)
	}
	var why []string
	for _, apart := range [][]string{{"--user", "--map-root-user", "--mount"}, {"--mount"}} {
		m, err := newMounted(t, s, size, apart)
		if err == nil {
			return m
		}
		why = append(why, strings.TrimSpace(err.Error()))
	}
	t.Logf("no disk can be mounted here (%s): limits and modes do instead", strings.Join(why, "; "))
	return newLimited(t, s)
}

// mounted is a disk in memory.
type mounted struct {
	t      *testing.T
	folder string // as the test sees it
	inside string // as the bot does
	enter  []string
}

func newMounted(t *testing.T, s *side, size string, apart []string) (*mounted, error) {
	t.Helper()
	inside := t.TempDir()
	holder := exec.Command("unshare", append(apart[:len(apart):len(apart)], "sh", "-c",
		`mount -t tmpfs -o "size=$1" tmpfs "$2" && echo mounted && exec sleep 100000`, "sh", size, inside)...)
	var wrong strings.Builder
	holder.Stderr = &wrong
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		return nil, err
	}
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "mounted\n" {
		_ = holder.Wait() // it says in words what is wrong
		return nil, errors.New(wrong.String())
	}
	t.Cleanup(func() {
		s.kill()
		_ = holder.Process.Kill()
		_ = holder.Wait() // that it was killed
	})
	pid := fmt.Sprint(holder.Process.Pid)
	enter := []string{"nsenter", "--mount", "--target", pid}
	if apart[0] == "--user" {
		enter = append(enter, "--preserve-credentials", "--user")
	}
	m := &mounted{t: t, folder: "/proc/" + pid + "/root" + inside, inside: inside, enter: enter}
	s.wrap, s.data, s.inside = m.enter, filepath.Join(m.folder, "data"), filepath.Join(inside, "data")
	return m, nil
}

func (m *mounted) full() string  { return "no space left on device" }
func (m *mounted) stuck() string { return "read-only file system" }

func (m *mounted) put(path string, content []byte) error {
	return os.WriteFile(path, content, 0o600)
}

func (m *mounted) fill() {
	m.t.Helper()
	f, err := os.OpenFile(filepath.Join(m.folder, "filler"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		m.t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		m.t.Fatalf("fill the disk: %v", err)
	}
}

func (m *mounted) free() {
	m.t.Helper()
	if err := os.Remove(filepath.Join(m.folder, "filler")); err != nil {
		m.t.Fatal(err)
	}
}

func (m *mounted) lock()   { m.remount("ro") }
func (m *mounted) unlock() { m.remount("rw") }

func (m *mounted) remount(mode string) {
	m.t.Helper()
	args := append(m.enter[1:len(m.enter):len(m.enter)], "mount", "-o", "remount,"+mode, m.inside)
	if out, err := exec.Command(m.enter[0], args...).CombinedOutput(); err != nil {
		m.t.Fatalf("mount the disk %s: %v\n%s", mode, err, out)
	}
}

// limited is a folder whose files cannot grow while it is full, and which the
// bot, as a user without rights, may not write to while it is locked.
type limited struct {
	t     *testing.T
	s     *side
	limit string   // a file that holds the limit with which a bot starts
	as    []string // what runs a command as the bot's user, nil = it is the test's
}

// nobody is a user without rights, as whom the bot runs where the test is an
// administrator, whom no mode of a file keeps from anything.
const nobody = 65534

func newLimited(t *testing.T, s *side) *limited {
	t.Helper()
	l := &limited{t: t, s: s, limit: filepath.Join(t.TempDir(), "limit")}
	if err := errors.Join(os.Mkdir(s.data, 0o700), os.WriteFile(l.limit, []byte("unlimited:"), 0o644)); err != nil {
		t.Fatal(err)
	}
	s.wrap = []string{"sh", "-c", `exec prlimit --fsize="$(cat "$0")" "$@"`, l.limit}
	if os.Geteuid() != 0 {
		return l
	}
	l.as = []string{"setpriv", fmt.Sprint("--reuid=", nobody), fmt.Sprint("--regid=", nobody), "--clear-groups"}
	s.wrap = append(s.wrap, l.as...)
	if err := os.Chown(s.data, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{s.data, s.binary} { // on the way to them
		for dir := filepath.Dir(path); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			if info, err := os.Stat(dir); err == nil && info.Mode()&0o001 == 0 && strings.HasPrefix(dir, os.TempDir()+"/") {
				if err := os.Chmod(dir, info.Mode().Perm()|0o111); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return l
}

func (l *limited) full() string  { return "file too large" }
func (l *limited) stuck() string { return "permission denied" }

func (l *limited) put(path string, content []byte) error {
	err := os.WriteFile(path, content, 0o600)
	if l.as != nil {
		err = errors.Join(err, os.Chown(path, nobody, nobody))
	}
	return err
}

// fill lets no file grow beyond what the data file holds: the room at its end is
// not there yet, though its size tells otherwise.
func (l *limited) fill() {
	l.t.Helper()
	info, err := os.Stat(filepath.Join(l.s.data, "waymark.db"))
	if err != nil {
		l.t.Fatal(err)
	}
	l.to(fmt.Sprint(info.Sys().(*syscall.Stat_t).Blocks*512, ":"))
}

func (l *limited) free() { l.to("unlimited:") }

// to sets the limit of the bot that runs and of those that start.
func (l *limited) to(limit string) {
	l.t.Helper()
	if err := os.WriteFile(l.limit, []byte(limit), 0o644); err != nil {
		l.t.Fatal(err)
	}
	l.s.mu.Lock()
	pid := fmt.Sprint(l.s.cmd.Process.Pid)
	l.s.mu.Unlock()
	args := append(l.as[:len(l.as):len(l.as)], "prlimit", "--pid", pid, "--fsize="+limit)
	if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
		l.t.Fatalf("limit the bot's files: %v\n%s", err, out)
	}
}

func (l *limited) lock()   { l.mode(0o500, 0o400) }
func (l *limited) unlock() { l.mode(0o700, 0o600) }

func (l *limited) mode(folder, files os.FileMode) {
	l.t.Helper()
	all, err := filepath.Glob(filepath.Join(l.s.data, "waymark.*"))
	if err != nil || len(all) == 0 {
		l.t.Fatalf("no files in %s, %v", l.s.data, err)
	}
	for _, f := range all {
		err = errors.Join(err, os.Chmod(f, files))
	}
	if err := errors.Join(err, os.Chmod(l.s.data, folder)); err != nil {
		l.t.Fatal(err)
	}
}

// crowdOf starts both bots, lets people in and lets them talk for two rounds.
func (d *drama) crowdOf(n int) {
	d.t.Helper()
	d.twin.start()
	d.victim.start()
	for range n {
		d.join()
	}
	for range 2 {
		d.nextRound()
		d.talk(false)
		d.settle()
	}
}

func (d *drama) nextRound() {
	d.round++
	d.passes()
}

// A full disk: nothing is acknowledged that is not kept, the operator sees it, a
// bot that is killed meanwhile comes back, and once there is room again everybody
// gets every answer, once.
func TestFullDisk(t *testing.T) {
	d := newDrama(t, 2*time.Second)
	small := ownDisk(t, d.victim, "20m")
	d.crowdOf(30)
	for _, p := range d.people {
		p.wordy = true
	}
	small.fill()
	// What is there has room for a few changes: pages of the file that are free.
	for tries := 0; d.victim.ws.Unacknowledged() == 0; tries++ {
		if tries == 40 {
			t.Fatal("the disk is full, and nothing shows it")
		}
		d.talk(false)
		d.rest(d.twin)
		d.until("the victim has tried", func() bool {
			return d.victim.settled() || strings.Contains(d.victim.log.String(), small.full())
		})
	}
	for range 3 {
		d.until("the operator sees it", func() bool { return d.victim.unready(small.full()) })
		d.victim.kill()
		if err := d.victim.revive(); err != nil {
			t.Fatal(err)
		}
		d.until("it is up again, or says why not", func() bool {
			_, body := d.victim.ask("/healthz")
			dead, _ := d.victim.killed()
			return body != "" || dead
		})
		if dead, err := d.victim.killed(); dead {
			t.Fatalf("on a full disk the bot does not start: %v", err)
		}
	}
	for _, p := range d.people {
		p.wordy = false
	}
	small.free()
	d.settle()
	d.nextRound()
	d.talk(true)
	d.settle()
	d.finish()
}

// A disk that can only be read, and a data file that is cut off or overwritten:
// the bot says so, touches nothing, and goes on once that is mended.
func TestBrokenDisk(t *testing.T) {
	d := newDrama(t, patient)
	small := ownDisk(t, d.victim, "64m")
	d.crowdOf(10)
	file := filepath.Join(d.victim.data, "waymark.db")
	d.victim.stop()
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	put := func(b []byte) {
		if err := small.put(file, b); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name, says  string
		break_, fix func()
	}{
		{"read-only", small.stuck(), small.lock, small.unlock},
		{"cut off", "restore a backup", func() { put(whole[:5*4096]) }, func() { put(whole) }},
		{"overwritten", "restore a backup", func() { put(append(make([]byte, 8192), whole[8192:]...)) }, func() { put(whole) }},
		{"gone", "restore a backup", func() { _ = os.Remove(file) }, func() { put(whole) }},
	} {
		c.break_()
		before, _ := os.ReadFile(file)
		d.victim.start()
		select {
		case <-d.victim.dead:
		case <-time.After(patience):
			t.Fatalf("%s: the bot runs", c.name)
		}
		var exit *exec.ExitError
		if !errors.As(d.victim.ended, &exit) || exit.ExitCode() != 1 || !strings.Contains(d.victim.log.String(), c.says) {
			t.Errorf("%s: the bot ended with %v, saying\n%s\nwant exit code 1 and %q", c.name, d.victim.ended, d.victim.log, c.says)
		}
		if after, _ := os.ReadFile(file); string(after) != string(before) {
			t.Errorf("%s: the file was changed", c.name)
		}
		c.fix()
	}
	d.victim.start()
	d.nextRound()
	d.talk(true)
	d.settle()
	d.finish()
}

// unready tells whether the bot says that it is not ready, for this reason.
func (s *side) unready(check string) bool {
	status, body := s.ask("/readyz")
	return status == http.StatusServiceUnavailable && strings.Contains(body, check)
}

// rest waits until one side has nothing more to do.
func (d *drama) rest(s *side) {
	d.t.Helper()
	d.until("the "+s.name+" comes to rest", s.settled)
}

func (d *drama) until(what string, holds func() bool) {
	d.t.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			d.t.Fatalf("waited in vain until %s", what)
		}
	}
}
