package slackapp

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// meterCells is how long the bar of a meter is at most; above, a cell stands
// for several steps.
const meterCells = 10

// checkRows refuses buttons that no cutting can mend: what they bring back must
// come back whole.
func checkRows(blocks []chat.Block) error {
	for _, b := range blocks {
		if b.Kind != chat.Buttons {
			continue
		}
		if n := length(rowID(len(blocks), b.ID)); n > maxID {
			return fmt.Errorf("%w: id of a row of buttons has %d characters, allowed are about %d", errInvalid, length(b.ID), maxID-len(partRow)-4)
		}
		for i, c := range b.Choices {
			if n := length(c.Value); n > maxButtonValue {
				return fmt.Errorf("%w: value of button %d has %d characters, allowed are %d", errInvalid, i+1, n, maxButtonValue)
			}
		}
	}
	return nil
}

// rowID is the block_id of the n-th block of buttons: no two are the same, even
// where several rows bring back the same Block.ID.
func rowID(n int, id string) string { return blockID(partRow+strconv.Itoa(n), id) }

// alike are the labels that stand on several buttons of a page: "Done" below
// each goal.
func alike(blocks []chat.Block) map[string]bool {
	seen := map[string]bool{}
	for _, b := range blocks {
		if b.Kind != chat.Buttons {
			continue
		}
		for _, c := range b.Choices {
			_, again := seen[c.Label]
			seen[c.Label] = again
		}
	}
	return seen
}

// row sets buttons that act at once, in as many blocks as they need. Where
// several read alike, a screen reader says what each is about: what the choice
// says of itself, or the text above.
func (r *renderer) row(b chat.Block) {
	all := buttons(actionChoice, b.Choices)
	for i, c := range b.Choices {
		button, ok := all[i].(*slack.ButtonBlockElement)
		switch {
		case !ok:
		case c.Alt != "":
			button.AccessibilityLabel = clip(c.Alt, maxButtonText)
		case r.alike[c.Label] && r.about != "":
			button.AccessibilityLabel = clip(button.Text.Text+": "+r.about, maxButtonText)
		}
	}
	for some := range slices.Chunk(all, maxElements) {
		r.rows++
		r.out, r.open = append(r.out, slack.NewActionBlock(rowID(r.rows, b.ID), some...)), nil
	}
}

// inFull gives words to meters that have none: neither a bar alone nor a text
// without it says how far something is.
func inFull(blocks []chat.Block, l Labels) []chat.Block {
	wordless := func(b chat.Block) bool {
		return b.Kind == chat.Meter && strings.TrimSpace(chat.PlainSpans(b.Spans)) == ""
	}
	if !slices.ContainsFunc(blocks, wordless) {
		return blocks
	}
	out := slices.Clone(blocks)
	for i, b := range out {
		if wordless(b) {
			out[i].Spans = []chat.Span{chat.T(l.Reached(b.Done, b.Total))}
		}
	}
	return out
}

// meter is a meter as text: the words first, so that nobody has to listen to
// the bar, which says the same again.
func meter(b chat.Block) []chat.Span {
	bar := bar(b.Done, b.Total)
	if bar == "" {
		return b.Spans
	}
	return append(slices.Clone(b.Spans), chat.T("  "+bar))
}

// bar draws done of total in shapes that differ without colour. What is begun
// shows, and only what is complete is full.
func bar(done, total int) string {
	if total <= 0 {
		return ""
	}
	done = min(max(done, 0), total)
	cells, full := total, done
	if total > meterCells {
		cells = meterCells
		full = done * cells / total
		if done > 0 {
			full = max(full, 1)
		}
	}
	return strings.Repeat("▰", full) + strings.Repeat("▱", cells-full)
}
