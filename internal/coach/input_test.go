package coach

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/kv"
	"waymark/internal/kv/kvtest"
	"waymark/internal/store"
)

// chatter is a stage on which Ana talks and everything is delivered at once.
type chatter struct {
	*stage
	clock time.Time
	n     int
}

func newChatter(t testing.TB, book *dialogue.Book) *chatter {
	c := &chatter{stage: newStage(t, kv.NewMemory(), book), clock: monday}
	c.now = func() time.Time { return c.clock }
	return c
}

// onPath is Ana on the happy path when the question of a step is on screen, such as
// "have.job"; "" is its end.
func onPath(t testing.TB, book *dialogue.Book, step string) *chatter {
	t.Helper()
	c := newChatter(t, book)
	for _, e := range script(t) {
		if step != "" && c.asked() == step {
			return c
		}
		c.clock = e.At
		c.handle(e)
	}
	if step != "" {
		t.Fatalf("on the happy path nobody is asked %s", step)
	}
	return c
}

// asked is the step whose question is on screen, "" for none.
func (c *chatter) asked() string {
	p, _ := c.person()
	if p.Dialogue.Asked == nil {
		return ""
	}
	return p.Dialogue.Asked.Key.Step
}

// asks holds that the question of a step is on screen.
func (c *chatter) asks(step string) {
	c.t.Helper()
	if got := c.asked(); got != step {
		c.t.Errorf("the question on screen is %q, want %q", got, step)
	}
}

// sees holds that a message holds the first line of a text.
func (c *chatter) sees(said []string, key string) {
	c.t.Helper()
	text, _, _ := strings.Cut(chat.Message{Blocks: dialogue.Blocks(c.book.Text(key, map[string]any{"prefix": ""}))}.Plain(), "\n")
	if text == "" || !strings.Contains(strings.Join(said, "\n"), text) {
		c.t.Errorf("she sees %.300q, want %q", said, text)
	}
}

// event is something of Ana's that happens now.
func (c *chatter) event(kind chat.Kind) chat.Event {
	c.n++
	e := textOf(ana, fmt.Sprint("now ", c.n), "")
	e.Kind, e.At = kind, c.clock
	return e
}

// handle handles an event, delivers what follows and returns what Ana sees of it:
// the reply that only she sees, then the messages.
func (c *chatter) handle(e chat.Event) (only string, said []string) {
	c.t.Helper()
	before := len(c.p.texts("D" + string(ana)))
	reply, err := c.coach.Handle(context.Background(), e)
	if err != nil {
		c.t.Fatalf("Handle: %v", err)
	}
	for _, r := range c.rows(e.Person) {
		bounded(c.t, r.Message)
	}
	if reply.Message != nil {
		bounded(c.t, *reply.Message)
		only = reply.Message.Plain()
	}
	if wait := c.coach.deliver(context.Background(), c.p, e.Person); wait != 0 {
		c.t.Fatalf("not delivered, next try in %s", wait)
	}
	c.wakes()
	return only, c.p.texts("D" + string(ana))[before:]
}

func (c *chatter) says(text string) []string {
	c.t.Helper()
	e := c.event(chat.Text)
	e.Text = text
	_, said := c.handle(e)
	c.clock = c.clock.Add(time.Minute)
	return said
}

// person is Ana's record; the second result is it as it is stored.
func (c *chatter) person() (p Person, raw []byte) {
	c.t.Helper()
	c.view(func(tx *store.Tx) error { _, err := tx.Person(ana, &p); return err })
	err := c.db.View(context.Background(), func(r kv.Reader) (err error) {
		raw, _, err = r.Get([]byte("p/" + ana))
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return p, raw
}

// wakes holds that the index knows the moment that the record names, later than
// now.
func (c *chatter) wakes() {
	c.t.Helper()
	p, _ := c.person()
	at, ok, err := c.store.NextWake(context.Background())
	if err != nil || ok != !p.Wake.IsZero() || ok && !at.Equal(p.Wake) {
		c.t.Errorf("the wake index says %v, %v, %v, the record %v", at, ok, err, p.Wake)
	}
	if ok && !at.After(c.clock) {
		c.t.Errorf("wakes at %v, not later than now, %v", at, c.clock)
	}
}

// keeps holds that words of Ana's are in her record, whole.
func (c *chatter) keeps(words string) {
	c.t.Helper()
	if _, raw := c.person(); !bytes.Contains(raw, []byte(words)) {
		c.t.Errorf("her record does not hold %.60q (%d bytes)", words, len(words))
	}
}

// bounded holds that a message is one that a platform takes: Slack's limits are
// 2,000 characters for the value of a button, 150 for one of a menu or of
// checkboxes, and about 12,000 for all there is to read.
func bounded(t testing.TB, m chat.Message) {
	t.Helper()
	if n := len(m.Plain()); n > 12_000 {
		t.Errorf("a message of %d bytes: %.80q", n, m.Plain())
	}
	if m.Ask == nil {
		return
	}
	limit := 2000
	if m.Ask.Many || len(m.Ask.Choices) > 5 || slices.ContainsFunc(m.Ask.Choices, func(c chat.Choice) bool { return len(utf16.Encode([]rune(c.Label))) > 75 }) {
		limit = 150
	}
	for _, c := range m.Ask.Choices {
		if n := len(utf16.Encode([]rune(c.Value))); n > limit || n == 0 {
			t.Errorf("the value of choice %.30q has %d characters, at most %d are possible", c.Label, n, limit)
		}
	}
}

// Words without end are kept whole wherever they are said, and no message grows
// with them.
func TestLongText(t *testing.T) {
	book := shipped(t)
	size := 40_000 // the longest message that Slack takes
	if testing.Short() {
		size = 2 * longText
	}
	long := func(what string) string {
		return strings.TrimSpace(what + " " + strings.Repeat("with a lot more to say about it, ", size/33))
	}
	t.Run("before any question", func(t *testing.T) {
		c := newChatter(t, book)
		text := long("I would like to be a nurse")
		c.says(text)
		c.keeps(text)
		c.asks("first.start")
	})
	t.Run("as an answer, then said back everywhere", func(t *testing.T) {
		c := onPath(t, book, "have.field")
		text := long("health care")
		c.says(text)
		p, _ := c.person()
		if a := p.Dialogue.Answers[len(p.Dialogue.Answers)-1]; a.Words != text {
			t.Errorf("the answer holds %d bytes of %d", len(a.Words), len(text))
		}
		for _, s := range []string{"back", "actually my field is " + text, "yes", "show my plan", "pause", "continue", "why?", "help", "win " + text} {
			c.says(s)
		}
		for _, cmd := range []string{"career", "goals", "win"} {
			e := c.event(chat.Command)
			e.Command = cmd
			if cmd == "win" {
				e.Text = text
			}
			c.handle(e)
		}
		e := c.event(chat.Edited)
		e.Text = text + " edited"
		c.handle(e)
	})
	t.Run("where a choice is asked for", func(t *testing.T) {
		c := onPath(t, book, "first.start")
		text := long("perhaps")
		c.says(text)
		c.asks("first.start")
		c.keeps(text)
	})
	t.Run("in every answer of the first talk", func(t *testing.T) {
		c := newChatter(t, book)
		more := strings.Repeat(" and so on", 300)
		kept := 0
		for _, e := range script(t) {
			if e.Kind == chat.Text && strings.Contains(e.Text, " ") && !strings.ContainsAny(e.Text, "0123456789") {
				e.Text += more
			}
			c.clock = e.At
			c.handle(e)
			if e.Kind == chat.Text && strings.HasSuffix(e.Text, more) {
				c.keeps(e.Text)
				kept++
			}
		}
		if kept < 10 {
			t.Errorf("only %d long answers", kept)
		}
	})
	t.Run("as own words among choices", func(t *testing.T) {
		c := onPath(t, book, "act.act")
		text := "ask around at the clinic" + strings.Repeat(" until somebody has time", 100)
		c.says(text)
		c.keeps(text)
		for _, s := range []string{text, "1", "1", "we see it", "end of March", "if it is Monday, then I do it"} {
			c.says(s)
		}
	})
}

// What holds no words gets a clear answer, and the question stays.
func TestWordless(t *testing.T) {
	book := shipped(t)
	for _, c := range []struct {
		name, text, attachment string
		want                   string // the text that says so; "" for "unclear"
	}{
		{"nothing", "", "", "say.empty"},
		{"spaces", " \n\t\u00a0 ", "", "say.empty"},
		{"what cannot be seen", "\u200b\ufeff\u200d", "", "say.empty"},
		{"a file", "", "application/pdf", "say.no_file"},
		{"a voice clip", "", "audio/webm", "say.no_voice"},
		{"a video clip", "", "video/mp4", "say.no_voice"},
		{"emoji", "😀😀", "", ""},
		{"emoji of Slack", ":tada: :bar_chart:", "", ""},
		{"punctuation", "…?!", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			talk := onPath(t, book, "have.job")
			before, _ := talk.person()
			e := talk.event(chat.Text)
			e.Text, e.Attachment = c.text, c.attachment
			_, said := talk.handle(e)
			after, _ := talk.person()
			unclear := after.Dialogue.Asked.Attempts - before.Dialogue.Asked.Attempts
			if c.want != "" {
				talk.sees(said, c.want)
			} else if unclear != 1 || len(said) == 0 {
				t.Errorf("%d unclear answers are noted, and she sees %q", unclear, said)
			}
			talk.asks("have.job")
			if diff := cmp.Diff(before.Dialogue.Answers, after.Dialogue.Answers); diff != "" {
				t.Errorf("answers changed (-before +after):\n%s", diff)
			}
		})
	}
}

// A file with words is an answer like any other.
func TestFileWithWords(t *testing.T) {
	c := onPath(t, shipped(t), "have.job")
	e := c.event(chat.Text)
	e.Text, e.Attachment = "front desk", "application/pdf"
	c.handle(e)
	c.keeps("front desk")
	if got := c.asked(); got == "have.job" {
		t.Errorf("%s is asked again", got)
	}
}

// What means something to a platform is kept and shown as it was written, always
// marked as the person's own.
func TestMarkup(t *testing.T) {
	c := onPath(t, shipped(t), "have.job")
	const text = "<!channel> &lt;b&gt; *bold* _it_ `code` <@U123> {{.name}} https://example.com front desk"
	c.says(text)
	c.keeps(text)
	e := c.event(chat.Command)
	e.Command = "career"
	reply, err := c.coach.Handle(context.Background(), e)
	if err != nil {
		t.Fatal(err)
	}
	var spans []chat.Span
	for _, b := range reply.Message.Blocks {
		spans = append(spans, b.Spans...)
	}
	if !slices.Contains(spans, chat.Own(text)) {
		t.Errorf("the plan shows %+v, want a span of her own words, unchanged", spans)
	}
	for _, s := range spans {
		if !s.Own && strings.Contains(s.Text, "channel") {
			t.Errorf("her words in a span of ours: %+v", s)
		}
	}
}

func TestOtherLanguage(t *testing.T) {
	c := onPath(t, shipped(t), "have.job")
	c.says("Krankenschwester in einer Praxis")
	c.keeps("Krankenschwester in einer Praxis")
	if got := c.asked(); got == "have.job" {
		t.Errorf("%s is asked again", got)
	}
	c = onPath(t, shipped(t), "have.change")
	for _, text := range []string{"das lässt sich so einfach nicht sagen", "看護師になりたい"} {
		if said := c.says(text); len(said) == 0 {
			t.Errorf("no answer to %q", text)
		}
		c.asks("have.change")
		c.keeps(text)
	}
}

// tap is the click on a choice of the last message that has one of that label.
func (c *chatter) tap(label string) chat.Event {
	c.t.Helper()
	shown := c.p.dms["D"+string(ana)]
	for _, s := range slices.Backward(shown) {
		if s.m.Ask == nil {
			continue
		}
		for _, ch := range append(slices.Clone(s.m.Ask.Choices), s.m.Ask.Extra...) {
			if ch.Label == label {
				e := c.event(chat.Click)
				e.TS, e.Action, e.Values = s.ts, s.m.Ask.ID, []string{ch.Value}
				return e
			}
		}
	}
	c.t.Fatalf("nothing to tap is called %q", label)
	return chat.Event{}
}

// A button works once; afterwards only she is told that it is over.
func TestTwoClicks(t *testing.T) {
	c := onPath(t, shipped(t), "first.start")
	first := c.tap("Thorough: about 60 questions")
	c.handle(first)
	c.asks("have.job")
	before, _ := c.person()
	second := first
	second.ID = "another tap"
	only, said := c.handle(second)
	c.sees([]string{only}, "say.closed")
	if only == "" || len(said) > 0 {
		t.Errorf("the second click says %q to her alone and %q to the DM, want a reply alone", only, said)
	}
	c.unchanged(before)
	again, said := c.handle(second) // delivered twice
	if again != only || len(said) > 0 {
		t.Errorf("the second click's repeat says %q, %q, want the same reply", again, said)
	}
}

// unchanged holds that nothing but what was seen differs.
func (c *chatter) unchanged(before Person) {
	c.t.Helper()
	after, _ := c.person()
	if diff := cmp.Diff(before.Dialogue, after.Dialogue); diff != "" {
		c.t.Errorf("the dialogue changed (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(before.Plan, after.Plan); diff != "" {
		c.t.Errorf("the plan changed (-before +after):\n%s", diff)
	}
	if len(after.Screens) < len(before.Screens) || after.Crisis != before.Crisis {
		c.t.Errorf("screens or crisis changed: %d, %v", len(after.Screens), after.Crisis)
	}
}

// Clicks that nobody can make change nothing.
func TestForgedClicks(t *testing.T) {
	book := shipped(t)
	planned, asking := onPath(t, book, ""), onPath(t, book, "have.change")
	asked := func(c *chatter) int { p, _ := c.person(); return p.Dialogue.Seq }
	for name, c := range map[string]*chatter{"while a question is open": asking, "with a plan": planned} {
		n := asked(c)
		for _, e := range []struct {
			action string
			values []string
		}{
			{"", nil}, {"q1", nil}, {"", []string{""}}, {"x", []string{"x"}}, {"q", []string{"2026-12-24"}},
			{fmt.Sprint("q", n), []string{"2026-13-45"}}, {fmt.Sprint("q", n), []string{"tomorrow; DROP"}},
			{fmt.Sprint("q", n-1), []string{"2026-12-24"}}, {"q-1", []string{"2026-12-24"}}, {"q99999999999999999999", []string{"2026-12-24"}},
			{"", []string{"q:"}}, {"", []string{"q:1"}}, {"", []string{"q:0:job"}}, {"", []string{"q:-1:job"}}, {"", []string{"q:x:job"}},
			{"", []string{fmt.Sprintf("q:%d:nothing offered", n)}}, {"", []string{fmt.Sprintf("q:%d:", n)}},
			{"", []string{fmt.Sprintf("q:%d:c:nonsense", n)}}, {"", []string{fmt.Sprintf("q:%d:p:0", n)}}, {"", []string{fmt.Sprintf("q:%d:p:default", n)}},
			{"", []string{fmt.Sprintf("q:%d:n:7", n)}}, {"", []string{fmt.Sprintf("q:%d:own:my words", n)}},
			{"", []string{fmt.Sprintf("q:%d:job", n-1)}}, {"", []string{fmt.Sprintf("q:%d:job", n+1)}},
			{"", []string{fmt.Sprintf("q:%d:job", n), "q:1:career"}}, {"", []string{fmt.Sprintf("q:%d:job", n), "n:done:x"}},
			{"", []string{"n:done:"}}, {"", []string{"n:done:garbage"}}, {"", []string{"n:"}}, {"", []string{"n:explode:x"}},
			{"", []string{"n:done:milestone_due/m1@2026-11-30"}}, {"", []string{"d:take"}}, {"", []string{"d:"}}, {"", []string{strings.Repeat("q:", 30_000)}},
		} {
			t.Run(fmt.Sprintf("%s/%s %.40q", name, e.action, e.values), func(t *testing.T) {
				c.t = t
				before, _ := c.person()
				click := c.event(chat.Click)
				click.TS, click.Action, click.Values = "1.1", e.action, e.values
				c.handle(click)
				after, _ := c.person()
				if diff := cmp.Diff(before.Dialogue.Answers, after.Dialogue.Answers); diff != "" {
					t.Errorf("answers changed (-before +after):\n%s", diff)
				}
				if diff := cmp.Diff(before.Plan, after.Plan); diff != "" {
					t.Errorf("the plan changed (-before +after):\n%s", diff)
				}
			})
		}
	}
}

// A click on a message from last month is answered to her alone.
func TestOldClick(t *testing.T) {
	c := onPath(t, shipped(t), "have.change")
	old := c.tap("Yes")
	c.says("yes")
	c.clock = c.clock.AddDate(0, 1, 0)
	before, _ := c.person()
	only, said := c.handle(old)
	c.sees([]string{only}, "say.closed")
	if len(said) > 0 {
		t.Errorf("the DM shows %q, want a reply alone", said)
	}
	c.unchanged(before)
}

// Whatever the clock does, a reminder comes once and the next moment is ahead.
func TestClockJumpsBack(t *testing.T) {
	c := onPath(t, shipped(t), "")
	p, _ := c.person()
	due := p.Wake
	if due.IsZero() {
		t.Fatal("nothing waits for Ana")
	}
	tick := func() []string {
		t.Helper()
		ids, err := c.store.DueWakes(context.Background(), c.clock, 10)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for range ids {
			e := chat.Event{ID: chat.EventID(fmt.Sprint("due", c.n)), Kind: chat.Due, Person: ana, At: c.clock}
			c.n++
			_, said := c.handle(e)
			all = append(all, said...)
		}
		return all
	}
	c.clock = due
	said := tick()
	for n := 0; len(said) == 0 && n < 5; n++ { // some moments turn out not to be worth a message
		p, _ = c.person()
		due = p.Wake
		c.clock = due
		said = tick()
	}
	if len(said) != 1 {
		t.Fatalf("when it is due she sees %q, want one message", said)
	}
	for _, back := range []time.Duration{time.Second, time.Hour, 24 * time.Hour, 40 * 24 * time.Hour, 400 * 24 * time.Hour} {
		c.clock = due.Add(-back)
		c.says("thanks")
		for c.clock.Before(due.Add(time.Hour)) {
			at, ok, err := c.store.NextWake(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if !ok || at.After(due.Add(time.Hour)) {
				break
			}
			c.clock = at
			if again := tick(); slices.Contains(again, said[0]) {
				t.Errorf("after %s back she is told again at %v", back, c.clock)
			}
		}
	}
	c.clock = due.Add(time.Minute)
	if again := tick(); len(again) > 0 {
		t.Errorf("back in the present she sees %q, want nothing new", again)
	}
}

// Events that say nothing to the coach change nothing; of people it has never
// met it keeps nothing.
func TestSilentEvents(t *testing.T) {
	book := shipped(t)
	for _, kind := range []chat.Kind{0, chat.Deleted, chat.Submitted, chat.Opened, chat.Mention, chat.ProfileChanged, chat.Due, 99} {
		t.Run(fmt.Sprint("stranger, kind ", kind), func(t *testing.T) {
			c := newChatter(t, book)
			empty := kvtest.Dump(t, c.db)
			c.handle(c.event(kind))
			if diff := cmp.Diff(empty, kvtest.Dump(t, c.db)); diff != "" {
				t.Errorf("something is kept (-want +got):\n%s", diff)
			}
		})
		t.Run(fmt.Sprint("in a talk, kind ", kind), func(t *testing.T) {
			c := onPath(t, book, "have.job")
			before, _ := c.person()
			e := c.event(kind)
			e.TS = "1.000000" // of a message that answered nothing
			if _, said := c.handle(e); len(said) > 0 {
				t.Errorf("she sees %q", said)
			}
			c.unchanged(before)
			c.says("front desk")
			c.keeps("front desk")
		})
	}
	for _, cmd := range []string{"goals", "career", "nonsense"} {
		t.Run("stranger, /"+cmd, func(t *testing.T) {
			c := newChatter(t, book)
			empty := kvtest.Dump(t, c.db)
			e := c.event(chat.Command)
			e.Command = cmd
			if only, _ := c.handle(e); only == "" {
				t.Error("no reply")
			}
			if diff := cmp.Diff(empty, kvtest.Dump(t, c.db)); diff != "" {
				t.Errorf("something is kept (-want +got):\n%s", diff)
			}
		})
	}
}

// People from outside and programs are declined; nothing of theirs is kept.
func TestOutsiders(t *testing.T) {
	book := shipped(t)
	for _, who := range []struct {
		name     string
		outsider chat.Outsider
		kind     chat.Kind
		reply    bool
	}{
		{"a stranger's text", chat.Stranger, chat.Text, true},
		{"a stranger's command", chat.Stranger, chat.Command, true},
		{"a stranger's mention", chat.Stranger, chat.Mention, true},
		{"a stranger's click", chat.Stranger, chat.Click, false},
		{"a bot's text", chat.Bot, chat.Text, false},
		{"a bot's command", chat.Bot, chat.Command, true},
		{"somebody who left", chat.Gone, chat.ProfileChanged, false},
	} {
		t.Run(who.name, func(t *testing.T) {
			c := newChatter(t, book)
			empty := kvtest.Dump(t, c.db)
			e := c.event(who.kind)
			e.Text, e.Command = "I want to be a nurse", "career"
			e.Profile.Outsider = who.outsider
			only, said := c.handle(e)
			if (only != "") != who.reply || len(said) > 0 {
				t.Errorf("reply %q, messages %q", only, said)
			}
			if diff := cmp.Diff(empty, kvtest.Dump(t, c.db)); diff != "" {
				t.Errorf("something is kept (-want +got):\n%s", diff)
			}
		})
	}
}

// An event without an id cannot be told from another one: each counts.
func TestNoEventID(t *testing.T) {
	c := onPath(t, shipped(t), "have.job")
	for _, text := range []string{"front desk", "health care"} {
		e := c.event(chat.Text)
		e.ID, e.Text = "", text
		c.handle(e)
		c.keeps(text)
	}
}

// A redelivered event changes nothing, and a command whose acknowledgement was
// lost gets the same reply again.
func TestRedelivered(t *testing.T) {
	c := onPath(t, shipped(t), "have.job")
	text := c.event(chat.Text)
	text.Text = "front desk"
	c.handle(text)
	win := c.event(chat.Command)
	win.Command, win.Text = "win", "helped a patient"
	first, _ := c.handle(win)
	_, before := c.person()
	for range 3 {
		if only, said := c.handle(text); only != "" || len(said) > 0 {
			t.Errorf("the repeat of a text says %q, %q", only, said)
		}
		if only, said := c.handle(win); only != first || len(said) > 0 {
			t.Errorf("the repeat of a command says %q, %q, want %q", only, said, first)
		}
	}
	if _, after := c.person(); !bytes.Equal(before, after) {
		t.Error("repeats changed the record")
	}
	c.clock = c.clock.Add(keepSeen + time.Minute)
	c.says("health care")
	if p, _ := c.person(); len(p.Seen) != seenSize || len(p.Replies) != 0 {
		t.Errorf("a day later %d events and %d replies are remembered, want the last event alone", len(p.Seen)/seenSize, len(p.Replies))
	}
}

// However much somebody writes, what is remembered of it stays small.
func TestSeenIsBounded(t *testing.T) {
	var p Person
	for i := range 1000 {
		reply := chat.Reply{Message: &chat.Message{Blocks: dialogue.Blocks("kept")}}
		p.remember(chat.EventID(fmt.Sprint("Ev", i)), reply, monday.Add(time.Duration(i)*time.Second))
		p.forget(monday.Add(time.Duration(i) * time.Second))
	}
	if n := len(p.Seen) / seenSize; n != maxSeen || len(p.Replies) != keptReplies {
		t.Errorf("%d events and %d replies are remembered, want %d and %d", n, len(p.Replies), maxSeen, keptReplies)
	}
	for i, want := range map[int]bool{0: false, 599: false, 600: true, 999: true} {
		if _, got := p.handled(chat.EventID(fmt.Sprint("Ev", i))); got != want {
			t.Errorf("event %d: handled = %v, want %v", i, got, want)
		}
	}
	p.forget(monday.AddDate(0, 0, -3)) // a clock that was moved back forgets nothing
	if n := len(p.Seen) / seenSize; n != maxSeen {
		t.Errorf("with the clock moved back %d events are remembered, want %d", n, maxSeen)
	}
}

// A new zone moves the moments that are to come.
func TestZoneChanges(t *testing.T) {
	c := onPath(t, shipped(t), "")
	before, _ := c.person()
	e := c.event(chat.ProfileChanged)
	e.Profile = &chat.Profile{Name: "Ana", Zone: "America/New_York", Locale: "en-US"}
	if _, said := c.handle(e); len(said) > 0 {
		t.Errorf("she sees %q", said)
	}
	after, _ := c.person()
	if got := after.Wake.Sub(before.Wake); got != 6*time.Hour {
		t.Errorf("the next moment moves by %s, want the 6 hours from Berlin to New York", got)
	}
	e = c.event(chat.ProfileChanged)
	e.Profile = &chat.Profile{Name: "Ana", Zone: "Nowhere/Atall"}
	c.handle(e) // a zone that nobody knows is no reason to fail
}
