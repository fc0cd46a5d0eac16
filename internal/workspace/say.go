package workspace

import (
	"unicode/utf8"

	"waymark/internal/workspace/blockkit"
)

// Saying is one line that a person types.
type Saying struct {
	Person   string `json:"person"`
	Text     string `json:"text"`                // as typed; escaped on its way, as Slack does
	ThreadTS string `json:"thread_ts,omitempty"` // to answer in the thread of that message
	Channel  string `json:"channel,omitempty"`   // their DM with the bot when empty
}

// Say lets a person write to the bot in their DM. It returns the message's
// timestamp; the bot's answers come later, see Quiet and Messages.
func (w *Workspace) Say(person, text string) (ts string, err error) {
	return w.Speak(Saying{Person: person, Text: text})
}

// Speak is Say with a thread or a channel.
func (w *Workspace) Speak(s Saying) (ts string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, ch, err := w.seat(s.Person, s.Channel)
	if err != nil {
		return "", err
	}
	if err := checkTyped(s.Text); err != nil {
		return "", err
	}
	if s.ThreadTS != "" {
		root := ch.byTS[s.ThreadTS]
		if root == nil || root.For != "" {
			return "", notFound("no message " + s.ThreadTS + " to answer in a thread")
		}
		if root.ThreadTS != "" {
			s.ThreadTS = root.ThreadTS
		}
	}
	m := w.personMessage(p, ch, s.Text)
	m.ThreadTS = s.ThreadTS
	w.keepMessage(ch, m)
	w.emitMessage(ch, m, nil)
	if ch.person == "" && !ch.apart {
		w.emitMention(ch, m, p)
	}
	return m.TS, nil
}

// Mention lets a person write to the bot in #general: "@Waymark text".
func (w *Workspace) Mention(person, text string) (ts string, err error) {
	return w.Speak(Saying{Person: person, Channel: General, Text: "@" + BotName + " " + text})
}

// checkTyped refuses what Slack's own composer would not send.
func checkTyped(text string) error {
	if blank(text) {
		return invalid("no_text")
	}
	if utf8.RuneCountInString(text) > maxText {
		return invalid("msg_too_long")
	}
	return nil
}

// seat finds the person and the channel that they want to act in.
func (w *Workspace) seat(person, channel string) (*Person, *channel, error) {
	p, err := w.person(person)
	if err != nil {
		return nil, nil, err
	}
	if p.Deleted {
		return nil, nil, invalid("account_inactive")
	}
	if channel == "" {
		channel = p.Channel
	}
	ch := w.channelOf(channel)
	if ch == nil || !ch.member(p) {
		return nil, nil, notFound("channel_not_found")
	}
	return p, ch, nil
}

func (w *Workspace) personMessage(p *Person, ch *channel, typed string) *message {
	text, elements := readTyped(typed)
	m := &message{Channel: ch.id, TS: w.clock.nextTS(), User: p.ID, Text: text}
	if p.Kind != Robot { // apps post without a client
		m.ClientID = w.newUUID()
	}
	if len(elements) > 0 {
		m.Blocks = w.withIDs([]blockkit.Block{{
			"type":     "rich_text",
			"elements": []any{map[string]any{"type": "rich_text_section", "elements": elements}},
		}})
	}
	return m
}

// emitMention sends app_mention if m names the bot.
func (w *Workspace) emitMention(ch *channel, m *message, p *Person) {
	if !mentions(m.Text, BotUserID) {
		return
	}
	event := w.messageJSON(m, true)
	event["type"], event["channel"], event["event_ts"] = "app_mention", ch.id, m.TS
	w.emit("app_mention", event, p.Kind == Outsider)
}

// Edit lets a person change a message that they wrote.
func (w *Workspace) Edit(person, ts, text string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, ch, m, err := w.own(person, ts)
	if err != nil {
		return err
	}
	if err := checkTyped(text); err != nil {
		return err
	}
	next := w.personMessage(p, ch, text)
	w.change(ch, m, p.ID, func(m *message) { m.Text, m.Blocks = next.Text, next.Blocks })
	return nil
}

// Unfurl adds a link preview to a person's message, as Slack does by itself
// some time after a link was posted: a change without an edit.
func (w *Workspace) Unfurl(person, ts string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, ch, m, err := w.own(person, ts)
	if err != nil {
		return err
	}
	edited, by := m.EditedTS, m.EditedBy
	before := w.messageJSON(m, true)
	m.Attachments = []any{map[string]any{"id": 1, "fallback": "A page", "title": "A page", "from_url": "https://example.com/"}}
	m.EditedTS, m.EditedBy = edited, by
	w.journal.write(record{Message: m})
	w.emitMessage(ch, m, map[string]any{
		"subtype": "message_changed", "hidden": true, "ts": w.clock.nextTS(),
		"message": w.messageJSON(m, true), "previous_message": before,
	})
	return nil
}

// Delete lets a person delete a message that they wrote.
func (w *Workspace) Delete(person, ts string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, ch, m, err := w.own(person, ts)
	if err != nil {
		return err
	}
	w.erase(ch, m)
	return nil
}

// own finds a message that the person wrote in their DM or in a channel.
func (w *Workspace) own(person, ts string) (*Person, *channel, *message, error) {
	p, err := w.person(person)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, id := range append([]string{p.Channel}, publicChannels...) {
		ch := w.people.channels[id]
		if m := ch.byTS[ts]; m != nil && m.User == p.ID {
			return p, ch, m, nil
		}
	}
	return nil, nil, nil, notFound("no message " + ts + " of that person")
}
