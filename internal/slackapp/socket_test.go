package slackapp_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"waymark/internal/chat"
	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

const patience = 10 * time.Second

const ana = chat.PersonID("-/" + workspace.TeamID + "/" + workspace.Ana)

// bench is an App connected to a local workspace, with a Handler that keeps what
// it gets and answers as told.
type bench struct {
	t   *testing.T
	ws  *workspace.Workspace
	app *slackapp.App
	log *safeBuffer

	events chan chat.Event
	mu     sync.Mutex
	answer func(context.Context, chat.Event) (chat.Reply, error)
	quick  bool // answer without keeping the events
	stop   context.CancelFunc
	ended  chan error
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func newBench(t *testing.T, change func(*workspace.Config, *slackapp.Config)) *bench {
	t.Helper()
	leak := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, leak) }) // the last of all
	b := &bench{t: t, events: make(chan chat.Event, 1000), log: &safeBuffer{}, ended: make(chan error, 1)}
	wc := workspace.Config{Now: time.Now, AckTimeout: 2 * time.Second, Commands: workspace.Commands("/acme-career", "/acme-goals", "/acme-win")}
	ac := slackapp.Config{Now: time.Now, Log: slog.New(slog.NewTextHandler(b.log, nil)), CommandPrefix: "acme-", Handler: b.handle}
	if change != nil {
		change(&wc, &ac)
	}
	ws, err := workspace.Start(t.Context(), wc)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	b.ws = ws
	if ac.APIURL == "" {
		ac.APIURL = ws.APIURL()
	}
	ac.AppToken, ac.BotToken = ws.AppToken(), ws.BotToken()
	if b.app, err = slackapp.New(ac); err != nil {
		t.Fatal(err)
	}
	return b
}

// connected is newBench with the App running and greeted.
func connected(t *testing.T, change func(*workspace.Config, *slackapp.Config)) *bench {
	t.Helper()
	b := newBench(t, change)
	b.run()
	b.until("the app is connected", b.app.Connected)
	return b
}

func (b *bench) run() {
	ctx, stop := context.WithCancel(b.t.Context())
	b.stop = stop
	over := make(chan struct{})
	go func() {
		defer close(over)
		b.ended <- b.app.Run(ctx)
	}()
	b.t.Cleanup(func() {
		stop()
		<-over
	})
}

func (b *bench) handle(ctx context.Context, e chat.Event) (chat.Reply, error) {
	b.mu.Lock()
	answer, quick := b.answer, b.quick
	b.mu.Unlock()
	if !quick {
		b.events <- e
	}
	if answer == nil {
		return chat.Reply{}, nil
	}
	return answer(ctx, e)
}

func (b *bench) answers(f func(context.Context, chat.Event) (chat.Reply, error)) {
	b.mu.Lock()
	b.answer = f
	b.mu.Unlock()
}

// hears is answers for tests that count events themselves.
func (b *bench) hears(f func(context.Context, chat.Event) (chat.Reply, error)) {
	b.mu.Lock()
	b.answer, b.quick = f, true
	b.mu.Unlock()
}

func says(text string) func(context.Context, chat.Event) (chat.Reply, error) {
	m := chat.Say(text)
	return func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{Message: &m}, nil }
}

// next is the next event that the Handler got.
func (b *bench) next() chat.Event {
	b.t.Helper()
	select {
	case e := <-b.events:
		return e
	case <-time.After(patience):
		b.t.Fatalf("no event within %v; log:\n%s", patience, b.log)
		return chat.Event{}
	}
}

// none checks that nothing more reached the Handler once all is quiet.
func (b *bench) none() {
	b.t.Helper()
	b.quiet()
	select {
	case e := <-b.events:
		b.t.Fatalf("unexpected event %+v", e)
	default:
	}
}

func (b *bench) quiet() {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), patience)
	defer cancel()
	if err := b.ws.Quiet(ctx, 50*time.Millisecond); err != nil {
		b.t.Fatalf("workspace does not become quiet: %v", err)
	}
}

func (b *bench) until(what string, ok func() bool) {
	b.t.Helper()
	for deadline := time.Now().Add(patience); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			b.t.Fatalf("waited %v until %s; log:\n%s", patience, what, b.log)
		}
	}
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%v; log:\n%s", err, b.log)
	}
}

func (b *bench) post(m chat.Message) (channel, ts string) {
	b.t.Helper()
	channel, err := b.app.Open(b.t.Context(), ana)
	b.must(err)
	ts, err = b.app.Post(b.t.Context(), channel, "", m)
	b.must(err)
	return channel, ts
}

func (b *bench) last() workspace.Message {
	b.t.Helper()
	m, err := b.ws.Messages(workspace.Ana)
	b.must(err)
	if len(m) == 0 {
		b.t.Fatal("no messages")
	}
	return m[len(m)-1]
}

func TestText(t *testing.T) {
	b := connected(t, nil)
	ts, err := b.ws.Say(workspace.Ana, "R&D <lead>, *soon* <!channel>")
	b.must(err)
	e := b.next()
	channel, err := b.app.Open(t.Context(), ana)
	b.must(err)
	if e.Kind != chat.Text || e.Person != ana || e.Channel != channel || e.TS != ts || e.Text != "R&D <lead>, *soon* <!channel>" || e.ID == "" {
		t.Errorf("event %+v, want the text as typed at %s in %s", e, ts, channel)
	}
	if d := time.Since(e.At); d < 0 || d > time.Minute {
		t.Errorf("event is from %v", e.At)
	}
	want := chat.Profile{Name: "Ana", Zone: "Europe/Berlin", Locale: "en-GB"}
	if e.Profile == nil || *e.Profile != want {
		t.Errorf("profile %+v, want %+v", e.Profile, want)
	}
	b.until("all is acknowledged", func() bool { return b.ws.Unacknowledged() == 0 })
}

func TestThreadReplyIsText(t *testing.T) {
	b := connected(t, nil)
	_, root := b.post(chat.Say("Hello"))
	ts, err := b.ws.Speak(workspace.Saying{Person: workspace.Ana, Text: "in a thread", ThreadTS: root})
	b.must(err)
	if e := b.next(); e.Kind != chat.Text || e.Text != "in a thread" || e.TS != ts {
		t.Errorf("event %+v, want the reply", e)
	}
}

func TestEdits(t *testing.T) {
	b := connected(t, nil)
	ts, err := b.ws.Say(workspace.Ana, "see https://example.com in March")
	b.must(err)
	b.next()

	b.must(b.ws.Unfurl(workspace.Ana, ts)) // a link preview is no edit
	b.none()

	b.must(b.ws.Edit(workspace.Ana, ts, "in April & May"))
	if e := b.next(); e.Kind != chat.Edited || e.TS != ts || e.Text != "in April & May" || e.Person != ana {
		t.Errorf("event %+v, want the edit of %s", e, ts)
	}

	channel, mine := b.post(chat.Say("one")) // neither are our own posts and updates
	b.must(b.app.Update(t.Context(), channel, mine, chat.Say("two")))
	b.none()

	b.must(b.ws.Delete(workspace.Ana, ts))
	if e := b.next(); e.Kind != chat.Deleted || e.TS != ts || e.Person != ana {
		t.Errorf("event %+v, want the deletion of %s", e, ts)
	}
	b.none()
}

func TestFileShare(t *testing.T) {
	b := connected(t, nil)
	_, err := b.ws.ShareFile(workspace.Upload{Person: workspace.Ana, Name: "cv.pdf", Content: "x", Type: "application/pdf", Text: "my cv"})
	b.must(err)
	if e := b.next(); e.Kind != chat.Text || e.Text != "my cv" || e.Attachment != "application/pdf" {
		t.Errorf("event %+v, want the text with a PDF", e)
	}
	_, err = b.ws.ShareFile(workspace.Upload{Person: workspace.Ana, Name: "clip.m4a", Content: "x", Type: "audio/mp4", Seconds: 3})
	b.must(err)
	if e := b.next(); e.Text != "" || e.Attachment != "audio/mp4" {
		t.Errorf("event %+v, want a voice clip without text", e)
	}
}

func TestCommandIsAnsweredInTheAck(t *testing.T) {
	b := connected(t, nil)
	b.answers(says("Two goals & counting"))
	ts, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-goals", "all <now>")
	b.must(err)
	e := b.next()
	if e.Kind != chat.Command || e.Command != "goals" || e.Text != "all <now>" || e.Person != ana || e.Channel != "" || !strings.HasPrefix(string(e.ID), "env:") {
		t.Errorf("event %+v, want goals", e)
	}
	m := b.last()
	if m.TS != ts || !m.Ephemeral || m.Text != "Two goals &amp; counting" {
		t.Errorf("reply %+v, want an ephemeral %s", m, ts)
	}
	if n := len(b.ws.CallsOf("chat.postEphemeral")); n != 0 {
		t.Errorf("%d ephemeral posts beside the ack", n)
	}
}

func TestLongCommandReplyIsShortened(t *testing.T) {
	b := connected(t, nil)
	m := chat.Message{}
	for range 40 { // three bytes a letter: the JSON fits Slack's blocks, not the ack
		m.Blocks = append(m.Blocks, chat.Para(chat.Own(strings.Repeat("語", 200))))
	}
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{Message: &m}, nil })
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "")
	b.must(err)
	if got := fmt.Sprint(b.last().Blocks); !strings.Contains(got, slackapp.DefaultLabels().Elsewhere) || !strings.Contains(got, "語") {
		t.Errorf("reply is not a shortened one with a pointer: %.300s", got)
	}
}

func TestFailedCommandGetsAnApology(t *testing.T) {
	b := connected(t, func(_ *workspace.Config, c *slackapp.Config) { c.Labels.Apology = "Oh no." })
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{}, errors.New("disk full") })
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-win", "shipped")
	b.must(err)
	if m := b.last(); m.Text != "Oh no." || !m.Ephemeral {
		t.Errorf("reply %+v, want the apology", m)
	}
	if log := b.log.String(); strings.Contains(log, "shipped") || !strings.Contains(log, "disk full") {
		t.Errorf("log tells too much or too little:\n%s", log)
	}
}

func TestClick(t *testing.T) {
	b := connected(t, nil)
	channel, ts := b.post(chat.Message{Blocks: []chat.Block{chat.Para(chat.T("Same field?"))}, Ask: &chat.Ask{
		ID: "flow/3:field", Choices: []chat.Choice{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}, Extra: []chat.Choice{{Value: "skip", Label: "Skip"}},
	}})
	b.answers(says("Only for you"))
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, TS: ts, ActionID: "choice.2"}))
	e := b.next()
	if e.Kind != chat.Click || e.Channel != channel || e.TS != ts || e.Action != "flow/3:field" || !slices.Equal(e.Values, []string{"no"}) || !strings.HasPrefix(string(e.ID), "act:") {
		t.Errorf("event %+v, want a click on no", e)
	}
	b.until("the reply is shown", func() bool { m := b.last(); return m.Ephemeral && m.Text == "Only for you" })

	b.answers(nil)
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, TS: ts, ActionID: "extra.1"}))
	if e := b.next(); !slices.Equal(e.Values, []string{"skip"}) || e.Action != "flow/3:field" {
		t.Errorf("event %+v, want a click on skip", e)
	}

	// Answered: the buttons go away.
	b.must(b.app.Update(t.Context(), channel, ts, chat.Say("Same field? No")))
	b.quiet()
	all, err := b.ws.Messages(workspace.Ana)
	b.must(err)
	i := slices.IndexFunc(all, func(m workspace.Message) bool { return m.TS == ts })
	if i < 0 || len(all[i].Actions) != 0 || all[i].Text != "Same field? No" {
		t.Errorf("after the update: %+v", all)
	}
}

func TestMenuAndDatePicker(t *testing.T) {
	b := connected(t, nil)
	_, ts := b.post(chat.Message{Blocks: []chat.Block{chat.Para(chat.T("When?"))}, Ask: &chat.Ask{
		ID: "q", Date: true, Initial: "2027-02-11", Choices: manyChoices(7),
	}})
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, TS: ts, ActionID: "pick", Value: "v6"}))
	if e := b.next(); !slices.Equal(e.Values, []string{"v6"}) || e.Action != "q" {
		t.Errorf("event %+v, want v6", e)
	}
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, TS: ts, ActionID: "date", Value: "2027-03-01"}))
	if e := b.next(); !slices.Equal(e.Values, []string{"2027-03-01"}) || e.Action != "q" {
		t.Errorf("event %+v, want the date", e)
	}
}

func manyChoices(n int) []chat.Choice {
	out := make([]chat.Choice, n)
	for i := range out {
		out[i] = chat.Choice{Value: fmt.Sprint("v", i+1), Label: fmt.Sprint("Choice ", i+1)}
	}
	return out
}

func TestSeveralAreSentTogether(t *testing.T) {
	for _, n := range []int{4, 12} { // checkboxes, a menu of several
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			b := connected(t, nil)
			_, ts := b.post(chat.Message{Blocks: []chat.Block{chat.Para(chat.T("Pick"))}, Ask: &chat.Ask{ID: "q", Many: true, Choices: manyChoices(n)}})
			b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, TS: ts, ActionID: "many", Values: []string{"v2", "v4"}}))
			b.none() // selecting is not answering
			b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, TS: ts, ActionID: "send"}))
			if e := b.next(); !slices.Equal(e.Values, []string{"v2", "v4"}) || e.Action != "q" {
				t.Errorf("event %+v, want v2 and v4", e)
			}
		})
	}
}

func TestMentionIsAnsweredPrivately(t *testing.T) {
	b := connected(t, nil)
	b.answers(says("Write to me in our DM."))
	_, err := b.ws.Mention(workspace.Ana, "what do you do?")
	b.must(err)
	if e := b.next(); e.Kind != chat.Mention || e.Channel != "" || e.Text != "what do you do?" || e.Person != ana {
		t.Errorf("event %+v, want the mention without a channel", e)
	}
	b.until("only Ana sees the answer", func() bool {
		m, err := b.ws.ChannelMessages(workspace.Ana, workspace.General)
		return err == nil && len(m) == 2 && m[1].Ephemeral
	})
	if m, _ := b.ws.ChannelMessages(workspace.Sam, workspace.General); len(m) != 1 {
		t.Errorf("Sam sees %d messages, want the mention alone", len(m))
	}
}

func TestOpenedHome(t *testing.T) {
	b := connected(t, nil)
	b.must(b.ws.OpenHome(workspace.Ana))
	if e := b.next(); e.Kind != chat.Opened || e.Channel == "" || e.Action != "home" || e.Person != ana {
		t.Errorf("event %+v, want the Home tab opened", e)
	}
}

func TestOutsiders(t *testing.T) {
	b := connected(t, nil)
	for id, want := range map[string]chat.Outsider{workspace.Guest: chat.Guest, workspace.Stranger: chat.Stranger, workspace.Sam: chat.Member} {
		_, err := b.ws.Say(id, "hi")
		b.must(err)
		if e := b.next(); e.Profile == nil || e.Profile.Outsider != want {
			t.Errorf("%s: profile %+v, want outsider %d", id, e.Profile, want)
		}
	}
	_, err := b.ws.Say(workspace.OtherBot, "beep")
	b.must(err)
	b.none()
}

func TestProfileChanges(t *testing.T) {
	b := connected(t, nil)
	move := func(zone string) error {
		return b.ws.ChangePerson(workspace.Ana, func(p *workspace.Person) { p.Zone = zone })
	}
	b.must(move("Europe/Paris")) // never heard from: not our business
	b.none()
	_, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	if e := b.next(); e.Profile == nil || e.Profile.Zone != "Europe/Paris" {
		t.Errorf("profile %+v, want Paris", e.Profile)
	}
	b.must(move("America/New_York"))
	if e := b.next(); e.Kind != chat.ProfileChanged || e.Profile == nil || e.Profile.Zone != "America/New_York" || e.Profile.Locale != "en-GB" {
		t.Errorf("event %+v with profile %+v, want New York", e, e.Profile)
	}
	b.must(b.ws.ChangePerson(workspace.Ana, func(p *workspace.Person) { p.Title = "Lead" })) // nothing the coach knows
	b.none()
	if n := len(b.ws.CallsOf("users.info")); n != 1 {
		t.Errorf("%d look-ups, want 1", n)
	}
}

func TestProfileChangeOfSomebodyKnownBefore(t *testing.T) {
	b := connected(t, func(_ *workspace.Config, c *slackapp.Config) {
		c.Known = func(p chat.PersonID) bool { return p == ana }
	})
	b.must(b.ws.ChangePerson(workspace.Sam, func(p *workspace.Person) { p.Zone = "Asia/Tokyo" }))
	b.must(b.ws.ChangePerson(workspace.Ana, func(p *workspace.Person) { p.Zone = "Asia/Tokyo" }))
	if e := b.next(); e.Kind != chat.ProfileChanged || e.Person != ana {
		t.Errorf("event %+v, want Ana's change", e)
	}
}

// A profile that has grown old is used once more and asked for again beside the
// event; what changed meanwhile is told like any change.
func TestOldProfileIsRefreshed(t *testing.T) {
	var later atomic.Int64
	b := connected(t, func(wc *workspace.Config, c *slackapp.Config) {
		wc.Events = []string{"message.im"} // Slack does not tell of changes
		c.Now = func() time.Time { return time.Now().Add(time.Duration(later.Load())) }
	})
	hears := func(zone string) {
		t.Helper()
		_, err := b.ws.Say(workspace.Ana, "hi")
		b.must(err)
		if e := b.next(); e.Kind != chat.Text || e.Profile == nil || e.Profile.Zone != zone {
			t.Errorf("event %+v with profile %+v, want zone %s", e, e.Profile, zone)
		}
	}
	hears("Europe/Berlin")
	b.must(b.ws.ChangePerson(workspace.Ana, func(p *workspace.Person) { p.Zone = "Asia/Tokyo" }))
	hears("Europe/Berlin")
	later.Store(int64(25 * time.Hour))
	hears("Europe/Berlin")
	if e := b.next(); e.Kind != chat.ProfileChanged || e.Profile.Zone != "Asia/Tokyo" || e.ID == "" {
		t.Errorf("event %+v, want the move to Tokyo", e)
	}
	hears("Asia/Tokyo")
	if n := len(b.ws.CallsOf("users.info")); n != 2 {
		t.Errorf("%d look-ups, want 2", n)
	}
}

// What Slack has not told of is found by asking: an account that is off, one that
// is on again, and one that is no longer of this workspace. Whoever is of another
// workspace is not asked after.
func TestLookAgain(t *testing.T) {
	b := connected(t, func(wc *workspace.Config, _ *slackapp.Config) { wc.Events = []string{"message.im"} })
	const ours = "-/" + workspace.TeamID + "/"
	b.must(b.ws.ChangePerson(workspace.Kim, func(p *workspace.Person) { p.Deleted = true }))
	for _, c := range []struct {
		who  chat.PersonID
		off  bool
		want string
	}{
		{ours + workspace.Ana, false, ""},
		{ours + workspace.Kim, true, ""},
		{ours + workspace.Kim, false, "gone"},
		{ours + workspace.Ana, true, "member"},
		{ours + "U0NOBODY", false, "gone"},
		{"-/T0ELSEWHERE/U0NOBODY", false, ""},
		{"E0ELSEWHERE/" + workspace.TeamID + "/" + workspace.Kim, false, ""},
	} {
		gone, err := b.app.LookAgain(t.Context(), c.who, c.off)
		b.must(err)
		if want := c.want == "gone" || c.want == "" && c.off; gone != want {
			t.Errorf("LookAgain(%s, %v) = %v, want %v", c.who, c.off, gone, want)
		}
		got := ""
		if c.want != "" {
			e := b.next()
			if e.Kind != chat.ProfileChanged || e.Person != c.who || e.ID == "" {
				t.Errorf("%s: event %+v", c.who, e)
			}
			got = map[chat.Outsider]string{chat.Gone: "gone", chat.Member: "member"}[e.Profile.Outsider]
		}
		if got != c.want {
			t.Errorf("LookAgain(%s, %v) tells %q, want %q", c.who, c.off, got, c.want)
		}
	}
	for _, off := range []bool{false, true} {
		b.must(b.ws.Inject(workspace.Fault{Kind: "slack_error", Method: "users.info", Name: "user_not_visible", Count: 1}))
		if gone, err := b.app.LookAgain(t.Context(), ours+workspace.Ana, off); err != nil || gone != off {
			t.Errorf("LookAgain of somebody hidden, %v: %v, %v", off, gone, err)
		}
	}
	b.must(b.ws.Inject(workspace.Fault{Kind: "slack_error", Method: "users.info", Name: "internal_error", Count: 1}))
	if _, err := b.app.LookAgain(t.Context(), ours+workspace.Ana, true); err == nil {
		t.Error("a Slack that does not say is taken at its word")
	}
	_, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	if e := b.next(); e.Kind != chat.Text {
		t.Errorf("event %+v, want nothing but what she said", e)
	}
}

func TestSlowProfileDoesNotHoldUpTheEvent(t *testing.T) {
	b := connected(t, nil)
	b.must(b.ws.Inject(workspace.Fault{Kind: "slow", Method: "users.info", DelayMS: 20_000}))
	begin := time.Now()
	_, err := b.ws.Say(workspace.Ana, "hi")
	b.must(err)
	if e := b.next(); e.Profile != nil {
		t.Errorf("profile %+v from nowhere", e.Profile)
	}
	if d := time.Since(begin); d > 3*time.Second {
		t.Errorf("event took %v", d)
	}
	begin = time.Now()
	_, err = b.ws.Say(workspace.Ana, "hi again")
	b.must(err)
	if b.next(); time.Since(begin) > time.Second {
		t.Errorf("the next event waited again: %v", time.Since(begin))
	}
}
