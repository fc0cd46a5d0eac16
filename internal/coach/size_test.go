package coach

import (
	"fmt"
	"testing"

	"waymark/internal/chat"
)

// maxRecord bounds what is stored of somebody who has just gone through the
// whole first talk, in bytes. Three quarters of it are the answers; the events of
// the day, 800 bytes, are gone a day later.
const maxRecord = 14_000

func TestRecordSize(t *testing.T) {
	raw := record(t, 0)
	t.Logf("%d bytes", len(raw))
	if len(raw) > maxRecord {
		t.Errorf("a record of %d bytes, want at most %d", len(raw), maxRecord)
	}
}

// Whoever does nothing but tap all day long does not weigh more for it.
func TestSeenSize(t *testing.T) {
	c := onPath(t, shipped(t), "have.job")
	_, before := c.person()
	for i := range maxSeen + 100 {
		c.handle(chat.Event{ID: chat.EventID(fmt.Sprint("tap ", i)), Kind: chat.Click, Person: ana, Values: []string{"q:1:over"}})
	}
	_, after := c.person()
	if n := len(after) - len(before); n > maxSeen*seenSize+keptReplies*200 {
		t.Errorf("%d taps make the record %d bytes longer", maxSeen+100, n)
	}
}
