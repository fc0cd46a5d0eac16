package slackapp

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// Every message carries its outbox id under this name in Slack's metadata.
const (
	metadataType = "waymark_outbox"
	metadataID   = "id"
)

// How far Find looks back: pages of so many messages.
const (
	historyPage  = 200
	historyPages = 50
)

// Open returns the DM between the bot and p.
func (a *App) Open(ctx context.Context, p chat.PersonID) (string, error) {
	if c, ok := a.dms.get(p); ok {
		return c, nil
	}
	var channel string
	err := a.request(ctx, "conversations.open", "", func(ctx context.Context) error {
		c, _, _, err := a.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{userOf(p)}, ReturnIM: true})
		if err == nil {
			channel = c.ID
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("open the DM with %s: %w", p, err)
	}
	a.dms.put(p, channel)
	return channel, nil
}

// Post sends m as one message. It waits for the channel's turn, at most as long
// as ctx allows.
func (a *App) Post(ctx context.Context, channel, id string, m chat.Message) (string, error) {
	opts, err := a.message(m, slack.MsgOptionDisableMarkdown(), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	if err != nil {
		return "", fmt.Errorf("post to %s: %w", channel, err)
	}
	if id != "" {
		opts = append(opts, slack.MsgOptionMetadata(slack.SlackMetadata{
			EventType: metadataType, EventPayload: map[string]any{metadataID: id},
		}))
	}
	var ts string
	err = a.request(ctx, "chat.postMessage", channel, func(ctx context.Context) error {
		var err error
		_, ts, err = a.api.PostMessageContext(ctx, channel, opts...)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("post to %s: %w", channel, err)
	}
	return ts, nil
}

// Update replaces the message ts. Slack keeps its metadata.
func (a *App) Update(ctx context.Context, channel, ts string, m chat.Message) error {
	opts, err := a.message(m, slack.MsgOptionParse(false)) // without, updates are parsed like typed text
	if err != nil {
		return fmt.Errorf("update %s in %s: %w", ts, channel, err)
	}
	err = a.request(ctx, "chat.update", "", func(ctx context.Context) error {
		_, _, _, err := a.api.UpdateMessageContext(ctx, channel, ts, opts...)
		return err
	})
	if err != nil {
		return fmt.Errorf("update %s in %s: %w", ts, channel, err)
	}
	return nil
}

// Find reads the channel's history after a message, newest first, until all ids
// are found or the history ends.
func (a *App) Find(ctx context.Context, channel, after string, ids []string) (map[string]string, error) {
	wanted := make(map[string]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	found := map[string]string{}
	err := a.history(ctx, channel, after, func(m slack.Message) bool {
		id, _ := m.Metadata.EventPayload[metadataID].(string)
		if m.Metadata.EventType == metadataType && wanted[id] {
			found[id] = m.Timestamp
		}
		return len(found) == len(wanted)
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// history shows see the messages of a channel after one, newest first, until it
// has seen enough. A history longer than 10,000 messages is an error: "not
// found" would be a guess.
func (a *App) history(ctx context.Context, channel, after string, see func(slack.Message) (enough bool)) error {
	cursor := ""
	for range historyPages {
		page, err := a.historyPage(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: channel, Oldest: after, Cursor: cursor, Limit: historyPage, IncludeAllMetadata: true,
		})
		if err != nil {
			return err
		}
		for _, m := range page.Messages {
			if see(m) {
				return nil
			}
		}
		if cursor = page.ResponseMetaData.NextCursor; !page.HasMore || cursor == "" {
			return nil
		}
	}
	return fmt.Errorf("read the history of %s: %w", channel,
		&chat.SendError{Name: "history_too_long", Err: fmt.Errorf("more than %d messages after %s", historyPage*historyPages, after)})
}

func (a *App) historyPage(ctx context.Context, p *slack.GetConversationHistoryParameters) (page *slack.GetConversationHistoryResponse, err error) {
	err = a.request(ctx, "conversations.history", "", func(ctx context.Context) error {
		page, err = a.api.GetConversationHistoryContext(ctx, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the history of %s: %w", p.ChannelID, err)
	}
	return page, nil
}

// message is m as options of slack-go, with those that only some methods take.
func (a *App) message(m chat.Message, more ...slack.MsgOption) ([]slack.MsgOption, error) {
	r, err := render(m, a.labels())
	if err != nil {
		return nil, &chat.SendError{Name: "invalid_message", Permanent: true, Err: err}
	}
	if r.text == "" && len(r.blocks) == 0 {
		return nil, &chat.SendError{Name: "no_text", Permanent: true, Err: errors.New("message is empty")}
	}
	text := slack.MsgOptionText(r.text, false) // escaped by render
	return append([]slack.MsgOption{text, slack.MsgOptionBlocks(r.blocks...)}, more...), nil
}

// request makes one call of the Web API in its turn and puts its error in the
// terms of chat.SendError. It never repeats a call.
func (a *App) request(ctx context.Context, method, channel string, call func(context.Context) error) error {
	if err := a.pace.wait(ctx, method, channel); err != nil {
		return &chat.SendError{Name: "not_sent", Err: err}
	}
	var t attempt
	err := call(t.watch(ctx))
	if err == nil {
		return nil
	}
	e := t.sendError(err)
	if e.RetryAfter > 0 {
		a.pace.hold(method, e.RetryAfter)
	}
	a.suspect(ctx, e)
	return e
}

// suspect looks whether the bot's own token is dead after an error that may say
// so. account_inactive can also mean the person; then it stays permanent for
// the message. With a dead token nothing is permanent: a new token mends it.
func (a *App) suspect(ctx context.Context, e *chat.SendError) {
	switch e.Name {
	case "invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed":
	default:
		return
	}
	a.verdict.Lock()
	defer a.verdict.Unlock()
	if a.fault.Load() == nil {
		_, err := a.api.AuthTestContext(ctx)
		fatal := botToken.fatalError(err)
		if fatal == nil {
			return
		}
		a.fail(fatal)
	}
	e.Permanent = false
}
