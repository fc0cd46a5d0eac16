package slackapp

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// goldenMessages are rendered into testdata/<name>.json.
var goldenMessages = map[string]chat.Message{
	"paragraphs": {
		Blocks: []chat.Block{
			{Kind: chat.Heading, Spans: []chat.Span{chat.T("Your plan")}},
			chat.Para(chat.T("You want to "), chat.Own("lead *a* <team> & more"), chat.T(". Type "), chat.Span{Text: "help", Style: chat.Code}, chat.T(" at any time.")),
			{Kind: chat.Rule},
			chat.Para(chat.B("Next"), chat.T(": "), chat.Span{Text: "soon", Style: chat.Italic}),
			{Kind: chat.Bullets, Items: [][]chat.Span{{chat.Own("one")}, {}, {chat.B("three")}}},
			{Kind: chat.Numbers, Items: [][]chat.Span{{chat.T("first")}, {chat.T("second")}}},
			{Kind: chat.Note, Spans: []chat.Span{chat.T("Only you can read this. R&D")}},
		},
		Footer: []chat.Span{chat.T("Type "), {Text: "why", Style: chat.Code}, chat.T(" to learn why.")},
	},
	"buttons": {
		Blocks: []chat.Block{chat.Para(chat.T("Is your field the same?"))},
		Ask: &chat.Ask{ID: "q1", Choices: []chat.Choice{{Value: "yes", Label: "Yes", Primary: true}, {Value: "no", Label: "No", Primary: true}, {Value: "x", Own: true}},
			Extra: []chat.Choice{{Value: "skip", Label: "Skip"}, {Value: "why", Label: "Why?"}}},
	},
	"menu": {
		Blocks: []chat.Block{chat.Para(chat.T("Which one?"))},
		Ask: &chat.Ask{ID: "q2", Choices: []chat.Choice{
			{Value: "1", Label: "One"}, {Value: "2", Label: "Two"}, {Value: "3", Label: "Three"}, {Value: "4", Label: "Four"}, {Value: "5", Label: "Five"},
			{Value: "6", Label: strings.Repeat("long ", 20), Own: true}}},
	},
	"boxes": {
		Blocks: []chat.Block{chat.Para(chat.T("Pick up to three."))},
		Ask:    &chat.Ask{ID: "q3", Many: true, Choices: []chat.Choice{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}}},
	},
	"many": {
		Blocks: []chat.Block{chat.Para(chat.T("Pick up to three."))},
		Ask:    &chat.Ask{ID: "q4", Many: true, Choices: choices(11)},
	},
	"rows": {
		Blocks: []chat.Block{
			{Kind: chat.Meter, Spans: []chat.Span{chat.Own("Lead *a* team"), chat.T(": 2 of 4 steps")}, Done: 2, Total: 4},
			{Kind: chat.Buttons, ID: "goal", Choices: []chat.Choice{{Value: "done:m1", Label: "Done", Primary: true}, {Value: "form:goal:g1", Label: "Edit"}}},
			{Kind: chat.Meter, Done: 1, Total: 30},
			{Kind: chat.Buttons, ID: "goal", Choices: []chat.Choice{{Value: "done:m2", Label: "Done"}}},
		},
		Ask: &chat.Ask{ID: "goal", Choices: []chat.Choice{{Value: "yes", Label: "Yes"}}},
	},
	"date": {
		Blocks: []chat.Block{chat.Para(chat.T("By when?"))},
		Ask:    &chat.Ask{ID: "q5", Date: true, Initial: "2027-02-11", Choices: []chat.Choice{{Value: "none", Label: "No date"}}},
	},
}

func choices(n int) []chat.Choice {
	out := make([]chat.Choice, n)
	for i := range out {
		out[i] = chat.Choice{Value: fmt.Sprint("v", i+1), Label: fmt.Sprint("Choice ", i+1)}
	}
	return out
}

func TestRenderGolden(t *testing.T) {
	for name, m := range goldenMessages {
		t.Run(name, func(t *testing.T) {
			r, err := render(m, DefaultLabels())
			if err != nil {
				t.Fatalf("render: %v", err)
			}
			got, err := json.MarshalIndent(map[string]any{"text": r.text, "blocks": r.blocks}, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.TrimSpace(string(want)), string(got)); diff != "" {
				t.Errorf("%s differs (-want +got):\n%s", file, diff)
			}
		})
	}
}

// sizes measures a rendered message as Slack does.
func sizes(t *testing.T, r rendered) (blocks, jsonLength int) {
	t.Helper()
	js, err := json.Marshal(r.blocks)
	if err != nil {
		t.Fatal(err)
	}
	return len(r.blocks), length(string(js))
}

func TestRenderFitsOneMessage(t *testing.T) {
	item := []chat.Span{chat.Own(strings.Repeat("word ", 20))}
	list := func(n int) chat.Block {
		b := chat.Block{Kind: chat.Bullets}
		for range n {
			b.Items = append(b.Items, item)
		}
		return b
	}
	repeat := func(n int, b chat.Block) (out []chat.Block) {
		for range n {
			out = append(out, b)
		}
		return out
	}
	question := chat.Para(chat.T("Does that look right?"))
	ask := &chat.Ask{ID: "q", Choices: choices(3), Extra: choices(2)}
	for _, tt := range []struct {
		name   string
		blocks []chat.Block
		want   []string // in the blocks
	}{
		{"a list of 1,000 items", []chat.Block{list(1000), question}, []string{"more", "Does that look right?", "Choice 3"}},
		{"ten lists of 100", append(repeat(10, list(100)), question), []string{"more", "Does that look right?"}},
		{"one paragraph of 40,000 characters", []chat.Block{chat.Para(chat.Own(strings.Repeat("ä&<", 13_334))), question}, []string{"…", "Does that look right?"}},
		{"49 paragraphs", append(repeat(49, chat.Para(chat.T("short"))), question), []string{"short", "Does that look right?"}},
		{"200 long paragraphs", append(repeat(200, chat.Para(chat.T(strings.Repeat("x", 500)))), question), []string{"…", "Does that look right?"}},
		{"100 headings", append(repeat(100, chat.Block{Kind: chat.Heading, Spans: []chat.Span{chat.T("Part")}}), question), []string{"Part", "Does that look right?"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := render(chat.Message{Blocks: tt.blocks, Ask: ask, Footer: []chat.Span{chat.T("small print")}}, DefaultLabels())
			if err != nil {
				t.Fatalf("render: %v", err)
			}
			if n, l := sizes(t, r); n > maxBlocks || l > maxBlocksJSON {
				t.Errorf("%d blocks of %d characters, allowed are %d of %d", n, l, maxBlocks, maxBlocksJSON)
			}
			if length(r.text) > maxText {
				t.Errorf("text has %d characters, allowed are %d", length(r.text), maxText)
			}
			js, _ := json.Marshal(r.blocks)
			for _, w := range append(tt.want, "small print") {
				if !strings.Contains(string(js), w) {
					t.Errorf("%q is missing from the blocks", w)
				}
			}
			if !strings.Contains(r.text, "3. Choice 3") {
				t.Error("the text lost its choices")
			}
		})
	}
}

// At each edge: the last value that is shown whole, and the first that is not.
func TestLimitEdges(t *testing.T) {
	show := func(m chat.Message) (string, error) {
		r, err := render(m, DefaultLabels())
		js, _ := json.Marshal(r.blocks)
		return string(js), err
	}
	ask := func(a chat.Ask) chat.Message { return chat.Message{Ask: &a} }
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, tt := range []struct {
		name    string
		m       func(n int) chat.Message
		edge    int
		within  string // what the blocks hold at the edge
		outside string // and one beyond; "" = refused
	}{
		{"header", func(n int) chat.Message {
			return chat.Message{Blocks: []chat.Block{{Kind: chat.Heading, Spans: []chat.Span{chat.T(x(n))}}}}
		}, maxHeader, `"type":"header"`, `"bold":true`},
		{"run of rich text", func(n int) chat.Message { return chat.Say(x(n)) },
			maxRun, `"text":"` + x(maxRun) + `"}]`, x(maxRun) + `"},{"type":"text","text":"x"`},
		{"button text", func(n int) chat.Message { return ask(chat.Ask{Choices: []chat.Choice{{Value: "v", Label: x(n)}}}) },
			maxButtonText, `"type":"button"`, `"type":"static_select"`},
		{"option text", func(n int) chat.Message {
			return ask(chat.Ask{Choices: append(choices(6), chat.Choice{Value: "v", Label: x(n)})})
		}, maxOptionText, `"text":"` + x(maxOptionText) + `"`, "7. " + x(maxOptionText-4) + "…"},
		{"extra text", func(n int) chat.Message { return ask(chat.Ask{Extra: []chat.Choice{{Value: "v", Label: x(n)}}}) },
			maxButtonText, `"text":"` + x(maxButtonText) + `"`, x(maxButtonText-1) + "…"},
		{"buttons", func(n int) chat.Message { return ask(chat.Ask{Choices: choices(n)}) },
			maxButtons, `"type":"button"`, `"type":"static_select"`},
		{"checkboxes", func(n int) chat.Message { return ask(chat.Ask{Many: true, Choices: choices(n)}) },
			maxCheckboxes, `"type":"checkboxes"`, `"type":"multi_static_select"`},
		{"options", func(n int) chat.Message { return ask(chat.Ask{Choices: choices(n)}) },
			maxOptions, `[{"type":"actions"`, `"type":"rich_text_list"`},
		{"button value", func(n int) chat.Message { return ask(chat.Ask{Choices: []chat.Choice{{Value: x(n), Label: "l"}}}) },
			maxButtonValue, x(maxButtonValue), ""},
		{"option value", func(n int) chat.Message {
			return ask(chat.Ask{Choices: append(choices(5), chat.Choice{Value: x(n), Label: "l"})})
		}, maxOptionValue, x(maxOptionValue), ""},
		{"extra value", func(n int) chat.Message { return ask(chat.Ask{Extra: []chat.Choice{{Value: x(n), Label: "l"}}}) },
			maxButtonValue, x(maxButtonValue), ""},
		{"extras", func(n int) chat.Message { return ask(chat.Ask{Extra: choices(n)}) }, maxElements, `"value":"v25"`, ""},
		{"row's value", func(n int) chat.Message {
			return chat.Message{Blocks: []chat.Block{{Kind: chat.Buttons, Choices: []chat.Choice{{Value: x(n), Label: "l"}}}}}
		}, maxButtonValue, x(maxButtonValue), ""},
		{"row's label", func(n int) chat.Message {
			return chat.Message{Blocks: []chat.Block{{Kind: chat.Buttons, Choices: []chat.Choice{{Value: "v", Label: x(n)}}}}}
		}, maxButtonText, `"text":"` + x(maxButtonText) + `"`, x(maxButtonText-1) + "…"},
		{"row's buttons", func(n int) chat.Message {
			return chat.Message{Blocks: []chat.Block{{Kind: chat.Buttons, ID: "g", Choices: choices(n)}}}
		}, maxElements, `"value":"v25"}]}]`, `"value":"v25"}]},{"type":"actions","block_id":"row2:g"`},
		{"row's id", func(n int) chat.Message {
			return chat.Message{Blocks: []chat.Block{{Kind: chat.Buttons, ID: x(n - len("row1:")), Choices: choices(2)}}}
		}, maxID, "row1:x", ""},
		{"block id", func(n int) chat.Message {
			return ask(chat.Ask{ID: x(n - len("choices:")), Choices: choices(2)})
		}, maxID, "choices:x", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := show(tt.m(tt.edge))
			if err != nil || !strings.Contains(got, tt.within) {
				t.Errorf("at %d: error %v, blocks %.300s, want %.100s", tt.edge, err, got, tt.within)
			}
			got, err = show(tt.m(tt.edge + 1))
			if tt.outside == "" {
				if !errors.Is(err, errInvalid) {
					t.Errorf("at %d: error %v, want errInvalid", tt.edge+1, err)
				}
				return
			}
			if err != nil || !strings.Contains(got, tt.outside) || strings.Contains(got, tt.within) {
				t.Errorf("at %d: error %v, blocks %.300s, want %.100s", tt.edge+1, err, got, tt.outside)
			}
		})
	}
}

// A menu may be so long that there is no room for the question above it.
func TestLongMenuLeavesRoom(t *testing.T) {
	ask := &chat.Ask{ID: "q"}
	for i := range 150 {
		ask.Choices = append(ask.Choices, chat.Choice{Value: fmt.Sprint(i, strings.Repeat("v", 140)), Label: strings.Repeat("<", 74), Own: true})
	}
	for _, ask.Many = range []bool{false, true} {
		r, err := render(chat.Message{Blocks: []chat.Block{chat.Para(chat.T("Which of them?"))}, Ask: ask}, DefaultLabels())
		js, _ := json.Marshal(r.blocks)
		if err != nil || !strings.Contains(string(js), "Which of them?") || !strings.Contains(string(js), "more") || strings.Count(string(js), `"value"`) < 10 {
			t.Errorf("many %v: error %v, blocks %.300s", ask.Many, err, js)
		}
		if n, l := sizes(t, r); n > maxBlocks || l > maxBlocksJSON {
			t.Errorf("many %v: %d blocks of %d characters", ask.Many, n, l)
		}
	}
}

func TestTextSurvivesItsLimit(t *testing.T) {
	for _, n := range []int{maxText - 1, maxText, maxText + 1, 5 * maxText} {
		r, err := render(chat.Say(strings.Repeat("&", n)), DefaultLabels())
		if err != nil {
			t.Fatal(err)
		}
		if length(r.text) > maxText || strings.Contains(strings.ReplaceAll(r.text, "&amp;", ""), "&") {
			t.Errorf("%d ampersands: text of %d characters ends in %q", n, length(r.text), r.text[len(r.text)-10:])
		}
	}
}

func TestBlockIDsAreUnique(t *testing.T) {
	for name, m := range goldenMessages {
		r, _ := render(m, DefaultLabels())
		seen := map[string]bool{}
		for _, b := range r.blocks {
			if id := b.ID(); id != "" && seen[id] {
				t.Errorf("%s: block_id %q twice", name, id)
			} else {
				seen[id] = true
			}
		}
	}
}

// A person's words may stand in a rich_text run or in plain text, nowhere else.
func FuzzOwnWordsNeverAct(f *testing.F) {
	for _, s := range []string{"<!channel>", "*bold*", "<http://evil.example|click>", "`code`", ":tada:", "&lt;!here&gt;", "_a_ ~b~", "> quote", "<@U1>", "\x00\xff", strings.Repeat("\xa9", 2000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		if strings.TrimSpace(words) == "" {
			return
		}
		own := chat.Own(words)
		m := chat.Message{
			Blocks: []chat.Block{
				{Kind: chat.Heading, Spans: []chat.Span{own}},
				chat.Para(chat.B("You said: "), own),
				{Kind: chat.Bullets, Items: [][]chat.Span{{own}}},
				{Kind: chat.Note, Spans: []chat.Span{chat.B("Noted: "), own}},
				{Kind: chat.Note, Spans: []chat.Span{chat.T("Noted: "), own}},
			},
			Ask:    &chat.Ask{ID: "q", Choices: []chat.Choice{{Value: "v", Label: words, Own: true}}},
			Footer: []chat.Span{own, {Text: "help", Style: chat.Code}},
		}
		r, err := render(m, DefaultLabels())
		if err != nil {
			t.Fatalf("render: %v", err)
		}
		if strings.ContainsAny(r.text, "<>") {
			t.Errorf("text holds an unescaped bracket: %q", r.text)
		}
		if rest := strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "").Replace(r.text); strings.Contains(rest, "&") {
			t.Errorf("text holds an unescaped ampersand: %q", r.text)
		}
		js, err := json.Marshal(r.blocks)
		if err != nil {
			t.Fatal(err)
		}
		var tree any
		if err := json.Unmarshal(js, &tree); err != nil {
			t.Fatal(err)
		}
		walk(tree, func(o map[string]any) {
			switch o["type"] {
			case "mrkdwn":
				t.Errorf("a person's words in mrkdwn: %v", o["text"])
			case "plain_text":
				if o["emoji"] != false {
					t.Errorf("plain text with emoji codes on: %v", o)
				}
			case "link", "user", "channel", "broadcast", "emoji", "usergroup":
				t.Errorf("rich text element that acts: %v", o)
			case "text":
				if style, _ := o["style"].(map[string]any); style["bold"] != nil && strings.TrimSpace(words) == o["text"] && length(words) <= maxHeader && !strings.Contains(words, "\n") {
					t.Errorf("a person's words became bold: %v", o)
				}
			}
		})
	})
}

func walk(v any, visit func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		visit(v)
		for _, x := range v {
			walk(x, visit)
		}
	case []any:
		for _, x := range v {
			walk(x, visit)
		}
	}
}

func TestSmallPrint(t *testing.T) {
	code := chat.Span{Text: "help", Style: chat.Code}
	for _, tt := range []struct {
		name  string
		spans []chat.Span
		want  string
	}{
		{"without styles it is plain text", []chat.Span{chat.T("R&D *x*")}, `{"type":"plain_text","text":"R\u0026D *x*","emoji":false}`},
		{"the coach's styles are mrkdwn", []chat.Span{chat.T("Type "), code, chat.T(" & go")}, "\"text\":\"Type `help` \\u0026amp; go\""},
		{"a person's words make it rich text", []chat.Span{chat.Own("x "), code}, `"type":"rich_text"`},
		{"so does a mark that was not meant", []chat.Span{chat.T("2*3 "), code}, `"type":"rich_text"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := render(chat.Message{Blocks: []chat.Block{{Kind: chat.Note, Spans: tt.spans}}}, DefaultLabels())
			js, _ := json.Marshal(r.blocks)
			if err != nil || !strings.Contains(string(js), tt.want) {
				t.Errorf("error %v, blocks %s, want %s", err, js, tt.want)
			}
		})
	}
}
