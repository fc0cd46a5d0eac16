package dialogue

import (
	"fmt"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// One answer in the middle of the first talk, with the shipped flows; and the
// same for somebody with years of check-ins behind them.
func BenchmarkTurn(b *testing.B) {
	book := shipped(b)
	var state []byte
	for _, data := range talk(b, book) {
		var st State
		if err := cbor.Unmarshal(data, &st); err != nil {
			b.Fatal(err)
		}
		if st.Asked.Key.Step == "gaps.wanted_jobs" {
			state = data
		}
	}
	for _, years := range []int{0, 5} {
		b.Run(fmt.Sprintf("after=%dy", years), func(b *testing.B) {
			var st State
			if err := cbor.Unmarshal(state, &st); err != nil {
				b.Fatal(err)
			}
			var old []Answer
			for i := range years * 52 {
				for _, step := range []string{"check_in.went", "check_in.helped", "check_in.next_step"} {
					old = append(old, Answer{Key: Key{Instance: fmt.Sprintf("check_in-%d", i), Step: step}, Value: Value{Text: "write to Jo"}, Words: "write to Jo"})
				}
			}
			st.Answers = append(old, st.Answers...)
			for i := range years * 52 {
				st.Past = append(st.Past, Frame{Flow: "check_in", Instance: fmt.Sprintf("check_in-%d", i), Closed: monday})
			}
			p := &person{t: b, book: book, now: monday}
			env := p.env()
			for what, text := range map[string]string{"answer": "nurse, carer", "correction": "actually my job is nurse"} {
				b.Run(what, func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						now := snapshot(st)
						now.Answers = st.Answers[:len(st.Answers):len(st.Answers)]
						if r := book.Turn(&now, Input{Text: text, TS: "9", Now: monday}, env); r.Question == nil {
							b.Fatalf("%+v", r)
						}
					}
				})
			}
		})
	}
}

// What a start and `waymark prompts check` cost.
func BenchmarkLoad(b *testing.B) {
	fsys := prompts(b, "../../prompts")
	v := vocabulary(b, fsys)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(fsys, v); err != nil {
			b.Fatal(err)
		}
	}
}
