package boltkv

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"waymark/internal/kv"
)

// holder is the file beside the data that says which process has it open. The
// process keeps a lock on it; its words are only for people, since a process
// that was killed leaves them behind.
type holder struct {
	path string
	f    *os.File
}

// retry is the pause between two attempts to get a lock.
const retry = 20 * time.Millisecond

// hold makes this process the holder of the data at path, or returns a
// *kv.LockedError that names the one that is.
func hold(path string, opt Options) (*holder, error) {
	h := &holder{path: path + ".holder"}
	for waited := time.Duration(0); ; waited += retry {
		held, err := h.try()
		if err != nil {
			return nil, fmt.Errorf("hold the data folder: %w; it must exist and be writable by this user", err)
		}
		if held {
			h.sign(opt.Now)
			return h, nil
		}
		if waited >= opt.LockWait {
			return nil, &kv.LockedError{Path: path, Holder: readHolder(h.path)}
		}
		<-time.After(retry)
	}
}

// try locks the holder file if nobody else has.
func (h *holder) try() (bool, error) {
	f, err := os.OpenFile(h.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return false, err
	}
	held, err := lockFile(f)
	if held && h.replaced(f) {
		held = false // its holder removed it between our open and our lock
	}
	if !held || err != nil {
		_ = f.Close()
		return false, err
	}
	h.f = f
	return true, nil
}

// replaced tells whether the path no longer leads to f.
func (h *holder) replaced(f *os.File) bool {
	have, err := f.Stat()
	if err != nil {
		return true
	}
	named, err := os.Stat(h.path)
	return err != nil || !os.SameFile(have, named)
}

// sign writes who holds the data. That it cannot be written, on a full disk for
// example, is no reason not to start: the lock is what counts.
func (h *holder) sign(now func() time.Time) {
	who := kv.Holder{PID: os.Getpid()}
	who.Host, _ = os.Hostname()
	if now != nil {
		who.Since = now().UTC().Truncate(time.Second)
	}
	line, _ := json.Marshal(who) // two strings and a number always encode
	_ = h.f.Truncate(0)
	_, _ = h.f.WriteAt(append(line, '\n'), 0)
}

// release removes the file while it is still locked, so that nobody can have
// locked it in between.
func (h *holder) release() {
	_ = os.Remove(h.path)
	_ = h.f.Close()
}

// readHolder returns what the holder file says, or zero.
func readHolder(path string) kv.Holder {
	var who kv.Holder
	b, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(b, &who) != nil {
		return kv.Holder{}
	}
	return who
}
