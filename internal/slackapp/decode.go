package slackapp

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// decodeEvent reads an event of the Events API. What is not for the coach comes
// back as a job that only acknowledges.
func (a *App) decodeEvent(self *identity, c callback, raw []byte, from receipt) *job {
	quiet := &job{receipts: []receipt{from}}
	if c.Type != "event_callback" { // app_rate_limited: Slack drops events for a while
		a.log.Warn("event of a kind that is not handled", "rate_limited", c.Type == "app_rate_limited")
		return quiet
	}
	d := eventDecoder{self: self, outer: &c, base: chat.Event{
		ID: chat.EventID(c.ID), At: time.Unix(c.Time, 0).UTC(),
	}}
	j := &job{id: d.base.ID, receipts: []receipt{from}}
	switch inner := &c.Event; inner.Type {
	case "message":
		d.message(inner)
	case "app_mention":
		d.mention(&inner.message)
		j.channel = inner.Channel
	case "app_home_opened":
		if user := string(inner.User); user != self.user && user != "" {
			d.base.Kind, d.base.Channel, d.base.Action = chat.Opened, inner.Channel, inner.Tab
			d.by(user, inner.EventTS)
		}
	case "user_change":
		u, err := changedUser(raw)
		if err != nil {
			a.log.Warn("user_change is not readable", "event", c.ID, "err", err)
			return quiet
		}
		j.user, j.person = u, d.person(u.ID)
		return j
	case "tokens_revoked":
		if slices.Contains(inner.Tokens.Bot, self.user) {
			quiet.stop = &TokenError{Variable: BotTokenVariable, Name: "token_revoked", Problem: tokenErrors["token_revoked"], Fix: botToken.fix}
		}
		return quiet
	case "app_uninstalled":
		quiet.stop = &TokenError{Variable: BotTokenVariable, Name: "app_uninstalled", Problem: "belongs to an app that was uninstalled", Fix: botToken.fix}
		return quiet
	default:
		a.log.Info("event without a use", "event", c.ID, "type", clip(inner.Type, 40))
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
	outer *callback
	base  chat.Event
	heard bool // base is something a person did
}

func (d *eventDecoder) person(user string) chat.PersonID {
	return d.self.person(d.outer.Enterprise, d.outer.Team, user)
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
func (d *eventDecoder) message(e *inner) {
	if e.ChannelType != "im" && (e.ChannelType != "" || !strings.HasPrefix(e.Channel, "D")) {
		return
	}
	d.base.Channel = e.Channel
	switch e.SubType {
	case "", slack.MsgSubTypeFileShare, slack.MsgSubTypeThreadBroadcast:
		if !d.theirs(&e.message) {
			return
		}
		d.base.Kind, d.base.TS, d.base.Text = chat.Text, e.TS, readable(e.Text)
		d.base.Attachment = attachment(e.Files)
		d.by(string(e.User), e.TS)
	case slack.MsgSubTypeMessageChanged:
		d.edited(e)
	case slack.MsgSubTypeMessageDeleted:
		if p := e.Before; p != nil && d.theirs(p) {
			d.base.Kind, d.base.TS = chat.Deleted, cmp.Or(e.DeletedTS, p.TS)
			d.by(string(p.User), e.EventTS)
		}
	}
}

func (d *eventDecoder) edited(e *inner) {
	now, before := e.Now, e.Before
	if now == nil {
		return
	}
	if now.SubType == "tombstone" { // a deleted message that has replies
		if before != nil && d.theirs(before) {
			d.base.Kind, d.base.TS = chat.Deleted, before.TS
			d.by(string(before.User), e.EventTS)
		}
		return
	}
	if now.Edited == nil || now.Edited.User != now.User || !d.theirs(now) {
		return
	}
	if before != nil && before.Text == now.Text {
		return
	}
	d.base.Kind, d.base.TS, d.base.Text = chat.Edited, now.TS, readable(now.Text)
	d.base.Attachment = attachment(now.Files)
	d.by(string(now.User), now.Edited.TS)
}

// theirs reports whether a message is by a person other than the bot itself.
func (d *eventDecoder) theirs(m *message) bool {
	return m.User != "" && m.BotID == "" && string(m.User) != d.self.user
}

// mention reads a message in a channel. Event.Channel stays empty: an answer
// there would be read by everybody.
func (d *eventDecoder) mention(m *message) {
	if !d.theirs(m) || m.Edited != nil || strings.HasPrefix(d.outer.Event.Channel, "D") {
		return
	}
	d.base.Kind, d.base.TS = chat.Mention, m.TS
	d.base.Text = readable(withoutMention(m.Text, d.self.user))
	d.by(string(m.User), m.TS)
}

// attachment is the MIME type of the first file, "" without files.
func attachment(files []file) string {
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
