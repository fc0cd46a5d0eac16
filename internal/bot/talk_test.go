package bot_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/internal/transcript"
	"waymark/internal/workspace"
)

// TestTalks plays conversations through the whole bot: Slack's protocol over
// sockets on one side, a data file on the other.
func TestTalks(t *testing.T) {
	t.Parallel()
	transcript.Run(t, "testdata/talks/*.txt", func(t *testing.T) transcript.Driver {
		return &driver{stage: newStage(t, func(c *workspace.Config) { c.AckTimeout = 2 * time.Second })}
	})
}

// driver carries out the lines of a transcript in a workspace and tells what
// can be seen there afterwards that could not be seen before.
type driver struct {
	*stage
	last map[string]string // ts of what each person said last
}

var people = map[string]string{"ana": workspace.Ana, "sam": workspace.Sam, "kim": workspace.Kim, "stranger": workspace.Stranger}

// Do carries out one line.
func (d *driver) Do(who, verb, arg string) ([]string, error) {
	if d.last == nil {
		d.last = map[string]string{}
	}
	if who == "" {
		who = "ana"
	} else if verb != "@" {
		d.pass(time.Minute)
	}
	person, ok := people[who]
	if !ok {
		return nil, fmt.Errorf("nobody is called %q", who)
	}
	before, err := d.ws.Messages(person)
	if err != nil {
		return nil, err
	}
	if err := d.act(who, person, verb, arg); err != nil {
		return nil, err
	}
	d.settle()
	after, err := d.ws.Messages(person)
	switch { // what may change with the prompts is looked at on the spot
	case verb == "!" && arg == "first talk":
		return shown(after[len(after)-1]), err
	case verb == "!" && arg == "look at the plan":
		return nil, err
	}
	return seen(before, after), err
}

func (d *driver) act(who, person, verb, arg string) (err error) {
	ctx := context.Background()
	switch verb {
	case "says":
		d.last[who], err = d.ws.Say(person, arg)
	case "edits":
		err = d.ws.Edit(person, d.last[who], arg)
	case "commands":
		name, text, _ := strings.Cut(arg, " ")
		_, err = d.ws.Command(ctx, person, "/"+name, text)
	case "taps":
		err = d.taps(ctx, person, strings.Split(arg, "] ["))
	case "picks":
		err = d.ws.Click(ctx, workspace.Press{Person: person, ActionID: "date", Value: arg})
	case "@":
		var to time.Time
		if to, err = time.ParseInLocation("2006-01-02 15:04", arg, berlin()); err == nil {
			err = d.walk(to)
		}
	case "!":
		switch arg {
		case "restart":
			d.restart()
		case "redeliver":
			err = d.ws.Inject(workspace.Fault{Kind: "redeliver_last"})
		case "first talk":
			err = d.converse("ana", firstTalk)
		case "look at the plan":
			err = d.plan(ctx)
		default:
			err = fmt.Errorf("cannot %q", arg)
		}
	default:
		err = fmt.Errorf("unknown verb %q", verb)
	}
	return err
}

// taps presses a button, or selects several, each by how its label begins, and
// sends them.
// number stands before the options of a menu in which one had to be shortened.
var number = regexp.MustCompile(`^\d+\. `)

func (d *driver) taps(ctx context.Context, person string, labels []string) error {
	all := d.messages()
	if p, err := find(all, labels[0]); err == nil && len(labels) == 1 {
		p.Person = person
		return d.ws.Click(ctx, p)
	}
	m := all[len(all)-1]
	for _, a := range m.Actions {
		var values []string
		for _, o := range a.Options {
			if slices.ContainsFunc(labels, func(l string) bool { return strings.HasPrefix(number.ReplaceAllString(o.Label, ""), l) }) {
				values = append(values, o.Value)
			}
		}
		if len(values) != len(labels) {
			continue
		}
		p := workspace.Press{Person: person, TS: m.TS, ActionID: a.ActionID, BlockID: a.BlockID, Values: values}
		if err := d.ws.Click(ctx, p); err != nil {
			return err
		}
		return d.ws.Click(ctx, workspace.Press{Person: person, TS: m.TS, ActionID: "send"})
	}
	return errors.New("nothing to tap is called so")
}

// walk moves the clock from one due moment to the next, as the days would.
func (d *driver) walk(to time.Time) error {
	for {
		at, ok := d.bot.NextDue()
		if !ok || at.After(to) || to.Before(d.ws.Now()) {
			break
		}
		if err := d.ws.SetClock(at); err != nil {
			return err
		}
		d.settle()
	}
	return d.ws.SetClock(to)
}

// berlin is where Ana lives.
func berlin() *time.Location {
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return loc
}

// seen tells what is new in a conversation, a line each: messages of the bot
// with what can be tapped below, and what became of older ones.
func seen(before, after []workspace.Message) []string {
	old := map[string]workspace.Message{}
	for _, m := range before {
		old[m.TS] = m
	}
	var out []string
	for _, m := range after {
		was, known := old[m.TS]
		switch {
		case m.From == "person":
		case !known:
			out = append(out, shown(m)...)
		case m.Text != was.Text:
			out = append(out, strings.TrimSpace("(edited) "+added(was.Text, m.Text)+taps(m)))
		}
	}
	return out
}

// added is the lines of a text that it did not have before.
func added(was, is string) string {
	old := strings.Split(was, "\n")
	var fresh []string
	for line := range strings.SplitSeq(is, "\n") {
		if !slices.Contains(old, line) {
			fresh = append(fresh, unescape.Replace(line))
		}
	}
	return strings.Join(fresh, " / ")
}

func shown(m workspace.Message) []string {
	speaker := map[string]string{"bot": "coach: ", "slack": "slack: "}[m.From]
	if m.Ephemeral && m.From == "bot" {
		speaker = "only you: "
	}
	var out []string
	for i, line := range strings.Split(unescape.Replace(m.Text), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if i == 0 {
			line = speaker + line
		} else {
			line = "  " + line
		}
		out = append(out, line)
	}
	if t := taps(m); t != "" {
		out = append(out, strings.TrimSpace(t))
	}
	return out
}

func taps(m workspace.Message) string {
	var b strings.Builder
	for _, a := range m.Actions {
		switch a.Type {
		case "button":
			b.WriteString(" [" + a.Label + "]")
		case "datepicker":
			b.WriteString(" [pick a day]")
		default:
			var labels []string
			for _, o := range a.Options {
				labels = append(labels, o.Label)
			}
			b.WriteString(" {" + strings.Join(labels, " | ") + "}")
		}
	}
	return b.String()
}
