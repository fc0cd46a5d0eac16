// Package chat is what is heard and said, free of any chat platform: the events
// that reach the coach, the messages it answers with, and the interface through
// which messages leave.
//
// A person's words and the coach's words stay apart as spans until a platform
// renders them, so that what a person wrote can never act there (mention a
// channel, become a link, break a layout). The package knows neither the
// dialogue nor the store; it imports nothing but the standard library.
package chat

import (
	"context"
	"time"
)

// PersonID names a person for good: "enterprise/team/user" with the platform's
// own ids, an empty enterprise written as "-". It says nothing about them.
type PersonID string

// EventID is the platform's id of something that happened; a redelivery has the
// same one. See Event.ID.
type EventID string

// Kind says what happened.
type Kind int

const (
	// Text is a message the person wrote to the coach.
	Text Kind = iota + 1
	// Edited is a message the person rewrote; TS names it, Text is the new text.
	Edited
	// Deleted is a message the person took back; TS names it.
	Deleted
	// Command is a slash command; Command and Text hold name and argument.
	Command
	// Click is a button, a menu or a date picker under one of our messages.
	Click
	// Submitted is a form that was sent.
	Submitted
	// Opened says that the person opened the coach's tab or DM.
	Opened
	// Mention is a message in a channel that names the coach.
	Mention
	// ProfileChanged says that name, zone or language changed; see Profile.
	ProfileChanged
	// Shortcut is something picked from the platform's own menus. Action is
	// ShortcutTalk or ShortcutWin; for the latter Link leads to the message it
	// was picked on, and Text is that message's text only if the person wrote it.
	Shortcut
	// Due is a moment the person's reminders were waiting for. It comes from
	// the scheduler, never from the platform.
	Due
	// Listed says that the platform lists the person among those who work here,
	// with their Profile. They did nothing.
	Listed
)

// What a Shortcut is for; see Event.Action.
const (
	ShortcutTalk = "talk" // talk to the coach
	ShortcutWin  = "win"  // save a message as a win
)

// The tabs of the coach, as Event.Action of an Opened event says.
const (
	TabHome     = "home"
	TabMessages = "messages"
)

// Event is one thing that happened to one person.
type Event struct {
	// ID is unique per event and the same when the platform delivers it again.
	ID     EventID
	Kind   Kind
	Person PersonID
	// Channel is where an answer goes: the DM between the person and the coach;
	// "" when the event does not tell (a command typed in some channel).
	Channel string
	// TS is the platform's id of the message that the event is about: the text
	// written, edited or deleted, the message under which something was
	// clicked. TS values of one channel sort by time as strings.
	TS string
	// At is when it happened, by the platform's clock.
	At time.Time
	// Text is what the person wrote, unescaped, or the argument of a command.
	Text string
	// Attachment describes what came besides the text, such as a voice clip:
	// "" for nothing, otherwise a MIME type.
	Attachment string
	// Command is the slash command's name without slash and prefix: "goals".
	Command string
	// Values are what was clicked (Choice.Value), picked (dates as 2006-01-02)
	// or selected. For a date picker Action tells which it is.
	Action string
	Values []string
	// Form is what a submitted form holds, by field name.
	Form map[string][]string
	// Meta travels with a form from its opening to its submission.
	Meta string
	// View is the platform's id of the form or tab in which something was
	// clicked; "" for a message. In a form, Form holds what is filled in so far.
	View string
	// Link leads to the message that a shortcut was picked on.
	Link string
	// Profile is what the platform knows about the person, when it is at hand.
	Profile *Profile
}

// Profile is what a platform tells about a person.
type Profile struct {
	Name   string // the name they go by; may be empty
	Zone   string // IANA name: "Europe/Berlin"; may be empty
	Locale string // "en-GB"; may be empty
	// Outsider says that the person belongs to another workspace, is a guest
	// of one, or is a bot; the coach declines politely.
	Outsider Outsider
}

// Outsider says why the coach does not talk with somebody.
type Outsider int

const (
	// Member is a person of this workspace.
	Member Outsider = iota
	// Stranger belongs to another organization (Slack Connect).
	Stranger
	// Bot is a program.
	Bot
	// Guest is a single- or multi-channel guest.
	Guest
	// Gone is a deactivated account.
	Gone
)

// Reply is what goes back in the acknowledgement of an event; the zero value is
// an empty acknowledgement.
type Reply struct {
	// Message is shown to that person only and cannot be edited later: where
	// they look, so above the tab or the form that the event came from, and in
	// the place of a form that was sent.
	Message *Message `cbor:"1,keyasint,omitempty"`
	// FormErrors are shown at the fields of a submitted form, by field name.
	FormErrors map[string]string `cbor:"2,keyasint,omitempty"`
	// Form is opened at once, or takes the place of the form that the event came
	// from. It is shown once at most and not kept for a repeat of the event.
	Form *Form `cbor:"-"`
}

// Handler takes one event and returns what its acknowledgement carries. When it
// returns nil for the error, everything that follows from the event is durable.
type Handler func(ctx context.Context, e Event) (Reply, error)
