package slackapp

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/slack-go/slack"

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
		j := &job{id: events[0].ID, person: person, events: events, receipts: []receipt{from}, channel: channel,
			trigger: c.TriggerID, view: viewOf(c), away: c.View.ID != ""}
		if c.Container.IsEphemeral { // in whichever conversation it was shown
			j.respond = c.ResponseURL
		}
		return j
	case slack.InteractionTypeViewSubmission:
		e, fields := a.submission(person, c, from)
		return &job{id: e.ID, person: person, events: []chat.Event{e}, receipts: []receipt{from}, answer: byForm, fields: fields,
			trigger: c.TriggerID, view: viewOf(c), away: true}
	case slack.InteractionTypeShortcut, slack.InteractionTypeMessageAction:
		e, ok := a.shortcut(self, person, c, from)
		if !ok {
			break
		}
		return &job{id: e.ID, person: person, events: []chat.Event{e}, receipts: []receipt{from}, trigger: c.TriggerID, respond: c.ResponseURL, away: true}
	}
	a.log.Info("interaction without a use", "type", c.Type, "person", person)
	return quiet
}

// viewOf is the view in which something happened, if it was one.
func viewOf(c slack.InteractionCallback) viewRef {
	return viewRef{id: c.View.ID, form: c.View.Type == slack.VTModal}
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
	state := c.BlockActionState
	if c.View.ID != "" {
		base.View, base.Meta, base.Form = c.View.ID, c.View.PrivateMetadata, filledIn(c.View.State)
		state = nil
		if c.View.State != nil {
			state = &slack.BlockActionStates{Values: c.View.State.Values}
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
			e.Values = selected(state, blockID(partMany, ask))
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
// Event.Action the form's callback_id. fields are the names, top to bottom.
func (a *App) submission(p chat.PersonID, c slack.InteractionCallback, from receipt) (chat.Event, []string) {
	e := chat.Event{
		ID: a.submissionID(c, from), Kind: chat.Submitted, Person: p, At: a.cfg.Now(),
		Action: c.View.CallbackID, Meta: c.View.PrivateMetadata, Form: filledIn(c.View.State),
	}
	var fields []string
	for _, b := range c.View.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok {
			fields = append(fields, in.BlockID)
		}
	}
	if fields == nil {
		fields = slices.Sorted(maps.Keys(e.Form))
	}
	return e, fields
}

// submissionID is the same for a form that is sent twice. After an error at a
// field Slack sends the same view with the same hash again, only filled in
// differently, so what is filled in is part of the id. It is keyed with the
// token: ids are logged, and a short answer could be guessed from a plain hash.
func (a *App) submissionID(c slack.InteractionCallback, from receipt) chat.EventID {
	if c.View.ID == "" || c.View.Hash == "" {
		return envelopeID(from)
	}
	form := filledIn(c.View.State)
	sum := hmac.New(sha256.New, []byte(a.cfg.BotToken))
	for _, field := range slices.Sorted(maps.Keys(form)) {
		fmt.Fprintf(sum, "%q %q\n", field, form[field]) // a hash takes everything
	}
	return chat.EventID(fmt.Sprintf("form:%s:%s:%x", c.View.ID, c.View.Hash, sum.Sum(nil)[:12]))
}

// filledIn is what the fields of a view hold, by name.
func filledIn(state *slack.ViewState) map[string][]string {
	form := map[string][]string{}
	if state == nil {
		return form
	}
	for field, actions := range state.Values {
		form[field] = nil
		for _, act := range actions {
			form[field] = append(form[field], values(act)...)
		}
	}
	return form
}
