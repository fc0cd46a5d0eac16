package crash

import (
	"bytes"
	"encoding/binary"
	"os"
	"syscall"
	"testing"
)

// watch fires once, at the moment at which a file of a folder is written to for
// the nth time from now on, whether it is there yet or not. Stop ends it; then it
// does not fire any more.
//
// A commit of the data file is several writes with a wait for the disk between
// them: whoever is killed at one of them is killed in the middle.
func watch(t *testing.T, dir, name string, nth int, fire func()) (stop func()) {
	t.Helper()
	fd, err := syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK)
	if err != nil {
		t.Fatalf("watch %s: %v", dir, err)
	}
	f := os.NewFile(uintptr(fd), "inotify")
	if _, err := syscall.InotifyAddWatch(fd, dir, syscall.IN_MODIFY); err != nil {
		t.Fatalf("watch %s: %v", dir, err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 1<<16)
		for {
			n, err := f.Read(buf)
			if err != nil {
				return // stopped
			}
			for b := buf[:n]; len(b) > 0; {
				// A header of wd, mask, cookie and the length of the name, four bytes
				// each, and the name with zeros behind it.
				end := syscall.SizeofInotifyEvent + int(binary.NativeEndian.Uint32(b[12:]))
				file := string(bytes.TrimRight(b[syscall.SizeofInotifyEvent:end], "\x00"))
				b = b[end:]
				if file != name {
					continue
				}
				if nth--; nth == 0 {
					fire()
					return
				}
			}
		}
	}()
	return func() {
		_ = f.Close()
		<-done
	}
}
