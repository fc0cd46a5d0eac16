package coach

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/kv"
	"waymark/internal/ladder"
	"waymark/internal/reminder"
	"waymark/internal/store"
	"waymark/internal/transcript"
)

// TestTalks runs the conversations of testdata against the whole coach on the
// in-memory store, with the prompts that are shipped.
func TestTalks(t *testing.T) {
	book := shipped(t)
	transcript.Run(t, "testdata/talks/*.txt", func(t *testing.T) transcript.Driver { return newDesk(t, book) })
}

func shipped(t testing.TB) *dialogue.Book {
	t.Helper()
	book, err := dialogue.Load(os.DirFS("../../prompts"), Vocabulary())
	if err != nil {
		t.Fatalf("the shipped prompts:\n%v", err)
	}
	return book
}

var ladders = sync.OnceValues(func() (*ladder.Ladders, error) { return ladder.Load(os.DirFS("../../prompts")) })

func shippedLadders(t testing.TB) *ladder.Ladders {
	t.Helper()
	l, err := ladders()
	if err != nil {
		t.Fatalf("the shipped ladders:\n%v", err)
	}
	return l
}

// monday is when every talk begins.
var monday = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// desk is a coach with a clock that stands still unless moved, and a platform
// that shows what it was given.
type desk struct {
	noTab
	deskFiles

	t      testing.TB
	db     kv.Store
	book   *dialogue.Book
	coach  *Coach
	now    time.Time
	latest time.Time
	shown  map[string][]posted // by channel
	out    []string
	seq    int
	last   map[string]string // ts of what a person said last
	fail   []error           // answers to the next posts
	tapped chat.Event        // the last tap
	// Forms: the one each person sees, and one that was left open in another tab.
	form, other map[string]*chat.Form
	whispered   map[string][]chat.Message // replies that only they see
	sent        chat.Event                // the form that was sent last
}

type posted struct {
	ts, id string
	m      chat.Message
}

func newDesk(t testing.TB, book *dialogue.Book) *desk {
	d := &desk{t: t, db: kv.NewMemory(), book: book, now: monday, shown: map[string][]posted{}, last: map[string]string{},
		form: map[string]*chat.Form{}, other: map[string]*chat.Form{}, whispered: map[string][]chat.Message{}}
	d.restart()
	return d
}

func (d *desk) restart() {
	s, err := store.Open(context.Background(), d.db, store.Options{Migrations: Migrations()})
	if err != nil {
		d.t.Fatal(err)
	}
	d.coach = New(Config{Store: s, Book: d.book, Ladders: shippedLadders(d.t), Now: func() time.Time { return d.now }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
}

func (d *desk) ts() string {
	d.seq++
	if d.latest.Before(d.now) {
		d.latest = d.now // a platform's ids never go back, whatever our clock does
	}
	return fmt.Sprintf("%d.%06d", d.latest.Unix(), d.seq)
}

func (d *desk) event(who string, kind chat.Kind) chat.Event {
	d.seq++
	name := strings.ToUpper(who[:1]) + who[1:]
	return chat.Event{
		ID: chat.EventID(fmt.Sprintf("Ev%d", d.seq)), Kind: kind, Person: personOf(who), Channel: "D" + who, At: d.now,
		Profile: &chat.Profile{Name: name, Zone: "Europe/Berlin", Locale: "en-GB"},
	}
}

func personOf(who string) chat.PersonID { return chat.PersonID("-/T1/U" + who) }

// Do carries out one line of a transcript.
func (d *desk) Do(who, verb, arg string) ([]string, error) {
	d.out = nil
	if who != "" {
		d.now = d.now.Add(time.Minute)
	}
	var e chat.Event
	switch verb {
	case "@":
		return d.out, d.moveTo(arg)
	case "!":
		return d.special(arg)
	case "says":
		e = d.event(who, chat.Text)
		e.Text, e.TS = arg, d.ts()
		d.last[who] = e.TS
	case "edits":
		e = d.event(who, chat.Edited)
		e.Text, e.TS = arg, d.last[who]
	case "commands":
		e = d.event(who, chat.Command)
		e.Command, e.Text, _ = strings.Cut(arg, " ")
	case "taps", "picks":
		var err error
		if e, err = d.tap(who, verb, arg); err != nil {
			return nil, err
		}
		d.tapped = e
	case "sends":
		var err error
		if e, err = d.filled(who, arg); err != nil {
			return nil, err
		}
		d.sent = e
	}
	return d.handle(e, true)
}

func (d *desk) handle(e chat.Event, deliver bool) ([]string, error) {
	reply, err := d.coach.Handle(context.Background(), e)
	if err != nil {
		return nil, err
	}
	if reply.Message != nil {
		d.out = append(d.out, transcript.Lines("only you", *reply.Message)...)
	}
	d.forms(e, reply)
	if deliver {
		d.deliver(e.Person)
	}
	return d.out, nil
}

func (d *desk) deliver(id chat.PersonID) {
	for range 5 {
		if wait := d.coach.deliver(context.Background(), d, id); wait == 0 {
			return
		}
	}
}

// tap finds the newest message with that label and presses it.
func (d *desk) tap(who, verb, label string) (chat.Event, error) {
	if e, ok := d.tapForm(who, label); ok {
		return e, nil
	}
	shown := d.shown["D"+who]
	for i := len(shown) - 1; i >= 0; i-- {
		e := d.event(who, chat.Click)
		e.TS = shown[i].ts
		if id, value, ok := button(shown[i].m.Blocks, label); ok {
			e.Action, e.Values = id, []string{value}
			return e, nil
		}
		a := shown[i].m.Ask
		if a == nil {
			continue
		}
		if verb == "picks" && a.Date {
			e.Action, e.Values = a.ID, []string{label}
			return e, nil
		}
		for _, l := range strings.Split(label, "] [") {
			for _, c := range append(append([]chat.Choice(nil), a.Choices...), a.Extra...) {
				if begins, cut := strings.CutSuffix(c.Label, "…"); c.Label == l || cut && strings.HasPrefix(l, begins) {
					e.Action = a.ID
					e.Values = append(e.Values, c.Value)
				}
			}
		}
		if len(e.Values) > 0 {
			return e, nil
		}
	}
	return chat.Event{}, fmt.Errorf("nothing to tap is called %q", label)
}

// moveTo moves the clock, waking people on the way as the minute tick would.
func (d *desk) moveTo(arg string) error {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return err
	}
	to, err := time.ParseInLocation("2006-01-02 15:04", arg, berlin)
	if err != nil {
		return err
	}
	if to.Before(d.now) {
		d.now = to
		return nil
	}
	for range 10_000 {
		at, ok, err := d.coach.store.NextWake(context.Background())
		if err != nil {
			return err
		}
		if !ok || at.After(to) {
			break
		}
		if d.now.Before(at) {
			d.now = at
		}
		if err := d.tick(); err != nil {
			return err
		}
	}
	d.now = to
	return d.tick()
}

func (d *desk) tick() error {
	due, err := d.coach.store.DueWakes(context.Background(), d.now, 100)
	if err != nil {
		return err
	}
	for _, id := range due {
		before := len(d.out)
		e := chat.Event{ID: chat.EventID(fmt.Sprintf("due-%d-%s", d.now.Unix(), id)), Kind: chat.Due, Person: id, At: d.now}
		if _, err := d.handle(e, true); err != nil {
			return err
		}
		if len(d.out) > before {
			berlin, _ := time.LoadLocation("Europe/Berlin")
			d.out = append(d.out[:before], append([]string{"(" + d.now.In(berlin).Format("Mon 2 Jan 2006 15:04") + ")"}, d.out[before:]...)...)
		}
	}
	return nil
}

// special are the things that only tests can do.
func (d *desk) special(arg string) ([]string, error) {
	word, rest, _ := strings.Cut(arg, " ")
	switch word {
	case "restart":
		d.restart()
	case "twice": // the platform delivers the same message two times
		who, text, _ := strings.Cut(rest, ": ")
		e := d.event(who, chat.Text)
		e.Text, e.TS = text, d.ts()
		if _, err := d.handle(e, true); err != nil {
			return nil, err
		}
		return d.handle(e, true)
	case "command-twice": // the acknowledgement was lost, and the command comes again
		who, text, _ := strings.Cut(rest, ": /")
		e := d.event(who, chat.Command)
		e.Command, e.Text, _ = strings.Cut(text, " ")
		if _, err := d.handle(e, true); err != nil {
			return nil, err
		}
		return d.handle(e, true)
	case "quickly": // two messages within a second: the second was sent before the answer appeared
		who, both, _ := strings.Cut(rest, ": ")
		first, second, _ := strings.Cut(both, " || ")
		one := d.event(who, chat.Text)
		one.Text, one.TS = first, d.ts()
		two := d.event(who, chat.Text)
		two.Text, two.TS = second, d.ts()
		if _, err := d.handle(one, true); err != nil {
			return nil, err
		}
		return d.handle(two, true)
	case "posts-without-answer": // the platform takes the next message but the answer is lost
		d.fail = append(d.fail, &chat.SendError{Name: "timeout", Unknown: true})
	case "taps-again": // the same button once more, before it is gone
		e := d.tapped
		e.ID += "+"
		return d.handle(e, true)
	case "planned": // somebody who has a plan already
		d.planned(rest, nil)
	case "planned-weekly": // with a check-in on Mondays and nothing else
		d.planned(rest, func(p *Person) {
			p.Settings.Cadence = reminder.Cadence{Every: 1, Unit: reminder.Week, Weekday: time.Monday, Start: civil.Of(d.now)}
			p.Plan.Goals = nil
		})
	case "working": // somebody with two goals, days of their own and a weekly check-in
		d.planned(rest, twoGoals)
	case "opens": // the DM is opened, before anything is said in it
		e := d.event(rest, chat.Opened)
		e.Action = chat.TabMessages
		return d.handle(e, true)
	case "clip":
		e := d.event(rest, chat.Text)
		e.Attachment, e.TS = "audio/webm", d.ts()
		return d.handle(e, true)
	case "stranger":
		who, text, _ := strings.Cut(rest, ": ")
		e := d.event(who, chat.Text)
		e.Text, e.TS, e.Profile.Outsider = text, d.ts(), chat.Stranger
		return d.handle(e, true)
	case "plan", "tap-unsaved", "sends-again", "shortcut", "open-form", "other-tab":
		return d.formSpecial(word, rest)
	default:
		return nil, errors.New("unknown")
	}
	return d.out, nil
}

// The desk is a platform, too.

func (d *desk) Open(_ context.Context, p chat.PersonID) (string, error) {
	return "D" + strings.ToLower(string(p[strings.LastIndexByte(string(p), 'U')+1:])), nil
}

func (d *desk) Post(_ context.Context, channel, id string, m chat.Message) (string, error) {
	p := posted{d.ts(), id, m}
	d.shown[channel] = append(d.shown[channel], p)
	d.out = append(d.out, transcript.Lines("coach", m)...)
	if len(d.fail) > 0 {
		err := d.fail[0]
		d.fail = d.fail[1:]
		return "", err
	}
	return p.ts, nil
}

func (d *desk) Update(_ context.Context, channel, ts string, m chat.Message) error {
	for i := range d.shown[channel] {
		if p := &d.shown[channel][i]; p.ts == ts {
			p.m = m
			if last := m.Blocks[len(m.Blocks)-1]; last.Kind == chat.Note {
				d.out = append(d.out, "("+chat.PlainSpans(last.Spans)+")")
			}
			return nil
		}
	}
	return &chat.SendError{Name: "message_not_found", Permanent: true}
}

func (d *desk) Find(_ context.Context, channel, after string, ids []string) (map[string]string, error) {
	found := map[string]string{}
	for _, p := range d.shown[channel] {
		for _, id := range ids {
			if p.id == id && p.ts > after {
				found[id] = p.ts
			}
		}
	}
	return found, nil
}
