package dialogue

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/reading"
)

// TestRandomTalks lets somebody who says and taps anything talk for a long
// time, with the flows that are shipped. What is checked after each turn is what
// must always hold; a second talk that is killed and read back before each turn
// goes the same way.
func TestRandomTalks(t *testing.T) {
	books := map[string]*Book{"shipped": shipped(t), "small": small(t, "testdata/small"), "later": small(t, "testdata/later")}
	seeds := 20
	if testing.Short() {
		seeds = 5
	}
	for seed := range seeds {
		name := []string{"shipped", "shipped", "small", "later"}[seed%4]
		t.Run(fmt.Sprintf("%s/%d", name, seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(seed), 7))
			p := newPerson(t, books[name], name, r)
			for range 150 {
				p.turn()
			}
		})
	}
}

// person is somebody random with two copies of their state: one that stays in
// memory and one that is stored and read back before each turn.
type person struct {
	t      testing.TB
	r      *rand.Rand
	book   *Book
	flows  []string // what the application may open
	entry  string
	st     State
	stored State
	now    time.Time
	ts     int
	opened int
	said   []message // what was written, by message
	loose  []string  // what the application was handed
	ask    *chat.Ask
	log    []string
}

type message struct {
	ts, text string
	kept     bool // for good
}

func newPerson(t testing.TB, book *Book, name string, r *rand.Rand) *person {
	p := &person{t: t, r: r, book: book, now: monday, flows: book.vocab.Entries, entry: "plan"}
	if name == "shipped" {
		p.entry = "first"
	}
	return p
}

func (p *person) pick(list ...string) string { return list[p.r.IntN(len(list))] }

func (p *person) env() Env {
	return Env{
		Fields: map[string]any{"name": Words("Ana"), "prefix": ""}, Options: offers,
		Check: func(rule string, v View, item Picked, answer Value) string { return p.pickCheck(answer) },
	}
}

// pickCheck finds fault with some answers, always the same ones.
func (p *person) pickCheck(answer Value) string {
	if len(answer.Text)%5 == 1 {
		return "That is a direction, not a goal yet."
	}
	return ""
}

// turn does something, twice, and checks what must hold.
func (p *person) turn() {
	p.now = p.now.Add(time.Duration(p.r.IntN(600)) * time.Minute)
	before := snapshot(p.st)
	what, act := p.act()
	p.log = append(p.log, what)
	got := act(&p.st)
	p.stored = p.read(p.store(p.stored)) // killed and started again
	again := act(&p.stored)
	if diff := cmp.Diff(got, again); diff != "" {
		p.fatal("the talk went another way after a restart:\n" + diff)
	}
	if a, b := p.store(p.st), p.store(p.stored); !slices.Equal(a, b) {
		p.fatal("the state is another after a restart:\n" + cmp.Diff(p.read(a), p.read(b)))
	}
	p.loose = append(p.loose, got.Loose...)
	p.log = append(p.log, p.outcome(got))
	if got.Question != nil {
		p.ask = got.Question.Ask
	}
	p.check(before, got)
	if slices.ContainsFunc(got.Effects, func(e Effect) bool { return e.Name == RestartEffect }) {
		p.said = nil // the application opens the first flow again
	}
}

// snapshot is a state as it was: what a turn may change in place is copied.
func snapshot(st State) State {
	if st.Asked != nil {
		asked := *st.Asked
		st.Asked = &asked
	}
	return st
}

func (p *person) store(st State) []byte {
	data, err := cbor.Marshal(st)
	if err != nil {
		p.t.Fatal(err)
	}
	return data
}

func (p *person) read(data []byte) State {
	var st State
	if err := cbor.Unmarshal(data, &st); err != nil {
		p.t.Fatal(err)
	}
	return st
}

func (p *person) fatal(why string) {
	p.t.Helper()
	p.t.Fatalf("%s\nafter:\n%s", why, strings.Join(p.log[max(0, len(p.log)-12):], "\n"))
}

// outcome is a turn in a line, for reading what went before a failure.
func (p *person) outcome(r Result) string {
	out := fmt.Sprintf("    %q", r.Lines)
	if r.Question != nil {
		out += " asks " + chat.PlainSpans(r.Question.Blocks[len(r.Question.Blocks)-1].Spans)
	}
	if len(r.Loose) > 0 {
		out += fmt.Sprintf(" loose %q", r.Loose)
	}
	return out
}

// act chooses what to do next.
func (p *person) act() (string, func(*State) Result) {
	in := Input{Now: p.now}
	if p.r.IntN(3) == 0 {
		in.DayFirst = new(p.r.IntN(2) == 0)
	}
	switch n := p.r.IntN(100); {
	case p.st.Top() == nil || n < 3:
		p.opened++
		flow := p.pick(p.flows...)
		if p.st.Top() == nil && p.r.IntN(2) == 0 {
			flow = p.entry
		}
		fr := Frame{Flow: flow, Instance: flow + "-" + strconv.Itoa(p.opened)}
		if flow == "new_date" || flow == "aside" {
			fr.Item = Picked{ID: "g1.1", Label: Words("write to Jo")}
		}
		return "opens " + flow, func(st *State) Result { return p.book.Start(st, fr, in, p.env()) }
	case n < 5:
		return "asks again", func(st *State) Result { return p.book.Ask(st, in, p.env()) }
	case n < 35 && p.ask != nil:
		return p.tap(in)
	case n < 40 && len(p.said) > 0:
		return p.edit(in)
	}
	return p.say(in)
}

func (p *person) tap(in Input) (string, func(*State) Result) {
	in.Seq = seq(p.ask)
	if p.r.IntN(20) == 0 {
		in.Seq -= p.r.IntN(3)
	}
	all := slices.Concat(p.ask.Choices, p.ask.Extra)
	for range 1 + p.r.IntN(3) {
		if len(all) > 0 {
			in.Values = append(in.Values, strings.SplitN(all[p.r.IntN(len(all))].Value, ":", 3)[2])
		}
		if !p.ask.Many {
			break
		}
	}
	if p.ask.Date && p.r.IntN(2) == 0 {
		in.Values = []string{p.now.AddDate(0, p.r.IntN(20)-3, 0).Format(time.DateOnly)}
	}
	if p.r.IntN(30) == 0 {
		in.Values = []string{p.pick("nothing", "p:yes", "n:11", "2027-13-01", "p:7", "")}
	}
	return fmt.Sprintf("taps %d %q", in.Seq, in.Values), func(st *State) Result { return p.book.Turn(st, in, p.env()) }
}

func (p *person) edit(in Input) (string, func(*State) Result) {
	i := p.r.IntN(len(p.said))
	if p.r.IntN(2) == 0 {
		i = len(p.said) - 1
	}
	in.TS, in.Text = p.said[i].ts, p.words()
	return fmt.Sprintf("rewrites %q to %q", p.said[i].text, in.Text), func(st *State) Result {
		r, ok := p.book.Edit(st, in, p.env())
		if ok {
			p.said[i] = message{ts: in.TS, text: in.Text}
		}
		return r
	}
}

func (p *person) say(in Input) (string, func(*State) Result) {
	p.ts++
	in.Text, in.TS = p.words(), fmt.Sprintf("%05d", p.ts)
	in.Late = p.r.IntN(15) == 0
	if p.r.IntN(40) == 0 {
		in.Text, in.Aside = "pay", "aside"
	}
	if c, _, ok := reading.ReadCommand(in.Text); ok && !p.book.Matches(&p.st, in.Text) {
		in.Command = c
	}
	p.said = append(p.said, message{ts: in.TS, text: in.Text})
	return fmt.Sprintf("says %q late=%v %s", in.Text, in.Late, in.Command), func(st *State) Result { return p.book.Turn(st, in, p.env()) }
}

// words are what people write: answers of every kind, corrections, commands,
// noise. Their number makes most of them unlike any other.
func (p *person) words() string {
	n := strconv.Itoa(p.r.IntN(10_000))
	switch p.r.IntN(12) {
	case 0:
		return p.pick("back", "skip", "why?", "example", "pause", "continue", "start over", "back", "skip")
	case 1:
		return p.pick("yes", "no", "partly", "not sure", "maybe", "no idea", "none", "nothing", "later", "1", "2", "1 and 2", "all", "last")
	case 2:
		return p.pick("hi", "hello", "thanks", "thank you", "😀", "?", "…", "🤷", "ok")
	case 3:
		return p.pick("end of 2029", "03/04", "next Friday", "yesterday", "in six weeks", "mid February", "next spring", "31 June", "in "+n+" days")
	case 4:
		return p.pick("3 years", "3", "since 2019", "half a year", "5 hours", "two evenings", "7", "12", "7/10", "it starts 11 January and takes 9 months")
	case 5:
		return p.pick("actually my ", "sorry, the ", "no wait, my ") + p.pick("job", "target", "review", "title", "date", "skills", "education", "goals", "due date", "same field") + " is " + p.pick("nurse "+n, "in January", "no", "03/04", "5 hours", "typing, talking "+n)
	case 6:
		return p.pick("no wait, I meant ", "sorry, it's ") + p.pick("nurse "+n, "June", "yes", "Berlin, not Bonn")
	case 7:
		return p.pick("no no 12 is to much, 7 hours "+n, "no, "+n+" hours", "wrong", "is 7 not 12 "+n, "actually i have 7 hours a week", "my reason is "+n, "sorry i no understand", "how many questions more?",
			"I want to change my target", "change my review date", "I want to change my title", "no, in February", "no, but "+n, "yes and "+n)
	case 8:
		return "*bold* _x_ `y` <!channel> &lt; {{.job}} " + n
	case 9:
		return "one thing " + n + "\nanother, and " + n
	}
	return p.pick("front desk ", "Bonn ", "typing, talking ", "I would ask Kim ", "something else ") + n
}

// check holds a turn against what must always be.
func (p *person) check(before State, r Result) {
	p.t.Helper()
	st := &p.st
	switch {
	case st.Seq < before.Seq || r.Question != nil && st.Seq <= before.Seq:
		p.fatal(fmt.Sprintf("questions are numbered %d after %d", st.Seq, before.Seq))
	case r.Question != nil && (r.Question.Ask == nil || len(r.Question.Blocks) == 0 || seq(r.Question.Ask) != st.Seq):
		p.fatal("a question without words, or with the buttons of another")
	case r.Question != nil && st.Paused:
		p.fatal("asks although it is paused")
	case st.Asked == nil && len(st.Stack) > 0 && !st.Paused:
		p.fatal("a flow is open and nothing is asked")
	case st.Asked != nil && len(st.Stack) == 0 && st.Asked.Pending == nil:
		p.fatal("something is asked and no flow is open")
	case st.Revisit != nil && (st.Asked == nil || st.Asked.Key != *st.Revisit):
		p.fatal("went back to a question that is not on screen")
	}
	if st.Asked != nil && st.Asked.Key != (Key{}) {
		if route := p.book.walk(st, *st.Top()); route.next == nil || route.next.key != st.Asked.Key {
			p.fatal(fmt.Sprintf("%v is on screen, the answers lead to %v", st.Asked.Key, route.next))
		}
	}
	inForce := map[Key]bool{}
	for _, a := range st.Answers {
		if !a.Replaced && inForce[a.Key] {
			p.fatal(fmt.Sprintf("two answers in force for %v", a.Key))
		}
		inForce[a.Key] = inForce[a.Key] || !a.Replaced
	}
	open := map[string]bool{}
	for _, fr := range slices.Concat(st.Stack, st.Past) {
		if open[fr.Instance] {
			p.fatal("the flow " + fr.Instance + " is there twice")
		}
		open[fr.Instance] = true
	}
	p.checkWords(before, r)
}

// checkWords looks for every text the person wrote: in an answer, with the
// question or the confirmation on screen, or handed to the application.
func (p *person) checkWords(before State, r Result) {
	p.t.Helper()
	var waiting []string
	for _, part := range p.st.waiting() {
		waiting = append(waiting, part.Words)
	}
	for i := range p.said {
		s := &p.said[i]
		if s.kept {
			continue
		}
		_, _, command := reading.ReadCommand(s.text)
		c, correction := reading.ReadCorrection(s.text)
		holds := func(words string) bool { return strings.Contains(words, s.text) }
		s.kept = command || reading.Greeting(s.text) || reading.Thanks(s.text) ||
			correction && c.Value == "" || // "change my title" is a wish; what comes of it is the answer
			slices.ContainsFunc(p.st.Answers, func(a Answer) bool { return holds(a.Words) }) || slices.ContainsFunc(p.loose, holds)
		last := i == len(p.said)-1
		if s.kept || slices.ContainsFunc(waiting, holds) {
			continue
		}
		// The application answers what nothing is open for, and a yes or a no to
		// a confirmation is said back.
		if s.kept = last && (r.Nothing || before.Asked != nil && before.Asked.Pending != nil); s.kept {
			continue
		}
		p.fatal(fmt.Sprintf("%.200q was lost", s.text))
	}
}
