package coach

import (
	"context"
	"time"

	"waymark/internal/chat"
)

// deliver sends what one person has waiting and returns how long to wait before
// the next try.
func (c *Coach) deliver(ctx context.Context, s chat.Sender, id chat.PersonID) time.Duration {
	return c.serve(ctx, s, id).length
}
