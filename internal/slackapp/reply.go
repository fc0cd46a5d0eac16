package slackapp

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// ackMessage is the payload that answers a slash command.
type ackMessage struct {
	ResponseType string        `json:"response_type"`
	Text         string        `json:"text"`
	Mrkdwn       bool          `json:"mrkdwn"`
	Blocks       []slack.Block `json:"blocks,omitempty"`
}

// formErrors is the payload that keeps a form open.
type formErrors struct {
	Action string            `json:"response_action"`
	Errors map[string]string `json:"errors"`
}

// reply acknowledges j's envelopes, with the reply inside where it belongs
// there, and sends the other replies afterwards.
func (a *App) reply(ctx context.Context, j *job, replies []chat.Reply) {
	var payload any
	inAck := false
	for _, r := range replies {
		switch {
		case j.answer == byAck && r.Message != nil && accepts(j):
			m, err := a.ackMessage(*r.Message)
			if err != nil {
				a.log.Error("reply cannot be shown", "event", j.id, "err", err)
				continue
			}
			payload, inAck = m, true
		case j.answer == byForm && len(r.FormErrors) > 0:
			payload = formErrors{"errors", r.FormErrors}
		}
	}
	a.ack(j, payload)
	if inAck {
		return
	}
	for _, r := range replies {
		if r.Message != nil {
			a.whisper(ctx, j, *r.Message)
		}
	}
}

func accepts(j *job) bool { return len(j.receipts) > 0 && j.receipts[0].payload }

// apologise ends a job that failed. Events stay unacknowledged, so that Slack
// delivers them again; the rest it would not.
func (a *App) apologise(ctx context.Context, j *job, e chat.Event) {
	sorry := chat.Say(a.cfg.Labels.Apology)
	switch {
	case e.Kind == chat.Command:
		a.reply(ctx, j, []chat.Reply{{Message: &sorry}})
	case e.Kind == chat.Click:
		a.ack(j, nil)
		a.whisper(ctx, j, sorry)
	case e.Kind == chat.Submitted && len(j.fields) > 0:
		a.ack(j, formErrors{"errors", map[string]string{j.fields[0]: a.cfg.Labels.Apology}})
	case e.Kind == chat.Submitted:
		a.ack(j, nil)
	default:
		a.dispatch.settle(j)
	}
}

// ack acknowledges all envelopes of j.
func (a *App) ack(j *job, payload any) {
	for _, r := range a.dispatch.settle(j) {
		p := payload
		if !r.payload {
			p = nil
		}
		if err := r.from.ack(r.envelope, p); err != nil {
			a.log.Warn("not acknowledged", "event", j.id, "err", err)
		}
	}
}

// whisper shows m to the person alone, once at most.
func (a *App) whisper(ctx context.Context, j *job, m chat.Message) {
	channel := j.channel
	for _, e := range j.events {
		if channel == "" {
			channel = e.Channel
		}
	}
	err := a.whisperIn(ctx, channel, j.person, m)
	if err != nil {
		a.log.Warn("reply was not shown", "event", j.id, "person", j.person, "err", err)
	}
}

func (a *App) whisperIn(ctx context.Context, channel string, p chat.PersonID, m chat.Message) error {
	if channel == "" {
		var err error
		if channel, err = a.Open(ctx, p); err != nil {
			return err
		}
	}
	opts, err := a.message(m, slack.MsgOptionParse(false))
	if err != nil {
		return err
	}
	return a.request(ctx, "chat.postEphemeral", channel, func(ctx context.Context) error {
		_, err := a.api.PostEphemeralContext(ctx, channel, userOf(p), opts...)
		return err
	})
}

// ackMessage sets m small enough for an acknowledgement. What does not fit is
// cut, and a line says where all of it can be had.
func (a *App) ackMessage(m chat.Message) (ackMessage, error) {
	short := m
	for limit := maxBlocksJSON; limit > 500; limit = limit * 2 / 3 {
		r, err := renderWithin(short, a.cfg.Labels, limit)
		if err != nil {
			return ackMessage{}, err
		}
		p := ackMessage{ResponseType: "ephemeral", Text: r.text, Blocks: r.blocks}
		js, err := json.Marshal(p)
		if err != nil {
			return ackMessage{}, fmt.Errorf("encode reply: %w", err)
		}
		if len(js) < maxAck {
			return p, nil
		}
		short.Footer = append(m.Footer[:len(m.Footer):len(m.Footer)], chat.T(" "+a.cfg.Labels.Elsewhere))
	}
	return ackMessage{}, fmt.Errorf("%w: its choices do not fit an acknowledgement", errInvalid)
}
