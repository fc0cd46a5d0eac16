package coach

import (
	"encoding/binary"
	"hash/fnv"
	"slices"
	"time"

	"waymark/internal/chat"
)

const (
	keepSeen    = 24 * time.Hour
	maxSeen     = 400
	keptReplies = 8
)

// seen are the events of the last day, oldest first: the hash of the id in 8
// bytes and the second in which it was handled in 4. It is part of every record
// and written with every message; as a list of structures it was the largest
// part of both.
type seen []byte

const seenSize = 12

func (s seen) has(id uint64) bool {
	for i := 0; i+seenSize <= len(s); i += seenSize {
		if binary.BigEndian.Uint64(s[i:]) == id {
			return true
		}
	}
	return false
}

// add notes an event.
func (s seen) add(id uint64, now time.Time) seen {
	s = binary.BigEndian.AppendUint64(s, id)
	return binary.BigEndian.AppendUint32(s, uint32(now.Unix()))
}

// recent is what is not older than a day, and not more than maxSeen. What a
// clock that was moved back has dated later counts as recent.
func (s seen) recent(now time.Time) seen {
	kept := s[:0]
	for i := 0; i+seenSize <= len(s); i += seenSize {
		if at := time.Unix(int64(binary.BigEndian.Uint32(s[i+8:])), 0); now.Sub(at) <= keepSeen {
			kept = append(kept, s[i:i+seenSize]...)
		}
	}
	return kept[max(0, len(kept)-maxSeen*seenSize):]
}

// Replied is what the acknowledgement of an event carried, for its repeat.
type Replied struct {
	ID    uint64     `cbor:"1,keyasint"`
	Reply chat.Reply `cbor:"2,keyasint"`
}

func seenHash(id chat.EventID) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}

// handled reports whether an event was handled before, and what was replied. An
// event without an id is always new.
func (p *Person) handled(id chat.EventID) (chat.Reply, bool) {
	h := seenHash(id)
	if id == "" || !p.Seen.has(h) {
		return chat.Reply{}, false
	}
	i := slices.IndexFunc(p.Replies, func(r Replied) bool { return r.ID == h })
	if i < 0 {
		return chat.Reply{}, true
	}
	return p.Replies[i].Reply, true
}

// remember notes that an event was handled.
func (p *Person) remember(id chat.EventID, reply chat.Reply, now time.Time) {
	if id == "" {
		return
	}
	h := seenHash(id)
	p.Seen = p.Seen.add(h, now)
	if reply.Message != nil || reply.FormErrors != nil {
		p.Replies = append(p.Replies, Replied{h, reply})
	}
}

// forget drops the events of yesterday.
func (p *Person) forget(now time.Time) {
	p.Seen = p.Seen.recent(now)
	p.Replies = slices.DeleteFunc(p.Replies, func(r Replied) bool { return !p.Seen.has(r.ID) })
	p.Replies = slices.Delete(p.Replies, 0, max(0, len(p.Replies)-keptReplies))
}
