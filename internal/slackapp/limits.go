package slackapp

import (
	"unicode/utf16"

	"github.com/rivo/uniseg"
)

// Slack's limits, as documented or measured. Lengths are counted in UTF-16 code
// units: never less than what Slack counts, whichever way it counts.
const (
	maxBlocks = 50 // blocks of one message
	// maxBlocksJSON bounds the blocks of one message as JSON. Slack refuses
	// messages with msg_blocks_too_long from about 13,200 characters of text
	// and containers on, by a rule it does not document.
	maxBlocksJSON = 12_000

	// maxText bounds the top-level text, escaped. chat.update refuses more,
	// chat.postMessage advises against it.
	maxText = 4_000

	maxHeader = 150   // text of a header block
	maxRun    = 3_000 // one text object or one run of rich text

	maxButtonText  = 75
	maxButtonValue = 2_000
	maxOptionText  = 75
	maxOptionValue = 150

	maxButtons    = 5   // more choices than these become a menu: our own taste
	maxOptions    = 100 // options of a menu
	maxCheckboxes = 10  // options of a group of checkboxes
	maxElements   = 25  // elements of an actions block

	maxID = 255 // block_id, action_id, callback_id

	// Views: the coach's tab and forms.
	maxViewBlocks  = 100
	maxViewBytes   = 240_000 // of its blocks; the whole view may have 250 kB
	maxTitle       = 24      // of a form, and of its buttons
	maxMetadata    = 3_000
	maxLabel       = 2_000 // of a field
	maxHint        = 2_000
	maxPlaceholder = 150
	maxInput       = 3_000 // what a text field takes
	maxRadios      = 10    // options all in sight
	maxFieldError  = 2_000 // not documented; a label's

	maxAltText = 1_000 // of a picture

	// maxAck bounds an acknowledgement with its payload. From 20,480 bytes on
	// Slack drops it without a word.
	maxAck = 20_000

	// The manifest.
	maxAppName         = 35
	maxDescription     = 140
	minLongDescription = 175
	maxLongDescription = 4_000
	maxCommandName     = 32 // with its slash
	maxUsageHint       = 1_000
	maxShortcutName    = 24
	maxShortcutText    = 150 // its description
)

// length is the number of UTF-16 code units of s.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r) // ranging never yields a lone surrogate
	}
	return n
}

// clip shortens s to at most limit units. It cuts between grapheme clusters, so
// that no letter loses its accent and no family its children, and marks the cut
// with an ellipsis.
func clip(s string, limit int) string {
	if length(s) <= limit {
		return s
	}
	rest, state, end, used := s, -1, 0, 0
	for rest != "" {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		used += length(cluster)
		if used > limit-1 { // one unit is the ellipsis
			break
		}
		end += len(cluster)
	}
	return s[:end] + "…"
}

// split cuts s into pieces of at most limit units, between grapheme clusters
// where they are small enough.
func split(s string, limit int) []string {
	var out []string
	for length(s) > limit {
		rest, state, end, used := s, -1, 0, 0
		for rest != "" {
			var cluster string
			cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
			used += length(cluster)
			if used > limit {
				break
			}
			end += len(cluster)
		}
		if end == 0 { // a single cluster longer than the limit: cut between its runes
			for i := range s {
				if length(s[:i]) > limit-2 {
					break
				}
				end = i
			}
		}
		out, s = append(out, s[:end]), s[end:]
	}
	return append(out, s)
}
