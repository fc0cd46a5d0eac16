package crash

import (
	"bufio"
	"errors"
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

// disk is a small disk of its own for one bot: memory, mounted where only those
// in the same namespace see it, so that nothing is left behind and nobody has to
// be an administrator.
type disk struct {
	t      *testing.T
	folder string // as the test sees it
	enter  []string
}

// ownDisk gives a side a disk of its own; nil where none can be mounted, as in
// a container without rights. There the tests of package boltkv have to do, in
// which the data file has a largest size.
func ownDisk(t *testing.T, s *side, size string) *disk {
	t.Helper()
	inside := t.TempDir()
	holder := exec.Command("unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
		`mount -t tmpfs -o "size=$1" tmpfs "$2" && echo mounted && exec sleep 100000`, "sh", size, inside)
	var wrong strings.Builder
	holder.Stderr = &wrong
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.kill()
		_ = holder.Process.Kill()
		_ = holder.Wait() // that it was killed
	})
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "mounted\n" {
		t.Logf("not looked at: a small disk cannot be mounted here: %s", wrong.String())
		return nil
	}
	pid := fmt.Sprint(holder.Process.Pid)
	d := &disk{t: t, folder: "/proc/" + pid + "/root" + inside, enter: []string{"nsenter", "--preserve-credentials", "--user", "--mount", "--target", pid}}
	s.wrap, s.data, s.inside = d.enter, filepath.Join(d.folder, "data"), filepath.Join(inside, "data")
	return d
}

// fill takes all room that is left.
func (d *disk) fill() {
	d.t.Helper()
	f, err := os.OpenFile(filepath.Join(d.folder, "filler"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		d.t.Fatalf("fill the disk: %v", err)
	}
}

// free gives the room back.
func (d *disk) free() {
	d.t.Helper()
	if err := os.Remove(filepath.Join(d.folder, "filler")); err != nil {
		d.t.Fatal(err)
	}
}

// mount mounts the disk anew, "ro" or "rw"; nobody may have a file open.
func (d *disk) mount(mode string) {
	d.t.Helper()
	args := append(d.enter[1:len(d.enter):len(d.enter)], "mount", "-o", "remount,"+mode, strings.SplitAfterN(d.folder, "/root", 2)[1])
	if out, err := exec.Command(d.enter[0], args...).CombinedOutput(); err != nil {
		d.t.Fatalf("mount the disk %s: %v\n%s", mode, err, out)
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
	if small == nil {
		return
	}
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
			return d.victim.settled() || strings.Contains(d.victim.log.String(), "no space left on device")
		})
	}
	for range 3 {
		d.until("the operator sees it", func() bool { return d.victim.unready("no space left") })
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
	if small == nil {
		return
	}
	d.crowdOf(10)
	file := filepath.Join(d.victim.data, "waymark.db")
	d.victim.stop()
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	put := func(b []byte) {
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name, says  string
		break_, fix func()
	}{
		{"read-only", "read-only file system", func() { small.mount("ro") }, func() { small.mount("rw") }},
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
