package slackapp

import (
	"strings"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// The shortcuts, by their callback_id in the manifest.
const (
	shortcutTalk = "talk"
	shortcutWin  = "save_win"
)

// shortcut reads something picked from Slack's menus; ok is false for what the
// manifest does not have. Channel and TS stay empty: the message may be in any
// conversation, where nothing may be answered.
func (a *App) shortcut(self *identity, p chat.PersonID, c slack.InteractionCallback, from receipt) (e chat.Event, ok bool) {
	e = chat.Event{ID: envelopeID(from), Kind: chat.Shortcut, Person: p, At: a.cfg.Now()}
	if t, ok := timeOf(c.ActionTs); ok {
		e.ID, e.At = chat.EventID("pick:"+c.ActionTs+":"+c.User.ID+":"+c.CallbackID), t
	}
	switch {
	case c.CallbackID == shortcutTalk && c.Type == slack.InteractionTypeShortcut:
		e.Action = chat.ShortcutTalk
		return e, true
	case c.CallbackID == shortcutWin && c.Type == slack.InteractionTypeMessageAction:
		e.Action, e.Link = chat.ShortcutWin, link(self, c)
		if m := c.Message; m.User != "" && m.User == c.User.ID && m.BotID == "" {
			e.Text = readable(m.Text)
		}
		return e, true
	}
	return e, false
}

// link is the address of the message that a shortcut was picked on. It is built
// from its parts: asking Slack for it takes a member of the conversation.
func link(self *identity, c slack.InteractionCallback) string {
	ts := c.MessageTs
	if ts == "" {
		ts = c.Message.Timestamp
	}
	site := self.url
	if c.Team.Domain != "" {
		site = "https://" + c.Team.Domain + ".slack.com/"
	}
	if ts == "" || c.Channel.ID == "" || site == "" {
		return ""
	}
	address := strings.TrimSuffix(site, "/") + "/archives/" + c.Channel.ID + "/p" + strings.ReplaceAll(ts, ".", "")
	if root := c.Message.ThreadTimestamp; root != "" && root != ts {
		address += "?thread_ts=" + root + "&cid=" + c.Channel.ID
	}
	return address
}
