package coach

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reminder"
)

// Home is what is kept about the coach's tab of one person. What it shows is
// made from the record each time.
type Home struct {
	// Opened says that they have opened the tab: from then on it is published
	// after every change.
	Opened bool `cbor:"1,keyasint,omitempty"`
	// Page is which of several pages of goals it shows, 0 = the first.
	Page int `cbor:"2,keyasint,omitempty"`
	// Welcomed is when the one welcome was sent; it is never sent twice.
	Welcomed time.Time `cbor:"3,keyasint,omitzero"`
	// Notice is what the last thing done on the tab came to, as marked text. It
	// goes when the tab is opened the next time.
	Notice string `cbor:"4,keyasint,omitempty"`
}

// unspoken reports whether the person has told nothing and chosen nothing yet.
func (h *handling) unspoken() bool {
	settings := h.p.Settings
	settings.Zone = ""
	if slices.Equal(settings.Off, []reminder.Kind{reminder.CycleBegins}) { // said by whoever wants to hear nothing
		settings.Off = nil
	}
	d := h.p.Dialogue
	return len(d.Answers) == 0 && len(d.Stack) == 0 && len(d.Past) == 0 && len(h.p.Notes) == 0 &&
		reflect.ValueOf(settings).IsZero() && reflect.ValueOf(h.p.Plan).IsZero() && !h.p.Crisis
}

// nameless takes out of the record of somebody who was welcomed and has not said
// a word what the platform told about them: all that has to be kept is that they
// were welcomed.
func (h *handling) nameless() {
	if !h.p.Home.Welcomed.IsZero() && h.unspoken() {
		h.p.Name, h.p.Locale, h.p.Settings.Zone, h.p.ZoneAt, h.p.Met = "", "", "", time.Time{}, time.Time{}
	}
}

// markHome marks the tab of somebody who uses it as out of date, in the
// transaction of the change.
func (h *handling) markHome() error {
	quiet := h.shows && h.p.Settings.Paused == h.paused || h.e.Kind == chat.Due && !h.speaks
	if !h.p.Home.Opened || quiet && h.e.Kind != chat.Opened {
		return nil
	}
	h.tab = true
	return h.tx.MarkHome(h.e.Person, h.now)
}

// looking reports whether the person has the tab in front of them.
func looking(e chat.Event) bool {
	return e.Kind == chat.Opened || e.Kind == chat.Submitted || e.View != ""
}

// declinePage is what somebody from outside sees; nothing is kept of them.
func (c *Coach) declinePage() chat.Page {
	return chat.Page{Blocks: c.message("home.declined", nil).Blocks}
}

// page is what a person sees on the coach's tab: a function of their record and
// the day alone.
func (c *Coach) page(id chat.PersonID, p *Person) chat.Page {
	c = c.awayFrom(p)
	h := &handling{c: c, p: p, now: c.now(), e: chat.Event{Person: id}}
	b := &homePage{card{h: h}}
	b.heading("home.hello", nil)
	if p.Crisis {
		b.paras("home.crisis", h.contacts())
		b.buttons("talk", h.tap("continue", "h:continue"))
		b.whoCanSee()
		return b.page()
	}
	b.notice()
	b.pausedLine()
	plan := h.currentPlan()
	switch {
	case h.unspoken():
		b.paras("home.stranger", nil)
		start := h.tap("start", "h:start")
		start.Primary = true
		b.buttons("start", start, h.tap("look", "h:look"))
		b.whoCanSee()
		return b.page()
	case plan.Content:
		b.paras("home.content", nil)
		b.talk()
	default:
		b.next(plan)
		b.talk()
		b.homeGoals(plan)
		b.todos(plan)
	}
	b.review(plan)
	b.wins(plan)
	b.settings()
	b.whoCanSee()
	b.end()
	return b.page()
}

// homePage builds the tab block by block, headings first in each part, so that
// it can be listened to in the order in which it is read.
type homePage struct{ card }

// tap is a button of the tab: "home.button_<label>".
func (h *handling) tap(label, value string) chat.Choice {
	return chat.Choice{Value: value, Label: h.c.text("home.button_"+label, h.fields())}
}

// named is a button that a screen reader names with what it is about, marked
// text: the tab has several of the same label.
func (h *handling) named(label, value, about string) chat.Choice {
	c := h.tap(label, value)
	c.Alt = h.c.text("home.named", h.with(map[string]any{"label": c.Label, "about": dialogue.Unmark(clip(about, 200))}))
	return c
}

// buttons are a row; part tells the rows of the tab apart.
func (b *homePage) buttons(part string, choices ...chat.Choice) {
	b.blocks = append(b.blocks, chat.Block{Kind: chat.Buttons, ID: "home." + part, Choices: choices})
}

// paras are a text of one or more paragraphs.
func (b *homePage) paras(key string, fields map[string]any) {
	b.blocks = append(b.blocks, dialogue.Blocks(b.h.c.text(key, b.h.with(fields)))...)
}

// page is what has been built, with long words of the person's cut as they are
// in messages.
func (b *homePage) page() chat.Page {
	return chat.Page{Blocks: short(chat.Message{Blocks: b.blocks}).Blocks}
}

func (b *homePage) notice() {
	if n := b.h.p.Home.Notice; n != "" {
		b.blocks = append(b.blocks, dialogue.Blocks(n)...)
		if _, at, ok := career.LastDone(b.h.p.Plan); ok && b.h.now.Sub(at) < fresh {
			b.buttons("undo", b.h.tap("undo", "h:undo"))
		}
		b.rule()
	}
}

func (b *homePage) rule() { b.blocks = append(b.blocks, chat.Block{Kind: chat.Rule}) }

func (b *homePage) pausedLine() {
	s := b.h.p.Settings
	switch {
	case s.PausedUntil.After(b.h.today()):
		b.line("home.paused_until", map[string]any{"date": s.PausedUntil.Long()})
	case s.Paused:
		b.line("home.paused", nil)
	default:
		return
	}
	b.buttons("pause", b.h.tap("resume", "h:resume"))
}

// next is the one step that comes next.
func (b *homePage) next(p career.Plan) {
	h := b.h
	if p.Confirmed.IsZero() {
		return // a draft is being talked about, its steps are not agreed yet
	}
	g, m, ok := career.NextMilestone(p, h.today())
	if !ok {
		b.line("home.next_none", nil)
		return
	}
	b.lines(h.c.text("home.next", h.with(map[string]any{"title": h.milestoneText(g, m)})), b.date(m))
	done := h.named("done", "h:done:"+m.ID, h.milestoneText(g, m))
	done.Primary = true
	b.buttons("next", done)
}

// date says when a milestone is planned.
func (b *homePage) date(m career.Milestone) string {
	switch {
	case m.Due.IsZero():
		return ""
	case m.Due.Before(b.h.today()):
		return b.h.c.text("home.next_overdue", b.h.with(map[string]any{"date": m.Due.Long()}))
	}
	return b.h.c.text("home.next_date", b.h.with(map[string]any{"date": m.Due.Long(), "days": b.h.days("goals.", m.Due)}))
}

// talk is where the dialogue stands, with a way to go on.
func (b *homePage) talk() {
	h := b.h
	st := &h.p.Dialogue
	if st.Top() == nil {
		return
	}
	b.heading("home.talk", nil)
	key := "home.question"
	if st.Paused {
		key = "home.question_paused"
	}
	b.lines(h.c.book.Recap(st, h.input(""), h.env()), h.if_(key, "question", h.question()))
	b.buttons("talk", h.tap("continue", "h:continue"))
}

// wins are those of the quarter so far.
func (b *homePage) wins(p career.Plan) {
	h := b.h
	today := h.today()
	since := today
	since.Month, since.Day = (today.Month-1)/3*3+1, 1
	var items []string
	n := 0
	for i := len(p.Wins) - 1; i >= 0; i-- { // the latest first
		w := p.Wins[i]
		if w.On.Before(since) {
			continue
		}
		if n++; n <= shownWins {
			items = append(items, h.c.text("home.win", h.with(map[string]any{"date": w.On.Short(), "words": dialogue.Words(clip(strings.TrimSpace(w.Text), 200))})))
		}
	}
	if n == 0 && p.Confirmed.IsZero() {
		return
	}
	b.heading("home.wins", nil)
	switch {
	case n > 0:
		b.line("home.wins_count", map[string]any{"n": itoa(n), "date": since.Long()})
	case !p.Content:
		b.line("home.wins_none", nil)
	}
	b.bullets(items)
	b.buttons("wins", h.tap("win", "form:win"))
}

// shownWins is how many wins the tab lists.
const shownWins = 5

func (b *homePage) review(p career.Plan) {
	if _, ok := career.NextReview(p, b.h.today()); !ok && (p.Content || p.Confirmed.IsZero()) {
		return // nothing is pushed at somebody who is content, nor before there is a plan
	}
	b.heading("home.review", nil)
	b.nextReview(p)
	b.buttons("review", b.h.tap("review", "form:review"))
}

// whoCanSee is the promise, in the words in which it is made everywhere.
func (b *homePage) whoCanSee() {
	b.heading("home.privacy", nil)
	b.paras("say.privacy", nil)
}

// end is what can be had and be undone.
func (b *homePage) end() {
	h := b.h
	b.buttons("end", h.tap("export", "export"), h.tap("delete", "form:delete"))
}
