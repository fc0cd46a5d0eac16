package store

import (
	"context"
	"encoding/binary"
	"fmt"

	"waymark/internal/kv"
)

// Writable commits something that changes nothing, to see whether it can be done.
func (s *Store) Writable(ctx context.Context) error {
	err := s.kv.Update(ctx, func(tx kv.Tx) error {
		return tx.Put(layoutKey, binary.BigEndian.AppendUint64(nil, Layout))
	})
	if err != nil {
		return fmt.Errorf("write to the store: %w", err)
	}
	return nil
}
