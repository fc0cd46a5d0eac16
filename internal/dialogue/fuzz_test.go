package dialogue

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"waymark/internal/chat"
	"waymark/internal/reading"
)

// trouble is what people are known to type.
var trouble = []string{
	"", " ", "yes", "no", "1", "99999999999999999999", "-0", "03/04", "31 June", "end of 2027", "3 years", "5/10", "half an hour a day",
	"😀", "…", "???", "*a* _b_ `c` ~d~", "<!channel> <@U1> &lt;&amp;", "{{.title}} {{end}}", "- a\n- b\n\n- c", "a\n\nb", "\u200b", "e\u0301\u202e",
	"actually my title is no", "no wait, I meant 3 May", "sorry, it's Berlin, not Bonn", "change my title", "no, in February", "yes, but not now",
	"no no 12 is to much. evening is 2 hour only", "no, 2 + 2 + 3 is 7 not 9", "wrong", "what mean field?", "7 evening", "4 i ask him", "i dont know, what paper i need?",
	"back", "skip", "hello", "thanks", "later", "all but 2", "1-3", "none", "I don't know", "\ue000a\ue001", strings.Repeat("word ", 8000), "a\x00b\xff",
}

// A person's words come out as they are, as their own, whatever surrounds them.
func FuzzBlocks(f *testing.F) {
	for _, w := range trouble {
		f.Add("You said: *", w, "*. _Really_?\n\n- and `more`")
		f.Add(w, "a *b* `c`", w)
	}
	f.Fuzz(func(t *testing.T, before, words, after string) {
		want := stripMarks(words)
		text := stripMarks(before) + Words(words) + stripMarks(after)
		var own strings.Builder
		for _, bl := range Blocks(text) {
			for _, spans := range append([][]chat.Span{bl.Spans}, bl.Items...) {
				for _, s := range spans {
					if s.Own {
						own.WriteString(s.Text)
					}
					if strings.ContainsAny(s.Text, string(ownStart)+string(ownEnd)) {
						t.Fatalf("a mark is shown: %q", s.Text)
					}
				}
			}
		}
		if own.String() != want {
			t.Fatalf("Blocks(%q): the person's words are %q, want %q", text, own.String(), want)
		}
		if got := Unmark(Words(words)); got != want {
			t.Fatalf("Unmark(Words(%q)) = %q, want %q", words, got, want)
		}
	})
}

// Whatever is typed at whatever question: nothing breaks, nothing is lost, and
// there is a question on screen afterwards.
func FuzzTurn(f *testing.F) {
	book := shipped(f)
	states := talk(f, book)
	for i, w := range trouble {
		f.Add(byte(i*5), w, false)
		f.Add(byte(i*3), w, true)
	}
	f.Fuzz(func(t *testing.T, at byte, text string, late bool) {
		if !utf8.ValidString(text) {
			return // a chat platform speaks UTF-8, and so does the store
		}
		var st State
		if err := cbor.Unmarshal(states[int(at)%len(states)], &st); err != nil {
			t.Fatal(err)
		}
		p := &person{t: t, book: book, st: st, now: monday.AddDate(0, 0, 1)}
		in := Input{Text: text, TS: "9", Now: p.now, Late: late}
		before := snapshot(st)
		p.said = []message{{ts: in.TS, text: strings.TrimSpace(text)}}
		r := book.Turn(&p.st, in, p.env())
		p.loose = r.Loose
		p.log = []string{p.outcome(r)}
		p.check(before, r)
		if _, err := cbor.Marshal(p.st); err != nil {
			t.Fatal(err)
		}
		r, ok := book.Edit(&p.st, Input{Text: "nurse", TS: "9", Now: p.now}, p.env())
		if ok && p.st.Asked == nil && p.st.Top() != nil && !p.st.Paused {
			t.Fatalf("nothing is asked after the message was rewritten: %+v", r)
		}
	})
}

// talk is the state of a talk with the shipped flows at each of its questions,
// and at the confirmations a person meets on the way.
func talk(t testing.TB, book *Book) [][]byte {
	t.Helper()
	p := &person{t: t, book: book, now: monday}
	book.Start(&p.st, Frame{Flow: "first", Instance: "first-1"}, Input{Now: p.now}, p.env())
	asked := map[string]int{}
	var states [][]byte
	for len(states) < 80 && p.st.Asked != nil {
		states = append(states, p.store(p.st))
		_, step, _ := strings.Cut(p.st.Asked.Key.Step, ".")
		words := append(slices.Clone(odd[step]), cmp.Or(usual[step], "skip"))
		in := Input{Text: words[min(asked[step], len(words)-1)], TS: fmt.Sprintf("0%d", len(states)), Now: p.now}
		if in.Text == "skip" {
			in.Command = reading.Skip
		}
		asked[step]++
		book.Turn(&p.st, in, p.env())
	}
	return states
}

// odd is what the talk says first at some of the questions.
var odd = map[string][]string{
	"since": {"3", "years"}, "reason": {"actually my job is receptionist", "yes"}, "by": {"03/04/2029", "3 April 2029"},
	"same_field": {"partly"}, "stepping": {"no"}, "closer": {"volunteer at a clinic, take a class"}, "track": {"no"}, "track_change": {"study"},
	"why_job": {"income"}, "differently": {"ask first"}, "transfer": {"patience"}, "wanted_jobs": {"nurse, carer"}, "requirements": {"a diploma"},
	"qualify": {"no"}, "step_lower": {"ward clerk"}, "move_up": {"purple", "green", "yes"}, "elsewhere": {"nearby"}, "elsewhere_names": {"the clinic"},
	"experience": {"partly"}, "years_need": {"2 years"}, "years_have": {"none"}, "gap_pick": {"1 and 2"}, "act": {"1", "2"}, "goal_pick": {"1"},
	"course_months": {"9 months, from 11 January"},
}

// A flow file of any content never breaks the checker, and what it lets pass
// can be walked to its end.
func FuzzLoad(f *testing.F) {
	for _, pattern := range []string{"testdata/*/flows/*.yaml", "../../prompts/flows/*.yaml", "testdata/check/*.txtar"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(bytes.TrimSpace(data))
		}
	}
	rest := prompts(f, "testdata/small")
	v := smallVocabulary()
	v.Slots = nil
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := fstest.MapFS{"flows/fuzz.yaml": &fstest.MapFile{Data: data}}
		for name, file := range rest {
			if name != "flows/plan.yaml" {
				fsys[name] = file
			}
		}
		v := v
		if id := flowID(data); id != "" && id != "aside" {
			v.Entries = []string{id, "aside"}
		}
		book, err := Load(fsys, v)
		if err != nil {
			return
		}
		for seed := range 3 {
			toTheEnd(t, book, v.Entries[0], seed)
		}
	})
}

func flowID(data []byte) string {
	for line := range strings.Lines(string(data)) {
		if id, ok := strings.CutPrefix(line, "flow:"); ok {
			return strings.Trim(strings.TrimSpace(id), `"'`)
		}
	}
	return ""
}

// toTheEnd answers until a flow ends or holds.
func toTheEnd(t *testing.T, book *Book, flow string, seed int) {
	env := Env{Fields: map[string]any{"name": "Ana"}, Options: offers, Check: func(string, View, Picked, Value) string { return "Not yet." }}
	var st State
	in := Input{Now: monday}
	book.Start(&st, Frame{Flow: flow, Instance: "f-1"}, in, env)
	for turn := range 3000 {
		if len(st.Stack) == 0 || st.Paused {
			return
		}
		if st.Asked == nil {
			t.Fatal("a flow is open and nothing is asked")
		}
		in.Now = in.Now.Add(time.Minute)
		in.Seq, in.Values, in.Text, in.Command = 0, nil, "", ""
		switch offered := st.Asked.Offered; {
		case len(offered) > 0 && (turn+seed)%3 > 0:
			in.Seq, in.Values = st.Seq, []string{offered[(turn+seed)%len(offered)].ID}
		case (turn+seed)%2 == 0:
			in.Text = "typing " + strings.Repeat("x", turn%7)
		default:
			in.Command = reading.Skip
		}
		book.Turn(&st, in, env)
	}
	t.Fatal("the flow does not come to its end")
}
