package blockkit

import (
	"html"
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Look draws blocks and texts as HTML for one reader.
type Look struct {
	User    func(id string) string   // a person's name; may be nil
	Channel func(id string) string   // a channel's name; may be nil
	Address func(url string) string  // where a link leads within the page, "" if it leads elsewhere; may be nil
	Zone    *time.Location           // the reader's, for dates; UTC when nil
	Picture func(image Block) string // where the page finds a picture, "" if it does not; may be nil
	Heading int                      // level of headings; 3 when zero
	Form    bool                     // draw inputs as fields of a form: in a modal
	Base    string                   // prefix of element ids, unique on the page
}

// entities are the only ones that Slack's text has.
var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// plain is text without formatting: emoji names become emoji, lines stay apart.
func plain(text string) string {
	return strings.ReplaceAll(withEmoji(text), "\n", "<br>")
}

var emojiName = regexp.MustCompile(`:[a-z0-9_+'-]+:`)

// withEmoji escapes text for HTML and puts emoji for their names.
func withEmoji(text string) string {
	var b strings.Builder
	for {
		at := emojiName.FindStringIndex(text)
		if at == nil {
			break
		}
		e, ok := Emoji(text[at[0]+1 : at[1]-1])
		if !ok {
			// The second colon may open the next name.
			b.WriteString(html.EscapeString(text[:at[1]-1]))
			text = text[at[1]-1:]
			continue
		}
		b.WriteString(html.EscapeString(text[:at[0]]))
		b.WriteString(`<span role="img" aria-label="` + html.EscapeString(text[at[0]+1:at[1]-1]) + `">` + e + `</span>`)
		text = text[at[1]:]
	}
	b.WriteString(html.EscapeString(text))
	return b.String()
}

// Mrkdwn draws a text in Slack's markup.
func (l Look) Mrkdwn(text string) template.HTML {
	var b strings.Builder
	for i, part := range strings.Split(text, "```") {
		if i%2 == 1 {
			b.WriteString("<pre>" + html.EscapeString(entities.Replace(strings.Trim(part, "\n"))) + "</pre>")
			continue
		}
		if i > 0 {
			part = strings.TrimPrefix(part, "\n")
		}
		l.lines(&b, part)
	}
	return template.HTML(b.String())
}

// lines draws quotes and lists as such; other lines follow one another.
func (l Look) lines(b *strings.Builder, text string) {
	open := "" // the element that the lines before are in
	shut := func() {
		if open != "" {
			b.WriteString("</" + open + ">")
			open = ""
		}
	}
	all := strings.Split(text, "\n")
	for i, line := range all {
		tag, body := lineKind(line)
		if tag != open {
			shut()
			if tag != "" {
				b.WriteString("<" + tag + ">")
				open = tag
			}
		} else if tag == "blockquote" {
			b.WriteString("<br>")
		}
		if tag == "ul" {
			b.WriteString("<li>")
		}
		l.inline(b, body, 0)
		if tag == "ul" {
			b.WriteString("</li>")
		}
		if tag == "" && i < len(all)-1 {
			if next, _ := lineKind(all[i+1]); next == "" {
				b.WriteString("<br>")
			}
		}
	}
	shut()
}

// lineKind says which element a line belongs in, and the line without its mark.
func lineKind(line string) (tag, body string) {
	for _, mark := range []string{"&gt; ", "&gt;", "> ", ">"} {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			return "blockquote", rest
		}
	}
	trimmed := strings.TrimLeft(line, " ")
	for _, mark := range []string{"• ", "- ", "◦ "} {
		if rest, ok := strings.CutPrefix(trimmed, mark); ok {
			return "ul", rest
		}
	}
	return "", line
}

// marks are the characters that open and close formatting.
var marks = map[byte]string{'*': "strong", '_': "em", '~': "s", '`': "code"}

const (
	maxNesting = 4    // of formatting
	maxSpan    = 3000 // bytes that one piece of formatting may reach over
)

// inline draws formatting, links and emoji within a line.
func (l Look) inline(b *strings.Builder, s string, depth int) {
	start := 0
	flush := func(to int) { b.WriteString(withEmoji(entities.Replace(s[start:to]))) }
	for i := 0; i < len(s); {
		if s[i] == '<' {
			if end := strings.IndexByte(s[i:], '>'); end > 0 {
				flush(i)
				b.WriteString(l.angled(s[i+1 : i+end]))
				i += end + 1
				start = i
				continue
			}
		}
		tag := marks[s[i]]
		if tag == "" || depth >= maxNesting || !opens(s, i) {
			i++
			continue
		}
		end := closing(s, i)
		if end < 0 {
			i++
			continue
		}
		flush(i)
		b.WriteString("<" + tag + ">")
		if tag == "code" {
			b.WriteString(html.EscapeString(entities.Replace(s[i+1 : end])))
		} else {
			l.inline(b, s[i+1:end], depth+1)
		}
		b.WriteString("</" + tag + ">")
		i = end + 1
		start = i
	}
	flush(len(s))
}

// opens says whether the mark at i can begin formatting: after a word it cannot.
func opens(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	if i > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before)) {
		return false
	}
	return i+1 < len(s) && s[i+1] != ' ' && s[i+1] != s[i]
}

// closing finds the mark that ends what begins at i, -1 if there is none.
func closing(s string, i int) int {
	limit := min(len(s), i+maxSpan)
	for j := i + 2; j < limit; j++ {
		if s[j] != s[i] || s[j-1] == ' ' && s[i] != '`' {
			continue
		}
		after, _ := utf8.DecodeRuneInString(s[j+1:])
		if j+1 == len(s) || !unicode.IsLetter(after) && !unicode.IsDigit(after) {
			return j
		}
	}
	return -1
}

// angled draws what stands in angle brackets: links, people, channels, dates.
func (l Look) angled(s string) string {
	target, label, _ := strings.Cut(s, "|")
	target, label = entities.Replace(target), entities.Replace(label)
	name := func(find func(string) string, id, mark string) string {
		if label == "" && find != nil {
			label = find(id)
		}
		if label == "" {
			label = id
		}
		return `<span class="mention">` + mark + html.EscapeString(strings.TrimPrefix(label, mark)) + `</span>`
	}
	switch {
	case strings.HasPrefix(target, "@"):
		return name(l.User, target[1:], "@")
	case strings.HasPrefix(target, "#"):
		return name(l.Channel, target[1:], "#")
	case strings.HasPrefix(target, "!date^"):
		return html.EscapeString(l.date(target, label))
	case target == "!channel" || target == "!here" || target == "!everyone":
		return `<span class="mention">@` + target[1:] + `</span>`
	case strings.HasPrefix(target, "https://"), strings.HasPrefix(target, "http://"), strings.HasPrefix(target, "mailto:"):
		if label == "" {
			label = strings.TrimPrefix(target, "mailto:")
		}
		if l.Address != nil {
			if here := l.Address(target); here != "" {
				return `<a href="` + html.EscapeString(here) + `">` + withEmoji(label) + `</a>`
			}
		}
		return link(target, withEmoji(label))
	}
	if label != "" {
		target = label
	}
	return html.EscapeString(target)
}

func link(address, inner string) string {
	return `<a href="` + html.EscapeString(address) + `" target="_blank" rel="noopener noreferrer">` + inner + `</a>`
}

// dateForms are the pieces of Slack's date formats.
var dateForms = map[string]string{
	"{date_num}": "2006-01-02", "{date}": "January 2, 2006", "{date_short}": "Jan 2, 2006", "{date_long}": "Monday, January 2, 2006",
	"{date_pretty}": "January 2, 2006", "{date_short_pretty}": "Jan 2, 2006", "{date_long_pretty}": "Monday, January 2, 2006",
	"{time}": "15:04", "{time_secs}": "15:04:05",
}

// date draws <!date^1392734382^{date} at {time}|fallback> in the reader's zone.
func (l Look) date(target, fallback string) string {
	parts := strings.SplitN(target, "^", 4)
	if len(parts) < 3 {
		return fallback
	}
	seconds, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return fallback
	}
	zone := l.Zone
	if zone == nil {
		zone = time.UTC
	}
	text := parts[2]
	for form, layout := range dateForms {
		text = strings.ReplaceAll(text, form, time.Unix(seconds, 0).In(zone).Format(layout))
	}
	return text
}
