package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
)

// RowKind says what is to be sent.
type RowKind int

const (
	// Post is a new message.
	Post RowKind = iota
	// Edit replaces the message named by TS, or the one that left as Ref.
	Edit
)

// Row is one message on its way out. The rows of one person leave in order.
type Row struct {
	Person  chat.PersonID `cbor:"-"`
	Seq     uint64        `cbor:"-"`
	ID      string        `cbor:"1,keyasint"` // travels with the message; never used again
	Kind    RowKind       `cbor:"2,keyasint,omitempty"`
	Channel string        `cbor:"3,keyasint,omitempty"` // "" = the DM, to be opened
	Message chat.Message  `cbor:"4,keyasint"`
	TS      string        `cbor:"5,keyasint,omitempty"`
	Ref     string        `cbor:"6,keyasint,omitempty"`
	// Attempting is written before the platform is called and gone with the
	// row afterwards: a row found in this mark may have been accepted.
	Attempting bool      `cbor:"7,keyasint,omitempty"`
	Tries      int       `cbor:"8,keyasint,omitempty"`
	Created    time.Time `cbor:"9,keyasint"`
	// Until is when the message is not worth sending any more; zero = always.
	Until time.Time `cbor:"10,keyasint,omitzero"`
	// Parked holds the platform's name of the error that will not go away.
	Parked string `cbor:"11,keyasint,omitempty"`
}

func rowPrefix(id chat.PersonID) []byte {
	return append(append([]byte("o/"), id...), 0)
}

func (r Row) key() []byte { return binary.BigEndian.AppendUint64(rowPrefix(r.Person), r.Seq) }

// PutRow adds a row or replaces the one with the same person and Seq.
func (t *Tx) PutRow(r Row) error {
	raw, err := encMode.Marshal(r)
	if err != nil {
		return fmt.Errorf("outbox of %s: encode row: %w", r.Person, err)
	}
	return t.tx.Put(r.key(), raw)
}

// RemoveRow takes a row out.
func (t *Tx) RemoveRow(r Row) error { return t.tx.Delete(r.key()) }

// Outbox returns a person's rows in the order in which they leave.
func (t *Tx) Outbox(id chat.PersonID) ([]Row, error) {
	var rows []Row
	from := rowPrefix(id)
	err := t.r.Scan(from, kv.PrefixEnd(from), func(k, v []byte) (bool, error) {
		r := Row{Person: id, Seq: binary.BigEndian.Uint64(k[len(from):])}
		if err := decMode.Unmarshal(v, &r); err != nil {
			return false, fmt.Errorf("outbox of %s: decode row: %w", id, err)
		}
		rows = append(rows, r)
		return true, nil
	})
	return rows, err
}

// Waiting returns up to limit people with rows that are not parked, starting
// after the given person.
func (s *Store) Waiting(ctx context.Context, after chat.PersonID, limit int) ([]chat.PersonID, error) {
	var people []chat.PersonID
	err := s.kv.View(ctx, func(r kv.Reader) error {
		people = people[:0]
		from := outboxPrefix
		if after != "" {
			from = kv.PrefixEnd(rowPrefix(after))
		}
		return r.Scan(from, kv.PrefixEnd(outboxPrefix), func(k, v []byte) (bool, error) {
			id := chat.PersonID(k[len(outboxPrefix) : len(k)-9])
			if slices.Contains(people, id) {
				return true, nil
			}
			var row Row
			if err := decMode.Unmarshal(v, &row); err != nil {
				return false, fmt.Errorf("outbox of %s: decode row: %w", id, err)
			}
			if row.Parked == "" {
				people = append(people, id)
			}
			return len(people) < limit, nil
		})
	})
	return people, err
}

// keptDeliveries is how many message ids are kept per person: enough for every
// message that still has buttons.
const keptDeliveries = 24

// Delivered is what is known of the messages that left for one person.
type Delivered struct {
	IDs []string `cbor:"1,keyasint"` // outbox ids, oldest first
	TSs []string `cbor:"2,keyasint"` // the platform's ids, in the same order
}

// TS is the platform's id of the message that left as id.
func (d Delivered) TS(id string) (string, bool) {
	if i := slices.Index(d.IDs, id); i >= 0 {
		return d.TSs[i], true
	}
	return "", false
}

// Last is the platform's id of the message that left last, "" for none.
func (d Delivered) Last() string {
	if len(d.TSs) == 0 {
		return ""
	}
	return d.TSs[len(d.TSs)-1]
}

func deliveredKey(id chat.PersonID) []byte { return append([]byte("d/"), id...) }

// Delivered returns what was delivered to a person lately.
func (t *Tx) Delivered(id chat.PersonID) (Delivered, error) {
	var d Delivered
	raw, ok, err := t.r.Get(deliveredKey(id))
	if err != nil || !ok {
		return d, err
	}
	if err := decMode.Unmarshal(raw, &d); err != nil {
		return d, fmt.Errorf("deliveries of %s: decode: %w", id, err)
	}
	return d, nil
}

// AddDelivered notes that the message that left as outboxID is ts.
func (t *Tx) AddDelivered(id chat.PersonID, outboxID, ts string) error {
	d, err := t.Delivered(id)
	if err != nil {
		return err
	}
	d.IDs, d.TSs = append(d.IDs, outboxID), append(d.TSs, ts)
	if n := len(d.IDs) - keptDeliveries; n > 0 {
		d.IDs, d.TSs = d.IDs[n:], d.TSs[n:]
	}
	raw, err := encMode.Marshal(d)
	if err != nil {
		return err
	}
	return t.tx.Put(deliveredKey(id), raw)
}
