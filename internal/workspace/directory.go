package workspace

import (
	"slices"
	"strings"
)

// directory finds people and channels; every look-up is by key.
type directory struct {
	byID     map[string]*Person
	byHandle map[string]*Person
	order    []*Person
	channels map[string]*channel
	groups   map[string][]string // the members of user groups, by the group's id
}

// channel is a conversation: one person's DM with the bot, or a public channel.
type channel struct {
	id       string
	person   string // whose DM; empty for a public channel
	name     string // of a public channel
	topic    string // of a public channel
	apart    bool   // the bot is no member
	messages []*message
	byTS     map[string]*message
}

func newDirectory() directory {
	return directory{
		byID:     make(map[string]*Person),
		byHandle: make(map[string]*Person),
		channels: make(map[string]*channel),
		groups:   make(map[string][]string),
	}
}

// channelOf finds the conversation that a Web API call names: a channel id, a
// person's id (their DM), or "#general".
func (w *Workspace) channelOf(name string) *channel {
	if ch := w.people.channels[name]; ch != nil {
		return ch
	}
	if p := w.people.byID[name]; p != nil {
		return w.people.channels[p.Channel]
	}
	for _, id := range publicChannels {
		if ch := w.people.channels[id]; ch != nil && strings.TrimPrefix(name, "#") == ch.name {
			return ch
		}
	}
	return nil
}

// member says whether that person can see ch.
func (ch *channel) member(p *Person) bool {
	if ch.person != "" {
		return ch.person == p.ID
	}
	return p.Kind != Outsider
}

// channelJSON is what every method says about a conversation.
func (w *Workspace) channelJSON(ch *channel) map[string]any {
	c := map[string]any{
		"id": ch.id, "created": 1700000000, "is_archived": false, "is_org_shared": false,
		"context_team_id": TeamID, "updated": 1700000000000, "priority": 0,
	}
	if ch.person != "" {
		c["is_im"], c["user"] = true, ch.person
		return c
	}
	c["name"], c["name_normalized"] = ch.name, ch.name
	c["is_channel"], c["is_general"], c["is_member"] = true, ch.id == General, !ch.apart
	c["topic"] = map[string]any{"value": ch.topic, "creator": Sam, "last_set": 1700000000}
	for _, k := range []string{"is_group", "is_im", "is_mpim", "is_private", "is_shared", "is_ext_shared"} {
		c[k] = false
	}
	c["creator"], c["num_members"] = Sam, len(w.people.order)
	return c
}

// insert keeps messages in the order of their timestamps.
func (ch *channel) insert(m *message) {
	if ch.byTS == nil {
		ch.byTS = make(map[string]*message)
	}
	if old := ch.byTS[m.TS]; old != nil {
		i := slices.Index(ch.messages, old)
		ch.messages[i] = m
	} else {
		ch.messages = append(ch.messages, m) // timestamps only grow
	}
	ch.byTS[m.TS] = m
}

func (ch *channel) remove(ts string) {
	if m := ch.byTS[ts]; m != nil {
		delete(ch.byTS, ts)
		i := slices.Index(ch.messages, m)
		ch.messages = slices.Delete(ch.messages, i, i+1)
	}
}
