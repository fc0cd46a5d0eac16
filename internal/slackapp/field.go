package slackapp

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// actionField is the action of every field; its block_id is the field's name.
// When a view changes, Slack keeps what was typed into an input whose two ids
// stay, whatever it is to start with now: the second page of a form would show
// the words of the first. So each turn has an action of its own, and a field
// always shows what the coach says.
func actionField(turn string) string {
	if turn == "" {
		return "v"
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(turn)) // a hash takes everything
	return "v." + strconv.FormatUint(h.Sum64(), 36)
}

// inputBlock sets one field of a form.
func inputBlock(f chat.Field, l Labels, action string) (*slack.InputBlock, error) {
	if f.Name == "" || length(f.Name) > maxID {
		return nil, fmt.Errorf("%w: field name of %d characters, allowed are 1 to %d", errInvalid, length(f.Name), maxID)
	}
	if blank(f.Label) {
		return nil, fmt.Errorf("%w: field %s has no label", errInvalid, f.Name)
	}
	e, err := inputElement(f, l, action)
	if err != nil {
		return nil, fmt.Errorf("field %s: %w", f.Name, err)
	}
	b := slack.NewInputBlock(f.Name, plain(clip(f.Label, maxLabel)), nil, e).WithOptional(f.Optional)
	if !blank(f.Hint) {
		b.Hint = plain(clip(f.Hint, maxHint))
	}
	return b, nil
}

func inputElement(f chat.Field, l Labels, action string) (slack.BlockElement, error) {
	switch f.Kind {
	case chat.Line, chat.Lines:
		return textInput(f, action), nil
	case chat.Number:
		return numberInput(f, action), nil
	case chat.Date:
		p := datePicker(first(f.Value), l)
		p.ActionID = action
		if !blank(f.Placeholder) {
			p.Placeholder = placeholder(f)
		}
		return p, nil
	}
	if err := checkOptions(f.Choices); err != nil {
		return nil, err
	}
	opts := options(f.Choices, maxOptions)
	picked := initial(opts, f.Value)
	if f.Kind == chat.Picks {
		return manyInput(f, l, action, opts, picked), nil
	}
	if f.Kind == chat.Radio && len(opts) <= maxRadios {
		e := slack.NewRadioButtonsBlockElement(action, opts...)
		e.InitialOption = only(picked)
		return e, nil
	}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, orLabel(f, l.PickOne), action, opts...)
	e.InitialOption = only(picked)
	return e, nil
}

// textInput takes text. What it starts with is never cut below what Slack takes,
// even where MaxLength is less by now: sending the form would lose the rest.
func textInput(f chat.Field, action string) *slack.PlainTextInputBlockElement {
	e := slack.NewPlainTextInputBlockElement(placeholder(f), action)
	e.Multiline = f.Kind == chat.Lines
	e.InitialValue = clip(strings.Join(f.Value, "\n"), maxInput)
	if f.MaxLength > 0 {
		e.MaxLength = min(max(f.MaxLength, length(e.InitialValue)), maxInput)
	}
	return e
}

func numberInput(f chat.Field, action string) *slack.NumberInputBlockElement {
	e := slack.NewNumberInputBlockElement(placeholder(f), action, true)
	n, err := strconv.ParseFloat(first(f.Value), 64)
	fits := err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
	if f.Max > f.Min {
		e.MinValue, e.MaxValue = strconv.Itoa(f.Min), strconv.Itoa(f.Max)
		fits = fits && n >= float64(f.Min) && n <= float64(f.Max)
	}
	if fits {
		e.InitialValue = strconv.FormatFloat(n, 'f', -1, 64)
	}
	return e
}

func manyInput(f chat.Field, l Labels, action string, opts, picked []*slack.OptionBlockObject) slack.BlockElement {
	if len(opts) <= maxCheckboxes {
		e := slack.NewCheckboxGroupsBlockElement(action, opts...)
		e.InitialOptions = picked
		return e
	}
	e := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, orLabel(f, l.PickMany), action, opts...)
	e.InitialOptions = picked
	return e
}

// checkOptions refuses choices that Slack would, or that would not come back
// whole.
func checkOptions(choices []chat.Choice) error {
	if len(choices) == 0 || len(choices) > maxOptions {
		return fmt.Errorf("%w: %d choices, allowed are 1 to %d", errInvalid, len(choices), maxOptions)
	}
	seen := map[string]bool{}
	for i, c := range choices {
		if n := length(c.Value); n == 0 || n > maxOptionValue {
			return fmt.Errorf("%w: value of choice %d has %d characters, allowed are 1 to %d", errInvalid, i+1, n, maxOptionValue)
		}
		if seen[c.Value] {
			return fmt.Errorf("%w: choice %d has the value of another", errInvalid, i+1)
		}
		seen[c.Value] = true
	}
	return nil
}

// initial are the options with these values: Slack refuses a form that starts
// with something it does not offer.
func initial(opts []*slack.OptionBlockObject, values []string) []*slack.OptionBlockObject {
	var out []*slack.OptionBlockObject
	for _, o := range opts {
		if slices.Contains(values, o.Value) {
			out = append(out, o)
		}
	}
	return out
}

func only(picked []*slack.OptionBlockObject) *slack.OptionBlockObject {
	if len(picked) == 0 {
		return nil
	}
	return picked[0]
}

func placeholder(f chat.Field) *slack.TextBlockObject {
	if blank(f.Placeholder) {
		return nil
	}
	return plain(clip(f.Placeholder, maxPlaceholder))
}

func orLabel(f chat.Field, label string) *slack.TextBlockObject {
	if p := placeholder(f); p != nil {
		return p
	}
	return plain(label)
}

// blank reports whether there is nothing to read in s: Slack refuses empty texts.
func blank(s string) bool { return strings.TrimSpace(s) == "" }

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
