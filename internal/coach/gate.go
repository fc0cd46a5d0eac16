package coach

import (
	"time"

	"waymark/internal/chat"
	"waymark/internal/store"
)

// gate is the one way by which what is kept about people leaves the store. It is
// made for one person, by the four below, and shows what is theirs: there is no
// way to ask it for somebody else.
type gate struct {
	tx     *store.Tx
	person chat.PersonID
	lanes  *lanes // knows of marks before their time; nil = they are shown as they are
}

// own is the gate of the person whose event is handled; what comes of it is told
// to them alone.
func (h *handling) own() gate { return gate{h.tx, h.e.Person, h.c.lanes} }

// own is the gate of the person to whose DM the rows go.
func (d *delivery) own(tx *store.Tx) gate { return gate{tx, d.person, nil} }

// tabOf is the gate of the person whose tab is published.
func tabOf(tx *store.Tx, id chat.PersonID) gate { return gate{tx, id, nil} }

// accountOf is the gate of somebody of whom nothing is asked but whether they are
// thought to have left, see Coach.Left.
func accountOf(tx *store.Tx, id chat.PersonID) gate { return gate{tx, id, nil} }

// record reads their record; known is false when there is none.
func (g gate) record(p *Person) (known bool, err error) { return g.tx.Person(g.person, p) }

// next is the row that leaves next, of those from a Seq on.
func (g gate) next(from uint64) (row store.Row, more bool, err error) {
	return g.tx.NextRow(g.person, from)
}

// rows are all that wait to leave. A row that was marked when it was written counts
// as being sent from when it is: nobody can have read it before.
func (g gate) rows() ([]store.Row, error) {
	rows, err := g.tx.Outbox(g.person)
	for i := range rows {
		r := &rows[i]
		r.Attempting = r.Attempting && !g.lanes.promises(g.person, r.ID)
	}
	return rows, err
}

// delivered is what has left lately.
func (g gate) delivered() (store.Delivered, error) { return g.tx.Delivered(g.person) }

// gone is what was left of them when they were deleted.
func (g gate) gone(now time.Time) (left []byte, ok bool, err error) { return g.tx.Gone(g.person, now) }

// hushed reports whether they left a note that they want to hear nothing unasked.
func (g gate) hushed() (bool, error) { return g.tx.Hushed(g.person) }

// elsewhere stands in Person.Channel for a DM that has to be asked for.
const elsewhere = "?"

// meets notes in which DM the person was heard. A DM does not move: where they
// are heard in another one than before, neither is believed, and whenever
// something leaves for them the platform is asked which DM is theirs.
func (h *handling) meets(channel string) {
	switch h.p.Channel {
	case "":
		h.p.Channel = channel
	case channel, elsewhere:
	default:
		h.p.Channel = elsewhere
		h.c.log.Warn("heard in another DM than before; from now on the platform is asked for it", "person", h.e.Person)
	}
}

// dm is where what is said to the person goes, "" = the platform is asked.
func (h *handling) dm() string {
	if h.p.Channel == elsewhere {
		return ""
	}
	return h.p.Channel
}
