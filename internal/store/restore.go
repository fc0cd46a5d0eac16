package store

import (
	"bytes"
	"context"
	"fmt"

	"waymark/internal/chat"
	"waymark/internal/kv"
)

// Restored is what Restore found.
type Restored struct {
	People  int // whose data is there and opens
	Deleted int // who have deleted everything since; nothing of them is left
	Rows    int // messages that had not left
	Damaged []chat.PersonID
}

// Restore makes a store that was put back from a backup fit for use: it opens
// every value, takes out whoever was deleted since, and marks the messages that
// had not left then as attempted, so that those which have left since are found
// and not sent again. Damaged values are counted and left as they are.
func (s *Store) Restore(ctx context.Context) (Restored, error) {
	var found Restored
	deleted := map[chat.PersonID]bool{}
	for after := []byte(nil); ; {
		people, err := s.owners(ctx, after)
		if err != nil {
			return found, fmt.Errorf("restore: %w", err)
		}
		if len(people) == 0 {
			break
		}
		after = keyKey(people[len(people)-1])
		for _, id := range people {
			if err := s.restorePerson(ctx, id, &found, deleted); err != nil {
				return found, fmt.Errorf("restore: person %s: %w", id, err)
			}
		}
	}
	if err := s.dropWakes(ctx, deleted); err != nil {
		return found, fmt.Errorf("restore: %w", err)
	}
	return found, nil
}

// owners are some people with a key, after the given entry.
func (s *Store) owners(ctx context.Context, after []byte) (people []chat.PersonID, err error) {
	from := keyPrefix
	if after != nil {
		from = append(bytes.Clone(after), 0)
	}
	err = s.kv.View(ctx, func(r kv.Reader) error {
		people = people[:0]
		return r.Scan(from, kv.PrefixEnd(keyPrefix), func(k, _ []byte) (bool, error) {
			people = append(people, chat.PersonID(k[len(keyPrefix):]))
			return len(people) < sweepAtOnce, nil
		})
	})
	return people, err
}

// restorePerson looks at everything of one person.
func (s *Store) restorePerson(ctx context.Context, id chat.PersonID, found *Restored, deleted map[chat.PersonID]bool) error {
	var gone, damaged bool
	var rows []Row
	err := s.View(ctx, func(tx *Tx) error {
		_, ok, err := tx.keyOf(id)
		if gone = err == nil && !ok; gone {
			return nil
		}
		var rowsErr, deliveredErr error
		rows, rowsErr = tx.Outbox(id)
		_, deliveredErr = tx.Delivered(id)
		_, recordErr := tx.Person(id, new(struct{}))
		damaged = err != nil || rowsErr != nil || deliveredErr != nil || recordErr != nil
		return nil
	})
	if err != nil {
		return err
	}
	switch {
	case gone:
		found.Deleted++
		deleted[id] = true
		return s.Update(ctx, func(tx *Tx) error {
			if err := tx.Remove(id); err != nil {
				return err
			}
			return tx.Hush(id) // the note that their deletion left may be younger than the backup
		})
	case damaged:
		found.Damaged = append(found.Damaged, id)
		return nil
	}
	found.People++
	found.Rows += len(rows)
	if len(rows) == 0 {
		return nil
	}
	return s.Update(ctx, func(tx *Tx) error {
		for _, r := range rows {
			r.Attempting = true
			if err := tx.PutRow(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// dropWakes removes the wake entries of people.
func (s *Store) dropWakes(ctx context.Context, of map[chat.PersonID]bool) error {
	if len(of) == 0 {
		return nil
	}
	var drop [][]byte
	err := s.kv.View(ctx, func(r kv.Reader) error {
		drop = drop[:0]
		return r.Scan(wakePrefix, kv.PrefixEnd(wakePrefix), func(k, _ []byte) (bool, error) {
			if of[chat.PersonID(k[len(wakePrefix)+9:])] {
				drop = append(drop, k)
			}
			return true, nil
		})
	})
	if err != nil {
		return err
	}
	for len(drop) > 0 {
		some := drop[:min(len(drop), sweepAtOnce)]
		drop = drop[len(some):]
		err := s.kv.Update(ctx, func(tx kv.Tx) error {
			for _, k := range some {
				if err := tx.Delete(k); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
