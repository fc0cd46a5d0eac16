package soak

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"waymark/internal/bot/bottest"
	"waymark/internal/workspace"
)

// questions are those that ship.
var questions = bottest.Shipped()

// person talks with the bot, deletes everything after a while, and begins anew.
type person struct {
	ws     *workspace.Workspace
	id     string
	random *rand.Rand
	left   int    // things to do until the end of this life
	last   string // the message from which on the conversation is looked at
	n      int
}

// life is how many things somebody does before they delete their data.
const life = 40

// deed is what a person did and how long they waited for the answer.
type deed struct {
	kind string
	took time.Duration
	err  error
}

// act does one thing and waits for what comes of it.
func (p *person) act(ctx context.Context) deed {
	p.n++
	p.left--
	seen, err := p.ws.MessagesSince(p.id, p.last)
	if err != nil {
		return deed{err: err}
	}
	if n := len(seen) - 4; n > 0 {
		p.last = seen[n].TS
	}
	kind, do := p.choose(seen)
	began := time.Now()
	err = do(ctx)
	return deed{kind, time.Since(began), err}
}

// choose decides what to do in view of what was said last.
func (p *person) choose(seen []workspace.Message) (kind string, do func(context.Context) error) {
	says := func(text string) (string, func(context.Context) error) {
		return "message", func(ctx context.Context) error { return p.say(ctx, text) }
	}
	if len(seen) == 0 {
		return says("hi")
	}
	if p.left <= 0 {
		p.left = life/2 + p.random.IntN(life)
		return "deletion", p.leave
	}
	last := seen[len(seen)-1]
	switch dice := p.random.IntN(20); {
	case dice == 0:
		return "command", func(ctx context.Context) error {
			_, err := p.ws.Command(ctx, p.id, "/win", fmt.Sprintf("helped colleague %d", p.n))
			return err
		}
	case dice == 1:
		return "home", func(context.Context) error { return p.ws.OpenHome(p.id) }
	case dice < 5:
		for _, a := range last.Actions {
			if a.Type == "button" && a.URL == "" {
				return "tap", func(ctx context.Context) error {
					return p.ws.Click(ctx, workspace.Press{Person: p.id, TS: last.TS, ActionID: a.ActionID, BlockID: a.BlockID})
				}
			}
		}
	case dice == 5:
		return says("why?")
	case dice == 6:
		return says("back")
	case dice == 7:
		return says("show plan")
	}
	if len(questions.On(last.Text)) > 0 && p.random.IntN(2) == 0 {
		return says("skip")
	}
	return says(fmt.Sprintf("%s %d", strings.Repeat("what I think about it is long and short and ", 1+p.random.IntN(3)), p.n))
}

// say writes something and waits until the bot has answered.
func (p *person) say(ctx context.Context, text string) error {
	ts, err := p.ws.Say(p.id, text)
	if err != nil {
		return err
	}
	_, err = p.answer(ctx, ts)
	return err
}

// answer waits for the first message of the bot after the one at ts.
func (p *person) answer(ctx context.Context, ts string) (workspace.Message, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		seen, err := p.ws.MessagesSince(p.id, ts)
		if err != nil {
			return workspace.Message{}, err
		}
		for _, m := range seen {
			if m.TS > ts && m.From == "bot" {
				return m, nil
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return workspace.Message{}, errors.New("no answer")
		}
	}
}

// leave deletes everything, as one does: words, a button, a form.
func (p *person) leave(ctx context.Context) error {
	ts, err := p.ws.Say(p.id, "delete everything")
	if err != nil {
		return err
	}
	m, err := p.answer(ctx, ts)
	if err != nil {
		return err
	}
	if len(m.Actions) == 0 {
		return nil // there was nothing to delete
	}
	if err := p.ws.Click(ctx, workspace.Press{Person: p.id, TS: m.TS, ActionID: m.Actions[0].ActionID, BlockID: m.Actions[0].BlockID}); err != nil {
		return err
	}
	form, err := p.form(ctx)
	if err != nil {
		return err
	}
	values := map[string]any{}
	for _, a := range form.Actions {
		if len(a.Options) > 0 && a.BlockID == "sure" {
			values[a.BlockID] = []string{a.Options[0].Value}
		}
	}
	got, err := p.ws.Submit(ctx, p.id, form.ID, values)
	if err == nil && len(got.Errors) > 0 {
		err = errors.New("the form was refused")
	}
	for err == nil {
		open, e := p.ws.Views(p.id)
		if e != nil || len(open) == 0 {
			return e
		}
		err = p.ws.CloseView(ctx, p.id, open[len(open)-1].ID)
	}
	return err
}

// form waits until the bot has opened one.
func (p *person) form(ctx context.Context) (workspace.View, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		open, err := p.ws.Views(p.id)
		if err != nil || len(open) > 0 {
			return append(open, workspace.View{})[0], err
		}
		select {
		case <-time.After(time.Millisecond):
		case <-ctx.Done():
			return workspace.View{}, errors.New("no form")
		}
	}
}
