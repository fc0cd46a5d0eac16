package chat

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Sender is a platform as the outbox sees it. Every method may be called from
// several goroutines, but for one channel only from one at a time.
type Sender interface {
	Publisher
	Filer
	// Open returns the channel of the DM with a person, opening it if needed.
	Open(ctx context.Context, p PersonID) (channel string, err error)
	// Post sends a new message that carries id, so that Find can see it, and
	// returns the platform's id of the message. On an error for which
	// Unknown(err) holds, the message may or may not have been accepted.
	Post(ctx context.Context, channel string, id string, m Message) (ts string, err error)
	// Update replaces a message. Doing it twice is the same as doing it once.
	Update(ctx context.Context, channel, ts string, m Message) error
	// Find looks in the channel's history, from the message after (exclusive,
	// "" = the start of what the platform keeps) onwards, for messages that
	// carry one of the ids, and returns their ts by id.
	Find(ctx context.Context, channel, after string, ids []string) (map[string]string, error)
}

// Publisher is a platform on which the coach has a tab of its own.
type Publisher interface {
	// Publish replaces what p sees on the coach's tab. Doing it twice is the
	// same as doing it once.
	Publish(ctx context.Context, p PersonID, page Page) error
}

// File is something to look at or to keep that goes into a DM.
type File struct {
	// Name ends in .png, .md, .json or .ics; the ending says what it is.
	Name  string
	Title string
	// Alt says what a picture shows, for those who cannot see it.
	Alt  string
	Data []byte
}

// Filer is a platform that takes files.
type Filer interface {
	// Upload stores a file where nobody but the coach sees it yet and returns
	// the platform's id of it. Doing it twice leaves a file nobody sees.
	Upload(ctx context.Context, f File) (id string, err error)
	// Share shows an uploaded file in a channel with m beside it. On an error
	// for which Unknown(err) holds it may or may not have been accepted.
	Share(ctx context.Context, channel, id string, f File, m Message) error
	// Shared looks in the channel's history after a message (exclusive, "" =
	// the start) for the message that shows the file, and returns its ts.
	Shared(ctx context.Context, channel, after, id string) (ts string, ok bool, err error)
	// Clear takes back every message and file of the coach in a channel, as far
	// as the platform still lets it. Doing it twice is the same as once; an
	// error means that something may be left and that it is worth doing again.
	Clear(ctx context.Context, channel string) error
}

// SendError is what a Sender returns when the platform said no, or nothing.
type SendError struct {
	// Name is the platform's own name of the error: "channel_not_found".
	Name string
	// RetryAfter is how long the platform asks to wait; 0 = it did not say.
	RetryAfter time.Duration
	// Permanent errors will never go away for this message.
	Permanent bool
	// Unknown errors leave open whether the platform took the message.
	Unknown bool
	Err     error
}

// Error names the platform's error; it never holds the message.
func (e *SendError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %v", e.Name, e.Err)
	}
	return e.Name
}

// Unwrap is the error underneath.
func (e *SendError) Unwrap() error { return e.Err }

// Unknown reports whether err leaves open if a message was accepted.
func Unknown(err error) bool {
	var se *SendError
	return errors.As(err, &se) && se.Unknown
}
