package workspace

import (
	"slices"

	"waymark/internal/workspace/blockkit"
)

// maxText is how many characters a message may have.
const maxText = 40_000

// message is one message of a channel, as the journal keeps it.
type message struct {
	Channel     string           `json:"channel"`
	TS          string           `json:"ts"`
	User        string           `json:"user"`
	BotID       string           `json:"bot_id,omitempty"`
	ClientID    string           `json:"client_msg_id,omitempty"`
	Text        string           `json:"text"`
	Blocks      []blockkit.Block `json:"blocks,omitempty"`
	Attachments []any            `json:"attachments,omitempty"`
	Metadata    map[string]any   `json:"metadata,omitempty"`
	ThreadTS    string           `json:"thread_ts,omitempty"`
	EditedTS    string           `json:"edited_ts,omitempty"`
	EditedBy    string           `json:"edited_by,omitempty"`
	For         string           `json:"for,omitempty"` // an ephemeral message's only reader
	Notice      bool             `json:"notice,omitempty"`
	Files       []string         `json:"files,omitempty"`
	Broadcast   bool             `json:"broadcast,omitempty"` // a reply that also shows in the channel
	Tombstone   bool             `json:"tombstone,omitempty"` // what is left of a deleted message with replies

	state   blockState         // what the person picked in its selects and date pickers
	earlier [][]blockkit.Block // blocks it had before updates, newest last
}

// fromBot says whether the bot under test wrote m.
func (m *message) fromBot() bool { return m.BotID == BotID && !m.Notice && !m.Tombstone }

// content is what a Web API call or a response wants to say.
type content struct {
	text        string
	blocks      []blockkit.Block
	attachments []any
	metadata    map[string]any
	threadTS    string
	broadcast   bool
	files       []string
}

// postAsBot adds a message of the bot to ch and sends the event that Slack
// sends apps about their own messages, too.
func (w *Workspace) postAsBot(ch *channel, c content) *message {
	m := &message{
		Channel: ch.id, TS: w.clock.nextTS(), User: BotUserID, BotID: BotID,
		Text: c.text, Blocks: w.withIDs(c.blocks), Attachments: c.attachments, Metadata: c.metadata,
		ThreadTS: c.threadTS, Broadcast: c.broadcast, Files: c.files,
	}
	w.keepMessage(ch, m)
	w.emitMessage(ch, m, nil)
	if w.cfg.OnPosted != nil {
		w.cfg.OnPosted(ch.id, m.TS)
	}
	return m
}

// postEphemeral adds a message that only one person sees. Slack sends no event.
func (w *Workspace) postEphemeral(ch *channel, reader string, c content) *message {
	m := &message{
		Channel: ch.id, TS: w.clock.nextTS(), User: BotUserID, BotID: BotID,
		Text: c.text, Blocks: w.withIDs(c.blocks), Attachments: c.attachments, ThreadTS: c.threadTS, For: reader,
	}
	w.keepMessage(ch, m)
	return m
}

// notice is what Slack itself tells a person, such as "/goals failed".
func (w *Workspace) notice(ch *channel, reader, text string) {
	w.keepMessage(ch, &message{
		Channel: ch.id, TS: w.clock.nextTS(), User: "USLACKBOT", Text: text, For: reader, Notice: true,
	})
}

// withIDs gives blocks and elements the ids that they lack, as Slack does.
func (w *Workspace) withIDs(blocks []blockkit.Block) []blockkit.Block {
	return blockkit.Identify(blocks, func() string { return w.newID("", 5) })
}

func (w *Workspace) keepMessage(ch *channel, m *message) {
	ch.insert(m)
	w.journal.write(record{Message: m})
	w.touch()
	w.tell(ch, m.For)
}

// tell says to the pages of those who see ch (or of reader alone) that it changed.
func (w *Workspace) tell(ch *channel, reader string) {
	if reader == "" {
		reader = ch.person
	}
	if reader == "" {
		w.page.tellAll()
		return
	}
	w.page.tell(reader)
}

// change replaces what m says and sends message_changed.
func (w *Workspace) change(ch *channel, m *message, by string, apply func(*message)) {
	before := w.messageJSON(m, true)
	m.earlier = append(m.earlier, m.Blocks)
	apply(m)
	m.EditedTS, m.EditedBy = w.clock.nextTS(), by
	w.journal.write(record{Message: m})
	w.touch()
	w.tell(ch, m.For)
	if m.For != "" {
		return
	}
	w.emitMessage(ch, m, map[string]any{
		"subtype": "message_changed", "hidden": true,
		"message": w.messageJSON(m, true), "previous_message": before,
		"ts": m.EditedTS,
	})
}

// erase removes m and sends message_deleted.
func (w *Workspace) erase(ch *channel, m *message) {
	before := w.messageJSON(m, true)
	if ch.threads()[m.TS].replies > 0 && m.For == "" {
		w.bury(ch, m, before)
		return
	}
	ch.remove(m.TS)
	w.journal.write(record{Erase: &place{ch.id, m.TS}})
	w.touch()
	w.tell(ch, m.For)
	if m.For != "" {
		return
	}
	w.emitMessage(ch, m, map[string]any{
		"subtype": "message_deleted", "hidden": true,
		"deleted_ts": m.TS, "previous_message": before, "ts": w.clock.nextTS(),
	})
}

// bury leaves a tombstone where a message had replies, as Slack does: to the
// app that is a change.
func (w *Workspace) bury(ch *channel, m *message, before map[string]any) {
	m.User, m.BotID, m.ClientID, m.Text = "USLACKBOT", "", "", "This message was deleted."
	m.Blocks, m.Attachments, m.Metadata, m.Files = nil, nil, nil, nil
	m.EditedTS, m.EditedBy, m.Tombstone, m.state, m.earlier = "", "", true, nil, nil
	w.journal.write(record{Message: m})
	w.touch()
	w.tell(ch, "")
	w.emitMessage(ch, m, map[string]any{
		"subtype": "message_changed", "hidden": true, "ts": w.clock.nextTS(),
		"message": w.messageJSON(m, true), "previous_message": before,
	})
}

// place names a message.
type place struct {
	Channel string `json:"channel"`
	TS      string `json:"ts"`
}

// emitMessage sends a message event: the message itself, or the change given.
// Slack gives channel events only to apps that subscribe to message.channels.
func (w *Workspace) emitMessage(ch *channel, m *message, changed map[string]any) {
	if ch.apart {
		return
	}
	subscription, kind := "message.im", "im"
	if ch.person == "" {
		subscription, kind = "message.channels", "channel"
	}
	event := changed
	if event == nil {
		event = w.messageJSON(m, true)
		if len(m.Files) > 0 {
			event["subtype"] = "file_share"
		}
		event["event_ts"] = m.TS
	} else {
		event["type"] = "message"
		event["event_ts"] = event["ts"]
	}
	event["channel"], event["channel_type"] = ch.id, kind
	author := w.people.byID[m.User]
	outside := author != nil && author.Kind == Outsider
	if outside && changed == nil {
		event["user_team"], event["source_team"] = author.Team, author.Team
	}
	w.emit(subscription, event, outside)
}

// messageJSON is a message as history and events give it.
func (w *Workspace) messageJSON(m *message, metadata bool) map[string]any {
	j := map[string]any{"type": "message", "user": m.User, "ts": m.TS, "text": m.Text, "team": TeamID}
	if p := w.people.byID[m.User]; p != nil {
		j["team"] = p.Team
		if p.Kind == Robot {
			j["bot_id"] = "B" + p.ID[1:]
		}
	}
	if m.Tombstone {
		j["subtype"], j["hidden"] = "tombstone", true
	}
	if m.ClientID != "" {
		j["client_msg_id"] = m.ClientID
	}
	if m.BotID != "" {
		j["bot_id"], j["app_id"] = m.BotID, AppID
		j["bot_profile"] = map[string]any{
			"id": BotID, "app_id": AppID, "name": BotName, "team_id": TeamID,
			"deleted": false, "updated": 1700000000, "user_id": BotUserID,
			"icons": map[string]any{"image_36": "", "image_48": "", "image_72": ""},
		}
	}
	if len(m.Blocks) > 0 {
		j["blocks"] = m.Blocks
	}
	if len(m.Attachments) > 0 {
		j["attachments"] = m.Attachments
	}
	if metadata && m.Metadata != nil {
		j["metadata"] = m.Metadata
	}
	if m.ThreadTS != "" {
		j["thread_ts"] = m.ThreadTS
		if root := w.rootOf(m); root != nil {
			j["parent_user_id"] = root.User
		}
	}
	if m.EditedTS != "" {
		j["edited"] = map[string]any{"user": m.EditedBy, "ts": m.EditedTS}
	}
	if len(m.Files) > 0 {
		var list []any
		for _, id := range m.Files {
			if f := w.files[id]; f != nil {
				list = append(list, w.fileJSON(f))
			} else {
				list = append(list, deleted(id))
			}
		}
		j["files"], j["upload"] = list, false
		if m.BotID == "" {
			j["display_as_bot"] = false
		}
	}
	if m.For != "" {
		j["is_ephemeral"] = true
	}
	return j
}

// rootOf is the message that m answers in a thread, nil for the root itself.
func (w *Workspace) rootOf(m *message) *message {
	ch := w.people.channels[m.Channel]
	if ch == nil || m.ThreadTS == "" || m.ThreadTS == m.TS {
		return nil
	}
	return ch.byTS[m.ThreadTS]
}

// visible are the messages of ch that a person sees, oldest first.
func (ch *channel) visible(person string) []*message {
	seen := slices.Clone(ch.messages)
	return slices.DeleteFunc(seen, func(m *message) bool { return m.For != "" && m.For != person })
}
