//go:build unix && !solaris && !illumos && !aix

package boltkv

import (
	"os"
	"syscall"
)

// lockFile takes the lock of f, for as long as f is open; false when another
// process has it. The system drops the lock of a process that dies.
func lockFile(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == syscall.EWOULDBLOCK {
		return false, nil
	}
	return err == nil, err
}

// unlockFile drops a lock on f even if something else keeps f open.
func unlockFile(f *os.File) { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
