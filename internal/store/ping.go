package store

import (
	"context"
	"fmt"

	"waymark/internal/kv"
)

// Writable commits something that changes nothing, to see whether it can be done.
func (s *Store) Writable(ctx context.Context) error {
	err := s.kv.Update(ctx, func(tx kv.Tx) error {
		v, _, err := tx.Get(layoutKey)
		if err != nil {
			return err
		}
		return tx.Put(layoutKey, v)
	})
	if err != nil {
		return fmt.Errorf("write to the store: %w", err)
	}
	return nil
}
