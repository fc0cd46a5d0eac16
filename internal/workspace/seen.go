package workspace

import (
	"waymark/internal/workspace/blockkit"
)

// Message is a message as a person sees it.
type Message struct {
	TS         string           `json:"ts"`
	Channel    string           `json:"channel"`
	From       string           `json:"from"` // "bot", "person" (whose view it is), "other" or "slack"
	User       string           `json:"user"`
	Text       string           `json:"text"` // as stored: & < > escaped
	Blocks     []blockkit.Block `json:"blocks"`
	Ephemeral  bool             `json:"ephemeral"`
	Edited     bool             `json:"edited"`
	ThreadTS   string           `json:"thread_ts,omitempty"`
	Metadata   map[string]any   `json:"metadata,omitempty"`
	MetadataID string           `json:"metadata_id,omitempty"` // event_payload.id
	Files      []File           `json:"files,omitempty"`
	Actions    []Action         `json:"actions"` // what can be pressed or picked, flat
}

// Action is a button, select, date picker or the like of a message or a view.
type Action struct {
	ActionID string            `json:"action_id"`
	BlockID  string            `json:"block_id"`
	Type     string            `json:"type"`
	Label    string            `json:"label"`
	Value    string            `json:"value,omitempty"` // of a button
	Style    string            `json:"style,omitempty"`
	URL      string            `json:"url,omitempty"`
	Options  []blockkit.Option `json:"options,omitempty"`
	Picked   blockkit.Block    `json:"picked,omitempty"` // what it holds now
}

// File is a file of a message.
type File struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Title   string `json:"title"`
	Type    string `json:"mimetype"`
	Alt     string `json:"alt_txt,omitempty"`
	Content []byte `json:"content"` // base64 in JSON
}

// View is a Home tab or a modal as a person sees it.
type View struct {
	ID       string            `json:"id"`
	Type     string            `json:"type"`
	Callback string            `json:"callback_id,omitempty"`
	Title    string            `json:"title,omitempty"`
	Submit   string            `json:"submit,omitempty"`
	Close    string            `json:"close,omitempty"`
	Blocks   []blockkit.Block  `json:"blocks"`
	Actions  []Action          `json:"actions"`
	Errors   map[string]string `json:"errors,omitempty"` // by block_id
	Hash     string            `json:"hash"`
}

// Messages is everything in a person's DM with the bot, oldest first.
func (w *Workspace) Messages(person string) ([]Message, error) { return w.ChannelMessages(person, "") }

// ChannelMessages is what a person sees in a channel: General, Team, or their
// DM with the bot when channel is empty.
func (w *Workspace) ChannelMessages(person, channel string) ([]Message, error) {
	return w.messages(person, channel, "")
}

// MessagesSince is what Messages would list from the message ts on.
func (w *Workspace) MessagesSince(person, ts string) ([]Message, error) {
	return w.messages(person, "", ts)
}

func (w *Workspace) messages(person, channel, since string) ([]Message, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.person(person)
	if err != nil {
		return nil, err
	}
	if channel == "" {
		channel = p.Channel
	}
	ch := w.channelOf(channel)
	if ch == nil || !ch.member(p) {
		return nil, notFound("channel_not_found")
	}
	list := []Message{}
	for _, m := range ch.visible(p.ID) {
		if m.TS >= since { // all have as many digits
			list = append(list, w.seen(p, m))
		}
	}
	return list, nil
}

func (w *Workspace) seen(p *Person, m *message) Message {
	s := Message{
		TS: m.TS, Channel: m.Channel, From: "other", User: m.User, Text: m.Text, Blocks: blockkit.Copy(m.Blocks),
		Ephemeral: m.For != "", Edited: m.EditedTS != "", ThreadTS: m.ThreadTS,
		Metadata: m.Metadata, MetadataID: metadataID(m.Metadata),
		Actions: actions(m.Blocks, m.state),
	}
	switch {
	case m.Notice, m.Tombstone:
		s.From = "slack"
	case m.fromBot():
		s.From = "bot"
	case m.User == p.ID:
		s.From = "person"
	}
	if s.Blocks == nil {
		s.Blocks = []blockkit.Block{}
	}
	for _, id := range m.Files {
		if f := w.files[id]; f != nil {
			s.Files = append(s.Files, f.seen())
		}
	}
	return s
}

// actions lists what is interactive in blocks, with what is picked now.
func actions(blocks []blockkit.Block, state blockkit.State) []Action {
	merged := blockkit.Merged(blocks, state)
	list := []Action{}
	for _, e := range blockkit.Elements(blocks) {
		list = append(list, Action{
			ActionID: e.ID, BlockID: e.BlockID, Type: e.Type, Label: e.Label(),
			Value: blockkit.Str(e.Body, "value"), Style: blockkit.Str(e.Body, "style"), URL: blockkit.Str(e.Body, "url"),
			Options: e.Options(), Picked: merged[e.BlockID][e.ID],
		})
	}
	return list
}

// Home is the Home tab that the bot has published for a person; nil if none.
func (w *Workspace) Home(person string) (*View, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.person(person)
	if err != nil {
		return nil, err
	}
	v := w.views.home[p.ID]
	if v == nil {
		return nil, nil
	}
	s := v.seen()
	return &s, nil
}

// Views are the modals that a person has open, the topmost last.
func (w *Workspace) Views(person string) ([]View, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.person(person)
	if err != nil {
		return nil, err
	}
	list := []View{}
	for _, v := range w.views.stack[p.ID] {
		list = append(list, v.seen())
	}
	return list, nil
}

func (v *view) seen() View {
	return View{
		ID: v.ID, Type: v.kind(), Callback: blockkit.Str(v.Body, "callback_id"), Hash: v.Hash,
		Title: blockkit.Text(v.Body, "title"), Submit: blockkit.Text(v.Body, "submit"), Close: blockkit.Text(v.Body, "close"),
		Blocks: blockkit.Copy(v.blocks()), Actions: actions(v.blocks(), v.state), Errors: v.errors,
	}
}
