package slackapp

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// Clear deletes every message and file of the bot in a channel, newest first, at
// the channel's pace. What Slack will never delete stays without an error. After
// any other error a repeat goes on where this one stopped: what is gone is gone.
func (a *App) Clear(ctx context.Context, channel string) error {
	self, err := a.identify(ctx)
	if err != nil {
		return fmt.Errorf("clear %s: %w", channel, err)
	}
	before := ""
	for {
		page, err := a.historyPage(ctx, &slack.GetConversationHistoryParameters{ChannelID: channel, Latest: before, Limit: historyPage})
		if err != nil {
			return fmt.Errorf("clear %s: %w", channel, err)
		}
		for _, m := range page.Messages {
			before = m.Timestamp
			if m.User != self.user && (m.BotID == "" || m.BotID != self.bot) {
				continue
			}
			if err := a.remove(ctx, self, channel, m); err != nil {
				return fmt.Errorf("clear %s: %w", channel, err)
			}
		}
		if !page.HasMore || len(page.Messages) == 0 {
			return nil
		}
	}
}

// remove deletes one message and the bot's files in it.
func (a *App) remove(ctx context.Context, self *identity, channel string, m slack.Message) error {
	for _, f := range m.Files {
		if f.User != self.user {
			continue
		}
		if err := a.delete(ctx, "files.delete", "", func(ctx context.Context) error { return a.api.DeleteFileContext(ctx, f.ID) }); err != nil {
			return err
		}
	}
	return a.delete(ctx, "chat.delete", channel, func(ctx context.Context) error {
		_, _, err := a.api.DeleteMessageContext(ctx, channel, m.Timestamp)
		return err
	})
}

// delete makes one call that deletes something, again after Slack asked to wait,
// until it is done, will never be, or ctx ends.
func (a *App) delete(ctx context.Context, method, channel string, call func(context.Context) error) error {
	for {
		err := a.request(ctx, method, channel, call)
		var e *chat.SendError
		switch {
		case err == nil:
			return nil
		case !errors.As(err, &e):
			return err
		case e.RetryAfter > 0 && ctx.Err() == nil: // the next request waits for it
		case undeletable[e.Name]:
			return nil
		default:
			return err
		}
	}
}

// undeletable are the answers after which asking again changes nothing: it is
// gone already, or it stays.
var undeletable = map[string]bool{
	"cant_delete_file":                    true,
	"cant_delete_message":                 true,
	"compliance_exports_prevent_deletion": true,
	"delete_not_allowed":                  true,
	"file_deleted":                        true,
	"file_deleting_disabled":              true,
	"file_not_found":                      true,
	"message_not_found":                   true,
	"missing_scope":                       true,
}
