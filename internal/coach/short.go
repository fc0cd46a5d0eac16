package coach

import (
	"slices"

	"waymark/internal/chat"
)

// A person's words are kept whole, whatever their length. What is said of them
// is cut, or a message could outgrow what a platform takes, and its question
// would never be asked.
const (
	maxWords   = 600    // characters of a person's words in one place of a message
	maxMessage = 10_000 // characters of a whole message
)

// short is m with long words of the person's cut, the harder the more there are
// of them.
func short(m chat.Message) chat.Message {
	for n := maxWords; n >= 40; n /= 2 {
		m = cut(m, n)
		if len(m.Plain()) <= maxMessage {
			break
		}
	}
	return m
}

func cut(m chat.Message, n int) chat.Message {
	m.Blocks = slices.Clone(m.Blocks)
	for i, b := range m.Blocks {
		m.Blocks[i].Spans = cutSpans(b.Spans, n)
		m.Blocks[i].Items = slices.Clone(b.Items)
		for j, it := range b.Items {
			m.Blocks[i].Items[j] = cutSpans(it, n)
		}
	}
	m.Footer = cutSpans(m.Footer, n)
	if m.Ask != nil {
		ask := *m.Ask
		ask.Choices = slices.Clone(ask.Choices)
		for i, c := range ask.Choices {
			if c.Own {
				ask.Choices[i].Label = clip(c.Label, n)
			}
		}
		m.Ask = &ask
	}
	return m
}

func cutSpans(spans []chat.Span, n int) []chat.Span {
	long := func(s chat.Span) bool { return s.Own && len(s.Text) > n }
	if !slices.ContainsFunc(spans, long) {
		return spans
	}
	spans = slices.Clone(spans)
	for i, s := range spans {
		if long(s) {
			spans[i].Text = clip(s.Text, n)
		}
	}
	return spans
}
