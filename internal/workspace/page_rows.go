package workspace

import (
	"html/template"
	"strings"
	"time"

	"waymark/internal/workspace/blockkit"
)

// maxPagePeople is how many people the page offers to switch to; tests may add
// thousands.
const maxPagePeople = 25

// maxPageRows is how many messages the page shows, the latest ones.
const maxPageRows = 300

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

// pageRows are the messages of a channel as that person sees them, with a line
// where a day begins.
func (w *Workspace) pageRows(ch *channel, p *Person, look blockkit.Look) []pageRow {
	messages := ch.visible(p.ID)
	if over := len(messages) - maxPageRows; over > 0 {
		messages = messages[over:]
	}
	color := make(map[string]string)
	for i, one := range w.people.order[:min(len(w.people.order), maxPagePeople)] {
		color[one.ID] = colors[i%len(colors)]
	}
	var rows []pageRow
	day := ""
	for _, m := range messages {
		us, _ := parseTS(m.TS)
		at := time.UnixMicro(us).In(look.Zone)
		if d := at.Format("Monday, 2 January 2006"); d != day {
			day = d
			rows = append(rows, finish(pageRow{Key: "day-" + at.Format("2006-01-02"), Day: d}))
		}
		rows = append(rows, finish(w.pageRow(m, p, look, at, color)))
	}
	return rows
}

func (w *Workspace) pageRow(m *message, p *Person, look blockkit.Look, at time.Time, color map[string]string) pageRow {
	row := pageRow{
		Key: "m-" + strings.ReplaceAll(m.TS, ".", "-"), TS: m.TS, Time: at.Format("15:04"),
		Mine: m.User == p.ID, Ephemeral: m.For != "", Edited: m.EditedTS != "", Thread: m.ThreadTS != "" && m.ThreadTS != m.TS,
		Text: untyped(m.Text),
	}
	switch {
	case m.Notice:
		row.Who, row.Initial, row.Color = "Slackbot", "S", "slack"
	case m.fromBot():
		row.Who, row.Initial, row.Color, row.Class = BotName, "W", "app", "app"
	default:
		author := w.people.byID[m.User]
		row.Who, row.Initial, row.Color = author.Name, initial(author.Name), color[author.ID]
	}
	look.Base = row.Key
	row.Body = bodyOf(m, look)
	for _, id := range m.Files {
		if f := w.files[id]; f != nil {
			row.Files = append(row.Files, pageFileOf(f))
		}
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

func pageFileOf(f *file) pageFile {
	out := pageFile{Name: f.Title}
	if strings.HasPrefix(f.Type, "text/") || f.Type == "application/json" {
		preview := []rune(string(f.Content))
		out.Preview = string(preview[:min(len(preview), 600)])
	}
	return out
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
