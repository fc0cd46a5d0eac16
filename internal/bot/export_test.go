package bot

import "context"

// LookAtAccounts asks after everybody at once; failed is of how many people it is
// not known whether their account is on.
func (b *Bot) LookAtAccounts(ctx context.Context) (failed int, err error) { return b.leavers(ctx, 0) }
