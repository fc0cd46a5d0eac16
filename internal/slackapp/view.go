package slackapp

import (
	"encoding/json"
	"fmt"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// page is the coach's tab in Slack's terms. What is over Slack's limits is cut
// at the end, with a line that says so.
func page(p chat.Page, l Labels) (slack.HomeTabViewRequest, error) {
	if err := checkRows(p.Blocks); err != nil {
		return slack.HomeTabViewRequest{}, err
	}
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: fitView(viewBlocks(p.Blocks, l), l)}}, nil
}

// notice is a message as a form that only shows it.
func notice(m chat.Message, l Labels) (slack.ModalViewRequest, error) {
	r, err := render(m, l)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	return slack.ModalViewRequest{Type: slack.VTModal, Title: plain(l.Notice), Close: plain(l.Close), Blocks: slack.Blocks{BlockSet: r.blocks}}, nil
}

// viewBlocks sets blocks for a view, which takes twice as many as a message and
// far more text.
func viewBlocks(blocks []chat.Block, l Labels) []slack.Block {
	r := renderer{caps: measures[0], labels: l, room: maxViewBlocks}
	out := r.body(inFull(blocks, l))
	if out == nil {
		out = []slack.Block{} // Slack wants a list, even an empty one
	}
	return out
}

// fitView cuts blocks at the end until they fit a view.
func fitView(blocks []slack.Block, l Labels) []slack.Block {
	most, bytes := maxViewBlocks, 0
	for i, b := range blocks {
		if bytes += jsonBytes(b); bytes > maxViewBytes {
			most = i
			break
		}
	}
	if len(blocks) <= most {
		return blocks
	}
	last := slack.NewContextBlock("", plain(clip(l.Trimmed, maxRun)))
	return append(blocks[:min(most, maxViewBlocks-1):min(most, maxViewBlocks-1)], last)
}

// jsonBytes is the size of a block as it is sent, with what parts it from the next.
func jsonBytes(b slack.Block) int {
	js, err := json.Marshal(b)
	if err != nil { // not for blocks made here; too long for anything, at least
		return 1 << 30
	}
	return len(js) + 1
}

// modal is a form in Slack's terms. Nothing of it is cut: a field that was left
// out would be lost when the form is sent.
func modal(f chat.Form, l Labels) (slack.ModalViewRequest, error) { return modalAfter(f, l, "") }

// modalAfter is a form that takes the place of another. turn is something new
// each time that happens, see actionField.
func modalAfter(f chat.Form, l Labels, turn string) (slack.ModalViewRequest, error) {
	view := slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain(clip(f.Title, maxTitle)),
		CallbackID: f.Name, PrivateMetadata: f.Meta,
	}
	switch {
	case blank(f.Title):
		return view, fmt.Errorf("%w: form %s has no title", errInvalid, f.Name)
	case length(f.Name) > maxID:
		return view, fmt.Errorf("%w: form name has %d characters, allowed are %d", errInvalid, length(f.Name), maxID)
	case length(f.Meta) > maxMetadata:
		return view, fmt.Errorf("%w: meta of form %s has %d characters, allowed are %d", errInvalid, f.Name, length(f.Meta), maxMetadata)
	}
	if !blank(f.Cancel) {
		view.Close = plain(clip(f.Cancel, maxTitle))
	}
	if !blank(f.Send) {
		view.Submit = plain(clip(f.Send, maxTitle))
	}
	blocks, err := fieldBlocks(f, l, actionField(turn))
	view.Blocks.BlockSet = blocks
	return view, err
}

// fieldBlocks sets the fields of a form and what is shown between them.
func fieldBlocks(f chat.Form, l Labels, action string) ([]slack.Block, error) {
	var between []chat.Block
	for _, fd := range f.Fields {
		if fd.Kind == chat.Shown {
			between = append(between, fd.Block)
		}
	}
	if err := checkRows(between); err != nil {
		return nil, err
	}
	r := renderer{caps: measures[0], labels: l, room: maxViewBlocks, alike: alike(between), out: []slack.Block{}}
	names := map[string]bool{}
	for _, fd := range f.Fields {
		r.open = nil
		if fd.Kind == chat.Shown {
			r.block(inFull([]chat.Block{fd.Block}, l)[0])
			continue
		}
		if names[fd.Name] {
			return nil, fmt.Errorf("%w: form %s has two fields %q", errInvalid, f.Name, fd.Name)
		}
		names[fd.Name] = true
		b, err := inputBlock(fd, l, action)
		if err != nil {
			return nil, fmt.Errorf("form %s: %w", f.Name, err)
		}
		r.out, r.about = append(r.out, b), fd.Label
	}
	if len(names) > 0 && blank(f.Send) {
		return nil, fmt.Errorf("%w: form %s has fields and nothing to send them with", errInvalid, f.Name)
	}
	bytes := 0
	for _, b := range r.out {
		bytes += jsonBytes(b)
	}
	if len(r.out) > maxViewBlocks || bytes > maxViewBytes {
		return nil, fmt.Errorf("%w: form %s has %d blocks of %d bytes, allowed are %d of %d", errInvalid, f.Name, len(r.out), bytes, maxViewBlocks, maxViewBytes)
	}
	return r.out, nil
}
