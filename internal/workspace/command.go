package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Command lets a person run a slash command in their DM with the bot. It
// returns once the bot has acknowledged it; the timestamp is that of the reply
// that came with the ack, empty if there was none. Without a bot, or without
// an ack, the person is told and the error is ErrDispatchFailed or
// ErrOperationTimeout.
func (w *Workspace) Command(ctx context.Context, person, command, text string) (replyTS string, err error) {
	return w.CommandIn(ctx, person, "", command, text)
}

// CommandIn is Command in another channel.
func (w *Workspace) CommandIn(ctx context.Context, person, channel, command, text string) (replyTS string, err error) {
	w.mu.Lock()
	p, ch, err := w.seat(person, channel)
	if err == nil {
		err = w.checkCommand(command)
	}
	if err != nil {
		w.mu.Unlock()
		return "", err
	}
	name := ch.json()["name"]
	e, err := w.ask("slash_commands", map[string]any{
		"token": verificationToken, "team_id": TeamID, "team_domain": TeamDomain,
		"channel_id": ch.id, "channel_name": name, "user_id": p.ID, "user_name": p.Handle,
		"command": command, "text": escape(strings.TrimSpace(text)), "api_app_id": AppID,
		"is_enterprise_install": "false", // a string, as Slack sends it
		"response_url":          w.newResponseURL(p.ID, ch.id, ""),
		"trigger_id":            w.newTrigger(p.ID, ""),
	}, true)
	w.mu.Unlock()
	var payload json.RawMessage
	if err == nil {
		payload, err = w.wait(ctx, e)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		replyTS, err = w.reply(ch, p, payload)
	}
	var failed *Error
	if errors.As(err, &failed) {
		w.notice(ch, p.ID, fmt.Sprintf("%s failed with the error “%s”", command, failed.Name))
	}
	return replyTS, err
}

// checkCommand refuses commands that the app has not registered.
func (w *Workspace) checkCommand(command string) error {
	if !strings.HasPrefix(command, "/") || len(command) < 2 {
		return invalid("a command starts with a slash")
	}
	if w.cfg.Commands == nil {
		return nil
	}
	if !slices.ContainsFunc(w.cfg.Commands, func(c Command) bool { return c.Name == command }) {
		return invalid(command + " is not a valid command")
	}
	return nil
}

// reply posts what came with a command's ack.
func (w *Workspace) reply(ch *channel, p *Person, payload json.RawMessage) (ts string, err error) {
	a, some, err := ackArgs(payload)
	if err != nil || !some {
		return "", err
	}
	if !a.has("text") && !a.has("blocks") && !a.has("attachments") {
		return "", nil
	}
	c, err := w.readContent(a, maxText)
	if err != nil {
		w.log.Warn("reply to a command refused", "error", err.Error())
		return "", &Error{Status: 409, Name: "invalid_command_response"}
	}
	if a.text("response_type") == "in_channel" {
		return w.postAsBot(ch, c).TS, nil
	}
	return w.postEphemeral(ch, p.ID, c).TS, nil
}

// ackArgs reads an ack's payload; an empty object is as good as none.
func ackArgs(payload json.RawMessage) (a args, some bool, err error) {
	if len(payload) == 0 || string(payload) == "null" || string(payload) == `""` {
		return a, false, nil
	}
	var text string
	if json.Unmarshal(payload, &text) == nil { // a plain text is a reply, too
		return args{values: map[string]any{"text": text}}, true, nil
	}
	if err := json.Unmarshal(payload, &a.values); err != nil {
		return a, false, &Error{Status: 409, Name: "invalid_command_response"}
	}
	return a, len(a.values) > 0, nil
}
