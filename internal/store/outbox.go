package store

import (
	"bytes"
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
	// File is a file that is made when it leaves: the row holds only which.
	File
	// Clear takes back all messages and files of the coach in the channel.
	Clear
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
	// File names what a File holds; see Batch for those that belong together.
	File string `cbor:"12,keyasint,omitempty"`
	// FileID is the platform's id of the file once it is uploaded.
	FileID string `cbor:"13,keyasint,omitempty"`
	// Batch is the same for files that were asked for together.
	Batch string `cbor:"14,keyasint,omitempty"`
	// Keys name what a reminder is about; whether it is still worth sending is
	// decided again when it leaves.
	Keys []string `cbor:"15,keyasint,omitempty"`
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
	kind := byte(sealedValue)
	if r.Parked != "" {
		kind = sealedParked
	}
	if raw, err = t.seal(r.Person, r.key(), kind, raw); err != nil {
		return fmt.Errorf("outbox of %s: seal row: %w", r.Person, err)
	}
	return t.tx.Put(r.key(), raw)
}

// RemoveRow takes a row out. With the last one of somebody who has no record any
// more goes their key.
func (t *Tx) RemoveRow(r Row) error {
	if err := t.tx.Delete(r.key()); err != nil || t.s.opts.Keys == nil {
		return err
	}
	if _, ok, err := t.r.Get(personKeyOf(r.Person)); err != nil || ok {
		return err
	}
	for _, from := range [][]byte{rowPrefix(r.Person), deliveredKey(r.Person)} {
		left := false
		to := kv.PrefixEnd(from)
		if from[0] == 'd' {
			to = append(bytes.Clone(from), 0) // that key alone
		}
		err := t.r.Scan(from, to, func(_, _ []byte) (bool, error) { left = true; return false, nil })
		if err != nil || left {
			return err
		}
	}
	return t.dropKey(r.Person)
}

// Outbox returns a person's rows in the order in which they leave.
func (t *Tx) Outbox(id chat.PersonID) ([]Row, error) {
	var rows []Row
	err := t.scanRows(id, 0, func(r Row) bool {
		rows = append(rows, r)
		return true
	})
	return rows, err
}

// NextRow is the row that leaves next: the first that is not parked, of those
// from a Seq on.
func (t *Tx) NextRow(id chat.PersonID, from uint64) (row Row, ok bool, err error) {
	err = t.scanRows(id, from, func(r Row) bool {
		if ok = r.Parked == ""; ok {
			row = r
		}
		return !ok
	})
	return row, ok, err
}

// HasRow reports whether a row is still there: another one with the same Seq,
// put after its person was deleted and came back, is not it.
func (t *Tx) HasRow(r Row) (bool, error) {
	raw, ok, err := t.r.Get(r.key())
	if err != nil || !ok {
		return false, err
	}
	if raw, ok, err = t.open(r.Person, r.key(), raw); err != nil || !ok {
		return false, errIn(err, "outbox of %s: row %d", r.Person, r.Seq)
	}
	var have struct { // all that matters here
		ID string `cbor:"1,keyasint"`
	}
	if err := decMode.Unmarshal(raw, &have); err != nil {
		return false, fmt.Errorf("outbox of %s: decode row %d: %w: %w", r.Person, r.Seq, kv.ErrDamaged, err)
	}
	return have.ID == r.ID, nil
}

func (t *Tx) scanRows(id chat.PersonID, from uint64, fn func(Row) (more bool)) error {
	prefix := rowPrefix(id)
	return t.r.Scan(Row{Person: id, Seq: from}.key(), kv.PrefixEnd(prefix), func(k, v []byte) (bool, error) {
		r := Row{Person: id, Seq: binary.BigEndian.Uint64(k[len(prefix):])}
		v, ok, err := t.open(id, k, v)
		if err != nil || !ok { // without a key none of them is there
			return false, errIn(err, "outbox of %s: row %d", id, r.Seq)
		}
		if err := decMode.Unmarshal(v, &r); err != nil {
			return false, fmt.Errorf("outbox of %s: decode row %d: %w: %w", id, r.Seq, kv.ErrDamaged, err)
		}
		return fn(r), nil
	})
}

// removeRows takes out all rows of a person, readable or not.
func (t *Tx) removeRows(id chat.PersonID) error {
	from := rowPrefix(id)
	return t.r.Scan(from, kv.PrefixEnd(from), func(k, _ []byte) (bool, error) {
		return true, t.tx.Delete(k)
	})
}

// Waiting returns up to limit people with rows that are not parked, in the
// order of their ids, starting after the given person. People with a row that
// cannot be read are among them: whoever delivers to them finds out.
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
			if n := len(people); n > 0 && people[n-1] == id {
				return true, nil // their rows stand side by side
			}
			if len(people) == limit {
				return false, nil
			}
			if !s.parked(v) {
				people = append(people, id)
			}
			return true, nil
		})
	})
	return people, err
}

// parked tells of a row's value whether it will not leave; one that cannot be
// read might.
func (s *Store) parked(v []byte) bool {
	if s.opts.Keys != nil {
		return len(v) > 0 && v[0] == sealedParked
	}
	return parkedRow(v)
}

// parkedRow is parked for a row that is not sealed.
func parkedRow(v []byte) bool {
	var row struct { // all that matters here
		Parked string `cbor:"11,keyasint"`
	}
	return decMode.Unmarshal(v, &row) == nil && row.Parked != ""
}

// errIn says about what an error is; nil stays nil.
func errIn(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}

// keptDeliveries bounds Delivered; nobody has that many messages to tap.
const keptDeliveries = 24

// Delivered is what is known of the messages that left for one person.
type Delivered struct {
	IDs []string `cbor:"1,keyasint,omitempty"` // outbox ids of those that can still be replaced, oldest first
	TSs []string `cbor:"2,keyasint,omitempty"` // the platform's ids, in the same order
	// Last is the platform's id of the message that left last, "" for none.
	Last string `cbor:"3,keyasint,omitempty"`
}

// TS is the platform's id of the message that left as id.
func (d Delivered) TS(id string) (string, bool) {
	if i := slices.Index(d.IDs, id); i >= 0 {
		return d.TSs[i], true
	}
	return "", false
}

// Add notes that the message that left as id is ts, the latest of the DM. With
// keep it can be found by its id until it is dropped.
func (d *Delivered) Add(id, ts string, keep bool) {
	d.Last = ts
	if !keep {
		return
	}
	d.IDs, d.TSs = append(d.IDs, id), append(d.TSs, ts)
	if n := len(d.IDs) - keptDeliveries; n > 0 {
		d.IDs, d.TSs = d.IDs[n:], d.TSs[n:]
	}
}

// Drop forgets the message that left as id.
func (d *Delivered) Drop(id string) {
	if i := slices.Index(d.IDs, id); i >= 0 {
		d.IDs, d.TSs = slices.Delete(d.IDs, i, i+1), slices.Delete(d.TSs, i, i+1)
	}
}

var deliveredPrefix = []byte("d/")

func deliveredKey(id chat.PersonID) []byte { return append([]byte("d/"), id...) }

// Delivered returns what was delivered to a person lately.
func (t *Tx) Delivered(id chat.PersonID) (Delivered, error) {
	var d Delivered
	raw, ok, err := t.r.Get(deliveredKey(id))
	if err != nil || !ok {
		return d, err
	}
	if raw, ok, err = t.open(id, deliveredKey(id), raw); err != nil || !ok {
		return d, errIn(err, "deliveries of %s", id)
	}
	if err := decMode.Unmarshal(raw, &d); err != nil {
		return d, fmt.Errorf("deliveries of %s: decode: %w: %w", id, kv.ErrDamaged, err)
	}
	return d, nil
}

// PutDelivered replaces what was delivered to a person lately.
func (t *Tx) PutDelivered(id chat.PersonID, d Delivered) error {
	raw, err := encMode.Marshal(d)
	if err != nil {
		return fmt.Errorf("deliveries of %s: encode: %w", id, err)
	}
	if raw, err = t.seal(id, deliveredKey(id), sealedValue, raw); err != nil {
		return fmt.Errorf("deliveries of %s: seal: %w", id, err)
	}
	return t.tx.Put(deliveredKey(id), raw)
}
