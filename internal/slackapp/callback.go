package slackapp

import (
	"encoding/json"
	"errors"

	"github.com/slack-go/slack"
)

// callback is an event of the Events API with the few parts of it that are
// read. Slack tells the bot of each message that the bot itself posts or
// changes, blocks and all; most of what arrives is that, so it must be cheap to
// look at.
type callback struct {
	Type       string `json:"type"`
	ID         string `json:"event_id"`
	Time       int64  `json:"event_time"` // seconds
	Team       string `json:"team_id"`
	Enterprise string `json:"enterprise_id"`
	Event      inner  `json:"event"`
}

// inner is what happened. Which fields are there depends on Type.
type inner struct {
	message
	Channel     string   `json:"channel"`
	ChannelType string   `json:"channel_type"`
	DeletedTS   string   `json:"deleted_ts"`
	EventTS     string   `json:"event_ts"`
	Now         *message `json:"message"`          // of message_changed
	Before      *message `json:"previous_message"` // of message_changed, message_deleted
	Tab         string   `json:"tab"`              // of app_home_opened
	Tokens      struct {
		Bot []string `json:"bot"`
	} `json:"tokens"` // of tokens_revoked
}

type message struct {
	Type    string `json:"type"`
	SubType string `json:"subtype"`
	User    userID `json:"user"`
	BotID   string `json:"bot_id"`
	Text    string `json:"text"`
	TS      string `json:"ts"`
	Edited  *struct {
		User userID `json:"user"`
		TS   string `json:"ts"`
	} `json:"edited"`
	Files []file `json:"files"`
}

type file struct {
	Mimetype string `json:"mimetype"`
}

// userID is the id of a user where that stands alone; a user_change has all
// about the user in its place, which changedUser reads.
type userID string

// UnmarshalJSON takes an id, and leaves everything else empty.
func (u *userID) UnmarshalJSON(js []byte) error {
	*u = ""
	if len(js) > 0 && js[0] == '"' {
		return json.Unmarshal(js, (*string)(u))
	}
	return nil
}

// changedUser reads the user of a user_change.
func changedUser(raw []byte) (*slack.User, error) {
	var c struct {
		Event struct {
			User *slack.User `json:"user"`
		} `json:"event"`
	}
	if _, err := parse(raw, &c); err != nil {
		return nil, err
	}
	if c.Event.User == nil || c.Event.User.ID == "" {
		return nil, errors.New("it names nobody")
	}
	return c.Event.User, nil
}
