package slackapp

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

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

// formUpdate is the payload that puts another view in the place of a form.
type formUpdate struct {
	Action string                 `json:"response_action"`
	View   slack.ModalViewRequest `json:"view"`
}

// reply acknowledges j's envelopes, with the reply inside where it belongs
// there, and shows what is left of the replies afterwards.
func (a *App) reply(ctx context.Context, j *job, replies []chat.Reply) {
	var payload any
	var later []chat.Reply
	for _, r := range replies {
		if len(r.FormErrors) > 0 && len(j.fields) == 0 { // no field to show them at
			r.Message = inWords(r.FormErrors, r.Message)
		}
		if p := a.inAck(j, &r); p != nil {
			payload = p
		}
		later = append(later, r)
	}
	if j.answer == byForm {
		payload = a.sameAnswer(j, payload)
	}
	a.ack(j, payload)
	for _, r := range later {
		if r.Form != nil {
			a.show(ctx, j, *r.Form)
		}
		if r.Message != nil {
			a.tell(ctx, j, *r.Message)
		}
	}
}

// inAck is the payload for what of r goes back in the acknowledgement, nil for
// none; that is taken out of r.
func (a *App) inAck(j *job, r *chat.Reply) any {
	switch {
	case j.answer == byAck && r.Message != nil && accepts(j):
		m, err := a.ackMessage(*r.Message)
		r.Message = nil
		if err != nil {
			a.log.Error("reply cannot be shown", "event", j.id, "err", err)
			return nil
		}
		return m
	case j.answer != byForm || !accepts(j):
		return nil
	case len(r.FormErrors) > 0 && len(j.fields) > 0:
		p := formErrors{"errors", errorsAt(j.fields, r.FormErrors)}
		r.Form = nil // the form stays
		return p
	case r.Form != nil:
		view, err := modalAfter(*r.Form, a.labels(), string(j.id))
		if p, ok := a.update(j, view, err); ok {
			r.Form = nil
			return p
		}
	case r.Message != nil:
		view, err := notice(*r.Message, a.labels())
		if p, ok := a.update(j, view, err); ok {
			r.Message = nil
			return p
		}
	}
	return nil
}

// sameAnswer is payload, or for a repeat of a form's submission what the first
// one was answered with: a Handler does not keep forms for repeats, and an empty
// acknowledgement would close the form that the first one opened.
func (a *App) sameAnswer(j *job, payload any) any {
	if payload == nil {
		payload, _ = a.answers.get(j.id)
		return payload
	}
	a.answers.put(j.id, payload)
	return payload
}

// inWords is errors of a form as a message, for where there are no fields.
func inWords(errs map[string]string, m *chat.Message) *chat.Message {
	var out chat.Message
	for _, name := range slices.Sorted(maps.Keys(errs)) {
		out.Blocks = append(out.Blocks, chat.Para(chat.T(errs[name])))
	}
	if m != nil {
		out.Blocks, out.Ask, out.Footer = append(out.Blocks, m.Blocks...), m.Ask, m.Footer
	}
	return &out
}

// update is a view as the answer to a form, if it can be shown and fits an
// acknowledgement.
func (a *App) update(j *job, view slack.ModalViewRequest, err error) (formUpdate, bool) {
	p := formUpdate{"update", view}
	if err == nil {
		var js []byte
		if js, err = json.Marshal(p); err == nil && len(js) < maxAck {
			return p, true
		}
	}
	if err != nil {
		a.log.Error("form cannot be shown", "event", j.id, "err", err)
	}
	return p, false
}

// errorsAt puts errors at the fields of a form. One that names no field of it
// would make Slack drop all of them: it goes to the last field, where the
// button is.
func errorsAt(fields []string, errs map[string]string) map[string]string {
	out := make(map[string]string, len(errs))
	for _, name := range slices.Sorted(maps.Keys(errs)) {
		at := name
		if !slices.Contains(fields, name) {
			at = fields[len(fields)-1]
		}
		out[at] = joinLines(out[at], errs[name])
	}
	for at, text := range out { // all of them together must fit an acknowledgement
		out[at] = clip(text, min(maxFieldError, maxAck/4/len(out)))
	}
	return out
}

func accepts(j *job) bool { return len(j.receipts) > 0 && j.receipts[0].payload }

// apologise ends a job that failed. Events stay unacknowledged, so that Slack
// delivers them again; the rest it would not.
func (a *App) apologise(ctx context.Context, j *job, e chat.Event) {
	sorry := chat.Say(a.labels().Apology)
	switch {
	case e.Kind == chat.Command:
		a.reply(ctx, j, []chat.Reply{{Message: &sorry}})
	case e.Kind == chat.Click, e.Kind == chat.Shortcut:
		a.ack(j, nil)
		a.tell(ctx, j, sorry)
	case e.Kind == chat.Submitted && len(j.fields) > 0:
		a.ack(j, formErrors{"errors", map[string]string{j.fields[len(j.fields)-1]: a.labels().Apology}})
	case e.Kind == chat.Submitted:
		a.reply(ctx, j, []chat.Reply{{Message: &sorry}})
	default:
		for _, r := range a.dispatch.settle(j) {
			r.from.owed.Add(-1)
		}
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

// whisper shows m to the person alone, once at most: where they are, if Slack
// gave an address for that or the channel is known, otherwise in their DM. There
// it stays if they are elsewhere now: what only shows at once would be missed.
func (a *App) whisper(ctx context.Context, j *job, m chat.Message) {
	channel := j.channel
	for _, e := range j.events {
		if channel == "" {
			channel = e.Channel
		}
	}
	var err error
	if j.respond != "" {
		if err = a.respond(ctx, j.respond, m); err == nil || chat.Unknown(err) {
			return
		}
		a.log.Info("reply goes to the DM instead", "event", j.id, "err", err)
		channel = "" // that conversation may be closed to the bot
	}
	if j.away {
		err = a.leave(ctx, j.person, m)
	} else {
		err = a.whisperIn(ctx, channel, j.person, m)
	}
	if err != nil {
		a.log.Warn("reply was not shown", "event", j.id, "person", j.person, "err", err)
	}
}

// leave puts m into the DM of somebody who does not look at it now.
func (a *App) leave(ctx context.Context, p chat.PersonID, m chat.Message) error {
	channel, err := a.Open(ctx, p)
	if err == nil {
		_, err = a.Post(ctx, channel, "", m)
	}
	return err
}

// respond shows m through the address that came with an interaction. It works
// in conversations that the bot is no member of.
func (a *App) respond(ctx context.Context, address string, m chat.Message) error {
	opts, err := a.message(m, slack.MsgOptionResponseURL(address, slack.ResponseTypeEphemeral))
	if err != nil {
		return err
	}
	return a.request(ctx, "response_url", "", func(ctx context.Context) error {
		_, _, _, err := a.api.SendMessageContext(ctx, "", opts...)
		return err
	})
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
		r, err := renderWithin(short, a.labels(), limit)
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
		short.Footer = append(m.Footer[:len(m.Footer):len(m.Footer)], chat.T(" "+a.labels().Elsewhere))
	}
	return ackMessage{}, fmt.Errorf("%w: its choices do not fit an acknowledgement", errInvalid)
}
