// Package store keeps what must not get lost: each person's record, the outbox
// of messages that have not left yet, what was delivered, and the index of the
// moments at which somebody wants to be woken. It turns them into keys and
// versioned values of a kv.Store and back.
//
// What a person wrote, or is told, is sealed with a key of that person's own,
// which lies elsewhere: package seal. Deleting a person erases their key, so
// that whatever is left of them, in pages that are free now or in backups, is
// nothing but noise. A value opens only where it was put: the name of its entry
// is sealed in.
//
// It does not know what a record holds, what a message says or when anybody is
// due; it never sends anything.
//
// Keys, in the order in which they sort; <person> is a chat.PersonID, * marks
// what is sealed:
//
//	d/<person>           *what was delivered lately: outbox id → platform's message id
//	f                     the fields that whoever wrote this knew, see Options.Fields
//	g/<person>            a tombstone: until when as 8 bytes, big-endian, then what was left
//	h/<person>            the mark of a tab that is out of date, see MarkHome
//	i                     which ring has the keys
//	k/<person>            which key is theirs: a seal.Ref
//	n/<person>            a note that somebody without a record wants to hear nothing unasked
//	o/<person>\x00<seq>  *one outbox row, seq as 8 bytes, big-endian
//	p/<person>           *the record: version, then CBOR
//	v                     the version of this layout
//	w/<unix>/<person>     a wake entry, seconds as 8 bytes, big-endian; the value is empty
//	x/<ref>               a key to be erased: whoever had it was deleted
package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/fxamacker/cbor/v2"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/seal"
)

// Layout is the version of the keys and values this package writes. In the one
// before, nothing was sealed; a store without Keys is still written like that.
const Layout = 2

const unsealedLayout = 1

// ErrNewer reports data written by a newer version of Waymark.
var ErrNewer = errors.New("the data was written by a newer version of waymark; start that version, or restore a backup made by this one")

// Migration lifts a record, decoded as CBOR with integer keys, from one version
// to the next. It changes the map it gets.
type Migration func(record map[uint64]any) error

// Options say what the records are.
type Options struct {
	// Migrations lift records of version i to version i+1; their number is the
	// version that is written.
	Migrations []Migration
	// Fields name everything that records and rows of this version hold. Data in
	// which there may be more is refused, since it would be dropped. nil = neither
	// looked at nor noted, which is for tests.
	Fields []string
	// Keys seal what people wrote. Without them everything is kept as it is,
	// which is for tests: data once sealed is never opened without.
	Keys Keys
	// Log gets what an operator should know, with ids only; nil discards it.
	Log *slog.Logger
}

// Store is the persons, the outbox and the wake index of one kv.Store.
type Store struct {
	kv   kv.Store
	opts Options
}

var (
	layoutKey    = []byte("v")
	personPrefix = []byte("p/")
	outboxPrefix = []byte("o/")
	wakePrefix   = []byte("w/")
)

var (
	encMode = must(cbor.EncOptions{Time: cbor.TimeUnixMicro}.EncMode())
	// What a person wrote comes back byte for byte: a broken letter in it must
	// not make the whole record unreadable.
	decMode = must(cbor.DecOptions{MaxArrayElements: 1 << 24, MaxMapPairs: 1 << 24, UTF8: cbor.UTF8DecodeInvalid}.DecMode())
)

// must is for options that are wrong always or never.
func must[T any](mode T, err error) T {
	if err != nil {
		panic(err)
	}
	return mode
}

// Open takes over a kv.Store: it writes the layout's version into an empty one
// and refuses one that a newer version wrote (ErrNewer), one that does not go with the keys
// (ErrSealed, ErrUnsealed, ErrOtherKeys), and one with people who were deleted
// and whose keys cannot be erased.
func Open(ctx context.Context, db kv.Store, opts Options) (*Store, error) {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	s := &Store{kv: db, opts: opts}
	state, err := StateOf(ctx, db)
	if err != nil {
		return nil, err
	}
	if opts.Fields != nil {
		if err := state.Newer(opts.Fields); err != nil {
			return nil, err
		}
	}
	switch {
	case state.Layout == 0:
		err = s.writeLayout(ctx)
	case opts.Keys == nil && state.Sealed():
		err = fmt.Errorf("open store: %w", ErrSealed)
	case opts.Keys != nil && !state.Sealed():
		err = fmt.Errorf("open store: %w", ErrUnsealed)
	case opts.Keys != nil && state.Ring != opts.Keys.ID():
		err = fmt.Errorf("open store: %w", ErrOtherKeys)
	default:
		err = s.finishErasing(ctx)
	}
	if err == nil {
		err = s.noteFields(ctx, state)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// State says what a kv.Store holds before anybody opens it as a Store.
type State struct {
	Layout uint64      // 0 = nothing yet
	Ring   seal.RingID // which ring has the keys, if it is sealed
	Fields []string    // those that whoever wrote it knew, nil = not noted
}

// Sealed tells whether keys are needed to open it.
func (s State) Sealed() bool { return s.Layout > unsealedLayout }

// StateOf looks at a kv.Store. The error is an ErrNewer when a newer version of
// Waymark wrote it.
func StateOf(ctx context.Context, db kv.Store) (State, error) {
	var state State
	err := db.View(ctx, func(r kv.Reader) error {
		v, ok, err := r.Get(layoutKey)
		if err != nil || !ok {
			return err
		}
		state.Layout = max(unsealedLayout, binary.BigEndian.Uint64(append(make([]byte, 8), v...)[len(v):]))
		if state.Layout > Layout {
			return fmt.Errorf("open store of layout %d: %w", state.Layout, ErrNewer)
		}
		if state.Fields, err = readFields(r); err != nil {
			return err
		}
		ring, _, err := r.Get(ringKey)
		if err == nil && state.Sealed() && copy(state.Ring[:], ring) != len(state.Ring) {
			err = fmt.Errorf("open store: it does not say which keys are its: %w", kv.ErrDamaged)
		}
		return err
	})
	return state, err
}

// writeLayout makes an empty store one of ours.
func (s *Store) writeLayout(ctx context.Context) error {
	return s.kv.Update(ctx, func(tx kv.Tx) error {
		if s.opts.Keys == nil {
			return tx.Put(layoutKey, binary.BigEndian.AppendUint64(nil, unsealedLayout))
		}
		ring := s.opts.Keys.ID()
		if err := tx.Put(ringKey, ring[:]); err != nil {
			return err
		}
		return tx.Put(layoutKey, binary.BigEndian.AppendUint64(nil, Layout))
	})
}

// Tx reads and changes several things at once. It is only valid inside the
// function it is passed to.
type Tx struct {
	s    *Store
	r    kv.Reader
	tx   kv.Tx // nil in a view
	last personKey
	// made are the keys that all runs of this transaction have made, used is how
	// many of them this run has.
	made  *[]seal.Ref
	used  int
	erase []seal.Ref // keys that are given up with this transaction
}

// Update runs fn in a transaction that is durable when Update returns nil. fn
// may run more than once and must send nothing.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	var made, erase []seal.Ref
	err := s.kv.Update(ctx, func(tx kv.Tx) error {
		t := &Tx{s: s, r: tx, tx: tx, made: &made}
		err := fn(t)
		erase = t.erase
		return err
	})
	if err != nil || len(erase) == 0 {
		return err
	}
	if err := s.opts.Keys.Erase(erase...); err != nil {
		// The person is deleted; that their key is not yet must not make it seem
		// otherwise. Sweep tries again, and so does the next start.
		s.opts.Log.Error("key of a deleted person not erased yet", "err", err)
	}
	return nil
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	return s.kv.View(ctx, func(r kv.Reader) error { return fn(&Tx{s: s, r: r}) })
}

// Close closes the kv.Store underneath.
func (s *Store) Close() error { return s.kv.Close() }

func personKeyOf(id chat.PersonID) []byte { return append([]byte("p/"), id...) }

// Person decodes a person's record into doc; ok is false when there is none.
// Records of older versions are migrated on the way.
func (t *Tx) Person(id chat.PersonID, doc any) (ok bool, err error) {
	key := personKeyOf(id)
	raw, ok, err := t.r.Get(key)
	if err != nil || !ok {
		return false, err
	}
	raw, ok, err = t.open(id, key, raw)
	if err == nil && ok {
		err = t.s.decode(raw, doc)
	}
	if err != nil {
		return false, fmt.Errorf("person %s: %w", id, err)
	}
	return ok, nil
}

// Known tells whether a person has a record, without reading it.
func (t *Tx) Known(id chat.PersonID) (bool, error) {
	_, ok, err := t.r.Get(personKeyOf(id))
	if err != nil || !ok || t.s.opts.Keys == nil {
		return ok, err
	}
	_, ok, err = t.keyOf(id)
	if err != nil {
		return false, fmt.Errorf("person %s: %w", id, err)
	}
	return ok, nil
}

// Save writes a person's record. Moments in it keep their microsecond, not their
// zone.
func (t *Tx) Save(id chat.PersonID, doc any) error {
	body, err := encMode.Marshal(doc)
	if err != nil {
		return fmt.Errorf("person %s: encode record: %w", id, err)
	}
	raw := binary.AppendUvarint(make([]byte, 0, len(body)+2), uint64(len(t.s.opts.Migrations)))
	key := personKeyOf(id)
	raw, err = t.seal(id, key, sealedValue, append(raw, body...))
	if err != nil {
		return fmt.Errorf("person %s: seal record: %w", id, err)
	}
	return t.tx.Put(key, raw)
}

// Remove deletes a person's record, outbox and deliveries, also what of them
// cannot be read any more, and their key for good. What is put for them after
// that, also in the same transaction, gets a new one. The wake entry is the
// caller's, who knows when it was for.
func (t *Tx) Remove(id chat.PersonID) error {
	if err := t.drop(id); err != nil {
		return err
	}
	return t.dropKey(id)
}

// drop deletes everything that is sealed with a person's key.
func (t *Tx) drop(id chat.PersonID) error {
	if err := t.removeRows(id); err != nil {
		return err
	}
	if err := t.tx.Delete(deliveredKey(id)); err != nil {
		return err
	}
	return t.tx.Delete(personKeyOf(id))
}

func (s *Store) decode(raw []byte, doc any) error {
	version, n := binary.Uvarint(raw)
	if n <= 0 {
		return fmt.Errorf("record has no version: %w", kv.ErrDamaged)
	}
	body := raw[n:]
	switch have := uint64(len(s.opts.Migrations)); {
	case version > have:
		return fmt.Errorf("record of version %d: %w", version, ErrNewer)
	case version < have:
		lifted, err := s.migrate(body, version)
		if err != nil {
			return fmt.Errorf("migrate record from version %d: %w", version, err)
		}
		body = lifted
	}
	if err := decMode.Unmarshal(body, doc); err != nil {
		return fmt.Errorf("decode record: %w: %w", kv.ErrDamaged, err)
	}
	return nil
}

func (s *Store) migrate(body []byte, version uint64) ([]byte, error) {
	record := map[uint64]any{}
	if err := decMode.Unmarshal(body, &record); err != nil {
		return nil, fmt.Errorf("%w: %w", kv.ErrDamaged, err)
	}
	for _, m := range s.opts.Migrations[version:] {
		if err := m(record); err != nil {
			return nil, err
		}
	}
	return encMode.Marshal(record)
}

// People calls fn with each person's id until it returns false.
func (t *Tx) People(fn func(chat.PersonID) bool) error {
	return t.r.Scan(personPrefix, kv.PrefixEnd(personPrefix), func(k, _ []byte) (bool, error) {
		return fn(chat.PersonID(k[len(personPrefix):])), nil
	})
}

// PeopleAfter returns the ids of up to limit people with a record, in the order of
// their ids, from behind after on; "" begins with the first.
func (t *Tx) PeopleAfter(after chat.PersonID, limit int) ([]chat.PersonID, error) {
	from := personPrefix
	if after != "" {
		from = append(personKeyOf(after), 0)
	}
	var ids []chat.PersonID
	err := t.r.Scan(from, kv.PrefixEnd(personPrefix), func(k, _ []byte) (bool, error) {
		ids = append(ids, chat.PersonID(k[len(personPrefix):]))
		return len(ids) < limit, nil
	})
	return ids, err
}

// wakeKey sorts by time, then person.
func wakeKey(at time.Time, id chat.PersonID) []byte {
	k := binary.BigEndian.AppendUint64([]byte("w/"), uint64(max(0, at.Unix())))
	return append(append(k, '/'), id...)
}

// SetWake moves a person's one wake entry from old to at; a zero time stands
// for no entry.
func (t *Tx) SetWake(id chat.PersonID, old, at time.Time) error {
	if old.Equal(at) {
		return nil
	}
	if !old.IsZero() {
		if err := t.tx.Delete(wakeKey(old, id)); err != nil {
			return err
		}
	}
	if at.IsZero() {
		return nil
	}
	return t.tx.Put(wakeKey(at, id), []byte{})
}

// DueWakes returns up to limit people whose wake entry is at or before now, the
// longest due first.
func (s *Store) DueWakes(ctx context.Context, now time.Time, limit int) ([]chat.PersonID, error) {
	var due []chat.PersonID
	err := s.kv.View(ctx, func(r kv.Reader) error {
		due = due[:0]
		end := binary.BigEndian.AppendUint64([]byte("w/"), uint64(max(0, now.Unix())+1))
		return r.Scan(wakePrefix, end, func(k, _ []byte) (bool, error) {
			if len(due) >= limit {
				return false, nil
			}
			due = append(due, chat.PersonID(k[len(wakePrefix)+9:]))
			return true, nil
		})
	})
	return due, err
}

// NextWake is the earliest wake entry; ok is false when nobody waits.
func (s *Store) NextWake(ctx context.Context) (at time.Time, ok bool, err error) {
	err = s.kv.View(ctx, func(r kv.Reader) error {
		ok = false
		return r.Scan(wakePrefix, kv.PrefixEnd(wakePrefix), func(k, _ []byte) (bool, error) {
			at, ok = time.Unix(int64(binary.BigEndian.Uint64(k[len(wakePrefix):])), 0).UTC(), true
			return false, nil
		})
	})
	return at, ok, err
}
