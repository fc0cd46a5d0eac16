package workspace

import (
	"strings"
	"unicode/utf8"

	"waymark/internal/workspace/blockkit"
)

const (
	maxUpdateText  = 4_000
	maxBlocksText  = 13_200 // all blocks together, undocumented
	maxMetadata    = 8_000
	maxAttachments = 100
)

func (w *Workspace) chatPostMessage(a args) (map[string]any, error) {
	ch, err := w.postable(a)
	if err != nil {
		return nil, err
	}
	c, err := w.readContent(a, maxText)
	if err != nil {
		return nil, err
	}
	if c.threadTS != "" {
		// An answer to a message that is gone is posted outside any thread.
		if root := ch.byTS[c.threadTS]; root == nil || root.For != "" {
			c.threadTS = ""
		} else if root.ThreadTS != "" {
			c.threadTS = root.ThreadTS
		}
	}
	m := w.postAsBot(ch, c)
	return map[string]any{"channel": ch.id, "ts": m.TS, "message": w.messageJSON(m, true)}, nil
}

func (w *Workspace) chatPostEphemeral(a args) (map[string]any, error) {
	if err := a.need("user"); err != nil {
		return nil, err
	}
	ch, err := w.postable(a)
	if err != nil {
		return nil, err
	}
	reader := w.people.byID[a.text("user")]
	if reader == nil || !ch.member(reader) {
		return nil, slackErr("user_not_in_channel")
	}
	c, err := w.readContent(a, maxText)
	if err != nil {
		return nil, err
	}
	m := w.postEphemeral(ch, reader.ID, c)
	return map[string]any{"message_ts": m.TS}, nil
}

func (w *Workspace) chatUpdate(a args) (map[string]any, error) {
	if err := a.need("channel", "ts"); err != nil {
		return nil, err
	}
	ch, m, err := w.named(a)
	if err != nil {
		return nil, err
	}
	if !m.fromBot() {
		return nil, slackErr("cant_update_message")
	}
	c, err := w.readContent(a, maxUpdateText)
	if err != nil {
		return nil, err
	}
	w.change(ch, m, BotID, func(m *message) { w.apply(m, a, c) })
	return map[string]any{"channel": ch.id, "ts": m.TS, "text": m.Text, "message": w.messageJSON(m, true)}, nil
}

// apply updates m by what the call says; what it leaves out stays.
func (w *Workspace) apply(m *message, a args, c content) {
	if a.has("text") {
		m.Text = c.text
	}
	if a.has("blocks") {
		m.Blocks = w.withIDs(c.blocks)
		m.state = nil
	}
	if a.has("attachments") {
		m.Attachments = c.attachments
	}
	if c.metadata != nil {
		m.Metadata = c.metadata
	}
}

func (w *Workspace) chatDelete(a args) (map[string]any, error) {
	if err := a.need("channel", "ts"); err != nil {
		return nil, err
	}
	ch, m, err := w.named(a)
	if err != nil {
		return nil, err
	}
	if !m.fromBot() {
		return nil, slackErr("cant_delete_message")
	}
	w.erase(ch, m)
	return map[string]any{"channel": ch.id, "ts": m.TS}, nil
}

// postable is the channel that a call wants to post to.
func (w *Workspace) postable(a args) (*channel, error) {
	if err := a.need("channel"); err != nil {
		return nil, err
	}
	ch := w.channelOf(a.text("channel"))
	if ch == nil {
		return nil, slackErr("channel_not_found")
	}
	if p := w.people.byID[ch.person]; p != nil && p.Deleted {
		return nil, slackErr("is_archived")
	}
	if ch.apart {
		return nil, slackErr("not_in_channel")
	}
	return ch, nil
}

// chatGetPermalink gives a message's address, for channels that the bot is in.
func (w *Workspace) chatGetPermalink(a args) (map[string]any, error) {
	if err := a.need("channel", "message_ts"); err != nil {
		return nil, err
	}
	ch := w.people.channels[a.text("channel")]
	if ch == nil || ch.apart {
		return nil, slackErr("channel_not_found")
	}
	m := ch.byTS[a.text("message_ts")]
	if m == nil || m.For != "" {
		return nil, slackErr("message_not_found")
	}
	return map[string]any{"channel": ch.id, "permalink": permalink(ch.id, m.TS)}, nil
}

// permalink is a message's address as Slack forms it.
func permalink(channel, ts string) string {
	return teamURL + "archives/" + channel + "/p" + strings.ReplaceAll(ts, ".", "")
}

// teamURL is where the workspace would be if it were Slack's.
const teamURL = "https://" + TeamDomain + ".slack.com/"

// named is the message that a call names by channel and ts.
func (w *Workspace) named(a args) (*channel, *message, error) {
	ch := w.people.channels[a.text("channel")] // chat.update takes no person's id
	if ch == nil {
		return nil, nil, slackErr("channel_not_found")
	}
	m := ch.byTS[a.text("ts")]
	if m == nil || m.For != "" {
		return nil, nil, slackErr("message_not_found")
	}
	return ch, m, nil
}

// readContent reads and checks what a call wants to say.
func (w *Workspace) readContent(a args, maxChars int) (content, error) {
	c := content{text: a.text("text"), threadTS: a.text("thread_ts"), broadcast: a.flag("reply_broadcast")}
	var err error
	if c.blocks, err = readBlocks(a); err != nil {
		return c, err
	}
	if c.attachments, err = readAttachments(a); err != nil {
		return c, err
	}
	if c.metadata, err = readMetadata(a); err != nil {
		return c, err
	}
	switch {
	case c.text == "" && len(c.blocks) == 0 && len(c.attachments) == 0:
		return c, slackErr("no_text")
	case utf8.RuneCountInString(c.text) > maxChars:
		return c, slackErr("msg_too_long")
	}
	if _, ok := parseTS(c.threadTS); c.threadTS != "" && !ok {
		return c, slackErr("invalid_thread_ts")
	}
	return c, nil
}

func readBlocks(a args) ([]blockkit.Block, error) {
	v, present, err := a.value("blocks")
	if err != nil {
		return nil, slackErr("invalid_blocks_format")
	}
	if !present {
		return nil, nil
	}
	return checkBlocks(v)
}

// checkBlocks refuses blocks that Slack would refuse in a message.
func checkBlocks(v any) ([]blockkit.Block, error) {
	list, ok := v.([]any)
	if !ok {
		return nil, slackErr("invalid_blocks_format")
	}
	if problems := blockkit.CheckMessage(list); len(problems) > 0 {
		e := &slackError{name: "invalid_blocks", extra: map[string]any{}}
		var short, long []string
		for _, p := range problems {
			short = append(short, p.String())
			long = append(long, "[ERROR] "+p.String())
		}
		e.extra["errors"] = short
		e.extra["response_metadata"] = map[string]any{"messages": long}
		return nil, e
	}
	blocks := blockkit.Blocks(list)
	if blockkit.Characters(blocks) > maxBlocksText {
		return nil, slackErr("msg_blocks_too_long")
	}
	return blocks, nil
}

func readAttachments(a args) ([]any, error) {
	v, present, err := a.value("attachments")
	if err != nil {
		return nil, slackErr("invalid_attachments")
	}
	list, ok := v.([]any)
	switch {
	case !present:
		return nil, nil
	case !ok:
		return nil, slackErr("invalid_attachments")
	case len(list) > maxAttachments:
		return nil, slackErr("too_many_attachments")
	}
	return list, nil
}

// readMetadata reads a message's metadata: an event type and a flat payload.
func readMetadata(a args) (map[string]any, error) {
	v, present, err := a.value("metadata")
	if err != nil {
		return nil, slackErr("invalid_metadata_format")
	}
	if !present {
		return nil, nil
	}
	m, ok := v.(map[string]any)
	if !ok {
		return nil, slackErr("invalid_metadata_format")
	}
	kind, _ := m["event_type"].(string)
	payload, isMap := m["event_payload"].(map[string]any)
	if kind == "" && m["event_payload"] == nil {
		return nil, nil // what slack-go sends to response URLs for "no metadata"
	}
	if kind == "" || !isMap {
		return nil, slackErr("invalid_metadata_format")
	}
	m = map[string]any{"event_type": kind, "event_payload": payload}
	if len(encode(m)) > maxMetadata {
		return nil, slackErr("metadata_too_large")
	}
	return m, nil
}

// metadataID is what a message calls itself in its metadata, if it does.
func metadataID(m map[string]any) string {
	payload, _ := m["event_payload"].(map[string]any)
	switch id := payload["id"].(type) {
	case nil:
		return ""
	case string:
		return id
	default:
		return string(encode(id))
	}
}
