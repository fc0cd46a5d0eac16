package slackapp

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// Publish replaces what p sees on the coach's tab. It sends no hash: the coach
// is the only one who writes there, and what it wrote last is to be seen.
func (a *App) Publish(ctx context.Context, p chat.PersonID, content chat.Page) error {
	view, err := page(content, a.labels())
	if err != nil {
		return fmt.Errorf("publish the tab of %s: %w", p, &chat.SendError{Name: "invalid_message", Permanent: true, Err: err})
	}
	err = a.request(ctx, "views.publish", "", func(ctx context.Context) error {
		_, err := a.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: userOf(p), View: view})
		return err
	})
	if err != nil {
		return fmt.Errorf("publish the tab of %s: %w", p, err)
	}
	return nil
}
