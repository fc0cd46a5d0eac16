package workspace

import (
	"fmt"
	"html/template"
	"net/url"
	"path"
	"strings"
	"time"

	"waymark/internal/workspace/blockkit"
)

const (
	// maxPagePeople is how many people the page offers to switch to; tests may
	// add thousands.
	maxPagePeople = 25
	// maxPageRows is how many messages the page shows, the latest ones.
	maxPageRows = 300
	// sameBreath is how close the messages of one author follow each other that
	// share one name and picture.
	sameBreath = 5 * time.Minute
)

// pageRow is a line of the log: a message, or the day that begins.
type pageRow struct {
	Key                        string // id on the page
	Version                    string // changes with what is drawn
	Says                       string // the message for a screen reader
	HTML                       template.HTML
	Day                        string
	Who, Initial, Color, Class string
	Time, TS, Text             string
	Mine, Ephemeral, Edited    bool
	Compact                    bool // under the same name as the row before
	Gone                       bool // a tombstone
	Replies                    string
	Files                      []pageFile
	Body                       template.HTML
}

// pageFile is a file of a message.
type pageFile struct {
	Name, Kind, Size, Alt, Preview, Link string
	Picture                              bool
	Width, Height                        int
}

// pagePeople lists who one can talk as: colleagues first, then those who are
// there for tests.
func (w *Workspace) pagePeople(current *Person) []pagePerson {
	var list []pagePerson
	for i, p := range w.people.order {
		if len(list) >= maxPagePeople && p != current || p.Kind == Robot {
			continue
		}
		one := pagePersonOf(p, i)
		one.Current = p == current
		if all := w.people.channels[p.Channel].messages; len(all) > 0 && all[len(all)-1].fromBot() {
			one.Last = all[len(all)-1].TS
		}
		list = append(list, one)
	}
	return list
}

// colors are classes of the style sheet.
var colors = []string{"c0", "c1", "c2", "c3", "c4", "c5"}

func pagePersonOf(p *Person, i int) pagePerson {
	return pagePerson{
		ID: p.ID, Name: p.Name, Full: p.Full, Title: p.Title, Zone: p.Zone,
		Initial: initial(p.Name), Color: colors[i%len(colors)],
	}
}

func initial(name string) string {
	for _, r := range name {
		return strings.ToUpper(string(r))
	}
	return "?"
}

// rowDrawer draws messages as one reader sees them.
type rowDrawer struct {
	w      *Workspace
	reader *Person
	look   blockkit.Look
	color  map[string]string
}

func (w *Workspace) drawer(p *Person, look blockkit.Look) rowDrawer {
	color := make(map[string]string)
	for i, one := range w.people.order[:min(len(w.people.order), maxPagePeople)] {
		color[one.ID] = colors[i%len(colors)]
	}
	return rowDrawer{w, p, look, color}
}

// pageRows are the messages of a channel as that person sees them, with a line
// where a day begins. Answers in threads are shown there.
func (w *Workspace) pageRows(ch *channel, p *Person, look blockkit.Look) []pageRow {
	var messages []*message
	for _, m := range ch.visible(p.ID) {
		if m.ThreadTS == "" || m.ThreadTS == m.TS || m.Broadcast {
			messages = append(messages, m)
		}
	}
	if over := len(messages) - maxPageRows; over > 0 {
		messages = messages[over:]
	}
	d := w.drawer(p, look)
	threads := ch.threads()
	var rows []pageRow
	day := ""
	var before *message
	for _, m := range messages {
		at := m.at(look.Zone)
		if text := at.Format("Monday, 2 January 2006"); text != day {
			day, before = text, nil
			rows = append(rows, finish(pageRow{Key: "day-" + at.Format("2006-01-02"), Day: text}))
		}
		row := d.row(m, before)
		if n := threads[m.TS].replies; n == 1 {
			row.Replies = "1 reply"
		} else if n > 1 {
			row.Replies = fmt.Sprintf("%d replies", n)
		}
		rows = append(rows, finish(row))
		before = m
	}
	return rows
}

// pageThread is a message with its answers, nil without such a message.
func (w *Workspace) pageThread(ch *channel, p *Person, look blockkit.Look, ts string) *pageThread {
	root := ch.byTS[ts]
	if root == nil || root.For != "" {
		return nil
	}
	d := w.drawer(p, look)
	t := &pageThread{TS: ts}
	var before *message
	for _, m := range ch.visible(p.ID) {
		if m != root && m.ThreadTS != ts {
			continue
		}
		row := d.row(m, before)
		row.Key = "t" + row.Key // the root stands in the channel, too
		t.Rows = append(t.Rows, finish(row))
		before = m
	}
	return t
}

// at is when m was written.
func (m *message) at(zone *time.Location) time.Time {
	us, _ := parseTS(m.TS)
	return time.UnixMicro(us).In(zone)
}

// rowKey is the id on the page of the message with that timestamp.
func rowKey(ts string) string { return "m-" + strings.ReplaceAll(ts, ".", "-") }

func (d rowDrawer) row(m, before *message) pageRow {
	at := m.at(d.look.Zone)
	row := pageRow{
		Key: rowKey(m.TS), TS: m.TS, Time: at.Format("15:04"), Mine: m.User == d.reader.ID, Ephemeral: m.For != "",
		Edited: m.EditedTS != "", Gone: m.Tombstone, Text: untyped(m.Text),
	}
	row.Compact = before != nil && before.User == m.User && before.Notice == m.Notice && m.For == before.For && !m.Tombstone &&
		at.Sub(before.at(d.look.Zone)) < sameBreath
	switch {
	case m.Notice, m.Tombstone:
		row.Who, row.Initial, row.Color = "Slackbot", "S", "slack"
	case m.fromBot():
		row.Who, row.Initial, row.Color, row.Class = BotName, "W", "app", "app"
	default:
		author := d.w.people.byID[m.User]
		row.Who, row.Initial, row.Color = author.Name, initial(author.Name), d.color[author.ID]
	}
	look := d.look
	look.Base = row.Key
	row.Body = bodyOf(m, look)
	row.Says = row.Who + ": " + row.Text
	for _, id := range m.Files {
		f := d.w.files[id]
		if f == nil {
			row.Files = append(row.Files, pageFile{Name: "This file was deleted."})
			continue
		}
		row.Files = append(row.Files, pageFileOf(f, d.reader))
		row.Says += ", with " + f.Title
	}
	return row
}

// bodyOf draws a message: its blocks, or its text if it has none. A person's
// own lines are drawn from their text: it holds what they typed.
func bodyOf(m *message, look blockkit.Look) template.HTML {
	if len(m.Blocks) > 0 && m.BotID != "" {
		return look.HTML(m.Blocks, m.state, nil)
	}
	return look.Mrkdwn(m.Text)
}

func pageFileOf(f *file, reader *Person) pageFile {
	out := pageFile{
		Name: f.Title, Alt: f.Alt, Size: size(len(f.Content)), Kind: strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), ".")),
		Link: fileLink(f.ID, reader),
	}
	out.Width, out.Height = pictureSize(f.Content)
	out.Picture = out.Width > 0
	if out.Alt == "" {
		out.Alt = f.Title
	}
	if strings.HasPrefix(f.Type, "text/") || f.Type == "application/json" {
		preview := []rune(string(f.Content))
		out.Preview = string(preview[:min(len(preview), 600)])
	}
	return out
}

// fileLink is where a reader's page finds a file.
func fileLink(id string, reader *Person) string {
	return "/_local/files/" + id + "?person=" + url.QueryEscape(reader.ID)
}

// size is a number of bytes for reading.
func size(n int) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1_000_000:
		return fmt.Sprintf("%d kB", (n+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// finish draws a row and notes its version.
func finish(row pageRow) pageRow {
	var b strings.Builder
	if err := pageTemplate.ExecuteTemplate(&b, "row", row); err != nil {
		b.WriteString("(a message that cannot be drawn)")
	}
	row.HTML = template.HTML(b.String())
	row.Version = version(row.HTML)
	return row
}
