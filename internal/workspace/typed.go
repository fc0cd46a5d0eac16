package workspace

import (
	"regexp"
	"strings"

	"waymark/internal/workspace/blockkit"
)

// escape is what Slack does to every text that a person types.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace

// unescape undoes it.
var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace

// typedParts are the parts of a typed line that Slack's composer turns into
// something else: links, addresses and the bot's name. RE2 keeps it linear.
var typedParts = regexp.MustCompile(`https?://[^\s<>"|]*[^\s<>"|.,;:!?'()]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@` + BotName + `\b`)

// readTyped turns what a person typed into a message's text (escaped, links in
// angle brackets, emoji as :names:) and the elements of its rich text block.
func readTyped(typed string) (text string, elements []any) {
	var b strings.Builder
	plain := func(s string) {
		for _, part := range blockkit.SplitEmoji(s) {
			switch {
			case part.Name != "":
				b.WriteString(":" + part.Name + ":")
				elements = append(elements, map[string]any{"type": "emoji", "name": part.Name, "unicode": blockkit.CodePoints(part.Text)})
			default:
				b.WriteString(escape(part.Text))
				elements = append(elements, map[string]any{"type": "text", "text": part.Text})
			}
		}
	}
	rest := typed
	for {
		at := typedParts.FindStringIndex(rest)
		if at == nil {
			break
		}
		plain(rest[:at[0]])
		switch part := rest[at[0]:at[1]]; {
		case part == "@"+BotName:
			b.WriteString("<@" + BotUserID + ">")
			elements = append(elements, map[string]any{"type": "user", "user_id": BotUserID})
		case strings.HasPrefix(part, "http"):
			b.WriteString("<" + escape(part) + ">")
			elements = append(elements, map[string]any{"type": "link", "url": part})
		default:
			b.WriteString("<mailto:" + part + "|" + part + ">")
			elements = append(elements, map[string]any{"type": "link", "url": "mailto:" + part, "text": part})
		}
		rest = rest[at[1]:]
	}
	plain(rest)
	return b.String(), elements
}

// angled are the links and names that readTyped has put in brackets.
var angled = regexp.MustCompile(`<(?:mailto:)?([^|>]+)(?:\|[^>]*)?>`)

// untyped is what a person would type to get that message text: what the page
// offers for editing.
func untyped(text string) string {
	text = strings.ReplaceAll(text, "<@"+BotUserID+">", "@"+BotName)
	return unescape(angled.ReplaceAllString(text, "$1"))
}

// blank says whether there is nothing to send in s.
func blank(s string) bool { return strings.TrimSpace(s) == "" }

// mentions says whether text names that user.
func mentions(text, user string) bool { return strings.Contains(text, "<@"+user+">") }
