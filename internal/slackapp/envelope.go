package slackapp

import (
	"encoding/json"
	"errors"

	"github.com/slack-go/slack"
)

// What Slack sends over a connection.
const (
	typeHello       = "hello"
	typeDisconnect  = "disconnect"
	typeEvent       = "events_api"
	typeCommand     = "slash_commands"
	typeInteraction = "interactive"
)

// maxEnvelope bounds an envelope that is read. The largest thing that Slack
// sends is a view of 250 kB with what is filled in.
const maxEnvelope = 4 << 20

// envelope is one message from Slack.
type envelope struct {
	Type    string          `json:"type"`
	ID      string          `json:"envelope_id"`
	Payload json.RawMessage `json:"payload"`
	Accepts bool            `json:"accepts_response_payload"`

	Reason      string `json:"reason"`          // of a disconnect
	Connections int    `json:"num_connections"` // of a hello, this one among them
}

// parse reads JSON into v as far as it fits: what has an unexpected type is left
// empty, and named by odd. Slack changes its payloads; one field must not cost
// a message.
func parse(js []byte, v any) (odd string, err error) {
	err = json.Unmarshal(js, v)
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return mismatch.Field + " (" + mismatch.Type.String() + ")", nil
	}
	if err != nil {
		// The error may quote what a person wrote.
		return "", errors.New("not readable as JSON of the expected shape")
	}
	return "", nil
}

// decode makes a job of an envelope. One that is unreadable or of no use becomes
// a job that only acknowledges: Slack would send it again and again, and it
// would be as unreadable then.
func (a *App) decode(e envelope, from receipt) *job {
	self := a.self.Load()
	var odd string
	var err error
	switch e.Type {
	case typeEvent:
		var c callback
		if odd, err = parse(e.Payload, &c); err == nil {
			a.oddity(e, odd)
			return a.decodeEvent(self, c, e.Payload, from)
		}
	case typeCommand:
		var c slack.SlashCommand
		if odd, err = parse(e.Payload, &c); err == nil && c.UserID != "" {
			a.oddity(e, odd)
			return a.decodeCommand(self, c, from)
		}
	case typeInteraction:
		var c slack.InteractionCallback
		if odd, err = parse(e.Payload, &c); err == nil && c.User.ID != "" {
			a.oddity(e, odd)
			return a.decodeInteraction(self, c, from)
		}
	}
	a.log.Warn("envelope is not readable; acknowledged unread", "type", known(e.Type), "envelope", e.ID, "odd", odd, "err", err)
	return &job{receipts: []receipt{from}}
}

// oddity logs a field that was not of the type it should have.
func (a *App) oddity(e envelope, field string) {
	if field != "" {
		a.log.Warn("envelope has an odd field; read without it", "envelope", e.ID, "field", field)
	}
}

// known is a type for the log: nothing that came over the wire is logged as it
// is.
func known(kind string) string {
	switch kind {
	case typeEvent, typeCommand, typeInteraction:
		return kind
	}
	return "unknown"
}

// idFinder is written an envelope that is too large to be read, and finds its
// id without keeping the rest.
type idFinder struct {
	id string

	depth     int
	inString  bool
	escaped   bool
	overlong  bool
	value     bool   // at depth 1: after a colon
	key, text []byte // at depth 1: the latest key, the string being read
}

// maxEnvelopeID bounds the strings that an idFinder keeps. Slack's ids are UUIDs.
const maxEnvelopeID = 100

// Write looks through the next part; it never fails.
func (f *idFinder) Write(p []byte) (int, error) {
	for _, c := range p {
		switch {
		case f.inString && f.escaped:
			f.escaped, f.overlong = false, true // no id has escapes
		case f.inString && c == '\\':
			f.escaped = true
		case f.inString && c == '"':
			f.inString = false
			f.ended()
		case f.inString:
			f.keep(c)
		default:
			f.outside(c)
		}
	}
	return len(p), nil
}

func (f *idFinder) keep(c byte) {
	if f.depth != 1 || len(f.text) >= maxEnvelopeID {
		f.overlong = true
		return
	}
	f.text = append(f.text, c)
}

func (f *idFinder) outside(c byte) {
	switch c {
	case '"':
		f.inString, f.overlong, f.text = true, false, f.text[:0]
	case '{', '[':
		f.depth++
	case '}', ']':
		f.depth--
	case ':':
		f.value = true
	case ',':
		if f.depth == 1 {
			f.value = false
		}
	}
}

// ended takes a string that has come to its end.
func (f *idFinder) ended() {
	switch {
	case f.depth != 1:
	case !f.value:
		f.key = append(f.key[:0], f.text...)
		if f.overlong {
			f.key = f.key[:0]
		}
	case string(f.key) == "envelope_id" && !f.overlong && f.id == "":
		f.id = string(f.text)
	}
}
