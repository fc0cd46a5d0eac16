package slackapp

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// The parts of a question. A block's id is part and Ask.ID, so that a click
// tells the question it belongs to.
const (
	partChoices = "choices"
	partMany    = "many"
	partExtra   = "extra"
	// partRow is of a block of buttons within a message or a view. A number
	// before the colon tells apart those with the same Block.ID.
	partRow = "row"
)

// The actions within a question. Buttons carry a number after a dot.
const (
	actionChoice = "choice"
	actionExtra  = "extra"
	actionPick   = "pick" // a menu
	actionMany   = "many" // checkboxes or a menu of several
	actionSend   = "send" // sends what is selected in actionMany
	actionDate   = "date"
)

func blockID(part, ask string) string { return part + ":" + ask }

// parseBlockID is the inverse of blockID; ok is false for blocks that are not
// part of a question.
func parseBlockID(id string) (part, ask string, ok bool) {
	part, ask, ok = strings.Cut(id, ":")
	switch part {
	case partChoices, partMany, partExtra:
		return part, ask, ok
	}
	if n, row := strings.CutPrefix(part, partRow); row && strings.Trim(n, "0123456789") == "" {
		return partRow, ask, ok
	}
	return "", "", false
}

// askBlocks sets what can be tapped, with at most menu options in a menu. Where a
// label had to be shortened or left out, listed is the numbered list of all
// labels in full for the body.
func askBlocks(a *chat.Ask, l Labels, menu int) (blocks []slack.Block, listed chat.Block, err error) {
	if a == nil {
		return nil, chat.Block{}, nil
	}
	if err := checkAsk(a); err != nil {
		return nil, chat.Block{}, err
	}
	var row []slack.BlockElement
	short := clipped(a.Choices)
	switch {
	case len(a.Choices) == 0:
	case a.Many:
		var b slack.Block
		if b, row = several(a, l, menu); b != nil {
			blocks = append(blocks, b)
		}
	case len(a.Choices) <= maxButtons && !short:
		row = buttons(actionChoice, a.Choices)
	default:
		row = []slack.BlockElement{slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(l.PickOne), actionPick, options(a.Choices, menu)...)}
	}
	if a.Date {
		row = append(row, datePicker(a.Initial, l))
	}
	if len(row) > 0 {
		blocks = append(blocks, slack.NewActionBlock(blockID(partChoices, a.ID), row...))
	}
	if len(a.Extra) > 0 {
		blocks = append(blocks, slack.NewActionBlock(blockID(partExtra, a.ID), buttons(actionExtra, a.Extra)...))
	}
	if short || len(a.Choices) > menu {
		listed.Kind = chat.Numbers
		for _, c := range a.Choices {
			listed.Items = append(listed.Items, []chat.Span{{Text: c.Label, Own: c.Own}})
		}
	}
	return blocks, listed, nil
}

// checkAsk refuses what no cutting can mend: values must come back whole.
func checkAsk(a *chat.Ask) error {
	if n := length(blockID(partChoices, a.ID)); n > maxID {
		return fmt.Errorf("%w: question id of %d characters is over %d", errInvalid, length(a.ID), maxID-len(partChoices)-1)
	}
	limit := maxButtonValue
	if a.Many || len(a.Choices) > maxButtons || clipped(a.Choices) {
		limit = maxOptionValue
	}
	for i, c := range a.Choices {
		if n := length(c.Value); n > limit || n == 0 {
			return fmt.Errorf("%w: value of choice %d has %d characters, allowed are 1 to %d", errInvalid, i+1, n, limit)
		}
	}
	if len(a.Extra) > maxElements {
		return fmt.Errorf("%w: %d extra choices, allowed are %d", errInvalid, len(a.Extra), maxElements)
	}
	for i, c := range a.Extra {
		if n := length(c.Value); n > maxButtonValue {
			return fmt.Errorf("%w: value of extra choice %d has %d characters, allowed are %d", errInvalid, i+1, n, maxButtonValue)
		}
	}
	return nil
}

func clipped(choices []chat.Choice) bool {
	for _, c := range choices {
		if length(c.Label) > maxOptionText {
			return true
		}
	}
	return false
}

// several sets choices of which more than one may be selected. Selecting does
// not answer; the button "send" does.
func several(a *chat.Ask, l Labels, menu int) (slack.Block, []slack.BlockElement) {
	send := slack.NewButtonBlockElement(actionSend, actionSend, plain(l.Send)).WithStyle(slack.StylePrimary)
	if len(a.Choices) <= maxCheckboxes {
		boxes := slack.NewCheckboxGroupsBlockElement(actionMany, options(a.Choices, menu)...)
		return slack.NewActionBlock(blockID(partMany, a.ID), boxes), []slack.BlockElement{send}
	}
	// A menu of several may stand beside a section, not in an actions block.
	list := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, plain(l.PickMany), actionMany, options(a.Choices, menu)...)
	section := slack.NewSectionBlock(plain(l.PickMany), nil, slack.NewAccessory(list), slack.SectionBlockOptionBlockID(blockID(partMany, a.ID)))
	return section, []slack.BlockElement{send}
}

func buttons(action string, choices []chat.Choice) []slack.BlockElement {
	var out []slack.BlockElement
	primary := false
	for i, c := range choices {
		b := slack.NewButtonBlockElement(action+"."+strconv.Itoa(i+1), c.Value, plain(label(c, i, maxButtonText)))
		if c.Primary && !primary {
			b.WithStyle(slack.StylePrimary)
			primary = true
		}
		out = append(out, b)
	}
	return out
}

// options are the first choices, at most limit of them. Where a label had to be
// shortened they are numbered, as in the list of full labels: two long labels may
// begin alike.
func options(choices []chat.Choice, limit int) []*slack.OptionBlockObject {
	var out []*slack.OptionBlockObject
	numbered := clipped(choices)
	for i, c := range choices[:min(len(choices), limit)] {
		text := label(c, i, maxOptionText)
		if number := strconv.Itoa(i + 1); numbered && text != number {
			text = clip(number+". "+c.Label, maxOptionText)
		}
		out = append(out, slack.NewOptionBlockObject(c.Value, plain(text), nil))
	}
	return out
}

// label is a choice's label within limit; a choice without one shows its number,
// since Slack refuses an empty label.
func label(c chat.Choice, i, limit int) string {
	if strings.TrimSpace(c.Label) == "" {
		return strconv.Itoa(i + 1)
	}
	return clip(c.Label, limit)
}

func datePicker(initial string, l Labels) *slack.DatePickerBlockElement {
	p := slack.NewDatePickerBlockElement(actionDate)
	p.Placeholder = plain(l.PickDate)
	if _, err := time.Parse(time.DateOnly, initial); err == nil {
		p.InitialDate = initial
	}
	return p
}
