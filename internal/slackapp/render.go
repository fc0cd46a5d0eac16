package slackapp

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackutilsx"

	"waymark/internal/chat"
)

// errInvalid is a message that cannot be shown by any cutting: a programming
// error of whoever built it.
var errInvalid = errors.New("message cannot be rendered")

// rendered is a message in Slack's terms.
type rendered struct {
	// text says what the blocks say, for notifications and screen readers. It
	// is escaped and meant for mrkdwn=false.
	text   string
	blocks []slack.Block
}

// caps are the measures taken so that a message fits: at most items of a list,
// at most text units of one paragraph or item, at most blocks in all.
type caps struct{ items, text, blocks int }

// measures are tried one after the other until the message fits. The first
// leaves everything as it is; lists give way before texts, texts before whole
// paragraphs, since the question is usually the last paragraph.
var measures = []caps{
	{1 << 20, 1 << 20, 1 << 20},
	{200, 3000, 1 << 20}, {100, 3000, 1 << 20}, {60, 3000, 1 << 20}, {40, 3000, 1 << 20},
	{30, 2000, 1 << 20}, {25, 2000, 1 << 20}, {20, 2000, 1 << 20}, {15, 1000, 1 << 20},
	{12, 1000, 1 << 20}, {10, 1000, 1 << 20}, {8, 500, 1 << 20}, {6, 500, 1 << 20},
	{5, 250, 60}, {4, 250, 40}, {3, 120, 30}, {3, 60, 20}, {3, 60, 10}, {2, 40, 4},
}

// render sets m in blocks. The result always fits one message: what is too much
// for Slack is cut by the first measure that suffices, with "and N more" at the
// end of a list and an ellipsis in a text. Buttons are never cut; a menu that is
// too long shows its first options, and all choices are listed to be typed.
func render(m chat.Message, l Labels) (rendered, error) { return renderWithin(m, l, maxBlocksJSON) }

// renderWithin is render with a bound of its own on the blocks as JSON.
func renderWithin(m chat.Message, l Labels, limit int) (rendered, error) {
	if err := checkRows(m.Blocks); err != nil {
		return rendered{}, err
	}
	m.Blocks = inFull(m.Blocks, l)
	ask, listed, err := askBlocks(m.Ask, l, maxOptions)
	for n := maxOptions / 2; err == nil && n > maxCheckboxes && jsonLength(ask) > limit*3/4; n /= 2 {
		ask, listed, err = askBlocks(m.Ask, l, n) // a menu must leave room for the message
	}
	if err != nil {
		return rendered{}, err
	}
	body := m.Blocks
	if len(listed.Items) > 0 {
		body = append(body[:len(body):len(body)], listed)
	}
	for _, c := range measures {
		r := renderer{caps: c, labels: l}
		r.room = maxBlocks - len(ask) - 1 // one for the footer
		blocks := append(r.body(body), ask...)
		r.text = max(r.text, footerAtLeast)
		blocks = append(blocks, r.note(m.Footer)...)
		if len(blocks) <= maxBlocks && jsonLength(blocks) <= limit {
			return rendered{text: fallback(m), blocks: blocks}, nil
		}
	}
	return rendered{}, fmt.Errorf("%w: its choices alone are over Slack's limits", errInvalid)
}

// footerAtLeast is how much of a footer stays whatever else is cut.
const footerAtLeast = 300

// jsonLength is the length of blocks as they are sent.
func jsonLength(blocks []slack.Block) int {
	js, err := json.Marshal(blocks)
	if err != nil { // not for blocks made here; too long for anything, at least
		return 1 << 30
	}
	return length(string(js))
}

// fallback is the message as escaped plain text, its choices numbered so that
// they can be typed. When it is too long its end survives, where the choices are.
func fallback(m chat.Message) string {
	if m.Notice != "" {
		return clipEscaped(m.Notice, maxText)
	}
	head := chat.Message{Blocks: m.Blocks}.Plain()
	tail := chat.Message{Ask: m.Ask}.Plain()
	if m.Ask != nil && len(m.Ask.Extra) > 0 {
		labels := make([]string, len(m.Ask.Extra))
		for i, c := range m.Ask.Extra {
			labels[i] = c.Label
		}
		tail = joinLines(tail, strings.Join(labels, " · "))
	}
	tail = joinLines(tail, chat.Message{Footer: m.Footer}.Plain())
	tail = clipEscaped(tail, maxText-200)
	room := maxText
	if tail != "" {
		room -= length(tail) + 1
	}
	return joinLines(clipEscaped(head, room), tail)
}

func joinLines(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

// escape is Slack's escaping of text: & < and > alone.
func escape(s string) string { return slackutilsx.EscapeMessage(s) }

// clipEscaped escapes s and shortens it so that the escaped text has at most
// limit units; it never cuts through an entity.
func clipEscaped(s string, limit int) string {
	out := escape(s)
	for n := limit; length(out) > limit; n = n * 3 / 4 {
		out = escape(clip(s, n))
	}
	return out
}

// renderer sets blocks under caps.
type renderer struct {
	caps
	labels Labels
	room   int  // blocks at most
	dense  bool // paragraphs share rich_text blocks
	out    []slack.Block
	open   *slack.RichTextBlock // the block that a list may join
	rows   int                  // blocks of buttons so far
	alike  map[string]bool      // labels that stand on several buttons
	about  string               // what the latest text says
}

// body sets blocks; when that makes too many, paragraphs share blocks.
func (r *renderer) body(blocks []chat.Block) []slack.Block {
	blocks = r.thin(blocks)
	r.alike = alike(blocks)
	for _, r.dense = range []bool{false, true} {
		r.out, r.open, r.rows, r.about = nil, nil, 0, ""
		for _, b := range blocks {
			r.block(b)
		}
		if len(r.out) <= r.room {
			break
		}
	}
	return r.out
}

// thin leaves out blocks from the middle.
func (r *renderer) thin(blocks []chat.Block) []chat.Block {
	if len(blocks) <= r.blocks {
		return blocks
	}
	half := r.blocks / 2
	out := append([]chat.Block(nil), blocks[:half]...)
	out = append(out, chat.Para(chat.T("…")))
	return append(out, blocks[len(blocks)-half:]...)
}

func (r *renderer) block(b chat.Block) {
	if len(b.Spans) > 0 && b.Kind != chat.Note {
		r.about = chat.PlainSpans(b.Spans)
	}
	switch b.Kind {
	case chat.Heading:
		r.heading(b.Spans)
	case chat.Bullets, chat.Numbers:
		r.list(b)
	case chat.Rule:
		r.out, r.open = append(r.out, slack.NewDividerBlock()), nil
	case chat.Note:
		if n := r.note(b.Spans); len(n) > 0 {
			r.out, r.open = append(r.out, n...), nil
		}
	case chat.Buttons:
		r.row(b)
	case chat.Meter:
		r.paragraph(meter(b))
	default:
		r.paragraph(b.Spans)
	}
}

func (r *renderer) heading(spans []chat.Span) {
	text := strings.TrimSpace(chat.PlainSpans(spans))
	switch {
	case text == "":
	case length(text) > maxHeader || strings.Contains(text, "\n"):
		bold := make([]chat.Span, len(spans))
		for i, s := range spans {
			bold[i] = chat.Span{Text: s.Text, Own: s.Own, Style: chat.Bold}
		}
		r.paragraph(bold)
	default:
		r.out = append(r.out, &slack.HeaderBlock{Type: slack.MBTHeader, Text: plain(text)})
		r.open = nil
	}
}

func (r *renderer) paragraph(spans []chat.Span) {
	runs := r.runs(spans)
	if len(runs) == 0 {
		return
	}
	if r.dense && r.open != nil {
		runs = append([]slack.RichTextSectionElement{slack.NewRichTextSectionTextElement("\n", nil)}, runs...)
	}
	r.rich(slack.NewRichTextSection(runs...), r.dense)
}

func (r *renderer) list(b chat.Block) {
	items := b.Items
	left := 0
	if len(items) > r.items {
		left = len(items) - r.items
		items = items[:r.items]
	}
	var sections []slack.RichTextElement
	for _, it := range items {
		runs := r.runs(it)
		if len(runs) == 0 { // an empty item keeps its number
			runs = []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(" ", nil)}
		}
		sections = append(sections, slack.NewRichTextSection(runs...))
	}
	if len(sections) > 0 {
		style := slack.RTEListBullet
		if b.Kind == chat.Numbers {
			style = slack.RTEListOrdered
		}
		r.rich(richList{Type: slack.RTEList, Style: style, Elements: sections}, true)
	}
	if left > 0 {
		more := slack.NewRichTextSectionTextElement(r.labels.More(left), &slack.RichTextSectionTextStyle{Italic: true})
		r.rich(slack.NewRichTextSection(more), true)
	}
}

// richList is slack.RichTextList without the zeros that it always sends.
type richList struct {
	Type     slack.RichTextElementType     `json:"type"`
	Style    slack.RichTextListElementType `json:"style"`
	Elements []slack.RichTextElement       `json:"elements"`
}

// RichTextElementType makes it an element.
func (l richList) RichTextElementType() slack.RichTextElementType { return l.Type }

// rich adds an element to the open rich_text block if it may join, otherwise to
// a new one.
func (r *renderer) rich(e slack.RichTextElement, join bool) {
	if r.open == nil || !join {
		r.open = slack.NewRichTextBlock("")
		r.out = append(r.out, r.open)
	}
	r.open.Elements = append(r.open.Elements, e)
}

// runs are spans as rich text. Nothing in a run is parsed by Slack, so a
// person's words cannot act there.
func (r *renderer) runs(spans []chat.Span) []slack.RichTextSectionElement {
	var out []slack.RichTextSectionElement
	left := r.text
	for _, s := range spans {
		if s.Text == "" || left <= 0 {
			continue
		}
		text := clip(s.Text, left)
		left -= length(s.Text)
		for _, piece := range split(text, maxRun) {
			out = append(out, slack.NewRichTextSectionTextElement(piece, style(s.Style)))
		}
	}
	return out
}

func style(s chat.Style) *slack.RichTextSectionTextStyle {
	switch s {
	case chat.Bold:
		return &slack.RichTextSectionTextStyle{Bold: true}
	case chat.Italic:
		return &slack.RichTextSectionTextStyle{Italic: true}
	case chat.Code:
		return &slack.RichTextSectionTextStyle{Code: true}
	}
	return nil
}

// note sets small print. Slack's small print knows plain text and mrkdwn, not
// rich text: without styles it is plain text, with styles mrkdwn if all words
// are the coach's and safe there, otherwise it is set at normal size.
func (r *renderer) note(spans []chat.Span) []slack.Block {
	text := strings.TrimSpace(chat.PlainSpans(spans))
	if text == "" {
		return nil
	}
	limit := min(r.text, maxRun)
	if !styled(spans) {
		return []slack.Block{slack.NewContextBlock("", plain(clip(text, limit)))}
	}
	if md, ok := mrkdwn(spans); ok && length(md) <= limit {
		return []slack.Block{slack.NewContextBlock("", slack.NewTextBlockObject(slack.MarkdownType, md, false, true))}
	}
	return []slack.Block{slack.NewRichTextBlock("", slack.NewRichTextSection(r.runs(spans)...))}
}

func styled(spans []chat.Span) bool {
	for _, s := range spans {
		if s.Style != chat.Plain && s.Text != "" {
			return true
		}
	}
	return false
}

// mrkdwn writes the coach's own words as mrkdwn. It refuses a person's words and
// everything that Slack could take for formatting that was not meant.
func mrkdwn(spans []chat.Span) (string, bool) {
	marks := map[chat.Style]string{chat.Bold: "*", chat.Italic: "_", chat.Code: "`"}
	var b strings.Builder
	for _, s := range spans {
		if s.Own || strings.ContainsAny(s.Text, "*_~`>\n") {
			return "", false
		}
		mark := marks[s.Style]
		core := strings.TrimSpace(s.Text)
		if mark == "" || core == "" {
			b.WriteString(escape(s.Text))
			continue
		}
		before, after, _ := strings.Cut(s.Text, core)
		b.WriteString(before + mark + escape(core) + mark + after)
	}
	return strings.TrimSpace(b.String()), true
}

// plain is text in which Slack parses nothing, not even :emoji:.
func plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}
