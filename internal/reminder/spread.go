package reminder

import (
	"time"

	"waymark/internal/chat"
)

// Spread is by how much a person's moments are delayed inside a window, so that
// a crowd whose check-in is on Monday at ten does not come at once: always the
// same for the same person, in whole seconds, even over everybody. It is what
// Settings.Delay is set to.
func Spread(p chat.PersonID, window time.Duration) time.Duration {
	seconds := uint64(window / time.Second)
	if window <= 0 || seconds == 0 {
		return 0
	}
	// FNV leaves ids that differ in the last letter close together.
	h := hash(string(p))
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	return time.Duration(h%seconds) * time.Second
}
