package boltkv

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

func TestReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "data")
	if err := open(t, path, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	before := read(t, path)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	// Others may come as far as the folder: it alone is what refuses them.
	if err := os.Chmod(filepath.Dir(dir), 0o711); err != nil {
		t.Fatal(err)
	}
	var errs []error
	asNobody(t, func() {
		for _, name := range []string{"data", "fresh"} {
			_, err := Open(filepath.Join(dir, name), Options{})
			errs = append(errs, err)
		}
	})
	for _, err := range errs {
		if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "must exist and be writable by this user") {
			t.Errorf("Open in a read-only folder = %v, want ErrPermission and what to do", err)
		}
	}
	if after := read(t, path); string(after) != string(before) {
		t.Error("the data file was changed")
	}
}

// Containers may limit address space, of which the map would like 16 GiB.
func TestLittleAddressSpace(t *testing.T) {
	if os.Getenv(tightPath) != "" {
		limitAddressSpace(t, 4<<30)
		s := open(t, os.Getenv(tightPath), Options{})
		if err := s.Update(t.Context(), put("a", "")); err != nil {
			t.Errorf("Update: %v", err)
		}
		return
	}
	child := exec.Command(os.Args[0], "-test.run=^TestLittleAddressSpace$")
	child.Env = append(os.Environ(), tightPath+"="+filepath.Join(t.TempDir(), "data"))
	if out, err := child.CombinedOutput(); err != nil {
		t.Errorf("with 4 GiB of address space: %v\n%s", err, out)
	}
}

// tightPath names the data file to the child process of TestLittleAddressSpace.
const tightPath = "WAYMARK_TEST_TIGHT_PATH"

// limitAddressSpace leaves this process so many bytes more than it uses.
func limitAddressSpace(t *testing.T, more uint64) {
	t.Helper()
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	var pages uint64
	if _, err := fmt.Sscan(string(statm), &pages); err != nil {
		t.Fatal(err)
	}
	limit := pages*uint64(os.Getpagesize()) + more
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
		t.Fatal(err)
	}
}

// asNobody runs fn with the file rights of an ordinary user: the administrator,
// as whom tests run in containers, may write anywhere.
func asNobody(t *testing.T, fn func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		fn()
		return
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const nobody = 65534
	if err := syscall.Setfsuid(nobody); err != nil {
		t.Fatal(err)
	}
	defer syscall.Setfsuid(0)
	fn()
}
