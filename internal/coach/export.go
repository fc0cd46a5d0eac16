package coach

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/export"
	"waymark/internal/store"
)

// The files that a row of the outbox may be; see store.Row.File.
const (
	fileMarkdown = "md"
	fileJSON     = "json"
	fileICS      = "ics"
	fileTimeline = "timeline"
	fileReview   = "review" // the preparation of a review, as Markdown
)

// files are the formats of an export, in the order in which they arrive.
var files = []string{fileMarkdown, fileJSON, fileICS}

// export sends what is known about the person to their DM: as one file in the
// format named, or in all of them. The files are made when they leave.
func (h *handling) export(format string) error {
	format = strings.ToLower(strings.Trim(strings.TrimSpace(format), "."))
	which := files
	switch {
	case slices.Contains(files, format):
		which = []string{format}
	case format == "markdown":
		which = []string{fileMarkdown}
	case slices.Contains([]string{"review", "my review", "preparation"}, format):
		return h.reviewExport()
	case format == "calendar" || format == "ical":
		which = []string{fileICS}
	case format != "" && format != "all":
		return h.here("export.unknown")
	}
	if !h.known || h.unspoken() {
		return h.here("export.nothing")
	}
	if len(h.events(h.currentPlan())) == 0 {
		if len(which) == 1 && which[0] == fileICS {
			return h.here("export.no_dates")
		}
		which = slices.DeleteFunc(slices.Clone(which), func(f string) bool { return f == fileICS })
	}
	intro := "export.ready"
	if len(which) == 1 {
		intro = "export.ready_one"
	}
	batch := strconv.FormatUint(h.p.Rows, 10) // no other export begins behind the same row
	for i, f := range which {
		key := "export." + f
		if i == 0 {
			key = intro
		}
		if _, err := h.row(store.Row{Kind: store.File, File: f, Batch: batch, Message: h.c.message(key, h.fields())}); err != nil {
			return err
		}
	}
	return h.elsewhere("export.coming")
}

// here says something where the person is: in answer to a command or a tap, or
// in the DM.
func (h *handling) here(key string) error {
	switch {
	case h.e.View != "":
		h.p.Home.Notice = ""
		h.notice(h.c.text(key, h.fields()))
	case h.e.Kind == chat.Text:
		h.say(key, nil)
		return h.reask()
	default:
		m := h.c.message(key, h.fields())
		h.reply.Message = &m
	}
	return nil
}

// elsewhere tells somebody who is not in the DM that something comes there. In
// the DM the question on screen comes again below it.
func (h *handling) elsewhere(key string) error {
	switch {
	case h.e.Kind == chat.Text:
		return h.reask()
	case h.e.Kind == chat.Click && h.e.View == "":
		return nil
	}
	return h.here(key)
}

// madeFile is a file with the message beside it, or the message that stands in
// its place.
type madeFile struct {
	file    chat.File
	beside  chat.Message
	instead *chat.Message
}

// makeFile makes the file of a row from a record; once it is uploaded, what it
// is called and what stands beside it. Nothing in the record changes.
func (c *Coach) makeFile(id chat.PersonID, p *Person, row store.Row) (made madeFile, err error) {
	h := &handling{c: c, p: p, now: c.now(), e: chat.Event{Person: id}, known: true}
	if row.File == fileTimeline {
		made, err = h.timelineFile(row.FileID == "")
		made.file.Name, made.file.Title = c.text("timeline.name", h.fields())+".png", c.text("timeline.title", h.fields())
		return made, err
	}
	made.beside = row.Message
	ext := row.File
	if ext == fileReview {
		ext = fileMarkdown
	}
	made.file.Name, made.file.Title = c.text("export.name_"+row.File, h.fields())+"."+ext, c.text("export.title_"+row.File, h.fields())
	if row.FileID != "" {
		return made, nil
	}
	switch row.File {
	case fileMarkdown:
		made.file.Data = export.Markdown(h.exportBlocks())
	case fileReview:
		made.file.Data = export.Markdown(h.preparation(maxLines).blocks())
	case fileJSON:
		made.file.Data, err = export.JSON(h.everything())
	case fileICS:
		cal := h.calendar()
		if len(cal.Events) == 0 {
			m := c.message("export.no_dates", h.fields())
			return madeFile{instead: &m}, nil
		}
		made.file.Data, err = export.ICS(cal)
	default:
		err = fmt.Errorf("make file: %q is none", row.File)
	}
	return made, err
}

// refusal says that the platform took no file, and its name for why.
func (c *Coach) refusal(row store.Row, reason string) chat.Message {
	key := "export.refused"
	if row.File == fileTimeline {
		key = "export.refused_timeline"
	}
	return c.message(key, map[string]any{"reason": reason, "name": ""})
}

// everything is the record for the JSON. What is left out are the hashes of
// events that were handled and the numbers that rows and talks are counted with,
// which say nothing about the person.
func (h *handling) everything() export.Everything {
	p := *h.p
	p.Seen, p.Rows, p.Flows = nil, 0, 0
	e := export.Everything{Made: h.now, Record: p, Text: dialogue.Unmark}
	asked := h.questions()
	for _, a := range p.Dialogue.Answers {
		e.Answers = append(e.Answers, export.Answer{
			Question: cmp.Or(asked(a), a.Key.Step), About: h.aboutOf(a), Words: a.Words, Answer: dialogue.Unmark(a.Said()), At: a.At, Changed: a.Replaced,
		})
	}
	return e
}

// questions tells the question of each answer as plain text; "" where its step is
// gone from the flows, or asks nothing in words.
func (h *handling) questions() func(dialogue.Answer) string {
	all := h.c.book.Questions(&h.p.Dialogue, h.input(""), h.env())
	return func(a dialogue.Answer) string {
		return chat.Message{Blocks: dialogue.Blocks(all[a.Key])}.Plain()
	}
}

// aboutOf names what an answer is about, where the same is asked about several
// things.
func (h *handling) aboutOf(a dialogue.Answer) string {
	if a.Key.Item == "" {
		return ""
	}
	if own, ok := strings.CutPrefix(a.Key.Item, "own:"); ok {
		return dialogue.Unmark(own)
	}
	for _, o := range h.p.Dialogue.Answers {
		for _, c := range o.Value.Choices {
			if c.ID == a.Key.Item && c.Label != "" {
				return dialogue.Unmark(c.Label)
			}
		}
	}
	return a.Key.Item
}

// calendar is the person's dates.
func (h *handling) calendar() export.Calendar {
	return export.Calendar{
		Name: h.c.text("export.title_ics", h.fields()), Owner: string(h.e.Person), Made: h.now, Events: h.events(h.currentPlan()),
	}
}

// events are the milestones and reviews of a plan that have a date.
func (h *handling) events(p career.Plan) []export.Event {
	var out []export.Event
	for _, g := range p.Goals {
		if g.Status == career.Dropped {
			continue
		}
		for _, m := range g.Milestones {
			if m.Dropped || m.Due.IsZero() {
				continue
			}
			title := h.milestoneText(g, m)
			if !m.Done.IsZero() {
				title = h.c.text("export.event_done", h.with(map[string]any{"title": title}))
			}
			note := h.c.text("export.event_goal", h.with(map[string]any{"words": dialogue.Words(g.Title)}))
			out = append(out, export.Event{ID: "m/" + m.ID, On: m.Due, Title: dialogue.Unmark(title), Note: dialogue.Unmark(note), Moved: len(m.History)})
		}
	}
	for _, r := range p.Reviews {
		if r.Date.IsZero() {
			continue
		}
		key := "export.event_talk"
		if r.Formal {
			key = "export.event_review"
		}
		out = append(out, export.Event{ID: "r/" + r.ID, On: r.Date, Title: h.c.text(key, h.fields()), Moved: len(r.History)})
	}
	return out
}
