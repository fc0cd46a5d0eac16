package slackapp

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"waymark/internal/chat"
)

// decodeEvent reads an event of the Events API. What is not for the coach comes
// back as a job that only acknowledges.
func (a *App) decodeEvent(self *identity, e slackevents.EventsAPIEvent, from receipt) *job {
	quiet := &job{receipts: []receipt{from}}
	outer, ok := e.Data.(*slackevents.EventsAPICallbackEvent)
	if !ok { // app_rate_limited: Slack drops events for a while
		a.log.Warn("event of a kind that is not handled", "type", e.Type)
		return quiet
	}
	d := eventDecoder{self: self, outer: outer, base: chat.Event{
		ID: chat.EventID(outer.EventID), At: time.Unix(int64(outer.EventTime), 0).UTC(),
	}}
	j := &job{id: d.base.ID, receipts: []receipt{from}}
	switch inner := e.InnerEvent.Data.(type) {
	case *slackevents.MessageEvent:
		d.message(inner)
	case *slackevents.AppMentionEvent:
		d.mention(inner)
		j.channel = inner.Channel
	case *slackevents.AppHomeOpenedEvent:
		if inner.User != self.user && inner.User != "" {
			d.base.Kind, d.base.Channel, d.base.Action = chat.Opened, inner.Channel, inner.Tab
			d.by(inner.User, inner.EventTimeStamp)
		}
	case *slackevents.UserChangeEvent:
		u, err := slackUser(outer)
		if err != nil {
			a.log.Warn("user_change is not readable", "event", outer.EventID)
			return quiet
		}
		j.user, j.person = u, d.person(u.ID)
		return j
	case *slackevents.TokensRevokedEvent:
		for _, u := range inner.Tokens.Bot {
			if u == self.user {
				quiet.stop = &TokenError{Variable: BotTokenVariable, Name: "token_revoked", Problem: tokenErrors["token_revoked"], Fix: botToken.fix}
			}
		}
		return quiet
	case *slackevents.AppUninstalledEvent:
		quiet.stop = &TokenError{Variable: BotTokenVariable, Name: "app_uninstalled", Problem: "belongs to an app that was uninstalled", Fix: botToken.fix}
		return quiet
	default:
		a.log.Info("event without a use", "type", e.InnerEvent.Type)
	}
	if !d.heard {
		return quiet
	}
	j.person, j.events = d.base.Person, []chat.Event{d.base}
	return j
}

// eventDecoder fills in one chat.Event.
type eventDecoder struct {
	self  *identity
	outer *slackevents.EventsAPICallbackEvent
	base  chat.Event
	heard bool // base is something a person did
}

func (d *eventDecoder) person(user string) chat.PersonID {
	return d.self.person(d.outer.EnterpriseID, d.outer.TeamID, user)
}

// by completes the event: done by user, at the time ts if it can be read.
func (d *eventDecoder) by(user, ts string) {
	d.base.Person, d.heard = d.person(user), true
	if t, ok := timeOf(ts); ok {
		d.base.At = t
	}
}

// message reads a message of a DM: new ones, with files or not, in a thread or
// not; edits and deletions by the person. Everything else is not theirs: joins,
// our own messages and updates, link previews.
func (d *eventDecoder) message(m *slackevents.MessageEvent) {
	if m.ChannelType != "im" && (m.ChannelType != "" || !strings.HasPrefix(m.Channel, "D")) {
		return
	}
	d.base.Channel = m.Channel
	switch m.SubType {
	case "", slack.MsgSubTypeFileShare, slack.MsgSubTypeThreadBroadcast:
		if !d.theirs(m.User, m.BotID) {
			return
		}
		d.base.Kind, d.base.TS, d.base.Text = chat.Text, m.TimeStamp, readable(m.Text)
		if m.Message != nil {
			d.base.Attachment = attachment(m.Message.Files)
		}
		d.by(m.User, m.TimeStamp)
	case slack.MsgSubTypeMessageChanged:
		d.edited(m)
	case slack.MsgSubTypeMessageDeleted:
		if p := m.PreviousMessage; p != nil && d.theirs(p.User, p.BotID) {
			d.base.Kind, d.base.TS = chat.Deleted, m.DeletedTimeStamp
			if d.base.TS == "" {
				d.base.TS = p.Timestamp
			}
			d.by(p.User, m.EventTimeStamp)
		}
	}
}

func (d *eventDecoder) edited(m *slackevents.MessageEvent) {
	now, before := m.Message, m.PreviousMessage
	if now == nil {
		return
	}
	if now.SubType == "tombstone" { // a deleted message that has replies
		if before != nil && d.theirs(before.User, before.BotID) {
			d.base.Kind, d.base.TS = chat.Deleted, before.Timestamp
			d.by(before.User, m.EventTimeStamp)
		}
		return
	}
	if now.Edited == nil || now.Edited.User != now.User || !d.theirs(now.User, now.BotID) {
		return
	}
	if before != nil && before.Text == now.Text {
		return
	}
	d.base.Kind, d.base.TS, d.base.Text = chat.Edited, now.Timestamp, readable(now.Text)
	d.base.Attachment = attachment(now.Files)
	d.by(now.User, now.Edited.Timestamp)
}

// theirs reports whether a message is by a person other than the bot itself.
func (d *eventDecoder) theirs(user, bot string) bool {
	return user != "" && bot == "" && user != d.self.user
}

// mention reads a message in a channel. Event.Channel stays empty: an answer
// there would be read by everybody.
func (d *eventDecoder) mention(m *slackevents.AppMentionEvent) {
	if !d.theirs(m.User, m.BotID) || m.Edited != nil || strings.HasPrefix(m.Channel, "D") {
		return
	}
	d.base.Kind, d.base.TS = chat.Mention, m.TimeStamp
	d.base.Text = readable(withoutMention(m.Text, d.self.user))
	d.by(m.User, m.TimeStamp)
}

// attachment is the MIME type of the first file, "" without files.
func attachment(files []slack.File) string {
	for _, f := range files {
		if f.Mimetype != "" {
			return f.Mimetype
		}
	}
	if len(files) > 0 {
		return "application/octet-stream"
	}
	return ""
}

// decodeCommand reads a slash command. Slack gives commands no id of their own
// and no time.
func (a *App) decodeCommand(self *identity, c slack.SlashCommand, from receipt) *job {
	name := strings.TrimPrefix(strings.TrimPrefix(c.Command, "/"), a.cfg.CommandPrefix)
	e := chat.Event{
		ID: envelopeID(from), Kind: chat.Command, At: a.cfg.Now(),
		Person:  self.person(c.EnterpriseID, c.TeamID, c.UserID),
		Command: name, Text: strings.TrimSpace(readable(c.Text)),
	}
	return &job{id: e.ID, person: e.Person, events: []chat.Event{e}, receipts: []receipt{from}, answer: byAck, channel: c.ChannelID, trigger: c.TriggerID, respond: c.ResponseURL}
}

func envelopeID(r receipt) chat.EventID { return chat.EventID("env:" + r.envelope) }

// timeOf reads Slack's "1700000000.123456".
func timeOf(ts string) (time.Time, bool) {
	sec, frac, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(sec, 10, 64)
	if err != nil || s <= 0 {
		return time.Time{}, false
	}
	us, _ := strconv.ParseInt((frac + "000000")[:6], 10, 64)
	return time.Unix(s, us*1000).UTC(), true
}
