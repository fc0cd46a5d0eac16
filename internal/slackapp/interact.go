package slackapp

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"waymark/internal/chat"
)

// decodeInteraction reads what somebody did with a message or a form.
func (a *App) decodeInteraction(self *identity, c slack.InteractionCallback, from receipt) *job {
	quiet := &job{receipts: []receipt{from}}
	team := c.Team.ID
	if team == "" { // an installation for a whole organization
		team = c.User.TeamID
	}
	person := self.person(c.Enterprise.ID, team, c.User.ID)
	switch c.Type {
	case slack.InteractionTypeBlockActions:
		events, channel := a.clicks(person, c)
		if len(events) == 0 {
			return quiet
		}
		return &job{id: events[0].ID, person: person, events: events, receipts: []receipt{from}, channel: channel}
	case slack.InteractionTypeViewSubmission:
		e, fields := a.submission(person, c, from)
		return &job{id: e.ID, person: person, events: []chat.Event{e}, receipts: []receipt{from}, answer: byForm, fields: fields}
	}
	a.log.Info("interaction without a use", "type", c.Type, "person", person)
	return quiet
}

// clicks are the events of a block_actions payload: usually one, none if only a
// selection changed that is sent by a button later.
//
// Event.Action is the Ask.ID of the question; for elements that are not part of
// one it is Slack's action_id. Values are the values of the choices, or the date.
func (a *App) clicks(p chat.PersonID, c slack.InteractionCallback) (events []chat.Event, answerIn string) {
	base := chat.Event{Kind: chat.Click, Person: p, At: a.cfg.Now()}
	answerIn = c.Container.ChannelID
	if answerIn == "" {
		answerIn = c.Channel.ID
	}
	if !c.Container.IsEphemeral && c.Container.MessageTs != "" {
		// An ephemeral message is not in anybody's history and may hang in any
		// channel: neither its channel nor its ts is of use later.
		base.TS = c.Container.MessageTs
		if strings.HasPrefix(answerIn, "D") {
			base.Channel = answerIn
		}
	}
	for _, act := range c.ActionCallback.BlockActions {
		part, ask, ours := parseBlockID(act.BlockID)
		if ours && part == partMany {
			continue
		}
		e := base
		e.ID = chat.EventID("act:" + act.ActionTs + ":" + c.User.ID + ":" + act.ActionID)
		if t, ok := timeOf(act.ActionTs); ok {
			e.At = t
		}
		if e.Action = ask; !ours {
			e.Action = act.ActionID
		}
		if e.Values = values(*act); ours && act.ActionID == actionSend {
			e.Values = selected(c.BlockActionState, blockID(partMany, ask))
		}
		events = append(events, e)
	}
	return events, answerIn
}

// values are what one element says.
func values(act slack.BlockAction) []string {
	switch {
	case act.SelectedDate != "":
		return []string{act.SelectedDate}
	case act.SelectedTime != "":
		return []string{act.SelectedTime}
	case act.SelectedOption.Value != "":
		return []string{act.SelectedOption.Value}
	case len(act.SelectedOptions) > 0:
		var out []string
		for _, o := range act.SelectedOptions {
			out = append(out, o.Value)
		}
		return out
	case act.SelectedUser != "":
		return []string{act.SelectedUser}
	case act.Value != "":
		return []string{act.Value}
	}
	return nil
}

// selected is what is selected in one block, as the state beside a click tells.
func selected(state *slack.BlockActionStates, block string) []string {
	if state == nil {
		return nil
	}
	return values(state.Values[block][actionMany])
}

// submission reads a form. A field's name is the block_id of its input, and
// Event.Action the form's callback_id. fields are the names in order.
func (a *App) submission(p chat.PersonID, c slack.InteractionCallback, from receipt) (chat.Event, []string) {
	e := chat.Event{
		ID: envelopeID(from), Kind: chat.Submitted, Person: p, At: a.cfg.Now(),
		Action: c.View.CallbackID, Meta: c.View.PrivateMetadata, Form: map[string][]string{},
	}
	if c.View.State == nil {
		return e, nil
	}
	var fields []string
	for field, actions := range c.View.State.Values {
		fields = append(fields, field)
		for _, act := range actions {
			e.Form[field] = append(e.Form[field], values(act)...)
		}
	}
	sort.Strings(fields)
	return e, fields
}

// slackUser reads the user of a user_change; slackevents has a type of its own
// for it that lacks half of the fields.
func slackUser(outer *slackevents.EventsAPICallbackEvent) (*slack.User, error) {
	var e struct {
		User *slack.User `json:"user"`
	}
	if outer.InnerEvent == nil {
		return nil, fmt.Errorf("event %s has no body", outer.EventID)
	}
	if err := json.Unmarshal(*outer.InnerEvent, &e); err != nil {
		return nil, fmt.Errorf("read user_change %s: %w", outer.EventID, err)
	}
	if e.User == nil || e.User.ID == "" {
		return nil, fmt.Errorf("user_change %s names nobody", outer.EventID)
	}
	return e.User, nil
}
