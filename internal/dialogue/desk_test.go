package dialogue

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"waymark/internal/chat"
	"waymark/internal/reading"
	"waymark/internal/transcript"
)

// desk is one person's talk, seen from the dialogue alone.
type desk struct {
	books map[string]*Book
	book  *Book
	entry string // the flow that "hi" opens
	all   bool   // show every slot after each turn, not only the ones that changed
	st    State
	now   time.Time
	flows int
	ts    int
	said  []string    // ts of what was said, in order
	shown []*chat.Ask // what could be tapped, in order
	more  []string    // what the provider "ideas" offers besides
}

func (d *desk) env() Env {
	return Env{Fields: map[string]any{"name": Words("Ana"), "prefix": ""}, Check: d.check, Options: func(from string, v View, item Picked) []Picked {
		out := offers(from, v, item)
		for _, m := range d.more {
			out = append(out, Picked{ID: "more:" + m, Label: m})
		}
		return out
	}}
}

// check finds that an answer of one or two words says too little, where a small
// flow asks for that.
func (d *desk) check(rule string, _ View, _ Picked, answer Value) string {
	if rule == "specific" && d.all && len(strings.Fields(answer.Text)) < 3 {
		return "That is short. A few words more, please."
	}
	return ""
}

func (d *desk) input(text string) Input {
	d.ts++
	return Input{Text: text, TS: fmt.Sprintf("%03d", d.ts), Now: d.now}
}

// Do carries out one line of a transcript.
func (d *desk) Do(who, verb, arg string) ([]string, error) {
	d.now = d.now.Add(time.Minute)
	switch verb {
	case "says":
		return d.says(d.input(arg)), nil
	case "edits":
		return d.edits(len(d.said), arg)
	case "taps":
		return d.taps(len(d.shown), arg)
	case "picks":
		in := d.input("")
		in.Seq, in.Values = seq(d.shown[len(d.shown)-1]), []string{arg}
		return d.turn(in), nil
	case "!":
		word, rest, _ := strings.Cut(arg, " ")
		return d.special(word, rest)
	}
	return nil, errors.New("the dialogue has no such thing")
}

func (d *desk) says(in Input) []string {
	d.said = append(d.said, in.TS)
	if cmd, _, ok := reading.ReadCommand(in.Text); ok && !d.book.Matches(&d.st, in.Text) {
		in.Command = cmd
	}
	return d.turn(in)
}

func (d *desk) turn(in Input) []string { return d.show(d.book.Turn(&d.st, in, d.env())) }

// special are the things that only tests can do.
func (d *desk) special(word, rest string) ([]string, error) {
	n, text, _ := strings.Cut(rest, " ")
	k, _ := strconv.Atoi(n)
	switch word {
	case "until": // everything before a question, answered in the usual way but for what is said: ! until track | stepping = no
		return d.until(rest)
	case "late": // a text that was sent before the question on screen appeared
		in := d.input(rest)
		in.Late = true
		return d.says(in), nil
	case "open": // the application opens a flow on top: ! open aside the item
		d.flows++
		fr := Frame{Flow: n, Instance: n + "-" + strconv.Itoa(d.flows), Item: Picked{ID: text, Label: text}}
		return d.show(d.book.Start(&d.st, fr, d.input(""), d.env())), nil
	case "restart": // the process is killed and reads its data back
		return nil, d.restart()
	case "prompts": // the operator's files change between two turns
		d.book = d.books[n]
		return nil, nil
	case "provider": // what derives choices changes its mind
		d.more = strings.Split(rest, ", ")
		return nil, nil
	case "again": // somebody wants to see the question again
		return d.show(d.book.Ask(&d.st, d.input(""), d.env())), nil
	case "asked": // the application has answered a question that came instead of an answer
		in := d.input(rest)
		d.said = append(d.said, in.TS)
		return d.show(d.book.Asked(&d.st, rest, in, d.env())), nil
	case "edit": // the message said k messages ago is rewritten: ! edit 2 text
		return d.edits(len(d.said)-k+1, text)
	case "old": // a tap on the question k questions ago: ! old 2 [Yes]
		return d.taps(len(d.shown)-k, strings.Trim(text, "[]"))
	case "send": // a menu is sent with nothing picked
		in := d.input("")
		in.Seq = seq(d.shown[len(d.shown)-1])
		return d.turn(in), nil
	case "history":
		var out []string
		for _, a := range d.st.Answers {
			if a.Replaced {
				out = append(out, "once: "+a.Key.Step+" "+strconv.Quote(a.Words))
			}
		}
		return out, nil
	case "slots":
		return d.slots(), nil
	}
	return nil, errors.New("unknown")
}

// usual are answers of somebody at the front desk who wants to be a nurse, by
// step. What is not here is skipped.
var usual = map[string]string{
	"start": "thorough", "job": "front desk at a doctor's office", "field": "health care", "since": "3 years", "keep": "talking with patients",
	"feels_like": "a job", "change": "yes", "target": "nurse", "reason": "being close to patients", "level": "final aim", "by": "end of 2029",
	"same_field": "yes", "stepping": "yes", "stepping_how": "I stand in", "track": "yes", "move_up": "no", "elsewhere": "no",
	"elsewhere_same": "same", "education": "missing", "education_what": "a nursing diploma", "experience": "have it",
	"skills": "taking blood", "certificates": "none", "hours": "5 hours", "confirm": "yes",
}

// until goes on to the question of a step and shows the last turn before it.
func (d *desk) until(rest string) (out []string, err error) {
	parts := strings.Split(rest, " | ")
	said := map[string]string{}
	for _, p := range parts[1:] {
		step, words, _ := strings.Cut(p, " = ")
		said[step] = words
	}
	if d.flows == 0 {
		if out, err = d.special("open", d.entry); err != nil {
			return nil, err
		}
	}
	for range 200 {
		switch {
		case parts[0] == "end" && len(d.st.Stack) == 0:
			return out, nil
		case d.st.Asked == nil:
			return nil, errors.New("the talk ended before " + parts[0])
		}
		_, step, _ := strings.Cut(d.st.Asked.Key.Step, ".")
		if step == parts[0] {
			return out, nil
		}
		words := cmp.Or(said[step], usual[step], "skip")
		out = append([]string{"(ana: " + words + ")"}, d.says(d.input(words))...)
	}
	return nil, errors.New("the talk never comes to " + parts[0])
}

func (d *desk) restart() error {
	data, err := cbor.Marshal(d.st)
	if err != nil {
		return err
	}
	d.st = State{}
	return cbor.Unmarshal(data, &d.st)
}

func (d *desk) edits(n int, text string) ([]string, error) {
	if n < 1 || n > len(d.said) {
		return nil, errors.New("nothing was said that long ago")
	}
	in := d.input(text)
	in.TS = d.said[n-1]
	r, ok := d.book.Edit(&d.st, in, d.env())
	if !ok {
		return []string{"(nothing to rewrite)"}, nil
	}
	return d.show(r), nil
}

func seq(a *chat.Ask) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(a.ID, "q"))
	return n
}

func (d *desk) taps(n int, labels string) ([]string, error) {
	if n < 1 || n > len(d.shown) {
		return nil, errors.New("nothing was asked that long ago")
	}
	a := d.shown[n-1]
	in := d.input("")
	in.Seq = seq(a)
	for _, l := range strings.Split(labels, "] [") {
		for _, c := range slices.Concat(a.Choices, a.Extra) {
			if c.Label == l {
				in.Values = append(in.Values, strings.SplitN(c.Value, ":", 3)[2])
			}
		}
	}
	if len(in.Values) == 0 {
		return nil, errors.New("no such button")
	}
	return d.turn(in), nil
}

// show is what a turn came to, as a transcript shows it.
func (d *desk) show(r Result) []string {
	var out []string
	switch {
	case r.Nothing:
		out = append(out, "(no question is open for that)")
	case r.Stale:
		out = append(out, "(that is over)")
	}
	for _, l := range r.Loose {
		out = append(out, "(kept beside: "+l+")")
	}
	if r.Said != "" {
		out = append(out, "(You: "+Unmark(r.Said)+")")
	}
	var m chat.Message
	for _, l := range r.Lines {
		if l != "" {
			m.Blocks = append(m.Blocks, Blocks(l)...)
		}
	}
	for _, e := range r.Effects {
		out = append(out, "does: "+e.Name+strings.TrimRight(" "+e.Frame.Item.ID, " "))
	}
	if r.Question != nil {
		if r.Question.Show != "" {
			out = append(out, "shows: "+r.Question.Show)
		}
		m.Blocks, m.Ask = append(m.Blocks, r.Question.Blocks...), r.Question.Ask
		d.shown = append(d.shown, r.Question.Ask)
	}
	if len(m.Blocks) > 0 {
		out = append(out, transcript.Lines("coach", m)...)
	}
	for _, e := range r.Effects {
		if e.Name == RestartEffect {
			more, _ := d.special("open", d.entry)
			return append(out, more...)
		}
	}
	return append(out, d.state(r))
}

// state is where the dialogue stands and what it has learned.
func (d *desk) state(r Result) string {
	out := "state: " + d.where()
	if d.all {
		return strings.TrimRight(out+"  "+strings.Join(d.slots(), "  "), " ")
	}
	var changed []string
	for _, k := range r.Changed {
		name := k.Step[strings.Index(k.Step, ".")+1:]
		if k.Item != "" {
			name += "@" + k.Item
		}
		if a, ok := d.st.Answer(k); ok && !slices.Contains(changed, name+"="+plain(a.Value)) {
			changed = append(changed, name+"="+plain(a.Value))
		}
	}
	return strings.TrimRight(out+"  "+strings.Join(changed, "  "), " ")
}

func (d *desk) where() string {
	var out string
	switch a := d.st.Asked; {
	case a == nil && d.st.Top() == nil:
		out = "done"
	case a == nil:
		out = "nothing asked"
	default:
		out = a.Key.Step[strings.Index(a.Key.Step, ".")+1:]
		if a.Key.Item != "" {
			out += "@" + a.Key.Item
		}
		if p := a.Pending; p != nil {
			out += " " + [...]string{"", "which?", "change?", "default?", "late?", "start over?", "anew?", "about?", "aside?", "asked?"}[p.Kind]
		}
		if d.st.Revisit != nil {
			out += " (back)"
		}
	}
	if d.st.Paused {
		out += ", paused"
	}
	return out
}

// slots are those of every open flow, or of the last one when all are closed.
func (d *desk) slots() []string {
	frames := d.st.Stack
	if len(frames) == 0 && len(d.st.Past) > 0 {
		frames = d.st.Past[len(d.st.Past)-1:]
	}
	var out []string
	for _, fr := range frames {
		v := d.book.View(&d.st, fr)
		for slot, s := range v.Slots {
			out = append(out, slot+"="+plain(s.Answer.Value))
		}
		for slot, items := range v.Items {
			for item, s := range items {
				out = append(out, slot+"@"+item+"="+plain(s.Answer.Value))
			}
		}
	}
	slices.Sort(out)
	return out
}

func plain(v Value) string {
	switch {
	case v.Skipped:
		return "skipped"
	case v.Unsure:
		return "unsure"
	case len(v.Choices) > 0:
		var ids []string
		for _, c := range v.Choices {
			ids = append(ids, c.ID)
		}
		return strings.Join(ids, "+")
	case !v.Date.IsZero():
		return v.Date.String()
	case len(v.List) > 0:
		return strconv.Quote(strings.Join(v.List, ", "))
	case v.Months > 0:
		return strconv.Itoa(v.Months) + "m"
	case v.Number != 0:
		return strconv.FormatFloat(v.Number, 'f', -1, 64)
	case v.Text != "":
		return strconv.Quote(v.Text)
	}
	return "none"
}
