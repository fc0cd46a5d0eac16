package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"waymark/internal/workspace/blockkit"
)

// ask sends a command or an interaction to the app. The caller holds w.mu and
// waits for the answer without it, see wait.
func (w *Workspace) ask(kind string, payload map[string]any, accepts bool) (*envelope, error) {
	s := w.pickSocket()
	if s == nil {
		return nil, ErrDispatchFailed
	}
	e := &envelope{kind: kind, payload: encode(payload), accepts: accepts, answer: make(chan ackResult, 1)}
	w.send(s, e)
	return e, nil
}

// wait returns the ack's payload, nil if it had none.
func (w *Workspace) wait(ctx context.Context, e *envelope) (json.RawMessage, error) {
	select {
	case r := <-e.answer:
		return r.payload, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-w.ctx.Done():
		return nil, ErrDispatchFailed
	}
}

// interaction is what every interactive payload begins with.
func (w *Workspace) interaction(kind string, p *Person) map[string]any {
	return map[string]any{
		"type": kind, "token": verificationToken, "api_app_id": AppID,
		"team":       map[string]any{"id": TeamID, "domain": TeamDomain},
		"user":       map[string]any{"id": p.ID, "username": p.Handle, "name": p.Handle, "team_id": p.Team},
		"enterprise": nil, "is_enterprise_install": false,
	}
}

func (ch *channel) json() map[string]any {
	name := ch.name
	if ch.person != "" {
		name = "directmessage"
	}
	return map[string]any{"id": ch.id, "name": name}
}

// Press is a person's click on a button, or what they picked in a select, a
// date picker and so on.
type Press struct {
	Person   string         // id or handle
	Channel  string         // of the message; their DM with the bot when empty
	TS       string         // of the message; the latest that has the action when empty
	ViewID   string         // to press something in a modal or a Home tab instead
	ActionID string         // what is pressed
	BlockID  string         // narrows the search, where an action_id repeats
	Value    string         // what was picked: an option's value or label, a date, a text
	Values   []string       // the same, for elements that take several
	Stale    bool           // press something that an update has taken away meanwhile
	Fields   map[string]any // what is filled in in a view so far, as for Submit
}

// Click presses or picks. It returns once the bot has acknowledged it.
func (w *Workspace) Click(ctx context.Context, c Press) error {
	w.mu.Lock()
	e, err := w.press(c)
	w.mu.Unlock()
	if err != nil {
		return err
	}
	_, err = w.wait(ctx, e)
	return err
}

func (w *Workspace) press(c Press) (*envelope, error) {
	p, ch, err := w.seat(c.Person, c.Channel)
	if err != nil {
		return nil, err
	}
	if len(c.Values) == 0 && c.Value != "" {
		c.Values = []string{c.Value}
	}
	if c.ViewID != "" {
		return w.pressInView(p, c)
	}
	m, el, err := w.findPressed(p, ch, c)
	if err != nil {
		return nil, err
	}
	value, err := el.Pick(c.Values)
	if err != nil {
		return nil, invalid(err.Error())
	}
	if m.state == nil {
		m.state = make(blockState)
	}
	if el.Holds() {
		m.state.Set(el, value)
		w.tell(ch, p.ID)
	}
	payload := w.interaction("block_actions", p)
	payload["container"] = map[string]any{
		"type": "message", "message_ts": m.TS, "channel_id": ch.id, "is_ephemeral": m.For != "",
	}
	payload["channel"] = ch.json()
	if m.For == "" {
		payload["message"] = w.messageJSON(m, true)
	}
	payload["state"] = map[string]any{"values": blockkit.Merged(m.Blocks, m.state)}
	payload["response_url"] = w.newResponseURL(p.ID, ch.id, m.TS)
	payload["trigger_id"] = w.newTrigger(p.ID, "")
	payload["actions"] = []any{w.action(el, value)}
	return w.ask("interactive", payload, false)
}

// action is one entry of a payload's actions.
func (w *Workspace) action(el blockkit.Element, value blockkit.Block) map[string]any {
	a := map[string]any{"action_id": el.ID, "block_id": el.BlockID, "action_ts": w.eventTS()}
	for k, v := range value {
		a[k] = v
	}
	if ph := el.Body["placeholder"]; ph != nil {
		a["placeholder"] = ph
	}
	return a
}

// findPressed finds the message and the element that a click means.
func (w *Workspace) findPressed(p *Person, ch *channel, c Press) (*message, blockkit.Element, error) {
	find := func(m *message) (blockkit.Element, bool) {
		if el, ok := blockkit.Find(m.Blocks, c.ActionID, c.BlockID, c.Value); ok {
			return el, true
		}
		if c.Stale {
			for _, blocks := range slices.Backward(m.earlier) {
				if el, ok := blockkit.Find(blocks, c.ActionID, c.BlockID, c.Value); ok {
					return el, true
				}
			}
		}
		return blockkit.Element{}, false
	}
	visible := ch.visible(p.ID)
	for _, m := range slices.Backward(visible) {
		if c.TS != "" && m.TS != c.TS {
			continue
		}
		if el, ok := find(m); ok {
			return m, el, nil
		}
		if c.TS != "" {
			return nil, blockkit.Element{}, notFound(fmt.Sprintf("message %s has no action %q", c.TS, c.ActionID))
		}
	}
	if c.TS != "" {
		return nil, blockkit.Element{}, notFound("message_not_found")
	}
	return nil, blockkit.Element{}, notFound(fmt.Sprintf("no message has an action %q", c.ActionID))
}

func (w *Workspace) pressInView(p *Person, c Press) (*envelope, error) {
	v, err := w.viewOf(p, c.ViewID)
	if err != nil {
		return nil, err
	}
	el, ok := blockkit.Find(v.blocks(), c.ActionID, c.BlockID, c.Value)
	if !ok {
		return nil, notFound(fmt.Sprintf("view %s has no action %q", c.ViewID, c.ActionID))
	}
	value, err := el.Pick(c.Values)
	if err != nil {
		return nil, invalid(err.Error())
	}
	if err := fillIn(v, c.Fields); err != nil {
		return nil, err
	}
	if el.Holds() {
		v.state.Set(el, value)
	}
	payload := w.interaction("block_actions", p)
	payload["container"] = map[string]any{"type": "view", "view_id": v.ID}
	payload["view"] = w.viewJSON(v)
	from := v.ID
	if v.kind() == "home" {
		from = "" // views.push needs a modal
	}
	payload["trigger_id"] = w.newTrigger(p.ID, from)
	payload["actions"] = []any{w.action(el, value)}
	return w.ask("interactive", payload, false)
}

// viewOf finds a view of that person.
func (w *Workspace) viewOf(p *Person, id string) (*view, error) {
	v := w.views.byID[id]
	if v == nil || v.Person != p.ID {
		return nil, notFound(fmt.Sprintf("no view %q of that person", id))
	}
	return v, nil
}

// Shortcut lets a person use one of the app's shortcuts: a global one, or one
// on a message when ts names it.
func (w *Workspace) Shortcut(ctx context.Context, person, callbackID, channel, ts string) error {
	w.mu.Lock()
	e, err := w.shortcut(person, callbackID, channel, ts)
	w.mu.Unlock()
	if err != nil {
		return err
	}
	_, err = w.wait(ctx, e)
	return err
}

func (w *Workspace) shortcut(person, callbackID, channel, ts string) (*envelope, error) {
	p, ch, err := w.seat(person, channel)
	if err != nil {
		return nil, err
	}
	if w.cfg.Shortcuts != nil && !slices.ContainsFunc(w.cfg.Shortcuts, func(s Shortcut) bool {
		return s.CallbackID == callbackID && s.OnMessage == (ts != "")
	}) {
		return nil, notFound(fmt.Sprintf("the app has no such shortcut %q", callbackID))
	}
	payload := w.interaction("shortcut", p)
	if ts != "" {
		m := ch.byTS[ts]
		if m == nil || m.For != "" {
			return nil, notFound("message_not_found")
		}
		payload["type"], payload["message_ts"], payload["message"] = "message_action", ts, w.messageJSON(m, true)
		payload["channel"], payload["response_url"] = ch.json(), w.newResponseURL(p.ID, ch.id, "")
	}
	payload["callback_id"], payload["action_ts"] = callbackID, w.eventTS()
	payload["trigger_id"] = w.newTrigger(p.ID, "")
	return w.ask("interactive", payload, false)
}
