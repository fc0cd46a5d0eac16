package slackapp

import "strings"

// readable turns text as Slack sends it into what the person saw while typing:
// entities are unescaped, once, and <…> forms become their labels.
//
//	&lt;3           <3
//	<@U1|ana>       @ana
//	<#C1|general>   #general
//	<!channel>      @channel
//	<http://a.b|a.b> a.b
func readable(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return text
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "<")
		b.WriteString(unescape(before))
		if !found {
			return b.String()
		}
		inner, after, closed := strings.Cut(rest, ">")
		if !closed || strings.Contains(inner, "<") { // not a form: Slack escapes a typed <
			b.WriteByte('<')
			text = rest
			continue
		}
		b.WriteString(unescape(form(inner)))
		text = after
	}
}

// form is the readable text of what stands between < and >, still escaped.
func form(inner string) string {
	target, label, labelled := strings.Cut(inner, "|")
	if inner == "" {
		return "<>"
	}
	switch target[:min(1, len(target))] {
	case "@":
		if label != "" {
			return "@" + strings.TrimPrefix(label, "@")
		}
		return target
	case "#":
		if label != "" {
			return "#" + label
		}
		return "#channel"
	case "!":
		if label != "" { // a date, a group: the label is its text
			return label
		}
		if name, _, group := strings.Cut(target[1:], "^"); group {
			return "@" + name
		}
		return "@" + target[1:]
	}
	address := strings.TrimPrefix(target, "mailto:")
	switch {
	case !labelled || label == "":
		return address
	case strings.Contains(address, label): // a link that Slack made of what was typed
		return label
	}
	return label + " (" + address + ")"
}

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// unescape undoes Slack's escaping once: "&amp;lt;" is a typed "&lt;".
func unescape(s string) string { return entities.Replace(s) }

// withoutMention drops the mention of user that a text begins with.
func withoutMention(text, user string) string {
	rest := strings.TrimSpace(text)
	if tail, ok := strings.CutPrefix(rest, "<@"+user); ok && user != "" {
		if _, after, closed := strings.Cut(tail, ">"); closed {
			return strings.TrimSpace(after)
		}
	}
	return text
}
